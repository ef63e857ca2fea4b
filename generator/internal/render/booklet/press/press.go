package booklet

import (
	"cmp"
	"context"
	"errors"
	"runtime"
	"strconv"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/par"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/render"
	"uccn/generator/internal/theme"
	"uccn/generator/internal/typeset"
	"uccn/generator/internal/worldmap"
)

// A maker makes one book: one edition in one language for one resolution of
// pictures. It does not change while its pages are made.
type maker struct {
	*look
	in       *render.Input
	net      *derive.Network
	words    *theme.Words
	dpi      int
	palettes map[string]palette // by field
	atlas    *worldmap.Map
	known    map[string]bool // destinations that the book has
}

// A unit is a part of the book that is made by itself: a chapter, or the pages
// of a city.
type unit struct {
	name string
	at   diag.Pos // the record that it is about
	side side
	make func(*press)

	alone bool // its pages are also printed alone
}

// side says on which side of a leaf a unit begins.
type side uint8

const (
	either side = iota
	recto       // odd pages
	verso
)

// A press makes the pages of one unit. What a page says of other pages, it asks
// of numbers, those of the pass before.
type press struct {
	*maker
	c       *typeset.Composer
	first   int // number of the unit's first page
	numbers map[string]int
	made    made
	before  *Fit   // how the unit was fitted in the pass before
	y       length // where the text of the last page ends
}

// made is what a unit came to.
type made struct {
	sheets   []*sheet
	first    int
	used     map[string]int // the numbers it asked for
	problems diag.List
	fit      *Fit
	overfull length // by how much the longest line is too long
}

// A sheet is a page with what is still to be put on it.
type sheet struct {
	*typeset.Page
	foot  string   // beside the number; with bare, there is neither
	bare  bool     //
	dests []string // the places it holds
	of    *unit    // of a city with pages of its own, all of them
}

// number returns the page of a place in the book as the book writes it; three
// digits stand for it until it is known.
func (p *press) number(dest string) string { return p.words.Year(p.page(dest)) }

func (p *press) page(dest string) int {
	n := p.numbers[dest]
	p.made.used[dest] = n
	return cmp.Or(n, 100)
}

// sheet begins a page.
func (p *press) sheet(foot string) *sheet {
	s := &sheet{Page: &typeset.Page{Size: pdf.Page{W: p.w, H: p.h}}, foot: foot}
	p.made.sheets = append(p.made.sheets, s)
	p.y = p.top
	return s
}

// last is the page in hand.
func (p *press) last() *sheet { return p.made.sheets[len(p.made.sheets)-1] }

// dest names a place of the page in hand.
func (p *press) dest(name string, y length) {
	s := p.last()
	s.Dest(name, y)
	s.dests = append(s.dests, name)
}

// outerRight says whether the outer edge of the page in hand is its right one.
func (p *press) outerRight() bool {
	n := p.first + len(p.made.sheets) - 1
	return n%2 == 1 != p.rtl
}

// area is where the text of the page in hand stands.
func (p *press) area() pdf.Rect {
	x := p.inner
	if !p.outerRight() {
		x = p.outer
	}
	return pdf.Rect{X: x, Y: p.top, W: p.w - p.inner - p.outer, H: p.bottom - p.top}
}

// full is the whole page in hand with its bleed.
func (p *press) full() pdf.Rect {
	return pdf.Rect{X: -p.bleed, Y: -p.bleed, W: p.w + 2*p.bleed, H: p.h + 2*p.bleed}
}

// galley sets blocks and notes lines that are too long for them.
func (p *press) galley(w length, tag *pdf.Tag, blocks ...typeset.Block) *typeset.Galley {
	g := p.c.Galley(w, tag, blocks...)
	p.made.overfull = max(p.made.overfull, g.Over())
	return g
}

// put sets blocks in a box of the page in hand and returns their height. A box
// without a height is as high as need be.
func (p *press) put(r pdf.Rect, tag *pdf.Tag, blocks ...typeset.Block) length {
	g := p.galley(r.W, tag, blocks...)
	if g.Empty() {
		return 0
	}
	if r.H == 0 {
		r.H = g.Height(0)
	}
	return g.Pour(p.last().Page, typeset.Frame{Rect: r})
}

