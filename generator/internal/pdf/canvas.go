package pdf

import (
	"bytes"
	"fmt"
	"strconv"

	"uccn/generator/internal/pdf/vector"
)

// A Page is the size of a page and what the printer needs around it.
type Page struct {
	W, H  Length // trimmed
	Bleed Length // colour beyond the edge
	Slug  Length // room beyond the bleed for crop marks; 0: no marks
}

// An Artifact is drawn content without meaning for a reader who listens (14.8.2.2).
type Artifact string

// Kinds of artifact.
const (
	Layout     Artifact = "/Artifact<</Type/Layout>>"
	Background Artifact = "/Artifact<</Type/Background>>"
	Header     Artifact = "/Artifact<</Type/Pagination/Subtype/Header>>"
	Footer     Artifact = "/Artifact<</Type/Pagination/Subtype/Footer>>"
	marks      Artifact = "/Artifact<</Type/Page>>"
)

// A Canvas is the page being drawn. What is drawn belongs to the tag or artifact
// named last; drawing before either is named is a bug and panics.
type Canvas struct {
	w       *Writer
	id      ref
	key     int // in the parent tree
	page    Page
	edge    Length // from the paper's edge to the trimmed page
	out     bytes.Buffer
	tag     *Tag
	kind    Artifact
	open    bool // inside marked content
	content []ref
	annots  []byte
	fonts   []*Font
	images  []*Image
	pen     pen
	cids    []uint16 // of the word in hand
}

// Page begins a page.
func (w *Writer) Page(p Page) *Canvas {
	if w.current != nil {
		panic("pdf: Page before the end of another")
	}
	c := &Canvas{w: w, id: w.file.alloc(), page: p, edge: p.Bleed + p.Slug, key: len(w.parents)}
	w.parents = append(w.parents, "")
	w.pages = append(w.pages, c.id)
	w.current = c
	c.out.Grow(usual)
	return c
}

// usual is how many bytes most pages take.
const usual = 12 << 10

// End writes the page.
func (c *Canvas) End() {
	if c.page.Slug > 0 {
		c.cropMarks()
	}
	c.close()
	w := c.w
	content := w.file.alloc()
	w.file.stream(content, "", c.out.Bytes())
	b := fmt.Appendf(nil, "<</Type/Page/Parent %s/Contents %s", w.pageTree, content)
	width, height := c.page.W+2*c.edge, c.page.H+2*c.edge
	b = fmt.Appendf(b, "/MediaBox[0 0 %s %s]", width, height)
	bleed := c.page.Bleed
	b = fmt.Appendf(b, "/BleedBox%s/TrimBox%s", c.rect(Rect{-bleed, -bleed, c.page.W + 2*bleed, c.page.H + 2*bleed}),
		c.rect(Rect{0, 0, c.page.W, c.page.H}))
	b = append(b, "/Resources<<"...)
	if len(c.fonts) > 0 {
		b = append(b, "/Font<<"...)
		for _, f := range c.fonts {
			b = fmt.Appendf(b, "/F%d %s", f.index, f.id)
		}
		b = append(b, ">>"...)
	}
	if len(c.images) > 0 {
		b = append(b, "/XObject<<"...)
		for _, m := range c.images {
			b = fmt.Appendf(b, "/I%d %s", int(m.id), m.id)
		}
		b = append(b, ">>"...)
	}
	b = fmt.Appendf(b, ">>/StructParents %d/Tabs/S", c.key)
	if len(c.annots) > 0 {
		b = fmt.Appendf(b, "/Annots[%s]", c.annots)
	}
	w.file.bytes(c.id, append(b, ">>"...))
	parents := []byte{'['}
	for _, t := range c.content {
		parents = append(t.append(parents), ' ')
	}
	w.parents[c.key] = string(append(parents, ']'))
	w.current = nil
}

// Tag makes what follows the content of t.
func (c *Canvas) Tag(t *Tag) {
	if t == nil {
		panic("pdf: no tag")
	}
	if c.tag != t {
		c.close()
		c.tag, c.kind = t, ""
	}
}

// Artifact makes what follows decoration of the given kind.
func (c *Canvas) Artifact(kind Artifact) {
	if c.kind != kind {
		c.close()
		c.tag, c.kind = nil, kind
	}
}

// close ends the marked content in hand.
func (c *Canvas) close() {
	c.endText()
	if c.open {
		c.out.WriteString("EMC\n")
		c.open = false
	}
}

