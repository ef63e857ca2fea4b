// Package epubfile writes EPUB 3.3 files: the container, the package document with
// its metadata for accessibility, the navigation, and the documents and pictures
// that it is given. It knows the format; it knows no city and makes no text.
//
// The same book gives the same bytes: the order of files is that of the book, and
// all carry the book's date.
package epubfile

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"fmt"
	"hash/crc32"
	"io"
	"path"
	"runtime"
	"slices"
	"strings"
	"time"

	"uccn/generator/internal/par"
)

// A Book is what a file holds.
type Book struct {
	ID          string // "urn:uuid:…", "urn:isbn:…" or an address
	Title, Lang string
	Creators    []string
	Publisher   string
	Description string
	Rights      string
	Source      string // the printed book whose pages the page list names
	Modified    time.Time
	RTL         bool // pages turn from right to left
	Access      Access
	Documents   []Document // in the order of reading
	Assets      []Asset    // style sheets, pictures, fonts
	Cover       string     // path of the asset that is the cover
	Contents    []Point
	Landmarks   []Landmark
	Pages       []PageMark // the pages of the printed book
	Words       Words
	NavAfter    string // path of the document after which the contents are read; "" leaves them out
}

// Access is what the book says about its accessibility (schema.org, EPUB
// Accessibility 1.1). Features that follow from the book itself are added: contents,
// reading order, page navigation.
type Access struct {
	Modes      []string // "textual", "visual"
	Sufficient []string // "textual", "textual,visual"
	Features   []string // "alternativeText", "structuralNavigation", …
	Hazards    []string // "none"
	Summary    string
	ConformsTo string // "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"; "" claims nothing
	Certifier  string
}

// A Document is a page of XHTML.
type Document struct {
	Path  string // "text/lodz.xhtml"
	Title string
	Lang  string // "" for the book's
	RTL   bool
	Body  string // what stands in the body element
	Type  string // epub:type of the body, such as "cover"; "" for none
	Apart bool   // not in the order of reading
}

// An Asset is any other file.
type Asset struct {
	Path string // its ending tells the media type
	Data func() ([]byte, error)
}

// A Point is an entry of the contents.
type Point struct {
	Title, Href string
	Kids        []Point
}

// A Landmark is a place that readers offer by its kind.
type Landmark struct{ Type, Title, Href string }

// A PageMark is the beginning of a printed page.
type PageMark struct{ Label, Href string }

// Words are the headings of the navigation in the book's language.
type Words struct{ Contents, Landmarks, Pages string }

// folder holds everything but the container's own files.
const folder = "EPUB/"

// Write writes the book. It fails when a document is not well-formed XML, when two
// files have one path, or when something refers to what is not in the book.
func Write(out io.Writer, b Book) error {
	if err := check(b); err != nil {
		return fmt.Errorf("write EPUB: %w", err)
	}
	files := []file{
		{name: "mimetype", data: []byte("application/epub+zip")},
		{name: "META-INF/container.xml", text: func() string { return containerXML }},
		{name: folder + "package.opf", text: func() string { return opf(b) }},
		{name: folder + "nav.xhtml", text: func() string { return nav(b) }},
	}
	for _, d := range b.Documents {
		files = append(files, file{name: folder + d.Path, text: func() string { return page(b, d) }})
	}
	for _, a := range b.Assets {
		files = append(files, file{name: folder + a.Path, asset: a.Data})
	}
	c := &container{zip: zip.NewWriter(out), date: b.Modified.UTC()}
	if err := c.write(files); err != nil {
		return fmt.Errorf("write EPUB: %w", err)
	}
	return nil
}

const containerXML = `<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="` +
	folder + `package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
`

// A container is the ZIP file.
type container struct {
	zip  *zip.Writer
	date time.Time
}

// A file of the container: data as they are, a text, or an asset, which is packed
// if it is text.
type file struct {
	name  string
	data  []byte
	text  func() string
	asset func() ([]byte, error)
}

// a packed file is ready to be written.
type packed struct {
	header *zip.FileHeader
	data   []byte
}

// together is how many files are packed before they are written: so many pictures
// are in memory at a time.
const together = 64

// write packs files on all cores and writes them in order.
func (c *container) write(files []file) error {
	packers := make(chan *flate.Writer, runtime.GOMAXPROCS(0))
	for range cap(packers) {
		w, err := flate.NewWriter(nil, flate.DefaultCompression)
		if err != nil {
			return err
		}
		packers <- w
	}
	for some := range slices.Chunk(files, together) {
		ready, err := par.Map(context.Background(), some, func(_ context.Context, f file) (packed, error) { return c.pack(f, packers) })
		if err != nil {
			return err
		}
		for _, p := range ready {
			w, err := c.zip.CreateRaw(p.header)
			if err == nil {
				_, err = w.Write(p.data)
			}
			if err != nil {
				return err
			}
		}
	}
	return c.zip.Close()
}

// pack makes a file ready to be written, with its sizes in front of it: the reader
// of an EPUB finds "mimetype" at a fixed place.
func (c *container) pack(f file, packers chan *flate.Writer) (packed, error) {
	data, deflate := f.data, false
	switch {
	case f.text != nil:
		data, deflate = []byte(f.text()), true
	case f.asset != nil:
		var err error
		if data, err = f.asset(); err != nil {
			return packed{}, fmt.Errorf("%s: %w", strings.TrimPrefix(f.name, folder), err)
		}
		kind := mediaType(f.name)
		deflate = kind == "text/css" || kind == "image/svg+xml"
	}
	h := &zip.FileHeader{Name: f.name, Method: zip.Store, CRC32: crc32.ChecksumIEEE(data), UncompressedSize64: uint64(len(data))}
	if f.name != "mimetype" {
		h.SetModTime(c.date) //lint:ignore SA1019 CreateRaw takes the date from nowhere else
	}
	if deflate {
		w := <-packers
		defer func() { packers <- w }()
		var out bytes.Buffer
		w.Reset(&out)
		w.Write(data) // a bytes.Buffer takes everything
		w.Close()
		h.Method, data = zip.Deflate, out.Bytes()
	}
	h.CompressedSize64 = uint64(len(data))
	return packed{h, data}, nil
}

// mediaType returns the media type of a path, or "" for an unknown ending.
func mediaType(p string) string {
	switch strings.ToLower(path.Ext(p)) {
	case ".xhtml":
		return "application/xhtml+xml"
	case ".css":
		return "text/css"
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".png":
		return "image/png"
	case ".svg":
		return "image/svg+xml"
	case ".webp":
		return "image/webp"
	case ".woff2":
		return "font/woff2"
	case ".ttf":
		return "font/ttf"
	case ".otf":
		return "font/otf"
	}
	return ""
}
