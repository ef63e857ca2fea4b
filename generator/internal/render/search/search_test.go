package search

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"uccn/generator/internal/config"
	"uccn/generator/internal/derive"
	"uccn/generator/internal/load"
	"uccn/generator/internal/markdown"
	"uccn/generator/internal/model"
	"uccn/generator/internal/output"
	"uccn/generator/internal/render"
	"uccn/generator/internal/theme"
	"uccn/themes"
)

// input reads the content of this repository.
func input(t *testing.T, edition string) *render.Input {
	t.Helper()
	root := os.DirFS("../../../..")
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	site, _, err := config.Read(root)
	if err != nil {
		t.Fatal(err)
	}
	contents, dl, err := load.Content(t.Context(), root, load.Options{Languages: site.Languages, Today: model.DateOf(now)})
	if err != nil || dl.HasErrors() {
		t.Fatal(err, dl)
	}
	th, _, err := theme.Load(themes.Default(), "themes/default", nil, site.Languages)
	if err != nil {
		t.Fatal(err)
	}
	in := &render.Input{Site: site, Theme: th, Markdown: markdown.New(), Now: now}
	for _, c := range contents {
		n, _ := derive.Build(c, site, derive.Options{Edition: edition, Today: model.DateOf(now)})
		in.Networks = append(in.Networks, n)
	}
	return in
}

func every(string) bool { return true }

func index(t *testing.T, in *render.Input, has func(string) bool) []output.File {
	t.Helper()
	files, err := Index(t.Context(), in, has)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestIndexOfOurContent(t *testing.T) {
	in := input(t, "2018")
	files := map[string][]byte{}
	for _, f := range index(t, in, every) {
		files[f.Path] = f.Data
	}
	en, fr := string(files["search/index-en.js"]), string(files["search/index-fr.js"])
	for _, want := range []string{`["city","City","cities/",180]`, `\nŁódź\t`, `["practice","Best practice","practices/",82]`, `"slash":"Open with the key /"`} {
		if !strings.Contains(en, want) {
			t.Errorf("index-en.js lacks %s", want)
		}
	}
	if !strings.Contains(fr, `["city","Ville","fr/cities/",180]`) {
		t.Error("index-fr.js lacks the cities under their own prefix")
	}
	if strings.Contains(en+fr, "⟨") {
		t.Error("the theme lacks a word")
	}
	if again := index(t, in, every); len(again) != len(files) {
		t.Errorf("%d files, and again %d", len(files), len(again))
	} else {
		for _, f := range again {
			if !bytes.Equal(f.Data, files[f.Path]) {
				t.Errorf("%s differs the second time", f.Path)
			}
		}
	}
}

func TestIndexOfSomePages(t *testing.T) {
	files := index(t, input(t, "2018"), func(path string) bool { return strings.HasPrefix(path, "practices/") })
	all := ""
	for _, f := range files {
		all += string(f.Data)
	}
	if !strings.Contains(all, `["practice","Best practice","practices/",82]`) || !strings.Contains(all, `["city","City","cities/",0]`) {
		t.Error("want the practices and no city")
	}
}

// Titles that are not translated say in which language they are; the names of
// cities are of none, where they can be read as they stand.
func TestLanguagesOfTitles(t *testing.T) {
	in := input(t, "2018")
	if in.Networks[1].Lang != "fr" {
		t.Fatal(in.Networks[1].Lang)
	}
	w := *in.Networks[1].Practices[0]
	record := *w.Practice
	record.Name, record.From, record.Given = "Songs of the sea", "en", nil
	w.Practice = &record
	in.Networks[1].Practices[0] = &w
	c := *in.Networks[1].Cities[0]
	city := *c.City
	city.From, city.Given = "en", nil
	c.City = &city
	in.Networks[1].Cities[0] = &c
	for _, f := range index(t, in, every) {
		if f.Path != "search/index-fr.js" {
			continue
		}
		lines := strings.Split(string(f.Data), `\n`)
		at := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, `Songs of the sea\t`) })
		if at < 0 || !strings.HasSuffix(lines[at], `\ten`) || !strings.HasSuffix(lines[at+1], `\t-`) {
			t.Errorf("the lines are %q", lines[max(0, at):at+2])
		}
		if i := slices.IndexFunc(lines, func(l string) bool { return strings.HasSuffix(l, `\ten`) }); i != at {
			t.Errorf("another line is in English: %q", lines[i])
		}
	}
}

// Of a work that is translated in parts each text says its language, and so do the
// names of regions and fields.
func TestLanguagesOfTexts(t *testing.T) {
	in := input(t, "2018")
	n := *in.Networks[1]
	w := *n.Practices[0]
	record := *w.Practice
	record.From, record.Given = "en", []string{"challenge", "title"}
	record.Summary, record.Challenge, record.Lessons, record.Transferability, record.Panel.Quote = "A summary.", "Un défi.", "A lesson.", "", "A quote."
	record.Body = model.Text{Source: "Un texte.", Lang: "fr"}
	w.Practice = &record
	n.Practices[0] = &w
	for _, r := range n.Regions {
		plain := *r.Region
		plain.From, plain.Given = "en", nil
		r.Region = &plain
	}
	f := *n.Fields[1]
	plain := *f.Field
	plain.From, plain.Given = "en", []string{"summary"}
	f.Field = &plain
	n.Fields[1] = &f
	in.Networks[1] = &n
	all := ""
	for _, f := range index(t, in, every) {
		all += string(f.Data)
	}
	for _, want := range []string{
		`"\ten\tA summary.\tfr\tUn texte. Un défi.\ten\tA lesson. A quote."`,
		`\tAfrique\t\t\ten`,
		`["` + f.ID + `","` + f.Name + `","en"]`,
	} {
		if !strings.Contains(all, want) {
			t.Errorf("the index lacks %s", want)
		}
	}
	if n := strings.Count(all, `\ten\t`); n != 2 {
		t.Errorf("%d times a text goes on in English", n)
	}
}

// What stands in contacts is published nowhere, and so cannot be found.
func TestContactsAreNotIndexed(t *testing.T) {
	in := input(t, "2018")
	c := *in.Networks[0].Cities[0]
	record := *c.City
	record.Contacts = []model.Contact{{Name: "Qwertz Uiop", Email: "qwertz@uiop.example"}}
	c.City = &record
	in.Networks[0].Cities[0] = &c
	for _, f := range index(t, in, every) {
		if bytes.Contains(bytes.ToLower(f.Data), []byte("qwertz")) {
			t.Errorf("%s holds a contact", f.Path)
		}
	}
}
