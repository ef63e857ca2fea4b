package site

import (
	"html/template"
	"slices"
	"strconv"

	"uccn/generator/internal/chart"
	"uccn/generator/internal/derive"
)

func (m *maker) mapPage(p place) MapPage {
	n := m.net
	page := MapPage{World: m.worldMap(p, n.Cities, m.words.T("map.label", len(n.Cities)), true, false), Fields: m.fieldsOf(p, n.Cities)}
	for _, r := range n.Regions {
		all := sheets(r)
		for _, s := range all {
			part := MapPart{ID: "map-" + r.ID, Title: r.Name, Href: p.to(m.path(r.Path)), Count: len(s.cities), Cities: m.cities(p, s.cities, nil)}
			if s.id != "" {
				part.ID, part.Title = "map-"+s.id, m.words.T("map."+s.id)
			}
			part.Map = m.part(p, s.box, s.cities, m.words.T("map.label.country", len(s.cities), part.Title), true)
			page.Parts = append(page.Parts, part)
		}
	}
	page.Head = Head{Heading: m.words.T("map.heading"), Lead: m.words.T("map.lead"), Crumbs: m.trail(p, m.words.T("nav.map"))}
	page.Frame = m.frame(p, pageInfo{path: "map/", section: "map/", title: m.words.T("nav.map"), description: page.Lead, crumbs: page.Crumbs})
	return page
}

func (m *maker) figuresPage(p place) FiguresPage {
	n := m.net
	page := FiguresPage{Growth: m.growth(), Matrix: m.matrix(p), Graph: m.ties(), GrowthNote: m.words.T("figures.growth.note", len(n.Cities), strconv.Itoa(n.Edition.AsOf.Year))}
	page.Bars = []Bars{m.fieldBars(p), m.regionBars(p), m.joinedBars(), m.countryBars(p)}
	if m.in.Site.Makes("data") {
		page.Downloads = m.links(p, "nav.data", "data/")
	}
	page.Head = Head{Heading: m.words.T("figures.heading"), Lead: m.words.T("figures.lead"), Crumbs: m.trail(p, m.words.T("nav.figures"))}
	page.Frame = m.frame(p, pageInfo{path: "figures/", section: "figures/", title: m.words.T("nav.figures"), description: page.Lead, crumbs: page.Crumbs})
	return page
}

// growth is the number of members after each round.
func (m *maker) growth() Chart {
	var steps []chart.Step
	t := Table{Head: []string{m.words.T("year"), m.words.T("figures.joined"), m.words.T("nav.cities"), m.words.T("nav.countries")}}
	for _, g := range m.net.Growth {
		steps = append(steps, chart.Step{X: g.Year, Value: float64(g.Cities), Label: m.words.Number(g.Cities)})
		t.Rows = append(t.Rows, []string{m.words.Year(g.Year), m.words.Number(g.Joined), m.words.Number(g.Cities), m.words.Number(g.Countries)})
	}
	d := chart.Steps(steps, m.net.Edition.AsOf.Year)
	return Chart{ViewBox: d.ViewBox(), Marks: template.HTML(d.SVG()), Table: t}
}

// bars finishes a table of bars: top is the largest value.
func (m *maker) bars(key, head string, top int, rows []BarRow) Bars {
	b := Bars{Title: m.words.T(key), Caption: m.words.T(key), Head: head, Unit: m.words.T("nav.cities"), ViewBox: "0 0 " + strconv.Itoa(max(1, top)) + " 1", Rows: rows}
	if note := key + ".note"; m.words.Has(note) {
		b.Note = m.words.T(note)
	}
	return b
}

func (m *maker) bar(label, href, class string, n, top int) BarRow {
	return BarRow{Label: label, Href: href, Class: class, Value: m.words.Number(n), Bar: template.HTML(chart.Bar(float64(n), float64(top)))}
}

func (m *maker) fieldBars(p place) Bars {
	top := 0
	for _, f := range m.net.Fields {
		top = max(top, len(f.Cities))
	}
	var rows []BarRow
	for _, f := range m.net.Fields {
		t := m.field(p, f)
		rows = append(rows, m.bar(f.Name, t.Href, t.Class, len(f.Cities), top))
	}
	return m.bars("figures.fields", m.words.T("field"), top, rows)
}

func (m *maker) regionBars(p place) Bars {
	top := 0
	for _, r := range m.net.Regions {
		top = max(top, len(r.Cities))
	}
	var rows []BarRow
	for _, r := range m.net.Regions {
		rows = append(rows, m.bar(r.Name, p.to(m.path(r.Path)), "", len(r.Cities), top))
	}
	return m.bars("figures.regions", m.words.T("region"), top, rows)
}

