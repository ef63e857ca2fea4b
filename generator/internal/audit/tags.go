package audit

import (
	"bytes"
	"slices"
	"strings"

	"uccn/generator/internal/diag"
)

// opening takes note of a tag whose attributes were read.
func (s *scanner) opening(name []byte) {
	s.common()
	switch string(name) {
	case "html":
		s.root()
	case "title":
		s.title = s.title || s.pos < len(s.text) && s.text[s.pos] != '<'
	case "a":
		_, leads := s.get("href")
		s.begin(naLink, leads && !s.says("aria-hidden", "true"))
	case "button":
		s.begin(naButton, true)
	case "h1", "h2", "h3", "h4", "h5", "h6":
		s.level(int(name[1] - '0'))
	case "img":
		if alt, ok := s.get("alt"); !ok && !s.says("aria-hidden", "true") {
			src, _ := s.get("src")
			s.faults.Errorf(diag.Pos{}, "picture-without-text", "/%s: the picture %q has no alternative text", s.path, s.at(src)).
				Hint = "add alt, or alt=\"\" when it only decorates"
		} else if alt.to > alt.from {
			s.name()
		}
	case "link":
		s.other()
	case "meta":
		s.meta()
	case "table":
		s.table++
		s.heads = 0
		if s.says("role", "presentation") {
			s.heads = 1
		}
	case "th":
		s.heads++
	case "script", "style", "textarea":
		s.skip("</" + string(name)) // what is inside is no markup
	}
}

// common takes note of what any tag may have.
func (s *scanner) common() {
	for _, a := range s.attrs {
		switch v := a.value; string(s.at(a.name)) {
		case "id":
			s.ids = append(s.ids, v)
		case "href", "src", "poster", "action":
			s.links = append(s.links, v)
		case "srcset":
			s.links = append(s.links, s.sources(v)...)
		case "lang":
			if s.html {
				s.known(s.at(v))
			}
		case "aria-label", "aria-labelledby", "title":
			if v.to > v.from {
				s.name()
			}
		}
	}
}

// sources returns the addresses of a srcset: each up to a blank or comma.
func (s *scanner) sources(v span) []span {
	var out []span
	from := v.from
	for from < v.to {
		for from < v.to && (s.text[from] == ' ' || s.text[from] == ',' || s.text[from] == '\n') {
			from++
		}
		to := from
		for to < v.to && s.text[to] != ' ' && s.text[to] != ',' {
			to++
		}
		if to > from {
			out = append(out, span{from, to})
		}
		if n := bytes.IndexByte(s.text[to:v.to], ','); n >= 0 {
			to += int32(n)
		} else {
			to = v.to
		}
		from = to
	}
	return out
}

func (s *scanner) root() {
	v, _ := s.get("lang")
	s.lang = string(s.at(v))
	switch dir, _ := s.get("dir"); {
	case s.lang == "":
		s.faults.Errorf(diag.Pos{}, "page-language", "/%s: the page does not say its language", s.path).
			Hint = "write lang in the html tag"
	case !slices.Contains(s.o.Languages, s.lang):
		s.faults.Errorf(diag.Pos{}, "page-language", "/%s: the page says that its language is %q, which the site does not have", s.path, s.lang).
			Hint = "write the page's language in the html tag"
	case rightToLeft(s.lang) != (string(s.at(dir)) == "rtl"):
		s.faults.Errorf(diag.Pos{}, "page-language", "/%s: the page is in the language %q but its direction is %q", s.path, s.lang, s.at(dir)).
			Hint = "write dir=\"rtl\" for scripts that run from the right, dir=\"ltr\" for others"
	}
}

// rightToLeft reports whether a language is written from the right.
func rightToLeft(lang string) bool {
	base, _, _ := strings.Cut(lang, "-")
	return slices.Contains([]string{"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"}, base) && !strings.Contains(lang, "Latn")
}

