package derive

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/model"
)

// index knows every id of every type, whatever the state of its record.
type index struct {
	content *model.Content
	ids     map[model.Type]map[string]bool
	hidden  map[string]*model.Head
}

func indexOf(c *model.Content) index {
	x := index{c, map[model.Type]map[string]bool{}, map[string]*model.Head{}}
	for _, t := range model.Types() {
		x.ids[t] = map[string]bool{}
	}
	for _, r := range c.All() {
		h := r.Of()
		x.ids[h.Type][h.ID] = true
	}
	for _, h := range c.Hidden {
		x.hidden[string(h.Type)+"/"+h.ID] = h
	}
	return x
}

// named returns the id of the last record of a type that has a name, whatever
// its letters' case.
func (x index) named(t model.Type, name string) (id string, ok bool) {
	for _, r := range x.content.All() {
		if h := r.Of(); h.Type == t && h.Name != "" && strings.EqualFold(h.Name, name) {
			id, ok = h.ID, true
		}
	}
	return id, ok
}

// checkLinks reports references to records that are not there.
func checkLinks(c *model.Content) diag.List {
	var dl diag.List
	x := indexOf(c)
	for _, r := range c.All() {
		h := r.Of()
		var own diag.List
		for _, l := range h.Links {
			x.check(&own, l)
		}
		if h.Status == model.Draft {
			own = own.Soften()
		}
		dl = append(dl, own...)
	}
	return dl
}

// check reports a link to a record that is not there.
func (x index) check(dl *diag.List, l model.Link) {
	word := l.Type.Singular()
	if x.ids[l.Type][l.ID] || slices.Contains(x.content.Orphans, model.Orphan{Type: l.Type, ID: l.ID}) {
		return
	}
	if h := x.hidden[string(l.Type)+"/"+l.ID]; h != nil {
		d := dl.Errorf(l.At, "hidden-reference", "the %s %q is not built: its status is %s", word, l.ID, h.Status)
		d.Len, d.Hint = l.Len, "publish it, take the reference out, or build with --drafts"
		d.Related = []diag.Related{{Pos: h.At, Message: "its record"}}
		return
	}
	d := dl.Errorf(l.At, "unknown-"+word, "unknown %s %q", strings.ReplaceAll(word, "-", " "), l.ID)
	d.Propose(l.ID, "the ids", slices.Sorted(maps.Keys(x.ids[l.Type])))
	d.Len = l.Len
	if id, ok := x.named(l.Type, l.ID); ok && d.Fix == "" {
		d.Hint, d.Fix = fmt.Sprintf("write its id: %s", id), id
	}
	switch {
	case d.Fix != "":
	case l.Type == model.Goals:
		x.proposeGoal(d, l.ID)
	case len(x.ids[l.Type]) > 12:
		d.Hint = fmt.Sprintf("there is no content/%s/%s.md; %q makes one", l.Type, l.ID, "uccn new "+word)
	}
}

// proposeGoal completes d for a goal that is not there. Nobody can add one: what
// has the number of one in it was meant to be it, as in "SDG 4" and "04".
func (x index) proposeGoal(d *diag.Diagnostic, got string) {
	number := strings.TrimLeft(strings.TrimFunc(got, func(r rune) bool { return r < '0' || r > '9' }), "0")
	if x.ids[model.Goals][number] {
		d.Hint, d.Fix = fmt.Sprintf("did you mean %q?", number), number
		return
	}
	d.Hint = "the goals of the 2030 Agenda are numbered 1 to 17"
}

// checkNetwork reports what only shows when the records stand together.
func checkNetwork(c *model.Content, n *Network) diag.List {
	var dl diag.List
	dl = append(dl, checkCities(c, n)...)
	dl = append(dl, checkNumbers(n)...)
	dl = append(dl, checkWorks(n)...)
	dl = append(dl, checkTargets(c)...)
	dl = append(dl, checkEditions(c, n)...)
	return append(dl, checkExhibitions(c, n)...)
}

