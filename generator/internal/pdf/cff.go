package pdf

// This file writes the glyphs in use as a CID-keyed font in the Compact Font
// Format (Adobe Technical Notes 5176 and 5177). Static, variable and collection
// fonts, with quadratic or cubic outlines, all take this one way.

// cff returns the font program and the box around its glyphs.
func (f *Font) cff(name string) (program []byte, box [4]int) {
	n := len(f.glyphs)
	glyphs := make([][]byte, n)
	for i, g := range f.glyphs {
		cs := charstring{box: &box}
		cs.number(f.widths[i])
		var steps []Contour
		if g != blank {
			steps = f.src.Outline(uint16(g))
		}
		glyphs[i] = cs.outline(steps)
	}
	head := []byte{1, 0, 4, 4}
	names := index([][]byte{[]byte(name)})
	strings := index([][]byte{[]byte("Adobe"), []byte("Identity")})
	subrs := []byte{0, 0}
	charset := []byte{2, 0, 1, byte((n - 2) >> 8), byte(n - 2)} // the glyphs 1 to n-1, by number
	if n < 2 {
		charset = []byte{0}
	}
	selector := []byte{3, 0, 1, 0, 0, 0, byte(n >> 8), byte(n)} // all glyphs in dictionary 0
	programs := index(glyphs)
	private := []byte{139, 20, 139, 21} // default and nominal width 0

	at := len(head) + len(names) + len(topDict(n, 0, 0, 0, 0)) + len(strings) + len(subrs)
	charsetAt := at
	selectorAt := charsetAt + len(charset)
	programsAt := selectorAt + len(selector)
	privateAt := programsAt + len(programs)
	dictsAt := privateAt + len(private)
	dict := append(long(long(nil, len(private)), privateAt), 18)
	for _, part := range [][]byte{head, names, topDict(n, charsetAt, selectorAt, programsAt, dictsAt), strings, subrs,
		charset, selector, programs, private, index([][]byte{dict})} {
		program = append(program, part...)
	}
	return program, box
}

// topDict returns the top dictionary of a CID-keyed font, as an index.
func topDict(n, charset, selector, programs, dicts int) []byte {
	b := integer(integer(integer(nil, 391), 392), 0) // registry Adobe, ordering Identity, supplement 0
	b = append(b, 12, 30)
	b = append(long(b, n), 12, 34)
	b = append(long(b, charset), 15)
	b = append(long(b, selector), 12, 37)
	b = append(long(b, programs), 17)
	b = append(long(b, dicts), 12, 36)
	return index([][]byte{b})
}

// index returns an INDEX structure with offsets of four bytes.
func index(items [][]byte) []byte {
	b := []byte{byte(len(items) >> 8), byte(len(items)), 4}
	at := 1
	offset := func() { b = append(b, byte(at>>24), byte(at>>16), byte(at>>8), byte(at)) }
	offset()
	for _, item := range items {
		at += len(item)
		offset()
	}
	for _, item := range items {
		b = append(b, item...)
	}
	return b
}

// integer appends a number as charstrings and dictionaries write it.
func integer(b []byte, v int) []byte {
	switch {
	case v >= -107 && v <= 107:
		return append(b, byte(v+139))
	case v >= 108 && v <= 1131:
		v -= 108
		return append(b, byte(v>>8)+247, byte(v))
	case v >= -1131 && v <= -108:
		v = -v - 108
		return append(b, byte(v>>8)+251, byte(v))
	}
	return append(b, 28, byte(v>>8), byte(v))
}

// long appends a number of a dictionary in a fixed five bytes, so that offsets
// can be filled in later.
func long(b []byte, v int) []byte {
	return append(b, 29, byte(v>>24), byte(v>>16), byte(v>>8), byte(v))
}

// A charstring is the program of one glyph. Steps of one kind share an operator
// as long as the operand stack of 48 allows.
type charstring struct {
	b     []byte
	box   *[4]int
	x, y  int
	op    byte // of the operands in hand
	count int
}

// Operators of Type 2 charstrings.
const (
	rlineto   = 5
	rrcurveto = 8
	endchar   = 14
	rmoveto   = 21
)

func (c *charstring) outline(steps []Contour) []byte {
	for _, s := range steps {
		switch s.Op {
		case 'm':
			c.flush()
			c.to(s.Points[0])
			c.op = rmoveto
			c.flush()
		case 'l':
			if s.Points[0] == [2]int{c.x, c.y} {
				continue
			}
			c.begin(rlineto, 2)
			c.to(s.Points[0])
		case 'c':
			c.curve(s.Points[0], s.Points[1], s.Points[2])
		case 'Q':
			from, q, end := [2]int{c.x, c.y}, s.Points[0], s.Points[1]
			c.curve(third(from, q), third(end, q), end)
		}
	}
	c.flush()
	return append(c.b, endchar)
}

func (c *charstring) curve(p, q, r [2]int) {
	c.begin(rrcurveto, 6)
	c.to(p)
	c.to(q)
	c.to(r)
}

// third returns the point two thirds of the way from a to q.
func third(a, q [2]int) [2]int {
	return [2]int{divide(a[0]+2*q[0], 3), divide(a[1]+2*q[1], 3)}
}

// begin makes room for n operands of an operator.
func (c *charstring) begin(op byte, n int) {
	if c.op != op || c.count+n > 48 {
		c.flush()
		c.op = op
	}
}

func (c *charstring) flush() {
	if c.op != 0 {
		c.b = append(c.b, c.op)
	}
	c.op, c.count = 0, 0
}

func (c *charstring) number(v int) { c.b = integer(c.b, v) }

func (c *charstring) to(p [2]int) {
	c.number(p[0] - c.x)
	c.number(p[1] - c.y)
	c.count += 2
	c.x, c.y = p[0], p[1]
	c.box[0], c.box[1] = min(c.box[0], c.x), min(c.box[1], c.y)
	c.box[2], c.box[3] = max(c.box[2], c.x), max(c.box[3], c.y)
}
