package chart

import (
	"math"
	"slices"
)

// A Node is one end of links. Nodes of one Group should follow one another.
type Node struct {
	Label string
	Class string // of its dot and its links' first half, for the colour
	Group int
}

// A Link joins two nodes by their indexes; From is not To.
type Link struct{ From, To int }

// Graph draws nodes on a circle of 960 × 960 units, groups a little apart, and
// links as curves that bend towards the middle. Labels stand outside the
// circle, turned to be read from the nearer side.
func Graph(nodes []Node, links []Link) Drawing {
	const size, radius = 960., 320.
	d := Drawing{Width: size, Height: size}
	at := angles(nodes)
	point := func(i int, r float64) (float64, float64) {
		return size/2 + r*math.Sin(at[i]), size/2 - r*math.Cos(at[i])
	}
	for _, l := range tidy(links, len(nodes)) {
		ax, ay := point(l.From, radius)
		bx, by := point(l.To, radius)
		bend := 1 - math.Min(1, math.Hypot(ax-bx, ay-by)/(2*radius))
		cx, cy := size/2+((ax+bx)/2-size/2)*bend, size/2+((ay+by)/2-size/2)*bend
		d.path("link "+nodes[l.From].Class, "M"+tenth(ax)+" "+tenth(ay)+"Q"+tenth(cx)+" "+tenth(cy)+" "+tenth(bx)+" "+tenth(by))
	}
	for i, n := range nodes {
		x, y := point(i, radius)
		d.dot("node "+n.Class, x, y, 5)
		x, y = point(i, radius+13)
		turn, anchor := at[i]*180/math.Pi-90, "start"
		if at[i] > math.Pi {
			turn, anchor = turn+180, "end"
		}
		y += 4 * math.Cos(turn*math.Pi/180)
		x -= 4 * math.Sin(turn*math.Pi/180)
		d.Marks = append(d.Marks, Mark{Class: "label", Text: n.Label, X: x, Y: y, Anchor: anchor, Turn: turn})
	}
	return d
}

// angles spreads the nodes clockwise from the top, in radians, with a gap of
// one and a half places between groups.
func angles(nodes []Node) []float64 {
	places := 0.
	out := make([]float64, len(nodes))
	for i, n := range nodes {
		if i > 0 && n.Group != nodes[i-1].Group {
			places += 1.5
		}
		out[i] = places
		places++
	}
	if len(nodes) > 0 && nodes[0].Group != nodes[len(nodes)-1].Group {
		places += 1.5
	}
	for i := range out {
		out[i] *= 2 * math.Pi / places
	}
	return out
}

// tidy orders links, drops repetitions in either direction and links that lead
// nowhere.
func tidy(links []Link, n int) []Link {
	var out []Link
	for _, l := range links {
		if l.From > l.To {
			l.From, l.To = l.To, l.From
		}
		if l.From >= 0 && l.To < n && l.From != l.To {
			out = append(out, l)
		}
	}
	slices.SortFunc(out, func(a, b Link) int {
		if a.From != b.From {
			return a.From - b.From
		}
		return a.To - b.To
	})
	return slices.Compact(out)
}
