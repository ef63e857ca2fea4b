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

	percent int // how early garbage is collected; 0: as before
	before  int
}

// heavy is the bytes in use from which garbage is collected earlier, two times as many
// those from which it is early: what is drawn from a large picture is soon garbage, and
// would add up to another such picture.
const heavy = 64 << 20

// pace settles how early garbage is collected. It goes back to how it was only when
// no picture is in hand, because to change it the runtime waits for encoders. mu is held.
func (g *gate) pace() {
	percent := 0
	switch {
	case g.used > 2*heavy:
		percent = 20
	case g.used > heavy || g.used > 0 && g.percent > 0:
		percent = 50
	}
	switch {
	case percent == g.percent:
		return
	case percent == 0:
		debug.SetGCPercent(g.before)
	case g.percent == 0:
		g.before = debug.SetGCPercent(percent)
	default:
		debug.SetGCPercent(percent)
	}
	g.percent = percent
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
