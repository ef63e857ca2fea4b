package epubfile

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
)

func data(s string) func() ([]byte, error) { return func() ([]byte, error) { return []byte(s), nil } }

func sample() Book {
	return Book{
		ID: "urn:uuid:7f0e0c5e-2b0a-4d4e-9a51-0c3a5a2b2026", Title: "Cities & crafts", Lang: "en", Creators: []string{"The Network"},
		Publisher: "N. N.", Source: "urn:isbn:9780000000002", Modified: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC),
		Access: Access{Modes: []string{"textual", "visual"}, Sufficient: []string{"textual"}, Features: []string{"alternativeText"},
			Hazards: []string{"none"}, Summary: "Every picture has a text.", ConformsTo: "EPUB Accessibility 1.1 - WCAG 2.2 Level AA", Certifier: "The Network"},
		Documents: []Document{
			{Path: "cover.xhtml", Title: "Cover", Type: "cover", Body: `<section><h1>Cities</h1><img src="images/cover.svg" alt="A plate"/></section>`},
			{Path: "text/lodz.xhtml", Title: "Łódź", Body: `<section><h1 id="top">Łódź</h1><span epub:type="pagebreak" role="doc-pagebreak" id="p14" aria-label="14"></span><p><a href="../cover.xhtml">back</a></p></section>`},
			{Path: "text/al-ahsa.xhtml", Title: "الأحساء", Lang: "ar", RTL: true, Body: `<section><h1>الأحساء</h1><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" role="img" aria-label="Map"><path d="M0 0h1"/></svg></section>`},
		},
		Assets:    []Asset{{"book.css", data("h1 { margin: 0 }")}, {"images/cover.svg", data(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 5"><path d="M0 0h4v5z"/></svg>`)}},
		Cover:     "images/cover.svg",
		Contents:  []Point{{Title: "Cover", Href: "cover.xhtml"}, {Title: "Film", Href: "text/lodz.xhtml", Kids: []Point{{Title: "Łódź", Href: "text/lodz.xhtml#top"}, {Title: "الأحساء", Href: "text/al-ahsa.xhtml"}}}},
		Landmarks: []Landmark{{"cover", "Cover", "cover.xhtml"}, {"bodymatter", "Profiles", "text/lodz.xhtml"}},
		Pages:     []PageMark{{"14", "text/lodz.xhtml#p14"}},
		Words:     Words{"Contents", "Landmarks", "Pages"},
		NavAfter:  "cover.xhtml",
	}
}

func write(t *testing.T, b Book) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, b); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestWrite(t *testing.T) {
	file := write(t, sample())
	if !bytes.Equal(file, write(t, sample())) {
		t.Error("the same book gave other bytes")
	}
	if !bytes.HasPrefix(file[30:], []byte("mimetypeapplication/epub+zip")) {
		t.Errorf("the file begins %q", file[:64])
	}
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for i, f := range z.File {
		if i > 0 && !f.Modified.Equal(sample().Modified) {
			t.Errorf("%s is of %v", f.Name, f.Modified)
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		texts[f.Name] = string(b)
	}
	for name, wants := range map[string][]string{
		"EPUB/package.opf": {
			`<dc:title>Cities &amp; crafts</dc:title>`, `properties="cover-image"`, `properties="svg"`, `>pageNavigation<`, `>tableOfContents<`,
			`<dc:source id="source">urn:isbn:9780000000002</dc:source>`, `refines="#source">pagination<`, "<itemref idref=\"d0\"/>\n<itemref idref=\"nav\"/>",
			`<meta property="dcterms:modified">2026-11-22T00:00:00Z</meta>`, `refines="#conf">The Network<`,
		},
		"EPUB/nav.xhtml":          {`epub:type="page-list"`, `<li><a href="text/lodz.xhtml#p14">14</a></li>`, `epub:type="landmarks"`, "<a href=\"text/lodz.xhtml\">Film</a><ol>"},
		"EPUB/text/al-ahsa.xhtml": {`lang="ar" xml:lang="ar" dir="rtl"`, `href="../book.css"`},
	} {
		for _, want := range wants {
			if !strings.Contains(texts[name], want) {
				t.Errorf("%s lacks %s", name, want)
			}
		}
	}
}

func TestFaultsAreNamed(t *testing.T) {
	for want, spoil := range map[string]func(b *Book){
		"lodz.xhtml: XML syntax error": func(b *Book) { b.Documents[1].Body = "<p>open" },
		`"gone.jpg" leads to no file`:  func(b *Book) { b.Documents[0].Body = `<img src="gone.jpg" alt=""/>` },
		`no place in text/lodz.xhtml`:  func(b *Book) { b.Pages[0].Href = "text/lodz.xhtml#p99" },
		"two files have the path":      func(b *Book) { b.Documents[2].Path = b.Documents[1].Path },
		`two elements have the id "x"`: func(b *Book) { b.Documents[1].Body = `<p id="x"/><p id="x"/>` },
		"unknown kind of file":         func(b *Book) { b.Assets[0].Path = "book.exe" },
		`"../up.css" is no path`:       func(b *Book) { b.Assets[0].Path = "../up.css" },
		"needs an identifier":          func(b *Book) { b.Lang = "" },
		"undefined":                    func(b *Book) { b.Assets[0].Data = func() ([]byte, error) { return nil, errors.New("undefined") } },
		`&nbsp`:                        func(b *Book) { b.Documents[1].Body = "<p>a&nbsp;b</p>" },
	} {
		b := sample()
		spoil(&b)
		err := Write(io.Discard, b)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
}
