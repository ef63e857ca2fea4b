package site

import (
	"strconv"
	"strings"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/model"
	"uccn/generator/internal/plate"
	"uccn/generator/internal/render/site/gather"
	"uccn/generator/internal/render/site/linked"
	"uccn/generator/internal/render/site/look"
	"uccn/generator/internal/render/site/phrase"
	"uccn/generator/internal/render/site/prose"
	"uccn/generator/internal/render/site/view"
)

func (m *maker) moreJobs() []job {
	n := m.net
	out := []job{
		m.page("goals/", "goals.html", diag.Pos{}, func(m *maker, p place) (any, error) { return m.goalsPage(p), nil }),
		m.page("meetings/", "meetings.html", diag.Pos{}, func(m *maker, p place) (any, error) { return m.meetingsPage(p), nil }),
		m.page("networks/", "list.html", diag.Pos{}, func(m *maker, p place) (any, error) { return m.networksPage(p), nil }),
		m.page("editions/", "list.html", diag.Pos{}, func(m *maker, p place) (any, error) { return m.editionsPage(p), nil }),
		m.page("map/", "map.html", diag.Pos{}, func(m *maker, p place) (any, error) { return m.mapPage(p), nil }),
		m.page("figures/", "figures.html", diag.Pos{}, func(m *maker, p place) (any, error) { return m.figuresPage(p), nil }),
	}
	for _, g := range n.Goals {
		out = append(out, m.page(g.Path, "goal.html", g.At, func(m *maker, p place) (any, error) { return m.goalPage(p, g), nil }))
	}
	for _, x := range n.Meetings {
		out = append(out, m.page(x.Path, "meeting.html", x.At, func(m *maker, p place) (any, error) { return m.meetingPage(p, x) }))
	}
	for _, g := range n.Networks {
		out = append(out, m.page(g.Path, "network.html", g.At, func(m *maker, p place) (any, error) { return m.networkPage(p, g) }))
	}
	for _, e := range n.Editions {
		out = append(out, m.page(e.Path, "edition.html", e.At, func(m *maker, p place) (any, error) { return m.editionPage(p, e) }))
	}
	for _, x := range n.Pages {
		out = append(out, m.page(x.Path, "page.html", x.At, func(m *maker, p place) (any, error) { return m.textPage(p, x) }))
	}
	for _, x := range n.News {
		out = append(out, m.page(x.Path, "page.html", x.At, func(m *maker, p place) (any, error) { return m.newsPage(p, x) }))
	}
	return out
}

func (m *maker) goalsPage(p place) view.GoalsPage {
	page := view.GoalsPage{Matrix: m.charts(p).Matrix()}
	for _, g := range m.net.Goals {
		t := view.GoalTile{Number: g.Number, Title: g.Name, Lang: m.nameLang(&g.Head), Href: p.to(m.path(g.Path))}
		if k := len(g.Practices) + len(g.CaseStudies); k > 0 {
			t.Uses = m.words.T("goal.uses", k)
		}
		page.Goals = append(page.Goals, t)
	}
	page.Head = view.Head{Heading: m.words.T("goals.heading"), Lead: m.words.T("goals.lead"), Crumbs: m.trail(p, m.words.T("nav.goals"))}
	page.Frame = m.frame(p, pageInfo{path: "goals/", title: m.words.T("goals.heading"), description: page.Lead, crumbs: page.Crumbs})
	return page
}

