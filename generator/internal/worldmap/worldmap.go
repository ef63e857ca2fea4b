// Package worldmap draws maps of the world's land as engraved lines: the world,
// a part of it, the surroundings of a place. It draws no borders and no names.
// Land is Natural Earth's at 1:50 million, in the Equal Earth projection. The
// package knows coordinates, not what stands there.
package worldmap

import "math"

// Source names where the land comes from, for credits.
const Source = "Natural Earth, land 1:50 million (public domain), by way of world-atlas 2.0.2"

// Centre is the central meridian of the world map, in degrees east: the cut
// runs through the Bering Strait.
const Centre = 11

// A Map is a drawn piece of the world. Its size is in its own units.
type Map struct {
	Width, Height float64
	Land          string // path data of M m h only: lines to be stroked
	proj          projection
}

// Place returns where a point of the globe (degrees) stands on the map, and
// whether that is inside it.
func (m *Map) Place(lat, lon float64) (x, y float64, inside bool) {
	x, y = m.proj.point(lat, lon)
	return x, y, x >= 0 && y >= 0 && x <= m.Width && y <= m.Height
}

// A Spot is a point of the globe with what its latitude alone decides of its
// place on any map, for points that stand on many maps.
type Spot struct {
	lon    float64 // degrees
	perLon float64 // plane units per degree of longitude
	y      float64 // plane units
}

// SpotAt returns the spot at a point of the globe (degrees).
func SpotAt(lat, lon float64) Spot {
	per, y := equalEarth(1, lat)
	return Spot{lon, per, y}
}

// Rise returns how far north the spot is: spots in the order of their latitudes
// are in the order of their rises.
func (s Spot) Rise() float64 { return s.y }

// Rises returns the rises of the lower and the upper edge of the map.
func (m *Map) Rises() (low, high float64) {
	return (m.proj.y - m.Height) / m.proj.scale, m.proj.y / m.proj.scale
}

// Put is Place for a spot.
func (m *Map) Put(s Spot) (x, y float64, inside bool) {
	p := m.proj
	l := s.lon - p.centre
	switch {
	case l > 180:
		l -= 360
	case l < -180:
		l += 360
	}
	x, y = p.x+l*s.perLon*p.scale, p.y-s.y*p.scale
	return x, y, x >= 0 && y >= 0 && x <= m.Width && y <= m.Height
}

// A Box is a piece of the globe in degrees. East is greater than West, beyond
// 180 where the box crosses the date line.
type Box struct{ West, South, East, North float64 }

// World returns the whole map, 1000 units wide, from 80° north to 56° south.
func (a *Atlas) World() *Map {
	right, _ := equalEarth(180, 0)
	_, top := equalEarth(0, 80)
	_, bottom := equalEarth(0, -56)
	s := 1000 / (2 * right)
	p := projection{centre: Centre, scale: s, x: 500, y: top * s}
	return a.draw(p, 1000, math.Ceil((top-bottom)*s), 3.6)
}

// Part returns a map of b, width units wide, no higher than 1.6 times its
// width; the middle of b is upright.
func (a *Atlas) Part(b Box, width float64) *Map {
	middle := (b.West + b.East) / 2
	half := (b.East - b.West) / 2
	left, right := math.Inf(1), math.Inf(-1)
	_, top := equalEarth(0, b.North)
	_, bottom := equalEarth(0, b.South)
	for _, lat := range [3]float64{b.South, b.North, max(b.South, min(b.North, 0))} {
		x, _ := equalEarth(half, lat)
		left, right = min(left, -x), max(right, x)
	}
	s := width / (right - left)
	p := projection{centre: middle, scale: s, x: width / 2, y: top * s}
	return a.draw(p, width, math.Round(min((top-bottom)*s, 1.6*width)), 5)
}

// Around returns a map of 300 × 220 units with the point in its middle, about
// 4,600 km wide.
func (a *Atlas) Around(lat, lon float64) *Map {
	const w, h, scale = 300, 220, 415
	_, y := equalEarth(0, lat)
	return a.draw(projection{centre: lon, scale: scale, x: w / 2, y: h/2 + y*scale}, w, h, 3.5)
}

// Fit returns the smallest box around the points, with a margin of a tenth and
// at least 12 degrees each way. Each point is {lat, lon}.
func Fit(points [][2]float64) Box {
	if len(points) == 0 {
		return Box{-180 + Centre, -56, 180 + Centre, 80}
	}
	b := Box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, p := range points {
		b.South, b.North = min(b.South, p[0]), max(b.North, p[0])
		b.West, b.East = min(b.West, p[1]), max(b.East, p[1])
	}
	dx, dy := max((b.East-b.West)*.1, (12-b.East+b.West)/2), max((b.North-b.South)*.1, (12-b.North+b.South)/2)
	return Box{b.West - dx, max(-85, b.South-dy), b.East + dx, min(85, b.North+dy)}
}

// projection is Equal Earth, turned to a central meridian, scaled and moved.
type projection struct {
	centre float64 // degrees
	scale  float64 // units of the map per unit of the sphere's radius
	x, y   float64 // where (centre, equator) stands on the map
}

func (p projection) point(lat, lon float64) (x, y float64) {
	l := math.Mod(lon-p.centre, 360)
	switch {
	case l > 180:
		l -= 360
	case l < -180:
		l += 360
	}
	x, y = equalEarth(l, lat)
	return p.x + x*p.scale, p.y - y*p.scale
}

// equalEarth projects degrees onto the plane of a sphere of radius 1 (Šavrič,
// Patterson and Jenny, 2018). x is linear in the longitude.
func equalEarth(lon, lat float64) (x, y float64) {
	const a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
	m := math.Sqrt(3) / 2
	t := math.Asin(m * math.Sin(lat*math.Pi/180))
	t2 := t * t
	t6 := t2 * t2 * t2
	x = lon * math.Pi / 180 * math.Cos(t) / (m * (a1 + 3*a2*t2 + t6*(7*a3+9*a4*t2)))
	y = t * (a1 + a2*t2 + t6*(a3+a4*t2))
	return x, y
}
