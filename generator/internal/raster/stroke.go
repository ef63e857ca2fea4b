package raster

import (
	"math"
	"slices"

	"uccn/generator/internal/pdf/vector"
)

// hull returns the corners of a box that holds a path and its control points.
func hull(p vector.Path) (low, high vector.Point) {
	low, high = vector.Point{X: math.Inf(1), Y: math.Inf(1)}, vector.Point{X: math.Inf(-1), Y: math.Inf(-1)}
	for i := range p {
		for k := range p[i].Count() {
			low, high = least(low, p[i].Points[k]), greatest(high, p[i].Points[k])
		}
	}
	return low, high
}

func least(a, b vector.Point) vector.Point {
	return vector.Point{X: min(a.X, b.X), Y: min(a.Y, b.Y)}
}

func greatest(a, b vector.Point) vector.Point {
	return vector.Point{X: max(a.X, b.X), Y: max(a.Y, b.Y)}
}

// floor returns a coordinate as a whole pixel. What lies far outside of every
// picture is brought nearer, to stay within the numbers of pixels.
func floor(v float64) int { return int(math.Floor(max(-1e6, min(1e6, v)))) }

// outline returns the area that a line of a width along a path covers.
func outline(p vector.Path, width float64) vector.Path {
	var out vector.Path
	var line []vector.Point
	end := func(closed bool) {
		out = ribbon(out, line, width/2, closed)
		line = line[:0]
	}
	for _, s := range p {
		switch s.Op {
		case vector.Move:
			end(false)
			line = append(line, s.Points[0])
		case vector.Line:
			line = append(line, s.Points[0])
		case vector.Curve:
			line = flatten(line, s.Points)
		case vector.Close:
			end(true)
		}
	}
	end(false)
	return out
}

// flatten appends a cubic curve as straight steps, about four pixels long.
func flatten(line []vector.Point, c [3]vector.Point) []vector.Point {
	if len(line) == 0 {
		return line
	}
	a := line[len(line)-1]
	length := math.Hypot(c[0].X-a.X, c[0].Y-a.Y) + math.Hypot(c[1].X-c[0].X, c[1].Y-c[0].Y) + math.Hypot(c[2].X-c[1].X, c[2].Y-c[1].Y)
	n := max(2, min(256, int(length/4)))
	for i := 1; i <= n; i++ {
		t := float64(i) / float64(n)
		u := 1 - t
		w0, w1, w2, w3 := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
		line = append(line, vector.Point{
			X: float64(w0*a.X) + float64(w1*c[0].X) + float64(w2*c[1].X) + float64(w3*c[2].X),
			Y: float64(w0*a.Y) + float64(w1*c[0].Y) + float64(w2*c[1].Y) + float64(w3*c[2].Y),
		})
	}
	return line
}

// ribbon appends the outline of a line, which it uses up: out along one side, back
// along the other. A closed line has two outlines, the inner one against the outer.
func ribbon(out vector.Path, line []vector.Point, half float64, closed bool) vector.Path {
	line = distinct(line, closed)
	if len(line) < 2 {
		return out
	}
	sides := make([]vector.Point, 2*len(line))
	for i, p := range line {
		n := normal(line, i, closed)
		sides[i] = vector.Point{X: p.X + n.X*half, Y: p.Y + n.Y*half}
		sides[len(sides)-1-i] = vector.Point{X: p.X - n.X*half, Y: p.Y - n.Y*half}
	}
	if closed {
		return polygon(polygon(out, sides[:len(line)]), sides[len(line):])
	}
	return polygon(out, sides)
}

// distinct leaves out, in its place, points that stand where the one before stands.
func distinct(line []vector.Point, closed bool) []vector.Point {
	out := line[:0]
	for _, p := range line {
		if len(out) == 0 || out[len(out)-1] != p {
			out = append(out, p)
		}
	}
	for closed && len(out) > 1 && out[0] == out[len(out)-1] {
		out = out[:len(out)-1]
	}
	return out
}

// normal returns how far, in halves of the line's width, its side stands away
// from point i: along the bisector of a corner, at most four.
func normal(line []vector.Point, i int, closed bool) vector.Point {
	before, after := i-1, i+1
	if closed {
		before, after = (i+len(line)-1)%len(line), (i+1)%len(line)
	}
	if before < 0 {
		return across(line[i], line[after])
	}
	if after >= len(line) {
		return across(line[before], line[i])
	}
	a, b := across(line[before], line[i]), across(line[i], line[after])
	s := vector.Point{X: a.X + b.X, Y: a.Y + b.Y}
	k := s.X*s.X + s.Y*s.Y
	if k < 0.25 { // turns back on itself
		return b
	}
	return vector.Point{X: s.X * 2 / k, Y: s.Y * 2 / k}
}

// across returns the direction at a right angle to that from a to b.
func across(a, b vector.Point) vector.Point {
	dx, dy := b.X-a.X, b.Y-a.Y
	l := math.Sqrt(float64(dx*dx) + float64(dy*dy))
	return vector.Point{X: -dy / l, Y: dx / l}
}

// polygon appends the way along points and back to the first.
func polygon(out vector.Path, points []vector.Point) vector.Path {
	out = slices.Grow(out, len(points)+1)
	for i, p := range points {
		op := vector.Line
		if i == 0 {
			op = vector.Move
		}
		out = append(out, vector.Segment{Op: op, Points: [3]vector.Point{p}})
	}
	return append(out, vector.Segment{Op: vector.Close})
}
