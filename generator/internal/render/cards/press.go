package cards

import (
	"image"

	"uccn/generator/internal/pdf"
	"uccn/generator/internal/pdf/vector"
	"uccn/generator/internal/raster"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/ink"
	"uccn/generator/internal/typeset/font"
)

// The measures of a card, in pixels. Across, they are those of a card that runs
// to the right: the plate stands at the left edge, the words right of it.
const (
	plateWidth = 504 // a plate of 4 × 5 at the height of the card
	gap        = 6   // between the plates of a mosaic

	left, right = 560, 1144 // of the words

	labelLine = 92 // baselines and tops, from above
	nameTop   = 130
	factsLine = 494
	ruleTop   = 530
	siteLine  = 588

	labelSize = 32
	siteSize  = 28
	markSide  = 28
)

// nameSizes are the sizes that a name may have, the largest that fits being
// taken; factSizes those of the line of facts.
func nameSizes() []float64 {
	return []float64{150, 138, 126, 115, 105, 96, 88, 80, 73, 67, 61, 56, 51, 47, 43}
}
func factSizes() []float64  { return []float64{32, 30, 28} }
func localSizes() []float64 { return []float64{54, 50, 46, 42, 38, 34, 30} }

// A press draws cards, one after the other. It is for one goroutine.
type press struct {
	fonts  font.Set
	canvas *raster.Canvas
	*setter

	paper, ink, muted vector.RGB
}

func newPress(set font.Set) *press {
	return &press{fonts: set, canvas: raster.New(render.CardWidth, render.CardHeight), setter: newSetter(),
		paper: rgb("#f7f8f7"), ink: rgb("#15181c"), muted: rgb("#555b63")}
}

func rgb(hex string) vector.RGB { return vector.RGB(pdf.Hex(hex)) }

// draw returns a card as PNG. The words come first: they take the colours of
// the edges that they need.
func (p *press) draw(c *card) []byte {
	areas := []vector.RGB{p.ink, p.muted}
	for _, s := range c.plates {
		areas = append(areas, rgb(s.Colours.Solid), rgb(s.Colours.Bright), rgb(s.Colours.Deep))
	}
	for _, s := range c.spines {
		areas = append(areas, rgb(s.colour))
	}
	p.canvas.Clear(p.paper, append(areas, rgb("#fff"))...)
	colour := rgb(c.field.Solid)
	if c.pattern == "" {
		colour = p.muted
	}
	p.label(c, colour)
	facts := p.facts(c)
	top := factsLine - 1.3*facts.size*float64(max(0, len(facts.lines)-1))
	p.name(c, top-60-nameTop)
	p.put(c, facts, top, 1.3, p.ink)
	p.canvas.Fill(mirror(c, image.Rect(left, ruleTop, right, ruleTop+3)), p.ink)
	p.foot(c)
	p.plates(c)
	return p.canvas.PNG()
}

// mirror turns a box around for a card that runs to the left.
func mirror(c *card, r image.Rectangle) image.Rectangle {
	if c.rtl {
		r.Min.X, r.Max.X = render.CardWidth-r.Max.X, render.CardWidth-r.Min.X
	}
	return r
}

// put draws lines, the first standing at a height, from the side where lines of
// the card begin.
func (p *press) put(c *card, s setting, y, leading float64, colour vector.RGB) {
	for i, l := range s.lines {
		p.line(c, l, left, y+float64(i)*leading*s.size, s.size, colour)
	}
}

// line draws a line whose ink begins at x, as measured on a card that runs to
// the right.
func (p *press) line(c *card, l line, x, y, size float64, colour vector.RGB) {
	at := x
	if c.rtl {
		at = render.CardWidth - x - float64(l.width)*size/1000
	}
	at += p.bearing(l, c.rtl) * size / 1000
	for _, q := range l.pieces {
		p.canvas.Glyphs(q.font, q.glyphs, at+float64(q.x)*size/1000, y, size, colour)
	}
}

// bearing returns how far a line must be moved, in thousandths of an em, for its
// ink and not its empty margin to begin where lines begin.
func (p *press) bearing(l line, rtl bool) float64 {
	if len(l.pieces) == 0 {
		return 0
	}
	first := l.pieces[0]
	if rtl {
		first = l.pieces[len(l.pieces)-1]
	}
	if len(first.glyphs) == 0 {
		return 0
	}
	g := first.glyphs[0]
	if rtl {
		g = first.glyphs[len(first.glyphs)-1]
	}
	low, high := p.canvas.Ink(first.font, g.ID)
	const most = 120 // a sign that stands far from its edge does so on purpose
	switch {
	case g.Blank || low == high:
		return 0
	case rtl:
		return float64(max(0, min(most, int(g.Adv-g.DX)-high)))
	}
	return -float64(max(-most, min(most, low+int(g.DX))))
}

