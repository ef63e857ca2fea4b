package hyphen

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestPoints(t *testing.T) {
	for _, c := range []struct{ lang, word, want string }{
		{"en", "hyphenation", "hy-phen-a-tion"},
		{"en-US", "hyphenation", "hy-phen-ation"},
		{"en-GB", "university", "uni-vers-ity"},
		{"en-GB", "University", "Uni-vers-ity"},
		{"fr", "créativité", "créa-ti-vi-té"},
		{"fr", "l’architecture", "l’ar-chi-tec-ture"},
		{"de", "Donaudampfschiff", "Do-nau-dampf-schiff"},
		{"es", "gastronomía", "gas-tro-no-mía"},
		{"pt", "criatividade", "cri-a-ti-vi-dade"},
		{"it", "letteratura", "let-te-ra-tu-ra"},
		{"en", "2018th", "2018th"},
		{"en", "the", "the"},
	} {
		if got := divide(For(c.lang), c.word); got != c.want {
			t.Errorf("%s: %s divided as %s, want %s", c.lang, c.word, got, c.want)
		}
	}
	if For("ja") != nil || For("ar-EG") != nil {
		t.Error("a language without patterns must give nil")
	}
}

func divide(l *Language, word string) string {
	rs := []rune(word)
	var b strings.Builder
	last := 0
	for _, at := range l.Points(rs) {
		b.WriteString(string(rs[last:at]) + "-")
		last = at
	}
	return b.String() + string(rs[last:])
}

func FuzzPoints(f *testing.F) {
	f.Add("hyphenation")
	f.Add("l’été")
	f.Add("Straße")
	l := For("de")
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		rs := []rune(s)
		last := 0
		for _, at := range l.Points(rs) {
			if at <= last || at >= len(rs) {
				t.Fatalf("%q: break at %d after %d", s, at, last)
			}
			last = at
		}
	})
}
