// Package charts counts the network and draws the counts: each chart with its
// table, or a table that is the chart.
package charts

import (
	"html/template"
	"slices"
	"strconv"

	"uccn/generator/internal/chart"
	"uccn/generator/internal/derive"
	"uccn/generator/internal/model"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/site/view"
	"uccn/generator/internal/theme"
)

// A Writer draws for one page.
type Writer struct {
	Net   *derive.Network
	Words *theme.Words
	Lang  func(*model.Head) string  // the language of a record's name, where it is not the page's
	City  func(*derive.City) string // the language of a city's name, where it is in another script
	Href  func(path string) string  // the address of a page of the network
}

// Growth is the number of members after each round.
func (w Writer) Growth() view.Chart {
	var steps []chart.Step
	t := view.Table{Head: []string{w.Words.T("year"), w.Words.T("figures.joined"), w.Words.T("nav.cities"), w.Words.T("nav.countries")}}
	for _, g := range w.Net.Growth {
		steps = append(steps, chart.Step{X: g.Year, Value: float64(g.Cities), Label: w.Words.Number(g.Cities)})
		t.Rows = append(t.Rows, []view.Text{{Words: w.Words.Year(g.Year)}, {Words: w.Words.Number(g.Joined)}, {Words: w.Words.Number(g.Cities)}, {Words: w.Words.Number(g.Countries)}})
	}
	d := chart.Steps(steps, w.Net.Edition.AsOf.Year, w.Words.Year)
	return view.Chart{ViewBox: d.ViewBox(), Marks: template.HTML(d.SVG()), Table: t}
}

// bars finishes a table of bars: top is the largest value.
func (w Writer) bars(key, head string, top int, rows []view.BarRow) view.Bars {
	b := view.Bars{Title: w.Words.T(key), Caption: w.Words.T(key), Head: head, Unit: w.Words.T("nav.cities"), ViewBox: "0 0 " + strconv.Itoa(max(1, top)) + " 1", Rows: rows}
	if note := key + ".note"; w.Words.Has(note) {
		b.Note = w.Words.T(note)
	}
	return b
}

func (w Writer) bar(label, href, class string, n, top int) view.BarRow {
	return view.BarRow{Label: label, Href: href, Class: class, Value: w.Words.Number(n), Bar: template.HTML(chart.Bar(float64(n), float64(top)))}
}

// FieldBars counts the cities of each field.
func (w Writer) FieldBars() view.Bars {
	top := 0
	for _, f := range w.Net.Fields {
		top = max(top, len(f.Cities))
	}
	var rows []view.BarRow
	for _, f := range w.Net.Fields {
		row := w.bar(f.Name, w.Href(f.Path), "f-"+f.ID, len(f.Cities), top)
		row.Lang = w.Lang(&f.Head)
		rows = append(rows, row)
	}
	return w.bars("figures.fields", w.Words.T("field"), top, rows)
}

// RegionBars counts the cities of each region.
func (w Writer) RegionBars() view.Bars {
	top := 0
	for _, r := range w.Net.Regions {
		top = max(top, len(r.Cities))
	}
	var rows []view.BarRow
	for _, r := range w.Net.Regions {
		row := w.bar(r.Name, w.Href(r.Path), "", len(r.Cities), top)
		row.Lang = w.Lang(&r.Head)
		rows = append(rows, row)
	}
	return w.bars("figures.regions", w.Words.T("region"), top, rows)
}

// JoinedBars counts the cities that joined in each year.
func (w Writer) JoinedBars() view.Bars {
	top := 0
	for _, g := range w.Net.Growth {
		top = max(top, g.Joined)
	}
	var rows []view.BarRow
	for _, g := range w.Net.Growth {
		rows = append(rows, w.bar(w.Words.Year(g.Year), "", "", g.Joined, top))
	}
	return w.bars("figures.years", w.Words.T("year"), top, rows)
}

// CountryBars shows the fifteen countries with the most cities, and those that
// have as many as the fifteenth.
func (w Writer) CountryBars() view.Bars {
	cs := slices.Clone(w.Net.Countries)
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
		return view.Bars{}
	}
	top := len(cs[0].Cities)
	var rows []view.BarRow
	for _, c := range cs {
		rows = append(rows, w.bar(c.Name, w.Href(c.Path), "", len(c.Cities), top))
	}
	b := w.bars("figures.countries", w.Words.T("country"), top, rows)
	b.Note = w.Words.T("figures.countries.least", len(cs[len(cs)-1].Cities))
	return b
}

// Matrix counts the practices by field and goal.
func (w Writer) Matrix() view.Matrix {
	out := view.Matrix{Caption: w.Words.T("figures.goals"), Head: w.Words.T("field")}
	counts := map[*derive.Field]map[*derive.Goal]int{}
	most := 0
	for _, x := range w.Net.Practices {
		f := render.Leading(x.Lead, x.Fields)
		if counts[f] == nil {
			counts[f] = map[*derive.Goal]int{}
		}
		for _, g := range x.Goals {
			counts[f][g]++
			most = max(most, counts[f][g])
		}
	}
	for _, g := range w.Net.Goals {
		out.Columns = append(out.Columns, view.Link{Label: strconv.Itoa(g.Number), Note: g.Name, NoteLang: w.Lang(&g.Head), Href: w.Href(g.Path)})
	}
	for _, f := range w.Net.Fields {
		row := view.MatrixRow{Label: f.Name, Lang: w.Lang(&f.Head), Href: w.Href(f.Path), Class: "f-" + f.ID}
		for _, g := range w.Net.Goals {
			c := view.MatrixCell{Level: chart.Level(counts[f][g], most)}
			if counts[f][g] > 0 {
				c.Value = w.Words.Number(counts[f][g])
			}
			row.Cells = append(row.Cells, c)
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}
