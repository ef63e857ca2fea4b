package searchindex

import (
	"maps"
	"strconv"

	"uccn/generator/internal/memo"
)

// Memory remembers the words of the documents of the index before. Its zero
// value is ready, and nil remembers nothing.
type Memory struct {
	comparer memo.Comparer
	shelf    memo.Shelf[Document, map[string]int]
}

// Verify makes m count again the words that it remembers and hand over the address of
// each document whose words come out differently: a difference is a bug.
func (m *Memory) Verify(differs func(document string)) {
	m.shelf.Verify = func(name string, old, again map[string]int) {
		if !maps.Equal(old, again) {
			differs(name)
		}
	}
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
