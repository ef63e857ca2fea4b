package book

import (
	"cmp"
	"slices"
	"strings"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/model"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/render/booklet/look"
	"uccn/generator/internal/render/ink"
	"uccn/generator/internal/render/told"
	"uccn/generator/internal/typeset"
)

// cover shows plates of the edition's cities over its title.
func (p *setter) cover() {
	p.Plain()
	tag := &pdf.Tag{Role: "Sect"}
	const columns, rows = 6, 4
	full := p.Whole()
	w := full.W / columns
	h := w.Scale(5, 4)
	p.mosaic(columns, rows, w, h, full.X, full.Y)
	p.spine(pdf.Rect{X: full.X, Y: full.Y + h*rows, W: full.W, H: p.MM(3)})
	e := p.net.Edition
	title := p.Sided(p.Shape(p.Fonts.Title, 37, 37.5, p.Ink), p.langOf(&e.Head))
	title.NoHyphen, title.Track = true, p.Track(-24)
	r := pdf.Rect{X: p.MM(12), Y: full.Y + h*rows + p.MM(12), W: p.W - p.MM(24)}
	for title.Size > p.Pt(24) && p.C.Width(title.Style, told.Longest(e.Name)) > r.W {
		title.Size, title.Leading = title.Size-p.Pt(1), title.Leading-p.Pt(1)
	}
	sub := p.Sided(p.Shape(p.Fonts.Strong, 10.5, 14, p.Ink), p.langOf(&e.Head))
	p.Put(r, tag,
		typeset.Paragraph{Spans: typeset.T(e.Name), Shape: look.After(title, p.Pt(8)), Role: "H1"},
		typeset.Paragraph{Spans: typeset.T(e.Subtitle), Shape: sub})
	foot := p.Shape(p.Fonts.Sans, 7.4, 9.6, p.Muted)
	p.Put(pdf.Rect{X: r.X, Y: p.H - p.MM(17), W: r.W}, tag, typeset.Paragraph{Spans: typeset.T(e.Publisher), Shape: foot})
}

// mosaic hangs plates of cities edge to edge, the fields in turn.
func (p *setter) mosaic(columns, rows int, w, h, x, y look.Length) {
	cities := told.InTurn(p.net, columns*rows)
	if len(cities) == 0 {
		return
	}
	for i := range columns * rows {
		c := cities[i%len(cities)]
		k := i % columns
		if p.RTL {
			k = columns - 1 - k
		}
		at := pdf.Rect{X: x + w*look.Length(k), Y: y + h*look.Length(i/columns), W: w, H: h}
		p.Last().Drawing(at, p.plates.Plate(p.subject(c), at.W, at.H), nil)
	}
}

// spine is a strip of the fields' colours, each as long as it has cities.
func (p *setter) spine(r pdf.Rect) {
	at, sum := look.Length(0), 0
	for _, f := range p.net.Fields {
		sum += len(f.Cities)
	}
	for _, f := range p.net.Fields {
		w := r.W.Scale(len(f.Cities), max(1, sum))
		x := r.X + at
		if p.RTL {
			x = r.X + r.W - at - w
		}
		p.Last().Fill(pdf.Rect{X: x, Y: r.Y, W: w + p.Pt(.2), H: r.H}, p.palettes[f.ID].Ink)
		at += w
	}
}

// endpaper is the inner side of the cover: the fields as bands.
func (p *setter) endpaper() {
	p.Plain()
	r := p.Whole()
	at, sum := look.Length(0), 0
	for _, f := range p.net.Fields {
		sum += len(f.Cities)
	}
	for _, f := range p.net.Fields {
		h := r.H.Scale(len(f.Cities), max(1, sum))
		p.Last().Fill(pdf.Rect{X: r.X, Y: r.Y + at, W: r.W, H: h + p.Pt(.2)}, p.palettes[f.ID].Ink)
		at += h
	}
}

func (p *setter) halfTitle() {
	p.Plain()
	e, r := p.net.Edition, p.Area()
	s := p.Sided(p.Shape(p.Fonts.Title, 15, 18, p.Ink), p.langOf(&e.Head))
	s.NoHyphen, s.Track = true, p.Track(-8)
	r.Y = p.MM(52)
	p.Put(r, &pdf.Tag{Role: "Sect"}, typeset.Paragraph{Spans: typeset.T(e.Name), Shape: s})
}

