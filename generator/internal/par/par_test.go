package par

import (
	"context"
	"errors"
	"fmt"
	"slices"
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
