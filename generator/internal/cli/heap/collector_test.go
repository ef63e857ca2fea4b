package heap

import (
	"runtime"
	"runtime/debug"
	"slices"
	"testing"
	"time"
)

// TestDue: garbage is due when there is three quarters as much as what is live, and enough.
func TestDue(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	c := Begin()
	debug.SetGCPercent(-1)
	live := make([]byte, 32<<20)
	runtime.GC()
	if due() {
		t.Error("due at once after it was collected")
	}
	few := make([]byte, floor+1<<20)
	if due() {
		t.Error("due when there is half as much garbage as what is live")
	}
	more := make([]byte, 12<<20)
	if !due() {
		t.Error("not due when there is nearly as much garbage as what is live")
	}
	if r := c.Rest(); !r.Due() {
		t.Error("no rest is due then")
	} else if c.Brief(); r.Due() {
		t.Error("a rest is due when little is made")
	}
	runtime.KeepAlive(live)
	runtime.KeepAlive(few)
	runtime.KeepAlive(more)
}

// TestPhase hands the phases on, and has the runtime collect once there are records and
// texts, but not before the rests.
func TestPhase(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	var none *Collector
	for _, c := range []*Collector{none, Begin()} {
		var got []string
		tell := c.Phase(func(name string) { got = append(got, name) })
		phases := []string{"load", "derive", "media", "render", "publish"}
		for _, name := range phases {
			tell(name)
		}
		if !slices.Equal(got, phases) {
			t.Errorf("told of %q", got)
		}
	}
	if allowed := allowed(); allowed < spare || allowed >= early {
		t.Errorf("the runtime collects when there are %d MB of garbage", allowed>>20)
	}
}

// TestBrief: when little will be made the runtime goes on collecting seldom.
func TestBrief(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	c := Begin()
	tell := c.Phase(func(string) {})
	tell("load")
	c.Brief()
	tell("media")
	if allowed := allowed(); allowed < early/100*99 {
		t.Errorf("the runtime collects when there are %d MB of garbage", allowed>>20)
	}
	var none *Collector
	none.Brief()
}

// TestAllow: garbage may grow to what is allowed, and the runtime comes then.
func TestAllow(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	runtime.GC()
	allow(spare)
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	fill := func(n int) {
		for range n >> 20 {
			runtime.KeepAlive(make([]byte, 1<<20))
		}
	}
	fill(spare / 2)
	if runtime.ReadMemStats(&now); now.NumGC != before.NumGC {
		t.Error("the runtime came early")
	}
	fill(2 * spare)
	if runtime.ReadMemStats(&now); now.NumGC == before.NumGC {
		t.Error("the runtime did not come")
	}
}

// allowed returns how much garbage the runtime allows.
func allowed() uint64 {
	_, live := read()
	percent := debug.SetGCPercent(100)
	return uint64(percent) * max(live, least) / 100
}

// TestFollow: when the runtime has come by itself, what it allows goes by what is live.
func TestFollow(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	c := Begin()
	debug.SetGCPercent(1 << 20) // as if nothing had been live
	for range 100 {
		runtime.GC()
		if allowed() < early {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("the runtime goes on allowing what it did")
	runtime.KeepAlive(c)
}
