package searchindex

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// begin opens the call that hands a value to the client, with room for it, in b, which is empty.
func begin(b []byte, name string, room int) []byte {
	b = slices.Grow(b, room+len(name)+12)
	return append(append(append(b, `uccn("`...), name...), `",`...)
}

// end closes the call. Each file is hashed here and once, so that a file that is
// not made anew is not hashed anew either.
func end(name string, b []byte) File {
	b = append(b, ")\n"...)
	return File{Name: name + ".js", Data: b, Sum: sha256.Sum256(b)}
}

// script writes the call that hands over any value.
func script(name string, v any) File {
	b := bytes.NewBuffer(begin(nil, name, 1024))
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // texts and numbers can always be written
	}
	return end(name, bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

// appendTexts appends texts as one JSON string on one line, as encoding/json
// writes it without escapes for HTML. White space, also between the texts,
// becomes one blank. The first is in lang; where another language begins, it
// stands between tabs.
func appendTexts(b []byte, lang string, texts []Text) []byte {
	b = append(b, '"')
	first, at := len(b), lang
	for _, t := range texts {
		if n := cmp.Or(t.Lang, lang); n != at && strings.TrimSpace(t.Words) != "" {
			b = append(append(append(trimmed(b, first), `\t`...), n...), `\t`...)
			first, at = len(b), n
		}
		if len(b) > first && b[len(b)-1] != ' ' {
			b = append(b, ' ')
		}
		b = appendWords(b, t.Words, first)
	}
	return append(trimmed(b, first), '"')
}

// trimmed is b without a blank at its end; what stands before first is not looked at.
func trimmed(b []byte, first int) []byte {
	if len(b) > first && b[len(b)-1] == ' ' {
		b = b[:len(b)-1]
	}
	return b
}

// appendWords appends a text; what stands before first is not of its line.
func appendWords(b []byte, s string, first int) []byte {
	from := 0 // of what is not yet appended
	blank := len(b) == first || b[len(b)-1] == ' '
	for i := 0; i < len(s); {
		c, n := s[i], 1
		if c > ' ' && c < utf8.RuneSelf && c != '"' && c != '\\' {
			i, blank = i+1, false
			continue
		}
		space, escape := c == ' ', ""
		switch {
		case space:
		case c < ' ':
			if space = c >= '\t' && c <= '\r'; !space {
				escape = control(c)
			}
		case c == '"':
			escape = `\"`
		case c == '\\':
			escape = `\\`
		case c >= utf8.RuneSelf:
			var r rune
			if r, n = utf8.DecodeRuneInString(s[i:]); r == utf8.RuneError && n == 1 {
				escape = `\ufffd`
			} else {
				space = unicode.IsSpace(r)
			}
		}
		switch {
		case c == ' ' && !blank:
			blank = true
		case space:
			b = append(b, s[from:i]...)
			if from = i + n; !blank {
				b, blank = append(b, ' '), true
			}
		case escape != "":
			b = append(append(b, s[from:i]...), escape...)
			from, blank = i+n, false
		default:
			blank = false
		}
		i += n
	}
	return append(b, s[from:]...)
}

// control writes a control character that is no white space.
func control(c byte) string {
	const hex = "0123456789abcdef"
	if c == '\b' {
		return `\b`
	}
	return `\u00` + string([]byte{hex[c>>4], hex[c&15]})
}

// plain puts a text on one line.
func plain(s string) string {
	for i := range len(s) {
		if c := s[i]; c <= ' ' && (c != ' ' || i == 0 || i+1 == len(s) || s[i+1] == ' ') || c >= utf8.RuneSelf {
			return strings.Join(strings.Fields(s), " ")
		}
	}
	return s
}
