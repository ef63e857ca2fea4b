package build

import (
	"maps"
	"runtime"
	"testing"

	"uccn/generator/internal/memo"
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

// TestVerifiedTheme puts another theme in place of the one that a session
// remembers: a build that verifies stops there.
func TestVerifiedTheme(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1)) // so that the panic comes here
	files := synth.Files(6)
	s, o := NewSession(stopped), Options{Root: mapFS(files), Verify: true, Preview: true}
	tree(t, s, o)
	const dir = "themes/default"
	k, known := s.themes.Last(dir)
	if !known {
		t.Fatal("no theme is remembered")
	}
	other, _, err := theme.Load(themes.Default(), dir, nil, []string{"en"})
	if err != nil {
		t.Fatal(err)
	}
	_, _ = s.themes.Get(dir, k, func(_, _ memo.Key) bool { return false }, func() (themed, error) { return themed{theme: other}, nil })
	defer func() {
		if r := recover(); r != "a new theme differs from the remembered one: "+dir {
			t.Errorf("the build ended with %v", r)
		}
	}()
	_, _ = s.Build(t.Context(), o)
}
