package heap

import (
	"runtime"
	"runtime/debug"
	"slices"
	"testing"
)

// TestDue: garbage is due when there is as much as what is live without the ballast, and enough.
func TestDue(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	c := Begin()
	debug.SetGCPercent(-1)
	runtime.GC()
	if due() {
		t.Error("due at once after it was collected")
	}
	_, live := read()
	if live < weight {
		t.Errorf("%d bytes are live beside the ballast", live)
	}
	own := live - weight
	few, rest := make([]byte, floor-1<<20), make([]byte, own+2<<20)
	if !due() {
		t.Error("not due when there is more garbage than what is live")
	}
	if r := c.Rest(); !r.Due() {
		t.Error("no rest is due then")
	} else if c.Brief(); r.Due() {
		t.Error("a rest is due when little is made")
	}
	runtime.KeepAlive(few)
	runtime.KeepAlive(rest)
	runtime.KeepAlive(c)
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
	if p := debug.SetGCPercent(100); p == 400 {
		t.Error("the runtime puts collecting off to the end")
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
	if p := debug.SetGCPercent(100); p != 400 {
		t.Errorf("garbage is collected at %d per cent", p)
	}
	var none *Collector
	none.Brief()
}
