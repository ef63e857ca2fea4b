package publish

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/output"
)

// press makes files ready, of which those at even places are made before the others.
func press(t *testing.T, table *Minified, files []output.File) ([]output.File, diag.List, error) {
	t.Helper()
	told := 0
	p := NewPress(table, func(_ context.Context, places []int, _ []output.File) { told += len(places) })
	p.Add(slices.Clone(files))
	blobs := 0
	for _, f := range files {
		if f.Blob != nil {
			blobs++
		}
	}
	for i := 0; i < len(files); i += 2 {
		if err := p.Make(t.Context(), []int{i}, nil); err != nil {
			return nil, nil, err
		}
	}
	out, dl, err := p.All(t.Context(), nil)
	if told != len(files)-blobs {
		t.Errorf("%d of %d files were done, %d are blobs", told, len(files), blobs)
	}
	return out, dl, err
}

func TestMinify(t *testing.T) {
	script := "<script>try{ const t = localStorage.theme;\n  if (t) document.documentElement.dataset.theme = t }\n catch {}\n</script>"
	for _, tt := range []struct{ path, in, want string }{
		{"a.html", "<!doctype html>\n<html lang=\"en\">\n<head>\n<title>A</title>\n</head>\n<body>\n<p class=\"x\">one <em>two</em>  three</p>\n</body>\n</html>\n",
			`<!doctype html><html lang="en"><head><title>A</title></head><body><p class="x">one <em>two</em> three</p></body></html>`},
		{"script.html", "<head>  " + script + "  </head>", "<head>" + script + "</head>"},
		{"handler.html", `<p onclick="f( )" style="a : b">x</p>`, `<p onclick="f( )" style="a : b">x</p>`},
		{"module.html", "<script type=\"module\">\nlet a = 1 ;\n</script>", "<script type=\"module\">\nlet a = 1 ;\n</script>"},
		{"style.html", "<style>\n a { b : c } \n</style>", "<style>\n a { b : c } \n</style>"},
		{"data.html", "<script type=\"application/ld+json\">{ \"a\" : 1.0 }</script>", `<script type="application/ld+json">{"a":1.0}</script>`},
		{"svg.html", "<svg viewBox=\"0 0 9 9\"> <title> T </title><path d=\"M 0 0\"/></svg>", "<svg viewBox=\"0 0 9 9\"> <title> T </title><path d=\"M 0 0\"/></svg>"},
		{"pre.html", "<pre>\n a  b\n</pre>", "<pre>\n a  b\n</pre>"},
		{"quotes.html", "<p  title=\"a &#39;b&#39;\">x</p>", "<p title=\"a 'b'\">x</p>"},
		{"a.css", "a { color : red ; }\n", "a{color:red}"},
		{"a.js", "const longName = 1 ;\nexport { longName } ;\n", "const longName=1;export{longName}"},
		{"a.json", "{ \"a\" : 1.50 }\n", `{"a":1.50}`},
		{"a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\">\n <path d=\"M 0 0 L 10 10\"/>\n</svg>", `<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0 10 10"/></svg>`},
		{"a.xml", "<a>\n <b>text</b>\n</a>", "<a><b>text</b></a>"},
		{"a.txt", " a  b ", " a  b "},
	} {
		var table Minified
		in := []byte(tt.in)
		out, dl, err := press(t, &table, []output.File{{Path: tt.path, Data: in}, {Path: tt.path, Data: in, Raw: true}})
		if err != nil || len(dl) > 0 {
			t.Errorf("%s: %v %v", tt.path, dl, err)
			continue
		}
		again, _, err := press(t, nil, []output.File{{Path: tt.path, Data: out[1].Data}})
		if err != nil || !bytes.Equal(again[0].Data, out[0].Data) || string(out[1].Data) != tt.in {
			t.Errorf("%s: its bytes were altered: %q, %v", tt.path, out[1].Data, err)
		}
		if got := string(out[0].Data); got != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.path, got, tt.want)
		}
		if got := string(out[1].Data); got != tt.in {
			t.Errorf("%s: a raw file became %s", tt.path, got)
		}
	}
}

