package site

import (
	"uccn/generator/internal/derive"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/render/site/gather"
	"uccn/generator/internal/render/site/linked"
	"uccn/generator/internal/render/site/phrase"
	"uccn/generator/internal/render/site/view"
)

func (m *maker) editionsPage(p place) view.ListPage {
	page := view.ListPage{Groups: []view.RowGroup{{Title: m.words.T("nav.editions"), Rows: m.editionRows(p)}}}
	page.Head = view.Head{Heading: m.words.T("editions.heading"), Lead: m.words.T("editions.lead"), Crumbs: m.trail(p, m.words.T("nav.editions"))}
	page.Frame = m.frame(p, pageInfo{path: "editions/", title: m.words.T("editions.heading"), description: page.Lead, crumbs: page.Crumbs})
	return page
}

// editionRows lists the editions, the newest first.
func (m *maker) editionRows(p place) []view.Row {
	var out []view.Row
	for i := len(m.net.Editions) - 1; i >= 0; i-- {
		e := m.net.Editions[i]
		out = append(out, view.Row{Lead: m.words.Year(e.Year), Title: e.Name, Lang: m.nameLang(&e.Head), Sub: m.editionCount(e), Href: p.to(m.path(e.Path))})
	}
	return out
}

// editionCount says how many cities an edition has in how many countries.
func (m *maker) editionCount(e *derive.Edition) string {
	return m.words.T("edition.count", e.Cities, m.words.T("countries", e.Countries))
}

func (m *maker) editionPage(p place, e *derive.Edition) (view.EditionPage, error) {
	h := &e.Head
	body, err := m.prose.Body(p.to, h)
	if err != nil {
		return view.EditionPage{}, err
	}
	page := view.EditionPage{Downloads: m.bookFiles(p, e), Body: body, Sources: m.prose.Sources(h), Changes: m.editionChanges(p, e), Imprint: m.imprint(e)}
	page.Counts = []view.Link{
		{Label: m.words.Number(e.Cities), Note: m.words.T("count.of.cities", e.Cities)},
		{Label: m.words.Number(e.Countries), Note: m.words.T("count.of.countries", e.Countries)},
	}
	if e == m.net.Edition {
		page.Counts = m.counts(p)
	}
	lead, leadLang := e.Subtitle, m.textLang(h, "subtitle")
	if lead == "" {
		lead, leadLang = m.editionCount(e), ""
	}
	page.Head = view.Head{Heading: e.Name, Size: phrase.Size(e.Name), Lead: lead, HeadingLang: m.nameLang(h), LeadLang: leadLang, BodyLang: m.bodyLang(h), Notice: m.notice(p, h, e.Path),
		Crumbs: m.crumbs(p, e.Name, m.links(p, "nav.editions", "editions/"), h)}
	page.Frame = m.frame(p, pageInfo{record: h, path: e.Path, section: "editions/", title: e.Name, description: lead + ". " + m.words.T("edition.as_of", m.words.Date(e.AsOf)), crumbs: page.Crumbs})
	return page, nil
}

// editionChanges tells what is different from the edition before.
func (m *maker) editionChanges(p place, e *derive.Edition) []view.CityGroup {
	var out []view.CityGroup
	if e.Previous == nil {
		if e != m.net.Edition {
			return []view.CityGroup{{Title: m.words.T("cities", len(e.New)), Cities: m.everyCity(p, e.New)}}
		}
		return nil
	}
	add := func(key string, cs []view.CityItem) {
		if len(cs) > 0 {
			out = append(out, view.CityGroup{Title: m.words.T(key, len(cs)), Note: m.words.T("edition.since", e.Previous.Name), Cities: cs})
		}
	}
	add("edition.new", m.everyCity(p, e.New))
	add("edition.left", m.everyCity(p, e.Left))
	var moved, renamed []view.CityItem
	for _, x := range e.Moved {
		it := m.everyCity(p, []*derive.City{x.City})[0]
		if x.From != nil && x.To != nil {
			it.Field, it.Note = m.tag(p, x.To), m.words.T("edition.moved.how", x.From.Name, x.To.Name)
		}
		moved = append(moved, it)
	}
	for _, x := range e.Renamed {
		it := view.CityItem{Name: x.To, Note: m.words.T("edition.renamed.how", x.From), Field: m.none()}
		if x.Path != "" {
			it.Href = p.to(m.path(x.Path))
		}
		renamed = append(renamed, it)
	}
	add("edition.moved", moved)
	add("edition.renamed", renamed)
	return out
}

// everyCity lists cities with their countries; those without a page in this
// edition are named only.
func (m *maker) everyCity(p place, cs []*derive.City) []view.CityItem {
	out := make([]view.CityItem, len(cs))
	for i, c := range cs {
		out[i] = m.city(p, c, gather.Country(c))
		if c.Path == "" {
			out[i].Href = ""
		}
	}
	return out
}

func (m *maker) imprint(e *derive.Edition) []view.Fact {
	var out []view.Fact
	add := func(key, value, lang string) {
		if value != "" {
			out = append(out, view.Fact{Label: m.words.T(key), Value: value, Lang: lang})
		}
	}
	add("edition.date", m.words.Date(e.AsOf), "")
	add("edition.publisher", e.Publisher, "")
	add("edition.isbn", e.ISBN, "")
	add("edition.licence", e.Licence, m.textLang(&e.Head, "licence"))
	for i, c := range e.Credits {
		if c.Role != "" && c.Name != "" {
			out = append(out, view.Fact{Label: c.Role, LabelLang: m.textLang(&e.Head, within("credits", i, "role")), Value: c.Name})
		}
	}
	add("edition.note", e.ProvenanceNote, m.textLang(&e.Head, "provenance_note"))
	return out
}

