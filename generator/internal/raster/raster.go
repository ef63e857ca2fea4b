// Package raster draws flat areas, lines and glyphs into pictures of few colours
// and writes them as PNG. It is for posters of plain shapes and large words, not
// for photographs: a picture holds at most 256 colours, which keeps it small and
// makes it in milliseconds. It knows shapes and glyphs; it knows no words.
//
// Coverage is found by golang.org/x/image/vector.
package raster

import (
	"image"
	"image/draw"

	rasterizer "golang.org/x/image/vector"

	"uccn/generator/internal/pdf"
	"uccn/generator/internal/pdf/vector"
)

// levels is in how many steps an edge goes from one colour to another. As a
// picture fills with colours, the edges that are new to it have fewer.
const levels = 6

// most is how many colours a picture can have.
const most = 256

// A Canvas draws one picture after the other. It keeps its memory and the
// outlines of the glyphs it has drawn. It is for one goroutine.
type Canvas struct {
	w, h    int
	pix     []uint8 // numbers of colours
	palette []vector.RGB
	known   map[vector.RGB]uint8
	blends  map[vector.RGB]*blend

	z        rasterizer.Rasterizer
	mask     image.Alpha
	outlines map[glyph][]pdf.Contour
	steps    []step // of one run of glyphs

	packer      packer
	raw, packed []byte
}

// A blend is what a colour makes of those below it: [coverage][below] is one
// more than the number of the colour, or 0 when it has not been needed yet.
type blend [levels + 1][most]uint16

type glyph struct {
	font pdf.Outliner
	id   uint16
}

// New returns a canvas of a size in pixels. Its picture begins with Clear.
func New(w, h int) *Canvas {
	return &Canvas{
		w: w, h: h, pix: make([]uint8, w*h), known: map[vector.RGB]uint8{}, blends: map[vector.RGB]*blend{},
		outlines: map[glyph][]pdf.Contour{},
	}
}

// Clear begins a new picture on a ground of one colour. The colours of its areas
// are named with it, so that there is room for them whatever the edges need.
func (c *Canvas) Clear(ground vector.RGB, areas ...vector.RGB) {
	c.palette = c.palette[:0]
	clear(c.known)
	clear(c.blends)
	clear(c.pix)
	c.number(ground)
	for _, k := range areas {
		c.number(k)
	}
}

// Fill colours a box.
func (c *Canvas) Fill(r image.Rectangle, colour vector.RGB) {
	r = r.Intersect(image.Rect(0, 0, c.w, c.h))
	n := c.number(colour)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := c.pix[y*c.w+r.Min.X : y*c.w+r.Max.X]
		for i := range row {
			row[i] = n
		}
	}
}

// Drawing draws a drawing into a box, filling it; what the drawing has outside
// its own box is cut off. Shapes are filled by the nonzero rule, as long as no
// part of a path runs against one it overlaps. Lines end square, without a cap,
// and turn their corners with a mitre.
func (c *Canvas) Drawing(r image.Rectangle, d vector.Drawing) {
	m := vector.Matrix{A: float64(r.Dx()) / d.W, D: float64(r.Dy()) / d.H}
	m.E, m.F = float64(r.Min.X)-d.X*m.A, float64(r.Min.Y)-d.Y*m.D
	for _, s := range d.Shapes {
		path := s.Path.Transform(m)
		if s.Fill != nil {
			if covers(path, r) {
				c.Fill(r, *s.Fill)
			} else {
				c.path(r, path, *s.Fill)
			}
		}
		if s.Stroke != nil {
			c.path(r, outline(path, s.Width*m.A), *s.Stroke)
		}
	}
}

// covers says whether a path is an upright rectangle that leaves nothing of a
// box free.
func covers(p vector.Path, r image.Rectangle) bool {
	if len(p) < 4 || len(p) > 6 {
		return false
	}
	at := p[0].Points[0]
	for _, s := range p[1:] {
		if s.Op == vector.Curve || s.Op == vector.Move {
			return false
		}
		if s.Op == vector.Line {
			if to := s.Points[0]; to.X != at.X && to.Y != at.Y {
				return false
			}
			at = s.Points[0]
		}
	}
	const slack = 1e-6
	low, high := hull(p)
	return low.X <= float64(r.Min.X)+slack && low.Y <= float64(r.Min.Y)+slack && high.X >= float64(r.Max.X)-slack && high.Y >= float64(r.Max.Y)-slack
}

