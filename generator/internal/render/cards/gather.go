package cards

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/model"
	"uccn/generator/internal/plate"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/ink"
	"uccn/generator/internal/theme"
)

// A gatherer finds what stands on the cards of one language.
type gatherer struct {
	in    *render.Input
	net   *derive.Network
	words *theme.Words
	plain card // what every card of the language has
	out   []*card
}

// gather returns the cards of the network in one language: that of the home
// page, and one for every record with a page and without a photograph.
func gather(in *render.Input, n *derive.Network) []*card {
	g := &gatherer{in: in, net: n, words: in.Theme.Words(n.Lang)}
	g.plain = card{lang: n.Lang, rtl: g.words.Dir == "rtl", site: in.Site.TitleIn(n.Lang), field: ink.Palette("")}
	for _, f := range n.Fields {
		g.plain.spines = append(g.plain.spines, spine{ink.Palette(f.Colour).Solid, len(f.Cities)})
	}
	home := g.plain
	home.path, home.from = in.Prefix(n.Lang), n.Edition.At
	home.name, home.facts = words{home.site, n.Lang}, g.counted(n.Edition)
	home.label, home.site = n.Edition.Name, host(in.Site.BaseURL)
	g.shelf(&home)
	g.out = append(g.out, &home)
	g.members()
	g.works()
	g.rest()
	return g.out
}

// card begins the card of a record, or returns nil when it needs none.
func (g *gatherer) card(h *model.Head, path, kind string) *card {
	if path == "" || g.in.Photo(h) != nil {
		return nil
	}
	c := g.plain
	c.path, c.from = g.in.Prefix(g.net.Lang)+path, h.At
	c.name, c.label = words{h.Name, h.NameLang()}, g.words.T("search.kind."+kind)
	g.out = append(g.out, &c)
	return &c
}

// members are the cities of the edition, and where and in what they are.
func (g *gatherer) members() {
	for _, x := range g.net.Cities {
		c := g.card(&x.City.Head, x.Path, "city")
		if c == nil {
			continue
		}
		c.name = words{x.Name, g.net.Lang}
		c.local = local(x)
		c.facts = g.join(x.Country.Name, g.year(x.Designated.Year))
		c.of(x.Field, cmp.Or(x.Field.CityLabel, x.Field.Name))
		c.plates = g.cities([]*derive.City{x})
	}
	for i, f := range g.net.Fields {
		if c := g.card(&f.Field.Head, f.Path, "field"); c != nil {
			c.facts = g.join(g.words.T("cities", len(f.Cities)), g.words.T("countries", f.Countries))
			c.of(f, g.words.T("search.kind.field"))
			c.plates = []plate.Subject{fieldSubject(f, i)}
		}
	}
	for _, x := range g.net.Countries {
		if c := g.card(&x.Country.Head, x.Path, "country"); c != nil {
			c.name = words{x.Name, g.net.Lang}
			c.facts = g.words.T("cities", len(x.Cities))
			if x.Region != nil {
				c.label = x.Region.Name
			}
			g.mosaic(c, g.cities(x.Cities))
		}
	}
	for _, r := range g.net.Regions {
		if c := g.card(&r.Region.Head, r.Path, "region"); c != nil {
			c.facts = g.join(g.words.T("cities", len(r.Cities)), g.words.T("countries", len(r.Countries)))
			g.mosaic(c, g.cities(r.Cities))
		}
	}
}

// works are practices, case studies, and where they are shown.
func (g *gatherer) works() {
	for _, w := range g.net.Practices {
		if c := g.card(&w.Practice.Head, w.Path, "practice"); c != nil {
			g.work(c, w.Lead, w.Fields, w.Cities, w.When(), g.practices([]*derive.Practice{w}))
		}
	}
	for _, w := range g.net.CaseStudies {
		if c := g.card(&w.CaseStudy.Head, w.Path, "case-study"); c != nil {
			g.work(c, w.Lead, w.Fields, w.Cities, w.Date.Year, g.studies([]*derive.CaseStudy{w}))
		}
	}
	for _, x := range g.net.Exhibitions {
		if c := g.card(&x.Exhibition.Head, x.Path, "exhibition"); c != nil {
			if len(x.Works) > 0 {
				c.facts = g.join(g.words.T("works", len(x.Works)), g.words.T("cities", x.Cities))
			}
			g.mosaic(c, g.practices(x.Works))
		}
	}
	for _, x := range g.net.Goals {
		if c := g.card(&x.Goal.Head, x.Path, "goal"); c != nil {
			c.label = g.words.T("goal.name", strconv.Itoa(x.Number))
			if n := len(x.Practices) + len(x.CaseStudies); n > 0 {
				c.facts = g.words.T("works", n)
			}
			g.mosaic(c, append(append(g.practices(x.Practices), g.studies(x.CaseStudies)...), g.cities(x.Cities)...))
		}
	}
}