// imprint says who publishes the book and on what terms, at the foot of a page.
func (p *setter) imprint() {
	p.Plain()
	e, w := p.net.Edition, p.words
	s := look.In(p.Shape(p.Fonts.Text, 7.7, 10.2, p.Ink), p.langOf(&e.Head))
	s.After = p.Pt(5)
	lead := look.After(look.Inked(p.Label(), p.Muted), 0)
	var out []typeset.Block
	text := func(t string) {
		if t != "" {
			out = append(out, typeset.Paragraph{Spans: typeset.T(t), Shape: s})
		}
	}
	fact := func(key, t string) {
		if t != "" {
			out = append(out, typeset.Paragraph{Spans: typeset.T(w.T(key)), Shape: lead}, typeset.Paragraph{Spans: typeset.T(t), Shape: s})
		}
	}
	name := p.Sided(p.Shape(p.Fonts.Strong, 9, 12, p.Ink), p.langOf(&e.Head))
	out = append(out, typeset.Paragraph{Spans: typeset.T(e.Name), Shape: look.After(name, p.Pt(1))})
	text(e.Subtitle)
	fact("edition.publisher", e.Publisher)
	fact("edition.date", w.Date(e.AsOf))
	fact("edition.isbn", e.ISBN)
	fact("edition.licence", e.Licence)
	for _, d := range e.Disclaimers {
		text(d)
	}
	text(w.T("map.disclaimer"))
	fact("edition.note", e.ProvenanceNote)
	for _, c := range e.Credits {
		if c.Name != "" {
			out = append(out, typeset.Paragraph{Spans: typeset.T(c.Role), Shape: lead}, typeset.Paragraph{Spans: typeset.T(c.Name), Shape: s})
		}
	}
	if !slices.ContainsFunc(e.Credits, func(c model.Credit) bool { return strings.Contains(c.Name, "GeoNames") }) {
		text(w.T("foot.geonames"))
	}
	r := p.Area()
	bars, hasBars := look.Barcode(e.ISBN)
	if hasBars {
		r.H -= p.MM(30)
	}
	g := p.Galley(r.W.Scale(82, 100), &pdf.Tag{Role: "Sect"}, out...)
	h := g.Height(0)
	if h < r.H {
		r.Y += r.H - h
	}
	if p.RTL {
		r.X += r.W.Scale(18, 100)
	}
	for {
		g.Pour(p.Last().Page, typeset.Frame{Rect: pdf.Rect{X: r.X, Y: r.Y, W: r.W.Scale(82, 100), H: p.Bottom - r.Y}})
		if g.Empty() {
			break
		}
		p.Plain()
		r = p.Area()
	}
	if hasBars {
		p.barcode(bars, e.ISBN, pdf.Rect{X: p.Area().X, Y: p.Bottom - p.MM(26)})
	}
}

// foreword is a text by somebody named.
func (p *setter) foreword(n int) {
	f := p.net.Edition.Forewords[n]
	lang := p.langOf(&p.net.Edition.Head)
	tag := p.open("book-foreword-"+string(rune('1'+n)), p.words.T("book.foreword"))
	s := look.In(p.Shape(p.Fonts.Text, 10, 13.6, p.Ink), lang)
	s.Align = typeset.Justify
	var out []typeset.Block
	for i, t := range strings.Split(strings.TrimSpace(f.Text), "\n\n") {
		k := s
		if i > 0 {
			k.Indent = k.Size
		}
		out = append(out, typeset.Paragraph{Spans: typeset.T(strings.ReplaceAll(strings.TrimSpace(t), "\n", " ")), Shape: k})
	}
	by := look.In(p.Value(), lang)
	role := typeset.Paragraph{Spans: typeset.T(f.Role), Shape: look.In(p.Label(), lang)}
	if i, ok := p.net.Edition.Portrait(n); !ok || !p.beside(i, f.Author, tag, typeset.Paragraph{Spans: typeset.T(f.Author), Shape: by}, role) {
		by.Before = p.Pt(14)
		out = append(out, typeset.Paragraph{Spans: typeset.T(f.Author), Shape: by}, role)
	}
	p.Flow(tag, "", false, 0, out...)
}

