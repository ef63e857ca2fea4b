package booklet

import (
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"uccn/generator/internal/model"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/typeset"
)

// A line is an entry of an index.
type line struct {
	name, lang, dest string
	see              string // the name to look under instead
}

// indexCities lists the cities of the book by name, and their former and
// official names.
func (p *press) indexCities() {
	tag := p.open("book-index-cities", p.words.T("book.index.cities"))
	var lines []line
	for _, c := range p.net.Cities {
		h := &c.City.Head
		lines = append(lines, line{name: c.Name, lang: p.langOf(h), dest: destOf(h)})
		other := []string{c.NameOfficial}
		for _, n := range c.NamesFormer {
			other = append(other, n.Name)
		}
		if c.City.Name != c.Name {
			other = append(other, c.City.Name)
		}
		for _, n := range other {
			if n != "" && n != c.Name {
				lines = append(lines, line{name: n, lang: p.langOf(h), dest: destOf(h), see: c.Name})
			}
		}
	}
	order := collate.New(language.Make(p.lang))
	slices.SortStableFunc(lines, func(a, b line) int { return order.CompareString(a.name, b.name) })
	s := p.indexShape()
	list := &pdf.Tag{Role: "L", Parent: tag, Numbering: "None"}
	var out []typeset.Block
	for _, l := range lines {
		out = append(out, p.indexEntry(l, s))
	}
	p.columns(3, p.mm(6), list, out...)
}

func (p *press) indexShape() typeset.Shape {
	s := p.shape(p.fonts.Text, 8, 10.2, p.ink)
	s.Features, s.NoHyphen = "lnum,tnum", true
	s.Indent = -p.pt(8)
	return s
}

func (p *press) indexEntry(l line, s typeset.Shape) typeset.Block {
	n := p.number(l.dest)
	text := l.name
	if l.see != "" {
		text = p.words.T("book.index.see", l.name, l.see)
	}
	return typeset.Entry{Spans: spoken(text, l.lang, s.Style), Number: n, Link: "#" + l.dest, Alt: p.words.T("book.see", l.name, n), Shape: s, Column: p.mm(7), Role: "LI"}
}

// indexCountries lists the countries with their cities.
func (p *press) indexCountries() {
	tag := p.open("book-index-countries", p.words.T("book.index.countries"))
	list := &pdf.Tag{Role: "L", Parent: tag, Numbering: "None"}
	name := p.shape(p.fonts.Strong, 7.8, 10.2, p.ink)
	name.KeepNext, name.NoHyphen = true, true
	var groups []group
	for _, c := range p.net.Countries {
		g := group{dest: destOf(&c.Country.Head)}
		if p.net.Edition.Order == "country" {
			g.dest = "" // the country's own section is the place to go to
		}
		g.blocks = append(g.blocks, typeset.Group{Role: "LI", Blocks: []typeset.Block{typeset.Paragraph{Spans: typeset.T(c.Name), Shape: name, Role: "LBody"}}})
		for _, x := range c.Cities {
			g.blocks = append(g.blocks, p.indexEntry(line{name: x.Name, lang: p.langOf(&x.City.Head), dest: destOf(&x.City.Head)}, p.indexShape()))
		}
		groups = append(groups, g)
	}
	p.groups(3, p.mm(6), p.pt(5), list, groups)
}

// A group is lines that stand together in a column, at a place with a name.
type group struct {
	dest   string
	blocks []typeset.Block
}

// groups fills columns with groups, none divided that a column can hold.
func (p *press) groups(n int, between, gap length, tag *pdf.Tag, groups []group) {
	w := (p.area().W - between*length(n-1)) / length(n)
	top, col := p.y, 0
	next := func() {
		if col++; col == n {
			p.sheet(p.last().foot)
			top, col = p.top, 0
		}
		p.y = top
	}
	for _, x := range groups {
		g := p.galley(w, tag, x.blocks...)
		if p.y > top {
			p.y += gap
		}
		if h := g.Height(0); p.y+h > p.bottom && p.y > top && (h <= p.bottom-p.top || p.y+p.pt(60) > p.bottom) {
			next()
		}
		if x.dest != "" {
			p.dest(x.dest, p.y)
		}
		for !g.Empty() {
			k := col
			if p.rtl {
				k = n - 1 - col
			}
			r := pdf.Rect{X: p.area().X + (w+between)*length(k), Y: p.y, W: w, H: p.bottom - p.y}
			if p.y += g.Pour(p.last().Page, typeset.Frame{Rect: r}); !g.Empty() {
				next()
			}
		}
	}
}

