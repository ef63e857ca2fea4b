package site

import (
	"slices"
	"strconv"
	"strings"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/model"
	"uccn/generator/internal/render/site/linked"
	"uccn/generator/internal/render/site/phrase"
	"uccn/generator/internal/render/site/view"
)

func (m *maker) cityJobs() []job {
	out := make([]job, 0, len(m.net.Cities))
	for _, c := range m.net.Cities {
		out = append(out, m.page(c.Path, "city.html", c.At, func(m *maker, p place) (any, error) { return m.cityPage(p, c) }))
	}
	return out
}

func (m *maker) cityPage(p place, c *derive.City) (view.CityPage, error) {
	body, err := m.prose.Body(p.to, &c.City.Head)
	if err != nil {
		return view.CityPage{}, err
	}
	f := m.field(p, c.Field)
	h := &c.City.Head
	summary, sayLang := m.prose.Summary(h), m.sayLang(h)
	if summary == "" {
		sayLang = ""
		summary = m.words.T("city.summary", c.Name, c.Country.Name, c.Field.CityLabel, m.yearOf(c))
	}
	page := view.CityPage{
		Name: c.Name, Summary: summary, Field: f, Facts: m.cityFacts(p, c), Standing: m.standing(c),
		Body: body, Commitments: c.Commitments, CommitmentsLang: m.textLang(h, "commitments"), Practices: m.practices(p, c.Practices), CaseStudies: m.caseStudies(p, c.CaseStudies),
		Meetings: m.meetings(p, c.Meetings), Sources: m.prose.Sources(h), Coordinates: phrase.Degrees(c.Location),
		Downloads: append(m.extract(p, c), m.cityFiles(p, c)...), Outside: m.outside(c), Contacts: m.prose.Contacts(h, c.Contacts),
	}
	page.Cite = view.Given(m.shows(p, "Cite"), func() *view.Cite { return m.cite(c.Name, c.Path) })
	page.Locator = view.Given(m.shows(p, "Locator"), func() view.Map { return m.maps.Around(c, m.words.T("map.around", c.Name)) })
	if m.shows(p, "Nearest") || m.shows(p, "Same") {
		page.Nearest, page.Same = m.neighbours(p, m.net.Nearest(c)), m.neighbours(p, m.net.NearestInField(c))
	}
	if c.Field.CityLabel != "" {
		page.Field.Name, page.Field.Lang = c.Field.CityLabel, m.textLang(&c.Field.Head, "city_label")
	}
	page.Picture, page.Gallery = m.prose.Hero(p.to, h), m.prose.Gallery(p.to, h)
	for i := range page.Practices {
		page.Practices[i].Picture.Eager = false
	}
	for _, n := range c.NameLocal {
		if n.Text != c.Name {
			page.Local = append(page.Local, view.Link{Label: n.Text, Lang: n.Lang, Dir: "auto"})
		}
	}
	page.Goals, page.GoalsNote = m.cityGoals(p, c)
	m.cityLists(p, c, &page)
	page.Head = view.Head{Size: phrase.Size(c.Name), HeadingLang: m.cityLang(c), LeadLang: sayLang, BodyLang: m.bodyLang(h), Notice: m.notice(p, h, c.Path),
		Crumbs: append(m.trail(p, "", "nav.cities", "cities/"), view.Link{Label: c.Name, Lang: m.cityLang(c)})}
	page.Contents = view.Given(m.shows(p, "Contents"), func() []view.Link { return m.cityContents(&page) })
	page.Frame = m.frame(p, pageInfo{record: h, path: c.Path, section: "cities/", title: c.Name + ", " + c.Country.Name, description: summary, class: f.Class,
		crumbs: page.Crumbs, about: func() []linked.Node { return m.linked.City(c, summary, linked.Hrefs(page.Outside)) }})
	return page, nil
}