func checkCities(c *model.Content, n *Network) diag.List {
	var dl diag.List
	for _, m := range c.Cities {
		if m.Broken {
			continue
		}
		d := n.cities[m.ID]
		if d.Country != nil {
			checkBox(&dl, m, d.Country)
		}
		for _, k := range m.Cooperates {
			if k.City.ID == m.ID {
				p := dl.Errorf(k.City.At, "self-reference", "%s cannot cooperate with itself", m.Name)
				p.Len, p.Hint = len(m.ID), "name the other city"
			}
		}
		if d.Field == nil {
			continue
		}
		var known []string
		for _, s := range d.Field.SubFields {
			known = append(known, s.ID)
		}
		for _, s := range m.SubFields {
			if !slices.Contains(known, s) {
				dl.Errorf(m.At, "unknown-sub-field", "%s has no sub-field %q", d.Field.Name, s).Propose(s, "its sub-fields", known)
			}
		}
	}
	return dl
}

// checkBox asks about a city that lies outside its country's bounds by more
// than half a degree.
func checkBox(dl *diag.List, m *model.City, country *Country) {
	if country.Box == (model.Box{}) || inside(country.Box, m.Location) {
		return
	}
	d := dl.Warnf(locationAt(m), "outside-country", "the place %g, %g lies outside %s", m.Location.Lat, m.Location.Lon, country.Name)
	d.Hint = "check lat, lon and country"
	swapped := model.Location{Lat: m.Location.Lon, Lon: m.Location.Lat}
	for _, try := range []struct {
		l    model.Location
		hint string
	}{
		{swapped, "lat and lon seem to be swapped"},
		{model.Location{Lat: -m.Location.Lat, Lon: m.Location.Lon}, "lat seems to lack its minus sign, or to have one too many"},
		{model.Location{Lat: m.Location.Lat, Lon: -m.Location.Lon}, "lon seems to lack its minus sign, or to have one too many"},
	} {
		if inside(country.Box, try.l) {
			d.Hint = fmt.Sprintf("%s: write lat: %g, lon: %g", try.hint, try.l.Lat, try.l.Lon)
			return
		}
	}
}

func locationAt(m *model.City) diag.Pos {
	if !m.LocationAt.IsZero() {
		return m.LocationAt
	}
	return m.At
}

func inside(b model.Box, l model.Location) bool {
	const slack = 0.5
	west, south, east, north := b[0]-slack, b[1]-slack, b[2]+slack, b[3]+slack
	if l.Lat < south || l.Lat > north {
		return false
	}
	if b[0] > b[2] { // across the 180th meridian
		return l.Lon >= west || l.Lon <= east
	}
	return l.Lon >= west && l.Lon <= east
}

// checkNumbers reports numbers given twice.
func checkNumbers(n *Network) diag.List {
	var dl diag.List
	meetings := map[int]*Meeting{}
	for _, m := range n.Meetings {
		if o := meetings[m.Number]; o != nil {
			d := dl.Errorf(m.At, "same-number", "two meetings have the number %d", m.Number)
			d.Hint, d.Related = "give one of them its own number", []diag.Related{{Pos: o.At, Message: o.Name}}
		}
		meetings[m.Number] = m
	}
	for _, x := range n.Exhibitions {
		works := map[int]*Practice{}
		for _, p := range x.Works {
			if o := works[p.Number]; o != nil && p.Number != 0 {
				d := dl.Errorf(p.At, "same-number", "two works of the exhibition %q have the number %d", x.Name, p.Number)
				d.Hint, d.Related = "give one of them its own number", []diag.Related{{Pos: o.At, Message: o.Name}}
			}
			works[p.Number] = p
		}
	}
	return dl
}

func checkWorks(n *Network) diag.List {
	var dl diag.List
	lead := func(r model.Ref, cities []model.Ref) {
		if r.ID != "" && !slices.ContainsFunc(cities, func(c model.Ref) bool { return c.ID == r.ID }) {
			d := dl.Errorf(r.At, "lead-not-listed", "the leading city %q is not among the cities", r.ID)
			d.Len, d.Hint = len(r.ID), "add it to cities, or correct lead"
		}
	}
	for _, p := range n.Practices {
		lead(p.Practice.Lead, p.Practice.Cities)
	}
	for _, s := range n.CaseStudies {
		lead(s.CaseStudy.Lead, s.CaseStudy.Cities)
		if s.Theme != nil && s.Programme == "lab2030" && s.Theme.Scheme != "lab2030" {
			d := dl.Errorf(s.CaseStudy.Theme.At, "wrong-scheme", "%q is no theme of LAB.2030", s.Theme.ID)
			d.Len, d.Hint = len(s.Theme.ID), "choose one of the themes whose scheme is lab2030"
		}
	}
	return dl
}

