package opendata

import (
	"strconv"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/model"
	"uccn/generator/internal/render"
)

func cities(in *render.Input, n *derive.Network) table {
	t := table{name: "cities", title: "Member cities", located: true, columns: []column{
		{"id", "string", "Stable id, part of the address of the city's page"},
		{"name", "string", "Name in English"},
		{"name_local", "string", "Name in a language of the place, parted by | when there are several"},
		{"country", "string", "ISO 3166-1 alpha-2 code"},
		{"country_name", "string", "Name of the country at the date of the edition"},
		{"region", "string", "Id of the region"},
		{"field", "string", "Id of the creative field at the date of the edition"},
		{"designated", "string", "Year or date of designation"},
		{"latitude", "number", "Degrees north, WGS 84; from GeoNames, CC BY 4.0"},
		{"longitude", "number", "Degrees east, WGS 84; from GeoNames, CC BY 4.0"},
		{"population", "integer", "Inhabitants; the year of the count is given where it is known"},
		{"population_year", "year", "Year of the count"},
		{"population_source", "string", "Who counted"},
		{"goals", "string", "Numbers of Sustainable Development Goals, parted by |"},
		{"practices", "string", "Ids of its best practices, parted by |"},
		{"case_studies", "string", "Ids of its case studies, parted by |"},
		{"meetings_hosted", "string", "Ids of annual meetings it hosted, parted by |"},
		{"website", "string", "The city's own site on its membership"},
		{"wikidata", "string", "Id in Wikidata"},
		{"geonames", "integer", "Id in GeoNames"},
		{"url", "string", "Address of its page"},
	}}
	for _, c := range n.Cities {
		var local []string
		for _, l := range c.NameLocal {
			local = append(local, l.Text)
		}
		t.rows = append(t.rows, []any{
			c.ID, c.Name, local, c.Country.Code, c.Country.Name, c.Region.ID, c.Field.ID, c.Designated.String(),
			c.Location.Lat, c.Location.Lon, c.Population.Value, c.Population.Year, c.Population.Source,
			goalNumbers(c.Goals), ids(c.Practices, practiceID), ids(c.CaseStudies, caseID), ids(c.Meetings, meetingID),
			c.Website, c.Wikidata, c.GeoNames, in.Absolute(c.Path),
		})
	}
	return t
}

func practices(in *render.Input, n *derive.Network) table {
	t := table{name: "practices", title: "Best practices", columns: []column{
		{"id", "string", "Stable id"},
		{"title", "string", "Title in English"},
		{"summary", "string", "One or two sentences"},
		{"cities", "string", "Ids of its cities, parted by |"},
		{"fields", "string", "Ids of its creative fields, parted by |"},
		{"countries", "string", "ISO 3166-1 alpha-2 codes, parted by |"},
		{"year", "year", "First year it is known from"},
		{"goals", "string", "Numbers of Sustainable Development Goals, parted by |"},
		{"themes", "string", "Ids of themes, parted by |"},
		{"exhibition", "string", "Id of the exhibition it hangs in"},
		{"number", "integer", "Its number there"},
		{"website", "string", "Its own page"},
		{"url", "string", "Address of its page"},
	}}
	for _, p := range n.Practices {
		exhibition := ""
		if p.Exhibition != nil {
			exhibition = p.Exhibition.ID
		}
		t.rows = append(t.rows, []any{
			p.ID, p.Name, p.Summary, ids(p.Cities, cityID), ids(p.Fields, func(f *derive.Field) string { return f.ID }),
			ids(p.Countries, func(c *derive.Country) string { return c.Code }), p.When(), goalNumbers(p.Practice.Goals),
			ids(p.Themes, func(t *derive.Theme) string { return t.ID }), exhibition, p.Number, p.Website, in.Absolute(p.Path),
		})
	}
	return t
}

func caseStudies(in *render.Input, n *derive.Network) table {
	t := table{name: "case-studies", title: "Case studies", columns: []column{
		{"id", "string", "Stable id"},
		{"title", "string", "Title in English"},
		{"summary", "string", "One or two sentences"},
		{"programme", "string", "Where it was published"},
		{"certainty", "string", "How sure the source is that it belongs to the programme"},
		{"theme", "string", "Id of its theme"},
		{"cities", "string", "Ids of its cities, parted by |"},
		{"date", "string", "Year or date"},
		{"goals", "string", "Numbers of Sustainable Development Goals, parted by |"},
		{"url", "string", "Address of its page"},
	}}
	for _, s := range n.CaseStudies {
		t.rows = append(t.rows, []any{
			s.ID, s.Name, s.Summary, s.Programme, s.Certainty, s.CaseStudy.Theme.ID, ids(s.Cities, cityID),
			s.Date.String(), goalNumbers(s.CaseStudy.Goals), in.Absolute(s.Path),
		})
	}
	return t
}

