package publish

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"uccn/generator/internal/par"
	"uccn/generator/internal/publish/native"
)

// syncOne is the number of new files up to which each is flushed on its own.
const syncOne = 32

// prepare makes the second tree what the output folder shall be. If that is
// whole, only what differs is touched; otherwise it is made of hard links.
func (b *build) prepare(ctx context.Context, p *plan, o Options) (r Report, next index, err error) {
	aliens, err := b.scan(ctx, b.place.live, b.last.files)
	if err != nil {
		return r, next, err
	}
	if aliens, err = b.refuse(p, aliens); err != nil {
		return r, next, err
	}
	if err := b.disk.remove(b.place.in("ok")); err != nil && !absent(err) {
		return r, next, err
	}
	lacking := b.lacking(p)
	touched, err := b.clear(p, lacking)
	if err != nil {
		return r, next, err
	}
	if err := b.fill(ctx, p, lacking, o.Rest); err != nil {
		return r, next, err
	}
	open := map[string]bool{}
	for _, a := range aliens {
		if err := b.carry(a); err != nil {
			return r, next, fmt.Errorf("keep a file that is not ours: %w", err)
		}
		next.carried = append(next.carried, a.path)
		addFolders(open, a.path)
	}
	if err := b.addList(p, o); err != nil {
		return r, next, err
	}
	if _, err := par.Map(ctx, sortedKeys(touched), func(_ context.Context, dir string) (none struct{}, _ error) {
		if !open[dir] {
			_ = b.disk.chtimes(join(b.place.in("spare"), dir), seal()) // unsealed, it is only read again
		}
		return none, nil
	}); err != nil {
		return r, next, err
	}
	r, next.pending = b.count(p)
	r.Foreign = len(aliens)
	next.files = p.entries()
	return r, next, ctx.Err()
}

// lacking returns the indexes of the items that the second tree lacks.
func (b *build) lacking(p *plan) []int {
	pending := map[string]bool{}
	for _, path := range b.last.pending {
		pending[path] = true
	}
	var out []int
	for i, it := range p.items {
		if !b.pair || !it.keep || it.reread || pending[it.path] {
			out = append(out, i)
		}
	}
	return out
}

// clear removes from the second tree what is not wanted or not as wanted, and
// makes the folders that lacking needs. It returns the folders whose names change.
func (b *build) clear(p *plan, lacking []int) (touched map[string]bool, err error) {
	spare := b.place.in("spare")
	touched = map[string]bool{".": true} // for build.json
	for _, i := range lacking {
		touched[path.Dir(p.items[i].path)] = true
	}
	if b.pair {
		gone := map[string]bool{listName: true}
		for _, rel := range slices.Concat(b.last.pending, p.stale) {
			gone[rel] = true
		}
		for _, i := range lacking {
			gone[p.items[i].path] = true
		}
		if err := b.removeOld(gone, p, touched); err != nil {
			return nil, err
		}
	}
	for _, dir := range foldersOf(len(lacking), func(k int) string { return p.items[lacking[k]].path }) {
		if dir != "." {
			touched[path.Dir(dir)] = true
		}
		touched[dir] = true
		if p.alone(dir, lacking) { // fill makes it, beside others
			continue
		}
		if err := b.folder(join(spare, dir)); err != nil {
			return nil, err
		}
	}
	return touched, nil
}

