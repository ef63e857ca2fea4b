package publish

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"uccn/generator/internal/output"
	"uccn/generator/internal/par"
)

// site makes some files in folders, of which those named in changed differ.
func site(n int, changed string) []output.File {
	out := []output.File{{Path: "index.html", Data: []byte("home " + changed)}, {Path: "robots.txt", Data: []byte("all")}}
	for i := range n {
		p := fmt.Sprintf("cities/c%d/index.html", i)
		text := "city " + p
		if strings.Contains(changed, fmt.Sprintf("c%d.", i)) {
			text += changed
		}
		out = append(out, output.File{Path: p, Data: []byte(text)})
	}
	return out
}

// tree returns every file under dir with its mode and bytes, links with their
// target, and empty folders; build.json is left out.
func tree(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || name == dir {
			return err
		}
		rel, _ := filepath.Rel(dir, name)
		rel = filepath.ToSlash(rel)
		switch {
		case rel == listName:
		case e.IsDir():
			if l, _ := os.ReadDir(name); len(l) == 0 {
				out[rel+"/"] = ""
			}
		case e.Type() == fs.ModeSymlink:
			out[rel], err = os.Readlink(name)
		default:
			b, readErr := os.ReadFile(name)
			info, _ := e.Info()
			out[rel], err = fmt.Sprint(info.Mode().Perm(), " ", string(b)), readErr
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return out
}

func want(files []output.File, more ...string) map[string]string {
	out := map[string]string{}
	for _, f := range files {
		out[f.Path] = "-rw-r--r-- " + string(f.Data)
	}
	for i := 0; i < len(more); i += 2 {
		out[more[i]] = more[i+1]
	}
	return out
}

func mustWrite(t testing.TB, dir string, files []output.File) Report {
	t.Helper()
	r, err := Write(t.Context(), Options{Dir: dir, Version: "test", Inputs: "x"}, files)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func put(t testing.TB, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func same(t testing.TB, got, want map[string]string) {
	t.Helper()
	if !maps.Equal(got, want) {
		t.Fatalf("tree is\n%q\nwant\n%q", got, want)
	}
}

// litter fails if the workshop of dir holds more than a settled build leaves.
func litter(t testing.TB, dir string) {
	t.Helper()
	shop := filepath.Join(filepath.Dir(dir), ".uccn", "publish", filepath.Base(dir))
	list, err := os.ReadDir(shop)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		if !strings.Contains(" lock spare index ok ", " "+e.Name()+" ") {
			t.Fatalf("the workshop holds %s", e.Name())
		}
	}
}

func TestWriteSequence(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "made", "here", "public")
	steps := []struct {
		files []output.File
		want  Report
	}{
		{site(5, ""), Report{Written: 7}},
		{site(5, ""), Report{Unchanged: 7}},
		{site(5, "c3."), Report{Written: 2, Unchanged: 5}},
		{site(5, ""), Report{Written: 2, Unchanged: 5}},
		{site(5, "c1."), Report{Written: 2, Unchanged: 5}},
		{site(3, "c1."), Report{Unchanged: 5, Removed: 2}},
		{site(6, "c1."), Report{Written: 3, Unchanged: 5}},
		{nil, Report{Removed: 8}},
		{site(1, ""), Report{Written: 3}},
	}
	for i, s := range steps {
		r := mustWrite(t, dir, s.files)
		list, err := os.ReadFile(filepath.Join(dir, listName))
		if err != nil || r.List != sha256.Sum256(list) {
			t.Errorf("step %d: the hash of build.json is not that of the file: %v", i, err)
		}
		if held, ok, err := Holds(t.Context(), Options{Dir: dir}, r.List); err != nil || !ok || held.Unchanged != len(s.files) {
			t.Errorf("step %d: %+v %v %v is not what was just written", i, held, ok, err)
		}
		r.Bytes, r.Foreign, r.List = 0, 0, [sha256.Size]byte{}
		if r != s.want {
			t.Errorf("step %d: %+v, want %+v", i, r, s.want)
		}
		same(t, tree(t, dir), want(s.files))
		litter(t, dir)
		clean := filepath.Join(t.TempDir(), "public")
		mustWrite(t, clean, s.files)
		a, _ := os.ReadFile(filepath.Join(dir, listName))
		b, _ := os.ReadFile(filepath.Join(clean, listName))
		if string(a) != string(b) || len(a) == 0 {
			t.Errorf("step %d: build.json differs from that of a clean build", i)
		}
	}
}

func TestKindsOfPathChange(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	file := func(p string) output.File { return output.File{Path: p, Data: []byte(p)} }
	for range 2 { // the second round goes through a second tree that is whole
		for _, files := range [][]output.File{
			{file("a"), file("b/c/d")}, {file("a/x"), file("b")}, {file("a"), file("b/c")}, {file("b/c/d"), file("b/e")},
		} {
			mustWrite(t, dir, files)
			same(t, tree(t, dir), want(files))
		}
	}
}

func TestDatesKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustWrite(t, dir, site(3, ""))
	info, _ := os.Stat(filepath.Join(dir, "robots.txt"))
	for i := range 4 {
		mustWrite(t, dir, site(3, fmt.Sprintf("c%d.", i%2)))
		if now, _ := os.Stat(filepath.Join(dir, "robots.txt")); !now.ModTime().Equal(info.ModTime()) {
			t.Errorf("build %d: the date of an unchanged file went from %v to %v", i, info.ModTime(), now.ModTime())
		}
	}
}

