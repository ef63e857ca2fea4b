package watch

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	gosync "sync"
	"sync/atomic"
	"testing"
	"time"
)

// A mirror is a copy of a tree kept up to date by nothing but batches.
type mirror struct {
	t       *testing.T
	root    string
	batches <-chan Batch
	files   map[string]string
	soon    *atomic.Int64
	signs   int
	count   int
}

func newMirror(t *testing.T, root string, o Options) *mirror {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	m := &mirror{t: t, root: root, soon: new(atomic.Int64)}
	o.Soon = func() { m.soon.Add(1) }
	var err error
	if m.batches, err = Watch(ctx, root, o); err != nil {
		t.Fatal(err)
	}
	m.files = clean(root)
	return m
}

func (m *mirror) take(b Batch) {
	m.count++
	m.signs += b.Signs
	for _, p := range b.Paths {
		for known := range m.files {
			if known == p || strings.HasPrefix(known, p+"/") {
				delete(m.files, known)
			}
		}
		filepath.WalkDir(filepath.Join(m.root, p), func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return nil
			}
			if data, err := os.ReadFile(name); err == nil {
				rel, _ := filepath.Rel(m.root, name)
				m.files[filepath.ToSlash(rel)] = string(data)
			}
			return nil
		})
	}
}

// catchUp takes batches until the mirror equals a clean walk and it is quiet.
func (m *mirror) catchUp() {
	m.t.Helper()
	late := time.Now().Add(10 * time.Second)
	for time.Now().Before(late) {
		select {
		case b := <-m.batches:
			m.take(b)
		case <-time.After(250 * time.Millisecond):
			if maps.Equal(m.files, clean(m.root)) {
				if int(m.soon.Load()) != m.signs {
					m.t.Errorf("%d signs, %d answered", m.soon.Load(), m.signs)
				}
				return
			}
		}
	}
	want := clean(m.root)
	for p := range want {
		if m.files[p] != want[p] {
			m.t.Errorf("missed %s: has %q, is %q", p, m.files[p], want[p])
		}
	}
	for p := range m.files {
		if _, ok := want[p]; !ok {
			m.t.Errorf("still has %s", p)
		}
	}
	m.t.FailNow()
}

func clean(root string) map[string]string {
	out := map[string]string{}
	filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		rel, _ := filepath.Rel(root, name)
		if rel = filepath.ToSlash(rel); (&tree{ignore: []string{"public"}}).ignored(rel) {
			if e.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if !e.IsDir() {
			b, _ := os.ReadFile(name)
			out[rel] = string(b)
		}
		return nil
	})
	return out
}

