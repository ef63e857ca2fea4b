package heap

import (
	"runtime"
	"runtime/debug"
	"slices"
	"testing"
)

// TestDue: garbage is due when there is as much as the slack and half of what is live.
func TestDue(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	collect()
	debug.SetGCPercent(-1)
	if due() {
		t.Error("due at once after it was collected")
	}
	_, live := read()
	b := make([]byte, slack+live)
	if !due() {
		t.Error("not due when the heap has doubled")
	}
	runtime.KeepAlive(b)
}

// TestPhase hands the phases on, and has the runtime collect as it does once there
// are records and texts.
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
	if p := debug.SetGCPercent(100); p == 2000 {
		t.Error("the runtime puts collecting off to the end")
	}
}
