// Package heap readies the memory in which a site or a book is made once, and has
// garbage collected when a build rests.
//
// With the machine to itself the collector of the runtime is done in a fraction of
// the time, and what is garbage by then does not count as live: beside a busy build it
// finds a half more in use than there is, and lets the heap grow twice as far. The
// runtime goes on collecting by itself where there are no rests.
package heap

import (
	"runtime"
	"strings"
	"unsafe"
)

// ballast is memory that is in use by name and never touched: garbage is first
// collected when there is as much of it again. What a book that is made once is made
// of stays in use to the end, so that collecting early finds little.
const ballast = 48 << 20

// Hold holds the ballast. Call what it returns when all is made.
func Hold() (made func()) {
	heavy := untouched(ballast)
	return func() { runtime.KeepAlive(heavy) }
}

// untouched returns n bytes of which only the first is written: make clears what
// it gives where the runtime does not know that it is new.
func untouched(n int) []byte {
	var b strings.Builder
	b.Grow(n)
	b.WriteByte(0)
	return unsafe.Slice(unsafe.StringData(b.String()), n)
}
