package markdown

import (
	"slices"
	"strings"
	"unicode/utf8"

	"uccn/generator/internal/markdown/doc"
)

// plain reads a text that uses only the plain parts of Markdown: paragraphs,
// headings, short lists, tables, one-line quotations and footnotes, with
// emphasis, links, pictures and code. That is nearly every text, and takes a
// fraction of goldmark's time. At anything else, and wherever two readers of
// Markdown could differ, it gives up and reports false; goldmark then reads
// the text. Tests hold that both make the same tree.
func (r *reading) plain() bool {
	d, _ := r.desks.Get().(*desk)
	if d == nil {
		d = new(desk)
	}
	p := plainReader{reading: r, desk: d}
	p.run.buf = d.scratch
	ok := p.blocks() && p.finishNotes()
	d.scratch = p.run.buf
	r.desks.Put(d)
	return ok
}

// A desk is what plain readers work on, one after the other.
type desk struct {
	stack   []doc.Inline // of the lines at work, the innermost last
	across  []doc.Cell   // cells of the row at work
	items   []doc.Item   // of the list at work
	scratch []byte       // see textRun
}

type plainReader struct {
	*reading
	*desk
	from, to int // the paragraph, heading, item or cell at work
	signs    int // of markup in it
	inside   int // brackets that are open
	notes    []plainNote
	called   []string // labels, in the order of their first calls

	lines    slab[doc.Inline]
	cells    slab[doc.Cell]
	ones     slab[doc.Block]
	strongs  slab[doc.Strong]
	stresses slab[doc.Emphasis]
}

// one returns a list of one block.
func (p *plainReader) one(b doc.Block) []doc.Block {
	p.ones.room(1)
	out := p.ones.free[:1:1]
	out[0], p.ones.free = b, p.ones.free[1:]
	return out
}

// plainNote is a footnote: its label, and where its words stand.
type plainNote struct {
	label    string
	from, to int
}

// What a plain text has at most; goldmark's bounds are for those with more.
const (
	plainSigns = 200 // in a paragraph
	plainLines = 1_000
	plainCells = 2_000
	plainNotes = 50
	plainDepth = 8
)

// lineEnd returns where the line at an offset ends.
func (p *plainReader) lineEnd(at int) int {
	if n := strings.IndexByte(p.src[at:], '\n'); n >= 0 {
		return at + n
	}
	return len(p.src)
}

func isBlank(s string) bool { return strings.Trim(s, " \t") == "" }

// ends reports whether a block ends before the offset: with the text, or an
// empty line.
func (p *plainReader) ends(at int) bool {
	return at >= len(p.src) || isBlank(p.src[at:p.lineEnd(at)])
}

func (p *plainReader) blocks() bool {
	for at := 0; at < len(p.src); {
		end := p.lineEnd(at)
		line := p.src[at:end]
		if isBlank(line) {
			at = end + 1
			continue
		}
		var b doc.Block
		ok := true
		switch _, marker := listMarker(line); {
		case line[0] == '#':
			b, ok = p.heading(at, end)
			end++
		case marker > 0:
			b, end, ok = p.list(at)
		case line[0] == '>':
			b, ok = p.quote(at, end)
			end++
		case line[0] == '|':
			b, end, ok = p.table(at)
		case strings.HasPrefix(line, "[^"):
			ok = p.note(at, end)
			end++
		default:
			b, end, ok = p.paragraph(at)
		}
		if !ok {
			return false
		}
		if p.Blocks == nil {
			p.Blocks = make([]doc.Block, 0, 1+strings.Count(p.src, "\n\n"))
		}
		if b != nil {
			p.Blocks = append(p.Blocks, b)
		}
		at = end
	}
	return true
}

