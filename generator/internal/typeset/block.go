package typeset

import (
	"strconv"

	"uccn/generator/internal/pdf"
	"uccn/generator/internal/pdf/vector"
)

// A Block is a part of a text: a Paragraph, List, Quote, Table, Figure, Entry,
// Rule, Space, Mark or Group.
type Block interface{ set(s *setter) }

// A Paragraph is a heading or a paragraph.
type Paragraph struct {
	Spans []Span
	Shape Shape
	Role  string // structure type; "" means "P"
	Dest  string // name for links
}

// A List has items with a mark before each.
type List struct {
	Items  [][]Block
	Marks  []string // one for all, or one for each; "" draws none
	Shape  Shape    // of the marks, and the spaces around the list
	Indent Length   // of the items
	Gap    Length   // between two items
}

// A Quote is a quotation set apart.
type Quote struct {
	Blocks        []Block
	Indent        Length // at both sides
	Before, After Length
}

// A Rule is a line across the column.
type Rule struct {
	Width         Length // its thickness
	Color         pdf.Color
	Before, After Length
	Part          int // its length in parts of a thousand of the column; 0 means all
}

// A Space is empty.
type Space struct{ Height Length }

// A Mark names its place, for links.
type Mark struct{ Name string }

// A Group puts blocks under one structure element.
type Group struct {
	Role   string
	Lang   string
	Blocks []Block
	Whole  bool // not divided between pages
}

// A Drawn is a picture in a text: a photograph or a drawing, with a caption.
type Drawn struct {
	Picture       *Picture
	Drawing       *vector.Drawing
	Alt           string
	W, H          Length // W 0: the column; H 0: in proportion
	Caption       []Block
	Gap           Length // between picture and caption
	Before, After Length
}

// An Entry is a line of a table of contents or of an index: words, and a number at
// the end of the line that leads there.
type Entry struct {
	Spans  []Span
	Number string
	Link   string // "" for none
	Alt    string // where it leads, in words
	Shape  Shape
	Column Length // reserved for the number
	Leader bool   // dots between
	Role   string // "TOCI", or "LI" in an index
}

// setter makes rows from blocks.
type setter struct {
	c      *Composer
	x      Length // from the galley's left edge
	width  Length
	tag    *pdf.Tag // the parent of what is set
	rows   []row
	space  Length // wanted before the next row
	keep   bool   // the next row stays with the one before
	before []placed
}

// A row is a strip of a galley that is never divided: a line, a picture, a table row.
type row struct {
	space  Length // before it, dropped at the top of a frame
	height Length
	snap   bool // begins on the grid
	keep   bool // no page ends before it
	over   Length
	words  int
	ops    []placed
	notes  []*Note
	head   *row // drawn again above it when it is the first of a frame: the head of its table
}

// push appends a row.
func (s *setter) push(r row) {
	r.space = s.space
	r.keep = r.keep || s.keep
	r.ops = append(s.before, r.ops...)
	s.space, s.keep, s.before = 0, false, nil
	s.rows = append(s.rows, r)
}

// gap asks for a space before the next row; of several the largest wins.
func (s *setter) gap(l Length) { s.space = max(s.space, l) }

// into sets blocks in a narrower column under a tag.
func (s *setter) into(dx, width Length, tag *pdf.Tag, blocks []Block) {
	x, w, t := s.x, s.width, s.tag
	s.x, s.width, s.tag = x+dx, width, tag
	for _, b := range blocks {
		b.set(s)
	}
	s.x, s.width, s.tag = x, w, t
}

