package search

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/model"
	"uccn/generator/internal/render"
	"uccn/generator/internal/searchindex"
	"uccn/generator/internal/theme"
)

// finding is a page as one language sees it.
type finding struct {
	address
	fields []string
	view   searchindex.View
	body   model.Text // quoted behind the first of the view's texts
}

// address is a page in whatever language.
type address struct{ kind, path string }

// A gatherer gathers the pages of one language.
type gatherer struct {
	net    *derive.Network
	words  *theme.Words
	prefix string
	found  []finding
	goal   map[*derive.Goal]string // as readers look for it
}

// add adds a page. Its record's summary and body are quoted, more is searched.
func (g *gatherer) add(kind, path string, h *model.Head, v searchindex.View, fields []string, quoted, more []string) {
	v.Title, v.Lang = cmp.Or(v.Title, h.Name), cmp.Or(v.Lang, h.NameLang())
	v.Path = g.prefix + path
	v.Text, v.More = append([]string{h.Summary}, quoted...), more
	g.found = append(g.found, finding{address{kind, path}, fields, v, h.Body})
}

func (g *gatherer) all() {
	g.cities()
	g.practices()
	g.caseStudies()
	g.meetings()
	g.frame()
	g.others()
}

func (g *gatherer) cities() {
	cities := slices.Clone(g.net.Cities)
	slices.SortStableFunc(cities, func(a, b *derive.City) int { return cmp.Compare(countryName(a), countryName(b)) })
	script := render.ScriptOf(g.words.T("nav.home"))
	for _, c := range cities {
		v := searchindex.View{Title: c.Name, Note: countryName(c), Aliases: []string{c.NameOfficial}}
		if render.Begins(c.Name, script) {
			v.Lang = g.net.Lang
		}
		for _, l := range c.NameLocal {
			v.Aliases = append(v.Aliases, l.Text)
		}
		for _, f := range c.NamesFormer {
			v.Aliases = append(v.Aliases, f.Name)
		}
		more := append(places([]*derive.City{c})[1:], c.Commitments...)
		more = append(more, g.goals(g.goalsOf(c.Goals))...)
		for _, a := range c.Assets {
			more = append(more, a.Name)
		}
		for _, e := range c.Events {
			more = append(more, e.Name)
		}
		var fields []string
		if c.Field != nil {
			fields = fieldIDs([]*derive.Field{c.Field})
			more = append(more, c.Field.CityLabel, c.Field.Name)
		}
		g.add("city", c.Path, &c.Head, v, fields, nil, more)
	}
}

func countryName(c *derive.City) string {
	if c.Country == nil {
		return ""
	}
	return c.Country.Name
}

func (g *gatherer) practices() {
	for _, p := range g.net.Practices {
		quoted := []string{p.Challenge, p.Lessons, p.Transferability, p.Panel.Quote}
		more := slices.Concat(places(p.Cities), p.Objectives, p.Actions, p.Beneficiaries)
		for _, x := range p.Partners {
			more = append(more, x.Name)
		}
		for _, t := range p.Themes {
			more = append(more, t.Name)
		}
		more = append(more, g.goals(p.Goals)...)
		g.add("practice", p.Path, &p.Head, searchindex.View{Note: cityNames(p.Cities)}, fieldIDs(p.Fields), quoted, more)
	}
}

func (g *gatherer) caseStudies() {
	for _, s := range g.net.CaseStudies {
		more := append(places(s.Cities), s.ReplicableIn...)
		for _, x := range s.Partners {
			more = append(more, x.Name)
		}
		if s.Theme != nil {
			more = append(more, s.Theme.Name)
		}
		more = append(more, g.goals(s.Goals)...)
		g.add("case-study", s.Path, &s.Head, searchindex.View{Note: cityNames(s.Cities)}, fieldIDs(s.Fields), []string{s.Problem, s.Innovation, s.Process, s.Impact}, more)
	}
}

func (g *gatherer) meetings() {
	for _, m := range g.net.Meetings {
		note := ""
		if y := m.When().Year; y != 0 {
			note = strconv.Itoa(y)
		}
		more := append(places(m.Hosts), m.Venue)
		for _, o := range m.Outcomes {
			more = append(more, o.Title)
		}
		v := searchindex.View{Note: note}
		if m.Future {
			v.Aliases = []string{g.words.T("search.next")}
		}
		g.add("meeting", m.Path, &m.Head, v, nil, []string{m.Theme}, append(more, m.Launched...))
	}
}