// path fills a path with a colour, inside a box.
func (c *Canvas) path(clip image.Rectangle, p vector.Path, colour vector.RGB) {
	low, high := hull(p)
	at, ok := c.begin(clip, low, high)
	if !ok {
		return
	}
	x := func(q vector.Point) float32 { return float32(q.X - float64(at.X)) }
	y := func(q vector.Point) float32 { return float32(q.Y - float64(at.Y)) }
	for _, s := range p {
		switch q := s.Points; s.Op {
		case vector.Move:
			c.z.ClosePath()
			c.z.MoveTo(x(q[0]), y(q[0]))
		case vector.Line:
			c.z.LineTo(x(q[0]), y(q[0]))
		case vector.Curve:
			c.z.CubeTo(x(q[0]), y(q[0]), x(q[1]), y(q[1]), x(q[2]), y(q[2]))
		case vector.Close:
			c.z.ClosePath()
		}
	}
	c.z.ClosePath()
	c.paint(at, colour)
}

// Glyphs draws glyphs of one font, the pen beginning at (x, y) on the baseline,
// at a size in pixels to an em.
func (c *Canvas) Glyphs(font pdf.Outliner, glyphs []pdf.Glyph, x, y, size float64, colour vector.RGB) {
	if len(glyphs) == 0 {
		return
	}
	c.steps = c.steps[:0]
	low, high := vector.Point{X: x, Y: y}, vector.Point{X: x, Y: y}
	k := size / 1000
	for _, g := range glyphs {
		if !g.Blank {
			dx, dy := x+float64(g.DX)*k, y-float64(g.DY)*k
			for _, s := range c.outline(font, g.ID) {
				t := step{op: s.Op}
				for i := range points(s.Op) {
					q := vector.Point{X: dx + float64(s.Points[i][0])*k, Y: dy - float64(s.Points[i][1])*k}
					low, high = least(low, q), greatest(high, q)
					t.points[i] = q
				}
				c.steps = append(c.steps, t)
			}
		}
		x += float64(g.Adv) * k
	}
	at, ok := c.begin(image.Rect(0, 0, c.w, c.h), low, high)
	if !ok {
		return
	}
	for i := range c.steps {
		c.step(&c.steps[i], at)
	}
	c.z.ClosePath()
	c.paint(at, colour)
}

// A step is one of a glyph's outline: m, l, Q or c.
type step struct {
	op     byte
	points [3]vector.Point
}

func points(op byte) int {
	switch op {
	case 'Q':
		return 2
	case 'c':
		return 3
	}
	return 1
}

func (c *Canvas) step(s *step, at image.Point) {
	var p [3][2]float32
	for i, q := range s.points {
		p[i] = [2]float32{float32(q.X - float64(at.X)), float32(q.Y - float64(at.Y))}
	}
	switch s.op {
	case 'm':
		c.z.ClosePath()
		c.z.MoveTo(p[0][0], p[0][1])
	case 'l':
		c.z.LineTo(p[0][0], p[0][1])
	case 'Q':
		c.z.QuadTo(p[0][0], p[0][1], p[1][0], p[1][1])
	case 'c':
		c.z.CubeTo(p[0][0], p[0][1], p[1][0], p[1][1], p[2][0], p[2][1])
	}
}

func (c *Canvas) outline(font pdf.Outliner, id uint16) []pdf.Contour {
	k := glyph{font, id}
	o, found := c.outlines[k]
	if !found {
		o = font.Outline(id)
		c.outlines[k] = o
	}
	return o
}

// Ink returns how far the ink of a glyph reaches from its origin to the left and
// to the right, in thousandths of an em; both are 0 when it has none.
func (c *Canvas) Ink(font pdf.Outliner, id uint16) (left, right int) {
	for i, s := range c.outline(font, id) {
		for _, q := range s.Points[:points(s.Op)] {
			if i == 0 {
				left, right = q[0], q[0]
			}
			left, right = min(left, q[0]), max(right, q[0])
		}
	}
	return left, right
}

// begin makes the mask ready for what lies between two corners, inside a box.
// It returns the mask's corner; nothing of it may be seen.
func (c *Canvas) begin(clip image.Rectangle, low, high vector.Point) (image.Point, bool) {
	r := image.Rect(floor(low.X), floor(low.Y), floor(high.X)+1, floor(high.Y)+1).Intersect(clip).Intersect(image.Rect(0, 0, c.w, c.h))
	if r.Empty() {
		return r.Min, false
	}
	c.z.Reset(r.Dx(), r.Dy())
	c.z.DrawOp = draw.Src
	n := r.Dx() * r.Dy()
	if cap(c.mask.Pix) < n {
		c.mask.Pix = make([]uint8, n)
	}
	c.mask.Pix, c.mask.Stride, c.mask.Rect = c.mask.Pix[:n], r.Dx(), image.Rect(0, 0, r.Dx(), r.Dy())
	return r.Min, true
}
