package schema

import (
	"fmt"
	"strings"
)

// JSON returns the JSON Schema (draft 2020-12) of a record's front matter.
func JSON[R any](title string, keys []Key[R]) map[string]any {
	s := objectSchema(rows(keys))
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"] = title
	return s
}

func objectSchema(rs []row) map[string]any {
	properties, required := map[string]any{}, []string{}
	for _, r := range rs {
		p := map[string]any{}
		for k, v := range r.schema {
			p[k] = v
		}
		if r.doc != "" {
			p["description"] = r.doc
		}
		properties[r.name] = p
		if r.flags&Required != 0 {
			required = append(required, r.name)
		}
	}
	s := map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		s["required"] = required
	}
	return s
}

// Reference returns the table of keys as Markdown, with the keys of objects
// below it, each once.
func Reference[R any](keys []Key[R]) string {
	var b strings.Builder
	writeRows(&b, rows(keys), "")
	return b.String()
}

func writeRows(b *strings.Builder, rs []row, prefix string) {
	b.WriteString("| key | | what | meaning |\n| --- | --- | --- | --- |\n")
	writeTable(b, rs, prefix)
}

func writeTable(b *strings.Builder, rs []row, prefix string) {
	for _, r := range rs {
		words := r.words
		if len(r.keys) > 0 {
			words, _, _ = strings.Cut(words, "keys and values:")
			words += "keys and values, see below"
		}
		fmt.Fprintf(b, "| `%s%s` | %s | %s | %s |\n", prefix, r.name, marks(r.flags), cell(words), cell(r.doc))
		writeTable(b, r.keys, prefix+r.name+".")
	}
}

func marks(f Flag) string {
	var out []string
	for _, m := range []struct {
		flag Flag
		sign string
	}{{Required, "✔"}, {Translated, "T"}, {Caution, "⚠"}} {
		if f&m.flag != 0 {
			out = append(out, m.sign)
		}
	}
	return strings.Join(out, " ")
}

func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }

// An Outline is one key as a person needs to know it to write a record.
type Outline struct {
	Name, Words, Doc string
	Required         bool
	Keys             []Outline // of a group of keys
}

// Outlines lists the keys of a record.
func Outlines[R any](keys []Key[R]) []Outline { return outlines(rows(keys)) }

func outlines(rs []row) []Outline {
	var out []Outline
	for _, r := range rs {
		out = append(out, Outline{r.name, r.words, r.doc, r.flags&Required != 0, outlines(r.keys)})
	}
	return out
}
