package booklet

import (
	"strings"

	"uccn/generator/internal/pdf"
	"uccn/generator/internal/pdf/vector"
	"uccn/generator/internal/typeset"
)

// barcode returns the 95 modules of an ISBN as EAN-13 (ISO/IEC 15420), true
// for a bar. It returns false for anything but thirteen digits.
func barcode(isbn string) ([]bool, bool) {
	var digits []int
	for _, r := range isbn {
		if r >= '0' && r <= '9' {
			digits = append(digits, int(r-'0'))
		} else if r != '-' && r != ' ' {
			return nil, false
		}
	}
	if len(digits) != 13 {
		return nil, false
	}
	// set A, as bars and spaces; set C is its opposite, set B that read backwards
	odd := strings.Fields("0001101 0011001 0010011 0111101 0100011 0110001 0101111 0111011 0110111 0001011")
	sets := strings.Fields("AAAAAA AABABB AABBAB AABBBA ABAABB ABBAAB ABBBAA ABABAB ABABBA ABBABA")
	var out []bool
	add := func(pattern string, opposite, backwards bool) {
		for i := range pattern {
			k := i
			if backwards {
				k = len(pattern) - 1 - i
			}
			out = append(out, pattern[k] == '1' != opposite)
		}
	}
	add("101", false, false)
	for i, d := range digits[1:7] {
		b := sets[digits[0]][i] == 'B'
		add(odd[d], b, b)
	}
	add("01010", false, false)
	for _, d := range digits[7:] {
		add(odd[d], true, false)
	}
	add("101", false, false)
	return out, true
}

// barsWide is the width of a barcode with its quiet zones: 113 modules of 0.264
// mm, four fifths of the nominal size.
func barsWide(p *press) length { return pdf.MM(.264 * 113) }

// barcode draws the modules on white with the number under them. at gives the
// upper left corner.
func (p *press) barcode(modules []bool, isbn string, at pdf.Rect) {
	const unit = .264 // millimetres
	at.W, at.H = barsWide(p), pdf.MM(24)
	p.last().Fill(at, p.white)
	d := vector.Drawing{W: 113, H: 24 / unit}
	black := vector.RGB{}
	shape := vector.Shape{Fill: &black}
	for i := 0; i < len(modules); i++ {
		if !modules[i] {
			continue
		}
		n := 1
		for i+n < len(modules) && modules[i+n] {
			n++
		}
		shape.Path = append(shape.Path, vector.Rectangle(float64(11+i), 4/unit, float64(n), 16/unit)...)
		i += n
	}
	d.Shapes = []vector.Shape{shape}
	tag := &pdf.Tag{Role: "Sect"}
	p.last().Drawing(at, d, typeset.Figure(tag, "ISBN "+isbn, at))
	s := typeset.Shape{Style: typeset.Style{Font: p.fonts.Sans, Size: 7 * pdf.Pt, Color: p.ink, Lang: "en", Features: "tnum"}, Leading: 8 * pdf.Pt, Align: typeset.Center, Literal: true}
	p.c.Running(p.last().Page, pdf.Rect{X: at.X, Y: at.Y + pdf.MM(.6), W: at.W}, pdf.Layout, s, "ISBN "+isbn)
	s.Size = 8 * pdf.Pt
	p.c.Running(p.last().Page, pdf.Rect{X: at.X, Y: at.Y + pdf.MM(20.4), W: at.W}, pdf.Layout, s, strings.NewReplacer("-", "", " ", "").Replace(isbn))
}
