package audit

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"uccn/generator/internal/diag"
)

// A page is what one scan has found. Spans point into its text.
type page struct {
	path, lang string
	text       []byte // all of it, or only what the spans point into
	size       int    // of all of it, in bytes
	html       bool   // and not a drawing
	moved      bool   // it only sends the reader on
	links      []span
	shows      []string // paths of files that are published only because a page shows them
	ids        []span   // sorted by their bytes
	others     []translation
	faults     diag.List // what the page shows by itself, without a place

	unread func() (*page, error) // of a page that need not be read: reads it, once
}

// met returns the page as another meets it that leads to it.
func (p *page) met() (*page, error) {
	if p.unread == nil {
		return p, nil
	}
	return p.unread()
}

// span is a part of a page's text.
type span struct{ from, to int32 }

// A translation is where a page says that it can be read in another language.
type translation struct{ lang, path string }

func (p *page) at(s span) []byte { return p.text[s.from:s.to] }

// A scanner walks over the tags of a page.
type scanner struct {
	*page
	o       Options
	pos     int
	attrs   []attr // of the tag under way
	heading int    // level of the last heading
	tops    int    // how many headings of level 1
	naming  [3]struct {
		open, named bool
		from        int
	} // of the link, button and heading under way
	table, heads int // tables open; heads in the innermost
	title        bool
	langs        []string // attributes that were looked at
}

const (
	naLink = iota
	naButton
	naHeading
)

type attr struct{ name, value span }

func scan(name string, text []byte, o Options) *page {
	p := &page{path: name, text: text, size: len(text), html: strings.HasSuffix(name, ".html")}
	s := scanner{page: p, o: o, attrs: make([]attr, 0, 16)}
	if p.html {
		p.links = make([]span, 0, 48)
	}
	s.run()
	if p.html {
		s.whole()
	}
	slices.SortFunc(p.ids, func(a, b span) int { return bytes.Compare(p.at(a), p.at(b)) })
	for i := 1; i < len(p.ids); i++ {
		if bytes.Equal(p.at(p.ids[i-1]), p.at(p.ids[i])) && p.html {
			p.faults.Errorf(diag.Pos{}, "same-anchor", "/%s: the anchor %q stands on the page twice", name, p.at(p.ids[i])).
				Hint = "a link cannot tell them apart: give one of them another id"
		}
	}
	return p
}

// run reads the text from tag to tag.
func (s *scanner) run() {
	for s.pos < len(s.text) {
		i := bytes.IndexByte(s.text[s.pos:], '<')
		if i < 0 {
			return
		}
		if i > 0 && s.unnamed() && len(bytes.TrimSpace(s.text[s.pos:s.pos+i])) > 0 {
			s.name()
		}
		s.pos += i + 1
		switch rest := s.text[s.pos:]; {
		case bytes.HasPrefix(rest, []byte("!--")):
			s.skip("-->")
		case len(rest) == 0:
		case rest[0] == '/':
			s.closing(s.word(1))
			s.skip(">")
		case letter(rest[0]):
			name := s.word(0)
			s.pos += len(name)
			s.attributes()
			s.opening(name)
		}
	}
}

// word returns the name that begins at an offset from here.
func (s *scanner) word(off int) []byte {
	rest := s.text[s.pos+off:]
	n := 0
	for n < len(rest) && (letter(rest[n]) || rest[n] >= '0' && rest[n] <= '9' || rest[n] == '-') {
		n++
	}
	return rest[:n]
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// skip goes on behind the next end, or to the end of the text.
func (s *scanner) skip(end string) {
	if i := bytes.Index(s.text[s.pos:], []byte(end)); i >= 0 {
		s.pos += i + len(end)
		return
	}
	s.pos = len(s.text)
}

// attributes reads those of the tag under way, up to and with its >.
func (s *scanner) attributes() {
	s.attrs = s.attrs[:0]
	t := s.text
	for s.pos < len(t) {
		switch c := t[s.pos]; {
		case c == '>':
			s.pos++
			return
		case c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '/':
			s.pos++
			continue
		}
		from := s.pos
		for s.pos < len(t) && !endsName(t[s.pos]) {
			s.pos++
		}
		a := attr{name: span{int32(from), int32(s.pos)}}
		if s.pos < len(t) && t[s.pos] == '=' {
			s.pos++
			a.value = s.value()
		} else if s.pos == from {
			s.pos++ // a character that begins no name
		}
		s.attrs = append(s.attrs, a)
	}
}

func endsName(c byte) bool {
	return c == '=' || c == '>' || c == ' ' || c == '/' || c == '\n' || c == '\t' || c == '\r'
}

// value reads what stands behind a =, with quotes or without.
func (s *scanner) value() span {
	t := s.text
	if s.pos >= len(t) {
		return span{}
	}
	if q := t[s.pos]; q == '"' || q == '\'' {
		s.pos++
		from := s.pos
		n := bytes.IndexByte(t[from:], q)
		if n < 0 {
			n = len(t) - from
		}
		s.pos = min(from+n+1, len(t))
		return span{int32(from), int32(from + n)}
	}
	from := s.pos
	for s.pos < len(t) && t[s.pos] != '>' && t[s.pos] > ' ' {
		s.pos++
	}
	return span{int32(from), int32(s.pos)}
}

// get returns an attribute's value and whether it is there.
func (s *scanner) get(name string) (span, bool) {
	for _, a := range s.attrs {
		if string(s.at(a.name)) == name {
			return a.value, true
		}
	}
	return span{}, false
}

// has reports whether an attribute is there and not blank.
func (s *scanner) has(name string) bool {
	v, ok := s.get(name)
	return ok && len(bytes.TrimSpace(s.at(v))) > 0
}

// says reports whether an attribute has a value.
func (s *scanner) says(name, value string) bool {
	v, ok := s.get(name)
	return ok && string(s.at(v)) == value
}

// known reports a language tag that no program knows.
func (s *scanner) known(tag []byte) {
	if len(tag) == 0 || slices.ContainsFunc(s.langs, func(l string) bool { return l == string(tag) }) {
		return
	}
	s.langs = append(s.langs, string(tag))
	if _, err := language.Parse(string(tag)); err != nil {
		s.faults.Errorf(diag.Pos{}, "page-language", "/%s: a text is marked as being in the language %q, which does not exist", s.path, tag).
			Hint = "write a tag such as \"fr\" or \"pt-BR\""
	}
}
