package panels_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"uccn/generator/internal/build"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/output"
	"uccn/generator/internal/pdf/inspect"
)

// site is an exhibition of three works in two languages; more are further files.
func site(more map[string]string) fstest.MapFS {
	files := map[string]string{
		"site.yaml":                     "title: Towns\nbase_url: https://towns.example/\nlanguages: [en, fr]\nedition: first\n",
		"content/editions/first.md":     "---\ntitle: First\nyear: 2018\nas_of: 2018-06-30\n---\n",
		"content/exhibitions/quays.md":  "---\ntitle: Quays\npanels: {size: A1, bleed: 5, marks: true}\n---\n",
		"content/countries/xa.md":       "---\nname: Quayland\nregion: europe\n---\n",
		"content/regions/europe.md":     "---\nname: Europe\norder: 1\n---\n",
		"content/fields/music.md":       "---\nname: Music\ncity_label: City of Music\ncolour: \"#034d60\"\npattern: strings\norder: 1\n---\n",
		"content/cities/harbour.md":     "---\nname: Harbour\ncountry: XA\nfield: music\ndesignated: 2016\nlocation: {lat: 50, lon: 9}\n---\n",
		"content/practices/choir.md":    work(1, "Choir of the quay", "", "The choir sings on the quay."),
		"content/practices/lamps.md":    work(2, "Lamps", "panel: {layout: landscape, quote: Every boat knows its lamp., order: 1}\n", "Each lamp has its own light."),
		"content/practices/ropes.md":    work(3, "Ropes", "", "Ropes are made by hand."),
		"content/practices/choir.fr.md": "---\ntitle: Chœur du quai\ntranslation: {state: machine}\n---\n\nLe chœur chante sur le quai.\n",
	}
	for p, text := range more {
		files[p] = text
	}
	out := fstest.MapFS{}
	for p, text := range files {
		out[p] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	return out
}

func work(number int, title, extra, text string) string {
	return fmt.Sprintf("---\ntitle: %s\ncities: [harbour]\nexhibition: quays\nnumber: %d\nyear: 2017\n%s---\n\n%s\n", title, number, extra, text)
}

// photo is a JPEG of a size.
func photo(t *testing.T, w, h int) string {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, w, h))
	for i := range m.Pix {
		m.Pix[i] = color.Gray{Y: uint8(i / 97)}.Y
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// printed builds the panels and labels and opens them by their names.
func printed(t *testing.T, root fstest.MapFS) (map[string]*inspect.Document, map[string]output.File, diag.List) {
	t.Helper()
	now := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	res, err := build.NewSession(func() time.Time { return now }).Build(t.Context(), build.Options{Root: root, Now: now, Only: []string{"panels"}})
	if err != nil {
		t.Fatal(err)
	}
	if res.Diagnostics.HasErrors() {
		for _, d := range res.Diagnostics {
			t.Logf("%s: %s: %s (%s)", d.Pos, d.Severity, d.Message, d.Hint)
		}
		t.FailNow()
	}
	docs, files := map[string]*inspect.Document{}, map[string]output.File{}
	for _, f := range res.Files {
		if path.Ext(f.Path) != ".pdf" {
			continue
		}
		data, err := f.Bytes(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		found, err := inspect.Preflight(data)
		if err != nil || len(found) > 0 {
			t.Errorf("%s: %v %v", f.Path, err, found)
		}
		d, err := inspect.Open(data)
		if err != nil {
			t.Fatal(err)
		}
		docs[path.Base(f.Path)], files[path.Base(f.Path)] = d, f
	}
	return docs, files, res.Diagnostics
}

func TestPages(t *testing.T) {
	docs, _, _ := printed(t, site(nil))
	var names []string
	for n := range docs {
		names = append(names, n)
	}
	slices.Sort(names)
	if want := []string{"labels-fr.pdf", "labels.pdf", "panels-fr.pdf", "panels.pdf"}; !slices.Equal(names, want) {
		t.Fatalf("got %q, want %q", names, want)
	}
	for name, wants := range map[string][]string{
		"panels.pdf":    {"Lamps|Every boat knows its lamp.|Each lamp has its own light.|Harbour (Quayland)|Music", "Choir of the quay|no. 1 · 2017", "Ropes"},
		"panels-fr.pdf": {"Lamps", "Chœur du quai|Le chœur chante sur le quai.", "Ropes"},
		"labels.pdf":    {"Lamps|Every boat knows its lamp.", "Choir of the quay", "Ropes"},
	} {
		d := docs[name]
		if len(d.Pages) != len(wants) {
			t.Errorf("%s has %d pages", name, len(d.Pages))
			continue
		}
		for i, want := range wants {
			text := strings.Join(strings.Fields(d.PageText(i)), " ")
			for w := range strings.SplitSeq(want, "|") {
				if !strings.Contains(text, w) {
					t.Errorf("page %d of %s lacks %q: %s", i+1, name, w, text)
				}
			}
		}
	}
}

// TestLetters measures every letter: none is smaller than can be read from the
// distance that the size of the print stands for, in points for each metre.
func TestLetters(t *testing.T) {
	long := strings.Repeat("The choir of the quay sings on the quay in all weathers. ", 14)
	for size, metres := range map[string]float64{"A3": 297. / 420, "A2": 1, "A1": 594. / 420, "A0": 841. / 420} {
		docs, _, _ := printed(t, site(map[string]string{
			"content/exhibitions/quays.md": "---\ntitle: Quays\npanels: {size: " + size + "}\n---\n",
			"content/practices/choir.md":   work(1, "Choir of the quay", "", long),
		}))
		for name, m := range map[string]float64{"panels.pdf": metres, "labels.pdf": .4} {
			least := 1e9
			for i := range docs[name].Pages {
				for _, size := range sizes(t, docs[name], i) {
					least = min(least, size)
				}
			}
			if least < 24*m-.01 || least > 30*m {
				t.Errorf("%s of %s: the smallest letters have %.1f pt, want %.1f or a little more", name, size, least, 24*m)
			}
		}
	}
}

// sizes are those that the operator Tf sets on a page, in points.
func sizes(t *testing.T, d *inspect.Document, page int) []float64 {
	t.Helper()
	contents, is := d.Get(d.Pages[page].Dict["Contents"]).(*inspect.Stream)
	if !is {
		t.Fatal("a page without one stream of content")
	}
	data, err := d.Data(contents)
	if err != nil {
		t.Fatal(err)
	}
	var out []float64
	for _, m := range regexp.MustCompile(`/\w+ ([0-9.]+) Tf`).FindAllSubmatch(data, -1) {
		v, err := strconv.ParseFloat(string(m[1]), 64)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	if len(out) == 0 {
		t.Fatal("a page without letters")
	}
	return out
}

func TestPictures(t *testing.T) {
	picture := "images:\n  - {src: hall.jpg, alt: A hall, credit: the harbour, license: cc0}\n"
	for _, c := range []struct {
		w, h    int
		refused bool
	}{{2600, 2000, false}, {2000, 2000, true}} {
		docs, _, dl := printed(t, site(map[string]string{
			"content/practices/ropes.md": work(3, "Ropes", picture, "Ropes are made by hand."),
			"content/practices/hall.jpg": photo(t, c.w, c.h),
		}))
		refused := slices.ContainsFunc(dl, func(d diag.Diagnostic) bool { return d.Code == "low-resolution" })
		if refused != c.refused {
			t.Errorf("%d pixels wide: refused is %v", c.w, refused)
		}
		if text := docs["panels.pdf"].PageText(2); strings.Contains(text, "the harbour") == c.refused {
			t.Errorf("%d pixels wide: the panel says %q", c.w, text)
		}
	}
}

func TestKeysFollowWhatIsPrinted(t *testing.T) {
	_, a, _ := printed(t, site(nil))
	_, again, _ := printed(t, site(nil))
	_, b, _ := printed(t, site(map[string]string{"content/practices/ropes.md": work(3, "Ropes", "", "Ropes are made by many hands.")}))
	for name := range a {
		if a[name].Blob.Key() != again[name].Blob.Key() {
			t.Errorf("%s has two keys", name)
		}
		x, _ := a[name].Bytes(t.Context())
		y, _ := again[name].Bytes(t.Context())
		if !bytes.Equal(x, y) {
			t.Errorf("%s: not the same bytes", name)
		}
		if a[name].Blob.Key() == b[name].Blob.Key() {
			t.Errorf("%s does not notice another text", name)
		}
	}
}
