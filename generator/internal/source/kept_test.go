package source

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// counting counts what is asked of a file system.
type counting struct {
	fstest.MapFS
	asked int
}

func (c *counting) Open(name string) (fs.File, error) { c.asked++; return c.MapFS.Open(name) }

func (c *counting) Stat(name string) (fs.FileInfo, error) { c.asked++; return c.MapFS.Stat(name) }

func (c *counting) ReadDir(name string) ([]fs.DirEntry, error) {
	c.asked++
	return c.MapFS.ReadDir(name)
}

// seen is all that a file system shows, by every way of asking.
func seen(t *testing.T, fsys fs.FS) string {
	t.Helper()
	var b strings.Builder
	err := fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := fs.Stat(fsys, p)
		if err != nil {
			return err
		}
		b.WriteString(p + " " + info.Mode().String())
		if !info.IsDir() {
			whole, err := fs.ReadFile(fsys, p)
			if err != nil {
				return err
			}
			f, err := fsys.Open(p)
			if err != nil {
				return err
			}
			defer f.Close()
			again, err := io.ReadAll(f)
			if err != nil || string(again) != string(whole) {
				t.Errorf("%s is %q and %q: %v", p, whole, again, err)
			}
			b.Write(whole)
		}
		b.WriteByte('\n')
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestKept(t *testing.T) {
	c := &counting{MapFS: fstest.MapFS{"a/b.md": {Data: []byte("one")}, "a/c/d.md": {Data: []byte("two")}, "e.yaml": {Data: []byte("x: 1")}}}
	k := Keep(c)
	for _, step := range []struct {
		name   string
		change func()
		paths  []string
	}{
		{"nothing", func() {}, nil},
		{"a file", func() { c.MapFS["a/b.md"] = &fstest.MapFile{Data: []byte("three")} }, []string{"a/b.md"}},
		{"a new file", func() { c.MapFS["a/c/new.md"] = &fstest.MapFile{} }, []string{"a/c/new.md"}},
		{"a new folder", func() { c.MapFS["n/o/p.md"] = &fstest.MapFile{Data: []byte("n")} }, []string{"n"}},
		{"a folder goes", func() { delete(c.MapFS, "a/c/d.md"); delete(c.MapFS, "a/c/new.md") }, []string{"a/c"}},
		{"a folder changes", func() { c.MapFS["a/b.md"] = &fstest.MapFile{Data: []byte("four")} }, []string{"a"}},
		{"everything", func() { c.MapFS["e.yaml"] = &fstest.MapFile{Data: []byte("x: 2")} }, []string{"."}},
		{"very much", func() { c.MapFS["e.yaml"] = &fstest.MapFile{Data: []byte("x: 3")} }, make([]string, many+1)},
	} {
		step.change()
		k.Forget(step.paths)
		if got, want := seen(t, k), seen(t, c); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", step.name, got, want)
		}
		c.asked = 0
		seen(t, k)
		if c.asked > 0 {
			t.Errorf("%s: what was known was asked for %d times", step.name, c.asked)
		}
	}
}

// TestKeptLinks: what stands behind a link is read each time, for nobody tells
// of it by the link's name.
func TestKeptLinks(t *testing.T) {
	dir := t.TempDir()
	write := func(text string) {
		if err := os.WriteFile(filepath.Join(dir, "real", "a.md"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "real"), 0o755); err != nil {
		t.Fatal(err)
	}
	if os.Symlink("real", filepath.Join(dir, "folder")) != nil || os.Symlink("real/a.md", filepath.Join(dir, "file.md")) != nil {
		t.Skip("no links here")
	}
	k := Keep(os.DirFS(dir))
	for _, text := range []string{"one", "twice", "three"} {
		write(text)
		k.Forget([]string{"real/a.md"})
		for _, name := range []string{"real/a.md", "folder/a.md", "file.md"} {
			b, err := fs.ReadFile(k, name)
			info, _ := fs.Stat(k, name)
			if err != nil || string(b) != text || info.Size() != int64(len(text)) {
				t.Errorf("%s is %q of %d bytes: %v", name, b, info.Size(), err)
			}
		}
		if list, err := fs.ReadDir(k, "folder"); err != nil || len(list) != 1 {
			t.Error(list, err)
		}
	}
	if slices.Contains([]bool{k.plain("folder/a.md"), k.plain("file.md"), k.plain("gone")}, true) {
		t.Error("a link passes for a plain file")
	}
}
