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
}

// Known is what was read of the pages of one build, for the next. The zero
// value knows nothing. It serves one build at a time.
//
// A file's bytes never change, so a page is known again by where its bytes lie
// in memory; Known holds on to them, so no other page can lie there meanwhile.
type Known struct {
	options string
	pages   map[*byte]*page
	files   map[string]*page     // of the last build by path; nil is a file that is no page
	sound   bool                 // nothing was wrong in the last build
	told    map[string]diag.List // what was wrong with each page in the last build
}

// Check reports what is wrong with the HTML pages among files: errors at the
// source that caused each page, and warnings for pages that weigh too much.
// A page that was sound at the last call, and whose links lead to what was
// there already, is not read again; nor is one that is marked Same, unless it
// must say where a link leads: see Answers. Of such pages known says by their
// paths what is wrong, as Told did.
func (k *Known) Check(ctx context.Context, files []output.File, known map[string]diag.List, o Options) (diag.List, error) {
	if key := o.key(); key != k.options {
		*k = Known{options: key}
	}
	read, err := par.Map(ctx, files, func(_ context.Context, f output.File) (*page, error) {
		if f.Same && isPage(f.Path) {
			return &page{path: f.Path, unread: sync.OnceValues(func() (*page, error) { return late(f, o) })}, nil
		}
		if f.Blob != nil || len(f.Data) == 0 || !isPage(f.Path) {
			return nil, nil
		}
		if p := k.pages[&f.Data[0]]; p != nil && p.path == f.Path && len(p.text) == len(f.Data) {
			return p, nil
		}
		return scan(f.Path, f.Data, o), nil
	})
	if err != nil {
		return nil, err
	}
	now, shown := make(map[string]*page, len(files)), map[string]bool{}
	for i, f := range files {
		now[f.Path] = read[i]
		if f.Shown {
			shown[f.Path] = true
		}
	}
	settled := k.sound && sameAnchors(k.files, now)
	told, err := par.Map(ctx, files, func(_ context.Context, f output.File) (diag.List, error) {
		p := now[f.Path]
		switch {
		case p != nil && p.unread != nil:
			return known[f.Path], nil
		case p == nil, settled && k.pages[&p.text[0]] == p:
			return nil, nil
		}
		return p.report(f.From, now, shown, o)
	})
	if err != nil {
		return nil, err
	}
	var dl diag.List
	pages := make(map[*byte]*page, len(files))
	k.told = map[string]diag.List{}
	for i, l := range told {
		if dl = append(dl, l...); len(l) > 0 {
			k.told[files[i].Path] = l
		}
		if read[i] != nil && read[i].unread == nil {
			pages[&read[i].text[0]] = read[i]
		}
	}
	k.pages, k.files, k.sound = pages, now, len(dl) == 0
	return gathered(dl), nil
}

// Told returns what the last Check has found wrong, by the paths of the pages.
func (k *Known) Told() map[string]diag.List { return k.told }

// Answers returns, for each page that the last Check has read, a hash of what it
// answers to pages that lead to it, and of what it shows. While they and the paths of
// all files are as they were, what is right with pages that are marked Same stays so.
func (k *Known) Answers() map[string]uint64 {
	out := make(map[string]uint64, len(k.pages))
	for _, p := range k.pages {
		out[p.path] = p.answers()
	}
	return out
}

// Shown returns the files that are published: of those that are there to be shown,
// only such as a page of the last Check shows, or another file leads to, or those
// of which it is known that a page shows them that was not read.
func (k *Known) Shown(files []output.File, known []string) []output.File {
	shows := map[string]bool{}
	for _, path := range known {
		shows[path] = true
	}
	for _, p := range k.pages {
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
