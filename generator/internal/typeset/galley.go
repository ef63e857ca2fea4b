package typeset

import (
	"uccn/generator/internal/pdf"
)

// A Galley is set text waiting for pages: one long column. Pour takes from its top.
type Galley struct {
	c     *Composer
	width Length
	tag   *pdf.Tag
	rows  []row
	notes map[*Note][]row
}

// A Frame is a box on a page that text is poured into.
type Frame struct {
	pdf.Rect
	Grid Length // distance of the baselines; 0: no grid
	Top  bool   // keep the space before the first row
}

// Galley sets blocks in a column of a width, under a structure element.
func (c *Composer) Galley(width Length, tag *pdf.Tag, blocks ...Block) *Galley {
	s := &setter{c: c, width: width, tag: tag}
	for _, b := range blocks {
		b.set(s)
	}
	if len(s.before) > 0 { // marks after the last row
		s.push(row{})
	}
	return &Galley{c: c, width: width, tag: tag, rows: s.rows, notes: map[*Note][]row{}}
}

// Empty says whether all has been poured.
func (g *Galley) Empty() bool { return len(g.rows) == 0 }

// Words returns how many words are left.
func (g *Galley) Words() int {
	n := 0
	for _, r := range g.rows {
		n += r.words
	}
	return n
}

// Over returns by how much the longest line is too long for the column; 0 when
// every line fits.
func (g *Galley) Over() Length {
	over := Length(0)
	for _, r := range g.rows {
		over = max(over, r.over)
	}
	return over
}

// Height returns how high the rest of the galley is, with its notes.
func (g *Galley) Height(grid Length) Length {
	_, used, notes := g.fit(g.rows, Frame{Rect: pdf.Rect{H: 1 << 40}, Grid: grid})
	return used + notes
}

// Pour moves as much of the galley as fits into a frame of a page and returns the
// height it takes, without notes, which stand at the foot of the frame. A frame
// too low for a single row still takes one, so pouring always ends.
func (g *Galley) Pour(p *Page, f Frame) Length {
	n, used, notes := g.fit(g.rows, f)
	if len(g.rows) == 0 {
		return 0
	}
	y := headed(g.rows)
	if y > 0 {
		g.rows[0].head.draw(p, f.X, f.Y)
	}
	for i, r := range g.rows[:n] {
		y = f.top(g.rows, i, y)
		r.draw(p, f.X, f.Y+y)
		y += r.height
	}
	if notes > 0 {
		g.pourNotes(p, f, g.rows[:n], notes)
	}
	g.rows = g.rows[n:]
	return used
}

// headed returns the height of the table head that is drawn again above rows.
func headed(rows []row) Length {
	if len(rows) == 0 || rows[0].head == nil {
		return 0
	}
	return rows[0].head.height
}

// draw puts a row on a page.
func (r *row) draw(p *Page, x, y Length) {
	for _, o := range r.ops {
		p.add(x+o.x, y+o.y, o.op)
	}
}

// top returns where row number i of a frame begins, y being the end of the one
// before. What a heading lacks to the grid stands above it, not between it and its
// text.
func (f Frame) top(rows []row, i int, y Length) Length {
	r := rows[i]
	if i > 0 || f.Top {
		y += r.space
	}
	if f.Grid <= 0 {
		return y
	}
	if r.snap {
		return (y + f.Grid - 1) / f.Grid * f.Grid
	}
	if i == 0 || r.keep {
		return y
	}
	end := y + r.height
	for k := i + 1; k < len(rows) && rows[k].keep; k++ {
		end += rows[k].space
		if rows[k].snap {
			return y + (f.Grid-end%f.Grid)%f.Grid
		}
		end += rows[k].height
	}
	return y
}

// fit returns how many rows go into a frame, and the heights they and their notes
// take. The last row is one after which a page may end.
func (g *Galley) fit(rows []row, f Frame) (n int, used, notes Length) {
	y, foot := headed(rows), Length(0)
	for i, r := range rows {
		y = f.top(rows, i, y) + r.height
		for _, note := range r.notes {
			foot += g.noteHeight(note, foot == 0)
		}
		if y+foot > f.H && i > 0 {
			break
		}
		if i+1 == len(rows) || !rows[i+1].keep {
			n, used, notes = i+1, y, foot
		}
		if y+foot > f.H {
			break
		}
	}
	if n == 0 && len(rows) > 0 { // all are to be kept together: divide where the room ends
		return g.force(rows, f)
	}
	return n, used, notes
}

// force is fit without regard to what belongs together, and at least one row.
func (g *Galley) force(rows []row, f Frame) (n int, used, notes Length) {
	y, foot := headed(rows), Length(0)
	for i, r := range rows {
		y = f.top(rows, i, y) + r.height
		for _, note := range r.notes {
			foot += g.noteHeight(note, foot == 0)
		}
		if y+foot > f.H && i > 0 {
			break
		}
		n, used, notes = i+1, y, foot
	}
	return n, used, notes
}

// Fits says whether the rest of the galley goes into frames one after the other.
func (g *Galley) Fits(frames ...Frame) bool {
	rows := g.rows
	for _, f := range frames {
		n, used, notes := g.fit(rows, f)
		if used+notes > f.H {
			return false
		}
		rows = rows[n:]
	}
	return len(rows) == 0
}

// Balance pours the rest of the galley into frames side by side, as evenly as it
// goes, and returns the height they take. What does not fit stays in the galley.
func (g *Galley) Balance(p *Page, frames ...Frame) Length {
	low, high := Length(0), Length(0)
	for _, f := range frames {
		high = max(high, f.H)
	}
	cut := func(h Length) []Frame {
		out := make([]Frame, len(frames))
		for i, f := range frames {
			f.H = min(f.H, h)
			out[i] = f
		}
		return out
	}
	if g.Fits(frames...) {
		for high-low > pdf.Pt/4 {
			if mid := (low + high) / 2; g.Fits(cut(mid)...) {
				high = mid
			} else {
				low = mid
			}
		}
	}
	used := Length(0)
	for _, f := range cut(high) {
		used = max(used, g.Pour(p, f))
	}
	return used
}

// noteRows sets a note once.
func (g *Galley) noteRows(n *Note) []row {
	rows, found := g.notes[n]
	if !found {
		s := &setter{c: g.c, width: g.width, tag: &pdf.Tag{Role: "Note", Parent: g.tag, ID: n.ID}}
		for _, b := range n.Blocks {
			b.set(s)
		}
		rows = s.rows
		g.notes[n] = rows
	}
	return rows
}

// noteGap is the room between the text and the line over the notes, and between
// that line and the first note.
const noteGap = 6 * pdf.Pt

func (g *Galley) noteHeight(n *Note, first bool) Length {
	h := Length(0)
	if first {
		h = noteGap + noteGap/2
	}
	rows := g.noteRows(n)
	for i, r := range rows {
		h = Frame{}.top(rows, i, h) + r.height
	}
	return h
}

// pourNotes draws the notes of rows at the foot of a frame.
func (g *Galley) pourNotes(p *Page, f Frame, rows []row, height Length) {
	y := f.Y + f.H - height + noteGap
	p.Rule(pdf.Rect{X: f.X, Y: y, W: f.W / 4}, pdf.Pt/2, pdf.Color{})
	y += noteGap / 2
	for _, r := range rows {
		for _, n := range r.notes {
			at := Length(0)
			rows := g.noteRows(n)
			for i, nr := range rows {
				at = Frame{}.top(rows, i, at)
				nr.draw(p, f.X, y+at)
				at += nr.height
			}
			y += at
		}
	}
}
