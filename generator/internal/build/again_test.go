package build

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/output"
	"uccn/generator/internal/publish"
	"uccn/generator/internal/synth"
)

// A desk is a site on a disk that is built by one run of the program after another.
type desk struct {
	t   *testing.T
	dir string
	o   Options
}

func newDesk(t *testing.T, languages ...string) *desk {
	t.Helper()
	d := &desk{t: t, dir: t.TempDir()}
	if err := synth.Write(d.dir, 6, languages...); err != nil {
		t.Fatal(err)
	}
	d.put("static/a.txt", "one")
	old := time.Now().Add(-time.Hour)
	err := filepath.WalkDir(d.dir, func(name string, _ os.DirEntry, err error) error {
		if err == nil {
			err = os.Chtimes(name, old, old)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	d.o = Options{
		Root: os.DirFS(d.dir), Now: time.Now(), Only: []string{"site"}, Last: true,
		Cache: filepath.Join(d.dir, ".uccn", "cache"), Publish: publish.Options{Dir: filepath.Join(d.dir, "public")},
	}
	return d
}

func (d *desk) put(name, text string) {
	d.t.Helper()
	name = filepath.Join(d.dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		d.t.Fatal(err)
	}
}

// replace replaces a text in a file, and wants it there.
func (d *desk) replace(name, old, new string) {
	d.t.Helper()
	b, err := os.ReadFile(filepath.Join(d.dir, name))
	if err != nil || !strings.Contains(string(b), old) {
		d.t.Fatal(name, old, err)
	}
	d.put(name, strings.Replace(string(b), old, new, 1))
}

func (d *desk) remove(name string) {
	d.t.Helper()
	if err := os.Remove(filepath.Join(d.dir, name)); err != nil {
		d.t.Fatal(err)
	}
}

// age makes a file look as if it had been written some time ago.
func (d *desk) age(name string, by time.Duration) {
	d.t.Helper()
	at := time.Now().Add(-by)
	if err := os.Chtimes(filepath.Join(d.dir, name), at, at); err != nil {
		d.t.Fatal(err)
	}
}

// run runs the program and reports whether it ended after a look.
func (d *desk) run() (res Result, stood bool) {
	d.t.Helper()
	res, err := NewSession(time.Now).Build(d.t.Context(), d.o)
	if err != nil || res.Diagnostics.HasErrors() {
		d.t.Fatal(err, problems(res))
	}
	return res, len(res.Timing) == 1
}

// settled runs twice, and the second run must end after a look.
func (d *desk) settled() {
	d.t.Helper()
	d.run()
	if _, stood := d.run(); !stood {
		d.t.Fatal("the second run did not end after a look")
	}
}

// TestNothingChanged: a run that would do what the last did ends after a look,
// says what the last said, and leaves everything alone.
func TestNothingChanged(t *testing.T) {
	d := newDesk(t)
	d.put("content/cities/stray.note.md", "x")
	d.age("content/cities/stray.note.md", time.Hour)
	first, stood := d.run()
	if stood || len(first.Diagnostics) == 0 {
		t.Fatal("the first run ended after a look, or had nothing to say", first.Diagnostics)
	}
	d.settled()
	res, stood := d.run()
	if !stood || res.Report.Written+res.Report.Removed > 0 || res.Report.Unchanged != first.Report.Written {
		t.Errorf("stood %v, %+v, first %+v", stood, res.Report, first.Report)
	}
	if len(res.Diagnostics) != len(first.Diagnostics) || res.Diagnostics[0].Pos != first.Diagnostics[0].Pos || res.Diagnostics[0].Severity != first.Diagnostics[0].Severity {
		t.Errorf("says %v, the first said %v", res.Diagnostics, first.Diagnostics)
	}
}

// TestSomethingChanged: whatever a build reads or is asked, a change of it is seen.
func TestSomethingChanged(t *testing.T) {
	d := newDesk(t)
	edit := func(name, old, new string) func() {
		return func() {
			d.replace(name, old, new)
			d.age(name, time.Minute)
		}
	}
	remove := func(name string) func() { return func() { d.remove(name) } }
	for _, c := range []struct {
		name   string
		change func()
	}{
		{"a word of the same length", edit("content/cities/town-3.md", "It works with", "It lives with")},
		{"a new record", func() {
			d.put("content/pages/more.md", "---\ntitle: More\nsummary: A page.\n---\n\nText.\n")
			d.age("content/pages/more.md", time.Minute)
		}},
		{"a record goes", remove("content/pages/more.md")},
		{"a static file", edit("static/a.txt", "one", "two")},
		{"a static file goes", remove("static/a.txt")},
		{"a theme of the site's own", func() {
			d.put("themes/default/assets/extra.css", "a{color:red}")
			d.age("themes/default/assets/extra.css", time.Minute)
		}},
		{"site.yaml", edit("site.yaml", "Harbour", "Seaside")},
		{"the day", func() { d.o.Now = d.o.Now.AddDate(0, 0, 1) }},
		{"another address", func() { d.o.BaseURL = "https://other.example" }},
		{"strictness", func() { d.o.Strict = true }},
		{"the outputs", func() { d.o.Only = []string{"site", "data"} }},
		{"another version", func() { d.o.Version = "2" }},
		{"a published file is spoilt", func() { d.put("public/index.html", "x") }},
		{"a published file goes", remove("public/cities/index.html")},
		{"the list of the published files goes", remove("public/build.json")},
		{"a check of all that is remembered", func() { d.o.Verify = true }},
	} {
		d.o.Verify = false
		d.settled()
		c.change()
		if _, stood := d.run(); stood {
			t.Errorf("%s was not seen", c.name)
		}
	}
}

// TestYoungFile: a file that was written just before a build could be written
// again without a new date, so it is read again.
func TestYoungFile(t *testing.T) {
	d := newDesk(t)
	d.settled()
	d.put("static/a.txt", "two")
	d.run()
	if _, stood := d.run(); !stood {
		t.Error("a young file was taken for another although it holds the same")
	}
	info, err := os.Stat(filepath.Join(d.dir, "static/a.txt"))
	if err != nil {
		t.Fatal(err)
	}
	d.put("static/a.txt", "too")
	if err := os.Chtimes(filepath.Join(d.dir, "static/a.txt"), info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	if _, stood := d.run(); stood {
		t.Error("a run relied on a date that is younger than clocks are fine")
	}
	d.age("static/a.txt", time.Minute)
	d.settled()
}

// made returns what a run of the program publishes that knows of no other.
func (d *desk) made() (Result, map[string][]byte) {
	d.t.Helper()
	o := d.o
	o.Cache, o.Publish.Dir = "", filepath.Join(d.t.TempDir(), "public")
	res, err := NewSession(time.Now).Build(d.t.Context(), o)
	if err != nil || res.Diagnostics.HasErrors() {
		d.t.Fatal(err, problems(res))
	}
	return res, d.published(o.Publish.Dir)
}

func (d *desk) published(dir string) map[string][]byte {
	d.t.Helper()
	out := map[string][]byte{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			out[p], err = os.ReadFile(filepath.Join(dir, p))
		}
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return out
}

// problems prints what a run had to say.
func problems(res Result) string {
	var b strings.Builder
	for _, p := range res.Diagnostics {
		fmt.Fprintln(&b, p.Pos, p.Severity, p.Code, p.Message)
	}
	return b.String()
}

// TestAgainIsAnew: a run that takes up what the last one left publishes what a
// run publishes that knows of no other, and says the same.
func TestAgainIsAnew(t *testing.T) {
	d := newDesk(t, "en", "fr")
	city, french := "content/cities/town-3.md", "content/cities/town-3.fr.md"
	d.put("static/note.html", `<!doctype html><title>A note</title><p id="here"><a href="/cities/town-3/#more">more</a>`)
	appended := func(name, text string) func() {
		return func() {
			b, err := os.ReadFile(filepath.Join(d.dir, name))
			if err != nil {
				t.Fatal(err)
			}
			d.put(name, string(b)+text)
		}
	}
	replaced := func(name, old, new string) func() { return func() { d.replace(name, old, new) } }
	remove := func(name string) func() { return func() { d.remove(name) } }
	for _, c := range []struct {
		name   string
		change func()
		little bool // that most pages are known shows in what was made
	}{
		{"nothing", func() {}, false},
		{"a sentence", appended(city, "\nOne more sentence, with a zyzzyva.\n"), true},
		{"a sentence at once again", appended(city, "\nAnd one more.\n"), true},
		{"a translation", appended(french, "\nEncore une phrase.\n"), true},
		{"a heading in both languages", func() {
			appended(city, "\n## More\n\nText.\n")()
			appended(french, "\n## More\n\nTexte.\n")()
		}, false},
		{"a link to it", appended("content/pages/about.md", "\nSee [more](/cities/town-3/#more).\n"), true},
		{"a link", appended("content/practices/practice-0.md", "\nSee [this](city:town-1) and [that](practice:practice-1).\n"), true},
		{"a summary's text", replaced("content/pages/about.md", "summary: What these invented towns are for, in a sentence that is long enough.\n", ""), false},
		{"a first sentence", replaced("content/pages/about.md", "They are for tests.", "They are for other tests."), true},
		{"a text beside what is noted of another", appended(city, "\nStill more.\n"), true},
		{"a key", replaced(city, "goals: [", "goals: [13, "), false},
		{"a key and a text", func() {
			replaced(city, "goals: [13, ", "goals: [14, ")()
			appended("content/practices/practice-1.md", "\nA word.\n")()
		}, false},
		{"a static page", replaced("static/note.html", "A note", "Another note"), true},
		{"a template of the site's own", func() { d.put("themes/default/templates/redirect.html", "<!doctype html><title>x</title>") }, false},
		{"a new record", func() {
			d.put("content/pages/more.md", "---\ntitle: More\nsummary: A page of some length that says what it is about.\n---\n\nText.\n")
		}, false},
		{"a text is emptied", func() {
			d.put("content/pages/more.md", "---\ntitle: More\nsummary: A page of some length that says what it is about.\n---\n")
		}, false},
		{"a record goes", remove("content/pages/more.md"), false},
		{"a published page is spoilt", func() { d.put("public/cities/town-1/index.html", "x"); appended(city, "\nA word.\n")() }, true},
		{"a published page goes", func() { remove("public/fields/film/index.html")(); appended(city, "\nA word.\n")() }, true},
		{"the published files go", func() {
			if err := os.RemoveAll(filepath.Join(d.dir, "public")); err != nil {
				t.Fatal(err)
			}
			appended(city, "\nA word.\n")()
		}, true},
		{"what the output folder held is forgotten", func() {
			if err := os.RemoveAll(filepath.Join(d.dir, ".uccn", "publish")); err != nil {
				t.Fatal(err)
			}
			appended(city, "\nA word.\n")()
		}, true},
		{"a script that cannot be made smaller", func() { d.put("themes/default/assets/bad.js", "var = ;") }, false},
		{"a word beside it", appended(city, "\nA word.\n"), true},
		{"a published script is spoilt", func() {
			scripts, err := filepath.Glob(filepath.Join(d.dir, "public/assets/app.*.js"))
			if err != nil || len(scripts) != 1 {
				t.Fatal(scripts, err)
			}
			d.put("public/assets/"+filepath.Base(scripts[0]), "x")
			appended(city, "\nA word.\n")()
		}, true},
		{"the records that were kept are spoilt", func() {
			kept, err := filepath.Glob(filepath.Join(d.o.Cache, "runs", "*.records"))
			if err != nil || len(kept) != 1 {
				t.Fatal(kept, err)
			}
			b, err := os.ReadFile(kept[0])
			if err != nil {
				t.Fatal(err)
			}
			b[len(b)/2] ^= 1
			if err := os.WriteFile(kept[0], b, 0o666); err != nil {
				t.Fatal(err)
			}
			appended(city, "\nA word.\n")()
		}, true},
	} {
		c.change()
		res, _ := d.run()
		anew, want := d.made()
		same(t, c.name, d.published(d.o.Publish.Dir), want)
		if got, want := problems(res), problems(anew); got != want {
			t.Errorf("%s: says\n%s\nand not\n%s", c.name, got, want)
		}
		if same := func(f output.File) bool { return f.Same }; c.little != slices.ContainsFunc(res.Files, same) {
			t.Errorf("%s: that most pages are as they were was known: %v", c.name, !c.little)
		}
	}
}

// TestAgainAlone: so does a run that cuts the exhibition out of the site.
func TestAgainAlone(t *testing.T) {
	d := newDesk(t)
	d.o.Only = []string{"exhibition"}
	d.run()
	b, err := os.ReadFile(filepath.Join(d.dir, "content/practices/practice-1.md"))
	if err != nil {
		t.Fatal(err)
	}
	d.put("content/practices/practice-1.md", string(b)+"\nOne more sentence.\n")
	res, _ := d.run()
	_, want := d.made()
	same(t, "the exhibition alone", d.published(d.o.Publish.Dir), want)
	if res.Report.Written == 0 {
		t.Error("nothing was written")
	}
}

// TestAccount: an account is read as it was written, and a spoilt one is none.
func TestAccount(t *testing.T) {
	a := account{asked: "x", list: [32]byte{1}, stale: memo.Key{2}, books: memo.Key{3}, paths: memo.Key{4},
		looked:   map[string]looked{"stat a": {size: 3, mtime: -4, mode: 0o644, sum: [32]byte{1}, facts: [16]byte{2}}, "stat b": {what: "gone"}, "stat c": {young: true, mode: fs.ModeDir | 0o755}},
		problems: diag.List{{Code: "c"}}, texts: map[string]diag.List{"a": {{Code: "d"}}}, told: map[string]diag.List{},
		pages: map[string]trace{"p": {true, []string{"a"}, 7}, "q": {reads: []string{}, answers: 8}}, shown: []string{"s"}}
	b := a.encode()
	got, err := decodeAccount(b)
	if got.unpack(); err != nil || !reflect.DeepEqual(got, a) {
		t.Errorf("%+v, %v", got, err)
	}
	got = account{packed: "spoilt"}
	if got.unpack(); got.pages != nil {
		t.Error("spoilt pages are known")
	}
	for i := range b {
		spoilt := bytes.Clone(b)
		spoilt[i] ^= 1
		if _, err := decodeAccount(spoilt); err == nil {
			t.Fatalf("byte %d is spoilt", i)
		}
		if _, err := decodeAccount(b[:i]); err == nil {
			t.Fatalf("%d bytes are enough", i)
		}
	}
}
