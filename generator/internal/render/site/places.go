package site

import (
	"strings"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/model"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/site/atlas"
	"uccn/generator/internal/render/site/gather"
	"uccn/generator/internal/render/site/linked"
	"uccn/generator/internal/render/site/look"
	"uccn/generator/internal/render/site/phrase"
	"uccn/generator/internal/render/site/view"
	"uccn/generator/internal/render/site/wall"
)

func (m *maker) placeJobs() []job {
	n := m.net
	out := []job{
		m.page("", "home.html", n.Edition.At, func(m *maker, p place) (any, error) { return m.homePage(p), nil }),
		m.page("cities/", "cities.html", diag.Pos{}, func(m *maker, p place) (any, error) { return m.citiesPage(p), nil }),
		m.page("fields/", "fields.html", diag.Pos{}, func(m *maker, p place) (any, error) { return m.fieldsPage(p), nil }),
		m.page("countries/", "countries.html", diag.Pos{}, func(m *maker, p place) (any, error) { return m.countriesPage(p), nil }),
	}
	for _, f := range n.Fields {
		out = append(out, m.page(f.Path, "field.html", f.At, func(m *maker, p place) (any, error) { return m.fieldPage(p, f) }))
	}
	for _, c := range n.Countries {
		out = append(out, m.page(c.Path, "country.html", c.At, func(m *maker, p place) (any, error) { return m.countryPage(p, c) }))
	}
	for _, r := range n.Regions {
		out = append(out, m.page(r.Path, "region.html", r.At, func(m *maker, p place) (any, error) { return m.regionPage(p, r) }))
	}
	return out
}

func (m *maker) homePage(p place) view.HomePage {
	n := m.net
	cities, countries := len(n.Cities), len(n.Countries)
	page := view.HomePage{
		Heading: m.words.T("home.heading", cities), Lead: m.words.T("home.lead", m.words.T("countries", countries), m.words.T("fields", len(n.Fields))),
		Cities: view.Link{Href: p.to(m.path("cities/"))}, MeetingsAll: p.to(m.path("meetings/")),
		Edition: &view.Link{Label: n.Edition.Name, Lang: m.nameLang(&n.Edition.Head), Href: p.to(m.path(n.Edition.Path)), Note: m.prose.Summary(&n.Edition.Head), NoteLang: m.sayLang(&n.Edition.Head)},
	}
	page.Map = view.Given(m.shows(p, "Map"), func() view.Map { return m.maps.World(n.Cities, m.words.T("map.label", cities), nil, false) })
	page.All = view.Given(m.shows(p, "All"), func() []view.CityItem { return m.cities(p, n.Cities, nil) })
	for _, f := range n.Fields {
		page.Fields = append(page.Fields, m.field(p, f))
		page.Shelf = append(page.Shelf, view.Spine{FieldTag: m.field(p, f), Plate: p.to(look.Path(model.Fields, f.ID))})
	}
	if w := n.Wall; w != nil {
		page.Exhibition = view.Link{Href: p.to(m.path(w.Path))}
		page.Works = m.practices(p, wall.Mixed(w.Works, 8))
		for i := range page.Works {
			page.Works[i].Picture.Eager = false // the map stands above them
		}
	}
	page.Counts = m.counts(p)
	last := n.Meetings[max(0, len(n.Meetings)-3):]
	page.Meetings = m.meetings(p, last)
	page.Frame = m.frame(p, pageInfo{title: m.title, description: m.in.Site.DescriptionIn(m.lang), about: func() []linked.Node { return m.linked.Site() }})
	return page
}

// counts are the numbers of the edition, each with the page behind it.
func (m *maker) counts(p place) []view.Link {
	n := m.net
	var out []view.Link
	add := func(key string, count int, path string) {
		if count > 0 {
			out = append(out, view.Link{Label: m.words.Number(count), Note: m.words.T(key, count), Href: p.to(m.path(path))})
		}
	}
	add("count.of.cities", len(n.Cities), "cities/")
	add("count.of.countries", len(n.Countries), "countries/")
	if n.Wall != nil {
		add("count.of.practices", len(n.Practices), n.Wall.Path)
	}
	add("count.of.case-studies", len(n.CaseStudies), "case-studies/")
	return out
}

func (m *maker) citiesPage(p place) view.CitiesPage {
	page := view.CitiesPage{Total: len(m.net.Cities), Groups: m.letters(p), Orders: m.links(p, "cities.by_field", "fields/", "cities.by_country", "countries/", "nav.map", "map/")}
	for _, f := range m.net.Fields {
		page.Fields = append(page.Fields, m.field(p, f))
	}
	for _, r := range m.net.Regions {
		if len(r.Cities) > 0 {
			page.Regions = append(page.Regions, view.Option{ID: r.ID, Label: r.Name, Lang: m.nameLang(&r.Head)})
		}
	}
	page.Head = view.Head{Heading: m.words.T("cities.heading"), Lead: m.words.T("cities.lead", m.words.T("cities", len(m.net.Cities)), m.words.T("countries", len(m.net.Countries))), Crumbs: m.trail(p, m.words.T("nav.cities"))}
	page.Frame = m.frame(p, pageInfo{path: "cities/", section: "cities/", title: m.words.T("cities.heading"), description: page.Lead, crumbs: page.Crumbs, about: func() []linked.Node { return m.linked.Cities("cities/", page.Heading, m.net.Cities) }})
	return page
}

