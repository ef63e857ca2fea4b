package pdf

import "strconv"

// pen is the state of a text object (9.4): where the next glyph will stand
// without further ado, so that words on a line join into one string.
type pen struct {
	inText, inArray, inString bool
	font                      *Font
	size                      Length
	y                         Length
	x                         int // in millionths of a point, exact
	owed                      int // a move to the left not yet written, thousandths of an em
	color                     Color
	colored                   bool
}

// Text draws glyphs on a baseline, beginning at x: a word, a part of one or a
// space. When the glyphs cannot say by themselves what they stand for, the word
// says it as a whole. In a script that runs to the left each letter says it, and
// its dots stand for nothing, because readers turn such words around letter by
// letter and look for gaps between their boxes.
func (c *Canvas) Text(f *Font, size, x, y Length, color Color, glyphs []Glyph) {
	if len(glyphs) == 0 {
		return
	}
	c.begin()
	c.place(f, size, x, y, color)
	for len(glyphs) > 0 {
		n := len(glyphs)
		if glyphs[0].RTL {
			n = 1
			for glyphs[0].Cluster == 0 && n < len(glyphs) && glyphs[n].Cluster == 0 {
				n++
			}
		}
		c.word(f, glyphs[:n])
		glyphs = glyphs[n:]
	}
}

// word draws glyphs that say together what they stand for.
func (c *Canvas) word(f *Font, glyphs []Glyph) {
	p := &c.pen
	b := c.out.AvailableBuffer()
	clear := c.meanings(f, glyphs)
	if !clear {
		b = c.leave(b)
		b = append(append(append(b, "/Span<</ActualText"...), utf16Text(reading(glyphs))...), ">>BDC\n["...)
		p.inArray = true
	}
	for i, g := range glyphs {
		b = p.glyph(b, c.cids[i], f.widths[c.cids[i]], g)
	}
	if !clear {
		b = append(c.leave(b), "EMC\n["...)
		p.inArray = true
	}
	c.out.Write(b)
}

// meanings finds the numbers of glyphs in the subset, gives each glyph a meaning,
// and reports whether these meanings, one after the other, are the text.
func (c *Canvas) meanings(f *Font, glyphs []Glyph) bool {
	c.cids = c.cids[:0]
	clear := true
	text := ""
	for _, g := range glyphs {
		var cid uint16
		if g.Blank {
			cid = f.blank(g.Text)
		} else {
			cid = f.cid(g.ID)
		}
		c.cids = append(c.cids, cid)
		if g.Cluster > 0 {
			text = g.Text
		}
		meaning := text
		if g.Cluster != 1 && !(g.RTL && g.Cluster > 0) {
			clear = false
			if r := f.src.Rune(g.ID); r != 0 {
				meaning = string(r)
			}
		}
		if !f.means(cid, meaning) {
			clear = false
		}
	}
	return clear
}

// reading returns the text of glyphs.
func reading(glyphs []Glyph) string {
	var b []byte
	for _, g := range glyphs {
		b = append(b, g.Text...)
	}
	return string(b)
}

// place brings the pen to x, y, by a gap in the string in hand if it can.
func (c *Canvas) place(f *Font, size, x, y Length, color Color) {
	p := &c.pen
	b := c.out.AvailableBuffer()
	if !p.inText {
		b = append(b, "BT\n"...)
		*p = pen{inText: true}
	}
	if !p.colored || p.color != color {
		b = c.leave(b)
		b = c.w.color(b, color, false)
		p.color, p.colored = color, true
	}
	if p.font != f || p.size != size {
		b = c.leave(b)
		b = append(strconv.AppendInt(append(b, "/F"...), int64(f.index), 10), ' ')
		b = append(appendLength(b, size), " Tf\n"...)
		p.font, p.size = f, size
		c.useFont(f)
	}
	gap := 0
	if p.inArray {
		gap = divide(p.x-int(x)*1000, int(size))
	}
	if !p.inArray || p.y != y || gap < -10000 || gap > 10000 {
		b = c.leave(b)
		b = append(c.point(append(b, "1 0 0 1 "...), x, y), " Tm\n["...)
		p.inArray, p.y, p.x = true, y, int(x)*1000
	} else {
		p.adjust(gap)
	}
	c.out.Write(b)
}

// glyph writes one glyph, with the moves that its offsets and advance ask for.
func (p *pen) glyph(b []byte, cid uint16, width int, g Glyph) []byte {
	if g.DY != 0 {
		b = append(p.endString(b), "]TJ\n"...)
		b = append(appendLength(b, p.size.Scale(int(g.DY), 1000)), " Ts["...)
	}
	p.adjust(-int(g.DX))
	b = p.gap(b)
	if !p.inString {
		b = append(b, '<')
		p.inString = true
	}
	b = appendHex(b, cid)
	p.x += width * int(p.size)
	if g.DY != 0 {
		b = append(p.endString(b), "]TJ\n0 Ts["...)
	}
	p.adjust(width + int(g.DX) - int(g.Adv))
	return b
}

// adjust moves the pen to the left by thousandths of an em; gap writes the moves
// asked for since the last glyph.
func (p *pen) adjust(by int) {
	p.owed += by
	p.x -= by * int(p.size)
}

func (p *pen) gap(b []byte) []byte {
	if p.owed != 0 {
		b = strconv.AppendInt(p.endString(b), int64(p.owed), 10)
		p.owed = 0
	}
	return b
}

func (p *pen) endString(b []byte) []byte {
	if p.inString {
		p.inString = false
		return append(b, '>')
	}
	return b
}

// leave ends the string in hand.
func (c *Canvas) leave(b []byte) []byte {
	p := &c.pen
	if !p.inArray {
		return b
	}
	b = p.endString(p.gap(b))
	p.inArray = false
	return append(b, "]TJ\n"...)
}

// endText ends the text object in hand.
func (c *Canvas) endText() {
	if !c.pen.inText {
		return
	}
	b := append(c.leave(c.out.AvailableBuffer()), "ET\n"...)
	c.out.Write(b)
	c.pen = pen{}
}

func (c *Canvas) useFont(f *Font) {
	for _, have := range c.fonts {
		if have == f {
			return
		}
	}
	c.fonts = append(c.fonts, f)
}

// divide returns a/b rounded to the nearest integer.
func divide(a, b int) int {
	if (a < 0) != (b < 0) {
		return (a - b/2) / b
	}
	return (a + b/2) / b
}
