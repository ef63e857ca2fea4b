package site

import (
	"strings"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/model"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/site/linked"
	"uccn/generator/internal/render/site/phrase"
	"uccn/generator/internal/render/site/view"
	"uccn/generator/internal/render/site/wall"
)

func (m *maker) workJobs() []job {
	n := m.net
	var out []job
	for _, w := range n.Practices {
		out = append(out, m.page(w.Path, "practice.html", w.At, func(m *maker, p place) (any, error) { return m.practicePage(p, w) }))
	}
	for _, s := range n.CaseStudies {
		out = append(out, m.page(s.Path, "practice.html", s.At, func(m *maker, p place) (any, error) { return m.caseStudyPage(p, s) }))
	}
	for _, x := range n.Exhibitions {
		out = append(out, m.page(x.Path, "exhibition.html", x.At, func(m *maker, p place) (any, error) { return m.exhibitionPage(p, x) }))
	}
	return append(out, m.page("case-studies/", "list.html", diag.Pos{}, func(m *maker, p place) (any, error) { return m.caseStudiesPage(p), nil }))
}

func (m *maker) practicePage(p place, w *derive.Practice) (view.WorkPage, error) {
	body, err := m.prose.Body(p.to, &w.Head)
	if err != nil {
		return view.WorkPage{}, err
	}
	h, r := &w.Head, w.Practice
	page := view.WorkPage{
		Title: w.Name, Summary: m.prose.Summary(h), Field: m.tag(p, render.Leading(w.Lead, w.Fields)), Picture: m.prose.Hero(p.to, h), Gallery: m.prose.Gallery(p.to, h), Body: body,
		Quote: r.Panel.Quote, QuoteLang: m.textLang(h, "panel.quote"), Goals: m.goals(p, h, r.Goals), Sources: m.prose.Sources(h),
		CitiesTitle: m.words.T("practice.cities", len(w.Cities)), Cities: m.cityLinks(p, w.Cities),
		Outside: m.addresses(r.Website, r.Social, r.Partners), Contacts: m.prose.Contacts(h, r.Contacts),
		Parts: m.parts(h, "challenge", r.Challenge, "objectives", r.Objectives, "actions", r.Actions, "lessons", r.Lessons, "transferability", r.Transferability, "beneficiaries", r.Beneficiaries),
	}
	m.shown(p, &page, w.Name, w.Path, w.Cities)
	page.Related = view.Given(m.shows(p, "Related"), func() []view.Work { return m.practices(p, w.Related) })
	for i := range page.Related {
		page.Related[i].Picture.Eager = false
	}
	for i, x := range r.Results {
		page.Results = append(page.Results, m.figure(h, within("results", i, ""), x))
	}
	page.Facts = view.Given(m.shows(p, "Facts"), func() []view.Fact { return m.practiceFacts(p, w) })
	if w.Room != nil && w.Exhibition != nil {
		page.Room = []view.Link{{Label: w.Room.Title, Lang: m.textLang(&w.Exhibition.Exhibition.Head, w.Room.Key+".title"), Href: p.to(m.path(w.Exhibition.Path + "#" + w.Room.ID)), Note: m.words.T("practice.number", w.Number)}}
		page.WallHref = p.to(m.path(w.Exhibition.Path))
	}
	page.Room = append(page.Room, m.toursOf(p, w)...)
	page.Before, page.After = m.neighbour(p, w.Prev), m.neighbour(p, w.Next)
	page.Head = view.Head{HeadingLang: m.nameLang(h), LeadLang: m.sayLang(h), BodyLang: m.bodyLang(h), Notice: m.notice(p, h, w.Path), Crumbs: m.crumbs(p, w.Name, m.wallLink(p), h)}
	page.Frame = m.frame(p, pageInfo{record: h, path: w.Path, section: "exhibition/", title: w.Name, description: page.Summary, class: page.Field.Class,
		crumbs: page.Crumbs, about: func() []linked.Node { return m.linked.Work(h, page.Summary, w.Path, w.Cities, w.Goals) }})
	return page, nil
}

