package font

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-text/typesetting/di"
	gofont "github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"

	"uccn/generator/internal/pdf"
)

// A Stack is a list of fonts for one role in a text. A character takes the first
// font that holds it.
type Stack struct{ fonts []*Font }

// NewStack returns a stack of fonts, the wanted one first.
func NewStack(fonts ...*Font) *Stack { return &Stack{fonts: fonts} }

// First returns the font that gives a stack its look and its spaces.
func (s *Stack) First() *Font { return s.fonts[0] }

// Missing is an error: no font of the stack holds a character.
type Missing struct {
	Rune   rune
	Script string // by ISO 15924: "Arab", "Deva"
	Lang   string // of the text
}

func (m Missing) Error() string {
	return fmt.Sprintf("no font holds %q (U+%04X, script %s)", m.Rune, m.Rune, m.Script)
}

// A Piece is a word, or a part of one, in one font.
type Piece struct {
	Font   *Font
	Glyphs []pdf.Glyph
	Width  int // thousandths of an em
	RTL    bool
}

// Look says how a word is to be shaped. Words of equal look and letters share
// their glyphs.
type Look struct {
	Stack    *Stack
	Lang     string
	RTL      bool
	Track    int    // space added after each letter, thousandths of an em
	Features string // OpenType features: "onum,tnum"
}

// A Shaper turns words into glyphs and remembers them. It is for one goroutine.
type Shaper struct {
	engine  shaping.HarfbuzzShaper
	faces   map[*Font]*gofont.Face
	words   map[Look]*Words
	missing map[Missing]bool
	starts  []int // of the characters of the word in hand
}

// Words are the words of one look that a Shaper remembers.
type Words struct {
	shaper *Shaper
	look   Look
	known  map[string]*Word
	buffer []byte
}

// A Word is a word as it is drawn. It is shared; only Parts may be changed.
type Word struct {
	Pieces []Piece // in visual order
	Parts  []Piece // what the caller divides the word into, kept for the next time
}

// NewShaper returns an empty shaper.
func NewShaper() *Shaper {
	return &Shaper{faces: map[*Font]*gofont.Face{}, words: map[Look]*Words{}, missing: map[Missing]bool{}}
}

// Missing returns the characters that no font held since the last call, sorted.
func (s *Shaper) Missing() []Missing {
	out := make([]Missing, 0, len(s.missing))
	for m := range s.missing {
		out = append(out, m)
	}
	clear(s.missing)
	slices.SortFunc(out, func(a, b Missing) int {
		return cmp.Or(cmp.Compare(a.Rune, b.Rune), cmp.Compare(a.Lang, b.Lang))
	})
	return out
}

// Shape returns the pieces of a word in visual order. The result is shared and
// must not be changed. A character that no font holds is drawn as the first
// font's sign for that and reported by Missing.
func (s *Shaper) Shape(look Look, word []rune) []Piece { return s.Words(look).Shape(word).Pieces }

// Words returns the words of a look.
func (s *Shaper) Words(look Look) *Words {
	w := s.words[look]
	if w == nil {
		w = &Words{shaper: s, look: look, known: map[string]*Word{}}
		s.words[look] = w
	}
	return w
}

// Shape returns a word as Shaper.Shape does.
func (w *Words) Shape(word []rune) *Word {
	w.buffer = w.buffer[:0]
	for _, r := range word {
		w.buffer = utf8.AppendRune(w.buffer, r)
	}
	if known := w.known[string(w.buffer)]; known != nil {
		return known
	}
	s := w.shaper
	out := &Word{}
	lost := len(s.missing)
	text := string(w.buffer)
	for start := 0; start < len(word); {
		font, script, end := s.run(w.look, word, start)
		out.Pieces = append(out.Pieces, s.shape(w.look, font, script, word, text, start, end))
		start = end
	}
	if w.look.RTL {
		slices.Reverse(out.Pieces)
	}
	if len(s.missing) == lost { // a word with a fault is shaped again, to be reported again
		w.known[text] = out
	}
	return out
}

// run returns the font and script of the characters from start on that share both.
func (s *Shaper) run(look Look, word []rune, start int) (*Font, language.Script, int) {
	font := s.pick(look, word[start], nil)
	script := language.LookupScript(word[start])
	end := start + 1
	for ; end < len(word); end++ {
		if s.pick(look, word[end], font) != font {
			break
		}
		next := language.LookupScript(word[end])
		if next == script || weak(next) {
			continue
		}
		if !weak(script) {
			break
		}
		script = next
	}
	return font, script, end
}

// weak says whether a script is that of signs shared by many.
func weak(s language.Script) bool { return s == language.Common || s == language.Inherited }

