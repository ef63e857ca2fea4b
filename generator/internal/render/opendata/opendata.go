// Package opendata writes what the network knows as data: tables in CSV, JSON
// and GeoJSON, one record a file, what changed between editions, and the two
// descriptions by which programs find it (Frictionless Data Package, DCAT).
//
// Contacts are never among it, nor are pictures shown by permission.
package opendata

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/output"
	"uccn/generator/internal/render"
)

// A table is one kind of record as rows.
type table struct {
	name, title string
	columns     []column
	rows        [][]any // string, int, float64, []string or nil
	located     bool    // has the columns latitude and longitude
}

// A column describes what stands in it.
type column struct{ name, kind, meaning string }

// Render makes every file below data/, from the network in the site's first
// language.
func Render(_ context.Context, in *render.Input) ([]output.File, diag.List, error) {
	n := in.Networks[0]
	tables := []table{cities(in, n), practices(in, n), caseStudies(in, n), meetings(in, n), countries(n)}
	var files []output.File
	add := func(path string, data []byte, err error) error {
		if err == nil {
			files = append(files, output.File{Path: "data/" + path, From: in.Site.At, Data: data, Raw: true})
		}
		return err
	}
	for _, t := range tables {
		b, err := t.csv()
		if err := add(t.name+".csv", b, err); err != nil {
			return nil, nil, err
		}
		b, err = t.json()
		if err := add(t.name+".json", b, err); err != nil {
			return nil, nil, err
		}
		if t.located {
			b, err = t.geoJSON()
			if err := add(t.name+".geojson", b, err); err != nil {
				return nil, nil, err
			}
		}
	}
	for _, one := range []struct {
		name  string
		value any
	}{{"datapackage.json", dataPackage(in, n, tables)}, {"catalog.jsonld", catalog(in, n, tables)}} {
		b, err := encode(one.value)
		if err := add(one.name, b, err); err != nil {
			return nil, nil, err
		}
	}
	for i, row := range tables[0].rows {
		b, err := encode(tables[0].object(row))
		if err := add("cities/"+n.Cities[i].ID+".json", b, err); err != nil {
			return nil, nil, err
		}
	}
	for _, e := range n.Editions {
		if e.Previous != nil {
			b, err := encode(changes(e))
			if err := add("changes/"+e.Previous.ID+"-"+e.ID+".json", b, err); err != nil {
				return nil, nil, err
			}
		}
	}
	return files, nil, nil
}

// encode writes JSON with two blanks of indentation and a last line end.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("write data: %w", err)
	}
	return b.Bytes(), nil
}

// csv writes the table as RFC 4180 says, in UTF-8, with a line of names first;
// values of a list are parted by "|".
func (t table) csv() ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	head := make([]string, len(t.columns))
	for i, c := range t.columns {
		head[i] = c.name
	}
	if err := w.Write(head); err != nil {
		return nil, err
	}
	for _, row := range t.rows {
		cells := make([]string, len(row))
		for i, v := range row {
			cells[i] = cell(v)
		}
		if err := w.Write(cells); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

func cell(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case int:
		if v == 0 {
			return ""
		}
		return strconv.Itoa(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []string:
		return strings.Join(v, "|")
	}
	return fmt.Sprint(v)
}

// ordered is a JSON object whose keys stand in the order of the columns.
type ordered struct {
	names  []string
	values []any
}

// MarshalJSON writes the object without the keys that have no value.
func (o ordered) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, v := range o.values {
		if v == nil || v == "" || v == 0 {
			continue
		}
		if l, ok := v.([]string); ok && len(l) == 0 {
			continue
		}
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		var text bytes.Buffer
		enc := json.NewEncoder(&text)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(v); err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "%q:%s", o.names[i], bytes.TrimSpace(text.Bytes()))
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func (t table) object(row []any) ordered {
	o := ordered{values: row}
	for _, c := range t.columns {
		o.names = append(o.names, c.name)
	}
	return o
}

func (t table) json() ([]byte, error) {
	all := make([]ordered, len(t.rows))
	for i, r := range t.rows {
		all[i] = t.object(r)
	}
	return encode(all)
}

// geoJSON writes the table as RFC 7946 says.
func (t table) geoJSON() ([]byte, error) {
	type geometry struct {
		Type        string     `json:"type"`
		Coordinates [2]float64 `json:"coordinates"`
	}
	type feature struct {
		Type       string   `json:"type"`
		ID         string   `json:"id"`
		Geometry   geometry `json:"geometry"`
		Properties ordered  `json:"properties"`
	}
	features := []feature{}
	for _, r := range t.rows {
		f := feature{Type: "Feature", Geometry: geometry{Type: "Point"}}
		for i, c := range t.columns {
			switch c.name {
			case "id":
				f.ID = r[i].(string)
			case "latitude":
				f.Geometry.Coordinates[1] = r[i].(float64)
			case "longitude":
				f.Geometry.Coordinates[0] = r[i].(float64)
			default:
				f.Properties.names, f.Properties.values = append(f.Properties.names, c.name), append(f.Properties.values, r[i])
			}
		}
		features = append(features, f)
	}
	return encode(struct {
		Type     string    `json:"type"`
		Features []feature `json:"features"`
	}{"FeatureCollection", features})
}

// changes lists what is different in an edition from the one before it.
func changes(e *derive.Edition) any {
	ids := func(cs []*derive.City) []string {
		out := []string{}
		for _, c := range cs {
			out = append(out, c.ID)
		}
		return out
	}
	type move struct {
		City string `json:"city"`
		From string `json:"from"`
		To   string `json:"to"`
	}
	moved, renamed := []move{}, []move{}
	for _, m := range e.Moved {
		moved = append(moved, move{m.City.ID, m.From.ID, m.To.ID})
	}
	for _, r := range e.Renamed {
		renamed = append(renamed, move{r.Path, r.From, r.To})
	}
	return struct {
		From    string   `json:"from"`
		To      string   `json:"to"`
		Joined  []string `json:"joined"`
		Left    []string `json:"left"`
		Fields  []move   `json:"changed_field"`
		Renamed []move   `json:"renamed"`
	}{e.Previous.ID, e.ID, ids(e.New), ids(e.Left), moved, renamed}
}