func (m *maker) goalPage(p place, g *derive.Goal) view.GoalPage {
	h := &g.Goal.Head
	page := view.GoalPage{Number: g.Number, Works: m.practices(p, g.Practices), WallHref: m.wall(p, "goal="+g.ID), Sources: m.prose.Sources(h)}
	page.CaseStudies = view.Given(m.shows(p, "CaseStudies"), func() []view.Row { return m.caseStudies(p, g.CaseStudies) })
	for _, x := range m.net.Goals {
		page.Strip = append(page.Strip, view.GoalCell{N: x.Number, On: x == g, Title: x.Name, Lang: m.nameLang(&x.Head), Href: p.to(m.path(x.Path))})
	}
	cities := gather.Cities(g)
	page.Cities = view.Given(m.shows(p, "Cities"), func() []view.CityItem { return m.cities(p, cities, gather.Country) })
	used := map[string]bool{}
	note := func(uses []model.GoalUse) {
		for _, u := range uses {
			if u.Goal.ID == g.ID {
				for _, t := range u.Targets {
					used[t] = true
				}
			}
		}
	}
	for _, w := range g.Practices {
		note(w.Practice.Goals)
	}
	for _, s := range g.CaseStudies {
		note(s.CaseStudy.Goals)
	}
	for _, c := range g.Cities {
		note(c.Goals)
	}
	for i, t := range g.Targets {
		page.Targets = append(page.Targets, view.TargetLine{Code: t.Code, Text: t.Text, Lang: m.textLang(h, within("targets", i, "text")), Used: used[t.Code]})
	}
	page.Head = view.Head{Heading: g.Name, HeadingLang: m.nameLang(h), Notice: m.notice(p, h, g.Path), Lead: m.goalLead(g, len(cities)),
		Crumbs: m.trail(p, m.words.T("goal.name", strconv.Itoa(g.Number)), "nav.goals", "goals/")}
	page.Frame = m.frame(p, pageInfo{record: h, path: g.Path, section: "goals/", title: m.words.T("goal.name", strconv.Itoa(g.Number)) + ": " + g.Name, description: page.Lead, crumbs: page.Crumbs})
	return page
}

// goalLead says how many works name a goal.
func (m *maker) goalLead(g *derive.Goal, cities int) string {
	var by []string
	if n := len(g.Practices); n > 0 {
		by = append(by, m.words.T("practices.count", n))
	}
	if n := len(g.CaseStudies); n > 0 {
		by = append(by, m.words.T("studies", n))
	}
	if len(by) == 0 {
		return m.words.T("goal.none")
	}
	return m.words.T("goal.lead", m.words.List(by), m.words.T("cities", cities))
}

func (m *maker) meetingsPage(p place) view.MeetingsPage {
	var page view.MeetingsPage
	for i := len(m.net.Meetings) - 1; i >= 0; i-- {
		x := m.net.Meetings[i]
		it := view.MeetingItem{Href: p.to(m.path(x.Path)), Year: m.year(x.When().Year), Title: x.Name, Lang: m.nameLang(&x.Head), Place: m.meetingPlace(x), Theme: x.Theme, ThemeLang: m.textLang(&x.Head, "theme")}
		it.Plate = p.to(look.Path(model.Meetings, x.ID))
		if c := look.Host(x); c != nil {
			it.Plate, it.Class = p.to(look.Path(model.Cities, c.ID)), "f-"+c.Field.ID
		}
		page.Meetings = append(page.Meetings, it)
	}
	page.Head = view.Head{Heading: m.words.T("meetings.heading"), Lead: m.words.T("meetings.lead", len(m.net.Meetings)), Crumbs: m.trail(p, m.words.T("nav.meetings"))}
	page.Frame = m.frame(p, pageInfo{path: "meetings/", title: m.words.T("meetings.heading"), description: page.Lead, crumbs: page.Crumbs})
	return page
}