// frame adds what the cities and the works stand in.
func (g *gatherer) frame() {
	n := g.net
	for _, f := range n.Fields {
		v := searchindex.View{Aliases: []string{f.CityLabel}}
		var more []string
		for _, s := range f.SubFields {
			more = append(more, s.Name)
		}
		g.add("field", f.Path, &f.Head, v, []string{f.ID}, nil, more)
	}
	countries := slices.Clone(n.Countries)
	slices.SortStableFunc(countries, func(a, b *derive.Country) int { return cmp.Compare(regionName(a), regionName(b)) })
	for _, c := range countries {
		v := searchindex.View{Title: c.Name, Lang: g.net.Lang, Note: regionName(c), Aliases: []string{c.Country.Name}}
		for _, f := range c.NamesByEdition {
			v.Aliases = append(v.Aliases, f.Name)
		}
		g.add("country", c.Path, &c.Head, v, nil, nil, nil)
	}
	for _, r := range n.Regions {
		g.add("region", r.Path, &r.Head, searchindex.View{}, nil, nil, nil)
	}
	for _, x := range n.Goals {
		var targets []string
		for _, t := range x.Targets {
			targets = append(targets, t.Code+" "+t.Text)
		}
		g.add("goal", x.Path, &x.Head, searchindex.View{Note: strconv.Itoa(x.Number)}, nil, targets, nil)
	}
}

func regionName(c *derive.Country) string {
	if c.Region == nil {
		return ""
	}
	return c.Region.Name
}

// others adds what is neither city nor work.
func (g *gatherer) others() {
	n := g.net
	for _, x := range n.Exhibitions {
		var rooms []string
		for _, r := range x.Rooms {
			rooms = append(rooms, r.Title, r.Intro)
		}
		g.add("exhibition", x.Path, &x.Head, searchindex.View{}, nil, nil, rooms)
		for _, t := range x.Tours {
			v := searchindex.View{Title: t.Title, Lang: x.LangOf(t.Key + ".title"), Note: x.Name}
			said := []string{t.Intro}
			for _, s := range t.Stops {
				said = append(said, s.Text)
			}
			g.add("exhibition", t.Path, &model.Head{}, v, nil, said, nil)
		}
	}
	for _, e := range n.Editions {
		g.add("edition", e.Path, &e.Head, searchindex.View{}, nil, []string{e.Subtitle}, nil)
	}
	for _, x := range n.Networks {
		g.add("network", x.Path, &x.Head, searchindex.View{Aliases: []string{x.Acronym}}, nil, nil, nil)
	}
	for _, x := range n.News {
		g.add("news", x.Path, &x.Head, searchindex.View{Note: strconv.Itoa(x.Date.Year)}, nil, nil, places(x.Cities))
	}
	for _, x := range n.Pages {
		g.add("page", x.Path, &x.Head, searchindex.View{}, nil, nil, nil)
	}
}

// places names cities with their countries and regions, each once; the first is
// the first city.
func places(cities []*derive.City) []string {
	var out []string
	add := func(s string) {
		if s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	for _, c := range cities {
		add(c.Name)
	}
	for _, c := range cities {
		add(countryName(c))
		if c.Region != nil {
			add(c.Region.Name)
		}
	}
	return out
}

// cityNames is the note beside a work: its first cities.
func cityNames(cities []*derive.City) string {
	var names []string
	for _, c := range cities {
		names = append(names, c.Name)
	}
	if len(names) > 3 {
		names = append(names[:2], "…")
	}
	return strings.Join(names, ", ")
}

func fieldIDs(fields []*derive.Field) []string {
	var ids []string
	for _, f := range fields {
		if f.Path != "" {
			ids = append(ids, f.ID)
		}
	}
	return ids
}

func (g *gatherer) goalsOf(uses []model.GoalUse) []*derive.Goal {
	var out []*derive.Goal
	for _, u := range uses {
		for _, x := range g.net.Goals {
			if x.ID == u.Goal.ID {
				out = append(out, x)
			}
		}
	}
	return out
}

// goals writes goals as readers look for them: "Goal 4 Quality education".
func (g *gatherer) goals(goals []*derive.Goal) []string {
	var out []string
	for _, x := range goals {
		words, known := g.goal[x]
		if !known {
			words = g.words.T("search.kind.goal") + " " + strconv.Itoa(x.Number) + " " + x.Name
			g.goal[x] = words
		}
		out = append(out, words)
	}
	return out
}