// begin opens marked content before something is drawn.
func (c *Canvas) begin() {
	switch {
	case c.open:
	case c.tag != nil:
		s := c.w.attach(c.tag, c)
		s.kids = c.id.append(append(s.kids, "<</Type/MCR/Pg "...))
		s.kids = append(strconv.AppendInt(append(s.kids, "/MCID "...), int64(len(c.content)), 10), ">>"...)
		b := append(append(append(c.out.AvailableBuffer(), '/'), c.tag.Role...), "<</MCID "...)
		c.out.Write(append(strconv.AppendInt(b, int64(len(c.content)), 10), ">>BDC\n"...))
		c.content = append(c.content, s.id)
		c.open = true
	case c.kind != "":
		c.out.WriteString(string(c.kind) + "BDC\n")
		c.open = true
	default:
		panic("pdf: drawing without a tag")
	}
}

// Fill fills a box.
func (c *Canvas) Fill(r Rect, color Color) {
	c.endText()
	c.begin()
	b := c.w.color(c.out.AvailableBuffer(), color, false)
	b = c.point(b, r.X, r.Y+r.H)
	b = append(appendLength(append(b, ' '), r.W), ' ')
	b = append(appendLength(b, r.H), " re f\n"...)
	c.out.Write(b)
}

// Rule draws a straight line between two points.
func (c *Canvas) Rule(x1, y1, x2, y2, width Length, color Color) {
	c.endText()
	c.begin()
	b := c.w.color(c.out.AvailableBuffer(), color, true)
	b = append(appendLength(b, width), " w "...)
	b = append(c.point(b, x1, y1), " m "...)
	b = append(c.point(b, x2, y2), " l S\n"...)
	c.out.Write(b)
}

// Shapes draws a vector drawing into r: the drawing's box is laid on r, and what
// lies outside r is cut off.
func (c *Canvas) Shapes(r Rect, d vector.Drawing) {
	c.endText()
	c.begin()
	c.clip(r)
	sx, sy := float64(r.W)/1000/d.W, float64(r.H)/1000/d.H
	b := appendFloat(c.out.AvailableBuffer(), sx)
	b = append(appendFloat(append(b, " 0 0 "...), -sy), ' ')
	b = append(c.point(b, r.X, r.Y), " cm\n"...)
	if d.X != 0 || d.Y != 0 {
		b = appendFloat(append(b, "1 0 0 1 "...), -d.X)
		b = append(appendFloat(append(b, ' '), -d.Y), " cm\n"...)
	}
	for _, s := range d.Shapes {
		b = c.shape(b, s)
	}
	c.out.Write(b)
	c.out.WriteString("Q\n")
}

func (c *Canvas) shape(b []byte, s vector.Shape) []byte {
	if s.Fill != nil {
		b = c.w.color(b, Color(*s.Fill), false)
	}
	if s.Stroke != nil {
		b = c.w.color(b, Color(*s.Stroke), true)
		b = append(appendFloat(b, s.Width), " w "...)
		b = append(strconv.AppendInt(b, int64(s.Cap), 10), " J "...)
		b = append(strconv.AppendInt(b, int64(s.Join), 10), " j\n"...)
	}
	for _, g := range s.Path {
		for _, p := range g.Points[:g.Count()] {
			b = append(appendFloat(b, p.X), ' ')
			b = append(appendFloat(b, p.Y), ' ')
		}
		b = append(b, "mlch"[g.Op], '\n')
	}
	paint := "n"
	switch {
	case s.Fill != nil && s.Stroke != nil:
		paint = "B"
	case s.Fill != nil:
		paint = "f"
	case s.Stroke != nil:
		paint = "S"
	}
	b = append(b, paint...)
	if s.EvenOdd && s.Fill != nil {
		b = append(b, '*')
	}
	return append(b, '\n')
}

// Picture draws an image into frame, filling it, as Cover places it; what is too
// wide or too high is cut off.
func (c *Canvas) Picture(m *Image, frame Rect, focusX, focusY int) {
	c.endText()
	c.begin()
	c.use(m)
	c.clip(frame)
	at := Cover(frame, m.W, m.H, focusX, focusY)
	b := append(appendLength(c.out.AvailableBuffer(), at.W), " 0 0 "...)
	b = append(appendLength(b, at.H), ' ')
	b = c.point(b, at.X, at.Y+at.H)
	b = append(b, " cm /I"...)
	b = append(strconv.AppendInt(b, int64(m.id), 10), " Do\nQ\n"...)
	c.out.Write(b)
}

// Cover returns the box of a picture of w by h pixels that covers a frame. The
// point of interest, given in parts of a thousand of the picture's width and
// height, stays as near the middle as it can; 0, 0 is the picture's middle.
func Cover(frame Rect, w, h, focusX, focusY int) Rect {
	if focusX == 0 && focusY == 0 {
		focusX, focusY = 500, 500
	}
	at := frame
	if int(frame.W)*h > int(frame.H)*w {
		at.H = frame.W.Scale(h, w)
		at.Y += shift(frame.H, at.H, focusY)
	} else {
		at.W = frame.H.Scale(w, h)
		at.X += shift(frame.W, at.W, focusX)
	}
	return at
}

