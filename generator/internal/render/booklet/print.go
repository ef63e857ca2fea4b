package booklet

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"

	"uccn/generator/internal/memo"
	"uccn/generator/internal/output"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/render/booklet/book"
	"uccn/generator/internal/render/booklet/press"
	"uccn/generator/internal/render/ink/paint"
	"uccn/generator/internal/typeset"
)

// files are the files of a volume: for the screen, for the printer, and the
// pages of each city. They are made when they are asked for.
func (v *volume) files() []output.File {
	e := v.net.Edition
	dir := "booklet/" + e.ID + "/"
	file := func(name string, b blob) output.File {
		return output.File{Path: dir + name, From: e.At, Blob: b, Raw: true}
	}
	out := []output.File{
		file(v.name+".pdf", blob{v: v, what: "screen"}),
		file(v.name+"-print.pdf", blob{v: v, what: "print", print: true}),
	}
	suffix := ""
	if v.net.Lang != v.in.Site.Languages[0] {
		suffix = "-" + v.net.Lang
	}
	for _, c := range v.net.Cities {
		f := file("cities/"+c.ID+suffix+".pdf", blob{v: v, what: "city " + c.ID, dest: book.Place(&c.City.Head)})
		f.From = c.At
		out = append(out, f)
	}
	return out
}

// A blob is a file of a volume.
type blob struct {
	v     *volume
	what  string
	dest  string // of the unit that it holds; "": the whole book
	print bool   // for the printer
}

func (b blob) Key() string {
	return memo.NewKey("booklet "+b.what, version).Text(b.v.key().String()).Key().Short()
}

func (b blob) Bytes(ctx context.Context) ([]byte, error) {
	return b.v.bytes(ctx, b.what, func(ctx context.Context) ([]byte, error) {
		var out bytes.Buffer
		err := b.v.write(ctx, &out, b.dest, b.print)
		return out.Bytes(), err
	})
}

// Write writes one of the files that Render returned. Where nothing is remembered
// it is not first made in memory: on an error a part of it has been written.
func Write(ctx context.Context, w io.Writer, f output.File) error {
	if b, is := f.Blob.(blob); is && b.v.in.Disk == nil {
		return b.v.write(ctx, w, b.dest, b.print)
	}
	data, err := f.Bytes(ctx)
	if err == nil {
		_, err = w.Write(data)
	}
	return err
}

// write makes a PDF of the whole book, or of the pages of a unit that begins at
// dest.
func (v *volume) write(ctx context.Context, out io.Writer, dest string, forPrinter bool) error {
	b, err := v.compose(ctx)
	if err != nil {
		return err
	}
	sheets := b.Sheets
	first := 0
	if dest != "" {
		first, sheets = part(b, dest)
	}
	other := map[*typeset.Picture]*typeset.Picture{}
	var pictures []*typeset.Picture
	for _, p := range b.Pictures {
		if other[p.Screen] = p.Screen; forPrinter {
			other[p.Screen] = p.Print
		}
		pictures = append(pictures, other[p.Screen])
	}
	o := v.options(b, first, dest)
	if forPrinter && v.icc != nil {
		o.Print = &pdf.Print{ICC: v.icc}
	}
	if buffer, is := out.(*bytes.Buffer); is && dest == "" {
		buffer.Grow(expected(len(sheets), pictures))
	}
	w, err := pdf.New(out, o)
	if err != nil {
		return fmt.Errorf("print: %w", err)
	}
	if dest == "" {
		w.Outline(v.bookmarks(b))
	}
	size := pdf.Page{W: b.Look.W, H: b.Look.H}
	if forPrinter {
		size.Bleed, size.Slug = b.Look.Bleed, pdf.MM(8)
	}
	pages := make([]*typeset.Page, len(sheets))
	for i, s := range sheets {
		p := *s.Page
		p.Size = size
		pages[i] = &p
	}
	if err := typeset.PrintWith(w, pages, func(p *typeset.Picture) *typeset.Picture { return other[p] }); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return nil
}

// expected is about how many bytes a book will have, so that its buffer need not
// grow: that takes up to three times the memory.
func expected(pages int, pictures []*typeset.Picture) int {
	n := 400_000 + 4_000*pages
	for _, p := range pictures {
		if p.Bytes == 0 {
			n += p.W * p.H / 8
		}
		n += p.Bytes
	}
	return n
}

// part returns the pages of a city, and how many come before them.
func part(b *book.Book, dest string) (first int, sheets []*press.Sheet) {
	first = slices.IndexFunc(b.Sheets, func(s *press.Sheet) bool { return s.Has(dest) })
	end := first + 1
	for end < len(b.Sheets) && b.Sheets[first].Beside(b.Sheets[end]) {
		end++
	}
	return first, b.Sheets[first:end]
}

// options say what the file is. Dates are those of the edition, so that the same
// edition gives the same bytes on every day.
func (v *volume) options(b *book.Book, first int, dest string) pdf.Options {
	e := v.net.Edition
	o := pdf.Options{
		Title: e.Name, Lang: v.net.Lang, Author: e.Publisher, Subject: e.Subtitle, Rights: e.Licence, Producer: "uccn",
		Created: e.AsOf.Last().Time(), RTL: b.Look.RTL, Facing: dest == "",
		Labels: []pdf.Label{{Page: 0, Style: "D", Start: first + 1}},
	}
	if dest != "" {
		for _, c := range v.net.Cities {
			if book.Place(&c.City.Head) == dest {
				o.Title = c.Name + " – " + e.Name
			}
		}
	}
	return o
}

// bookmarks are the outline: the chapters, and under the sections the cities.
func (v *volume) bookmarks(b *book.Book) []pdf.Bookmark {
	out := []pdf.Bookmark{{Title: v.words.T("contents"), Dest: "book-contents"}}
	for _, c := range b.Chapters {
		m := pdf.Bookmark{Title: c.Title, Dest: c.Dest}
		for _, x := range c.Cities {
			m.Kids = append(m.Kids, pdf.Bookmark{Title: x.Name, Dest: book.Place(&x.City.Head)})
		}
		out = append(out, m)
	}
	return out
}

// cover is the first page as a drawing.
func (v *volume) cover(ctx context.Context) ([]byte, error) {
	b, err := v.compose(ctx)
	if err != nil {
		return nil, err
	}
	return paint.SVG(b.Sheets[0].Page)
}
