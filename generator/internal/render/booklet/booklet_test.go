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
	"os"
	"path"
	"regexp"
	"runtime"
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
	"uccn/generator/internal/memo"
	"uccn/generator/internal/model"
	"uccn/generator/internal/output"
	"uccn/generator/internal/pdf/inspect"
	"uccn/generator/internal/render"
	"uccn/generator/internal/synth"
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
			pages[i+1] = "\n" + d.PageText(i) + "\n"
		}
		if len(d.Pages)%2 != 0 {
			t.Errorf("%s: %d pages", n.Lang, len(d.Pages))
		}
		checkNumbers(t, d, pages)
		checkParagraphs(t, in, n, strings.Join(pages, "\n"))
		if l == 0 && !strings.Contains(plain(pages[1]), "Creative Cities 2018") {
			t.Errorf("the cover says %q", pages[1])
		}
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

func TestSeePage(t *testing.T) {
	in := input(t, ours, day)
	files, _ := rendered(t, in)
	_, d := read(t, files["booklet/2018/creative-cities-2018-en.pdf"])
	alt := regexp.MustCompile(`^(.+), see page (\d+)$`)
	n := 0
	for _, e := range elements(d.Structure(), "Link") {
		m := alt.FindStringSubmatch(inspect.Text(e.Dict["Alt"]))
		if m == nil {
			continue
		}
		n++
		number, _ := strconv.Atoi(m[2])
		if number < 1 || number > len(d.Pages) || !strings.Contains(plain(d.PageText(number-1)), plain(m[1])) {
			t.Errorf("a link says %q, but that page does not speak of it", m[0])
		}
	}
	if n < 1000 {
		t.Errorf("%d references, want more than a thousand", n)
	}
	printed := regexp.MustCompile(`([\p{L}’.-]+) \(p\. ?(\d+)\)`)
	n = 0
	for i := range d.Pages {
		for _, m := range printed.FindAllStringSubmatch(plain(d.PageText(i)), -1) {
			number, _ := strconv.Atoi(m[2])
			if number >= 1 && number <= len(d.Pages) && strings.Contains(strings.ToLower(plain(d.PageText(number-1))), strings.ToLower(m[1])) {
				n++
			}
		}
	}
	if n < 300 {
		t.Errorf("%d printed references lead to the word before them, want some hundreds", n)
	}
}

func TestExtractKeepsItsNumbers(t *testing.T) {
	in := input(t, ours, day)
	files, _ := rendered(t, in)
	_, whole := read(t, files["booklet/2018/creative-cities-2018-en.pdf"])
	_, alone := read(t, files["booklet/2018/cities/lodz.pdf"])
	if len(alone.Pages) != 1 {
		t.Fatalf("%d pages", len(alone.Pages))
	}
	want := alone.PageText(0)
	at := slices.IndexFunc(whole.Pages, func(p inspect.Page) bool {
		return whole.PageText(slices.IndexFunc(whole.Pages, func(q inspect.Page) bool { return q.Ref == p.Ref })) == want
	})
	if at < 0 {
		t.Fatal("the page is not in the book")
	}
	folio := ""
	for _, r := range alone.Runs(0) {
		if r.Artifact && regexp.MustCompile(`^\d+$`).MatchString(strings.TrimSpace(r.Text)) {
			folio = strings.TrimSpace(r.Text)
		}
	}
	if folio != fmt.Sprint(at+1) {
		t.Errorf("the extract has the number %q, the book %d", folio, at+1)
	}
}

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
	if screen < 500 || screen > 620 || printed < 2*screen-2 || printed > 2*screen+2 {
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
	books, err := Books(t.Context(), input(t, town(nil), day))
	if err != nil || len(books) != 1 {
		t.Fatal(books, err)
	}
	b := books[0]
	if b.Title != "Towns 2018" || b.Pages < 10 || len(b.Files) != 2 || b.Files[0].Bytes < 10000 || b.Files[0].Print || !b.Files[1].Print || !bytes.HasPrefix(b.Cover, []byte("<svg")) {
		t.Errorf("%q, %d pages, files %v", b.Title, b.Pages, b.Files)
	}
}

func TestBarcode(t *testing.T) {
	modules, ok := barcode("978-3-16-148410-0")
	if !ok || len(modules) != 95 {
		t.Fatalf("%d modules, %v", len(modules), ok)
	}
	if digits := decode(modules); digits != "9783161484100" {
		t.Errorf("the bars say %s", digits)
	}
	for _, s := range []string{"", "0-306-40615-2", "978-3-16-148410-X"} {
		if _, ok := barcode(s); ok {
			t.Errorf("%q has bars", s)
		}
	}
}

// decode reads the bars as a scanner does: the widths of four runs a digit, and
// the first digit from the parities of the six on the left.
func decode(modules []bool) string {
	widths := map[string]int{"3211": 0, "2221": 1, "2122": 2, "1411": 3, "1132": 4, "1231": 5, "1114": 6, "1312": 7, "1213": 8, "3112": 9}
	firsts := map[string]int{"OOOOOO": 0, "OOEOEE": 1, "OOEEOE": 2, "OOEEEO": 3, "OEOOEE": 4, "OEEOOE": 5, "OEEEOO": 6, "OEOEOE": 7, "OEOEEO": 8, "OEEOEO": 9}
	runs := func(m []bool) string {
		s, n := "", 1
		for i := 1; i <= len(m); i++ {
			if i < len(m) && m[i] == m[i-1] {
				n++
				continue
			}
			s += strconv.Itoa(n)
			n = 1
		}
		return s
	}
	left, right, parity := "", "", ""
	for i := range 6 {
		r := runs(modules[3+7*i : 10+7*i])
		d, odd := widths[r]
		p := "O"
		if !odd || count(modules[3+7*i:10+7*i])%2 == 0 {
			b := []byte(r)
			slices.Reverse(b)
			d, p = widths[string(b)], "E"
		}
		left, parity = left+strconv.Itoa(d), parity+p
		right += strconv.Itoa(widths[runs(modules[50+7*i:57+7*i])])
	}
	return strconv.Itoa(firsts[parity]) + left + right
}

func count(m []bool) int {
	n := 0
	for _, b := range m {
		if b {
			n++
		}
	}
	return n
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
		data, err := s.volumes()[0].write(b.Context(), screenDPI, "")
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(data))/1024, "KB")
	}
}
