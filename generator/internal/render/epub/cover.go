package epub

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/ink"
	"uccn/generator/internal/render/ink/paint"
	"uccn/generator/internal/render/told"
	"uccn/generator/internal/typeset"
	"uccn/generator/internal/typeset/font"
)

// The cover has the shape that reading systems show, 2 : 3, in millimetres.
const (
	coverW, coverH = 120, 180
	columns, rows  = 4, 4
)

// coverPixels is the width of the cover as shops and shelves show it.
const coverPixels = 1200

// cover is the picture of the cover, made of the edition's data: plates of its
// cities over its title. The book opens with it as SVG, with letters as outlines;
// shops and shelves, of which few know SVG, get it in pixels. It is drawn when
// the book is packed.
func (m *maker) cover() {
	e := m.net.Edition
	draw := func(as func(*typeset.Page) ([]byte, error)) func(context.Context) ([]byte, error) {
		return func(context.Context) ([]byte, error) {
			fonts, err := m.fonts.Fonts()
			if err != nil {
				return nil, err
			}
			return as(m.coverPage(fonts))
		}
	}
	src := m.add("img/cover.svg", m.coverKey(), draw(paint.SVG))
	shelf := m.add("img/cover.png", m.coverKey()+" in pixels", draw(func(p *typeset.Page) ([]byte, error) { return paint.PNG(p, coverPixels) }))
	alt := strings.TrimSpace(e.Name + ". " + e.Subtitle)
	m.seen(alt, false)
	m.book.Cover = strings.TrimPrefix(shelf, "../")
	p := m.document("cover.xhtml", e.Name, "", "cover", el("section", attrs{"class", "cover", "epub:type", "cover"},
		el("img", attrs{"src", src, "alt", alt, "role", "doc-cover", "width", strconv.Itoa(coverW * 10), "height", strconv.Itoa(coverH * 10)})))
	p.Title = m.words.T("epub.cover")
	m.book.Contents = append(m.book.Contents, p)
	m.landmark("cover", p.Title, p.Href)
	m.landmark("toc", m.words.T("contents"), "nav.xhtml")
}

// coverKey names all that the cover is made of.
func (m *maker) coverKey() string {
	e := m.net.Edition
	k := memo.NewKey("epub cover", version).Bytes(m.fonts.Key[:]).Text(e.Name).Text(e.Subtitle).Text(e.Publisher).Text(m.net.Lang).Text(e.Head.Lang)
	for _, c := range m.inTurn(columns * rows) {
		k.Text(fmt.Sprintf("%#v", m.subject(c.ID, c.Field, c, render.CityPlate)))
	}
	for _, f := range m.net.Fields {
		k.Text(m.palettes[f.ID].Solid).Int(int64(len(f.Cities)))
	}
	return k.Key().Short()
}

// coverPage sets the page that becomes the picture.
func (m *maker) coverPage(fonts font.Set) *typeset.Page {
	w, h := pdf.MM(coverW), pdf.MM(coverH)
	p := &typeset.Page{Size: pdf.Page{W: w, H: h}}
	p.Fill(pdf.Rect{W: w, H: h}, pdf.Hex("#fff"))
	side := w / columns
	high := pdf.MM(24)
	for i, c := range m.inTurn(columns * rows) {
		k := i % columns
		if m.book.RTL {
			k = columns - 1 - k
		}
		at := pdf.Rect{X: side * pdf.Length(k), Y: high * pdf.Length(i/columns), W: side, H: high}
		p.Drawing(at, ink.Plate(m.subject(c.ID, c.Field, c, render.CityPlate), at.W, at.H), nil)
	}
	below := high * rows
	m.spine(p, pdf.Rect{Y: below, W: w, H: pdf.MM(2.4)})

	e, c := m.net.Edition, typeset.NewComposer()
	lang, rtl := m.net.Lang, m.book.RTL
	if l := m.langOf(&e.Head); l != "" {
		lang, rtl = l, ink.RightToLeft(l)
	}
	style := func(stack *font.Stack, size float64, color string) typeset.Shape {
		return typeset.Shape{Style: typeset.Style{Font: stack, Size: pdf.Points(size), Color: pdf.Hex(color), Lang: lang}, Leading: pdf.Points(size * 1.12), RTL: rtl, NoHyphen: true}
	}
	room := pdf.Rect{X: pdf.MM(9), Y: below + pdf.MM(11), W: w - pdf.MM(18), H: h - below - pdf.MM(11)}
	title := style(fonts.Title, 36, "#15181c")
	for title.Size > pdf.Points(18) && c.Width(title.Style, told.Longest(e.Name)) > room.W {
		title.Size, title.Leading = title.Size-pdf.Points(1), title.Leading-pdf.Points(1.1)
	}
	if !rtl {
		title.Track = -22
	}
	title.Leading, title.After = title.Size.Scale(104, 100), pdf.MM(3.4)
	sub := style(fonts.Strong, 11.5, "#15181c")
	sub.Leading = pdf.Points(15.5)
	g := c.Galley(room.W, &pdf.Tag{Role: "Sect"}, typeset.Paragraph{Spans: typeset.T(e.Name), Shape: title, Role: "H1"}, typeset.Paragraph{Spans: typeset.T(e.Subtitle), Shape: sub})
	g.Pour(p, typeset.Frame{Rect: room})
	c.Running(p, pdf.Rect{X: room.X, Y: h - pdf.MM(12), W: room.W}, pdf.Layout, style(fonts.Sans, 8, "#555b63"), e.Publisher)
	return p
}

// spine is a strip of the fields' colours, each as long as it has cities.
func (m *maker) spine(p *typeset.Page, r pdf.Rect) {
	sum := 0
	for _, f := range m.net.Fields {
		sum += len(f.Cities)
	}
	at := pdf.Length(0)
	for _, f := range m.net.Fields {
		w := r.W.Scale(len(f.Cities), max(1, sum))
		x := r.X + at
		if m.book.RTL {
			x = r.X + r.W - at - w
		}
		p.Fill(pdf.Rect{X: x, Y: r.Y, W: w + pdf.Points(.3), H: r.H}, pdf.Hex(m.palettes[f.ID].Solid))
		at += w
	}
}

// inTurn chooses n cities; with fewer cities than places it begins again.
func (m *maker) inTurn(n int) []*derive.City {
	pool := told.InTurn(m.net, n)
	if len(pool) == 0 {
		return nil
	}
	out := make([]*derive.City, n)
	for i := range out {
		out[i] = pool[i%len(pool)]
	}
	return out
}
