package derive

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"uccn/generator/internal/config"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/model"
	"uccn/generator/internal/par"
)

// Options choose what is derived.
type Options struct {
	Edition string     // id; the site's when empty
	Today   model.Date // for what is due and what is to come
	Memory  *Memory    // what was found out for the networks before; nil remembers nothing
}

// Build derives the network of an edition in the content's language. The
// cross-file checks are made in the site's first language alone, since the
// others share its facts. Network is nil when the edition is not there.
func Build(c *model.Content, s *config.Site, o Options) (*Network, diag.List) {
	b := &builder{c: c, names: o.Memory.order(c.Lang), memory: o.Memory, n: &Network{Lang: c.Lang, Today: o.Today, cities: map[string]*City{}, paths: make(map[record]Target, len(c.Cities)+len(c.Practices)+len(c.CaseStudies))}}
	var dl diag.List
	first := len(s.Languages) == 0 || c.Lang == s.Languages[0]
	_ = par.Do(context.Background(), // no step fails
		func() error {
			if first {
				dl = checkLinks(c)
			}
			return nil
		},
		func() error { b.network(s, o); return nil },
	)
	switch {
	case !first:
	case b.n.Edition == nil:
		dl = append(dl, noEdition(c, s, cmp.Or(o.Edition, s.Edition), o.Edition == "")...)
	default:
		dl = append(dl, checkNetwork(c, b.n)...)
	}
	if b.n.Edition == nil {
		return nil, dl
	}
	return b.n, dl
}

// network derives the network, if there is the edition.
func (b *builder) network(s *config.Site, o Options) {
	id := cmp.Or(o.Edition, s.Edition)
	b.editions()
	for _, e := range b.n.Editions {
		if e.ID == id {
			b.n.Edition = e
		}
	}
	if b.n.Edition == nil {
		return
	}
	b.frame()
	b.cities()
	b.places()
	b.works()
	b.meetings()
	b.exhibitions(s.Exhibition)
	b.groups()
	b.rest()
	b.statistics()
	b.addresses()
}

func noEdition(c *model.Content, s *config.Site, id string, fromSite bool) diag.List {
	var dl diag.List
	at := diag.Pos{Path: config.File}
	if fromSite {
		at = s.EditionAt
	}
	if slices.Contains(c.Orphans, model.Orphan{Type: model.Editions, ID: id}) {
		return nil
	}
	var ids []string
	for _, e := range c.Editions {
		if e.ID == id {
			return nil // it is there, broken, and has its own message
		}
		ids = append(ids, e.ID)
	}
	for _, h := range c.Hidden {
		if h.Type == model.Editions && h.ID == id {
			d := dl.Errorf(at, "hidden-reference", "the edition %q is not built: its status is %s", id, h.Status)
			d.Hint, d.Related = "publish it, or build with --drafts", []diag.Related{{Pos: h.At, Message: "its record"}}
			return dl
		}
	}
	d := dl.Errorf(at, "unknown-edition", "there is no edition %q", id)
	d.Propose(id, "the editions", ids)
	if !fromSite {
		d.Fix, d.Len = "", 0
	}
	return dl
}

type builder struct {
	c *model.Content
	n *Network

	names      *order
	memory     *Memory
	fields     map[string]*Field
	regions    map[string]*Region
	countries  map[string]*Country
	goals      map[string]*Goal
	themes     map[string]*Theme
	practices  map[string]*Practice
	gatherings map[string]*Meeting
}

