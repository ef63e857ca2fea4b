package chart

// A Step is a value that holds from X until the next one.
type Step struct {
	X     int // a year
	Value float64
	Label string // the value as it is written
}

// Steps draws values over time as a step line, 720 × 300 units. Steps come in
// rising order of X; last is where the axis ends. Every step gets a dot; those
// whose numbers would run into each other are left to the table, the newest
// first served. Marks of class opt may go where room is short. digits writes
// the years and the numbers of the axis.
func Steps(steps []Step, last int, digits func(int) string) Drawing {
	d := Drawing{Width: 720, Height: 300}
	if len(steps) == 0 {
		return d
	}
	const left, right, bottom, high = 40., 706., 260., 236.
	first := steps[0].X
	span := float64(max(1, last-first))
	top, step := Ceiling(steps[len(steps)-1].Value)
	for _, s := range steps {
		if t, w := Ceiling(s.Value); t > top {
			top, step = t, w
		}
	}
	x := func(year int) float64 { return left + float64(year-first)/span*(right-left) }
	y := func(v float64) float64 { return bottom - v/top*high }
	for v := 0.; v <= top; v += step {
		d.path("axis", "M"+tenth(left)+" "+tenth(y(v))+"H"+tenth(right))
		d.text("dim", digits(int(v)), left-8, y(v)+4, "end")
	}
	line := "M" + tenth(x(first)) + " " + tenth(y(steps[0].Value))
	for _, s := range steps[1:] {
		line += "H" + tenth(x(s.X)) + "V" + tenth(y(s.Value))
	}
	d.path("line", line+"H"+tenth(right))
	labels(&d, steps, x, y, digits)
	return d
}

// labels writes dots, values and years, from the newest step back.
func labels(d *Drawing, steps []Step, x func(int) float64, y func(float64) float64, digits func(int) string) {
	const year, value, wide = 46., 34., 92. // room for a label; for a year where letters are large
	freeYear, freeWide, freeX, freeY := 1e9, 1e9, 1e9, -1e9
	first := x(steps[0].X)
	for i := len(steps) - 1; i >= 0; i-- {
		s := steps[i]
		px, py := x(s.X), y(s.Value)
		d.dot("dot", px, py, 4.5)
		if px <= freeX-value || py >= freeY+18 || i == 0 {
			anchor, at := "end", px-9
			if i == 0 {
				anchor, at = "start", px+4
			}
			d.text("value", s.Label, at, py-8, anchor)
			freeX, freeY = px, py
		}
		if px <= freeYear-year {
			class := "dim opt"
			if i == 0 || px <= freeWide-wide && px >= first+wide {
				class, freeWide = "dim", px
			}
			d.text(class, digits(s.X), px, 284, "middle")
			freeYear = px
		}
	}
}