func put(t *testing.T, root, rel, text string) {
	t.Helper()
	name := filepath.Join(root, rel)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var modes = map[string]Options{"system": {}, "poll": {Poll: 20 * time.Millisecond}}

// TestSaves plays the ways in which editors save; each is one batch that names
// the file, and finds it whole.
func TestSaves(t *testing.T) {
	saves := map[string]func(t *testing.T, name string){
		"truncate and write": func(t *testing.T, name string) { must(t, os.WriteFile(name, []byte("new"), 0o644)) },
		"slow truncate and write": func(t *testing.T, name string) {
			f, err := os.Create(name)
			must(t, err)
			time.Sleep(20 * time.Millisecond)
			f.WriteString("new")
			must(t, f.Close())
		},
		"atomic rename": func(t *testing.T, name string) {
			must(t, os.WriteFile(name+"~", []byte("new"), 0o644))
			must(t, os.Rename(name+"~", name))
		},
		"vim": func(t *testing.T, name string) {
			must(t, os.WriteFile(filepath.Join(filepath.Dir(name), "4913"), nil, 0o644))
			os.Remove(filepath.Join(filepath.Dir(name), "4913"))
			must(t, os.Rename(name, name+"~"))
			time.Sleep(10 * time.Millisecond)
			must(t, os.WriteFile(name, []byte("new"), 0o644))
			os.Remove(name + "~")
		},
		"JetBrains": func(t *testing.T, name string) {
			must(t, os.WriteFile(name+"___jb_tmp___", []byte("new"), 0o644))
			must(t, os.Rename(name, name+"___jb_old___"))
			must(t, os.Rename(name+"___jb_tmp___", name))
			os.Remove(name + "___jb_old___")
		},
		"same date and size": func(t *testing.T, name string) {
			info, err := os.Stat(name)
			must(t, err)
			must(t, os.WriteFile(name, []byte("new"), 0o644))
			must(t, os.Chtimes(name, info.ModTime(), info.ModTime()))
		},
	}
	for mode, o := range modes {
		for what, save := range saves {
			t.Run(mode+"/"+what, func(t *testing.T) {
				t.Parallel()
				root := t.TempDir()
				put(t, root, "content/a.md", "old")
				m := newMirror(t, root, o)
				save(t, filepath.Join(root, "content/a.md"))
				select {
				case b := <-m.batches:
					m.take(b)
				case <-time.After(5 * time.Second):
					t.Fatal("no batch")
				}
				if mode == "system" && m.files["content/a.md"] != "new" {
					t.Errorf("the first batch found %q", m.files["content/a.md"])
				}
				m.catchUp()
				if mode == "system" && m.count > 2 {
					t.Errorf("%d batches for one save", m.count)
				}
			})
		}
	}
}

func TestIgnored(t *testing.T) {
	root := t.TempDir()
	put(t, root, "content/a.md", "1")
	put(t, root, "public/x", "1")
	m := newMirror(t, root, Options{Ignore: []string{"public"}})
	for _, p := range []string{"public/x", "public/new/y", ".git/index", ".uccn/cache/ab/c", "content/.a.md.swp", "content/a.md~", "content/.#a.md", "content/4913"} {
		put(t, root, p, "2")
	}
	must(t, os.Rename(filepath.Join(root, "public"), filepath.Join(root, ".uccn/spare")))
	must(t, os.Mkdir(filepath.Join(root, "public"), 0o755))
	select {
	case b := <-m.batches:
		t.Errorf("a batch for what nobody edits: %v", b)
	case <-time.After(300 * time.Millisecond):
	}
	for p, want := range map[string]bool{"content/a.md": false, "static/.htaccess": false, "static/.well-known/x": false, "content/public/a.md": false, "public": true, "a/.git/b": true} {
		if got := (&tree{ignore: []string{"public"}}).ignored(p); got != want {
			t.Errorf("ignored(%q) = %v", p, got)
		}
	}
}

// TestStorm makes thousands of edits, renames and removals of files and folders,
// in bursts, and compares what the batches told with a clean walk.
func TestStorm(t *testing.T) {
	for mode, o := range modes {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			root := t.TempDir()
			r := rand.New(rand.NewPCG(1, 2))
			name := func() string { return fmt.Sprintf("content/d%d/e%d/f%d.md", r.IntN(6), r.IntN(4), r.IntN(12)) }
			for range 200 {
				put(t, root, name(), "0")
			}
			m := newMirror(t, root, o)
			done := make(chan bool)
			go func() {
				defer close(done)
				for i := range 3000 {
					p := filepath.Join(root, name())
					switch r.IntN(12) {
					case 0:
						os.Rename(filepath.Dir(p), filepath.Join(root, fmt.Sprintf("content/d%d/e%d", r.IntN(6), r.IntN(6))))
					case 1:
						os.Rename(p, filepath.Join(root, name()))
					case 2:
						os.RemoveAll(filepath.Dir(p))
					case 3:
						os.RemoveAll(filepath.Dir(filepath.Dir(p)))
					default:
						os.MkdirAll(filepath.Dir(p), 0o755)
						os.WriteFile(p, fmt.Append(nil, i), 0o644)
					}
					if i%400 == 0 {
						time.Sleep(time.Duration(r.IntN(60)) * time.Millisecond)
					}
				}
			}()
			for running := true; running; {
				select {
				case b := <-m.batches:
					m.take(b)
				case <-done:
					running = false
				}
			}
			m.catchUp()
			t.Logf("%d batches", m.count)
		})
	}
}

