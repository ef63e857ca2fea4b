package exhibition

import (
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"image/jpeg"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"uccn/generator/internal/config"
	"uccn/generator/internal/derive"
	"uccn/generator/internal/load"
	"uccn/generator/internal/markdown"
	"uccn/generator/internal/media"
	"uccn/generator/internal/model"
	"uccn/generator/internal/output"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/site"
	"uccn/generator/internal/theme"
	"uccn/generator/internal/worldmap"
	"uccn/themes"
)

// pictured is a practice with two pictures, one of them by permission, and a
// walk through the first.
const pictured = `---
title: A pictured practice
cities: [lodz]
exhibition: practices-of-the-network
number: 99
summary: It stands here to show what becomes of pictures and of the details that are told of them.
images:
  - {src: street.jpg, alt: A street with people, credit: A. Maker, license: cc-by-4.0}
  - {src: hall.jpg, alt: A hall, credit: B. Maker, license: permission, rights_holder: B. Maker}
stops:
  - {image: street.jpg, region: [0.25, 0.5, 0.5, 0.25], text: Here they walk.}
  - {image: street.jpg, region: [0, 0, 1, 1], text: And this is the whole of it.}
---

Text.
`

// both is the folder of this repository with more files in it.
type both struct{ over, under fs.FS }

func (b both) Open(name string) (fs.File, error) {
	if f, err := b.over.Open(name); err == nil {
		if info, err := f.Stat(); err == nil && !info.IsDir() {
			return f, nil
		}
	}
	return b.under.Open(name)
}

func (b both) ReadDir(name string) ([]fs.DirEntry, error) {
	found := map[string]fs.DirEntry{}
	for _, f := range []fs.FS{b.under, b.over} {
		entries, _ := fs.ReadDir(f, name)
		for _, e := range entries {
			found[e.Name()] = e
		}
	}
	var out []fs.DirEntry
	for _, k := range slices.Sorted(maps.Keys(found)) {
		out = append(out, found[k])
	}
	return out, nil
}