// frame derives what the cities stand in: fields, regions, countries, goals
// and themes.
func (b *builder) frame() {
	n := b.n
	b.fields, b.regions, b.countries = map[string]*Field{}, map[string]*Region{}, map[string]*Country{}
	b.goals, b.themes = map[string]*Goal{}, map[string]*Theme{}
	for _, f := range b.c.Fields {
		b.fields[f.ID] = &Field{Field: f}
		if f.Since <= n.Edition.AsOf.Year {
			b.fields[f.ID].Path = "fields/" + f.ID + "/"
			n.Fields = append(n.Fields, b.fields[f.ID])
		}
	}
	slices.SortStableFunc(n.Fields, func(x, y *Field) int { return cmp.Or(cmp.Compare(x.Order, y.Order), b.sort(x.Name, y.Name)) })
	for _, r := range b.c.Regions {
		b.regions[r.ID] = &Region{Region: r, Path: "regions/" + r.ID + "/"}
		n.Regions = append(n.Regions, b.regions[r.ID])
	}
	slices.SortStableFunc(n.Regions, func(x, y *Region) int { return cmp.Or(cmp.Compare(x.Order, y.Order), b.sort(x.Name, y.Name)) })
	for _, c := range b.c.Countries {
		b.countries[c.ID] = &Country{Country: c, Name: nameAt(c.Name, c.NamesByEdition, n.Edition.AsOf), Code: strings.ToUpper(c.ID), Region: b.regions[c.Region.ID]}
	}
	for _, g := range b.c.Goals {
		b.goals[g.ID] = &Goal{Goal: g, Path: "goals/" + g.ID + "/"}
		n.Goals = append(n.Goals, b.goals[g.ID])
	}
	slices.SortFunc(n.Goals, func(x, y *Goal) int { return cmp.Compare(x.Number, y.Number) })
	for _, t := range b.c.Themes {
		b.themes[t.ID] = &Theme{Theme: t}
		n.Themes = append(n.Themes, b.themes[t.ID])
	}
	slices.SortStableFunc(n.Themes, func(x, y *Theme) int {
		return cmp.Or(cmp.Compare(x.Scheme, y.Scheme), cmp.Compare(x.Order, y.Order), b.sort(x.Name, y.Name))
	})
}

// nameAt returns the name that was in use on a day.
func nameAt(now string, former []model.FormerName, day model.Date) string {
	best := model.Date{Year: 9999}
	for _, f := range former {
		if until := f.Until.Last(); day.Last().Compare(until) < 0 && until.Compare(best) < 0 {
			now, best = f.Name, until
		}
	}
	return now
}

// memberOn reports whether a city is a member on a day. A date of which only
// the year is known counts as that year's last day.
func memberOn(c *model.City, day model.Date) bool {
	if c.Broken || c.Designated.IsZero() || c.Designated.Last().Compare(day.Last()) > 0 {
		return false
	}
	left := c.Membership.Status == "withdrawn" || c.Membership.Status == "suspended"
	return !left || !c.Membership.Until.IsZero() && day.Last().Compare(c.Membership.Until.Last()) < 0
}

// fieldOn returns the id of the field that a city had on a day.
func fieldOn(c *model.City, day model.Date) string {
	id, best := c.Field.ID, model.Date{Year: 9999}
	for _, f := range c.FieldsFormer {
		if until := f.Until.Last(); day.Last().Compare(until) < 0 && until.Compare(best) < 0 {
			id, best = f.Field.ID, until
		}
	}
	return id
}

