package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"uccn/generator/internal/par"
	"uccn/generator/internal/publish/native"
)

// seal is the date given to every folder of ours that holds nothing foreign.
// Adding a name to a folder changes its date, so a sealed folder needs no
// reading: the difference between 20 and 100 ms at 10,000 pages.
func seal() time.Time { return time.Date(2004, time.October, 1, 0, 0, 0, 0, time.UTC) }

// An alien is a file or folder in a tree that no build put there.
type alien struct {
	path string // relative to the tree, with slashes
	info fs.FileInfo
}

// scan lists the aliens of the tree at root, whose own files are given; a
// folder comes before what it holds.
func (b *build) scan(ctx context.Context, root string, own []entry) ([]alien, error) {
	ours := func(path string, isDir bool) bool {
		_, file := search(own, path)
		return file && !isDir || folderOf(own, path)
	}
	lists, err := par.Map(ctx, foldersOf(len(own), func(i int) string { return own[i].path }), func(_ context.Context, dir string) ([]alien, error) {
		info, err := b.disk.lstat(join(root, dir))
		switch {
		case absent(err):
			return nil, nil
		case err != nil:
			return nil, err
		case !info.IsDir():
			return []alien{{dir, info}}, nil
		case native.FolderDates && info.ModTime().Equal(seal()):
			return nil, nil
		}
		return b.aliens(root, dir, ours)
	})
	out := slices.Concat(lists...)
	slices.SortFunc(out, func(a, b alien) int { return strings.Compare(a.path, b.path) })
	return out, err
}

// aliens lists what the folder dir holds and own does not know, with all below.
func (b *build) aliens(root, dir string, own func(path string, isDir bool) bool) ([]alien, error) {
	list, err := b.disk.readDir(join(root, dir))
	if err != nil {
		return nil, err
	}
	var out []alien
	for _, e := range list {
		rel := path.Join(dir, e.Name())
		if own(rel, e.IsDir()) {
			continue
		}
		info, err := b.disk.lstat(join(root, rel))
		if absent(err) {
			continue
		} else if err != nil {
			return nil, err
		}
		out = append(out, alien{rel, info})
		if info.IsDir() {
			below, err := b.aliens(root, rel, func(string, bool) bool { return false })
			if err != nil {
				return nil, err
			}
			out = append(out, below...)
		}
	}
	return out, nil
}

// refuse returns an error if an alien stands where p wants a file or folder.
// One that already is what p wants becomes ours; the others are returned.
func (b *build) refuse(p *plan, aliens []alien) (rest []alien, err error) {
	for _, it := range p.items {
		if !it.taken || it.keep {
			continue
		}
		if _, known := b.last.find(it.path); !known {
			return nil, fmt.Errorf("%s: %w", it.path, ErrForeign)
		}
	}
	for _, a := range aliens {
		it, wanted := p.find(a.path)
		switch {
		case wanted && it.keep:
		case wanted, !a.info.IsDir() && folderOf(p.items, a.path):
			return nil, fmt.Errorf("%s: %w", a.path, ErrForeign)
		default:
			rest = append(rest, a)
		}
	}
	return rest, nil
}

func (p *plan) find(path string) (item, bool) {
	if path == listName {
		return p.list, true
	}
	i, ok := search(p.items, path)
	if !ok {
		return item{}, false
	}
	return p.items[i], true
}

// carry puts the alien a of the output folder into the second tree as well.
func (b *build) carry(a alien) error {
	from, to := b.place.path(a.path), join(b.place.in("spare"), a.path)
	if err := mkdirAll(b.disk, filepath.Dir(to)); err != nil { // it may lie in a folder that was ours
		return err
	}
	switch mode := a.info.Mode(); {
	case mode.IsDir():
		if err := b.disk.mkdir(to); err != nil {
			if errors.Is(err, fs.ErrExist) {
				return nil // a folder of ours as well
			}
			return err
		}
		return b.disk.chmod(to, mode)
	case mode&fs.ModeSymlink != 0:
		target, err := b.disk.readLink(from)
		if err != nil {
			return err
		}
		return b.disk.symlink(target, to)
	}
	_, err := b.share(from, to, a.info)
	return err
}