// practiceFacts are what stands under a practice's title.
func (m *maker) practiceFacts(p place, w *derive.Practice) []view.Fact {
	facts := []view.Fact{{Label: m.words.T("practice.cities", len(w.Cities)), Links: m.named(p, w.Cities)}}
	switch {
	case !w.Period.IsZero():
		v := m.words.Span(w.Period.Start, w.Period.End)
		if w.Period.Ongoing {
			v = m.words.T("period.since", m.words.Date(w.Period.Start))
		}
		facts = append(facts, view.Fact{Label: m.words.T("practice.period"), Value: v})
	case !w.Year.IsZero():
		facts = append(facts, view.Fact{Label: m.words.T("year"), Value: m.words.Date(w.Year)})
	}
	if len(w.Themes) > 0 {
		names := make([]view.Link, len(w.Themes))
		for i, t := range w.Themes {
			names[i] = view.Link{Label: t.Name, Lang: m.nameLang(&t.Head)}
		}
		facts = append(facts, view.Fact{Label: m.words.T("theme"), Links: m.line(names)})
	}
	if x := w.PresentedAt; x != nil {
		facts = append(facts, view.Fact{Label: m.words.T("practice.presented"), Links: []view.Link{{Label: x.Name, Lang: m.nameLang(&x.Head), Href: p.to(m.path(x.Path))}}})
	}
	if b := w.Budget; b.Amount > 0 {
		facts = append(facts, view.Fact{Label: m.words.T("practice.budget"), Value: strings.TrimSpace(m.words.Number(int(b.Amount)) + " " + b.Currency + " " + m.year(b.Year))})
	}
	return facts
}

// named links cities by their names alone, for a line of facts; those without a
// page make the whole line plain.
func (m *maker) named(p place, cs []*derive.City) []view.Link {
	out := m.cityLinks(p, cs)
	for i := range out {
		if out[i].Note != "" && len(cs) == 1 {
			out[i].Lang = ""
			out[i].Label += m.comma + out[i].Note
		}
		out[i].Note = ""
	}
	return m.line(out)
}

// line puts commas between links.
func (m *maker) line(links []view.Link) []view.Link {
	for i := range max(0, len(links)-1) {
		links[i].After = m.comma
	}
	return links
}

// parts makes titled parts of what a record says; empty ones are left out.
// Pairs are a key of its front matter and a string or a list of strings.
func (m *maker) parts(h *model.Head, pairs ...any) []view.Part {
	var out []view.Part
	for i := 0; i+1 < len(pairs); i += 2 {
		key := pairs[i].(string)
		part := view.Part{Title: m.words.T("part." + key), Lang: m.textLang(h, key)}
		switch v := pairs[i+1].(type) {
		case string:
			part.Text = v
		case []string:
			part.List = v
		}
		if part.Text != "" || len(part.List) > 0 {
			out = append(out, part)
		}
	}
	return out
}

// addresses are a work's website, accounts and partners.
func (m *maker) addresses(website string, social []model.Social, partners []model.Partner) []view.Link {
	var out []view.Link
	if website != "" {
		out = append(out, view.Link{Label: m.words.T("website"), Href: website, External: true, Note: phrase.Host(website)})
	}
	for _, s := range social {
		out = append(out, view.Link{Label: s.Service, Href: s.URL, External: true})
	}
	for _, x := range partners {
		out = append(out, view.Link{Label: x.Name, Href: x.URL, External: x.URL != "", Note: m.words.T("part.partner")})
	}
	return out
}

func (m *maker) neighbour(p place, w *derive.Practice) *view.Link {
	if w == nil {
		return nil
	}
	return &view.Link{Label: w.Name, Href: p.to(m.path(w.Path)), Lang: m.nameLang(&w.Head)}
}

// shown fills in what takes its time and not every theme shows.
func (m *maker) shown(p place, page *view.WorkPage, name, path string, cities []*derive.City) {
	page.Map = view.Given(m.shows(p, "Map"), func() view.Map { return m.workMap(cities) })
	page.Cite = view.Given(m.shows(p, "Cite"), func() *view.Cite { return m.cite(name, path) })
}

// workMap shows the cities of a work: the surroundings of one, the world for
// several.
func (m *maker) workMap(cs []*derive.City) view.Map {
	if len(cs) == 1 {
		return m.maps.Around(cs[0], m.words.T("map.around", cs[0].Name))
	}
	return m.maps.Several(cs, m.words.T("map.label", len(cs)))
}

// wallLink leads to the exhibition, in a trail.
func (m *maker) wallLink(p place) []view.Link {
	if m.net.Wall == nil {
		return nil
	}
	return m.links(p, "nav.exhibition", m.net.Wall.Path)
}

// crumbs is the trail to a record's page: home, what lies between, the record.
func (m *maker) crumbs(p place, here string, between []view.Link, h *model.Head) []view.Link {
	out := append(m.links(p, "nav.home", ""), between...)
	return append(out, view.Link{Label: here, Lang: m.nameLang(h)})
}

