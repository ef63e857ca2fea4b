// Package panels makes the printed exhibition as PDF: for each exhibition with
// works a file of panels for the wall, A3 to A0, and one of labels of A6, with
// bleed, crop marks and codes that lead to each work's public page.
//
// What is printed is gathered first as plain values (gather.go); they are the key
// by which a file is remembered, and nothing else reaches the pages (sheet.go).
package panels

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"runtime"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/model"
	"uccn/generator/internal/output"
	"uccn/generator/internal/par"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/ink"
	"uccn/generator/internal/typeset"
	"uccn/generator/internal/typeset/font"
)

// version counts changes of this package's code that change what is printed.
const version = 2

// Render makes the panels and the labels of every exhibition with works, in each
// language of the site.
func Render(ctx context.Context, in *render.Input) ([]output.File, diag.List, error) {
	s, dl, err := newShop(in)
	if err != nil || dl.HasErrors() {
		return nil, dl, err
	}
	var files []output.File
	for l, net := range in.Networks {
		if net.Edition == nil {
			continue
		}
		for _, x := range net.Exhibitions {
			if len(x.Works) == 0 {
				continue
			}
			works, problems := s.gather(net, x)
			if l == 0 { // pictures are the same in every language
				dl = append(dl, problems...)
			}
			for _, labels := range []bool{false, true} {
				f := s.folder(net, x, works, labels)
				if !in.Preview {
					found, err := f.problems(ctx)
					if err != nil {
						return nil, nil, err
					}
					dl = append(dl, found...)
				}
				files = append(files, output.File{Path: f.path, From: x.At, Blob: f, Raw: true})
			}
		}
	}
	return files, dl, nil
}

// A shop is what the files of a site share.
type shop struct {
	in       *render.Input
	fonts    *ink.Case
	icc      []byte
	composed memo.Table[composed]
}

// composed is pages, or why there are none.
type composed struct {
	pages    []*typeset.Page
	problems diag.List
	err      error
}

func newShop(in *render.Input) (*shop, diag.List, error) {
	fonts, dl, err := ink.Open(in)
	if err != nil || dl.HasErrors() {
		return nil, dl, err
	}
	icc, more, err := ink.Profile(in)
	if err != nil {
		return nil, nil, err
	}
	s := &shop{in: in, fonts: fonts, icc: icc}
	dl = append(dl, more...)
	return s, dl, nil
}

// A folder is one file to be made: the panels or the labels of an exhibition in
// one language.
type folder struct {
	*shop
	path  string
	made  made
	works []work
	x     *derive.Exhibition
	key   memo.Key
}

// made is what all pages of a file share.
type made struct {
	Title, Lang, Publisher, Rights string
	More                           string // the words beside a code
	Created                        model.Date
	Labels                         bool
	Paper                          model.PageSize
}

// folder names a file and finds its key. The exhibition on the wall has the plain
// name, others add their own.
func (s *shop) folder(net *derive.Network, x *derive.Exhibition, works []work, labels bool) *folder {
	w := s.in.Theme.Words(net.Lang)
	f := &folder{shop: s, works: works, x: x, made: made{
		Title: x.Name, Lang: net.Lang, Publisher: net.Edition.Publisher, Rights: net.Edition.Licence,
		More: w.T("panel.more"), Created: net.Edition.AsOf.Last(), Labels: labels, Paper: paper(x.Panels),
	}}
	name := "panels"
	if labels {
		name = "labels"
	}
	if x != net.Wall {
		name += "-" + x.ID
	}
	if net.Lang != s.in.Site.Languages[0] {
		name += "-" + net.Lang
	}
	f.path = "booklet/" + net.Edition.ID + "/" + name + ".pdf"
	k := memo.NewKey("panels "+s.in.Version, version).Bytes(s.fonts.Key[:]).Bytes(s.icc).Text(fmt.Sprintf("%#v", f.made))
	for _, v := range works {
		k.Text(v.printed())
	}
	f.key = k.Key()
	return f
}

