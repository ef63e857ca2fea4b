// Package wall chooses and sorts the works of an exhibition.
package wall

import (
	"strconv"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/model"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/site/view"
	"uccn/generator/internal/theme"
)

// Mixed chooses k works so that neighbours differ in field: the first of each
// field, then the second of each, and so on.
func Mixed(works []*derive.Practice, k int) []*derive.Practice {
	var order []*derive.Field
	by := map[*derive.Field][]*derive.Practice{}
	for _, w := range works {
		f := render.Leading(w.Lead, w.Fields)
		if by[f] == nil {
			order = append(order, f)
		}
		by[f] = append(by[f], w)
	}
	var out []*derive.Practice
	for round := 0; len(out) < min(k, len(works)); round++ {
		for _, f := range order {
			if round < len(by[f]) && len(out) < k {
				out = append(out, by[f][round])
			}
		}
	}
	return out
}

// Loose returns the works that no room asked for.
func Loose(x *derive.Exhibition) []*derive.Practice {
	var out []*derive.Practice
	for _, w := range x.Works {
		if w.Room == nil {
			out = append(out, w)
		}
	}
	return out
}

// Choices are the filters of the wall that need a script, each with what its
// works have. lang is the language of a record's name, where it is not the
// page's.
func Choices(n *derive.Network, x *derive.Exhibition, words *theme.Words, lang func(*model.Head) string) []view.Choice {
	region := view.Choice{Name: "region", Title: words.T("region")}
	country := view.Choice{Name: "country", Title: words.T("country")}
	goal := view.Choice{Name: "goal", Title: words.T("goal")}
	when := view.Choice{Name: "year", Title: words.T("year")}
	theme := view.Choice{Name: "theme", Title: words.T("theme")}
	has := map[string]bool{}
	years := map[int]bool{}
	for _, w := range x.Works {
		for _, r := range w.Regions {
			has["r"+r.ID] = true
		}
		for _, c := range w.Countries {
			has["c"+c.ID] = true
		}
		for _, g := range w.Goals {
			has["g"+g.ID] = true
		}
		for _, t := range w.Themes {
			has["t"+t.ID] = true
		}
		years[w.When()] = true
	}
	for _, r := range n.Regions {
		add(&region, has["r"+r.ID], r.ID, r.Name, lang(&r.Head))
	}
	for _, c := range n.Countries {
		add(&country, has["c"+c.ID], c.ID, c.Name, "")
	}
	for _, g := range n.Goals {
		add(&goal, has["g"+g.ID], g.ID, strconv.Itoa(g.Number)+" "+g.Name, lang(&g.Head))
	}
	for _, t := range n.Themes {
		add(&theme, has["t"+t.ID], t.ID, t.Name, lang(&t.Head))
	}
	for y := 2100; y > 1900; y-- {
		add(&when, years[y], strconv.Itoa(y), strconv.Itoa(y), "")
	}
	return []view.Choice{region, country, goal, theme, when}
}

// add puts an option on a filter when some work has it.
func add(c *view.Choice, there bool, id, label, lang string) {
	if there {
		c.Options = append(c.Options, view.Option{ID: id, Label: label, Lang: lang})
	}
}
