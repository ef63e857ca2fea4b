package typeset

import (
	"slices"
	"unicode"

	"github.com/go-text/typesetting/bidi"
	"github.com/go-text/typesetting/segmenter"

	"uccn/generator/internal/pdf"
	"uccn/generator/internal/typeset/font"
	"uccn/generator/internal/typeset/hyphen"
	"uccn/generator/internal/typeset/tidy"
)

// A Composer sets text. It remembers words it has shaped. It is for one goroutine;
// several can work at the same time and give the same results.
type Composer struct {
	shaper    *font.Shaper
	hyphens   *hyphen.Library
	segmenter segmenter.Segmenter
	bidi      bidi.Paragraph
	breaker   breaker
	para      text

	buffer        []item // of the paragraph before, for the next
	sizes, places []Length
	order         []int
}

// NewComposer returns a composer.
func NewComposer() *Composer { return NewComposers(1)[0] }

// NewComposers returns composers that can work side by side.
func NewComposers(n int) []*Composer {
	out := make([]*Composer, n)
	var hyphens hyphen.Library
	for i := range out {
		out[i] = &Composer{shaper: font.NewShaper(), hyphens: &hyphens}
	}
	return out
}

// Missing returns the characters that no font held since the last call.
func (c *Composer) Missing() []font.Missing { return c.shaper.Missing() }

// kind is the kind of an item: what Knuth and Plass call box, glue and penalty.
type kind uint8

const (
	box     kind = iota // letters
	glue                // a space that may end a line
	hard                // a space that may not
	penalty             // a place where a line may end at a price
)

// never and always are the prices of impossible and of forced breaks.
const (
	never  = 10000
	always = -10000
)

// An item is the smallest part of a paragraph that line breaking knows.
type item struct {
	kind            kind
	level           int8 // of bidirectional embedding
	hyphen          bool // a penalty: a hyphen is drawn when the line ends here
	look            *look
	width           Length // of a penalty: of the hyphen
	stretch, shrink Length
	penalty         int
	left, right     Length // how far a box may hang into the margins
	pieces          []font.Piece
	note            *Note // called by this box
}

// A look is a span with what follows from it.
type look struct {
	style *Style
	tag   *pdf.Tag
	span  *Span
	shape font.Look
	words [2]*font.Words   // of the shape, and of it to the left; found when needed
	parts *hyphen.Language // divides words; nil: they are not divided

	hyphen, space []font.Piece // found when needed
}

// shaped returns a word of a look.
func (c *Composer) shaped(l *look, rtl bool, word []rune) *font.Word {
	i, shape := 0, l.shape
	if rtl {
		i, shape.RTL = 1, true
	}
	if l.words[i] == nil {
		l.words[i] = c.shaper.Words(shape)
	}
	return l.words[i].Shape(word)
}

// text is a paragraph as characters, each with its look and level.
type text struct {
	runes  []rune
	looks  []*look
	levels []int8 // nil: all left to right
	shape  *Shape
	base   bool // right to left
}

// items turns the spans of a paragraph into items, which last until the next call.
func (c *Composer) items(spans []Span, shape *Shape, tag *pdf.Tag) []item {
	t := c.text(spans, shape, tag)
	if len(t.runes) == 0 {
		return nil
	}
	out := c.buffer[:0]
	c.segmenter.Init(t.runes)
	for it := c.segmenter.LineIterator(); it.Next(); {
		line := it.Line()
		start, end := line.Offset, line.Offset+len(line.Text)
		word := end
		for word > start && breakable(t.runes[word-1]) {
			word--
		}
		out = c.word(out, t, start, word)
		out = c.gap(out, t, word, end, line.IsMandatoryBreak)
	}
	last := t.looks[len(t.looks)-1]
	c.buffer = append(out,
		item{kind: penalty, penalty: never, look: last},
		item{kind: glue, stretch: 1 << 30, look: last},
		item{kind: penalty, penalty: always, look: last})
	return c.buffer
}