// flow sets blocks below what stands on the page in hand, and on new pages when
// it is full. dest is named where they begin. Whole blocks are not divided when
// a page can hold them.
func (p *press) flow(tag *pdf.Tag, dest string, whole bool, gap length, blocks ...typeset.Block) {
	r := p.area()
	g := p.galley(r.W, tag, blocks...)
	foot := p.last().foot
	if p.y > p.top {
		p.y += gap
	}
	rest := typeset.Frame{Rect: pdf.Rect{Y: p.y, W: r.W, H: p.bottom - p.y}}
	if !g.Fits(rest) && (rest.H < p.pt(60) || whole && g.Height(0) <= r.H) {
		p.sheet(foot)
	}
	if dest != "" {
		p.dest(dest, p.y)
	}
	for !g.Empty() {
		r = p.area()
		p.y += g.Pour(p.last().Page, typeset.Frame{Rect: pdf.Rect{X: r.X, Y: p.y, W: r.W, H: p.bottom - p.y}})
		if !g.Empty() {
			p.sheet(foot)
		}
	}
}

// columns sets blocks in columns below what stands on the page in hand, and on
// new pages when they are full. The columns of the last page are of one height.
func (p *press) columns(n int, gap length, tag *pdf.Tag, blocks ...typeset.Block) {
	r := p.area()
	w := (r.W - gap*length(n-1)) / length(n)
	g := p.galley(w, tag, blocks...)
	for {
		r = p.area()
		frames := make([]typeset.Frame, n)
		for i := range frames {
			k := i
			if p.rtl {
				k = n - 1 - i
			}
			frames[i] = typeset.Frame{Rect: pdf.Rect{X: r.X + (w+gap)*length(k), Y: p.y, W: w, H: p.bottom - p.y}}
		}
		used := length(0)
		if g.Fits(frames...) {
			used = g.Balance(p.last().Page, frames...)
		} else {
			for _, f := range frames {
				used = max(used, g.Pour(p.last().Page, f))
			}
		}
		p.y += used
		if g.Empty() {
			return
		}
		p.sheet(p.last().foot)
	}
}

// open begins a chapter with its title.
func (p *press) open(dest, title string) *pdf.Tag {
	tag := &pdf.Tag{Role: "Sect"}
	p.sheet(title)
	p.dest(dest, 0)
	r := p.area()
	p.last().Rule(pdf.Rect{X: r.X, Y: p.y, W: r.W}, p.pt(1.6), p.ink)
	r.Y += p.pt(8)
	p.y = r.Y + p.put(r, tag, typeset.Paragraph{Spans: typeset.T(title), Shape: p.title(), Role: "H1"}) + p.pt(16)
	return tag
}

// passes is how often pages are made until their numbers stand. Two are the
// rule; more are needed when a number changes how many pages a unit takes.
const passes = 6

// compose makes the pages of all units until every number is right.
func (m *maker) compose(ctx context.Context, units []unit) ([]made, error) {
	first := make([]int, len(units))
	for i := range first {
		first[i] = i + 1
	}
	numbers := map[string]int{}
	var out []made
	for range passes {
		next, err := m.pass(ctx, units, first, numbers, out)
		if err != nil {
			return nil, err
		}
		out = next
		starts, found := place(units, out)
		if settled(out, starts, found) {
			return out, nil
		}
		first, numbers = starts, found
	}
	return nil, errors.New("the page numbers do not settle")
}

// settled says whether all that the units asked for is still so.
func settled(out []made, starts []int, numbers map[string]int) bool {
	for i, u := range out {
		if !u.holds(starts[i], numbers) || u.first != starts[i] {
			return false
		}
	}
	return true
}

// holds says whether a unit would come out as it is when it began on another
// page of the same side and with other numbers.
func (u made) holds(first int, numbers map[string]int) bool {
	if u.first%2 != first%2 {
		return false
	}
	for dest, n := range u.used {
		if numbers[dest] != n {
			return false
		}
	}
	return true
}

