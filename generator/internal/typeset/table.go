package typeset

import "uccn/generator/internal/pdf"

// A Table is a small table. Its columns take the width their words need, as far
// as there is room; a row is never divided.
type Table struct {
	Head    []Cell // "" for no head
	Rows    [][]Cell
	Shape   Shape  // of the cells; Before and After around the table
	Strong  Shape  // of the head and of heads of rows
	RowHead bool   // the first cell of each row is its head
	Gap     Length // between two columns
	Pad     Length // above and below the words of a row
	Line    Length // thickness of the lines under rows; 0: none
	Color   pdf.Color
	Widths  []int // parts of the width, when they are not to be found
}

// A Cell is a cell of a table.
type Cell struct {
	Spans []Span
	End   bool // set to the end of the column: a number
}

func (t Table) set(s *setter) {
	table := &pdf.Tag{Role: "Table", Parent: s.tag}
	columns := t.columns(s)
	s.gap(t.Shape.Before)
	first := len(s.rows)
	if len(t.Head) > 0 {
		t.row(s, &pdf.Tag{Role: "TR", Parent: &pdf.Tag{Role: "THead", Parent: table}}, t.Head, columns, true)
		s.keep = true
	}
	head := t.again(s)
	body := &pdf.Tag{Role: "TBody", Parent: table}
	for i, cells := range t.Rows {
		t.row(s, &pdf.Tag{Role: "TR", Parent: body}, cells, columns, false)
		s.rows[len(s.rows)-1].head = head
		if i == 0 || i == len(t.Rows)-2 {
			s.keep = true
		}
	}
	s.keep = false
	if len(s.rows) > first {
		s.gap(t.Shape.After)
	}
}

// again returns the head that has just been set as it is drawn on further pages,
// where it means nothing to those who listen; nil when the table has none.
func (t Table) again(s *setter) *row {
	if len(t.Head) == 0 {
		return nil
	}
	r := s.rows[len(s.rows)-1]
	head := &row{height: r.height}
	for _, o := range r.ops {
		switch x := o.op.(type) {
		case textOp:
			x.again = true
			o.op = x
		case emptyOp:
			continue
		}
		head.ops = append(head.ops, o)
	}
	return head
}

// columns returns the widths of the columns.
func (t Table) columns(s *setter) []Length {
	n := len(t.Head)
	for _, r := range t.Rows {
		n = max(n, len(r))
	}
	room := s.width - t.Gap*Length(max(0, n-1))
	out := make([]Length, n)
	if len(t.Widths) == n {
		sum := 0
		for _, w := range t.Widths {
			sum += w
		}
		for i, w := range t.Widths {
			out[i] = room.Scale(w, sum)
		}
		return out
	}
	least := make([]Length, n)
	measure := func(cells []Cell, head bool) {
		for i, cell := range cells {
			shape := t.shape(cell, head || t.RowHead && i == 0)
			whole, word := s.c.extent(cell.Spans, &shape)
			out[i], least[i] = max(out[i], whole), max(least[i], word)
		}
	}
	measure(t.Head, true)
	for _, r := range t.Rows {
		measure(r, false)
	}
	return share(out, least, room)
}

// extent returns the width of a text on one line and of its longest word.
func (c *Composer) extent(spans []Span, shape *Shape) (whole, word Length) {
	run := Length(0)
	for _, it := range c.items(spans, shape, nil) {
		switch it.kind {
		case box:
			run += it.width
			whole += it.width
		case hard:
			run += it.width
			whole += it.width
		case glue:
			whole += it.width
			run = 0
		}
		word = max(word, run)
	}
	return whole + 10, word + 10
}

// share divides the room among columns: all get what they want if there is room,
// and else the wider ones give way, none below its longest word if possible.
func share(want, least []Length, room Length) []Length {
	total := Length(0)
	for _, w := range want {
		total += w
	}
	if total <= room || len(want) == 0 {
		if len(want) > 0 {
			want[len(want)-1] += room - total
		}
		return want
	}
	low := Length(0)
	for _, w := range least {
		low += w
	}
	out := make([]Length, len(want))
	for i := range want {
		switch {
		case low >= room:
			out[i] = room.Scale(int(least[i]), int(low))
		default:
			out[i] = least[i] + (room-low).Scale(int(want[i]-least[i]), int(max(1, total-low)))
		}
	}
	return out
}

func (t Table) shape(cell Cell, head bool) Shape {
	shape := t.Shape
	if head {
		shape = t.Strong
	}
	shape.Align = Start
	if cell.End {
		shape.Align = End
	}
	return shape
}

// row sets one row: each cell under its tag, the height of the tallest.
func (t Table) row(s *setter, tr *pdf.Tag, cells []Cell, columns []Length, head bool) {
	r := row{}
	x := Length(0)
	for i, width := range columns {
		var cell Cell
		if i < len(cells) {
			cell = cells[i]
		}
		tag := &pdf.Tag{Role: "TD", Parent: tr}
		isHead := head || t.RowHead && i == 0
		switch {
		case head:
			tag.Role, tag.Scope = "TH", "Column"
		case isHead:
			tag.Role, tag.Scope = "TH", "Row"
		}
		shape := t.shape(cell, isHead)
		at := s.x + x
		if shape.RTL {
			at = s.x + s.width - x - width
		}
		lines := s.c.lines(cell.Spans, &shape, width, tag)
		if len(lines) == 0 {
			r.ops = append(r.ops, placed{op: emptyOp{tag}})
		}
		for k, l := range lines {
			y := t.Pad + shape.Leading*Length(k)
			r.ops = append(r.ops, placed{at, y + baseline(shape.Leading), textOp{parts: l.parts}})
			r.height = max(r.height, y+shape.Leading)
			r.words += l.words
			r.over = max(r.over, l.over)
			r.notes = append(r.notes, l.notes...)
		}
		x += width + t.Gap
	}
	r.height += t.Pad
	if t.Line > 0 {
		r.ops = append(r.ops, placed{s.x, r.height, ruleOp{s.width, 0, t.Line, t.Color}})
	}
	s.push(r)
}
