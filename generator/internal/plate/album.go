package plate

import (
	"bytes"

	"uccn/generator/internal/memo"
)

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

// Verify makes a draw again what it remembers and call differs for a plate that comes
// out differently: a difference is a bug.
func (a *Album) Verify(differs func(what string)) {
	a.drawn.Verify = func(old, again []byte) {
		if !bytes.Equal(old, again) {
			differs("plate")
		}
	}
}

// Turn begins a new build: plates that two builds did not ask for are forgotten.
func (a *Album) Turn() { a.drawn.Turn() }
