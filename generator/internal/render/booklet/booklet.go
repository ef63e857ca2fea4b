// Package booklet makes the book of an edition as PDF: for the screen and for
// the printer, in each of the edition's languages, and the pages of each city
// alone with the numbers that they have in the book.
//
// The book is made of units, each of which is composed by itself, on all cores;
// page numbers are found by making the units again until they stand (press). What
// stands on the pages is written in book. Nothing is composed when the book is remembered and nothing that it reads has
// changed (key.go).
package booklet

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/output"
	"uccn/generator/internal/par"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/booklet/book"
	"uccn/generator/internal/render/ink"
	"uccn/generator/internal/theme"
)

// facts are what is known of a book without composing it again.
type facts struct {
	Pages    int
	Problems diag.List
	Fits     []book.Fit
	Folios   []render.Folio
}

// Render makes the booklets of the edition that the site shows.
func Render(ctx context.Context, in *render.Input) ([]output.File, diag.List, error) {
	s, dl, err := newShelf(in)
	if err != nil || dl.HasErrors() {
		return nil, dl, err
	}
	var files []output.File
	volumes := s.volumes()
	if !in.Preview {
		if _, err := par.Map(ctx, volumes, func(_ context.Context, v *volume) (memo.Key, error) { return v.key(), nil }); err != nil {
			return nil, nil, err
		}
	}
	for _, v := range volumes {
		if !in.Preview {
			f, err := v.facts(ctx)
			if err != nil {
				return nil, nil, err
			}
			dl = append(dl, f.Problems...)
			dl = append(dl, book.Notes(f.Fits)...)
		}
		files = append(files, v.files()...)
	}
	return files, dl, nil
}

// Books tells of the booklets of a site, for the pages that offer them. Of those
// whose files are among files, as Render made them, it tells numbers, sizes and
// cover, and makes them unless they are remembered; of the others only where
// their files will be.
func Books(ctx context.Context, in *render.Input, files []output.File) ([]render.Book, error) {
	made := map[string]*volume{}
	for _, f := range files {
		if b, is := f.Blob.(blob); is {
			made[b.v.name] = b.v
		}
	}
	var out []render.Book
	for _, v := range (&shelf{in: in}).volumes() {
		b := render.Book{Edition: v.net.Edition.ID, Lang: v.net.Lang, Title: v.net.Edition.Name}
		for i, file := range v.files()[:2] {
			b.Files = append(b.Files, render.BookFile{Path: file.Path, Print: i == 1})
		}
		if m := made[v.name]; m != nil && !in.Preview {
			if err := m.fill(ctx, &b); err != nil {
				return nil, err
			}
		}
		out = append(out, b)
	}
	return out, nil
}

// fill makes the files of a volume and notes what they came to. A volume that
// has errors has no files.
func (v *volume) fill(ctx context.Context, b *render.Book) error {
	f, err := v.facts(ctx)
	if err != nil || f.Problems.HasErrors() {
		return err
	}
	b.Pages = f.Pages
	if b.Cover, err = v.blob("cover", "", cover).Bytes(ctx); err != nil {
		return err
	}
	for i, file := range v.files()[:2] {
		data, err := file.Bytes(ctx)
		if err != nil {
			return err
		}
		b.Files[i].Bytes = len(data)
	}
	return nil
}

// Folios tells where everything stands in the booklets that are among files.
func Folios(ctx context.Context, files []output.File) ([]render.Folio, error) {
	var out []render.Folio
	var last *volume
	for _, f := range files {
		b, is := f.Blob.(blob)
		if !is || b.v == last {
			continue
		}
		last = b.v
		known, err := b.v.facts(ctx)
		if err != nil {
			return nil, err
		}
		out = append(out, known.Folios...)
	}
	return out, nil
}

// A shelf is what the books of a site share.
type shelf struct {
	in     *render.Input
	fonts  *ink.Case
	icc    []byte // the printer's profile
	books  memo.Map[memo.Key, composed]
	studio *Studio
	kit    func() *pdf.Kit // of the files of this build
}

// composed is a book, or why there is none.
type composed struct {
	book *book.Book
	err  error
}