// checkTargets reports targets that their goal does not have.
func checkTargets(c *model.Content) diag.List {
	var dl diag.List
	targets := map[string][]string{}
	for _, g := range c.Goals {
		for _, t := range g.Targets {
			targets[g.ID] = append(targets[g.ID], t.Code)
		}
	}
	check := func(uses []model.GoalUse) {
		for _, u := range uses {
			for _, t := range u.Targets {
				if known := targets[u.Goal.ID]; len(known) > 0 && !slices.Contains(known, t) {
					d := dl.Errorf(u.Goal.At, "unknown-target", "goal %s has no target %q", u.Goal.ID, t)
					d.Propose(t, "its targets", known)
					d.Fix, d.Len = "", len(u.Goal.ID)
				}
			}
		}
	}
	for _, m := range c.Cities {
		check(m.Goals)
	}
	for _, p := range c.Practices {
		check(p.Goals)
	}
	for _, s := range c.CaseStudies {
		check(s.Goals)
	}
	for _, r := range c.Reports {
		check(r.Goals)
	}
	return dl
}

// checkEditions asserts what editions expect, and says which rule each city
// that is not counted met.
func checkEditions(c *model.Content, n *Network) diag.List {
	var dl diag.List
	if anyBroken(c, c.Cities) {
		return dl
	}
	for _, e := range n.Editions {
		assert(&dl, &e.Expect, "cities", e.Expect.Cities, e.Cities, "the edition", "cities", uncounted(c, e))
		assert(&dl, &e.Expect, "countries", e.Expect.Countries, e.Countries, "the edition", "countries", uncounted(c, e))
	}
	return dl
}

func assert(dl *diag.List, e *model.Expect, key string, want, got int, who, what, hint string) {
	if want == 0 || want == got {
		return
	}
	d := dl.Errorf(*e.Place(key), "expectation", "%s expects %d %s, and the records count %d", who, want, what, got)
	d.Len, d.Hint = len(fmt.Sprint(want)), hint
}

// uncounted says in words why cities of the content are not in an edition.
func uncounted(c *model.Content, e *Edition) string {
	var later int
	var left, hidden []string
	for _, m := range c.Cities {
		switch {
		case memberOn(m, e.AsOf):
		case m.Designated.Last().Compare(e.AsOf.Last()) > 0:
			later++
		default:
			left = append(left, m.ID)
		}
	}
	for _, h := range c.Hidden {
		if h.Type == model.Cities {
			hidden = append(hidden, h.ID+" ("+string(h.Status)+")")
		}
	}
	out := []string{fmt.Sprintf("not counted: %d designated after %s", later, e.AsOf)}
	if len(left) > 0 {
		out = append(out, fmt.Sprintf("%d no longer members: %s", len(left), strings.Join(left, ", ")))
	}
	if len(hidden) > 0 {
		out = append(out, fmt.Sprintf("%d not published: %s", len(hidden), strings.Join(hidden, ", ")))
	}
	return strings.Join(out, "; ")
}

// anyBroken reports whether one of the records could not be read whole, or whether there
// are some without an original: counts are off then because of a problem that has its own
// message.
func anyBroken[R model.Record](c *model.Content, records []R) bool {
	return len(c.Orphans) > 0 || slices.ContainsFunc(records, func(r R) bool { return r.Of().Broken })
}

func checkExhibitions(c *model.Content, n *Network) diag.List {
	var dl diag.List
	if anyBroken(c, c.Cities) || anyBroken(c, c.Practices) {
		return dl
	}
	for _, x := range n.Exhibitions {
		who := fmt.Sprintf("the exhibition %q", x.Name)
		assert(&dl, &x.Expect, "practices", x.Expect.Practices, len(x.Works), who, "practices", "the works are the practices with exhibition: "+x.ID)
		assert(&dl, &x.Expect, "cities", x.Expect.Cities, x.Cities, who, "cities", "the cities are those of the practices with exhibition: "+x.ID)
		if len(x.Rooms) == 0 {
			continue
		}
		for _, p := range x.Works {
			if p.Room == nil {
				dl.Warnf(p.Practice.Exhibition.At, "no-room", "%q hangs in no room of the exhibition", p.Name).Hint = "give it a theme that a room asks for, or widen a room's query in " + x.At.Path
			}
		}
		for i, r := range x.Rooms {
			if len(r.Works) == 0 {
				dl.Warnf(x.At, "empty-room", "room %d, %q, is empty", i+1, r.Title).Hint = "its query chooses no work that hangs in no room before it"
			}
		}
	}
	return dl
}
