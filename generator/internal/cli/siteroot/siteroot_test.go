//go:build unix

package siteroot

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"testing/fstest"
	"time"
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