func (m *maker) joinedBars() Bars {
	top := 0
	for _, g := range m.net.Growth {
		top = max(top, g.Joined)
	}
	var rows []BarRow
	for _, g := range m.net.Growth {
		rows = append(rows, m.bar(m.words.Year(g.Year), "", "", g.Joined, top))
	}
	return m.bars("figures.years", m.words.T("year"), top, rows)
}

// countryBars shows the fifteen countries with the most cities, and those that
// have as many as the fifteenth.
func (m *maker) countryBars(p place) Bars {
	cs := slices.Clone(m.net.Countries)
	slices.SortStableFunc(cs, func(a, b *derive.Country) int { return len(b.Cities) - len(a.Cities) })
	const most = 15
	if len(cs) > most {
		least := len(cs[most-1].Cities)
		end := slices.IndexFunc(cs, func(c *derive.Country) bool { return len(c.Cities) < least })
		if end > 20 { // too many share the last place
			end = slices.IndexFunc(cs, func(c *derive.Country) bool { return len(c.Cities) <= least })
		}
		if end > 0 {
			cs = cs[:end]
		}
	}
	if len(cs) == 0 {
		return Bars{}
	}
	top := len(cs[0].Cities)
	var rows []BarRow
	for _, c := range cs {
		rows = append(rows, m.bar(c.Name, p.to(m.path(c.Path)), "", len(c.Cities), top))
	}
	b := m.bars("figures.countries", m.words.T("country"), top, rows)
	b.Note = m.words.T("figures.countries.least", len(cs[len(cs)-1].Cities))
	return b
}

// matrix counts the practices by field and goal.
func (m *maker) matrix(p place) Matrix {
	out := Matrix{Caption: m.words.T("figures.goals"), Head: m.words.T("field")}
	counts := map[*derive.Field]map[*derive.Goal]int{}
	most := 0
	for _, w := range m.net.Practices {
		f := leading(w.Lead, w.Fields)
		if counts[f] == nil {
			counts[f] = map[*derive.Goal]int{}
		}
		for _, g := range w.Goals {
			counts[f][g]++
			most = max(most, counts[f][g])
		}
	}
	for _, g := range m.net.Goals {
		out.Columns = append(out.Columns, Link{Label: strconv.Itoa(g.Number), Note: g.Name, Href: p.to(m.path(g.Path))})
	}
	for _, f := range m.net.Fields {
		t := m.field(p, f)
		row := MatrixRow{Label: f.Name, Href: t.Href, Class: t.Class}
		for _, g := range m.net.Goals {
			c := MatrixCell{Level: chart.Level(counts[f][g], most)}
			if counts[f][g] > 0 {
				c.Value = m.words.Number(counts[f][g])
			}
			row.Cells = append(row.Cells, c)
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// ties draws who works with whom: the cities by region on a circle.
func (m *maker) ties() Chart {
	var cities []*derive.City
	for _, t := range m.net.Ties {
		for _, c := range [2]*derive.City{t.A, t.B} {
			if c.Path != "" && !slices.Contains(cities, c) {
				cities = append(cities, c)
			}
		}
	}
	rank := map[*derive.City]int{}
	for i, c := range m.net.Cities {
		rank[c] = i
	}
	region := map[*derive.Region]int{}
	for i, r := range m.net.Regions {
		region[r] = i
	}
	slices.SortFunc(cities, func(a, b *derive.City) int {
		if d := region[a.Region] - region[b.Region]; d != 0 {
			return d
		}
		return rank[a] - rank[b]
	})
	index := map[*derive.City]int{}
	nodes := make([]chart.Node, len(cities))
	for i, c := range cities {
		index[c] = i
		nodes[i] = chart.Node{Label: c.Name, Class: "f-" + c.Field.ID, Group: region[c.Region]}
	}
	t := Table{Head: []string{m.words.T("figures.city"), m.words.T("figures.city"), m.words.T("figures.ties")}}
	var links []chart.Link
	for _, k := range m.net.Ties {
		a, okA := index[k.A]
		b, okB := index[k.B]
		if okA && okB {
			links = append(links, chart.Link{From: a, To: b})
			t.Rows = append(t.Rows, []string{k.A.Name, k.B.Name, m.words.Number(k.Weight)})
		}
	}
	if len(links) == 0 {
		return Chart{}
	}
	d := chart.Graph(nodes, links)
	return Chart{ViewBox: d.ViewBox(), Marks: template.HTML(d.SVG()), Table: t}
}
