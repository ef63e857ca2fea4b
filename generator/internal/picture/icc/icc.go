// Package icc converts colours to sRGB by the ICC profile that a picture
// carries: the matrix and curve profiles of cameras and screens (Display P3,
// Adobe RGB), and the tables of printing inks (ICC.1:2010, lut8Type and
// lut16Type). Other profiles are reported as unsupported.
package icc

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// ErrUnsupported reports a profile that cannot be used, or none.
var ErrUnsupported = errors.New("colour profile not supported")

// A Transform takes colours to sRGB. It is safe for concurrent use.
type Transform struct {
	// Of red, green and blue: each component's share of light, 0 to 1<<16, then
	// the matrix to linear sRGB, 1 being 1<<12, then sRGB's curve.
	linear [3][256]int
	matrix [9]int
	encode *[levels + 1]uint8

	grid *grid // of inks; nil for red, green and blue
}

// levels is into how many steps linear light is cut for encoding: enough for a
// result within 1/255.
const levels = 4096

// New reads a profile. The error wraps ErrUnsupported.
func New(profile []byte) (*Transform, error) {
	if len(profile) < 132 || string(profile[36:40]) != "acsp" {
		return nil, fmt.Errorf("%w: not an ICC profile", ErrUnsupported)
	}
	tags := readTags(profile)
	switch space := string(profile[16:20]); space {
	case "RGB ":
		return newMatrix(tags)
	case "CMYK":
		g, err := newGrid(tags["A2B0"], string(profile[20:24]))
		if err != nil {
			return nil, err
		}
		return &Transform{grid: g}, nil
	default:
		return nil, fmt.Errorf("%w: colours of kind %q", ErrUnsupported, space)
	}
}

func readTags(profile []byte) map[string][]byte {
	tags := map[string][]byte{}
	table := profile[132:]
	for range min(binary.BigEndian.Uint32(profile[128:]), 100) {
		if len(table) < 12 {
			break
		}
		from, length := uint64(binary.BigEndian.Uint32(table[4:])), uint64(binary.BigEndian.Uint32(table[8:]))
		if from+length <= uint64(len(profile)) {
			tags[string(table[:4])] = profile[from : from+length]
		}
		table = table[12:]
	}
	return tags
}

// toLinear takes XYZ under D50, the ICC's connection space, to linear sRGB: the
// inverse of the matrix of IEC 61966-2-1 after Bradford adaptation.
func toLinear() [9]float64 {
	return [9]float64{
		3.1338561, -1.6168667, -0.4906146,
		-0.9787684, 1.9161415, 0.0334540,
		0.0719453, -0.2289914, 1.4052427,
	}
}

func newMatrix(tags map[string][]byte) (*Transform, error) {
	t := &Transform{encode: encoder()}
	linear := toLinear()
	var columns [9]float64
	for c, name := range [3]string{"r", "g", "b"} {
		xyz := tags[name+"XYZ"]
		if len(xyz) < 20 {
			return nil, fmt.Errorf("%w: it has no matrix", ErrUnsupported)
		}
		for row := range 3 {
			columns[3*row+c] = fixed(xyz[8+4*row:])
		}
		curve, err := readCurve(tags[name+"TRC"])
		if err != nil {
			return nil, err
		}
		for i := range t.linear[c] {
			if light := curve(float64(i) / 255); light > 0 { // which NaN is not
				t.linear[c][i] = int(math.Round(min(1, light) * (1 << 16)))
			}
		}
	}
	for row := range 3 {
		for column := range 3 {
			sum := 0.0
			for k := range 3 {
				sum += float64(linear[3*row+k] * columns[3*k+column])
			}
			t.matrix[3*row+column] = int(math.Round(sum * (1 << 12))) // at most some 1<<30
		}
	}
	return t, nil
}

// encoder tabulates sRGB's curve over linear light.
func encoder() *[levels + 1]uint8 {
	var table [levels + 1]uint8
	for i := range table {
		table[i] = uint8(math.Round(255 * companded(float64(i)/levels)))
	}
	return &table
}

