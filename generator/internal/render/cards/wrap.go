package cards

import (
	"strings"
	"unicode"
)

// A word is a stretch of text within which no line ends.
type word struct {
	text  string
	gap   int // the space before it, unless it begins a line
	width int // thousandths of an em, like gap
}

// split divides a text where lines may end: at spaces and ends of lines, after hyphens and dashes,
// and between the characters of scripts that write without spaces.
func split(text string) (words []string, spaced []bool) {
	var b strings.Builder
	space := false
	end := func() {
		if b.Len() > 0 {
			words, spaced = append(words, b.String()), append(spaced, space)
			b.Reset()
			space = false
		}
	}
	var before rune
	for _, r := range text {
		switch {
		case parts(r):
			end()
			space = true
			before = 0
			continue
		case r == 0x200b:
			end()
			before = 0
			continue
		case before != 0 && (dash(before) && unicode.IsLetter(r) || solid(before) && solid(r) && !clings(r) && !opens(before)):
			end()
		}
		b.WriteRune(r)
		before = r
	}
	end()
	return words, spaced
}

// parts says whether a character stands between words: a space, or what ends a
// line or a paragraph, which would end what is known of the text's direction.
func parts(r rune) bool {
	return r == ' ' || r == 0x2028 || r == 0x2029 || unicode.IsControl(r)
}

func dash(r rune) bool { return strings.ContainsRune("-‐–—/", r) }

// solid says whether a character belongs to a script without spaces whose lines
// may end anywhere, or to its signs.
func solid(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef || r == 'ー'
}

// clings says whether a character begins no line, opens whether it ends none
// (the usual rules of Japanese).
func clings(r rune) bool {
	return strings.ContainsRune("、。，．・：；？！）」』】〉》〕ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ", r)
}

func opens(r rune) bool { return strings.ContainsRune("（「『【〈《〔", r) }

// words measures the words of a text.
func (s *setter) words(f face, text string) []word {
	space := s.set(f, " ").width
	texts, spaced := split(text)
	out := make([]word, len(texts))
	for i, t := range texts {
		out[i] = word{text: t, width: s.set(f, t).width}
		if spaced[i] && i > 0 {
			out[i].gap = space
		}
	}
	return out
}

// glued joins words that stand together without a space.
func glued(words []word) []word {
	var out []word
	for i, w := range words {
		if i == 0 || w.gap > 0 {
			out = append(out, w)
			continue
		}
		last := &out[len(out)-1]
		last.text += w.text
		last.width += w.width
	}
	return out
}

// wrap fills lines of a width and returns where each ends. It says whether every
// word is narrow enough.
func wrap(words []word, width int) (ends []int, fits bool) {
	fits = true
	at := 0
	for i, w := range words {
		fits = fits && w.width <= width
		switch {
		case i == 0:
			at = w.width
		case at+w.gap+w.width > width:
			ends = append(ends, i)
			at = w.width
		default:
			at += w.gap + w.width
		}
	}
	if len(words) > 0 {
		ends = append(ends, len(words))
	}
	return ends, fits
}

// balance fills as many lines as a width needs, as evenly as it goes.
func balance(words []word, width int) []int {
	best, fits := wrap(words, width)
	if !fits || len(best) < 2 {
		return best
	}
	low, high := width/len(best), width // low is too narrow or the best there can be
	for high-low > 8 {
		middle := (low + high) / 2
		if ends, fits := wrap(words, middle); fits && len(ends) == len(best) {
			best, high = ends, middle
		} else {
			low = middle
		}
	}
	return best
}

// joined returns the text of the words of a line.
func joined(words []word) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 && w.gap > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.text)
	}
	return b.String()
}

// A setting is a text in lines at a size.
type setting struct {
	lines []line
	size  float64 // pixels to an em
	text  string  // what is set: all of it, or what there was room for
}

// sized is fit for a text whose words have not been measured.
func (s *setter) sized(f face, text string, sizes []float64, leading, width, height float64) setting {
	return s.fit(f, s.words(f, text), sizes, leading, width, height)
}

// fit sets words in the largest of some sizes, given from the largest down, in
// which it fits a box; leading is the distance of its lines in ems. What is too
// long even for the smallest size ends with an ellipsis.
func (s *setter) fit(f face, words []word, sizes []float64, leading, width, height float64) setting {
	var ends []int
	size := 0.0
	for _, size = range sizes {
		em := int(width / size * 1000)
		var fits bool
		if ends, fits = wrap(words, em); fits && float64(len(ends))*leading*size <= height+0.5 {
			return s.lines(f, words, balance(words, em), size)
		}
	}
	em := int(width / size * 1000)
	words = s.chop(f, words, em)
	ends, _ = wrap(words, em)
	if most := max(1, int((height+0.5)/(leading*size))); len(ends) > most {
		words = s.cut(f, words[:ends[most-1]], start(ends, most-1), em)
		ends = append(ends[:most-1], len(words))
	}
	return s.lines(f, words, ends, size)
}

func start(ends []int, n int) int {
	if n == 0 {
		return 0
	}
	return ends[n-1]
}

// chop divides words that are wider than a line.
func (s *setter) chop(f face, words []word, width int) []word {
	var out []word
	for _, w := range words {
		for w.width > width {
			runes := []rune(w.text)
			n := len(runes) - 1
			for n > 1 && s.set(f, string(runes[:n])).width > width {
				n--
			}
			if n < 1 {
				break
			}
			head := string(runes[:n])
			out = append(out, word{text: head, gap: w.gap, width: s.set(f, head).width})
			rest := string(runes[n:])
			w = word{text: rest, width: s.set(f, rest).width}
		}
		out = append(out, w)
	}
	return out
}

// cut ends the last line of some words, which begins at number from, with an
// ellipsis that fits.
func (s *setter) cut(f face, words []word, from, width int) []word {
	for len(words) > from {
		last := &words[len(words)-1]
		text := strings.TrimRight(last.text, ",;:،–—-") + "…"
		if s.set(f, joined(words[from:len(words)-1])+" "+text).width <= width || len(words) == from+1 {
			last.text = text
			return words
		}
		words = words[:len(words)-1]
	}
	return words
}

func (s *setter) lines(f face, words []word, ends []int, size float64) setting {
	out := setting{size: size, text: joined(words)}
	from := 0
	for _, end := range ends {
		out.lines = append(out.lines, s.set(f, joined(words[from:end])))
		from = end
	}
	return out
}
