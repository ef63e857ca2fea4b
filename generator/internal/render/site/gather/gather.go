// Package gather collects what belongs to several cities, or to a goal, from
// their own records.
package gather

import (
	"slices"
	"strings"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/model"
)

// Cities are the cities that name a goal, or have a practice or a case
// study that does, in the network's order.
func Cities(g *derive.Goal) []*derive.City {
	seen := map[*derive.City]bool{}
	var out []*derive.City
	add := func(cs []*derive.City) {
		for _, c := range cs {
			if !seen[c] && c.Path != "" {
				seen[c] = true
				out = append(out, c)
			}
		}
	}
	add(g.Cities)
	for _, w := range g.Practices {
		add(w.Cities)
	}
	for _, s := range g.CaseStudies {
		add(s.Cities)
	}
	slices.SortFunc(out, func(a, b *derive.City) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// FirstYear is the earliest year in which one of some cities was designated.
func FirstYear(cs []*derive.City) int {
	y := cs[0].Designated.Year
	for _, c := range cs {
		y = min(y, c.Designated.Year)
	}
	return y
}

// Works returns up to k practices of some cities, each once.
func Works(cs []*derive.City, k int) []*derive.Practice {
	out := once(cs, func(c *derive.City) []*derive.Practice { return c.Practices })
	return out[:min(k, len(out))]
}

// CaseStudies are those of some cities, each once.
func CaseStudies(cs []*derive.City) []*derive.CaseStudy {
	return once(cs, func(c *derive.City) []*derive.CaseStudy { return c.CaseStudies })
}

// Meetings are those that some cities have hosted, each once, by their number.
func Meetings(cs []*derive.City) []*derive.Meeting {
	out := once(cs, func(c *derive.City) []*derive.Meeting { return c.Meetings })
	slices.SortFunc(out, func(a, b *derive.Meeting) int { return a.Number - b.Number })
	return out
}

// once joins what f gives for each city and drops what came before.
func once[T comparable](cs []*derive.City, f func(*derive.City) []T) []T {
	var out []T
	seen := map[T]bool{}
	for _, c := range cs {
		for _, v := range f(c) {
			if !seen[v] {
				seen[v] = true
				out = append(out, v)
			}
		}
	}
	return out
}

// Records calls f for every record that has a page.
func Records(n *derive.Network, f func(h *model.Head, path string)) {
	call := func(h *model.Head, path string) {
		if path != "" {
			f(h, path)
		}
	}
	for _, x := range n.Cities {
		call(&x.City.Head, x.Path)
	}
	for _, x := range n.Fields {
		call(&x.Head, x.Path)
	}
	for _, x := range n.Regions {
		call(&x.Head, x.Path)
	}
	for _, x := range n.Countries {
		call(&x.Country.Head, x.Path)
	}
	for _, x := range n.Goals {
		call(&x.Head, x.Path)
	}
	for _, x := range n.Practices {
		call(&x.Head, x.Path)
	}
	for _, x := range n.CaseStudies {
		call(&x.Head, x.Path)
	}
	for _, x := range n.Meetings {
		call(&x.Head, x.Path)
	}
	for _, x := range n.Exhibitions {
		call(&x.Head, x.Path)
	}
	for _, x := range n.Editions {
		call(&x.Head, x.Path)
	}
	for _, x := range n.Networks {
		call(&x.Head, x.Path)
	}
	for _, x := range n.Pages {
		call(&x.Head, x.Path)
	}
	for _, x := range n.News {
		call(&x.Head, x.Path)
	}
}

// Country names the country of a city; "" without one.
func Country(c *derive.City) string {
	if c.Country == nil {
		return ""
	}
	return c.Country.Name
}

// Reports are cities by the years of their monitoring reports.
type Reports struct {
	Due       map[int][]*derive.City // to come
	Submitted map[int][]*derive.City // in the records
	Missed    map[int][]*derive.City // were due, and the records know nothing of them
}

// ReportsOf sorts cities by the years of their monitoring reports.
func ReportsOf(cities []*derive.City) Reports {
	out := Reports{map[int][]*derive.City{}, map[int][]*derive.City{}, map[int][]*derive.City{}}
	for _, c := range cities {
		if c.ReportDue > 0 {
			out.Due[c.ReportDue] = append(out.Due[c.ReportDue], c)
		}
		if c.ReportMissed > 0 {
			out.Missed[c.ReportMissed] = append(out.Missed[c.ReportMissed], c)
		}
		last := 0
		for _, r := range c.Reports {
			if y := r.Submitted.Year; y > 0 && y != last {
				out.Submitted[y] = append(out.Submitted[y], c)
				last = y
			}
		}
	}
	return out
}