// companded is sRGB's curve (IEC 61966-2-1).
func companded(v float64) float64 {
	switch {
	case v <= 0:
		return 0
	case v >= 1:
		return 1
	case v <= 0.0031308:
		return 12.92 * v
	}
	return 1.055*math.Pow(v, 1/2.4) - 0.055
}

// Inks reports whether the transform takes four inks and not three lights.
func (t *Transform) Inks() bool { return t.grid != nil }

// Identity reports whether the transform changes no colour by more than 1/255, as
// that of the many pictures which say that they are sRGB.
func (t *Transform) Identity() bool {
	if t.Inks() {
		return false
	}
	for r := 0; r < 256; r += 51 {
		for g := 0; g < 256; g += 51 {
			for b := 0; b < 256; b += 51 {
				x, y, z := t.RGB(uint8(r), uint8(g), uint8(b))
				if far(x, r) || far(y, g) || far(z, b) {
					return false
				}
			}
		}
	}
	return true
}

func far(got uint8, want int) bool { return int(got) > want+1 || int(got) < want-1 }

// RGB converts a colour. The transform must not be of inks.
func (t *Transform) RGB(r, g, b uint8) (uint8, uint8, uint8) {
	x, y, z := t.linear[0][r], t.linear[1][g], t.linear[2][b]
	m := &t.matrix
	return t.at(m[0]*x + m[1]*y + m[2]*z), t.at(m[3]*x + m[4]*y + m[5]*z), t.at(m[6]*x + m[7]*y + m[8]*z)
}

// at encodes light, of which 1 is 1<<28.
func (t *Transform) at(light int) uint8 {
	const shift = 28 - 12 // to levels
	light = (light + 1<<(shift-1)) >> shift
	return t.encode[max(0, min(levels, light))]
}

// fixed reads an s15Fixed16Number.
func fixed(b []byte) float64 { return float64(int32(binary.BigEndian.Uint32(b))) / 65536 }

// readCurve reads a curveType or a parametricCurveType.
func readCurve(b []byte) (func(float64) float64, error) {
	if len(b) >= 12 {
		switch string(b[:4]) {
		case "curv":
			return sampled(b)
		case "para":
			return parametric(b)
		}
	}
	return nil, fmt.Errorf("%w: a curve is missing", ErrUnsupported)
}

func sampled(b []byte) (func(float64) float64, error) {
	count := int64(binary.BigEndian.Uint32(b[8:]))
	if 12+2*count > int64(len(b)) {
		return nil, fmt.Errorf("%w: a curve is cut off", ErrUnsupported)
	}
	n := int(count)
	switch n {
	case 0:
		return func(x float64) float64 { return x }, nil
	case 1:
		gamma := float64(binary.BigEndian.Uint16(b[12:])) / 256
		return func(x float64) float64 { return math.Pow(x, gamma) }, nil
	}
	return func(x float64) float64 {
		at := x * float64(n-1)
		i := min(int(at), n-2)
		a, z := float64(binary.BigEndian.Uint16(b[12+2*i:])), float64(binary.BigEndian.Uint16(b[14+2*i:]))
		return (a + float64((z-a)*(at-float64(i)))) / 65535
	}, nil
}

func parametric(b []byte) (func(float64) float64, error) {
	kind := int(binary.BigEndian.Uint16(b[8:]))
	counts := [...]int{1, 3, 4, 5, 7}
	if kind >= len(counts) || len(b) < 12+4*counts[kind] {
		return nil, fmt.Errorf("%w: a curve of an unknown kind", ErrUnsupported)
	}
	var p [7]float64
	for i := range counts[kind] {
		p[i] = fixed(b[12+4*i:])
	}
	gamma, a, bb, c, d, e, f := p[0], p[1], p[2], p[3], p[4], p[5], p[6]
	switch kind {
	case 0:
		a, d = 1, math.Inf(-1)
	case 1: // zero below -b/a
		d = -bb / a
	case 2: // c below -b/a, and added above
		d, e, f, c = -bb/a, c, c, 0
	}
	return func(x float64) float64 {
		if x >= d {
			return math.Pow(float64(a*x)+bb, gamma) + e
		}
		return float64(c*x) + f
	}, nil
}
