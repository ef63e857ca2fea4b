package build

import (
	"context"
	"maps"
	"path"
	"slices"
	"strings"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/load"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/output"
	"uccn/generator/internal/publish"
	"uccn/generator/internal/render"
	"uccn/generator/internal/source"
)

// A ground is what the pages of a preview stand on: all that was read and
// derived. While texts alone change it bears the next preview too, in which only
// those pages are made again that read one of them.
type ground struct {
	in       *render.Input // with texts that can be renewed
	texts    *derive.Texts
	asked    string
	mark     int                  // of the kept reads
	newer    map[string]string    // texts that differ from those of contents, by their sources
	problems diag.List            // but for those of texts and books
	wrong    map[string]diag.List // in texts, by their sources
	books    memo.Key             // of what pages show of the books
	raw      []output.File        // made first: those of books, then those of the site
	files    []output.File        // the same as they were handed over
	bound    int                  // how many of them are of books
}

// mark returns a mark of all changes that a run will see; 0 where nobody tells of them.
func mark(o Options) int {
	if kept, ok := o.Root.(*source.Kept); ok && o.Preview {
		return kept.Now()
	}
	return 0
}

// prepare returns the ground of the preview that r has made.
func (r *run) prepare(in *render.Input) *ground {
	return &ground{
		in: in, texts: r.texts, asked: asked(r.o), mark: r.mark, newer: map[string]string{}, problems: r.steady, wrong: r.left.texts, books: r.left.books,
		raw: r.files, files: publish.MinifyLater(&r.minified, r.files), bound: r.bound,
	}
}

// standing returns the ground of the last preview, if texts alone have changed since
// then, and those that have.
func (s *Session) standing(o Options) (g *ground, edited map[string]string) {
	g = s.ground
	kept, ok := o.Root.(*source.Kept)
	if !ok || g == nil || !o.Preview || o.Verify || g.asked != asked(o) {
		return nil, nil
	}
	names, ok := kept.Since(g.mark)
	if !ok {
		return nil, nil
	}
	edited = map[string]string{}
	for _, name := range names {
		if strings.HasPrefix(name, load.Dir+"/") && source.Litter(path.Base(name)) {
			continue
		}
		before, known := s.records.Text(name)
		now, dl, err := source.Read(kept, name)
		if !known || err != nil || len(dl) > 0 {
			return nil, nil
		}
		if facts := factsOf(name, []byte(now)); facts == [16]byte{} || facts != factsOf(name, []byte(before)) || g.translated(name) {
			return nil, nil
		}
		f, _ := source.Split(name, now)
		edited[name] = f.Body
	}
	return g, edited
}

// translated reports whether the record with a text has translations, which change
// when it does.
func (g *ground) translated(source string) bool {
	h := g.texts.Of(source)
	return h == nil || h.TextHash != "" && h.From == ""
}

// touch makes a preview on the ground of the last one, in which texts alone differ. ok is
// false when pages show more of them than their words.
func (r *run) touch(ctx context.Context, g *ground, edited map[string]string) (res Result, ok bool, err error) {
	r.later, r.touched = true, true
	at := mark(r.o)
	newer := maps.Clone(g.newer)
	maps.Copy(newer, edited)
	in := *g.in
	in.Markdown, in.Books, in.Folios, in.Shared = g.in.Markdown.With(newer), nil, nil, new(memo.Table[any])

	r.res.Site, r.res.Diagnostics = g.in.Site, slices.Clone(g.problems)
	r.enter("derive")
	sources := slices.Sorted(maps.Keys(edited))
	found, err := g.texts.Check(ctx, in.Markdown, sources)
	if err != nil {
		return res, true, err
	}
	r.left.texts = maps.Clone(g.wrong)
	for _, source := range sources {
		delete(r.left.texts, source)
	}
	maps.Copy(r.left.texts, found)
	if r.passing(r.left.texts); r.failed() {
		return r.result(), true, nil
	}
	r.enter("render")
	if err := r.books(ctx, &in); err != nil || r.failed() {
		return r.result(), true, err
	}
	if r.frame(&in); r.left.books != g.books {
		return res, false, nil
	}
	g.renew(r, at, newer, edited)
	in.Markdown = g.in.Markdown
	res, err = r.preview(&in, g)
	return res, true, err
}

// renew makes g the ground of a preview with other texts, whose books r has made.
func (g *ground) renew(r *run, at int, newer, edited map[string]string) {
	for source := range edited {
		r.markdown.Forget(g.in.Markdown.Current(g.texts.Of(source).Body))
	}
	g.in.Markdown.Renew(newer) // before a page is asked what it has read
	books := publish.MinifyLater(&r.minified, r.files)
	raw, files := slices.Concat(r.files, g.raw[g.bound:]), slices.Concat(books, g.files[g.bound:])
	g.mark, g.newer, g.wrong, g.bound = at, newer, r.left.texts, len(books)
	var again []int
	for i, f := range raw[g.bound:] {
		if !f.Later.Traced() {
			continue
		}
		reads := f.Later.Reads()
		if reads == nil || slices.ContainsFunc(reads, func(source string) bool { _, is := edited[source]; return is }) {
			again = append(again, g.bound+i)
			raw[g.bound+i].Later = f.Later.Again()
		}
	}
	var changed []output.File
	for _, i := range again {
		changed = append(changed, raw[i])
	}
	for k, f := range publish.MinifyLater(&r.minified, changed) {
		files[again[k]] = f
	}
	g.raw, g.files = raw, files
	r.files = raw
}
