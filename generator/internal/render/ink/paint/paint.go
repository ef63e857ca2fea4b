// Package paint draws typeset pages as pictures for the screen: as SVG, and in
// pixels those without photographs.
package paint

import (
	"errors"
	"image"
	"math"

	"uccn/generator/internal/pdf"
	"uccn/generator/internal/pdf/vector"
	"uccn/generator/internal/raster"
	"uccn/generator/internal/typeset"
)

// ErrPhotograph says that a page has a photograph, which a picture of few colours
// cannot show.
var ErrPhotograph = errors.New("the page has a photograph")

// PNG returns a page, without its bleed, as a picture so many pixels wide.
func PNG(p *typeset.Page, width int) ([]byte, error) {
	height := int(p.Size.H.Scale(width, int(p.Size.W)))
	c := colours{}
	typeset.Paint(p, &c)
	if c.photograph {
		return nil, ErrPhotograph
	}
	b := &brush{raster.New(width, height), float64(width) / float64(p.Size.W), image.Rect(0, 0, width, height)}
	b.canvas.Clear(vector.RGB{R: 255, G: 255, B: 255}, c.found...)
	typeset.Paint(p, b)
	return b.canvas.PNG(), nil
}

// colours finds the colours of a page, those of areas and words, in the order in
// which they come.
type colours struct {
	found      []vector.RGB
	photograph bool
}

func (c *colours) add(k vector.RGB) {
	for _, have := range c.found {
		if have == k {
			return
		}
	}
	if len(c.found) < 64 { // the rest find room when they come
		c.found = append(c.found, k)
	}
}

func (c *colours) Glyphs(_ pdf.Outliner, _ []pdf.Glyph, _, _, _ pdf.Length, k pdf.Color) {
	c.add(vector.RGB(k))
}
func (c *colours) Fill(_ pdf.Rect, k pdf.Color)               { c.add(vector.RGB(k)) }
func (c *colours) Line(_, _, _, _, _ pdf.Length, k pdf.Color) { c.add(vector.RGB(k)) }
func (c *colours) Picture(pdf.Rect, *typeset.Picture)         { c.photograph = true }
func (c *colours) Drawing(_ pdf.Rect, d vector.Drawing) {
	for _, s := range d.Shapes {
		for _, k := range []*vector.RGB{s.Fill, s.Stroke} {
			if k != nil {
				c.add(*k)
			}
		}
	}
}

// A brush draws on a canvas; scale is pixels to a length.
type brush struct {
	canvas *raster.Canvas
	scale  float64
	page   image.Rectangle
}

func (b *brush) Glyphs(f pdf.Outliner, glyphs []pdf.Glyph, size, x, y pdf.Length, k pdf.Color) {
	b.canvas.Glyphs(f, glyphs, float64(x)*b.scale, float64(y)*b.scale, float64(size)*b.scale, vector.RGB(k))
}

func (b *brush) Fill(r pdf.Rect, k pdf.Color) {
	b.canvas.Fill(b.box(r), vector.RGB(k))
}

// Line draws level and upright lines, at least one pixel wide.
func (b *brush) Line(x1, y1, x2, y2, width pdf.Length, k pdf.Color) {
	half := max(width, pdf.Length(1/b.scale)) / 2
	r := pdf.Rect{X: min(x1, x2), Y: min(y1, y2), W: max(x1, x2) - min(x1, x2), H: max(y1, y2) - min(y1, y2)}
	if r.H == 0 {
		r.Y, r.H = r.Y-half, 2*half
	}
	if r.W == 0 {
		r.X, r.W = r.X-half, 2*half
	}
	b.Fill(r, k)
}

// Drawing draws what of a drawing is inside the page.
func (b *brush) Drawing(r pdf.Rect, d vector.Drawing) {
	at := b.box(r)
	in := at.Intersect(b.page)
	if in.Empty() || at.Empty() {
		return
	}
	sx, sy := d.W/float64(at.Dx()), d.H/float64(at.Dy())
	d.X, d.Y = d.X+float64(in.Min.X-at.Min.X)*sx, d.Y+float64(in.Min.Y-at.Min.Y)*sy
	d.W, d.H = float64(in.Dx())*sx, float64(in.Dy())*sy
	b.canvas.Drawing(in, d)
}

func (b *brush) Picture(pdf.Rect, *typeset.Picture) {}

func (b *brush) box(r pdf.Rect) image.Rectangle {
	at := func(l pdf.Length) int { return int(math.Round(float64(l) * b.scale)) }
	return image.Rect(at(r.X), at(r.Y), at(r.X+r.W), at(r.Y+r.H))
}
