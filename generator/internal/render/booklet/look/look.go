package booklet

import (
	"strings"

	"uccn/generator/internal/model"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/pdf/vector"
	"uccn/generator/internal/plate"
	"uccn/generator/internal/typeset"
	"uccn/generator/internal/typeset/font"
)

// length is a distance in thousandths of a point.
type length = typeset.Length

// A look is the measures and letters of a book. All lengths follow from the
// size of its page: they are drawn for A5, widths grow with the paper and
// letters about half as much.
type look struct {
	fonts font.Set
	w, h  length // the trimmed page
	bleed length
	rtl   bool
	lang  string

	inner, outer, top, bottom length // margins; bottom is where texts end, from the upper edge
	folio                     length // the upper edge of the feet
	parts, sizes              int    // of widths and of letters, in thousandths of those for A5

	ink, muted, white, faint, land pdf.Color
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

func newLook(fonts font.Set, page model.PageSize, lang string) *look {
	w, h := paper(page.Size)
	bleed := page.Bleed
	if bleed == 0 {
		bleed = 3
	}
	l := &look{fonts: fonts, w: pdf.MM(w), h: pdf.MM(h), bleed: pdf.MM(bleed), lang: lang, rtl: rightToLeft(lang),
		ink: pdf.Hex("#15181c"), muted: pdf.Hex("#555b63"), white: pdf.Hex("#fff"), faint: pdf.Hex("#c9ced3"), land: pdf.Hex("#b4bcc3")}
	l.parts = int(w / 148 * 1000)
	l.sizes = 1000 + (l.parts-1000)*11/20
	l.inner, l.outer, l.top = l.mm(16), l.mm(13), l.mm(15)
	l.bottom, l.folio = l.h-l.mm(19), l.h-l.mm(13)
	return l
}

// mm returns a width that is so many millimetres on A5.
func (l *look) mm(v float64) length { return pdf.MM(v).Scale(l.parts, 1000) }

// pt returns a size of letters that is so many points on A5.
func (l *look) pt(v float64) length { return pdf.Points(v).Scale(l.sizes, 1000) }

// rightToLeft says whether a language is written from right to left.
func rightToLeft(lang string) bool {
	base, _, _ := strings.Cut(lang, "-")
	switch base {
	case "ar", "he", "fa", "ur", "ps", "dv", "yi", "ckb", "sd", "ug":
		return true
	}
	return false
}

// shape returns a paragraph's look in the book's language.
func (l *look) shape(stack *font.Stack, size, leading float64, color pdf.Color) typeset.Shape {
	return typeset.Shape{
		Style:   typeset.Style{Font: stack, Size: l.pt(size), Color: color, Lang: l.lang},
		Leading: l.pt(leading), RTL: l.rtl,
	}
}

// in turns a look to another language.
func in(s typeset.Shape, lang string) typeset.Shape {
	if lang != "" {
		s.Lang, s.RTL = lang, rightToLeft(lang)
	}
	return s
}

// sided turns a look to another language and keeps the side where the lines of
// the book begin: for names and titles, which stand in the order of the book.
func (l *look) sided(s typeset.Shape, lang string) typeset.Shape {
	s = in(s, lang)
	if s.RTL != l.rtl {
		s.Align = typeset.End
	}
	return s
}

// spoken is words in a language, for a line in that of the book.
func spoken(text, lang string, st typeset.Style) []typeset.Span {
	st.Lang = lang
	return []typeset.Span{{Text: text, Style: &st}}
}

// inked gives a look another colour.
func inked(s typeset.Shape, c pdf.Color) typeset.Shape {
	s.Color = c
	return s
}

// after puts a space below a paragraph.
func after(s typeset.Shape, space length) typeset.Shape {
	s.After = space
	return s
}

// body is the text of a profile.
func (l *look) body() typeset.Shape {
	s := l.shape(l.fonts.Text, 9.3, 12.4, l.ink)
	s.Align = typeset.Justify
	return s
}

// small is the text of imprints, notes and lists.
func (l *look) small() typeset.Shape { return l.shape(l.fonts.Text, 8.2, 10.8, l.ink) }

// label names a fact; value is the fact.
func (l *look) label() typeset.Shape {
	s := l.shape(l.fonts.Sans, 6.6, 8.6, l.muted)
	s.NoHyphen, s.KeepNext = true, true
	return s
}

func (l *look) value() typeset.Shape {
	s := l.shape(l.fonts.Strong, 7.6, 9.6, l.ink)
	s.Features = "tnum"
	return s
}

// tiny is sources and credits.
func (l *look) tiny() typeset.Shape { return l.shape(l.fonts.Sans, 5.9, 7.6, l.muted) }

// title opens a chapter, heading a part of it, minor a part of a text.
func (l *look) title() typeset.Shape {
	s := l.shape(l.fonts.Title, 24, 26, l.ink)
	s.Track, s.NoHyphen, s.KeepNext = l.track(-18), true, true
	return s
}

func (l *look) heading() typeset.Shape {
	s := l.shape(l.fonts.Title, 12, 14.4, l.ink)
	s.Track, s.NoHyphen, s.KeepNext = l.track(-8), true, true
	s.Before, s.After = l.pt(10), l.pt(3)
	return s
}

func (l *look) minor() typeset.Shape {
	s := l.shape(l.fonts.Strong, 8.6, 11.4, l.ink)
	s.NoHyphen, s.KeepNext = true, true
	s.Before, s.After = l.pt(6), l.pt(1.5)
	return s
}

// track is space between letters, which joined scripts do not take.
func (l *look) track(n int) int {
	if l.rtl {
		return 0
	}
	return n
}

// palette is the colours of a field in print.
type palette struct {
	plate.Palette
	solid, deep, tint pdf.Color
}

func newPalette(colour string) palette {
	p, err := plate.NewPalette(colour)
	if err != nil { // a field without a colour of its own, or one that is reported elsewhere
		p, _ = plate.NewPalette("#555b63")
	}
	return palette{p, pdf.Hex(p.Solid), pdf.Hex(p.Deep), pdf.Hex(p.Tint)}
}

// rgb reads a colour that our own engines write.
func rgb(hex string) *vector.RGB {
	c := vector.RGB(pdf.Hex(hex))
	return &c
}

// outline reads path data that our own engines write.
func outline(data string) vector.Path {
	p, err := vector.ParsePath(data)
	if err != nil {
		panic("path of a drawing of ours: " + err.Error())
	}
	return p
}

// drawn turns a plate into a drawing, cut to the shape of a frame: what is too
// wide or too high is left out evenly on both sides.
func drawn(s plate.Subject, w, h length) vector.Drawing {
	d := vector.Drawing{W: plate.Width, H: plate.Height}
	if int64(w)*plate.Height > int64(h)*plate.Width {
		d.H = plate.Width * float64(h) / float64(w)
		d.Y = (plate.Height - d.H) / 2
	} else {
		d.W = plate.Height * float64(w) / float64(h)
		d.X = (plate.Width - d.W) / 2
	}
	for _, sh := range plate.Draw(s) {
		v := vector.Shape{Path: outline(sh.Path)}
		if sh.Stroke != "" {
			v.Stroke, v.Width = rgb(sh.Stroke), sh.Weight
		} else {
			v.Fill = rgb(sh.Fill)
		}
		d.Shapes = append(d.Shapes, v)
	}
	return d
}

// mark is the sign of a field.
func mark(pattern string, c pdf.Color) vector.Drawing {
	fill := vector.RGB(c)
	return vector.Drawing{W: plate.MarkSize, H: plate.MarkSize, Shapes: []vector.Shape{{Path: outline(plate.Mark(pattern)), Fill: &fill}}}
}
