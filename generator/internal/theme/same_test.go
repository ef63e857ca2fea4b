package theme

import (
	"testing"
	"testing/fstest"
)

// TestSame holds two loadings of one folder to be the same, and that of a folder
// in which one thing is other not to be.
func TestSame(t *testing.T) {
	type page struct{ A, B string }
	load := func(name, text string) *Theme {
		files := fstest.MapFS{
			"templates/page.html": {Data: []byte(`<p title="{{.A}}">{{template "part" .}}</p>`)},
			"templates/part.html": {Data: []byte(`{{define "part"}}{{.B}}{{end}}`)},
			"assets/a.css":        {Data: []byte("a{}")},
			"i18n/en.json":        {Data: []byte(`{"a": "one", "b": {"one": "%d", "other": "%d s"}}`)},
		}
		files[name] = &fstest.MapFile{Data: []byte(text)}
		th, dl, err := Load(files, "themes/x", map[string]any{"page.html": page{}}, []string{"en"})
		if err != nil || dl.HasErrors() {
			t.Fatal(dl, err)
		}
		return th
	}
	th := load("LICENSE", "")
	if !th.Same(load("LICENSE", "")) {
		t.Error("two loadings of one theme differ")
	}
	if _, err := (&Pages{}).Render(th, "x", "page.html", page{"a", "b"}); err != nil || !th.Same(load("LICENSE", "")) {
		t.Error("a page was rendered, and the theme is another", err)
	}
	for name, text := range map[string]string{
		"templates/page.html": `<p lang="{{.A}}">{{template "part" .}}</p>`,
		"templates/part.html": `{{define "part"}}{{.A}}{{end}}`,
		"assets/a.css":        "b{}",
		"i18n/en.json":        `{"a": "one", "b": {"one": "%d", "other": "%d t"}}`,
	} {
		if th.Same(load(name, text)) {
			t.Errorf("another %s is not seen", name)
		}
	}
}
