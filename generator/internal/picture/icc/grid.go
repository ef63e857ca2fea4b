package icc

import (
	"encoding/binary"
	"fmt"
	"math"
)

// grid is a table of sRGB colours over the amounts of four inks.
type grid struct {
	side  int
	input [4][256]step // where each amount of an ink falls on its axis
	nodes []uint16     // red, green and blue for each node, 0 to 65280; the last ink runs fastest
}

// step is a place between two nodes of an axis.
type step struct {
	node int // the lower one
	part int // of the way to the next, 1 being 256
}

// newGrid reads the table from the inks to Lab or XYZ (tag A2B0) and turns its
// nodes into sRGB, so that interpolating ends there.
func newGrid(b []byte, space string) (*grid, error) {
	if len(b) < 52 || b[8] != 4 || b[9] != 3 || space != "Lab " {
		return nil, fmt.Errorf("%w: no table from inks to Lab", ErrUnsupported)
	}
	g := &grid{side: int(b[10])}
	width, entriesIn, entriesOut, data := 0, 256, 256, b[48:]
	switch string(b[:4]) {
	case "mft1":
		width = 1
	case "mft2":
		width = 2
		entriesIn, entriesOut = int(binary.BigEndian.Uint16(b[48:])), int(binary.BigEndian.Uint16(b[50:]))
		data = b[52:]
	}
	count := g.side * g.side * g.side * g.side
	size := width * (4*entriesIn + 3*count + 3*entriesOut)
	if width == 0 || g.side < 2 || g.side > 40 || entriesIn < 2 || entriesOut < 2 || len(data) < size {
		return nil, fmt.Errorf("%w: a table of inks of kind %q", ErrUnsupported, b[:4])
	}
	values := func(at int) float64 { // 0 to 1
		if width == 1 {
			return float64(data[at]) / 255
		}
		return float64(binary.BigEndian.Uint16(data[2*at:])) / 65535
	}
	for ink := range g.input {
		for i := range g.input[ink] {
			at := between(values, ink*entriesIn, entriesIn, float64(i)/255) * float64(g.side-1)
			node := min(int(at), g.side-2)
			g.input[ink][i] = step{node, int(math.Round((at - float64(node)) * 256))}
		}
	}
	first, out := 4*entriesIn, 4*entriesIn+3*count
	lab := func(n int) (v [3]float64) {
		for c := range v {
			v[c] = between(values, out+c*entriesOut, entriesOut, values(first+3*n+c))
		}
		return decodeLab(v, width)
	}
	g.nodes = make([]uint16, 3*count)
	black := unroot((min(50, lab(count - 1)[0]) + 16) / 116) // of all inks, as grey
	for n := range count {
		for c, v := range fromLab(lab(n), black) {
			g.nodes[3*n+c] = uint16(math.Round(v * 65280))
		}
	}
	return g, nil
}

// between interpolates in the n values from at on.
func between(values func(int) float64, at, n int, x float64) float64 {
	place := x * float64(n-1)
	i := min(int(place), n-2)
	a, b := values(at+i), values(at+i+1)
	return a + float64((b-a)*(place-float64(i)))
}

// decodeLab reads the ICC's encoding of CIELAB, of which the 16-bit one of version 2
// ends at 0xff00.
func decodeLab(v [3]float64, width int) [3]float64 {
	whole := 1.0
	if width == 2 {
		whole = 65535.0 / 65280
	}
	return [3]float64{100 * v[0] * whole, 255*v[1]*whole - 128, 255*v[2]*whole - 128}
}

// fromLab takes a colour to sRGB, each part 0 to 1, so that what reflects only
// black becomes black: the darkest print is grey beside a screen (ISO 18619, black
// point compensation).
func fromLab(lab [3]float64, black float64) [3]float64 {
	fy := (lab[0] + 16) / 116
	xyz := [3]float64{unroot(fy + lab[1]/500), unroot(fy), unroot(fy - lab[2]/200)}
	for i, white := range [3]float64{0.9642, 1, 0.8249} { // D50
		xyz[i] = white * (xyz[i] - black) / (1 - black)
	}
	var rgb [3]float64
	linear := toLinear()
	for row := range rgb {
		for k := range xyz {
			rgb[row] += float64(linear[3*row+k] * xyz[k])
		}
		rgb[row] = companded(rgb[row])
	}
	return rgb
}

func unroot(f float64) float64 {
	if f > 6.0/29 {
		return f * f * f
	}
	return 3 * (6.0 / 29) * (6.0 / 29) * (f - 4.0/29)
}

// CMYK converts amounts of ink, 255 being full. The transform must be of inks.
func (t *Transform) CMYK(c, m, y, k uint8) (r, g, b uint8) {
	s := t.grid
	steps := [4]step{s.input[0][c], s.input[1][m], s.input[2][y], s.input[3][k]}
	var sum [3]int
	for corner := range 16 {
		weight, at := 1, 0
		for ink, p := range steps {
			at *= s.side
			if corner>>ink&1 == 1 {
				at += p.node + 1
				weight *= p.part
			} else {
				at += p.node
				weight *= 256 - p.part
			}
		}
		if weight == 0 {
			continue
		}
		node := s.nodes[3*at:][:3:3]
		sum[0] += weight * int(node[0])
		sum[1] += weight * int(node[1])
		sum[2] += weight * int(node[2])
	}
	// Weights add up to 1<<32, and 65280 is 255 times 256.
	return uint8((sum[0] + 1<<39) >> 40), uint8((sum[1] + 1<<39) >> 40), uint8((sum[2] + 1<<39) >> 40)
}
