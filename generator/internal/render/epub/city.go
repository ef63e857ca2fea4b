package epub

import (
	"uccn/generator/internal/derive"
	"uccn/generator/internal/epubfile"
	"uccn/generator/internal/model"
	"uccn/generator/internal/plate"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/told"
)

// section is the opener of a part of the book and the documents of its cities.
func (m *maker) section(n int, s section) {
	w := m.words
	src := m.plate("img/"+s.id+".svg", m.openerPlate(n, s))
	countries := map[*derive.Country]bool{}
	for _, c := range s.cities {
		countries[c.Country] = true
	}
	count := w.T("cities", len(s.cities))
	if len(countries) > 1 {
		count = w.T("edition.count", len(s.cities), w.T("countries", len(countries)))
	}
	body := []markup{
		m.page(s.dest(), s.id+".xhtml"),
		el("div", attrs{"class", "opener"}, el("img", attrs{"src", src, "alt", "", "width", "400", "height", "500"})),
		el("h1", attrs{"id", "title"}, text(s.title)), el("p", attrs{"class", "count"}, text(count)),
	}
	if s.field != nil {
		body = append(body, m.prose(&s.field.Field.Head, 1, ""))
	}
	if len(s.cities) >= 6 {
		body = append(body, m.mapOf("img/map-"+s.id+".svg", s.cities, w.T("map.label.country", len(s.cities), s.title)))
	}
	var list markup
	for _, c := range s.cities {
		list = join(list, el("li", nil, m.link(&c.City.Head, c.Name)))
	}
	body = append(body, el("ul", attrs{"class", "columns"}, list))
	p := m.document(s.id+".xhtml", s.title, "", "", part("part", "part", body...))
	for _, c := range s.cities {
		p.Kids = append(p.Kids, m.city(c))
	}
	if n == 0 {
		m.landmark("bodymatter", s.title, p.Href)
	}
	m.book.Contents = append(m.book.Contents, p)
}

// openerPlate is the plate of a section: of a field its own, of others that of
// the first of their cities.
func (m *maker) openerPlate(n int, s section) plate.Subject {
	if s.field != nil {
		return plate.Subject{Pattern: s.field.Pattern, Colours: m.palette(s.field).Colours(), Name: s.field.ID, Lat: 12*float64(n%7) - 30, Lon: 40*float64(n%7) - 120}
	}
	c := s.cities[0]
	return m.subject(c.ID, c.Field, c, 7)
}

// city is the document of a city.
func (m *maker) city(c *derive.City) epubfile.Point {
	h := &c.City.Head
	body := []markup{
		m.page("cities-"+c.ID, "city-"+c.ID+".xhtml"),
		m.portrait(h, m.subject(c.ID, c.Field, c, render.CityPlate), "plate"),
		el("h1", append(attrs{"id", "title"}, m.lang(m.langOf(h))...), text(c.Name)),
	}
	for _, n := range c.NameLocal {
		if n.Text != c.Name {
			body = append(body, el("p", attrs{"class", "local c-" + c.Field.ID}, m.speaking(n.Lang, "span", nil, text(n.Text))))
		}
	}
	body = append(body, el("p", attrs{"class", "field c-" + c.Field.ID}, sign(c.Field), " ", text(c.Field.CityLabel)))
	body = append(body, m.prose(h, 1, ""))
	for _, part := range told.City(m.words, c.City) {
		body = append(body, m.part(h, "h2", part))
	}
	body = append(body, el("dl", attrs{"class", "facts"}, m.cityFacts(c)))
	var works, studies, meetings []*model.Head
	for _, w := range c.Practices {
		works = append(works, &w.Practice.Head)
	}
	for _, s := range c.CaseStudies {
		studies = append(studies, &s.CaseStudy.Head)
	}
	for _, x := range c.Meetings {
		meetings = append(meetings, &x.Meeting.Head)
	}
	body = append(body, m.records("practices", works), m.records("case-studies", studies), m.records("city.meetings", meetings), m.sources(h))
	p := m.document("city-"+c.ID+".xhtml", c.Name, "", "", part("chapter", "city", body...))
	return p
}

// cityFacts are what a label in a museum says.
func (m *maker) cityFacts(c *derive.City) markup {
	w := m.words
	var out markup
	fact := func(key string, value markup) {
		if value != "" {
			out = join(out, el("dt", nil, text(w.T(key))), el("dd", nil, value))
		}
	}
	fact("country", m.link(&c.Country.Country.Head, c.Country.Name))
	fact("city.designated", text(w.Date(c.Designated)))
	if n := c.Population; n.Value > 0 {
		v := w.Number(n.Value)
		if n.Year > 0 {
			v += " (" + w.Year(n.Year) + ")"
		}
		fact("city.population", text(v))
	}
	if c.NameOfficial != c.Name {
		fact("city.official", text(c.NameOfficial))
	}
	for _, x := range c.FieldsFormer {
		if t, ok := m.net.Resolve(model.Fields, x.Field.ID); ok && x.Until.Last().Compare(m.net.Edition.AsOf) <= 0 {
			fact("city.former_field", text(w.T("city.former_field.until", t.Title, w.Date(x.Until))))
		}
	}
	fact("city.coordinates", text(told.Degrees(c.Location)))
	fact("goals", m.goals(told.Goals(m.net, c)))
	return out
}

// goals are links to what the index says of each.
func (m *maker) goals(list []*derive.Goal) markup {
	var out []markup
	for _, g := range list {
		if len(out) > 0 {
			out = append(out, text(m.words.T("list_comma")))
		}
		n := join(text(m.words.Year(g.Number)+"\u00a0"), m.speaking(m.langOf(&g.Goal.Head), "bdi", nil, text(g.Name)))
		if place := m.places["goals-"+g.ID]; place != "" {
			n = el("a", attrs{"href", place}, n)
		}
		out = append(out, n)
	}
	return join(out...)
}

// records lists records of the book under a heading.
func (m *maker) records(key string, heads []*model.Head) markup {
	var list markup
	for _, h := range heads {
		if m.places[string(h.Type)+"-"+h.ID] != "" {
			list = join(list, el("li", nil, m.link(h, h.Name)))
		}
	}
	if list == "" {
		return ""
	}
	return join(el("h2", nil, text(m.words.T(key))), el("ul", attrs{"class", "records"}, list))
}

// sources tell in small letters where the facts come from, and who supplied and
// edited a text.
func (m *maker) sources(h *model.Head) markup {
	var out []markup
	for _, r := range h.Remarks {
		out = append(out, el("p", m.lang(m.langOf(h)), text(r)))
	}
	for _, t := range []string{told.Sources(m.words, h), told.Origin(m.words, h)} {
		if t != "" {
			out = append(out, el("p", nil, text(t)))
		}
	}
	if len(out) == 0 {
		return ""
	}
	return el("div", attrs{"class", "small"}, out...)
}
