// Package squeeze takes the blanks out of templates that no reader of their
// pages would miss, once, when a theme is loaded, so that the pages need not be
// minified one by one.
//
// It changes the constant text alone and only where its surroundings are known
// from the template: a blank beside the tag of a block goes, other runs of blanks
// become one. What stands in pre and textarea, in scripts, styles, comments and
// the values of attributes stays as it is.
package squeeze

import (
	"bytes"
	"html/template"
	"slices"
	"strings"
	"text/template/parse"
)

// Templates squeezes the templates of set that pages reach. It must come before
// the first of them is executed. A template that is called in several contexts is
// left alone when it could be in the middle of a tag.
func Templates(set *template.Template, pages []string) {
	s := &squeezer{set: set, starts: map[string]state{}, ends: map[call]state{}}
	for _, name := range pages {
		s.template(name, state{near: block})
	}
	for name, start := range s.starts {
		if start.mode == text {
			s.list(s.set.Lookup(name).Tree.Root, start, true)
		}
	}
}

// Where a piece of a template stands.
const (
	text    = iota // between tags
	tag            // in a tag
	value          // in the value of an attribute
	raw            // in a script or style, or in a comment
	unknown        // in several places
)

// What stands before a place in a text.
const (
	words = iota // or anything that is not known
	block        // the tag of a block
	head         // the tag of something that is not shown: words before it and behind it may meet
)

// A state is what is known of a place.
type state struct {
	mode  int
	near  int    // in a text: what was before
	name  string // of the tag, or the element of raw text
	end   string // what ends a value or raw text
	kept  string // the element whose blanks are kept: "pre"
	shuts bool   // the tag is an end tag
	ran   bool   // the last character was a blank that is written already
}

// merge is what is known of a place that is reached from two.
func merge(a, b state) state {
	if a.near != b.near {
		a.near, b.near = words, words
	}
	a.ran, b.ran = a.ran && b.ran, a.ran && b.ran
	if a != b {
		return state{mode: unknown}
	}
	return a
}

type call struct {
	name string
	at   state
}

type squeezer struct {
	set    *template.Template
	starts map[string]state
	ends   map[call]state
}

// template returns the state behind a template that is called in one.
func (s *squeezer) template(name string, at state) state {
	t := s.set.Lookup(name)
	if t == nil || t.Tree == nil {
		return state{mode: unknown}
	}
	if end, ok := s.ends[call{name, at}]; ok {
		return end
	}
	s.ends[call{name, at}] = merge(at, state{mode: at.mode, name: at.name, end: at.end, kept: at.kept, shuts: at.shuts}) // while it calls itself
	if before, ok := s.starts[name]; ok {
		s.starts[name] = merge(before, at)
	} else {
		s.starts[name] = at
	}
	end := s.list(t.Tree.Root, at, false)
	s.ends[call{name, at}] = end
	return end
}

// list walks over nodes; it changes their texts when told to.
func (s *squeezer) list(l *parse.ListNode, at state, change bool) state {
	if l == nil {
		return at
	}
	for _, n := range l.Nodes {
		at = s.node(n, at, change)
	}
	return at
}

func (s *squeezer) node(n parse.Node, at state, change bool) state {
	switch n := n.(type) {
	case *parse.TextNode:
		out, after := squeezed(n.Text, at)
		if change && at.mode != unknown {
			n.Text = out
		}
		return after
	case *parse.ActionNode:
		if len(n.Pipe.Decl) == 0 {
			at.near, at.ran = words, false
		}
	case *parse.IfNode:
		return merge(s.list(n.List, at, change), s.list(n.ElseList, at, change))
	case *parse.WithNode:
		return merge(s.list(n.List, at, change), s.list(n.ElseList, at, change))
	case *parse.RangeNode:
		again := merge(at, s.list(n.List, at, false))
		return merge(s.list(n.List, again, change), s.list(n.ElseList, at, change))
	case *parse.TemplateNode:
		return s.template(n.Name, at)
	case *parse.CommentNode:
	default:
		return state{mode: unknown}
	}
	return at
}