// newShelf finds the fonts and the printer's profile.
func newShelf(in *render.Input) (*shelf, diag.List, error) {
	fonts, dl, err := ink.Open(in)
	if err != nil {
		return nil, nil, err
	}
	icc, more, err := ink.Profile(in)
	if err != nil {
		return nil, nil, err
	}
	dl = append(dl, more...)
	return &shelf{in: in, fonts: fonts, icc: icc, studio: &Studio{}, kit: sync.OnceValue(pdf.NewKit)}, dl, nil
}

// A volume is the edition in one language.
type volume struct {
	*shelf
	net   *derive.Network
	words *theme.Words
	name  string
	key   func() memo.Key // computed once

	learnt memo.Map[memo.Key, result[facts]]
	summed memo.Map[memo.Key, result[map[string]memo.Key]]
}

// result is a value, or why there is none.
type result[T any] struct {
	value T
	err   error
}

// volumes are the books to make: the edition in each of its languages that the
// site has, or in the one that is wanted.
func (s *shelf) volumes() []*volume {
	all := s.everyVolume()
	for _, v := range all {
		if v.net.Lang == s.in.Speaking {
			return []*volume{v}
		}
	}
	return all
}

func (s *shelf) everyVolume() []*volume {
	var out []*volume
	for _, n := range s.in.Networks {
		if n.Edition == nil || len(n.Edition.Languages) > 0 && !slices.Contains(n.Edition.Languages, n.Lang) {
			continue
		}
		v := &volume{shelf: s, net: n, words: s.in.Theme.Words(n.Lang)}
		v.key = sync.OnceValue(func() memo.Key {
			if s.in.Disk == nil && !s.in.Preview { // nobody asks whether the book is still the same
				return memo.NewKey("booklet of this build", version).Text(n.Lang).Key()
			}
			return s.key(n, v.words)
		})
		v.name = slug(s.in.Networks[0].Edition.Name) + "-" + n.Lang
		out = append(out, v)
	}
	return out
}

// slug makes a file name of a title.
func slug(title string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(title)) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case !unicode.Is(unicode.Mn, r) && b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	if s := strings.Trim(b.String(), "-"); s != "" {
		return s
	}
	return "booklet"
}

// compose makes up the volume, once.
func (v *volume) compose(ctx context.Context) (*book.Book, error) {
	c := v.books.Get(v.key(), func() composed {
		fonts, made, err := v.studio.open(v.fonts, v.name)
		if err != nil {
			return composed{nil, err}
		}
		b, err := book.Make(ctx, book.Options{In: v.in, Net: v.net, Words: v.words, Fonts: fonts, Plates: &v.studio.plates, Memory: made})
		return composed{b, err}
	})
	return c.book, c.err
}

// facts returns what there is to know of the volume.
func (v *volume) facts(ctx context.Context) (facts, error) {
	r := v.learnt.Get(v.key(), func() (r result[facts]) {
		r.err = v.remembered(ctx, "facts and folios", &r.value, func(b *book.Book) (any, error) {
			known := facts{Pages: len(b.Sheets), Problems: b.Problems, Fits: b.Fits}
			for i, s := range b.Sheets {
				for _, place := range s.Places() {
					known.Folios = append(known.Folios, render.Folio{Lang: v.net.Lang, Place: place, Page: i + 1})
				}
			}
			return known, nil
		})
		return r
	})
	return r.value, r.err
}

// remembered fills out with what f finds in the volume, or found before.
func (v *volume) remembered(ctx context.Context, what string, out any, f func(*book.Book) (any, error)) error {
	data, err := v.in.Disk.Bytes(ctx, memo.NewKey("booklet, "+what, version).Text(v.key().String()).Key(), func(ctx context.Context) ([]byte, error) {
		b, err := v.compose(ctx)
		if err != nil {
			return nil, err
		}
		found, err := f(b)
		if err != nil {
			return nil, err
		}
		return json.Marshal(found)
	})
	if err == nil {
		err = json.Unmarshal(data, out)
	}
	if err != nil {
		return fmt.Errorf("booklet %s: %w", v.name, err)
	}
	return nil
}
