// Package linked writes JSON-LD in the vocabulary of schema.org: what a page
// is, where it stands, and what it is about.
package linked

import (
	"html/template"
	"net/url"
	"strings"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/model"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/site/view"
	"uccn/generator/internal/theme"
)

// A Node is an object of JSON-LD.
type Node map[string]any

// A Writer writes the nodes of one language.
type Writer struct {
	In    *render.Input
	Words *theme.Words
	Title string // of the site
}

// A Page is what a page says of itself.
type Page struct {
	Address            string // absolute; without it there is no graph
	Title, Description string
	Crumbs             []view.Link // their addresses are seen from the page
	About              []Node      // the first is what the page is mainly of
}

// Graph writes the graph of a page: itself, its trail, and what it is about.
func (w Writer) Graph(p Page) template.JS {
	if p.Address == "" {
		return ""
	}
	page := Node{"@type": "WebPage", "@id": p.Address, "url": p.Address, "name": p.Title, "inLanguage": w.Words.Lang, "isPartOf": Node{"@id": w.In.Absolute("") + "#site"}}
	if p.Description != "" {
		page["description"] = p.Description
	}
	if l := w.In.Site.Licence; l.URL != "" {
		page["license"] = l.URL
	}
	if len(p.About) > 0 {
		page["mainEntity"] = Node{"@id": p.About[0]["@id"]}
	}
	nodes := []Node{page}
	if len(p.Crumbs) > 1 {
		page["breadcrumb"] = Node{"@id": p.Address + "#crumbs"}
		nodes = append(nodes, trail(p))
	}
	return script(Node{"@context": "https://schema.org", "@graph": append(nodes, p.About...)})
}

// script encodes n for a script element: <, > and & are escaped as in json.
func script(n Node) template.JS { return template.JS(encode(make([]byte, 0, 2<<10), n)) }

// trail is the way to the page from the first one.
func trail(p Page) Node {
	var items []any
	for i, c := range p.Crumbs {
		it := Node{"@type": "ListItem", "position": i + 1, "name": c.Label}
		if c.Href != "" {
			it["item"] = resolve(p.Address, c.Href)
		}
		items = append(items, it)
	}
	return Node{"@type": "BreadcrumbList", "@id": p.Address + "#crumbs", "itemListElement": items}
}

// resolve returns the absolute address that href has on the page at base, as a
// folder.
func resolve(base, href string) string {
	b, err := url.Parse(base)
	if err != nil {
		return base
	}
	u, err := b.Parse(href)
	if err != nil {
		return base
	}
	return strings.TrimSuffix(u.String(), "index.html")
}

// Site is the website.
func (w Writer) Site() []Node {
	home := w.In.Absolute("")
	langs := make([]string, len(w.In.Networks))
	for i, n := range w.In.Networks {
		langs[i] = n.Lang
	}
	s := Node{"@type": "WebSite", "@id": home + "#site", "url": home, "name": w.Title, "inLanguage": langs}
	if w.In.Site.Publisher != "" {
		s["publisher"] = Node{"@type": "Organization", "name": w.In.Site.Publisher}
	}
	return []Node{s}
}

// cityRef is a city as other nodes speak of it.
func (w Writer) cityRef(c *derive.City) Node {
	out := Node{"@type": "City", "name": c.Name}
	if c.Path != "" {
		out["@id"] = w.In.Absolute(c.Path) + "#city"
	}
	return out
}

// City is a member city. same are its addresses elsewhere.
func (w Writer) City(c *derive.City, summary string, same []string) []Node {
	n := w.cityRef(c)
	n["geo"] = Node{"@type": "GeoCoordinates", "latitude": c.Location.Lat, "longitude": c.Location.Lon}
	n["containedInPlace"] = Node{"@type": "Country", "name": c.Country.Name, "identifier": c.Country.Code}
	n["description"] = summary
	n["keywords"] = c.Field.Name
	n["additionalProperty"] = []any{
		Node{"@type": "PropertyValue", "name": w.Words.T("field"), "value": c.Field.Name},
		Node{"@type": "PropertyValue", "name": w.Words.T("city.designated"), "value": c.Designated.String()},
	}
	if len(same) > 0 {
		n["sameAs"] = same
	}
	return []Node{n}
}

// Work is a practice or a case study.
func (w Writer) Work(h *model.Head, summary, path string, cities []*derive.City, goals []*derive.Goal) []Node {
	n := Node{"@type": "CreativeWork", "@id": w.In.Absolute(path) + "#work", "name": h.Name, "inLanguage": h.Lang, "abstract": summary}
	var places, about []any
	for _, c := range cities {
		places = append(places, w.cityRef(c))
	}
	for _, g := range goals {
		about = append(about, Node{"@type": "DefinedTerm", "termCode": g.ID, "name": g.Name, "inDefinedTermSet": "https://sdgs.un.org/goals"})
	}
	if len(places) > 0 {
		n["spatialCoverage"] = places
	}
	if len(about) > 0 {
		n["about"] = about
	}
	return []Node{n}
}

// Meeting is an annual meeting.
func (w Writer) Meeting(x *derive.Meeting, title, summary string) []Node {
	n := Node{"@type": "Event", "@id": w.In.Absolute(x.Path) + "#meeting", "name": title, "description": summary, "startDate": x.When().String(), "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode"}
	if !x.Dates.End.IsZero() {
		n["endDate"] = x.Dates.End.String()
	}
	var places []any
	for _, c := range x.Hosts {
		places = append(places, w.cityRef(c))
	}
	if x.Venue != "" {
		places = append(places, Node{"@type": "Place", "name": x.Venue})
	}
	if len(places) > 0 {
		n["location"] = places
	}
	return []Node{n}
}

// Exhibition is a collection of works.
func (w Writer) Exhibition(x *derive.Exhibition, summary string) []Node {
	n := Node{"@type": "CollectionPage", "@id": w.In.Absolute(x.Path) + "#exhibition", "name": x.Name, "description": summary}
	var parts []any
	for _, p := range x.Works {
		parts = append(parts, Node{"@id": w.In.Absolute(p.Path) + "#work"})
	}
	if len(parts) > 0 {
		n["hasPart"] = parts
	}
	return []Node{n}
}

// Cities is a list of cities.
func (w Writer) Cities(path, name string, cities []*derive.City) []Node {
	var items []any
	for i, c := range cities {
		items = append(items, Node{"@type": "ListItem", "position": i + 1, "url": w.In.Absolute(w.In.Prefix(w.Words.Lang) + c.Path)})
	}
	return []Node{{"@type": "ItemList", "@id": w.In.Absolute(path) + "#list", "name": name, "numberOfItems": len(cities), "itemListElement": items}}
}

// Data is the open data.
func (w Writer) Data() []Node {
	n := Node{"@type": "Dataset", "@id": w.In.Absolute("data/") + "#data", "name": w.Title + ": " + w.Words.T("nav.data"), "description": w.Words.T("data.lead")}
	if w.In.Site.Publisher != "" {
		n["creator"] = Node{"@type": "Organization", "name": w.In.Site.Publisher}
	}
	if l := w.In.Site.Licence; l.URL != "" {
		n["license"] = l.URL
	}
	var files []any
	for _, f := range [][2]string{{"cities.csv", "text/csv"}, {"cities.json", "application/json"}, {"cities.geojson", "application/geo+json"}, {"practices.csv", "text/csv"}} {
		files = append(files, Node{"@type": "DataDownload", "contentUrl": w.In.Absolute("data/" + f[0]), "encodingFormat": f[1]})
	}
	n["distribution"] = files
	return []Node{n}
}
