package render

import (
	"maps"
	"slices"
	"unicode"
)

// ScriptOf returns the script of the first letter of a text; Latin without one.
func ScriptOf(text string) *unicode.RangeTable {
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(unicode.Scripts)) {
			if unicode.Is(unicode.Scripts[name], r) {
				return unicode.Scripts[name]
			}
		}
	}
	return unicode.Latin
}

// Begins reports whether the first letter of a name is of a script. Names of
// cities that are written in the script of a page are of no language there: they
// are read as they stand.
func Begins(name string, script *unicode.RangeTable) bool {
	for _, r := range name {
		if unicode.IsLetter(r) {
			return unicode.Is(script, r)
		}
	}
	return false
}
