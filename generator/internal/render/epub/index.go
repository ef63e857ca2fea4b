package epub

import (
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/model"
)

// indexCities lists the cities by name, and their former and official names.
func (m *maker) indexCities() {
	type line struct {
		name, see string
		city      *derive.City
	}
	var lines []line
	for _, c := range m.net.Cities {
		lines = append(lines, line{c.Name, "", c})
		other := []string{c.NameOfficial}
		for _, n := range c.NamesFormer {
			other = append(other, n.Name)
		}
		for _, n := range append(other, c.City.Name) {
			if n != "" && n != c.Name {
				lines = append(lines, line{n, c.Name, c})
			}
		}
	}
	order := collate.New(language.Make(m.net.Lang))
	slices.SortStableFunc(lines, func(a, b line) int { return order.CompareString(a.name, b.name) })
	var list markup
	for _, l := range lines {
		name := l.name
		if l.see != "" {
			name = m.words.T("book.index.see", l.name, l.see)
		}
		list = join(list, el("li", nil, m.link(&l.city.City.Head, name)))
	}
	p := m.chapter("index-cities.xhtml", m.words.T("book.index.cities"), "index", el("ul", attrs{"class", "columns"}, list))
	m.landmark("backmatter", p.Title, p.Href)
}

// indexCountries lists the countries with their cities.
func (m *maker) indexCountries() {
	var body []markup
	for _, c := range m.net.Countries {
		place := "countries-" + c.ID
		body = append(body, el("dt", attrs{"id", place}, m.page(place, "index-countries.xhtml"), text(c.Name)), el("dd", nil, m.cityList(c.Cities)))
	}
	m.chapter("index-countries.xhtml", m.words.T("book.index.countries"), "index", el("dl", attrs{"class", "index"}, body...))
}

// indexGoals lists the goals with the works and cities that name them.
func (m *maker) indexGoals() {
	var body []markup
	for _, g := range m.net.Goals {
		if !named(g) {
			continue
		}
		place := "goals-" + g.ID
		body = append(body, m.page(place, "index-goals.xhtml"), el("h2", attrs{"id", place}, text(m.words.Year(g.Number)+" "+g.Name)))
		var cities, works, studies []markup
		for _, c := range g.Cities {
			if c.Path != "" {
				cities = append(cities, m.link(&c.City.Head, c.Name))
			}
		}
		for _, w := range g.Practices {
			works = append(works, m.named(&w.Practice.Head))
		}
		for _, s := range g.CaseStudies {
			studies = append(studies, m.named(&s.CaseStudy.Head))
		}
		body = append(body, m.under("nav.cities", cities), m.under("practices", works), m.under("case-studies", studies))
	}
	if len(body) > 0 {
		m.chapter("index-goals.xhtml", m.words.T("book.index.goals"), "index", body...)
	}
}

func (m *maker) named(h *model.Head) markup { return m.link(h, h.Name) }

// under is a heading with a list.
func (m *maker) under(key string, links []markup) markup {
	if len(links) == 0 {
		return ""
	}
	var list markup
	for _, l := range links {
		list = join(list, el("li", nil, l))
	}
	return join(el("h3", nil, text(m.words.T(key))), el("ul", attrs{"class", "records"}, list))
}
