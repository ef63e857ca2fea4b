package cards

import (
	"unicode"

	"golang.org/x/text/unicode/bidi"

	"uccn/generator/internal/pdf"
	"uccn/generator/internal/typeset/font"
)

// A piece is glyphs of one font in a line.
type piece struct {
	font   pdf.Outliner
	glyphs []pdf.Glyph
	x      int // from the left end of the line, in thousandths of an em
}

// A line is shaped text in the order of the eye.
type line struct {
	pieces []piece
	width  int // thousandths of an em
}

// A setter shapes lines of text. It is for one goroutine.
type setter struct {
	shaper    *font.Shaper
	outliners map[*font.Font]pdf.Outliner
	paragraph bidi.Paragraph
}

func newSetter() *setter {
	return &setter{shaper: font.NewShaper(), outliners: map[*font.Font]pdf.Outliner{}}
}

// A face is how a text looks, at any size.
type face struct {
	stack *font.Stack
	lang  string
	track int  // thousandths of an em
	rtl   bool // of the card: decides where mixed texts begin
}

// set shapes a text as one line.
func (s *setter) set(f face, text string) line {
	var l line
	for _, r := range s.runs(f, text) {
		look := font.Look{Stack: f.stack, Lang: f.lang, RTL: r.rtl, Track: f.track}
		for _, p := range s.shaper.Shape(look, []rune(r.text)) {
			l.pieces = append(l.pieces, piece{s.outliner(p.Font), p.Glyphs, l.width})
			l.width += p.Width
		}
	}
	return l
}

func (s *setter) outliner(f *font.Font) pdf.Outliner {
	o := s.outliners[f]
	if o == nil {
		o = f.Outliner()
		s.outliners[f] = o
	}
	return o
}

// A run is text of one direction.
type run struct {
	text string
	rtl  bool
}

// runs divides a text by direction and puts the parts in the order of the eye
// (Unicode Standard Annex 9, rule L2; names hold no direction inside another
// that is inside a third, but for numbers).
func (s *setter) runs(f face, text string) []run {
	if !f.rtl && !mixed(text) {
		return []run{{text, false}}
	}
	base := bidi.LeftToRight
	if f.rtl {
		base = bidi.RightToLeft
	}
	_, err := s.paragraph.SetString(text, bidi.DefaultDirection(base))
	if err != nil {
		return []run{{text, f.rtl}}
	}
	order, err := s.paragraph.Order()
	if err != nil {
		return []run{{text, f.rtl}}
	}
	var out []run
	for i := range order.NumRuns() {
		r := order.Run(i)
		out = append(out, run{r.String(), r.Direction() == bidi.RightToLeft})
	}
	if f.rtl {
		reverse(out)
		return out
	}
	for i := 0; i < len(out); i++ { // a stretch that runs to the left, with the numbers in it
		end := i
		for k := i; k < len(out) && (out[k].rtl || number(out[k].text)); k++ {
			if out[k].rtl {
				end = k + 1
			}
		}
		if out[i].rtl {
			reverse(out[i:end])
			i = end - 1
		}
	}
	return out
}

func reverse(rs []run) {
	for i, k := 0, len(rs)-1; i < k; i, k = i+1, k-1 {
		rs[i], rs[k] = rs[k], rs[i]
	}
}

// mixed says whether a text holds letters that run to the left.
func mixed(text string) bool {
	for _, r := range text {
		if r >= 0x0590 && r <= 0x08ff || r >= 0xfb1d && r <= 0xfeff || r >= 0x10800 && r <= 0x10fff || r >= 0x1e800 && r <= 0x1efff {
			return true
		}
	}
	return false
}

func number(text string) bool {
	digits := false
	for _, r := range text {
		if unicode.IsLetter(r) {
			return false
		}
		digits = digits || unicode.IsDigit(r)
	}
	return digits
}
