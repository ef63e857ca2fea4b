package markdown

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/model"
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

func part(t *testing.T, name, src string, d *Doc) string {
	var b strings.Builder
	switch name {
	case "html", "xhtml", "part.html":
		o := HTMLOptions{XHTML: name == "xhtml"}
		if name == "part.html" {
			o = HTMLOptions{Shift: 1, Prefix: "p2-", Words: Words{"Remarques", "Retour au texte", "Tableau"}, License: func(id string) string { return "<" + id + ">" }}
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
