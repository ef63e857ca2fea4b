package booklet

import (
	"slices"
	"strings"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/model"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/typeset"
)

// cover shows plates of the edition's cities over its title.
func (p *press) cover() {
	p.sheet("")
	p.last().bare = true
	tag := &pdf.Tag{Role: "Sect"}
	const columns, rows = 6, 4
	full := p.full()
	w := full.W / columns
	h := w.Scale(5, 4)
	p.mosaic(columns, rows, w, h, full.X, full.Y)
	p.spine(pdf.Rect{X: full.X, Y: full.Y + h*rows, W: full.W, H: p.mm(3)})
	e := p.net.Edition
	title := p.sided(p.shape(p.fonts.Title, 37, 37.5, p.ink), p.langOf(&e.Head))
	title.NoHyphen, title.Track = true, p.track(-24)
	r := pdf.Rect{X: p.mm(12), Y: full.Y + h*rows + p.mm(12), W: p.w - p.mm(24)}
	for title.Size > p.pt(24) && p.c.Width(title.Style, longest(e.Name)) > r.W {
		title.Size, title.Leading = title.Size-p.pt(1), title.Leading-p.pt(1)
	}
	sub := p.sided(p.shape(p.fonts.Strong, 10.5, 14, p.ink), p.langOf(&e.Head))
	p.put(r, tag,
		typeset.Paragraph{Spans: typeset.T(e.Name), Shape: after(title, p.pt(8)), Role: "H1"},
		typeset.Paragraph{Spans: typeset.T(e.Subtitle), Shape: sub})
	foot := p.shape(p.fonts.Sans, 7.4, 9.6, p.muted)
	p.put(pdf.Rect{X: r.X, Y: p.h - p.mm(17), W: r.W}, tag, typeset.Paragraph{Spans: typeset.T(e.Publisher), Shape: foot})
}

// longest is the longest word of a title.
func longest(s string) string {
	out := ""
	for w := range strings.FieldsSeq(s) {
		if len(w) > len(out) {
			out = w
		}
	}
	return out
}

// mosaic hangs plates of cities edge to edge, the fields in turn.
func (p *press) mosaic(columns, rows int, w, h, x, y length) {
	cities := p.inTurn(columns * rows)
	if len(cities) == 0 {
		return
	}
	for i := range columns * rows {
		c := cities[i%len(cities)]
		k := i % columns
		if p.rtl {
			k = columns - 1 - k
		}
		at := pdf.Rect{X: x + w*length(k), Y: y + h*length(i/columns), W: w, H: h}
		p.last().Drawing(at, drawn(p.subject(c), at.W, at.H), nil)
	}
}

// inTurn chooses n cities of the edition, one field after the other, from all
// parts of the alphabet.
func (p *press) inTurn(n int) []*derive.City {
	var out []*derive.City
	rounds := n/max(1, len(p.net.Fields)) + 1
	for round := 0; round < rounds && len(out) < n; round++ {
		for i, f := range p.net.Fields {
			k := len(f.Cities)
			if k == 0 || len(out) == n {
				continue
			}
			c := f.Cities[(round*k/rounds+i*3)%k]
			if p.wanted(c, out) {
				out = append(out, c)
			}
		}
	}
	return out
}

func (p *press) wanted(c *derive.City, have []*derive.City) bool {
	for _, x := range have {
		if x == c {
			return false
		}
	}
	return c.Field != nil
}

// spine is a strip of the fields' colours, each as long as it has cities.
func (p *press) spine(r pdf.Rect) {
	at, sum := length(0), 0
	for _, f := range p.net.Fields {
		sum += len(f.Cities)
	}
	for _, f := range p.net.Fields {
		w := r.W.Scale(len(f.Cities), max(1, sum))
		x := r.X + at
		if p.rtl {
			x = r.X + r.W - at - w
		}
		p.last().Fill(pdf.Rect{X: x, Y: r.Y, W: w + p.pt(.2), H: r.H}, p.palettes[f.ID].solid)
		at += w
	}
}

// endpaper is the inner side of the cover: the fields as bands.
func (p *press) endpaper() {
	p.sheet("")
	p.last().bare = true
	r := p.full()
	at, sum := length(0), 0
	for _, f := range p.net.Fields {
		sum += len(f.Cities)
	}
	for _, f := range p.net.Fields {
		h := r.H.Scale(len(f.Cities), max(1, sum))
		p.last().Fill(pdf.Rect{X: r.X, Y: r.Y + at, W: r.W, H: h + p.pt(.2)}, p.palettes[f.ID].solid)
		at += h
	}
}

func (p *press) halfTitle() {
	p.sheet("")
	p.last().bare = true
	e, r := p.net.Edition, p.area()
	s := p.sided(p.shape(p.fonts.Title, 15, 18, p.ink), p.langOf(&e.Head))
	s.NoHyphen, s.Track = true, p.track(-8)
	r.Y = p.mm(52)
	p.put(r, &pdf.Tag{Role: "Sect"}, typeset.Paragraph{Spans: typeset.T(e.Name), Shape: s})
}

