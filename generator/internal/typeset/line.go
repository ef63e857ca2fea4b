package typeset

import (
	"slices"

	"uccn/generator/internal/pdf"
	"uccn/generator/internal/typeset/font"
)

// A line is one set line. Its parts are in the order of reading; their places are
// in the order of the eye.
type line struct {
	parts []part
	notes []*Note
	over  Length // by how much it is too long
	words int
}

// A part is a word or a space of a line, in one font.
type part struct {
	x      Length // from the left edge of the paragraph
	width  Length
	font   *font.Font
	glyphs []pdf.Glyph
	look   *look
}

// lines sets a paragraph. The breaks have been chosen; this puts the words of each
// line in their places.
func (c *Composer) lines(spans []Span, shape *Shape, width Length, tag *pdf.Tag) []line {
	items := c.items(spans, shape, tag)
	if len(items) == 0 {
		return nil
	}
	rag := Length(0)
	if shape.Align != Justify {
		rag = shape.Rag
		if rag == 0 {
			rag = 3 * shape.Size
		}
	}
	widths := func(n int) Length { return width - shape.margin(n) }
	breaks := c.breaker.breakLines(items, widths, rag, shape.Align == Justify)
	out := make([]line, 0, len(breaks))
	start := 0
	for n, b := range breaks {
		out = append(out, c.setLine(items[:b.at+1], start, b, shape, n, width))
		start = b.at + 1
	}
	return out
}

// margin returns by how much line n is indented.
func (s *Shape) margin(n int) Length {
	if (n == 0) == (s.Indent > 0) {
		return max(s.Indent, -s.Indent)
	}
	return 0
}

// widest is how far spaces may grow, in thousandths of their stretch, before a line
// is better left short.
const widest = 3000

// setLine places the items of a line, from number start to the break.
func (c *Composer) setLine(items []item, start int, b *breakpoint, shape *Shape, n int, width Length) line {
	row := items[start:]
	for len(row) > 1 && (row[0].kind == glue || row[0].kind == penalty) {
		row = row[1:]
	}
	end := row[len(row)-1]
	row = row[:len(row)-1]
	for len(row) > 0 && (row[len(row)-1].kind == glue || row[len(row)-1].kind == penalty) {
		row = row[:len(row)-1]
	}
	row = row[:len(row):len(row)]
	if end.hyphen {
		h := end
		h.kind = box
		row = append(row, h)
	}
	l := line{over: b.over}
	ratio := b.ratio
	if shape.Align != Justify || end.kind == penalty && end.penalty == always {
		ratio = min(ratio, 0)
	}
	ratio = min(ratio, widest)
	sizes := slices.Grow(c.sizes[:0], len(row))[:len(row)]
	c.sizes = sizes
	total := Length(0)
	for i, it := range row {
		sizes[i] = it.width
		switch {
		case it.kind == penalty:
			sizes[i] = 0
		case it.kind != box && ratio >= 0:
			sizes[i] += it.stretch.Scale(ratio, 1000)
		case it.kind != box:
			sizes[i] += it.shrink.Scale(ratio, 1000)
		}
		total += sizes[i]
	}
	x := lineStart(shape, n, width, total, b)
	c.place(&l, row, sizes, x, &end, shape.RTL)
	return l
}

// lineStart returns where the first sign of a line stands.
func lineStart(shape *Shape, n int, width, total Length, b *breakpoint) Length {
	margin := shape.margin(n)
	space := width - margin - total
	align := shape.Align
	if shape.RTL {
		margin = 0
		switch align {
		case Start, Justify:
			align = End
		case End:
			align = Start
		}
	}
	switch align {
	case Center:
		return margin + space/2
	case End:
		return margin + space
	case Justify:
		return margin - b.prev.left
	}
	return margin
}

// place gives every item its place in the order of the eye, and keeps the parts in
// the order of reading.
func (c *Composer) place(l *line, row []item, sizes []Length, x Length, end *item, base bool) {
	places := slices.Grow(c.places[:0], len(row))[:len(row)]
	c.places, c.order = places, visualOrder(row, c.order[:0])
	at := x
	for _, i := range c.order {
		places[i] = at
		at += sizes[i]
	}
	parts := len(end.pieces)
	for i := range row {
		parts += len(row[i].pieces)
	}
	l.parts = make([]part, 0, parts)
	gap := true
	for i := range row {
		it := &row[i]
		if it.kind == penalty {
			continue
		}
		l.add(it, places[i])
		if it.kind == box && gap {
			l.words++
		}
		gap = it.kind == glue
		if it.note != nil {
			l.notes = append(l.notes, it.note)
		}
	}
	if end.kind == glue && len(end.pieces) > 0 && len(row) > 0 { // the space at the end of the line: not seen, but read
		if base {
			at = x - end.width
		}
		l.add(end, at)
	}
}

// add appends the pieces of an item. They stand in the order of the eye, and are
// kept in that of reading.
func (l *line) add(it *item, x Length) {
	first := len(l.parts)
	for _, p := range it.pieces {
		w := it.look.style.Size.Scale(p.Width, 1000)
		l.parts = append(l.parts, part{x: x, width: w, font: p.Font, glyphs: p.Glyphs, look: it.look})
		x += w
	}
	if it.level&1 == 1 {
		slices.Reverse(l.parts[first:])
	}
}

// visualOrder returns the numbers of the items from left to right (Unicode
// Standard Annex 9, rule L2), in order if that is large enough.
func visualOrder(row []item, order []int) []int {
	highest := int8(0)
	for i := range row {
		order = append(order, i)
		highest = max(highest, row[i].level)
	}
	for level := highest; level > 0; level-- {
		for i := 0; i < len(order); i++ {
			if row[order[i]].level < level {
				continue
			}
			k := i
			for k < len(order) && row[order[k]].level >= level {
				k++
			}
			slices.Reverse(order[i:k])
			i = k
		}
	}
	return order
}
