// Package hyphen finds where a word may be divided, by Liang's method: patterns
// of letters with numbers between them, odd numbers allowing a break and even
// ones forbidding it, the highest winning (F. M. Liang, "Word Hy-phen-a-tion by
// Com-put-er", Stanford 1983). It knows words, not lines.
package hyphen

import (
	"embed"
	"math/bits"
	"slices"
	"strings"
	"unicode"

	"uccn/generator/internal/memo"
)

//go:embed patterns/*.txt
var files embed.FS

// A Language divides the words of one language. It is read-only once made, so
// any number of goroutines may share it.
type Language struct {
	left, right int // fewest letters before and after a break
	patterns    trie
	exceptions  map[string][]int
}

// A trie holds the patterns. While it is made, a node's children are linked from
// first to last; then they are laid side by side, and a set of letters tells which
// there are, so that a child is found without a search.
type trie struct {
	nodes  []node
	levels []byte
	codes  map[rune]uint8 // letters beyond Latin-1, by number
	latin  [256]uint8     // the others
	many   uint8          // how many letters there are; 0 is no letter
}

type node struct {
	letters     uint64 // of the children, one bit each
	child       int32  // the first child
	level, size int32  // levels[level:level+size]; size 0: no pattern ends here
}

// A Library reads languages once each. Its zero value is ready, and it is for all
// goroutines.
type Library struct{ known memo.Map[string, *Language] }

// For is the function For.
func (l *Library) For(tag string) *Language {
	return l.known.Get(tag, func() *Language { return For(tag) })
}

// For returns the patterns for a language tag such as "fr" or "en-GB", and nil
// for a language without patterns, which is then not hyphenated. Loading takes
// some milliseconds, so a caller keeps the result.
func For(tag string) *Language {
	tag = strings.ToLower(tag)
	base, _, _ := strings.Cut(tag, "-")
	left, right := 2, 3
	switch {
	case tag == "en-us":
	case base == "en":
		tag = "en-gb"
	case base == "fr", base == "es", base == "de", base == "it":
		tag, right = base, 2
	case base == "pt":
		tag = base
	default:
		return nil
	}
	text, err := files.ReadFile("patterns/" + tag + ".txt")
	if err != nil {
		panic(err) // the files are embedded
	}
	return parse(string(text), left, right)
}

// parse reads patterns, one a line; a line that begins with "=" is an exception.
func parse(text string, left, right int) *Language {
	l := &Language{left: left, right: right, exceptions: map[string][]int{}}
	var patterns []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if word, found := strings.CutPrefix(line, "="); found {
			l.except(word)
			continue
		}
		patterns = append(patterns, line)
	}
	l.patterns = plant(patterns)
	return l
}

func (l *Language) except(word string) {
	var at []int
	var plain []rune
	for _, r := range word {
		if r == '-' {
			at = append(at, len(plain))
			continue
		}
		plain = append(plain, r)
	}
	l.exceptions[string(plain)] = at
}

// A twig is a node in the making.
type twig struct {
	code        uint8
	child, next int32 // 0: none
	level, size int32
}

// plant makes a trie of patterns.
func plant(patterns []string) trie {
	t := trie{codes: map[rune]uint8{}, many: 1}
	twigs := make([]twig, 1, 4*len(patterns)+1)
	for _, pattern := range patterns {
		at, start := int32(0), len(t.levels)
		t.levels = append(t.levels, 0)
		for _, r := range pattern {
			if r >= '0' && r <= '9' {
				t.levels[len(t.levels)-1] = byte(r - '0')
				continue
			}
			code := t.letter(r)
			next := twigs[at].child
			for next != 0 && twigs[next].code != code {
				next = twigs[next].next
			}
			if next == 0 {
				next = int32(len(twigs))
				twigs = append(twigs, twig{code: code, next: twigs[at].child})
				twigs[at].child = next
			}
			at = next
			t.levels = append(t.levels, 0)
		}
		twigs[at].level, twigs[at].size = int32(start), int32(len(t.levels)-start)
	}
	t.lay(twigs)
	return t
}

// letter returns the number of a letter.
func (t *trie) letter(r rune) uint8 {
	code := t.code(r)
	if code == 0 {
		if code = t.many; code == 64 {
			panic("hyphen: more than 63 letters in the patterns of a language")
		}
		t.many++
		if r < 256 {
			t.latin[r] = code
		} else {
			t.codes[r] = code
		}
	}
	return code
}

// code returns the number of a letter, or 0 for one in no pattern.
func (t *trie) code(r rune) uint8 {
	if r < 256 {
		return t.latin[r]
	}
	return t.codes[r]
}

// lay lays the twigs in order, level by level, the children of each side by side.
func (t *trie) lay(twigs []twig) {
	t.nodes = make([]node, 1, len(twigs))
	from := make([]int32, 1, len(twigs)) // the twig of each node
	var kids []int32
	for i := 0; i < len(from); i++ {
		w := twigs[from[i]]
		n := &t.nodes[i]
		n.level, n.size, n.child = w.level, w.size, int32(len(from))
		kids = kids[:0]
		for c := w.child; c != 0; c = twigs[c].next {
			n.letters |= 1 << twigs[c].code
			kids = append(kids, c)
		}
		slices.SortFunc(kids, func(a, b int32) int { return int(twigs[a].code) - int(twigs[b].code) })
		for _, c := range kids {
			from = append(from, c)
			t.nodes = append(t.nodes, node{})
		}
	}
}

// find returns the child of a node for a letter, or 0.
func (t *trie) find(at int32, code uint8) int32 {
	letters, bit := t.nodes[at].letters, uint64(1)<<code
	if letters&bit == 0 {
		return 0
	}
	return t.nodes[at].child + int32(bits.OnesCount64(letters&(bit-1)))
}

// Points returns where word may be divided, as numbers of runes before the
// break, ascending. A word that holds anything but letters is not divided.
func (l *Language) Points(word []rune) []int {
	if len(word) < l.left+l.right {
		return nil
	}
	padded := make([]rune, 0, len(word)+2)
	padded = append(padded, '.')
	for _, r := range word {
		if r == '’' {
			r = '\''
		}
		if !unicode.IsLetter(r) && r != '\'' {
			return nil
		}
		padded = append(padded, unicode.ToLower(r))
	}
	padded = append(padded, '.')
	if at, found := l.exceptions[string(padded[1:len(padded)-1])]; found {
		return at
	}
	levels := l.levels(padded)
	var out []int
	for i := l.left; i <= len(word)-l.right; i++ {
		if levels[i+1]&1 == 1 {
			out = append(out, i)
		}
	}
	return out
}

// levels returns the highest number of any pattern at each place of a padded word.
func (l *Language) levels(padded []rune) []byte {
	t := &l.patterns
	out := make([]byte, len(padded)+1)
	codes := make([]uint8, len(padded))
	for i, r := range padded {
		codes[i] = t.code(r)
	}
	for i := range codes {
		at := int32(0)
		for _, code := range codes[i:] {
			if at = t.find(at, code); at == 0 {
				break
			}
			n := &t.nodes[at]
			for k, v := range t.levels[n.level : n.level+n.size] {
				out[i+k] = max(out[i+k], v)
			}
		}
	}
	return out
}
