package press

import (
	"cmp"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/pdf"
)

// Faults are what is wrong with a unit's pages: characters that no font holds,
// and lines that are too long.
func (m Made) Faults(u Unit) diag.List {
	var dl diag.List
	for _, x := range m.Missing {
		d := dl.Errorf(u.At, "missing-glyph", "no font of the booklet has %q (U+%04X), which %s needs", x.Rune, x.Rune, u.Name)
		d.Hint = "add a font for the script " + x.Script + ", such as " + noto(x.Script) + ", to the folder fonts of the theme or to fonts: in site.yaml"
	}
	if m.Over > pdf.Pt {
		d := dl.Warnf(u.At, "overfull-line", "a line of %s is %.1f mm too long for its column in the booklet", u.Name, m.Over.MM())
		d.Hint = "shorten or divide the long word"
	}
	return dl
}

// noto names a free font for a script of ISO 15924.
func noto(script string) string {
	names := map[string]string{
		"Arab": "Naskh Arabic", "Hebr": "Serif Hebrew", "Deva": "Serif Devanagari", "Beng": "Serif Bengali", "Guru": "Serif Gurmukhi",
		"Gujr": "Serif Gujarati", "Orya": "Serif Oriya", "Taml": "Serif Tamil", "Telu": "Serif Telugu", "Knda": "Serif Kannada", "Mlym": "Serif Malayalam",
		"Sinh": "Serif Sinhala", "Thai": "Serif Thai", "Laoo": "Serif Lao", "Tibt": "Serif Tibetan", "Mymr": "Serif Myanmar", "Khmr": "Serif Khmer",
		"Geor": "Serif Georgian", "Armn": "Serif Armenian", "Ethi": "Serif Ethiopic", "Hani": "Serif CJK", "Hira": "Serif CJK JP", "Kana": "Serif CJK JP",
		"Hang": "Serif CJK KR", "Mong": "Sans Mongolian", "Cher": "Sans Cherokee", "Cans": "Sans Canadian Aboriginal", "Tfng": "Sans Tifinagh",
		"Nkoo": "Sans NKo", "Syrc": "Sans Syriac", "Thaa": "Sans Thaana", "Bopo": "Serif CJK TC", "Yiii": "Sans Yi", "Olck": "Sans Ol Chiki",
	}
	return "Noto " + cmp.Or(names[script], "Serif")
}