func (p Paragraph) set(s *setter) {
	role := p.Role
	if role == "" {
		role = "P"
	}
	tag := &pdf.Tag{Role: role, Parent: s.tag}
	lines := s.c.lines(p.Spans, &p.Shape, s.width, tag)
	s.gap(p.Shape.Before)
	if p.Dest != "" {
		s.before = append(s.before, placed{op: destOp{p.Dest}})
	}
	for i, l := range lines {
		keep := p.Shape.Whole && i > 0 || i == 1 || i > 0 && i == len(lines)-1
		s.push(row{
			height: p.Shape.Leading, snap: p.Shape.Snap && i == 0, keep: keep, over: l.over, words: l.words, notes: l.notes,
			ops: []placed{{s.x, baseline(p.Shape.Leading), textOp{parts: l.parts}}},
		})
	}
	s.gap(p.Shape.After)
	s.keep = p.Shape.KeepNext
}

func (l List) set(s *setter) {
	numbering := "Disc"
	if len(l.Marks) > 1 {
		numbering = "Decimal"
	}
	if len(l.Marks) == 0 {
		numbering = "None"
	}
	list := &pdf.Tag{Role: "L", Parent: s.tag, Numbering: numbering}
	dx := l.Indent
	if l.Shape.RTL {
		dx = 0
	}
	s.gap(l.Shape.Before)
	for i, blocks := range l.Items {
		item := &pdf.Tag{Role: "LI", Parent: list}
		if i > 0 {
			s.gap(l.Gap)
		}
		if len(l.Marks) > 0 {
			s.mark(l.Marks[min(i, len(l.Marks)-1)], l, item)
		}
		s.into(dx, s.width-l.Indent, &pdf.Tag{Role: "LBody", Parent: item}, blocks)
	}
	s.gap(l.Shape.After)
}

// mark draws the mark of an item beside the row that follows.
func (s *setter) mark(text string, l List, item *pdf.Tag) {
	shape := l.Shape
	shape.Align, shape.Indent = Start, 0
	lines := s.c.lines(T(text), &shape, l.Indent, &pdf.Tag{Role: "Lbl", Parent: item})
	if len(lines) == 0 {
		return
	}
	x := s.x
	if shape.RTL {
		x += s.width - l.Indent
	}
	s.before = append(s.before, placed{x, baseline(shape.Leading), textOp{parts: lines[0].parts}})
}

func (q Quote) set(s *setter) {
	s.gap(q.Before)
	s.into(q.Indent, s.width-2*q.Indent, &pdf.Tag{Role: "BlockQuote", Parent: s.tag}, q.Blocks)
	s.gap(q.After)
}

func (r Rule) set(s *setter) {
	s.gap(r.Before)
	w := s.width
	if r.Part > 0 {
		w = w.Scale(r.Part, 1000)
	}
	s.push(row{height: r.Width, ops: []placed{{s.x, r.Width / 2, ruleOp{w, 0, r.Width, r.Color}}}})
	s.keep = true
	s.gap(r.After)
}

func (e Space) set(s *setter) { s.space += e.Height }

func (m Mark) set(s *setter) { s.before = append(s.before, placed{op: destOp{m.Name}}) }

func (g Group) set(s *setter) {
	tag := s.tag
	if g.Role != "" {
		tag = &pdf.Tag{Role: g.Role, Parent: s.tag, Lang: g.Lang}
	}
	first := len(s.rows)
	s.into(0, s.width, tag, g.Blocks)
	if g.Whole {
		for i := first + 1; i < len(s.rows); i++ {
			s.rows[i].keep = true
		}
	}
}

func (d Drawn) set(s *setter) {
	w, h := d.W, d.H
	if w == 0 {
		w = s.width
	}
	if h == 0 {
		h = d.height(w)
	}
	div := &pdf.Tag{Role: "Div", Parent: s.tag}
	tag := &pdf.Tag{Role: "Figure", Parent: div, Alt: d.Alt, Box: pdf.Rect{W: w, H: h}}
	var o op = drawingOp{w: w, h: h, tag: tag}
	if d.Drawing != nil {
		o = drawingOp{w: w, h: h, drawing: *d.Drawing, tag: tag}
	}
	if d.Picture != nil {
		o = pictureOp{w, h, d.Picture, tag}
	}
	s.gap(d.Before)
	s.push(row{height: h, ops: []placed{{s.x, 0, o}}})
	if len(d.Caption) > 0 {
		s.gap(d.Gap)
		first := len(s.rows)
		s.into(0, w, &pdf.Tag{Role: "Caption", Parent: div}, d.Caption)
		for i := first; i < len(s.rows); i++ {
			s.rows[i].keep = true
		}
	}
	s.gap(d.After)
}

