package par

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
	"time"
)

func TestMapKeepsOrder(t *testing.T) {
	in := make([]int, 200)
	for i := range in {
		in[i] = i
	}
	got, err := Map(t.Context(), in, func(_ context.Context, i int) (int, error) {
		time.Sleep(time.Duration(200-i) * time.Microsecond)
		return i * i, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range got {
		if v != i*i {
			t.Fatalf("result %d is %d", i, v)
		}
	}
}

func TestMapReturnsTheFirstErrorByPlace(t *testing.T) {
	_, err := Map(t.Context(), []int{0, 1, 2, 3}, func(_ context.Context, i int) (int, error) {
		if i == 1 {
			time.Sleep(5 * time.Millisecond)
		}
		return 0, fmt.Errorf("item %d", i)
	})
	if err == nil || err.Error() != "item 0" {
		t.Errorf("got %v, want item 0", err)
	}
}

func TestMapStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	begun := make(chan int, 1000)
	_, err := Map(ctx, slices.Repeat([]int{1}, 1000), func(context.Context, int) (int, error) {
		begun <- 1
		cancel()
		return 0, nil
	})
	if !errors.Is(err, context.Canceled) || len(begun) == 1000 {
		t.Errorf("err %v after %d items", err, len(begun))
	}
}

// TestRest lets work pile up: the rest comes when it is due, once, and while nobody works.
func TestRest(t *testing.T) {
	var working, done, rests atomic.Int64
	rest := &Rest{
		Due: func() bool { return done.Load() >= 10 },
		Take: func() {
			if n := working.Load(); n != 0 {
				t.Errorf("%d work during a rest", n)
			}
			rests.Add(1)
			done.Store(0)
		},
	}
	_, err := Map(t.Context(), make([]int, 1000), func(context.Context, int) (none struct{}, err error) {
		rest.Work(func() {
			working.Add(1)
			done.Add(1)
			runtime.Gosched()
			working.Add(-1)
		})
		return none, nil
	})
	if err != nil || rests.Load() < 1000/(10+int64(runtime.GOMAXPROCS(0))) || rests.Load() > 100 {
		t.Errorf("%d rests, %v", rests.Load(), err)
	}
	worked := false
	(*Rest)(nil).Work(func() { worked = true })
	if !worked {
		t.Error("no work without rests")
	}
}

// TestDo runs all steps and returns the first error by their order.
func TestDo(t *testing.T) {
	var ran atomic.Int64
	step := func(err error) func() error { return func() error { ran.Add(1); return err } }
	late := errors.New("late")
	if err := Do(t.Context(), step(nil), step(late), step(errors.New("later"))); !errors.Is(err, late) || ran.Load() != 3 {
		t.Errorf("%v after %d steps", err, ran.Load())
	}
	if err := Do(t.Context()); err != nil {
		t.Error(err)
	}
}
