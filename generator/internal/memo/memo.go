// Package memo remembers the results of pure functions by everything they
// read: in memory for the next build of a session, on disk for the next run.
package memo

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"math"
	"sync"
)

// Key names one computation by a hash of all it reads.
type Key [32]byte

// String returns the key in hexadecimal, 64 characters.
func (k Key) String() string { return hex.EncodeToString(k[:]) }

// Short returns the first 16 characters of the key, enough for a file name.
func (k Key) Short() string { return hex.EncodeToString(k[:8]) }

// A Builder hashes the parts of a key. Every part is written with its length,
// so that no two lists of parts collide by running together.
type Builder struct {
	h    hash.Hash
	wait []byte // to be hashed
}

// together is how many bytes are hashed at a time: most parts are small.
const together = 512

// NewKey begins the key of a stage; version changes when the stage's code
// changes what it makes of the same input.
func NewKey(stage string, version int) *Builder {
	b := &Builder{h: sha256.New()}
	return b.Text(stage).Int(int64(version))
}

// Text adds a string.
func (b *Builder) Text(s string) *Builder {
	b.Int(int64(len(s)))
	if len(s) > together {
		b.flush()
		b.h.Write([]byte(s))
		return b
	}
	b.wait = append(b.wait, s...)
	return b
}

// Bytes adds a byte string.
func (b *Builder) Bytes(p []byte) *Builder {
	b.Int(int64(len(p)))
	if len(p) > together {
		b.flush()
		b.h.Write(p)
		return b
	}
	b.wait = append(b.wait, p...)
	return b
}

// Int adds a number.
func (b *Builder) Int(n int64) *Builder {
	if len(b.wait) > together {
		b.flush()
	}
	b.wait = binary.LittleEndian.AppendUint64(b.wait, uint64(n))
	return b
}

// Float adds a number by its bits.
func (b *Builder) Float(f float64) *Builder { return b.Int(int64(math.Float64bits(f))) }

// Flag adds a truth value.
func (b *Builder) Flag(f bool) *Builder {
	if f {
		return b.Int(1)
	}
	return b.Int(0)
}

// Key ends the key.
func (b *Builder) Key() Key {
	b.flush()
	return Key(b.h.Sum(nil))
}

func (b *Builder) flush() {
	b.h.Write(b.wait)
	b.wait = b.wait[:0]
}

// A Table is a Map by the keys of its computations.
type Table[V any] = Map[Key, V]

// A Map remembers values in memory by all that they are made of. It is safe for
// concurrent use; its zero value is ready. Values must not be changed by who
// gets them.
type Map[K comparable, V any] struct {
	Verify func(old, again V) // when set, hits are computed again and handed over to be compared

	mu      sync.Mutex
	entries map[K]*entry[V]
	round   int
}

type entry[V any] struct {
	once  sync.Once
	value V
	round int // the last build that asked for it
}

// Get returns the value of k, calling f for it once. f must be pure: what it
// returns may depend on nothing that k does not hold.
func (t *Map[K, V]) Get(k K, f func() V) V {
	t.mu.Lock()
	if t.entries == nil {
		t.entries = map[K]*entry[V]{}
	}
	e, hit := t.entries[k]
	if !hit {
		e = &entry[V]{}
		t.entries[k] = e
	}
	e.round = t.round
	t.mu.Unlock()
	e.once.Do(func() { e.value = f() })
	if hit && t.Verify != nil {
		t.Verify(e.value, f())
	}
	return e.value
}

// Drop forgets the value of k. Who asks for it again has it computed again.
func (t *Map[K, V]) Drop(k K) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.entries, k)
}

// Turn begins a new build: what the two builds before it did not ask for is
// forgotten, so that a long session stays small.
func (t *Map[K, V]) Turn() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for k, e := range t.entries {
		if e.round < t.round-1 {
			delete(t.entries, k)
		}
	}
	t.round++
}

// Len returns how many values are remembered.
func (t *Map[K, V]) Len() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.entries)
}
