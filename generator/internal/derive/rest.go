package derive

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"uccn/generator/internal/model"
)

// editions derives the list of editions with their counts.
func (b *builder) editions() {
	for _, e := range b.c.Editions {
		if !e.Broken {
			b.n.Editions = append(b.n.Editions, &Edition{Edition: e, Path: "editions/" + e.ID + "/"})
		}
	}
	slices.SortStableFunc(b.n.Editions, func(x, y *Edition) int { return x.AsOf.Last().Compare(y.AsOf.Last()) })
	for i, e := range b.n.Editions {
		if i > 0 {
			e.Previous = b.n.Editions[i-1]
		}
		countries := map[string]bool{}
		for _, c := range b.c.Cities {
			if memberOn(c, e.AsOf) {
				e.Cities++
				countries[c.Country.ID] = true
			}
		}
		e.Countries = len(countries)
	}
}

// rest derives reports, pages and news, cooperation, and what changed between
// the editions.
func (b *builder) rest() {
	n := b.n
	for _, r := range b.c.Reports {
		if c := n.cities[r.City.ID]; c != nil && !r.Broken {
			d := &Report{Report: r, City: c}
			n.Reports = append(n.Reports, d)
		}
	}
	slices.SortStableFunc(n.Reports, func(x, y *Report) int {
		return cmp.Or(y.Submitted.Compare(x.Submitted), b.sort(x.City.Name, y.City.Name))
	})
	for _, r := range n.Reports {
		r.City.Reports = append(r.City.Reports, r)
	}
	for _, c := range n.Cities {
		missed(c, n.Today)
	}
	for _, p := range b.c.Pages {
		if !p.Broken {
			n.Pages = append(n.Pages, &Page{Page: p, Path: p.ID + "/"})
		}
	}
	slices.SortStableFunc(n.Pages, func(x, y *Page) int {
		return cmp.Or(cmp.Compare(x.Menu, y.Menu), cmp.Compare(x.Order, y.Order), b.sort(x.Name, y.Name))
	})
	for _, x := range b.c.News {
		if !x.Broken {
			d := &News{News: x, Path: "news/" + x.ID + "/", Cities: b.pick(x.Cities)}
			n.News = append(n.News, d)
		}
	}
	slices.SortStableFunc(n.News, func(x, y *News) int { return cmp.Or(y.Date.Compare(x.Date), cmp.Compare(x.ID, y.ID)) })
	for _, x := range n.News {
		for _, c := range x.Cities {
			c.News = append(c.News, x)
		}
	}
	b.cooperation()
	for _, e := range n.Editions {
		b.changes(e)
	}
}

// missed notes the last report that was due and of which the records know
// nothing. Cities without any report in the records are left alone: nothing
// is known of theirs.
func missed(c *City, today model.Date) {
	if len(c.Reports) == 0 || c.ReportDue == 0 {
		return
	}
	last := c.ReportDue - 4
	if latest := c.Reports[0].Submitted.Year; last > c.Designated.Year && latest < last && last <= today.Year {
		c.ReportMissed = last
	}
}

// cooperation makes what one city noted known to the other.
func (b *builder) cooperation() {
	add := func(c, with *City, x model.Cooperation, lang string) {
		if !slices.ContainsFunc(c.Cooperates, func(k Cooperation) bool { return k.City == with && k.Topic == x.Topic }) {
			c.Cooperates = append(c.Cooperates, Cooperation{with, x.Topic, lang, x.Since, x.URL})
		}
	}
	for _, m := range b.c.Cities {
		c := b.n.cities[m.ID]
		for i, x := range m.Cooperates {
			if with := b.n.cities[x.City.ID]; c != nil && with != nil && with != c {
				lang := m.LangOf("cooperates_with." + strconv.Itoa(i) + ".topic")
				add(c, with, x, lang)
				add(with, c, x, lang)
			}
		}
	}
	for _, m := range b.c.Cities {
		if c := b.n.cities[m.ID]; c != nil {
			slices.SortStableFunc(c.Cooperates, func(x, y Cooperation) int { return b.sort(x.City.Name, y.City.Name) })
		}
	}
}

// changes compares an edition with the one before it.
func (b *builder) changes(e *Edition) {
	for _, m := range b.c.Cities {
		c := b.n.cities[m.ID]
		if c == nil {
			continue
		}
		now := memberOn(m, e.AsOf)
		before := e.Previous != nil && memberOn(m, e.Previous.AsOf)
		switch {
		case now && !before:
			e.New = append(e.New, c)
		case before && !now:
			e.Left = append(e.Left, c)
		case now && before:
			if from, to := fieldOn(m, e.Previous.AsOf), fieldOn(m, e.AsOf); from != to {
				e.Moved = append(e.Moved, Move{c, b.fields[from], b.fields[to]})
			}
			if from, to := nameAt(m.Name, m.NamesFormer, e.Previous.AsOf), nameAt(m.Name, m.NamesFormer, e.AsOf); from != to {
				e.Renamed = append(e.Renamed, Rename{from, to, c.Path})
			}
		}
	}
	sortByName(b, e.New, (*City).called, nil)
	sortByName(b, e.Left, (*City).called, nil)
	slices.SortStableFunc(e.Moved, func(x, y Move) int { return b.sort(x.City.Name, y.City.Name) })
	if e.Previous == nil {
		return
	}
	for _, c := range b.c.Countries {
		if d := b.countries[c.ID]; d != nil {
			if from, to := nameAt(c.Name, c.NamesByEdition, e.Previous.AsOf), nameAt(c.Name, c.NamesByEdition, e.AsOf); from != to {
				e.Renamed = append(e.Renamed, Rename{from, to, d.Path})
			}
		}
	}
	slices.SortStableFunc(e.Renamed, func(x, y Rename) int { return b.sort(x.To, y.To) })
}

// statistics counts members by year.
func (b *builder) statistics() {
	n := b.n
	day := n.Edition.AsOf
	years := map[int]bool{}
	for _, c := range n.Cities {
		years[c.Designated.Year] = true
	}
	type member struct{ from, until, country int } // years; until is the first without it
	numbers := map[string]int{}                    // of the countries
	var members []member
	for _, c := range b.c.Cities {
		if !memberOn(c, c.Designated) || c.Designated.Last().Compare(day.Last()) > 0 {
			continue
		}
		m := member{from: c.Designated.Year, until: math.MaxInt}
		if s := c.Membership.Status; s == "withdrawn" || s == "suspended" {
			m.until = c.Membership.Until.Year
		}
		at, known := numbers[c.Country.ID]
		if !known {
			at = len(numbers)
			numbers[c.Country.ID] = at
		}
		m.country = at
		members = append(members, m)
	}
	for y := range years {
		g := Growth{Year: y}
		there := make([]bool, len(numbers))
		for _, m := range members {
			if y < m.from || y >= m.until {
				continue
			}
			g.Cities++
			if !there[m.country] {
				there[m.country] = true
				g.Countries++
			}
			if m.from == y {
				g.Joined++
			}
		}
		n.Growth = append(n.Growth, g)
	}
	slices.SortFunc(n.Growth, func(x, y Growth) int { return cmp.Compare(x.Year, y.Year) })
}