// beginsWords reports whether a line can only be words: no other block begins
// with its first characters, and none can be made of it by the next line.
func beginsWords(line string) bool {
	if line == "" {
		return false
	}
	next := byte(' ')
	if len(line) > 1 {
		next = line[1]
	}
	switch c := line[0]; {
	case c >= utf8.RuneSelf, c|0x20 >= 'a' && c|0x20 <= 'z', strings.IndexByte("\"'(.,&$%@", c) >= 0:
		return true
	case c >= '0' && c <= '9':
		_, n := listMarker(line)
		return n == 0
	case c == '*':
		return isWord(next) || next == '*' && len(line) > 2 && isWord(line[2])
	case c == '`':
		return next != '`'
	case c == '!':
		return next != '[' || !strings.Contains(line, "]:")
	case c == '[':
		return next != '^' && !strings.Contains(line, "]:")
	}
	return false
}

func isWord(c byte) bool {
	return c >= utf8.RuneSelf || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9'
}

// listMarker returns the sign of a list at the start of a line, and the length
// of the marker with the blank after it; 0 when there is none.
func listMarker(line string) (sign byte, length int) {
	i := 0
	for i < len(line) && line[i] >= '0' && line[i] <= '9' {
		i++
	}
	switch {
	case i >= len(line):
		return 0, 0
	case i == 0 && strings.IndexByte("-*+", line[0]) >= 0, i > 0 && (line[i] == '.' || line[i] == ')'):
		if i+1 == len(line) || line[i+1] == ' ' || line[i+1] == '\t' {
			return line[i], i + 2
		}
	}
	return 0, 0
}

// line reads the inlines between two offsets, without the blanks at the end.
func (p *plainReader) line(from, to int) ([]doc.Inline, bool) {
	for to > from && (p.src[to-1] == ' ' || p.src[to-1] == '\t') {
		to--
	}
	p.from, p.to, p.signs, p.inside = from, to, 0, 0
	p.typo.Reset()
	p.stack = p.stack[:0]
	out, _, ok := p.content(from, 0, 0)
	return out, ok
}

func (p *plainReader) heading(at, end int) (doc.Block, bool) {
	level := 1
	for at+level < end && p.src[at+level] == '#' {
		level++
	}
	from := at + level + 1
	if level > 6 || from >= end || p.src[from-1] != ' ' || p.src[from] == ' ' || p.src[from] == '\t' || strings.HasSuffix(strings.TrimRight(p.src[from:end], " \t"), "#") {
		return nil, false
	}
	content, ok := p.line(from, end)
	if !ok {
		return nil, false
	}
	return p.newHeading(level, at, content), true
}

func (p *plainReader) paragraph(at int) (b doc.Block, next int, ok bool) {
	end := at
	for n := 0; !p.ends(end); n++ {
		stop := p.lineEnd(end)
		if n > plainLines || !beginsWords(p.src[end:stop]) {
			return nil, 0, false
		}
		end = stop + 1
	}
	content, ok := p.line(at, min(end, len(p.src)+1)-1)
	return p.paragraphOf(content), end, ok
}

// list reads items of one line each, with no empty line between them.
func (p *plainReader) list(at int) (b doc.Block, next int, ok bool) {
	sign, n := listMarker(p.src[at:p.lineEnd(at)])
	l := &doc.List{Ordered: sign == '.' || sign == ')', Tight: true}
	if l.Ordered {
		for _, c := range p.src[at : at+n-2] {
			l.Start = l.Start*10 + int(c-'0')
			if l.Start > 999_999 {
				return nil, 0, false
			}
		}
	}
	p.items = p.items[:0]
	for !p.ends(at) {
		end := p.lineEnd(at)
		s, n := listMarker(p.src[at:end])
		if s != sign || n == 0 || n > 8 || at+n >= end || !beginsWords(p.src[at+n:end]) {
			return nil, 0, false
		}
		content, ok := p.line(at+n, end)
		if !ok {
			return nil, 0, false
		}
		p.items = append(p.items, doc.Item{Blocks: p.one(p.paragraphOf(content))})
		at = end + 1
	}
	l.Items = slices.Clone(p.items)
	for at < len(p.src) && isBlank(p.src[at:p.lineEnd(at)]) {
		at = p.lineEnd(at) + 1
	}
	if at < len(p.src) {
		if _, n := listMarker(p.src[at:p.lineEnd(at)]); n > 0 || p.src[at] == ' ' || p.src[at] == '\t' {
			return nil, 0, false
		}
	}
	return l, at, true
}