// paper fills in what an exhibition does not say of its panels: A2, 3 mm of bleed
// and crop marks.
func paper(p model.PageSize) model.PageSize {
	if p == (model.PageSize{}) {
		p.Marks = true
	}
	if p.Size == "" {
		p.Size = "A2"
	}
	if p.Bleed == 0 {
		p.Bleed = 3
	}
	return p
}

// Key is a hash of all that the file shows.
func (f *folder) Key() string { return f.key.Short() }

// Bytes makes the file, unless it is remembered.
func (f *folder) Bytes(ctx context.Context) ([]byte, error) {
	return f.in.Disk.Bytes(ctx, f.key, func(ctx context.Context) ([]byte, error) {
		c := f.compose(ctx)
		if c.err != nil {
			return nil, c.err
		}
		var out bytes.Buffer
		o := pdf.Options{
			Title: f.made.Title, Lang: f.made.Lang, Author: f.made.Publisher, Rights: f.made.Rights, Producer: "uccn",
			Created: f.made.Created.Time(), RTL: ink.RightToLeft(f.made.Lang),
		}
		if f.icc != nil {
			o.Print = &pdf.Print{ICC: f.icc}
		}
		w, err := pdf.New(&out, o)
		if err == nil {
			err = typeset.Print(w, c.pages)
		}
		if err == nil {
			err = w.Close()
		}
		if err != nil {
			return nil, fmt.Errorf("print %s: %w", f.path, err)
		}
		return out.Bytes(), nil
	})
}

// problems are what is wrong with the pages, remembered like the file.
func (f *folder) problems(ctx context.Context) (diag.List, error) {
	key := memo.NewKey("panels, problems", version).Bytes(f.key[:])
	for _, w := range f.works {
		key.Text(w.at.Path).Int(int64(w.at.Line)).Int(int64(w.at.Col))
	}
	data, err := f.in.Disk.Bytes(ctx, key.Key(), func(ctx context.Context) ([]byte, error) {
		c := f.compose(ctx)
		if c.err != nil {
			return nil, c.err
		}
		return json.Marshal(c.problems)
	})
	var dl diag.List
	if err == nil {
		err = json.Unmarshal(data, &dl)
	}
	if err != nil {
		return nil, fmt.Errorf("panels %s: %w", f.x.ID, err)
	}
	return dl, nil
}

// compose makes the pages, once and on all cores.
func (f *folder) compose(ctx context.Context) composed {
	return f.composed.Get(f.key, func() composed {
		fonts, err := f.fonts.Fonts()
		if err != nil {
			return composed{err: err}
		}
		n := runtime.GOMAXPROCS(0)
		workers := make([]int, n)
		for i := range workers {
			workers[i] = i
		}
		pages, problems := make([]*typeset.Page, len(f.works)), make([]diag.List, len(f.works))
		_, err = par.Map(ctx, workers, func(ctx context.Context, first int) (struct{}, error) {
			c := typeset.NewComposer()
			for i := first; i < len(f.works) && ctx.Err() == nil; i += n {
				pages[i], problems[i] = f.page(fonts, c, f.works[i])
			}
			return struct{}{}, ctx.Err()
		})
		out := composed{pages: pages, err: err}
		for _, dl := range problems {
			out.problems = append(out.problems, dl...)
		}
		return out
	})
}

// page makes a page, and says which characters no font holds.
func (f *folder) page(fonts font.Set, c *typeset.Composer, w work) (*typeset.Page, diag.List) {
	p := newSheet(fonts, c, f.made, w)
	if f.made.Labels {
		p.label()
	} else {
		p.panel()
	}
	for _, lost := range ink.Losses(c.Missing()) {
		p.problems.Errorf(w.at, "missing-glyph", "no font for print has %s, which %s needs", lost.Chars, w.Title).Hint = lost.Hint
	}
	return p.Page, p.problems
}
