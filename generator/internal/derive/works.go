package derive

import (
	"cmp"
	"slices"
	"strconv"

	"uccn/generator/internal/model"
)

// works derives practices and case studies and hangs them on their cities,
// fields, goals and themes.
func (b *builder) works() {
	n := b.n
	b.practices = map[string]*Practice{}
	for _, p := range b.c.Practices {
		if p.Broken {
			continue
		}
		d := &Practice{Practice: p, Path: "practices/" + p.ID + "/", Cities: b.pick(p.Cities)}
		d.Lead = b.lead(p.Lead, d.Cities)
		if d.Fields = lookup(b.fields, p.Fields); len(d.Fields) == 0 {
			d.Fields = unique(d.Cities, func(c *City) *Field { return c.Field })
		}
		d.Regions = unique(d.Cities, func(c *City) *Region { return c.Region })
		d.Countries = unique(d.Cities, func(c *City) *Country { return c.Country })
		d.Goals = b.goalsOf(p.Goals)
		d.Themes = lookup(b.themes, p.Themes)
		b.practices[p.ID] = d
		n.Practices = append(n.Practices, d)
	}
	sortByName(b, n.Practices, func(p *Practice) string { return p.Name }, func(x, y *Practice) int { return byKnown(x.Number, y.Number) })
	for _, p := range n.Practices {
		for _, c := range p.Cities {
			c.Practices = append(c.Practices, p)
		}
		for _, f := range p.Fields {
			f.Practices = append(f.Practices, p)
		}
		for _, r := range p.Regions {
			r.Practices = append(r.Practices, p)
		}
		for _, g := range p.Goals {
			g.Practices = append(g.Practices, p)
		}
		for _, t := range p.Themes {
			t.Practices = append(t.Practices, p)
		}
	}
	relate(n.Practices)
	b.caseStudies()
}

// byKnown orders numbers; 0, which means unknown, stands last.
func byKnown(a, b int) int {
	if (a == 0) != (b == 0) {
		return cmp.Compare(b, a)
	}
	return cmp.Compare(a, b)
}

func (b *builder) lead(r model.Ref, cities []*City) *City {
	if c := b.n.cities[r.ID]; c != nil {
		return c
	}
	if len(cities) > 0 {
		return cities[0]
	}
	return nil
}

func (b *builder) goalsOf(uses []model.GoalUse) []*Goal {
	var out []*Goal
	for _, u := range uses {
		if g := b.goals[u.Goal.ID]; g != nil {
			out = append(out, g)
		}
	}
	slices.SortFunc(out, func(x, y *Goal) int { return cmp.Compare(x.Number, y.Number) })
	return out
}

func (b *builder) caseStudies() {
	n := b.n
	for _, s := range b.c.CaseStudies {
		if s.Broken {
			continue
		}
		d := &CaseStudy{CaseStudy: s, Path: "case-studies/" + s.ID + "/", Cities: b.pick(s.Cities), Goals: b.goalsOf(s.Goals), Theme: b.themes[s.Theme.ID]}
		d.Lead = b.lead(s.Lead, d.Cities)
		d.Fields = unique(d.Cities, func(c *City) *Field { return c.Field })
		n.CaseStudies = append(n.CaseStudies, d)
	}
	sortByName(b, n.CaseStudies, func(s *CaseStudy) string { return s.Name }, nil)
	for _, s := range n.CaseStudies {
		for _, c := range s.Cities {
			c.CaseStudies = append(c.CaseStudies, s)
		}
		for _, g := range s.Goals {
			g.CaseStudies = append(g.CaseStudies, s)
		}
		if s.Theme != nil {
			s.Theme.CaseStudies = append(s.Theme.CaseStudies, s)
		}
	}
}

// meetings derives the annual meetings and what was shown at them.
func (b *builder) meetings() {
	n := b.n
	b.gatherings = map[string]*Meeting{}
	for _, m := range b.c.Meetings {
		if m.Broken {
			continue
		}
		d := &Meeting{Meeting: m, Path: "meetings/" + m.ID + "/", Hosts: b.pick(m.Hosts)}
		end := m.When()
		if !m.Dates.End.IsZero() {
			end = m.Dates.End
		}
		d.Future = !n.Today.IsZero() && end.Last().Compare(n.Today) >= 0
		b.gatherings[m.ID] = d
		n.Meetings = append(n.Meetings, d)
	}
	slices.SortStableFunc(n.Meetings, func(x, y *Meeting) int { return cmp.Compare(x.Number, y.Number) })
	for i, m := range n.Meetings {
		if i > 0 {
			m.Prev, n.Meetings[i-1].Next = n.Meetings[i-1], m
		}
		for _, c := range m.Hosts {
			c.Meetings = append(c.Meetings, m)
		}
	}
	for _, p := range n.Practices {
		if m := b.gatherings[p.Practice.PresentedAt.ID]; m != nil {
			p.PresentedAt = m
			m.Practices = append(m.Practices, p)
		}
	}
	for _, s := range n.CaseStudies {
		if m := b.gatherings[s.CaseStudy.PresentedAt.ID]; m != nil {
			s.PresentedAt = m
			m.CaseStudies = append(m.CaseStudies, s)
		}
	}
}

