package booklet

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"uccn/generator/internal/memo"
	"uccn/generator/internal/output"
	"uccn/generator/internal/pdf/inspect"
	"uccn/generator/internal/render"
	"uccn/generator/internal/synth"
)

func TestSameBytesOnAnyNumberOfCores(t *testing.T) {
	sum := func(cores int) []byte {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
		files, _ := rendered(t, input(t, mapOf(synth.Files(12, "en")), day))
		data, _ := read(t, first(t, files, ".pdf"))
		return data
	}
	if !bytes.Equal(sum(1), sum(3)) {
		t.Error("one core and three give different books")
	}
}

func TestOneLanguage(t *testing.T) {
	in := input(t, mapOf(synth.Files(4, "en", "fr")), day)
	for lang, want := range map[string]int{"": 2, "fr": 1, "en": 1, "fi": 2} {
		in.Speaking = lang
		files, _, err := Render(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, f := range files {
			if strings.HasSuffix(f.Path, "-print.pdf") {
				n++
				if want == 1 && !strings.HasSuffix(f.Path, "-"+lang+"-print.pdf") {
					t.Errorf("%q: %s", lang, f.Path)
				}
			}
		}
		if n != want {
			t.Errorf("%q: %d books, want %d", lang, n, want)
		}
	}
}

func mapOf(files map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for p, text := range files {
		out[p] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	return out
}

// first is the first file of an edition whose name ends in a word.
func first(t testing.TB, files map[string]output.File, end string) output.File {
	t.Helper()
	for _, p := range slices.Sorted(maps.Keys(files)) {
		if strings.HasSuffix(p, end) && path.Base(path.Dir(p)) != "cities" {
			return files[p]
		}
	}
	t.Fatalf("no file ends in %q", end)
	return output.File{}
}

func TestTooLongText(t *testing.T) {
	long := town(nil)
	c := long["content/cities/lodz.md"]
	c.Data = append(c.Data, strings.Repeat("\nLooms and songs have been at home beside the river for longer than anybody in the town can say.\n", 90)...)
	files, dl := rendered(t, input(t, long, day))
	var codes []string
	for _, d := range dl {
		codes = append(codes, d.Code)
		if d.Code == "overfull-page" && (!strings.Contains(d.Message, "Łódź") || d.Pos.Path != "content/cities/lodz.md") {
			t.Errorf("%s: %s", d.Pos, d.Message)
		}
	}
	if !slices.Contains(codes, "overfull-page") || !slices.Contains(codes, "fitted-page") {
		t.Errorf("problems: %v", codes)
	}
	_, d := read(t, files["booklet/2018/towns-2018-en.pdf"])
	all := ""
	for i := range d.Pages {
		all += d.PageText(i)
	}
	if n := strings.Count(plain(all), "than anybody in the town can say."); n != 90 {
		t.Errorf("%d of 90 paragraphs are in the book", n)
	}
}

func TestFitLadder(t *testing.T) {
	for _, k := range []struct {
		paragraphs int
		step       string
	}{{3, ""}, {4, "smaller"}, {14, "two pages"}} {
		site := town(nil)
		c := site["content/cities/lodz.md"]
		c.Data = append(c.Data, strings.Repeat("\nLooms and songs have been at home beside the river for longer than anybody in the town can say, and those who came from far away to hear them stayed and learnt both of them.\n", k.paragraphs)...)
		_, dl := rendered(t, input(t, site, day))
		got := ""
		for _, d := range dl {
			if d.Code == "fitted-page" {
				got = d.Message
			}
		}
		if k.step == "" && got != "" || !strings.Contains(got, k.step) {
			t.Errorf("%d paragraphs: %q, want %q", k.paragraphs, got, k.step)
		}
	}
}

func TestMissingGlyph(t *testing.T) {
	site := town(map[string]string{"content/cities/lodz.md": "---\nname: Łódź\nname_local: {bo: \"\u0f63\u0f7c\u0f4c\"}\ncountry: PL\nfield: music\ndesignated: 2017\nlocation: {lat: 51.77, lon: 19.47}\nregion: europe\n---\n\nA town of looms.\n"})
	_, dl := rendered(t, input(t, site, day))
	if !dl.HasErrors() {
		t.Fatal("a character without a glyph is no error")
	}
	d := dl[0]
	if d.Code != "missing-glyph" || d.Pos.Path != "content/cities/lodz.md" || !strings.Contains(d.Message, "Łódź") || !strings.Contains(d.Hint, "Noto Serif Tibetan") {
		t.Errorf("%s: %s (%s)", d.Pos, d.Message, d.Hint)
	}
}

func TestPhotograph(t *testing.T) {
	m := image.NewRGBA(image.Rect(0, 0, 2000, 1500))
	for i := range m.Pix {
		m.Pix[i] = uint8(i / 4000)
	}
	m.Set(3, 3, color.White)
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, m, nil); err != nil {
		t.Fatal(err)
	}
	site := town(map[string]string{
		"content/cities/lodz.md": "---\nname: Łódź\ncountry: PL\nfield: music\ndesignated: 2017\nlocation: {lat: 51.77, lon: 19.47}\nregion: europe\nimages:\n  - {src: loom.jpg, alt: A loom by a window, credit: Anna Nowak, license: permission, rights_holder: Anna Nowak}\n---\n\nA town of looms.\n",
	})
	site["content/cities/loom.jpg"] = &fstest.MapFile{Data: photo.Bytes(), Mode: 0o644}
	files, _ := rendered(t, input(t, site, day))
	width := func(name string) int {
		_, d := read(t, files[name])
		page := d.Pages[slices.IndexFunc(d.Pages, func(p inspect.Page) bool { return d.Dict(d.Dict(p.Dict["Resources"])["XObject"]) != nil })]
		for _, x := range d.Dict(d.Dict(page.Dict["Resources"])["XObject"]) {
			if s, is := d.Get(x).(*inspect.Stream); is {
				w, _ := d.Get(s.Dict["Width"]).(float64)
				return int(w)
			}
		}
		return 0
	}
	screen, printed := width("booklet/2018/towns-2018-en.pdf"), width("booklet/2018/towns-2018-en-print.pdf")
	if screen < 500 || screen > 620 || printed != 2000 { // the printer gets the file as it is
		t.Errorf("%d pixels for the screen, %d for the printer", screen, printed)
	}
	_, d := read(t, files["booklet/2018/towns-2018-en.pdf"])
	all := ""
	for i := range d.Pages {
		all += d.PageText(i)
	}
	if !strings.Contains(plain(all), "Anna Nowak, by permission *") {
		t.Error("the credit with its asterisk is not in the book")
	}
	figures := elements(d.Structure(), "Figure")
	if !slices.ContainsFunc(figures, func(e *inspect.Element) bool { return inspect.Text(e.Dict["Alt"]) == "A loom by a window" }) {
		t.Error("no figure says what the photograph shows")
	}
}

func TestPrintBoxes(t *testing.T) {
	files, _ := rendered(t, input(t, town(nil), day))
	_, d := read(t, files["booklet/2018/towns-2018-en-print.pdf"])
	box := func(name inspect.Name) [4]float64 {
		var out [4]float64
		for i, v := range d.Array(d.Pages[0].Dict[name]) {
			out[i], _ = d.Get(v).(float64)
		}
		return out
	}
	trim, bleed, sheet := box("TrimBox"), box("BleedBox"), box("MediaBox")
	mm := 72 / 25.4
	if w := (trim[2] - trim[0]) / mm; w < 147.9 || w > 148.1 {
		t.Errorf("the page is %.2f mm wide", w)
	}
	if b := (trim[0] - bleed[0]) / mm; b < 2.99 || b > 3.01 {
		t.Errorf("the bleed is %.2f mm", b)
	}
	if sheet[0] >= bleed[0] {
		t.Error("there is no room for crop marks")
	}
}

func TestMultiple(t *testing.T) {
	for _, n := range []int{0, 4, 16} {
		site := town(map[string]string{"site.yaml": fmt.Sprintf("title: Towns\nlanguages: [en]\nedition: \"2018\"\nprint: {multiple: %d}\n", max(1, n))})
		files, _ := rendered(t, input(t, site, day))
		_, d := read(t, files["booklet/2018/towns-2018-en.pdf"])
		if len(d.Pages)%max(2, n) != 0 {
			t.Errorf("multiple %d: %d pages", n, len(d.Pages))
		}
	}
}

func TestKey(t *testing.T) {
	key := func(site fs.FS, now time.Time) string {
		in := input(t, site, now)
		in.Preview = true
		files, _ := rendered(t, in)
		return files["booklet/2018/towns-2018-en.pdf"].Blob.Key()
	}
	base := key(town(nil), day)
	if key(town(nil), day.AddDate(0, 0, 1)) != base {
		t.Error("the book is another on the next day")
	}
	for name, change := range map[string]map[string]string{
		"a text":      {"content/cities/lodz.md": strings.Replace(string(town(nil)["content/cities/lodz.md"].Data), "looms", "mills", 1)},
		"a name":      {"content/countries/pl.md": "---\nname: Polska\nregion: europe\n---\n"},
		"the edition": {"content/editions/2018.md": "---\ntitle: Towns 2018\nyear: 2018\nas_of: 2018-06-30\nlicence: CC0\n---\n"},
		"the paper":   {"content/editions/2018.md": "---\ntitle: Towns 2018\nyear: 2018\nas_of: 2018-06-30\npage: {size: A4}\n---\n"},
	} {
		if key(town(change), day) == base {
			t.Errorf("%s has changed, and the key has not", name)
		}
	}
}

func TestNothingIsMadeTwice(t *testing.T) {
	in := input(t, town(nil), day)
	in.Disk = memo.NewDisk(t.TempDir(), day, false)
	files, _ := rendered(t, in)
	want, _ := read(t, files["booklet/2018/towns-2018-en.pdf"])
	again := input(t, town(nil), day)
	again.Disk = in.Disk
	s, _, err := newShelf(again)
	if err != nil {
		t.Fatal(err)
	}
	v := s.volumes()[0]
	if _, err := v.facts(t.Context()); err != nil {
		t.Fatal(err)
	}
	got, err := v.files()[0].Bytes(context.Background())
	if err != nil || !bytes.Equal(got, want) {
		t.Error("the remembered book is another", err)
	}
	if s.books.Len() != 0 {
		t.Error("the book was composed again")
	}
}

func TestPapersAndOrders(t *testing.T) {
	for _, size := range []string{"A4", "A5", "A6", "B5", "US-Letter", "US-Digest"} {
		for _, order := range []string{"field", "country", "region", "name"} {
			if size != "A5" && order != "field" {
				continue
			}
			site := town(map[string]string{"content/editions/2018.md": fmt.Sprintf("---\ntitle: Towns 2018\nyear: 2018\nas_of: 2018-06-30\nisbn: 978-3-16-148410-0\norder: %s\npage: {size: %s}\nforewords:\n  - {author: A. Writer, role: Mayor, text: \"A word before.\"}\n---\n", order, size)})
			files, dl := rendered(t, input(t, site, day))
			if len(dl) > 0 {
				t.Errorf("%s by %s: %v", size, order, dl[0].Message)
			}
			data, _ := read(t, files["booklet/2018/towns-2018-en.pdf"])
			if f, err := inspect.Preflight(data); err != nil || len(f) > 0 {
				t.Errorf("%s by %s: %v %v", size, order, f, err)
			}
		}
	}
}

func TestBooks(t *testing.T) {
	in := input(t, town(nil), day)
	names, err := Books(t.Context(), in, nil)
	if err != nil || len(names) != 1 || names[0].Pages != 0 || names[0].Files[1] != (render.BookFile{Path: "booklet/2018/towns-2018-en-print.pdf", Print: true}) {
		t.Fatal(names, err)
	}
	files, _, err := Render(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	books, err := Books(t.Context(), in, files)
	if err != nil || len(books) != 1 {
		t.Fatal(books, err)
	}
	b := books[0]
	if b.Title != "Towns 2018" || b.Pages < 10 || len(b.Files) != 2 || b.Files[0].Bytes < 10000 || b.Files[0].Print || !b.Files[1].Print || !bytes.HasPrefix(b.Cover, []byte("<svg")) {
		t.Errorf("%q, %d pages, files %v", b.Title, b.Pages, b.Files)
	}
}

func TestSlug(t *testing.T) {
	for title, want := range map[string]string{"Creative Cities 2018": "creative-cities-2018", "Villes créatives, 2e éd.": "villes-creatives-2e-ed", "المدن": "booklet"} {
		if got := slug(title); got != want {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
	}
}

func BenchmarkBook180(b *testing.B) {
	in := input(b, mapOf(synth.Files(180, "en")), day)
	for b.Loop() {
		s, _, err := newShelf(in)
		if err != nil {
			b.Fatal(err)
		}
		var out bytes.Buffer
		if err := s.volumes()[0].blob("screen", "", screen).write(b.Context(), &out); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(out.Len())/1024, "KB")
	}
}
