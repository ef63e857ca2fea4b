package media

import (
	"context"
	"runtime/debug"
	"sync"
)

// gate lets in as many as fit into the memory budget, in the order in which they
// came. It is, with the lock of each source, the one lock outside memo: workers
// decode pictures whose sizes differ a thousandfold.
type gate struct {
	mu    sync.Mutex
	used  int64
	queue []*waiter

	eager  bool // garbage is collected early
	before int  // how it was collected before, in per cent
}

// heavy is the bytes in use from which garbage is collected early: what is drawn from a
// large picture is soon garbage, and would add up to another such picture.
const heavy = 128 << 20

// pace settles how early garbage is collected. mu is held.
func (g *gate) pace() {
	switch {
	case g.used > heavy && !g.eager:
		g.eager, g.before = true, debug.SetGCPercent(20)
	case g.used <= heavy && g.eager:
		g.eager = false
		debug.SetGCPercent(g.before)
	}
}

type waiter struct {
	cost int64
	in   chan struct{} // closed when it may go on
}

// enter waits until cost bytes of budget are free and returns what gives them
// back. Who needs more than there is comes in alone.
func (g *gate) enter(ctx context.Context, cost, budget int64) (leave func(), err error) {
	cost = min(cost, budget)
	leave = func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.used -= cost
		for len(g.queue) > 0 && g.used+g.queue[0].cost <= budget {
			g.used += g.queue[0].cost
			close(g.queue[0].in)
			g.queue = g.queue[1:]
		}
		g.pace()
	}
	g.mu.Lock()
	if len(g.queue) == 0 && g.used+cost <= budget {
		g.used += cost
		g.pace()
		g.mu.Unlock()
		return leave, nil
	}
	w := &waiter{cost, make(chan struct{})}
	g.queue = append(g.queue, w)
	g.mu.Unlock()
	select {
	case <-w.in:
		return leave, nil
	case <-ctx.Done():
	}
	g.mu.Lock()
	for i, q := range g.queue {
		if q == w {
			g.queue = append(g.queue[:i:i], g.queue[i+1:]...)
			g.mu.Unlock()
			return nil, ctx.Err()
		}
	}
	g.mu.Unlock()
	leave() // it was let in at the same moment
	return nil, ctx.Err()
}
