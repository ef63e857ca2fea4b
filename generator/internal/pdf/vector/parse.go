package vector

import (
	"fmt"
	"math"
	"strconv"
)

// ParsePath reads the path data of SVG 1.1 (8.3): M L H V C S Q T A Z and their
// relative forms. The error names the byte where the data goes wrong.
func ParsePath(data string) (Path, error) {
	p := pathReader{data: data, path: make(Path, 0, 1+len(data)/14)} // about what a step takes
	for {
		p.space()
		if p.at == len(p.data) {
			return p.path, nil
		}
		c := p.data[p.at]
		if len(p.path) == 0 && c != 'M' && c != 'm' {
			return nil, fmt.Errorf("path data begins with %q at byte %d, not with M", c, p.at)
		}
		p.at++
		if err := p.command(c); err != nil {
			return nil, err
		}
	}
}

type pathReader struct {
	data       string
	at         int
	path       Path
	pos, start Point // where the pen is; where this part of the path began
	ctrl       Point // the last control point, for S and T
	last       byte  // the last command, upper case
}

func (p *pathReader) space() {
	for p.at < len(p.data) {
		switch p.data[p.at] {
		case ' ', '\t', '\n', '\r', '\f', ',':
			p.at++
		default:
			return
		}
	}
}

// more says whether another number follows, so that a command repeats.
func (p *pathReader) more() bool {
	p.space()
	if p.at == len(p.data) {
		return false
	}
	c := p.data[p.at]
	return c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.'
}

func (p *pathReader) number() (float64, error) {
	p.space()
	begin, end := p.at, p.at
	digits := func() {
		for end < len(p.data) && p.data[end] >= '0' && p.data[end] <= '9' {
			end++
		}
	}
	if end < len(p.data) && (p.data[end] == '-' || p.data[end] == '+') {
		end++
	}
	digits()
	if end < len(p.data) && p.data[end] == '.' {
		end++
		digits()
	}
	if end < len(p.data) && (p.data[end] == 'e' || p.data[end] == 'E') {
		mark := end
		end++
		if end < len(p.data) && (p.data[end] == '-' || p.data[end] == '+') {
			end++
		}
		first := end
		digits()
		if end == first {
			end = mark
		}
	}
	v, err := strconv.ParseFloat(p.data[begin:end], 64)
	if err != nil || math.IsInf(v, 0) || math.Abs(v) > 1e6 {
		return 0, fmt.Errorf("path data: no number, or one beyond a million, at byte %d", begin)
	}
	p.at = end
	return v, nil
}

// flag reads 0 or 1, which may stand without a space before the next number.
func (p *pathReader) flag() (bool, error) {
	p.space()
	if p.at < len(p.data) && (p.data[p.at] == '0' || p.data[p.at] == '1') {
		p.at++
		return p.data[p.at-1] == '1', nil
	}
	return false, fmt.Errorf("path data: a flag must be 0 or 1 at byte %d", p.at)
}

// numbers fills the list.
func (p *pathReader) numbers(list ...*float64) error {
	for _, v := range list {
		n, err := p.number()
		if err != nil {
			return err
		}
		*v = n
	}
	return nil
}

// command reads the arguments of a command, as often as they are given.
func (p *pathReader) command(c byte) error {
	upper := c &^ 0x20
	relative := c != upper
	if upper == 'Z' {
		p.path = append(p.path, Segment{Op: Close})
		p.pos, p.last = p.start, 'Z'
		return nil
	}
	for first := true; first || p.more(); first = false {
		if p.last == 'Z' && upper != 'M' {
			p.path = append(p.path, move(p.pos.X, p.pos.Y))
		}
		if err := p.segment(upper, relative); err != nil {
			return err
		}
		p.last = upper
		if upper == 'M' {
			p.start = p.pos
			upper = 'L'
		}
	}
	return nil
}

// segment reads one set of arguments and appends its step.
func (p *pathReader) segment(c byte, relative bool) error {
	base := Point{}
	if relative {
		base = p.pos
	}
	var a, b, e Point
	var err error
	add := func(q *Point) { q.X, q.Y = q.X+base.X, q.Y+base.Y }
	switch c {
	case 'M', 'L', 'T':
		err = p.numbers(&e.X, &e.Y)
		add(&e)
	case 'H':
		err = p.numbers(&e.X)
		e = Point{e.X + base.X, p.pos.Y}
	case 'V':
		err = p.numbers(&e.Y)
		e = Point{p.pos.X, e.Y + base.Y}
	case 'C':
		err = p.numbers(&a.X, &a.Y, &b.X, &b.Y, &e.X, &e.Y)
		add(&a)
		add(&b)
		add(&e)
	case 'S':
		err = p.numbers(&b.X, &b.Y, &e.X, &e.Y)
		a = p.reflect('C', 'S')
		add(&b)
		add(&e)
	case 'Q':
		err = p.numbers(&a.X, &a.Y, &e.X, &e.Y)
		add(&a)
		add(&e)
	case 'A':
		return p.arc(base)
	default:
		return fmt.Errorf("path data: unknown command %q at byte %d", c, p.at-1)
	}
	if err != nil {
		return err
	}
	p.step(c, a, b, e)
	return nil
}

// step appends a step to the end point e.
func (p *pathReader) step(c byte, a, b, e Point) {
	switch c {
	case 'M':
		p.path = append(p.path, move(e.X, e.Y))
	case 'C', 'S':
		p.path = append(p.path, curve(a.X, a.Y, b.X, b.Y, e.X, e.Y))
		p.ctrl = b
	case 'T':
		a = p.reflect('Q', 'T')
		fallthrough
	case 'Q':
		q := p.pos
		p.path = append(p.path, curve(q.X+(a.X-q.X)*2/3, q.Y+(a.Y-q.Y)*2/3, e.X+(a.X-e.X)*2/3, e.Y+(a.Y-e.Y)*2/3, e.X, e.Y))
		p.ctrl = a
	default:
		p.path = append(p.path, line(e.X, e.Y))
	}
	p.pos = e
}

// reflect returns the last control point mirrored in the pen, when the last
// command was of the same kind.
func (p *pathReader) reflect(kinds ...byte) Point {
	for _, k := range kinds {
		if p.last == k {
			return Point{2*p.pos.X - p.ctrl.X, 2*p.pos.Y - p.ctrl.Y}
		}
	}
	return p.pos
}

func (p *pathReader) arc(base Point) error {
	var rx, ry, angle float64
	var e Point
	if err := p.numbers(&rx, &ry, &angle); err != nil {
		return err
	}
	large, err := p.flag()
	if err != nil {
		return err
	}
	sweep, err := p.flag()
	if err != nil {
		return err
	}
	if err := p.numbers(&e.X, &e.Y); err != nil {
		return err
	}
	e.X, e.Y = e.X+base.X, e.Y+base.Y
	p.path = arc(p.path, p.pos, rx, ry, angle, large, sweep, e)
	p.pos = e
	return nil
}
