package audit

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/output"
)

const base = "https://host.example/net"

func options() Options { return Options{Base: base, Languages: []string{"en", "fr", "ar"}} }

// sound is a page without faults; BODY stands where a case puts its own.
const sound = `<!doctype html><html lang="en" dir="ltr"><head><title>A page</title>HEAD</head><body><main><h1>A page</h1>BODY</main></body></html>`

func made(name, text string) output.File {
	return output.File{Path: name, Data: []byte(text), From: diag.Pos{Path: "content/" + name}}
}

func withBody(body string) string {
	return strings.Replace(strings.Replace(sound, "BODY", body, 1), "HEAD", "", 1)
}

// read reads files one after the other.
func read(t testing.TB, k *Known, o Options, files []output.File) (*Reading, diag.List) {
	t.Helper()
	r := k.Begin(o)
	r.Add(files[:len(files)/2])
	r.Add(files[len(files)/2:])
	for i, f := range files {
		r.Read(i, f)
	}
	dl, err := r.Done(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return r, dl
}

func check(t *testing.T, k *Known, o Options, files ...output.File) []string {
	t.Helper()
	_, dl := read(t, k, o, files)
	o.Last = true
	if _, last := read(t, &Known{}, o, files); !reflect.DeepEqual(last, dl) {
		t.Errorf("a last reading finds %v, not %v", last, dl)
	}
	var out []string
	for _, d := range dl {
		if d.Hint == "" || !strings.HasPrefix(d.Path, "content/") {
			t.Errorf("%s has no hint or no place", d.Message)
		}
		out = append(out, d.Code+" "+d.Message)
	}
	return out
}

func TestPage(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{"sound", withBody(`<h2 id=a>One</h2><h3>Two</h3><h2>Three</h2><p><a href="#a">up</a> <a href=mailto:a@b.example>write</a> <a href="//other.example/x">out</a>`), ""},
		{"no h1", strings.Replace(withBody(""), "h1", "p", 2), "page-heading /a.html: the page has 0 headings of level 1"},
		{"two h1", withBody("<h1>Again</h1>"), "page-heading /a.html: the page has 2 headings of level 1"},
		{"a level left out", withBody("<h3>Deep</h3>"), "page-heading /a.html: a heading of level 3 follows one of level 1"},
		{"no title", strings.Replace(withBody(""), "A page</title>", "</title>", 1), "page-heading /a.html: the page has no title"},
		{"an empty heading", withBody("<h2> <br></h2>"), `nameless-link /a.html: a heading has no words: " <br>"`},
		{"no language", strings.Replace(withBody(""), ` lang="en"`, "", 1), "page-language /a.html: the page does not say its language"},
		{"not the site's language", strings.Replace(withBody(""), `"en"`, `"de"`, 1), `page-language /a.html: the page says that its language is "de", which the site does not have`},
		{"wrong direction", strings.Replace(withBody(""), `"en"`, `"ar"`, 1), `page-language /a.html: the page is in the language "ar" but its direction is "ltr"`},
		{"no language at all", withBody(`<span lang="qqqqqqqqqq">a</span>`), `page-language /a.html: a text is marked as being in the language "qqqqqqqqqq", which does not exist`},
		{"picture without alt", withBody(`<img src="a.html" width=3>`), `picture-without-text /a.html: the picture "a.html" has no alternative text`},
		{"decoration", withBody(`<img src="a.html" alt>`), ""},
		{"an id twice", withBody(`<p id="x"><p id='x'>`), `same-anchor /a.html: the anchor "x" stands on the page twice`},
		{"dead link", withBody(`<a href="b/c.html?q=1#d">b</a>`), `dead-link /a.html: the link "b/c.html?q=1#d" leads to /b/c.html, which is not made`},
		{"dead anchor", withBody(`<a href="#nowhere">b</a>`), `dead-link /a.html: the link "#nowhere" leads to a page without the anchor "nowhere"`},
		{"no address", withBody(`<img src alt>`), `dead-link /a.html: a link or picture has no address`},
		{"a picture's widths", withBody(`<img src="a.html" srcset="a.html 300w, b.webp 600w" alt>`), `dead-link /a.html: the link "b.webp" leads to /b.webp, which is not made`},
		{"our own host", withBody(`<a href="https://host.example/net/b/">b</a>`), `dead-link /a.html: the link "https://host.example/net/b/" leads to /b/index.html, which is not made`},
		{"another host", withBody(`<a href="https://host.example/network/">b</a>`), ""},
		{"escaped", withBody(`<a href="a.html?x=1&amp;y=2#%C5%82">b</a><i id="ł"></i>`), ""},
		{"link without words", withBody(`<a href="a.html"><svg></svg></a>`), `nameless-link /a.html: a link has no words: "<svg></svg>"`},
		{"link named by its picture", withBody(`<a href="a.html"><img src="a.html" alt="us"></a>`), ""},
		{"link named by its label", withBody(`<a href="a.html" aria-label="us"></a>`), ""},
		{"hidden link", withBody(`<a href="a.html" aria-hidden="true" tabindex="-1"></a>`), ""},
		{"button without words", withBody(`<button> </button>`), `nameless-link /a.html: a button has no words: " "`},
		{"table without heads", withBody(`<table><tr><td>1</table>`), `table-without-heads /a.html: a table has no heads`},
		{"table", withBody(`<table><tr><th>1</table>`), ""},
		{"no markup", withBody(`<!-- <h1> --><script>"<h1 id=x><a href=y></a>"</script><textarea><h1></textarea>`), ""},
		{"moved", `<!doctype html><html lang="en" dir="ltr"><title>x</title><meta http-equiv="refresh" content="0; URL=b.html">`, `dead-link /a.html: the link "b.html" leads to /b.html, which is not made`},
		{"social card", strings.Replace(withBody(""), "<title>", `<meta property="og:image" content="`+base+`/card.jpg"><title>`, 1), `dead-link /a.html: the link "` + base + `/card.jpg" leads to /card.jpg, which is not made`},
	} {
		got := strings.Join(check(t, &Known{}, options(), made("a.html", strings.Replace(c.page, "HEAD", "", 1))), "\n")
		if got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, got, c.want)
		}
	}
}

