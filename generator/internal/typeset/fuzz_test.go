package typeset

import (
	"testing"
	"unicode/utf8"

	"uccn/generator/internal/pdf"
)

// Any text at any width gives lines that hold every letter, in order.
func FuzzLines(f *testing.F) {
	set := themeFonts(f)
	for _, s := range scripts() {
		f.Add(s.text, s.lang, uint16(200), s.lang == "ar")
	}
	f.Add(prose, "en", uint16(90), false)
	f.Add("a\u00adb\u200bc\u00a0d\u202fe\nf \u2028 g", "en-GB", uint16(10), false)
	f.Add("\u200d\u0301\ufe0f", "fr", uint16(0), true)
	c := NewComposer()
	f.Fuzz(func(t *testing.T, s, lang string, points uint16, rtl bool) {
		if !utf8.ValidString(s) || len(s) > 2000 {
			return
		}
		for _, align := range []Align{Justify, Start} {
			shape := Shape{Style: Style{Font: set.Text, Size: 9 * pdf.Pt, Lang: lang}, Leading: 12 * pdf.Pt, Align: align, RTL: rtl}
			words := 0
			for _, l := range c.lines(T(s), &shape, Length(points)*pdf.Pt, nil) {
				words += l.words
				for _, p := range l.parts {
					if p.font == nil || len(p.glyphs) == 0 {
						t.Fatalf("%q: a part without glyphs", s)
					}
				}
			}
			if words == 0 && hasLetter(s) {
				t.Fatalf("%q came to nothing", s)
			}
		}
		c.Missing()
	})
}

func hasLetter(s string) bool {
	for _, r := range s {
		if r >= 'a' && r <= 'z' {
			return true
		}
	}
	return false
}
