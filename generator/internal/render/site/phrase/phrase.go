// Package phrase writes the small things that pages say in the same way wherever
// they say them: a place on the globe, the letter under which a name stands.
package phrase

import (
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"uccn/generator/internal/model"
)

// Locale is the language with the country that OpenGraph wants beside it.
func Locale(lang string) string {
	switch lang {
	case "en":
		return "en_GB"
	case "fr":
		return "fr_FR"
	case "ar":
		return "ar_AR"
	}
	return lang
}

// Brief cuts a description at a word before its 300th character.
func Brief(s string) string {
	const most = 300
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	cut := most
	for cut > 0 && r[cut] != ' ' {
		cut--
	}
	return string(r[:cut]) + "…"
}

// Size is the class that a long name needs where it stands large.
func Size(name string) string {
	longest := 0
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' }) {
		longest = max(longest, len([]rune(w)))
	}
	switch n := len([]rune(name)); {
	case longest <= 7 && n <= 14:
		return ""
	case longest <= 12 && n <= 22:
		return "long"
	}
	return "longer"
}

// Letter returns the first letter of a name, in capitals, without its marks.
func Letter(name string) string {
	for _, r := range norm.NFKD.String(name) {
		switch {
		case r == 'Ł' || r == 'ł':
			return "L"
		case r == 'Ø' || r == 'ø':
			return "O"
		case unicode.IsLetter(r):
			return string(unicode.ToUpper(r))
		}
	}
	r, _ := utf8.DecodeRuneInString(name)
	return string(r)
}

// Count joins a count with its note, unless the note says it already.
func Count(count, note string) string {
	if strings.Contains(note, count) {
		return note
	}
	return strings.TrimSpace(count + " " + note)
}

// Host is the name of the server in an address, without www.
func Host(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	rest, _, _ = strings.Cut(rest, "/")
	return strings.TrimPrefix(rest, "www.")
}

// Degrees writes a place on the globe.
func Degrees(l model.Location) string {
	ns, ew := "N", "E"
	if l.Lat < 0 {
		ns = "S"
	}
	if l.Lon < 0 {
		ew = "W"
	}
	return fmt.Sprintf("%.2f° %s, %.2f° %s", math.Abs(l.Lat), ns, math.Abs(l.Lon), ew)
}
