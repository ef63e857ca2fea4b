package book

import (
	"slices"
	"strings"

	"uccn/generator/internal/chart"
	"uccn/generator/internal/derive"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/pdf/vector"
	"uccn/generator/internal/plate"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/booklet/look"
	"uccn/generator/internal/typeset"
)

// openerPlate is the plate of a section, and its colours: of a field its own,
// of others that of the first of their cities.
func (p *setter) openerPlate(n int, c Chapter) (plate.Subject, look.Palette) {
	if c.field != nil {
		pal := p.palettes[c.field.ID]
		return plate.Subject{Pattern: c.field.Pattern, Colours: pal.Colours(), Name: c.field.ID, Lat: 12*float64(n%7) - 30, Lon: 40*float64(n%7) - 120}, pal
	}
	x := c.Cities[0]
	s := p.subject(x)
	s.Salt = 7
	return s, p.palettes[x.Field.ID]
}

// world is the map of the world with some cities on it.
func (p *setter) world(cities []*derive.City) vector.Drawing {
	sorted := slices.Clone(cities)
	slices.SortFunc(sorted, func(a, b *derive.City) int { return strings.Compare(a.ID, b.ID) })
	spots := make([]look.Spot, len(sorted))
	for i, c := range sorted {
		spots[i] = look.Spot{Lat: c.Location.Lat, Lon: c.Location.Lon, Color: p.palettes[c.Field.ID].Ink}
	}
	return p.World(p.land, spots)
}

// figures is the chapter of counts: the map, and charts with their numbers.
func (p *setter) figures() {
	tag := p.open("book-figures", p.words.T("book.figures"))
	p.counts(tag)
	r := p.Area()
	d := p.world(p.net.Cities)
	at := pdf.Rect{X: r.X, Y: p.Y, W: r.W, H: look.Length(float64(r.W) * d.H / d.W)}
	p.Last().Drawing(at, d, typeset.Figure(tag, p.words.T("map.label", len(p.net.Cities)), at))
	p.Y += at.H + p.Pt(6)
	p.Flow(tag, "", false, 0, typeset.Paragraph{Spans: typeset.T(p.words.T("map.disclaimer")), Shape: p.Tiny()})

	var fields, regions, countries []bar
	for _, f := range p.net.Fields {
		fields = append(fields, bar{f.Name, len(f.Cities), p.palettes[f.ID].Ink})
	}
	for _, x := range p.net.Regions {
		regions = append(regions, bar{x.Name, len(x.Cities), p.Ink})
	}
	for _, x := range p.mostCities(12) {
		countries = append(countries, bar{x.Name, len(x.Cities), p.Ink})
	}
	p.bars(tag, p.words.T("figures.fields"), fields)
	p.bars(tag, p.words.T("figures.regions"), regions)
	p.growth(tag)
	p.bars(tag, p.words.T("figures.countries"), countries)
	p.matrix(tag)
}

// counts are the largest figures, in large letters.
func (p *setter) counts(tag *pdf.Tag) {
	n, w := p.net, p.words
	values := []struct {
		n   int
		key string
	}{{len(n.Cities), "count.of.cities"}, {len(n.Countries), "count.of.countries"}, {len(n.Practices), "count.of.practices"}, {len(n.CaseStudies), "count.of.case-studies"}}
	r := p.Area()
	width := r.W / look.Length(len(values))
	big := p.Shape(p.Fonts.Title, 25, 27, p.Ink)
	big.Track, big.Features = p.Track(-20), "lnum"
	high := look.Length(0)
	for i, v := range values {
		k := i
		if p.RTL {
			k = len(values) - 1 - i
		}
		at := pdf.Rect{X: r.X + width*look.Length(k), Y: p.Y, W: width - p.MM(2)}
		high = max(high, p.Put(at, tag, typeset.Paragraph{Spans: typeset.T(w.Number(v.n)), Shape: big}, typeset.Paragraph{Spans: typeset.T(w.T(v.key, v.n)), Shape: p.Label()}))
	}
	p.Y += high + p.Pt(14)
}

