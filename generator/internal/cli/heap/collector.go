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
	brief atomic.Bool
}

const (
	early = 256 << 20 // what may be allocated while records and texts are read, of which little is garbage
	spare = 64 << 20  // garbage that small sites may make before the runtime comes by itself
	floor = 16 << 20  // garbage that is worth collecting
	least = 4 << 20   // the runtime's percentage is of what is live, or of this
)

// Begin begins to serve. Nothing of the build may have begun.
func Begin() *Collector {
	c := new(Collector)
	allow(early)
	c.follow()
	return c
}

// follow has what is allowed after a collection of the runtime's own go by what was live then:
// a percentage that allows enough before the first allows far too much after it.
func (c *Collector) follow() {
	runtime.AddCleanup(&mark{c}, func(c *Collector) {
		if !c.brief.Load() {
			rested()
		}
		c.follow()
	}, c)
}

// A mark is garbage at once, and so shows that garbage was collected.
type mark struct{ of *Collector }

// allow lets the runtime collect by itself when there is so much garbage; before the first
// collection all that is allocated counts.
func allow(garbage uint64) {
	_, live := read()
	debug.SetGCPercent(int(min(100*garbage/max(live, least), 1<<20)))
}

// Brief says that little will be made: looking for garbage would take longer than that,
// and what is made beside records and texts takes little memory.
func (c *Collector) Brief() {
	if c != nil {
		c.brief.Store(true)
		heap, _ := read()
		allow(max(early, 4*heap))
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
		if c.brief.Load() || name == "load" || name == "derive" {
			return
		}
		if due() {
			runtime.GC()
		}
		rested()
	}
}

// Rest returns the rests of the build.
func (c *Collector) Rest() *par.Rest {
	return &par.Rest{Due: func() bool { return !c.brief.Load() && due() }, Take: func() {
		runtime.GC()
		rested()
	}}
}

// rested has the runtime not come before the next rest.
func rested() {
	_, live := read()
	allow(max(live/2*3, spare))
}

// due reports whether there is garbage enough: three quarters of what is live.
func due() bool {
	heap, live := read()
	return heap > live+max(floor, live/4*3)
}

// read returns how large the heap is and how much was live after the last collection.
func read() (heap, live uint64) {
	s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/gc/heap/live:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64(), s[1].Value.Uint64()
}
