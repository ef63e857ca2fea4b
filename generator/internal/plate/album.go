package plate

import "uccn/generator/internal/memo"

// An Album remembers plates by their subjects. Its zero value is ready, and nil
// remembers nothing.
type Album struct{ drawn memo.Map[Subject, []byte] }

// SVG is the function SVG. The bytes must not be changed.
func (a *Album) SVG(s Subject) []byte {
	if a == nil {
		return SVG(s)
	}
	return a.drawn.Get(s, func() []byte { return SVG(s) })
}

// Turn begins a new build: plates that two builds did not ask for are forgotten.
func (a *Album) Turn() { a.drawn.Turn() }
