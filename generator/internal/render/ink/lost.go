package ink

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"uccn/generator/internal/typeset/font"
)

// A Lost is the characters of one script that no font holds.
type Lost struct {
	Chars string // quoted, as a message names them
	Hint  string // what to do
}

// Losses says what is missing, one entry for each script. Equal characters of
// several languages count once.
func Losses(missing []font.Missing) []Lost {
	var scripts []string
	chars := map[string][]rune{}
	for _, m := range missing {
		if chars[m.Script] == nil {
			scripts = append(scripts, m.Script)
		}
		if !slices.Contains(chars[m.Script], m.Rune) {
			chars[m.Script] = append(chars[m.Script], m.Rune)
		}
	}
	slices.Sort(scripts)
	var out []Lost
	for _, s := range scripts {
		font := "a font for the script " + s + ", such as " + noto(s)
		if s == "Zyyy" || s == "Zinh" { // signs and marks of no script
			font = "a font that has it, such as Noto Sans Symbols"
		}
		out = append(out, Lost{quoted(chars[s]), "add " + font + ", to the folder fonts of the theme or to fonts: in site.yaml"})
	}
	return out
}

// named is how many characters a message names.
const named = 5

func quoted(chars []rune) string {
	slices.Sort(chars)
	var parts []string
	for _, r := range chars[:min(named, len(chars))] {
		parts = append(parts, fmt.Sprintf("%q (U+%04X)", r, r))
	}
	text := strings.Join(parts, ", ")
	if n := len(chars) - named; n > 0 {
		text += fmt.Sprintf(" and %d more", n)
	}
	return text
}

// noto names a free font for a script of ISO 15924.
func noto(script string) string {
	names := map[string]string{
		"Arab": "Naskh Arabic", "Hebr": "Serif Hebrew", "Deva": "Serif Devanagari", "Beng": "Serif Bengali", "Guru": "Serif Gurmukhi",
		"Gujr": "Serif Gujarati", "Orya": "Serif Oriya", "Taml": "Serif Tamil", "Telu": "Serif Telugu", "Knda": "Serif Kannada", "Mlym": "Serif Malayalam",
		"Sinh": "Serif Sinhala", "Thai": "Serif Thai", "Laoo": "Serif Lao", "Tibt": "Serif Tibetan", "Mymr": "Serif Myanmar", "Khmr": "Serif Khmer",
		"Geor": "Serif Georgian", "Armn": "Serif Armenian", "Ethi": "Serif Ethiopic", "Hani": "Serif CJK", "Hira": "Serif CJK JP", "Kana": "Serif CJK JP",
		"Hang": "Serif CJK KR", "Mong": "Sans Mongolian", "Cher": "Sans Cherokee", "Cans": "Sans Canadian Aboriginal", "Tfng": "Sans Tifinagh",
		"Nkoo": "Sans NKo", "Syrc": "Sans Syriac", "Thaa": "Sans Thaana", "Bopo": "Serif CJK TC", "Yiii": "Sans Yi", "Olck": "Sans Ol Chiki", "Goth": "Sans Gothic",
	}
	return "Noto " + cmp.Or(names[script], "Serif")
}
