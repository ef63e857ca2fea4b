//go:build unix

package siteroot

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"uccn/generator/internal/source"
)

func folder(t *testing.T) (*FS, string) {
	t.Helper()
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return New(root), dir
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestIsAFileSystem(t *testing.T) {
	f, dir := folder(t)
	must(t, os.MkdirAll(filepath.Join(dir, "a/b"), 0o777))
	must(t, os.WriteFile(filepath.Join(dir, "a/b/c.txt"), []byte("c"), 0o666))
	must(t, os.WriteFile(filepath.Join(dir, "empty"), nil, 0o666))
	must(t, os.Symlink("b/c.txt", filepath.Join(dir, "a/link")))
	if err := fstest.TestFS(f, "a/b/c.txt", "empty", "a/link"); err != nil {
		t.Error(err)
	}
}

// TestRefused: what is no plain file in the folder is refused, and none of it waits.
func TestRefused(t *testing.T) {
	f, dir := folder(t)
	must(t, os.WriteFile(filepath.Join(dir, "../outside.txt"), []byte("x"), 0o666))
	must(t, syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o666))
	must(t, os.Symlink("pipe", filepath.Join(dir, "link")))
	must(t, os.Symlink("/dev/zero", filepath.Join(dir, "zero")))
	must(t, os.Symlink("../outside.txt", filepath.Join(dir, "outside")))
	must(t, os.Symlink("loop", filepath.Join(dir, "loop")))
	large, err := os.Create(filepath.Join(dir, "large"))
	must(t, err)
	must(t, large.Truncate(maxBytes+1))
	must(t, large.Close())
	done := make(chan bool)
	go func() {
		defer close(done)
		for _, name := range []string{".", "pipe", "link", "zero", "outside", "loop", "large", "../outside.txt", "/etc/passwd", "none"} {
			if b, err := f.ReadFile(name); err == nil {
				t.Errorf("%s is read: %d bytes", name, len(b))
			}
		}
		for _, name := range []string{"pipe", "link"} {
			if _, err := f.Open(name); !errors.Is(err, errIrregular) {
				t.Errorf("%s: %v, want %v", name, err, errIrregular)
			}
		}
		if _, err := f.ReadFile("large"); !errors.Is(err, errTooLarge) {
			t.Errorf("large: %v, want %v", err, errTooLarge)
		}
		if _, err := fs.ReadFile(f, "none"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("none: %v", err)
		}
	}()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatal("it waits for a pipe")
	}
}

// TestTwoWays: what the short way reads and describes is what the long way does.
func TestTwoWays(t *testing.T) {
	f, dir := folder(t)
	long := &FS{root: f.root, all: f.all}
	at := func(name string) string { return filepath.Join(dir, name) }
	must(t, os.MkdirAll(at("a/b"), 0o777))
	must(t, os.WriteFile(at("a/b/c.txt"), []byte("c"), 0o640))
	must(t, os.WriteFile(at("empty"), nil, 0o400))
	must(t, os.Chmod(at("empty"), 0o400|os.ModeSetuid|os.ModeSetgid|os.ModeSticky))
	must(t, os.Chmod(at("a/b"), 0o750|os.ModeSticky))
	must(t, os.Chtimes(at("a/b/c.txt"), time.Unix(1, 2), time.Unix(3, 456789)))
	must(t, os.WriteFile(filepath.Join(dir, "../secret"), []byte("secret"), 0o666))
	must(t, syscall.Mkfifo(at("pipe"), 0o666))
	for name, to := range map[string]string{
		"link": "a/b/c.txt", "folder": "a", "a/up": "../empty", "a/b/topmost": "../../..", "absolute": at("a"), "out": "..", "loop": "loop", "none": "gone", "a/pipe": "../pipe",
	} {
		must(t, os.Symlink(to, at(name)))
	}
	said := func(i fs.FileInfo, err error) string {
		if err != nil {
			return err.Error()
		}
		return fs.FormatFileInfo(i) + i.ModTime().String()
	}
	list := func(entries []fs.DirEntry, err error) string {
		if err != nil {
			return err.Error()
		}
		var b strings.Builder
		for _, e := range entries {
			b.WriteString(fs.FormatDirEntry(e) + " " + said(e.Info()) + "\n")
		}
		return b.String()
	}
	read := 0
	for _, name := range []string{
		".", "a", "a/b", "a/b/c.txt", "empty", "link", "folder", "folder/b/c.txt", "a/up", "a/b/topmost", "a/b/topmost/secret", "absolute", "absolute/b/c.txt",
		"out", "out/secret", "loop", "loop/x", "none", "gone", "pipe", "a/pipe", "", "/", "a/", "./a", "../secret", "a/../a", "a\x00b", "a/b/c.txt/d",
	} {
		if got, want := said(f.Stat(name)), said(long.Stat(name)); got != want {
			t.Errorf("%q is %s, want %s", name, got, want)
		}
		for i, d := range source.Describe(f, []string{name, path.Join(path.Dir(name), "c.txt"), "empty"}) {
			other := []string{name, path.Join(path.Dir(name), "c.txt"), "empty"}[i]
			if got, want := said(d.Info, d.Err), said(long.Stat(other)); got != want {
				t.Errorf("%q is %s beside %q, want %s", other, got, name, want)
			}
		}
		if got, want := list(f.ReadDir(name)), list(long.ReadDir(name)); got != want {
			t.Errorf("%q lists %s, want %s", name, got, want)
		}
		b, i, err := f.ReadInfo(name, 5)
		c, j, wrong := long.ReadInfo(name, 5)
		if got, want := said(i, err), said(j, wrong); got != want || string(b) != string(c) {
			t.Errorf("%q holds %q, %s; want %q, %s", name, b, got, c, want)
		}
		if len(b) > 0 {
			read++
		}
	}
	if read != 3 {
		t.Errorf("%d of the names hold something, want 3", read)
	}
	if b, i, err := f.ReadInfo("a/b/c.txt", 0); b != nil || err != nil || i.Size() != 1 {
		t.Errorf("a file past the limit gives %q, %v, %v", b, i, err)
	}
}

// TestMovedMeanwhile: a folder that becomes a link out of the site and back,
// again and again, never gives away what is outside.
func TestMovedMeanwhile(t *testing.T) {
	f, dir := folder(t)
	must(t, os.MkdirAll(filepath.Join(dir, "a"), 0o777))
	must(t, os.WriteFile(filepath.Join(dir, "a/x"), []byte("inside"), 0o666))
	must(t, os.WriteFile(filepath.Join(dir, "../x"), []byte("secret"), 0o666))
	must(t, os.Symlink("..", filepath.Join(dir, "link")))
	stop, done := make(chan bool), make(chan bool)
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			default:
			}
			for _, move := range [][2]string{{"a", "was"}, {"link", "a"}, {"a", "link"}, {"was", "a"}} {
				if err := os.Rename(filepath.Join(dir, move[0]), filepath.Join(dir, move[1])); err != nil {
					t.Error(err)
					return
				}
			}
		}
	}()
	read := 0
	for i := 0; i < 5000 || read == 0 && i < 1e6; i++ { // a busy machine may leave the folder away for long
		b, err := f.ReadFile("a/x")
		if err == nil {
			read++
		}
		if err == nil && string(b) != "inside" {
			t.Errorf("%q is read", b)
			break
		}
	}
	close(stop)
	<-done
	if read == 0 {
		t.Error("nothing could be read")
	}
}
