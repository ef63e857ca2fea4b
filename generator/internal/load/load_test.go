package load

import (
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/model"
	"uccn/generator/internal/source"
)

var update = flag.Bool("update", false, "rewrite the wanted sections of testdata")

// TestProblems reads the files of each archive and compares all that is said
// of them with its section "want".
func TestProblems(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no cases", err)
	}
	for _, path := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			files := fstest.MapFS{}
			want := -1
			for i, f := range a.Files {
				if f.Name == "want" {
					want = i
					continue
				}
				files[f.Name] = &fstest.MapFile{Data: f.Data}
			}
			_, dl, err := Content(t.Context(), files, Options{Languages: []string{"en", "fr"}, Today: model.Date{Year: 2019, Month: 1, Day: 1}})
			if err != nil {
				t.Fatal(err)
			}
			dl.Sort()
			var b strings.Builder
			diag.Print(&b, dl, func(p string) string {
				if f := files[p]; f != nil {
					return string(f.Data)
				}
				return ""
			}, diag.Style{})
			if *update {
				if want < 0 {
					a.Files = append(a.Files, txtar.File{Name: "want"})
					want = len(a.Files) - 1
				}
				a.Files[want].Data = []byte(b.String())
				if err := os.WriteFile(path, txtar.Format(a), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want < 0 || b.String() != string(a.Files[want].Data) {
				t.Errorf("got:\n%s", b.String())
			}
		})
	}
}

const lodz = `---
name: Łódź
country: PL
field: film
designated: 2017
location: {lat: 51.77, lon: 19.47}
summary: A city of film, in forty characters and then in some more.
---

Its film school is known.
`

