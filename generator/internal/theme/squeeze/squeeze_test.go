package squeeze

import (
	"bytes"
	"html/template"
	"strings"
	"testing"
)

func TestTemplates(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"<!doctype html>\n<html>\n<head>\n<meta a>\n<title>a  b</title>\n</head>", "<!doctype html><html><head><meta a><title>a b</title></head>"},
		{"<p>\n a \n</p>\n\n<p>b</p>", "<p>a</p><p>b</p>"},
		{"<p>a \n <b> c </b>  <i>d</i></p>", "<p>a\n<b> c </b> <i>d</i></p>"},
		{"<ul>\n{{range .L}}\n<li>{{.}}</li>\n{{end}}\n</ul>", "<ul>{{range .L}}<li>{{.}}</li>{{end}}</ul>"},
		{"<p>{{.A}} \n {{.A}} </p>", "<p>{{.A}}\n{{.A}}</p>"},
		{"<p>{{if .A}} x {{end}} y</p>", "<p>{{if .A}}x {{end}} y</p>"},
		{"<p>a{{if .A}} x {{end}} y</p>", "<p>a{{if .A}} x {{end}} y</p>"},
		{"<a  href=\"{{.A}} \"\n class='x  y' >z</a> <a>z</a>", "<a href=\"{{.A}} \"\nclass='x  y'>z</a> <a>z</a>"},
		{"<p{{if .A}}  lang=\"x\" {{end}} >a</p>", "<p{{if .A}} lang=\"x\" {{end}}>a</p>"},
		{"<pre> a \n <b> x </b>\n</pre> b", "<pre> a \n <b> x </b>\n</pre>b"},
		{"<textarea>  </textarea>  <b>  x", "<textarea>  </textarea> <b> x"},
		{"<script> a  b </script>\n<script></script> x", "<script> a  b </script><script></script> x"},
		{"<style> a  b </style>\n<div>\n x", "<style> a  b </style><div>x"},
		{"a <script></script> b", "a <script></script> b"},
		{"<b>a</b>\n{{template \"t\" .}}\n<b>c</b>", "<b>a</b>\n{{template \"t\" .}}<b>c</b>"},
		{"<a {{template \"u\" .}}>c</a> {{template \"u\" .}}", "<a {{template \"u\" .}}>c</a> {{template \"u\" .}}"},
		{"<h{{.A}}> x", "<h{{.A}}> x"},
		{"1  < 2  <3", "1 < 2 <3"},
	} {
		const more = "{{define \"t\"}} <p> a </p> {{end}}{{define \"u\"}}  x  {{end}}"
		set := template.Must(template.New("page").Parse(c.in + more))
		Templates(set, []string{"page"})
		if got := set.Lookup("page").Tree.Root.String(); got != c.want {
			t.Errorf("%q\ngot  %q\nwant %q", c.in, got, c.want)
		}
		if u := set.Lookup("u").Tree.Root.String(); u != "  x  " {
			t.Errorf("a template that stands in a tag became %q", u)
		}
	}
}

// FuzzSqueezed asks that nothing but blanks goes, and that a second time finds
// nothing to do.
func FuzzSqueezed(f *testing.F) {
	for _, s := range []string{"<p> a <b> c", "<pre> a", "<script> x </script> <!-- - > -->  y", "<a b='  '  c >", "</p  > <", "<TEXTAREA> </textarea >  "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		bare := func(b []byte) string {
			return strings.Map(func(r rune) rune {
				if r < 128 && blank(byte(r)) {
					return -1
				}
				return r
			}, string(b))
		}
		out, end := squeezed([]byte(in), state{})
		if bare(out) != bare([]byte(in)) {
			t.Errorf("%q became %q", in, out)
		}
		again, same := squeezed(out, state{})
		if !bytes.Equal(again, out) || same.mode != end.mode {
			t.Errorf("%q became %q, and then %q", in, out, again)
		}
	})
}
