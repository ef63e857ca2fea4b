// Package inspect reads PDF files back: it takes out their text and tests the
// conditions of PDF/UA-1 and PDF/A-2 that a machine can test. It reads what
// package pdf writes and much of what others write; it does not repair files.
package inspect

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
)

// Objects are Name, String, Ref, Array, Dict, *Stream, float64, bool, or nil; the
// operators of content streams are operator.
type (
	Name     string
	String   string
	Ref      int
	Array    []any
	Dict     map[Name]any
	operator string
)

// A Stream is a dictionary with data.
type Stream struct {
	Dict Dict
	raw  []byte
}

// errSyntax is wrapped by every error about the form of a file.
var errSyntax = errors.New("not a sound PDF file")

func syntax(format string, args ...any) error {
	return fmt.Errorf("%w: %s", errSyntax, fmt.Sprintf(format, args...))
}

// A lexer reads objects from bytes.
type lexer struct {
	data []byte
	at   int
}

// deepest is how far objects may be nested.
const deepest = 60

func (l *lexer) space() {
	for l.at < len(l.data) {
		switch l.data[l.at] {
		case ' ', '\t', '\r', '\n', '\f', 0:
			l.at++
		case '%':
			for l.at < len(l.data) && l.data[l.at] != '\n' && l.data[l.at] != '\r' {
				l.at++
			}
		default:
			return
		}
	}
}

func delimiter(c byte) bool {
	switch c {
	case ' ', '\t', '\r', '\n', '\f', 0, '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

// next returns the next object or operator. At the end it returns operator("").
func (l *lexer) next(depth int) (any, error) {
	l.space()
	if l.at >= len(l.data) {
		return operator(""), nil
	}
	if depth > deepest {
		return nil, syntax("objects nested more than %d deep", deepest)
	}
	switch c := l.data[l.at]; {
	case c == '/':
		return l.name(), nil
	case c == '(':
		return l.literal()
	case c == '<' && l.at+1 < len(l.data) && l.data[l.at+1] == '<':
		l.at += 2
		return l.dict(depth)
	case c == '<':
		return l.hex()
	case c == '[':
		l.at++
		return l.array(depth)
	case c == ')' || c == '>' || c == ']' || c == '{' || c == '}':
		return nil, syntax("%q out of place at byte %d", c, l.at)
	}
	start := l.at
	for l.at < len(l.data) && !delimiter(l.data[l.at]) {
		l.at++
	}
	return word(string(l.data[start:l.at])), nil
}

func word(s string) any {
	switch s {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	}
	if c := s[0]; c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' {
		if v, err := strconv.ParseFloat(s, 64); err == nil {
			return v
		}
	}
	return operator(s)
}

func (l *lexer) name() Name {
	l.at++
	var out []byte
	for l.at < len(l.data) && !delimiter(l.data[l.at]) {
		c := l.data[l.at]
		if c == '#' && l.at+2 < len(l.data) {
			if v, err := strconv.ParseUint(string(l.data[l.at+1:l.at+3]), 16, 8); err == nil {
				c = byte(v)
				l.at += 2
			}
		}
		out = append(out, c)
		l.at++
	}
	return Name(out)
}

func (l *lexer) literal() (String, error) {
	l.at++
	var out []byte
	for open := 1; l.at < len(l.data); l.at++ {
		switch c := l.data[l.at]; c {
		case '(':
			open++
			out = append(out, c)
		case ')':
			if open--; open == 0 {
				l.at++
				return String(out), nil
			}
			out = append(out, c)
		case '\\':
			out = l.escape(out)
		default:
			out = append(out, c)
		}
	}
	return "", syntax("a string without an end")
}

// escape reads what follows a backslash.
func (l *lexer) escape(out []byte) []byte {
	l.at++
	if l.at >= len(l.data) {
		return out
	}
	switch c := l.data[l.at]; c {
	case 'n', 'r', 't', 'b', 'f':
		return append(out, map[byte]byte{'n': '\n', 'r': '\r', 't': '\t', 'b': '\b', 'f': '\f'}[c])
	case '\n':
		return out
	case '0', '1', '2', '3', '4', '5', '6', '7':
		v := 0
		n := 0
		for ; n < 3 && l.at+n < len(l.data) && l.data[l.at+n] >= '0' && l.data[l.at+n] <= '7'; n++ {
			v = v*8 + int(l.data[l.at+n]-'0')
		}
		l.at += n - 1
		return append(out, byte(v))
	default:
		return append(out, c)
	}
}

func (l *lexer) hex() (String, error) {
	l.at++
	var out []byte
	half := -1
	for ; l.at < len(l.data); l.at++ {
		c := l.data[l.at]
		v := 0
		switch {
		case c == '>':
			l.at++
			if half >= 0 {
				out = append(out, byte(half<<4))
			}
			return String(out), nil
		case c >= '0' && c <= '9':
			v = int(c - '0')
		case c >= 'a' && c <= 'f':
			v = int(c-'a') + 10
		case c >= 'A' && c <= 'F':
			v = int(c-'A') + 10
		default:
			continue
		}
		if half < 0 {
			half = v
			continue
		}
		out = append(out, byte(half<<4|v))
		half = -1
	}
	return "", syntax("a string without an end")
}

func (l *lexer) array(depth int) (Array, error) {
	out := Array{}
	for {
		l.space()
		if l.at < len(l.data) && l.data[l.at] == ']' {
			l.at++
			return out, nil
		}
		v, err := l.value(depth + 1)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
}

func (l *lexer) dict(depth int) (Dict, error) {
	out := Dict{}
	for {
		l.space()
		if bytes.HasPrefix(l.data[l.at:], []byte(">>")) {
			l.at += 2
			return out, nil
		}
		key, err := l.next(depth + 1)
		if err != nil {
			return nil, err
		}
		name, is := key.(Name)
		if !is {
			return nil, syntax("%v where a name is wanted at byte %d", key, l.at)
		}
		if out[name], err = l.value(depth + 1); err != nil {
			return nil, err
		}
	}
}

// value returns the next object, joining "n 0 R" to a Ref. Operators are errors.
func (l *lexer) value(depth int) (any, error) {
	v, err := l.next(depth)
	if err != nil {
		return nil, err
	}
	if op, is := v.(operator); is {
		return nil, syntax("%q where an object is wanted", string(op))
	}
	n, is := v.(float64)
	if !is || n < 0 || n > 1e8 || n != float64(int(n)) {
		return v, nil
	}
	back := l.at
	if gen, err := l.next(depth); err == nil && gen == any(float64(0)) {
		if op, err := l.next(depth); err == nil && op == any(operator("R")) {
			return Ref(int(n)), nil
		}
	}
	l.at = back
	return v, nil
}
