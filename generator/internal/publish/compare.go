package publish

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"uccn/generator/internal/output"
	"uccn/generator/internal/par"
)

// A plan is what has to be done to the output folder.
type plan struct {
	items []item   // what it shall hold, sorted by path; without build.json
	list  item     // build.json
	stale []string // files of ours that nobody wants any more
}

// An item is one wanted file and what stands in its place.
type item struct {
	*verdict
	file *output.File
}

// A verdict is what is known of a wanted file.
type verdict struct {
	entry
	keep   bool // the output folder holds these bytes
	reread bool // it had to be read to know that
	taken  bool // a file or link stands there
	there  bool // the second tree holds these bytes
}

// settled reports whether every wanted file is there.
func (p *plan) settled() bool {
	return !slices.ContainsFunc(p.items, func(it item) bool { return !it.keep })
}

// reread reports whether the index knew less than what was found.
func (p *plan) reread() bool {
	return p.list.reread || slices.ContainsFunc(p.items, func(it item) bool { return it.reread })
}

// entries returns all wanted files for an index.
func (p *plan) entries() []entry {
	out := make([]entry, 0, len(p.items)+1)
	for _, it := range p.items {
		out = append(out, it.entry)
	}
	out = append(out, p.list.entry)
	slices.SortFunc(out, func(a, b entry) int { return strings.Compare(a.path, b.path) })
	return out
}

// compare finds out which of files the output folder already holds. A file
// whose stamp the index knows is not read again. since is the list with which
// those that are Same were published.
func (b *build) compare(ctx context.Context, files []*output.File, since [sha256.Size]byte) (*plan, error) {
	p := &plan{list: item{verdict: new(verdict)}}
	list, _ := b.last.find(listName)
	b.since = list.sum == since && since != [sha256.Size]byte{}
	var err error
	p.items, err = par.Map(ctx, files, b.judge)
	if err != nil {
		return nil, err
	}
	for _, e := range b.last.files {
		_, wanted := search(p.items, e.path)
		if !wanted && e.path != listName {
			p.stale = append(p.stale, e.path)
		}
	}
	return p, nil
}

func (b *build) judge(ctx context.Context, f *output.File) (it item, err error) {
	if v, looked := f.Taken.(*verdict); looked {
		return item{v, f}, nil
	}
	known, ok := b.last.find(f.Path)
	if f.Same && !(ok && b.since) {
		made := *f
		if made.Data, err = f.Bytes(ctx); err != nil {
			return it, fmt.Errorf("make %s: %w", f.Path, err)
		}
		made.Same = false
		f = &made
	}
	it = item{&verdict{entry: entry{path: f.Path}}, f}
	switch {
	case f.Same:
		it.key, it.sum, it.size = known.key, known.sum, known.size
	case f.Blob != nil:
		it.key = f.Blob.Key()
	case f.Sum != nil:
		it.sum, it.size = *f.Sum, int64(len(f.Data))
	default:
		it.sum, it.size = sha256.Sum256(f.Data), int64(len(f.Data))
	}
	if !b.live {
		return it, nil
	}
	name := b.place.path(f.Path)
	info, err := b.disk.lstat(name)
	if err != nil {
		if absent(err) {
			err = nil
		}
		return it, err
	}
	it.taken = !info.IsDir() // a folder may be ours; if not, scan finds it
	if f.Blob != nil {
		if !ok || known.key != it.key {
			return it, nil
		}
		it.sum, it.size = known.sum, known.size
	}
	if !ours(info.Mode()) || info.Size() != it.size {
		return it, nil
	}
	it.stamp = stampOf(info)
	if ok && b.last.trusts(known, it.stamp) {
		it.keep = known.sum == it.sum
		return it, nil
	}
	data, err := b.disk.readFile(name)
	it.reread = true
	it.keep = err == nil && sha256.Sum256(data) == it.sum
	return it, err
}

// ours reports whether a file of this mode can be one that a build wrote.
func ours(mode fs.FileMode) bool {
	return mode.IsRegular() && (mode.Perm() == 0o644 || runtime.GOOS == "windows")
}

// compareList completes p with build.json and reports whether the output
// folder holds it. All of p's items must be known.
func (b *build) compareList(ctx context.Context, p *plan, o Options) (err error) {
	files := make([]entry, len(p.items))
	for i, it := range p.items {
		files[i] = it.entry
	}
	p.list, err = b.judge(ctx, &output.File{Path: listName, Data: encodeList(o.Version, o.Inputs, files)})
	return err
}

func (p place) path(rel string) string { return filepath.Join(p.live, filepath.FromSlash(rel)) }
