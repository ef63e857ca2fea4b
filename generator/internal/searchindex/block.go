package searchindex

import (
	"encoding/binary"
	"hash/maphash"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// blockDocs is how many documents are counted together. It is no part of what is
// written: more make a build faster, fewer make one changed document cheaper.
const blockDocs = 64

// A counter counts the words of the documents of a block. Words are known by
// their numbers, in the order in which they are met.
type counter struct {
	scanner
	seed  maphash.Seed
	slots []slot // a table with open addresses
	words []counted
	text  []byte // the words, one after the other
	log   []logged
	rooms [][]byte // of text files that are gone

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
	last     int32 // its latest place in the log; in the end, where its postings end
	docs     int32
}

// logged is a posting of a word, in the order of the documents.
type logged struct {
	word int32
	posting
}

func newCounter() *counter {
	c := &counter{seed: maphash.MakeSeed(), slots: make([]slot, 2048), words: make([]counted, 0, 1024), log: make([]logged, 0, blockDocs*160)}
	c.found = c.add
	return c
}

// count returns the words of at most blockDocs documents, by their shards. What it
// returns shares nothing with c, which may count again.
func (c *counter) count(docs []Document) *[shards]part {
	clear(c.slots)
	c.words, c.text, c.log = c.words[:0], c.text[:0], c.log[:0]
	for i, d := range docs {
		c.doc, c.title = uint8(i), false
		for _, v := range d.Views {
			for _, t := range v.Text {
				c.scan(t.Words)
			}
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

// room returns room for a file: what is left of one that is gone.
func (c *counter) room() (b []byte) {
	if n := len(c.rooms); n > 0 {
		b, c.rooms = c.rooms[n-1][:0], c.rooms[:n-1]
	}
	return b
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

// parts writes the words by their shards.
func (c *counter) parts() *[shards]part {
	text, posts := string(c.text), c.postings()
	var first, words [shards]int             // of a shard: its first word plus one, and how many it has
	next := make([]int32, len(c.words))      // of a word: the next of its shard plus one
	for i := len(c.words) - 1; i >= 0; i-- { // so that a list begins with the word that was met first
		w := &c.words[i]
		if word := text[w.from:w.to]; telling(word) {
			s := shard(word)
			next[i], first[s] = int32(first[s]), i+1
			words[s]++
		}
	}
	b := make([]byte, 0, len(c.text)+2*len(c.words)+len(c.log)*5/4+2*shards)
	var ends [shards]int
	for s := range ends {
		b = binary.AppendUvarint(b, uint64(words[s]))
		for i := first[s]; i > 0; i = int(next[i-1]) {
			w := &c.words[i-1]
			b = appendWord(b, text[w.from:w.to], posts[w.last-w.docs:w.last])
		}
		ends[s] = len(b)
	}
	all, from := part(b), 0
	var out [shards]part
	for s, to := range ends {
		out[s], from = all[from:to], to
	}
	return &out
}

// postings returns those of the log by their words, each of which then says
// where its own end.
func (c *counter) postings() []posting {
	at := int32(0)
	for i := range c.words {
		w := &c.words[i]
		w.last, at = at, at+w.docs
	}
	out := make([]posting, len(c.log))
	for _, l := range c.log {
		w := &c.words[l.word]
		out[w.last] = l.posting
		w.last++
	}
	return out
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
