package typeset

import (
	"fmt"

	"uccn/generator/internal/pdf"
	"uccn/generator/internal/typeset/font"
)

// A device draws the ops of a page.
type device interface {
	text(o textOp, x, y Length)
	fill(o fillOp, x, y Length)
	rule(o ruleOp, x, y Length)
	drawing(o drawingOp, x, y Length)
	picture(o pictureOp, x, y Length)
	dest(name string, y Length)
	empty(t *pdf.Tag)
}

// Print writes pages in order. Links to places on none of the pages are left out,
// so that a part of a book can be printed alone. The caller closes w.
func Print(w *pdf.Writer, pages []*Page) error {
	return PrintWith(w, pages, func(p *Picture) *Picture { return p })
}

// PrintWith is Print with other pictures in the places of those of the pages:
// the same ones in another resolution.
func PrintWith(w *pdf.Writer, pages []*Page, other func(*Picture) *Picture) error {
	known := map[string]bool{}
	for _, p := range pages {
		for _, it := range p.items {
			if d, is := it.op.(destOp); is {
				known[d.name] = true
			}
		}
	}
	pr := &printer{w: w, known: known, other: other, fonts: map[*font.Font]*pdf.Font{}, images: map[*Picture]*pdf.Image{}, boxes: map[*pdf.Tag]*pdf.Tag{}}
	next := 0
	err := w.Run(func() (more bool) {
		if next < len(pages) && pr.err == nil {
			pr.page(pages[next])
			next++
		}
		return next < len(pages) && pr.err == nil
	})
	if pr.err != nil {
		return fmt.Errorf("write page %d: %w", next, pr.err)
	}
	return err
}

// A printer draws on the pages of a PDF.
type printer struct {
	w      *pdf.Writer
	canvas *pdf.Canvas
	known  map[string]bool
	other  func(*Picture) *Picture
	fonts  map[*font.Font]*pdf.Font
	images map[*Picture]*pdf.Image
	boxes  map[*pdf.Tag]*pdf.Tag // figures with their places
	err    error
}

func (p *printer) page(page *Page) {
	p.canvas = p.w.Page(page.Size)
	for _, it := range page.items {
		it.op.draw(p, it.x, it.y)
	}
	p.canvas.End()
}

func (p *printer) font(f *font.Font) *pdf.Font {
	out := p.fonts[f]
	if out == nil {
		out = p.w.Font(f.Outliner())
		p.fonts[f] = out
	}
	return out
}

func (p *printer) text(o textOp, x, y Length) {
	var link linkRun
	for i := range o.parts {
		part := &o.parts[i]
		l := part.look
		switch {
		case o.again:
			p.canvas.Artifact(pdf.Layout)
		case l.tag != nil:
			p.canvas.Tag(l.tag)
		default:
			p.canvas.Artifact(o.artifact)
		}
		if !o.again && (l != link.look || l.span.Link == "") {
			link.flush(p)
			link = linkRun{look: l, x: x + part.x, y: y}
		}
		link.x, link.end = min(link.x, x+part.x), max(link.end, x+part.x+part.width)
		p.canvas.Text(p.font(part.font), l.style.Size, x+part.x, y-l.style.Rise, l.style.Color, part.glyphs)
	}
	if !o.again {
		link.flush(p)
	}
}

// A linkRun is the part of a line that leads to one place.
type linkRun struct {
	look      *look
	x, end, y Length
}

func (l linkRun) flush(p *printer) {
	if l.look == nil || l.look.span.Link == "" || l.look.tag == nil {
		return
	}
	target := l.look.span.Link
	if target[0] == '#' && !p.known[target[1:]] {
		return
	}
	size := l.look.style.Size
	p.canvas.Link(l.look.tag, pdf.Rect{X: l.x, Y: l.y - size.Scale(8, 10), W: l.end - l.x, H: size.Scale(11, 10)}, target)
}

func (p *printer) fill(o fillOp, x, y Length) {
	p.begin(o.tag, o.artifact, x, y)
	p.canvas.Fill(pdf.Rect{X: x, Y: y, W: o.w, H: o.h}, o.color)
}

func (p *printer) rule(o ruleOp, x, y Length) {
	p.canvas.Artifact(pdf.Layout)
	p.canvas.Rule(x, y, x+o.dx, y+o.dy, o.width, o.color)
}

func (p *printer) drawing(o drawingOp, x, y Length) {
	p.begin(o.tag, o.artifact, x, y)
	p.canvas.Shapes(pdf.Rect{X: x, Y: y, W: o.w, H: o.h}, o.drawing)
}

func (p *printer) picture(o pictureOp, x, y Length) {
	if p.err != nil {
		return
	}
	picture := p.other(o.picture)
	m := p.image(picture)
	if m == nil {
		return
	}
	p.begin(o.tag, pdf.Background, x, y)
	p.canvas.Picture(m, pdf.Rect{X: x, Y: y, W: o.w, H: o.h}, picture.FocusX, picture.FocusY)
}

// image puts a picture into the PDF, once. One whose bytes are known by a key is
// read later, while other pages are drawn.
func (p *printer) image(picture *Picture) *pdf.Image {
	m := p.images[picture]
	switch {
	case m != nil:
	case picture.Key != "":
		m = p.w.File(pdf.File{Key: picture.Key, W: picture.W, H: picture.H, Bytes: picture.Bytes, Read: picture.Read})
	default:
		data, err := picture.Data()
		if err == nil {
			m, err = p.w.JPEG(data)
		}
		if err != nil {
			p.err = fmt.Errorf("picture: %w", err)
			return nil
		}
	}
	p.images[picture] = m
	return m
}

// begin opens a tag, or an artifact without one. A figure in a text learns here
// where on the page it stands.
func (p *printer) begin(t *pdf.Tag, kind pdf.Artifact, x, y Length) {
	if t == nil {
		p.canvas.Artifact(kind)
		return
	}
	if t.Box.W > 0 && t.Box.X == 0 && t.Box.Y == 0 {
		placed := p.boxes[t]
		if placed == nil {
			copied := *t
			copied.Box.X, copied.Box.Y = x, y
			placed = &copied
			p.boxes[t] = placed
		}
		t = placed
	}
	p.canvas.Tag(t)
}

func (p *printer) dest(name string, y Length) { p.canvas.Dest(name, y) }

func (p *printer) empty(t *pdf.Tag) { p.canvas.Empty(t) }