func (m *maker) meetingPage(p place, x *derive.Meeting) (view.MeetingPage, error) {
	h := &x.Head
	body, err := m.prose.Body(p.to, h)
	if err != nil {
		return view.MeetingPage{}, err
	}
	page := view.MeetingPage{
		Title: x.Name, Summary: m.prose.Summary(h), Kicker: m.words.T("meeting.kicker", x.Number), Theme: x.Theme, ThemeLang: m.textLang(h, "theme"), Body: body, Launched: x.Launched, LaunchedLang: m.textLang(h, "launched"),
		Gallery: m.prose.Gallery(p.to, h), Sources: m.prose.Sources(h), HostsTitle: m.words.T("meeting.hosts", len(x.Hosts)), Hosts: m.cityLinks(p, x.Hosts), Cite: m.cite(x.Name, x.Path),
		Presented: append(m.practiceRows(p, x.Practices), m.caseStudies(p, x.CaseStudies)...),
	}
	for _, e := range x.Exhibitions {
		page.Presented = append(page.Presented, view.Row{Lead: m.words.T("nav.exhibition"), Title: e.Name, Lang: m.nameLang(&e.Exhibition.Head), Href: p.to(m.path(e.Path))})
	}
	for i, o := range x.Outcomes {
		page.Outcomes = append(page.Outcomes, view.Link{Label: o.Title, Lang: m.textLang(h, within("outcomes", i, "title")), Href: o.URL, Note: m.words.T("outcome." + o.Kind), External: o.URL != ""})
	}
	page.Plates = m.meetingPlates(p, x)
	if len(x.Hosts) > 0 {
		k := m.workMap(x.Hosts)
		page.Map = &k
	}
	when := m.words.Date(x.Year)
	if !x.Dates.IsZero() {
		when = m.words.Span(x.Dates.Start, x.Dates.End)
	}
	page.Facts = []view.Fact{{Label: m.words.T("meeting.when"), Value: when}, {Label: m.words.T("meeting.where"), Links: m.named(p, x.Hosts), Value: x.Venue}}
	if n := x.Participants; n.Value > 0 {
		page.Facts = append(page.Facts, view.Fact{Label: m.words.T("meeting.participants"), Value: phrase.Count(m.words.Number(n.Value), n.Note), Lang: m.noteLang(h, n.Note, "participants.note")})
	}
	page.Before, page.After = m.otherMeeting(p, x.Prev), m.otherMeeting(p, x.Next)
	class := ""
	if c := look.Host(x); c != nil {
		class = "f-" + c.Field.ID
	}
	page.Head = view.Head{HeadingLang: m.nameLang(h), LeadLang: m.sayLang(h), BodyLang: m.bodyLang(h), Notice: m.notice(p, h, x.Path), Crumbs: m.crumbs(p, x.Name, m.links(p, "nav.meetings", "meetings/"), h)}
	page.Frame = m.frame(p, pageInfo{record: h, path: x.Path, section: "meetings/", title: m.meetingTitle(x), description: page.Summary, class: class, crumbs: page.Crumbs, about: func() []linked.Node { return m.linked.Meeting(x, m.meetingTitle(x), page.Summary) }})
	return page, nil
}

// meetingTitle tells meetings of one name apart by their year.
func (m *maker) meetingTitle(x *derive.Meeting) string {
	if y := m.year(x.When().Year); y != "" && !strings.Contains(x.Name, y) {
		return x.Name + ", " + y
	}
	return x.Name
}

// meetingPlates are the plates of the hosts, or the meeting's own picture.
func (m *maker) meetingPlates(p place, x *derive.Meeting) []view.Picture {
	if _, ok := prose.Lead(&x.Head); ok {
		return []view.Picture{m.prose.Hero(p.to, &x.Head)}
	}
	if look.Host(x) == nil {
		return []view.Picture{m.prose.Hero(p.to, &x.Head)}
	}
	var out []view.Picture
	for _, c := range x.Hosts {
		if c.Field != nil {
			out = append(out, view.Picture{Src: p.to(look.Path(model.Cities, c.ID)), Width: plate.Width, Height: plate.Height, Eager: true})
		}
	}
	return out
}

func (m *maker) otherMeeting(p place, x *derive.Meeting) *view.Link {
	if x == nil {
		return nil
	}
	return &view.Link{Label: strings.Trim(m.where(x.Hosts)+x.Venue+", "+m.year(x.When().Year), ", "), Href: p.to(m.path(x.Path))}
}

func (m *maker) groupRow(p place, g *derive.Group) view.Row {
	r := view.Row{Title: g.Name, Lang: m.nameLang(&g.Head), Sub: m.prose.Summary(&g.Head), SubLang: m.sayLang(&g.Head), Href: p.to(m.path(g.Path)), Lead: g.Acronym}
	if r.Lead == "" && len(g.Members) > 0 {
		r.Lead = m.words.Number(len(g.Members))
	}
	return r
}

func (m *maker) networksPage(p place) view.ListPage {
	var page view.ListPage
	for _, kind := range []string{"field", "national", "regional", "partner"} {
		g := view.RowGroup{ID: kind, Title: m.words.T("networks." + kind)}
		for _, x := range m.net.Networks {
			if x.Kind == kind {
				g.Rows = append(g.Rows, m.groupRow(p, x))
			}
		}
		if len(g.Rows) > 0 {
			page.Groups = append(page.Groups, g)
		}
	}
	page.Head = view.Head{Heading: m.words.T("nav.networks"), Lead: m.words.T("networks.lead"), Crumbs: m.trail(p, m.words.T("nav.networks"))}
	page.Frame = m.frame(p, pageInfo{path: "networks/", title: m.words.T("nav.networks"), description: page.Lead, crumbs: page.Crumbs})
	return page
}