// imprint says who publishes the book and on what terms, at the foot of a page.
func (p *press) imprint() {
	p.sheet("")
	p.last().bare = true
	e, w := p.net.Edition, p.words
	s := in(p.shape(p.fonts.Text, 7.7, 10.2, p.ink), p.langOf(&e.Head))
	s.After = p.pt(5)
	lead := after(inked(p.label(), p.muted), 0)
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
	name := p.sided(p.shape(p.fonts.Strong, 9, 12, p.ink), p.langOf(&e.Head))
	out = append(out, typeset.Paragraph{Spans: typeset.T(e.Name), Shape: after(name, p.pt(1))})
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
	r := p.area()
	bars, hasBars := barcode(e.ISBN)
	if hasBars {
		r.H -= p.mm(30)
	}
	g := p.galley(r.W.Scale(82, 100), &pdf.Tag{Role: "Sect"}, out...)
	h := g.Height(0)
	if h < r.H {
		r.Y += r.H - h
	}
	if p.rtl {
		r.X += r.W.Scale(18, 100)
	}
	for {
		g.Pour(p.last().Page, typeset.Frame{Rect: pdf.Rect{X: r.X, Y: r.Y, W: r.W.Scale(82, 100), H: p.bottom - r.Y}})
		if g.Empty() {
			break
		}
		p.sheet("")
		p.last().bare = true
		r = p.area()
	}
	if hasBars {
		p.barcode(bars, e.ISBN, pdf.Rect{X: p.area().X, Y: p.bottom - p.mm(26)})
	}
}

// foreword is a text by somebody named.
func (p *press) foreword(n int) {
	f := p.net.Edition.Forewords[n]
	lang := p.langOf(&p.net.Edition.Head)
	tag := p.open("book-foreword-"+string(rune('1'+n)), p.words.T("book.foreword"))
	s := in(p.shape(p.fonts.Text, 10, 13.6, p.ink), lang)
	s.Align = typeset.Justify
	var out []typeset.Block
	for i, t := range strings.Split(strings.TrimSpace(f.Text), "\n\n") {
		k := s
		if i > 0 {
			k.Indent = k.Size
		}
		out = append(out, typeset.Paragraph{Spans: typeset.T(strings.ReplaceAll(strings.TrimSpace(t), "\n", " ")), Shape: k})
	}
	by := in(p.value(), lang)
	by.Before = p.pt(14)
	out = append(out, typeset.Paragraph{Spans: typeset.T(f.Author), Shape: by}, typeset.Paragraph{Spans: typeset.T(f.Role), Shape: in(p.label(), lang)})
	p.flow(tag, "", false, 0, out...)
}

// contents lists the chapters and the cities with their pages.
func (p *press) contents(chapters []chapter) {
	p.open("book-contents", p.words.T("contents"))
	toc := &pdf.Tag{Role: "TOC"}
	head := p.shape(p.fonts.Strong, 7.8, 9.9, p.ink)
	head.NoHyphen, head.Features = true, "tnum"
	line := p.shape(p.fonts.Text, 7.9, 9.9, p.ink)
	line.Features, line.NoHyphen, line.Indent = "lnum,tnum", true, -p.pt(7)
	var out []typeset.Block
	entry := func(title, dest, lang string, s typeset.Shape) {
		n := p.number(dest)
		out = append(out, typeset.Entry{Spans: spoken(title, lang, s.Style), Number: n, Link: "#" + dest, Alt: p.words.T("book.see", title, n), Shape: s, Column: p.mm(6.5)})
	}
	for i, c := range chapters {
		s := head
		s.Before = p.pt(1)
		if c.field != nil {
			s.Color = p.palettes[c.field.ID].solid
		}
		if c.section() || i > 0 && chapters[i-1].section() {
			s.Before = p.pt(9)
		}
		s.KeepNext = c.section()
		entry(c.title, c.dest, p.lang, s)
		for _, x := range c.cities {
			entry(x.Name, destOf(&x.City.Head), p.langOf(&x.City.Head), line)
		}
	}
	p.columns(3, p.mm(6), toc, out...)
}

// reading explains how a profile is to be read.
func (p *press) reading() {
	tag := p.open("book-reading", p.words.T("book.reading"))
	r := p.area()
	text := after(p.body(), p.pt(7))
	p.y += p.pt(12) + p.put(pdf.Rect{X: r.X, Y: p.y, W: r.W}, tag, typeset.Paragraph{Spans: typeset.T(p.words.T("book.reading.lead")), Shape: text})
	var items []typeset.Block
	name := p.shape(p.fonts.Strong, 8.4, 11, p.ink)
	name.KeepNext = true
	small := after(p.small(), p.pt(6))
	for _, k := range []string{"picture", "label", "goals", "pages", "names", "sources", "permission"} {
		items = append(items, typeset.Paragraph{Spans: typeset.T(p.words.T("book.reading." + k)), Shape: name}, typeset.Paragraph{Spans: typeset.T(p.words.T("book.reading." + k + ".text")), Shape: small})
	}
	p.columns(2, p.mm(8), tag, items...)
	p.legend(tag)
}

