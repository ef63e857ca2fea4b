package watch

import (
	"context"
	"os"
	"runtime"
	"time"
)

// A Sync lets others wait until the watcher has seen every change that was made
// before they asked. The system tells of changes in their order but a moment late;
// on a busy machine a reader could come first.
type Sync chan chan struct{}

// patience is how long Wait waits at most; then the machine is so busy, or the
// watcher so far behind, that an answer is worth more.
const patience = 500 * time.Millisecond

// Wait returns when Soon has been called for every change made before.
func (s Sync) Wait(ctx context.Context) {
	limit := time.NewTimer(patience)
	defer limit.Stop()
	reply := make(chan struct{})
	select {
	case s <- reply:
	case <-limit.C:
		return
	case <-ctx.Done():
		return
	}
	select {
	case <-reply:
	case <-limit.C:
	case <-ctx.Done():
	}
}

// probe makes a sign of our own, which comes back behind all that the system has
// still to tell: it sets the root's mode to what it is. Where that cannot be done
// or is not told, nobody has to wait.
func (w *watcher) probe() {
	if len(w.asking) > 0 || len(w.queued) == 0 {
		return // one at a time: the system may fold two equal signs into one
	}
	w.asking, w.queued = w.queued, nil
	info, err := os.Stat(w.tree.root)
	if err == nil && runtime.GOOS != "windows" {
		err = os.Chmod(w.tree.root, info.Mode())
	}
	if err != nil || runtime.GOOS == "windows" {
		w.level()
		return
	}
	w.overdue.Reset(patience)
}

// level answers those who wait for the sign that has come back.
func (w *watcher) level() {
	for _, reply := range w.asking {
		close(reply)
	}
	w.asking = nil
	w.overdue.Stop()
	w.probe()
}