// shift moves a picture of a size over a frame so that focus comes to the middle.
func shift(frame, size Length, focus int) Length {
	return min(0, max(frame-size, frame/2-size.Scale(focus, 1000)))
}

func (c *Canvas) use(m *Image) {
	for _, have := range c.images {
		if have == m {
			return
		}
	}
	c.images = append(c.images, m)
}

// clip saves the graphics state and cuts off everything outside r.
func (c *Canvas) clip(r Rect) {
	b := append(c.out.AvailableBuffer(), "q "...)
	b = append(c.point(b, r.X, r.Y+r.H), ' ')
	b = append(appendLength(b, r.W), ' ')
	b = append(appendLength(b, r.H), " re W n\n"...)
	c.out.Write(b)
}

// point writes a place of the page in the space of the file: y upwards from the
// lower edge of the paper.
func (c *Canvas) point(b []byte, x, y Length) []byte {
	b = append(appendLength(b, c.edge+x), ' ')
	return appendLength(b, c.page.H+c.edge-y)
}

func (c *Canvas) rect(r Rect) string {
	b := append(c.point([]byte{'['}, r.X, r.Y+r.H), ' ')
	return string(append(c.point(b, r.X+r.W, r.Y), ']'))
}

// color sets the colour for filling, or for stroking.
func (w *Writer) color(b []byte, color Color, stroke bool) []byte {
	part := func(v, of int) {
		b = append(appendFloat(b, float64((v*1000+of/2)/of)/1000), ' ')
	}
	op := "rg\n"
	if p := w.options.Print; p != nil {
		ink, found := p.Inks[color]
		if !found {
			ink = color.cmyk()
		}
		for _, v := range []uint8{ink.C, ink.M, ink.Y, ink.K} {
			part(int(v), 100)
		}
		op = "k\n"
	} else {
		part(int(color.R), 255)
		part(int(color.G), 255)
		part(int(color.B), 255)
	}
	if stroke {
		return append(b, bytes.ToUpper([]byte(op))...)
	}
	return append(b, op...)
}

// cropMarks draws hairlines at the corners of the trimmed page, outside the bleed.
func (c *Canvas) cropMarks() {
	c.Artifact(marks)
	black := Color{}
	gap := c.page.Bleed + c.page.Slug/6
	for _, x := range []Length{0, c.page.W} {
		c.Rule(x, -gap, x, -c.edge, Pt/4, black)
		c.Rule(x, c.page.H+gap, x, c.page.H+c.edge, Pt/4, black)
	}
	for _, y := range []Length{0, c.page.H} {
		c.Rule(-gap, y, -c.edge, y, Pt/4, black)
		c.Rule(c.page.W+gap, y, c.page.W+c.edge, y, Pt/4, black)
	}
}

// Dest names a place of the page, for links and bookmarks. A name given twice
// keeps its first place.
func (c *Canvas) Dest(name string, y Length) {
	if _, found := c.w.dests[name]; !found {
		b := append([]byte("["), c.id.String()+"/XYZ "...)
		c.w.dests[name] = string(append(c.point(b, 0, y), " 0]"...))
	}
}

// Link makes r lead to a destination of this file ("#name") or to an address. t
// is the tag of the linked text, which must have been drawn; its Alt says in words
// where the link leads. A file for the printer holds no links.
func (c *Canvas) Link(t *Tag, r Rect, target string) {
	if c.w.options.Print != nil {
		return
	}
	w := c.w
	s := w.attach(t, c)
	id := w.file.alloc()
	action := "/A<</S/URI/URI" + text(target) + ">>"
	if name, internal := cutHash(target); internal {
		w.wanted[name] = true
		action = "/Dest" + byteText(name)
	}
	contents := t.Alt
	if contents == "" {
		contents = target
	}
	w.file.object(id, fmt.Sprintf("<</Type/Annot/Subtype/Link/Rect%s/Border[0 0 0]/F 4/StructParent %d/Contents%s%s>>",
		c.rect(r), len(w.parents), text(contents), action))
	w.parents = append(w.parents, s.id.String())
	s.kids = fmt.Appendf(s.kids, "<</Type/OBJR/Pg %s/Obj %s>>", c.id, id)
	c.annots = fmt.Appendf(c.annots, "%s ", id)
}

func cutHash(target string) (string, bool) {
	if target != "" && target[0] == '#' {
		return target[1:], true
	}
	return target, false
}
