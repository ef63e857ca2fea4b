// Package chart turns numbers into the geometry of charts: a step line over
// years, a matrix, a graph of links, and bars whose table is the chart. It
// writes SVG without style attributes and gives the same marks as plain values
// for print. It knows numbers and labels, not what they count.
package chart

import (
	"html"
	"math"
	"strconv"
	"strings"
)

// A Drawing is a finished chart in its own units.
type Drawing struct {
	Width, Height float64
	Marks         []Mark // from back to front
}

// A Mark is a path or, when Path is empty, a text.
type Mark struct {
	Class  string  // what it is: axis, line, dot, link, node, dim, value; several with spaces
	Path   string  // path data of M H V L Q a z
	Text   string  // shown at (X, Y)
	X, Y   float64 // the text's anchor on its base line
	Anchor string  // start, middle or end
	Turn   float64 // degrees clockwise around (X, Y)
	Lang   string  // of the text, where it is not that of the page around it
}

// SVG returns the marks as the inside of an svg element.
func (d Drawing) SVG() string {
	var b strings.Builder
	for _, m := range d.Marks {
		if m.Path != "" {
			b.WriteString(`<path class="` + m.Class + `" d="` + m.Path + `"/>`)
			continue
		}
		b.WriteString(`<text class="` + m.Class + `" x="` + tenth(m.X) + `" y="` + tenth(m.Y) + `"`)
		if m.Anchor != "start" {
			b.WriteString(` text-anchor="` + m.Anchor + `"`)
		}
		if m.Turn != 0 {
			b.WriteString(` transform="rotate(` + tenth(m.Turn) + ` ` + tenth(m.X) + ` ` + tenth(m.Y) + `)"`)
		}
		if m.Lang != "" {
			b.WriteString(` lang="` + html.EscapeString(m.Lang) + `"`)
		}
		b.WriteString(">" + html.EscapeString(m.Text) + "</text>")
	}
	return b.String()
}

// ViewBox returns the drawing's viewBox attribute.
func (d Drawing) ViewBox() string { return "0 0 " + tenth(d.Width) + " " + tenth(d.Height) }

func (d *Drawing) path(class, path string) {
	d.Marks = append(d.Marks, Mark{Class: class, Path: path})
}

func (d *Drawing) text(class, text string, x, y float64, anchor string) {
	d.Marks = append(d.Marks, Mark{Class: class, Text: text, X: x, Y: y, Anchor: anchor})
}

func (d *Drawing) dot(class string, x, y, r float64) {
	d.path(class, disc(x, y, r))
}

func disc(x, y, r float64) string {
	q, w := tenth(r), tenth(2*math.Round(r*10)/10)
	return "M" + tenth(x-r) + " " + tenth(y) + "a" + q + " " + q + " 0 0 0 " + w + " 0a" + q + " " + q + " 0 0 0-" + w + " 0z"
}

// tenth writes a number with at most one decimal.
func tenth(v float64) string {
	r := math.Round(v*10) / 10
	if r == 0 {
		r = 0 // never "-0"
	}
	return strconv.FormatFloat(r, 'f', -1, 64)
}

// Ceiling returns the round number at or above v that an axis may end with,
// and the round step between its lines.
func Ceiling(v float64) (top, step float64) {
	if v <= 0 {
		return 1, 1
	}
	unit := math.Pow(10, math.Floor(math.Log10(v)))
	for _, k := range [4]float64{.2, .5, 1, 2} {
		step = max(1, k*unit)
		if math.Ceil(v/step) <= 6 {
			break
		}
	}
	return math.Ceil(v/step) * step, step
}
