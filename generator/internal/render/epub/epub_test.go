package epub_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"uccn/generator/internal/build"
	"uccn/generator/internal/output"
)

// books builds the EPUBs of a site's folder.
func books(t *testing.T, dir, edition string) []output.File {
	t.Helper()
	now := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	res, err := build.NewSession(func() time.Time { return now }).Build(t.Context(), build.Options{Root: os.DirFS(dir), Now: now, Only: []string{"epub"}, Edition: edition})
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
	files := books(t, own(), "2018")
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
	a, b := books(t, own(), "2023"), books(t, own(), "2023")
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
}
