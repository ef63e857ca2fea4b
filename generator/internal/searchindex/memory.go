package searchindex

import (
	"strconv"

	"uccn/generator/internal/memo"
)

// Memory remembers the words of the documents of the index before. Its zero
// value is ready, and nil remembers nothing.
type Memory struct {
	comparer memo.Comparer
	shelf    memo.Shelf[Document, map[string]int]
}

// Turn begins a new build: documents that two builds did not have are forgotten.
func (m *Memory) Turn() { m.shelf.Turn() }

// weights is the function weights, remembered by the document's address and all
// that it holds. The map must not be changed.
func (m *Memory) weights(i int, d Document) map[string]int {
	if m == nil {
		return weights(d)
	}
	name := d.Kind + strconv.Itoa(i)
	if len(d.Views) > 0 {
		name = d.Views[0].Path
	}
	words, _ := m.shelf.Get(name, d, func(old, now Document) bool { return m.comparer.Same(old, now) }, func() (map[string]int, error) { return weights(d), nil })
	return words
}
