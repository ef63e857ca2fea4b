// Package publish brings finished files to where they are read: it minifies
// them, refuses those that cannot stand side by side, and changes the output
// folder in one step, so that a reader sees the whole old site or the whole
// new one. It knows nothing of what the files are about.
package publish

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"

	"uccn/generator/internal/output"
	"uccn/generator/internal/par"
	"uccn/generator/internal/publish/native"
)

// Options says where and in whose name to publish.
type Options struct {
	Dir     string   // the output folder; made when missing
	Sources []string // files and folders that the output may be neither in nor around; missing ones are ignored
	Version string   // of the tool, for build.json
	Inputs  string   // hash of all sources, for build.json
	Waiting func()   // called once if another build holds the output folder

	Rest *par.Rest // taken between files that are made; may be nil

	Since [sha256.Size]byte // hash of the build.json with which files were published that are marked Same
}

// Report counts what a publication did; build.json is not counted.
type Report struct {
	Written   int   // files that are new or different
	Unchanged int   // files left as they were
	Removed   int   // files of an earlier build that are gone
	Foreign   int   // files in the output folder that are not ours and were kept, where they were looked at
	Bytes     int64 // size of what was written

	List [sha256.Size]byte // hash of build.json, as it stands now
}

// Why an output folder is refused before anything is touched.
var (
	ErrSources = errors.New("the output folder may be neither inside nor around the sources")
	ErrFolder  = errors.New("not a folder")
	ErrMount   = errors.New("a mount point cannot be changed in one step; choose a folder inside it")
	ErrForeign = errors.New("not written by an earlier build, and this one would overwrite it; move it away or choose another output folder")
)

// sorted returns files by their paths. It is an error if Check would refuse one.
func sorted(files []output.File) ([]*output.File, error) {
	out := make([]*output.File, len(files))
	for i := range files {
		out[i] = &files[i]
	}
	slices.SortFunc(out, func(a, b *output.File) int { return strings.Compare(a.Path, b.Path) })
	for i, f := range out {
		if !inTree(f.Path) || f.Path == listName || i > 0 && f.Path == out[i-1].Path {
			return nil, fmt.Errorf("publish: the path %q, which Check refuses", f.Path)
		}
	}
	return out, nil
}

// open locks the output folder and winds up what a killed build began there.
func open(ctx context.Context, d disk, o Options) (b *build, unlock func(), err error) {
	p, err := locate(o.Dir, o.Sources)
	if err != nil {
		return nil, nil, fmt.Errorf("output folder: %w", err)
	}
	if err := p.makeShop(d); err != nil {
		return nil, nil, fmt.Errorf("output folder: %w", err)
	}
	unlock, err = native.Lock(ctx, p.in("lock"), o.Waiting)
	if err != nil {
		return nil, nil, fmt.Errorf("output folder: %w", err)
	}
	b = &build{disk: d, place: p}
	if err := b.recover(); err != nil {
		unlock()
		return nil, nil, fmt.Errorf("take up the output folder: %w", err)
	}
	return b, unlock, nil
}

// Holds reports whether the output folder holds exactly what the Publish left
// there that reported this hash of build.json, and how many files that are. It
// reads only files whose dates and numbers do not tell.
func Holds(ctx context.Context, o Options, list [sha256.Size]byte) (Report, bool, error) {
	b, unlock, err := open(ctx, new(osDisk), o)
	if err != nil {
		return Report{}, false, err
	}
	defer unlock()
	if e, ok := b.last.find(listName); !ok || e.sum != list {
		return Report{}, false, nil
	}
	untouched, err := par.Map(ctx, b.last.files, func(_ context.Context, e entry) (bool, error) {
		name := b.place.path(e.path)
		info, err := b.disk.lstat(name)
		if err != nil || !ours(info.Mode()) || info.Size() != e.size {
			return false, nil
		}
		if b.last.trusts(e, stampOf(info)) {
			return true, nil
		}
		data, err := b.disk.readFile(name)
		return err == nil && sha256.Sum256(data) == e.sum, nil
	})
	if err != nil || slices.Contains(untouched, false) {
		return Report{}, false, err
	}
	return Report{Unchanged: len(untouched) - 1, List: list}, true, nil
}

// A build is one use of the output folder, holding the lock.
type build struct {
	disk  disk
	place place
	last  index // what the output folder held when the build began
	pair  bool  // the second tree is whole and differs from the first by last.pending only
	live  bool  // there is an output folder
	since bool  // it is the one in which what is Same was published
}

// publish does nothing if nothing differs. Otherwise it makes the second tree
// what the output folder shall be and exchanges the two.
func (b *build) publish(ctx context.Context, o Options, files []*output.File) (Report, error) {
	p, err := b.compare(ctx, files, o.Since)
	if err != nil {
		return Report{}, err
	}
	if len(p.stale) == 0 && p.settled() {
		if err := b.compareList(ctx, p, o); err != nil {
			return Report{}, err
		}
		if p.list.keep {
			return Report{Unchanged: len(files), List: p.list.sum}, b.refresh(p)
		}
	}
	r, next, err := b.prepare(ctx, p, o)
	r.List = p.list.sum
	exchanged := false
	if err == nil {
		exchanged, err = b.flip(ctx, next)
	}
	if err != nil && !exchanged {
		// Gives a full disk its room back. What fails here, the next build does.
		_ = b.disk.remove(b.place.in("next"))
		_ = b.removeTree(b.place.in("spare"))
	}
	return r, err
}