// legend shows the marks of the fields.
func (p *press) legend(tag *pdf.Tag) {
	const columns = 4
	n := (len(p.net.Fields) + columns - 1) / columns
	if p.y+p.mm(12)*length(n)+p.mm(6) > p.bottom {
		p.sheet(p.last().foot)
	}
	r := p.area()
	y := max(p.y+p.mm(8), p.bottom-p.mm(17)*length(n))
	w := r.W / columns
	for i, f := range p.net.Fields {
		k := i % columns
		if p.rtl {
			k = columns - 1 - k
		}
		x := r.X + w*length(k)
		at := pdf.Rect{X: x, Y: y + p.mm(17)*length(i/columns), W: w - p.mm(3)}
		pal := p.palettes[f.ID]
		s := p.shape(p.fonts.Strong, 7.6, 9.4, pal.solid)
		sign := mark(f.Pattern, pal.solid)
		p.put(at, tag, typeset.Drawn{Drawing: &sign, Alt: f.Name, W: p.mm(7), After: p.pt(3)}, typeset.Paragraph{Spans: typeset.T(f.Name), Shape: s})
	}
	p.y = p.bottom
}

// opener is the plate of a section over its title, and its list.
func (p *press) opener(n int, c chapter) {
	tag := &pdf.Tag{Role: "Sect"}
	p.sheet("")
	p.last().bare = true
	p.dest(c.dest, 0)
	full := p.full()
	top := pdf.Rect{X: full.X, Y: full.Y, W: full.W, H: p.h.Scale(64, 100)}
	subject, pal := p.openerPlate(n, c)
	p.last().Fill(full, pal.solid)
	p.last().Drawing(top, drawn(subject, top.W, top.H), nil)
	r := p.area()
	r.Y = top.Y + top.H + p.mm(9)
	title := p.shape(p.fonts.Title, 33, 34, p.white)
	title.NoHyphen, title.Track = true, p.track(-22)
	for title.Size > p.pt(18) && p.c.Width(title.Style, longest(c.title)) > r.W {
		title.Size, title.Leading = title.Size-p.pt(1), title.Leading-p.pt(1)
	}
	count := p.shape(p.fonts.Strong, 9, 12, p.white)
	countries := map[*derive.Country]bool{}
	for _, x := range c.cities {
		countries[x.Country] = true
	}
	line := p.words.T("cities", len(c.cities))
	if len(countries) > 1 {
		line = p.words.T("edition.count", len(c.cities), p.words.T("countries", len(countries)))
	}
	p.put(r, tag, typeset.Paragraph{Spans: typeset.T(c.title), Shape: after(title, p.pt(5)), Role: "H1"}, typeset.Paragraph{Spans: typeset.T(line), Shape: count})
	if len(c.cities) >= 6 {
		p.sectionList(c)
	}
}

// sectionList is the page after an opener: what the section is about, where its
// cities are, and on which pages.
func (p *press) sectionList(c chapter) {
	tag := &pdf.Tag{Role: "Sect"}
	p.sheet(c.title)
	if c.field != nil {
		lead := p.shape(p.fonts.Text, 10.2, 13.8, p.ink)
		lead.Align = typeset.Justify
		p.flow(tag, "", false, 0, p.written(&c.field.Field.Head, lead, typeset.Ladder()[0], 2)...)
		p.y += p.pt(10)
	}
	r := p.area()
	drawing := p.world(c.cities)
	h := length(float64(r.W) * drawing.H / drawing.W)
	at := pdf.Rect{X: r.X, Y: p.y, W: r.W, H: h}
	p.last().Drawing(at, drawing, typeset.Figure(tag, p.words.T("map.label.country", len(c.cities), c.title), at))
	p.y += h + p.pt(12)
	line := p.shape(p.fonts.Text, 8, 10.2, p.ink)
	line.Features, line.NoHyphen = "lnum,tnum", true
	list := &pdf.Tag{Role: "L", Parent: tag, Numbering: "None"}
	var out []typeset.Block
	for _, x := range c.cities {
		dest := destOf(&x.City.Head)
		n := p.number(dest)
		out = append(out, typeset.Entry{Spans: spoken(x.Name, p.langOf(&x.City.Head), line.Style), Number: n, Link: "#" + dest, Alt: p.words.T("book.see", x.Name, n), Shape: line, Column: p.mm(7), Role: "LI"})
	}
	p.columns(3, p.mm(6), list, out...)
}
