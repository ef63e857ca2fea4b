package schema

import (
	"slices"
	"strings"

	"uccn/generator/internal/diag"
)

// Object is a mapping with the given keys. The checks run when all keys have
// been read; they see the whole value and its place.
func Object[R any](keys []Key[R], checks ...func(c Checker, r *R)) Kind[R] {
	k := Kind[R]{Words: "keys and values: " + strings.Join(names(keys), ", "), Schema: objectSchema(rows(keys)), keys: rows(keys)}
	for _, key := range keys {
		k.within = k.within || key.within
	}
	k.read = func(d *Decoder, n *node, into *R) bool {
		if n.kind != mapping {
			d.errorf(n, "wrong-type", "here should be keys and values").Hint = "the keys are " + strings.Join(names(keys), ", ")
			return false
		}
		before := len(d.Problems)
		readObject(d, n, keys, into, d.at(n))
		if len(d.Problems) == before && !d.translating {
			for _, check := range checks {
				check(Checker{d, n}, into)
			}
		}
		return len(d.Problems) == before
	}
	return k
}

// A Checker notes problems of a value that has been read.
type Checker struct {
	d *Decoder
	n *node
}

// Errorf notes an error at the value of key, or at the whole object when the
// key is not there.
func (c Checker) Errorf(key, code, format string, args ...any) *diag.Diagnostic {
	return c.d.errorf(c.value(key), code, format, args...)
}

// Warnf notes a warning likewise.
func (c Checker) Warnf(key, code, format string, args ...any) *diag.Diagnostic {
	p := c.d.errorf(c.value(key), code, format, args...)
	p.Severity = diag.Warning
	return p
}

// Has reports whether the key is given.
func (c Checker) Has(key string) bool { return c.value(key) != c.n }

// At returns the place of the object.
func (c Checker) At() diag.Pos { return c.d.at(c.n) }

func (c Checker) value(key string) *node {
	for i := 0; i+1 < len(c.n.content); i += 2 {
		if c.n.content[i].value == key {
			return c.n.content[i+1]
		}
	}
	return c.n
}

// readObject reads the keys that are given, and reports those that are unknown,
// given twice or missing. A misspelt key is one mistake and so one message.
func readObject[R any](d *Decoder, n *node, keys []Key[R], r *R, at diag.Pos) {
	type pair struct{ key, value *node }
	given := make([]pair, len(keys)) // as keys
	var unknown []*node
	strange := map[string]*node{}
	for i := 0; i+1 < len(n.content); i += 2 {
		k, v := n.content[i], n.content[i+1]
		at := find(keys, k.value)
		first := strange[k.value]
		if at >= 0 {
			first = given[at].key
		}
		if first != nil {
			p := d.errorf(k, "duplicate-key", "%q is given twice", k.value)
			p.Hint = "keep one of the two"
			p.Related = []diag.Related{{Pos: d.at(first), Message: "first given here"}}
			continue
		}
		if at < 0 {
			strange[k.value] = k
			unknown = append(unknown, k)
			continue
		}
		given[at] = pair{k, v}
		switch {
		case v.kind == alias:
			d.errorf(v, "yaml-alias", "the sign * repeats another value").Hint = "write the value again, or put text that begins with * in quotes"
		case d.inherits(keys[at].row):
			p := d.errorf(k, "not-translated", "%q is a fact of the original and not translated", k.value)
			p.Hint = "delete the key here; it is inherited"
		}
	}
	var meant []string
	if len(unknown) > 0 {
		var free []string
		for i := range keys {
			if given[i].key == nil {
				free = append(free, keys[i].name)
			}
		}
		meant = d.misspelt(unknown, free, names(keys))
	}
	for i := range keys {
		key, k, v := &keys[i], given[i].key, given[i].value
		switch {
		case k == nil || isNull(v):
			if key.flags&Required != 0 && !d.translating && !slices.Contains(meant, key.name) {
				d.missing(key.row, k, at)
			}
		case v.kind == alias, d.inherits(key.row):
		default:
			key.read(d, v, r)
		}
	}
}

// inherits reports whether a translation takes the key from its original and
// may not give it.
func (d *Decoder) inherits(r row) bool {
	return d.translating && !d.inText && !r.within && r.flags&OfTranslation == 0
}

// misspelt reports unknown keys; of all the known ones, those in free are not
// given. It returns the known keys that they were
// probably meant to be, which are then not reported as missing too.
func (d *Decoder) misspelt(unknown []*node, free, all []string) []string {
	var meant []string
	for _, k := range unknown {
		p := d.errorf(k, "unknown-key", "unknown key %q", k.value)
		p.Propose(k.value, "the keys", free)
		if p.Fix == "" {
			p.Propose(k.value, "the keys", all)
			p.Fix = "" // the key it resembles is given already
		}
		if strings.Trim(k.value, "0123456789") == "" {
			p.Hint = "write numbers without commas: inside { } a comma begins the next key"
		}
		if p.Fix != "" {
			meant = append(meant, p.Fix)
		}
	}
	return meant
}

// missing reports a required key that is not there, or is there without a value.
func (d *Decoder) missing(r row, k *node, at diag.Pos) {
	p := diag.Pos{Path: at.Path, Line: at.Line}
	if k != nil {
		p = d.at(k)
	}
	m := d.Problems.Errorf(p, "missing-key", "%q is missing", r.name)
	if k != nil {
		m.Message = `"` + r.name + `" has no value`
		m.Len = len([]rune(r.name))
	}
	m.Hint = "add a line \"" + r.name + ": …\" with " + r.words
}

// find returns the place of a key in its table, or -1.
func find[R any](keys []Key[R], name string) int {
	for i := range keys {
		if keys[i].name == name {
			return i
		}
	}
	return -1
}

// isNull reports whether a key has no value: nothing, null, or quotes with
// nothing but blanks between them, which forms leave behind.
func isNull(n *node) bool {
	return n != nil && n.kind == scalar && (n.null || n.tag == "!!str" && strings.TrimSpace(n.value) == "")
}

func rows[R any](keys []Key[R]) []row {
	out := make([]row, len(keys))
	for i, k := range keys {
		out[i] = k.row
	}
	return out
}

func names[R any](keys []Key[R]) []string {
	var out []string
	for _, k := range keys {
		out = append(out, k.name)
	}
	return out
}
