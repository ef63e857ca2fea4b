package charts

import (
	"cmp"
	"html/template"
	"slices"

	"uccn/generator/internal/chart"
	"uccn/generator/internal/derive"
	"uccn/generator/internal/model"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/site/view"
)

// most is how many cities a circle can name.
const most = 120

// shared is what several members do together: a practice, a case study or a
// cooperation.
type shared struct {
	title, lang, href string
	class             string
	cities            []*derive.City
}

// shares lists what two members or more do together: what joins the most first.
func (w Writer) shares() []shared {
	var out []shared
	add := func(s shared, lead *derive.City, fields []*derive.Field, cities []*derive.City) {
		for _, c := range cities {
			if c.Path != "" {
				s.cities = append(s.cities, c)
			}
		}
		if f := render.Leading(lead, fields); f != nil {
			s.class = "f-" + f.ID
		}
		if len(s.cities) > 1 {
			out = append(out, s)
		}
	}
	record := func(h *model.Head, path string) shared {
		return shared{title: h.Name, lang: w.Lang(h), href: w.Href(path)}
	}
	for _, p := range w.Net.Practices {
		add(record(&p.Head, p.Path), p.Lead, p.Fields, p.Cities)
	}
	for _, s := range w.Net.CaseStudies {
		add(record(&s.Head, s.Path), s.Lead, s.Fields, s.Cities)
	}
	for _, c := range w.Net.Cities {
		for _, k := range c.Cooperates {
			if c.ID < k.City.ID {
				s := shared{title: cmp.Or(k.Topic, w.Words.T("city.cooperation"))}
				if k.Topic != "" && k.Lang != w.Words.Lang {
					s.lang = k.Lang
				}
				add(s, c, []*derive.Field{c.Field}, []*derive.City{c, k.City})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b shared) int { return len(b.cities) - len(a.cities) })
	return out
}

// Ties draws who works with whom: the cities by region on a circle, and inside
// it what they share. What joins three cities or more has a number, by which the
// list names it.
func (w Writer) Ties() view.Ties {
	shares := w.shares()
	cities := w.tied(shares)
	index := map[*derive.City]int{}
	nodes := make([]chart.Node, len(cities))
	for i, c := range cities {
		index[c] = i
		nodes[i] = chart.Node{Label: c.Name, Class: "f-" + c.Field.ID, Group: slices.Index(w.Net.Regions, c.Region), Lang: w.City(c)}
	}
	out := view.Ties{Table: view.Table{Head: []string{w.Words.T("figures.shared"), w.Words.T("nav.cities")}}}
	hubs := make([]chart.Hub, len(shares))
	for i, s := range shares {
		hubs[i] = chart.Hub{Label: w.Words.Number(i + 1), Class: s.class}
		var names []string
		for _, c := range s.cities {
			names = append(names, c.Name)
			if at, ok := index[c]; ok {
				hubs[i].Ends = append(hubs[i].Ends, at)
			}
		}
		if len(s.cities) > 2 {
			out.Hubs = append(out.Hubs, view.Link{Label: s.title, Lang: s.lang, Href: s.href, Note: w.Words.T("cities", len(s.cities))})
		}
		out.Table.Rows = append(out.Table.Rows, []view.Text{{Words: s.title, Lang: s.lang}, {Words: w.Words.List(names)}})
	}
	if len(shares) == 0 {
		return view.Ties{}
	}
	d := chart.Graph(nodes, hubs)
	out.ViewBox, out.Marks = d.ViewBox(), template.HTML(d.SVG())
	return out
}

// tied are the cities that share something, by region and name; those that share
// the most, when they are more than a circle can name.
func (w Writer) tied(shares []shared) []*derive.City {
	counts := map[*derive.City]int{}
	for _, s := range shares {
		for _, c := range s.cities {
			counts[c]++
		}
	}
	var out []*derive.City
	for _, c := range w.Net.Cities { // by name
		if counts[c] > 0 {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b *derive.City) int { return counts[b] - counts[a] })
	out = out[:min(most, len(out))]
	rank := map[*derive.City]int{}
	for i, c := range w.Net.Cities {
		rank[c] = i
	}
	slices.SortFunc(out, func(a, b *derive.City) int {
		return cmp.Or(slices.Index(w.Net.Regions, a.Region)-slices.Index(w.Net.Regions, b.Region), rank[a]-rank[b])
	})
	return out
}
