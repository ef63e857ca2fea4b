package schema

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/model"
)

// List is a list of values, from low to high of them; a single value may stand
// without the list around it.
func List[V any](item Kind[V], low, high int) Kind[[]V] {
	k := Kind[[]V]{
		Words:  "a list; each is " + item.Words,
		Schema: map[string]any{"type": "array", "items": item.Schema},
		keys:   item.keys,
		within: item.within,
	}
	if low > 0 {
		k.Schema["minItems"] = low
	}
	k.read = func(d *Decoder, n *node, into *[]V) bool {
		items := n.content
		if n.kind != list {
			items = []*node{n}
		}
		if len(items) < low || len(items) > high {
			hint := "leave some out"
			if len(items) < low {
				hint = "add what is missing: each is " + item.Words
			}
			d.errorf(n, "list-length", "the list has %d values; %d to %d are allowed", len(items), low, high).Hint = hint
			return false
		}
		if d.translating && len(*into) > 0 && len(items) != len(*into) {
			d.errorf(n, "list-length", "the translated list has %d values, the original %d", len(items), len(*into)).Hint = "translate each value of the original, in its order"
			return false
		}
		out := make([]V, len(items))
		if d.translating {
			copy(out, *into)
		}
		good := true
		for i, c := range items {
			if c.kind == alias {
				d.errorf(c, "yaml-alias", "the sign * repeats another value").Hint = "write the value again"
				good = false
				continue
			}
			d.path = append(d.path, strconv.Itoa(i))
			good = item.read(d, c, &out[i]) && good
			d.path = d.path[:len(d.path)-1]
		}
		*into = out
		return good
	}
	return k
}

// Distinct is a list in which no value may stand twice, as name gives it.
func Distinct[V any](list Kind[[]V], name func(V) string) Kind[[]V] {
	read := list.read
	list.read = func(d *Decoder, n *node, into *[]V) bool {
		if !read(d, n, into) {
			return false
		}
		seen := map[string]bool{}
		for i, v := range *into {
			if s := name(v); seen[s] {
				d.errorf(n.content[i], "given-twice", "%q stands in this list twice", s).Hint = "delete one of the two"
				return false
			} else {
				seen[s] = true
			}
		}
		return true
	}
	return list
}

// Ref is a reference to a record of the given type by its id. fold makes the
// id of what is written, such as pl of PL.
func Ref(t model.Type, fold func(string) string) Kind[model.Ref] {
	return Kind[model.Ref]{
		Words:  "the id of a record in content/" + string(t),
		Schema: map[string]any{"type": []string{"string", "integer"}, "x-uccn-type": string(t)},
		read: func(d *Decoder, n *node, into *model.Ref) bool {
			s, ok := d.scalar(n, "an id")
			if !ok {
				return false
			}
			if fold != nil {
				s = fold(s)
			}
			*into = model.Ref{ID: s, At: d.at(n)}
			d.Links = append(d.Links, model.Link{Ref: *into, Type: t, Len: d.width(n)})
			return true
		},
	}
}

// Or is a value that may be written short as an S, which fill puts in place.
func Or[V, S any](full Kind[V], short Kind[S], fill func(*V, S)) Kind[V] {
	k := full
	k.Words = short.Words + ", or " + full.Words
	k.Schema = map[string]any{"anyOf": []any{short.Schema, full.Schema}}
	k.read = func(d *Decoder, n *node, into *V) bool {
		if n.kind != scalar {
			return full.read(d, n, into)
		}
		var s S
		ok := short.read(d, n, &s)
		if ok {
			fill(into, s)
		}
		return ok
	}
	return k
}