func TestForeignStays(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	put(t, filepath.Join(dir, ".git", "objects", "aa"), "1")
	mustWrite(t, dir, site(2, ""))
	put(t, filepath.Join(dir, "cities", "c1", "notes.txt"), "2")
	put(t, filepath.Join(dir, "CNAME"), "3")
	if err := os.Mkdir(filepath.Join(dir, "empty"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../elsewhere", filepath.Join(dir, "link")); err != nil {
		t.Skip(err)
	}
	own := []string{".git/objects/aa", "-rw------- 1", "cities/c1/notes.txt", "-rw------- 2", "CNAME", "-rw------- 3", "empty/", "", "link", "../elsewhere"}
	for i, files := range [][]output.File{site(2, "c1."), site(2, ""), site(1, ""), site(1, "c0."), site(4, "")} {
		r := mustWrite(t, dir, files)
		if r.Foreign < 7 {
			t.Errorf("build %d: %d foreign files and folders", i, r.Foreign)
		}
		same(t, tree(t, dir), want(files, own...))
		litter(t, dir)
	}
	os.Remove(filepath.Join(dir, "CNAME"))
	mustWrite(t, dir, site(4, "c2."))
	if _, err := os.Stat(filepath.Join(dir, "CNAME")); err == nil {
		t.Error("a foreign file that its owner deleted came back")
	}
	for name := range tree(t, filepath.Join(filepath.Dir(dir), ".uccn", "publish", "public", "spare")) {
		if !strings.HasPrefix(name, "cities/c") && name != "index.html" && name != "robots.txt" {
			t.Errorf("the second tree keeps %s", name)
		}
	}
}

func TestDamageIsMended(t *testing.T) {
	damage := map[string]func(name string) error{
		"edited in place": func(name string) error {
			f, err := os.OpenFile(name, os.O_WRONLY, 0)
			if err == nil {
				_, err = f.WriteString("XX")
				err = errors.Join(err, f.Close())
			}
			return err
		},
		"replaced": func(name string) error { os.Remove(name); return os.WriteFile(name, []byte("other"), 0o644) },
		"deleted":  os.Remove,
		"mode":     func(name string) error { return os.Chmod(name, 0o600) },
		"link":     func(name string) error { os.Remove(name); return os.Symlink("robots.txt", name) },
	}
	for what, f := range damage {
		t.Run(what, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			for i := range 4 {
				mustWrite(t, dir, site(3, fmt.Sprintf("c%d.", i%2)))
				if err := f(filepath.Join(dir, "cities", "c2", "index.html")); err != nil {
					t.Fatal(err)
				}
				files := site(3, fmt.Sprintf("c%d.", i/2))
				mustWrite(t, dir, files)
				same(t, tree(t, dir), want(files))
			}
		})
	}
}

