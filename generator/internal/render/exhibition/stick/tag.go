package stick

import (
	"bytes"
	"html"
	"strings"
)

// A tag is a start or an end tag as it stands in a page, or, without a name,
// anything else that begins with "<".
type tag struct {
	raw     []byte
	name    string // in small letters
	closing bool
	attrs   []attr
}

// attr is an attribute; value is as written, between its quotes.
type attr struct{ name, value string }

func (t tag) lookup(name string) (string, bool) {
	for _, a := range t.attrs {
		if a.name == name {
			return html.UnescapeString(a.value), true
		}
	}
	return "", false
}

func (t tag) attr(name string) string {
	v, _ := t.lookup(name)
	return v
}

// readTag reads what begins with the "<" at the start of src, and how long it is.
func readTag(src []byte) (t tag, n int) {
	if bytes.HasPrefix(src, []byte("<!--")) {
		if i := bytes.Index(src, []byte("-->")); i >= 0 {
			return tag{raw: src[:i+3]}, i + 3
		}
		return tag{raw: src}, len(src)
	}
	i := 1
	if i < len(src) && src[i] == '/' {
		t.closing = true
		i++
	}
	from := i
	for i < len(src) && isName(src[i]) {
		i++
	}
	if i == from {
		return tag{raw: src[:1]}, 1 // a stray sign, or a declaration: text
	}
	t.name = strings.ToLower(string(src[from:i]))
	for i < len(src) && src[i] != '>' {
		if isName(src[i]) {
			var a attr
			a, i = readAttr(src, i)
			t.attrs = append(t.attrs, a)
			continue
		}
		i++
	}
	i = min(i+1, len(src))
	t.raw = src[:i]
	return t, i
}

func isName(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == ':' || c == '_'
}

func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func readAttr(src []byte, i int) (attr, int) {
	from := i
	for i < len(src) && isName(src[i]) {
		i++
	}
	a := attr{name: strings.ToLower(string(src[from:i]))}
	for i < len(src) && isBlank(src[i]) {
		i++
	}
	if i >= len(src) || src[i] != '=' {
		return a, i
	}
	for i++; i < len(src) && isBlank(src[i]); i++ {
	}
	if i >= len(src) {
		return a, i
	}
	if q := src[i]; q == '"' || q == '\'' {
		end := bytes.IndexByte(src[i+1:], q)
		if end < 0 {
			return a, len(src)
		}
		a.value = strings.ReplaceAll(string(src[i+1:i+1+end]), `"`, "&#34;")
		return a, i + end + 2
	}
	from = i
	for i < len(src) && !isBlank(src[i]) && src[i] != '>' {
		i++
	}
	a.value = string(src[from:i])
	return a, i
}

// rawLength returns how long the text of an element is that holds no tags; 0
// for every other element.
func rawLength(name string, src []byte) int {
	switch name {
	case "script", "style", "title", "textarea":
		if i := bytes.Index(bytes.ToLower(src), []byte("</"+name)); i > 0 {
			return i
		}
	}
	return 0
}
