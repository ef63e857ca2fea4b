package worldmap

import (
	"math"
	"slices"

	"uccn/generator/internal/memo"
)

// A Dot is a place on a map, in the map's units.
type Dot struct{ X, Y float64 }

// Apart is the function Apart, remembered by its arguments.
func (a *Atlas) Apart(dots []Dot, gap float64) []Dot {
	k := memo.NewKey("apart", 1).Float(gap)
	for _, d := range dots {
		k.Float(d.X).Float(d.Y)
	}
	return a.apart.Get(k.Key(), func() []Dot { return Apart(dots, gap) })
}

// Apart moves dots until no two are nearer than gap, each as little as it can,
// and returns them in the order given. Equal input gives equal output.
func Apart(dots []Dot, gap float64) []Dot {
	out := slices.Clone(dots)
	order := make([]int, len(out))
	for i := range order {
		order[i] = i
	}
	rounds := min(400, max(40, 400_000/max(1, len(dots)))) // where there are thousands they find no rest anyway
	pulling := rounds * 3 / 4
	for round := range rounds {
		slices.SortStableFunc(order, func(i, j int) int {
			switch {
			case out[i].X < out[j].X:
				return -1
			case out[i].X > out[j].X:
				return 1
			}
			return i - j
		})
		moved := push(out, order, gap)
		if !moved && round == 0 {
			return out
		}
		if !moved && round > pulling {
			break
		}
		if round < pulling { // towards home, so that the crowd does not drift
			for i := range out {
				out[i].X += (dots[i].X - out[i].X) * .02
				out[i].Y += (dots[i].Y - out[i].Y) * .02
			}
		}
	}
	for i := range out {
		out[i] = Dot{math.Round(out[i].X*10) / 10, math.Round(out[i].Y*10) / 10}
	}
	return out
}

// push parts every pair that is too near by half the missing way each; order
// lists the dots from left to right. It reports whether any pair was.
func push(dots []Dot, order []int, gap float64) bool {
	moved := false
	for a, i := range order {
		p := &dots[i]
		for _, j := range order[a+1:] {
			q := &dots[j]
			dx, dy := q.X-p.X, q.Y-p.Y
			if dx > 2*gap { // pushed dots may have lost their order a little
				break
			}
			if dx*dx+dy*dy > gap*gap {
				continue
			}
			d := math.Hypot(dx, dy)
			if d >= gap-.02 {
				continue
			}
			moved = true
			if d < 1e-6 {
				dx, dy, d = 1, float64(i%7)-3, math.Hypot(1, float64(i%7)-3)
			}
			k := (gap - d) / d / 2
			p.X, p.Y = p.X-dx*k, p.Y-dy*k
			q.X, q.Y = q.X+dx*k, q.Y+dy*k
		}
	}
	return moved
}
