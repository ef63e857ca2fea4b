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
		file(v.name+".pdf", v.blob("screen", "", screen)),
		file(v.name+"-print.pdf", v.blob("print", "", printer)),
	}
	suffix := ""
	if v.net.Lang != v.in.Site.Languages[0] {
		suffix = "-" + v.net.Lang
	}
	for _, c := range v.net.Cities {
		f := file("cities/"+c.ID+suffix+".pdf", v.blob("city "+c.ID, book.Place(&c.City.Head), screen))
		f.From = c.At
		out = append(out, f)
	}
	return out
}

// A form is what a file is for.
type form uint8

const (
	screen form = iota
	printer
	cover // a drawing
)

// A blob is a file of a volume.
type blob struct {
	v    *volume
	name string // among the files of the volume
	dest string // of the unit that it holds; "": the whole book
	form form
}

func (v *volume) blob(name, dest string, form form) blob { return blob{v, name, dest, form} }

func (b blob) Key() string { return b.key(context.Background()).Short() }

// key is a hash of what the file holds, which stays when something else in the
// book changes. In a preview, where a book is composed only for who reads it, it is
// one of what the book is made of.
func (b blob) key(ctx context.Context) memo.Key {
	if !b.v.in.Preview {
		if keys, err := b.v.keys(ctx); err == nil {
			return keys[b.name]
		}
	}
	return memo.NewKey("booklet "+b.name, version).Text(b.v.key().String()).Key()
}

func (b blob) Bytes(ctx context.Context) ([]byte, error) {
	make := func(ctx context.Context) ([]byte, error) {
		var out bytes.Buffer
		err := b.write(ctx, &out)
		return out.Bytes(), err
	}
	if b.v.in.Disk == nil {
		return make(ctx)
	}
	return b.v.in.Disk.Bytes(ctx, b.key(ctx), make)
}

// Write writes one of the files that Render returned. Where nothing is remembered
// it is not first made in memory: on an error a part of it has been written.
func Write(ctx context.Context, w io.Writer, f output.File) error {
	if b, is := f.Blob.(blob); is && b.v.in.Disk == nil {
		return b.write(ctx, w)
	}
	data, err := f.Bytes(ctx)
	if err == nil {
		_, err = w.Write(data)
	}
	return err
}

func (b blob) write(ctx context.Context, w io.Writer) error {
	made, err := b.v.compose(ctx)
	if err != nil {
		return err
	}
	if b.form == cover {
		data, err := paint.SVG(made.Sheets[0].Page)
		if err == nil {
			_, err = w.Write(data)
		}
		return err
	}
	return b.v.write(w, made, b.dest, b.form == printer)
}

// write makes a PDF of the whole book, or of the pages of a unit that begins at
// dest.
func (v *volume) write(out io.Writer, b *book.Book, dest string, forPrinter bool) error {
	first, sheets := part(b, dest)
	other := map[*typeset.Picture]*typeset.Picture{}
	var pictures []*typeset.Picture
	for _, p := range b.Pictures {
		if other[p.Screen] = p.Screen; forPrinter {
			other[p.Screen] = p.Print
		}
		pictures = append(pictures, other[p.Screen])
	}
	o := v.options(b, first, dest)
	o.Kit = v.kit()
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

// part returns the pages of a city or, without its place, all, and how many come
// before them.
func part(b *book.Book, dest string) (first int, sheets []*press.Sheet) {
	if dest == "" {
		return 0, b.Sheets
	}
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