// Map is a mapping whose keys are not fixed. make builds an entry of the key as
// written and the value.
func Map[E, V any](key Kind[string], value Kind[V], build func(key string, v V) E) Kind[[]E] {
	return Kind[[]E]{
		Words:  fmt.Sprintf("keys and values: %s, and %s", key.Words, value.Words),
		Schema: map[string]any{"type": "object", "additionalProperties": value.Schema},
		within: value.within,
		read: func(d *Decoder, n *node, into *[]E) bool {
			if n.kind != mapping {
				d.errorf(n, "wrong-type", "here should be keys and values, not %q", n.value).Hint = "write each on a line of its own: " + key.Words + ", a colon, the value"
				return false
			}
			var out []E
			seen := map[string]bool{}
			good := true
			for i := 0; i+1 < len(n.content); i += 2 {
				var name string
				var v V
				if seen[n.content[i].value] {
					d.errorf(n.content[i], "duplicate-key", "%q is given twice", n.content[i].value).Hint = "keep one of the two"
					good = false
					continue
				}
				seen[n.content[i].value] = true
				if !key.read(d, n.content[i], &name) || !value.read(d, n.content[i+1], &v) {
					good = false
					continue
				}
				out = append(out, build(name, v))
			}
			*into = out
			return good
		},
	}
}

// Numbers is a list of exactly as many numbers as there are names.
func Numbers(low, high float64, names ...string) Kind[model.Box] {
	item := Number(low, high, fmt.Sprintf("a number from %g to %g", low, high))
	words := fmt.Sprintf("%d numbers: %s", len(names), strings.Join(names, ", "))
	return Kind[model.Box]{
		Words:  words,
		Schema: map[string]any{"type": "array", "items": item.Schema, "minItems": len(names), "maxItems": len(names)},
		read: func(d *Decoder, n *node, into *model.Box) bool {
			if n.kind != list || len(n.content) != len(names) {
				d.errorf(n, "wrong-type", "here should be %s", words).Hint = "write [" + strings.Join(names, ", ") + "]"
				return false
			}
			for i, c := range n.content {
				if !item.read(d, c, &into[i]) {
					return false
				}
			}
			return true
		},
	}
}

// Free is any value, for data that the program does not know.
func Free() Kind[map[string]any] {
	return Kind[map[string]any]{
		Words:  "any keys and values",
		Schema: map[string]any{"type": "object"},
		read: func(d *Decoder, n *node, into *map[string]any) bool {
			if n.kind != mapping {
				d.errorf(n, "wrong-type", "here should be keys and values").Hint = "write each as key: value"
				return false
			}
			if hasAlias(n) {
				d.errorf(n, "yaml-alias", "the sign * repeats another value").Hint = "write the value again"
				return false
			}
			if err := n.yaml().Decode(into); err != nil {
				d.errorf(n, "wrong-type", "these values cannot be read")
				return false
			}
			return true
		},
	}
}

func hasAlias(n *node) bool {
	return n.kind == alias || slices.ContainsFunc(n.content, hasAlias)
}

// As makes a kind of V of a kind of U by a conversion.
func As[U, V any](k Kind[U], to func(U) V) Kind[V] {
	return Kind[V]{Words: k.Words, Schema: k.Schema, keys: k.keys, within: k.within, read: func(d *Decoder, n *node, into *V) bool {
		var u U
		ok := k.read(d, n, &u)
		if ok {
			*into = to(u)
		}
		return ok
	}}
}

// Checked adds a check to a kind: bad returns what is wrong with a value that
// was read, or "", and a hint.
func Checked[V any](k Kind[V], code string, bad func(V) (message, hint string)) Kind[V] {
	read := k.read
	k.read = func(d *Decoder, n *node, into *V) bool {
		if !read(d, n, into) {
			return false
		}
		if message, hint := bad(*into); message != "" {
			d.errorf(n, code, "%s", message).Hint = hint
			return false
		}
		return true
	}
	return k
}

// Placed makes a kind of V of one line of text, keeping the place where it stands.
func Placed[V any](k Kind[string], set func(*V, string), at func(*V) *diag.Pos) Kind[V] {
	return Kind[V]{Words: k.Words, Schema: k.Schema, read: func(d *Decoder, n *node, into *V) bool {
		var s string
		ok := k.read(d, n, &s)
		if ok {
			set(into, s)
			*at(into) = d.at(n)
		}
		return ok
	}}
}
