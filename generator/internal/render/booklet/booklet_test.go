package booklet

import (
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"uccn/generator/internal/config"
	"uccn/generator/internal/derive"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/load"
	"uccn/generator/internal/markdown"
	"uccn/generator/internal/media"
	"uccn/generator/internal/model"
	"uccn/generator/internal/output"
	"uccn/generator/internal/pdf/inspect"
	"uccn/generator/internal/render"
	"uccn/generator/internal/theme"
	"uccn/generator/internal/worldmap"
	"uccn/themes"
)

var ours = os.DirFS("../../../..")

// input reads a site.
func input(t testing.TB, root fs.FS, now time.Time) *render.Input {
	t.Helper()
	site, dl, err := config.Read(root)
	if err != nil || dl.HasErrors() {
		t.Fatal(err, dl)
	}
	contents, dl, err := load.Content(t.Context(), root, load.Options{Languages: site.Languages, Today: model.DateOf(now)})
	if err != nil || dl.HasErrors() {
		t.Fatal(err, dl)
	}
	th, _, err := theme.Load(themes.Default(), "themes/default", nil, site.Languages)
	if err != nil {
		t.Fatal(err)
	}
	in := &render.Input{Site: site, Theme: th, Markdown: markdown.New(), Land: worldmap.Open(), Now: now, Root: root}
	for _, c := range contents {
		n, _ := derive.Build(c, site, derive.Options{Edition: site.Edition, Today: model.DateOf(now)})
		in.Networks = append(in.Networks, n)
	}
	var e media.Engine
	if in.Media, dl, err = e.Plan(t.Context(), media.Options{Root: root, Now: now, Depth: media.Headers}, render.Pictures(in.Markdown, contents)); err != nil || dl.HasErrors() {
		t.Fatal(err, dl)
	}
	return in
}

var day = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