// cityFacts are the four or five facts under the name.
func (m *maker) cityFacts(p place, c *derive.City) []view.Fact {
	facts := []view.Fact{
		{Label: m.words.T("city.designated"), Value: m.words.Date(c.Designated)},
		{Label: m.words.T("country"), Links: []view.Link{{Label: c.Country.Name, Href: p.to(m.path(c.Country.Path))}}},
		{Label: m.words.T("region"), Links: []view.Link{{Label: c.Region.Name, Lang: m.nameLang(&c.Region.Head), Href: p.to(m.path(c.Region.Path))}}},
	}
	if c.NameOfficial != "" && c.NameOfficial != c.Name {
		facts = append(facts, view.Fact{Label: m.words.T("city.official"), Value: c.NameOfficial})
	}
	for _, n := range c.NamesFormer {
		if n.Name != c.Name {
			facts = append(facts, view.Fact{Label: m.words.T("city.former_name"), Value: m.words.T("city.former_field.until", n.Name, m.words.Date(n.Until))})
		}
	}
	if n := c.Population; n.Value > 0 {
		v := m.words.Number(n.Value)
		if n.Year > 0 {
			v += " (" + m.words.Year(n.Year) + ")"
		}
		facts = append(facts, view.Fact{Label: m.words.T("city.population"), Value: v})
	}
	for _, x := range c.FieldsFormer {
		if t, ok := m.net.Resolve(model.Fields, x.Field.ID); ok && x.Until.Last().Compare(m.net.Edition.AsOf) <= 0 {
			facts = append(facts, view.Fact{Label: m.words.T("city.former_field"), Value: m.words.T("city.former_field.until", t.Title, m.words.Date(x.Until))})
		}
	}
	return facts
}

// standing says that a city is no longer a member, although it was one at the
// edition's date.
func (m *maker) standing(c *derive.City) string {
	switch s := c.Membership; {
	case s.Status == "withdrawn" || s.Status == "suspended":
		return strings.TrimSpace(m.words.T("city."+s.Status) + " " + m.words.Date(s.Until))
	}
	return ""
}

func (m *maker) neighbours(p place, ns []derive.Neighbour) []view.Link {
	out := make([]view.Link, len(ns))
	for i, n := range ns {
		km := n.Km
		if km >= 100 {
			km = (km + 5) / 10 * 10
		}
		out[i] = view.Link{Label: n.City.Name, Lang: m.cityLang(n.City), Href: p.to(m.path(n.City.Path)), Note: m.words.T("km", km)}
	}
	return out
}

// cityGoals are the goals that the city names itself; a city that names none
// has those of its practices and case studies, and a note that says so.
func (m *maker) cityGoals(p place, c *derive.City) (view.Goals, string) {
	if len(c.Goals) > 0 {
		return m.goals(p, &c.City.Head, c.Goals), ""
	}
	var uses []model.GoalUse
	for _, w := range c.Practices {
		uses = append(uses, w.Practice.Goals...)
	}
	for _, s := range c.CaseStudies {
		uses = append(uses, s.CaseStudy.Goals...)
	}
	for i := range uses {
		uses[i].Note = ""
	}
	return m.goals(p, &c.City.Head, uses), m.words.T("city.goals.note")
}

// goalCells is the strip of seventeen as seen from a page; none is on.
func (m *maker) goalCells(p place) []view.GoalCell {
	out := make([]view.GoalCell, len(m.net.Goals))
	for i, g := range m.net.Goals {
		out[i] = view.GoalCell{N: g.Number, Title: g.Name, Lang: m.nameLang(&g.Head), Href: p.to(m.path(g.Path))}
	}
	return out
}

// goals makes the strip of seventeen with those that a record uses lit and named
// once.
func (m *maker) goals(p place, h *model.Head, uses []model.GoalUse) view.Goals {
	var out view.Goals
	var cells []view.GoalCell
	if shared := m.folder(p); shared != nil {
		cells = shared.goals
	} else {
		cells = m.goalCells(p)
	}
	if m.shows(p, "Cells") {
		out.Cells = slices.Clone(cells)
	}
	for n, g := range m.net.Goals {
		cell := cells[n]
		named := view.NamedGoal{Number: g.Number, Title: g.Name, Lang: cell.Lang, Href: cell.Href}
		on := false
		var targets []string
		for i, u := range uses {
			if u.Goal.ID == g.ID {
				on = true
				named.Note, named.NoteLang = u.Note, m.textLang(h, within("goals", i, "note"))
				targets = append(targets, u.Targets...)
			}
		}
		if on && out.Cells != nil {
			out.Cells[n].On = true
		}
		if on {
			slices.Sort(targets)
			named.Targets = strings.Join(slices.Compact(targets), ", ")
			out.Named = append(out.Named, named)
		}
	}
	return out
}