// pick chooses the font of a character. Marks and signs stay with the font before
// them if it holds them; a font made for other languages is a last resort.
func (s *Shaper) pick(look Look, r rune, before *Font) *Font {
	if before != nil && (unicode.Is(unicode.Mn, r) || ignorable(r) || weak(language.LookupScript(r)) && s.has(before, r)) {
		return before
	}
	base, _, _ := strings.Cut(look.Lang, "-")
	for _, f := range look.Stack.fonts {
		if (len(f.langs) == 0 || slices.Contains(f.langs, base)) && s.has(f, r) {
			return f
		}
	}
	for _, f := range look.Stack.fonts {
		if s.has(f, r) {
			return f
		}
	}
	if !ignorable(r) {
		s.missing[Missing{r, language.LookupScript(r).String(), look.Lang}] = true
	}
	return look.Stack.fonts[0]
}

// ignorable says whether a character has no picture of its own.
func ignorable(r rune) bool {
	return r == 0x00ad || r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2060 && r <= 0x2069 ||
		r >= 0xfe00 && r <= 0xfe0f || r == 0xfeff
}

func (s *Shaper) has(f *Font, r rune) bool {
	_, found := s.faceOf(f).NominalGlyph(r)
	return found
}

func (s *Shaper) faceOf(f *Font) *gofont.Face {
	face := s.faces[f]
	if face == nil {
		face = f.face()
		s.faces[f] = face
	}
	return face
}

// shape shapes word[start:end], a part of a word that is text, in one font.
func (s *Shaper) shape(look Look, f *Font, script language.Script, word []rune, text string, start, end int) Piece {
	in := shaping.Input{
		Text: word, RunStart: start, RunEnd: end, Face: s.faceOf(f), Size: fixed.I(1000),
		Script: script, Language: language.NewLanguage(look.Lang), FontFeatures: features(look.Features),
	}
	if look.RTL {
		in.Direction = di.DirectionRTL
	}
	track := int32(look.Track)
	if look.RTL || joined(script) {
		track = 0 // such letters hang together
	}
	glyphs := s.engine.ShapeNoExtents(in).Glyphs
	p := Piece{Font: f, RTL: look.RTL, Glyphs: make([]pdf.Glyph, 0, len(glyphs))}
	s.starts = s.starts[:0]
	for at := range text {
		s.starts = append(s.starts, at)
	}
	s.starts = append(s.starts, len(text))
	cluster := -1
	for _, g := range glyphs {
		glyph := pdf.Glyph{ID: uint16(g.GlyphID), Adv: f.round(g.Advance), DX: f.round(g.XOffset), DY: f.round(g.YOffset), RTL: look.RTL}
		if g.TextIndex() != cluster {
			cluster = g.TextIndex()
			glyph.Text = text[s.starts[cluster]:s.starts[cluster+g.RunesCount()]]
			glyph.Cluster = uint8(min(g.GlyphsCount(), 255))
		}
		if glyph.Adv > 0 {
			glyph.Adv += track
		}
		p.Width += int(glyph.Adv)
		p.Glyphs = append(p.Glyphs, glyph)
	}
	if look.RTL {
		p.Glyphs = letters(p.Glyphs)
	}
	return p
}

// letters prepares the clusters of a script that runs to the left for readers of
// the file, who find letters by their boxes and turn them around one by one. The
// letter of a cluster comes before its dots and vowel signs, and a glyph that
// stands for several characters keeps the first, while blanks to its left say the
// others.
func letters(glyphs []pdf.Glyph) []pdf.Glyph {
	out := make([]pdf.Glyph, 0, len(glyphs))
	for start := 0; start < len(glyphs); {
		n := max(1, int(glyphs[start].Cluster))
		cluster := glyphs[start:min(start+n, len(glyphs))]
		start += n
		text := []rune(cluster[0].Text)
		cluster[0].Text = ""
		for i := len(text) - 1; i > 0; i-- {
			out = append(out, pdf.Glyph{Blank: true, RTL: true, Cluster: 1, Text: string(text[i])})
		}
		letter := max(0, slices.IndexFunc(cluster, func(g pdf.Glyph) bool { return g.Adv > 0 }))
		base := cluster[letter]
		base.Cluster = cluster[0].Cluster
		if len(text) > 0 {
			base.Text = string(text[:1])
		}
		out = append(out, base)
		for i, g := range cluster {
			if i == letter {
				continue
			}
			g.Cluster = 0
			if i < letter {
				g.DX -= base.Adv
			}
			out = append(out, g)
		}
	}
	return out
}

// joined says whether the letters of a script must not be set apart.
func joined(s language.Script) bool {
	switch s {
	case language.Arabic, language.Devanagari, language.Bengali, language.Malayalam, language.Khmer, language.Thai:
		return true
	}
	return false
}

// round converts an advance shaped at a size of 1,000 to thousandths of an em.
func (f *Font) round(v fixed.Int26_6) int32 {
	n := int32(v) * int32(f.scale)
	if n < 0 {
		return -((-n + 32000) / 64000)
	}
	return (n + 32000) / 64000
}

func features(list string) []shaping.FontFeature {
	var out []shaping.FontFeature
	for name := range strings.SplitSeq(list, ",") {
		if len(name) == 4 {
			out = append(out, shaping.FontFeature{Tag: opentype.MustNewTag(name), Value: 1})
		}
	}
	return out
}
