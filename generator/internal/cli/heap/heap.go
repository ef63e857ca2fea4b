// Package heap readies the memory in which a site or a book is made once.
package heap

import (
	"runtime"
	"runtime/debug"
	"strings"
	"unsafe"
)

const (
	// ballast is memory that is in use by name and never touched: garbage is first
	// collected when there is as much of it again. What something that is made once
	// is made of stays in use to the end, so that collecting early finds little.
	ballast = 48 << 20

	// room is where what is made comes to stand, asked for in large pages: the
	// system gives memory in hundreds of pieces then, not in one for each 4 kB.
	room = 192 << 20
)

// Hold holds the ballast. Call what it returns when all is made.
func Hold() (made func()) {
	heavy := untouched(ballast)
	return func() { runtime.KeepAlive(heavy) }
}

// Ready is Hold, with room for a site.
func Ready() (made func()) {
	percent := debug.SetGCPercent(-1) // what is asked for here is no garbage yet
	made = Hold()
	enlarge(untouched(room))
	debug.SetGCPercent(percent)
	runtime.GC() // the room is free again, and still of large pages
	return made
}

// untouched returns n bytes of which only the first is written: make clears what
// it gives where the runtime does not know that it is new.
func untouched(n int) []byte {
	var b strings.Builder
	b.Grow(n)
	b.WriteByte(0)
	return unsafe.Slice(unsafe.StringData(b.String()), n)
}
