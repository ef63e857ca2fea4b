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
	view   searchindex.View // with what rest adds, unless the gatherer is lean
	head   *model.Head      // whose summary and text are quoted
	body   model.Text       // the text as it is now
	rest   details
}

// details adds to a view what is searched besides its title: other names, texts that are
// quoted, and texts that are not.
type details func(v *searchindex.View)

// address is a page in whatever language.
type address struct{ kind, path string }

// A gatherer gathers the pages of one language.
type gatherer struct {
	net    *derive.Network
	words  *theme.Words
	prefix string
	lean   bool // nobody compares what is found: details can wait until they are counted
	found  []finding
	goal   map[*derive.Goal]string // as readers look for it
}

// gather gathers the pages of a network.
func gather(n *derive.Network, words *theme.Words, prefix string, lean bool) []finding {
	g := &gatherer{net: n, words: words, prefix: prefix, lean: lean, goal: map[*derive.Goal]string{}}
	g.found = make([]finding, 0, len(n.Cities)+len(n.Practices)+len(n.CaseStudies)+len(n.Countries)+len(n.News)+len(n.Pages)+64) // few are others
	for _, x := range n.Goals {
		g.goal[x] = words.T("search.kind.goal") + " " + strconv.Itoa(x.Number) + " " + x.Name
	}
	g.all()
	return g.found
}

// add adds a page. Its record's summary and text are quoted before what rest adds, which
// may be nil.
func (g *gatherer) add(kind, path string, h *model.Head, v searchindex.View, fields []string, rest details) {
	v.Title, v.Lang = cmp.Or(v.Title, h.Name), cmp.Or(v.Lang, h.NameLang())
	v.Path = g.prefix + path
	if rest != nil && !g.lean {
		rest(&v)
	}
	g.found = append(g.found, finding{address{kind, path}, fields, v, h, h.Body, rest})
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
		v := searchindex.View{Title: c.Name, Note: countryName(c)}
		if render.Begins(c.Name, script) {
			v.Lang = g.net.Lang
		}
		var fields []string
		if c.Field != nil {
			fields = fieldIDs([]*derive.Field{c.Field})
		}
		g.add("city", c.Path, &c.Head, v, fields, func(v *searchindex.View) { g.city(v, c) })
	}
}

func (g *gatherer) city(v *searchindex.View, c *derive.City) {
	v.Aliases = []string{c.NameOfficial}
	for _, l := range c.NameLocal {
		v.Aliases = append(v.Aliases, l.Text)
	}
	for _, f := range c.NamesFormer {
		v.Aliases = append(v.Aliases, f.Name)
	}
	v.More = append(places([]*derive.City{c})[1:], c.Commitments...)
	v.More = append(v.More, g.goals(g.goalsOf(c.Goals))...)
	for _, a := range c.Assets {
		v.More = append(v.More, a.Name)
	}
	for _, e := range c.Events {
		v.More = append(v.More, e.Name)
	}
	if c.Field != nil {
		v.More = append(v.More, c.Field.CityLabel, c.Field.Name)
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
		g.add("practice", p.Path, &p.Head, searchindex.View{Note: cityNames(p.Cities)}, fieldIDs(p.Fields), func(v *searchindex.View) {
			v.Text = []searchindex.Text{
				text(&p.Head, "challenge", p.Challenge), text(&p.Head, "lessons", p.Lessons),
				text(&p.Head, "transferability", p.Transferability), text(&p.Head, "panel.quote", p.Panel.Quote),
			}
			v.More = slices.Concat(places(p.Cities), p.Objectives, p.Actions, p.Beneficiaries)
			for _, x := range p.Partners {
				v.More = append(v.More, x.Name)
			}
			for _, t := range p.Themes {
				v.More = append(v.More, t.Name)
			}
			v.More = append(v.More, g.goals(p.Goals)...)
		})
	}
}

