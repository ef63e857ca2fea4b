// Package plate draws the cover picture of a subject from a few of its data: a
// pattern, four colours, a place and a name. The same subject always gives the
// same picture, as SVG for screens and as plain shapes for print. The package
// knows no city; it knows a name and two coordinates.
package plate

import "strings"

// Version counts up when the same subject gives another picture than before.
const Version = 1

// The frame of every plate, in user units.
const (
	Width  = 400
	Height = 500
)

// Colours are the four flat colours of a plate, as CSS hex colours.
type Colours struct {
	Solid  string // the ground
	Bright string // most of the figure
	Deep   string // its shadow side
	White  string // the one accent; "#fff" when empty
}

// A Subject is what a plate is drawn from.
type Subject struct {
	Pattern  string  // one of Patterns; anything else gives plain bars
	Colours  Colours // flat fills, equal in light and dark surroundings
	Name     string  // stable in every language: an id rather than a title
	Lat, Lon float64 // degrees
	Salt     int     // tells several plates of one name apart
}

// A Shape is one flat area or line. Path is SVG path data made of the commands
// M m h v l q a z only, in the frame of Width × Height.
type Shape struct {
	Path   string
	Fill   string  // empty for a line
	Stroke string  // empty for an area
	Weight float64 // line width in user units
}

// Patterns lists the motifs that Draw knows, in the order of the fields that
// they were made for.
func Patterns() []string {
	return []string{"weave", "discs", "frames", "bowls", "lines", "cells", "strings", "plan"}
}

// Draw returns the shapes of the plate of s, from back to front. The first one
// is the ground and covers the frame.
func Draw(s Subject) []Shape {
	if s.Colours.White == "" {
		s.Colours.White = "#fff"
	}
	c := &canvas{
		colours: s.Colours,
		north:   clamp((s.Lat + 60) / 140),
		east:    clamp((s.Lon + 180) / 360),
		lat:     s.Lat,
		lon:     s.Lon,
		random:  newRandom(s.Name, s.Lat, s.Lon, s.Salt),
	}
	var ground pen
	ground.rect(0, 0, Width, Height)
	c.fill(s.Colours.Solid, &ground)
	motif(s.Pattern)(c)
	return c.shapes
}

// SVG returns the plate of s as a whole SVG document. It fills whatever frame
// it is put in, cut and not squeezed.
func SVG(s Subject) []byte {
	var b strings.Builder
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 500" preserveAspectRatio="xMidYMid slice">`)
	for _, sh := range Draw(s) {
		b.WriteString(sh.element())
	}
	b.WriteString("</svg>")
	return []byte(b.String())
}

func (s Shape) element() string {
	if s.Stroke == "" {
		return `<path fill="` + s.Fill + `" d="` + s.Path + `"/>`
	}
	return `<path fill="none" stroke="` + s.Stroke + `" stroke-width="` + tenth(s.Weight) + `" d="` + s.Path + `"/>`
}

func motif(pattern string) func(*canvas) {
	switch pattern {
	case "weave":
		return weave
	case "discs":
		return discs
	case "frames":
		return frames
	case "bowls":
		return bowls
	case "lines":
		return lines
	case "cells":
		return cells
	case "strings":
		return waves
	case "plan":
		return plan
	}
	return bars
}

// A canvas is what a motif draws on: its data, its luck and its shapes.
type canvas struct {
	colours     Colours
	north, east float64 // the place, each from 0 to 1
	lat, lon    float64 // the place in degrees
	random      *random
	shapes      []Shape
}

func (c *canvas) fill(colour string, p *pen) {
	if p.b.Len() > 0 {
		c.shapes = append(c.shapes, Shape{Path: p.String(), Fill: colour})
	}
}

func (c *canvas) stroke(colour string, weight float64, p *pen) {
	c.shapes = append(c.shapes, Shape{Path: p.String(), Stroke: colour, Weight: weight})
}

// three returns the figure colours in the order bright, deep, white.
func (c *canvas) three() [3]string {
	return [3]string{c.colours.Bright, c.colours.Deep, c.colours.White}
}

func clamp(v float64) float64 { return max(0, min(1, v)) }