// label draws the mark of the field and what the record is.
func (p *press) label(c *card, colour vector.RGB) {
	x := float64(left)
	if c.pattern != "" {
		top := labelLine - markSide + 3
		p.canvas.Drawing(mirror(c, image.Rect(left, top, left+markSide, top+markSide)), ink.Mark(c.pattern, c.field.Solid))
		x += markSide + 14
	}
	s := p.sized(face{stack: p.fonts.Strong, lang: c.lang, rtl: c.rtl}, c.label, []float64{labelSize, 30, 28, 26}, 1.3, right-x, 42)
	for _, l := range s.lines {
		p.line(c, l, x, labelLine, s.size, colour)
	}
}

// facts sets the facts in a line or, where they are too long, in two.
func (p *press) facts(c *card) setting {
	f := face{stack: p.fonts.Strong, lang: c.lang, rtl: c.rtl}
	words := p.words(f, c.facts)
	s := p.fit(f, words, factSizes(), 1.3, right-left, 2*1.3*labelSize)
	if len(s.lines) < 2 {
		return s
	}
	if one := p.fit(f, words, factSizes(), 1.3, right-left, 1.3*labelSize); joined(words) == one.text {
		return one
	}
	return s
}

// name draws the name as large as a height lets it be, and the local name under
// it.
func (p *press) name(c *card, room float64) {
	var own setting
	if c.local.text != "" {
		own = p.sized(face{stack: p.fonts.Strong, lang: c.local.lang, rtl: c.rtl}, c.local.text, localSizes(), 1.3, right-left, 80)
		room -= 1.5 * own.size
	}
	f := face{stack: p.fonts.Title, lang: c.name.lang, rtl: c.rtl}
	height := 1.0 // from line to line, in ems
	if tall(c.name.text) {
		height = 1.25
	} else {
		f.track = -24
	}
	words := p.words(f, c.name.text)
	s := p.fit(f, words, nameSizes(), height, right-left, room)
	if whole := glued(words); len(whole) < len(words) { // a line ends after a hyphen only where that gains much
		if t := p.fit(f, whole, nameSizes(), height, right-left, room); t.size > .65*s.size {
			s = t
		}
	}
	first := nameTop + .86*s.size
	p.put(c, s, first, height, p.ink)
	last := first + float64(max(0, len(s.lines)-1))*height*s.size
	p.put(c, own, last+(height-.7)*s.size+own.size, 1.3, p.muted)
}

// tall says whether a text is in a script whose letters reach further up and
// down than those of Latin.
func tall(text string) bool {
	for _, r := range text {
		if r >= 0x0590 && r < 0x1e00 || r >= 0xfb1d && r <= 0xfeff {
			return true
		}
	}
	return false
}

// foot draws the sign of the site, a spine for each field, and its name.
func (p *press) foot(c *card) {
	const side, space = 30, 2
	all := 0
	for _, s := range c.spines {
		all += s.part
	}
	x := left
	for i, s := range c.spines {
		w := max(2, (side+12-space*(len(c.spines)-1))*s.part/max(1, all))
		if i == len(c.spines)-1 {
			w = max(2, left+side+12-x)
		}
		p.canvas.Fill(mirror(c, image.Rect(x, siteLine-side+4, x+w, siteLine+4)), rgb(s.colour))
		x += w + space
	}
	l := p.set(face{stack: p.fonts.Strong, lang: c.lang, rtl: c.rtl}, c.site)
	p.line(c, l, float64(x)+12, siteLine, siteSize, p.ink)
}

// plates draws the plates at the side of the card: as spines, or as a mosaic of
// one row or two.
func (p *press) plates(c *card) {
	var boxes []image.Rectangle
	if c.weights != nil {
		boxes = spines(c.weights)
	} else {
		boxes = mosaic(len(c.plates))
	}
	for i, r := range boxes {
		if r.Empty() {
			continue
		}
		s := c.plates[i]
		if s.Colours.White == "" {
			s.Colours.White = "#fff"
		}
		p.canvas.Drawing(mirror(c, r), ink.Plate(s, pdf.Length(r.Dx()), pdf.Length(r.Dy())))
	}
}

// spines divides the place of the plate into upright parts.
func spines(weights []int) []image.Rectangle {
	all := 0
	for _, w := range weights {
		all += w
	}
	out := make([]image.Rectangle, len(weights))
	sum := 0
	for i, w := range weights {
		from := plateWidth * sum / max(1, all)
		sum += w
		to := plateWidth * sum / max(1, all)
		if i < len(weights)-1 {
			to -= gap
		}
		out[i] = image.Rect(from, 0, max(from, to), render.CardHeight)
	}
	return out
}

// mosaic divides the place of the plate into n parts: in one row or two, a part
// alone in its row being as wide as the row.
func mosaic(n int) []image.Rectangle {
	rows := [tiles + 1][]int{{}, {1}, {1, 1}, {1, 2}, {2, 2}}[min(n, tiles)]
	var out []image.Rectangle
	for i, k := range rows {
		y0, y1 := divide(render.CardHeight, len(rows), i)
		for j := range k {
			x0, x1 := divide(plateWidth, k, j)
			out = append(out, image.Rect(x0, y0, x1, y1))
		}
	}
	return out
}

// divide returns part i of n equal parts of a length with gaps between them.
func divide(length, n, i int) (from, to int) {
	return (length + gap) * i / n, (length+gap)*(i+1)/n - gap
}