func TestMinifyRemembersAndWarns(t *testing.T) {
	var table Minified
	files := []output.File{
		{Path: "a.css", Data: []byte("a { b : c }")}, {Path: "b.css", Data: []byte("a { b : c }")},
		{Path: "bad.js", From: diag.Pos{Path: "static/bad.js"}, Data: []byte("let = = ;")},
		{Path: "p.svg", Blob: countedBlob{}},
	}
	out, dl, err := press(t, &table, files)
	if err != nil {
		t.Error(err)
	}
	again, _, err := press(t, &table, files)
	if err != nil || &again[0].Data[0] != &out[0].Data[0] {
		t.Errorf("a file was minified a second time, %v", err)
	}
	if len(dl) != 1 || dl[0].Path != "static/bad.js" || dl[0].Severity != diag.Warning || !strings.Contains(dl[0].Message, "/bad.js") {
		t.Errorf("problems: %v", dl)
	}
	if !bytes.Equal(out[2].Data, files[2].Data) || out[3].Blob == nil {
		t.Error("a file that cannot be minified was changed")
	}
}

func TestCheck(t *testing.T) {
	file := func(paths ...string) (out []output.File) {
		for i, p := range paths {
			out = append(out, output.File{Path: p, From: diag.Pos{Path: fmt.Sprintf("content/%d.md", i)}})
		}
		return out
	}
	for _, tt := range []struct {
		files []output.File
		want  string // code and words of the only problem, or nothing
	}{
		{file("index.html", "cities/lodz/index.html", "cities/index.html", "a.b/c", ".well-known/x", "_headers"), ""},
		{file("a/index.html", "a/index.html"), "same-address two pages want the address /a"},
		{file("A.jpg", "a.JPG"), "same-address /a.JPG and /A.jpg are one address"},
		{file("\u00e9.html", "e\u0301.html"), "same-address are one address"},
		{file("\u00c9.html", "e\u0301.html"), "same-address are one address"},
		{file("stra\u00dfe", "STRASSE"), "same-address are one address"},
		{file("a", "a/b"), "same-address /a/b needs a folder where /a is a file"},
		{file("x/A/c", "x/a"), "same-address /x/A/c needs a folder where /x/a is a file"},
		{file("build.json"), "same-address kept for the generator"},
		{file("Build.json"), "same-address kept for the generator"},
		{file(".uccn/reload.js"), "same-address kept for the generator"},
		{file("../x"), "bad-address out of the site"}, {file("/x"), "bad-address out of the site"}, {file("a//b"), "bad-address"},
		{file("a/./b"), "bad-address"}, {file(""), "bad-address"}, {file("a/"), "bad-address"}, {file(`a\b`), "bad-address backslash"},
		{file("a\x00b"), "bad-address control"}, {file("a\xffb"), "bad-address UTF-8"}, {file("a:b"), "bad-address Windows"},
		{file("con"), "bad-address reserves"}, {file("x/NUL.html"), "bad-address reserves"}, {file("lpt1/a"), "bad-address reserves"},
		{file("com².txt"), "bad-address reserves"}, {file("aux .x"), "bad-address reserves"}, {file("company", "com12", "lpt", "console"), ""},
		{file("a./b"), "bad-address dot"}, {file("a "), "bad-address dot"}, {file(strings.Repeat("x", 241)), "bad-address long"},
	} {
		dl := Check(tt.files)
		if tt.want == "" {
			if len(dl) > 0 {
				t.Errorf("%v: %v", tt.files, dl)
			}
			continue
		}
		code, words, _ := strings.Cut(tt.want, " ")
		if len(dl) != 1 || dl[0].Code != code || !strings.Contains(dl[0].Message, words) || dl[0].Hint == "" || dl[0].Severity != diag.Error {
			t.Errorf("%v: %v, want %q", tt.files, dl, tt.want)
		}
	}
}

// TestVerify: a hit is made again, and a difference is told.
func TestVerify(t *testing.T) {
	var table Minified
	var differ []string
	Verify(&table, func(path string) { differ = append(differ, path) })
	files := []output.File{{Path: "a.css", Data: []byte("a { b : c }")}, {Path: "b.css", Data: []byte("b { c : d }")}}
	for range 2 {
		if _, _, err := press(t, &table, slices.Clone(files)); err != nil {
			t.Fatal(err)
		}
	}
	if len(differ) > 0 {
		t.Errorf("%v come out differently the second time", differ)
	}
	out, _, err := press(t, &table, slices.Clone(files))
	if err != nil {
		t.Fatal(err)
	}
	out[1].Data[0] = 'x' // nobody may do this
	if _, _, err = press(t, &table, slices.Clone(files)); err != nil || len(differ) != 1 || differ[0] != "b.css" {
		t.Errorf("told of %v, %v", differ, err)
	}
}
