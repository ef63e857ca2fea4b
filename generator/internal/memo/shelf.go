package memo

import "sync"

// A Shelf remembers one result for each name, together with what it was made
// of. It answers without hashing: the new input is compared with the old one,
// which costs next to nothing where both share their strings. It is safe for
// concurrent use; its zero value is ready, and a nil Shelf remembers nothing.
type Shelf[I, V any] struct {
	Verify func(name string, old, again V) // when set, hits are computed again and handed over to be compared

	mu    sync.Mutex
	kept  map[string]kept[I, V]
	round int
}

type kept[I, V any] struct {
	in    I
	value V
	round int // the last build that asked for it
}

// Get returns what f makes of in, or the result that name has from an input
// that is the same. f must be pure, and neither in nor the result may be changed
// afterwards. Errors are not remembered.
func (s *Shelf[I, V]) Get(name string, in I, same func(old, now I) bool, f func() (V, error)) (V, error) {
	if s == nil {
		return f()
	}
	s.mu.Lock()
	k, known := s.kept[name]
	verify := s.Verify
	s.mu.Unlock()
	if known && same(k.in, in) {
		s.put(name, k.in, k.value)
		if verify != nil {
			if again, err := f(); err == nil {
				verify(name, k.value, again)
			}
		}
		return k.value, nil
	}
	v, err := f()
	if err == nil {
		s.put(name, in, v)
	}
	return v, err
}

// Last returns the input of the result that is remembered for name.
func (s *Shelf[I, V]) Last(name string) (in I, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, ok := s.kept[name]
	return k.in, ok
}

func (s *Shelf[I, V]) put(name string, in I, v V) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil {
		s.kept = map[string]kept[I, V]{}
	}
	s.kept[name] = kept[I, V]{in, v, s.round}
}

// Turn begins a new build: what the two builds before it did not ask for is
// forgotten.
func (s *Shelf[I, V]) Turn() {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, k := range s.kept {
		if k.round < s.round-1 {
			delete(s.kept, name)
		}
	}
	s.round++
}
