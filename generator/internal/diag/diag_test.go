package diag

import (
	"strings"
	"testing"
)

func TestSuggest(t *testing.T) {
	fields := []string{"Crafts and Folk Art", "Design", "Film", "Gastronomy", "Literature", "Media Arts", "Music"}
	for _, tt := range []struct{ got, want string }{
		{"Litterature", "Literature"},
		{"Gastronmy", "Gastronomy"},
		{"media art", "Media Arts"},
		{"Flim", "Film"},
		{"Craft and Folk Arts", "Crafts and Folk Art"},
		{"Poetry", ""},
		{"", ""},
	} {
		if got, _ := Suggest(tt.got, fields); got != tt.want {
			t.Errorf("Suggest(%q) = %q, want %q", tt.got, got, tt.want)
		}
	}
}

func TestPrint(t *testing.T) {
	var l List
	l.Errorf(Pos{"content/cities/lodz.md", 2, 8}, "unknown-field", "unknown creative field %q", "Flim").
		Propose("Flim", "the fields", []string{"Design", "Film"})
	d := l.Warnf(Pos{"content/cities/lodz.md", 1, 0}, "no-summary", "no summary")
	d.Related = []Related{{Pos{Path: "content/cities/lodz.fr.md"}, "the translation has one"}}
	var b strings.Builder
	Print(&b, l, func(string) string { return "name: Łódź\nfield: Flim\n" }, Style{})
	want := `content/cities/lodz.md:2:8: error: unknown creative field "Flim" [unknown-field]
    2 | field: Flim
      |        ^^^^
  hint: did you mean "Film"?
content/cities/lodz.md:1: warning: no summary [no-summary]
  content/cities/lodz.fr.md: note: the translation has one
`
	if b.String() != want {
		t.Errorf("got:\n%s\nwant:\n%s", b.String(), want)
	}
}

func TestPrintLongLine(t *testing.T) {
	var l List
	l.Errorf(Pos{"x.md", 1, 501}, "x", "here").Len = 3
	var b strings.Builder
	Print(&b, l, func(string) string { return strings.Repeat("a", 500) + "bcd" + strings.Repeat("e", 500) }, Style{})
	lines := strings.Split(b.String(), "\n")
	from := strings.Index(lines[2], "^")
	if len([]rune(lines[1])) > 140 || string([]rune(lines[1])[from:from+3]) != "bcd" {
		t.Errorf("the caret misses its words:\n%s", b.String())
	}
}

func TestSort(t *testing.T) {
	var l List
	l.Errorf(Pos{"b", 1, 1}, "x", "second file")
	l.Errorf(Pos{"a", 9, 1}, "x", "later line")
	l.Errorf(Pos{"a", 2, 1}, "x", "earlier line")
	l.Errorf(Pos{"a", 2, 1}, "x", "earlier line")
	l.Sort()
	var got []string
	for _, d := range l {
		got = append(got, d.Message)
	}
	if s := strings.Join(got, "; "); s != "earlier line; later line; second file" {
		t.Errorf("order: %s", s)
	}
}
