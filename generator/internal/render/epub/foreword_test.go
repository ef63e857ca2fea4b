package epub_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"uccn/generator/internal/synth"
)

func TestPortraitBesideAForeword(t *testing.T) {
	dir := t.TempDir()
	if err := synth.Write(dir, 4, "en"); err != nil {
		t.Fatal(err)
	}
	editions, err := filepath.Glob(filepath.Join(dir, "content", "editions", "*.md"))
	if err != nil || len(editions) == 0 {
		t.Fatal("the site has no edition", err)
	}
	text, err := os.ReadFile(editions[0])
	if err != nil {
		t.Fatal(err)
	}
	more := "---\nimages:\n  - {src: who.jpg, role: portrait, alt: A. Writer at a desk, credit: Anna Nowak, license: cc-by-4.0}\n" +
		"forewords:\n  - {author: A. Writer, role: Mayor, text: \"A word before.\"}\n  - {author: B. Nobody, text: \"Another word.\"}\n"
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 400, 500)), nil); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{editions[0]: append([]byte(more), bytes.TrimPrefix(text, []byte("---\n"))...), filepath.Join(filepath.Dir(editions[0]), "who.jpg"): photo.Bytes()} {
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	book := unpack(t, books(t, dir, "", "epub")[0])
	first, second := book["EPUB/text/foreword-1.xhtml"], book["EPUB/text/foreword-2.xhtml"]
	for _, want := range []string{`alt="A. Writer at a desk"`, "Anna Nowak", "A word before."} {
		if !strings.Contains(first, want) {
			t.Errorf("the first foreword lacks %s:\n%s", want, first)
		}
	}
	if strings.Contains(second, "<figure") || !strings.Contains(second, "Another word.") {
		t.Errorf("the second foreword is not what it should be:\n%s", second)
	}
}
