package look

import (
	"strings"

	"uccn/generator/internal/pdf/vector"
)

// Barcode returns the 95 modules of an ISBN as EAN-13 (ISO/IEC 15420), true
// for a bar. It returns false for anything but thirteen digits.
func Barcode(isbn string) ([]bool, bool) {
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

// The size of a barcode at four fifths of the nominal size, in millimetres, with
// its quiet zones, the letters over it and the digits under it.
const (
	BarcodeWidth  = 113 * module
	BarcodeHeight = 24

	module = .264
)

// Bars draws the modules of a barcode, 4 mm below the upper edge of its box and
// 16 mm high.
func Bars(modules []bool) vector.Drawing {
	var black vector.RGB
	shape := vector.Shape{Fill: &black}
	for i := 0; i < len(modules); i++ {
		n := 0
		for i+n < len(modules) && modules[i+n] {
			n++
		}
		if n > 0 {
			shape.Path = append(shape.Path, vector.Rectangle(float64(11+i), 4/module, float64(n), 16/module)...)
		}
		i += n
	}
	return vector.Drawing{W: 113, H: BarcodeHeight / module, Shapes: []vector.Shape{shape}}
}