// height returns the height in proportion to a width.
func (d Drawn) height(w Length) Length {
	if d.Picture != nil && d.Picture.W > 0 {
		return w.Scale(d.Picture.H, d.Picture.W)
	}
	if d.Drawing != nil && d.Drawing.W > 0 {
		return Length(float64(w) * d.Drawing.H / d.Drawing.W)
	}
	return 0
}

func (e Entry) set(s *setter) {
	role := e.Role
	if role == "" {
		role = "TOCI"
	}
	item := &pdf.Tag{Role: role, Parent: s.tag}
	parent := item
	if role == "TOCI" {
		parent = &pdf.Tag{Role: "Reference", Parent: item}
	}
	shape := e.Shape
	spans := e.Spans
	if e.Link != "" {
		spans = []Span{}
		for _, sp := range e.Spans {
			sp.Link, sp.Alt = e.Link, e.Alt
			spans = append(spans, sp)
		}
	}
	lines := s.c.lines(spans, &shape, s.width-e.Column, parent)
	number := s.number(e, parent)
	s.gap(shape.Before)
	for i, l := range lines {
		x := s.x
		if shape.RTL {
			x += e.Column
		}
		y := baseline(shape.Leading)
		ops := []placed{{x, y, textOp{parts: l.parts}}}
		if i == len(lines)-1 && number != nil {
			if e.Leader {
				ops = append(ops, s.leader(l, number, e, x, y))
			}
			ops = append(ops, placed{s.x, y, textOp{parts: number}})
		}
		s.push(row{height: shape.Leading, keep: i > 0, over: l.over, words: l.words, ops: ops})
	}
	s.gap(shape.After)
	s.keep = shape.KeepNext
}

// number sets the number of an entry at the far end of the column.
func (s *setter) number(e Entry, parent *pdf.Tag) []part {
	shape := e.Shape
	shape.Align, shape.Indent = End, 0
	lines := s.c.lines([]Span{{Text: e.Number, Link: e.Link, Alt: e.Alt}}, &shape, s.width, parent)
	if len(lines) == 0 {
		return nil
	}
	return lines[0].parts
}

// leader draws dots from the end of a line to the number, at places equal on all lines.
func (s *setter) leader(l line, number []part, e Entry, x, y Length) placed {
	step := e.Shape.Size.Scale(6, 10)
	from, to := Length(0), Length(0)
	if e.Shape.RTL {
		from, to = right(number), x-s.x+left(l.parts)
	} else {
		from, to = right(l.parts), left(number)
	}
	from, to = from+step, to-step
	dot := s.c.lines(T("."), &e.Shape, e.Shape.Size, nil)
	var parts []part
	for at := (from + step - 1) / step * step; at < to; at += step {
		p := dot[0].parts[0]
		p.x = at
		parts = append(parts, p)
	}
	return placed{s.x, y, textOp{parts: parts, artifact: pdf.Layout}}
}

// left and right return the edges of what parts show.
func left(parts []part) Length {
	at := parts[0].x
	for _, p := range parts {
		at = min(at, p.x)
	}
	return at
}

func right(parts []part) Length {
	at := Length(0)
	for _, p := range parts {
		at = max(at, p.x+p.width)
	}
	return at
}

// Numbers returns the marks "1." to "n." of an ordered list.
func Numbers(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = strconv.Itoa(i+1) + "."
	}
	return out
}
