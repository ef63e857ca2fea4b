package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"uccn/generator/internal/output"
	"uccn/generator/internal/publish/native"
)

var errFault = errors.New("the disk failed")

// faulty is a disk whose operations fail from the n-th on, `for` of them. A
// process that is killed looks like a disk that never works again.
type faulty struct {
	*osDisk
	count    *atomic.Int64
	from, to int64
	renames  bool                          // the system cannot exchange folders
	links    bool                          // the file system has no hard links
	around   func(live string, after bool) // called around the exchange
	staged   bool                          // files are taken before they are published
}

func (f faulty) fail() error {
	if n := f.count.Add(1); n >= f.from && n < f.to {
		return errFault
	}
	return nil
}

func (f faulty) lstat(name string) (fs.FileInfo, error) {
	if err := f.fail(); err != nil {
		return nil, err
	}
	return f.osDisk.lstat(name)
}

func (f faulty) readDir(name string) ([]fs.DirEntry, error) {
	if err := f.fail(); err != nil {
		return nil, err
	}
	return f.osDisk.readDir(name)
}

func (f faulty) readFile(name string) ([]byte, error) {
	if err := f.fail(); err != nil {
		return nil, err
	}
	return f.osDisk.readFile(name)
}

func (f faulty) readLink(name string) (string, error) {
	if err := f.fail(); err != nil {
		return "", err
	}
	return f.osDisk.readLink(name)
}

// create leaves half a file behind, as a full disk does.
func (f faulty) create(name string, data []byte, sync bool) (fs.FileInfo, error) {
	if err := f.fail(); err != nil {
		if f.count.Load() < f.to {
			f.osDisk.create(name, data[:len(data)/2], sync)
		}
		return nil, err
	}
	return f.osDisk.create(name, data, sync)
}

func (f faulty) mkdir(name string) error {
	if err := f.fail(); err != nil {
		return err
	}
	return f.osDisk.mkdir(name)
}

func (f faulty) link(name, as string) error {
	if err := f.fail(); err != nil {
		return err
	}
	if f.links {
		return &os.LinkError{Op: "link", Old: name, New: as, Err: fs.ErrPermission}
	}
	return f.osDisk.link(name, as)
}

func (f faulty) symlink(target, name string) error {
	if err := f.fail(); err != nil {
		return err
	}
	return f.osDisk.symlink(target, name)
}

func (f faulty) chmod(name string, mode fs.FileMode) error {
	if err := f.fail(); err != nil {
		return err
	}
	return f.osDisk.chmod(name, mode)
}

func (f faulty) chtimes(name string, t time.Time) error {
	if err := f.fail(); err != nil {
		return err
	}
	return f.osDisk.chtimes(name, t)
}

func (f faulty) remove(name string) error {
	if err := f.fail(); err != nil {
		return err
	}
	return f.osDisk.remove(name)
}

func (f faulty) rename(from, to string) error {
	if err := f.fail(); err != nil {
		return err
	}
	return f.osDisk.rename(from, to)
}

func (f faulty) exchange(a, b string) error {
	if err := f.fail(); err != nil {
		return err
	}
	if f.renames {
		return native.ErrUnsupported
	}
	if f.around != nil {
		f.around(a, false)
		defer f.around(a, true)
	}
	return f.osDisk.exchange(a, b)
}

func (f faulty) flush(name string) (bool, error) {
	if err := f.fail(); err != nil {
		return true, err
	}
	return f.osDisk.flush(name)
}

// A history is what was done to an output folder before the build that fails.
type history struct {
	name    string
	before  func(t *testing.T, dir string)
	old     map[string]string // what readers saw, nil if nothing
	files   []output.File
	foreign []string
}

func histories() []history {
	foreign := []string{".git/HEAD", "-rw------- ref", "cities/c1/notes.txt", "-rw------- n"}
	putForeign := func(t *testing.T, dir string) {
		put(t, filepath.Join(dir, ".git/HEAD"), "ref")
		put(t, filepath.Join(dir, "cities/c1/notes.txt"), "n")
	}
	return []history{
		{"first build", func(*testing.T, string) {}, nil, site(2, ""), nil},
		{"first build among foreign files", putForeign, want(nil, foreign...), site(2, ""), foreign},
		{"second build", func(t *testing.T, dir string) { mustWrite(t, dir, site(3, "c1.")) }, want(site(3, "c1.")), site(2, "c0."), nil},
		{"third build, the pair whole, foreign files", func(t *testing.T, dir string) {
			mustWrite(t, dir, site(3, "c1."))
			putForeign(t, dir)
			mustWrite(t, dir, site(4, ""))
		}, want(site(4, ""), foreign...), site(2, "c0."), foreign},
		{"nothing to do", func(t *testing.T, dir string) { mustWrite(t, dir, site(2, "")) }, want(site(2, "")), site(2, ""), nil},
	}
}

