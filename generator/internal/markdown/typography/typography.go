// Package typography sets words as the language they are in sets them: quotes
// and quotes within them, apostrophes, dashes, ellipses and the spaces of
// French. It also resolves the escapes that Markdown has in words.
package typography

import (
	"bytes"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// quotes are the marks of a language: around what is said, and around what is
// said within it.
type quotes struct{ open, close, innerOpen, innerClose string }

const (
	nbsp   = "\u00a0" // no-break space
	narrow = "\u202f" // narrow no-break space, before ; ! ? in French

	maxQuotes = 8 // open at a time; more are slips
)

// quotesOf returns the marks of a language as its style guides have them; the
// English ones where the language is not known.
func quotesOf(lang string) quotes {
	base, region, _ := strings.Cut(strings.ToLower(lang), "-")
	switch base {
	case "fr":
		return quotes{"«" + nbsp, nbsp + "»", "“", "”"}
	case "de", "cs", "sk", "sl", "bg", "lt", "et", "is", "ka":
		return quotes{"„", "“", "‚", "‘"}
	case "pt":
		if region != "br" {
			return quotes{"«", "»", "“", "”"}
		}
	case "es", "it", "ar", "fa", "el", "ca", "gl", "eu", "sq", "az", "hy":
		return quotes{"«", "»", "“", "”"}
	case "ru", "uk", "be", "kk", "ky":
		return quotes{"«", "»", "„", "“"}
	case "pl", "ro", "hr", "sr", "bs":
		return quotes{"„", "”", "«", "»"}
	case "hu":
		return quotes{"„", "”", "»", "«"}
	case "sv", "fi":
		return quotes{"”", "”", "’", "’"}
	case "da":
		return quotes{"»", "«", "›", "‹"}
	case "no", "nb", "nn":
		return quotes{"«", "»", "‘", "’"}
	case "ja":
		return quotes{"「", "」", "『", "』"}
	case "zh":
		if region == "hant" || region == "tw" || region == "hk" {
			return quotes{"「", "」", "『", "』"}
		}
	}
	return quotes{"“", "”", "‘", "’"}
}

// A Setter sets the words of a paragraph, piece by piece, and keeps what it
// must know of the pieces before.
type Setter struct {
	quotes
	off     bool // zxx, the code for no language: words stay as typed
	french  bool
	plain   bool   // the words are no Markdown: they hold no escapes
	noSpace bool   // a script without spaces: line ends part no words
	prev    rune   // what was set last; 0 at the start of a paragraph or quotation
	open    []byte // the quotes that are open, as typed
}

// New returns a Setter for a language. With "zxx", the code for no language,
// words stay as typed.
func New(lang string) Setter {
	base, _, _ := strings.Cut(strings.ToLower(lang), "-")
	return Setter{quotes: quotesOf(lang), off: base == "zxx", french: base == "fr", noSpace: base == "zh" || base == "ja"}
}

// Plain sets one text that is no Markdown, such as a title or a summary.
func Plain(lang, s string) string {
	t := New(lang)
	t.plain = true
	if t.Clean(s, 0, len(s)) == len(s) {
		return s
	}
	return string(t.Set(make([]byte, 0, len(s)+8), s, 0, len(s)))
}

// Reset begins a new paragraph.
func (t *Setter) Reset() { t.prev, t.open = 0, t.open[:0] }

// Clean returns how far s[from:to] is set as it stands.
func (t *Setter) Clean(s string, from, to int) int {
	for i := from; i < to; i++ {
		c := s[i]
		if c > '?' && c != '\\' && c != 0xC2 {
			continue // letters, mostly
		}
		switch c {
		case '\\', '&':
			if !t.plain {
				return i
			}
		case '"', '\'':
			if !t.off {
				return i
			}
		case '-':
			if i+1 < len(s) && s[i+1] == '-' && !t.off {
				return i
			}
		case '.':
			if !t.off && strings.HasPrefix(s[i:], "...") {
				return i
			}
		case ';', ':', '!', '?', 0xC2: // 0xC2 begins « and »
			if t.french {
				return i
			}
		case ' ', '\n':
			if t.french && i+1 < len(s) && (frenchMark(s[i+1:]) != "" || thousands(s, i)) {
				return i
			}
			if t.noSpace && c == '\n' {
				return i
			}
		}
	}
	return to
}

// Break says that a line ended, by the editor's wish, before what follows.
func (t *Setter) Break() { t.prev = 0 }

// Thing says that something stands before what follows that is no words: code,
// a picture, the sign of a footnote.
func (t *Setter) Thing() { t.prev = 'x' }

// Last says what was set last, where that was not done by Set.
func (t *Setter) Last(s string) {
	if s != "" {
		t.prev, _ = utf8.DecodeLastRuneInString(s)
	}
}

// Set appends the typographic form of s[from:to] to out. What follows in s is
// looked at to know what a quote belongs to.
func (t *Setter) Set(out []byte, s string, from, to int) []byte {
	for i := from; i < to; {
		if n := t.Clean(s, i, to); n > i {
			out = append(out, s[i:n]...)
			t.Last(s[i:n])
			i = n
			continue
		}
		quotes := len(t.open)
		piece, n := t.piece(s, i, to)
		out = append(out, piece...)
		switch {
		case s[i] != '"' && s[i] != '\'':
			t.Last(piece)
		case len(t.open) > quotes:
			t.prev = 0
		default:
			t.prev = 'x'
		}
		i += n
	}
	return out
}

// piece returns what is set for the sign at s[i], and how many bytes it takes.
func (t *Setter) piece(s string, i, to int) (string, int) {
	rest := s[i:to]
	switch c := rest[0]; c {
	case '\\':
		if len(rest) > 1 && isPunct(rest[1]) {
			return rest[1:2], 2
		}
		return `\`, 1
	case '&':
		return entity(rest)
	case '"':
		return t.double(s[i+1:]), 1
	case '\'':
		return t.single(s[i+1:]), 1
	case '-':
		n := 2
		for n < len(rest) && rest[n] == '-' {
			n++
		}
		switch n {
		case 2:
			return "–", 2
		case 3:
			return "—", 3
		}
		return rest[:n], n
	case '.':
		return "…", 3
	case ' ', '\n':
		if t.french && thousands(s, i) {
			return narrow, 1
		}
		return t.space(s[i+1:], rest[:1]), 1
	default:
		return t.frenchSign(s[i:], to-i)
	}
}

// entity resolves a character reference; what is none stays as it is.
func entity(s string) (string, int) {
	end := strings.IndexByte(s[:min(len(s), 40)], ';')
	if end < 2 || !isReference(s[1:end]) {
		return "&", 1
	}
	r := html.UnescapeString(s[:end+1])
	if strings.HasSuffix(r, ";") && strings.HasPrefix(r, "&") {
		return "&", 1
	}
	return strings.Map(Allowed, r), end + 1
}

// isReference reports whether s, between & and ;, has the form of a reference.
func isReference(s string) bool {
	digits, most := func(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' }, 40
	if s[0] == '#' {
		s, most, digits = s[1:], 7, func(c byte) bool { return c >= '0' && c <= '9' }
		if s != "" && s[0]|0x20 == 'x' {
			s, most, digits = s[1:], 6, func(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f' }
		}
	}
	for i := range len(s) {
		if !digits(s[i]) {
			return false
		}
	}
	return len(s) > 0 && len(s) <= most
}

// Allowed keeps XML's characters and replaces all others.
func Allowed(r rune) rune {
	switch {
	case r < ' ' && r != '\n' && r != '\t', r >= 0xFFFE && r <= 0xFFFF, r == 0x7F:
		return utf8.RuneError
	}
	return r
}

func (t *Setter) double(after string) string {
	next, _ := utf8.DecodeRuneInString(after)
	atEnd := after == "" || unicode.IsSpace(next)
	if (t.opens(t.prev) || t.noSpace && len(t.open) == 0) && !atEnd && len(t.open) < maxQuotes {
		inner := bytes.IndexByte(t.open, '"') >= 0
		t.open = append(t.open, '"')
		if inner {
			return t.innerOpen
		}
		return t.quotes.open
	}
	for k := len(t.open) - 1; k >= 0; k-- {
		if t.open[k] == '"' {
			inner := bytes.IndexByte(t.open[:k], '"') >= 0
			t.open = t.open[:k]
			if inner {
				return t.innerClose
			}
			return t.close
		}
	}
	if t.opens(t.prev) || unicode.IsDigit(t.prev) {
		return `"` // alone between blanks, or inches
	}
	return t.close
}

func (t *Setter) single(after string) string {
	next, _ := utf8.DecodeRuneInString(after)
	if t.opens(t.prev) && len(t.open) < maxQuotes && !unicode.IsDigit(next) && !strings.HasPrefix(after, "n'") && closesSoon(after) {
		t.open = append(t.open, '\'')
		return t.innerOpen
	}
	if n := len(t.open); n > 0 && t.open[n-1] == '\'' && !t.opens(t.prev) && !unicode.IsLetter(next) {
		t.open = t.open[:n-1]
		return t.innerClose
	}
	return "’"
}

// opens reports whether a quote after r begins something.
func (t *Setter) opens(r rune) bool {
	return r == 0 || unicode.IsSpace(r) || strings.ContainsRune("([{–—/", r) || strings.ContainsRune(t.quotes.open+t.innerOpen, r)
}

// closesSoon reports whether a single quote follows that ends a quotation:
// after something that is no blank, and before something that is no letter.
func closesSoon(s string) bool {
	s = s[:min(len(s), 400)]
	for i := 1; i < len(s); i++ {
		if s[i] != '\'' || s[i-1] == ' ' || s[i-1] == '\n' {
			if s[i] == '\n' && s[i-1] == '\n' {
				return false
			}
			continue
		}
		next, _ := utf8.DecodeRuneInString(s[i+1:])
		if i+1 == len(s) || !unicode.IsLetter(next) && !unicode.IsDigit(next) {
			return true
		}
	}
	return false
}

// space returns what is set for a blank before after.
func (t *Setter) space(after, as string) string {
	if t.noSpace && as == "\n" {
		if next, _ := utf8.DecodeRuneInString(after); wide(t.prev) && wide(next) {
			return ""
		}
		return as
	}
	mark := frenchMark(after)
	if t.french && mark != "" && t.prev != 0 && !strings.HasPrefix(after, "![") {
		return before(mark)
	}
	if t.prev == '«' {
		return ""
	}
	return as
}

// frenchSign sets a sign before which French has a space, or «.
func (t *Setter) frenchSign(s string, within int) (string, int) {
	if strings.HasPrefix(s, "«") && within >= 2 {
		if after := s[2:]; strings.HasPrefix(after, " ") && within > 2 {
			return "«" + nbsp, 3
		} else if strings.HasPrefix(after, nbsp) || strings.HasPrefix(after, narrow) || after == "" {
			return "«", 2
		}
		return "«" + nbsp, 2
	}
	mark := frenchMark(s)
	if mark == "" {
		_, n := utf8.DecodeRuneInString(s)
		return s[:n], n
	}
	after := s[len(mark):]
	next, _ := utf8.DecodeRuneInString(after)
	ends := after == "" || unicode.IsSpace(next) || strings.ContainsRune(`)]"»!?.,*_`, next) || mark == "»"
	if ends && (unicode.IsLetter(t.prev) || unicode.IsDigit(t.prev) || strings.ContainsRune(")]%”’…", t.prev)) {
		return before(mark) + mark, len(mark)
	}
	return mark, len(mark)
}

// frenchMark returns the sign at the start of s before which French has a space.
func frenchMark(s string) string {
	switch {
	case s == "":
	case s[0] == ';' || s[0] == ':' || s[0] == '!' || s[0] == '?':
		return s[:1]
	case strings.HasPrefix(s, "»"):
		return "»"
	}
	return ""
}

// before is the space that French has before a mark.
func before(mark string) string {
	if mark == ":" || mark == "»" {
		return nbsp
	}
	return narrow
}

// wide reports whether r belongs to a script that is written without spaces.
func wide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFFEF
}

// isPunct reports whether c is ASCII punctuation, which a backslash may stand before.
func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// thousands reports whether the blank at s[i] parts the thousands of a number:
// one to three digits stand before it and exactly three behind it.
func thousands(s string, i int) bool {
	before := 0
	for before < i && isDigit(s[i-1-before]) {
		before++
	}
	behind := 0
	for i+1+behind < len(s) && isDigit(s[i+1+behind]) {
		behind++
	}
	return before >= 1 && before <= 3 && behind == 3
}

func isPunct(c byte) bool {
	return c >= '!' && c <= '/' || c >= ':' && c <= '@' || c >= '[' && c <= '`' || c >= '{' && c <= '~'
}

// Unescape resolves the backslashes and character references of an address.
func Unescape(s string) string {
	if !strings.ContainsAny(s, `\&`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		switch {
		case s[i] == '\\' && i+1 < len(s) && isPunct(s[i+1]):
			b.WriteByte(s[i+1])
			i += 2
		case s[i] == '&':
			piece, n := entity(s[i:])
			b.WriteString(piece)
			i += n
		default:
			b.WriteByte(s[i])
			i++
		}
	}
	return b.String()
}