// mostCities are the countries with the most cities: at most n, and those that
// share the last place with others left out are none of them.
func (p *setter) mostCities(n int) []*derive.Country {
	cs := slices.Clone(p.net.Countries)
	slices.SortStableFunc(cs, func(a, b *derive.Country) int { return len(b.Cities) - len(a.Cities) })
	if len(cs) <= n {
		return cs
	}
	least := len(cs[n].Cities)
	if end := slices.IndexFunc(cs, func(c *derive.Country) bool { return len(c.Cities) <= least }); end > 0 {
		return cs[:end]
	}
	return cs[:n]
}

// A bar is a line of a bar chart.
type bar struct {
	label string
	n     int
	color pdf.Color
}

// bars draws a chart that is a list: what is counted, the bar, the number.
func (p *setter) bars(tag *pdf.Tag, title string, bars []bar) {
	if len(bars) == 0 {
		return
	}
	label := p.Shape(p.Fonts.Sans, 7.8, 10, p.Ink)
	label.NoHyphen = true
	number := p.Value()
	number.Leading, number.Size, number.Align = label.Leading, label.Size, typeset.Start
	step := p.Pt(14)
	p.room(tag, title, step*look.Length(len(bars)))
	list := &pdf.Tag{Role: "L", Parent: tag, Numbering: "None"}
	r := p.Area()
	column := p.MM(42)
	for _, b := range bars {
		column = max(column, min(r.W/2, p.C.Width(label.Style, b.label)+p.MM(4)))
	}
	top := 1
	for _, b := range bars {
		top = max(top, b.n)
	}
	room := r.W - column - p.MM(12)
	for _, b := range bars {
		item := &pdf.Tag{Role: "LBody", Parent: &pdf.Tag{Role: "LI", Parent: list}}
		w := max(p.Pt(.6), room.Scale(b.n, top))
		name := pdf.Rect{X: r.X, Y: p.Y, W: column - p.MM(2)}
		value := pdf.Rect{X: r.X + column + w + p.MM(1.6), Y: p.Y, W: p.MM(14)}
		box := pdf.Rect{X: r.X + column, Y: p.Y + p.Pt(.9), W: w, H: p.Pt(8.4)}
		if p.RTL {
			name.X, value.X, box.X = p.Within(r, name), p.Within(r, value), p.Within(r, box)
		}
		high := p.Put(name, item, typeset.Paragraph{Spans: typeset.T(b.label), Shape: label, Role: "Span"})
		p.Last().Fill(box, b.color)
		p.Put(value, item, typeset.Paragraph{Spans: typeset.T(p.words.Number(b.n)), Shape: number, Role: "Span"})
		p.Y += max(step, high+p.Pt(4))
	}
	p.Y += p.Pt(10)
}

// room sets the title of a chart, on a new page when it does not fit on this one.
func (p *setter) room(tag *pdf.Tag, title string, high look.Length) {
	s := p.Heading()
	if p.Y+s.Before+s.Leading+s.After+high > p.Bottom {
		p.Sheet(p.Last().Foot)
	} else {
		p.Y += s.Before
	}
	r := p.Area()
	p.Y += p.Put(pdf.Rect{X: r.X, Y: p.Y, W: r.W}, tag, typeset.Paragraph{Spans: typeset.T(title), Shape: s, Role: "H2"}) + p.Pt(6)
}

// growth draws the number of members as steps over the years.
func (p *setter) growth(tag *pdf.Tag) {
	var steps []chart.Step
	for _, g := range p.net.Growth {
		steps = append(steps, chart.Step{X: g.Year, Value: float64(g.Cities), Label: p.words.Number(g.Cities)})
	}
	if len(steps) < 2 {
		return
	}
	d := chart.Steps(steps, p.net.Edition.AsOf.Year, p.words.Year)
	r := p.Area()
	high := look.Length(float64(r.W) * d.Height / d.Width)
	p.room(tag, p.words.T("figures.growth"), high)
	r = p.Area()
	at := pdf.Rect{X: r.X, Y: p.Y, W: r.W, H: high}
	var said []string
	for _, g := range p.net.Growth {
		said = append(said, p.words.Year(g.Year)+": "+p.words.Number(g.Cities))
	}
	p.Last().Drawing(at, p.Marks(d), typeset.Figure(tag, p.words.T("figures.growth")+". "+strings.Join(said, "; "), at))
	p.labels(d, at)
	p.Y += high + p.Pt(10)
}

