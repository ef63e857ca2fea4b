package stick

import (
	"strings"
	"testing"

	"uccn/generator/internal/output"
)

func cut(t *testing.T, body string) string {
	t.Helper()
	files := []output.File{
		{Path: "exhibition/index.html", Data: []byte(body)},
		{Path: "practices/a/index.html", Data: []byte("<p>a</p>")},
		{Path: "cities/lodz/index.html", Data: []byte("<p>Łódź</p>")},
		{Path: "art/a.svg", Data: []byte("<svg/>")},
		{Path: "art/b.svg", Data: []byte("<svg/>")},
		{Path: "assets/site.css", Data: []byte("a{}")},
	}
	cut, err := Cut(t.Context(), files, func(p string) bool {
		return strings.HasPrefix(p, "exhibition/") || strings.HasPrefix(p, "practices/")
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range cut {
		if f.Path == "exhibition/index.html" {
			return string(f.Data)
		}
	}
	t.Fatal("the page is gone")
	return ""
}

func TestLinks(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"a page that is there", `<a href="../practices/a/index.html">A</a>`, `<a href="../practices/a/index.html">A</a>`},
		{"a fragment", `<a href="#room-1">1</a>`, `<a href="#room-1">1</a>`},
		{"a query", `<a href="index.html?goal=4">4</a>`, `<a href="index.html?goal=4">4</a>`},
		{"a page that is not", `<p><a class="tag f-film" lang="pl" href="../cities/lodz/index.html" hreflang="pl">Łódź</a>, Poland</p>`, `<p><span class="tag f-film plainly" lang="pl">Łódź</span>, Poland</p>`},
		{"another host", `<a rel="external" href="https://example.org/">x</a>`, `<span class="plainly">x</span>`},
		{"a file to take away", `<a href="../art/a.svg" download>SVG</a>`, `<span class="plainly">SVG</span>`},
		{"mail", `<a href="mailto:x@example.org">x</a>`, `<span class="plainly">x</span>`},
		{"on a map", `<svg><a href="../cities/lodz/index.html"><circle/></a></svg>`, `<svg><g><circle/></g></svg>`},
		{"an entry of a menu", `<nav><ul><li><a href="../cities/lodz/index.html">Ł</a></li><li><a href="index.html">E</a></li></ul></nav>`, `<nav><ul><li><a href="index.html">E</a></li></ul></nav>`},
		{"a menu", `<p>x</p><nav><h2>B</h2><ul><li><a href="../cities/lodz/index.html">Ł</a></li></ul></nav><p>y</p>`, `<p>x</p><p>y</p>`},
		{"a trail that ends here", `<nav><ol><li><a href="../cities/lodz/index.html">Ł</a></li><li>here</li><li><a href="index.html">E</a></li></ol></nav>`, `<nav><ol><li>here</li><li><a href="index.html">E</a></li></ol></nav>`},
		{"a list of facts keeps its words", `<ul class="links"><li><a href="../cities/lodz/index.html">Ł</a></li></ul>`, `<ul class="links"><li><span class="plainly">Ł</span></li></ul>`},
		{"a list of records does not", `<section data-group><ul class="rows"><li><a href="../cities/lodz/index.html">Ł</a></li></ul></section>`, ``},
		{"the feed", `<link rel="alternate" href="../feed.xml">`, ``},
		{"the public address", `<link rel="canonical" href="https://example.org/exhibition/">`, `<link rel="canonical" href="https://example.org/exhibition/">`},
		{"what looks like a tag", `<script>if (a<b) "<a href='x'>"</script><!-- <a href="x"> --> 1 < 2`, `<script>if (a<b) "<a href='x'>"</script><!-- <a href="x"> --> 1 < 2`},
		{"a sign in an attribute", `<a title="a > b" href="x.html">c</a>`, `<span class="plainly">c</span>`},
	} {
		if got := cut(t, c.in); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestFiles(t *testing.T) {
	files := []output.File{
		{Path: "exhibition/index.html", Data: []byte(`<link rel="stylesheet" href="../assets/site.css"><img src="../art/a.svg" srcset="../img/1.jpg 320w, ../img/2.jpg 640w"><a href="../data/x.csv" download>x</a>`)},
		{Path: "assets/site.css"}, {Path: "art/a.svg"}, {Path: "art/b.svg"}, {Path: "img/1.jpg"}, {Path: "img/2.jpg"}, {Path: "img/3.jpg"}, {Path: "data/x.csv"}, {Path: "index.html"},
	}
	var got []string
	cut, err := Cut(t.Context(), files, func(p string) bool { return strings.HasPrefix(p, "exhibition/") })
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range cut {
		got = append(got, f.Path)
	}
	want := "art/a.svg assets/site.css exhibition/index.html img/1.jpg img/2.jpg"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("got %s\nwant %s", s, want)
	}
}

// Whatever a page holds, nothing of it is lost but links, and no link is left
// that leads nowhere.
func FuzzRewrite(f *testing.F) {
	f.Add(`<nav><li><a href=x>y</a></nav>`)
	f.Add(`<a href="`)
	f.Add("<nav><l>y<//a>i><a href=\xf8>y<#a></nav#")
	f.Add(`<a b='"' href="../exhibition/index.html">z</a></svg>`)
	f.Fuzz(func(t *testing.T, s string) {
		out := cut(t, s)
		if again := cut(t, out); again != out {
			t.Errorf("%q became %q, and then %q", s, out, again)
		}
	})
}
