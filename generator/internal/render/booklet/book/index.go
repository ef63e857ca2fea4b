package book

import (
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"uccn/generator/internal/model"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/render/booklet/look"
	"uccn/generator/internal/render/booklet/press"
	"uccn/generator/internal/render/told"
	"uccn/generator/internal/typeset"
)

// A line is an entry of an index.
type line struct {
	name, lang, dest string
	see              string // the name to look under instead
}

// indexCities lists the cities of the book by name, and their former and
// official names.
func (p *setter) indexCities() {
	tag := p.open("book-index-cities", p.words.T("book.index.cities"))
	var lines []line
	for _, c := range p.net.Cities {
		h := &c.City.Head
		lines = append(lines, line{name: c.Name, lang: p.langOf(h), dest: Place(h)})
		other := []string{c.NameOfficial}
		for _, n := range c.NamesFormer {
			other = append(other, n.Name)
		}
		if c.City.Name != c.Name {
			other = append(other, c.City.Name)
		}
		for _, n := range other {
			if n != "" && n != c.Name {
				lines = append(lines, line{name: n, lang: p.langOf(h), dest: Place(h), see: c.Name})
			}
		}
	}
	order := collate.New(language.Make(p.Lang))
	slices.SortStableFunc(lines, func(a, b line) int { return order.CompareString(a.name, b.name) })
	s := p.indexShape()
	list := &pdf.Tag{Role: "L", Parent: tag, Numbering: "None"}
	var out []typeset.Block
	for _, l := range lines {
		out = append(out, p.indexEntry(l, s))
	}
	p.Columns(3, p.MM(6), list, out...)
}

func (p *setter) indexShape() typeset.Shape {
	s := p.Shape(p.Fonts.Text, 8, 10.2, p.Ink)
	s.Features, s.NoHyphen = "lnum,tnum", true
	s.Indent = -p.Pt(8)
	return s
}

func (p *setter) indexEntry(l line, s typeset.Shape) typeset.Block {
	n := p.Number(l.dest)
	text := l.name
	if l.see != "" {
		text = p.words.T("book.index.see", l.name, l.see)
	}
	return typeset.Entry{Spans: look.Spoken(text, l.lang, s.Style), Number: n, Link: "#" + l.dest, Alt: p.words.T("book.see", l.name, n), Shape: s, Column: p.MM(7), Role: "LI"}
}

// indexCountries lists the countries with their cities.
func (p *setter) indexCountries() {
	tag := p.open("book-index-countries", p.words.T("book.index.countries"))
	list := &pdf.Tag{Role: "L", Parent: tag, Numbering: "None"}
	name := p.Shape(p.Fonts.Strong, 7.8, 10.2, p.Ink)
	name.KeepNext, name.NoHyphen = true, true
	var groups []press.Group
	for _, c := range p.net.Countries {
		g := press.Group{Dest: Place(&c.Country.Head)}
		if p.net.Edition.Order == "country" {
			g.Dest = "" // the country's own section is the place to go to
		}
		g.Blocks = append(g.Blocks, typeset.Group{Role: "LI", Blocks: []typeset.Block{typeset.Paragraph{Spans: typeset.T(c.Name), Shape: name, Role: "LBody"}}})
		for _, x := range c.Cities {
			g.Blocks = append(g.Blocks, p.indexEntry(line{name: x.Name, lang: p.langOf(&x.City.Head), dest: Place(&x.City.Head)}, p.indexShape()))
		}
		groups = append(groups, g)
	}
	p.Groups(3, p.MM(6), p.Pt(5), list, groups)
}

// indexGoals lists the goals with the works and cities that name them.
func (p *setter) indexGoals() {
	tag := p.open("book-index-goals", p.words.T("book.index.goals"))
	name := p.Shape(p.Fonts.Strong, 8.2, 10.6, p.Ink)
	name.KeepNext, name.NoHyphen = true, true
	text := p.Shape(p.Fonts.Text, 8, 10.4, p.Ink)
	text.Features = "lnum,tnum"
	label := text.Style
	label.Font, label.Color, label.Size = p.Fonts.Sans, p.Muted, p.Pt(6.8)
	for _, g := range p.net.Goals {
		var cities, works, studies []*model.Head
		for _, c := range g.Cities {
			if c.Path != "" {
				cities = append(cities, &c.City.Head)
			}
		}
		for _, w := range g.Practices {
			works = append(works, &w.Practice.Head)
		}
		for _, s := range g.CaseStudies {
			studies = append(studies, &s.CaseStudy.Head)
		}
		if len(cities)+len(works)+len(studies) == 0 {
			continue
		}
		blocks := []typeset.Block{typeset.Paragraph{Spans: typeset.T(p.words.Year(g.Number) + " " + g.Name), Shape: name, Role: "H2"}}
		add := func(key string, heads []*model.Head) {
			if len(heads) == 0 {
				return
			}
			spans := []typeset.Span{{Text: p.words.T(key) + "\u2002", Style: &label}}
			blocks = append(blocks, typeset.Paragraph{Spans: append(spans, p.numbersOf(heads)...), Shape: text})
		}
		add("nav.cities", cities)
		add("practices", works)
		add("case-studies", studies)
		p.Flow(tag, Place(&g.Goal.Head), true, p.Pt(7), blocks...)
	}
}

// numbersOf are the pages of records, each once, as links.
func (p *setter) numbersOf(heads []*model.Head) []typeset.Span {
	heads = slices.Clone(heads)
	slices.SortStableFunc(heads, func(a, b *model.Head) int { return p.PageOf(Place(a)) - p.PageOf(Place(b)) })
	var out []typeset.Span
	last := ""
	for _, h := range heads {
		dest := Place(h)
		n := p.Number(dest)
		if n == last && p.Known(dest) {
			continue
		}
		last = n
		if len(out) > 0 {
			out = append(out, typeset.Span{Text: p.words.T("list_comma")})
		}
		out = append(out, typeset.Span{Text: n, Link: "#" + dest, Alt: p.words.T("book.see", h.Name, n)})
	}
	return out
}