// beside shows the picture of somebody, with some blocks and its credit beside it,
// where the page in hand goes on.
func (p *setter) beside(i model.Image, name string, tag *pdf.Tag, blocks ...typeset.Block) bool {
	area := p.Area()
	at := pdf.Rect{X: area.X, Y: p.Y, W: p.MM(32), H: p.MM(40)}
	words := pdf.Rect{X: at.X + at.W + p.MM(5), Y: p.Y, W: area.W - at.W - p.MM(5)}
	if p.RTL {
		at.X, words.X = p.Within(area, at), p.Within(area, words)
	}
	pic, ok := p.picture(&p.net.Edition.Head, i, true, at.W.MM())
	if !ok {
		return false
	}
	p.Last().Picture(at, pic, typeset.Figure(tag, cmp.Or(i.Alt, name), at))
	tiny := p.Tiny()
	tiny.Before = p.Pt(6)
	line := strings.TrimSpace(i.Caption + " " + p.credit(&i))
	high := p.Put(words, tag, append(blocks, typeset.Paragraph{Spans: typeset.T(line), Shape: tiny})...)
	p.Y += max(high, at.H) + p.Pt(14)
	return true
}

// contents lists the chapters and the cities with their pages.
func (p *setter) contents(chapters []Chapter) {
	p.open("book-contents", p.words.T("contents"))
	toc := &pdf.Tag{Role: "TOC"}
	head := p.Shape(p.Fonts.Strong, 7.8, 9.9, p.Ink)
	head.NoHyphen, head.Features = true, "tnum"
	line := p.Shape(p.Fonts.Text, 7.9, 9.9, p.Ink)
	line.Features, line.NoHyphen, line.Indent = "lnum,tnum", true, -p.Pt(7)
	var out []typeset.Block
	entry := func(title, dest, lang string, s typeset.Shape) {
		n := p.Number(dest)
		out = append(out, typeset.Entry{Spans: look.Spoken(title, lang, s.Style), Number: n, Link: "#" + dest, Alt: p.words.T("book.see", title, n), Shape: s, Column: p.MM(6.5)})
	}
	for i, c := range chapters {
		s := head
		s.Before = p.Pt(1)
		if c.field != nil {
			s.Color = p.palettes[c.field.ID].Ink
		}
		if c.section() || i > 0 && chapters[i-1].section() {
			s.Before = p.Pt(9)
		}
		s.KeepNext = c.section()
		entry(c.Title, c.Dest, p.Lang, s)
		for _, x := range c.Cities {
			entry(x.Name, Place(&x.City.Head), p.langOf(&x.City.Head), line)
		}
	}
	p.Columns(3, p.MM(6), toc, out...)
}

// reading explains how a profile is to be read.
func (p *setter) reading() {
	tag := p.open("book-reading", p.words.T("book.reading"))
	r := p.Area()
	text := look.After(p.Body(), p.Pt(7))
	p.Y += p.Pt(12) + p.Put(pdf.Rect{X: r.X, Y: p.Y, W: r.W}, tag, typeset.Paragraph{Spans: typeset.T(p.words.T("book.reading.lead")), Shape: text})
	var items []typeset.Block
	name := p.Shape(p.Fonts.Strong, 8.4, 11, p.Ink)
	name.KeepNext = true
	small := look.After(p.Small(), p.Pt(6))
	for _, k := range []string{"picture", "label", "goals", "pages", "names", "sources", "permission"} {
		items = append(items, typeset.Paragraph{Spans: typeset.T(p.words.T("book.reading." + k)), Shape: name}, typeset.Paragraph{Spans: typeset.T(p.words.T("book.reading." + k + ".text")), Shape: small})
	}
	p.Columns(2, p.MM(8), tag, items...)
	p.legend(tag)
}

