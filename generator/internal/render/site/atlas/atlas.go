// Package atlas draws the maps of the site: the world, a part of it, the
// surroundings of a city, with the member cities as dots.
package atlas

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/model"
	"uccn/generator/internal/render/site/view"
	"uccn/generator/internal/worldmap"
)

// An Atlas knows the land and where the dots of an edition's cities stand. It
// is finished when it is made, and may be shared.
type Atlas struct {
	land   *worldmap.Atlas
	world  func() *worldmap.Map           // drawn when it is first shown
	cities []*derive.City                 // by id
	spots  []worldmap.Spot                // of the cities
	north  []int                          // indexes of cities, from south to north
	dots   func() map[string]worldmap.Dot // on the world map, moved apart, by the cities' ids
}

// A Linker says where a dot leads and how it is called.
type Linker func(c *derive.City) (href, label string)

// New sets cities on the map of the world. They are taken in the order of their
// ids, so that every language has the same picture.
func New(land *worldmap.Atlas, cities []*derive.City) *Atlas {
	a := &Atlas{land: land, world: sync.OnceValue(land.World), cities: slices.Clone(cities)}
	slices.SortFunc(a.cities, func(a, b *derive.City) int { return strings.Compare(a.ID, b.ID) })
	a.dots = sync.OnceValue(a.apart)
	for i, c := range a.cities {
		a.spots, a.north = append(a.spots, worldmap.SpotAt(c.Location.Lat, c.Location.Lon)), append(a.north, i)
	}
	slices.SortFunc(a.north, func(i, j int) int { return cmp.Or(cmp.Compare(a.spots[i].Rise(), a.spots[j].Rise()), i-j) })
	return a
}

// apart sets the cities on the map of the world and moves them apart.
func (a *Atlas) apart() map[string]worldmap.Dot {
	dots := make([]worldmap.Dot, len(a.cities))
	for i, c := range a.cities {
		x, y, _ := a.world().Place(c.Location.Lat, c.Location.Lon)
		dots[i] = worldmap.Dot{X: x, Y: y}
	}
	out := make(map[string]worldmap.Dot, len(dots))
	for i, d := range a.land.Apart(dots, gap(len(dots))) {
		out[a.cities[i].ID] = d
	}
	return out
}

// gap is how far apart dots stand on the world map: the more, the closer. Past
// a thousand they touch, for else they would find no room.
func gap(n int) float64 {
	few := float64(max(n, 1))
	return max(4.6, min(6.6, 6.6*math.Sqrt(220/few))) * min(1, math.Sqrt(1000/few))
}

// World is the map of the world with some cities on it; the others are small
// and pale when rest is set. With links it can be walked by keyboard.
func (a *Atlas) World(cities []*derive.City, label string, link Linker, rest bool) view.Map {
	out := view.Map{ViewBox: "104 16 812 412", Class: "world", Label: label, Land: a.world().Land, Roving: link != nil}
	r := decimal(gap(len(a.cities)) * .47)
	on := map[*derive.City]bool{}
	for _, c := range cities {
		on[c] = true
	}
	if rest {
		for _, c := range a.cities {
			if !on[c] {
				out.Dots = append(out.Dots, dot(a.dots()[c.ID], "1.5", "other"))
			}
		}
	}
	for _, c := range cities {
		d := dot(a.dots()[c.ID], r, "f-"+c.Field.ID)
		if link != nil {
			d.Href, d.Label = link(c)
		}
		out.Dots = append(out.Dots, d)
	}
	return out
}

// Several is a small map of the world with a few cities at their true places.
func (a *Atlas) Several(cities []*derive.City, label string) view.Map {
	out := view.Map{ViewBox: "104 16 812 412", Label: label, Land: a.world().Land}
	for _, c := range cities {
		x, y, _ := a.world().Place(c.Location.Lat, c.Location.Lon)
		class := ""
		if c.Field != nil {
			class = "f-" + c.Field.ID
		}
		out.Dots = append(out.Dots, dot(worldmap.Dot{X: x, Y: y}, "11", class))
	}
	return out
}

// Around is the surroundings of a city with the other members there.
func (a *Atlas) Around(c *derive.City, label string) view.Map {
	k := a.land.Around(c.Location.Lat, c.Location.Lon)
	out := view.Map{ViewBox: "0 0 300 220", Label: label, Land: k.Land}
	for _, i := range a.near(k, c) {
		x, y, _ := k.Put(a.spots[i])
		out.Dots = append(out.Dots, dot(worldmap.Dot{X: x, Y: y}, "2.6", "other f-"+a.cities[i].Field.ID))
	}
	class := ""
	if c.Field != nil {
		class = " f-" + c.Field.ID
	}
	centre := worldmap.Dot{X: 150, Y: 110}
	out.Dots = append(out.Dots, dot(centre, "5", "self"+class), dot(centre, "13", "here"+class))
	return out
}

