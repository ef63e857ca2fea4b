package build

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/output"
	"uccn/generator/internal/publish"
	"uccn/generator/internal/source"
	"uccn/generator/internal/synth"
)

var clock = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

func stopped() time.Time { return clock }

// mapFS makes a file system of texts.
func mapFS(files map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for p, text := range files {
		out[p] = &fstest.MapFile{Data: []byte(text), Mode: 0o644, ModTime: clock}
	}
	return out
}

// tree builds and returns every file by path.
func tree(t testing.TB, s *Session, o Options) map[string][]byte {
	t.Helper()
	o.Now = clock
	res, err := s.Build(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range res.Diagnostics {
		if d.Severity == diag.Error {
			t.Fatalf("%s: %s [%s] %s", d.Pos, d.Message, d.Code, d.Hint)
		}
	}
	return byPath(t, res.Files)
}

func byPath(t testing.TB, files []output.File) map[string][]byte {
	out := map[string][]byte{}
	for _, f := range files {
		b, err := f.Bytes(context.Background())
		if err != nil {
			t.Fatalf("%s: %v", f.Path, err)
		}
		out[f.Path] = b
	}
	return out
}

// same reports the first difference of two trees.
func same(t testing.TB, what string, got, want map[string][]byte) {
	t.Helper()
	for _, p := range slices.Sorted(maps.Keys(want)) {
		if g, ok := got[p]; !ok {
			t.Errorf("%s: %s is missing", what, p)
			return
		} else if !bytes.Equal(g, want[p]) {
			i := 0
			for i < min(len(g), len(want[p])) && g[i] == want[p][i] {
				i++
			}
			t.Errorf("%s: %s differs at byte %d:\ngot  …%s\nwant …%s", what, p, i, excerpt(g, i), excerpt(want[p], i))
			return
		}
	}
	for _, p := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[p]; !ok {
			t.Errorf("%s: %s should not be there", what, p)
			return
		}
	}
}

func excerpt(b []byte, at int) []byte { return b[max(0, at-60):min(len(b), at+100)] }

func ours() Options { return Options{Root: os.DirFS("../../..")} }

// snapshot returns our own files as they are now.
func snapshot(t testing.TB) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, dir := range []string{"content", "themes", "static", "site.yaml"} {
		paths, err := source.List(ours().Root, dir, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range paths {
			text, err := fs.ReadFile(ours().Root, p)
			if err != nil {
				t.Fatal(err)
			}
			files[p] = string(text)
		}
	}
	return files
}

// TestTwice builds our own content with one processor and with several, cold
// and warm: the bytes are the same.
func TestTwice(t *testing.T) {
	s := NewSession(stopped)
	want := tree(t, s, ours())
	same(t, "a second build of the session", tree(t, s, ours()), want)
	old := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(old)
	same(t, "a build on one processor", tree(t, NewSession(stopped), ours()), want)
}