// shelfJobs are the pages that lead to what other outputs make, and the page
// that stands where none is.
func (m *maker) shelfJobs() []job {
	out := []job{
		m.page("booklet/", "booklet.html", diag.Pos{}, func(m *maker, p place) (any, error) { return m.bookletPage(p), nil }),
		m.page("data/", "data.html", diag.Pos{}, func(m *maker, p place) (any, error) { return m.dataPage(p), nil }),
		m.page("search/", "search.html", diag.Pos{}, func(m *maker, p place) (any, error) { return m.searchPage(p), nil }),
	}
	if m.lang == m.first {
		out = append(out, job{"404.html", diag.Pos{}, "notfound.html", func(m *maker) (any, error) { return m.lostPage(), nil }})
	}
	return out
}

// dataPage says what the open data hold.
func (m *maker) dataPage(p place) view.DataPage {
	var page view.DataPage
	for _, kind := range []struct {
		name    string
		formats []string
	}{
		{"cities", []string{"csv", "json", "geojson"}}, {"practices", []string{"csv", "json"}}, {"case-studies", []string{"csv", "json"}}, {"meetings", []string{"csv", "json"}}, {"countries", []string{"csv", "json"}},
	} {
		f := view.DataFile{Title: m.words.T("data." + kind.name), Note: m.words.T("data." + kind.name + ".note")}
		for _, ext := range kind.formats {
			f.Links = append(f.Links, view.Link{Label: kind.name + "." + ext, Href: p.to("data/" + kind.name + "." + ext)})
		}
		page.Files = append(page.Files, f)
	}
	page.Files = append(append(page.Files, m.aboutData(p)...), m.manifests(p)...)
	if l := m.in.Site.Licence; l.Name != "" {
		page.Licence = &view.Link{Label: l.Name, Href: l.URL, External: true}
	}
	page.Head = view.Head{Heading: m.words.T("nav.data"), Lead: m.words.T("data.lead"), Crumbs: m.trail(p, m.words.T("nav.data"))}
	page.Frame = m.frame(p, pageInfo{path: "data/", title: m.words.T("nav.data"), description: page.Lead, crumbs: page.Crumbs, about: func() []linked.Node { return m.linked.Data() }})
	return page
}

// aboutData tells of what describes the tables, and of what changed from one
// edition to the next.
func (m *maker) aboutData(p place) []view.DataFile {
	file := func(key string, names ...string) view.DataFile {
		f := view.DataFile{Title: m.words.T("data." + key), Note: m.words.T("data." + key + ".note")}
		for _, name := range names {
			f.Links = append(f.Links, view.Link{Label: name, Href: p.to("data/" + name)})
		}
		return f
	}
	out := []view.DataFile{file("described", "datapackage.json", "catalog.jsonld")}
	var changes []string
	for _, e := range m.net.Editions {
		if e.Previous != nil {
			changes = append(changes, "changes/"+e.Previous.ID+"-"+e.ID+".json")
		}
	}
	if len(changes) > 0 {
		out = append(out, file("changes", changes...))
	}
	return out
}

// searchPage lists every record of the site from A to Z, so that it also serves
// where no script runs.
func (m *maker) searchPage(p place) view.SearchPage {
	var page view.SearchPage
	n := m.net
	add := func(kind string, rows []view.Row) {
		if len(rows) > 0 {
			page.Groups = append(page.Groups, view.RowGroup{ID: kind, Title: m.words.T("search." + kind), Rows: rows})
		}
	}
	var cities, countries, fields, pages []view.Row
	for _, c := range n.Cities {
		f := m.field(p, c.Field)
		cities = append(cities, view.Row{Title: c.Name, Lang: m.cityLang(c), Sub: gather.Country(c) + m.comma + f.Name, Href: p.to(m.path(c.Path)), Class: f.Class, Pattern: f.Pattern})
	}
	for _, c := range n.Countries {
		countries = append(countries, view.Row{Title: c.Name, Sub: m.words.T("cities", len(c.Cities)), Href: p.to(m.path(c.Path))})
	}
	for _, x := range n.Fields {
		f := m.field(p, x)
		fields = append(fields, view.Row{Title: x.Name, Lang: f.Lang, Sub: m.words.T("cities", len(x.Cities)), Href: f.Href, Class: f.Class, Pattern: f.Pattern})
	}
	for _, x := range n.Pages {
		pages = append(pages, view.Row{Title: x.Name, Lang: m.nameLang(&x.Head), Sub: x.Summary, SubLang: m.textLang(&x.Head, "summary"), Href: p.to(m.path(x.Path))})
	}
	add("cities", cities)
	add("practices", m.practiceRows(p, n.Practices))
	add("case-studies", m.caseStudies(p, n.CaseStudies))
	add("meetings", m.meetings(p, n.Meetings))
	add("fields", fields)
	add("countries", countries)
	add("pages", pages)
	for _, g := range page.Groups {
		page.Total += len(g.Rows)
	}
	page.Head = view.Head{Heading: m.words.T("nav.search"), Lead: m.words.T("search.lead"), Crumbs: m.trail(p, m.words.T("nav.search"))}
	page.Frame = m.frame(p, pageInfo{path: "search/", title: m.words.T("nav.search"), description: page.Lead, crumbs: page.Crumbs})
	return page
}

// lostPage may be shown under any address, so its links begin at the site's
// root.
func (m *maker) lostPage() view.NotFoundPage {
	p := place{root: m.in.Site.BasePath()}
	return view.NotFoundPage{
		Frame: m.frame(p, pageInfo{title: m.words.T("lost"), description: m.words.T("lost.lead"), alone: true}),
		Links: m.links(p, "nav.home", "", "nav.cities", "cities/", "nav.search", "search/"),
	}
}
