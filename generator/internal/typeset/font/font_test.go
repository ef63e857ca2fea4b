package font

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

func load(t *testing.T) Set {
	t.Helper()
	set, err := Load(os.DirFS("../../../../themes/default"), "fonts", nil)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestFontsByScript(t *testing.T) {
	set := load(t)
	s := NewShaper()
	for _, c := range []struct {
		stack      *Stack
		lang, word string
		want       string
	}{
		{set.Text, "en", "Łódź,", "newsreader-regular"},
		{set.Text, "ru", "Одеса,", "literata-regular"},
		{set.Title, "ru", "Одеса", "commissioner-bold"},
		{set.Title, "vi", "Hội", "bricolage-extrabold"},
		{set.Sans, "fa", "گچ", "naskh-regular"},
		{set.Text, "ja", "札幌", "cjk-jp"},
		{set.Text, "zh", "成都", "cjk-sc"},
		{set.Text, "ko", "부산", "cjk-kr"},
		{set.Bold, "hi", "मुंबई", "devanagari-bold"},
	} {
		pieces := s.Shape(Look{Stack: c.stack, Lang: c.lang, RTL: c.lang == "fa"}, []rune(c.word))
		if len(pieces) != 1 || pieces[0].Font.Name() != c.want {
			t.Errorf("%s in %s: %d pieces, the first in %s, want %s", c.word, c.lang, len(pieces), pieces[0].Font.Name(), c.want)
		}
	}
	if m := s.Missing(); len(m) > 0 {
		t.Errorf("missing %v", m)
	}
}

func TestShape(t *testing.T) {
	set := load(t)
	s := NewShaper()
	plain := s.Shape(Look{Stack: set.Text, Lang: "en"}, []rune("office"))[0]
	if n := len(plain.Glyphs); n != 4 {
		t.Errorf("office has %d glyphs, want a ligature for ffi", n)
	}
	spaced := s.Shape(Look{Stack: set.Title, Lang: "en", Track: 50}, []rune("AB"))[0]
	tight := s.Shape(Look{Stack: set.Title, Lang: "en"}, []rune("AB"))[0]
	if spaced.Width != tight.Width+100 {
		t.Errorf("tracking makes %d of %d", spaced.Width, tight.Width)
	}
	again := s.Shape(Look{Stack: set.Text, Lang: "en"}, []rune("office"))[0]
	if &again.Glyphs[0] != &plain.Glyphs[0] {
		t.Error("a word was shaped twice")
	}
}

// Read from the right, letter by letter, a word is its text.
func TestLettersOfRightToLeftWords(t *testing.T) {
	set := load(t)
	s := NewShaper()
	for _, word := range []string{"الأحساء", "بُشْت", "לאור", "مدينة،"} {
		for _, stack := range []*Stack{set.Text, set.Title} {
			got := ""
			for _, p := range s.Shape(Look{Stack: stack, Lang: "ar", RTL: true}, []rune(word)) {
				for _, g := range p.Glyphs {
					got = g.Text + got
				}
			}
			if got != word {
				t.Errorf("%s reads %s", word, got)
			}
		}
	}
}

func TestOwnFonts(t *testing.T) {
	const dir = "../../../../themes/default"
	data, err := os.ReadFile(dir + "/fonts/georgian-regular.ttf")
	if err != nil {
		t.Fatal(err)
	}
	set, err := Load(os.DirFS(dir), "fonts", map[string][]byte{"themes/fonts/own.ttf": data, "newsreader-regular.ttf": data})
	if err != nil {
		t.Fatal(err)
	}
	if !set.Text.First().Has('ა') {
		t.Error("a font of the same name did not replace the theme's")
	}
	if fonts := set.Title.fonts; fonts[len(fonts)-1].Name() != "own" {
		t.Error("a further font is not asked last")
	}
	if _, err := Load(os.DirFS(dir), "fonts", map[string][]byte{"bad.ttf": []byte("no font")}); err == nil || !strings.Contains(err.Error(), "bad") {
		t.Errorf("a damaged font: %v", err)
	}
	if _, err := Load(fstest.MapFS{"fonts/a.txt": {}}, "fonts", nil); err == nil || !strings.Contains(err.Error(), "newsreader-regular") {
		t.Errorf("a theme without fonts: %v", err)
	}
}
