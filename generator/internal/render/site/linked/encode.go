package linked

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"unicode/utf8"
)

// encode appends v as json.Marshal writes it, without reflection for what nodes
// are made of.
func encode(out []byte, v any) []byte {
	switch v := v.(type) {
	case Node:
		if v != nil {
			return object(out, v)
		}
	case []Node:
		if v != nil {
			return array(out, v)
		}
	case []any:
		if v != nil {
			return array(out, v)
		}
	case []string:
		if v != nil {
			return array(out, v)
		}
	case string:
		return quoted(out, v)
	case int:
		return strconv.AppendInt(out, int64(v), 10)
	}
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings and numbers can always be written
	}
	return append(out, b...)
}

func object(out []byte, n Node) []byte {
	out = append(out, '{')
	for i, key := range slices.Sorted(maps.Keys(n)) {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(quoted(out, key), ':')
		out = encode(out, n[key])
	}
	return append(out, '}')
}

func array[T any](out []byte, items []T) []byte {
	out = append(out, '[')
	for i, it := range items {
		if i > 0 {
			out = append(out, ',')
		}
		out = encode(out, it)
	}
	return append(out, ']')
}

// quoted writes a string; json itself writes those with something to escape.
func quoted(out []byte, s string) []byte {
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c < ' ', c == '"', c == '\\', c == '<', c == '>', c == '&', c == 0x7f:
			return marshalled(out, s)
		case c < utf8.RuneSelf:
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError || r == '\u2028' || r == '\u2029' {
			return marshalled(out, s)
		}
		i += n
	}
	out = append(out, '"')
	out = append(out, s...)
	return append(out, '"')
}

func marshalled(out []byte, s string) []byte {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string can always be written
	}
	return append(out, b...)
}
