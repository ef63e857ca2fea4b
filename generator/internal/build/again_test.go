package build

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"uccn/generator/internal/publish"
	"uccn/generator/internal/synth"
)

// A desk is a site on a disk that is built by one run of the program after another.
type desk struct {
	t   *testing.T
	dir string
	o   Options
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, dir: t.TempDir()}
	if err := synth.Write(d.dir, 6); err != nil {
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
		d.t.Fatal(err, res.Diagnostics)
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
			b, err := os.ReadFile(filepath.Join(d.dir, name))
			if err != nil || !strings.Contains(string(b), old) {
				t.Fatal(name, err)
			}
			d.put(name, strings.Replace(string(b), old, new, 1))
			d.age(name, time.Minute)
		}
	}
	remove := func(name string) func() {
		return func() {
			if err := os.Remove(filepath.Join(d.dir, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
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
// again without a new date, so nothing is concluded from that build.
func TestYoungFile(t *testing.T) {
	d := newDesk(t)
	d.settled()
	d.put("static/a.txt", "two")
	d.run()
	if _, stood := d.run(); stood {
		t.Error("a run relied on a date that is younger than clocks are fine")
	}
	d.age("static/a.txt", time.Minute)
	d.settled()
}