// text joins the spans and finds their levels (Unicode Standard Annex 9).
func (c *Composer) text(spans []Span, shape *Shape, tag *pdf.Tag) *text {
	t := &c.para
	*t = text{runes: t.runes[:0], looks: t.looks[:0], shape: shape, base: shape.RTL}
	both := shape.RTL
	for i := range spans {
		l := c.look(&spans[i], shape, tag)
		s := spans[i].Text
		if !shape.Literal {
			s = tidy.Text(s, l.style.Lang)
		}
		for _, r := range s {
			t.runes = append(t.runes, r)
			t.looks = append(t.looks, l)
			both = both || rightToLeft(r)
		}
	}
	if !both {
		return t
	}
	t.levels = make([]int8, len(t.runes))
	direction := bidi.LeftToRight
	if shape.RTL {
		direction = bidi.RightToLeft
	}
	runs := c.bidi.Segment(t.runes, direction)
	for i := range runs.NumRuns() {
		run := runs.Run(i)
		for k := run.Start; k < run.End; k++ {
			t.levels[k] = int8(run.Level)
		}
	}
	return t
}

// rightToLeft says whether a character belongs to the blocks written that way.
func rightToLeft(r rune) bool {
	return r >= 0x0590 && r <= 0x08ff || r >= 0xfb1d && r <= 0xfeff || r >= 0x10800 && r <= 0x10fff || r >= 0x1e800 && r <= 0x1efff ||
		r == 0x200f || r == 0x202b || r == 0x202e || r == 0x2067
}

// look prepares a span: its style, its tag under the paragraph's, its hyphenation.
func (c *Composer) look(s *Span, shape *Shape, tag *pdf.Tag) *look {
	l := &look{style: &shape.Style, tag: tag, span: s}
	if s.Style != nil || s.Lang != "" {
		copied := shape.Style
		if s.Style != nil {
			copied = *s.Style
		}
		switch {
		case s.Lang != "":
			copied.Lang = s.Lang
		case copied.Lang == "":
			copied.Lang = shape.Lang
		}
		l.style = &copied
	}
	lang := ""
	if l.style.Lang != shape.Lang {
		lang = l.style.Lang
	}
	role := s.Role
	switch {
	case s.Link != "":
		role = "Link"
	case s.Note != nil:
		role = "Reference"
	case lang != "" && role == "":
		role = "Span"
	}
	if role != "" {
		l.tag = &pdf.Tag{Role: role, Parent: tag, Lang: lang, Alt: s.Alt}
	}
	l.shape = font.Look{Stack: l.style.Font, Lang: l.style.Lang, Track: l.style.Track, Features: l.style.Features}
	if !shape.NoHyphen {
		l.parts = c.hyphens.For(l.style.Lang)
	}
	return l
}

// breakable says whether a character is a space at which a line may end.
func breakable(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\r', '\u200b', '\u2028', '\u2029':
		return true
	}
	return false
}

// word appends the items of t.runes[start:end], which holds no place to break but
// those inside words. It is cut where the look or the level changes and at spaces
// that do not break.
func (c *Composer) word(out []item, t *text, start, end int) []item {
	for start < end {
		r := t.runes[start]
		if r == tidy.Space || r == tidy.Narrow {
			out = append(out, c.fixed(t, start))
			start++
			continue
		}
		stop := start + 1
		for stop < end && t.looks[stop] == t.looks[start] && t.level(stop) == t.level(start) && t.runes[stop] != tidy.Space && t.runes[stop] != tidy.Narrow && !thaiBreak(t.runes, stop) {
			stop++
		}
		out = c.part(out, t, start, stop)
		if stop < end && thaiBreak(t.runes, stop) {
			out = append(out, item{kind: penalty, penalty: 80, look: t.looks[start]},
				item{kind: glue, stretch: t.looks[start].style.Size.Scale(8, 100), look: t.looks[start]})
		}
		start = stop
	}
	return out
}

func (t *text) level(i int) int8 {
	if t.levels == nil {
		return 0
	}
	return t.levels[i]
}

