package panels

import (
	"math"
	"slices"
	"strconv"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/model"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/render/ink"
	"uccn/generator/internal/typeset"
	"uccn/generator/internal/typeset/font"
)

// The least sizes of letters, in points for each metre from which a print is
// read: 35 for running text, 24 for the rest. They are those of the Canadian
// Museum for Human Rights for panels before which visitors stand (Graphic
// Standards for Exhibits, 5.5), which has 35 for body text and 24 for captions
// and labels. Lines have at most 55 letters or so, as the Smithsonian Guidelines for
// Accessible Exhibition Design ask (III, line length).
const (
	leastText  = 35.0
	leastSmall = 24.0
)

// A panel of A2 is read from one metre, larger and smaller ones in proportion to
// their sides; a label from 40 centimetres.
const (
	a2Width       = 420.0
	labelDistance = 0.4
)

// sides returns the paper's shorter and longer side in millimetres (ISO 216).
func sides(size string) (short, long float64) {
	switch size {
	case "A0":
		return 841, 1189
	case "A1":
		return 594, 841
	case "A3":
		return 297, 420
	}
	return a2Width, 594
}

// frame returns how wide and how high the picture of a panel is, with its bleed,
// in millimetres: the upper part of an upright one, the side of a level one.
func frame(p model.PageSize, landscape bool) (w, h float64) {
	short, long := sides(p.Size)
	if landscape {
		return long*.42 + p.Bleed, short + 2*p.Bleed
	}
	return short + 2*p.Bleed, long*.46 + p.Bleed
}

// A sheet is a page in the making.
type sheet struct {
	*typeset.Page
	fonts    font.Set
	c        *typeset.Composer
	made     made
	work     work
	tag      *pdf.Tag
	metres   float64 // from which it is read
	w, h     pdf.Length
	bleed    pdf.Length
	rtl      bool // of the page; texts have directions of their own
	problems diag.List
}

func newSheet(fonts font.Set, c *typeset.Composer, m made, w work) *sheet {
	short, long := sides(m.Paper.Size)
	s := &sheet{fonts: fonts, c: c, made: m, work: w, tag: &pdf.Tag{Role: "Sect"}, metres: short / a2Width, rtl: ink.RightToLeft(m.Lang), bleed: pdf.MM(m.Paper.Bleed)}
	if m.Labels {
		short, long, s.metres, s.bleed = 105, 148, labelDistance, pdf.MM(3)
	}
	s.w, s.h = pdf.MM(short), pdf.MM(long)
	if w.Landscape {
		s.w, s.h = s.h, s.w
	}
	s.Page = &typeset.Page{Size: pdf.Page{W: s.w, H: s.h, Bleed: s.bleed}, Label: w.ID}
	if m.Paper.Marks {
		s.Page.Size.Slug = pdf.MM(10)
	}
	return s
}

// mm is a length that is so many millimetres on a panel of A2.
func (s *sheet) mm(v float64) pdf.Length { return pdf.MM(v * s.metres) }

// shape is a look of letters of so many points on a panel of A2, which is read
// from a metre.
func (s *sheet) shape(stack *font.Stack, size, leading float64, color, lang string) typeset.Shape {
	return typeset.Shape{
		Style:   typeset.Style{Font: stack, Size: pdf.Points(size * s.metres), Color: pdf.Hex(color), Lang: lang},
		Leading: pdf.Points(leading * s.metres), RTL: ink.RightToLeft(lang), NoHyphen: true,
	}
}

const (
	inkColour   = "#15181c"
	mutedColour = "#555b63"
)

// mirror turns a box to the other side on a page that runs from right to left.
func (s *sheet) mirror(r pdf.Rect) pdf.Rect {
	if s.rtl {
		return r.Mirror(s.w)
	}
	return r
}

// put sets blocks in a box and returns their height.
func (s *sheet) put(r pdf.Rect, blocks ...typeset.Block) pdf.Length {
	g := s.c.Galley(r.W, s.tag, blocks...)
	if g.Empty() {
		return 0
	}
	r.H = g.Height(0)
	return g.Pour(s.Page, typeset.Frame{Rect: r})
}

