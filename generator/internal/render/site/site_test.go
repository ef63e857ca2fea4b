package site

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"uccn/generator/internal/config"
	"uccn/generator/internal/derive"
	"uccn/generator/internal/load"
	"uccn/generator/internal/markdown"
	"uccn/generator/internal/model"
	"uccn/generator/internal/output"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/site/phrase"
	"uccn/generator/internal/theme"
	"uccn/generator/internal/worldmap"
	"uccn/themes"
)

// ours renders the site of this repository in some languages.
func ours(t *testing.T, edition string, languages ...string) []output.File {
	t.Helper()
	return oursWith(t, edition, nil, languages...)
}

// oursWith renders it beside some booklets.
func oursWith(t *testing.T, edition string, books []render.Book, languages ...string) []output.File {
	t.Helper()
	root := os.DirFS("../../../..")
	s, _, err := config.Read(root)
	if err != nil {
		t.Fatal(err)
	}
	s.Languages = languages
	now := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	contents, _, err := load.Content(context.Background(), root, load.Options{Languages: languages, Today: model.DateOf(now)})
	if err != nil {
		t.Fatal(err)
	}
	in := &render.Input{Books: books, Site: s, Markdown: markdown.New(), Land: worldmap.Open(), Now: now}
	for _, c := range contents {
		n, dl := derive.Build(c, s, derive.Options{Edition: edition, Today: model.DateOf(now)})
		if n == nil {
			t.Fatal(dl)
		}
		in.Networks = append(in.Networks, n)
	}
	th, dl, err := theme.Load(themes.Default(), "themes/default", Pages(), languages)
	if err != nil || dl.HasErrors() {
		t.Fatal(dl, err)
	}
	in.Theme = th
	files, _, err := Render(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range files {
		if f.Later == nil {
			continue
		}
		if files[i].Data, err = f.Bytes(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func pages(files []output.File) []output.File {
	return slices.DeleteFunc(slices.Clone(files), func(f output.File) bool { return !strings.HasSuffix(f.Path, ".html") })
}

var (
	htmlTag = regexp.MustCompile(`<html lang="([^"]+)" dir="([^"]+)">`)
	heading = regexp.MustCompile(`<h([1-6])[ >]`)
	title   = regexp.MustCompile(`<title>([^<]*)</title>`)
	about   = regexp.MustCompile(`<meta name="description" content="([^"]*)">`)
	image   = regexp.MustCompile(`<img [^>]*>`)
	ident   = regexp.MustCompile(` id="([^"]*)"`)
	handler = regexp.MustCompile(` on[a-z]+="`)
)

// TestPagesAreWhole holds every page of both editions to facts that make it
// readable by everybody.
func TestPagesAreWhole(t *testing.T) {
	for edition, languages := range map[string][]string{"2018": {"en", "fr"}, "2023": {"en"}} {
		titles := map[string]string{}
		for _, f := range pages(ours(t, edition, languages...)) {
			html := string(f.Data)
			where := edition + ": " + f.Path
			for _, problem := range faults(html) {
				t.Errorf("%s: %s", where, problem)
			}
			m := htmlTag.FindStringSubmatch(html)
			if want := map[bool]string{true: "fr", false: "en"}[strings.HasPrefix(f.Path, "fr/")]; m == nil || m[1] != want || m[2] != "ltr" {
				t.Errorf("%s: html is %v, want %s", where, m, want)
				continue
			}
			name := m[1] + " " + title.FindString(html)
			if other, twice := titles[name]; twice {
				t.Errorf("%s has the title of %s: %s", where, other, name)
			}
			titles[name] = where
		}
	}
}

// faults lists what is wrong with one page.
func faults(html string) []string {
	var out []string
	fault := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if n := strings.Count(html, "<h1"); n != 1 {
		fault("%d headings of level 1", n)
	}
	last := 0
	_, matter, _ := strings.Cut(html, "<main")
	for _, h := range heading.FindAllStringSubmatch(matter, -1) {
		level := int(h[1][0] - '0')
		if level > last+1 {
			fault("a heading of level %d follows one of level %d", level, last)
		}
		last = level
	}
	if m := about.FindStringSubmatch(html); m == nil || len(m[1]) < 20 {
		fault("description %q", m)
	}
	for _, img := range image.FindAllString(html, -1) {
		for _, attr := range []string{` alt="`, ` width="`, ` height="`} {
			if !strings.Contains(img, attr) {
				fault("%s without%s", img, attr)
			}
		}
	}
	seen := map[string]bool{}
	for _, m := range ident.FindAllStringSubmatch(html, -1) {
		if seen[m[1]] {
			fault("the id %q twice", m[1])
		}
		seen[m[1]] = true
	}
	if m := handler.FindString(html); m != "" {
		fault("a handler: %s", m)
	}
	for _, bad := range []string{` style="`, "⟨", "%!", "ZgotmplZ", "<p></p>", `class="lead"></p>`, "<li></li>", "<dd></dd>", "<h1></h1>", "<h2></h2>", "<h3></h3>", `href=""`, `src=""`} {
		if i := strings.Index(html, bad); i >= 0 {
			fault("%s, in %.160s", bad, html[max(0, i-80):])
		}
	}
	return out
}

// TestMapsAreDrawn: what is left out for themes that do not show it is there for
// one that does.
func TestMapsAreDrawn(t *testing.T) {
	kinds := map[string]int{}
	for _, f := range pages(ours(t, "2018", "en")) {
		html := string(f.Data)
		if strings.Contains(html, `viewBox=""`) || strings.Contains(html, ` d=""`) {
			t.Errorf("%s has an empty drawing", f.Path)
		}
		kind, _, _ := strings.Cut(f.Path, "/")
		kinds[kind+" maps"] += strings.Count(html, `class="land"`)
		kinds[kind+" data"] += strings.Count(html, "application/ld+json")
	}
	for _, kind := range []string{"index.html maps", "cities maps", "fields maps", "countries maps", "regions maps", "practices maps", "case-studies maps", "map maps", "cities data", "practices data", "index.html data"} {
		if kinds[kind] == 0 {
			t.Errorf("no %s", kind)
		}
	}
}

// TestArabicSite renders the site in a language whose texts are all missing:
// it reads from right to left and says everything of its own in Arabic.
func TestArabicSite(t *testing.T) {
	n := 0
	for _, f := range pages(ours(t, "2018", "en", "ar")) {
		if !strings.HasPrefix(f.Path, "ar/") {
			continue
		}
		n++
		html := string(f.Data)
		if m := htmlTag.FindStringSubmatch(html); m == nil || m[1] != "ar" || m[2] != "rtl" {
			t.Errorf("%s: html is %v", f.Path, m)
		}
		for _, problem := range faults(html) {
			t.Errorf("%s: %s", f.Path, problem)
		}
		if strings.HasPrefix(f.Path, "ar/cities/lodz/") && !strings.Contains(html, "/ar/cities/lodz/\u200e") {
			t.Errorf("%s: the last stroke of the address to cite comes to stand before it", f.Path)
		}
	}
	if n < 300 {
		t.Errorf("%d Arabic pages", n)
	}
}

// TestWords holds the theme's languages to the same keys, the same arguments,
// and to every key that templates and pages name.
func TestWords(t *testing.T) {
	texts := map[string]map[string]any{}
	for _, lang := range []string{"en", "fr", "ar"} {
		b, err := fs.ReadFile(themes.Default(), "i18n/"+lang+".json")
		if err != nil {
			t.Fatal(err)
		}
		texts[lang] = map[string]any{}
		m := texts[lang]
		if err := json.Unmarshal(b, &m); err != nil {
			t.Fatal(err)
		}
	}
	for key := range texts["en"] {
		for _, lang := range []string{"fr", "ar"} {
			if _, ok := texts[lang][key]; !ok {
				t.Errorf("%s has no %q", lang, key)
			}
		}
	}
	for _, lang := range []string{"fr", "ar"} {
		for key := range texts[lang] {
			if _, ok := texts["en"][key]; !ok && key != "date_first" {
				t.Errorf("%s has %q, en has not", lang, key)
			}
		}
	}
	named := regexp.MustCompile(`\.T\(?[ (]"([a-z_.0-9-]+[a-z0-9])"`)
	for _, dir := range []fs.FS{os.DirFS("."), os.DirFS("../../../../themes/default/templates")} {
		err := fs.WalkDir(dir, ".", func(p string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || strings.HasSuffix(p, "_test.go") {
				return err
			}
			b, err := fs.ReadFile(dir, p)
			if err != nil {
				return err
			}
			for _, m := range named.FindAllStringSubmatch(string(b), -1) {
				if _, ok := texts["en"][m[1]]; !ok {
					t.Errorf("%s: there is no text %q", p, m[1])
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestBookletPage offers the booklets that the build makes, those in the page's
// own language first.
func TestBookletPage(t *testing.T) {
	books := []render.Book{
		{Edition: "2018", Lang: "en", Title: "Creative Cities 2018", Pages: 240, Cover: []byte("<svg/>"), Files: []render.BookFile{{Path: "booklet/2018/x-en.pdf", Bytes: 1_234_567}, {Path: "booklet/2018/x-en-print.pdf", Print: true}}},
		{Edition: "2018", Lang: "fr", Title: "Villes créatives 2018", Files: []render.BookFile{{Path: "booklet/2018/x-fr.epub"}}},
	}
	files := map[string]string{}
	for _, f := range oursWith(t, "2018", books, "en", "fr") {
		files[f.Path] = string(f.Data)
	}
	if files["booklet/2018/cover-en.svg"] != "<svg/>" {
		t.Error("the cover is not among the files")
	}
	fr := files["fr/booklet/index.html"]
	first, second := strings.Index(fr, "x-fr.epub"), strings.Index(fr, "x-en.pdf")
	if first < 0 || second < 0 || first > second {
		t.Errorf("the French page has its own booklet at %d, the English one at %d", first, second)
	}
	for _, want := range []string{"../booklet/2018/x-en.pdf", "235 ko", "PDF pour l", "Livre num"} {
		if !strings.Contains(fr, want) {
			t.Errorf("no %q on the French page", want)
		}
	}
}

func TestTo(t *testing.T) {
	for _, c := range []struct{ at, root, target, want string }{
		{"", "", "cities/lodz/", "cities/lodz/index.html"},
		{"", "", "", "index.html"},
		{"cities/lodz/", "", "cities/lodz/", "index.html"},
		{"cities/lodz/", "", "cities/", "../index.html"},
		{"cities/lodz/", "", "cities/krakow/", "../krakow/index.html"},
		{"fr/cities/lodz/", "", "cities/lodz/", "../../../cities/lodz/index.html"},
		{"fr/cities/lodz/", "", "assets/site.css", "../../../assets/site.css"},
		{"case-studies/x/", "", "case-studies/#theme-y", "../index.html#theme-y"},
		{"", "/base/", "cities/", "/base/cities/index.html"},
	} {
		if got := (place{at: c.at, root: c.root}).to(c.target); got != c.want {
			t.Errorf("from %q to %q: %q, want %q", c.at, c.target, got, c.want)
		}
	}
}

func TestSize(t *testing.T) {
	for name, want := range map[string]string{"Łódź": "", "Mexico City": "", "Saint-Étienne": "", "Afyonkarahisar": "longer", "Ouagadougou": "long", "San Cristóbal de las Casas": "longer"} {
		if got := phrase.Size(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func BenchmarkRender(b *testing.B) {
	t := &testing.T{}
	for b.Loop() {
		ours(t, "2018", "en")
	}
}
