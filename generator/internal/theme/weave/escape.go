package weave

import (
	"fmt"
	"html/template"
	"reflect"
	"strconv"
	"strings"
	"text/template/parse"
)

// escaper returns the name of the escaper of html/template that a command is,
// or "".
func escaper(c *parse.CommandNode) string {
	if id, ok := c.Args[0].(*parse.IdentifierNode); ok && len(c.Args) == 1 {
		if name, ok := strings.CutPrefix(id.Ident, "_html_template_"); ok {
			return name
		}
	}
	return ""
}

// An escape appends s as it must be written in a context.
type escape func(out []byte, s string) []byte

// writer writes a value through the escapers that html/template chose for it.
func writer(v value, escapers []string) (op, error) {
	if len(escapers) == 0 {
		return nil, fmt.Errorf("a value of the type %v would be written as it is", v.of)
	}
	e, err := escaping(v.of, strings.Join(escapers, " "))
	if err != nil {
		return nil, err
	}
	switch v.of.Kind() {
	case reflect.String:
		return func(s *state, f *frame) {
			at := v.at(s, f)
			s.out = e(s.out, *(*string)(at))
		}, nil
	case reflect.Int:
		return func(s *state, f *frame) { s.out = e(s.out, strconv.Itoa(*(*int)(v.at(s, f)))) }, nil
	}
	return nil, fmt.Errorf("values of the type %v are not written", v.of)
}

// escaping returns the escape for a chain of escapers, given a value of a type.
// Types that mark a string as safe count only where that is known.
func escaping(of reflect.Type, chain string) (escape, error) {
	switch of {
	case reflect.TypeFor[template.HTML]():
		if chain == "htmlescaper" {
			return raw, nil
		}
		return nil, fmt.Errorf("HTML in the context of %s is not known", chain)
	case reflect.TypeFor[template.JS]():
		if chain == "jsvalescaper" {
			return raw, nil
		}
		return nil, fmt.Errorf("JS in the context of %s is not known", chain)
	}
	if of.PkgPath() == reflect.TypeFor[template.HTML]().PkgPath() {
		return nil, fmt.Errorf("the type %v is not known", of)
	}
	if of.Implements(reflect.TypeFor[error]()) || of.Implements(reflect.TypeFor[fmt.Stringer]()) {
		return nil, fmt.Errorf("the type %v writes itself", of)
	}
	switch chain {
	case "htmlescaper":
		return between, nil
	case "rcdataescaper", "attrescaper":
		return quoted, nil
	case "urlfilter urlnormalizer attrescaper":
		return filtered, nil
	case "urlfilter attrescaper":
		return refreshed, nil
	case "urlnormalizer attrescaper":
		return address, nil
	case "urlescaper attrescaper":
		return query, nil
	case "srcsetescaper attrescaper":
		return judged(`<img srcset="{{.}}">`)
	}
	return nil, fmt.Errorf("the context of %s is not known", chain)
}

func raw(out []byte, s string) []byte { return append(out, s...) }

// written escapes what opens or ends something between tags or, when it is quoted,
// in a text or attribute of which html/template decides that, and NUL. Between tags
// html/template writes quotes and the plus sign by their numbers as well, which
// makes a page longer and says the same; UTF-7 needs the plus sign.
func written(out []byte, s string, quoted bool) []byte {
	from := 0
	for i := range len(s) {
		if c := s[i]; c <= '>' { // as all that is escaped
			if w := reference(c, quoted); w != "" {
				out = append(append(out, s[from:i]...), w...)
				from = i + 1
			}
		}
	}
	return append(out, s[from:]...)
}

// reference returns what stands for a character, or "".
func reference(c byte, quoted bool) string {
	switch c {
	case 0:
		return "\uFFFD"
	case '&':
		return "&amp;"
	case '<':
		return "&lt;"
	case '>':
		return "&gt;"
	}
	if quoted {
		switch c {
		case '"':
			return "&#34;"
		case '\'':
			return "&#39;"
		case '+':
			return "&#43;"
		}
	}
	return ""
}

func between(out []byte, s string) []byte { return written(out, s, false) }

func quoted(out []byte, s string) []byte { return written(out, s, true) }

// Same reports whether a page is what html/template wrote, but for signs that it
// writes by their numbers and this package need not.
func Same(page, judge []byte) bool {
	return signs.Replace(string(page)) == signs.Replace(string(judge))
}

var signs = strings.NewReplacer("&#34;", `"`, "&#39;", "'", "&#43;", "+")

// filtered writes a whole address: one of another scheme than http, https and
// mailto is replaced by html/template's sign of refusal.
func filtered(out []byte, s string) []byte {
	if !harmless(s) {
		s = "#ZgotmplZ"
	}
	return address(out, s)
}

// refreshed writes the address in the content of a meta element.
func refreshed(out []byte, s string) []byte {
	if !harmless(s) {
		s = "#ZgotmplZ"
	}
	return quoted(out, s)
}

// address writes an address, or a piece before its query, into an attribute.
// What RFC 3986 does not allow in one is written with a per cent sign.
func address(out []byte, s string) []byte {
	from := 0
	for i := range len(s) {
		switch c := s[i]; {
		case unreserved(c) || delimits(c) || c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			continue
		case c == '&':
			out = append(append(out, s[from:i]...), "&amp;"...)
		case c == '+':
			out = append(append(out, s[from:i]...), "&#43;"...)
		default:
			out = percent(append(out, s[from:i]...), c)
		}
		from = i + 1
	}
	return append(out, s[from:]...)
}

// query writes a piece of a query or of an anchor.
func query(out []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; unreserved(c) {
			out = append(out, c)
		} else {
			out = percent(out, c)
		}
	}
	return out
}

func percent(out []byte, c byte) []byte {
	const hex = "0123456789abcdef"
	return append(out, '%', hex[c>>4], hex[c&15])
}

func unreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '.' || c == '_' || c == '~'
}

// delimits reports whether an address may have c as it is, for what it divides.
func delimits(c byte) bool {
	switch c {
	case '!', '#', '$', '*', ',', '/', ':', ';', '=', '?', '@', '[', ']':
		return true
	}
	return false
}

func harmless(s string) bool {
	scheme, _, has := strings.Cut(s, ":")
	return !has || strings.Contains(scheme, "/") ||
		strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "mailto")
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// judged lets html/template itself escape, in a template with one place; for
// contexts that are rare.
func judged(around string) (escape, error) {
	t, err := template.New("").Parse(around)
	if err != nil {
		return nil, err
	}
	before, after, _ := strings.Cut(around, "{{.}}")
	return func(out []byte, s string) []byte {
		if s == "" {
			return out
		}
		var b strings.Builder
		if err := t.Execute(&b, s); err != nil {
			panic(err) // a string is always written
		}
		return append(out, strings.TrimSuffix(strings.TrimPrefix(b.String(), before), after)...)
	}, nil
}
