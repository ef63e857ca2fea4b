package build

import (
	"os"
	"path/filepath"
	"testing"

	"uccn/generator/internal/publish"
)

// TestLateEqualsEarly: texts that are judged when pages are made of them are told of as if
// they had been judged before, and nothing is published that has errors.
func TestLateEqualsEarly(t *testing.T) {
	const city = "content/cities/town-3.md"
	for _, c := range []struct{ name, file, text string }{
		{"nothing", city, ""},
		{"a warning", city, "\n#### Deep\n\nText.\n"},
		{"a link to nothing", city, "\nSee [this](city:nowhere) and [that](#nowhere).\n"},
		{"a link to nothing in a text without a page of its own", "content/meetings/none.md", "---\n---\n\n[this](city:nowhere)\n"},
		{"a link that only the page shows to be dead", city, "\nSee [this](/nowhere/).\n"},
		{"a picture that is not there", city, "\n![A picture](nothing.jpg)\n"},
		{"a picture that is none", city, "\n![A picture](town-1.md)\n\n[this](city:nowhere)\n"},
		{"no links are let through", city, "\n[this](javascript:x) <b>raw</b>\n"},
		{"a template fails", "themes/default/templates/redirect.html", "{{range .Nothing}}{{end}}"},
	} {
		for _, strict := range []bool{false, true} {
			d := newDesk(t, "en", "fr")
			d.o.Strict = strict
			d.o.Cache = ""
			old, _ := os.ReadFile(filepath.Join(d.dir, c.file))
			d.put(c.file, string(old)+c.text)
			early := d.o
			early.Last, early.Publish = false, publish.Options{}
			want, err := NewSession(stopped).Build(t.Context(), early)
			if err != nil {
				t.Fatal(c.name, err)
			}
			got, err := NewSession(stopped).Build(t.Context(), d.o)
			if err != nil {
				t.Fatal(c.name, err)
			}
			if g, w := problems(got), problems(want); g != w {
				t.Errorf("%s: says\n%s\nand not\n%s", c.name, g, w)
			}
			if want.Diagnostics.HasErrors() {
				for _, tree := range []string{"public", ".uccn/publish/public/spare"} {
					if _, err := os.Stat(filepath.Join(d.dir, tree)); !os.IsNotExist(err) {
						t.Errorf("%s: there is %s", c.name, tree)
					}
				}
				continue
			}
			left := d.published(d.o.Publish.Dir)
			delete(left, "build.json")
			same(t, c.name, left, byPath(t, want.Files))
		}
	}
}
