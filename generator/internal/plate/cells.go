package plate

import "math"

// rules are elementary cellular automata (Wolfram's numbers) that stay lively:
// none dies out or freezes on a ring of cellColumns cells.
func rules() [9]uint { return [9]uint{30, 45, 86, 89, 101, 105, 135, 149, 150} }

// cellColumns is not a power of two: the additive rules die out on those.
const cellColumns = 27

// cells draws an elementary cellular automaton. Its first row is the
// coordinates; its rule is the longitude.
func cells(c *canvas) {
	known := rules()
	rule := known[min(int(c.east*float64(len(known))), len(known)-1)]
	const cell = float64(Width) / cellColumns
	row := firstRow(c.lat, c.lon)
	var on, lone, run pen
	for y := 0; float64(y)*cell < Height; y++ {
		for x := 0; x < cellColumns; x++ {
			start := x
			for x < cellColumns && row[x] {
				x++
			}
			n := x - start
			p := &on
			switch {
			case n == 0:
				continue
			case n >= 4:
				p = &run
			case n == 1:
				p = &lone
			}
			p.rect(float64(start)*cell, float64(y)*cell, float64(n)*cell, min(cell, Height-float64(y)*cell))
		}
		row = next(row, rule)
	}
	c.fill(c.colours.Bright, &on)
	c.fill(c.colours.Deep, &lone)
	c.fill(c.colours.White, &run)
}

func firstRow(lat, lon float64) (row [cellColumns]bool) {
	bits := uint64(math.Abs(lat)*1e3)*2654435761 ^ uint64(math.Abs(lon)*1e3)*40503
	some := false
	for i := range row {
		row[i] = bits>>(uint(i)%48)&1 == 1
		some = some || row[i]
	}
	if !some {
		row[cellColumns/2] = true
	}
	return row
}

// next applies the rule to a row that is closed to a ring.
func next(row [cellColumns]bool, rule uint) (out [cellColumns]bool) {
	for i := range row {
		k := 0
		for _, j := range [3]int{i + cellColumns - 1, i, i + 1} {
			k <<= 1
			if row[j%cellColumns] {
				k |= 1
			}
		}
		out[i] = rule>>k&1 == 1
	}
	return out
}
