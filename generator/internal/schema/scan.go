package schema

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// scan reads front matter that is as plain as nearly all of it: keys of letters,
// digits, "-" and "_", groups and lists by indentation with blanks, and values
// on one line: words, quotes without escapes, brackets and braces. At anything
// else it gives up and reports false, and yaml.v3 is asked. FuzzScan holds that
// both find the same nodes at the same places.
func scan(front string, lines []string) (root *node, ok bool) {
	if !plainText(front) {
		return nil, false
	}
	s := &scanner{lines: lines, free: make([]node, 3*len(lines)+8)}
	s.skip()
	if s.indent != 0 {
		return nil, false
	}
	root, ok = s.group(0, 0)
	return root, ok && s.indent < 0
}

// plainText reports whether text is all of characters that YAML reads as they are.
func plainText(text string) bool {
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c < ' ' && c != '\n', c == 0x7F,
			c == 0xC2 && i+1 < len(text) && text[i+1] < 0xA0,
			c == 0xEF && i+2 < len(text) && (text[i+1] == 0xBB || text[i+1] == 0xBF && text[i+2] >= 0xBE):
			return false
		}
	}
	return utf8.ValidString(text)
}

const (
	scanDepth = 10  // groups and lists within one another
	scanKey   = 100 // bytes of a key
)

type scanner struct {
	lines  []string
	at     int    // the line at work
	indent int    // its blanks; -1 when there are no more lines
	free   []node // not yet used
	stack  []*node
}

// skip goes to the next line that is not empty.
func (s *scanner) skip() {
	for ; s.at < len(s.lines); s.at++ {
		line := s.lines[s.at]
		if s.indent = len(line) - len(strings.TrimLeft(line, " ")); s.indent < len(line) {
			return
		}
	}
	s.indent = -1
}

// node makes a node at an offset of the line at work.
func (s *scanner) node(k kind, at int) *node {
	return s.placed(node{kind: k, line: s.at + 1, col: utf8.RuneCountInString(s.lines[s.at][:at]) + 1})
}

func (s *scanner) placed(n node) *node {
	if len(s.free) == 0 {
		s.free = make([]node, 32)
	}
	p := &s.free[0]
	*p, s.free = n, s.free[1:]
	return p
}

// take makes what was put on the stack since base the content of n.
func (s *scanner) take(n *node, base int) *node {
	n.content = slices.Clone(s.stack[base:])
	s.stack = s.stack[:base]
	return n
}

// keyEnd returns the length of the key at the start of a text, with its colon,
// or 0: a colon counts only before a blank.
func keyEnd(text string) int {
	i := 0
	for i < len(text) && i < scanKey && (isKeyLetter(text[i]) || i > 0 && text[i] == '-') {
		i++
	}
	if i == 0 || i >= len(text) || text[i] != ':' || i+1 < len(text) && text[i+1] != ' ' {
		return 0
	}
	return i + 1
}

func isKeyLetter(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '_'
}

func isDash(line string, at int) bool {
	return line[at] == '-' && at+1 < len(line) && line[at+1] == ' '
}

// group reads the keys that begin at a column, the first of them on the line at work.
func (s *scanner) group(column, depth int) (*node, bool) {
	if depth > scanDepth {
		return nil, false
	}
	n, base := s.node(mapping, column), len(s.stack)
	for {
		line := s.lines[s.at]
		end := keyEnd(line[column:])
		if end == 0 {
			return nil, false
		}
		k := s.node(scalar, column)
		k.setWords(line[column : column+end-1])
		v, ok := s.below(column, column+end, depth)
		if !ok || s.indent > column {
			return nil, false
		}
		s.stack = append(s.stack, k, v)
		if s.indent < column {
			return s.take(n, base), true
		}
	}
}

// below reads what a key at a column holds, from behind its colon on, and goes to the
// next line that is not empty.
func (s *scanner) below(column, at, depth int) (*node, bool) {
	line := s.lines[s.at]
	for at < len(line) && line[at] == ' ' {
		at++
	}
	if at < len(line) {
		return s.value(at, depth)
	}
	key := s.at
	s.at++
	s.skip()
	switch {
	case s.indent >= column && isDash(s.lines[s.at], s.indent):
		return s.items(s.indent, depth+1)
	case s.indent > column:
		return s.group(s.indent, depth+1)
	}
	return s.placed(node{kind: scalar, null: true, line: key + 1, col: column + keyEnd(line[column:]) + 1}), true
}