func (m *maker) caseStudyPage(p place, s *derive.CaseStudy) (view.WorkPage, error) {
	body, err := m.prose.Body(p.to, &s.Head)
	if err != nil {
		return view.WorkPage{}, err
	}
	h, r := &s.Head, s.CaseStudy
	page := view.WorkPage{
		Title: s.Name, Summary: m.prose.Summary(h), Field: m.tag(p, render.Leading(s.Lead, s.Fields)), Picture: m.prose.Hero(p.to, h), Gallery: m.prose.Gallery(p.to, h), Body: body,
		Goals: m.goals(p, h, r.Goals), Sources: m.prose.Sources(h), CitiesTitle: m.words.T("practice.cities", len(s.Cities)),
		Cities: m.cityLinks(p, s.Cities), Outside: m.addresses(r.Website, nil, r.Partners),
		Parts: m.parts(h, "problem", r.Problem, "innovation", r.Innovation, "process", r.Process, "impact", r.Impact, "replicable_in", r.ReplicableIn),
	}
	m.shown(p, &page, s.Name, s.Path, s.Cities)
	if r.Certainty != "" {
		page.Sources.Remarks = append(page.Sources.Remarks, view.Text{Words: r.Certainty, Lang: m.textLang(h, "certainty")})
	}
	for i, x := range r.Indicators {
		page.Results = append(page.Results, m.figure(h, within("indicators", i, ""), x))
	}
	page.Facts = []view.Fact{{Label: m.words.T("practice.cities", len(s.Cities)), Links: m.named(p, s.Cities)},
		{Label: m.words.T("case-study.programme"), Value: m.words.T("programme." + r.Programme)}}
	if s.Theme != nil {
		page.Facts = append(page.Facts, view.Fact{Label: m.words.T("theme"), Links: []view.Link{{Label: s.Theme.Name, Lang: m.nameLang(&s.Theme.Head), Href: p.to(m.path("case-studies/#theme-" + s.Theme.ID))}}})
	}
	if !r.Date.IsZero() {
		page.Facts = append(page.Facts, view.Fact{Label: m.words.T("year"), Value: m.words.Date(r.Date)})
	}
	if x := s.PresentedAt; x != nil {
		page.Facts = append(page.Facts, view.Fact{Label: m.words.T("practice.presented"), Links: []view.Link{{Label: x.Name, Lang: m.nameLang(&x.Head), Href: p.to(m.path(x.Path))}}})
	}
	if r.Publication != "" {
		page.Facts = append(page.Facts, view.Fact{Label: m.words.T("case-study.publication"), Value: strings.Trim(r.Publication+", "+r.Pages, ", ")})
	}
	page.Head = view.Head{HeadingLang: m.nameLang(h), LeadLang: m.sayLang(h), BodyLang: m.bodyLang(h), Notice: m.notice(p, h, s.Path), Crumbs: m.crumbs(p, s.Name, m.links(p, "nav.case-studies", "case-studies/"), h)}
	page.Frame = m.frame(p, pageInfo{record: h, path: s.Path, section: "case-studies/", title: s.Name, description: page.Summary, class: page.Field.Class,
		crumbs: page.Crumbs, about: func() []linked.Node { return m.linked.Work(h, page.Summary, s.Path, s.Cities, s.Goals) }})
	return page, nil
}

// caseStudiesPage lists the case studies by programme, and those of LAB.2030
// by its themes.
func (m *maker) caseStudiesPage(p place) view.ListPage {
	var page view.ListPage
	for _, t := range m.net.Themes {
		switch {
		case t.Scheme != "lab2030":
		case len(t.CaseStudies) > 0:
			page.Groups = append(page.Groups, view.RowGroup{ID: "theme-" + t.ID, Title: t.Name, Lang: m.nameLang(&t.Head), Note: t.Summary, NoteLang: m.textLang(&t.Head, "summary"), Rows: m.caseStudies(p, t.CaseStudies)})
		default:
			page.Terms = append(page.Terms, view.Term{ID: "theme-" + t.ID, Title: t.Name, Lang: m.nameLang(&t.Head), Note: t.Summary, NoteLang: m.textLang(&t.Head, "summary")})
		}
	}
	page.TermsTitle, page.TermsNote = m.words.T("case-studies.themes"), m.words.T("case-studies.none")
	var order []string
	rest := map[string][]*derive.CaseStudy{}
	for _, s := range m.net.CaseStudies {
		if s.Theme == nil {
			if rest[s.Programme] == nil {
				order = append(order, s.Programme)
			}
			rest[s.Programme] = append(rest[s.Programme], s)
		}
	}
	for _, k := range order {
		title := m.words.T("programme." + k)
		if k == "lab2030" {
			title = m.words.T("case-studies.unsorted")
		}
		page.Groups = append(page.Groups, view.RowGroup{ID: "programme-" + k, Title: title, Rows: m.caseStudies(p, rest[k])})
	}
	page.Head = view.Head{Heading: m.words.T("case-studies.heading"), Size: "long", Lead: m.words.T("case-studies.lead", len(m.net.CaseStudies)), Crumbs: m.trail(p, m.words.T("case-studies"))}
	page.Frame = m.frame(p, pageInfo{path: "case-studies/", section: "case-studies/", title: m.words.T("case-studies"), description: page.Lead, crumbs: page.Crumbs})
	return page
}

