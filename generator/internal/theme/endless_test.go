package theme

import (
	"fmt"
	"html/template"
	"strings"
	"testing"
)

func TestEndless(t *testing.T) {
	ladder := func(width, height int) string {
		var b strings.Builder
		for i := range height {
			fmt.Fprintf(&b, "{{define %q}}%s{{end}}\n", fmt.Sprint("t", i), strings.Repeat(fmt.Sprintf("{{template \"t%d\" .}}", i+1), width))
		}
		return b.String() + fmt.Sprintf("{{define \"t%d\"}}x{{end}}", height)
	}
	for name, c := range map[string]struct {
		text  string
		worst string
	}{
		"none":                         {`{{define "t0"}}x{{end}}`, ""},
		"ten of ten, nine deep":        {ladder(10, 9), "t4"},
		"a ladder of a few":            {ladder(3, 6), ""},
		"a menu of menus":              {`{{define "t0"}}{{range .Items}}{{if .Items}}{{template "t0" .}}{{else}}{{template "t0" .}}{{end}}{{end}}{{end}}`, ""},
		"itself twice":                 {`{{define "t0"}}{{template "t0" .}}{{template "t0" .}}{{end}}`, "t0"},
		"itself twice, by another":     {`{{define "t0"}}{{template "a" .}}{{end}}{{define "a"}}{{template "b" .}}{{template "b" .}}{{end}}{{define "b"}}{{if .}}{{template "a" .}}{{end}}{{end}}`, "a"},
		"itself once, by two others":   {`{{define "t0"}}{{template "a" .}}{{template "b" .}}{{end}}{{define "a"}}{{template "t0" .}}{{end}}{{define "b"}}{{template "t0" .}}{{end}}`, "t0"},
		"one that is not there":        {`{{define "t0"}}{{template "gone" .}}{{end}}`, ""},
		"many that never come back":    {`{{define "t0"}}{{template "t0" .}}` + strings.Repeat(`{{template "a" .}}`, 50) + `{{end}}{{define "a"}}{{template "b" .}}{{end}}{{define "b"}}x{{end}}`, ""},
		"more than a hundred thousand": {ladder(320, 2), "t0"},
	} {
		th := &Theme{templates: template.Must(template.New("page.html").Parse(c.text))}
		dl := th.endless("themes/x", map[string]any{"t0": nil})
		switch {
		case c.worst == "" && len(dl) > 0:
			t.Errorf("%s: %v", name, dl)
		case c.worst != "" && (len(dl) != 1 || !strings.Contains(dl[0].Message, fmt.Sprintf("%q", c.worst)) || dl[0].Line == 0):
			t.Errorf("%s: %v, want %s", name, dl, c.worst)
		}
	}
}
