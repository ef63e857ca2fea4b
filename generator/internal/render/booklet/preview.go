package booklet

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"uccn/generator/internal/output"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/booklet/book"
	"uccn/generator/internal/render/booklet/press"
	"uccn/generator/internal/render/ink/paint"
)

// PreviewAt is the folder of the site that previews seem to lie in.
const PreviewAt = "booklet/preview/"

// A Preview shows the pages of the booklets of one build, each made when it is
// asked for. It is for all goroutines.
type Preview struct{ shelf *shelf }

// NewPreview returns the preview of a build; studio is that of the session.
func NewPreview(in *render.Input, studio *Studio) (*Preview, error) {
	s, dl, err := newShelf(in)
	if err != nil || dl.HasErrors() {
		return nil, err
	}
	s.studio = studio
	studio.plates.Turn()
	return &Preview{s}, nil
}

// File returns a file of the preview by its path below PreviewAt: EDITION/LANG/ lists
// the pages, EDITION/LANG/12.svg and 12.png are a page, EDITION/LANG/PLACE/ shows the
// page of a record. The error is fs.ErrNotExist when there is no such file.
func (p *Preview) File(ctx context.Context, name string) (output.File, error) {
	f := output.File{Path: PreviewAt + name}
	if name == "" {
		f.Path += "index.html"
		f.Data = p.list()
		return f, nil
	}
	if name == "preview.css" {
		f.Data = []byte(previewStyle)
		return f, nil
	}
	parts := strings.SplitN(name, "/", 3)
	if len(parts) < 3 {
		return f, fs.ErrNotExist
	}
	for _, v := range p.shelf.volumes() {
		if v.net.Edition.ID != parts[0] || v.net.Lang != parts[1] {
			continue
		}
		b, err := v.compose(ctx)
		if err != nil {
			return f, fmt.Errorf("booklet %s: %w", v.name, err)
		}
		err = v.show(&f, b, parts[2])
		return f, err
	}
	return f, fs.ErrNotExist
}

// Beside returns the path of the preview that belongs to a page of the site, or "".
func (p *Preview) Beside(page string) string {
	for _, v := range p.shelf.volumes() {
		for _, c := range v.net.Cities {
			if c.Path != "" && v.prefix()+c.Path == page {
				return PreviewAt + v.net.Edition.ID + "/" + v.net.Lang + "/" + book.Place(&c.City.Head) + "/"
			}
		}
	}
	return ""
}

// show fills a file of a book.
func (v *volume) show(f *output.File, b *book.Book, name string) error {
	if name == "" {
		f.Path += "index.html"
		f.Data = v.listing(b)
		return nil
	}
	if place, is := strings.CutSuffix(name, "/"); is {
		at := slices.IndexFunc(b.Sheets, func(s *press.Sheet) bool { return s.Has(place) })
		if at < 0 {
			return fs.ErrNotExist
		}
		_, sheets := part(b, place)
		f.Path += "index.html"
		f.Data = v.frame(b, at, len(sheets))
		return nil
	}
	kind := path.Ext(name)
	n, err := strconv.Atoi(strings.TrimSuffix(name, kind))
	if err != nil || n < 1 || n > len(b.Sheets) || strconv.Itoa(n)+kind != name {
		return fs.ErrNotExist
	}
	page := b.Sheets[n-1].Page
	switch kind {
	case ".svg":
		f.Data, err = paint.SVG(page)
	case ".png":
		f.Data, err = paint.PNG(page, pngWidth)
		if errors.Is(err, paint.ErrPhotograph) {
			err = fs.ErrNotExist
		}
	default:
		err = fs.ErrNotExist
	}
	return err
}

// pngWidth is that of pages as PNG, in pixels.
const pngWidth = 900
