package doc

import (
	"html"
	"net/url"
	"strings"

	"uccn/generator/internal/model"
)

// Split takes the target of a record link apart: "city:lodz#film" names the
// city lodz and the place film in it. It reports false for other targets.
func Split(target string) (t model.Type, id, fragment string, ok bool) {
	word, rest, found := strings.Cut(target, ":")
	if !found {
		return "", "", "", false
	}
	if t, ok = model.TypeOf(word); !ok {
		return "", "", "", false
	}
	id, fragment, _ = strings.Cut(rest, "#")
	return t, id, fragment, true
}

// Scheme returns what stands before the colon of an address, as a browser
// would read it: percent signs resolved, blanks and control characters left
// out, in small letters. It returns "" for relative addresses.
func Scheme(target string) string {
	i := strings.IndexAny(target, ":%&")
	if i < 0 {
		return ""
	}
	if s := target[:i]; target[i] == ':' && !strings.ContainsFunc(s, func(r rune) bool { return r < 'a' || r > 'z' }) {
		return s
	}
	for range 3 { // an address escaped again and again
		plain, err := url.PathUnescape(target)
		if err != nil {
			plain = target
		}
		plain = html.UnescapeString(plain)
		if plain == target {
			break
		}
		target = plain
	}
	target = strings.Map(func(r rune) rune {
		if r <= ' ' || r >= 0x7F && r <= 0xA0 || r == 0xAD || r >= 0x200B && r <= 0x200F || r >= 0x2028 && r <= 0x202F || r >= 0x2060 && r <= 0x206F || r == 0xFEFF {
			return -1
		}
		return r
	}, target)
	end := strings.IndexAny(target, ":/?#")
	if end < 0 || target[end] != ':' {
		return ""
	}
	return strings.ToLower(target[:end])
}

// KindOf tells where an address leads by its scheme.
func KindOf(target string) Kind {
	switch s := Scheme(target); s {
	case "http", "https", "mailto", "tel":
		if strings.HasPrefix(target, s) || strings.EqualFold(target[:min(len(target), len(s))], s) {
			return Web
		}
		return Refused // a scheme in disguise
	case "":
		if strings.HasPrefix(target, "#") {
			return Anchor
		}
		if len(target) > 1 && strings.ContainsRune(`/\`, rune(target[0])) && strings.ContainsRune(`/\`, rune(target[1])) {
			return Refused // another host
		}
		return Path
	default:
		if _, id, _, ok := Split(target); ok && id != "" {
			return Record
		}
		return Refused
	}
}

// appendAddress writes an address as the value of an attribute: what no
// address may hold is percent-encoded, what HTML would read is escaped.
func appendAddress(out []byte, s string) []byte {
	const hex = "0123456789ABCDEF"
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '&':
			out = append(out, "&amp;"...)
		case c == '%':
			if i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
				out = append(out, '%')
			} else {
				out = append(out, "%25"...)
			}
		case c == '\'':
			out = append(out, "%27"...)
		case c <= ' ' || c >= 0x7F || strings.IndexByte("\"<>[\\]^`{|}", c) >= 0:
			out = append(out, '%', hex[c>>4], hex[c&15])
		default:
			out = append(out, c)
		}
	}
	return out
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}
