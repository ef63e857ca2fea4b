package theme

import (
	"errors"
	"html/template"
	"testing"

	"uccn/generator/internal/theme/weave"
)

func TestUses(t *testing.T) {
	all := template.Must(template.New("").Parse(`{{define "page"}}{{.A}}{{if .B.C}}{{else}}{{$x := .D}}{{$x.E}}{{end}}{{range .F}}{{(index $.G 0).H}}{{end}}{{with .I}}{{template "part" .J}}{{end}}{{end}}
{{define "part"}}{{printf "%s" .K | len}}{{template "page" .}}{{end}}{{define "other"}}{{.L}}{{end}}`))
	th := &Theme{uses: usesOf(all, map[string]any{"page": nil, "other": nil, "none": nil})}
	for _, f := range []string{"A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K"} {
		if !th.Uses("page", f) {
			t.Errorf("%s is not seen", f)
		}
	}
	if th.Uses("page", "L") || !th.Uses("other", "L") || th.Uses("other", "A") || th.Uses("none", "A") || th.Uses("gone", "A") {
		t.Error("the fields of one template are taken for those of another")
	}
	th.woven = map[string]func() (*weave.Template, error){"other": func() (*weave.Template, error) { return nil, errors.New("a value is taken whole") }}
	if !th.Uses("other", "A") || th.Uses("page", "L") {
		t.Error("a page that is not compiled is not taken to read all")
	}
}
