package weave

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"
	"testing"
)

type words struct{ lang string }

func (w *words) T(key string, args ...any) string { return fmt.Sprint(w.lang, ":", key, args) }

type heading struct {
	Title string
	Words *words
}

func (f heading) T(key string, args ...any) string { return f.Words.T(key, args...) }

type kind string

type link struct {
	Label, Href string
	Kind        kind
	Kids        []link
	Next        *link
}

type page struct {
	heading
	Name  string
	N     int
	On    bool
	Body  template.HTML
	LD    template.JS
	Links []link
	Cite  *link
	Words []string
}

func sample(s string) page {
	return page{
		heading: heading{Title: s, Words: &words{"en"}}, Name: s, N: -3, On: true, Body: template.HTML("<p>" + "x" + "</p>"), LD: `{"a":"<\/script>"}`,
		Links: []link{{Label: s, Href: s, Kind: "k+k", Kids: []link{{Label: "kid " + s, Href: "a:b"}}}, {Label: "", Href: "https://x.example/?a=b&c=" + s}, {Href: "javascript:alert(1)"}},
		Cite:  &link{Label: s, Next: &link{Href: "//x" + s}}, Words: []string{s, "", "b"},
	}
}

// templates are pieces that must come out as html/template writes them.
func templates() []string {
	return []string{
		`<p>{{.Name}}</p>`, `<p title="{{.Name}}">`, `<p title='{{.Name}}'>`, `<title>{{.Name}}</title>`, `<textarea>{{.Name}}</textarea>`,
		`<a href="{{.Name}}">`, `<a href="/x/{{.Name}}">`, `<a href="x.html#{{.N}}">`, `<a href="?q={{.Name}}&amp;r={{.Name}}">`, `<img src="{{.Name}}" srcset="{{.Name}}" alt="{{.Name}}">`, `<form action='{{.Name}}'>`,
		`<meta content="{{.Name}}">`, `<p>{{.N}} {{.Body}}</p>`, `<script type="application/ld+json">{{.LD}}</script>`, `<!-- gone --><p>{{/* gone */}}</p>`,
		`{{range .Links}}<a href="{{.Href}}" class="{{.Kind}}">{{.Label}}</a>{{range .Kids}}{{.Label}}{{.Href}}{{else}}none{{end}}{{end}}`,
		`{{range $i, $l := .Links}}{{if $i}}, {{end}}{{$l.Label}}{{$.N}}{{end}}`, `{{range $l := .Links}}{{$l.Kind}}{{end}}`, `{{range .Words}}[{{.}}]{{end}}`,
		`{{with .Cite}}{{.Label}}{{with .Next}}<a href="{{.Href}}">{{$.Name}}</a>{{end}}{{else}}none{{end}}`, `{{with $c := .Cite}}{{$c.Label}}{{.Label}}{{end}}`,
		`{{if .On}}a{{else if .Name}}b{{else}}c{{end}}{{if not .Name}}d{{end}}{{if .Cite}}e{{end}}{{if .Links}}f{{end}}{{if .N}}g{{end}}{{if .Body}}h{{end}}`,
		`{{$.T "key"}}<b title="{{.T "n" .N .Name}}">{{$.T .Name}}</b>`, `{{template "card" .Cite}}{{range .Links}}{{template "card" .}}{{end}}`, `{{template "plain"}}{{block "own" .Words}}{{len .}}{{end}}`,
		`{{len .Links}}{{len .Name}}{{if gt (len .Links) 2}}many{{end}}{{if eq .N 3}}three{{end}}{{if ne .Name "a"}}no{{end}}{{if and .On .On}}x{{end}}{{or .Name .Title}}`,
		`{{if or .Name .Links}}x{{end}}{{if and .N .Words .Cite}}y{{end}}{{if or (and .On .Body) (not .N)}}z{{end}}`, `<meta http-equiv="refresh" content="0; url={{.Name}}">`,
		`{{$x := .Name}}{{$x}}{{if true}}{{$x := .N}}{{$x}}{{end}}{{$x}}`, `{{printf "%03d|%s" .N .Name}}`, `{{.Title}}`, `{{.Cite.Next.Href}}`,
		"<p {{if .On}}hidden{{end}} data-x=\"{{.Name}}\">{{- .Name -}}\n</p>\n",
	}
}

// parts are what the templates above call.
const parts = `{{define "card"}}<i class="{{.Kind}}">{{.Label}}{{with .Next}}{{template "card" .}}{{end}}</i>{{end}}{{define "plain"}}-{{end}}`

// both runs a template by html/template and by this package; what is the same is
// returned in one spelling.
func both(t testing.TB, src string, p page) (want, got string, ok bool) {
	set := template.Must(template.New("page").Parse(parts))
	if _, err := set.Parse(src); err != nil {
		return "", "", false
	}
	w, err := Compile(set, "page", p)
	if err != nil {
		t.Logf("%s: refused: %v", src, err)
		return "", "", false
	}
	var b bytes.Buffer
	errWant := set.Execute(&b, p)
	out, errGot := w.Append(nil, p)
	if (errWant == nil) != (errGot == nil) {
		t.Errorf("%s: html/template says %v, weave %v", src, errWant, errGot)
	}
	if errWant != nil {
		return "", "", true
	}
	if !Same(out, b.Bytes()) {
		return b.String(), string(out), true
	}
	return string(out), string(out), true
}

func nasty() []string {
	return []string{"", "plain", `<b>"'&+` + "`", "a\x00b\x7f", "é\u2028中\U0001F600", "javascript:alert(1)", "JAVASCRIPT:x", "https://x.example/a b?q=%41%zz&r=[1]#f", "mailto:a@b", "/a:b", "\xff\xfe", "a\nb\tc", "//x/", "data:text/html,x", "x 2x, y 1x"}
}