func read(t *testing.T, files map[string]string) ([]*model.Content, diag.List) {
	t.Helper()
	m := fstest.MapFS{}
	for name, text := range files {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	c, dl, err := Content(t.Context(), m, Options{Languages: []string{"en", "fr"}})
	if err != nil {
		t.Fatal(err)
	}
	return c, dl
}

func TestTranslationInheritsFieldByField(t *testing.T) {
	c, dl := read(t, map[string]string{
		"content/cities/lodz.md":    lodz,
		"content/cities/lodz.fr.md": "---\nname: Lodz\ntranslation: {state: machine}\n---\n",
	})
	if dl.HasErrors() {
		t.Fatal(dl)
	}
	en, fr := c[0].Cities[0], c[1].Cities[0]
	if en.Name != "Łódź" || fr.Name != "Lodz" || fr.Country.ID != "pl" || fr.Location != en.Location || fr.Summary != en.Summary {
		t.Errorf("translated: %+v", fr)
	}
	if fr.Body.Lang != "en" || fr.Lang != "fr" || fr.Translation.State != model.Machine {
		t.Errorf("body in %q, record in %q, state %q", fr.Body.Lang, fr.Lang, fr.Translation.State)
	}
}

func TestStaleTranslation(t *testing.T) {
	c, _ := read(t, map[string]string{"content/cities/lodz.md": lodz, "content/cities/lodz.fr.md": "---\nname: Lodz\ntranslation: {state: machine}\n---\n"})
	hash := c[0].Cities[0].TextHash
	fr := "---\nname: Lodz\ntranslation: {of: " + hash + ", state: reviewed}\n---\n"
	for _, tt := range []struct {
		original string
		stale    bool
	}{
		{lodz, false},
		{strings.Replace(lodz, "19.47", "19.48", 1), false}, // a fact is no text
		{strings.Replace(lodz, "is known", "is well known", 1), true},
		{strings.Replace(lodz, "in some more", "some", 1), true},
	} {
		c, dl := read(t, map[string]string{"content/cities/lodz.md": tt.original, "content/cities/lodz.fr.md": fr})
		if got := c[1].Cities[0].Translation.Stale; got != tt.stale {
			t.Errorf("stale %v, want %v: %v", got, tt.stale, dl)
		}
	}
}

func TestDraftsAreHiddenAndOnlyWarn(t *testing.T) {
	draft := strings.Replace(strings.Replace(lodz, "country: PL", "country:", 1), "field:", "status: draft\nfield:", 1)
	c, dl := read(t, map[string]string{"content/cities/lodz.md": draft})
	if dl.HasErrors() || dl.Count(diag.Warning) != 1 || len(c[0].Hidden)+len(c[0].Cities) != 1 {
		t.Errorf("%d cities, %d hidden: %v", len(c[0].Cities), len(c[0].Hidden), dl)
	}
}

func TestByteOrderMarkAndLineEnds(t *testing.T) {
	c, dl := read(t, map[string]string{"content/cities/lodz.md": "\ufeff" + strings.ReplaceAll(lodz, "\n", "  \r\n")})
	if len(dl) > 0 || c[0].Cities[0].Name != "Łódź" || c[0].Cities[0].Broken {
		t.Errorf("%+v: %v", c[0].Cities, dl)
	}
}

// TestShipped reads what comes with the program, whose problems no editor sees.
func TestShipped(t *testing.T) {
	groups, dl, err := find(shipped, "shipped", tables(), []string{"en", "fr"})
	if err != nil || len(dl) > 0 || len(groups) != 17 {
		t.Fatalf("%d records: %v, %v", len(groups), dl, err)
	}
	for _, g := range groups {
		r, err := (*Memory)(nil).read(g, Options{Languages: []string{"en", "fr"}})
		if err != nil || r.problems.HasErrors() {
			t.Errorf("%s %s: %v, %v", g.table.typ, g.id, r.problems, err)
		}
		for _, rec := range r.records {
			if goal := rec.(*model.Goal); goal.Name == "" || goal.Colour == "" || len(goal.Targets) < 5 {
				t.Errorf("goal %s in %s: %+v", g.id, goal.Lang, goal)
			}
		}
	}
}

func TestEveryTypeHasItsTable(t *testing.T) {
	var got []model.Type
	for _, x := range tables() {
		got = append(got, x.typ)
	}
	if !slices.Equal(got, model.Types()) {
		t.Errorf("tables of %v", got)
	}
}

func TestSchemaIsJSON(t *testing.T) {
	for _, typ := range model.Types() {
		b, err := json.Marshal(Schema(typ))
		if err != nil {
			t.Fatalf("%s: %v", typ, err)
		}
		var s struct {
			Properties map[string]any
			Required   []string
		}
		if err := json.Unmarshal(b, &s); err != nil {
			t.Fatal(err)
		}
		for _, r := range s.Required {
			if !slices.Contains(slices.Collect(maps.Keys(s.Properties)), r) {
				t.Errorf("%s: %q is required and not described", typ, r)
			}
		}
	}
}

// FuzzRecord looks for texts that make the reader fail or place a problem
// outside the file.
func FuzzRecord(f *testing.F) {
	f.Add(lodz)
	f.Add("---\na: &x [*x, *x]\n---\n")
	f.Add("---\n\tname: x\n---\n")
	f.Add("---\nname: \"x\ncountry: PL\n---\n")
	f.Add("\ufeff---\r\nname: {a: [b\r\n---")
	f.Add("---\r>naml: ?a: [b\r---\r")
	table := tables()[0]
	f.Fuzz(func(t *testing.T, text string) {
		files := fstest.MapFS{"content/cities/x.md": {Data: []byte(text)}, "content/cities/x.fr.md": {Data: []byte(text)}}
		g := group{table: &table, id: "x", fsys: files, original: "content/cities/x.md", translations: map[string]string{"fr": "content/cities/x.fr.md"}}
		r, err := (*Memory)(nil).read(g, Options{Languages: []string{"en", "fr"}})
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Count(source.Clean([]byte(text)), "\n") + 1
		for _, d := range r.problems {
			if d.Line < 0 || d.Line > lines || d.Col < 0 || d.Len < 0 || d.Message == "" || d.Code == "" {
				t.Fatalf("%+v in %d lines", d, lines)
			}
		}
	})
}

// TestLanguageOfEachText translates some texts of a record and asks in which
// language each of its texts is.
func TestLanguageOfEachText(t *testing.T) {
	files := fstest.MapFS{
		"content/practices/looms.md": {Data: []byte(`---
title: Looms
summary: Forty looms stand in an old mill, and whoever comes in may weave on them.
cities: [mill]
challenge: The mill stood empty.
actions: [Buy looms, Open the doors]
goals: [{goal: 4, note: Weavers teach.}, 11]
images:
  - {src: loom.jpg, alt: A loom, caption: The first loom, credit: Nobody, license: cc0}
---

Text.
`)},
		"content/practices/looms.fr.md": {Data: []byte(`---
summary: Quarante métiers attendent dans une ancienne filature, et qui entre peut tisser.
actions: [Acheter des métiers, Ouvrir les portes]
images: [{caption: Le premier métier}]
translation: {state: machine}
---
`)},
	}
	got, _, err := Content(t.Context(), files, Options{Languages: []string{"en", "fr", "ar"}})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []map[string]string{
		{"title": "en", "summary": "en", "actions": "en", "images.0.caption": "en"},
		{"title": "en", "summary": "fr", "challenge": "en", "actions": "fr", "goals.0.note": "en", "images.0.alt": "en", "images.0.caption": "fr"},
		{"title": "en", "summary": "en", "actions": "en"},
	} {
		h := got[i].Practices[0].Of()
		for _, key := range slices.Sorted(maps.Keys(want)) {
			if l := h.LangOf(key); l != want[key] {
				t.Errorf("the language of %s in %s is %q, want %q", key, got[i].Lang, l, want[key])
			}
		}
		if h.NameLang() != "en" || h.Body.Lang != "en" {
			t.Errorf("in %s the name is in %q and the body in %q", got[i].Lang, h.NameLang(), h.Body.Lang)
		}
	}
}

// TestShippedLanguage reads what comes with the program into sites that are not
// in English: it says its language, and has its translations.
func TestShippedLanguage(t *testing.T) {
	for _, c := range []struct{ langs, want []string }{
		{[]string{"en", "fr"}, []string{"en", "fr"}},
		{[]string{"fr"}, []string{"fr"}},
		{[]string{"ar", "en", "fr"}, []string{"en", "en", "fr"}},
	} {
		got, dl, err := Content(t.Context(), fstest.MapFS{}, Options{Languages: c.langs})
		if err != nil || len(dl) > 0 {
			t.Fatalf("%v: %v %v", c.langs, dl, err)
		}
		for i, content := range got {
			h := content.Goals[0].Of()
			missing := h.Translation.State == model.Missing
			if l := h.LangOf("title"); l != c.want[i] || missing != (l != c.langs[i]) {
				t.Errorf("%v: the goals are in %s for %s, missing: %v", c.langs, l, c.langs[i], missing)
			}
		}
	}
}