// cities derives every city; those that are members of the edition get a page.
func (b *builder) cities() {
	n := b.n
	day := n.Edition.AsOf
	for _, c := range b.c.Cities {
		if c.Broken {
			continue
		}
		d := &City{City: c, Name: nameAt(c.Name, c.NamesFormer, day), Member: memberOn(c, day)}
		d.Field, d.Country = b.fields[fieldOn(c, day)], b.countries[c.Country.ID]
		if d.Country != nil {
			d.Region = d.Country.Region
		}
		if r := b.regions[c.Region.ID]; r != nil {
			d.Region = r
		}
		n.cities[c.ID] = d
		if d.Member && d.Field != nil && d.Country != nil && d.Region != nil {
			d.Path = "cities/" + c.ID + "/"
			n.Cities = append(n.Cities, d)
		}
	}
	sortByName(b, n.Cities, (*City).called, nil)
	for _, c := range n.Cities {
		c.Field.Cities = append(c.Field.Cities, c)
		c.Region.Cities = append(c.Region.Cities, c)
		if len(c.Country.Cities) == 0 {
			c.Country.Path = "countries/" + c.Country.ID + "/"
			n.Countries = append(n.Countries, c.Country)
			c.Country.Region.Countries = append(c.Country.Region.Countries, c.Country)
		}
		c.Country.Cities = append(c.Country.Cities, c)
		for _, g := range c.Goals {
			if g := b.goals[g.Goal.ID]; g != nil {
				g.Cities = append(g.Cities, c)
			}
		}
		b.reportDue(c)
	}
	byName := func(x, y *Country) int { return b.sort(x.Name, y.Name) }
	slices.SortStableFunc(n.Countries, byName)
	for _, r := range n.Regions {
		slices.SortStableFunc(r.Countries, byName)
	}
	for _, f := range n.Fields {
		seen := map[*Country]bool{}
		for _, c := range f.Cities {
			seen[c.Country] = true
		}
		f.Countries = len(seen)
	}
}

// reportDue computes the monitoring calendar of a city: a report every four
// years after designation.
func (b *builder) reportDue(c *City) {
	today := b.n.Today.Year
	if today == 0 {
		return
	}
	c.ReportDue = c.Designated.Year + 4
	for c.ReportDue < today {
		c.ReportDue += 4
	}
}

// sort compares two names.
func (b *builder) sort(x, y string) int { return b.names.compare(x, y) }

func (b *builder) pick(refs []model.Ref) []*City {
	var out []*City
	for _, r := range refs {
		if c := b.n.cities[r.ID]; c != nil {
			out = append(out, c)
		}
	}
	return out
}

func lookup[T any](m map[string]*T, refs []model.Ref) []*T {
	var out []*T
	for _, r := range refs {
		if v := m[r.ID]; v != nil {
			out = append(out, v)
		}
	}
	return out
}

// unique returns what f gives for each of in, without repetitions and nils, in
// the order of first mention.
func unique[A any, B comparable](in []A, f func(A) B) []B {
	var zero B
	var out []B
	for _, a := range in {
		if v := f(a); v != zero && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// addresses notes where each record's page is.
func (b *builder) addresses() {
	put := func(h *model.Head, path, title string) {
		b.n.paths[record{h.Type, h.ID}] = Target{h.Type, path, title}
	}
	n := b.n
	for _, c := range b.c.Cities {
		if d := n.cities[c.ID]; d != nil {
			put(&c.Head, d.Path, d.Name)
		}
	}
	for _, f := range b.fields {
		put(&f.Head, f.Path, f.Name)
	}
	for _, r := range n.Regions {
		put(&r.Head, r.Path, r.Name)
	}
	for _, c := range b.countries {
		put(&c.Head, c.Path, c.Name)
	}
	for _, g := range n.Goals {
		put(&g.Head, g.Path, strconv.Itoa(g.Number)+" "+g.Name)
	}
	for _, t := range n.Themes {
		put(&t.Head, t.Path, t.Name)
	}
	for _, p := range n.Practices {
		put(&p.Head, p.Path, p.Name)
	}
	for _, p := range n.CaseStudies {
		put(&p.Head, p.Path, p.Name)
	}
	for _, m := range n.Meetings {
		put(&m.Head, m.Path, m.Name)
	}
	for _, r := range n.Reports {
		put(&r.Head, "", r.Name)
	}
	for _, e := range n.Editions {
		put(&e.Head, e.Path, e.Name)
	}
	for _, x := range n.Exhibitions {
		put(&x.Head, x.Path, x.Name)
	}
	for _, g := range n.Networks {
		put(&g.Head, g.Path, g.Name)
	}
	for _, p := range n.Pages {
		put(&p.Head, p.Path, p.Name)
	}
	for _, x := range n.News {
		put(&x.Head, x.Path, x.Name)
	}
}