func TestAsHTMLTemplate(t *testing.T) {
	for _, src := range templates() {
		for _, s := range nasty() {
			want, got, ok := both(t, src, sample(s))
			if !ok {
				t.Errorf("%s was refused", src)
			}
			if want != got {
				t.Errorf("%s of %q:\nhtml/template %q\nweave         %q", src, s, want, got)
			}
		}
	}
}

// TestWholeIsRefused holds what writes, compares or hands on a value with all its
// parts to html/template: a page that is woven reads no field that it does not name.
func TestWholeIsRefused(t *testing.T) {
	for _, src := range []string{
		`{{.}}`, `{{.Cite}}`, `{{.Links}}`, `{{range .Links}}{{.}}{{end}}`, `<script>var x = {{.Cite}}</script>`, `<p title="{{.Links}}">`,
		`{{printf "%v" .Cite}}`, `{{printf "%v" .Links}}`, `{{with .Cite}}{{printf "%v" .}}{{end}}`, `{{.T "key" .Cite}}`, `{{.T "key" .Words}}`,
		`{{print .Links}}`, `{{println .Cite}}`, `{{html .Links}}`, `{{urlquery .Cite}}`, `{{.Links | printf "%v"}}`, `{{$x := .Links}}{{printf "%v" $x}}`, `{{if eq .heading .heading}}{{end}}`,
		`{{(index .Links 0)}}`, `{{index .Links 0 | printf "%v"}}`, `{{slice .Links 1}}`, `{{or .Cite .Cite}}`, `{{and .Links .Links}}`, `{{template "whole" .Cite}}{{define "whole"}}{{.}}{{end}}`,
	} {
		if _, _, ok := both(t, src, sample("x")); ok {
			t.Errorf("%s is woven", src)
		}
	}
}

func TestEmptyPage(t *testing.T) {
	for _, src := range templates() {
		if strings.Contains(src, ".T ") {
			continue // its words are nil
		}
		if want, got, _ := both(t, src, page{}); want != got {
			t.Errorf("%s:\nhtml/template %q\nweave         %q", src, want, got)
		}
	}
}

// TestRefuses names what is left to html/template.
func TestRefuses(t *testing.T) {
	for _, src := range []string{
		`<a onclick="f({{.Name}})">`, `<p style="color:{{.Name}}">`, `<p title={{.Name}}>`, `<p title="{{.Body}}">`, `<a href="{{.Body}}">`,
		`<p {{.Name}}="x">`, `<script>{{.Name}}</script>`, `{{.}}`, `{{.Name | len}}`, `{{index .Words 0}}`, `{{range $i, $x := .Links}}{{break}}{{end}}`, `{{$x := 1}}{{$x = 2}}{{$x}}`,
		`{{html .Name}}`, `{{.Cite}}`, `{{.On}}`, `<p title="{{template "plain"}}">`,
	} {
		set := template.Must(template.Must(template.New("page").Parse(parts)).Parse(src))
		if _, err := Compile(set, "page", sample("x")); err == nil {
			t.Errorf("%s was compiled", src)
		}
	}
}

func TestAnotherType(t *testing.T) {
	set := template.Must(template.New("page").Parse("x"))
	w, err := Compile(set, "page", page{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Append(nil, link{}); err == nil {
		t.Error("a page of another type was written")
	}
	if _, err := Compile(set, "page", nil); err == nil {
		t.Error("a page of no type was compiled")
	}
}

// TestSmallPages are structs that an interface may hold in another way.
func TestSmallPages(t *testing.T) {
	n := &link{Label: "x"}
	for _, page := range []any{struct{}{}, struct{ Next *link }{n}, struct{ N int }{7}, struct{ On bool }{true}, struct{ Name string }{"x"}} {
		set := template.Must(template.New("page").Parse(`{{with .}}-{{end}}`))
		switch page.(type) {
		case struct{ Next *link }:
			set = template.Must(template.New("page").Parse(`{{.Next.Label}}`))
		case struct{ N int }:
			set = template.Must(template.New("page").Parse(`{{.N}}`))
		case struct{ On bool }:
			set = template.Must(template.New("page").Parse(`{{if .On}}x{{end}}`))
		}
		w, err := Compile(set, "page", page)
		if err != nil {
			t.Fatal(err)
		}
		var want strings.Builder
		if err := set.Execute(&want, page); err != nil {
			t.Fatal(err)
		}
		if got, err := w.Append(nil, page); err != nil || string(got) != want.String() {
			t.Errorf("%T: %q, %v, not %q", page, got, err, want.String())
		}
	}
}

func TestEndlessTemplates(t *testing.T) {
	set := template.Must(template.New("page").Parse(`{{define "a"}}{{template "a" .}}{{end}}{{template "a" .}}`))
	w, err := Compile(set, "page", link{})
	if err != nil {
		return // refused is as good
	}
	if _, err := w.Append(nil, link{}); err == nil {
		t.Error("templates without end came to an end")
	}
}

func FuzzValues(f *testing.F) {
	for _, s := range nasty() {
		f.Add(s, 0)
	}
	all := templates()
	f.Fuzz(func(t *testing.T, s string, which int) {
		src := all[((which%len(all))+len(all))%len(all)]
		if want, got, _ := both(t, src, sample(s)); want != got {
			t.Errorf("%s of %q:\nhtml/template %q\nweave         %q", src, s, want, got)
		}
	})
}