// pass makes the units that do not hold any more, on all cores.
func (m *maker) pass(ctx context.Context, units []unit, first []int, numbers map[string]int, before []made) ([]made, error) {
	out := make([]made, len(units))
	workers := make([]int, runtime.GOMAXPROCS(0))
	for i := range workers {
		workers[i] = i
	}
	_, err := par.Map(ctx, workers, func(ctx context.Context, w int) (struct{}, error) {
		c := typeset.NewComposer()
		for i := w; i < len(units) && ctx.Err() == nil; i += len(workers) {
			if before != nil && before[i].holds(first[i], numbers) {
				out[i] = before[i]
				out[i].first = first[i]
				continue
			}
			p := &press{maker: m, c: c, first: first[i], numbers: numbers, made: made{first: first[i], used: map[string]int{}}}
			if before != nil {
				p.before = before[i].fit
			}
			units[i].make(p)
			p.made.problems = append(p.made.problems, m.faults(c.Missing(), p.made.overfull, units[i])...)
			out[i] = p.made
		}
		return struct{}{}, ctx.Err()
	})
	return out, err
}

// place gives the units their pages, each on its side, and finds the numbers.
func place(units []unit, out []made) (first []int, numbers map[string]int) {
	numbers = map[string]int{}
	next := 1
	for i, u := range out {
		if units[i].side == recto && next%2 == 0 || units[i].side == verso && next%2 == 1 {
			next++
		}
		first = append(first, next)
		for k, s := range u.sheets {
			for _, d := range s.dests {
				numbers[d] = next + k
			}
		}
		next += len(u.sheets)
	}
	return first, numbers
}

// finish puts the pages in order, fills up and numbers them.
func (m *maker) finish(units []unit, out []made) []*sheet {
	var all []*sheet
	for i, u := range out {
		for len(all)+1 < u.first {
			all = append(all, m.blank())
		}
		if i == len(out)-2 { // the two sides of the back cover end a whole number of sheets of paper
			for (len(all)+2)%m.multiple() != 0 {
				all = append(all, m.blank())
			}
		}
		for _, s := range u.sheets {
			if units[i].alone {
				s.of = &units[i]
			}
			all = append(all, s)
		}
	}
	c := typeset.NewComposer()
	for i, s := range all {
		s.Label = strconv.Itoa(i + 1)
		if !s.bare {
			m.foot(c, s, i+1)
		}
	}
	return all
}

// multiple is what the number of pages is divisible by: at least the two sides
// of a leaf.
func (m *maker) multiple() int {
	n := max(1, m.in.Site.Print.Multiple)
	if n%2 == 1 {
		n *= 2
	}
	return n
}

func (m *maker) blank() *sheet {
	return &sheet{Page: &typeset.Page{Size: pdf.Page{W: m.w, H: m.h}}, bare: true}
}

// foot sets the number at the outer edge of a page, and what the page is about
// beside it.
func (m *maker) foot(c *typeset.Composer, s *sheet, n int) {
	number := m.shape(m.fonts.Strong, 8, 10, m.ink)
	number.Features, number.Literal = "tnum", true
	text := m.shape(m.fonts.Sans, 6.8, 10, m.muted)
	x, gap := m.inner, m.mm(9)
	w := m.w - m.inner - m.outer
	right := n%2 == 1 != m.rtl
	if !right {
		x = m.outer
	}
	r := pdf.Rect{X: x, Y: m.folio, W: w, H: m.pt(10)}
	beside := r
	beside.W -= gap
	if right == m.rtl { // the outer edge is where lines begin
		number.Align, text.Align = typeset.Start, typeset.Start
	} else {
		number.Align, text.Align = typeset.End, typeset.End
	}
	if !right {
		beside.X += gap
	}
	c.Running(s.Page, r, pdf.Footer, number, m.words.Year(n))
	if s.foot != "" {
		c.Running(s.Page, beside, pdf.Footer, text, s.foot)
	}
}
