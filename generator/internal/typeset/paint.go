package typeset

import (
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/pdf/vector"
	"uccn/generator/internal/typeset/font"
)

// A Painter draws what a page shows, in the page's lengths from its upper left
// corner. Glyphs begin at x on the baseline y.
type Painter interface {
	Glyphs(f pdf.Outliner, glyphs []pdf.Glyph, size, x, y Length, color pdf.Color)
	Fill(r pdf.Rect, color pdf.Color)
	Line(x1, y1, x2, y2, width Length, color pdf.Color)
	Drawing(r pdf.Rect, d vector.Drawing)
	Picture(r pdf.Rect, p *Picture)
}

// Paint draws a page: what is seen of it, without its tags, links and names.
func Paint(p *Page, on Painter) {
	d := &painted{Painter: on, fonts: map[*font.Font]pdf.Outliner{}}
	for _, it := range p.items {
		it.op.draw(d, it.x, it.y)
	}
}

// painted is a painter as a device.
type painted struct {
	Painter
	fonts map[*font.Font]pdf.Outliner
}

func (d *painted) text(o textOp, x, y Length) {
	for i := range o.parts {
		p := &o.parts[i]
		src := d.fonts[p.font]
		if src == nil {
			src = p.font.Outliner()
			d.fonts[p.font] = src
		}
		s := p.look.style
		d.Glyphs(src, p.glyphs, s.Size, x+p.x, y-s.Rise, s.Color)
	}
}

func (d *painted) fill(o fillOp, x, y Length) { d.Fill(pdf.Rect{X: x, Y: y, W: o.w, H: o.h}, o.color) }

func (d *painted) rule(o ruleOp, x, y Length) { d.Line(x, y, x+o.dx, y+o.dy, o.width, o.color) }

func (d *painted) drawing(o drawingOp, x, y Length) {
	d.Drawing(pdf.Rect{X: x, Y: y, W: o.w, H: o.h}, o.drawing)
}

func (d *painted) picture(o pictureOp, x, y Length) {
	d.Picture(pdf.Rect{X: x, Y: y, W: o.w, H: o.h}, o.picture)
}

func (d *painted) dest(string, Length) {}

func (d *painted) empty(*pdf.Tag) {}