// TestOneMistake: what a template puts into every page is told once.
func TestOneMistake(t *testing.T) {
	var files []output.File
	for _, town := range []string{"a", "b", "c", "d", "e", "f"} {
		body := `<a href="gone.html">x</a>`
		if town < "d" {
			body += `<a href="own.html">y</a>`
		}
		files = append(files, made("cities/"+town+"/index.html", withBody(body)))
	}
	got := check(t, new(Known), options(), files...)
	want := []string{
		`dead-link /cities/a/index.html: the link "gone.html" leads to /cities/a/gone.html, which is not made; so it is on 5 other pages`,
		`dead-link /cities/a/index.html: the link "own.html" leads to /cities/a/own.html, which is not made`,
		`dead-link /cities/b/index.html: the link "own.html" leads to /cities/b/own.html, which is not made`,
		`dead-link /cities/c/index.html: the link "own.html" leads to /cities/c/own.html, which is not made`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %s", strings.Join(got, "\n"))
	}
}

func TestTranslations(t *testing.T) {
	page := func(lang, others string) string {
		text := strings.Replace(withBody(""), `"en"`, `"`+lang+`"`, 1)
		for _, o := range strings.Fields(others) {
			l, p, _ := strings.Cut(o, "=")
			text = strings.Replace(text, "</title>", `</title><link rel="alternate" hreflang="`+l+`" href="`+base+p+`">`, 1)
		}
		return text
	}
	both := "en=/ fr=/fr/ x-default=/"
	for _, c := range []struct{ name, en, fr, want string }{
		{"closed", both, both, ""},
		{"one way", both, "fr=/fr/", "one-way-translation /index.html: its translation /fr/index.html does not point back"},
		{"wrong language", "en=/ ar=/fr/", both, `one-way-translation /index.html: its translation into "ar", /fr/index.html, is in the language "fr"` + "\n" +
			"one-way-translation /fr/index.html: its translation /index.html does not point back"},
	} {
		got := strings.Join(check(t, &Known{}, options(), made("index.html", page("en", c.en)), made("fr/index.html", page("fr", c.fr))), "\n")
		if got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, got, c.want)
		}
	}
}

// TestAgain asks that what is remembered hides nothing: each second build says
// what a first one would.
func TestAgain(t *testing.T) {
	a := made("a.html", withBody(`<a href="b.html#x">b</a>`))
	b := made("b.html", withBody(`<p id="x">`))
	without := made("b.html", withBody(`<p>`))
	svg := made("c.svg", `<svg><g id="x"/></svg>`)
	for _, c := range []struct {
		name          string
		first, second []output.File
	}{
		{"the same", []output.File{a, b}, []output.File{a, b}},
		{"an anchor goes", []output.File{a, b}, []output.File{a, without}},
		{"an anchor comes", []output.File{a, without}, []output.File{a, b}},
		{"a page goes", []output.File{a, b}, []output.File{a}},
		{"another file comes in its place", []output.File{a, b}, []output.File{a, svg}},
		{"a fault stays", []output.File{a}, []output.File{a}},
	} {
		var warm Known
		check(t, &warm, options(), c.first...)
		got, want := check(t, &warm, options(), c.second...), check(t, &Known{}, options(), c.second...)
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", c.name, got, want)
		}
	}
	var k Known
	check(t, &k, options(), a, b)
	if got := check(t, &k, Options{Languages: []string{"fr"}}, a, b); len(got) != 2 {
		t.Errorf("other options: %q", got)
	}
}

