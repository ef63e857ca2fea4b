package panels

import (
	"strings"

	"uccn/generator/internal/pdf"
	"uccn/generator/internal/render/ink"
	"uccn/generator/internal/typeset"
)

// label makes a label of A6: a band in the field's colour, number, title, cities,
// one sentence and the code.
func (s *sheet) label() {
	band := pdf.MM(17)
	s.Fill(pdf.Rect{X: -s.bleed, Y: -s.bleed, W: s.w + 2*s.bleed, H: band + s.bleed}, pdf.Hex(s.work.Palette.Solid))
	s.plate(band)
	code := pdf.MM(26)
	margin := pdf.MM(9)
	r := s.mirror(pdf.Rect{X: margin, Y: band + pdf.MM(7), W: s.w - 2*margin, H: s.h - band - pdf.MM(15)})
	at := pdf.Rect{X: s.w - margin - code + pdf.MM(2), Y: s.h - pdf.MM(6) - code, W: code, H: code}
	if s.work.Landscape {
		r.W -= code + pdf.MM(5)
		if s.rtl {
			r.X = s.w - margin - r.W
		}
	} else {
		r.H -= code
	}
	foot := s.below(r.W)
	h := s.height(foot.width, foot.blocks...)
	if s.work.Landscape {
		r.H -= h + pdf.MM(2)
	}
	s.fill(r)
	low := pdf.Rect{X: r.X, Y: s.h - pdf.MM(8) - h, W: foot.width}
	if s.rtl {
		low.X += r.W - foot.width
	}
	s.put(low, foot.blocks...)
	if s.work.Address != "" {
		s.qr(s.mirror(at))
	}
}

// plate is a strip of the work's plate in the band.
func (s *sheet) plate(band pdf.Length) {
	w := pdf.MM(40)
	at := s.mirror(pdf.Rect{X: s.w - w, Y: -s.bleed, W: w + s.bleed, H: band + s.bleed})
	s.Drawing(at, ink.Plate(s.work.Plate, at.W, at.H), nil)
}

// fill sets the words of a label. One sentence is enough; when even that does not
// fit at the least size, the title and the cities stand alone.
func (s *sheet) fill(r pdf.Rect) {
	kicker := s.shape(s.fonts.Sans, 25, 34, mutedColour, s.made.Lang)
	kicker.After = pdf.MM(.8)
	size := 58.0
	if len([]rune(s.work.Title)) > 36 {
		size = 46
	}
	title := s.shape(s.fonts.Title, size, size*1.08, inkColour, s.work.Lang)
	title.After = pdf.MM(2)
	spaced(&title, -12)
	cities := s.shape(s.fonts.Strong, 26, 33, s.work.Palette.Solid, s.made.Lang)
	cities.After = pdf.MM(3)
	head := s.words(pair{s.work.Kicker, kicker, ""}, pair{s.work.Title, title, "H1"}, pair{s.work.Cities, cities, ""})
	body := s.shape(s.fonts.Text, leastText, leastText*1.34, inkColour, s.work.Lang)
	said := s.work.Quote
	if said == "" {
		said = s.work.Summary
	}
	for _, text := range []string{said, first(said), ""} {
		blocks := head
		blocks = append(blocks[:len(blocks):len(blocks)], s.words(pair{text, body, ""})...)
		if s.height(r.W, blocks...) <= r.H || text == "" {
			s.put(r, blocks...)
			return
		}
	}
}

// A footer is what stands at the foot of a label, and how wide it may be.
type footer struct {
	width  pdf.Length
	blocks []typeset.Block
}

// below is the field and the goals, beside the code on an upright label and under
// the text on a level one.
func (s *sheet) below(w pdf.Length) footer {
	look := s.shape(s.fonts.Sans, leastSmall, 31, mutedColour, s.made.Lang)
	if !s.work.Landscape {
		w -= pdf.MM(28)
	}
	return footer{w, s.words(pair{s.work.Field, look, ""}, pair{s.work.Goals, look, ""})}
}

// first is the first sentence of a text.
func first(s string) string {
	if i := strings.Index(s, ". "); i > 0 {
		return s[:i+1]
	}
	return s
}
