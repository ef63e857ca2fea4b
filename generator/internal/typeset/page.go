package typeset

import (
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/pdf/vector"
)

// A Page is one side of a leaf. It is built by one goroutine and then never changed.
type Page struct {
	Size  pdf.Page
	Label string // the number it carries: "12", "iv"; "" for none
	items []placed
}

// placed is an operation at a place: the left edge and, for text, the baseline.
type placed struct {
	x, y Length
	op   op
}

// An op is something drawn on a page. Ops are shared and never changed.
type op interface{ draw(d device, x, y Length) }

// A Picture is a photograph for a page. Its bytes are read when the page is written.
type Picture struct {
	W, H           int                    // pixels
	FocusX, FocusY int                    // the point of interest, in parts of a thousand from the upper left; 0, 0: the middle
	Bytes          int                    // about how many Data returns; 0: not known
	Data           func() ([]byte, error) // a JPEG file

	// Key is equal for pictures of equal bytes, and only for these. Who gives one
	// also gives Read, which is Data for who needs the bytes once: in into, if that is
	// large enough.
	Key  string
	Read func(into []byte) ([]byte, error)
}

type textOp struct {
	parts    []part
	artifact pdf.Artifact // for parts without a tag
	again    bool         // said before: its tags do not count
}

type fillOp struct {
	w, h     Length
	color    pdf.Color
	tag      *pdf.Tag
	artifact pdf.Artifact
}

type ruleOp struct {
	dx, dy, width Length
	color         pdf.Color
}

type drawingOp struct {
	w, h     Length
	drawing  vector.Drawing
	tag      *pdf.Tag
	artifact pdf.Artifact
}

type pictureOp struct {
	w, h    Length
	picture *Picture
	tag     *pdf.Tag
}

type destOp struct{ name string }

type emptyOp struct{ tag *pdf.Tag }

func (o textOp) draw(d device, x, y Length)    { d.text(o, x, y) }
func (o fillOp) draw(d device, x, y Length)    { d.fill(o, x, y) }
func (o ruleOp) draw(d device, x, y Length)    { d.rule(o, x, y) }
func (o drawingOp) draw(d device, x, y Length) { d.drawing(o, x, y) }
func (o pictureOp) draw(d device, x, y Length) { d.picture(o, x, y) }
func (o destOp) draw(d device, _, y Length)    { d.dest(o.name, y) }
func (o emptyOp) draw(d device, _, _ Length)   { d.empty(o.tag) }

// add puts an op on the page.
func (p *Page) add(x, y Length, o op) { p.items = append(p.items, placed{x, y, o}) }

// Fill colours a box, as background.
func (p *Page) Fill(r pdf.Rect, color pdf.Color) {
	p.add(r.X, r.Y, fillOp{w: r.W, h: r.H, color: color, artifact: pdf.Background})
}

// Rule draws a line from a corner of r to the opposite one, as decoration: for a
// level or upright line one side of r is 0.
func (p *Page) Rule(r pdf.Rect, width Length, color pdf.Color) {
	p.add(r.X, r.Y, ruleOp{r.W, r.H, width, color})
}

// Drawing draws a picture made of shapes into r. Without a tag it is decoration.
func (p *Page) Drawing(r pdf.Rect, d vector.Drawing, tag *pdf.Tag) {
	p.add(r.X, r.Y, drawingOp{w: r.W, h: r.H, drawing: d, tag: tag, artifact: pdf.Background})
}

// Picture draws a photograph into r, filling it. tag is its Figure.
func (p *Page) Picture(r pdf.Rect, picture *Picture, tag *pdf.Tag) {
	p.add(r.X, r.Y, pictureOp{r.W, r.H, picture, tag})
}

// Dest names a height of the page, for links and the outline.
func (p *Page) Dest(name string, y Length) { p.add(0, y, destOp{name}) }

// Figure returns the tag of a picture in r that shows what alt says.
func Figure(parent *pdf.Tag, alt string, r pdf.Rect) *pdf.Tag {
	return &pdf.Tag{Role: "Figure", Parent: parent, Alt: alt, Box: r}
}

// Running sets a line of text that belongs to the page and not to its content: a
// running head, a folio. It is cut off at one line.
func (c *Composer) Running(p *Page, r pdf.Rect, kind pdf.Artifact, shape Shape, text string) {
	lines := c.lines(T(text), &shape, r.W, nil)
	if len(lines) == 0 {
		return
	}
	p.add(r.X, r.Y+baseline(shape.Leading), textOp{parts: lines[0].parts, artifact: kind})
}

// Width returns how wide a text is when set on one line.
func (c *Composer) Width(style Style, text string) Length {
	shape := Shape{Style: style, Literal: true, NoHyphen: true}
	w := Length(0)
	for _, it := range c.items(T(text), &shape, nil) {
		w += it.width
	}
	return w
}

// baseline returns how far under the top of a line its letters stand.
func baseline(leading Length) Length { return leading.Scale(78, 100) }
