package par

import "sync"

// A Rest is a pause that workers take together, when it is due: what is done
// then has the machine to itself. A nil Rest is never due.
type Rest struct {
	Due  func() bool // asked after each piece of work; cheap, and safe for concurrent use
	Take func()      // called while nobody works

	mu sync.RWMutex
}

// Work does a piece of work, and takes the rest after it if that is due. A piece
// of work must not hold another.
func (r *Rest) Work(f func()) {
	if r == nil {
		f()
		return
	}
	r.mu.RLock()
	f()
	r.mu.RUnlock()
	if !r.Due() {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.Due() { // still, when all have come
		r.Take()
	}
}