func TestWithoutList(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "public")
	for what, lose := range map[string]func(){
		"the workshop": func() { os.RemoveAll(filepath.Join(root, ".uccn")) },
		"build.json":   func() { os.Remove(filepath.Join(dir, listName)) },
		"the index":    func() { os.WriteFile(filepath.Join(root, ".uccn/publish/public/index"), []byte("x"), 0o644) },
		"the spare":    func() { os.RemoveAll(filepath.Join(root, ".uccn/publish/public/spare")) },
		"the output":   func() { os.RemoveAll(dir) },
	} {
		for _, n := range []int{4, 5, 3} {
			mustWrite(t, dir, site(n, ""))
		}
		lose()
		if _, err := Write(t.Context(), Options{Dir: dir}, site(2, "c0.")); err != nil {
			t.Fatalf("without %s: %v", what, err)
		}
		same(t, tree(t, dir), want(site(2, "c0.")))
		litter(t, dir)
	}
}

func TestRefused(t *testing.T) {
	root := t.TempDir()
	put(t, filepath.Join(root, "content", "a.md"), "a")
	put(t, filepath.Join(root, "file"), "")
	put(t, filepath.Join(root, "mine", "index.html"), "mine")
	put(t, filepath.Join(root, "other", "cities"), "a file where a folder is wanted")
	os.Symlink(filepath.Join(root, "content"), filepath.Join(root, "inside"))
	os.Symlink(root, filepath.Join(root, "around"))
	os.Symlink(filepath.Join(root, "gone"), filepath.Join(root, "dangling"))
	os.Mkdir(filepath.Join(root, "linked"), 0o755)
	os.Symlink(filepath.Join(root, "content"), filepath.Join(root, "linked", "cities"))
	before := tree(t, root)
	for _, tt := range []struct {
		dir  string
		want error
	}{
		{"content", ErrSources}, {"content/public", ErrSources}, {"content/x/y", ErrSources}, {".", ErrSources}, {"..", ErrSources},
		{"inside", ErrSources}, {"inside/public", ErrSources}, {"around", ErrSources}, {"around/content/x", ErrSources}, {"/", ErrSources},
		{"content/a.md/x", nil}, {"file", ErrFolder}, {"dangling", nil}, {"file/x", nil}, {"mine", ErrForeign}, {"other", ErrForeign}, {"linked", ErrForeign},
	} {
		dir := tt.dir
		if !filepath.IsAbs(dir) {
			dir = filepath.Join(root, dir)
		}
		_, err := Write(t.Context(), Options{Dir: dir, Sources: []string{filepath.Join(root, "content"), filepath.Join(root, "nothing")}}, site(2, ""))
		if err == nil || tt.want != nil && !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.dir, err, tt.want)
		}
	}
	after := tree(t, root)
	for name := range after {
		if strings.HasPrefix(name, ".uccn/") {
			delete(after, name)
		}
	}
	same(t, after, before)
	for _, p := range []string{"../x", "/x", "a//b", "a/../../x", "", ".", "a/", listName, `a\b`} {
		if _, err := Write(t.Context(), Options{Dir: filepath.Join(root, "public")}, []output.File{{Path: p}}); err == nil {
			t.Errorf("the path %q was written", p)
		}
	}
}

func TestThroughLink(t *testing.T) {
	root := t.TempDir()
	os.Mkdir(filepath.Join(root, "real"), 0o755)
	if err := os.Symlink("real", filepath.Join(root, "public")); err != nil {
		t.Skip(err)
	}
	for _, c := range []string{"", "c1.", "c0."} {
		mustWrite(t, filepath.Join(root, "public"), site(2, c))
		same(t, tree(t, filepath.Join(root, "real")), want(site(2, c)))
	}
	if l, err := os.Readlink(filepath.Join(root, "public")); l != "real" {
		t.Errorf("the link became %q, %v", l, err)
	}
}