func photograph(t *testing.T) *fstest.MapFile {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 1200, 800))
	for y := range 800 {
		for x := range 1200 {
			m.Set(x, y, color.RGBA{uint8(x / 5), uint8(y / 4), 90, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return &fstest.MapFile{Data: b.Bytes()}
}

// ours reads the content of this repository with the pictured practice, in
// some languages; a language without translations shows the originals.
func ours(t *testing.T, languages ...string) *render.Input {
	t.Helper()
	root := both{fstest.MapFS{
		"content/practices/pictured-practice.md": {Data: []byte(pictured)},
		"content/practices/street.jpg":           photograph(t),
		"content/practices/hall.jpg":             photograph(t),
	}, os.DirFS("../../../..")}
	s, _, err := config.Read(root)
	if err != nil {
		t.Fatal(err)
	}
	s.Languages = languages
	now := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	contents, _, err := load.Content(t.Context(), root, load.Options{Languages: languages, Today: model.DateOf(now)})
	if err != nil {
		t.Fatal(err)
	}
	in := &render.Input{Site: s, Markdown: markdown.New(), Land: worldmap.Open(), Now: now}
	for _, c := range contents {
		n, dl := derive.Build(c, s, derive.Options{Today: model.DateOf(now)})
		if n == nil {
			t.Fatal(dl)
		}
		in.Networks = append(in.Networks, n)
	}
	pages := site.Pages()
	maps.Copy(pages, Pages())
	th, dl, err := theme.Load(themes.Default(), "themes/default", pages, languages)
	if err != nil || dl.HasErrors() {
		t.Fatal(dl, err)
	}
	in.Theme = th
	var e media.Engine
	t.Cleanup(func() { e.Close(t.Context()) })
	set, dl, err := e.Plan(t.Context(), media.Options{Root: root, Now: now}, render.Pictures(in.Markdown, contents))
	if err != nil || dl.HasErrors() {
		t.Fatal(dl, err)
	}
	in.Media = set
	return in
}

// TestPages holds what is rendered to facts; Arabic has no translations and runs
// from the right.
func TestPages(t *testing.T) {
	files := rendered(t, ours(t, "en", "fr", "ar"))
	t.Run("kiosk", func(t *testing.T) { kioskHasNoWayOut(t, files) })
	t.Run("words", func(t *testing.T) { wordsOfEveryLanguage(t, files) })
	t.Run("details", func(t *testing.T) { details(t, files) })
	t.Run("manifests", func(t *testing.T) { manifestsOfWorks(t, files) })
}

func rendered(t *testing.T, in *render.Input) map[string]output.File {
	t.Helper()
	files, _, err := Render(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]output.File{}
	for _, f := range files {
		if _, twice := out[f.Path]; twice {
			t.Errorf("%s is made twice", f.Path)
		}
		out[f.Path] = f
	}
	return out
}

func alone(t *testing.T, in *render.Input) map[string]output.File {
	t.Helper()
	files, _, err := site.Render(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	more, _, err := Render(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	cut, err := Alone(t.Context(), in, slices.Concat(files, more, in.Media.Files()))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]output.File{}
	for _, f := range cut {
		if f.Later != nil {
			if f.Data, err = f.Bytes(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		out[f.Path] = f
	}
	return out
}

var (
	anchor = regexp.MustCompile(`<a [^>]*?href="([^"]*)"`)
	asked  = regexp.MustCompile(`<(?:img|script|image|link rel="stylesheet"|link rel="icon")[^>]*? (?:src|href)="([^"]*)"`)
	ident  = regexp.MustCompile(` id="([^"]*)"`)
)

// Nothing on the stick leads away from it, and every address and anchor lands.
func TestEveryLinkOfTheStickLands(t *testing.T) {
	files := alone(t, ours(t, "en", "fr", "ar"))
	ids := map[string][]string{}
	pages := 0
	for name, f := range files {
		if strings.HasSuffix(name, ".html") {
			pages++
			for _, m := range ident.FindAllSubmatch(f.Data, -1) {
				ids[name] = append(ids[name], string(m[1]))
			}
		}
	}
	for name, f := range files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		for _, m := range append(anchor.FindAllSubmatch(f.Data, -1), asked.FindAllSubmatch(f.Data, -1)...) {
			to, fragment, _ := strings.Cut(string(m[1]), "#")
			to, _, _ = strings.Cut(to, "?")
			target := name
			if to != "" {
				target = path.Join(path.Dir(name), to)
			}
			if _, ok := files[target]; !ok || strings.Contains(to, ":") {
				t.Errorf("%s: %s leads nowhere", name, m[1])
			} else if fragment != "" && strings.HasSuffix(target, ".html") && !slices.Contains(ids[target], fragment) {
				t.Errorf("%s: there is no #%s in %s", name, fragment, target)
			}
		}
	}
	if pages < 3*83 {
		t.Errorf("only %d pages", pages)
	}
	for _, want := range []string{"index.html", "fr/index.html", "exhibition/index.html", "exhibition/kiosk/index.html", "practices/open-streets-days/index.html", "search/index-en.js", "exhibition/codes/open-streets-days.svg"} {
		if _, ok := files[want]; !ok {
			t.Errorf("%s is not on the stick", want)
		}
	}
	if f := files["index.html"]; !bytes.Contains(f.Data, []byte(`url=exhibition/index.html`)) {
		t.Errorf("the first page does not open the wall: %s", f.Data)
	}
	if f := files["practices/open-streets-days/index.html"]; bytes.Contains(f.Data, []byte("<nav aria-label=\"Main menu\"><ul class=\"links\"></ul>")) || !regexp.MustCompile(`class="plainly">(<span>)?Cape Town<`).Match(f.Data) {
		t.Error("want the menu without dead entries, and the city as plain text")
	}
}

func kioskHasNoWayOut(t *testing.T, files map[string]output.File) {
	for name, f := range files {
		if !strings.HasSuffix(name, "exhibition/kiosk/index.html") {
			continue
		}
		if strings.HasPrefix(name, "ar/") {
			t.Errorf("%s: the exhibition asks for English and French alone", name)
		}
		others := 0
		for _, m := range anchor.FindAllSubmatch(f.Data, -1) {
			if href := string(m[1]); strings.HasSuffix(href, "exhibition/kiosk/index.html") {
				others++
			} else if !strings.HasPrefix(href, "#") || !bytes.Contains(f.Data, []byte(` id="`+href[1:]+`"`)) {
				t.Errorf("%s: %s leads out of the hall", name, href)
			}
		}
		if others != 1 {
			t.Errorf("%s: %d other languages, want 1", name, others)
		}
		if n := bytes.Count(f.Data, []byte("<article")); n != 83 {
			t.Errorf("%s: %d works", name, n)
		}
		if n := bytes.Count(f.Data, []byte("<h1")); n != 1 {
			t.Errorf("%s: %d headings of the first level", name, n)
		}
	}
}

func wordsOfEveryLanguage(t *testing.T, files map[string]output.File) {
	for name, f := range files {
		if bytes.Contains(f.Data, []byte("⟨")) {
			t.Errorf("%s lacks a word", name)
		}
	}
}

func details(t *testing.T, files map[string]output.File) {
	f, ok := files["exhibition/tours/pictured-practice/index.html"]
	if !ok {
		t.Fatal("no page of details")
	}
	for _, want := range []string{`viewBox="0 0 1200 800" role="img" aria-label="A street with people"`, `data-view="300 400 600 200"`, `<svg viewBox="300 400 600 200"`, "Here they walk.", "A. Maker, CC BY 4.0"} {
		if !bytes.Contains(f.Data, []byte(want)) {
			t.Errorf("the page lacks %s", want)
		}
	}
	tour := files["exhibition/tours/across-the-fields/index.html"]
	if n := bytes.Count(tour.Data, []byte(`<li class="f-`)); n != 7 {
		t.Errorf("%d stops in the tour, want 7", n)
	}
}

func manifestsOfWorks(t *testing.T, files map[string]output.File) {
	f := files["iiif/practices/pictured-practice/manifest.json"]
	var m struct {
		ID, Type, Rights string
		Context          string `json:"@context"`
		Label            map[string][]string
		Statement        struct{ Value map[string][]string } `json:"requiredStatement"`
		Items            []struct {
			ID, Type, Rights string
			Width, Height    int
			Annotations      []struct {
				Items []struct{ Target string }
			}
			Items []struct {
				Items []struct {
					Motivation, Target string
					Body               struct{ ID, Type, Format string }
				}
			}
		}
	}
	if err := json.Unmarshal(f.Data, &m); err != nil {
		t.Fatal(err, string(f.Data))
	}
	const base = "https://creative-cities.example/iiif/practices/pictured-practice/"
	if m.Context != presentation || m.ID != base+"manifest.json" || m.Type != "Manifest" || m.Rights != "http://creativecommons.org/licenses/by/4.0/" {
		t.Errorf("manifest: %+v", m)
	}
	if len(m.Items) != 1 || m.Items[0].Width != 1200 || m.Items[0].Rights != "http://creativecommons.org/licenses/by/4.0/" {
		t.Fatalf("canvases: %+v", m.Items)
	}
	paint := m.Items[0].Items[0].Items[0]
	if paint.Motivation != "painting" || paint.Target != m.Items[0].ID || paint.Body.Type != "Image" || paint.Body.Format != "image/jpeg" || files[strings.TrimPrefix(paint.Body.ID, "https://creative-cities.example/")].Path != "" {
		t.Errorf("painting: %+v", paint)
	}
	if got := m.Items[0].Annotations[0].Items[0].Target; got != m.Items[0].ID+"#xywh=300,400,600,200" {
		t.Errorf("detail at %s", got)
	}
	if bytes.Contains(f.Data, []byte("B. Maker")) || !slices.Equal(m.Statement.Value["none"], []string{"A. Maker"}) {
		t.Errorf("the picture by permission is told of, or the credit is not: %s", f.Data)
	}
	plain := files["iiif/practices/open-streets-days/manifest.json"]
	for _, want := range []string{`"en":["Open Streets Days"]`, `"fr":[`, `"format":"image/svg+xml"`, `/plates/practices/open-streets-days.svg"`} {
		if !bytes.Contains(plain.Data, []byte(want)) {
			t.Errorf("the manifest of a work without pictures lacks %s: %s", want, plain.Data)
		}
	}
	all := files["iiif/exhibitions/practices-of-the-network/collection.json"]
	if n := bytes.Count(all.Data, []byte(`"type":"Manifest"`)); n != 83 {
		t.Errorf("%d manifests in the collection", n)
	}
}

// A site that does not know its address has neither codes nor manifests.
func TestWithoutAddress(t *testing.T) {
	in := ours(t, "en")
	in.Site.BaseURL = ""
	for name := range rendered(t, in) {
		if strings.HasPrefix(name, "iiif/") || strings.Contains(name, "/codes/") {
			t.Errorf("%s cannot have an address in it", name)
		}
	}
}
