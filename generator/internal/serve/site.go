package serve

import (
	"bytes"
	"context"
	"path"
	"slices"
	"strings"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/output"
)

// A site is what one build left to be served. It never changes; replaced is
// closed when there is a newer one.
type site struct {
	number   int // of the build, from 1
	list     []output.File
	at       map[string]int // where in list a path is
	good     bool           // there has been a build with files
	rest     bool           // files are still missing
	problems diag.List
	failure  error
	before   *site // the one that this replaced, without its own before
	replaced chan struct{}
}

// next returns the site after a build: its files, or the last good ones.
func (s *site) next(r result) *site {
	before := *s
	before.before = nil
	n := &site{number: s.number + 1, list: s.list, at: s.at, good: s.good, problems: r.Problems, failure: r.err, before: &before, replaced: make(chan struct{})}
	if r.err == nil && r.Files != nil {
		n.put(r.Files)
	}
	return n
}

// completed returns the same site with the rest of its files and problems.
func (s *site) completed(r result) *site {
	n := *s
	n.problems, n.failure, n.replaced = r.Problems, r.err, make(chan struct{})
	if r.Files != nil {
		n.put(r.Files)
	}
	return &n
}

func (s *site) put(files []output.File) {
	same := slices.EqualFunc(s.list, files, func(a, b output.File) bool { return a.Path == b.Path })
	if s.good, s.list = true, files; same {
		return
	}
	s.at = make(map[string]int, len(files))
	for i, f := range files {
		s.at[f.Path] = i
	}
}

// file returns the file at a path.
func (s *site) file(path string) (output.File, bool) {
	i, ok := s.at[path]
	if !ok {
		return output.File{}, false
	}
	return s.list[i], true
}

// find returns the file at an address below the base, or the address that it
// should be asked by, or neither.
func (s *site) find(p string) (f output.File, redirect string, ok bool) {
	name := p
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if f, ok := s.file(name); ok {
		return f, "", true
	}
	if _, ok := s.file(p + "/index.html"); ok && p != "" && !strings.HasSuffix(p, "/") {
		return output.File{}, p + "/", false
	}
	return output.File{}, "", false
}

// missing returns the site's own page for an address that does not exist, in the
// language of the address if there is one.
func (s *site) missing(p string) (output.File, bool) {
	first, _, _ := strings.Cut(p, "/")
	if f, ok := s.file(first + "/404.html"); ok {
		return f, true
	}
	f, ok := s.file("404.html")
	return f, ok
}

// What an open page has to do after a build.
const (
	stay   = "stay"
	style  = "style"
	reload = "reload"
)

// step tells the open page at p, loaded from build number seen, what to do, and
// for style which stylesheets take the place of which.
func (s *site) step(ctx context.Context, p string, seen int) (do string, sheets map[string]string) {
	switch {
	case seen == s.number:
		return stay, nil
	case !s.good, s.before == nil || seen != s.before.number || !s.before.good:
		return reload, nil
	}
	old, _, _ := s.before.find(p)
	now, _, ok := s.find(p)
	if !ok {
		old, _ = s.before.missing(p)
		now, _ = s.missing(p)
	}
	if old.Blob != nil || now.Blob != nil {
		return reload, nil
	}
	text, err1 := old.Bytes(ctx)
	page, err2 := now.Bytes(ctx)
	if err1 != nil || err2 != nil || s.pictureChanged(ctx, page) {
		return reload, nil
	}
	sheets = s.sheetsChanged(ctx, page)
	for _, from := range sortedKeys(sheets) {
		text = bytes.ReplaceAll(text, []byte(from), []byte(sheets[from]))
	}
	switch {
	case !bytes.Equal(text, page):
		return reload, nil
	case len(sheets) > 0:
		return style, sheets
	}
	return stay, nil
}

// sheetsChanged pairs the stylesheets that page names with those before them,
// whose names differ in the hash alone.
func (s *site) sheetsChanged(ctx context.Context, page []byte) map[string]string {
	out := map[string]string{}
	gone := map[string]string{}
	for name := range s.before.at {
		if _, still := s.file(name); !still && strings.HasSuffix(name, ".css") {
			stem := stem(name)
			gone[stem] = max(gone[stem], name)
		}
	}
	for _, f := range s.list {
		name := f.Path
		if !strings.HasSuffix(name, ".css") || !bytes.Contains(page, []byte(name)) {
			continue
		}
		o, both := s.before.file(name)
		switch {
		case both && !sameFile(ctx, o, f):
			out[name] = name
		case !both && gone[stem(name)] != "":
			out[gone[stem(name)]] = name
		}
	}
	return out
}

// stem returns a fingerprinted name without its hash: assets/site.1a2b.css is
// assets/site.
func stem(name string) string {
	base, _, _ := strings.Cut(path.Base(name), ".")
	return path.Join(path.Dir(name), base)
}

// pictureChanged reports whether a picture or script that page names has other bytes.
func (s *site) pictureChanged(ctx context.Context, page []byte) bool {
	for _, f := range s.list {
		name := f.Path
		switch path.Ext(name) {
		case ".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".svg", ".js":
			if o, ok := s.before.file(name); ok && !sameFile(ctx, o, f) && bytes.Contains(page, []byte(name)) {
				return true
			}
		}
	}
	return false
}

func sameFile(ctx context.Context, a, b output.File) bool {
	if a.Blob != nil && b.Blob != nil {
		return a.Blob.Key() == b.Blob.Key()
	}
	if a.Blob != nil || b.Blob != nil {
		return false
	}
	x, err1 := a.Bytes(ctx)
	y, err2 := b.Bytes(ctx)
	return err1 == nil && err2 == nil && bytes.Equal(x, y)
}

func sortedKeys(m map[string]string) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