func (p *plainReader) quote(at, end int) (doc.Block, bool) {
	if !strings.HasPrefix(p.src[at:end], "> ") || !beginsWords(p.src[at+2:end]) || !p.ends(end+1) {
		return nil, false
	}
	content, ok := p.line(at+2, end)
	return &doc.Quote{Blocks: p.one(p.paragraphOf(content))}, ok
}

func (p *plainReader) table(at int) (b doc.Block, next int, ok bool) {
	t := &doc.Table{Rows: make([][]doc.Cell, 0, 8)}
	for n := 0; !p.ends(at); n++ {
		end := p.lineEnd(at)
		line := p.src[at:end]
		if line[0] != '|' || line[len(line)-1] == ' ' || line[len(line)-1] == '\t' || strings.ContainsAny(line, "\\`\t") || n*len(t.Align) > plainCells {
			return nil, 0, false
		}
		if n == 1 {
			if t.Align, ok = alignments(line); !ok || len(t.Align) != len(t.Head) {
				return nil, 0, false
			}
		} else if row, ok := p.row(at, end, len(t.Align)); !ok {
			return nil, 0, false
		} else if n == 0 {
			t.Head = row
		} else {
			t.Rows = append(t.Rows, row)
		}
		at = end + 1
	}
	return t, at, len(t.Align) > 0
}

// row reads the cells of a line; a width of 0 takes as many as there are.
func (p *plainReader) row(at, end, width int) ([]doc.Cell, bool) {
	at++
	if p.src[end-1] == '|' && end > at {
		end--
	}
	cells := p.across[:0]
	for at < end && (width == 0 || len(cells) < width) {
		stop := end
		if n := strings.IndexByte(p.src[at:end], '|'); n >= 0 {
			stop = at + n
		}
		from, to := at, stop
		for from < to && p.src[from] == ' ' {
			from++
		}
		for to > from && p.src[to-1] == ' ' {
			to--
		}
		var content []doc.Inline
		if from < to {
			var ok bool
			if content, ok = p.line(from, to); !ok {
				return nil, false
			}
		}
		cells = append(cells, content)
		at = stop + 1
	}
	for len(cells) < width {
		cells = append(cells, nil)
	}
	p.across = cells
	return p.cells.list(cells), true
}

// alignments reads the row between a table's head and its body.
func alignments(line string) (out []doc.Align, ok bool) {
	line = strings.TrimSuffix(line[1:], "|")
	for _, c := range strings.Split(line, "|") {
		c = strings.Trim(c, " ")
		a := doc.AlignNone
		left, right := strings.HasPrefix(c, ":"), strings.HasSuffix(c, ":")
		switch {
		case left && right:
			a = doc.AlignCenter
		case left:
			a = doc.AlignStart
		case right:
			a = doc.AlignEnd
		}
		if dashes := strings.TrimSuffix(strings.TrimPrefix(c, ":"), ":"); dashes == "" || strings.Trim(dashes, "-") != "" {
			return nil, false
		}
		out = append(out, a)
	}
	return out, true
}

// note remembers a footnote of one line, to be read after all calls are known.
func (p *plainReader) note(at, end int) bool {
	label, rest, ok := strings.Cut(p.src[at+2:end], "]: ")
	if !ok || !isLabel(label) || !beginsWords(rest) || strings.Contains(rest, "[^") || len(p.notes) >= plainNotes {
		return false
	}
	if end+1 < len(p.src) && !p.ends(end+1) && !strings.HasPrefix(p.src[end+1:], "[^") {
		return false
	}
	if p.find(label) != nil {
		return false
	}
	p.notes = append(p.notes, plainNote{label: label, from: end - len(rest), to: end})
	return true
}

func isLabel(s string) bool {
	for i := range len(s) {
		if !isWord(s[i]) && s[i] != '-' {
			return false
		}
	}
	return s != "" && len(s) < 50
}

func (p *plainReader) find(label string) *plainNote {
	for i := range p.notes {
		if p.notes[i].label == label {
			return &p.notes[i]
		}
	}
	return nil
}
