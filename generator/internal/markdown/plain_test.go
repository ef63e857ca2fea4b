package markdown

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/markdown/doc"
	"uccn/generator/internal/model"
)

// samePlain reads src with both readers and compares the trees and problems.
// It reports whether the plain reader took it.
func samePlain(t *testing.T, c *Converter, src, lang string) bool {
	t.Helper()
	at := model.Text{Source: src, Lang: lang, At: diag.Pos{Path: "x.md", Line: 3, Col: 1}}
	src = tidy(src)
	quick, full := c.reading(at, src), c.reading(at, src)
	if !quick.withinLimits() || !quick.plain() {
		return false
	}
	full.read()
	quick.Problems.Sort()
	full.Problems.Sort()
	if !reflect.DeepEqual(quick.Doc, full.Doc) {
		a, _ := c.HTML(quick.Doc, asWritten{}, doc.HTMLOptions{})
		b, _ := c.HTML(full.Doc, asWritten{}, doc.HTMLOptions{})
		t.Errorf("%s %q:\n plain    %s\n goldmark %s\n%s\n%s", lang, src, a, b, dump(quick.Doc), dump(full.Doc))
	}
	return true
}

func dump(d *doc.Doc) string {
	var b strings.Builder
	for _, x := range d.Blocks {
		fmt.Fprintf(&b, "%T%+v ", x, x)
	}
	for _, l := range d.Links {
		fmt.Fprintf(&b, "%+v ", *l)
	}
	return fmt.Sprintf("%s notes %v problems %v", b.String(), d.Notes, d.Problems)
}

func TestPlainPage(t *testing.T) {
	if !samePlain(t, New(), samplePage(), "en") {
		t.Error("the sample page is not plain")
	}
}

func TestPlainCases(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, lang := range []string{"en", "fr", "ja"} {
			samePlain(t, New(), string(a.Files[0].Data), lang)
			for _, part := range strings.SplitAfter(string(a.Files[0].Data), "\n\n") {
				samePlain(t, New(), part, lang)
			}
		}
	}
}

// Plain texts put together at random, with now and then a piece that is not.
func TestPlainRandom(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	c, n, total := New(), 0, 20_000
	for range total {
		if samePlain(t, c, plainText(r), []string{"en", "fr", "ja", "zxx"}[r.IntN(4)]) {
			n++
		}
		if t.Failed() {
			return
		}
	}
	if n < total/5 {
		t.Errorf("only %d of %d texts were plain", n, total)
	}
}

func plainText(r *rand.Rand) string {
	words := []string{"a", "word", "Łódź", "l'été", "\"quoted\"", "'so'", "wait...", "x -- y", "1.", "2004", "AT&T", "&amp;", "snake_case", "5 * 3", "1 < 2", "100%", "it's", "yes!", "no?", "mot :", "« oui »", "都市", "(so)", "a/b", "e.g.", "-", "+"}
	marks := []string{"*em*", "**strong**", "**a *b* c**", "`code`", "`` a`b ``", "[link](/x/)", "[**a** b](city:lodz \"T 'x'\")", "[x](https://a.org/?a=1&b=2)", "![pic](a.jpg)", "![a *b*](c.jpg \"Cap\")", "[![a b](c.jpg)](/x)", "[^n]", "[^m]", "(*a*)", "\"*a*\"", "*a*,", "**a**:", "[y](javascript:z)", "![](q.jpg)", "[^n].", "[a]"}
	odd := []string{"*", "**", "`", "[", "]", "](", "_a_", "~~", "\\*", "<b>", "\n", "  ", "***", "![", ")", "\t"}
	line := func(most int) string {
		var b strings.Builder
		for i := range 1 + r.IntN(most) {
			if i > 0 && r.IntN(10) > 0 {
				b.WriteByte(' ')
			}
			switch n := r.IntN(180); {
			case n < 120:
				b.WriteString(words[r.IntN(len(words))])
			case n < 179:
				b.WriteString(marks[r.IntN(len(marks))])
			default:
				b.WriteString(odd[r.IntN(len(odd))])
			}
		}
		return b.String()
	}
	var b strings.Builder
	for range 1 + r.IntN(5) {
		switch r.IntN(9) {
		case 0:
			b.WriteString(strings.Repeat("#", 1+r.IntN(4)) + " " + line(4) + "\n")
		case 1:
			for range 1 + r.IntN(3) {
				b.WriteString([]string{"- ", "- ", "* ", "1. "}[r.IntN(4)] + line(5) + "\n")
			}
		case 2:
			for i := range 1 + r.IntN(3) {
				fmt.Fprintf(&b, "%d. %s\n", i+3, line(5))
			}
		case 3:
			b.WriteString("> " + line(6) + "\n")
		case 4:
			b.WriteString("| " + line(2) + " | " + line(2) + " |\n|:-|---:|\n")
			for range r.IntN(3) {
				b.WriteString("| " + line(2) + " |" + strings.Repeat(line(2)+" |", r.IntN(3)) + "\n")
			}
		default:
			for range 1 + r.IntN(3) {
				b.WriteString(line(8) + "\n")
			}
		}
		if r.IntN(12) > 0 {
			b.WriteString("\n")
		}
	}
	if s := b.String(); r.IntN(4) > 0 {
		for _, n := range []string{"m", "n"} {
			if strings.Contains(s, "[^"+n+"]") {
				b.WriteString("[^" + n + "]: " + line(5) + "\n")
			}
		}
	}
	return b.String()
}

func FuzzPlain(f *testing.F) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 20 {
		f.Add(plainText(r), "en")
	}
	f.Add(samplePage(), "fr")
	c := New()
	f.Fuzz(func(t *testing.T, src, lang string) {
		if len(src) < 5_000 {
			samePlain(t, c, src, lang)
		}
	})
}
