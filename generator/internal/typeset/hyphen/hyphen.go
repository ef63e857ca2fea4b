// Package hyphen finds where a word may be divided, by Liang's method: patterns
// of letters with numbers between them, odd numbers allowing a break and even
// ones forbidding it, the highest winning (F. M. Liang, "Word Hy-phen-a-tion by
// Com-put-er", Stanford 1983). It knows words, not lines.
package hyphen

import (
	"embed"
	"strings"
	"unicode"
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

// A trie holds the patterns: nodes in one slice, a node's children linked from
// first to last, so that a language of 36,000 patterns loads in milliseconds.
type trie struct {
	nodes  []node
	levels []byte
	first  map[rune]int32 // the children of the root, of which there are many
}

type node struct {
	letter      rune
	child, next int32 // index into nodes; 0: none
	level, size int32 // levels[level:level+size]; size 0: no pattern ends here
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
	l.patterns.nodes = make([]node, 1, len(text)/4)
	l.patterns.first = map[rune]int32{}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if word, found := strings.CutPrefix(line, "="); found {
			l.except(word)
			continue
		}
		l.patterns.add(line)
	}
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

func (t *trie) add(pattern string) {
	at := int32(0)
	start := len(t.levels)
	t.levels = append(t.levels, 0)
	for _, r := range pattern {
		if r >= '0' && r <= '9' {
			t.levels[len(t.levels)-1] = byte(r - '0')
			continue
		}
		at = t.step(at, r)
		t.levels = append(t.levels, 0)
	}
	t.nodes[at].level, t.nodes[at].size = int32(start), int32(len(t.levels)-start)
}

// step goes from a node to its child for r, making it if need be.
func (t *trie) step(at int32, r rune) int32 {
	if c := t.find(at, r); c != 0 {
		return c
	}
	c := int32(len(t.nodes))
	t.nodes = append(t.nodes, node{letter: r, next: t.nodes[at].child})
	t.nodes[at].child = c
	if at == 0 {
		t.first[r] = c
	}
	return c
}

func (t *trie) find(at int32, r rune) int32 {
	if at == 0 {
		return t.first[r]
	}
	for c := t.nodes[at].child; c != 0; c = t.nodes[c].next {
		if t.nodes[c].letter == r {
			return c
		}
	}
	return 0
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
	for i := range padded {
		at := int32(0)
		for _, r := range padded[i:] {
			if at = t.find(at, r); at == 0 {
				break
			}
			n := t.nodes[at]
			for k, v := range t.levels[n.level : n.level+n.size] {
				out[i+k] = max(out[i+k], v)
			}
		}
	}
	return out
}
