package markdown

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/markdown/doc"
	"uccn/generator/internal/model"
	"uccn/generator/internal/par"
)

var update = flag.Bool("update", false, "rewrite the wanted parts of testdata")

// Each case is a text and what comes of it. The comment may name a language;
// the parts wanted are those that the file has.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			lang := "en"
			if _, l, ok := strings.Cut(string(a.Comment), "lang: "); ok {
				lang, _, _ = strings.Cut(l, "\n")
			}
			changed := false
			src := string(a.Files[0].Data)
			d := New().Parse(model.Text{Source: src, Lang: lang, At: diag.Pos{Path: "x.md", Line: 1, Col: 1}})
			for i := range a.Files[1:] {
				f := &a.Files[i+1]
				got := part(t, f.Name, src, d)
				if got == string(f.Data) {
					continue
				}
				changed = true
				if !*update {
					t.Errorf("%s: got\n%s\nwant\n%s", f.Name, got, f.Data)
				}
				f.Data = []byte(got)
			}
			if changed && *update {
				if err := os.WriteFile(file, txtar.Format(a), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func part(t *testing.T, name, src string, d *doc.Doc) string {
	var b strings.Builder
	switch name {
	case "html", "xhtml", "part.html":
		o := doc.HTMLOptions{XHTML: name == "xhtml"}
		if name == "part.html" {
			o = doc.HTMLOptions{Shift: 1, Prefix: "p2-", Words: doc.Words{Notes: "Remarques", Back: "Retour au texte", Table: "Tableau"}, License: func(id string) string { return "<" + id + ">" }}
		}
		h, err := New().HTML(d, addresses{}, o)
		if err != nil {
			t.Error(err)
		}
		// A line for each block makes a difference easy to see.
		b.WriteString(strings.NewReplacer("</p><", "</p>\n<", "</li><", "</li>\n<", "</tr><", "</tr>\n<", "</h2><", "</h2>\n<", "</figure><", "</figure>\n<", "</dd><", "</dd>\n<").Replace(string(h)) + "\n")
	case "problems":
		diag.Print(&b, d.Problems, func(string) string { return src }, diag.Style{})
	case "plain":
		fmt.Fprintf(&b, "%s\n\nfirst: %s\nwords: %d\n", d.Plain(), d.FirstSentence(), d.Words())
	case "links":
		for _, l := range d.Links {
			fmt.Fprintf(&b, "%s %s %d %d\n", l.At, l.Target, l.Len, l.Kind)
		}
	case "images":
		for _, i := range d.Images {
			fmt.Fprintf(&b, "%s %s %d alt=%q caption=%q credit=%q license=%q focus=%v decorative=%v\n", i.At, i.Src, i.Len, i.Alt, i.Caption, i.Credit, i.License, i.Focus, i.Decorative)
		}
	case "headings":
		for _, h := range d.Headings {
			fmt.Fprintf(&b, "%d %s %q\n", h.Level, h.ID, h.Text)
		}
	default:
		t.Fatalf("unknown part %q", name)
	}
	return b.String()
}

// Places are those of the file: whatever the line ends, wherever the text
// begins in the file, in code points.
func TestPlaces(t *testing.T) {
	for _, tt := range []struct {
		name, src string
		at        diag.Pos
		want      string
	}{
		{"first line of a value", "ü [a](city:lodz)", diag.Pos{Path: "x.md", Line: 7, Col: 10}, "x.md:7:16"},
		{"later line", "b\n\nü [a](city:lodz)", diag.Pos{Path: "x.md", Line: 7, Col: 10}, "x.md:9:7"},
		{"Windows line ends", "b\r\n\r\n- ü *x* [a](city:lodz)\r\n", diag.Pos{Path: "x.md", Line: 1, Col: 1}, "x.md:3:13"},
		{"bad bytes", "\xff\xff\x00 [a](city:lodz)", diag.Pos{Path: "x.md", Line: 1, Col: 1}, "x.md:1:9"},
		{"in a quotation", "> > - 1. x\n> >      [a](city:lodz)", diag.Pos{Path: "x.md", Line: 2, Col: 1}, "x.md:3:14"},
		{"behind tabs", "-\t\t[a](city:lodz)\n\n- \tb\n\n\t[a](city:lodz)", diag.Pos{Path: "x.md", Line: 1, Col: 1}, "x.md:5:6"},
		{"in a note", "x[^n]\n\n[^n]: y\n\n    z [a](city:lodz)", diag.Pos{Path: "x.md", Line: 1, Col: 1}, "x.md:5:11"},
	} {
		d := New().Parse(model.Text{Source: tt.src, Lang: "en", At: tt.at})
		if n := len(d.Links); n == 0 || d.Links[n-1].At.String() != tt.want || d.Links[n-1].Len != len("city:lodz") {
			t.Errorf("%s: %+v, want %s", tt.name, d.Links, tt.want)
		}
	}
}

func TestSplit(t *testing.T) {
	for _, tt := range []struct {
		target, typ, id, fragment string
		ok                        bool
	}{
		{"city:lodz", "cities", "lodz", "", true},
		{"case-study:green-roofs#impact", "case-studies", "green-roofs", "impact", true},
		{"news:", "news", "", "", true},
		{"cities:lodz", "", "", "", false},
		{"https://example.org/", "", "", "", false},
		{"lodz", "", "", "", false},
	} {
		typ, id, fragment, ok := doc.Split(tt.target)
		if string(typ) != tt.typ || id != tt.id || fragment != tt.fragment || ok != tt.ok {
			t.Errorf("Split(%q) = %q, %q, %q, %v", tt.target, typ, id, fragment, ok)
		}
	}
}

// An address that the resolver of an output gives is checked like any other.
func TestResolverIsChecked(t *testing.T) {
	c := New()
	for _, src := range []string{"[a](city:b)", "![a b](c.jpg)"} {
		d := c.Parse(model.Text{Source: src, Lang: "en", At: diag.Pos{Path: "x.md", Line: 1, Col: 1}})
		if h, err := c.HTML(d, careless{}, doc.HTMLOptions{}); err == nil || !strings.Contains(err.Error(), "javascript:") {
			t.Errorf("%s: %s, %v", src, h, err)
		}
	}
}

type careless struct{}

func (careless) Link(string) (string, string, bool) { return "javascript:alert(1)", "", true }
func (careless) Picture(*doc.Image) (doc.Picture, bool) {
	return doc.Picture{Src: "javascript:alert(1)"}, true
}

// What is remembered is what would be read again, by whoever asks first.
func TestRemembered(t *testing.T) {
	c := New()
	c.Verify(func(m model.Text) { t.Errorf("%q is read differently the second time", m.Source) })
	var texts []model.Text
	for i := range 40 {
		texts = append(texts, model.Text{Source: samplePage() + strings.Repeat("<b>\n\n", i%3), Lang: "en", At: diag.Pos{Path: "x.md", Line: 1 + i%2, Col: 1}})
	}
	docs, err := par.Map(t.Context(), texts, func(_ context.Context, m model.Text) (*doc.Doc, error) { return c.Parse(m), nil })
	if err != nil {
		t.Fatal(err)
	}
	for i, d := range docs {
		if d != docs[i%6] {
			t.Errorf("text %d was not remembered", i)
		}
	}
	for range 3 {
		c.Turn()
	}
	if d := c.Parse(texts[0]); d == docs[0] {
		t.Error("a text that no build asked for is still remembered")
	}
}
