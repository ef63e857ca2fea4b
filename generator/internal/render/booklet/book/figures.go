package booklet

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"uccn/generator/internal/chart"
	"uccn/generator/internal/derive"
	"uccn/generator/internal/model"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/pdf/vector"
	"uccn/generator/internal/plate"
	"uccn/generator/internal/typeset"
	"uccn/generator/internal/worldmap"
)

// openerPlate is the plate of a section, and its colours: of a field its own,
// of others that of the first of their cities.
func (p *press) openerPlate(n int, c chapter) (plate.Subject, palette) {
	if c.field != nil {
		pal := p.palettes[c.field.ID]
		return plate.Subject{Pattern: c.field.Pattern, Colours: pal.Colours(), Name: c.field.ID, Lat: 12*float64(n%7) - 30, Lon: 40*float64(n%7) - 120}, pal
	}
	x := c.cities[0]
	s := p.subject(x)
	s.Salt = 7
	return s, p.palettes[x.Field.ID]
}

// world is the map of the world with some cities on it, moved apart a little.
func (p *press) world(cities []*derive.City) vector.Drawing {
	k := p.atlas
	d := vector.Drawing{X: 104, Y: 16, W: 812, H: 412}
	stroke := vector.RGB(p.land)
	d.Shapes = append(d.Shapes, vector.Shape{Path: outline(k.Land), Stroke: &stroke, Width: .9})
	sorted := slices.Clone(cities)
	slices.SortFunc(sorted, func(a, b *derive.City) int { return strings.Compare(a.ID, b.ID) })
	dots := make([]worldmap.Dot, len(sorted))
	for i, c := range sorted {
		x, y, _ := k.Place(c.Location.Lat, c.Location.Lon)
		dots[i] = worldmap.Dot{X: x, Y: y}
	}
	gap := max(4.6, min(8, 6.6*math.Sqrt(220/float64(max(len(dots), 1)))))
	for i, at := range worldmap.Apart(dots, gap) {
		fill := vector.RGB(p.palettes[sorted[i].Field.ID].solid)
		d.Shapes = append(d.Shapes, vector.Shape{Path: vector.Ellipse(at.X, at.Y, gap*.46, gap*.46), Fill: &fill})
	}
	return d
}

// figures is the chapter of counts: the map, and charts with their numbers.
func (p *press) figures() {
	tag := p.open("book-figures", p.words.T("book.figures"))
	p.counts(tag)
	r := p.area()
	d := p.world(p.net.Cities)
	at := pdf.Rect{X: r.X, Y: p.y, W: r.W, H: length(float64(r.W) * d.H / d.W)}
	p.last().Drawing(at, d, typeset.Figure(tag, p.words.T("map.label", len(p.net.Cities)), at))
	p.y += at.H + p.pt(6)
	p.flow(tag, "", false, 0, typeset.Paragraph{Spans: typeset.T(p.words.T("map.disclaimer")), Shape: p.tiny()})

	var fields, regions, countries []bar
	for _, f := range p.net.Fields {
		fields = append(fields, bar{f.Name, len(f.Cities), p.palettes[f.ID].solid})
	}
	for _, x := range p.net.Regions {
		regions = append(regions, bar{x.Name, len(x.Cities), p.ink})
	}
	for _, x := range p.mostCities(12) {
		countries = append(countries, bar{x.Name, len(x.Cities), p.ink})
	}
	p.bars(tag, p.words.T("figures.fields"), fields)
	p.bars(tag, p.words.T("figures.regions"), regions)
	p.growth(tag)
	p.bars(tag, p.words.T("figures.countries"), countries)
	p.matrix(tag)
}

// counts are the largest figures, in large letters.
func (p *press) counts(tag *pdf.Tag) {
	n, w := p.net, p.words
	values := []struct {
		n   int
		key string
	}{{len(n.Cities), "count.of.cities"}, {len(n.Countries), "count.of.countries"}, {len(n.Practices), "count.of.practices"}, {len(n.CaseStudies), "count.of.case-studies"}}
	r := p.area()
	width := r.W / length(len(values))
	big := p.shape(p.fonts.Title, 25, 27, p.ink)
	big.Track, big.Features = p.track(-20), "lnum"
	high := length(0)
	for i, v := range values {
		k := i
		if p.rtl {
			k = len(values) - 1 - i
		}
		at := pdf.Rect{X: r.X + width*length(k), Y: p.y, W: width - p.mm(2)}
		high = max(high, p.put(at, tag, typeset.Paragraph{Spans: typeset.T(w.Number(v.n)), Shape: big}, typeset.Paragraph{Spans: typeset.T(w.T(v.key, v.n)), Shape: p.label()}))
	}
	p.y += high + p.pt(14)
}