// squeezed returns a piece of text without the blanks that can go, and the state
// behind it.
func squeezed(in []byte, s state) ([]byte, state) {
	if s.mode == unknown {
		return in, s
	}
	out := make([]byte, 0, len(in))
	for i := 0; i < len(in); {
		switch {
		case s.mode == raw || s.mode == value:
			n := find(in[i:], s.end)
			if n < 0 {
				return append(out, in[i:]...), s
			}
			if s.mode == value {
				n += len(s.end)
				s.mode, s.end = tag, ""
			} else {
				s.mode, s.end, s.near = text, "", head
			}
			out = append(out, in[i:i+n]...)
			i += n
		case blank(in[i]):
			n := i
			for n < len(in) && blank(in[n]) {
				n++
			}
			if keep := s.keeps(in[n:]); s.kept != "" {
				out = append(out, in[i:n]...)
			} else if keep && !s.ran {
				out = append(out, blankOf(in[i:n]))
				s.ran = true
			}
			i = n
		case s.mode == tag:
			out, i = s.inTag(out, in, i)
		case in[i] == '<' && bytes.HasPrefix(in[i:], []byte("<!--")):
			s.mode, s.end = raw, "-->"
		case in[i] == '<' && i+1 < len(in) && (letter(in[i+1]) || in[i+1] == '/' || in[i+1] == '!'):
			n := i + 1
			s.shuts = in[n] == '/'
			for n < len(in) && (letter(in[n]) || in[n] == '/' || in[n] == '!' || '0' <= in[n] && in[n] <= '9') {
				n++
			}
			s.mode, s.ran, s.name = tag, false, strings.ToLower(strings.Trim(string(in[i+1:n]), "/"))
			out = append(out, in[i:n]...)
			i = n
		default:
			out = append(out, in[i])
			s.near, s.ran = words, false
			i++
		}
	}
	return out, s
}

// inTag copies one character of a tag, or what begins a value.
func (s *state) inTag(out, in []byte, i int) ([]byte, int) {
	s.ran = false
	c := in[i]
	out = append(out, c)
	switch c {
	case '"', '\'':
		s.mode, s.end = value, string(c)
	case '>':
		s.mode, s.near = text, kind(s.name)
		switch {
		case s.shuts && s.name == s.kept:
			s.kept = ""
		case s.shuts:
		case s.name == "pre" || s.name == "textarea":
			s.kept = s.name
		case s.name == "script" || s.name == "style":
			s.mode, s.end = raw, "</"+s.name
		}
		s.name, s.shuts = "", false
	}
	return out, i + 1
}

// keeps reports whether a blank in front of rest must be written.
func (s *state) keeps(rest []byte) bool {
	if s.mode == tag {
		return len(rest) == 0 || rest[0] != '>'
	}
	next := words
	if len(rest) > 1 && rest[0] == '<' {
		name := bytes.TrimLeft(rest[1:], "/")
		n := bytes.IndexFunc(name, func(r rune) bool { return r > 'z' || !letter(byte(r)) && (r < '0' || r > '9') && r != '!' })
		if n > 0 { // else the name goes on somewhere else
			next = kind(strings.ToLower(string(name[:n])))
		}
	}
	return s.near != block && next != block && (s.near != head || next != head)
}

// kind says what a tag does to the blanks beside it.
func kind(name string) int {
	switch {
	case slices.Contains(blocks(), name):
		return block
	case slices.Contains([]string{"base", "link", "meta", "script", "style", "template", "title"}, name):
		return head
	}
	return words
}

// blocks are the elements that begin and end a line of their own.
func blocks() []string {
	return []string{"!doctype", "address", "article", "aside", "blockquote", "body", "caption", "col", "colgroup", "dd", "details", "dialog", "div", "dl", "dt",
		"fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "legend", "li", "main", "nav", "ol",
		"optgroup", "option", "p", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
}

// find returns where the end of a value or of raw text stands, or -1.
func find(in []byte, end string) int {
	for i := 0; i+len(end) <= len(in); i++ {
		if in[i] == end[0] && bytes.EqualFold(in[i:i+len(end)], []byte(end)) {
			return i
		}
	}
	return -1
}

func blank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

// blankOf is the one character that a run of blanks becomes.
func blankOf(run []byte) byte {
	if slices.Contains(run, '\n') {
		return '\n'
	}
	return ' '
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
