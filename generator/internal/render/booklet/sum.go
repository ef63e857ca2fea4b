package booklet

import (
	"context"
	"fmt"

	"uccn/generator/internal/memo"
	"uccn/generator/internal/par"
	"uccn/generator/internal/render/booklet/book"
	"uccn/generator/internal/typeset"
)

// keys returns the keys of the files of a volume by their names: hashes of what
// the files hold.
func (v *volume) keys(ctx context.Context) (map[string]memo.Key, error) {
	r := v.summed.Get(v.key(), func() (r result[map[string]memo.Key]) {
		var list []named
		r.err = v.remembered(ctx, "keys of files", &list, func(b *book.Book) (any, error) { return v.sums(ctx, b) })
		r.value = map[string]memo.Key{}
		for _, n := range list {
			r.value[n.Name] = n.Key
		}
		return r
	})
	return r.value, r.err
}

// named is the key of a file.
type named struct {
	Name string
	Key  memo.Key
}

// sums makes the keys of all files of a volume. Files of equal keys have equal
// bytes.
func (v *volume) sums(ctx context.Context, b *book.Book) ([]named, error) {
	pages, err := pageSums(ctx, b)
	if err != nil {
		return nil, err
	}
	var out []named
	add := func(f blob) {
		first, sheets := part(b, f.dest)
		k := memo.NewKey("booklet file", version).Text(v.in.Version).Bytes(v.fonts.Key[:]).Int(int64(f.form))
		k.Text(fmt.Sprintf("%#v", v.options(b, first, f.dest)))
		if f.form == printer {
			k.Bytes(v.icc).Int(int64(b.Look.Bleed))
			for _, p := range b.Pictures {
				k.Text(p.Print.Key).Int(int64(p.Print.W)).Int(int64(p.Print.H))
			}
		}
		if f.form == cover {
			sheets = sheets[:1]
		} else if f.dest == "" {
			k.Text(fmt.Sprintf("%#v", v.bookmarks(b)))
		}
		for i := range sheets {
			k.Bytes(pages[first+i][:])
		}
		out = append(out, named{f.name, k.Key()})
	}
	add(v.blob("cover", "", cover))
	for _, f := range v.files() {
		add(f.Blob.(blob))
	}
	return out, nil
}

// pageSums hashes the pages. Those of a city are summed by themselves, so that
// nothing before them matters.
func pageSums(ctx context.Context, b *book.Book) ([]memo.Key, error) {
	var groups [][]*typeset.Page
	for i, s := range b.Sheets {
		if i == 0 || !b.Sheets[i-1].Together(s) {
			groups = append(groups, nil)
		}
		last := len(groups) - 1
		groups[last] = append(groups[last], s.Page)
	}
	sums, err := par.Map(ctx, groups, func(_ context.Context, pages []*typeset.Page) ([]memo.Key, error) { return typeset.Sums(pages), nil })
	if err != nil {
		return nil, err
	}
	var out []memo.Key
	for _, s := range sums {
		out = append(out, s...)
	}
	return out, nil
}
