// Package watch tells when files under a folder change. It gathers what
// belongs together, such as the five steps by which an editor saves or the
// thousands of a branch switch, into one batch. What a batch names is a hint; that a
// batch comes after the last change is the promise.
package watch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Options says what to watch and how. The zero value asks the system.
type Options struct {
	Ignore  []string        // folders, relative to the root with slashes, beside those nobody edits
	Poll    time.Duration   // look at all files this often instead of asking the system
	Soon    func()          // called at the first sign of a change; a batch always follows
	Polling func(why error) // called once if the system cannot watch this tree and polling begins instead
	Sync    Sync            // by which others learn that the watcher is level with the files; may be nil
}

// A Batch is a number of changes that have come to rest.
type Batch struct {
	Paths []string // files, and folders with all in them, that are new, changed or gone; relative to the root with slashes; sorted
	Signs int      // how many calls of Soon it answers
}

const (
	quiet     = 3 * time.Millisecond   // how long nothing must happen for a batch to be whole
	longest   = 50 * time.Millisecond  // after the first change, how long a batch may grow or wait for a half-done save
	again     = 150 * time.Millisecond // after folders changed, when to look at the whole tree once more
	pollEvery = 500 * time.Millisecond
)

// Watch begins to watch root; every change after it returns is told. The channel is closed when ctx ends. Batches
// that nobody has taken yet are joined, so a slow reader loses nothing.
func Watch(ctx context.Context, root string, o Options) (<-chan Batch, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, fmt.Errorf("watch: %w", err)
	}
	if info, err := os.Stat(root); err != nil {
		return nil, fmt.Errorf("watch: %w", err)
	} else if !info.IsDir() {
		return nil, fmt.Errorf("watch %s: not a folder", root)
	}
	t := &tree{root: root, ignore: o.Ignore, files: map[string]stamp{}, folders: map[string]stamp{}}
	out := make(chan Batch)
	if o.Poll > 0 {
		t.look(true)
		t.hashYoung(nil)
		go poll(ctx, t, o, o.Poll, out)
		return out, nil
	}
	w := &watcher{tree: t, soon: o.Soon, pending: map[string]bool{}, folders: map[string]bool{}}
	if err := w.start(); err != nil {
		if o.Polling != nil {
			o.Polling(err)
		}
		t.look(true)
		t.hashYoung(nil)
		go poll(ctx, t, o, pollEvery, out)
		return out, nil
	}
	go w.loop(ctx, o.Sync, out)
	return out, nil
}

// A watcher asks the system. All its fields belong to its loop.
type watcher struct {
	tree    *tree
	system  *fsnotify.Watcher
	news    chan news     // what system says
	gone    chan struct{} // closed when nobody listens to system any more
	soon    func()
	pending map[string]bool // changed files of the batch that is growing
	folders map[string]bool // and folders
	rescan  bool            // events may be missing: the batch needs a look at the whole tree
	stale   bool            // folders came, went or moved: the batch needs new watches
	renewed bool            // the sign of a running probe went with the old watches
	growing bool            // a batch has begun
	asking  []chan struct{} // who waits for the sign of the running probe
	queued  []chan struct{} // who came after that probe began
	overdue *time.Timer     // runs while a probe is under way
}

// start asks the system for all folders, and looks at the tree when that is done.
func (w *watcher) start() error {
	w.tree.look(true)
	if err := w.renew(); err != nil {
		return err
	}
	w.renewed = false
	w.tree.look(true)
	return nil
}

// renew replaces the watches by new ones for the folders there are. Single
// watches are never given back: those of a folder that has moved stand in
// fsnotify under two names, and giving back one of them can end the other or
// the program.
func (w *watcher) renew() error {
	system, err := fsnotify.NewBufferedWatcher(4096)
	if err != nil {
		return err
	}
	said, gone := make(chan news), make(chan struct{})
	go gather(system, said, gone)
	for dir := range w.tree.folders {
		if err := system.Add(w.tree.name(dir)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			close(gone)
			_ = system.Close()
			return err
		}
	}
	w.close()
	w.system, w.news, w.gone, w.stale, w.renewed = system, said, gone, false, true
	return nil
}

// close ends the watches; what they had still to say is dropped.
func (w *watcher) close() {
	if w.system != nil {
		close(w.gone)
		_ = w.system.Close()
	}
}

