package cards

import (
	"uccn/generator/internal/derive"
	"uccn/generator/internal/model"
	"uccn/generator/internal/plate"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/ink"
)

// tiles is how many plates a card shows at most.
const tiles = 4

func subject(f *derive.Field, id string, at model.Location, salt int) plate.Subject {
	return plate.Subject{Pattern: f.Pattern, Colours: ink.Palette(f.Colour).Colours(), Name: id, Lat: at.Lat, Lon: at.Lon, Salt: salt}
}

// fieldSubject is the plate of the field that stands at place i of all.
func fieldSubject(f *derive.Field, i int) plate.Subject {
	return subject(f, f.ID, model.Location{Lat: 12*float64(i) - 30, Lon: 40*float64(i) - 120}, render.CityPlate)
}

// cities, practices and studies are the plates of those that have one.
func (g *gatherer) cities(cs []*derive.City) []plate.Subject {
	var out []plate.Subject
	for _, c := range cs {
		if c.Field != nil {
			out = append(out, subject(c.Field, c.ID, c.Location, render.CityPlate))
		}
	}
	return out
}

func (g *gatherer) practices(ws []*derive.Practice) []plate.Subject {
	var out []plate.Subject
	for _, w := range ws {
		if f := render.Leading(w.Lead, w.Fields); f != nil {
			out = append(out, subject(f, w.ID, render.Spot(w.Lead), render.PracticePlate))
		}
	}
	return out
}

func (g *gatherer) studies(ws []*derive.CaseStudy) []plate.Subject {
	var out []plate.Subject
	for _, w := range ws {
		if f := render.Leading(w.Lead, w.Fields); f != nil {
			out = append(out, subject(f, w.ID, render.Spot(w.Lead), render.CaseStudyPlate))
		}
	}
	return out
}

// mosaic gives a card some of the plates: as many as it can show, of as many
// patterns as there are. Without any it shows the shelf.
func (g *gatherer) mosaic(c *card, from []plate.Subject) {
	if len(from) == 0 {
		g.shelf(c)
		return
	}
	taken := map[int]bool{}
	for len(c.plates) < min(tiles, len(from)) {
		seen := map[string]bool{}
		for i, s := range from {
			if !taken[i] && !seen[s.Pattern] && len(c.plates) < tiles {
				taken[i], seen[s.Pattern] = true, true
				c.plates = append(c.plates, s)
			}
		}
	}
}

// shelf gives a card the plates of all fields as spines, as wide as each has
// cities.
func (g *gatherer) shelf(c *card) {
	for i, f := range g.net.Fields {
		c.plates = append(c.plates, fieldSubject(f, i))
		c.weights = append(c.weights, len(f.Cities))
	}
}
