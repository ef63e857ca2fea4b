package theme

import "strings"

// A mention is a place in a style sheet or script where another file may be
// named: what opens it, the path as it stands there, and what closes it.
type mention struct {
	from, to    int    // all of it, in bytes
	opens       string // a quote, or "url(" with what follows it
	here        string // "./", "../" or nothing
	path, close string
}

// mentions calls f for each mention in text, from the first to the last.
func mentions(text string, f func(mention)) {
	for at := 0; ; {
		i := strings.IndexAny(text[at:], `"'u`)
		if i < 0 {
			return
		}
		at += i
		m, ok := mentionAt(text, at)
		if !ok {
			at++
			continue
		}
		f(m)
		at = m.to
	}
}

func mentionAt(text string, at int) (mention, bool) {
	rest := text[at:]
	if rest[0] != 'u' {
		rest = rest[1:]
	} else {
		inside, ok := strings.CutPrefix(rest, "url(")
		if !ok {
			return mention{}, false
		}
		rest = strings.TrimLeft(inside, " \t\n\f\r")
		if rest != "" && isQuote(rest[0]) {
			rest = rest[1:]
		}
	}
	m := mention{from: at, opens: text[at : len(text)-len(rest)]}
	end := 0
	for _, m.here = range []string{"../", "./", ""} {
		if path, ok := strings.CutPrefix(rest, m.here); ok {
			if end = named(path); end > 0 {
				m.path, rest = path[:end], path[end:]
				break
			}
		}
	}
	if end == 0 {
		return m, false
	}
	closes := rest
	if after, ok := strings.CutPrefix(rest, "#"); ok {
		if anchor := strings.TrimLeftFunc(after, inAnchor); len(anchor) < len(after) {
			rest = anchor
		}
	}
	if rest != "" && isQuote(rest[0]) {
		rest = rest[1:]
	}
	m.to = len(text) - len(rest)
	m.close = closes[:len(closes)-len(rest)]
	return m, true
}

// named returns the length of the longest path at the beginning of s that ends as
// the names of assets do, or 0.
func named(s string) int {
	n := 0
	for n < len(s) && inPath(s[n]) {
		n++
	}
	for dot := strings.LastIndexByte(s[:n], '.'); dot > 0; dot = strings.LastIndexByte(s[:dot], '.') {
		for _, ext := range []string{"woff2", "svg", "css", "js", "png", "jpg", "webp", "txt"} {
			if strings.HasPrefix(s[dot+1:], ext) {
				return dot + 1 + len(ext)
			}
		}
	}
	return 0
}

func isQuote(c byte) bool { return c == '"' || c == '\'' }

func isWord(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_'
}

func inPath(c byte) bool { return isWord(c) || c == '.' || c == '/' || c == '-' }

func inAnchor(r rune) bool { return r < 128 && (isWord(byte(r)) || r == '-') }

// renamed returns text with what to gives for a mention in its place; nothing
// where it gives "".
func renamed(text []byte, to func(mention) string) []byte {
	var out []byte
	from := 0
	mentions(string(text), func(m mention) {
		if new := to(m); new != "" {
			out = append(append(append(append(out, text[from:m.from]...), m.opens...), new...), m.close...)
			from = m.to
		}
	})
	if from == 0 {
		return text
	}
	return append(out, text[from:]...)
}
