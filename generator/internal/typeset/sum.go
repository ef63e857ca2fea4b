package typeset

import (
	"uccn/generator/internal/memo"
	"uccn/generator/internal/pdf"
)

// Sums returns a hash of each of some pages, of all that they are drawn from but
// the bytes of fonts and pictures, which go by name and by key. Lists of pages
// whose hashes are equal are written as equal bytes, with equal options: the pages
// of a list must be summed together, because a tag may begin on one page and end
// on another. A picture must have a key.
func Sums(pages []*Page) []memo.Key {
	s := &summer{tags: map[*pdf.Tag]*met{}, looks: map[*look]*met{}}
	out := make([]memo.Key, len(pages))
	for i, p := range pages {
		s.b, s.page = memo.NewKey("page", 1), i
		s.lengths(p.Size.W, p.Size.H)
		s.b.Text(p.Label)
		for _, it := range p.items {
			it.op.draw(s, it.x, it.y)
		}
		out[i] = s.b.Key()
	}
	return out
}

// A summer is a device that hashes what others draw.
type summer struct {
	b     *memo.Builder
	page  int
	tags  map[*pdf.Tag]*met
	looks map[*look]*met
}

// met is what has been met before: its number among its like, and on which page it
// was last described. A page describes all that it is drawn from.
type met struct{ number, page int }

// meet adds the number of what is met, and reports whether this page has described it.
func meet[T comparable](s *summer, list map[T]*met, x T) (known bool) {
	m := list[x]
	if m == nil {
		m = &met{len(list), -1}
		list[x] = m
	}
	s.b.Int(int64(m.number))
	known = m.page == s.page
	m.page = s.page
	return known
}

func (s *summer) lengths(list ...Length) {
	for _, l := range list {
		s.b.Int(int64(l))
	}
}

func (s *summer) color(c pdf.Color) { s.b.Int(int64(c.R)<<16 | int64(c.G)<<8 | int64(c.B)) }

// tag adds a tag: by its number when it has come before.
func (s *summer) tag(t *pdf.Tag) {
	if t == nil {
		s.b.Int(-1)
		return
	}
	if meet(s, s.tags, t) {
		return
	}
	s.tag(t.Parent)
	t.Sum(s.b)
}

func (s *summer) text(o textOp, x, y Length) {
	s.b.Text("text").Text(string(o.artifact)).Flag(o.again)
	s.lengths(x, y)
	s.b.Int(int64(len(o.parts)))
	for i := range o.parts {
		p := &o.parts[i]
		s.look(p.look)
		s.lengths(p.x, p.width)
		s.b.Text(p.font.Name()).Int(int64(len(p.glyphs)))
		for k := range p.glyphs {
			p.glyphs[k].Sum(s.b)
		}
	}
}

// look adds what is drawn of a look. Two parts of one link have one look.
func (s *summer) look(l *look) {
	if meet(s, s.looks, l) {
		return
	}
	s.lengths(l.style.Size, l.style.Rise)
	s.color(l.style.Color)
	s.tag(l.tag)
	s.b.Text(l.span.Link)
}

func (s *summer) fill(o fillOp, x, y Length) {
	s.b.Text("fill").Text(string(o.artifact))
	s.lengths(x, y, o.w, o.h)
	s.color(o.color)
	s.tag(o.tag)
}

func (s *summer) rule(o ruleOp, x, y Length) {
	s.b.Text("rule")
	s.lengths(x, y, o.dx, o.dy, o.width)
	s.color(o.color)
}

func (s *summer) drawing(o drawingOp, x, y Length) {
	s.b.Text("drawing").Text(string(o.artifact))
	s.lengths(x, y, o.w, o.h)
	s.tag(o.tag)
	o.drawing.Sum(s.b)
}

func (s *summer) picture(o pictureOp, x, y Length) {
	if o.picture.Key == "" {
		panic("typeset: the sum of a page with a picture that has no key")
	}
	s.b.Text("picture").Text(o.picture.Key)
	s.lengths(x, y, o.w, o.h)
	s.tag(o.tag)
	for _, n := range []int{o.picture.W, o.picture.H, o.picture.FocusX, o.picture.FocusY} {
		s.b.Int(int64(n))
	}
}

func (s *summer) dest(name string, y Length) {
	s.b.Text("dest").Text(name)
	s.lengths(y)
}

func (s *summer) empty(t *pdf.Tag) {
	s.b.Text("empty")
	s.tag(t)
}