// exhibitions hangs the works. wall is the id of the exhibition on the wall;
// when it is empty, the one with the most works is.
func (b *builder) exhibitions(wall string) {
	n := b.n
	for _, x := range b.c.Exhibitions {
		if x.Broken {
			continue
		}
		d := &Exhibition{Exhibition: x, Path: "exhibition/" + x.ID + "/", LaunchedAt: b.gatherings[x.LaunchedAt.ID]}
		if d.LaunchedAt != nil {
			d.LaunchedAt.Exhibitions = append(d.LaunchedAt.Exhibitions, d)
		}
		for _, p := range n.Practices {
			if p.Practice.Exhibition.ID == x.ID {
				p.Exhibition = d
				if len(d.Works) > 0 {
					p.Prev, d.Works[len(d.Works)-1].Next = d.Works[len(d.Works)-1], p
				}
				d.Works = append(d.Works, p)
			}
		}
		cities := map[*City]bool{}
		for _, p := range d.Works {
			for _, c := range p.Cities {
				cities[c] = true
			}
		}
		d.Cities = len(cities)
		b.rooms(d)
		b.tours(d)
		n.Exhibitions = append(n.Exhibitions, d)
		if x.ID == wall || wall == "" && len(d.Works) > 0 && (n.Wall == nil || len(d.Works) > len(n.Wall.Works)) {
			n.Wall = d
		}
	}
	if n.Wall != nil {
		n.Wall.Path = "exhibition/"
	}
}

// rooms gives each work the first room whose query it meets.
func (b *builder) rooms(x *Exhibition) {
	for i, r := range x.Exhibition.Rooms {
		room := &Room{Room: r, ID: "room-" + strconv.Itoa(i+1), Key: "rooms." + strconv.Itoa(i)}
		for _, p := range x.Works {
			if p.Room == nil && b.meets(p, r.Query) {
				p.Room = room
				room.Works = append(room.Works, p)
			}
		}
		x.Rooms = append(x.Rooms, room)
	}
}

// meets reports whether a practice is among what a query asks for.
func (b *builder) meets(p *Practice, q model.Query) bool {
	return some(q.Fields, p.Fields, func(f *Field) string { return f.ID }) &&
		some(q.Regions, p.Regions, func(r *Region) string { return r.ID }) &&
		some(q.Countries, p.Countries, func(c *Country) string { return c.ID }) &&
		some(q.Goals, p.Goals, func(g *Goal) string { return g.ID }) &&
		some(q.Themes, p.Themes, func(t *Theme) string { return t.ID }) &&
		some(q.Cities, p.Cities, func(c *City) string { return c.ID }) &&
		some(q.Practices, []*Practice{p}, func(p *Practice) string { return p.ID })
}

// some reports whether one of have is among asked; no question is always met.
func some[T any](asked []model.Ref, have []T, id func(T) string) bool {
	return len(asked) == 0 || slices.ContainsFunc(have, func(h T) bool {
		return slices.ContainsFunc(asked, func(r model.Ref) bool { return r.ID == id(h) })
	})
}

func (b *builder) tours(x *Exhibition) {
	for i, t := range x.Exhibition.Tours {
		tour := &Tour{Tour: t, Path: "exhibition/tours/" + t.ID + "/", Key: "tours." + strconv.Itoa(i)}
		for k, s := range t.Stops {
			if p := b.practices[s.Practice.ID]; p != nil {
				tour.Stops = append(tour.Stops, TourStop{p, s.Text, tour.Key + ".stops." + strconv.Itoa(k)})
			}
		}
		x.Tours = append(x.Tours, tour)
	}
}

// groups derives the networks of cities and who belongs to them.
func (b *builder) groups() {
	n := b.n
	for _, g := range b.c.Networks {
		if g.Broken {
			continue
		}
		d := &Group{Network: g, Path: "networks/" + g.ID + "/", Members: b.pick(g.Members)}
		if !g.Query.IsZero() {
			for _, c := range n.Cities {
				if b.meetsCity(c, g.Query) && !slices.Contains(d.Members, c) {
					d.Members = append(d.Members, c)
				}
			}
		}
		for _, k := range g.Coordinators {
			if c := n.cities[k.City.ID]; c != nil {
				d.Coordinators = append(d.Coordinators, GroupCoordinator{c, k})
				c.Coordinates = append(c.Coordinates, Coordination{d, k})
			}
		}
		for _, c := range d.Members {
			c.Groups = append(c.Groups, d)
		}
		n.Networks = append(n.Networks, d)
	}
	slices.SortStableFunc(n.Networks, func(x, y *Group) int { return cmp.Or(cmp.Compare(x.Kind, y.Kind), b.sort(x.Name, y.Name)) })
}

func (b *builder) meetsCity(c *City, q model.Query) bool {
	one := []*City{c}
	return some(q.Fields, one, func(c *City) string { return c.Field.ID }) &&
		some(q.Regions, one, func(c *City) string { return c.Region.ID }) &&
		some(q.Countries, one, func(c *City) string { return c.Country.ID }) &&
		some(q.Goals, c.Goals, func(g model.GoalUse) string { return g.Goal.ID }) &&
		some(q.Cities, one, func(c *City) string { return c.ID })
}
