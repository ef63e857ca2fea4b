package site

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/worldmap"
)

// plot sets the edition's cities on the map of the world, moved apart. The
// cities stand in the order of their ids, so that every language has the same
// picture.
func (s *site) plot() {
	s.world = s.atlas.World()
	cities := slices.Clone(s.in.Networks[0].Cities)
	slices.SortFunc(cities, func(a, b *derive.City) int { return strings.Compare(a.ID, b.ID) })
	dots := make([]worldmap.Dot, len(cities))
	for i, c := range cities {
		x, y, _ := s.world.Place(c.Location.Lat, c.Location.Lon)
		dots[i] = worldmap.Dot{X: x, Y: y}
	}
	s.dots = map[string]worldmap.Dot{}
	for i, d := range worldmap.Apart(dots, gap(len(dots))) {
		s.dots[cities[i].ID] = d
	}
}

// gap is how far apart dots stand on the world map: the more, the closer.
func gap(n int) float64 { return max(4.6, min(6.6, 6.6*math.Sqrt(220/float64(max(n, 1))))) }

// worldMap is the map of the world with some cities on it; the others are
// small and pale when rest is set. With links it can be walked by keyboard.
func (m *maker) worldMap(p place, cities []*derive.City, label string, links, rest bool) Map {
	out := Map{ViewBox: "104 16 812 412", Class: "world", Label: label, Land: m.world.Land, Roving: links}
	r := decimal(gap(len(m.net.Cities)) * .47)
	on := map[*derive.City]bool{}
	for _, c := range cities {
		on[c] = true
	}
	if rest {
		for _, c := range m.net.Cities {
			if !on[c] {
				out.Dots = append(out.Dots, dot(m.dots[c.ID], "1.5", "other"))
			}
		}
	}
	for _, c := range cities {
		d := dot(m.dots[c.ID], r, "f-"+c.Field.ID)
		if links {
			d.Href, d.Label = p.to(m.path(c.Path)), c.Name+", "+countryOf(c)+", "+c.Field.Name
		}
		out.Dots = append(out.Dots, d)
	}
	return out
}

// locator is the surroundings of a city with the other members there.
func (m *maker) locator(c *derive.City) Map {
	a := m.atlas.Around(c.Location.Lat, c.Location.Lon)
	out := Map{ViewBox: "0 0 300 220", Label: m.words.T("map.around", c.Name), Land: a.Land}
	for _, o := range m.net.Cities {
		if x, y, in := a.Place(o.Location.Lat, o.Location.Lon); in && o.ID != c.ID {
			out.Dots = append(out.Dots, dot(worldmap.Dot{X: x, Y: y}, "2.6", "other f-"+o.Field.ID))
		}
	}
	class := ""
	if c.Field != nil {
		class = " f-" + c.Field.ID
	}
	centre := worldmap.Dot{X: 150, Y: 110}
	out.Dots = append(out.Dots, dot(centre, "5", "self"+class), dot(centre, "13", "here"+class))
	return out
}

// part is a map of a piece of the world with some cities on it, moved apart.
func (m *maker) part(p place, b worldmap.Box, cities []*derive.City, label string, links bool) Map {
	const width = 600
	a := m.atlas.Part(b, width)
	out := Map{ViewBox: "0 0 " + strconv.Itoa(width) + " " + decimal(a.Height), Label: label, Land: a.Land, Roving: links}
	dots := make([]worldmap.Dot, len(cities))
	for i, c := range cities {
		x, y, _ := a.Place(c.Location.Lat, c.Location.Lon)
		dots[i] = worldmap.Dot{X: max(8, min(width-8, x)), Y: max(8, min(a.Height-8, y))}
	}
	distance := 14.
	if len(cities) > 60 {
		distance = 11
	}
	for i, d := range worldmap.Apart(dots, distance) {
		c := cities[i]
		k := dot(d, decimal(distance*.42), "f-"+c.Field.ID)
		if links {
			k.Href, k.Label = p.to(m.path(c.Path)), c.Name+", "+countryOf(c)
		}
		out.Dots = append(out.Dots, k)
	}
	return out
}

// sheet is a map that shows part of a region.
type sheet struct {
	id     string // names its title, "map.europe"; empty: the region's own
	box    worldmap.Box
	cities []*derive.City
}

// sheets divides a region over maps. UNESCO's regions are known, and two of
// them need two maps; any other is fitted to its cities.
func sheets(r *derive.Region) []sheet {
	var known []sheet
	switch r.ID {
	case "africa":
		known = []sheet{{box: worldmap.Box{West: -27, South: -36, East: 52, North: 24}}}
	case "arab-states":
		known = []sheet{{box: worldmap.Box{West: -18, South: 8, East: 61, North: 40}}}
	case "asia-pacific":
		known = []sheet{{id: "asia", box: worldmap.Box{West: 43, South: -12, East: 148, North: 55}}, {id: "pacific", box: worldmap.Box{West: 108, South: -49, East: 182, North: -6}}}
	case "europe-north-america":
		known = []sheet{{id: "europe", box: worldmap.Box{West: -24, South: 29, East: 61, North: 68}}, {id: "north-america", box: worldmap.Box{West: -128, South: 23, East: -62, North: 54}}}
	case "latin-america-caribbean":
		known = []sheet{{box: worldmap.Box{West: -118, South: -56, East: -33, North: 34}}}
	}
	var rest []*derive.City
	for _, c := range r.Cities {
		best, near := -1, math.Inf(1)
		for i, k := range known {
			if holds(k.box, c) {
				if d := math.Abs(c.Location.Lat - (k.box.South+k.box.North)/2); d < near {
					best, near = i, d
				}
			}
		}
		if best < 0 {
			rest = append(rest, c)
			continue
		}
		known[best].cities = append(known[best].cities, c)
	}
	if len(rest) > 0 {
		known = append(known, sheet{box: fit(rest), cities: rest})
	}
	return slices.DeleteFunc(known, func(k sheet) bool { return len(k.cities) == 0 })
}

func holds(b worldmap.Box, c *derive.City) bool {
	lon := c.Location.Lon
	if lon < b.West {
		lon += 360
	}
	return c.Location.Lat >= b.South && c.Location.Lat <= b.North && lon >= b.West && lon <= b.East
}

func fit(cities []*derive.City) worldmap.Box {
	points := make([][2]float64, len(cities))
	for i, c := range cities {
		points[i] = [2]float64{c.Location.Lat, c.Location.Lon}
	}
	return worldmap.Fit(points)
}

func dot(d worldmap.Dot, r, class string) Dot {
	return Dot{X: decimal(d.X), Y: decimal(d.Y), R: r, Class: class}
}

func decimal(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64) }
