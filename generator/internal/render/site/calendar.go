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
	due, submitted, missed := map[int][]*derive.City{}, map[int][]*derive.City{}, map[int][]*derive.City{}
	for _, c := range m.net.Cities {
		if c.ReportDue > 0 {
			due[c.ReportDue] = append(due[c.ReportDue], c)
		}
		if c.ReportMissed > 0 {
			missed[c.ReportMissed] = append(missed[c.ReportMissed], c)
		}
		last := 0
		for _, r := range c.Reports {
			if y := r.Submitted.Year; y > 0 && y != last {
				submitted[y] = append(submitted[y], c)
				last = y
			}
		}
	}
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
	add("due", due, false)
	add("submitted", submitted, true)
	add("missed", missed, true)
	return out
}
