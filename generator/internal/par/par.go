// Package par holds the only way a build does two things at once.
package par

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// Map applies f to every item with at most GOMAXPROCS calls at a time. Results
// come in the order of in, whatever finished first; of several errors the one
// of the lowest index is returned, so a failing build fails the same way twice.
// When ctx ends, items not begun are left out and ctx's error is returned.
func Map[T, R any](ctx context.Context, in []T, f func(context.Context, T) (R, error)) ([]R, error) {
	out := make([]R, len(in))
	errs := make([]error, len(in))
	workers := min(runtime.GOMAXPROCS(0), len(in))
	var next atomic.Int64
	work := func() {
		for {
			i := int(next.Add(1)) - 1
			if i >= len(in) || ctx.Err() != nil {
				return
			}
			out[i], errs[i] = f(ctx, in[i])
		}
	}
	if workers <= 1 {
		work()
	} else {
		var wg sync.WaitGroup
		for range workers {
			wg.Go(work)
		}
		wg.Wait()
	}
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return out, ctx.Err()
}

// Do runs steps beside one another and returns the error of the first that fails, in
// their order.
func Do(ctx context.Context, steps ...func() error) error {
	_, err := Map(ctx, steps, func(_ context.Context, step func() error) (none struct{}, err error) { return none, step() })
	return err
}
