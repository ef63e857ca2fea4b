package searchindex

import (
	"encoding/binary"
	"errors"
)

// A part is what a block says of the words of one shard. It is held, compared,
// joined and saved as bytes: the number of its words, and of each its letters
// behind their number, the number of its documents, and its postings. Words
// stand in the order in which they are met.
type part string

// posting is a document in which a word occurs: its number in the block, and
// the word's weight.
type posting struct{ doc, weight uint8 }

// appendWord appends a word of a part. A posting is the distance from the
// document before, less one, in six bits, with the weight less one above them;
// a weight from 4 on has a byte of its own.
func appendWord(b []byte, word string, posts []posting) []byte {
	b = append(binary.AppendUvarint(b, uint64(len(word))), word...)
	b = binary.AppendUvarint(b, uint64(len(posts)))
	next := uint8(0) // the document that would have the distance 0
	for _, p := range posts {
		if p.weight < 4 {
			b = append(b, p.doc-next|(p.weight-1)<<6)
		} else {
			b = append(b, p.doc-next|3<<6, p.weight)
		}
		next = p.doc + 1
	}
	return b
}

// errTorn says that bytes are not what was written.
var errTorn = errors.New("the saved words are torn")

// A reader reads what was written. It is torn from the first thing on that
// cannot be, and gives nothing from there.
type reader struct {
	rest string
	torn bool
}

func (r *reader) tear() { r.torn, r.rest = true, "" }

// cut returns the next n bytes.
func (r *reader) cut(n int) string {
	if n > len(r.rest) {
		r.tear()
		return ""
	}
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

// number returns a number below 1<<28.
func (r *reader) number() int {
	n := 0
	for i := 0; i < len(r.rest) && i < 4; i++ {
		c := r.rest[i]
		n |= int(c&0x7f) << (7 * i)
		if c < 0x80 {
			r.rest = r.rest[i+1:]
			return n
		}
	}
	r.tear()
	return 0
}

// text returns what stands behind its length.
func (r *reader) text() string { return r.cut(r.number()) }

// word returns a word and the number of its documents, and passes over its postings.
func (r *reader) word() (letters string, docs int) {
	letters, docs = r.text(), r.number()
	last := 0
	for range docs {
		gap, _ := r.posting()
		if last += gap; last > blockDocs {
			r.tear()
			break
		}
	}
	if letters == "" || docs == 0 {
		r.tear()
	}
	return letters, docs
}

// posting returns how far a document is from the one before, and the weight
// that a word has in it.
func (r *reader) posting() (gap int, weight byte) {
	if r.rest == "" {
		r.tear()
		return 1, 1
	}
	c := r.rest[0]
	gap, weight = int(c&63)+1, c>>6+1
	r.rest = r.rest[1:]
	if weight == 4 {
		if weight = 0; r.rest != "" {
			weight, r.rest = r.rest[0], r.rest[1:]
		}
		if weight < 4 || weight > strong {
			r.tear()
		}
	}
	return gap, weight
}
