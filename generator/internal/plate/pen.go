package plate

import (
	"math"
	"strconv"
	"strings"
)

// A pen writes path data. Every coordinate is rounded to a tenth of a unit
// before differences are taken, so that neighbours meet and arcs close.
type pen struct {
	b    strings.Builder
	x, y int // where the pen is, in tenths
}

func (p *pen) String() string { return p.b.String() }

// rect adds a rectangle; its edges are rounded, not its size.
func (p *pen) rect(x, y, w, h float64) {
	p.move(x, y)
	x1, y1 := tenths(x+w), tenths(y+h)
	x0, y0 := p.x, p.y
	p.b.WriteString("h" + number(x1-x0) + "v" + number(y1-y0) + "h" + number(x0-x1) + "z")
}

// disc adds a whole circle.
func (p *pen) disc(x, y, r float64) {
	q := tenths(r)
	p.move(x-float64(q)/10, y)
	p.arc(q, 2*q, 0, 0)
	p.arc(q, -2*q, 0, 0)
	p.b.WriteByte('z')
}

// half adds a half disc around (x, y): the upper half, or the lower.
func (p *pen) half(x, y, r float64, upper bool) {
	q := tenths(r)
	p.move(x-float64(q)/10, y)
	sweep := 0
	if upper {
		sweep = 1
	}
	p.arc(q, 2*q, 0, sweep)
	p.b.WriteByte('z')
}

// quarter adds a quarter disc whose corner is (x, y) and whose straight sides
// go r along dx and r along dy, each 1 or -1.
func (p *pen) quarter(x, y, r float64, dx, dy int) {
	p.move(x, y)
	q := tenths(r)
	p.b.WriteString("h" + number(dx*q))
	sweep := 0
	if dx*dy > 0 {
		sweep = 1
	}
	p.arc(q, -dx*q, dy*q, sweep)
	p.b.WriteByte('z')
}

func (p *pen) arc(r, dx, dy, sweep int) {
	p.b.WriteString("a" + number(r) + " " + number(r) + " 0 0 " + strconv.Itoa(sweep))
	p.pair(dx, dy, true)
}

func (p *pen) move(x, y float64) {
	p.x, p.y = tenths(x), tenths(y)
	p.b.WriteByte('M')
	p.pair(p.x, p.y, false)
}

// curve adds a quadratic curve through the control point (cx, cy) to (x, y).
func (p *pen) curve(cx, cy, x, y float64) {
	x0, y0 := p.x, p.y
	p.x, p.y = tenths(x), tenths(y)
	p.b.WriteByte('q')
	p.pair(tenths(cx)-x0, tenths(cy)-y0, false)
	p.pair(p.x-x0, p.y-y0, true)
}

// pair writes two numbers with as few signs between them as the grammar allows.
func (p *pen) pair(a, b int, after bool) {
	if after && a >= 0 {
		p.b.WriteByte(' ')
	}
	p.b.WriteString(number(a))
	if b >= 0 {
		p.b.WriteByte(' ')
	}
	p.b.WriteString(number(b))
}

func tenths(v float64) int { return int(math.Round(v * 10)) }

// number writes a count of tenths as a decimal, without a leading zero.
func number(t int) string {
	sign := ""
	if t < 0 {
		sign, t = "-", -t
	}
	whole := strconv.Itoa(t / 10)
	if t%10 == 0 {
		if t == 0 {
			return "0"
		}
		return sign + whole
	}
	if t < 10 {
		whole = ""
	}
	return sign + whole + "." + strconv.Itoa(t%10)
}

func tenth(v float64) string { return number(tenths(v)) }
