// Package pdf writes PDF 1.7 files: pages with bleed, text in subset fonts,
// pictures, vector drawings, links, an outline and a complete structure tree,
// as PDF/A-2a and PDF/UA-1 for the screen or as PDF/X-4 for the printer. It
// knows glyphs and boxes; it knows no lines, no paragraphs and no city.
//
// A file is written front to back: open it with New, begin each page with
// Writer.Page, draw, and end with Writer.Close. Finished pages and pictures
// leave memory at once. The same calls give the same bytes: lengths are
// integers, and dates and identifiers come from the caller and the content.
//
// The format is ISO 32000-1:2008; its clauses are named where they matter.
package pdf

import "math"

// A Length is a distance in thousandths of a point (1/72,000 inch). Integers
// keep positions exact and equal on every machine.
type Length int

// Units of length.
const (
	Pt Length = 1000
	In Length = 72 * Pt
)

// MM returns a length given in millimetres.
func MM(mm float64) Length { return Length(math.Round(mm * 72000 / 25.4)) }

// Points returns a length given in points.
func Points(pt float64) Length { return Length(math.Round(pt * 1000)) }

// Scale returns l times num/den, rounded half away from zero.
func (l Length) Scale(num, den int) Length {
	v := int(l) * num
	if (v < 0) != (den < 0) {
		return Length((v - den/2) / den)
	}
	return Length((v + den/2) / den)
}

// MM returns l in millimetres, for messages.
func (l Length) MM() float64 { return float64(l) * 25.4 / 72000 }

// A Rect is a box on a page: its upper left corner, measured from the upper left
// corner of the trimmed page, and its size. y grows downwards.
type Rect struct{ X, Y, W, H Length }

// Mirror returns r reflected in a page of the given width, for pages read from
// right to left.
func (r Rect) Mirror(width Length) Rect {
	r.X = width - r.X - r.W
	return r
}

// A Color is an sRGB colour. In a file for the printer it becomes CMYK.
type Color struct{ R, G, B uint8 }

// Hex returns the colour of a notation like "#1c7c4c" or "#fff", and black for
// anything else.
func Hex(s string) Color {
	digit := func(i int) uint8 {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			return c - '0'
		case c >= 'a' && c <= 'f':
			return c - 'a' + 10
		case c >= 'A' && c <= 'F':
			return c - 'A' + 10
		}
		return 0
	}
	if len(s) == 4 && s[0] == '#' {
		return Color{digit(1) * 17, digit(2) * 17, digit(3) * 17}
	}
	if len(s) != 7 || s[0] != '#' {
		return Color{}
	}
	return Color{digit(1)<<4 | digit(2), digit(3)<<4 | digit(4), digit(5)<<4 | digit(6)}
}

// CMYK is a colour in process inks, each 0 to 100 percent.
type CMYK struct{ C, M, Y, K uint8 }

// cmyk converts a colour with full replacement of grey: what the three inks
// share is printed in black, so that text and greys need one plate only.
func (c Color) cmyk() CMYK {
	most := max(c.R, c.G, c.B)
	if most == 0 {
		return CMYK{K: 100}
	}
	ink := func(v uint8) uint8 { return uint8((int(most-v)*100 + int(most)/2) / int(most)) }
	return CMYK{ink(c.R), ink(c.G), ink(c.B), uint8((int(255-most)*100 + 127) / 255)}
}
