package heap

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"

	"uccn/generator/internal/par"
)

// A Collector serves a build that is the only one of its process.
type Collector struct{ ballast []byte }

// weight is the ballast of a build: the runtime collects by itself when there is as
// much garbage as what is live, and so much more.
const weight = 32 << 20

// Begin begins to serve. Nothing of the build may have begun.
func Begin() *Collector {
	c := &Collector{untouched(weight)}
	debug.SetGCPercent(400) // while records and texts are read there is little garbage
	return c
}

// Phase returns what is to be called when a phase begins, with nothing else under
// way; it calls then. A nil Collector adds nothing.
func (c *Collector) Phase(then func(string)) func(string) {
	if c == nil {
		return then
	}
	return func(name string) {
		then(name)
		if name == "media" || name != "load" && name != "derive" && due() {
			debug.SetGCPercent(100)
			runtime.GC()
		}
		runtime.KeepAlive(c.ballast)
	}
}

// Rest returns the rests of the build.
func (c *Collector) Rest() *par.Rest { return &par.Rest{Due: due, Take: runtime.GC} }

// due reports whether there is garbage enough: half of what is live, with the ballast.
func due() bool {
	heap, live := read()
	return heap > live+live/2
}

// read returns how large the heap is and how much was live after the last collection.
func read() (heap, live uint64) {
	s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/gc/heap/live:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64(), s[1].Value.Uint64()
}
