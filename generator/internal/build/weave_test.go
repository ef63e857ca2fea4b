package build

import (
	"maps"
	"testing"

	"uccn/generator/internal/render/exhibition"
	"uccn/generator/internal/render/site"
	"uccn/generator/internal/synth"
	"uccn/generator/internal/theme"
	"uccn/themes"
)

// TestEveryTemplateIsWoven holds the default theme to the part of the template
// language that is compiled.
func TestEveryTemplateIsWoven(t *testing.T) {
	pages := site.Pages()
	maps.Copy(pages, exhibition.Pages())
	th, dl, err := theme.Load(themes.Default(), "themes/default", pages, []string{"en"})
	if err != nil || dl.HasErrors() {
		t.Fatal(err, dl)
	}
	for name, why := range th.Unwoven() {
		t.Errorf("%s is left to html/template: %v", name, why)
	}
}

// TestVerify builds our own content and an invented site twice, computing
// everything again that is remembered and writing every page by html/template
// too. A difference panics.
func TestVerify(t *testing.T) {
	for _, files := range []map[string]string{snapshot(t), synth.Files(24, "en", "fr")} {
		o := Options{Root: mapFS(files), Verify: true, Preview: true}
		s := NewSession(stopped)
		want := tree(t, s, o)
		same(t, "a verified second build", tree(t, s, o), want)
	}
}