// labels are the words of a chart. The figure as a whole says what they say, so
// they are not read again.
func (p *setter) labels(d chart.Drawing, at pdf.Rect) {
	s := p.Shape(p.Fonts.Sans, 6.4, 8, p.Muted)
	s.Features, s.RTL = "tnum", false
	for _, m := range d.Marks {
		if m.Path != "" || m.Text == "" {
			continue
		}
		k := s
		if strings.HasPrefix(m.Class, "value") {
			k.Font, k.Color = p.Fonts.Strong, p.Ink
		}
		w := p.MM(30)
		x := at.X + look.Length(float64(at.W)*m.X/d.Width)
		y := at.Y + look.Length(float64(at.H)*m.Y/d.Height) - k.Leading.Scale(78, 100)
		switch m.Anchor {
		case "middle":
			k.Align, x = typeset.Center, x-w/2
		case "end":
			k.Align, x = typeset.End, x-w
		}
		p.C.Running(p.Last().Page, pdf.Rect{X: x, Y: y, W: w}, pdf.Layout, k, m.Text)
	}
}

// matrix counts the practices by field and goal.
func (p *setter) matrix(tag *pdf.Tag) {
	counts := map[*derive.Field]map[*derive.Goal]int{}
	for _, f := range p.net.Fields {
		counts[f] = map[*derive.Goal]int{}
	}
	any := false
	for _, x := range p.net.Practices {
		f := render.Leading(x.Lead, x.Fields)
		for _, g := range x.Goals {
			if f != nil && counts[f] != nil {
				counts[f][g]++
				any = true
			}
		}
	}
	if !any {
		return
	}
	s := p.Shape(p.Fonts.Sans, 6.2, 8, p.Ink)
	s.Features, s.NoHyphen = "tnum", true
	strong := s
	strong.Font = p.Fonts.Strong
	t := typeset.Table{Head: []typeset.Cell{{Spans: typeset.T(p.words.T("field"))}}, Shape: s, Strong: strong, RowHead: true, Gap: p.MM(.8), Pad: p.Pt(2), Line: p.Pt(.3), Color: p.Faint, Widths: []int{52}}
	for _, g := range p.net.Goals {
		t.Head = append(t.Head, typeset.Cell{Spans: typeset.T(p.words.Year(g.Number)), End: true})
		t.Widths = append(t.Widths, 10)
	}
	for _, f := range p.net.Fields {
		row := []typeset.Cell{{Spans: typeset.T(f.Name)}}
		for _, g := range p.net.Goals {
			text := "·"
			if n := counts[f][g]; n > 0 {
				text = p.words.Number(n)
			}
			row = append(row, typeset.Cell{Spans: typeset.T(text), End: true})
		}
		t.Rows = append(t.Rows, row)
	}
	p.room(tag, p.words.T("figures.goals"), p.Pt(14)*look.Length(len(p.net.Fields)+1))
	p.Flow(tag, "", true, 0, t, typeset.Space{Height: p.Pt(4)}, typeset.Paragraph{Spans: typeset.T(p.words.T("figures.goals.note")), Shape: p.Tiny()})
	p.Y += p.Pt(14)
	p.goalNames(tag)
}

// goalNames lists the goals that the numbers of the chart stand for.
func (p *setter) goalNames(tag *pdf.Tag) {
	s := p.Shape(p.Fonts.Text, 8.2, 10.8, p.Ink)
	s.After, s.NoHyphen = p.Pt(3), true
	number := p.Value()
	number.Leading = s.Leading
	list := typeset.List{Shape: number, Indent: p.MM(7), Gap: p.Pt(3)}
	for _, g := range p.net.Goals {
		list.Marks = append(list.Marks, p.words.Year(g.Number))
		list.Items = append(list.Items, []typeset.Block{typeset.Paragraph{Spans: typeset.T(g.Name), Shape: p.Sided(s, p.langOf(&g.Goal.Head))}})
	}
	p.Columns(2, p.MM(8), tag, list)
}
