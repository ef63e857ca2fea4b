package searchindex

import (
	"strings"
	"unicode/utf8"
	"unsafe"
)

// Tokens returns the folded words of a text in their order. A run of a script
// that does not set words apart gives its overlapping pairs; the Arabic article
// is left off.
func Tokens(s string) []string {
	var out []string
	sc := scanner{found: func(word string) { out = append(out, strings.Clone(word)) }}
	sc.scan(s)
	return out
}

// A scanner finds the words of texts: the longest runs of letters in the folded
// text that are either all of a script without spaces or none of one. ASCII is
// folded where it stands. What lies between is folded for itself, once for each
// text of it: nothing in it can join with a character of ASCII.
type scanner struct {
	found  func(word string) // called with each; it must not keep the string
	word   []byte            // room for the word under way, folded
	n      int               // its bytes so far
	joined bool              // it is of a script without spaces
	folded map[string]string
}

func (s *scanner) scan(text string) {
	for i := 0; i < len(text); {
		from := i
		for i < len(text) && small(text[i]) {
			i++
		}
		switch {
		case i == from:
		case s.n == 0 && parted(text[i:]):
			s.found(text[from:i]) // a whole word, as it stands
			continue
		default:
			s.ascii(text[from:i])
			continue
		}
		switch c := text[i]; {
		case 'A' <= c && c <= 'Z':
			s.ascii(string(rune(c + 'a' - 'A')))
			i++
		case c < utf8.RuneSelf:
			s.end()
			i++
		default:
			n := foreign(text[i:])
			s.fold(text[i : i+n])
			i += n
		}
	}
	s.end()
}

func small(c byte) bool { return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' }

// parted reports whether a word ends before the text.
func parted(text string) bool {
	return text == "" || text[0] < utf8.RuneSelf && (text[0] < 'A' || text[0] > 'Z')
}

// ascii goes on with letters that are folded already.
func (s *scanner) ascii(letters string) {
	if s.joined {
		s.end()
	}
	s.add(letters)
}

func (s *scanner) add(letters string) {
	if s.n+len(letters) > len(s.word) {
		s.word = append(s.word, make([]byte, len(s.word)+len(letters)+64)...)
	}
	s.n += copy(s.word[s.n:], letters)
}

// foreign returns the length of what stands at the start of a text that is not
// ASCII, up to a sign of punctuation; if it begins with one, that of the sign.
func foreign(text string) int {
	if punctuation(text) {
		return 3
	}
	n := 0
	for n < len(text) && text[n] >= utf8.RuneSelf && !punctuation(text[n:]) {
		n++
	}
	return n
}

// punctuation reports whether a text begins with one of U+2010 to U+2027: dashes,
// quotes and points. They part words, and join with nothing.
func punctuation(text string) bool {
	return len(text) > 2 && text[0] == 0xE2 && text[1] == 0x80 && 0x90 <= text[2] && text[2] <= 0xA7
}

func (s *scanner) fold(text string) {
	if punctuation(text) {
		s.end()
		return
	}
	f, known := s.folded[text]
	if !known {
		if s.folded == nil {
			s.folded = map[string]string{}
		}
		f = Fold(text)
		s.folded[text] = f
	}
	for i, r := range f {
		j := joined(r)
		if !j && !letter(r) {
			s.end()
			continue
		}
		if j != s.joined {
			s.end()
		}
		s.add(f[i : i+utf8.RuneLen(r)])
		s.joined = j
	}
}

// end hands over the word under way.
func (s *scanner) end() {
	if s.n == 0 {
		s.joined = false
		return
	}
	word := unsafe.String(&s.word[0], s.n)
	s.n = 0
	if s.joined {
		s.pairs(word)
	} else {
		if rest, ok := strings.CutPrefix(word, "ال"); ok && utf8.RuneCountInString(rest) > 2 {
			word = rest
		}
		s.found(word)
	}
	s.joined = false
}

// pairs hands over each two neighbours of a run, or its only character.
func (s *scanner) pairs(run string) {
	_, first := utf8.DecodeRuneInString(run)
	if first == len(run) {
		s.found(run)
	}
	for first < len(run) {
		_, second := utf8.DecodeRuneInString(run[first:])
		s.found(run[:first+second])
		run, first = run[first:], second
	}
}
