package watch

import (
	"context"
	"slices"
	"time"
)

// poll looks at all files at an interval: for network drives, where the system
// does not tell. A date there may count in seconds, so that a file which was
// young when last seen is compared by its bytes as well.
func poll(ctx context.Context, t *tree, o Options, every time.Duration, out chan<- Batch) {
	defer close(out)
	tick := time.NewTicker(every)
	defer tick.Stop()
	var ready Batch
	var send chan<- Batch
	for {
		select {
		case <-ctx.Done():
			return
		case send <- ready:
			ready, send = Batch{}, nil
		case reply := <-o.Sync:
			close(reply) // an interval behind, as polling is
		case <-tick.C:
			paths := t.lookTwice(ctx)
			if len(paths) == 0 {
				continue
			}
			if o.Soon != nil {
				o.Soon()
			}
			slices.Sort(paths)
			ready.join(Batch{Paths: paths, Signs: 1})
			send = out
		}
	}
}

// lookTwice looks at the tree and, if something has changed, until it rests.
func (t *tree) lookTwice(ctx context.Context) []string {
	var all []string
	for wait := longest; ; wait *= 2 {
		before, folders := t.files, t.folders
		changed := append(t.look(false), t.touched(folders)...)
		t.hashYoung(before)
		for rel, s := range t.files {
			if o, ok := before[rel]; ok && s.same(o) && s.sum != o.sum && o.sum != [32]byte{} && s.sum != [32]byte{} {
				changed = append(changed, rel)
			}
		}
		all = append(all, changed...)
		if len(changed) == 0 || wait > time.Second {
			return all
		}
		select {
		case <-ctx.Done():
			return all
		case <-time.After(wait):
		}
	}
}