// TestEveryFault fails every single operation of a build, once and for good,
// on systems with and without exchange and hard links. What readers see must be
// the whole old or the whole new site, and the next build must work, leave no
// litter and equal a clean one.
func TestEveryFault(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1)) // one order of operations
	for _, h := range histories() {
		for _, kind := range []faulty{{}, {renames: true}, {links: true}, {staged: true}} {
			for _, dead := range []bool{false, true} {
				if dead && kind.links {
					continue // as with links
				}
				name := fmt.Sprintf("%s/renames=%v,links=%v,staged=%v,dead=%v", h.name, kind.renames, !kind.links, kind.staged, dead)
				t.Run(name, func(t *testing.T) {
					for n := int64(1); ; n++ {
						if n > 2000 {
							t.Fatal("a build of four files takes 2000 operations")
						}
						if !faultAt(t, h, kind, n, dead) {
							t.Logf("%d operations", n-1)
							return
						}
					}
				})
			}
		}
	}
}

// faultAt reports whether a build reached its n-th operation.
func faultAt(t *testing.T, h history, d faulty, n int64, dead bool) bool {
	root, err := os.MkdirTemp(t.TempDir(), "n")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(root)
	dir := filepath.Join(root, "public")
	h.before(t, dir)
	o := Options{Dir: dir, Version: "test", Inputs: "x"}
	d.osDisk, d.count, d.from, d.to = new(osDisk), new(atomic.Int64), n, n+1
	if dead {
		d.to = 1 << 62
	}
	writing := write
	if d.staged {
		writing = writeStaged
	}
	_, err = writing(t.Context(), d, o, h.files)
	if d.count.Load() < n {
		if err != nil {
			t.Fatal(err)
		}
		return false
	}
	if err != nil && !errors.Is(err, errFault) && !dead && !errors.Is(err, fs.ErrExist) {
		t.Fatalf("operation %d: %v", n, err)
	}
	got, whole := tree(t, dir), want(h.files, h.foreign...)
	between := dead && d.renames && len(got) == 0 // the only moment without a site
	if err == nil && !maps.Equal(got, whole) || !maps.Equal(got, whole) && !maps.Equal(got, h.old) && len(got)+len(h.old) > 0 && !between {
		t.Fatalf("operation %d (%v) left\n%q", n, err, got)
	}
	if _, err := Write(t.Context(), o, h.files); err != nil {
		t.Fatalf("the build after operation %d: %v", n, err)
	}
	same(t, tree(t, dir), whole)
	litter(t, dir)
	again := append(site(2, "c1."), output.File{Path: "new/x", Data: []byte("x")})
	mustWrite(t, dir, again)
	same(t, tree(t, dir), want(again, h.foreign...))
	litter(t, dir)
	return true
}

// TestForeignMeanwhile changes foreign files in the moments around the exchange.
func TestForeignMeanwhile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustWrite(t, dir, site(2, ""))
	for _, name := range []string{"saved", "gone", "later"} {
		put(t, filepath.Join(dir, name), "1")
	}
	d := faulty{osDisk: new(osDisk), count: new(atomic.Int64), from: 1 << 62}
	d.around = func(live string, after bool) {
		if after {
			os.Remove(filepath.Join(dir, "later"))
			return
		}
		time.Sleep(20 * time.Millisecond)
		os.Remove(filepath.Join(dir, "saved")) // an editor saves by replacing
		put(t, filepath.Join(dir, "saved"), "2")
		put(t, filepath.Join(dir, "cities/c1/new.txt"), "3")
		put(t, filepath.Join(dir, "dir/a/b"), "4")
		put(t, filepath.Join(dir, "taken.html"), "mine")
	}
	files := append(site(2, "c1."), output.File{Path: "taken.html", Data: []byte("ours")})
	if _, err := write(context.Background(), d, Options{Dir: dir}, files); err != nil {
		t.Fatal(err)
	}
	same(t, tree(t, dir), want(files, "saved", "-rw------- 2", "gone", "-rw------- 1", "cities/c1/new.txt", "-rw------- 3", "dir/a/b", "-rw------- 4"))
	kept := tree(t, filepath.Join(filepath.Dir(dir), ".uccn/publish/public/kept"))
	same(t, kept, map[string]string{"1-taken.html": "-rw------- mine"})
}
