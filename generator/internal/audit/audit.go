// Package audit reads finished pages as a visitor's programs will, and says
// where one of them would stumble: headings out of order, pictures without
// words, links that lead nowhere, translations that do not know each other.
//
// It is the cheap half of the proof, made at every build: it scans bytes and
// builds no tree. What needs a browser or a validator stands in
// generator/checks.
package audit

import (
	"context"
	"iter"
	"path"
	"slices"
	"strings"
	"sync"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/output"
	"uccn/generator/internal/par"
)

// Options say what the files are a part of.
type Options struct {
	Base      string   // the address where the site will be read, without a slash at its end; may be empty
	Languages []string // the site's
	Part      bool     // not the whole site: a link may lead to what was not made this time
	Last      bool     // no other reading follows: what only that would need is not kept
}

// Known is what was read of the pages of one build, for the next. The zero
// value knows nothing. It serves one build at a time.
//
// A file's bytes never change, so a page is known again by where its bytes lie
// in memory; Known holds on to them, so no other page can lie there meanwhile.
type Known struct {
	options string
	files   map[string]*page // of the last build by path; nil is a file that is no page
	sound   bool             // nothing was wrong in the last build
}

// A Reading reads the files of one build, whose paths are known before their bytes.
type Reading struct {
	known *Known
	o     Options
	files []file
	at    map[string]int // their places by path
	pages []*page        // nil where a file is no page
	told  map[string]diag.List
}

// A file is what is known of one before it is made.
type file struct {
	path  string
	from  diag.Pos
	shown bool // published only where a page shows it
}

// Begin begins to read the files of a build.
func (k *Known) Begin(o Options) *Reading {
	if key := o.key(); key != k.options {
		*k = Known{options: key}
	}
	return &Reading{known: k, o: o}
}

// Add adds files to be read, behind those that there are. Nothing is asked of them but what is known
// before they are made. Nothing may be read meanwhile.
func (r *Reading) Add(files []output.File) {
	r.files = slices.Grow(r.files, len(files))
	if r.at == nil {
		r.at = make(map[string]int, len(files)+len(files)/64)
	}
	for _, f := range files {
		r.at[f.Path] = len(r.files)
		r.files = append(r.files, file{f.Path, f.From, f.Shown})
	}
	r.pages = append(r.pages, make([]*page, len(files))...)
}

// Place returns the place of a file among those that were added.
func (r *Reading) Place(path string) (i int, ok bool) { i, ok = r.at[path]; return i, ok }

// Read reads the i-th file, which has its bytes by now. It is safe for concurrent
// use, once for each file. Where no other reading follows, it does not hold on to the
// bytes. A page that was read for the last build is not read again; nor is one that
// is marked Same, unless it must say where a link leads: see Answers.
func (r *Reading) Read(i int, f output.File) {
	switch old := r.known.files[f.Path]; {
	case f.Same && isPage(f.Path):
		r.pages[i] = &page{path: f.Path, unread: sync.OnceValues(func() (*page, error) { return late(f, r.o) })}
	case f.Blob != nil || len(f.Data) == 0 || !isPage(f.Path):
		r.pages[i] = nil
	case old != nil && len(old.text) == len(f.Data) && &old.text[0] == &f.Data[0]:
		r.pages[i] = old
	default:
		r.pages[i] = scan(f.Path, f.Data, r.o)
		if r.o.Last {
			r.settle(r.pages[i])
		}
	}
}

// Done reports what is wrong with the HTML pages: errors at the source that caused each
// of them, and warnings for pages that weigh too much. A page that was sound at the last
// reading, and whose links lead to what was there already, is not judged again. Of
// pages that are marked Same known says by their paths what is wrong, as Told did.
func (r *Reading) Done(ctx context.Context, known map[string]diag.List) (diag.List, error) {
	now := make(map[string]*page, len(r.files))
	for i, f := range r.files {
		now[f.path] = r.pages[i]
	}
	old := r.known.files
	settled := r.known.sound && sameAnchors(old, now)
	told, err := par.Map(ctx, r.files, func(_ context.Context, f file) (diag.List, error) {
		p := now[f.path]
		switch {
		case p != nil && p.unread != nil:
			return known[f.path], nil
		case p == nil, settled && old[f.path] == p:
			return nil, nil
		}
		return r.report(p, f.from)
	})
	if err != nil {
		return nil, err
	}
	var dl diag.List
	r.told = map[string]diag.List{}
	for i, l := range told {
		if dl = append(dl, l...); len(l) > 0 {
			r.told[r.files[i].path] = l
		}
	}
	r.known.files, r.known.sound = now, len(dl) == 0
	return gathered(dl), nil
}

// page returns the page of a file, nil if it is none, and whether there is the file.
func (r *Reading) page(path []byte) (p *page, ok bool) {
	i, ok := r.at[string(path)]
	if !ok {
		return nil, false
	}
	return r.pages[i], true
}

// read returns the pages that were read.
func (r *Reading) read() iter.Seq[*page] {
	return func(yield func(*page) bool) {
		for _, p := range r.pages {
			if p != nil && p.unread == nil && !yield(p) {
				return
			}
		}
	}
}

// Told returns what Done has found wrong, by the paths of the pages.
func (r *Reading) Told() map[string]diag.List { return r.told }

// Answers returns, for each page that was read, a hash of what it answers to pages
// that lead to it, and of what it shows. While they and the paths of all files are as
// they were, what is right with pages that are marked Same stays so.
func (r *Reading) Answers() map[string]uint64 {
	out := make(map[string]uint64, len(r.pages))
	for p := range r.read() {
		out[p.path] = p.answers()
	}
	return out
}

// Shown returns the files that are published, which are those that were
// added and may have been made since: of those that are there to be shown, only such as a page
// shows, or another file leads to, or those of which it is known that a page
// shows them that was not read.
func (r *Reading) Shown(files []output.File, known []string) []output.File {
	shows := map[string]bool{}
	for _, path := range known {
		shows[path] = true
	}
	for p := range r.read() {
		for _, path := range p.shows {
			shows[path] = true
		}
	}
	for _, f := range files {
		for _, path := range f.Leads {
			shows[path] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(files), func(f output.File) bool { return f.Shown && !shows[f.Path] })
}

func (o Options) key() string {
	key := o.Base + "\n" + strings.Join(o.Languages, " ")
	if o.Part {
		key += "\npart"
	}
	return key
}

// late reads a page that was not read, since it is as it was.
func late(f output.File, o Options) (*page, error) {
	data, err := f.Bytes(context.Background())
	if err != nil {
		return nil, err
	}
	return scan(f.Path, data, o), nil
}

// isPage reports whether a file is scanned: HTML, and drawings for their anchors.
func isPage(name string) bool { return path.Ext(name) == ".html" || path.Ext(name) == ".svg" }

// sameAnchors reports whether every link that landed in a still lands in b, and
// every translation that answered still does.
func sameAnchors(a, b map[string]*page) bool {
	if len(a) != len(b) {
		return false
	}
	for name, p := range b {
		old, ok := a[name]
		if !ok || (old == nil) != (p == nil) || p != nil && p != old && !p.answersLike(old) {
			return false
		}
	}
	return true
}
