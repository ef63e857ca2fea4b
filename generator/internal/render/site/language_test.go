package site

import (
	"context"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"uccn/generator/internal/config"
	"uccn/generator/internal/derive"
	"uccn/generator/internal/load"
	"uccn/generator/internal/markdown"
	"uccn/generator/internal/model"
	"uccn/generator/internal/output"
	"uccn/generator/internal/render"
	"uccn/generator/internal/theme"
	"uccn/generator/internal/worldmap"
	"uccn/themes"
)

// TestEveryTextSaysItsLanguage makes pages of records that are translated in one
// text each, and asks that every text that is not is marked as what it is.
func TestEveryTextSaysItsLanguage(t *testing.T) {
	a, err := txtar.ParseFile("testdata/languages.txtar")
	if err != nil {
		t.Fatal(err)
	}
	root := fstest.MapFS{}
	words := map[string]bool{} // the zebras of the originals: whether one was met
	for _, f := range a.Files {
		root[f.Name] = &fstest.MapFile{Data: f.Data}
		for _, w := range zebra.FindAllString(string(f.Data), -1) {
			words[w] = false
		}
	}
	for _, f := range inTwoLanguages(t, root) {
		if !strings.HasPrefix(f.Path, "fr/") || !strings.HasSuffix(f.Path, ".html") {
			continue
		}
		b, err := f.Bytes(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range said(string(b)) {
			for _, w := range zebra.FindAllString(s.text, -1) {
				words[w] = true
				if s.lang != "en" && !passing.MatchString(s.text) {
					t.Errorf("%s: %q is marked as %q", f.Path, s.text, s.lang)
				}
			}
			if strings.Contains(s.text, "français") && s.lang != "fr" {
				t.Errorf("%s: %q is marked as %q", f.Path, s.text, s.lang)
			}
		}
	}
	// the tour's own page is made elsewhere; of the rest, translations are shown
	for _, elsewhere := range []string{"zebra-exhibition.body", "zebra-exhibition.tours.intro", "zebra-exhibition.tours.stops.text", "zebra-news.title", "zebra-page.title", "zebra-practice.actions", "zebra-study.process"} {
		delete(words, elsewhere)
	}
	for _, w := range slices.Sorted(maps.Keys(words)) {
		if !words[w] {
			t.Errorf("%s stands on no page", w)
		}
	}
}

var (
	zebra   = regexp.MustCompile(`zebra-[a-z_.0-9]*[a-z_0-9]`)
	passing = regexp.MustCompile(`Zebras, zebra|^Carte|, zebra-field.name$`) // names within a sentence of the page's own language
	tag     = regexp.MustCompile(`<(/?)([a-z0-9]+)([^>]*)>`)
	attrs   = regexp.MustCompile(`(alt|title|aria-label)="([^"]*)"`)
	lang    = regexp.MustCompile(` lang="([^"]*)"`)
)

// saying is a text of a page and the language it is marked as.
type saying struct{ text, lang string }

// said takes the body of a page apart. An attribute is in the language of its
// element.
func said(page string) []saying {
	start, _, _ := strings.Cut(page, "<head>")
	_, body, _ := strings.Cut(page, "<body")
	page = start + "<body" + body
	var out []saying
	type open struct{ name, lang string }
	stack := []open{{}}
	at := 0
	for _, m := range tag.FindAllStringSubmatchIndex(page, -1) {
		top := stack[len(stack)-1]
		out = append(out, saying{page[at:m[0]], top.lang})
		at = m[1]
		name, rest := page[m[4]:m[5]], page[m[6]:m[7]]
		if m[3] > m[2] {
			for len(stack) > 1 {
				last := stack[len(stack)-1]
				stack = stack[:len(stack)-1]
				if last.name == name {
					break
				}
			}
			continue
		}
		here := open{name, top.lang}
		if l := lang.FindStringSubmatch(rest); l != nil {
			here.lang = l[1]
		}
		for _, a := range attrs.FindAllStringSubmatch(rest, -1) {
			out = append(out, saying{a[2], here.lang})
		}
		if !slices.Contains([]string{"meta", "link", "img", "source", "input", "br", "hr"}, name) && !strings.HasSuffix(rest, "/") {
			stack = append(stack, here)
		}
	}
	return out
}

// inTwoLanguages renders a small site that must be without a problem.
func inTwoLanguages(t *testing.T, root fstest.MapFS) []output.File {
	t.Helper()
	return themed(t, root, themes.Default())
}

// themed renders it with a theme.
func themed(t *testing.T, root, look fs.FS) []output.File {
	t.Helper()
	s, dl, err := config.Read(root)
	if err != nil || dl.HasErrors() {
		t.Fatal(dl, err)
	}
	today := model.Date{Year: 2019, Month: 1, Day: 1}
	contents, dl, err := load.Content(context.Background(), root, load.Options{Languages: s.Languages, Today: today})
	if err != nil || dl.HasErrors() {
		t.Fatal(dl, err)
	}
	in := &render.Input{Site: s, Markdown: markdown.New(), Land: worldmap.Open(), Now: today.Time()}
	for _, c := range contents {
		n, dl := derive.Build(c, s, derive.Options{Today: today})
		if n == nil || dl.HasErrors() {
			t.Fatal(dl)
		}
		in.Networks = append(in.Networks, n)
	}
	if in.Theme, dl, err = theme.Load(look, "themes/default", Pages(), s.Languages); err != nil || dl.HasErrors() {
		t.Fatal(dl, err)
	}
	files, _, err := Render(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return files
}
