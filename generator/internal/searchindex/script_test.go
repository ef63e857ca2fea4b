package searchindex

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// A text in another language says so, and those after it are in the same.
func TestLanguagesOfTexts(t *testing.T) {
	for _, c := range []struct {
		texts []Text
		want  string
	}{
		{nil, ``},
		{[]Text{{"Un port.", "fr"}, {" Des  chants. ", ""}}, `Un port. Des chants.`},
		{[]Text{{"A port.", "en"}, {"Songs.", "en"}}, `\ten\tA port. Songs.`},
		{[]Text{{"Un port. ", "fr"}, {"\n", "de"}, {" \tA \"port\". ", "en"}, {"", ""}, {"Songs.", "en"}, {" Chants.", ""}, {" ", "en"}}, `Un port.\ten\tA \"port\". Songs.\tfr\tChants.`},
	} {
		if got := string(appendTexts([]byte("["), "fr", c.texts)); got != `["`+c.want+`"` {
			t.Errorf("%q is written %s, want %s", c.texts, got, c.want)
		}
	}
}

// FuzzLine: a line is what encoding/json writes of the words with single blanks.
func FuzzLine(f *testing.F) {
	for _, s := range []string{"", " ", "a", " a  b ", "a\tb\n", "\"\\/<>&", "\x00\x07\b\f\v\r\x1f\x7f", "é\u00a0\u2028x\u3000", "\xff\xc3", "a |b", "| a ||b", "\ufffd"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		parts := strings.Split(s, "|")
		want := strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(want); err != nil {
			t.Fatal(err)
		}
		if got := string(appendTexts([]byte("["), "en", said(parts...))) + "\n"; got != "["+b.String() {
			t.Errorf("%q is written %s, want %s", parts, got, b.String())
		}
		if got := plain(s); got != strings.Join(strings.Fields(s), " ") {
			t.Errorf("plain(%q) = %q", s, got)
		}
		if got, want := string(appendSlug(nil, s)), strings.Join(strings.FieldsFunc(Fold(s), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }), "-"); got != want && utf8.ValidString(s) {
			t.Errorf("appendSlug(%q) = %q, want %q", s, got, want)
		}
	})
}
