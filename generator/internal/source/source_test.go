package source

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"uccn/generator/internal/diag"
)

func TestSplit(t *testing.T) {
	for _, tt := range []struct {
		name, text  string
		front, body string
		bodyLine    int
		code        string
		at          string
	}{
		{"both", "---\na: 1\n---\n\nText.\n", "a: 1\n", "\nText.\n", 4, "", ""},
		{"no body", "---\na: 1\n---", "a: 1\n", "", 4, "", ""},
		{"no keys", "---\n---\nText.", "", "Text.", 3, "", ""},
		{"blanks behind the lines", "--- \t\na: 1\n---  \nText.", "a: 1\n", "Text.", 4, "", ""},
		{"a rule in the body", "---\na: 1\n---\n---\nText.", "a: 1\n", "---\nText.", 4, "", ""},
		{"four hyphens do not end it", "---\na: 1\n----\n---\nText.", "a: 1\n----\n", "Text.", 5, "", ""},
		{"indented hyphens do not end it", "---\na: |\n  ---\n---\nText.", "a: |\n  ---\n", "Text.", 5, "", ""},
		{"empty", "", "", "", 1, "empty-file", "x.md"},
		{"blank", " \n\t\n", "", "", 1, "empty-file", "x.md"},
		{"text alone", "Text.\n", "", "Text.\n", 1, "no-front-matter", "x.md:1:1"},
		{"an empty line first", "\n---\na: 1\n---\n", "", "\n---\na: 1\n---\n", 1, "no-front-matter", "x.md:1:1"},
		{"not ended", "---\na: 1\nText.", "", "", 1, "open-front-matter", "x.md:1:1"},
		{"the first line alone", "---", "", "", 1, "open-front-matter", "x.md:1:1"},
	} {
		f, dl := Split("x.md", tt.text)
		code, at := "", ""
		if len(dl) > 0 {
			code, at = dl[0].Code, dl[0].Pos.String()
		}
		if f.Front != tt.front || f.Body != tt.body || f.BodyAt.Line != tt.bodyLine || f.FrontAt.Line != 2 || code != tt.code || at != tt.at || len(dl) > 1 {
			t.Errorf("%s: %+v, %v", tt.name, f, dl)
		}
	}
}

func TestCheck(t *testing.T) {
	for _, tt := range []struct{ text, code, at string }{
		{"a: Łódź\n", "", ""},
		{"\ufeffa: 1\n", "", ""},
		{"العربية\n", "", ""},
		{"a: 1\nb: \x00", "not-text", "x.md:2:4"},
		{"a: Łódź \xff", "not-utf8", "x.md:1:9"},
		{"a\n\xc5", "not-utf8", "x.md:2:1"},
		{"a \ufffd b", "", ""}, // written, and not the sign of a wrong byte
		{"a\nŁ \u202e", "hidden-character", "x.md:2:3"},
		{"\u202da", "hidden-character", "x.md:1:1"},
		{"a \u200f b", "", ""}, // a mark of direction that does no harm
	} {
		dl := Check("x.md", []byte(tt.text))
		code, at := "", ""
		if len(dl) > 0 {
			code, at = dl[0].Code, dl[0].Pos.String()
		}
		if code != tt.code || at != tt.at || len(dl) > 1 {
			t.Errorf("%q: %v", tt.text, dl)
		}
	}
}

func TestRead(t *testing.T) {
	files := fstest.MapFS{
		"good.md":  {Data: []byte("\ufeffa\r\nb\rc\n")},
		"bad.md":   {Data: []byte("a\xff")},
		"large.md": {Data: []byte(strings.Repeat("a", MaxText+1))},
		"full.md":  {Data: []byte(strings.Repeat("a", MaxText))},
		"dir/a.md": {Data: []byte("a")},
	}
	for _, tt := range []struct{ path, text, code string }{
		{"good.md", "a\nb\nc\n", ""}, {"bad.md", "", "not-utf8"}, {"large.md", "", "too-large"}, {"full.md", strings.Repeat("a", MaxText), ""},
		{"dir", "", "no-regular-file"}, {"none.md", "", "unreadable"},
	} {
		text, dl, err := Read(files, tt.path)
		code := ""
		if len(dl) > 0 {
			code = dl[0].Code
		}
		if err != nil || text != tt.text || code != tt.code {
			t.Errorf("%s: %d bytes, %v, %v", tt.path, len(text), dl, err)
		}
	}
}

func TestList(t *testing.T) {
	files := fstest.MapFS{}
	for _, p := range []string{"c/b.md", "c/a.md", "c/a.fr.md", "c/x/index.md", "c/.git/a.md", "c/.a.md", "c/a.md~", "c/#a.md#", "c/a.swp", "c/4913", "c/a.md___jb_tmp___", "c/Thumbs.db", "c/note.txt", "d/a.md"} {
		files[p] = &fstest.MapFile{}
	}
	got, err := List(files, "c", ".md")
	if want := []string{"c/a.fr.md", "c/a.md", "c/b.md", "c/x/index.md"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := List(files, "none", ""); err != nil || len(got) != 0 {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := List(files, "d/a.md", ""); err != nil || !slices.Equal(got, []string{"d/a.md"}) {
		t.Errorf("of a file: %v, %v", got, err)
	}
	if got, err := List(going{files}, "c", ""); err != nil || len(got) != 0 {
		t.Errorf("of a folder that goes meanwhile: %v, %v", got, err)
	}
}

// going is a file system whose folders are gone when they are listed.
type going struct{ fstest.MapFS }

func (going) ReadDir(name string) ([]fs.DirEntry, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// FuzzSplit asks that nothing of a text is lost and every place lies in it.
func FuzzSplit(f *testing.F) {
	for _, s := range []string{"---\na: 1\n---\nb\n", "---", "", "a", "---\n---\n", "--- \n\n---\t\n\n---", "\ufeff---\r\na\r\n---\r\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		b := []byte(text)
		if dl := Check("x.md", b); dl.HasErrors() {
			for _, d := range dl {
				inside(t, string(b), d.Pos)
			}
			return
		}
		text = Clean(b)
		file, dl := Split("x.md", text)
		for _, d := range dl {
			inside(t, text, d.Pos)
		}
		if dl.HasErrors() {
			return
		}
		lines := strings.SplitAfter(text, "\n")
		if strings.Join(lines[1:], "") != "" && !strings.HasPrefix(strings.Join(lines[1:], ""), file.Front) {
			t.Fatalf("front matter %q of %q", file.Front, text)
		}
		if rest := strings.Join(lines[min(file.BodyAt.Line-1, len(lines)):], ""); rest != file.Body {
			t.Fatalf("body %q at line %d of %q", file.Body, file.BodyAt.Line, text)
		}
	})
}

func inside(t *testing.T, text string, p diag.Pos) {
	t.Helper()
	if lines := strings.Split(text, "\n"); p.Line > len(lines) || p.Line > 0 && p.Col > len([]rune(lines[p.Line-1]))+1 {
		t.Fatalf("%s lies outside of %q", p, text)
	}
}
