package theme

import (
	"bytes"

	"uccn/generator/internal/memo"
	"uccn/generator/internal/theme/weave"
)

// Pages remembers the pages of the builds of a session: what each was made of,
// and its bytes. Its zero value is ready, and nil remembers nothing.
type Pages struct {
	comparer memo.Comparer
	shelf    memo.Shelf[made, []byte]
	differs  func(path string) // see Verify
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
	if p == nil {
		return t.write(name, page)
	}
	return p.shelf.Get(path, made{t, name, page}, func(old, now made) bool {
		return old.theme == now.theme && old.name == now.name && p.comparer.Same(old.page, now.page)
	}, func() ([]byte, error) {
		b, err := t.write(name, page)
		if err == nil && p.differs != nil {
			var judge bytes.Buffer
			if err := t.Render(&judge, name, page); err != nil || !weave.Same(b, judge.Bytes()) {
				p.differs(path)
			}
		}
		return b, err
	})
}

// write executes a template: compiled, or by html/template where it is not, and
// where it fails, for html/template's message.
func (t *Theme) write(name string, page any) ([]byte, error) {
	if k := t.compiled(name); k != nil {
		buf, _ := t.buffers.Get().(*[]byte)
		if buf == nil {
			buf = new([]byte)
		}
		b, err := k.Append((*buf)[:0], page)
		if *buf = b; err == nil {
			b = bytes.Clone(b) // as long as the page
		}
		t.buffers.Put(buf)
		if err == nil {
			return b, nil
		}
	}
	var b bytes.Buffer
	err := t.Render(&b, name, page)
	return b.Bytes(), err
}

// compiled returns a template as it was compiled; nil where it was not.
func (t *Theme) compiled(name string) *weave.Template {
	compile := t.woven[name]
	if compile == nil {
		return nil
	}
	k, _ := compile()
	return k
}

// Turn begins a new build: pages that two builds did not ask for are forgotten.
func (p *Pages) Turn() {
	if p != nil {
		p.shelf.Turn()
	}
}

// Verify makes p render by html/template as well what it renders, and again what
// it remembers, and hand over the path of each page that came out differently.
// Call it before the first Render.
func (p *Pages) Verify(differs func(path string)) {
	p.differs = differs
	p.shelf.Verify = func(path string, old, again []byte) {
		if !bytes.Equal(old, again) {
			differs(path)
		}
	}
}
