package booklet

import (
	"uccn/generator/internal/derive"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/typeset"
)

// compactUnit lists the cities of a section of which there is no profile: a
// small plate, the names and the facts of each, two side by side.
func (m *maker) compactUnit(title, foot string, cities []*derive.City, level int) unit {
	return unit{name: title, make: func(p *press) {
		tag := &pdf.Tag{Role: "Sect"}
		p.sheet(foot)
		r := p.area()
		heading := p.shape(p.fonts.Title, 16, 19, p.ink)
		heading.NoHyphen, heading.Track = true, p.track(-12)
		p.last().Rule(pdf.Rect{X: r.X, Y: p.y, W: r.W}, p.pt(1.4), p.ink)
		r.Y += p.pt(6)
		p.y = r.Y + p.put(r, tag, typeset.Paragraph{Spans: typeset.T(title), Shape: heading, Role: "H" + string(rune('0'+level))}) + p.pt(12)
		for i := 0; i < len(cities); i += 2 {
			p.pair(cities[i:min(i+2, len(cities))], foot, tag, level+1)
		}
	}}
}

// pair sets one or two cities side by side.
func (p *press) pair(cities []*derive.City, foot string, tag *pdf.Tag, level int) {
	plateW, plateH := p.mm(17), p.mm(21.25)
	gap, between := p.mm(3), p.mm(7)
	w := (p.area().W - between) / 2
	galleys := make([]*typeset.Galley, len(cities))
	high := plateH
	for i, c := range cities {
		galleys[i] = p.galley(w-plateW-gap, &pdf.Tag{Role: "Div", Parent: tag}, p.entry(c, level)...)
		high = max(high, galleys[i].Height(0))
	}
	if p.y+high > p.bottom {
		p.sheet(foot)
	}
	r := p.area()
	for i, c := range cities {
		x := r.X + (w+between)*length(i)
		label := pdf.Rect{X: x + plateW + gap, Y: p.y, W: w - plateW - gap, H: high}
		at := pdf.Rect{X: x, Y: p.y, W: plateW, H: plateH}
		if p.rtl {
			label.X, at.X = p.within(r, label), p.within(r, at)
		}
		p.dest(destOf(&c.City.Head), p.y)
		p.last().Drawing(at, drawn(p.subject(c), at.W, at.H), nil)
		if !galleys[i].Empty() {
			galleys[i].Pour(p.last().Page, typeset.Frame{Rect: label})
		}
	}
	p.y += high + p.mm(4)
}

// within mirrors a box in the text area and returns its left edge.
func (p *press) within(area, r pdf.Rect) length { return 2*area.X + area.W - r.X - r.W }

// entry is what the list says of a city.
func (p *press) entry(c *derive.City, level int) []typeset.Block {
	name := p.sided(p.shape(p.fonts.Title, 9.6, 11, p.ink), p.langOf(&c.City.Head))
	name.NoHyphen, name.Track = true, p.track(-6)
	local := p.shape(p.fonts.Strong, 7.6, 10, p.palettes[c.Field.ID].solid)
	fact := p.shape(p.fonts.Sans, 6.8, 8.8, p.ink)
	fact.Features = "tnum"
	out := []typeset.Block{typeset.Paragraph{Spans: typeset.T(c.Name), Shape: name, Role: "H" + string(rune('0'+min(6, level)))}}
	for _, n := range c.NameLocal {
		if n.Text != c.Name {
			s := local
			s.Lang = n.Lang
			out = append(out, typeset.Paragraph{Spans: typeset.T(n.Text), Shape: s})
		}
	}
	out = append(out, typeset.Space{Height: p.pt(1.5)}, typeset.Paragraph{Spans: typeset.T(p.words.T("book.since", c.Country.Name, p.words.Year(c.Designated.Year))), Shape: fact})
	if c.Population.Value > 0 {
		out = append(out, typeset.Paragraph{Spans: typeset.T(p.words.T("book.population", p.words.Number(c.Population.Value))), Shape: inked(fact, p.muted)})
	}
	return append(out, p.cityRecords(c, typeset.Ladder()[0])...)
}