// indexGoals lists the goals with the works and cities that name them.
func (p *press) indexGoals() {
	tag := p.open("book-index-goals", p.words.T("book.index.goals"))
	name := p.shape(p.fonts.Strong, 8.2, 10.6, p.ink)
	name.KeepNext, name.NoHyphen = true, true
	text := p.shape(p.fonts.Text, 8, 10.4, p.ink)
	text.Features = "lnum,tnum"
	label := text.Style
	label.Font, label.Color, label.Size = p.fonts.Sans, p.muted, p.pt(6.8)
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
		p.flow(tag, destOf(&g.Goal.Head), true, p.pt(7), blocks...)
	}
}

// numbersOf are the pages of records, each once, as links.
func (p *press) numbersOf(heads []*model.Head) []typeset.Span {
	heads = slices.Clone(heads)
	slices.SortStableFunc(heads, func(a, b *model.Head) int { return p.numbers[destOf(a)] - p.numbers[destOf(b)] })
	var out []typeset.Span
	last := ""
	for _, h := range heads {
		dest := destOf(h)
		n := p.number(dest)
		if n == last && p.numbers[dest] > 0 {
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
func (p *press) colophon() {
	p.sheet("")
	p.last().bare = true
	e, w := p.net.Edition, p.words
	s := p.shape(p.fonts.Text, 8, 11, p.ink)
	s.After = p.pt(5)
	var out []typeset.Block
	for _, t := range []string{
		w.T("book.colophon.data", e.Name, w.Date(e.AsOf), len(p.net.Cities)), w.T("book.colophon.type"), w.T("book.colophon.plates"), w.T("book.colophon.made"),
	} {
		out = append(out, typeset.Paragraph{Spans: typeset.T(t), Shape: s})
	}
	r := p.area()
	r.W = r.W.Scale(72, 100)
	g := p.galley(r.W, &pdf.Tag{Role: "Sect"}, out...)
	r.Y += max(0, r.H-g.Height(0))
	if p.rtl {
		r.X = p.within(p.area(), r)
	}
	g.Pour(p.last().Page, typeset.Frame{Rect: r})
}

// back is the back cover.
func (p *press) back() {
	p.sheet("")
	p.last().bare = true
	e, tag := p.net.Edition, &pdf.Tag{Role: "Sect"}
	full := p.full()
	const columns = 6
	w := full.W / columns
	h := w.Scale(5, 4)
	p.row1(columns, w, h, full)
	p.spine(pdf.Rect{X: full.X, Y: full.Y + h, W: full.W, H: p.mm(3)})
	r := pdf.Rect{X: p.mm(12), Y: full.Y + h + p.mm(14), W: p.w - p.mm(24)}
	title := p.sided(p.shape(p.fonts.Title, 15, 18, p.ink), p.langOf(&e.Head))
	title.NoHyphen, title.After, title.Track = true, p.pt(6), p.track(-8)
	text := p.shape(p.fonts.Text, 9.4, 12.8, p.ink)
	text.After = p.pt(6)
	lead := strings.TrimSuffix(e.Subtitle, ".")
	blocks := []typeset.Block{typeset.Paragraph{Spans: typeset.T(e.Name), Shape: title}}
	if lead != "" {
		blocks = append(blocks, typeset.Paragraph{Spans: typeset.T(lead + "."), Shape: in(text, p.langOf(&e.Head))})
	}
	if d := p.in.Site.DescriptionIn(p.lang); d != "" {
		blocks = append(blocks, typeset.Paragraph{Spans: typeset.T(d), Shape: text})
	}
	p.put(pdf.Rect{X: r.X, Y: r.Y, W: r.W.Scale(82, 100)}, tag, blocks...)
	foot := in(p.shape(p.fonts.Sans, 6.8, 9, p.muted), p.langOf(&e.Head))
	bars, hasBars := barcode(e.ISBN)
	at := pdf.Rect{X: r.X, Y: p.h - p.mm(24), W: r.W.Scale(6, 10)}
	var notes []typeset.Block
	if len(e.Disclaimers) > 0 {
		notes = append(notes, typeset.Paragraph{Spans: typeset.T(e.Disclaimers[0]), Shape: foot})
	}
	notes = append(notes, typeset.Paragraph{Spans: typeset.T(strings.Trim(e.Publisher+" · "+e.Licence, " ·")), Shape: foot})
	p.put(at, tag, notes...)
	if hasBars {
		p.barcode(bars, e.ISBN, pdf.Rect{X: p.w - p.mm(12) - barsWide(p), Y: p.h - p.mm(38)})
	}
}

// row1 hangs a single row of plates, others than those of the front.
func (p *press) row1(columns int, w, h length, full pdf.Rect) {
	cities := p.inTurn(24 + columns)
	if len(cities) == 0 {
		return
	}
	for i := range columns {
		c := cities[(len(cities)-1-i%len(cities))%len(cities)]
		at := pdf.Rect{X: full.X + w*length(i), Y: full.Y, W: w, H: h}
		p.last().Drawing(at, drawn(p.subject(c), at.W, at.H), nil)
	}
}