// other takes note of a translation of the page, when its address is known.
func (s *scanner) other() {
	lang, ok := s.get("hreflang")
	href, _ := s.get("href")
	if ok && s.says("rel", "alternate") && s.o.Base != "" && string(s.at(lang)) != "x-default" {
		if to, _, ok := resolve(nil, s.path, s.at(href), s.o.Base); ok {
			s.others = append(s.others, translation{string(s.at(lang)), string(to)})
		}
	}
}

// meta takes note of addresses that stand in meta tags.
func (s *scanner) meta() {
	v, ok := s.get("content")
	if !ok {
		return
	}
	if s.says("http-equiv", "refresh") {
		s.moved = true
		const key = "url="
		for i := v.from; i+int32(len(key)) <= v.to; i++ {
			if strings.EqualFold(string(s.text[i:i+int32(len(key))]), key) {
				s.links = append(s.links, span{i + int32(len(key)), v.to})
				break
			}
		}
		return
	}
	if s.o.Base != "" && bytes.HasPrefix(s.at(v), []byte(s.o.Base+"/")) {
		s.links = append(s.links, v)
	}
}

func (s *scanner) level(level int) {
	s.begin(naHeading, true)
	switch {
	case level == 1:
		s.tops++
	case level > s.heading+1 && s.tops > 0:
		s.faults.Errorf(diag.Pos{}, "page-heading", "/%s: a heading of level %d follows one of level %d", s.path, level, s.heading).
			Hint = "who listens to a page goes by its headings: use the next level"
	}
	if s.tops > 0 {
		s.heading = level
	}
}

// begin opens a link, button or heading, which needs a name to be spoken by.
func (s *scanner) begin(kind int, needs bool) {
	n := &s.naming[kind]
	n.open, n.named, n.from = needs, s.has("aria-label") || s.has("aria-labelledby") || s.has("title"), s.pos
}

// unnamed reports whether something under way has no name yet.
func (s *scanner) unnamed() bool {
	for _, n := range s.naming {
		if n.open && !n.named {
			return true
		}
	}
	return false
}

// name gives a name to all that is under way.
func (s *scanner) name() {
	for i := range s.naming {
		s.naming[i].named = true
	}
}

func (s *scanner) closing(name []byte) {
	switch string(name) {
	case "a":
		s.end(naLink, "a link")
	case "button":
		s.end(naButton, "a button")
	case "h1", "h2", "h3", "h4", "h5", "h6":
		s.end(naHeading, "a heading")
	case "table":
		if s.table == 1 && s.heads == 0 {
			s.faults.Errorf(diag.Pos{}, "table-without-heads", "/%s: a table has no heads", s.path).
				Hint = "say with th what its columns or rows are"
		}
		s.table = max(0, s.table-1)
	}
}

func (s *scanner) end(kind int, what string) {
	n := &s.naming[kind]
	if n.open && !n.named && s.html {
		inside := s.text[n.from:min(s.pos-1, n.from+60)]
		s.faults.Errorf(diag.Pos{}, "nameless-link", "/%s: %s has no words: %q", s.path, what, inside).
			Hint = "add a text, or aria-label when only a picture is seen"
	}
	n.open = false
}

// whole judges what only the whole page can show.
func (s *scanner) whole() {
	if s.lang == "" && !bytes.Contains(s.text, []byte("<html")) {
		s.faults.Errorf(diag.Pos{}, "page-language", "/%s: the page does not say its language", s.path).
			Hint = "begin it with <html lang>"
	}
	if s.moved {
		return
	}
	if s.tops != 1 {
		s.faults.Errorf(diag.Pos{}, "page-heading", "/%s: the page has %d headings of level 1", s.path, s.tops).
			Hint = "give it one, which names what the page is about"
	}
	if !s.title {
		s.faults.Errorf(diag.Pos{}, "page-heading", "/%s: the page has no title", s.path).
			Hint = "write a title into its head: tabs, bookmarks and search engines show it"
	}
}
