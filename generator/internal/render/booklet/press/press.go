// Package press makes the pages of a book. A book is made of units, each of
// which is composed by itself, on all cores; what a page says of the numbers of
// others it asks for, and units are made again until every number is right. The
// package knows pages and places; it knows no city.
package press

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/par"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/render/booklet/look"
	"uccn/generator/internal/typeset"
	"uccn/generator/internal/typeset/font"
)

// A Unit is a part of a book that is made by itself: a chapter, or the pages of
// a city.
type Unit struct {
	Name  string
	At    diag.Pos // the record that it is about
	Side  Side
	Make  func(*Press)
	Alone bool // its pages are also printed alone
	Slow  bool // its pages take long: they are begun before the others
}

// Side says on which side of a leaf a unit begins.
type Side uint8

// The sides of a leaf.
const (
	Either Side = iota
	Recto       // odd pages
	Verso
)

// A Book is what is to be made.
type Book struct {
	Look     *look.Look
	Units    []Unit           // the last two are the sides of the back cover
	Digits   func(int) string // writes a page number
	Multiple int              // what the number of pages is divisible by
	Memory   *Memory          // of the makings before; nil: there were none
}

// Made is what a unit came to.
type Made struct {
	Fit     any            // what the unit wants to know when it is made again
	Missing []font.Missing // characters that no font held
	Over    look.Length    // by how much the longest line is too long
	Dl      diag.List

	Pictures []Picture // that its pages show

	sheets []*Sheet
	first  int            // number of its first page
	used   map[string]int // the numbers it asked for
}

// A Picture is a photograph as the pages show it, and as a printer gets it.
type Picture struct{ Screen, Print *typeset.Picture }

// A Sheet is a page with what is still to be put on it.
type Sheet struct {
	*typeset.Page
	Foot  string // beside the number
	Bare  bool   // neither has a place on the page
	dests []string
	of    *Unit // of a unit whose pages are printed alone
}

// Places names what stands on the page, from the top.
func (s *Sheet) Places() []string { return s.dests }

// Has says whether a place is on the page.
func (s *Sheet) Has(dest string) bool {
	for _, d := range s.dests {
		if d == dest {
			return true
		}
	}
	return false
}

// Beside says whether two pages belong to one unit that is printed alone.
func (s *Sheet) Beside(t *Sheet) bool { return s.of != nil && s.of == t.of }

// Together says whether two pages that follow each other may share what is drawn:
// unless one of them belongs to a unit that is printed alone and the other does not.
func (s *Sheet) Together(t *Sheet) bool { return s.of == t.of }

// A Press makes the pages of one unit.
type Press struct {
	*look.Look
	C      *typeset.Composer
	Y      look.Length // where the text of the page in hand ends
	Made   Made
	Before any // the Fit of the pass before; nil in the first

	digits  func(int) string
	numbers map[string]int // of the pass before
}

// Number returns the page of a place in the book as the book writes it; three
// digits stand for it until it is known.
func (p *Press) Number(dest string) string { return p.digits(p.PageOf(dest)) }

// PageOf returns the page of a place in the book.
func (p *Press) PageOf(dest string) int {
	n := p.numbers[dest]
	p.Made.used[dest] = n
	return cmp.Or(n, 100)
}

// Known says whether the page of a place has been found.
func (p *Press) Known(dest string) bool { return p.numbers[dest] > 0 }

// Again forgets the pages made so far, to make them in another way.
func (p *Press) Again() { p.Made.sheets, p.Made.Pictures, p.Made.Dl, p.Made.Over = nil, nil, nil, 0 }

// Sheet begins a page.
func (p *Press) Sheet(foot string) *Sheet {
	s := &Sheet{Page: &typeset.Page{Size: pdf.Page{W: p.W, H: p.H}}, Foot: foot}
	p.Made.sheets = append(p.Made.sheets, s)
	p.Y = p.Top
	return s
}

// Plain begins a page without a number.
func (p *Press) Plain() *Sheet {
	s := p.Sheet("")
	s.Bare = true
	return s
}

// Last is the page in hand.
func (p *Press) Last() *Sheet { return p.Made.sheets[len(p.Made.sheets)-1] }

// Dest names a place of the page in hand.
func (p *Press) Dest(name string, y look.Length) {
	s := p.Last()
	s.Page.Dest(name, y)
	s.dests = append(s.dests, name)
}

// OuterRight says whether the outer edge of the page in hand is its right one.
func (p *Press) OuterRight() bool {
	n := p.Made.first + len(p.Made.sheets) - 1
	return n%2 == 1 != p.RTL
}

// Area is where the text of the page in hand stands.
func (p *Press) Area() pdf.Rect {
	x := p.Inner
	if !p.OuterRight() {
		x = p.Outer
	}
	return pdf.Rect{X: x, Y: p.Top, W: p.W - p.Inner - p.Outer, H: p.Bottom - p.Top}
}

// Whole is the page with its bleed.
func (p *Press) Whole() pdf.Rect {
	return pdf.Rect{X: -p.Bleed, Y: -p.Bleed, W: p.W + 2*p.Bleed, H: p.H + 2*p.Bleed}
}

// Within mirrors a box in an area and returns its left edge.
func (p *Press) Within(area, r pdf.Rect) look.Length { return 2*area.X + area.W - r.X - r.W }

// passes is how often pages are made until their numbers stand. Three are the
// rule; more are needed when a number changes how many pages a unit takes.
const passes = 7

var errUnsettled = errors.New("the page numbers do not settle")

