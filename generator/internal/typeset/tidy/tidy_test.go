package tidy

import (
	"strings"
	"testing"
)

func TestText(t *testing.T) {
	for _, c := range []struct{ lang, in, want string }{
		{"en", "J. S. Bach wrote", "J._S._Bach wrote"},
		{"en", "a fund of €2 million a year", "a fund of €2_million a year"},
		{"en", "12 500 people in 3 km² of land", "12~500 people in 3_km² of land"},
		{"en", "see No. 5 and p. 12", "see No._5 and p._12"},
		{"en", "in 2015 the city", "in 2015 the city"},
		{"en", "words – and more", "words_– and more"},
		{"fr", "La ville « libre » : oui ; non !", "La ville «~libre~»_: oui~; non~!"},
		{"en", "Wait : what ?", "Wait : what ?"},
	} {
		got := strings.NewReplacer(string(Space), "_", string(Narrow), "~").Replace(Text(c.in, c.lang))
		if got != c.want {
			t.Errorf("Text(%q, %s) = %q, want %q", c.in, c.lang, got, c.want)
		}
	}
}
