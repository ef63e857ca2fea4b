package cli

import (
	"strings"

	"uccn/generator/internal/load"
	"uccn/generator/internal/model"
	"uccn/generator/internal/schema"
)

// A shape is how a form asks for a value.
type shape uint8

const (
	unasked shape = iota // the value can be written in several ways: left to the file
	shortText
	longText
	wholeNumber
	number
	yesOrNo
	choice
	reference
	group
)

// A formField is one key as a form shows it.
type formField struct {
	name, words, doc string
	required         bool
	list             bool // several values of the shape
	shape            shape
	choices          []any
	of               model.Type // of a reference
	low, high        any        // of a number; nil: no limit
	pattern          string     // of a text; "": any
	fields           []formField
}

// label returns the key as a person would write it.
func (f formField) label() string {
	s := strings.ReplaceAll(f.name, "_", " ")
	return strings.ToUpper(s[:1]) + s[1:]
}

// form returns the fields of a type in the order of its table. Keys of
// translations alone are left out, and those that a form cannot ask for.
func form(t model.Type) []formField {
	return fieldsOf(load.Outline(t), load.Schema(t))
}

func fieldsOf(outline []schema.Outline, s map[string]any) []formField {
	properties, _ := s["properties"].(map[string]any)
	var out []formField
	for _, o := range outline {
		f := formField{name: o.Name, words: o.Words, doc: o.Doc, required: o.Required}
		p, _ := properties[o.Name].(map[string]any)
		if items, ok := p["items"].(map[string]any); ok {
			f.list, p = true, items
		}
		f.read(p, o.Keys)
		if f.shape != unasked && o.Name != "translation" {
			out = append(out, f)
		}
	}
	return out
}

// read sets the shape by the JSON Schema of a value.
func (f *formField) read(p map[string]any, keys []schema.Outline) {
	limit, _ := p["maxLength"].(int)
	f.pattern, _ = p["pattern"].(string)
	if t, ok := p["x-uccn-type"].(string); ok {
		f.shape, f.of = reference, model.Type(t)
		return
	}
	switch p["type"] {
	case "integer":
		f.shape, f.low, f.high = wholeNumber, p["minimum"], p["maximum"]
		return
	case "number":
		f.shape, f.low, f.high = number, p["minimum"], p["maximum"]
		return
	case "boolean":
		f.shape = yesOrNo
		return
	case "object":
		if f.fields = fieldsOf(keys, p); len(f.fields) > 0 {
			f.shape = group
		}
		return
	}
	words, _ := p["enum"].([]string)
	switch {
	case len(words) > 0:
		f.shape = choice
		for _, w := range words {
			f.choices = append(f.choices, w)
		}
	case p["anyOf"] != nil || p["type"] == nil:
		f.shape = unasked
	case limit > 400:
		f.shape = longText
	default:
		f.shape = shortText
	}
}

// keyedByFile reports whether a form can offer the records of a type: those of
// goals are in the program, and countries may be written in capitals.
func keyedByFile(t model.Type) bool { return t != model.Goals && t != model.Countries }