// letters groups the cities, which stand in the language's order, by the first
// letter of their names without its marks.
func (m *maker) letters(p place) []view.CityGroup {
	var out []view.CityGroup
	for _, c := range m.net.Cities {
		l := phrase.Letter(c.Name)
		if len(out) == 0 || out[len(out)-1].Title != l {
			out = append(out, view.CityGroup{ID: "letter-" + strings.ToLower(l), Title: l, Lang: m.cityLang(c)})
		}
		g := &out[len(out)-1]
		g.Cities = append(g.Cities, m.city(p, c, gather.Country(c)))
	}
	return out
}

func (m *maker) fieldsPage(p place) view.FieldsPage {
	var page view.FieldsPage
	for _, f := range m.net.Fields {
		page.Fields = append(page.Fields, view.FieldBand{FieldTag: m.field(p, f), Summary: m.prose.Summary(&f.Head), SummaryLang: m.sayLang(&f.Head), Plate: p.to(look.Path(model.Fields, f.ID)),
			Cities: view.Given(m.shows(p, "Cities"), func() []view.CityItem { return m.cities(p, f.Cities, gather.Country) })})
	}
	page.Head = view.Head{Heading: m.words.T("fields.heading", len(m.net.Fields)), Lead: m.words.T("fields.lead", len(m.net.Cities)), Crumbs: m.trail(p, m.words.T("nav.fields"))}
	page.Frame = m.frame(p, pageInfo{path: "fields/", section: "fields/", title: m.words.T("nav.fields"), description: page.Lead, crumbs: page.Crumbs})
	return page
}

func (m *maker) fieldPage(p place, f *derive.Field) (view.FieldPage, error) {
	body, err := m.prose.Body(p.to, &f.Head)
	if err != nil {
		return view.FieldPage{}, err
	}
	h := &f.Head
	page := view.FieldPage{
		Field: m.field(p, f), CityLabel: f.CityLabel, CityLabelLang: m.textLang(h, "city_label"), Summary: m.prose.Summary(h), Body: body, Picture: m.prose.Hero(p.to, h),
		Sources: m.prose.Sources(h),
		Cities:  m.cities(p, f.Cities, func(c *derive.City) string { return gather.Country(c) + m.comma + m.yearOf(c) }),
		Works:   m.practices(p, f.Practices[:min(8, len(f.Practices))]),
		Facts: []view.Fact{
			{Label: m.words.T("nav.cities"), Value: m.words.Number(len(f.Cities))},
			{Label: m.words.T("nav.countries"), Value: m.words.Number(f.Countries)},
			{Label: m.words.T("field.since"), Value: m.words.Year(f.Since)},
			{Label: m.words.T("practices"), Value: m.words.Number(len(f.Practices))},
		},
	}
	page.Map = view.Given(m.shows(p, "Map"), func() view.Map {
		return m.maps.World(f.Cities, m.words.T("map.label.field", len(f.Cities), f.Name), m.linker(p), true)
	})
	page.WallHref = m.wall(p, "field="+f.ID)
	var studies []*derive.CaseStudy
	for _, s := range m.net.CaseStudies {
		if render.Leading(s.Lead, s.Fields) == f {
			studies = append(studies, s)
		}
	}
	page.CaseStudies = view.Given(m.shows(p, "CaseStudies"), func() []view.Row { return m.caseStudies(p, studies) })
	for _, g := range m.net.Networks {
		for _, q := range g.Query.Fields {
			if q.ID == f.ID {
				page.Networks = append(page.Networks, m.groupRow(p, g))
			}
		}
	}
	page.Head = view.Head{Size: phrase.Size(f.Name), HeadingLang: m.nameLang(h), LeadLang: m.sayLang(h), BodyLang: m.bodyLang(h), Notice: m.notice(p, h, f.Path), Crumbs: m.crumbs(p, f.Name, m.links(p, "nav.fields", "fields/"), h)}
	page.Frame = m.frame(p, pageInfo{record: h, path: f.Path, section: "fields/", title: f.Name, description: page.Summary, class: page.Field.Class, crumbs: page.Crumbs, about: func() []linked.Node { return m.linked.Cities(f.Path, f.Name, f.Cities) }})
	return page, nil
}

// wall is the address of the exhibition with a filter set; without an
// exhibition there is none.
func (m *maker) wall(p place, query string) string {
	if m.net.Wall == nil {
		return ""
	}
	return p.to(m.path(m.net.Wall.Path)) + "?" + query
}

