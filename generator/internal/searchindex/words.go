package searchindex

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A merging joins what the blocks say of the words of one shard.
type merging struct {
	parts []*part
	slots []slot // as a counter's
	words []joint
	links []link
}

// joint is a word of several parts.
type joint struct {
	word
	first, last int32 // of its links
}

// link says where the postings of a word stand in a part.
type link struct{ part, at, docs, next int32 }

// wordFile writes the file of a shard. parts are those of all blocks, and docs
// is how many documents there are.
func wordFile(name string, parts []*part, docs int) File {
	m := merging{parts: parts}
	n, room := 0, 0
	for _, p := range parts {
		n, room = n+len(p.words), room+3*len(p.posts)
	}
	size := 16
	for size < 2*n {
		size *= 2
	}
	m.slots, m.links = make([]slot, size), make([]link, 0, n)
	for i, p := range parts {
		at := int32(0)
		for _, w := range p.words {
			m.add(w, link{int32(i), at, w.docs, -1})
			at += w.docs
		}
	}
	m.words = slices.DeleteFunc(m.words, func(w joint) bool { return docs > enough && int(w.docs)*100 > docs*common })
	slices.SortFunc(m.words, func(a, b joint) int { return strings.Compare(a.text, b.text) })
	b := append(begin(name, room+12*len(m.words)), '"')
	return end(name, append(m.entries(b), '"'))
}

func (m *merging) add(w word, l link) {
	n := int32(len(m.links))
	m.links = append(m.links, l)
	at := int(w.hash) & (len(m.slots) - 1)
	for ; m.slots[at].n != 0; at = (at + 1) & (len(m.slots) - 1) {
		if x := m.slots[at]; x.hash == w.hash {
			if j := &m.words[x.n-1]; j.text == w.text {
				j.docs += w.docs
				m.links[j.last].next, j.last = n, n
				return
			}
		}
	}
	m.words = append(m.words, joint{w, n, n})
	m.slots[at] = slot{w.hash, int32(len(m.words))}
}

// entries writes the words in their order. Letters, digits and marks need no
// escapes.
func (m *merging) entries(b []byte) []byte {
	before := ""
	for i := range m.words {
		w := &m.words[i]
		if i > 0 {
			b = append(b, ' ')
		}
		chars, bytes := shared(before, w.text)
		before = w.text
		b = strconv.AppendInt(b, int64(chars), 36)
		b = append(append(b, w.text[bytes:]...), ':')
		last := -1
		for at := w.first; at >= 0; at = m.links[at].next {
			l := &m.links[at]
			for _, p := range m.parts[l.part].posts[l.at : l.at+l.docs] {
				if last >= 0 {
					b = append(b, ',')
				}
				doc := int(l.part)*blockDocs + int(p.doc)
				b = strconv.AppendInt(b, int64(doc-last-1), 36)
				if p.weight > 1 {
					b = append(b, '*', '0'+p.weight)
				}
				last = doc
			}
		}
	}
	return b
}

// shared returns how many characters, and bytes, two words begin with alike.
func shared(a, b string) (chars, bytes int) {
	for chars < longest {
		r, n := utf8.DecodeRuneInString(a[bytes:])
		if s, _ := utf8.DecodeRuneInString(b[bytes:]); n == 0 || r != s {
			break
		}
		chars, bytes = chars+1, bytes+n
	}
	return chars, bytes
}