// panel makes a panel: the picture, the title, what is said, and a foot with the
// code. Long texts take smaller letters, down to the least, and then a lower
// picture.
func (s *sheet) panel() {
	share := 1000
	size := 46.0
	r := s.room(share)
	foot := s.foot(r.W)
	head := s.head()
	fits := func() bool {
		r = s.room(share)
		return s.height(r.W, append(slices.Clone(head), s.said(size, s.work.Text)...)...) <= r.H-foot
	}
	for !fits() && size > leastText {
		size = max(leastText, size-2)
	}
	for !fits() && share > 500 && !s.work.Landscape {
		share -= 100
	}
	text := s.work.Text
	if !fits() {
		over := s.over(r.W, r.H-foot, append(slices.Clone(head), s.said(size, text)...))
		d := s.problems.Warnf(s.work.at, "overfull-panel", "the text of %q is %d words too long for its panel; its summary is printed instead", s.work.Title, over)
		d.Hint = "shorten the text, or give the exhibition larger panels; letters have the least size that can be read from " + metres(s.metres)
		text = nil
		if s.work.Summary != "" {
			text = []string{s.work.Summary}
		}
		size, share = 46, 1000
		r = s.room(share)
	}
	s.picture(share)
	s.put(r, append(head, s.said(size, text)...)...)
	s.drawFoot(pdf.Rect{X: r.X, Y: r.Y + r.H - foot, W: r.W, H: foot})
}

// metres writes a distance.
func metres(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64) + " m" }

// room is where the words of a panel stand; share is that of the picture's height,
// in thousandths.
func (s *sheet) room(share int) pdf.Rect {
	w, h := frame(s.made.Paper, s.work.Landscape)
	if s.work.Landscape {
		side := pdf.MM(w - s.made.Paper.Bleed)
		return s.mirror(pdf.Rect{X: side + s.mm(26), Y: s.mm(28), W: s.w - side - s.mm(52), H: s.h - s.mm(50)})
	}
	top := pdf.MM(h-s.made.Paper.Bleed).Scale(share, 1000)
	return s.mirror(pdf.Rect{X: s.mm(28), Y: top + s.mm(20), W: s.w - s.mm(56), H: s.h - top - s.mm(44)})
}

// picture draws the photograph or the plate, and a strip of the field's colour.
func (s *sheet) picture(share int) {
	w, h := frame(s.made.Paper, s.work.Landscape)
	r := pdf.Rect{X: -s.bleed, Y: -s.bleed, W: pdf.MM(w), H: pdf.MM(h)}
	strip := pdf.Rect{X: -s.bleed, W: s.w + 2*s.bleed, H: s.mm(5)}
	if s.work.Landscape {
		strip = pdf.Rect{X: r.X + r.W, Y: -s.bleed, W: s.mm(5), H: s.h + 2*s.bleed}
	} else {
		r.H = (r.H-s.bleed).Scale(share, 1000) + s.bleed
		strip.Y = r.Y + r.H
	}
	r, strip = s.mirror(r), s.mirror(strip)
	if s.work.picture != nil {
		s.Picture(r, s.work.picture, typeset.Figure(s.tag, s.work.Photo.Alt, r))
	} else {
		s.Drawing(r, ink.Plate(s.work.Plate, r.W, r.H), nil)
	}
	s.Fill(strip, pdf.Hex(s.work.Palette.Solid))
}

// height is how high blocks are in a column.
func (s *sheet) height(w pdf.Length, blocks ...typeset.Block) pdf.Length {
	return s.c.Galley(w, s.tag, blocks...).Height(0)
}

// over is how many words of blocks do not go into a box.
func (s *sheet) over(w, h pdf.Length, blocks []typeset.Block) int {
	g := s.c.Galley(w, s.tag, blocks...)
	g.Pour(&typeset.Page{Size: s.Page.Size}, typeset.Frame{Rect: pdf.Rect{W: w, H: h}})
	return g.Words()
}

// head is the number, the title and the cities of a work.
func (s *sheet) head() []typeset.Block {
	kicker := s.shape(s.fonts.Sans, 26, 34, mutedColour, s.made.Lang)
	kicker.After = s.mm(2)
	size := 82.0
	if len([]rune(s.work.Title)) > 40 {
		size = 64
	}
	title := s.shape(s.fonts.Title, size, size*1.04, inkColour, s.work.Lang)
	spaced(&title, -18)
	title.After = s.mm(4.5)
	cities := s.shape(s.fonts.Strong, 34, 42, s.work.Palette.Solid, s.made.Lang)
	if len([]rune(s.work.Cities)) > 90 {
		cities = s.shape(s.fonts.Strong, 26, 33, s.work.Palette.Solid, s.made.Lang)
	}
	cities.After = s.mm(8)
	return s.words(pair{s.work.Kicker, kicker, ""}, pair{s.work.Title, title, "H1"}, pair{s.work.Cities, cities, ""})
}