func (m *maker) networkPage(p place, g *derive.Group) (view.NetworkPage, error) {
	h := &g.Head
	body, err := m.prose.Body(p.to, h)
	if err != nil {
		return view.NetworkPage{}, err
	}
	page := view.NetworkPage{Body: body, Members: m.cities(p, g.Members, gather.Country), Sources: m.prose.Sources(h), Cite: m.cite(g.Name, g.Path), Outside: m.addresses(g.Website, nil, nil)}
	for _, k := range g.Coordinators {
		l := m.cityLinks(p, []*derive.City{k.City})[0]
		l.Note = m.words.T("role." + k.Role)
		page.Coordinators = append(page.Coordinators, l)
	}
	page.Head = view.Head{Heading: g.Name, Size: phrase.Size(g.Name), Lead: m.prose.Summary(h), HeadingLang: m.nameLang(h), LeadLang: m.sayLang(h), BodyLang: m.bodyLang(h), Notice: m.notice(p, h, g.Path), Crumbs: m.crumbs(p, g.Name, m.links(p, "nav.networks", "networks/"), h)}
	page.Frame = m.frame(p, pageInfo{record: h, path: g.Path, section: "networks/", title: g.Name, description: page.Lead, crumbs: page.Crumbs})
	return page, nil
}

func (m *maker) textPage(p place, x *derive.Page) (view.TextPage, error) {
	h := &x.Head
	body, err := m.prose.Body(p.to, h)
	if err != nil {
		return view.TextPage{}, err
	}
	page := view.TextPage{Body: body, Contents: m.prose.Contents(h), Gallery: m.prose.Gallery(p.to, h), Sources: m.prose.Sources(h), Cite: m.cite(x.Name, x.Path)}
	if x.Layout == model.Monitoring {
		page.Calendar = m.calendar(p)
	}
	var sisters []view.Link
	for _, o := range m.net.Pages {
		if o != x && o.Menu == x.Menu {
			sisters = append(sisters, view.Link{Label: o.Name, Href: p.to(m.path(o.Path)), Lang: m.nameLang(&o.Head)})
		}
	}
	if len(sisters) > 0 {
		page.Margin = []view.LinkGroup{{Title: m.words.T("page.sisters"), Links: sisters}}
	}
	page.Head = view.Head{Heading: x.Name, Size: phrase.Size(x.Name), Lead: h.Summary, HeadingLang: m.nameLang(h), LeadLang: m.sayLang(h), BodyLang: m.bodyLang(h), Notice: m.notice(p, h, x.Path), Crumbs: m.crumbs(p, x.Name, nil, h)}
	page.Frame = m.frame(p, pageInfo{record: h, path: x.Path, title: x.Name, description: m.prose.Summary(h), crumbs: page.Crumbs})
	return page, nil
}

func (m *maker) newsPage(p place, x *derive.News) (view.TextPage, error) {
	h := &x.Head
	body, err := m.prose.Body(p.to, h)
	if err != nil {
		return view.TextPage{}, err
	}
	page := view.TextPage{Body: body, Contents: m.prose.Contents(h), Gallery: m.prose.Gallery(p.to, h), Sources: m.prose.Sources(h), Cite: m.cite(x.Name, x.Path),
		Facts: []view.Fact{{Label: m.words.T("news.date"), Value: m.words.Date(x.Date)}}}
	if len(x.Cities) > 0 {
		page.Margin = []view.LinkGroup{{Title: m.words.T("nav.cities"), Links: m.cityLinks(p, x.Cities)}}
	}
	page.Head = view.Head{Heading: x.Name, Size: phrase.Size(x.Name), Lead: h.Summary, HeadingLang: m.nameLang(h), LeadLang: m.sayLang(h), BodyLang: m.bodyLang(h), Notice: m.notice(p, h, x.Path), Crumbs: m.crumbs(p, x.Name, nil, h)}
	page.Frame = m.frame(p, pageInfo{record: h, path: x.Path, title: x.Name, description: m.prose.Summary(h), crumbs: page.Crumbs})
	return page, nil
}
