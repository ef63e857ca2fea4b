package epub

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"uccn/generator/internal/chart"
	"uccn/generator/internal/derive"
	"uccn/generator/internal/render"
	"uccn/generator/internal/worldmap"
)

// figures is the chapter of counts: the map, and charts that are tables.
func (m *maker) figures() {
	n, w := m.net, m.words
	var counts markup
	for _, v := range []struct {
		n   int
		key string
	}{{len(n.Cities), "count.of.cities"}, {len(n.Countries), "count.of.countries"}, {len(n.Practices), "count.of.practices"}, {len(n.CaseStudies), "count.of.case-studies"}} {
		counts = join(counts, el("li", nil, el("b", nil, text(w.Number(v.n))), " ", text(w.T(v.key, v.n))))
	}
	body := []markup{
		el("ul", attrs{"class", "counts"}, counts), m.mapOf("img/map.svg", n.Cities, w.T("map.label", len(n.Cities))),
		el("p", attrs{"class", "small"}, text(w.T("map.disclaimer"))),
	}
	var fields, regions, countries []bar
	for _, f := range n.Fields {
		fields = append(fields, bar{f.Name, "c-" + f.ID, len(f.Cities)})
	}
	for _, r := range n.Regions {
		regions = append(regions, bar{r.Name, "", len(r.Cities)})
	}
	most := slices.Clone(n.Countries)
	slices.SortStableFunc(most, func(a, b *derive.Country) int { return len(b.Cities) - len(a.Cities) })
	for i, c := range most {
		if i >= 12 && len(c.Cities) != len(most[11].Cities) || len(c.Cities) < 2 {
			break
		}
		countries = append(countries, bar{c.Name, "", len(c.Cities)})
	}
	body = append(body, m.bars("figures.fields", "field", fields), m.bars("figures.regions", "region", regions), m.growth(), m.bars("figures.countries", "country", countries), m.matrix())
	m.chapter("figures.xhtml", w.T("book.figures"), "chapter", body...)
}

