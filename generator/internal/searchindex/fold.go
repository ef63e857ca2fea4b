package searchindex

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letters are what compatibility decomposition leaves alone though readers type
// another letter for it: Latin letters with a stroke, the final sigma, and the
// Arabic forms that stand for one letter.
var letters = strings.NewReplacer(
	"ł", "l", "ø", "o", "đ", "d", "ð", "d", "ħ", "h", "ı", "i", "ə", "e", "þ", "th", "ß", "ss", "æ", "ae", "œ", "oe", "ς", "σ",
	"ـ", "", "ٱ", "ا", "ى", "ي", "ة", "ه", "ک", "ك", "ی", "ي",
	"٠", "0", "١", "1", "٢", "2", "٣", "3", "٤", "4", "٥", "5", "٦", "6", "٧", "7", "٨", "8", "٩", "9",
	"۰", "0", "۱", "1", "۲", "2", "۳", "3", "۴", "4", "۵", "5", "۶", "6", "۷", "7", "۸", "8", "۹", "9",
)

// Fold returns the form in which texts are compared: decomposed, without marks,
// in small letters, with one letter for each family of letters. "Łódź" and
// "lodz" are the same, as are "الأحساء" and "الاحساء". The client has the same
// steps; testdata/fold.json holds both to them.
func Fold(s string) string {
	if plainASCII(s) {
		return strings.ToLower(s)
	}
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(s))
	return norm.NFC.String(letters.Replace(strings.ToLower(s)))
}

func plainASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// joined reports whether r is of a script that does not set words apart, or of
// Hangul, whose words carry their particles.
func joined(r rune) bool {
	return r >= 'ก' && (r == 'ー' || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar))
}

func letter(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}