// share makes a second name for a file or, where there are no hard links, a
// copy with the same date and mode. It returns the stamp of what it made.
func (b *build) share(from, to string, info fs.FileInfo) (stamp, error) {
	err := b.disk.link(from, to)
	if err == nil {
		return stampOf(info), nil
	}
	if errors.Is(err, fs.ErrExist) || absent(err) || !info.Mode().IsRegular() {
		return stamp{}, err
	}
	data, err := b.disk.readFile(from)
	if err != nil {
		return stamp{}, err
	}
	if _, err = b.disk.create(to, data, false); err != nil {
		return stamp{}, err
	}
	if err := b.disk.chmod(to, info.Mode()); err != nil {
		return stamp{}, err
	}
	if err := b.disk.chtimes(to, info.ModTime()); err != nil {
		return stamp{}, err
	}
	info, err = b.disk.lstat(to)
	if err != nil {
		return stamp{}, err
	}
	return stampOf(info), nil
}

// sweep takes the aliens out of the second tree after the exchange, when it is
// the old output folder. carried names those that the new one has too; others
// came after we looked, and move over.
func (b *build) sweep(own []entry, carried []string) error {
	spare := b.place.in("spare")
	aliens, err := b.scan(context.Background(), spare, own)
	if err != nil {
		return err
	}
	touched := map[string]bool{}
	for _, a := range aliens {
		if err := b.settle(a, carried); err != nil {
			return err
		}
		touched[path.Dir(a.path)] = true
	}
	for _, a := range slices.Backward(aliens) {
		if a.info.IsDir() {
			if err := b.disk.remove(join(spare, a.path)); err != nil && !absent(err) {
				return err
			}
		}
	}
	for _, dir := range sortedKeys(touched) {
		_ = b.disk.chtimes(join(spare, dir), seal()) // unsealed, it is only read again
	}
	return nil
}

// settle finds the one place of an alien that the second tree holds. A folder
// stays, to be removed when it is empty.
func (b *build) settle(a alien, carried []string) error {
	here, there := join(b.place.in("spare"), a.path), b.place.path(a.path)
	if _, err := b.disk.lstat(here); absent(err) {
		return nil // kept aside with its folder
	}
	_, both := slices.BinarySearch(carried, a.path)
	info, err := b.disk.lstat(there)
	switch isDir := a.info.IsDir(); {
	case err != nil && !absent(err):
		return err
	case isDir && both, isDir && err == nil && info.IsDir():
		return nil
	case isDir && err != nil:
		return mkdirAll(b.disk, there)
	case err != nil && both:
		return b.disk.remove(here) // its owner has deleted it since
	case err != nil:
		if err := mkdirAll(b.disk, filepath.Dir(there)); err != nil {
			return err
		}
		return b.disk.rename(here, there)
	case os.SameFile(info, a.info):
		return b.disk.remove(here)
	case !both || isDir || info.IsDir():
		return b.keep(here, a.path)
	case a.info.ModTime().After(info.ModTime()):
		return b.disk.rename(here, there) // saved anew between our look and the exchange
	}
	return b.disk.remove(here)
}

func join(root, rel string) string { return filepath.Join(root, filepath.FromSlash(rel)) }

// at returns the path of e; what has one can be searched.
func (e entry) at() string { return e.path }

type placed interface{ at() string }

// search finds the place of a path among files that are sorted by path.
func search[F placed](files []F, path string) (i int, ok bool) {
	return slices.BinarySearchFunc(files, path, func(f F, path string) int { return strings.Compare(f.at(), path) })
}

// folderOf reports whether one of files, sorted by path, is in the folder dir.
func folderOf[F placed](files []F, dir string) bool {
	i, _ := search(files, dir+"/")
	return i < len(files) && strings.HasPrefix(files[i].at(), dir+"/")
}

// foldersOf returns all folders around n files with sorted paths: the root as ".", and each
// before those in it.
func foldersOf(n int, path func(i int) string) []string {
	out, before := []string{"."}, ""
	for i := range n {
		p := path(i)
		for k := range len(p) { // files in one folder stand beside one another
			if p[k] == '/' && !strings.HasPrefix(before, p[:k+1]) {
				out = append(out, p[:k])
			}
		}
		before = p
	}
	return out
}

// addFolders adds all folders around path to set, with the root as ".".
func addFolders(set map[string]bool, file string) {
	for dir := path.Dir(file); !set[dir]; dir = path.Dir(dir) {
		set[dir] = true
	}
}

// sortedKeys returns the keys of set, folders before what they hold.
func sortedKeys(set map[string]bool) []string {
	out := make([]string, 0, len(set))
	for k := range set {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