// mapOf is the map of the world with some cities on it, moved apart a little. It
// is a picture: what it says stands in the lists and tables beside it.
func (m *maker) mapOf(path string, cities []*derive.City, label string) markup {
	sorted := slices.Clone(cities)
	slices.SortFunc(sorted, func(a, b *derive.City) int { return strings.Compare(a.ID, b.ID) })
	dots := make([]worldmap.Dot, len(sorted))
	for i, c := range sorted {
		x, y, _ := m.world.Place(c.Location.Lat, c.Location.Lon)
		dots[i] = worldmap.Dot{X: x, Y: y}
	}
	gap := max(4.6, min(9, 6.6*math.Sqrt(220/float64(max(len(dots), 1)))))
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="104 16 812 412" width="812" height="412"><path fill="#fff" d="M104 16h812v412h-812z"/><path fill="none" stroke="#9aa3ab" stroke-width=".9" d="%s"/>`, m.world.Land)
	for i, at := range m.in.Land.Apart(dots, gap) {
		fmt.Fprintf(&b, `<circle cx="%s" cy="%s" r="%s" fill="%s"/>`, short1(at.X), short1(at.Y), short1(gap*.46), m.palette(sorted[i].Field).Solid)
	}
	b.WriteString("</svg>")
	m.seen(label, false)
	return el("p", attrs{"class", "map"}, el("img", attrs{"src", m.drawing(path, []byte(b.String())), "alt", label, "width", "812", "height", "412"}))
}

// short1 writes a number with at most one decimal.
func short1(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64) }

// A bar is a row of a bar chart.
type bar struct {
	label, class string
	n            int
}

// bars is a table whose rows have bars.
func (m *maker) bars(title, what string, bars []bar) markup {
	if len(bars) == 0 {
		return ""
	}
	top := 1
	for _, b := range bars {
		top = max(top, b.n)
	}
	w := m.words
	head := el("thead", nil, el("tr", nil, el("th", attrs{"scope", "col"}, text(w.T(what))), el("th", attrs{"scope", "col", "class", "n"}, text(w.T("nav.cities")))))
	var rows markup
	for _, b := range bars {
		svg := el("svg", attrs{"xmlns", "http://www.w3.org/2000/svg", "class", "bar", "viewBox", fmt.Sprintf("0 0 %d 1", top), "preserveAspectRatio", "none", "aria-hidden", "true", "focusable", "false"},
			markup(chart.Bar(float64(b.n), float64(top))))
		rows = join(rows, el("tr", attrs{"class", b.class}, el("th", attrs{"scope", "row"}, text(b.label), svg), el("td", attrs{"class", "n"}, text(w.Number(b.n)))))
	}
	return join(el("h2", nil, text(w.T(title))), el("table", attrs{"class", "bars"}, head, el("tbody", nil, rows)))
}

// growth draws the number of members as steps over the years, and says it in a
// table.
func (m *maker) growth() markup {
	w := m.words
	var steps []chart.Step
	var rows markup
	for _, g := range m.net.Growth {
		steps = append(steps, chart.Step{X: g.Year, Value: float64(g.Cities), Label: w.Number(g.Cities)})
		rows = join(rows, el("tr", nil, el("th", attrs{"scope", "row"}, text(w.Year(g.Year))), el("td", attrs{"class", "n"}, text(w.Number(g.Joined))), el("td", attrs{"class", "n"}, text(w.Number(g.Cities)))))
	}
	if len(steps) < 2 {
		return ""
	}
	d := chart.Steps(steps, m.net.Edition.AsOf.Year, w.Year)
	room := fmt.Sprintf("-26 -16 %g %g", d.Width+38, d.Height+26) // letters on a phone are larger than those of the drawing
	svg := el("svg", attrs{"xmlns", "http://www.w3.org/2000/svg", "viewBox", room, "class", "chart", "aria-hidden", "true", "focusable", "false"}, markup(d.SVG()))
	head := el("tr", nil, el("th", attrs{"scope", "col"}, text(w.T("year"))), el("th", attrs{"scope", "col", "class", "n"}, text(w.T("figures.joined"))), el("th", attrs{"scope", "col", "class", "n"}, text(w.T("nav.cities"))))
	return join(el("h2", nil, text(w.T("figures.growth"))), svg, el("table", attrs{"class", "plain"}, el("thead", nil, head), el("tbody", nil, rows)))
}

// matrix counts the practices by goal and field: the fields have their marks
// at the head of narrow columns, so that it fits a phone.
func (m *maker) matrix() markup {
	counts := map[string]int{}
	for _, x := range m.net.Practices {
		if f := render.Leading(x.Lead, x.Fields); f != nil {
			for _, g := range x.Goals {
				counts[f.ID+" "+g.ID]++
			}
		}
	}
	if len(counts) == 0 {
		return ""
	}
	w := m.words
	head := []markup{el("th", attrs{"scope", "col"}, text(w.T("goals")))}
	for _, f := range m.net.Fields {
		head = append(head, el("th", attrs{"scope", "col", "class", "n c-" + f.ID}, sign(f), el("span", attrs{"class", "unseen"}, text(f.Name))))
	}
	var rows markup
	for _, g := range m.net.Goals {
		row := []markup{el("th", attrs{"scope", "row"}, text(w.Year(g.Number)+"\u00a0"+g.Name))}
		some := false
		for _, f := range m.net.Fields {
			cell := "·"
			if n := counts[f.ID+" "+g.ID]; n > 0 {
				cell, some = w.Number(n), true
			}
			row = append(row, el("td", attrs{"class", "n"}, text(cell)))
		}
		if some {
			rows = join(rows, el("tr", nil, row...))
		}
	}
	return join(el("h2", nil, text(w.T("figures.goals"))), el("p", attrs{"class", "small"}, text(w.T("figures.goals.note"))), el("table", attrs{"class", "matrix"}, el("thead", nil, el("tr", nil, head...)), el("tbody", nil, rows)))
}
