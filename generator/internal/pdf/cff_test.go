package pdf

import (
	"slices"
	"testing"
)

// scribble is a font whose one glyph is drawn by the bytes of a fuzzer.
type scribble struct{ steps []Contour }

func (scribble) Name() string               { return "Scribble" }
func (scribble) Metrics() Metrics           { return Metrics{} }
func (scribble) Advance(uint16) int         { return 500 }
func (scribble) Rune(uint16) rune           { return 'x' }
func (s scribble) Outline(uint16) []Contour { return s.steps }

// steps makes an outline from bytes: an operator and its coordinates.
func steps(data []byte) []Contour {
	out := []Contour{{Op: 'm'}}
	for len(data) >= 13 {
		c := Contour{Op: "mlcQ"[data[0]&3]}
		for i := range c.Points {
			for k := range c.Points[i] {
				at := 1 + 4*i + 2*k
				c.Points[i][k] = int(int16(data[at])<<8|int16(data[at+1])) % 8000
			}
		}
		out = append(out, c)
		data = data[13:]
	}
	return out
}

// FuzzCharstring draws an outline, writes it as a charstring and reads that back.
func FuzzCharstring(f *testing.F) {
	f.Add([]byte{})
	f.Add(make([]byte, 13*40))
	f.Add([]byte("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"))
	f.Fuzz(func(t *testing.T, data []byte) {
		outline := steps(data)
		var box [4]int
		cs := charstring{box: &box}
		cs.number(500)
		program := cs.outline(outline)
		var want [][2]int
		at := [2]int{}
		for _, s := range outline {
			switch s.Op {
			case 'l':
				if s.Points[0] == at {
					continue
				}
				fallthrough
			case 'm':
				want = append(want, s.Points[0])
			case 'c':
				want = append(want, s.Points[:]...)
			case 'Q':
				want = append(want, third(at, s.Points[0]), third(s.Points[1], s.Points[0]), s.Points[1])
			}
			at = want[len(want)-1]
		}
		if got := run(t, program); !slices.Equal(got, want) {
			t.Fatalf("drawn through %v, want %v", got, want)
		}
		fnt := &Font{src: scribble{outline}, cids: map[uint16]uint16{}, blanks: map[string]uint16{}}
		fnt.cid(0)
		fnt.cid(1)
		if b, _ := fnt.cff("A+B"); len(b) < len(program) {
			t.Fatal("the font is shorter than its glyph")
		}
	})
}

// run reads a charstring back: the points it goes through. The first operand is
// the width.
func run(t *testing.T, b []byte) [][2]int {
	var stack []int
	var out [][2]int
	x, y := 0, 0
	width := true
	for i := 0; i < len(b); {
		c := int(b[i])
		i++
		switch {
		case c == 28:
			stack = append(stack, int(int16(b[i])<<8|int16(b[i+1])))
			i += 2
			continue
		case c >= 32 && c <= 246:
			stack = append(stack, c-139)
			continue
		case c >= 247 && c <= 250:
			stack = append(stack, (c-247)*256+int(b[i])+108)
			i++
			continue
		case c >= 251 && c <= 254:
			stack = append(stack, -(c-251)*256-int(b[i])-108)
			i++
			continue
		}
		if width {
			stack, width = stack[1:], false
		}
		if len(stack) > 48 {
			t.Fatalf("%d operands", len(stack))
		}
		for k := 0; k+1 < len(stack); k += 2 {
			x, y = x+stack[k], y+stack[k+1]
			out = append(out, [2]int{x, y})
		}
		stack = stack[:0]
		if c == endchar {
			return out
		}
	}
	t.Fatal("no end")
	return nil
}