func (m *maker) countriesPage(p place) view.CountriesPage {
	var page view.CountriesPage
	for _, r := range m.net.Regions {
		if len(r.Cities) == 0 {
			continue
		}
		page.Regions = append(page.Regions, view.RegionGroup{ID: r.ID, Label: r.Name, Lang: m.nameLang(&r.Head), Href: p.to(m.path(r.Path)), Note: m.regionCount(r), Countries: m.countryItems(p, r.Countries)})
	}
	page.Head = view.Head{Heading: m.words.T("countries.heading", len(m.net.Countries)), Lead: m.words.T("countries.lead"), Crumbs: m.trail(p, m.words.T("nav.countries"))}
	page.Frame = m.frame(p, pageInfo{path: "countries/", section: "cities/", title: m.words.T("nav.countries"), description: page.Heading + ". " + page.Lead, crumbs: page.Crumbs})
	return page
}

// regionCount says how many cities a region has in how many countries.
func (m *maker) regionCount(r *derive.Region) string {
	return m.words.T("region.counts", m.words.T("cities", len(r.Cities)), m.words.T("countries", len(r.Countries)))
}

func (m *maker) countryItems(p place, cs []*derive.Country) []view.CountryItem {
	var out []view.CountryItem
	for _, c := range cs {
		out = append(out, view.CountryItem{Label: c.Name, Href: p.to(m.path(c.Path)), Shown: m.words.Number(len(c.Cities)),
			Cities: view.Given(m.shows(p, "Cities"), func() []view.CityItem { return m.cities(p, c.Cities, nil) })})
	}
	return out
}

func (m *maker) countryPage(p place, c *derive.Country) (view.CountryPage, error) {
	h := &c.Country.Head
	body, err := m.prose.Body(p.to, h)
	if err != nil {
		return view.CountryPage{}, err
	}
	page := view.CountryPage{Count: len(c.Cities), Fields: m.fieldsOf(p, c.Cities), Body: body, Sources: m.prose.Sources(h), WallHref: m.wall(p, "country="+c.ID)}
	for _, x := range c.Cities {
		f := m.field(p, x.Field)
		page.Cities = append(page.Cities, view.Row{Lead: m.yearOf(x), Title: x.Name, Lang: m.cityLang(x), Sub: x.Field.CityLabel, SubLang: m.textLang(&x.Field.Head, "city_label"), Href: p.to(m.path(x.Path)), Class: f.Class, Pattern: f.Pattern})
	}
	page.Works = view.Given(m.shows(p, "Works"), func() []view.Work { return m.practices(p, gather.Works(c.Cities, 8)) })
	page.CaseStudies = view.Given(m.shows(p, "CaseStudies"), func() []view.Row { return m.caseStudies(p, gather.CaseStudies(c.Cities)) })
	page.Meetings = m.meetings(p, gather.Meetings(c.Cities))
	page.Map = view.Given(m.shows(p, "Map"), func() view.Map {
		return m.maps.Part(atlas.CountryBox(c), c.Cities, m.words.T("map.label.country", len(c.Cities), c.Name), m.linker(p))
	})
	page.Head = view.Head{Heading: c.Name, Size: phrase.Size(c.Name), BodyLang: m.bodyLang(h), Notice: m.notice(p, h, c.Path),
		Lead:   m.words.T("country.lead", len(c.Cities), m.year(gather.FirstYear(c.Cities))),
		Crumbs: append(m.trail(p, "", "nav.countries", "countries/"), view.Link{Label: c.Region.Name, Lang: m.nameLang(&c.Region.Head), Href: p.to(m.path(c.Region.Path))}, view.Link{Label: c.Name})}
	page.Frame = m.frame(p, pageInfo{record: h, path: c.Path, section: "cities/", title: c.Name, description: page.Lead, crumbs: page.Crumbs, about: func() []linked.Node { return m.linked.Cities(c.Path, c.Name, c.Cities) }})
	return page, nil
}

func (m *maker) regionPage(p place, r *derive.Region) (view.RegionPage, error) {
	h := &r.Head
	body, err := m.prose.Body(p.to, h)
	if err != nil {
		return view.RegionPage{}, err
	}
	page := view.RegionPage{Count: len(r.Cities), Fields: m.fieldsOf(p, r.Cities), Body: body, Countries: m.countryItems(p, r.Countries),
		Works: m.practices(p, r.Practices[:min(8, len(r.Practices))]), WallHref: m.wall(p, "region="+r.ID), Sources: m.prose.Sources(h)}
	for _, s := range atlas.Sheets(r) {
		if !m.shows(p, "Maps") {
			break
		}
		page.Maps = append(page.Maps, m.maps.Part(s.Box, s.Cities, m.words.T("map.label.country", len(s.Cities), r.Name), m.linker(p)))
	}
	page.Head = view.Head{Heading: r.Name, Size: phrase.Size(r.Name), HeadingLang: m.nameLang(h), BodyLang: m.bodyLang(h), Notice: m.notice(p, h, r.Path),
		Lead: m.regionCount(r), Crumbs: m.crumbs(p, r.Name, m.links(p, "nav.countries", "countries/"), h)}
	page.Frame = m.frame(p, pageInfo{record: h, path: r.Path, section: "cities/", title: r.Name, description: r.Name + ": " + page.Lead, crumbs: page.Crumbs, about: func() []linked.Node { return m.linked.Cities(r.Path, r.Name, r.Cities) }})
	return page, nil
}