// town is a site of one city, to be written over.
func town(more map[string]string) fstest.MapFS {
	files := map[string]string{
		"site.yaml":                 "title: Towns\nlanguages: [en]\nedition: \"2018\"\n",
		"content/editions/2018.md":  "---\ntitle: Towns 2018\nyear: 2018\nas_of: 2018-06-30\n---\n",
		"content/fields/music.md":   "---\nname: Music\ncity_label: City of Music\ncolour: \"#034d60\"\npattern: strings\n---\n",
		"content/regions/europe.md": "---\nname: Europe\n---\n",
		"content/countries/pl.md":   "---\nname: Poland\nregion: europe\n---\n",
		"content/cities/lodz.md":    "---\nname: Łódź\ncountry: PL\nfield: music\ndesignated: 2017\nlocation: {lat: 51.77, lon: 19.47}\nregion: europe\n---\n\nA town of looms.\n",
	}
	maps.Copy(files, more)
	out := fstest.MapFS{}
	for p, text := range files {
		out[p] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	return out
}

// made renders and returns the files by path.
func rendered(t testing.TB, in *render.Input) (map[string]output.File, diag.List) {
	t.Helper()
	files, dl, err := Render(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]output.File{}
	for _, f := range files {
		out[f.Path] = f
	}
	return out, dl
}

func read(t testing.TB, f output.File) ([]byte, *inspect.Document) {
	t.Helper()
	if f.Blob == nil {
		t.Fatal("the file is not there")
	}
	data, err := f.Bytes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	d, err := inspect.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	return data, d
}

// elements finds those of a role.
func elements(e *inspect.Element, role inspect.Name) []*inspect.Element {
	var out []*inspect.Element
	if e.Role == role {
		out = append(out, e)
	}
	for _, k := range e.Kids {
		out = append(out, elements(k, role)...)
	}
	return out
}

// said is the text of an element with that of its kids.
func said(e *inspect.Element) string {
	s := e.Text
	for _, k := range e.Kids {
		s += " " + said(k)
	}
	return plain(s)
}

var blanks = regexp.MustCompile(`[\s\x{00a0}\x{202f}\x{2002}]+`)

// plain is a text without the ends of its lines and the kinds of its spaces.
func plain(s string) string {
	s = regexp.MustCompile(`\x{00ad}\s*|(-)\n`).ReplaceAllString(s, "$1")
	return strings.TrimSpace(blanks.ReplaceAllString(s, " "))
}

var (
	seePage = regexp.MustCompile(` \(p\. ?\d+\)`)
	entry   = regexp.MustCompile(`^(.+?) (\d+)$`)
)

func TestOurBook(t *testing.T) {
	in := input(t, ours, day)
	files, dl := rendered(t, in)
	for _, d := range dl {
		if d.Severity != diag.Note {
			t.Errorf("%s: %s", d.Pos, d.Message)
		}
	}
	for l, n := range in.Networks {
		data, d := read(t, files["booklet/2018/creative-cities-2018-"+n.Lang+".pdf"])
		findings, err := inspect.Preflight(data)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range findings {
			t.Errorf("%s: %s", n.Lang, f)
		}
		pages := make([]string, len(d.Pages)+1)
		for i := range d.Pages {
			pages[i+1] = d.PageText(i)
		}
		if len(d.Pages)%2 != 0 {
			t.Errorf("%s: %d pages", n.Lang, len(d.Pages))
		}
		checkNumbers(t, d, pages)
		checkParagraphs(t, in, n, strings.Join(pages, "\n"))
		if l > 0 {
			continue
		}
		if !strings.Contains(plain(pages[1]), "Creative Cities 2018") {
			t.Errorf("the cover says %q", pages[1])
		}
		checkReferences(t, d, pages)
		_, alone := read(t, files["booklet/2018/cities/lodz.pdf"])
		checkExtract(t, alone, pages)
	}
}

// checkNumbers follows every line of the contents and of the indexes to its page.
func checkNumbers(t *testing.T, d *inspect.Document, pages []string) {
	t.Helper()
	tree := d.Structure()
	n := 0
	for _, e := range append(elements(tree, "TOCI"), elements(tree, "LI")...) {
		m := entry.FindStringSubmatch(said(e))
		if m == nil || len(elements(e, "Link")) == 0 {
			continue
		}
		n++
		number, _ := strconv.Atoi(m[2])
		if number < 1 || number >= len(pages) {
			t.Errorf("%q: there is no such page", m[0])
		} else if !strings.Contains(plain(pages[number]), m[1]) && !strings.Contains(m[1], "(") {
			t.Errorf("%q: page %d does not hold it", m[0], number)
		}
	}
	if want := 3 * 180; n < want { // in the contents, in the lists of the sections and in the indexes
		t.Errorf("%d entries with numbers, want at least %d", n, want)
	}
}

// checkParagraphs looks for every paragraph of every city.
func checkParagraphs(t *testing.T, in *render.Input, n *derive.Network, all string) {
	t.Helper()
	text := seePage.ReplaceAllString(plain(all), "")
	for _, c := range n.Cities {
		for p := range strings.SplitSeq(in.Markdown.Parse(c.Body).Plain(), "\n") {
			if p = plain(p); p != "" && !strings.Contains(text, p) {
				t.Errorf("%s, %s: the book lacks %q", n.Lang, c.ID, p)
			}
		}
	}
}

// checkReferences follows every "see page".
func checkReferences(t *testing.T, d *inspect.Document, pages []string) {
	t.Helper()
	alt := regexp.MustCompile(`^(.+), see page (\d+)$`)
	n := 0
	for _, e := range elements(d.Structure(), "Link") {
		m := alt.FindStringSubmatch(inspect.Text(e.Dict["Alt"]))
		if m == nil {
			continue
		}
		n++
		number, _ := strconv.Atoi(m[2])
		if number < 1 || number >= len(pages) || !strings.Contains(plain(pages[number]), plain(m[1])) {
			t.Errorf("a link says %q, but that page does not speak of it", m[0])
		}
	}
	if n < 1000 {
		t.Errorf("%d references, want more than a thousand", n)
	}
	printed := regexp.MustCompile(`([\p{L}’.-]+) \(p\. ?(\d+)\)`)
	n = 0
	for _, page := range pages {
		for _, m := range printed.FindAllStringSubmatch(plain(page), -1) {
			number, _ := strconv.Atoi(m[2])
			if number >= 1 && number < len(pages) && strings.Contains(strings.ToLower(plain(pages[number])), strings.ToLower(m[1])) {
				n++
			}
		}
	}
	if n < 300 {
		t.Errorf("%d printed references lead to the word before them, want some hundreds", n)
	}
}

// checkExtract compares the pages of a city with those in the book.
func checkExtract(t *testing.T, alone *inspect.Document, pages []string) {
	t.Helper()
	if len(alone.Pages) != 1 {
		t.Fatalf("the extract has %d pages", len(alone.Pages))
	}
	at := slices.Index(pages, alone.PageText(0))
	if at < 0 {
		t.Fatal("the page of the extract is not in the book")
	}
	folio := ""
	for _, r := range alone.Runs(0) {
		if r.Artifact && regexp.MustCompile(`^\d+$`).MatchString(strings.TrimSpace(r.Text)) {
			folio = strings.TrimSpace(r.Text)
		}
	}
	if folio != strconv.Itoa(at) {
		t.Errorf("the extract has the number %q, the book %d", folio, at)
	}
}