// spaced sets the letters of a title closer, or the lines of a joined script
// further apart: its marks stand high.
func spaced(s *typeset.Shape, track int) {
	if s.RTL {
		s.Leading = s.Size.Scale(132, 100)
		return
	}
	s.Track = track
}

// A pair is a text and how it is set.
type pair struct {
	text  string
	shape typeset.Shape
	role  string
}

// words are paragraphs, without those that are empty.
func (s *sheet) words(list ...pair) []typeset.Block {
	var out []typeset.Block
	for _, x := range list {
		if x.text != "" {
			out = append(out, typeset.Paragraph{Spans: typeset.T(x.text), Shape: x.shape, Role: x.role})
		}
	}
	return out
}

// said is the sentence for the wall and the text.
func (s *sheet) said(size float64, text []string) []typeset.Block {
	quote := s.shape(s.fonts.Italic, size*1.24, size*1.62, inkColour, s.work.Lang)
	quote.After = s.mm(7)
	out := s.words(pair{s.work.Quote, quote, "BlockQuote"})
	body := s.shape(s.fonts.Text, size, size*1.36, inkColour, s.work.Lang)
	body.NoHyphen, body.After = false, s.mm(4)
	for _, t := range text {
		out = append(out, s.words(pair{t, body, ""})...)
	}
	return out
}

// code is the side of a panel's code: one that is scanned from about ten times
// its width.
func (s *sheet) code() pdf.Length { return s.mm(62) }

// markSide is the side of a field's mark, and markGap what stands below it.
const markSide, markGap = 15, 3

// beside is the width of the words beside the code.
func (s *sheet) beside(w pdf.Length) pdf.Length {
	if s.work.Address == "" {
		return w
	}
	return w - s.code() - s.mm(10)
}

// foot is the height that the foot of a panel needs in a column: for the code or
// for the words, whichever is higher, and a space above.
func (s *sheet) foot(w pdf.Length) pdf.Length {
	h := s.height(s.beside(w), s.notes()...)
	if s.work.Field != "" {
		h += s.mm(markSide + markGap)
	}
	if s.work.Address != "" {
		h = max(h, s.code())
	}
	return h + s.mm(8)
}

// notes are the field, the goals and the credit of a picture.
func (s *sheet) notes() []typeset.Block {
	small := s.shape(s.fonts.Sans, leastSmall, 31, mutedColour, s.made.Lang)
	field := s.shape(s.fonts.Strong, 28, 36, s.work.Palette.Solid, s.made.Lang)
	list := []pair{{s.work.Field, field, ""}, {s.work.Goals, small, ""}, {s.work.Photo.Credit, small, ""}}
	if s.work.Address != "" {
		list = append(list, pair{s.made.More, small, ""})
	}
	return s.words(list...)
}

// drawFoot sets the notes at one side and the code at the other.
func (s *sheet) drawFoot(r pdf.Rect) {
	text := r
	text.W = s.beside(r.W)
	if s.work.Address != "" {
		quiet := s.code().Scale(1, 11) // the code's white border stands in the margins
		at := pdf.Rect{X: r.X + r.W - s.code() + quiet, Y: r.Y + r.H - s.code() + quiet, W: s.code(), H: s.code()}
		if s.rtl {
			at.X, text.X = r.X-quiet, r.X+r.W-text.W
		}
		s.qr(at)
	}
	blocks := s.notes()
	text.Y += max(0, r.H-s.height(text.W, blocks...))
	if s.work.Field != "" {
		side := s.mm(markSide)
		at := pdf.Rect{X: text.X, Y: text.Y - side - s.mm(markGap), W: side, H: side}
		if s.rtl {
			at.X += text.W - side
		}
		s.Drawing(at, ink.Mark(s.work.Plate.Pattern, s.work.Palette.Solid), nil) // its name stands below
	}
	s.put(text, blocks...)
}

// qr draws the code of the work's address. An address too long for a code is
// left out, and said.
func (s *sheet) qr(at pdf.Rect) {
	d, err := ink.Code(s.work.Address)
	if err != nil {
		s.problems.Warnf(s.work.at, "no-address", "the address of %q is too long for a code", s.work.Title).Hint = "shorten the name of its file"
		return
	}
	s.Drawing(at, d, typeset.Figure(s.tag, s.made.More+": "+s.work.Address, at))
}
