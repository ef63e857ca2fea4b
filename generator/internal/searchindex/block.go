package searchindex

import (
	"hash/maphash"
	"slices"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// blockDocs is how many documents are counted together. It is no part of what is
// written: more make a build faster, fewer make one changed document cheaper.
const blockDocs = 64

// A part is what a block says of the words of one shard.
type part struct {
	words []word
	posts []posting // of the words, one after the other
}

// word is a word of a part.
type word struct {
	text string
	hash uint32
	docs int32 // how many postings it has
}

// posting is a document in which a word occurs: its number in the block, and
// the word's weight.
type posting struct{ doc, weight uint8 }

func (p *part) equal(q *part) bool {
	return slices.Equal(p.posts, q.posts) && slices.EqualFunc(p.words, q.words, func(a, b word) bool { return a.text == b.text && a.docs == b.docs })
}

// clone is a copy that shares nothing with other parts but the words' letters.
func (p *part) clone() *part { return &part{slices.Clone(p.words), slices.Clone(p.posts)} }

// A counter counts the words of the documents of a block. Words are known by
// their numbers, in the order in which they are met.
type counter struct {
	scanner
	seed  maphash.Seed
	slots []slot // a table with open addresses
	words []counted
	text  []byte // the words, one after the other
	log   []logged

	doc   uint8
	title bool // what is read is a title
}

// slot holds the number of a word plus one, and the word's hash.
type slot struct {
	hash uint32
	n    int32
}

type counted struct {
	hash     uint32
	from, to int32
	last     int32 // its latest place in the log
	docs     int32
}

// logged is a posting of a word, in the order of the documents.
type logged struct {
	word int32
	posting
}

// count returns the words of at most blockDocs documents, by their shards.
func count(seed maphash.Seed, docs []Document) *[shards]*part {
	c := &counter{seed: seed, slots: make([]slot, 2048), words: make([]counted, 0, 1024), log: make([]logged, 0, len(docs)*160)}
	c.found = c.add
	for i, d := range docs {
		c.doc, c.title = uint8(i), false
		for _, v := range d.Views {
			c.each(v.Text)
			c.each(v.More)
		}
		c.title = true
		for _, v := range d.Views {
			c.scan(v.Title)
			c.each(v.Aliases)
		}
	}
	return c.parts()
}

func (c *counter) each(texts []string) {
	for _, t := range texts {
		c.scan(t)
	}
}

// add counts a word of the document at work: it weighs as many times as it
// occurs, and most in a title.
func (c *counter) add(text string) {
	n := c.number(text)
	w := &c.words[n]
	if w.docs == 0 || c.log[w.last].doc != c.doc {
		w.docs, w.last = w.docs+1, int32(len(c.log))
		c.log = append(c.log, logged{n, posting{doc: c.doc}})
	}
	p := &c.log[w.last]
	if c.title {
		p.weight = strong
	} else {
		p.weight = min(p.weight+1, strong-1)
	}
}

// number returns the number of a word, and gives one to a new word.
func (c *counter) number(text string) int32 {
	h := uint32(maphash.String(c.seed, text))
	at := int(h) & (len(c.slots) - 1)
	for ; c.slots[at].n != 0; at = (at + 1) & (len(c.slots) - 1) {
		if x := c.slots[at]; x.hash == h {
			if w := &c.words[x.n-1]; string(c.text[w.from:w.to]) == text {
				return x.n - 1
			}
		}
	}
	from := int32(len(c.text))
	c.text = append(c.text, text...)
	c.words = append(c.words, counted{hash: h, from: from, to: int32(len(c.text))})
	c.slots[at] = slot{h, int32(len(c.words))}
	if len(c.words)*2 > len(c.slots) {
		c.slots = make([]slot, 2*len(c.slots))
		for i, w := range c.words {
			put(c.slots, slot{w.hash, int32(i + 1)})
		}
	}
	return int32(len(c.words) - 1)
}

// put writes x into the first free place for its hash.
func put(slots []slot, x slot) {
	at := int(x.hash) & (len(slots) - 1)
	for slots[at].n != 0 {
		at = (at + 1) & (len(slots) - 1)
	}
	slots[at] = x
}

// parts puts the words in order by their shards, and the log by the words.
func (c *counter) parts() *[shards]*part {
	all := string(c.text)
	var words, posts [shards]int
	in := make([]int8, len(c.words)) // the shard of each word, -1 for none
	for i := range c.words {
		w := &c.words[i]
		in[i] = -1
		if text := all[w.from:w.to]; telling(text) {
			s := shard(text)
			in[i] = int8(s)
			words[s]++
			posts[s] += int(w.docs)
		}
	}
	var out [shards]*part
	list, flat, parts := make([]word, len(c.words)), make([]posting, len(c.log)), make([]part, shards)
	for s := range out {
		parts[s] = part{list[:0:words[s]], flat[:posts[s]:posts[s]]}
		list, flat = list[words[s]:], flat[posts[s]:]
		out[s], posts[s] = &parts[s], 0
	}
	for i := range c.words {
		if s := in[i]; s >= 0 {
			w := &c.words[i]
			out[s].words = append(out[s].words, word{all[w.from:w.to], w.hash, w.docs})
			w.last, posts[s] = int32(posts[s]), posts[s]+int(w.docs) // where its next posting goes
		}
	}
	for _, l := range c.log {
		if s := in[l.word]; s >= 0 {
			w := &c.words[l.word]
			out[s].posts[w.last] = l.posting
			w.last++
		}
	}
	return &out
}

// telling reports whether a word can find anything: a single letter cannot, a
// digit or a sign that is a word can.
func telling(word string) bool {
	r, n := utf8.DecodeRuneInString(word)
	return n < len(word) || joined(r) || unicode.IsDigit(r)
}

// shard returns the file in which a word stands. Words with the same two first
// code units are together.
func shard(word string) int {
	first, n := utf8.DecodeRuneInString(word)
	if a, b := utf16.EncodeRune(first); a != unicode.ReplacementChar {
		return (int(a)*31 + int(b)) % shards
	}
	second := rune(0)
	if n < len(word) {
		second, _ = utf8.DecodeRuneInString(word[n:])
		if a, _ := utf16.EncodeRune(second); a != unicode.ReplacementChar {
			second = a
		}
	}
	return (int(first)*31 + int(second)) % shards
}