func meetings(in *render.Input, n *derive.Network) table {
	t := table{name: "meetings", title: "Annual meetings", columns: []column{
		{"id", "string", "Stable id"},
		{"number", "integer", "Which one it is"},
		{"title", "string", "Title in English"},
		{"hosts", "string", "Ids of the host cities, parted by |"},
		{"venue", "string", "Where it was, when that is no member city"},
		{"start", "string", "First day, or the year"},
		{"end", "string", "Last day"},
		{"theme", "string", "Its theme"},
		{"participants", "integer", "How many came"},
		{"remarks", "string", "What should be known of these facts, parted by |"},
		{"url", "string", "Address of its page"},
	}}
	for _, m := range n.Meetings {
		t.rows = append(t.rows, []any{
			m.ID, m.Number, m.Name, ids(m.Hosts, cityID), m.Venue, m.When().String(), m.Dates.End.String(),
			m.Meeting.Theme, m.Participants.Value, m.Remarks, in.Absolute(m.Path),
		})
	}
	return t
}

func countries(n *derive.Network) table {
	t := table{name: "countries", title: "Countries with member cities", columns: []column{
		{"code", "string", "ISO 3166-1 alpha-2 code"},
		{"name", "string", "Name at the date of the edition"},
		{"region", "string", "Id of the region"},
		{"cities", "integer", "How many members it has"},
	}}
	for _, c := range n.Countries {
		t.rows = append(t.rows, []any{c.Code, c.Name, c.Region.ID, len(c.Cities)})
	}
	return t
}

func ids[T any](in []T, id func(T) string) []string {
	var out []string
	for _, x := range in {
		out = append(out, id(x))
	}
	return out
}

func cityID(c *derive.City) string         { return c.ID }
func practiceID(p *derive.Practice) string { return p.ID }
func caseID(s *derive.CaseStudy) string    { return s.ID }
func meetingID(m *derive.Meeting) string   { return m.ID }

func goalNumbers(uses []model.GoalUse) []string {
	return ids(uses, func(g model.GoalUse) string { return g.Goal.ID })
}

// dataPackage describes the tables as the Data Package standard (v2) says.
func dataPackage(in *render.Input, n *derive.Network, tables []table) any {
	type object = map[string]any
	var resources []object
	for _, t := range tables {
		var fields []object
		for _, c := range t.columns {
			fields = append(fields, object{"name": c.name, "type": c.kind, "description": c.meaning})
		}
		resources = append(resources, object{
			"name": t.name, "title": t.title, "path": t.name + ".csv", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
			"schema": object{"fields": fields, "primaryKey": []string{t.columns[0].name}},
		})
	}
	p := object{
		"$schema": "https://datapackage.org/profiles/2.0/datapackage.json", "name": "creative-cities-" + n.Edition.ID,
		"title": in.Site.TitleIn(n.Lang), "description": in.Site.DescriptionIn(n.Lang), "version": n.Edition.AsOf.String(), "resources": resources,
		"sources": []object{{"title": "GeoNames", "path": "https://www.geonames.org/"}},
	}
	if in.Site.Licence.Name != "" {
		p["licenses"] = []object{{"title": in.Site.Licence.Name, "path": in.Site.Licence.URL}}
	}
	if in.Site.BaseURL != "" {
		p["homepage"] = in.Absolute("")
	}
	return p
}

// catalog describes the tables in DCAT 3 as JSON-LD.
func catalog(in *render.Input, n *derive.Network, tables []table) any {
	type object = map[string]any
	var sets []object
	for _, t := range tables {
		var files []object
		formats := []string{"csv", "json"}
		if t.located {
			formats = append(formats, "geojson")
		}
		for _, f := range formats {
			media := map[string]string{"csv": "text/csv", "json": "application/json", "geojson": "application/geo+json"}[f]
			files = append(files, object{"@type": "dcat:Distribution", "dcat:downloadURL": object{"@id": in.Absolute("data/" + t.name + "." + f)}, "dcat:mediaType": media})
		}
		sets = append(sets, object{
			"@type": "dcat:Dataset", "dct:identifier": t.name, "dct:title": t.title, "dct:language": n.Lang,
			"dct:temporal": n.Edition.AsOf.String(), "dct:license": object{"@id": in.Site.Licence.URL},
			"dct:description": t.title + ", edition " + strconv.Itoa(n.Edition.Year), "dcat:distribution": files,
		})
	}
	return object{
		"@context": object{"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
		"@type":    "dcat:Catalog", "dct:title": in.Site.TitleIn(n.Lang), "dcat:dataset": sets,
	}
}
