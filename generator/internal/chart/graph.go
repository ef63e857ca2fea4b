package chart

import (
	"math"
	"slices"
)

// A Node is what hubs join. Nodes of one Group should follow one another.
type Node struct {
	Label string
	Class string // of its dot, for the colour
	Group int
	Lang  string // of the label, where it is not that of the page around it
}

// A Hub joins two nodes or more, by their indexes.
type Hub struct {
	Label string // in its disc, when it joins three or more
	Class string // of its links, for the colour
	Ends  []int
}

const (
	graphSize   = 960.
	graphRadius = 320.
	hubRadius   = 14.
	hubGap      = 40. // between the middles of two hubs
)

// Graph draws nodes on a circle of 960 × 960 units, groups a little apart, and
// the hubs inside it: near their nodes and apart from one another, each with a
// link to every node, so that a hub of n nodes takes n lines and not n(n−1)/2. A
// hub of two nodes is a line between them. Labels of nodes stand outside the
// circle, turned to be read from the nearer side.
func Graph(nodes []Node, hubs []Hub) Drawing {
	d := Drawing{Width: graphSize, Height: graphSize}
	at := angles(nodes)
	point := func(i int, r float64) (float64, float64) {
		return graphSize/2 + r*math.Sin(at[i]), graphSize/2 - r*math.Cos(at[i])
	}
	hubs = tidy(hubs, len(nodes))
	places := settle(hubs, func(i int) [2]float64 { x, y := point(i, graphRadius); return [2]float64{x, y} })
	for k, h := range hubs {
		if len(h.Ends) == 2 {
			ax, ay := point(h.Ends[0], graphRadius)
			bx, by := point(h.Ends[1], graphRadius)
			bend := 1 - math.Min(1, math.Hypot(ax-bx, ay-by)/(2*graphRadius))
			cx, cy := graphSize/2+((ax+bx)/2-graphSize/2)*bend, graphSize/2+((ay+by)/2-graphSize/2)*bend
			d.path("link "+h.Class, "M"+tenth(ax)+" "+tenth(ay)+"Q"+tenth(cx)+" "+tenth(cy)+" "+tenth(bx)+" "+tenth(by))
			continue
		}
		for _, i := range h.Ends {
			ax, ay := point(i, graphRadius)
			cx, cy := point(i, graphRadius*.72) // a link leaves its node towards the middle
			d.path("link "+h.Class, "M"+tenth(ax)+" "+tenth(ay)+"Q"+tenth(cx)+" "+tenth(cy)+" "+tenth(places[k][0])+" "+tenth(places[k][1]))
		}
	}
	for i, n := range nodes {
		x, y := point(i, graphRadius)
		d.dot("node "+n.Class, x, y, 5)
		x, y = point(i, graphRadius+13)
		turn, anchor := at[i]*180/math.Pi-90, "start"
		if at[i] > math.Pi {
			turn, anchor = turn+180, "end"
		}
		y += 4 * math.Cos(turn*math.Pi/180)
		x -= 4 * math.Sin(turn*math.Pi/180)
		d.Marks = append(d.Marks, Mark{Class: "label opt", Text: n.Label, X: x, Y: y, Anchor: anchor, Turn: turn, Lang: n.Lang})
	}
	for k, h := range hubs {
		if len(h.Ends) > 2 {
			d.dot("hub "+h.Class, places[k][0], places[k][1], hubRadius)
			d.text("number", h.Label, places[k][0], places[k][1]+5, "middle")
		}
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

// tidy drops ends that lead nowhere or stand twice, and hubs that are left with
// fewer than two.
func tidy(hubs []Hub, n int) []Hub {
	var out []Hub
	for _, h := range hubs {
		ends := slices.DeleteFunc(slices.Clone(h.Ends), func(i int) bool { return i < 0 || i >= n })
		slices.Sort(ends)
		if h.Ends = slices.Compact(ends); len(h.Ends) > 1 {
			out = append(out, h)
		}
	}
	return out
}

// settle places each hub in the middle of its ends, drawn towards the centre,
// and moves hubs that are too near each other apart.
func settle(hubs []Hub, end func(int) [2]float64) [][2]float64 {
	const rounds, inside, most = 300, .8, graphRadius - 3*hubRadius
	home := make([][2]float64, len(hubs))
	for k, h := range hubs {
		for _, i := range h.Ends {
			p := end(i)
			for a := range p {
				home[k][a] += (p[a] - graphSize/2) * inside / float64(len(h.Ends))
			}
		}
	}
	at := slices.Clone(home)
	for range rounds {
		for k := range at {
			for a := range 2 {
				at[k][a] += (home[k][a] - at[k][a]) * .03
			}
			for j := range k {
				if len(hubs[j].Ends) < 3 || len(hubs[k].Ends) < 3 {
					continue
				}
				dx, dy := at[k][0]-at[j][0], at[k][1]-at[j][1]
				gap := math.Hypot(dx, dy)
				if gap >= hubGap {
					continue
				}
				if gap < .01 { // the same place: part them by their numbers
					dx, dy, gap = math.Cos(float64(k)), math.Sin(float64(k)), 1
				}
				push := (hubGap - gap) / gap / 2
				at[k][0], at[k][1] = at[k][0]+dx*push, at[k][1]+dy*push
				at[j][0], at[j][1] = at[j][0]-dx*push, at[j][1]-dy*push
			}
			if r := math.Hypot(at[k][0], at[k][1]); r > most {
				at[k][0], at[k][1] = at[k][0]*most/r, at[k][1]*most/r
			}
		}
	}
	for k := range at {
		at[k][0], at[k][1] = at[k][0]+graphSize/2, at[k][1]+graphSize/2
	}
	return at
}
