package booklet

import (
	"bytes"
	"context"
	"fmt"

	"uccn/generator/internal/memo"
	"uccn/generator/internal/output"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/typeset"
)

// files are the files of a volume: for the screen, for the printer, and the
// pages of each city. They are made when they are asked for.
func (v *volume) files() []output.File {
	e := v.net.Edition
	dir := "booklet/" + e.ID + "/"
	file := func(name, what string, f func(context.Context) ([]byte, error)) output.File {
		return output.File{Path: dir + name, From: e.At, Blob: blob{v, what, f}, Raw: true}
	}
	out := []output.File{
		file(v.name+".pdf", "screen", func(ctx context.Context) ([]byte, error) { return v.write(ctx, screenDPI, "") }),
		file(v.name+"-print.pdf", "print", func(ctx context.Context) ([]byte, error) { return v.write(ctx, printDPI, "") }),
	}
	suffix := ""
	if v.net.Lang != v.in.Site.Languages[0] {
		suffix = "-" + v.net.Lang
	}
	for _, c := range v.net.Cities {
		f := file("cities/"+c.ID+suffix+".pdf", "city "+c.ID, func(ctx context.Context) ([]byte, error) { return v.write(ctx, screenDPI, destOf(&c.City.Head)) })
		f.From = c.At
		out = append(out, f)
	}
	return out
}

// A blob is a file of a volume.
type blob struct {
	v    *volume
	what string
	make func(context.Context) ([]byte, error)
}

func (b blob) Key() string {
	return memo.NewKey("booklet "+b.what, version).Text(b.v.key.String()).Key().Short()
}

func (b blob) Bytes(ctx context.Context) ([]byte, error) { return b.v.bytes(ctx, b.what, b.make) }

// write makes a PDF of the whole book, or of the pages of a unit that begins at
// dest.
func (v *volume) write(ctx context.Context, dpi int, dest string) ([]byte, error) {
	b, err := v.book(ctx, dpi)
	if err != nil {
		return nil, err
	}
	sheets := b.sheets
	first := 0
	if dest != "" {
		first, sheets = b.part(dest)
	}
	o := b.options(first, dest)
	if dpi == printDPI && v.icc != nil {
		o.Print = &pdf.Print{ICC: v.icc}
	}
	var out bytes.Buffer
	w, err := pdf.New(&out, o)
	if err != nil {
		return nil, fmt.Errorf("print: %w", err)
	}
	if dest == "" {
		w.Outline(b.bookmarks())
	}
	size := pdf.Page{W: b.w, H: b.h}
	if dpi == printDPI {
		size.Bleed, size.Slug = b.bleed, pdf.MM(8)
	}
	pages := make([]*typeset.Page, len(sheets))
	for i, s := range sheets {
		p := *s.Page
		p.Size = size
		pages[i] = &p
	}
	if err := typeset.Print(w, pages); err != nil {
		return nil, fmt.Errorf("print: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("print: %w", err)
	}
	return out.Bytes(), nil
}

// part returns the pages of a city, and how many come before them.
func (b *book) part(dest string) (first int, sheets []*sheet) {
	for i, s := range b.sheets {
		for _, d := range s.dests {
			if d != dest {
				continue
			}
			end := i + 1
			for end < len(b.sheets) && s.of != nil && b.sheets[end].of == s.of {
				end++
			}
			return i, b.sheets[i:end]
		}
	}
	return 0, nil
}

// options say what the file is. Dates are those of the edition, so that the same
// edition gives the same bytes on every day.
func (b *book) options(first int, dest string) pdf.Options {
	e := b.net.Edition
	o := pdf.Options{
		Title: e.Name, Lang: b.lang, Author: e.Publisher, Subject: e.Subtitle, Rights: e.Licence, Producer: "uccn",
		Created: e.AsOf.Last().Time(), RTL: b.rtl, Facing: dest == "",
		Labels: []pdf.Label{{Page: 0, Style: "D", Start: first + 1}},
	}
	if dest != "" {
		for _, c := range b.net.Cities {
			if destOf(&c.City.Head) == dest {
				o.Title = c.Name + " – " + e.Name
			}
		}
	}
	return o
}

// bookmarks are the outline: the chapters, and under the sections the cities.
func (b *book) bookmarks() []pdf.Bookmark {
	out := []pdf.Bookmark{{Title: b.words.T("contents"), Dest: "book-contents"}}
	for _, c := range b.chapters {
		m := pdf.Bookmark{Title: c.title, Dest: c.dest}
		for _, x := range c.cities {
			m.Kids = append(m.Kids, pdf.Bookmark{Title: x.Name, Dest: destOf(&x.City.Head)})
		}
		out = append(out, m)
	}
	return out
}

// cover is the first page as a drawing.
func (v *volume) cover(ctx context.Context) ([]byte, error) {
	b, err := v.book(ctx, screenDPI)
	if err != nil {
		return nil, err
	}
	return typeset.SVG(b.sheets[0].Page)
}