// near returns the indexes of the other cities on the map k around c, in the
// order of their ids: the nearest ones, where there are more than can be told
// apart.
func (a *Atlas) near(k *worldmap.Map, c *derive.City) []int {
	const most = 200
	low, high := k.Rises()
	from, _ := slices.BinarySearchFunc(a.north, low, func(i int, y float64) int { return cmp.Compare(a.spots[i].Rise(), y) })
	var on []int
	for _, i := range a.north[from:] {
		if a.spots[i].Rise() > high {
			break
		}
		if _, _, in := k.Put(a.spots[i]); in && a.cities[i].ID != c.ID {
			on = append(on, i)
		}
	}
	if len(on) > most {
		away := make([]float64, len(a.cities)) // square, by index
		for _, i := range on {
			x, y, _ := k.Put(a.spots[i])
			away[i] = (x-k.Width/2)*(x-k.Width/2) + (y-k.Height/2)*(y-k.Height/2)
		}
		slices.SortFunc(on, func(i, j int) int { return cmp.Or(cmp.Compare(away[i], away[j]), i-j) })
		on = on[:most]
	}
	slices.Sort(on)
	return on
}

// Crowd is how many cities want a map of the whole width of a page.
const Crowd = 36

// Part is a map of a piece of the world with some cities on it, moved apart. A
// crowd has a map of nearly twice the size.
func (a *Atlas) Part(b worldmap.Box, cities []*derive.City, label string, link Linker) view.Map {
	width := 600.
	if len(cities) > Crowd {
		width = 1100
	}
	k := a.land.Part(b, width)
	out := view.Map{ViewBox: "0 0 " + decimal(width) + " " + decimal(k.Height), Label: label, Land: k.Land, Roving: link != nil}
	dots := make([]worldmap.Dot, len(cities))
	for i, c := range cities {
		x, y, _ := k.Place(c.Location.Lat, c.Location.Lon)
		dots[i] = worldmap.Dot{X: max(8, min(width-8, x)), Y: max(8, min(k.Height-8, y))}
	}
	distance := 14.
	if n := len(cities); n > 60 {
		distance = 11 * min(1, math.Sqrt(400/float64(n)))
	}
	for i, d := range a.land.Apart(dots, distance) {
		c := cities[i]
		one := dot(d, decimal(distance*.42), "f-"+c.Field.ID)
		if link != nil {
			one.Href, one.Label = link(c)
		}
		out.Dots = append(out.Dots, one)
	}
	return out
}

// A Sheet is a map that shows part of a region.
type Sheet struct {
	ID     string // names its title, "map.europe"; empty: the region's own
	Box    worldmap.Box
	Cities []*derive.City
}

// Sheets divides a region over maps. UNESCO's regions are known, and two of
// them need two maps; any other is fitted to its cities.
func Sheets(r *derive.Region) []Sheet {
	var known []Sheet
	switch r.ID {
	case "africa":
		known = []Sheet{{Box: worldmap.Box{West: -27, South: -36, East: 60, North: 24}}}
	case "arab-states":
		known = []Sheet{{Box: worldmap.Box{West: -18, South: 8, East: 61, North: 40}}}
	case "asia-pacific":
		known = []Sheet{{ID: "asia", Box: worldmap.Box{West: 43, South: -12, East: 148, North: 55}}, {ID: "pacific", Box: worldmap.Box{West: 108, South: -49, East: 182, North: -6}}}
	case "europe-north-america":
		known = []Sheet{{ID: "europe", Box: worldmap.Box{West: -24, South: 29, East: 61, North: 68}}, {ID: "north-america", Box: worldmap.Box{West: -128, South: 23, East: -62, North: 54}}}
	case "latin-america-caribbean":
		known = []Sheet{{Box: worldmap.Box{West: -118, South: -56, East: -33, North: 34}}}
	}
	var rest []*derive.City
	for _, c := range r.Cities {
		best := slices.IndexFunc(known, func(k Sheet) bool { return holds(k.Box, c) })
		if best < 0 {
			rest = append(rest, c)
			continue
		}
		known[best].Cities = append(known[best].Cities, c)
	}
	if len(rest) > 0 {
		known = append(known, Sheet{Box: Fit(rest), Cities: rest})
	}
	return slices.DeleteFunc(known, func(k Sheet) bool { return len(k.Cities) == 0 })
}

func holds(b worldmap.Box, c *derive.City) bool {
	lon := c.Location.Lon
	if lon < b.West {
		lon += 360
	}
	return c.Location.Lat >= b.South && c.Location.Lat <= b.North && lon >= b.West && lon <= b.East
}

// Fit is the piece of the world around some cities.
func Fit(cities []*derive.City) worldmap.Box {
	points := make([][2]float64, len(cities))
	for i, c := range cities {
		points[i] = [2]float64{c.Location.Lat, c.Location.Lon}
	}
	return worldmap.Fit(points)
}

func dot(d worldmap.Dot, r, class string) view.Dot {
	return view.Dot{X: decimal(d.X), Y: decimal(d.Y), R: r, Class: class}
}

func decimal(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64) }

// CountryBox is the country's box widened to a readable piece of the world.
func CountryBox(c *derive.Country) worldmap.Box {
	b := Fit(c.Cities)
	if k := c.Box; k != (model.Box{}) && k[2]-k[0] < 90 {
		b = worldmap.Box{West: min(b.West, k[0]-2), South: min(b.South, k[1]-2), East: max(b.East, k[2]+2), North: max(b.North, k[3]+2)}
	}
	const least = 30 // a readable piece of coast
	if w := b.East - b.West; w < least {
		b.West, b.East = b.West-(least-w)/2, b.East+(least-w)/2
	}
	if h := b.North - b.South; h < least*.6 {
		b.South, b.North = b.South-(least*.6-h)/2, b.North+(least*.6-h)/2
	}
	return b
}
