package cli

import (
	"encoding/json"
	"fmt"
	"strings"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/explain"
)

// formatter prints the answer of check.
type formatter func(e *env, dir string, dl diag.List) error

func formats() map[string]formatter {
	return map[string]formatter{
		"text": plain,
		"json": func(e *env, dir string, dl diag.List) error {
			e.flags.json = true
			return plain(e, dir, dl)
		},
		"github": github,
		"sarif":  sarif,
	}
}

// plain prints problems for people or, with --json, an object for each and one
// that counts them.
func plain(e *env, dir string, dl diag.List) error {
	e.problems(e.out, dir, dl)
	if e.flags.json {
		return e.summary("check", dl)
	}
	return nil
}

// github prints the commands by which GitHub marks lines of a change.
func github(e *env, _ string, dl diag.List) error {
	escape := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	for _, d := range dl {
		level := [...]string{"error", "warning", "notice"}[d.Severity]
		text := d.Message
		if d.Hint != "" {
			text += " – " + d.Hint
		}
		if _, err := fmt.Fprintf(e.out, "::%s file=%s,line=%d,col=%d,title=%s::%s\n", level, property.Replace(d.Path), max(d.Line, 1), max(d.Col, 1), d.Code, escape.Replace(text)); err != nil {
			return err
		}
	}
	return nil
}

// sarif prints one log of SARIF 2.1.0 (OASIS).
func sarif(e *env, _ string, dl diag.List) error {
	type object = map[string]any
	results, rules := []object{}, []object{}
	described := map[string]bool{}
	for _, d := range dl {
		if x, ok := explain.Find(d.Code); ok && !described[d.Code] {
			described[d.Code] = true
			rules = append(rules, object{"id": d.Code, "shortDescription": object{"text": x.Summary}, "help": object{"text": strings.TrimSpace(x.Means + "\n\n" + x.Do)}})
		}
		region := object{"startLine": max(d.Line, 1)}
		if d.Col > 0 {
			region["startColumn"], region["endColumn"] = d.Col, d.Col+max(d.Len, 1)
		}
		text := d.Message
		if d.Hint != "" {
			text += " (" + d.Hint + ")"
		}
		results = append(results, object{
			"ruleId": d.Code, "level": [...]string{"error", "warning", "note"}[d.Severity], "message": object{"text": text},
			"locations": []object{{"physicalLocation": object{"artifactLocation": object{"uri": d.Path}, "region": region}}},
		})
	}
	enc := json.NewEncoder(e.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(object{
		"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
		"runs": []object{{
			"tool":       object{"driver": object{"name": "uccn", "version": version(), "rules": rules}},
			"columnKind": "unicodeCodePoints", "results": results,
		}},
	})
}
