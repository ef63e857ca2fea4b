package media

import (
	"image"
	"math"

	"uccn/generator/internal/output"
)

// A Print is a picture for a place on paper: a JPEG of so many pixels.
type Print struct {
	Width, Height int
	output.Blob
}

// DPI returns how many of a requested picture's pixels come to an inch when it,
// or the crop of it, is printed so many millimetres wide. ok is false for
// drawings, which have no pixels, and for pictures that cannot be shown.
func (s *Set) DPI(src string, crop *Crop, widthMM float64) (dpi float64, ok bool) {
	part, ok := s.part(src, crop)
	return float64(part.Dx()) / (widthMM / 25.4), ok && widthMM > 0
}

// Print returns a requested picture, or the crop of it, for a place on paper: with
// the wanted pixels to an inch, or as many as it has.
func (s *Set) Print(src string, crop *Crop, place Place) (p Print, ok bool) {
	part, ok := s.part(src, crop)
	if !ok || !(place.WidthMM > 0) || place.DPI < 1 {
		return Print{}, false
	}
	source := s.sources[src]
	r := place.recipe(image.Pt(source.record.Width, source.record.Height), part)
	return Print{r.size().X, r.size().Y, &blob{s, source, r}}, true
}

func (p Place) recipe(source image.Point, part image.Rectangle) *recipe {
	size := part.Size()
	if w := math.Ceil(p.WidthMM / 25.4 * float64(p.DPI)); w < float64(size.X) {
		size = scaled(size.X, size.Y, max(1, int(w)))
	}
	if p.DPI < 300 { // to be seen on a screen, or from afar
		return recipe{form: jpegForm, quality: jpegQuality}.small(source, part, size)
	}
	return recipe{form: jpegForm, quality: printQuality}.draw(source, part, []image.Point{size})
}

func (s *Set) part(src string, crop *Crop) (image.Rectangle, bool) {
	if s == nil || s.sources[src] == nil {
		return image.Rectangle{}, false
	}
	r := s.sources[src].record
	if r.Problem != "" || r.Kind == "svg" {
		return image.Rectangle{}, false
	}
	return crop.region(r.Width, r.Height), true
}