type countedBlob struct {
	key, data string
	made      *int
}

func (b countedBlob) Key() string { return b.key }
func (b countedBlob) Bytes(context.Context) ([]byte, error) {
	*b.made++
	return []byte(b.data), nil
}

func TestBlobsAreMadeOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	made := 0
	for i, key := range []string{"1", "1", "1", "2"} {
		files := append(site(i, ""), output.File{Path: "p.jpg", Blob: countedBlob{key, "bytes of " + key, &made}})
		mustWrite(t, dir, files)
		if got := tree(t, dir)["p.jpg"]; got != "-rw-r--r-- bytes of "+key {
			t.Errorf("%q", got)
		}
	}
	if made != 2 {
		t.Errorf("made %d times", made)
	}
}

func TestLockWaits(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustWrite(t, dir, site(1, ""))
	inside, waiting := make(chan bool), make(chan bool)
	slow := output.File{Path: "slow", Blob: blobFunc(func() { close(inside); <-waiting })}
	done := make(chan error)
	go func() {
		_, err := Write(context.Background(), Options{Dir: dir}, append(site(1, "c0."), slow))
		done <- err
	}()
	<-inside
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := Write(ctx, Options{Dir: dir}, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a second build did not wait: %v", err)
	}
	if _, err := Write(t.Context(), Options{Dir: dir, Waiting: func() { close(waiting) }}, site(2, "")); err != nil {
		t.Error(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	same(t, tree(t, dir), want(site(2, "")))
}

type blobFunc func()

func (blobFunc) Key() string                             { return "k" }
func (b blobFunc) Bytes(context.Context) ([]byte, error) { b(); return nil, nil }

func TestIndexRoundTrip(t *testing.T) {
	x := index{files: []entry{{path: "a", key: "k", size: 3, stamp: stamp{-5, 3, 1 << 63, 0o644}}, {path: "b"}}, pending: []string{"p"}, carried: []string{"", "é"}}
	got, err := decodeIndex(x.encode())
	if err != nil || fmt.Sprint(got) != fmt.Sprint(x) {
		t.Errorf("%v %v, want %v", got, err, x)
	}
	b := x.encode()
	for i := range b {
		c := append([]byte(nil), b...)
		c[i] ^= 1
		if _, err := decodeIndex(c); err == nil {
			t.Fatalf("byte %d spoilt and not noticed", i)
		}
		if _, err := decodeIndex(b[:i]); err == nil {
			t.Fatalf("cut at %d and not noticed", i)
		}
	}
}

// TestRest: between files that are made a rest is taken, while none is in the making.
func TestRest(t *testing.T) {
	var making atomic.Int32
	files := site(3, "")
	for i := range 8 {
		files = append(files, output.File{Path: fmt.Sprintf("media/%d.webp", i), Blob: made{fmt.Sprint(i), &making}})
	}
	rests := 0
	rest := &par.Rest{Due: func() bool { return true }, Take: func() {
		rests++
		if n := making.Load(); n != 0 {
			t.Errorf("a rest while %d files are made", n)
		}
	}}
	if _, err := Write(t.Context(), Options{Dir: filepath.Join(t.TempDir(), "out"), Rest: rest}, files); err != nil {
		t.Fatal(err)
	}
	if rests < 8 {
		t.Errorf("%d rests, want at least 8", rests)
	}
}

// made is a blob that tells when it is made.
type made struct {
	key    string
	making *atomic.Int32
}

func (m made) Key() string { return m.key }

func (m made) Bytes(context.Context) ([]byte, error) {
	m.making.Add(1)
	defer m.making.Add(-1)
	return []byte(m.key), nil
}
