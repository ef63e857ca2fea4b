package press

import (
	"slices"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/render/ink"
	"uccn/generator/internal/typeset/font"
)

// Faults are what is wrong with the pages of units: characters that no font
// holds, and lines that are too long. A character that a unit printed alone lacks
// is told of there; elsewhere it is told of where owner says that it comes from,
// which may be nowhere, and then as the unit's. Each place has one message for a
// script.
func Faults(units []Unit, made []Made, owner func(rune) (at diag.Pos, name string)) diag.List {
	var dl diag.List
	var places []lack
	note := func(at diag.Pos, name string, m font.Missing) {
		i := slices.IndexFunc(places, func(l lack) bool { return l.at == at && l.name == name })
		if i < 0 {
			i, places = len(places), append(places, lack{at: at, name: name})
		}
		places[i].missing = append(places[i].missing, m)
	}
	told := map[rune]bool{}
	for i, u := range made {
		for _, m := range u.Missing {
			if units[i].Alone {
				told[m.Rune] = true
				note(units[i].At, units[i].Name, m)
			}
		}
	}
	for i, u := range made {
		for _, m := range u.Missing {
			if units[i].Alone || told[m.Rune] {
				continue
			}
			if at, name := owner(m.Rune); name != "" {
				note(at, name, m)
			} else {
				note(units[i].At, units[i].Name, m)
			}
			told[m.Rune] = true
		}
	}
	for _, l := range places {
		for _, lost := range ink.Losses(l.missing) {
			dl.Errorf(l.at, "missing-glyph", "no font of the booklet has %s, which %s needs", lost.Chars, l.name).Hint = lost.Hint
		}
	}
	for i, u := range made {
		if u.Over > pdf.Pt {
			d := dl.Warnf(units[i].At, "overfull-line", "a line of %s is %.1f mm too long for its column in the booklet", units[i].Name, u.Over.MM())
			d.Hint = "shorten or divide the long word"
		}
	}
	return dl
}

// A lack is the characters that one place needs in vain.
type lack struct {
	at      diag.Pos
	name    string
	missing []font.Missing
}