// legend shows the marks of the fields.
func (p *setter) legend(tag *pdf.Tag) {
	const columns = 4
	n := (len(p.net.Fields) + columns - 1) / columns
	if p.Y+p.MM(12)*look.Length(n)+p.MM(6) > p.Bottom {
		p.Sheet(p.Last().Foot)
	}
	r := p.Area()
	y := max(p.Y+p.MM(8), p.Bottom-p.MM(17)*look.Length(n))
	w := r.W / columns
	for i, f := range p.net.Fields {
		k := i % columns
		if p.RTL {
			k = columns - 1 - k
		}
		x := r.X + w*look.Length(k)
		at := pdf.Rect{X: x, Y: y + p.MM(17)*look.Length(i/columns), W: w - p.MM(3)}
		pal := p.palettes[f.ID]
		s := p.Shape(p.Fonts.Strong, 7.6, 9.4, pal.Ink)
		sign := ink.Mark(f.Pattern, pal.Solid)
		p.Put(at, tag, typeset.Drawn{Drawing: &sign, Alt: f.Name, W: p.MM(7), After: p.Pt(3)}, typeset.Paragraph{Spans: typeset.T(f.Name), Shape: s})
	}
	p.Y = p.Bottom
}

// opener is the plate of a section over its title, and its list.
func (p *setter) opener(n int, c Chapter) {
	tag := &pdf.Tag{Role: "Sect"}
	p.Plain()
	p.Dest(c.Dest, 0)
	full := p.Whole()
	top := pdf.Rect{X: full.X, Y: full.Y, W: full.W, H: p.H.Scale(64, 100)}
	subject, pal := p.openerPlate(n, c)
	p.Last().Fill(full, pal.Ink)
	p.Last().Drawing(top, p.plates.Plate(subject, top.W, top.H), nil)
	r := p.Area()
	r.Y = top.Y + top.H + p.MM(9)
	title := p.Shape(p.Fonts.Title, 33, 34, p.White)
	title.NoHyphen, title.Track = true, p.Track(-22)
	for title.Size > p.Pt(18) && p.C.Width(title.Style, told.Longest(c.Title)) > r.W {
		title.Size, title.Leading = title.Size-p.Pt(1), title.Leading-p.Pt(1)
	}
	count := p.Shape(p.Fonts.Strong, 9, 12, p.White)
	countries := map[*derive.Country]bool{}
	for _, x := range c.Cities {
		countries[x.Country] = true
	}
	line := p.words.T("cities", len(c.Cities))
	if len(countries) > 1 {
		line = p.words.T("edition.count", len(c.Cities), p.words.T("countries", len(countries)))
	}
	p.Put(r, tag, typeset.Paragraph{Spans: typeset.T(c.Title), Shape: look.After(title, p.Pt(5)), Role: "H1"}, typeset.Paragraph{Spans: typeset.T(line), Shape: count})
	if len(c.Cities) >= 6 {
		p.sectionList(c)
	}
}

// sectionList is the page after an opener: what the section is about, where its
// cities are, and on which pages.
func (p *setter) sectionList(c Chapter) {
	tag := &pdf.Tag{Role: "Sect"}
	p.Sheet(c.Title)
	if c.field != nil {
		lead := p.Shape(p.Fonts.Text, 10.2, 13.8, p.Ink)
		lead.Align = typeset.Justify
		p.Flow(tag, "", false, 0, p.written(&c.field.Field.Head, lead, typeset.Ladder()[0], 2)...)
		p.Y += p.Pt(10)
	}
	r := p.Area()
	drawing := p.world(c.Cities)
	h := look.Length(float64(r.W) * drawing.H / drawing.W)
	at := pdf.Rect{X: r.X, Y: p.Y, W: r.W, H: h}
	p.Last().Drawing(at, drawing, typeset.Figure(tag, p.words.T("map.label.country", len(c.Cities), c.Title), at))
	p.Y += h + p.Pt(12)
	line := p.Shape(p.Fonts.Text, 8, 10.2, p.Ink)
	line.Features, line.NoHyphen = "lnum,tnum", true
	list := &pdf.Tag{Role: "L", Parent: tag, Numbering: "None"}
	var out []typeset.Block
	for _, x := range c.Cities {
		dest := Place(&x.City.Head)
		n := p.Number(dest)
		out = append(out, typeset.Entry{Spans: look.Spoken(x.Name, p.langOf(&x.City.Head), line.Style), Number: n, Link: "#" + dest, Alt: p.words.T("book.see", x.Name, n), Shape: line, Column: p.MM(7), Role: "LI"})
	}
	p.Columns(3, p.MM(6), list, out...)
}