// colophon says what the book is made of.
func (p *setter) colophon() {
	p.Plain()
	e, w := p.net.Edition, p.words
	s := p.Shape(p.Fonts.Text, 8, 11, p.Ink)
	s.After = p.Pt(5)
	var out []typeset.Block
	for _, t := range []string{
		w.T("book.colophon.data", e.Name, w.Date(e.AsOf), len(p.net.Cities)), w.T("book.colophon.type"), w.T("book.colophon.plates"), w.T("book.colophon.made"),
	} {
		out = append(out, typeset.Paragraph{Spans: typeset.T(t), Shape: s})
	}
	r := p.Area()
	r.W = r.W.Scale(72, 100)
	g := p.Galley(r.W, &pdf.Tag{Role: "Sect"}, out...)
	r.Y += max(0, r.H-g.Height(0))
	if p.RTL {
		r.X = p.Within(p.Area(), r)
	}
	g.Pour(p.Last().Page, typeset.Frame{Rect: r})
}

// back is the back cover.
func (p *setter) back() {
	p.Plain()
	e, tag := p.net.Edition, &pdf.Tag{Role: "Sect"}
	full := p.Whole()
	const columns = 6
	w := full.W / columns
	h := w.Scale(5, 4)
	p.row1(columns, w, h, full)
	p.spine(pdf.Rect{X: full.X, Y: full.Y + h, W: full.W, H: p.MM(3)})
	r := pdf.Rect{X: p.MM(12), Y: full.Y + h + p.MM(14), W: p.W - p.MM(24)}
	title := p.Sided(p.Shape(p.Fonts.Title, 15, 18, p.Ink), p.langOf(&e.Head))
	title.NoHyphen, title.After, title.Track = true, p.Pt(6), p.Track(-8)
	text := p.Shape(p.Fonts.Text, 9.4, 12.8, p.Ink)
	text.After = p.Pt(6)
	lead := strings.TrimSuffix(e.Subtitle, ".")
	blocks := []typeset.Block{typeset.Paragraph{Spans: typeset.T(e.Name), Shape: title}}
	if lead != "" {
		blocks = append(blocks, typeset.Paragraph{Spans: typeset.T(lead + "."), Shape: look.In(text, p.langOf(&e.Head))})
	}
	if d := p.in.Site.DescriptionIn(p.Lang); d != "" {
		blocks = append(blocks, typeset.Paragraph{Spans: typeset.T(d), Shape: text})
	}
	p.Put(pdf.Rect{X: r.X, Y: r.Y, W: r.W.Scale(82, 100)}, tag, blocks...)
	foot := look.In(p.Shape(p.Fonts.Sans, 6.8, 9, p.Muted), p.langOf(&e.Head))
	bars, hasBars := look.Barcode(e.ISBN)
	at := pdf.Rect{X: r.X, Y: p.H - p.MM(24), W: r.W.Scale(6, 10)}
	var notes []typeset.Block
	if len(e.Disclaimers) > 0 {
		notes = append(notes, typeset.Paragraph{Spans: typeset.T(e.Disclaimers[0]), Shape: foot})
	}
	notes = append(notes, typeset.Paragraph{Spans: typeset.T(strings.Trim(e.Publisher+" · "+e.Licence, " ·")), Shape: foot})
	p.Put(at, tag, notes...)
	if hasBars {
		p.barcode(bars, e.ISBN, pdf.Rect{X: p.W - p.MM(12) - pdf.MM(look.BarcodeWidth), Y: p.H - p.MM(38)})
	}
}

// row1 hangs a single row of plates, others than those of the front.
func (p *setter) row1(columns int, w, h look.Length, full pdf.Rect) {
	cities := told.InTurn(p.net, 24+columns)
	if len(cities) == 0 {
		return
	}
	for i := range columns {
		c := cities[(len(cities)-1-i%len(cities))%len(cities)]
		at := pdf.Rect{X: full.X + w*look.Length(i), Y: full.Y, W: w, H: h}
		p.Last().Drawing(at, p.plates.Plate(p.subject(c), at.W, at.H), nil)
	}
}

// barcode draws an ISBN as bars on white, with the number under them. at gives
// the upper left corner.
func (p *setter) barcode(modules []bool, isbn string, at pdf.Rect) {
	at.W, at.H = pdf.MM(look.BarcodeWidth), pdf.MM(look.BarcodeHeight)
	p.Last().Fill(at, p.White)
	p.Last().Drawing(at, look.Bars(modules), typeset.Figure(&pdf.Tag{Role: "Sect"}, "ISBN "+isbn, at))
	s := typeset.Shape{Style: typeset.Style{Font: p.Fonts.Sans, Size: 7 * pdf.Pt, Color: p.Ink, Lang: "en", Features: "tnum"}, Leading: 8 * pdf.Pt, Align: typeset.Center, Literal: true}
	p.C.Running(p.Last().Page, pdf.Rect{X: at.X, Y: at.Y + pdf.MM(.6), W: at.W}, pdf.Layout, s, "ISBN "+isbn)
	s.Size = 8 * pdf.Pt
	p.C.Running(p.Last().Page, pdf.Rect{X: at.X, Y: at.Y + pdf.MM(20.4), W: at.W}, pdf.Layout, s, strings.NewReplacer("-", "", " ", "").Replace(isbn))
}
