package serve

import (
	"bytes"
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
	files    map[string]output.File
	good     bool // there has been a build with files
	problems diag.List
	failure  error
	before   *site // the one that this replaced, without its own before
	replaced chan struct{}
}

// next returns the site after a build: its files, or the last good ones.
func (s *site) next(r result) *site {
	before := *s
	before.before = nil
	n := &site{number: s.number + 1, files: s.files, good: s.good, problems: r.problems, failure: r.err, before: &before, replaced: make(chan struct{})}
	if r.err != nil || r.files == nil {
		return n
	}
	n.good, n.files = true, make(map[string]output.File, len(r.files))
	for _, f := range r.files {
		n.files[f.Path] = f
	}
	return n
}

// find returns the file at an address below the base, or the address that it
// should be asked by, or neither.
func (s *site) find(p string) (f output.File, redirect string, ok bool) {
	name := p
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if f, ok := s.files[name]; ok {
		return f, "", true
	}
	if _, ok := s.files[p+"/index.html"]; ok && p != "" && !strings.HasSuffix(p, "/") {
		return output.File{}, p + "/", false
	}
	return output.File{}, "", false
}

// missing returns the site's own page for an address that does not exist, in the
// language of the address if there is one.
func (s *site) missing(p string) (output.File, bool) {
	first, _, _ := strings.Cut(p, "/")
	if f, ok := s.files[first+"/404.html"]; ok {
		return f, true
	}
	f, ok := s.files["404.html"]
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
func (s *site) step(p string, seen int) (do string, sheets map[string]string) {
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
	if old.Blob != nil || now.Blob != nil || pictureChanged(s.before, s, now.Data) {
		return reload, nil
	}
	sheets = sheetsChanged(s.before, s, now.Data)
	text := old.Data
	for _, from := range sortedKeys(sheets) {
		text = bytes.ReplaceAll(text, []byte(from), []byte(sheets[from]))
	}
	switch {
	case !bytes.Equal(text, now.Data):
		return reload, nil
	case len(sheets) > 0:
		return style, sheets
	}
	return stay, nil
}

// sheetsChanged pairs the stylesheets that page names with those before them,
// whose names differ in the hash alone.
func sheetsChanged(old, now *site, page []byte) map[string]string {
	out := map[string]string{}
	gone := map[string]string{}
	for name := range old.files {
		if _, still := now.files[name]; !still && strings.HasSuffix(name, ".css") {
			stem := stem(name)
			gone[stem] = max(gone[stem], name)
		}
	}
	for name, f := range now.files {
		if !strings.HasSuffix(name, ".css") || !bytes.Contains(page, []byte(name)) {
			continue
		}
		o, both := old.files[name]
		switch {
		case both && !sameFile(o, f):
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
func pictureChanged(old, now *site, page []byte) bool {
	for name, f := range now.files {
		switch path.Ext(name) {
		case ".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".svg", ".js":
			if o, ok := old.files[name]; ok && !sameFile(o, f) && bytes.Contains(page, []byte(name)) {
				return true
			}
		}
	}
	return false
}

func sameFile(a, b output.File) bool {
	if a.Blob != nil && b.Blob != nil {
		return a.Blob.Key() == b.Blob.Key()
	}
	return a.Blob == nil && b.Blob == nil && bytes.Equal(a.Data, b.Data)
}

func sortedKeys(m map[string]string) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
