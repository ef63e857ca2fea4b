// Package epubfile writes EPUB 3.3 files: the container, the package document with
// its metadata for accessibility, the navigation, and the documents and pictures
// that it is given. It knows the format; it knows no city and makes no text.
//
// The same book gives the same bytes: the order of files is that of the book, and
// all carry the book's date.
package epubfile

import (
	"archive/zip"
	"compress/flate"
	"fmt"
	"hash/crc32"
	"io"
	"path"
	"strings"
	"time"
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
	c := &container{zip: zip.NewWriter(out), date: b.Modified.UTC()}
	c.zip.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, 9) })
	c.store("mimetype", []byte("application/epub+zip"))
	c.pack("META-INF/container.xml", containerXML)
	c.pack(folder+"package.opf", opf(b))
	c.pack(folder+"nav.xhtml", nav(b))
	for _, d := range b.Documents {
		c.pack(folder+d.Path, page(b, d))
	}
	for _, a := range b.Assets {
		c.asset(a)
	}
	if c.err == nil {
		c.err = c.zip.Close()
	}
	if c.err != nil {
		return fmt.Errorf("write EPUB: %w", c.err)
	}
	return nil
}

const containerXML = `<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="` +
	folder + `package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
`

// A container is the ZIP file. The first error is kept.
type container struct {
	zip  *zip.Writer
	date time.Time
	err  error
}

// store writes a file as it is, with its sizes in front of it: the reader of an
// EPUB finds "mimetype" at a fixed place.
func (c *container) store(name string, data []byte) {
	if c.err != nil {
		return
	}
	h := &zip.FileHeader{Name: name, Method: zip.Store, CRC32: crc32.ChecksumIEEE(data),
		CompressedSize64: uint64(len(data)), UncompressedSize64: uint64(len(data))}
	if name != "mimetype" {
		h.Modified = c.date
	}
	w, err := c.zip.CreateRaw(h)
	if err == nil {
		_, err = w.Write(data)
	}
	c.err = err
}

func (c *container) pack(name, text string) {
	if c.err != nil {
		return
	}
	w, err := c.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: c.date})
	if err == nil {
		_, err = io.WriteString(w, text)
	}
	c.err = err
}

// asset writes a file: packed if it is text, and else as it is.
func (c *container) asset(a Asset) {
	if c.err != nil {
		return
	}
	data, err := a.Data()
	if err != nil {
		c.err = fmt.Errorf("%s: %w", a.Path, err)
		return
	}
	switch mediaType(a.Path) {
	case "text/css", "image/svg+xml":
		c.pack(folder+a.Path, string(data))
	default:
		c.store(folder+a.Path, data)
	}
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
