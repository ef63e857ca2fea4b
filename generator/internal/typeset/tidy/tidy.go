// Package tidy sets right the spaces of a text. It knows characters and languages,
// and no letters.
package tidy

import (
	"strings"
	"unicode"
)

// Spaces that do not break.
const (
	Space  = '\u00a0' // as wide as a space
	Narrow = '\u202f'
)

// Text puts spaces that do not break where a line must not end: between a number
// and its unit, after initials and short abbreviations, and around the marks of
// French. It changes only the kind of spaces, and in French adds none.
func Text(text, lang string) string {
	if !strings.ContainsAny(text, " ") {
		return text
	}
	rs := []rune(text)
	french := strings.HasPrefix(lang, "fr")
	for i, r := range rs {
		if r != ' ' || i == 0 || i+1 == len(rs) {
			continue
		}
		before, after := wordBefore(rs, i), wordAfter(rs, i)
		switch {
		case french && (strings.ContainsRune(";!?", rs[i+1]) || rs[i+1] == '»' || rs[i-1] == '«'):
			rs[i] = Narrow
		case french && rs[i+1] == ':':
			rs[i] = Space
		case number(before) && number(after) && len(after) == 3 && allDigits(after) && len(before) <= 3:
			rs[i] = Narrow // 12 500
		case number(before) && unit(after), initial(before), abbreviation(string(before)), dash(rs[i+1]):
			rs[i] = Space
		}
	}
	return string(rs)
}

// wordBefore returns the characters before a space, wordAfter those after it.
func wordBefore(rs []rune, at int) []rune {
	start := at
	for start > 0 && !unicode.IsSpace(rs[start-1]) && rs[start-1] != '(' && rs[start-1] != '“' {
		start--
	}
	return rs[start:at]
}

func wordAfter(rs []rune, at int) []rune {
	end := at + 1
	for end < len(rs) && !unicode.IsSpace(rs[end]) {
		end++
	}
	word := rs[at+1 : end]
	for len(word) > 0 && strings.ContainsRune(".,;:)!?”", word[len(word)-1]) {
		word = word[:len(word)-1]
	}
	return word
}

func number(w []rune) bool {
	for len(w) > 0 && strings.ContainsRune("€£$¥", w[0]) {
		w = w[1:]
	}
	return len(w) > 0 && unicode.IsDigit(w[len(w)-1]) && unicode.IsDigit(w[0])
}

func allDigits(w []rune) bool {
	for _, r := range w {
		if !unicode.IsDigit(r) {
			return false
		}
	}
	return true
}

// unit says whether a word after a number belongs to it.
func unit(w []rune) bool {
	switch string(w) {
	case "%", "‰", "€", "$", "£", "¥", "°C", "°", "mm", "cm", "m", "km", "m²", "km²", "ha", "kg", "g", "t", "l", "h", "min",
		"kW", "MW", "dB", "million", "millions", "billion", "milliards", "billions":
		return true
	}
	return false
}

// initial says whether a word is one capital and a full stop, as in J. S. Bach.
func initial(w []rune) bool {
	return len(w) == 2 && unicode.IsUpper(w[0]) && w[1] == '.'
}

// abbreviation says whether a word needs the one that follows.
func abbreviation(w string) bool {
	switch w {
	case "No.", "no.", "Nos.", "nos.", "p.", "pp.", "Fig.", "fig.", "Vol.", "vol.", "ed.", "eds.", "Dr", "Dr.", "Mr", "Mr.", "Mrs", "Mrs.",
		"Ms", "Ms.", "Prof.", "St", "St.", "c.", "ca.", "n°", "N°", "art.", "chap.", "§", "€", "£", "$", "M.", "Mme", "page", "SDG", "ODD":
		return true
	}
	return false
}

// dash says whether a character is a dash that must not begin a line.
func dash(r rune) bool { return r == '–' || r == '—' || r == '…' }