// TestPreviewEqualsBuild: what a preview makes when it is asked, first and as its
// rest, is what a build makes, also when a rest was stopped and begun again.
func TestPreviewEqualsBuild(t *testing.T) {
	files := synth.Files(24, "en", "fr")
	s := NewSession(stopped)
	only := []string{"site", "exhibition", "data"} // a preview tells less of the books
	for i := range 3 {
		replace(files, "content/cities/town-3.md", "It works with", fmt.Sprintf("It works %d with", i))
		want := tree(t, NewSession(stopped), Options{Root: mapFS(files), Only: only})
		res, err := s.Build(t.Context(), Options{Root: mapFS(files), Now: clock, Preview: true, Only: only})
		if err != nil || res.Rest == nil {
			t.Fatal(err, res.Diagnostics)
		}
		for p, b := range byPath(t, res.Files) {
			if !bytes.Equal(b, want[p]) {
				t.Fatalf("%s differs", p)
			}
		}
		if i == 1 {
			ctx, stop := context.WithCancel(t.Context())
			stop()
			if _, err := res.Rest(ctx); err == nil {
				t.Error("a rest was made although nobody wanted it")
			}
		}
		all, err := res.Rest(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		same(t, "a preview with its rest", byPath(t, all.Files), want)
	}
}

// TestTouchEqualsBuild: a preview on the ground of the last one, in which texts alone
// have changed, is what a build makes; and where more has changed it is not made so.
func TestTouchEqualsBuild(t *testing.T) {
	files := mapFS(synth.Files(24, "en", "fr"))
	write := func(path, text string) {
		files[path] = &fstest.MapFile{Data: []byte(text), Mode: 0o644, ModTime: clock}
	}
	read := func(path string) string { return string(files[path].Data) }
	s, kept := NewSession(stopped), source.Keep(files)
	only := []string{"site", "exhibition", "data"} // a preview tells less of the books
	build := func() Result {
		t.Helper()
		res, err := s.Build(t.Context(), Options{Root: kept, Now: clock, Preview: true, Only: only})
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	build()
	french, city, practice, about := "content/cities/town-3.fr.md", "content/cities/town-4.md", "content/practices/practice-1.md", "content/pages/about.md"
	for i, c := range []struct {
		path, text string
		asked      int  // 0: nothing is asked of the preview before the next; 1: its files; 2: its rest too
		touched    bool // no other phase than these: derive, render
		wrong      bool // there are errors in it
	}{
		{french, read(french) + "\nEncore.\n", 2, true, false},
		{practice, read(practice) + "\nOne more sentence.\n", 1, true, false},
		{practice, read(practice) + "\nOne more sentence, and another.\n", 0, true, false},
		{about, read(about) + "\nMore of it.\n", 0, true, false},
		{about, read(about) + "\nLook at [nothing](city:nowhere).\n", 0, true, true},
		{about, read(about) + "\nLook at [this](city:town-1).\n\n## A heading\n\nText.\n", 2, true, false},
		{practice, read(practice), 2, true, false},
		{city, read(city) + "\nIts translation is now stale.\n", 2, false, false},
		{about, strings.Replace(read(about), "title: About", "title: Of this", 1), 1, false, false},
		{about, strings.Replace(read(about), "title: About", "title: Of this", 1) + "\nMore of it again.\n", 2, true, false},
		{practice, read(practice) + "\n![A picture](none.jpg)\n", 0, false, true},
		{practice, read(practice), 1, false, false},
		{practice, read(practice) + "\nThe last word.\n", 2, true, false},
		{french, "---\ntranslation: {state: machine}\n---\n", 1, false, false},
	} {
		write(c.path, c.text)
		kept.Forget([]string{"content/cities/4913", c.path, "content/cities/town-3.fr.md~"}) // as some editors save
		res := build()
		if res.Diagnostics.HasErrors() != c.wrong {
			t.Fatal(i, problems(res))
		}
		if touched := !slices.ContainsFunc(res.Timing, func(s Span) bool { return s.Phase == "load" }); touched != c.touched {
			t.Errorf("%d, %s: made on the old ground: %v", i, c.path, touched)
		}
		anew, err := NewSession(stopped).Build(t.Context(), Options{Root: files, Now: clock, Only: only})
		if err != nil {
			t.Fatal(err)
		}
		if c.wrong {
			if got, want := problems(res), problems(anew); got != want {
				t.Errorf("%d: says\n%s\nand not\n%s", i, got, want)
			}
			continue
		}
		want := byPath(t, anew.Files)
		if c.asked > 0 {
			for p, b := range byPath(t, res.Files) {
				if !bytes.Equal(b, want[p]) {
					t.Fatalf("%d: %s differs at …%s", i, p, excerpt(b, 0))
				}
			}
		}
		if c.asked > 1 {
			all, err := res.Rest(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			same(t, "a preview with its rest", byPath(t, all.Files), want)
			if got, want := problems(all), problems(anew); got != want {
				t.Errorf("%d: says\n%s\nand not\n%s", i, got, want)
			}
		}
	}
}

// TestPreviewTellsAll: a preview that shows nothing tells all problems nevertheless.
func TestPreviewTellsAll(t *testing.T) {
	files := mapFS(synth.Files(6))
	files["static/pipe"] = &fstest.MapFile{Mode: fs.ModeNamedPipe | 0o644, ModTime: clock}
	city := files["content/cities/town-3.md"]
	city.Data = bytes.Replace(city.Data, []byte("name: "), []byte("name: \U00012000 "), 1) // no font has it
	o := Options{Root: files, Now: clock, Only: []string{"site"}}
	want, err := NewSession(stopped).Build(t.Context(), o)
	if err != nil || len(want.Diagnostics) < 2 {
		t.Fatal(err, problems(want))
	}
	o.Preview = true
	got, err := NewSession(stopped).Build(t.Context(), o)
	if err != nil || problems(got) != problems(want) {
		t.Errorf("tells\n%s\nand not\n%s%v", problems(got), problems(want), err)
	}
}

// TestTouchedBook: a page of a booklet shows a text that alone has changed.
func TestTouchedBook(t *testing.T) {
	files := mapFS(synth.Files(6, "en", "fr"))
	s, kept := NewSession(stopped), source.Keep(files)
	page := func(s *Session) string {
		t.Helper()
		res, err := s.Build(t.Context(), Options{Root: kept, Now: clock, Preview: true, Only: []string{"site", "booklet"}})
		if err != nil || res.Booklet == nil {
			t.Fatal(err, problems(res))
		}
		var text strings.Builder
		for n := 1; ; n++ {
			f, err := res.Booklet.File(t.Context(), fmt.Sprintf("all/fr/%d.svg", n))
			if errors.Is(err, fs.ErrNotExist) {
				return text.String()
			}
			if err != nil {
				t.Fatal(err)
			}
			text.Write(f.Data)
		}
	}
	before := page(s)
	const name = "content/cities/town-3.fr.md"
	files[name] = &fstest.MapFile{Data: append(slices.Clone(files[name].Data), "\nEncore une phrase, et rien de plus.\n"...), Mode: 0o644, ModTime: clock}
	kept.Forget([]string{name})
	after := page(s)
	if after == before {
		t.Error("the book is as it was")
	}
	if after != page(NewSession(stopped)) {
		t.Error("the book is not what a new session makes of it")
	}
}

// TestRebuildEqualsBuild edits a site again and again, and compares what a warm
// session makes of it with what a new one makes.
func TestRebuildEqualsBuild(t *testing.T) {
	files := synth.Files(24, "en", "fr")
	warm := NewSession(stopped)
	tree(t, warm, Options{Root: mapFS(files)})
	edits := []struct {
		name string
		edit func()
	}{
		{"a word of a body", func() { replace(files, "content/cities/town-3.md", "It works with", "It lives with") }},
		{"a name", func() { replace(files, "content/cities/town-5.md", "name: ", "name: New ") }},
		{"a field", func() { replace(files, "content/cities/town-7.md", "field: crafts", "field: film") }},
		{"a city moves", func() { replace(files, "content/cities/town-2.md", "lat: ", "lat: 0") }},
		{"a practice gets a city", func() { replace(files, "content/practices/practice-1.md", "cities: [", "cities: [town-9, ") }},
		{"a goal", func() { replace(files, "content/practices/practice-2.md", "11]", "12]") }},
		{"a translation goes", func() { delete(files, "content/cities/town-4.fr.md") }},
		{"a practice goes", func() { delete(files, "content/practices/practice-3.md") }},
		{"a field's name", func() { replace(files, "content/fields/film.md", "Film", "Cinema") }},
		{"an alias", func() {
			replace(files, "content/cities/town-6.md", "name:", "aliases: [/cities/old-town-6/]\nname:")
		}},
		{"a draft", func() { replace(files, "content/case-studies/case-1.md", "title:", "status: draft\ntitle:") }},
		{"a page", func() {
			files["content/pages/new.md"] = "---\ntitle: New\nsummary: A page that was not there before and is now, to be linked.\n---\n\nSee [a town](city:town-1).\n"
		}},
		{"the edition's title", func() { replace(files, "content/editions/all.md", "All towns", "Every town") }},
		{"a static file", func() { files["static/robots-note.txt"] = "hello" }},
		{"a template", func() {
			b, err := os.ReadFile("../../../themes/default/templates/notfound.html")
			if err != nil {
				t.Fatal(err)
			}
			files["themes/default/templates/notfound.html"] = strings.Replace(string(b), "<h1", "<h1 data-mine=\"yes\"", 1)
		}},
		{"everything back", func() { maps.Copy(files, synth.Files(24, "en", "fr")) }},
	}
	for _, e := range edits {
		before := maps.Clone(files)
		e.edit()
		if maps.Equal(before, files) {
			t.Fatalf("%s: the edit changed nothing", e.name)
		}
		o := Options{Root: mapFS(files)}
		same(t, e.name, tree(t, warm, o), tree(t, NewSession(stopped), o))
	}
}

func replace(files map[string]string, path, from, to string) {
	files[path] = strings.Replace(files[path], from, to, 1)
}

var (
	reference = regexp.MustCompile(`(?i)\s(?:href|src|poster|action)=(?:"([^"]*)"|'([^']*)'|([^\s>"']+))`)
	srcset    = regexp.MustCompile(`(?i)\ssrcset=(?:"([^"]*)"|([^\s>"']+))`)
	anchor    = regexp.MustCompile(`(?i)\sid=(?:"([^"]*)"|'([^']*)'|([^\s>"']+))`)
	inCSS     = regexp.MustCompile(`url\(\s*["']?([^"')]+)["']?\s*\)`)
)

// TestEveryLinkLands follows every internal address of our own site, in both
// editions: the file is there, and so is the anchor.
// locked is a file system with a name that may not be opened.
type locked struct {
	files fstest.MapFS
	name  string
}

func (l locked) Open(name string) (fs.File, error) {
	if name == l.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return l.files.Open(name)
}

func (l locked) Stat(name string) (fs.FileInfo, error) { return l.files.Stat(name) }

func (l locked) ReadFile(name string) ([]byte, error) {
	if _, err := l.Open(name); err != nil {
		return nil, err
	}
	return l.files.ReadFile(name)
}

func (l locked) ReadDir(name string) ([]fs.DirEntry, error) {
	if _, err := l.Open(name); err != nil {
		return nil, err
	}
	return l.files.ReadDir(name)
}

// TestUnreadable: what may not be read is a problem at its place.
func TestUnreadable(t *testing.T) {
	files := synth.Files(3, "en")
	files["site.yaml"] += "theme: own\n"
	files["themes/own/templates/city.html"] = "{{.Name}}"
	files["static/a.txt"] = "a"
	for _, name := range []string{"content/cities/town-1.md", "content/cities", "content", "site.yaml", "static", "static/a.txt", "themes/own/templates/city.html", "themes/own/templates", "themes/own"} {
		res, err := NewSession(stopped).Build(t.Context(), Options{Root: locked{mapFS(files), name}, Now: clock})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if dl := res.Diagnostics.Only(diag.Error); len(dl) == 0 || dl[0].Path != name || dl[0].Hint == "" {
			t.Errorf("%s: %s %s", name, dl[0].Pos, dl[0].Message)
		}
	}
}

// TestPagesAreSmall: pages come out of their templates as small as a minifier
// would make them, within a hundredth.
func TestPagesAreSmall(t *testing.T) {
	s := NewSession(stopped)
	res, err := s.Build(t.Context(), Options{Root: mapFS(synth.Files(12, "en", "fr")), Now: clock, Only: []string{"site", "exhibition"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range res.Files {
		if path.Ext(f.Path) != ".html" {
			continue
		}
		p := publish.NewPress(nil, nil)
		p.Add([]output.File{{Path: f.Path, Data: f.Data}})
		small, dl, err := p.All(t.Context(), nil)
		if err != nil || len(dl) > 0 {
			t.Fatal(err, dl)
		}
		if now, could := len(f.Data), len(small[0].Data); now-could > 150+now/100 {
			t.Errorf("%s has %d bytes and could have %d", f.Path, now, could)
		}
	}
}

func TestEveryLinkLands(t *testing.T) {
	for _, edition := range []string{"2018", "2023"} {
		o := ours()
		o.Edition = edition
		files := tree(t, NewSession(stopped), o)
		anchors := map[string]map[string]bool{}
		for p, b := range files {
			if ext := path.Ext(p); ext == ".html" || ext == ".svg" {
				anchors[p] = map[string]bool{"": true}
				for _, m := range anchor.FindAllStringSubmatch(string(b), -1) {
					anchors[p][m[1]+m[2]+m[3]] = true
				}
			}
		}
		broken := 0
		for _, p := range slices.Sorted(maps.Keys(files)) {
			for _, link := range linksOf(p, files[p]) {
				if problem := follow(p, link, files, anchors); problem != "" && broken < 20 {
					t.Errorf("edition %s: %s: %q: %s", edition, p, link, problem)
					broken++
				}
			}
		}
	}
}

func linksOf(p string, b []byte) []string {
	var out []string
	switch path.Ext(p) {
	case ".html":
		for _, m := range reference.FindAllStringSubmatch(string(b), -1) {
			out = append(out, m[1]+m[2]+m[3])
		}
		for _, m := range srcset.FindAllStringSubmatch(string(b), -1) {
			for _, part := range strings.Split(m[1]+m[2], ",") {
				out = append(out, strings.Fields(part)[0])
			}
		}
	case ".css":
		for _, m := range inCSS.FindAllStringSubmatch(string(b), -1) {
			out = append(out, m[1])
		}
	}
	return out
}

// follow returns why a link of the page p does not land, or "".
func follow(p, link string, files map[string][]byte, anchors map[string]map[string]bool) string {
	u, err := url.Parse(strings.ReplaceAll(link, "&amp;", "&"))
	if err != nil {
		return err.Error()
	}
	if u.Scheme != "" {
		if u.Host == "creative-cities.example" {
			u.Path = strings.TrimPrefix(u.Path, "/")
			if strings.HasSuffix(u.Path, "/") || u.Path == "" {
				u.Path += "index.html"
			}
			return lands(u.Path, u.Fragment, files, anchors)
		}
		return ""
	}
	to := path.Join(path.Dir(p), u.Path)
	switch {
	case strings.HasPrefix(u.Path, "/"):
		to = strings.TrimPrefix(u.Path, "/")
		if strings.HasSuffix(to, "/") || to == "" {
			to += "index.html"
		}
		if p != "404.html" {
			return "an address from the root breaks under a base path"
		}
	case u.Path == "":
		to = p
	}
	return lands(to, u.Fragment, files, anchors)
}

func lands(to, fragment string, files map[string][]byte, anchors map[string]map[string]bool) string {
	if _, ok := files[to]; !ok {
		return fmt.Sprintf("there is no %s", to)
	}
	if known := anchors[to]; known != nil && fragment != "" && !known[fragment] {
		return fmt.Sprintf("%s has no anchor %q", to, fragment)
	}
	return ""
}

// TestOutputsOfOurOwnContent counts what the issue of the day promises.
func TestOutputsOfOurOwnContent(t *testing.T) {
	files := tree(t, NewSession(stopped), ours())
	count := map[string]int{}
	for p := range files {
		dir, _, _ := strings.Cut(strings.TrimPrefix(p, "fr/"), "/")
		if strings.HasSuffix(p, "/index.html") && strings.Count(strings.TrimPrefix(p, "fr/"), "/") == 2 {
			if strings.HasPrefix(p, "fr/") {
				dir = "fr/" + dir
			}
			count[dir]++
		}
	}
	for dir, want := range map[string]int{"cities": 180, "practices": 82, "case-studies": 13, "meetings": 18, "countries": 72, "fields": 7, "goals": 17} {
		if count[dir] != want || count["fr/"+dir] != want {
			t.Errorf("%s: %d pages in English, %d in French, want %d", dir, count[dir], count["fr/"+dir], want)
		}
	}
	home := string(files["index.html"])
	if !strings.Contains(home, "180") || !strings.Contains(home, "72") {
		t.Error("the home page does not name 180 cities in 72 countries")
	}
}