// folder makes a folder of the second tree, unless it is there.
func (b *build) folder(name string) error {
	if err := b.disk.mkdir(name); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// alone reports whether one item is all that is to come into a folder.
func (p *plan) alone(dir string, lacking []int) bool {
	i, _ := slices.BinarySearchFunc(lacking, dir+"/", func(i int, prefix string) int { return strings.Compare(p.items[i].path, prefix) })
	inside := func(k int) bool { return k < len(lacking) && strings.HasPrefix(p.items[lacking[k]].path, dir+"/") }
	return dir != "." && inside(i) && !inside(i+1) && path.Dir(p.items[lacking[i]].path) == dir
}

// removeOld removes the files gone from the second tree and then the folders
// around them that p does not want.
func (b *build) removeOld(gone map[string]bool, p *plan, touched map[string]bool) error {
	spare := b.place.in("spare")
	folders := map[string]bool{}
	for _, rel := range sortedKeys(gone) {
		addFolders(folders, rel)
		err := b.disk.remove(join(spare, rel))
		if err == nil || absent(err) {
			continue
		}
		if info, statErr := b.disk.lstat(join(spare, rel)); statErr != nil || !info.IsDir() {
			return err // a folder goes below, when it is empty
		}
	}
	for _, dir := range slices.Backward(sortedKeys(folders)) {
		if dir == "." || folderOf(p.items, dir) {
			touched[dir] = true
			continue
		}
		if err := b.disk.remove(join(spare, dir)); err != nil && !absent(err) {
			return err
		}
		delete(touched, dir)
	}
	return nil
}

// fill brings the items of lacking into the second tree.
func (b *build) fill(ctx context.Context, p *plan, lacking []int, rest *par.Rest) error {
	sync := b.guarded() && len(lacking) <= syncOne && !slices.ContainsFunc(lacking, func(i int) bool { return p.items[i].there })
	_, err := par.Map(ctx, lacking, func(ctx context.Context, i int) (none struct{}, err error) {
		it := p.items[i]
		if it.there {
			return none, nil
		}
		name := join(b.place.in("spare"), it.path)
		if dir := path.Dir(it.path); p.alone(dir, lacking) {
			if err := b.folder(join(b.place.in("spare"), dir)); err != nil {
				return none, err
			}
		}
		if it.keep {
			info, err := b.disk.lstat(b.place.path(it.path))
			if err == nil {
				it.stamp, err = b.share(b.place.path(it.path), name, info)
			}
			return none, err
		}
		var data []byte
		rest.Work(func() { data, err = it.file.Bytes(ctx) })
		if err != nil {
			return none, fmt.Errorf("make %s: %w", it.path, err)
		}
		if it.file.Blob != nil || it.file.Same { // of others it is known
			it.sum, it.size = sha256.Sum256(data), int64(len(data))
		}
		info, err := b.disk.create(name, data, sync)
		if err == nil {
			it.stamp = stampOf(info)
		}
		return none, err
	})
	if err != nil {
		return err
	}
	if b.guarded() && !sync {
		_, err = b.disk.flush(b.place.in("spare"))
	}
	return err
}

// guarded reports whether there is a good site that a loss of power must not
// turn into a torn one; then new bytes reach the medium before the exchange.
func (b *build) guarded() bool { return b.live && len(b.last.files) > 0 }

// addList writes build.json into the second tree, also when it is the same: its
// stamp tells the two trees apart.
func (b *build) addList(p *plan, o Options) error {
	files := make([]entry, len(p.items))
	for i, it := range p.items {
		files[i] = it.entry
	}
	data := encodeList(o.Version, o.Inputs, files)
	info, err := b.disk.create(join(b.place.in("spare"), listName), data, b.guarded())
	if err != nil {
		return err
	}
	p.list = item{verdict: &verdict{entry: entry{path: listName, sum: sha256.Sum256(data), size: int64(len(data)), stamp: stampOf(info)}}}
	return nil
}

// count returns the report, and the paths at which the trees will differ.
func (b *build) count(p *plan) (r Report, pending []string) {
	for _, it := range p.items {
		if it.keep {
			r.Unchanged++
			continue
		}
		r.Written++
		r.Bytes += it.size
		pending = append(pending, it.path)
	}
	r.Removed = len(p.stale)
	pending = append(pending, p.stale...)
	slices.SortFunc(pending, strings.Compare)
	return r, pending
}

// flip exchanges the trees and winds up. Before the exchange an error leaves
// the output folder as it was; after it, the next build takes up from here.
func (b *build) flip(ctx context.Context, next index) (exchanged bool, err error) {
	if _, err := b.disk.create(b.place.in("next"), next.encode(), b.guarded()); err != nil {
		return false, err
	}
	if err := ctx.Err(); err != nil {
		return false, err
	}
	if err := b.exchange(); err != nil {
		return false, err
	}
	if err := b.sweep(b.last.files, next.carried); err != nil {
		return true, err
	}
	if err := b.disk.rename(b.place.in("next"), b.place.in("index")); err != nil {
		return true, err
	}
	_, err = b.disk.create(b.place.in("ok"), nil, false)
	return true, err
}

func (b *build) exchange() error {
	live, spare, away := b.place.live, b.place.in("spare"), b.place.in("away")
	if !b.live {
		if err := b.disk.rename(spare, live); err != nil {
			return err
		}
		return b.disk.mkdir(spare)
	}
	err := b.disk.exchange(live, spare)
	if !errors.Is(err, native.ErrUnsupported) {
		return err
	}
	if err := b.disk.rename(live, away); err != nil {
		return err
	}
	if err := b.disk.rename(spare, live); err != nil {
		return errors.Join(err, b.disk.rename(away, live))
	}
	return b.disk.rename(away, spare)
}
