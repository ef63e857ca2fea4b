package schema

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
)

// scalar returns the words of a scalar, or reports what stands there instead.
func (d *Decoder) scalar(n *node, want string) (string, bool) {
	if n.kind != scalar {
		what := "a list"
		if n.kind == mapping {
			what = "a group of keys"
		}
		d.errorf(n, "wrong-type", "here should be %s, not %s", want, what)
		return "", false
	}
	d.note(n)
	return n.value, true
}

// Line is one line of plain text of at most limit characters.
func Line(limit int) Kind[string] {
	return textKind("one line of text", limit, func(d *Decoder, n *node, s string) bool {
		if strings.ContainsAny(s, breaks) {
			d.errorf(n, "many-lines", "this should be one line").Hint = "join the lines"
			return false
		}
		return true
	})
}

// breaks is what ends a line somewhere (UAX 14: BK, CR, LF, NL). In double quotes
// YAML has escapes for all of it.
const breaks = "\n\v\f\r\u0085\u2028\u2029"

// Prose is plain text; an empty line parts paragraphs.
func Prose(limit int) Kind[string] { return textKind("text", limit, nil) }

// Summary is what cards, search and feeds show: 40 to 280 characters.
func Summary() Kind[string] {
	k := Line(2000)
	read := k.read
	k.Words = "one or two sentences, 40 to 280 characters"
	k.read = func(d *Decoder, n *node, into *string) bool {
		ok := read(d, n, into)
		if l := runes(*into); ok && (l < 40 || l > 280) {
			p := d.warnf(n, "summary-length", "the summary has %d characters; 40 to 280 fit everywhere", l)
			p.Hint = "shorten it, or say a little more"
		}
		return ok
	}
	return k
}

func textKind(words string, limit int, check func(*Decoder, *node, string) bool) Kind[string] {
	return Kind[string]{
		Words:  words,
		Schema: map[string]any{"type": "string", "minLength": 1, "maxLength": limit},
		read: func(d *Decoder, n *node, into *string) bool {
			s, ok := d.scalar(n, words)
			if !ok || check != nil && !check(d, n, s) {
				return false
			}
			if l := runes(s); l > limit {
				d.errorf(n, "too-long", "this has %d characters; at most %d are allowed", l, limit).Hint = "shorten it; what is longer belongs into the body"
				return false
			}
			if strings.ContainsFunc(s, spoils) {
				d.errorf(n, "control-character", "there is a control character in the text").Hint = "delete it, or write the value anew"
				return false
			}
			if m := markup(s); m != "" {
				d.errorf(n, "markup", "%s is markup; keys hold plain text", m).Hint = "markup belongs into the body, as Markdown"
				return false
			}
			*into = strings.TrimSpace(s)
			if d.inText && d.Typeset != nil {
				*into = d.Typeset(*into)
			}
			return true
		},
	}
}

// spoils reports whether r can do no good in a text: a control character, or a break
// of lines that outputs do not agree on.
func spoils(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' || r == '\u2028' || r == '\u2029'
}

// markup returns the first tag of HTML in a text.
func markup(s string) string {
	if strings.IndexByte(s, '<') < 0 {
		return ""
	}
	return tag.FindString(s)
}

var tag = regexp.MustCompile(`</?[A-Za-z][^>]*>`)

// Enum is one word of a fixed list.
func Enum[V ~string](words ...V) Kind[V] {
	var all []string
	for _, w := range words {
		all = append(all, string(w))
	}
	return Kind[V]{
		Words:  "one of " + strings.Join(all, ", "),
		Schema: map[string]any{"enum": all},
		read: func(d *Decoder, n *node, into *V) bool {
			s, ok := d.scalar(n, "one word")
			if !ok {
				return false
			}
			for _, w := range all {
				if s == w {
					*into = V(s)
					return true
				}
			}
			d.errorf(n, "unknown-value", "%q is not one of the words for this", s).Propose(s, "they", all)
			return false
		},
	}
}

// URL is an https address.
func URL() Kind[string] {
	return Kind[string]{
		Words:  "an address that begins with https://",
		Schema: map[string]any{"type": "string", "format": "uri", "pattern": "^https://"},
		read: func(d *Decoder, n *node, into *string) bool {
			s, ok := d.scalar(n, "an address")
			if !ok {
				return false
			}
			u, err := url.Parse(s)
			switch {
			case err == nil && u.Scheme == "http" && u.Host != "":
				p := d.errorf(n, "not-https", "%q is not a secure address", s)
				p.Hint, p.Fix = "write https://, if the site answers to it", "https://"+strings.TrimPrefix(s, "http://")
				return false
			case err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || strings.ContainsAny(s, "\"<>\\^`{|}") || strings.ContainsFunc(s, unicode.IsSpace):
				d.errorf(n, "bad-address", "%q is no address of the web", s).Hint = "copy it from the browser; it begins with https://"
				return false
			}
			*into = s
			return true
		},
	}
}

// Pattern is one line that a regular expression describes; words says so to
// people and code names the problem.
func Pattern(re *regexp.Regexp, words, code string) Kind[string] {
	return Kind[string]{
		Words:  words,
		Schema: map[string]any{"type": "string", "pattern": re.String()},
		read: func(d *Decoder, n *node, into *string) bool {
			s, ok := d.scalar(n, words)
			if !ok {
				return false
			}
			if !re.MatchString(s) {
				d.errorf(n, code, "%q is not %s", s, words)
				return false
			}
			*into = s
			return true
		},
	}
}

var slug = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// IsID reports whether s can be the id of a record.
func IsID(s string) bool {
	hyphen := true // before s, and so none may follow
	for i := range len(s) {
		was := hyphen
		if hyphen = s[i] == '-'; hyphen && was || !hyphen && !('a' <= s[i] && s[i] <= 'z' || '0' <= s[i] && s[i] <= '9') {
			return false
		}
	}
	return !hyphen && len(s) <= 60
}

// ID is an id: lower-case letters, digits and single hyphens.
func ID() Kind[string] {
	return Pattern(slug, "an id of small letters, digits and hyphens", "bad-id")
}

// Lang is a language tag of BCP 47.
func Lang() Kind[string] {
	return Pattern(regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`), "a language tag such as fr or zh-Hant", "bad-language")
}

// Colour is a colour as #rrggbb.
func Colour() Kind[string] {
	return Pattern(regexp.MustCompile(`^#[0-9a-fA-F]{6}$`), "a colour such as #1667e4", "bad-colour")
}