// items reads the list whose dashes are at a column.
func (s *scanner) items(column, depth int) (*node, bool) {
	if depth > scanDepth {
		return nil, false
	}
	n, base := s.node(list, column), len(s.stack)
	for {
		line := s.lines[s.at]
		at := column + 1
		for at < len(line) && line[at] == ' ' {
			at++
		}
		if at == len(line) {
			return nil, false
		}
		var item *node
		var ok bool
		if keyEnd(line[at:]) > 0 {
			item, ok = s.group(at, depth+1)
		} else {
			item, ok = s.value(at, depth)
		}
		if !ok || s.indent > column {
			return nil, false
		}
		s.stack = append(s.stack, item)
		if s.indent < column || !isDash(s.lines[s.at], column) {
			return s.take(n, base), true
		}
	}
}

// value reads what fills the rest of the line at work, and goes to the next.
func (s *scanner) value(at, depth int) (*node, bool) {
	line := strings.TrimRight(s.lines[s.at], " ")
	var n *node
	end, ok := len(line), true
	switch line[at] {
	case '"', '\'':
		n, end, ok = s.quote(line, at)
	case '[', '{':
		n, end, ok = s.bracket(line, at, depth)
	default:
		text := line[at:]
		if !beginsWords(text) || strings.Contains(text, ": ") || strings.Contains(text, " #") || text[len(text)-1] == ':' {
			return nil, false
		}
		n = s.node(scalar, at)
		n.setWords(text)
	}
	s.at++
	s.skip()
	return n, ok && end == len(line)
}

// setWords makes n a scalar of words without quotes.
func (n *node) setWords(text string) {
	n.value = text
	n.null = text == "null" || text == "Null" || text == "NULL"
}

// beginsWords reports whether a text begins as only words do.
func beginsWords(text string) bool {
	c := text[0]
	return isKeyLetter(c) || c >= utf8.RuneSelf || c == '(' || c == '/' || c == '.' || c == '-' && len(text) > 1 && text[1] >= '0' && text[1] <= '9'
}

// quote reads what stands in quotes at an offset. It returns the offset behind it.
func (s *scanner) quote(line string, at int) (n *node, end int, ok bool) {
	mark := line[at]
	from, doubled := at+1, false
	for end = from; ; end++ {
		i := strings.IndexByte(line[end:], mark)
		if i < 0 {
			return nil, 0, false
		}
		end += i
		if mark == '"' || end+1 == len(line) || line[end+1] != mark {
			break
		}
		end, doubled = end+1, true
	}
	n = s.node(scalar, at)
	n.value, n.quoted, n.tag = line[from:end], true, "!!str"
	if mark == '"' && strings.IndexByte(n.value, '\\') >= 0 {
		return nil, 0, false
	}
	if doubled {
		n.value = strings.ReplaceAll(n.value, "''", "'")
	}
	return n, end + 1, true
}

// bracket reads what stands in brackets or braces, all of it on one line.
func (s *scanner) bracket(line string, at, depth int) (n *node, end int, ok bool) {
	if depth > scanDepth {
		return nil, 0, false
	}
	n, closing := s.node(list, at), byte(']')
	if line[at] == '{' {
		n.kind, closing = mapping, '}'
	}
	n.flow = true
	base := len(s.stack)
	for at = blanks(line, at+1); at < len(line); at = blanks(line, at+1) {
		if line[at] == closing && len(s.stack) == base {
			return n, at + 1, true
		}
		if closing == '}' {
			end := keyEnd(line[at:])
			if end == 0 {
				return nil, 0, false
			}
			k := s.node(scalar, at)
			k.setWords(line[at : at+end-1])
			s.stack = append(s.stack, k)
			if at = blanks(line, at+end); at == len(line) {
				return nil, 0, false
			}
		}
		item, next, ok := s.inner(line, at, depth)
		if !ok {
			return nil, 0, false
		}
		s.stack = append(s.stack, item)
		at = blanks(line, next)
		if at < len(line) && line[at] == closing {
			return s.take(n, base), at + 1, true
		}
		if at == len(line) || line[at] != ',' {
			return nil, 0, false
		}
	}
	return nil, 0, false
}

func blanks(line string, at int) int {
	for at < len(line) && line[at] == ' ' {
		at++
	}
	return at
}

// inner reads a value within brackets or braces.
func (s *scanner) inner(line string, at, depth int) (n *node, end int, ok bool) {
	switch line[at] {
	case '"', '\'':
		return s.quote(line, at)
	case '[', '{':
		return s.bracket(line, at, depth+1)
	}
	if !beginsWords(line[at:]) {
		return nil, 0, false
	}
	for end = at; end < len(line) && strings.IndexByte(",]}", line[end]) < 0; end++ {
		switch c := line[end]; {
		case c == '[', c == '{', c == '?',
			c == '#' && line[end-1] == ' ',
			c == ':' && (end+1 == len(line) || strings.IndexByte(" ,[]{}", line[end+1]) >= 0):
			return nil, 0, false
		}
	}
	n = s.node(scalar, at)
	n.setWords(strings.TrimRight(line[at:end], " "))
	return n, end, true
}
