package booklet

import (
	"sync"

	"uccn/generator/internal/memo"
	"uccn/generator/internal/render/booklet/press"
	"uccn/generator/internal/render/ink"
	"uccn/generator/internal/typeset/font"
)

// A Studio keeps what the books of a build share and, for previews, what one
// build learnt for the next: fonts, words and plates as they are drawn, and where
// everything stood. Its zero value is ready.
type Studio struct {
	plates ink.Album

	mu    sync.Mutex
	key   memo.Key // of the fonts
	fonts *font.Set
	books map[string]*press.Memory // by name
}

// open returns the fonts, read once, and what is remembered of a book in them.
func (s *Studio) open(c *ink.Case, name string) (font.Set, *press.Memory, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fonts == nil || s.key != c.Key {
		set, err := c.Fonts()
		if err != nil {
			return font.Set{}, nil, err
		}
		s.key, s.fonts, s.books = c.Key, &set, map[string]*press.Memory{}
	}
	if s.books[name] == nil {
		s.books[name] = press.NewMemory()
	}
	return *s.fonts, s.books[name], nil
}
