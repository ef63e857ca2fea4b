package site

import (
	"uccn/generator/internal/render/site/atlas"
	"uccn/generator/internal/render/site/charts"
	"uccn/generator/internal/render/site/view"
)

func (m *maker) mapPage(p place) view.MapPage {
	n := m.net
	page := view.MapPage{Fields: m.fieldsOf(p, n.Cities)}
	page.World = view.Given(m.shows(p, "World"), func() view.Map {
		return m.maps.World(n.Cities, m.words.T("map.label", len(n.Cities)), m.linker(p), false)
	})
	for _, r := range n.Regions {
		if !m.shows(p, "Parts") {
			break
		}
		for _, s := range atlas.Sheets(r) {
			part := view.MapPart{ID: "map-" + r.ID, Title: r.Name, Lang: m.nameLang(&r.Head), Href: p.to(m.path(r.Path)), Shown: m.words.Number(len(s.Cities)), Cities: m.cities(p, s.Cities, nil), Big: len(s.Cities) > atlas.Crowd}
			if s.ID != "" {
				part.ID, part.Title, part.Lang = "map-"+s.ID, m.words.T("map."+s.ID), ""
			}
			for _, other := range page.Parts {
				if other.ID == part.ID {
					part.ID += "-more"
				}
			}
			part.Map = m.maps.Part(s.Box, s.Cities, m.words.T("map.label.country", len(s.Cities), part.Title), m.linker(p))
			page.Parts = append(page.Parts, part)
		}
	}
	page.Head = view.Head{Heading: m.words.T("map.heading"), Lead: m.words.T("map.lead"), Crumbs: m.trail(p, m.words.T("nav.map"))}
	page.Frame = m.frame(p, pageInfo{path: "map/", section: "map/", title: m.words.T("nav.map"), description: page.Lead, crumbs: page.Crumbs})
	return page
}

// charts draws for the page at p.
func (m *maker) charts(p place) charts.Writer {
	return charts.Writer{Net: m.net, Words: m.words, Lang: m.nameLang, City: m.cityLang, Href: func(path string) string { return p.to(m.path(path)) }}
}

func (m *maker) figuresPage(p place) view.FiguresPage {
	n, w := m.net, m.charts(p)
	page := view.FiguresPage{Growth: w.Growth(), Matrix: w.Matrix(), Graph: w.Ties(), GrowthNote: m.words.T("figures.growth.note", len(n.Cities), m.year(n.Edition.AsOf.Year))}
	page.Bars = []view.Bars{w.FieldBars(), w.RegionBars(), w.JoinedBars(), w.CountryBars()}
	if m.in.Site.Makes("data") {
		page.Downloads = m.links(p, "nav.data", "data/")
	}
	page.Head = view.Head{Heading: m.words.T("figures.heading"), Lead: m.words.T("figures.lead"), Crumbs: m.trail(p, m.words.T("nav.figures"))}
	page.Frame = m.frame(p, pageInfo{path: "figures/", section: "figures/", title: m.words.T("nav.figures"), description: page.Lead, crumbs: page.Crumbs})
	return page
}