func (g *gatherer) caseStudies() {
	for _, s := range g.net.CaseStudies {
		g.add("case-study", s.Path, &s.Head, searchindex.View{Note: cityNames(s.Cities)}, fieldIDs(s.Fields), func(v *searchindex.View) {
			v.Text = []searchindex.Text{
				text(&s.Head, "problem", s.Problem), text(&s.Head, "innovation", s.Innovation),
				text(&s.Head, "process", s.Process), text(&s.Head, "impact", s.Impact),
			}
			v.More = append(places(s.Cities), s.ReplicableIn...)
			for _, x := range s.Partners {
				v.More = append(v.More, x.Name)
			}
			if s.Theme != nil {
				v.More = append(v.More, s.Theme.Name)
			}
			v.More = append(v.More, g.goals(s.Goals)...)
		})
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
		g.add("meeting", m.Path, &m.Head, v, nil, said([]searchindex.Text{text(&m.Head, "theme", m.Theme)}, append(more, m.Launched...)))
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
		g.add("field", f.Path, &f.Head, v, []string{f.ID}, said(nil, more))
	}
	countries := slices.Clone(n.Countries)
	slices.SortStableFunc(countries, func(a, b *derive.Country) int { return cmp.Compare(regionName(a), regionName(b)) })
	for _, c := range countries {
		v := searchindex.View{Title: c.Name, Lang: g.net.Lang, Note: regionName(c), Aliases: []string{c.Country.Name}}
		if c.Region != nil {
			v.NoteLang = c.Region.NameLang()
		}
		for _, f := range c.NamesByEdition {
			v.Aliases = append(v.Aliases, f.Name)
		}
		g.add("country", c.Path, &c.Head, v, nil, nil)
	}
	for _, r := range n.Regions {
		g.add("region", r.Path, &r.Head, searchindex.View{}, nil, nil)
	}
	for _, x := range n.Goals {
		var targets []searchindex.Text
		for i, t := range x.Targets {
			targets = append(targets, text(&x.Head, "targets."+strconv.Itoa(i)+".text", t.Code+" "+t.Text))
		}
		g.add("goal", x.Path, &x.Head, searchindex.View{Note: strconv.Itoa(x.Number)}, nil, said(targets, nil))
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
		g.add("exhibition", x.Path, &x.Head, searchindex.View{}, nil, said(nil, rooms))
		for _, t := range x.Tours {
			v := searchindex.View{Title: t.Title, Lang: x.LangOf(t.Key + ".title"), Note: x.Name, NoteLang: x.NameLang()}
			told := []searchindex.Text{text(&x.Head, t.Key+".intro", t.Intro)}
			for _, s := range t.Stops {
				told = append(told, text(&x.Head, s.Key+".text", s.Text))
			}
			g.add("exhibition", t.Path, &model.Head{}, v, nil, said(told, nil))
		}
	}
	for _, e := range n.Editions {
		g.add("edition", e.Path, &e.Head, searchindex.View{}, nil, said([]searchindex.Text{text(&e.Head, "subtitle", e.Subtitle)}, nil))
	}
	for _, x := range n.Networks {
		g.add("network", x.Path, &x.Head, searchindex.View{Aliases: []string{x.Acronym}}, nil, nil)
	}
	for _, x := range n.News {
		g.add("news", x.Path, &x.Head, searchindex.View{Note: strconv.Itoa(x.Date.Year)}, nil, said(nil, places(x.Cities)))
	}
	for _, x := range n.Pages {
		g.add("page", x.Path, &x.Head, searchindex.View{}, nil, nil)
	}
}

// said adds texts that are at hand.
func said(quoted []searchindex.Text, more []string) details {
	return func(v *searchindex.View) { v.Text, v.More = quoted, more }
}

// text is the text at a key of a record, in its language.
func text(h *model.Head, key, words string) searchindex.Text {
	return searchindex.Text{Words: words, Lang: h.LangOf(key)}
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
	out := make([]string, len(goals))
	for i, x := range goals {
		out[i] = g.goal[x]
	}
	return out
}
