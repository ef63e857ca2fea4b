//go:build checks

package typeset

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// What poppler, which knows nothing of our ways, reads out of a file is what was
// set, in every script; and qpdf finds the file sound.
func TestOthersReadTheFile(t *testing.T) {
	set := themeFonts(t)
	c := NewComposer()
	var pages []*Page
	for i, s := range scripts() {
		shape := body(set)
		shape.Lang, shape.Align, shape.NoHyphen, shape.RTL = s.lang, Start, true, i >= 2 && i <= 4
		pages = append(pages, pour(c, Paragraph{Spans: T(s.text), Shape: shape})...)
	}
	pages = append(pages, pour(c, Paragraph{Spans: T(strings.Repeat(prose+" ", 3)), Shape: body(set)})...)
	_, data := printed(t, "en", pages)
	file := filepath.Join(t.TempDir(), "book.pdf")
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("qpdf", "--check", file).CombinedOutput(); err != nil {
		t.Errorf("qpdf: %v\n%s", err, out)
	}
	out, err := exec.Command("pdftotext", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Split(string(out), "\f")
	want := []string{}
	for _, s := range scripts() {
		want = append(want, s.text)
	}
	want = append(want, strings.Repeat(prose+" ", 3))
	for i, w := range want {
		g := unmark(got[i])
		if i >= 2 && i <= 4 {
			g, w = letters(g), letters(w)
		}
		if g = plain(g); g != plain(w) {
			t.Errorf("poppler reads\n%s, want\n%s", g, plain(w))
		}
	}
}

// letters keeps the letters of a text. In lines of both directions poppler leaves
// numbers and marks in the order of the eye, between directional marks.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return ' '
	}, s)
}

// unmark takes out the directional marks that poppler adds, and the hyphens at the
// ends of lines.
func unmark(s string) string {
	return strings.NewReplacer("\u202a", "", "\u202b", "", "\u202c", "", "\u00ad\n", "", "\u00ad", "", "-\n", "").Replace(s)
}
