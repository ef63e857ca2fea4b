package booklet

import (
	"bytes"
	"image"
	"image/jpeg"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"uccn/generator/internal/pdf/inspect"
)

// The picture of who wrote a foreword stands on its page, with its credit, and who
// has none signs below the text.
func TestPortraitBesideAForeword(t *testing.T) {
	edition := func(images string) fstest.MapFS {
		site := town(map[string]string{"content/editions/2018.md": "---\ntitle: Towns 2018\nyear: 2018\nas_of: 2018-06-30\n" + images +
			"forewords:\n  - {author: A. Writer, role: Mayor, text: \"A word before.\"}\n  - {author: B. Nobody, role: Clerk, text: \"Another word.\"}\n---\n"})
		var photo bytes.Buffer
		if err := jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 400, 500)), nil); err != nil {
			t.Fatal(err)
		}
		site["content/editions/who.jpg"] = &fstest.MapFile{Data: photo.Bytes(), Mode: 0o644}
		return site
	}
	with := "images:\n  - {src: who.jpg, role: portrait, alt: A. Writer at a desk, credit: Anna Nowak, license: cc-by-4.0}\n"
	for _, c := range []struct {
		images string
		first  string // what is read on the page of the first foreword, in this order
		alt    bool
	}{
		{"", "A word before. A. Writer Mayor", false},
		{with, "A. Writer Mayor Anna Nowak, CC BY 4.0 A word before.", true},
	} {
		in := input(t, edition(c.images), day)
		files, _ := rendered(t, in)
		_, d := read(t, files["booklet/2018/towns-2018-en.pdf"])
		var pages []string
		for i := range d.Pages {
			pages = append(pages, plain(d.PageText(i)))
		}
		contains := func(text string) bool {
			return slices.ContainsFunc(pages, func(p string) bool { return strings.Contains(p, text) })
		}
		if !contains(c.first) {
			t.Errorf("with %q no page reads %q", c.images, c.first)
		}
		if !contains("Another word. B. Nobody Clerk") {
			t.Errorf("with %q the second foreword is not signed below its text", c.images)
		}
		figures := elements(d.Structure(), "Figure")
		if got := slices.ContainsFunc(figures, func(e *inspect.Element) bool { return inspect.Text(e.Dict["Alt"]) == "A. Writer at a desk" }); got != c.alt {
			t.Errorf("with %q the book shows the picture: %t", c.images, got)
		}
	}
}
