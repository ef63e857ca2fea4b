package look

import (
	"math"
	"strings"

	"uccn/generator/internal/chart"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/pdf/vector"
	"uccn/generator/internal/worldmap"
)

// A Spot is a place on the map of the world, in degrees, with its colour.
type Spot struct {
	Lat, Lon float64
	Color    pdf.Color
}

// World is the map of the world with some places on it, moved apart a little.
// Spots come in an order that does not depend on the language.
func (l *Look) World(land *worldmap.Atlas, spots []Spot) vector.Drawing {
	k := land.World()
	d := vector.Drawing{X: 104, Y: 16, W: 812, H: 412}
	stroke := vector.RGB(l.Land)
	coast := l.coast.Get(k.Land, func() vector.Path { return Outline(k.Land) })
	d.Shapes = append(d.Shapes, vector.Shape{Path: coast, Stroke: &stroke, Width: .9})
	dots := make([]worldmap.Dot, len(spots))
	for i, s := range spots {
		x, y, _ := k.Place(s.Lat, s.Lon)
		dots[i] = worldmap.Dot{X: x, Y: y}
	}
	gap := max(4.6, min(8, 6.6*math.Sqrt(220/float64(max(len(dots), 1)))))
	for i, at := range land.Apart(dots, gap) {
		fill := vector.RGB(spots[i].Color)
		d.Shapes = append(d.Shapes, vector.Shape{Path: vector.Ellipse(at.X, at.Y, gap*.46, gap*.46), Fill: &fill})
	}
	return d
}

// Marks are the lines and areas of a chart.
func (l *Look) Marks(d chart.Drawing) vector.Drawing {
	out := vector.Drawing{W: d.Width, H: d.Height}
	strong, weak, white := vector.RGB(l.Ink), vector.RGB(l.Faint), vector.RGB(l.White)
	for _, m := range d.Marks {
		if m.Path == "" {
			continue
		}
		s := vector.Shape{Path: Outline(m.Path)}
		switch class, _, _ := strings.Cut(m.Class, " "); class {
		case "line":
			s.Stroke, s.Width = &strong, 3
		case "dot":
			s.Fill, s.Stroke, s.Width = &strong, &white, 1.6
		default:
			s.Stroke, s.Width = &weak, 1
		}
		out.Shapes = append(out.Shapes, s)
	}
	return out
}