// part appends a word, or part of one, in one look and level.
func (c *Composer) part(out []item, t *text, start, stop int) []item {
	l, level := t.looks[start], t.level(start)
	rs := t.runes[start:stop]
	if rs[len(rs)-1] == '\u00ad' { // a soft hyphen allows a break and is else not seen
		if rs = rs[:len(rs)-1]; len(rs) == 0 {
			return out
		}
		return append(c.part(out, t, start, stop-1), c.hyphenItem(l))
	}
	word := c.shaped(l, level&1 == 1, rs)
	first := len(out)
	if l.parts != nil && level == 0 && len(word.Pieces) == 1 && len(rs) >= 5 && !abbreviated(rs) {
		if word.Parts == nil {
			word.Parts = divided(l.parts, rs, word.Pieces[0])
		}
		for i := range word.Parts {
			if i > 0 {
				out = append(out, c.hyphenItem(l))
			}
			out = append(out, item{kind: box, look: l, pieces: word.Parts[i : i+1 : i+1], width: l.style.Size.Scale(word.Parts[i].Width, 1000)})
		}
	} else {
		out = append(out, item{kind: box, level: level, look: l, pieces: word.Pieces, width: width(word.Pieces, l.style.Size)})
	}
	if level == 0 && !t.base {
		out[first].left = hang(hangLeft(rs[0]), out[first].pieces[0].Glyphs[0], l.style.Size)
		end := &out[len(out)-1]
		glyphs := end.pieces[len(end.pieces)-1].Glyphs
		end.right = hang(hangRight(rs[len(rs)-1]), glyphs[len(glyphs)-1], l.style.Size)
	}
	if l.span.Note != nil {
		out[len(out)-1].note = l.span.Note
	}
	return out
}

// abbreviated says whether a word has two capitals side by side, as UNESCO has:
// such words are not divided.
func abbreviated(word []rune) bool {
	for i := range len(word) - 1 {
		if unicode.IsUpper(word[i]) && unicode.IsUpper(word[i+1]) {
			return true
		}
	}
	return false
}

// hang returns a part of a glyph's width as a length.
func hang(mille int, g pdf.Glyph, size Length) Length {
	return size.Scale(int(g.Adv)*mille, 1000*1000)
}

func width(pieces []font.Piece, size Length) Length {
	w := 0
	for _, p := range pieces {
		w += p.Width
	}
	return size.Scale(w, 1000)
}

// divided cuts a word at the places where a hyphen may divide it. A place inside a
// ligature is passed over.
func divided(language *hyphen.Language, word []rune, p font.Piece) []font.Piece {
	start, end := 0, len(word)
	for start < end && !unicode.IsLetter(word[start]) {
		start++
	}
	for end > start && !unicode.IsLetter(word[end-1]) {
		end--
	}
	var out []font.Piece
	begin := 0
	for _, at := range language.Points(word[start:end]) {
		glyph, clean := glyphAt(p.Glyphs, start+at)
		if !clean || glyph == begin {
			continue
		}
		out = append(out, fragment(p, begin, glyph))
		begin = glyph
	}
	if begin == 0 {
		return []font.Piece{p}
	}
	return append(out, fragment(p, begin, len(p.Glyphs)))
}

// glyphAt returns the glyph at which the characters from number at on begin.
func glyphAt(glyphs []pdf.Glyph, at int) (index int, clean bool) {
	runes := 0
	for i, g := range glyphs {
		if runes >= at && g.Cluster > 0 {
			return i, runes == at
		}
		for range g.Text {
			runes++
		}
	}
	return 0, false
}

func fragment(p font.Piece, from, to int) font.Piece {
	f := font.Piece{Font: p.Font, Glyphs: p.Glyphs[from:to]}
	for _, g := range f.Glyphs {
		f.Width += int(g.Adv)
	}
	return f
}

