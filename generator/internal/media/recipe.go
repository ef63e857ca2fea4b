package media

import (
	"fmt"
	"image"
	"math"
	"path"
	"slices"
	"strings"

	"uccn/generator/internal/memo"
	"uccn/generator/internal/picture"
	"uccn/generator/internal/picture/webp"
)

// version of the recipes: to be raised when other bytes come out of them.
const version = 2

// How good the files are, as the encoders count it.
const (
	webpQuality     = 75
	jpegQuality     = 75
	cardQuality     = 80
	printQuality    = 85 // at 300 dpi and above
	downloadQuality = 90
	tinyQuality     = 30
)

const (
	fallbackWidth = 960  // of the JPEG beside WebP
	heroWidth     = 1600 // below it a hero is reported
	cardWidth     = 1200
	cardHeight    = 630
	cardLeast     = 600  // narrower cards are shown small, or not at all
	downloadSide  = 4000 // the longest side of a copy to take away
	tinyWidth     = 16   // of the placeholder
)

type form uint8

const (
	webpForm form = iota
	jpegForm
	svgForm
)

// recipe is how one file is made of a source.
type recipe struct {
	form    form
	quality int
	reduce  int             // the source is decoded at one nth of its size; 0: as it is, or at its widest rung
	base    image.Point     // the size of the whole picture that part is of: the source's, that at which it is decoded, or the widest rung's
	part    image.Rectangle // of the upright picture
	steps   []image.Point   // the sizes on the way, each made of the one before; the last is the file's
	credit  Credit
	whole   bool // all of the source in its own size: its pixels may stay as they are
}

// key names what the recipe makes of the source with the hash.
func (r *recipe) key(hash string) memo.Key {
	b := memo.NewKey("picture", version).Text(hash).Text(webp.Version).Text(picture.JPEGVersion)
	b.Int(int64(r.form)).Int(int64(r.quality)).Text(r.base.String()).Text(r.part.String())
	for _, s := range r.steps {
		b.Int(int64(s.X)).Int(int64(s.Y))
	}
	if r.whole {
		b.Text("whole")
	}
	if r.reduce > 0 {
		b.Text("reduced").Int(int64(r.reduce))
	}
	return b.Text(r.credit.Creator).Text(r.credit.Rights).Key()
}

func (r *recipe) size() image.Point { return r.steps[len(r.steps)-1] }

// draw completes a recipe: sizes, by falling width, on the way to the last of them,
// of a part of a source. They are drawn from the whole picture's widest rung, which
// is there already, as far as that does not enlarge it, and else from the source.
func (r recipe) draw(source image.Point, part image.Rectangle, sizes []image.Point) *recipe {
	top := rungs(source.X, source.Y)[0]
	x := func(v int) int { return (v*top.X + source.X/2) / source.X }
	y := func(v int) int { return (v*top.Y + source.Y/2) / source.Y }
	of := image.Rect(x(part.Min.X), y(part.Min.Y), x(part.Max.X), y(part.Max.Y))
	r.base, r.part, r.steps = source, part, sizes
	for i, s := range sizes {
		if s != top && s.X <= of.Dx() && s.Y <= of.Dy() {
			if part.Size() == source && i > 0 {
				break // its own chain comes from the widest rung anyway
			}
			r.base, r.part, r.steps = top, of, sizes[i:]
			break
		}
	}
	return &r
}

// small completes a recipe for one size of a part of a source that is drawn from
// the source at a fraction of its size, if it has at least twice the pixels that are
// wanted. That is quicker, and not as sharp as what is drawn from all pixels.
func (r recipe) small(source image.Point, part image.Rectangle, size image.Point) *recipe {
	for n := 8; n >= 2; n /= 2 {
		to := image.Pt((source.X+n-1)/n, (source.Y+n-1)/n)
		x := func(v int) int { return (v*to.X + source.X/2) / source.X }
		y := func(v int) int { return (v*to.Y + source.Y/2) / source.Y }
		of := image.Rect(x(part.Min.X), y(part.Min.Y), x(part.Max.X), y(part.Max.Y))
		if size.X <= of.Dx() && size.Y <= of.Dy() {
			r.reduce, r.base, r.part, r.steps = n, to, of, []image.Point{size}
			return &r
		}
	}
	return r.draw(source, part, []image.Point{size})
}

// region returns the part of a picture of w × h that a crop shows.
func (c *Crop) region(w, h int) image.Rectangle {
	if c == nil || c.W < 1 || c.H < 1 {
		return image.Rect(0, 0, w, h)
	}
	cw, ch := w, (w*c.H+c.W/2)/c.W
	if ch > h {
		cw, ch = (h*c.W+c.H/2)/c.H, h
	}
	cw, ch = max(1, min(cw, w)), max(1, min(ch, h))
	x := int(math.Round(c.Focus.X*float64(w) - float64(cw)/2))
	y := int(math.Round(c.Focus.Y*float64(h) - float64(ch)/2))
	x, y = max(0, min(x, w-cw)), max(0, min(y, h-ch))
	return image.Rect(x, y, x+cw, y+ch)
}

// rungs returns the sizes in which a part of w × h pixels is offered, by falling
// width: those of the Ladder that do not enlarge it, and its own when it is
// clearly wider than the next. No side is longer than WebP can say, none is 0.
func rungs(w, h int) []image.Point {
	widths := slices.DeleteFunc(Ladder(), func(width int) bool { return width > w })
	if w < Ladder()[0] && (len(widths) == 0 || w*100 > widths[0]*115) {
		widths = append([]int{w}, widths...)
	}
	var out []image.Point
	for _, width := range widths {
		if size := scaled(w, h, width); size.Y <= webp.MaxSide {
			out = append(out, size)
		}
	}
	if len(out) == 0 { // a tower
		return []image.Point{{max(1, w*webp.MaxSide/h), webp.MaxSide}}
	}
	return out
}

// scaled returns the size of w × h at another width, at least one pixel high.
func scaled(w, h, width int) image.Point {
	return image.Pt(width, max(1, (h*width+w/2)/w))
}

// wanted returns how many of the rungs from the widest on are needed, and which
// of them: for each width the narrowest rung that is wide enough, else the widest.
func wanted(rungs []image.Point, widths []int) []int {
	if len(widths) == 0 {
		all := make([]int, len(rungs))
		for i := range all {
			all[i] = i
		}
		return all
	}
	var out []int
	for _, width := range widths {
		i := 0
		for i+1 < len(rungs) && rungs[i+1].X >= width {
			i++
		}
		out = append(out, i)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// fallback returns the rung for the JPEG beside WebP: the widest of at most 960.
func fallback(rungs []image.Point) int {
	for i, r := range rungs {
		if r.X <= fallbackWidth {
			return i
		}
	}
	return len(rungs) - 1
}

// address returns the path of a file: its name says what it shows, its hash that
// it never changes.
func address(src string, base memo.Key, suffix string) string {
	return fmt.Sprintf("media/%s.%s%s", slug(src), base.String()[:10], suffix)
}

// slug makes a file's name into a part of an address.
func slug(src string) string {
	name := strings.ToLower(strings.TrimSuffix(path.Base(src), path.Ext(src)))
	var b strings.Builder
	for _, r := range name {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= 40 {
			break
		}
	}
	if s := strings.Trim(b.String(), "-"); s != "" {
		return s
	}
	return "picture"
}
