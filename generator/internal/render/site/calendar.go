package site

import (
	"maps"
	"slices"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/render/site/gather"
	"uccn/generator/internal/render/site/view"
)

// calendar lists the monitoring reports of the member cities: those that will be
// due, year by year, those that are in the records, the newest first, and those
// that were due of which the records know nothing.
func (m *maker) calendar(p place) []view.CityGroup {
	r := gather.ReportsOf(m.net.Cities)
	var out []view.CityGroup
	add := func(key string, by map[int][]*derive.City, newestFirst bool) {
		years := slices.Sorted(maps.Keys(by))
		if newestFirst {
			slices.Reverse(years)
		}
		for _, y := range years {
			out = append(out, view.CityGroup{ID: key + "-" + m.words.Year(y), Title: m.words.T("calendar."+key, m.words.Year(y)), Note: m.words.T("cities", len(by[y])), Cities: m.cities(p, by[y], gather.Country)})
		}
	}
	add("due", r.Due, false)
	add("submitted", r.Submitted, true)
	add("missed", r.Missed, true)
	return out
}