// hyphenItem returns a place where a word may be divided. The hyphen drawn there
// says that it is none of the word's own.
func (c *Composer) hyphenItem(l *look) item {
	if l.hyphen == nil {
		p := c.shaped(l, false, []rune{'-'}).Pieces[0]
		p.Glyphs = slices.Clone(p.Glyphs)
		p.Glyphs[0].Text = "\u00ad"
		l.hyphen = []font.Piece{p}
	}
	w := width(l.hyphen, l.style.Size)
	return item{kind: penalty, hyphen: true, penalty: 50, look: l, pieces: l.hyphen, width: w, right: w.Scale(45, 100)}
}

// fixed returns a space that does not break.
func (c *Composer) fixed(t *text, at int) item {
	it := c.space(t, at)
	it.kind = hard
	if t.runes[at] == tidy.Narrow {
		it.width = it.width.Scale(7, 10)
		it.stretch, it.shrink = 0, 0
	}
	return it
}

// space returns the space of a look. Justified, it may grow by half and shrink by a third.
func (c *Composer) space(t *text, at int) item {
	l := t.looks[at]
	if l.space == nil {
		l.space = c.shaped(l, false, []rune{' '}).Pieces
	}
	it := item{kind: glue, level: t.level(at), look: l, pieces: l.space, width: width(l.space, l.style.Size)}
	if t.shape.Align == Justify {
		it.stretch, it.shrink = it.width/2, it.width/3
	}
	return it
}

// gap appends what stands between two words: the spaces t.runes[start:end], or a
// place to break without one.
func (c *Composer) gap(out []item, t *text, start, end int, forced bool) []item {
	if end == len(t.runes) {
		return out
	}
	l := t.looks[max(0, start-1)]
	if forced {
		return append(out, item{kind: penalty, penalty: never, look: l}, item{kind: glue, stretch: 1 << 30, look: l}, item{kind: penalty, penalty: always, look: l})
	}
	if start == end {
		if n := len(out); n > 0 && out[n-1].kind == penalty { // a soft hyphen
			return out
		}
		if r := t.runes[start-1]; ideographic(r) || ideographic(t.runes[start]) {
			return append(out, item{kind: penalty, look: l, level: t.level(start)}, item{kind: glue, stretch: l.style.Size.Scale(8, 100), shrink: l.style.Size.Scale(2, 100), look: l, level: t.level(start)})
		}
		return append(out, item{kind: penalty, penalty: 50, look: l, level: t.level(start)})
	}
	if t.runes[start] == '\u200b' {
		return append(out, item{kind: penalty, penalty: 100, look: l, level: t.level(start)})
	}
	return append(out, c.space(t, start))
}

// ideographic says whether lines may break around a character without a space.
func ideographic(r rune) bool {
	return r >= 0x2e80 && r <= 0x9fff || r >= 0xac00 && r <= 0xd7a3 || r >= 0xf900 && r <= 0xfaff || r >= 0xff00 && r <= 0xffef || r >= 0x20000
}

// hangLeft and hangRight say by how much of its width a mark hangs into the
// margin, in parts of a thousand.
func hangLeft(r rune) int {
	switch r {
	case '“', '‘', '„', '"', '\'', '«', '‹':
		return 500
	case '(', '[':
		return 150
	}
	return 0
}

func hangRight(r rune) int {
	switch r {
	case '.', ',':
		return 550
	case '-', '‐', '’', '”', '"', '\'', '»', '›':
		return 450
	case ';', ':', '!', '?', '–', '—', '…':
		return 250
	case ')', ']':
		return 150
	}
	return 0
}

// thaiBreak says whether a Thai syllable begins at a place: before a vowel that
// is written in front of its consonant. Thai has no spaces between words; without
// a dictionary these are the places known to be sound.
func thaiBreak(rs []rune, at int) bool {
	front := func(r rune) bool { return r >= 0x0e40 && r <= 0x0e44 }
	thai := func(r rune) bool { return r >= 0x0e01 && r <= 0x0e5b }
	return at > 0 && at < len(rs) && front(rs[at]) && thai(rs[at-1]) && !front(rs[at-1])
}
