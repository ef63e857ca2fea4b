package heap

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"

	"uccn/generator/internal/par"
)

// A Collector serves a build that is the only one of its process.
type Collector struct{}

// slack is how much garbage there may be besides half of what is live, and before
// anything is collected at all.
const slack = 16 << 20

// Begin begins to serve. Nothing of the build may have begun.
func Begin() *Collector {
	debug.SetGCPercent(2000) // while records and texts are read there is little garbage
	return &Collector{}
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
			collect()
		}
	}
}

// Rest returns the rests of the build.
func (c *Collector) Rest() *par.Rest { return &par.Rest{Due: due, Take: collect} }

// due reports whether there is garbage enough.
func due() bool {
	heap, live := read()
	return heap > live+live/2+slack
}

// collect collects garbage. The runtime is to do so by itself when there is
// twice as much as is due.
func collect() {
	runtime.GC()
	_, live := read()
	debug.SetGCPercent(100 + int(100*2*slack/max(live, 1)))
}

// read returns how large the heap is and how much was live after the last collection.
func read() (heap, live uint64) {
	s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/gc/heap/live:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64(), s[1].Value.Uint64()
}
