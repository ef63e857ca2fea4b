package site

import (
	"encoding/json"
	"html/template"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/model"
)

// A node is an object of JSON-LD, in the vocabulary of schema.org.
type node map[string]any

// graph writes the page's JSON-LD: the page itself, its trail, and what it is
// about. A site that does not know its address has none.
func (m *maker) graph(i pageInfo, f Frame) template.JS {
	if f.Canonical == "" {
		return ""
	}
	nodes := []any{}
	page := node{"@type": "WebPage", "@id": f.Canonical, "url": f.Canonical, "name": i.title, "inLanguage": m.lang, "isPartOf": node{"@id": m.in.Absolute("") + "#site"}}
	if i.description != "" {
		page["description"] = brief(i.description)
	}
	if l := m.in.Site.Licence; l.URL != "" {
		page["license"] = l.URL
	}
	if len(i.ld) > 0 {
		if id, ok := i.ld[0].(node)["@id"]; ok {
			page["mainEntity"] = node{"@id": id}
		}
	}
	if len(i.crumbs) > 1 {
		page["breadcrumb"] = node{"@id": f.Canonical + "#crumbs"}
	}
	nodes = append(nodes, page)
	if len(i.crumbs) > 1 {
		nodes = append(nodes, m.trailGraph(i, f))
	}
	nodes = append(nodes, i.ld...)
	return script(node{"@context": "https://schema.org", "@graph": nodes})
}

// script encodes v for a script element: json escapes <, > and &.
func script(v any) template.JS {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // maps of strings and numbers
	}
	return template.JS(b)
}

// trailGraph is the trail; addresses of its steps are taken from the page's own.
func (m *maker) trailGraph(i pageInfo, f Frame) node {
	var items []any
	for k, c := range i.crumbs {
		it := node{"@type": "ListItem", "position": k + 1, "name": c.Label}
		if c.Href != "" {
			it["item"] = resolve(f.Canonical, c.Href)
		}
		items = append(items, it)
	}
	return node{"@type": "BreadcrumbList", "@id": f.Canonical + "#crumbs", "itemListElement": items}
}

func (m *maker) siteGraph() []any {
	home := m.in.Absolute("")
	langs := make([]string, len(m.in.Networks))
	for i, n := range m.in.Networks {
		langs[i] = n.Lang
	}
	s := node{"@type": "WebSite", "@id": home + "#site", "url": home, "name": m.title, "inLanguage": langs}
	if m.in.Site.Publisher != "" {
		s["publisher"] = node{"@type": "Organization", "name": m.in.Site.Publisher}
	}
	return []any{s}
}

// cityRef is a city as other nodes speak of it.
func (m *maker) cityRef(c *derive.City) node {
	out := node{"@type": "City", "name": c.Name}
	if c.Path != "" {
		out["@id"] = m.in.Absolute(c.Path) + "#city"
	}
	return out
}

func (m *maker) cityGraph(c *derive.City, summary string) []any {
	n := m.cityRef(c)
	n["geo"] = node{"@type": "GeoCoordinates", "latitude": c.Location.Lat, "longitude": c.Location.Lon}
	n["containedInPlace"] = node{"@type": "Country", "name": c.Country.Name, "identifier": c.Country.Code}
	n["description"] = summary
	n["keywords"] = c.Field.Name
	n["additionalProperty"] = []any{
		node{"@type": "PropertyValue", "name": m.words.T("field"), "value": c.Field.Name},
		node{"@type": "PropertyValue", "name": m.words.T("city.designated"), "value": c.Designated.String()},
	}
	var same []string
	for _, l := range m.outside(c) {
		same = append(same, l.Href)
	}
	if len(same) > 0 {
		n["sameAs"] = same
	}
	return []any{n}
}

func (m *maker) workGraph(h *model.Head, summary, path string, cities []*derive.City, goals []*derive.Goal) []any {
	n := node{"@type": "CreativeWork", "@id": m.in.Absolute(path) + "#work", "name": h.Name, "inLanguage": h.Lang, "abstract": summary}
	var places, about []any
	for _, c := range cities {
		places = append(places, m.cityRef(c))
	}
	for _, g := range goals {
		about = append(about, node{"@type": "DefinedTerm", "termCode": g.ID, "name": g.Name, "inDefinedTermSet": "https://sdgs.un.org/goals"})
	}
	if len(places) > 0 {
		n["spatialCoverage"] = places
	}
	if len(about) > 0 {
		n["about"] = about
	}
	return []any{n}
}

func (m *maker) meetingGraph(x *derive.Meeting, summary string) []any {
	n := node{"@type": "Event", "@id": m.in.Absolute(x.Path) + "#meeting", "name": m.meetingTitle(x), "description": summary, "startDate": x.When().String(), "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode"}
	if !x.Dates.End.IsZero() {
		n["endDate"] = x.Dates.End.String()
	}
	var places []any
	for _, c := range x.Hosts {
		places = append(places, m.cityRef(c))
	}
	if x.Venue != "" {
		places = append(places, node{"@type": "Place", "name": x.Venue})
	}
	if len(places) > 0 {
		n["location"] = places
	}
	return []any{n}
}

func (m *maker) exhibitionGraph(x *derive.Exhibition, summary string) []any {
	n := node{"@type": "CollectionPage", "@id": m.in.Absolute(x.Path) + "#exhibition", "name": x.Name, "description": summary}
	var parts []any
	for _, w := range x.Works {
		parts = append(parts, node{"@id": m.in.Absolute(w.Path) + "#work"})
	}
	if len(parts) > 0 {
		n["hasPart"] = parts
	}
	return []any{n}
}

// listGraph is a list of cities.
func (m *maker) listGraph(path, name string, cities []*derive.City) []any {
	var items []any
	for i, c := range cities {
		items = append(items, node{"@type": "ListItem", "position": i + 1, "url": m.in.Absolute(m.path(c.Path))})
	}
	return []any{node{"@type": "ItemList", "@id": m.in.Absolute(path) + "#list", "name": name, "numberOfItems": len(cities), "itemListElement": items}}
}

func (m *maker) dataGraph() []any {
	n := node{"@type": "Dataset", "@id": m.in.Absolute("data/") + "#data", "name": m.title + ": " + m.words.T("nav.data"), "description": m.words.T("data.lead")}
	if m.in.Site.Publisher != "" {
		n["creator"] = node{"@type": "Organization", "name": m.in.Site.Publisher}
	}
	if l := m.in.Site.Licence; l.URL != "" {
		n["license"] = l.URL
	}
	var files []any
	for _, f := range [][2]string{{"cities.csv", "text/csv"}, {"cities.json", "application/json"}, {"cities.geojson", "application/geo+json"}, {"practices.csv", "text/csv"}} {
		files = append(files, node{"@type": "DataDownload", "contentUrl": m.in.Absolute("data/" + f[0]), "encodingFormat": f[1]})
	}
	n["distribution"] = files
	return []any{n}
}
