package markdown

import "slices"

// A slab hands out values of one type from blocks of memory, each twice as large
// as the one before, so that the many small parts of a text are few for the
// collector. A block lives as long as any part of it.
type slab[T any] struct {
	free []T
	size int // of the last block
}

const (
	smallSlab = 4
	largeSlab = 32
)

func (s *slab[T]) room(n int) {
	if len(s.free) < n {
		s.size = min(max(smallSlab, 2*s.size), largeSlab)
		s.free = make([]T, s.size)
	}
}

// put returns the place of a copy of v.
func (s *slab[T]) put(v T) *T {
	s.room(1)
	p := &s.free[0]
	*p, s.free = v, s.free[1:]
	return p
}

// list returns a copy of vs, which is not to be added to.
func (s *slab[T]) list(vs []T) []T {
	if len(vs) > smallSlab {
		return slices.Clone(vs)
	}
	s.room(len(vs))
	out := s.free[:len(vs):len(vs)]
	copy(out, vs)
	s.free = s.free[len(vs):]
	return out
}
