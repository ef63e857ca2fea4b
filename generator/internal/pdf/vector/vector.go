// Package vector holds drawings made of filled and stroked paths, and reads them
// from the small part of SVG that the project's own pictures use. It knows
// geometry; it does not draw.
package vector

import (
	"math"

	"uccn/generator/internal/memo"
)

// A Point is a place in the units of its drawing, y downwards.
type Point struct{ X, Y float64 }

// An Op is a step of a path.
type Op uint8

// Steps of a path.
const (
	Move  Op = iota // to Points[0]
	Line            // to Points[0]
	Curve           // cubic, by Points[0] and Points[1] to Points[2]
	Close           // back to the last Move
)

// A Segment is one step of a path.
type Segment struct {
	Op     Op
	Points [3]Point
}

// Count returns how many points a step has.
func (s Segment) Count() int {
	switch s.Op {
	case Curve:
		return 3
	case Close:
		return 0
	}
	return 1
}

// A Path is an outline of any number of parts.
type Path []Segment

// RGB is a colour.
type RGB struct{ R, G, B uint8 }

// A Shape is a path with its paint. Shapes are opaque.
type Shape struct {
	Path    Path
	Fill    *RGB // nil: not filled
	EvenOdd bool // filled where it is covered an odd number of times
	Stroke  *RGB // nil: no line
	Width   float64
	Cap     uint8 // 0 butt, 1 round, 2 square
	Join    uint8 // 0 mitre, 1 round, 2 bevel
}

// A Drawing is a list of shapes, painted in order, in a box.
type Drawing struct {
	X, Y, W, H float64 // the box of the drawing that is shown
	Shapes     []Shape
}

// Sum adds the drawing to a key.
func (d *Drawing) Sum(b *memo.Builder) {
	b.Float(d.X).Float(d.Y).Float(d.W).Float(d.H).Int(int64(len(d.Shapes)))
	for i := range d.Shapes {
		h := &d.Shapes[i]
		for _, c := range []*RGB{h.Fill, h.Stroke} {
			if b.Flag(c != nil); c != nil {
				b.Int(int64(c.R)<<16 | int64(c.G)<<8 | int64(c.B))
			}
		}
		b.Flag(h.EvenOdd).Float(h.Width).Int(int64(h.Cap)).Int(int64(h.Join)).Int(int64(len(h.Path)))
		for k := range h.Path {
			g := &h.Path[k]
			b.Int(int64(g.Op))
			for _, p := range g.Points[:g.Count()] {
				b.Float(p.X).Float(p.Y)
			}
		}
	}
}

// Rectangle returns the path of a box.
func Rectangle(x, y, w, h float64) Path {
	return Path{move(x, y), line(x+w, y), line(x+w, y+h), line(x, y+h), {Op: Close}}
}

// Ellipse returns the path of an ellipse around a centre, as four cubic curves.
func Ellipse(cx, cy, rx, ry float64) Path {
	const k = 0.5522847498307936 // 4/3 (√2 − 1)
	kx, ky := k*rx, k*ry
	return Path{
		move(cx+rx, cy),
		curve(cx+rx, cy+ky, cx+kx, cy+ry, cx, cy+ry),
		curve(cx-kx, cy+ry, cx-rx, cy+ky, cx-rx, cy),
		curve(cx-rx, cy-ky, cx-kx, cy-ry, cx, cy-ry),
		curve(cx+kx, cy-ry, cx+rx, cy-ky, cx+rx, cy),
		{Op: Close},
	}
}

func move(x, y float64) Segment { return Segment{Op: Move, Points: [3]Point{{x, y}}} }
func line(x, y float64) Segment { return Segment{Op: Line, Points: [3]Point{{x, y}}} }
func curve(x1, y1, x2, y2, x, y float64) Segment {
	return Segment{Op: Curve, Points: [3]Point{{x1, y1}, {x2, y2}, {x, y}}}
}

// A Matrix maps (x, y) to (Ax+Cy+E, Bx+Dy+F), as in SVG.
type Matrix struct{ A, B, C, D, E, F float64 }

// Identity maps every point to itself.
func Identity() Matrix { return Matrix{A: 1, D: 1} }

// Mul returns the map that applies n first and then m.
func (m Matrix) Mul(n Matrix) Matrix {
	return Matrix{
		m.A*n.A + m.C*n.B, m.B*n.A + m.D*n.B,
		m.A*n.C + m.C*n.D, m.B*n.C + m.D*n.D,
		m.A*n.E + m.C*n.F + m.E, m.B*n.E + m.D*n.F + m.F,
	}
}

// Apply maps a point.
func (m Matrix) Apply(p Point) Point {
	return Point{m.A*p.X + m.C*p.Y + m.E, m.B*p.X + m.D*p.Y + m.F}
}

// scale returns by how much m enlarges lengths on the average.
func (m Matrix) scale() float64 { return math.Sqrt(math.Abs(m.A*m.D - m.B*m.C)) }

// Transform returns the path mapped by m.
func (p Path) Transform(m Matrix) Path {
	if m == Identity() {
		return p
	}
	out := make(Path, len(p))
	for i, s := range p {
		for k := range s.Count() {
			s.Points[k] = m.Apply(s.Points[k])
		}
		out[i] = s
	}
	return out
}

// arc appends an elliptical arc from a point to another as cubic curves (SVG 1.1,
// appendix F.6).
func arc(path Path, from Point, rx, ry, degrees float64, large, sweep bool, to Point) Path {
	rx, ry = math.Abs(rx), math.Abs(ry)
	if rx == 0 || ry == 0 || from == to {
		return append(path, line(to.X, to.Y))
	}
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	dx, dy := (from.X-to.X)/2, (from.Y-to.Y)/2
	x1, y1 := cos*dx+sin*dy, -sin*dx+cos*dy
	if l := x1*x1/(rx*rx) + y1*y1/(ry*ry); l > 1 {
		rx, ry = rx*math.Sqrt(l), ry*math.Sqrt(l)
	}
	den := rx*rx*y1*y1 + ry*ry*x1*x1
	k := math.Sqrt(math.Max(0, (rx*rx*ry*ry-den)/den))
	if large == sweep {
		k = -k
	}
	cx1, cy1 := k*rx*y1/ry, -k*ry*x1/rx
	cx, cy := cos*cx1-sin*cy1+(from.X+to.X)/2, sin*cx1+cos*cy1+(from.Y+to.Y)/2
	start := math.Atan2((y1-cy1)/ry, (x1-cx1)/rx)
	delta := math.Atan2((-y1-cy1)/ry, (-x1-cx1)/rx) - start
	if sweep && delta < 0 {
		delta += 2 * math.Pi
	} else if !sweep && delta > 0 {
		delta -= 2 * math.Pi
	}
	n := int(math.Ceil(math.Abs(delta)/(math.Pi/2) - 1e-9))
	n = max(n, 1)
	step := delta / float64(n)
	t := 4.0 / 3 * math.Tan(step/4)
	m := Matrix{cos * rx, sin * rx, -sin * ry, cos * ry, cx, cy}
	for i := range n {
		s1, c1 := math.Sincos(start + float64(i)*step)
		s2, c2 := math.Sincos(start + float64(i+1)*step)
		a, b := m.Apply(Point{c1 - t*s1, s1 + t*c1}), m.Apply(Point{c2 + t*s2, s2 - t*c2})
		end := m.Apply(Point{c2, s2})
		if i == n-1 {
			end = to
		}
		path = append(path, curve(a.X, a.Y, b.X, b.Y, end.X, end.Y))
	}
	return path
}
