package memo

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestKeyPartsDoNotRunTogether(t *testing.T) {
	a := NewKey("s", 1).Text("ab").Text("c").Key()
	b := NewKey("s", 1).Text("a").Text("bc").Key()
	if a == b {
		t.Error("two lists of parts have one key")
	}
	if a == NewKey("s", 2).Text("ab").Text("c").Key() {
		t.Error("the version is not in the key")
	}
}

func TestTableComputesOnce(t *testing.T) {
	var table Table[int]
	var calls atomic.Int32
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			if v := table.Get(NewKey("x", 1).Key(), func() int { calls.Add(1); return 7 }); v != 7 {
				t.Errorf("got %d", v)
			}
		})
	}
	wg.Wait()
	if calls.Load() != 1 {
		t.Errorf("computed %d times", calls.Load())
	}
}

func TestTableForgetsWhatTwoBuildsDidNotUse(t *testing.T) {
	var table Table[int]
	table.Get(NewKey("old", 1).Key(), func() int { return 1 })
	for range 3 {
		table.Turn()
		table.Get(NewKey("used", 1).Key(), func() int { return 2 })
	}
	if table.Len() != 1 {
		t.Errorf("%d values remembered, want 1", table.Len())
	}
}

func TestTableDrops(t *testing.T) {
	var table Table[int]
	n := 0
	for range 3 {
		if got := table.Get(NewKey("x", 1).Key(), func() int { n++; return n }); got != n {
			t.Errorf("got %d, want %d", got, n)
		}
		table.Drop(NewKey("x", 1).Key())
	}
	if n != 3 || table.Len() != 0 {
		t.Errorf("computed %d times, %d values remembered", n, table.Len())
	}
}

func TestTableVerify(t *testing.T) {
	var differ bool
	table := Table[int]{Verify: func(old, again int) { differ = old != again }}
	n := 0
	impure := func() int { n++; return n }
	table.Get(NewKey("x", 1).Key(), impure)
	table.Get(NewKey("x", 1).Key(), impure)
	if !differ {
		t.Error("an impure function passed")
	}
}

func TestDisk(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "cache")
	now := time.Now()
	d := NewDisk(dir, now, false)
	k := NewKey("x", 1).Key()
	calls := 0
	make := func(context.Context) ([]byte, error) { calls++; return []byte("picture"), nil }
	for range 2 {
		b, err := d.Bytes(t.Context(), k, make)
		if err != nil || string(b) != "picture" {
			t.Fatalf("got %q, %v", b, err)
		}
	}
	if calls != 1 {
		t.Errorf("computed %d times", calls)
	}
	name := filepath.Join(dir, k.String()[:2], k.String()[2:])
	b, _ := os.ReadFile(name)
	b[0] ^= 1
	os.WriteFile(name, b, 0o666)
	if got, _ := d.Bytes(t.Context(), k, make); string(got) != "picture" || calls != 2 {
		t.Errorf("a spoilt file gave %q after %d calls", got, calls)
	}
	other := NewDisk(dir, now, true)
	if _, err := other.Bytes(t.Context(), k, func(context.Context) ([]byte, error) { return []byte("other"), nil }); !errors.Is(err, errDiffers) {
		t.Errorf("verify: %v", err)
	}
	if err := NewDisk(dir, now.Add(40*24*time.Hour), false).Trim(30 * 24 * time.Hour); err != nil {
		t.Fatal(err)
	}
	if d.Has(k) {
		t.Error("an old result was kept")
	}
}
