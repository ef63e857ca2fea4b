package press

import (
	"maps"
	"runtime"
	"slices"
	"sync"

	"uccn/generator/internal/typeset"
)

// A Memory keeps what one making of a book learnt for the next: words as they
// are drawn, and where everything stood, which is where most of it will stand
// again. It is for the makings of one book, in fonts that stay the same.
type Memory struct {
	composers chan *typeset.Composer // as many as there are cores

	mu      sync.Mutex
	units   []string
	first   []int
	numbers map[string]int
}

// NewMemory returns a memory of nothing.
func NewMemory() *Memory {
	m := &Memory{composers: make(chan *typeset.Composer, runtime.GOMAXPROCS(0))}
	for _, c := range typeset.NewComposers(cap(m.composers)) {
		m.composers <- c
	}
	return m
}

// recall returns where the units began and what stood where. known is false when
// the units are others than before, or when there was no time before: the units
// are then taken for one page each.
func (m *Memory) recall(units []Unit) (first []int, numbers map[string]int, known bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if slices.Equal(names(units), m.units) {
		return slices.Clone(m.first), maps.Clone(m.numbers), true
	}
	for i := range units {
		first = append(first, i+1)
	}
	return first, map[string]int{}, false
}

func (m *Memory) keep(units []Unit, first []int, numbers map[string]int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.units, m.first, m.numbers = names(units), slices.Clone(first), maps.Clone(numbers)
}

func names(units []Unit) []string {
	out := make([]string, len(units))
	for i, u := range units {
		out[i] = u.Name
	}
	return out
}
