package heap

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"

	"uccn/generator/internal/par"
)

// A Collector serves a build that is the only one of its process.
type Collector struct {
	ballast []byte
	brief   atomic.Bool
}

// weight is the ballast of a build: the runtime collects by itself when there is as
// much garbage as what is live, and so much more.
const weight = 32 << 20

// floor is how much garbage is worth collecting.
const floor = 16 << 20

// Begin begins to serve. Nothing of the build may have begun.
func Begin() *Collector {
	c := &Collector{ballast: untouched(weight)}
	debug.SetGCPercent(400) // while records and texts are read there is little garbage
	return c
}

// Brief says that little will be made: looking for garbage would take longer than that,
// and what is made beside records and texts takes little memory.
func (c *Collector) Brief() {
	if c != nil {
		c.brief.Store(true)
	}
}

// Phase returns what is to be called when a phase begins, with nothing else under
// way; it calls then. A nil Collector adds nothing.
func (c *Collector) Phase(then func(string)) func(string) {
	if c == nil {
		return then
	}
	return func(name string) {
		then(name)
		defer runtime.KeepAlive(c.ballast)
		if c.brief.Load() {
			return
		}
		if name != "load" && name != "derive" {
			if due() {
				runtime.GC()
			}
			debug.SetGCPercent(100) // not before: it would begin to collect
		}
	}
}

// Rest returns the rests of the build. Once one was taken, until the next phase, the
// runtime does not come before them.
func (c *Collector) Rest() *par.Rest {
	return &par.Rest{Due: func() bool { return !c.brief.Load() && due() }, Take: func() {
		debug.SetGCPercent(150)
		runtime.GC()
	}}
}

// due reports whether there is garbage enough: three quarters of what is live without the ballast.
func due() bool {
	heap, live := read()
	return heap > live+max(floor, (live-min(live, weight))/4*3)
}

// read returns how large the heap is and how much was live after the last collection.
func read() (heap, live uint64) {
	s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/gc/heap/live:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64(), s[1].Value.Uint64()
}