// Make makes the pages of all units until every number is right, and puts them in
// order. Units that are printed alone are the many: they are made when the others
// have shown where they begin, most of them once.
func Make(ctx context.Context, b Book) ([]*Sheet, []Made, error) {
	m := b.Memory
	if m == nil {
		m = NewMemory()
	}
	w := &work{Book: b, made: make([]Made, len(b.Units)), composers: m.composers}
	var known bool
	w.first, w.numbers, known = m.recall(b.Units)
	for pass := range passes {
		if err := w.pass(ctx, pass == 0 && !known); err != nil {
			return nil, nil, err
		}
		w.place()
		if w.settled() {
			m.keep(b.Units, w.first, w.numbers)
			sheets, err := w.finish(ctx)
			return sheets, w.made, err
		}
	}
	return nil, nil, errUnsettled
}

// work is a book in the making.
type work struct {
	Book
	made      []Made
	first     []int          // the first page of each unit
	numbers   map[string]int // the pages of places
	composers chan *typeset.Composer
}

// settled says whether all that the units asked for is so.
func (w *work) settled() bool {
	for i, u := range w.made {
		if !u.holds(w.first[i], w.numbers) || u.first != w.first[i] {
			return false
		}
	}
	return true
}

// holds says whether a unit would come out as it is when it began on another
// page of the same side and with other numbers.
func (u Made) holds(first int, numbers map[string]int) bool {
	if u.used == nil || u.first%2 != first%2 {
		return false
	}
	for dest, n := range u.used {
		if numbers[dest] != n {
			return false
		}
	}
	return true
}

// pass makes the units that do not hold, on all cores.
func (w *work) pass(ctx context.Context, leading bool) error {
	var todo []int
	for i, u := range w.made {
		switch {
		case u.holds(w.first[i], w.numbers):
			w.made[i].first = w.first[i]
		case !leading || !w.Units[i].Alone:
			todo = append(todo, i)
		}
	}
	others := slices.DeleteFunc(slices.Clone(todo), func(i int) bool { return w.Units[i].Slow })
	todo = append(slices.DeleteFunc(todo, func(i int) bool { return !w.Units[i].Slow }), others...)
	made, err := par.Map(ctx, todo, func(_ context.Context, i int) (Made, error) {
		c := <-w.composers
		defer func() { w.composers <- c }()
		p := &Press{Look: w.Look, C: c, Before: w.made[i].Fit, digits: w.Digits, numbers: w.numbers,
			Made: Made{first: w.first[i], used: map[string]int{}}}
		w.Units[i].Make(p)
		p.Made.Missing = c.Missing()
		return p.Made, nil
	})
	for k, m := range made {
		w.made[todo[k]] = m
	}
	return err
}

// place gives the units their pages, each on its side, and finds the numbers. A
// unit that has not been made counts for one page.
func (w *work) place() {
	w.numbers = map[string]int{}
	next := 1
	for i, u := range w.made {
		if side := w.Units[i].Side; side == Recto && next%2 == 0 || side == Verso && next%2 == 1 {
			next++
		}
		w.first[i] = next
		for k, s := range u.sheets {
			for _, d := range s.dests {
				w.numbers[d] = next + k
			}
		}
		next += len(u.sheets)
		if u.used == nil {
			next++
		}
	}
}

// finish puts the pages in order, fills them up and numbers them.
func (w *work) finish(ctx context.Context) ([]*Sheet, error) {
	b := w.Book
	var all []*Sheet
	blank := func() {
		all = append(all, &Sheet{Page: &typeset.Page{Size: pdf.Page{W: b.Look.W, H: b.Look.H}}, Bare: true})
	}
	for i, u := range w.made {
		for len(all)+1 < u.first {
			blank()
		}
		if i == len(w.made)-2 { // the two sides of the back cover end a whole number of sheets of paper
			for (len(all)+2)%b.multiple() != 0 {
				blank()
			}
		}
		for _, s := range u.sheets {
			if b.Units[i].Alone {
				s.of = &b.Units[i]
			}
			all = append(all, s)
		}
	}
	var pages []int
	for i, s := range all {
		if s.Label = b.Digits(i + 1); !s.Bare {
			pages = append(pages, i)
		}
	}
	_, err := par.Map(ctx, pages, func(_ context.Context, i int) (struct{}, error) {
		c := <-w.composers
		defer func() { w.composers <- c }()
		b.foot(c, all[i], i+1)
		c.Missing() // the words of feet stand on the pages too
		return struct{}{}, nil
	})
	return all, err
}

// multiple is what the number of pages is divisible by: at least the two sides
// of a leaf.
func (b Book) multiple() int {
	n := max(1, b.Multiple)
	if n%2 == 1 {
		n *= 2
	}
	return n
}

// foot sets the number at the outer edge of a page, and what the page is about
// beside it.
func (b Book) foot(c *typeset.Composer, s *Sheet, n int) {
	l := b.Look
	number := l.Shape(l.Fonts.Strong, 8, 10, l.Ink)
	number.Features, number.Literal = "tnum", true
	text := l.Shape(l.Fonts.Sans, 6.8, 10, l.Muted)
	x, gap := l.Inner, l.MM(9)
	right := n%2 == 1 != l.RTL
	if !right {
		x = l.Outer
	}
	r := pdf.Rect{X: x, Y: l.Folio, W: l.W - l.Inner - l.Outer, H: l.Pt(10)}
	beside := r
	beside.W -= gap
	number.Align = typeset.End
	if right == l.RTL { // the outer edge is where lines begin
		number.Align = typeset.Start
	}
	text.Align = number.Align
	if !right {
		beside.X += gap
	}
	c.Running(s.Page, r, pdf.Footer, number, b.Digits(n))
	if s.Foot != "" {
		c.Running(s.Page, beside, pdf.Footer, text, s.Foot)
	}
}
