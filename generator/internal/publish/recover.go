package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"uccn/generator/internal/memo"
)

// recover winds up what a killed build began and learns what is there. Every
// order of the steps of publish.go, cut anywhere, arrives at one of its cases.
func (b *build) recover() error {
	if err := b.recoverAway(); err != nil {
		return err
	}
	list, err := b.disk.lstat(filepath.Join(b.place.live, listName))
	if err != nil && !absent(err) {
		return err
	}
	last, err := b.readIndex("index")
	if err != nil {
		return err
	}
	next, err := b.readIndex("next")
	if err != nil {
		return err
	}
	if next.describes(list) { // killed after the exchange: the spare tree is the old site
		old, err := b.contents(b.place.in("spare"), last)
		if err != nil {
			return err
		}
		if err := b.sweep(old.files, next.carried); err != nil {
			return err
		}
		if err := b.disk.rename(b.place.in("next"), b.place.in("index")); err != nil {
			return err
		}
		last = next
	}
	for _, litter := range []string{"next", "index.new"} {
		if err := b.disk.remove(b.place.in(litter)); err != nil && !absent(err) {
			return err
		}
	}
	_, errOK := b.disk.lstat(b.place.in("ok"))
	_, errSpare := b.disk.lstat(b.place.in("spare"))
	b.pair = errOK == nil && errSpare == nil && last.describes(list)
	if !b.pair {
		if err := b.removeTree(b.place.in("spare")); err != nil {
			return err
		}
	}
	if _, err := b.disk.lstat(b.place.live); absent(err) {
		return nil
	} else if err != nil {
		return err
	}
	b.live = true
	b.last, err = b.contents(b.place.live, last)
	return err
}

// recoverAway winds up an exchange by renaming that was cut between its steps.
func (b *build) recoverAway() error {
	away, spare := b.place.in("away"), b.place.in("spare")
	if _, err := b.disk.lstat(away); absent(err) {
		return nil
	} else if err != nil {
		return err
	}
	if _, err := b.disk.lstat(b.place.live); absent(err) {
		return b.disk.rename(away, b.place.live) // back to the old site
	}
	if _, err := b.disk.lstat(spare); absent(err) {
		return b.disk.rename(away, spare)
	}
	return b.keep(away, "away") // somebody made the output folder anew meanwhile
}

// describes reports whether x was written for the output folder whose
// build.json has this info: each tree has its own build.json, made with it.
func (x *index) describes(list fs.FileInfo) bool {
	e, ok := x.find(listName)
	return ok && list != nil && e.stamp == stampOf(list)
}

// readIndex reads an index file of the workshop. A missing or spoilt one is empty.
func (b *build) readIndex(name string) (index, error) {
	info, err := b.disk.lstat(b.place.in(name))
	if err != nil {
		if absent(err) {
			err = nil
		}
		return index{}, err
	}
	data, err := b.disk.readFile(b.place.in(name))
	if err != nil {
		return index{}, err
	}
	x, err := decodeIndex(data)
	if errors.Is(err, memo.ErrSpoilt) {
		return index{}, nil
	}
	x.written = info.ModTime().UnixNano()
	return x, err
}

// contents returns which files of the tree at root are ours: what the index
// says if it was written for this tree, else what its build.json says, with
// what the index knows of the same bytes.
func (b *build) contents(root string, known index) (index, error) {
	name := filepath.Join(root, listName)
	info, err := b.disk.lstat(name)
	if err != nil && !absent(err) {
		return index{}, err
	}
	if err != nil || known.describes(info) {
		return known, nil // without a list the index is the next best
	}
	data, err := b.disk.readFile(name)
	if err != nil {
		return index{}, err
	}
	files, ok := decodeList(data)
	if !ok {
		return known, nil
	}
	for i, e := range files {
		if k, ok := known.find(e.path); ok && k.sum == e.sum {
			files[i] = k
		}
	}
	return index{files: files, written: known.written}, nil
}

// refresh writes the index anew when files had to be read to know them.
func (b *build) refresh(p *plan) error {
	if !p.reread() {
		return nil
	}
	x := index{files: p.entries(), pending: b.last.pending, carried: b.last.carried}
	if _, err := b.disk.create(b.place.in("index.new"), x.encode(), false); err != nil {
		return fmt.Errorf("remember the output folder: %w", err)
	}
	return b.disk.rename(b.place.in("index.new"), b.place.in("index"))
}

// keep puts the file or folder at path aside in the workshop, for its owner.
func (b *build) keep(path, name string) error {
	if err := mkdirAll(b.disk, b.place.in("kept")); err != nil {
		return err
	}
	for n := 1; ; n++ {
		to := filepath.Join(b.place.in("kept"), fmt.Sprintf("%d-%s", n, strings.ReplaceAll(name, "/", "_")))
		if _, err := b.disk.lstat(to); err == nil {
			continue
		} else if !absent(err) {
			return err
		}
		return b.disk.rename(path, to)
	}
}

// removeTree removes the folder name and all in it, never following a link.
func (b *build) removeTree(name string) error {
	list, err := b.disk.readDir(name)
	if absent(err) {
		return nil
	} else if err != nil {
		return err
	}
	for _, e := range slices.Backward(list) {
		path := filepath.Join(name, e.Name())
		if e.IsDir() {
			err = b.removeTree(path)
		} else {
			err = b.disk.remove(path)
		}
		if err != nil {
			return err
		}
	}
	return b.disk.remove(name)
}

// absent reports that there is no file of that name, or no folder to hold it.
func absent(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || notFolder(err)
}
