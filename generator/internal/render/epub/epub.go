// Package epub makes the book of an edition as EPUB 3.3, in each of the
// edition's languages: the chapters of the printed book as documents that fit
// every screen, plates, maps and charts as SVG, and metadata on accessibility
// that are counted and not claimed.
//
// A book is put together as text first, which is quick; its key is a hash of
// that text and of the keys of its pictures. Only when a file of that key is
// wanted are pictures drawn and the whole packed.
package epub

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/epubfile"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/output"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/ink"
)

// version counts changes of what is made of the same book, beyond its texts.
const version = 2

// Render makes the books of the edition that the site shows. Their bytes are
// made when they are asked for.
func Render(_ context.Context, in *render.Input) ([]output.File, diag.List, error) {
	vs, dl, err := volumes(in)
	if err != nil || dl.HasErrors() {
		return nil, dl, err
	}
	var files []output.File
	for _, v := range vs {
		if !in.Preview {
			if m := v.made(); m.err != nil {
				return nil, nil, m.err
			}
		}
		files = append(files, v.file())
	}
	return files, dl, nil
}

// A volume is the edition in one language.
type volume struct {
	in    *render.Input
	net   *derive.Network
	fonts *ink.Case
	books memo.Map[string, made]
}

// volumes are the books to make: the edition in each of its languages that the
// site has.
func volumes(in *render.Input) ([]*volume, diag.List, error) {
	fonts, dl, err := ink.Open(in)
	if err != nil || dl.HasErrors() {
		return nil, dl, err
	}
	var out []*volume
	for _, n := range in.Networks {
		if n.Edition == nil || len(n.Edition.Languages) > 0 && !slices.Contains(n.Edition.Languages, n.Lang) {
			continue
		}
		out = append(out, &volume{in: in, net: n, fonts: fonts})
	}
	return out, dl, nil
}

// file is the book as it is published.
func (v *volume) file() output.File {
	e := v.net.Edition
	name := slug(v.in.Networks[0].Edition.Name) + "-" + v.net.Lang + ".epub"
	return output.File{Path: "booklet/" + e.ID + "/" + name, From: e.At, Blob: blob{v}, Raw: true}
}

// slug makes a file name of a title, as the printed booklet has it.
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

// made is a book that is put together, but for its pictures.
type made struct {
	book   epubfile.Book
	assets []asset
	key    memo.Key
	err    error
}

// An asset is a file of the book beside its documents. Equal keys mean equal
// bytes.
type asset struct {
	path, key string
	data      func(context.Context) ([]byte, error)
}

// made puts the book together, once.
func (v *volume) made() made {
	return v.books.Get("", func() made {
		m, err := newMaker(v)
		if err != nil {
			return made{err: err}
		}
		if err := m.compose(); err != nil {
			return made{err: fmt.Errorf("EPUB of edition %s: %w", v.net.Edition.ID, err)}
		}
		return made{book: m.book, assets: m.assets, key: key(m.book, m.assets)}
	})
}

// key hashes all that a file is made of.
func key(b epubfile.Book, assets []asset) memo.Key {
	k := memo.NewKey("epub", version)
	for _, d := range b.Documents {
		k.Text(d.Path).Text(d.Title).Text(d.Lang).Text(d.Body)
	}
	for _, a := range assets {
		k.Text(a.path).Text(a.key)
	}
	b.Documents, b.Assets = nil, nil
	return k.Text(fmt.Sprintf("%q", fmt.Sprint(b))).Key()
}

// A blob is the file of a volume.
type blob struct{ v *volume }

// Key is a hash of the book. A book that could not be put together has none;
// asking for its bytes says why.
func (b blob) Key() string { return b.v.made().key.Short() }

func (b blob) Bytes(ctx context.Context) ([]byte, error) {
	m := b.v.made()
	if m.err != nil {
		return nil, m.err
	}
	return b.v.in.Disk.Bytes(ctx, m.key, func(ctx context.Context) ([]byte, error) {
		book := m.book
		for _, a := range m.assets {
			book.Assets = append(book.Assets, epubfile.Asset{Path: a.path, Data: func() ([]byte, error) { return a.data(ctx) }})
		}
		var out bytes.Buffer
		if err := epubfile.Write(&out, book); err != nil {
			return nil, err
		}
		return out.Bytes(), nil
	})
}
