package book

import (
	"uccn/generator/internal/derive"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/render/booklet/look"
	"uccn/generator/internal/render/booklet/press"
	"uccn/generator/internal/typeset"
)

// compactUnit lists the cities of a section of which there is no profile: a
// small plate, the names and the facts of each, two side by side.
func (m *maker) compactUnit(title, foot string, cities []*derive.City, level int) press.Unit {
	return m.unit(title, m.net.Edition.At, func(p *setter) {
		tag := &pdf.Tag{Role: "Sect"}
		p.Sheet(foot)
		r := p.Area()
		heading := p.Shape(p.Fonts.Title, 16, 19, p.Ink)
		heading.NoHyphen, heading.Track = true, p.Track(-12)
		p.Last().Rule(pdf.Rect{X: r.X, Y: p.Y, W: r.W}, p.Pt(1.4), p.Ink)
		r.Y += p.Pt(6)
		p.Y = r.Y + p.Put(r, tag, typeset.Paragraph{Spans: typeset.T(title), Shape: heading, Role: "H" + string(rune('0'+level))}) + p.Pt(12)
		for i := 0; i < len(cities); i += 2 {
			p.pair(cities[i:min(i+2, len(cities))], foot, tag, level+1)
		}
	})
}

// pair sets one or two cities side by side.
func (p *setter) pair(cities []*derive.City, foot string, tag *pdf.Tag, level int) {
	plateW, plateH := p.MM(17), p.MM(21.25)
	gap, between := p.MM(3), p.MM(7)
	w := (p.Area().W - between) / 2
	galleys := make([]*typeset.Galley, len(cities))
	high := plateH
	for i, c := range cities {
		galleys[i] = p.Galley(w-plateW-gap, &pdf.Tag{Role: "Div", Parent: tag}, p.entry(c, level)...)
		high = max(high, galleys[i].Height(0))
	}
	if p.Y+high > p.Bottom {
		p.Sheet(foot)
	}
	r := p.Area()
	for i, c := range cities {
		x := r.X + (w+between)*look.Length(i)
		label := pdf.Rect{X: x + plateW + gap, Y: p.Y, W: w - plateW - gap, H: high}
		at := pdf.Rect{X: x, Y: p.Y, W: plateW, H: plateH}
		if p.RTL {
			label.X, at.X = p.Within(r, label), p.Within(r, at)
		}
		p.Dest(Place(&c.City.Head), p.Y)
		p.Last().Drawing(at, p.plates.Plate(p.subject(c), at.W, at.H), nil)
		if !galleys[i].Empty() {
			galleys[i].Pour(p.Last().Page, typeset.Frame{Rect: label})
		}
	}
	p.Y += high + p.MM(4)
}

// entry is what the list says of a city.
func (p *setter) entry(c *derive.City, level int) []typeset.Block {
	name := p.Sided(p.Shape(p.Fonts.Title, 9.6, 11, p.Ink), p.langOf(&c.City.Head))
	name.NoHyphen, name.Track = true, p.Track(-6)
	local := p.Shape(p.Fonts.Strong, 7.6, 10, p.palettes[c.Field.ID].Ink)
	fact := p.Shape(p.Fonts.Sans, 6.8, 8.8, p.Ink)
	fact.Features, fact.NoHyphen = "tnum", true
	out := []typeset.Block{typeset.Paragraph{Spans: typeset.T(c.Name), Shape: name, Role: "H" + string(rune('0'+min(6, level)))}}
	for _, n := range c.NameLocal {
		if n.Text != c.Name {
			s := local
			s.Lang = n.Lang
			out = append(out, typeset.Paragraph{Spans: typeset.T(n.Text), Shape: s})
		}
	}
	out = append(out, typeset.Space{Height: p.Pt(1.5)}, typeset.Paragraph{Spans: typeset.T(p.words.T("book.since", c.Country.Name, p.words.Year(c.Designated.Year))), Shape: fact})
	if c.Population.Value > 0 {
		out = append(out, typeset.Paragraph{Spans: typeset.T(p.words.T("book.population", p.words.Number(c.Population.Value))), Shape: look.Inked(fact, p.Muted)})
	}
	return append(out, p.cityRecords(c, typeset.Ladder()[0])...)
}
