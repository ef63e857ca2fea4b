package schema

import (
	"strings"
	"testing"
)

// TestSyntaxPlaces breaks keys in the ways that people break them. The line is
// that of the mistake, counted in the front matter; yaml.v3 itself names
// another in most of these cases, or none. The word stands in the message.
func TestSyntaxPlaces(t *testing.T) {
	for _, tt := range []struct {
		name string
		text string
		line int
		word string
	}{
		{"double quote not closed", "a: 1\nname: \"Quote\nb: 2\n", 2, "quotation mark is opened"},
		{"double quote not closed at the end", "a: 1\nname: \"Quote", 2, "quotation mark is opened"},
		{"single quote not closed", "name: 'Quote\nb: 2\nc: 3\n", 1, "quote is opened"},
		{"apostrophe within single quotes", "a: 1\nname: 'It's'\nb: 2\n", 2, "behind the closing quote"},
		{"quotes within quotes", "name: \"The \"big\" one\"\nb: 2\n", 1, "behind the closing quote"},
		{"words behind a quote", "a: 1\nname: \"Big\" one\n", 2, "behind the closing quote"},
		{"colon in text", "a: 1\nsummary: One thing: another\nb: 2\n", 2, "needs quotes"},
		{"colon at the end of text", "summary: One thing and another:\n  more\nb: 2\n", 1, "needs quotes"},
		{"tab indent", "location:\n\tlat: 1\n\tlon: 2\n", 2, "tab"},
		{"tab after blanks", "location:\n  \tlat: 1\n", 2, "tab"},
		{"tab in a list", "cities:\n\t- a\n\t- b\n", 2, "tab"},
		{"no blank after the colon", "a: 1\ncountry:PL\nb: 2\n", 2, "blank is missing"},
		{"no blank, first line", "name:Łódź\ncountry: PL\n", 1, "blank is missing"},
		{"no blank, last line", "a: 1\ncountry:PL\n", 2, "blank is missing"},
		{"bracket not closed", "a: 1\ncities: [a, b\nb: 2\n", 2, "not closed"},
		{"bracket not closed at the end", "a: 1\ncities: [a, b\n", 2, "not closed"},
		{"brace not closed", "location: {lat: 1, lon: 2\nb: 2\n", 1, "not closed"},
		{"brace closed by a bracket", "a: 1\nlocation: {lat: 1]\n", 2, "not closed"},
		{"too much indent", "a: 1\n  b: 2\nc: 3\n", 2, ""},
		{"too little indent in a group", "location:\n    lat: 1\n  lon: 2\n", 3, "indented"},
		{"too little indent in a list", "cities:\n    - a\n  - b\n", 3, ""},
		{"list on the line of its key", "a: 1\ncities: - a\n", 2, ""},
		{"at sign", "a: 1\nname: @home\n", 2, "sign"},
		{"backquote", "name: `home`\nb: 2\n", 1, "sign"},
		{"percent", "a: 1\nname: %home\n", 2, "sign"},
		{"star", "a: 1\nname: *home\nb: 2\n", 2, "sign"},
		{"bracket before words", "name: [big] one\nb: 2\n", 1, "behind the closing ]"},
		{"text without a key", "a: 1\njust words\nb: 2\n", 2, ""},
		{"text below a value", "a: 1\nb: 2\n c\nd: 3\n", 0, ""}, // YAML joins the lines: no mistake
		{"wrong escape", "a: 1\nname: \"a\\q\"\nb: 2\n", 2, ""},
		{"two mistakes", "name: \"Quote\na:b\n", 1, "quotation mark"},
		{"after a long text", "a: |\n  one\n  two: three\n  four\nname: \"Quote\nb: 2\n", 5, "quotation mark"},
		{"blank lines before", "a: 1\n\n\nname: 'It's'\n", 4, "closing quote"},
		{"remark before", "# a: \"\nname: 'It's'\n", 2, "closing quote"},
		{"Windows path", "a: 1\nname: \"C:\\new\\users\"\n", 2, ""},
		{"merge mark", "<<<<<<< HEAD\nname: a\n=======\nname: b\n>>>>>>> other\n", 1, ""},
	} {
		d, ok := NewDecoder(file(tt.text), false)
		if tt.line == 0 {
			if !ok {
				t.Errorf("%s: %v", tt.name, d.Problems)
			}
			continue
		}
		if ok || len(d.Problems) != 1 {
			t.Errorf("%s: %d problems", tt.name, len(d.Problems))
			continue
		}
		p := d.Problems[0]
		if p.Line != tt.line+1 || !strings.Contains(p.Message, tt.word) || p.Hint == "" {
			t.Errorf("%s: line %d, want %d: %s (%s)", tt.name, p.Line-1, tt.line, p.Message, p.Hint)
		}
	}
}

// TestSyntaxFixes applies a certain correction and reads again.
func TestSyntaxFixes(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"name:Łódź\n", "name: Łódź\n"},
		{"a: One thing: another\n", "a: \"One thing: another\"\n"},
		{"a: One \"thing\": another's\n", "a: 'One \"thing\": another''s'\n"},
		{"a:\n\tb: 1\n", "a:\n  b: 1\n"},
	} {
		d, _ := NewDecoder(file(tt.text), false)
		p := d.Problems[0]
		lines := strings.Split(tt.text, "\n")
		line := []rune(lines[p.Line-2])
		lines[p.Line-2] = string(line[:p.Col-1]) + p.Fix + string(line[p.Col-1+p.Len:])
		got := strings.Join(lines, "\n")
		if _, ok := NewDecoder(file(got), false); got != tt.want || !ok {
			t.Errorf("%q became %q", tt.text, got)
		}
	}
}

// TestLongFrontMatter finds the line also where probing every prefix would
// take too long.
func TestLongFrontMatter(t *testing.T) {
	text := strings.Repeat("a: 1\n", 2*maxProbe) + "name: \"Quote\n"
	d, ok := NewDecoder(file(text), false)
	if ok || d.Problems[0].Code != "yaml-syntax" || d.Problems[0].Line < 2 {
		t.Errorf("%v", d.Problems)
	}
}