// TestPart leaves links alone that lead to what was not made this time.
func TestPart(t *testing.T) {
	o := options()
	o.Part = true
	if got := check(t, &Known{}, o, made("a.html", withBody(`<a href="b.html">b</a>`))); len(got) > 0 {
		t.Errorf("%q", got)
	}
}

// TestCopied leaves pages alone that were written elsewhere, and knows their
// anchors.
func TestCopied(t *testing.T) {
	note := output.File{Path: "note.html", From: diag.Pos{Path: "static/note.html"}, Data: []byte(`site: <a id="x" href="gone">`)}
	if got := check(t, &Known{}, options(), note, made("a.html", withBody(`<a href="note.html#x">b</a>`))); len(got) > 0 {
		t.Errorf("%q", got)
	}
}

// TestShown publishes what is there to be shown where a page shows it, also one
// that was known before, or a file leads to it.
func TestShown(t *testing.T) {
	pic := func(name string) output.File {
		return output.File{Path: "p/" + name, Shown: true, Data: []byte("<svg/>")}
	}
	files := []output.File{made("a/b.html", withBody(`<img src="../p/1.svg" alt=""><a href="../c.html">c</a>`)), made("c.html", withBody(``)),
		{Path: "note.html", From: diag.Pos{Path: "static/note.html"}, Data: []byte(`<img src="` + base + `/p/2.svg">`)},
		pic("1.svg"), pic("2.svg"), pic("3.svg"), pic("4.svg"), {Path: "list.json", Data: []byte("{}"), Leads: []string{"p/3.svg"}}}
	var k Known
	for range 2 {
		for _, last := range []bool{true, false} {
			o := options()
			o.Last = last
			r, dl := read(t, &k, o, files)
			if len(dl) > 0 {
				t.Fatal(dl)
			}
			var got []string
			for _, f := range r.Shown(files, nil) {
				got = append(got, f.Path)
			}
			if want := "a/b.html c.html note.html p/1.svg p/2.svg p/3.svg list.json"; strings.Join(got, " ") != want {
				t.Errorf("got %v", got)
			}
		}
	}
	files[0] = made("a/b.html", withBody(`<a href="../c.html">c</a>`))
	if r, _ := read(t, &k, options(), files); len(r.Shown(files, nil)) != 6 {
		t.Error("a picture is published that is no longer shown")
	}
}

func TestHeavy(t *testing.T) {
	_, dl := read(t, new(Known), options(), []output.File{made("a.html", withBody(strings.Repeat("x", heavy)))})
	if len(dl) != 1 || dl[0].Code != "heavy-page" || dl[0].Severity != diag.Warning {
		t.Errorf("%v", dl)
	}
}

// FuzzScan reads anything to its end.
func FuzzScan(f *testing.F) {
	for _, s := range []string{withBody(`<a href='x'`), `<a b="`, `<!--`, `<script>`, `</`, `<`, `<img srcset=", ,x">`, `<html lang=>`, `<meta http-equiv=refresh content=url=>`, "<meta http-equiv=refresh content=\xc8url=>"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) == 0 {
			return
		}
		files := []output.File{{Path: "a/b.html", Data: text, From: diag.Pos{Path: "x"}}, {Path: "p.svg", Shown: true}}
		o := options()
		r, dl := read(t, new(Known), o, files)
		o.Last = true
		if last, again := read(t, new(Known), o, files); !reflect.DeepEqual(again, dl) || len(last.Shown(files, nil)) != len(r.Shown(files, nil)) || !maps.Equal(last.Answers(), r.Answers()) {
			t.Errorf("a last reading finds %v, not %v", again, dl)
		}
		for _, d := range dl {
			if d.Code == "" || d.Message == "" {
				t.Errorf("%+v", d)
			}
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	text := withBody(`<p id="y">` + strings.Repeat(`<section><h2>Of the place</h2><p>Some words and <a class="x" href="a.html#y">a link</a> among <img src="a.html" alt="a picture" width="3" height="4"> more.</p></section>`, 100))
	files := []output.File{made("a.html", text)}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		read(b, new(Known), options(), files)
	}
}
