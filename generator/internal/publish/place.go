package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"uccn/generator/internal/publish/native"
)

// A place is an output folder and its workshop: a folder of ours beside it, on
// the same file system, closed to others. The workshop holds
//
//	lock   held by the running build
//	spare  the second tree: the build before, or the one being made
//	index  what the output folder holds
//	next   what it will hold after the exchange; the exchange is not yet wound up
//	ok     the second tree is whole
//	away   the old tree, between the two renames of a system without exchange
//	kept   files of others that lost their place to another file of others
type place struct {
	live string // absolute, symbolic links resolved
	shop string
}

func (p place) in(name string) string { return filepath.Join(p.shop, name) }

// locate finds the real place of dir and refuses those that publishing could
// do harm in. It changes nothing.
func locate(dir string, sources []string) (place, error) {
	live, err := resolve(dir)
	if err != nil {
		return place{}, err
	}
	parent := filepath.Dir(live)
	if parent == live {
		return place{}, fmt.Errorf("%s: %w", dir, ErrSources)
	}
	info, err := os.Stat(live)
	if err == nil && !info.IsDir() {
		return place{}, fmt.Errorf("%s: %w", dir, ErrFolder)
	}
	for _, s := range sources {
		if near, err := overlap(live, s); err != nil {
			return place{}, err
		} else if near {
			return place{}, fmt.Errorf("%s and %s: %w", dir, s, ErrSources)
		}
	}
	if info != nil && !sameDevice(live, parent) {
		return place{}, fmt.Errorf("%s: %w", dir, ErrMount)
	}
	shop := filepath.Join(parent, ".uccn")
	if info, err := os.Lstat(shop); err == nil && (!info.IsDir() || !sameDevice(shop, parent)) {
		return place{live, filepath.Join(parent, "."+filepath.Base(live)+".uccn")}, nil
	}
	return place{live, filepath.Join(shop, "publish", filepath.Base(live))}, nil
}

// resolve returns the absolute path of dir without symbolic links, also when
// its last folders do not exist yet.
func resolve(dir string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(abs)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return real, err
	}
	if _, err := os.Lstat(abs); err == nil {
		return "", fmt.Errorf("%s is a link to nowhere", dir)
	}
	parent := filepath.Dir(abs)
	if parent == abs {
		return abs, nil
	}
	parent, err = resolve(parent)
	return filepath.Join(parent, filepath.Base(abs)), err
}

// overlap reports whether the folder live is, is in, or is around source. It
// compares files, not names, so that links, letter case and mounts do not matter.
func overlap(live, source string) (bool, error) {
	info, err := os.Stat(source)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	if among(info, live) {
		return true, nil
	}
	out, err := os.Stat(live)
	if err != nil {
		return false, nil // not there yet: nothing is in it
	}
	abs, err := filepath.Abs(source)
	if err != nil {
		return false, err
	}
	real, err := filepath.EvalSymlinks(abs)
	return among(out, abs) || among(out, real), err
}

// among reports whether info is path or one of the folders around it.
func among(info fs.FileInfo, path string) bool {
	for {
		if i, err := os.Stat(path); err == nil && os.SameFile(i, info) {
			return true
		}
		up := filepath.Dir(path)
		if up == path {
			return false
		}
		path = up
	}
}

func sameDevice(a, b string) bool {
	i, errA := os.Stat(a)
	j, errB := os.Stat(b)
	if errA != nil || errB != nil {
		return true // the operation itself will tell
	}
	m, _ := native.Identity(i)
	n, _ := native.Identity(j)
	return m == n
}

// makeShop makes the workshop and the folders above it.
func (p place) makeShop(d disk) error {
	if info, err := d.lstat(p.shop); err == nil && info.IsDir() {
		return nil
	}
	hidden := filepath.Join(filepath.Dir(p.live), ".uccn")
	_, err := d.lstat(hidden)
	if err := mkdirAll(d, filepath.Dir(p.shop)); err != nil {
		return err
	}
	if errors.Is(err, fs.ErrNotExist) && filepath.Dir(filepath.Dir(p.shop)) == hidden {
		if _, err := d.create(filepath.Join(hidden, ".gitignore"), []byte("*\n"), false); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	if err := d.mkdir(p.shop); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return d.chmod(p.shop, 0o700) // the tree before may hold what was taken back since
}

// mkdirAll makes the folder name and those above it, where missing.
func mkdirAll(d disk, name string) error {
	err := d.mkdir(name)
	if errors.Is(err, fs.ErrNotExist) && filepath.Dir(name) != name {
		if err := mkdirAll(d, filepath.Dir(name)); err != nil {
			return err
		}
		err = d.mkdir(name)
	}
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}