func (w *watcher) loop(ctx context.Context, sync Sync, out chan<- Batch) {
	defer close(out)
	defer w.close()
	calm, limit, second := stopped(), stopped(), stopped()
	w.overdue = stopped()
	late := false // the batch has grown for the longest time
	var ready Batch
	var send chan<- Batch
	begin := func() {
		if !w.growing {
			w.growing, late = true, false
			limit.Reset(longest)
			if w.soon != nil {
				w.soon()
			}
		}
		calm.Reset(quiet)
	}
	for {
		settle := false
		select {
		case <-ctx.Done():
			return
		case send <- ready:
			ready, send = Batch{}, nil
		case reply := <-sync:
			w.queued = append(w.queued, reply)
			w.probe()
		case <-w.overdue.C:
			w.level() // its sign was lost, with a root that was replaced perhaps
		case n := <-w.news:
			for _, e := range n.events {
				if e.Name == w.tree.root && e.Op == fsnotify.Chmod {
					w.level()
				}
				if w.take(e) {
					begin()
				}
			}
			if n.lost {
				w.rescan = true
				begin()
				w.level()
			}
		case <-calm.C:
			settle = w.growing && (late || !w.half())
			if w.growing && !settle {
				calm.Reset(quiet)
			}
		case <-limit.C:
			late, settle = true, w.growing
		case <-second.C:
			w.rescan = true
			if changed := w.reconcile(); len(changed)+len(w.folders) > 0 {
				begin()
				w.add(changed)
				second.Reset(again)
			} else if len(w.tree.folders) == 0 || w.stale {
				second.Reset(again) // the root is gone, it may come back; or watches could not be had
			}
		}
		if settle {
			if w.rescan {
				w.add(w.reconcile())
				second.Reset(again)
			}
			ready.join(w.settle())
			send = out
		}
		if w.renewed {
			w.renewed = false
			w.level()
		}
	}
}

// news is what the system had to say since it was last asked.
type news struct {
	events []fsnotify.Event
	lost   bool // there was more: a queue ran over, or a folder could not be read
}

// gather takes the system's events at any time until it is closed. The loop must
// not do that itself: fsnotify holds its lock while it hands over an error, and
// the loop needs that lock to watch another folder.
func gather(system *fsnotify.Watcher, out chan<- news, gone <-chan struct{}) {
	var n news
	var send chan<- news
	for {
		select {
		case e, ok := <-system.Events:
			if !ok {
				return
			}
			n.events, send = append(n.events, e), out
		case _, ok := <-system.Errors:
			if !ok {
				return
			}
			n.lost, send = true, out
		case send <- n:
			n, send = news{}, nil
		case <-gone:
			gone, out, send = nil, nil, nil
		}
	}
}

func stopped() *time.Timer {
	t := time.NewTimer(time.Hour)
	t.Stop()
	return t
}

// take notes what an event says and reports whether anybody cares.
func (w *watcher) take(e fsnotify.Event) bool {
	rel, err := filepath.Rel(w.tree.root, e.Name)
	if err != nil {
		return false
	}
	rel = filepath.ToSlash(rel)
	if _, known := w.tree.folders[rel]; known && e.Has(fsnotify.Remove|fsnotify.Rename) {
		return w.folder(rel)
	}
	if rel == "." || w.tree.ignored(rel) {
		return false
	}
	info, err := os.Lstat(e.Name)
	if err == nil && info.IsDir() {
		return e.Has(fsnotify.Create) && w.folder(rel)
	}
	if e.Op == fsnotify.Chmod && err == nil && stampOf(info).same(w.tree.files[rel]) {
		return false
	}
	w.pending[rel] = true
	return true
}

// folder notes that a folder came, went or moved.
func (w *watcher) folder(rel string) bool {
	w.rescan, w.stale = true, true
	if rel != "." {
		w.folders[rel] = true
	}
	return true
}

// half reports whether a file of the batch is missing or empty, as in the middle
// of a save that truncates or renames.
func (w *watcher) half() bool {
	for rel := range w.pending {
		info, err := os.Lstat(w.tree.name(rel))
		if err != nil || info.Mode().IsRegular() && info.Size() == 0 {
			return true
		}
	}
	return false
}

// reconcile looks at the whole tree, watches the folders that are there, and
// returns what differs from what was known.
func (w *watcher) reconcile() []string {
	w.rescan = false
	var changed []string
	for range 10 { // a folder may fill between the look and the watch
		before := w.tree.folders
		changed = append(changed, w.tree.look(false)...)
		for _, dir := range w.tree.touched(before) {
			w.folders[dir] = true
		}
		if !w.stale && w.tree.sameFolders(before) {
			return changed
		}
		if w.renew() != nil {
			break
		}
	}
	w.rescan, w.stale = true, true
	return changed
}

func (w *watcher) add(paths []string) {
	for _, p := range paths {
		w.pending[p] = true
	}
}

// settle ends the batch that was growing.
func (w *watcher) settle() Batch {
	var b Batch
	for rel := range w.pending {
		b.Paths = append(b.Paths, rel)
		w.tree.note(rel)
	}
	b.Paths = slices.AppendSeq(b.Paths, maps.Keys(w.folders))
	slices.Sort(b.Paths)
	clear(w.pending)
	clear(w.folders)
	w.growing = false
	b.Signs = 1
	return b
}

func (b *Batch) join(more Batch) {
	b.Signs += more.Signs
	b.Paths = append(b.Paths, more.Paths...)
	slices.Sort(b.Paths)
	b.Paths = slices.Compact(b.Paths)
}