func (m *maker) exhibitionPage(p place, x *derive.Exhibition) (view.ExhibitionPage, error) {
	h := &x.Exhibition.Head
	body, err := m.prose.Body(p.to, h)
	if err != nil {
		return view.ExhibitionPage{}, err
	}
	page := view.ExhibitionPage{Body: body, Total: len(x.Works), Sources: m.prose.Sources(h), Choices: wall.Choices(m.net, x, m.words, m.nameLang)}
	for i, c := range page.Choices {
		if folder := map[string]string{"region": "regions/", "country": "countries/", "goal": "goals/"}[c.Name]; folder != "" {
			page.Choices[i].Pages = strings.Replace(p.to(m.path(folder+"%/")), "index.html", "", 1)
		}
	}
	if r := x.Reported; r.Practices > 0 {
		page.Reported = m.words.T("exhibition.reported", r.Practices, m.words.T("cities", r.Cities))
	}
	page.Tours, page.Sheet = m.tours(p, x), p.to(m.asset("exhibition.css"))
	if x == m.net.Wall && m.in.Site.Makes("exhibition") {
		page.Kiosk = p.to(m.path("exhibition/kiosk/"))
	}
	page.Fields = m.worksFields(p, x.Works)
	eager := 0
	for _, r := range x.Rooms {
		room := view.Room{ID: r.ID, Title: r.Title, TitleLang: m.textLang(h, r.Key+".title"), Note: r.Intro, NoteLang: m.textLang(h, r.Key+".intro")}
		for _, w := range r.Works {
			k := m.practice(p, w)
			k.Picture.Eager = eager < 4
			eager++
			room.Works = append(room.Works, k)
		}
		if len(room.Works) > 0 {
			page.Rooms = append(page.Rooms, room)
		}
	}
	if loose := wall.Loose(x); len(loose) > 0 {
		page.Rooms = append(page.Rooms, view.Room{ID: "others", Title: m.words.T("exhibition.unsorted"), Works: m.practices(p, loose)})
	}
	for _, o := range m.net.Exhibitions {
		if o != x {
			page.Others = append(page.Others, view.Row{Lead: m.words.Number(len(o.Works)), Title: o.Name, Lang: m.nameLang(&o.Exhibition.Head), Sub: m.prose.Summary(&o.Exhibition.Head), SubLang: m.sayLang(&o.Exhibition.Head), Href: p.to(m.path(o.Path))})
			if len(o.Works) == 0 {
				page.Others[len(page.Others)-1].Lead = "–"
			}
		}
	}
	crumbs := m.trail(p, m.words.T("nav.exhibition"))
	if x != m.net.Wall {
		crumbs = m.crumbs(p, x.Name, m.wallLink(p), h)
	}
	page.Head = view.Head{Heading: x.Name, Size: phrase.Size(x.Name), Lead: m.prose.Summary(h), HeadingLang: m.nameLang(h), LeadLang: m.sayLang(h), BodyLang: m.bodyLang(h), Notice: m.notice(p, h, x.Path), Crumbs: crumbs}
	page.Frame = m.frame(p, pageInfo{record: h, path: x.Path, section: "exhibition/", title: x.Name, description: page.Lead, crumbs: crumbs, about: func() []linked.Node { return m.linked.Exhibition(x, page.Lead) }})
	return page, nil
}

// worksFields counts works by field, in the order of the fields.
func (m *maker) worksFields(p place, ws []*derive.Practice) []view.FieldTag {
	var out []view.FieldTag
	for _, f := range m.net.Fields {
		t := m.field(p, f)
		n := 0
		for _, w := range ws {
			if render.Leading(w.Lead, w.Fields) == f {
				n++
			}
		}
		m.count(&t, n)
		if n > 0 {
			out = append(out, t)
		}
	}
	return out
}
