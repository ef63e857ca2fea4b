package press

import (
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/render/booklet/look"
	"uccn/generator/internal/typeset"
)

// Galley sets blocks and notes lines that are too long for them.
func (p *Press) Galley(w look.Length, tag *pdf.Tag, blocks ...typeset.Block) *typeset.Galley {
	g := p.C.Galley(w, tag, blocks...)
	p.Made.Over = max(p.Made.Over, g.Over())
	return g
}

// Put sets blocks in a box of the page in hand and returns their height. A box
// without a height is as high as need be.
func (p *Press) Put(r pdf.Rect, tag *pdf.Tag, blocks ...typeset.Block) look.Length {
	g := p.Galley(r.W, tag, blocks...)
	if g.Empty() {
		return 0
	}
	if r.H == 0 {
		r.H = g.Height(0)
	}
	return g.Pour(p.Last().Page, typeset.Frame{Rect: r})
}

// Pour pours what fits of a galley into a box of the page in hand, if there is
// room for two lines, and returns the height it takes.
func (p *Press) Pour(g *typeset.Galley, r pdf.Rect) look.Length {
	if g.Empty() || r.H < p.Pt(26) {
		return 0
	}
	return g.Pour(p.Last().Page, typeset.Frame{Rect: r})
}

// Flow sets blocks below what stands on the page in hand, and on new pages when
// it is full. dest is named where they begin. Whole blocks are not divided when
// a page can hold them.
func (p *Press) Flow(tag *pdf.Tag, dest string, whole bool, gap look.Length, blocks ...typeset.Block) {
	r := p.Area()
	g := p.Galley(r.W, tag, blocks...)
	foot := p.Last().Foot
	if p.Y > p.Top {
		p.Y += gap
	}
	rest := typeset.Frame{Rect: pdf.Rect{Y: p.Y, W: r.W, H: p.Bottom - p.Y}}
	if !g.Fits(rest) && (rest.H < p.Pt(60) || whole && g.Height(0) <= r.H) {
		p.Sheet(foot)
	}
	if dest != "" {
		p.Dest(dest, p.Y)
	}
	for !g.Empty() {
		r = p.Area()
		p.Y += g.Pour(p.Last().Page, typeset.Frame{Rect: pdf.Rect{X: r.X, Y: p.Y, W: r.W, H: p.Bottom - p.Y}})
		if !g.Empty() {
			p.Sheet(foot)
		}
	}
}

// Columns sets blocks in columns below what stands on the page in hand, and on
// new pages when they are full. The columns of the last page are of one height.
func (p *Press) Columns(n int, gap look.Length, tag *pdf.Tag, blocks ...typeset.Block) {
	w := (p.Area().W - gap*look.Length(n-1)) / look.Length(n)
	g := p.Galley(w, tag, blocks...)
	for {
		frames := make([]typeset.Frame, n)
		for i := range frames {
			frames[i] = typeset.Frame{Rect: p.column(i, n, w, gap)}
		}
		used := look.Length(0)
		if g.Fits(frames...) {
			used = g.Balance(p.Last().Page, frames...)
		} else {
			for _, f := range frames {
				used = max(used, g.Pour(p.Last().Page, f))
			}
		}
		p.Y += used
		if g.Empty() {
			return
		}
		p.Sheet(p.Last().Foot)
	}
}

// column is the rest of column i of n, the first where lines begin.
func (p *Press) column(i, n int, w, gap look.Length) pdf.Rect {
	if p.RTL {
		i = n - 1 - i
	}
	return pdf.Rect{X: p.Area().X + (w+gap)*look.Length(i), Y: p.Y, W: w, H: p.Bottom - p.Y}
}

// A Group is lines that stand together in a column, at a place with a name.
type Group struct {
	Dest   string
	Blocks []typeset.Block
}

// Groups fills columns with groups, none divided that a column can hold.
func (p *Press) Groups(n int, between, gap look.Length, tag *pdf.Tag, groups []Group) {
	w := (p.Area().W - between*look.Length(n-1)) / look.Length(n)
	top, col := p.Y, 0
	next := func() {
		if col++; col == n {
			p.Sheet(p.Last().Foot)
			top, col = p.Top, 0
		}
		p.Y = top
	}
	for _, x := range groups {
		g := p.Galley(w, tag, x.Blocks...)
		if p.Y > top {
			p.Y += gap
		}
		if h := g.Height(0); p.Y+h > p.Bottom && p.Y > top && (h <= p.Bottom-p.Top || p.Y+p.Pt(60) > p.Bottom) {
			next()
		}
		if x.Dest != "" {
			p.Dest(x.Dest, p.Y)
		}
		for !g.Empty() {
			if p.Y += g.Pour(p.Last().Page, typeset.Frame{Rect: p.column(col, n, w, between)}); !g.Empty() {
				next()
			}
		}
	}
}
