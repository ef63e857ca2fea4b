package searchindex

import (
	"hash/maphash"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A merging joins what the blocks say of the words of one shard.
type merging struct {
	parts []part
	seed  maphash.Seed
	slots []slot // as a counter's
	words []joint
	links []link
}

// joint is a word of several parts.
type joint struct {
	text        string
	docs        int32 // how many postings it has
	first, last int32 // of its links
}

// link says where a word stands in a part.
type link struct{ part, at, next int32 }

// wordFile writes the file of a shard. parts are those of all blocks, and docs
// is how many documents there are.
func wordFile(name string, parts []part, docs int) (File, error) {
	m := merging{parts: parts, seed: maphash.MakeSeed()}
	if err := m.join(); err != nil {
		return File{}, err
	}
	m.words = slices.DeleteFunc(m.words, func(w joint) bool { return docs > enough && int(w.docs)*100 > docs*common })
	slices.SortFunc(m.words, func(a, b joint) int { return strings.Compare(a.text, b.text) })
	room := 0
	for _, w := range m.words {
		room += 12 + 3*int(w.docs)
	}
	b := append(begin(nil, name, room), '"')
	return end(name, append(m.entries(b), '"')), nil
}

func (m *merging) join() error {
	n := 0
	for _, p := range m.parts {
		r := reader{rest: string(p)}
		n += min(r.number(), len(p)/4) // no word has less than 4 bytes
	}
	size := 16
	for size < 2*n {
		size *= 2
	}
	m.slots, m.links = make([]slot, size), make([]link, 0, n)
	for i, p := range m.parts {
		r := reader{rest: string(p)}
		for words := r.number(); words > 0 && !r.torn; words-- {
			at := len(p) - len(r.rest)
			if text, docs := r.word(); !r.torn {
				m.add(text, int32(docs), link{int32(i), int32(at), -1})
			}
		}
		if r.torn || r.rest != "" {
			return errTorn
		}
	}
	return nil
}

func (m *merging) add(text string, docs int32, l link) {
	hash := uint32(maphash.String(m.seed, text))
	n := int32(len(m.links))
	m.links = append(m.links, l)
	at := int(hash) & (len(m.slots) - 1)
	for ; m.slots[at].n != 0; at = (at + 1) & (len(m.slots) - 1) {
		if x := m.slots[at]; x.hash == hash {
			if j := &m.words[x.n-1]; j.text == text {
				j.docs += docs
				m.links[j.last].next, j.last = n, n
				return
			}
		}
	}
	m.words = append(m.words, joint{text, docs, n, n})
	m.slots[at] = slot{hash, int32(len(m.words))}
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
			r, doc := reader{rest: string(m.parts[l.part][l.at:])}, int(l.part)*blockDocs-1
			r.text()
			for range r.number() {
				if last >= 0 {
					b = append(b, ',')
				}
				gap, weight := r.posting()
				doc += gap
				b = strconv.AppendInt(b, int64(doc-last-1), 36)
				if weight > 1 {
					b = append(b, '*', '0'+weight)
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
		if s, m := utf8.DecodeRuneInString(b[bytes:]); n == 0 || n != m || r != s {
			break
		}
		chars, bytes = chars+1, bytes+n
	}
	return chars, bytes
}