// work fills in the card of a practice or a case study.
func (g *gatherer) work(c *card, lead *derive.City, fields []*derive.Field, cities []*derive.City, year int, plates []plate.Subject) {
	c.facts = g.join(g.where(cities), g.year(year))
	if f := render.Leading(lead, fields); f != nil {
		c.of(f, c.label)
	}
	g.mosaic(c, plates)
}

// rest is meetings, networks, editions and texts.
func (g *gatherer) rest() {
	for _, x := range g.net.Meetings {
		if c := g.card(&x.Meeting.Head, x.Path, "meeting"); c != nil {
			g.meeting(c, x)
		}
	}
	for _, x := range g.net.Networks {
		if c := g.card(&x.Network.Head, x.Path, "network"); c != nil {
			if len(x.Members) > 0 {
				c.facts = g.words.T("cities", len(x.Members))
			}
			if i := g.only(x.Members); i >= 0 {
				f := g.net.Fields[i]
				c.of(f, c.label)
				c.plates = []plate.Subject{fieldSubject(f, i)}
				continue
			}
			g.mosaic(c, g.cities(x.Members))
		}
	}
	for _, x := range g.net.Editions {
		if c := g.card(&x.Edition.Head, x.Path, "edition"); c != nil {
			c.facts = g.counted(x)
			g.shelf(c)
		}
	}
	for _, x := range g.net.Pages {
		if c := g.card(&x.Page.Head, x.Path, "page"); c != nil {
			c.label = ""
			g.shelf(c)
		}
	}
	for _, x := range g.net.News {
		if c := g.card(&x.News.Head, x.Path, "news"); c != nil {
			c.facts = g.words.Date(x.Date)
			g.mosaic(c, g.cities(x.Cities))
		}
	}
}

// only returns the place of the field that all of some cities have, or -1.
func (g *gatherer) only(cs []*derive.City) int {
	for _, c := range cs {
		if c.Field == nil || c.Field != cs[0].Field {
			return -1
		}
	}
	if len(cs) == 0 {
		return -1
	}
	return slices.Index(g.net.Fields, cs[0].Field)
}

func (g *gatherer) meeting(c *card, x *derive.Meeting) {
	if x.Number > 0 {
		c.label = g.words.T("meeting.kicker", x.Number)
	}
	place := x.Venue
	if place == "" {
		place = g.where(x.Hosts)
	}
	when := g.year(x.When().Year)
	if !x.Dates.IsZero() {
		when = g.words.Span(x.Dates.Start, x.Dates.End)
	}
	if c.facts = g.join(place, when); strings.Contains(c.name.text, when) {
		c.facts = place
	}
	if c.plates = g.cities(x.Hosts); len(c.plates) > 0 {
		c.field = ink.Palette(x.Hosts[0].Field.Colour)
		return
	}
	c.plates = []plate.Subject{{Colours: plate.Colours{Solid: "#4a545e", Bright: "#b3bac1", Deep: "#1b2026"}, Name: x.ID}}
}

// of puts a field's mark, its colour and a label on a card.
func (c *card) of(f *derive.Field, label string) {
	c.field, c.pattern, c.label = ink.Palette(f.Colour), f.Pattern, label
}

// host is the name of the server in an address, without www.
func host(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	rest, _, _ = strings.Cut(rest, "/")
	return strings.TrimPrefix(rest, "www.")
}

// local is the first name of a city that is not the one it has on the page.
func local(x *derive.City) words {
	for _, n := range x.NameLocal {
		if n.Text != x.Name {
			return words{n.Text, n.Lang}
		}
	}
	return words{}
}

// where names one city with its country, or several cities.
func (g *gatherer) where(cs []*derive.City) string {
	const most = 3
	if len(cs) == 1 && cs[0].Country != nil {
		return g.join(cs[0].Name, cs[0].Country.Name)
	}
	names := make([]string, len(cs))
	for i, c := range cs {
		names[i] = c.Name
	}
	if len(names) > most {
		return strings.Join(names[:most], g.words.T("list_comma")) + " " + g.words.T("more", len(names)-most)
	}
	return g.words.List(names)
}

// counted says how many cities an edition has in how many countries.
func (g *gatherer) counted(e *derive.Edition) string {
	return g.words.T("edition.count", e.Cities, g.words.T("countries", e.Countries))
}

// join sets facts in a row; empty ones are left out.
func (g *gatherer) join(facts ...string) string {
	out := ""
	for _, f := range facts {
		if f != "" && out != "" {
			out += g.words.T("list_comma")
		}
		out += f
	}
	return out
}

// year writes a year; 0 is none.
func (g *gatherer) year(y int) string {
	if y == 0 {
		return ""
	}
	return g.words.Year(y)
}
