package schema

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"uccn/generator/internal/diag"
)

// Object is a mapping with the given keys. The checks run when all keys have
// been read; they see the whole value and its place.
func Object[R any](keys []Key[R], checks ...func(c Checker, r *R)) Kind[R] {
	k := Kind[R]{Words: "keys and values: " + strings.Join(names(keys), ", "), Schema: objectSchema(rows(keys)), keys: rows(keys)}
	for _, key := range keys {
		k.within = k.within || key.within
	}
	k.read = func(d *Decoder, n *yaml.Node, into *R) bool {
		if n.Kind != yaml.MappingNode {
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
	n *yaml.Node
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

func (c Checker) value(key string) *yaml.Node {
	for i := 0; i+1 < len(c.n.Content); i += 2 {
		if c.n.Content[i].Value == key {
			return c.n.Content[i+1]
		}
	}
	return c.n
}

// readObject reads the keys that are given, and reports those that are unknown,
// given twice or missing. A misspelt key is one mistake and so one message.
func readObject[R any](d *Decoder, n *yaml.Node, keys []Key[R], r *R, at diag.Pos) {
	given := map[string]*yaml.Node{}
	var unknown []*yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if first := given[k.Value]; first != nil {
			p := d.errorf(k, "duplicate-key", "%q is given twice", k.Value)
			p.Hint = "keep one of the two"
			p.Related = []diag.Related{{Pos: d.at(first), Message: "first given here"}}
			continue
		}
		given[k.Value] = k
		key := find(keys, k.Value)
		switch {
		case key == nil:
			unknown = append(unknown, k)
		case v.Kind == yaml.AliasNode:
			d.errorf(v, "yaml-alias", "the sign * repeats another value").Hint = "write the value again, or put text that begins with * in quotes"
		case d.inherits(key.row):
			p := d.errorf(k, "not-translated", "%q is a fact of the original and not translated", k.Value)
			p.Hint = "delete the key here; it is inherited"
		}
	}
	missing := d.misspelt(unknown, given, names(keys))
	for i := range keys {
		key := &keys[i]
		k := given[key.name]
		v := valueOf(n, k)
		switch {
		case k == nil || isNull(v):
			if key.flags&Required != 0 && !d.translating && !slices.Contains(missing, key.name) {
				d.missing(key.row, k, at)
			}
		case v.Kind == yaml.AliasNode, d.inherits(key.row):
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

// misspelt reports unknown keys. It returns the known keys that they were
// probably meant to be, which are then not reported as missing too.
func (d *Decoder) misspelt(unknown []*yaml.Node, given map[string]*yaml.Node, all []string) []string {
	if len(unknown) == 0 {
		return nil
	}
	free := slices.DeleteFunc(slices.Clone(all), func(k string) bool { return given[k] != nil })
	var meant []string
	for _, k := range unknown {
		p := d.errorf(k, "unknown-key", "unknown key %q", k.Value)
		p.Propose(k.Value, "the keys", free)
		if p.Fix == "" {
			p.Propose(k.Value, "the keys", all)
			p.Fix = "" // the key it resembles is given already
		}
		if strings.Trim(k.Value, "0123456789") == "" {
			p.Hint = "write numbers without commas: inside { } a comma begins the next key"
		}
		if p.Fix != "" {
			meant = append(meant, p.Fix)
		}
	}
	return meant
}

// missing reports a required key that is not there, or is there without a value.
func (d *Decoder) missing(r row, k *yaml.Node, at diag.Pos) {
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

func find[R any](keys []Key[R], name string) *Key[R] {
	for i := range keys {
		if keys[i].name == name {
			return &keys[i]
		}
	}
	return nil
}

func valueOf(n, key *yaml.Node) *yaml.Node {
	if key == nil {
		return nil
	}
	i := slices.Index(n.Content, key)
	return n.Content[i+1]
}

// isNull reports whether a key has no value: nothing, null, or quotes with
// nothing but blanks between them, which forms leave behind.
func isNull(n *yaml.Node) bool {
	return n != nil && n.Kind == yaml.ScalarNode && (n.Tag == "!!null" || n.Tag == "!!str" && strings.TrimSpace(n.Value) == "")
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
