// Package look is how the booklet looks: the measures of its pages, its letters
// and colours, and the drawings of plates, marks, maps and charts as shapes for
// print. It knows no pages and no records.
package look

import (
	"uccn/generator/internal/memo"
	"uccn/generator/internal/model"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/pdf/vector"
	"uccn/generator/internal/plate"
	"uccn/generator/internal/render/ink"
	"uccn/generator/internal/typeset"
	"uccn/generator/internal/typeset/font"
)

// Length is a distance in thousandths of a point.
type Length = typeset.Length

// A Look is the measures and letters of a book. All lengths follow from the
// size of its page: they are drawn for A5, widths grow with the paper and
// letters about half as much.
type Look struct {
	Fonts font.Set
	W, H  Length // the trimmed page
	Bleed Length
	RTL   bool
	Lang  string

	Inner, Outer, Top, Bottom Length // margins; Bottom is where texts end, from the upper edge
	Folio                     Length // the upper edge of the feet

	Ink, Muted, White, Faint, Land pdf.Color

	parts, sizes int // of widths and of letters, in thousandths of those for A5

	coast memo.Map[string, vector.Path] // of the world
}

// paper returns the trimmed size of a page in millimetres.
func paper(size string) (w, h float64) {
	switch size {
	case "A4":
		return 210, 297
	case "A6":
		return 105, 148
	case "B5":
		return 176, 250
	case "US-Letter":
		return 215.9, 279.4
	case "US-Digest":
		return 139.7, 215.9
	}
	return 148, 210
}

// New returns the look of a page in a language.
func New(fonts font.Set, page model.PageSize, lang string) *Look {
	w, h := paper(page.Size)
	bleed := page.Bleed
	if bleed == 0 {
		bleed = 3
	}
	l := &Look{Fonts: fonts, W: pdf.MM(w), H: pdf.MM(h), Bleed: pdf.MM(bleed), Lang: lang, RTL: ink.RightToLeft(lang),
		Ink: pdf.Hex("#15181c"), Muted: pdf.Hex("#555b63"), White: pdf.Hex("#fff"), Faint: pdf.Hex("#c9ced3"), Land: pdf.Hex("#b4bcc3")}
	l.parts = int(w / 148 * 1000)
	l.sizes = 1000 + (l.parts-1000)*11/20
	l.Inner, l.Outer, l.Top = l.MM(16), l.MM(13), l.MM(15)
	l.Bottom, l.Folio = l.H-l.MM(19), l.H-l.MM(13)
	return l
}

// MM returns a width that is so many millimetres on A5.
func (l *Look) MM(v float64) Length { return pdf.MM(v).Scale(l.parts, 1000) }

// Pt returns a size of letters that is so many points on A5.
func (l *Look) Pt(v float64) Length { return pdf.Points(v).Scale(l.sizes, 1000) }

// Shape returns a paragraph's look in the book's language.
func (l *Look) Shape(stack *font.Stack, size, leading float64, color pdf.Color) typeset.Shape {
	return typeset.Shape{
		Style:   typeset.Style{Font: stack, Size: l.Pt(size), Color: color, Lang: l.Lang},
		Leading: l.Pt(leading), RTL: l.RTL,
	}
}

// In turns a look to another language.
func In(s typeset.Shape, lang string) typeset.Shape {
	if lang != "" {
		s.Lang, s.RTL = lang, ink.RightToLeft(lang)
	}
	return s
}

// Sided turns a look to another language and keeps the side where the lines of
// the book begin: for names and titles, which stand in the order of the book.
func (l *Look) Sided(s typeset.Shape, lang string) typeset.Shape {
	s = In(s, lang)
	if s.RTL != l.RTL {
		s.Align = typeset.End
	}
	return s
}

// Spoken is words in a language, for a line in that of the book.
func Spoken(text, lang string, st typeset.Style) []typeset.Span {
	st.Lang = lang
	return []typeset.Span{{Text: text, Style: &st}}
}

// Inked gives a look another colour.
func Inked(s typeset.Shape, c pdf.Color) typeset.Shape {
	s.Color = c
	return s
}

// After puts a space below a paragraph.
func After(s typeset.Shape, space Length) typeset.Shape {
	s.After = space
	return s
}

// Body is the text of a profile.
func (l *Look) Body() typeset.Shape {
	s := l.Shape(l.Fonts.Text, 9.3, 12.4, l.Ink)
	s.Align = typeset.Justify
	return s
}

// Small is the text of imprints, notes and lists.
func (l *Look) Small() typeset.Shape { return l.Shape(l.Fonts.Text, 8.2, 10.8, l.Ink) }

// Label is the name of a fact.
func (l *Look) Label() typeset.Shape {
	s := l.Shape(l.Fonts.Sans, 6.6, 8.6, l.Muted)
	s.NoHyphen, s.KeepNext = true, true
	return s
}

// Value is a fact.
func (l *Look) Value() typeset.Shape {
	s := l.Shape(l.Fonts.Strong, 7.6, 9.6, l.Ink)
	s.Features = "tnum"
	return s
}

// Tiny is sources and credits.
func (l *Look) Tiny() typeset.Shape { return l.Shape(l.Fonts.Sans, 5.9, 7.6, l.Muted) }

// Title opens a chapter.
func (l *Look) Title() typeset.Shape {
	s := l.Shape(l.Fonts.Title, 24, 26, l.Ink)
	s.Track, s.NoHyphen, s.KeepNext = l.Track(-18), true, true
	return s
}

// Heading opens a part of a chapter.
func (l *Look) Heading() typeset.Shape {
	s := l.Shape(l.Fonts.Title, 12, 14.4, l.Ink)
	s.Track, s.NoHyphen, s.KeepNext = l.Track(-8), true, true
	s.Before, s.After = l.Pt(10), l.Pt(3)
	return s
}

// Minor opens a part of a text.
func (l *Look) Minor() typeset.Shape {
	s := l.Shape(l.Fonts.Strong, 8.6, 11.4, l.Ink)
	s.NoHyphen, s.KeepNext = true, true
	s.Before, s.After = l.Pt(6), l.Pt(1.5)
	return s
}

// Track is space between letters, which joined scripts do not take.
func (l *Look) Track(n int) int {
	if l.RTL {
		return 0
	}
	return n
}

// Palette is the colours of a field in print.
type Palette struct {
	plate.Palette
	Ink pdf.Color // of words and grounds
}

// NewPalette returns the palette of a field's colour.
func NewPalette(colour string) Palette {
	p := ink.Palette(colour)
	return Palette{p, pdf.Hex(p.Solid)}
}

// Outline reads path data that our own engines write.
func Outline(data string) vector.Path {
	p, err := vector.ParsePath(data)
	if err != nil {
		panic("path of a drawing of ours: " + err.Error())
	}
	return p
}
