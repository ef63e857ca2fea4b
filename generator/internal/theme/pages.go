package theme

import (
	"bytes"

	"uccn/generator/internal/memo"
)

// Pages remembers the pages of the builds of a session: what each was made of,
// and its bytes. Its zero value is ready, and nil remembers nothing.
type Pages struct {
	comparer memo.Comparer
	shelf    memo.Shelf[made, []byte]
}

// made is all that a page is made of.
type made struct {
	theme *Theme
	name  string // of the template
	page  any
}

// Render executes the template name of t for the page that will stand at path,
// unless the same theme and the same page struct have already made it. Neither
// the struct nor the bytes may be changed afterwards.
func (p *Pages) Render(t *Theme, path, name string, page any) ([]byte, error) {
	render := func() ([]byte, error) {
		var b bytes.Buffer
		b.Grow(16 << 10)
		if err := t.Render(&b, name, page); err != nil {
			return nil, err
		}
		return b.Bytes(), nil
	}
	if p == nil {
		return render()
	}
	return p.shelf.Get(path, made{t, name, page}, func(old, now made) bool {
		return old.theme == now.theme && old.name == now.name && p.comparer.Same(old.page, now.page)
	}, render)
}

// Turn begins a new build: pages that two builds did not ask for are forgotten.
func (p *Pages) Turn() {
	if p != nil {
		p.shelf.Turn()
	}
}

// Verify makes p render again what it remembers and hand over the path of each
// page that came out differently. Call it before the first Render.
func (p *Pages) Verify(differs func(path string)) {
	p.shelf.Verify = func(path string, old, again []byte) {
		if !bytes.Equal(old, again) {
			differs(path)
		}
	}
}
