package epub_test

import (
	"archive/zip"
	"bytes"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"uccn/generator/internal/build"
	"uccn/generator/internal/output"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/booklet"
)

// books builds the EPUBs of a site's folder.
func books(t *testing.T, dir, edition string, only ...string) []output.File {
	t.Helper()
	now := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	res, err := build.NewSession(func() time.Time { return now }).Build(t.Context(), build.Options{Root: os.DirFS(dir), Now: now, Only: only, Edition: edition})
	if err != nil {
		t.Fatal(err)
	}
	if res.Diagnostics.HasErrors() {
		t.Fatal(res.Diagnostics)
	}
	var out []output.File
	for _, f := range res.Files {
		if strings.HasSuffix(f.Path, ".epub") {
			out = append(out, f)
		}
	}
	return out
}

// own is the folder of the site in this repository.
func own() string { return filepath.Join("..", "..", "..", "..") }

// unpack returns the documents of a book by their paths.
func unpack(t *testing.T, f output.File) map[string]string {
	t.Helper()
	data, err := f.Bytes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, e := range z.File {
		r, err := e.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[e.Name] = string(b)
	}
	return out
}

func TestOwnSite(t *testing.T) {
	files := books(t, own(), "2018", "epub")
	var paths []string
	for _, f := range files {
		paths = append(paths, f.Path)
	}
	if want := []string{"booklet/2018/creative-cities-2018-en.epub", "booklet/2018/creative-cities-2018-fr.epub"}; !slices.Equal(paths, want) {
		t.Fatalf("got %q, want %q", paths, want)
	}
	en, fr := unpack(t, files[0]), unpack(t, files[1])
	cities := 0
	for name := range en {
		if strings.HasPrefix(name, "EPUB/text/city-") {
			cities++
		}
	}
	if cities != 180 {
		t.Errorf("%d documents of cities, want 180", cities)
	}
	for name, wants := range map[string][]string{
		"EPUB/text/city-lodz.xhtml":  {`<h1 id="title">Łódź</h1>`, `href="city-krakow.xhtml"`, `City of Film`, `<dt>Country</dt><dd><a href="index-countries.xhtml#countries-pl">Poland</a></dd>`},
		"EPUB/text/field-film.xhtml": {`role="doc-part"`, `href="city-lodz.xhtml"`},
		"EPUB/package.opf":           {`<dc:language>en</dc:language>`, `schema:accessModeSufficient">textual<`, `alternativeText`, `properties="cover-image"`, `2018-06-30T00:00:00Z`},
		"EPUB/nav.xhtml":             {`epub:type="landmarks"`, `href="text/index-cities.xhtml"`},
	} {
		for _, want := range wants {
			if !strings.Contains(en[name], want) {
				t.Errorf("%s lacks %s", name, want)
			}
		}
	}
	if !strings.Contains(fr["EPUB/text/city-lodz.xhtml"], `lang="fr"`) || !strings.Contains(fr["EPUB/text/city-lodz.xhtml"], "Pologne") {
		t.Error("the French book is not in French")
	}
	for _, book := range []map[string]string{en, fr} {
		if !regexp.MustCompile(`href="img/cover.png" media-type="image/png" properties="cover-image"`).MatchString(book["EPUB/package.opf"]) {
			t.Error("shelves that show no SVG have no cover")
		}
		if m, err := png.Decode(strings.NewReader(book["EPUB/img/cover.png"])); err != nil || m.Bounds() != image.Rect(0, 0, 1200, 1800) {
			t.Errorf("the cover in pixels: %v", err)
		}
		delete(book, "EPUB/img/cover.png")
		for name, text := range book {
			if strings.HasSuffix(name, ".woff2") {
				continue
			}
			if m := regexp.MustCompile(`⟨[a-z._]+⟩|&lt;[a-z]+\.[a-z.]+&gt;|%!|<p></p>|<dd></dd>`).FindString(text); m != "" {
				t.Errorf("%s holds %s", name, m)
			}
		}
	}
}

func TestSameBytesTwice(t *testing.T) {
	dir := filepath.Join(own(), "generator", "testdata", "arabic")
	a, b := books(t, dir, "", "epub"), books(t, dir, "", "epub")
	for i := range a {
		if a[i].Blob.Key() != b[i].Blob.Key() {
			t.Errorf("%s: two keys", a[i].Path)
		}
		x, err := a[i].Bytes(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		y, err := b[i].Bytes(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(x, y) {
			t.Errorf("%s: not the same bytes", a[i].Path)
		}
	}
	if len(a) != 2 || a[0].Blob.Key() == a[1].Blob.Key() {
		t.Errorf("%d books, of which two languages are the same", len(a))
	}
}

// TestRightToLeft reads the Arabic book: its direction, a photograph with its
// credit, and a word in another language.
func TestRightToLeft(t *testing.T) {
	book := unpack(t, books(t, filepath.Join(own(), "generator", "testdata", "arabic"), "", "epub")[0])
	for name, wants := range map[string][]string{
		"EPUB/package.opf":                {`page-progression-direction="rtl"`, "<dc:language>ar</dc:language>"},
		"EPUB/text/city-al-manara.xhtml":  {`lang="ar" xml:lang="ar" dir="rtl"`, `<span lang="en" xml:lang="en" dir="ltr">Al-Manara</span>`},
		"EPUB/text/room-1.xhtml":          {`.jpg" alt="`, "<figcaption>", "CC0"},
		"EPUB/text/index-countries.xhtml": {`role="doc-index"`},
	} {
		for _, want := range wants {
			if !strings.Contains(book[name], want) {
				t.Errorf("%s lacks %s", name, want)
			}
		}
	}
}

// TestPageList compares the pages that the book names with those of the printed
// one: each in its order, at the place that stands first on it.
func TestPageList(t *testing.T) {
	dir := filepath.Join(own(), "generator", "testdata", "arabic")
	now := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	res, err := build.NewSession(func() time.Time { return now }).Build(t.Context(), build.Options{Root: os.DirFS(dir), Now: now, Only: []string{"booklet", "epub"}})
	if err != nil || res.Diagnostics.HasErrors() {
		t.Fatal(err, res.Diagnostics)
	}
	folios, err := booklet.Folios(t.Context(), res.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range res.Files {
		if !strings.HasSuffix(f.Path, "-en.epub") {
			continue
		}
		book := unpack(t, f)
		marks := regexp.MustCompile(`<a href="text/([^#"]+)#page-(\d+)">(\d+)</a>`).FindAllStringSubmatch(book["EPUB/nav.xhtml"], -1)
		if len(marks) < 15 {
			t.Errorf("%d pages", len(marks))
		}
		last := 0
		for _, m := range marks {
			n, _ := strconv.Atoi(m[2])
			if n <= last || m[2] != m[3] {
				t.Errorf("page %s after %d", m[3], last)
			}
			last = n
			if !strings.Contains(book["EPUB/text/"+m[1]], `id="page-`+m[2]+`"`) {
				t.Errorf("%s does not hold page %s", m[1], m[2])
			}
			if id, isCity := strings.CutPrefix(strings.TrimSuffix(m[1], ".xhtml"), "city-"); isCity && !slices.Contains(folios, render.Folio{Lang: "en", Place: "cities-" + id, Page: n}) {
				t.Errorf("%s does not stand on page %d of the printed book", id, n)
			}
		}
		return
	}
	t.Error("no English book")
}
