package look

import (
	"context"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/model"
	"uccn/generator/internal/output"
	"uccn/generator/internal/plate"
	"uccn/generator/internal/render"
)

// Path is the path of a record's plate.
func Path(t model.Type, id string) string { return "plates/" + string(t) + "/" + id + ".svg" }

// Plates returns the cover of every record that may need one, once for all
// languages; those are published that a page shows. Cities outside the edition
// have one where a meeting was theirs.
func Plates(n *derive.Network) []output.File {
	out := make([]output.File, 0, len(n.Cities)+len(n.Meetings)+len(n.Fields)+len(n.Practices)+len(n.CaseStudies))
	colours := map[*derive.Field]plate.Colours{}
	add := func(t model.Type, id string, from diag.Pos, f *derive.Field, at model.Location, salt int) {
		if f == nil {
			return
		}
		of, known := colours[f]
		if !known {
			of = palette(f.Colour).Colours()
			colours[f] = of
		}
		subject := plate.Subject{Pattern: f.Pattern, Colours: of, Name: id, Lat: at.Lat, Lon: at.Lon, Salt: salt}
		out = append(out, drawn(Path(t, id), from, subject))
	}
	for _, c := range withHosts(n) {
		add(model.Cities, c.ID, c.At, c.Field, c.Location, render.CityPlate)
	}
	for _, m := range n.Meetings {
		if Host(m) == nil {
			subject := plate.Subject{Colours: plate.Colours{Solid: "#4a545e", Bright: "#b3bac1", Deep: "#1b2026"}, Name: m.ID}
			out = append(out, drawn(Path(model.Meetings, m.ID), m.At, subject))
		}
	}
	for i, f := range n.Fields {
		add(model.Fields, f.ID, f.At, f, model.Location{Lat: 12*float64(i) - 30, Lon: 40*float64(i) - 120}, render.CityPlate)
	}
	for _, p := range n.Practices {
		add(model.Practices, p.ID, p.At, render.Leading(p.Lead, p.Fields), render.Spot(p.Lead), render.PracticePlate)
	}
	for _, p := range n.CaseStudies {
		add(model.CaseStudies, p.ID, p.At, render.Leading(p.Lead, p.Fields), render.Spot(p.Lead), render.CaseStudyPlate)
	}
	return out
}

func drawn(path string, from diag.Pos, s plate.Subject) output.File {
	return output.File{Path: path, From: from, Raw: true, Shown: true, Blob: plated(s)}
}

// plated is the plate of a subject, drawn when it is asked for.
type plated plate.Subject

// Key is a hash of the subject, with the version of the drawing.
func (p plated) Key() string {
	c := p.Colours
	k := memo.NewKey("plate", plate.Version).Text(p.Pattern).Text(c.Solid).Text(c.Bright).Text(c.Deep).Text(c.White).Text(p.Name)
	return "plate-" + k.Float(p.Lat).Float(p.Lon).Int(int64(p.Salt)).Key().String()
}

// Bytes draws the plate.
func (p plated) Bytes(context.Context) ([]byte, error) { return plate.SVG(plate.Subject(p)), nil }

// Host is the first host of a meeting that has a plate. A meeting without one
// has a plate of its own.
func Host(m *derive.Meeting) *derive.City {
	for _, c := range m.Hosts {
		if c.Field != nil {
			return c
		}
	}
	return nil
}

// withHosts returns the cities of the edition, and then those hosts of meetings
// that are not among them.
func withHosts(n *derive.Network) []*derive.City {
	out := n.Cities[:len(n.Cities):len(n.Cities)]
	seen := map[*derive.City]bool{}
	for _, m := range n.Meetings {
		for _, c := range m.Hosts {
			if c.Path == "" && c.Field != nil && !seen[c] {
				seen[c] = true
				out = append(out, c)
			}
		}
	}
	return out
}