// cityLists fills in what only some cities have.
func (m *maker) cityLists(p place, c *derive.City, page *view.CityPage) {
	h := &c.City.Head
	for i, x := range c.Figures {
		page.Figures = append(page.Figures, m.figure(h, within("figures", i, ""), x))
	}
	for i, a := range c.Assets {
		page.Assets = append(page.Assets, view.Link{Label: a.Name, Lang: m.textLang(h, within("assets", i, "name")), Href: a.URL, Note: m.words.T("asset." + a.Kind), External: a.URL != ""})
	}
	for i, e := range c.Events {
		page.Events = append(page.Events, view.Link{Label: e.Name, Lang: m.textLang(h, within("events", i, "name")), Href: e.URL, Note: e.When, NoteLang: m.textLang(h, within("events", i, "when")), External: e.URL != ""})
	}
	for _, r := range c.Reports {
		page.Reports = append(page.Reports, m.words.T("report.submitted", m.words.Date(r.Submitted)))
	}
	if c.ReportMissed > 0 {
		page.Reports = append(page.Reports, m.words.T("report.missed", m.words.Year(c.ReportMissed)))
	}
	if c.ReportDue > 0 {
		page.Reports = append(page.Reports, m.words.T("report.due", m.words.Year(c.ReportDue)))
	}
	for _, x := range c.Groups {
		page.Networks = append(page.Networks, view.Link{Label: x.Name, Lang: m.nameLang(&x.Head), Href: p.to(m.path(x.Path))})
	}
	for _, k := range c.Cooperates {
		l := view.Link{Label: k.City.Name, Lang: m.cityLang(k.City), Note: k.Topic, NoteLang: m.foreign(k.Lang)}
		if k.City.Path != "" {
			l.Href = p.to(m.path(k.City.Path))
		}
		page.Cooperation = append(page.Cooperation, l)
	}
	for _, k := range c.Coordinates {
		page.Cooperation = append(page.Cooperation, view.Link{Label: k.Group.Name, Lang: m.nameLang(&k.Group.Head), Href: p.to(m.path(k.Group.Path)), Note: m.words.T("role." + k.Role)})
	}
}

// figure is a number of a record; at is where it stands there.
func (m *maker) figure(h *model.Head, at string, x model.Figure) view.Fact {
	v := x.Value
	if x.Unit != "" {
		v += " " + x.Unit
	}
	if x.Baseline != "" {
		v = x.Baseline + " → " + v
	}
	if x.Year > 0 {
		v += " (" + m.words.Year(x.Year) + ")"
	}
	return view.Fact{Label: x.Label, LabelLang: m.textLang(h, at+"label"), Value: v, Lang: m.noteLang(h, x.Unit, at+"unit")}
}

// noteLang is the language of a value that has a text in it, where it is not the
// page's; without the text it has none.
func (m *maker) noteLang(h *model.Head, text, key string) string {
	if text == "" {
		return ""
	}
	return m.textLang(h, key)
}

// within is the place of a key in an item of a list of the front matter:
// "images.0.alt".
func within(list string, i int, key string) string { return list + "." + strconv.Itoa(i) + "." + key }

// cityFiles are the city's record for other programs.
func (m *maker) cityFiles(p place, c *derive.City) []view.Link {
	if !m.in.Site.Makes("data") {
		return nil
	}
	return []view.Link{{Label: m.words.T("data.record"), Href: p.to("data/cities/" + c.ID + ".json"), Note: "JSON"}}
}

// outside are the addresses of the city elsewhere.
func (m *maker) outside(c *derive.City) []view.Link {
	var out []view.Link
	add := func(label, href string) {
		if href != "" {
			out = append(out, view.Link{Label: label, Href: href, External: true})
		}
	}
	add(m.words.T("website"), c.Website)
	add(m.words.T("city.network_page"), c.NetworkPage)
	for _, s := range c.Social {
		add(s.Service, s.URL)
	}
	if c.Wikidata != "" {
		add("Wikidata", "https://www.wikidata.org/wiki/"+c.Wikidata)
	}
	if c.GeoNames > 0 {
		add("GeoNames", "https://www.geonames.org/"+strconv.Itoa(c.GeoNames))
	}
	return out
}

// cityContents lists the parts of a page that is long enough to need it.
func (m *maker) cityContents(page *view.CityPage) []view.Link {
	var out []view.Link
	add := func(there bool, key, id string) {
		if there {
			out = append(out, view.Link{Label: m.words.T(key), Href: "#" + id})
		}
	}
	add(page.Body != "", "city.profile", "profile")
	add(len(page.Practices) > 0, "practices", "practices")
	add(len(page.CaseStudies) > 0, "case-studies", "case-studies")
	add(len(page.Meetings) > 0, "city.meetings", "meetings")
	add(len(page.Goals.Named) > 0, "goals", "goals")
	add(len(page.Figures) > 0, "figures", "figures")
	if len(out) < 3 {
		return nil
	}
	add(len(page.Reports) > 0, "city.reports", "monitoring")
	return out
}