// mostCities are the countries with the most cities: at most n, and those that
// share the last place with others left out are none of them.
func (p *press) mostCities(n int) []*derive.Country {
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
func (p *press) bars(tag *pdf.Tag, title string, bars []bar) {
	if len(bars) == 0 {
		return
	}
	label := p.shape(p.fonts.Sans, 7.8, 10, p.ink)
	number := p.value()
	number.Leading, number.Size, number.Align = label.Leading, label.Size, typeset.Start
	step := p.pt(14)
	p.room(tag, title, step*length(len(bars)))
	list := &pdf.Tag{Role: "L", Parent: tag, Numbering: "None"}
	r := p.area()
	column := p.mm(42)
	for _, b := range bars {
		column = max(column, min(r.W/2, p.c.Width(label.Style, b.label)+p.mm(4)))
	}
	top := 1
	for _, b := range bars {
		top = max(top, b.n)
	}
	room := r.W - column - p.mm(12)
	for _, b := range bars {
		item := &pdf.Tag{Role: "LBody", Parent: &pdf.Tag{Role: "LI", Parent: list}}
		w := max(p.pt(.6), room.Scale(b.n, top))
		name := pdf.Rect{X: r.X, Y: p.y, W: column - p.mm(2)}
		value := pdf.Rect{X: r.X + column + w + p.mm(1.6), Y: p.y, W: p.mm(14)}
		box := pdf.Rect{X: r.X + column, Y: p.y + p.pt(.9), W: w, H: p.pt(8.4)}
		if p.rtl {
			name.X, value.X, box.X = p.within(r, name), p.within(r, value), p.within(r, box)
		}
		high := p.put(name, item, typeset.Paragraph{Spans: typeset.T(b.label), Shape: label, Role: "Span"})
		p.last().Fill(box, b.color)
		p.put(value, item, typeset.Paragraph{Spans: typeset.T(p.words.Number(b.n)), Shape: number, Role: "Span"})
		p.y += max(step, high+p.pt(4))
	}
	p.y += p.pt(10)
}

// room sets the title of a chart, on a new page when it does not fit on this one.
func (p *press) room(tag *pdf.Tag, title string, high length) {
	s := p.heading()
	if p.y+s.Before+s.Leading+s.After+high > p.bottom {
		p.sheet(p.last().foot)
	} else {
		p.y += s.Before
	}
	r := p.area()
	p.y += p.put(pdf.Rect{X: r.X, Y: p.y, W: r.W}, tag, typeset.Paragraph{Spans: typeset.T(title), Shape: s, Role: "H2"}) + p.pt(6)
}

// growth draws the number of members as steps over the years.
func (p *press) growth(tag *pdf.Tag) {
	var steps []chart.Step
	for _, g := range p.net.Growth {
		steps = append(steps, chart.Step{X: g.Year, Value: float64(g.Cities), Label: p.words.Number(g.Cities)})
	}
	if len(steps) < 2 {
		return
	}
	d := chart.Steps(steps, p.net.Edition.AsOf.Year, p.words.Year)
	r := p.area()
	high := length(float64(r.W) * d.Height / d.Width)
	p.room(tag, p.words.T("figures.growth"), high)
	r = p.area()
	at := pdf.Rect{X: r.X, Y: p.y, W: r.W, H: high}
	var said []string
	for _, g := range p.net.Growth {
		said = append(said, p.words.Year(g.Year)+": "+p.words.Number(g.Cities))
	}
	p.last().Drawing(at, p.marks(d), typeset.Figure(tag, p.words.T("figures.growth")+". "+strings.Join(said, "; "), at))
	p.labels(d, at)
	p.y += high + p.pt(10)
}

// marks are the lines and areas of a chart.
func (p *press) marks(d chart.Drawing) vector.Drawing {
	out := vector.Drawing{W: d.Width, H: d.Height}
	strong, weak, white := vector.RGB(p.ink), vector.RGB(p.faint), vector.RGB(p.white)
	for _, m := range d.Marks {
		if m.Path == "" {
			continue
		}
		s := vector.Shape{Path: outline(m.Path)}
		switch class, _, _ := strings.Cut(m.Class, " "); class {
		case "line":
			s.Stroke, s.Width, s.Join = &strong, 3, 0
		case "dot":
			s.Fill, s.Stroke, s.Width = &strong, &white, 1.6
		default:
			s.Stroke, s.Width = &weak, 1
		}
		out.Shapes = append(out.Shapes, s)
	}
	return out
}

// labels are the words of a chart. The figure as a whole says what they say, so
// they are not read again.
func (p *press) labels(d chart.Drawing, at pdf.Rect) {
	s := p.shape(p.fonts.Sans, 6.4, 8, p.muted)
	s.Features, s.RTL = "tnum", false
	for _, m := range d.Marks {
		if m.Path != "" || m.Text == "" {
			continue
		}
		k := s
		if strings.HasPrefix(m.Class, "value") {
			k.Font, k.Color = p.fonts.Strong, p.ink
		}
		w := p.mm(30)
		x := at.X + length(float64(at.W)*m.X/d.Width)
		y := at.Y + length(float64(at.H)*m.Y/d.Height) - k.Leading.Scale(78, 100)
		switch m.Anchor {
		case "middle":
			k.Align, x = typeset.Center, x-w/2
		case "end":
			k.Align, x = typeset.End, x-w
		}
		p.c.Running(p.last().Page, pdf.Rect{X: x, Y: y, W: w}, pdf.Layout, k, m.Text)
	}
}

// matrix counts the practices by field and goal.
func (p *press) matrix(tag *pdf.Tag) {
	counts := map[*derive.Field]map[*derive.Goal]int{}
	for _, f := range p.net.Fields {
		counts[f] = map[*derive.Goal]int{}
	}
	any := false
	for _, x := range p.net.Practices {
		f := leading(x)
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
	s := p.shape(p.fonts.Sans, 6.2, 8, p.ink)
	s.Features, s.NoHyphen = "tnum", true
	strong := s
	strong.Font = p.fonts.Strong
	t := typeset.Table{Head: []typeset.Cell{{Spans: typeset.T(p.words.T("field"))}}, Shape: s, Strong: strong, RowHead: true, Gap: p.mm(.8), Pad: p.pt(2), Line: p.pt(.3), Color: p.faint, Widths: []int{52}}
	for _, g := range p.net.Goals {
		t.Head = append(t.Head, typeset.Cell{Spans: typeset.T(strconv.Itoa(g.Number)), End: true})
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
	p.room(tag, p.words.T("figures.goals"), p.pt(14)*length(len(p.net.Fields)+1))
	p.flow(tag, "", true, 0, t, typeset.Space{Height: p.pt(4)}, typeset.Paragraph{Spans: typeset.T(p.words.T("figures.goals.note")), Shape: p.tiny()})
	p.y += p.pt(14)
	p.goalNames(tag)
}

// goalNames lists the goals that the numbers of the chart stand for.
func (p *press) goalNames(tag *pdf.Tag) {
	s := p.shape(p.fonts.Text, 8.2, 10.8, p.ink)
	s.After = p.pt(3)
	number := p.value()
	number.Leading = s.Leading
	list := typeset.List{Shape: number, Indent: p.mm(7), Gap: p.pt(3)}
	for _, g := range p.net.Goals {
		list.Marks = append(list.Marks, p.words.Year(g.Number))
		list.Items = append(list.Items, []typeset.Block{typeset.Paragraph{Spans: typeset.T(g.Name), Shape: p.sided(s, p.langOf(&g.Goal.Head))}})
	}
	p.columns(2, p.mm(8), tag, list)
}

// leading is the field in whose colours a practice is shown.
func leading(x *derive.Practice) *derive.Field {
	if len(x.Fields) > 0 {
		return x.Fields[0]
	}
	if x.Lead != nil {
		return x.Lead.Field
	}
	return nil
}

// spot is where a work is drawn from.
func spot(c *derive.City) model.Location {
	if c == nil {
		return model.Location{}
	}
	return c.Location
}