// TestFolders moves, removes and remakes folders, the root among them, and edits
// what is in them afterwards.
func TestFolders(t *testing.T) {
	root := filepath.Join(t.TempDir(), "site")
	put(t, root, "content/a/b/c.md", "1")
	m := newMirror(t, root, Options{})
	in := func(p string) string { return filepath.Join(root, p) }
	steps := []func(){
		func() { must(t, os.Rename(in("content/a"), in("content/z"))) },
		func() { put(t, root, "content/z/b/c.md", "2") },
		func() { put(t, root, "content/z/b/new.md", "2") },
		func() { must(t, os.RemoveAll(in("content"))) },
		func() { put(t, root, "content/a/b/c.md", "3") },
		func() { put(t, root, "content/a/b/c.md", "4") },
		func() { must(t, os.Rename(in("content/a/b"), filepath.Join(filepath.Dir(root), "elsewhere"))) },
		func() { put(t, filepath.Dir(root), "elsewhere/c.md", "not ours") },
		func() { must(t, os.Rename(filepath.Join(filepath.Dir(root), "elsewhere"), in("content/back"))) },
		func() { put(t, root, "content/back/c.md", "5") },
		func() { must(t, os.RemoveAll(root)) },
		func() { put(t, root, "content/again.md", "6") },
		func() { put(t, root, "content/again.md", "7") },
	}
	for i, s := range steps {
		s()
		m.catchUp()
		if t.Failed() {
			t.Fatalf("after step %d", i)
		}
	}
}

// TestOverflow lets the system drop events while nobody reads.
func TestOverflow(t *testing.T) {
	root := t.TempDir()
	put(t, root, "content/a.md", "1")
	w := &watcher{tree: &tree{root: root}, pending: map[string]bool{}, folders: map[string]bool{}}
	must(t, w.start())
	for i := range 200 {
		put(t, root, fmt.Sprintf("content/n%d/x.md", i), "1")
	}
	<-w.news // lost
	changed := w.reconcile()
	n := 0
	for _, p := range changed {
		if strings.HasPrefix(p, "content/n") {
			n++
		}
	}
	if n != 200 || w.tree.folders["content/n7"].info == nil {
		t.Errorf("%d of 200 lost files found", n)
	}
	w.system.Close()
}

// TestSync: whoever asks after a change finds that Soon has been called for it.
func TestSync(t *testing.T) {
	root := t.TempDir()
	put(t, root, "content/a/a.md", "1")
	sync := make(Sync)
	m := newMirror(t, root, Options{Sync: sync})
	for i := range 200 {
		before := m.soon.Load()
		put(t, root, "content/a/a.md", fmt.Sprint(i))
		sync.Wait(t.Context())
		if m.soon.Load() == before {
			t.Fatalf("change %d was not noticed", i)
		}
		m.take(<-m.batches)
		for m.signs < int(m.soon.Load()) {
			m.take(<-m.batches)
		}
	}
	var wait gosync.WaitGroup
	for range 50 {
		wait.Go(func() { sync.Wait(t.Context()) })
	}
	wait.Wait()
	m.catchUp()
}

func TestSettleTime(t *testing.T) {
	root := t.TempDir()
	put(t, root, "a.md", "1")
	m := newMirror(t, root, Options{})
	var took []time.Duration
	for i := range 21 {
		time.Sleep(20 * time.Millisecond)
		start := time.Now()
		put(t, root, "a.md", fmt.Sprint(i))
		<-m.batches
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	t.Logf("median from save to batch: %v", took[10])
}
