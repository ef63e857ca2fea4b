package cli

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/load"
	"uccn/generator/internal/model"
)

// TestFormsAskForEveryKey lists the keys that forms leave to the files. A new
// key is in the forms, or stands here with a reason.
func TestFormsAskForEveryKey(t *testing.T) {
	left := map[string]string{
		"extra": "free data", "translation": "of translations alone",
		"name_local": "keys are languages", "goals": "short or long",
		"sections": "free text by section",
	}
	var missed []string
	for _, typ := range model.Types() {
		fields := form(typ)
		for _, o := range load.Outline(typ) {
			asked := slices.ContainsFunc(fields, func(f formField) bool { return f.name == o.Name })
			if _, known := left[o.Name]; asked == known {
				missed = append(missed, typ.Singular()+"."+o.Name)
			}
		}
	}
	if len(missed) > 0 {
		t.Errorf("asked for without need, or neither asked for nor excused: %v", missed)
	}
}

// TestFormSettingsAreYAML reads the settings back and follows their fields.
func TestFormSettingsAreYAML(t *testing.T) {
	for _, tt := range []struct {
		text, collections string
	}{{decap(), "collections"}, {pagesCMS(), "content"}} {
		var doc map[string]any
		if err := yaml.Unmarshal([]byte(tt.text), &doc); err != nil {
			t.Fatal(err)
		}
		collections, _ := doc[tt.collections].([]any)
		if len(collections) != len(model.Types())-1 {
			t.Fatalf("%d collections", len(collections))
		}
		city := collections[0].(map[string]any)
		var names []string
		for _, f := range city["fields"].([]any) {
			f := f.(map[string]any)
			names = append(names, f["name"].(string))
			if f["name"] == "updated" && !strings.Contains(tt.text, `(\\d{4})`) {
				t.Errorf("the pattern of a date was lost: %v", f)
			}
		}
		if city["name"] != "cities" || names[0] != "name" || !slices.Contains(names, "location") || names[len(names)-1] != "body" {
			t.Errorf("%v: %v", city["name"], names)
		}
	}
}

func TestYAMLValue(t *testing.T) {
	for _, s := range []string{"city", "content/cities", "no", "on", "12", "a: b", "- a", "#1", "é", `a"b\c`, "{{name}}", "two words", ".pages", "", "1e3", "~", "null", "Yes", "a #b", "x.", "0x1f"} {
		var got any
		if err := yaml.Unmarshal([]byte("k: ["+yamlValue(s)+"]\n"), &got); err != nil {
			t.Errorf("%q: %v", s, err)
			continue
		}
		if v := got.(map[string]any)["k"].([]any); len(v) != 1 || v[0] != s {
			t.Errorf("%q is read back as %#v", s, v)
		}
	}
}

// TestMatchersReadOurMessages applies the patterns of the task for Visual
// Studio Code to messages as they are printed.
func TestMatchersReadOurMessages(t *testing.T) {
	var dl diag.List
	dl.Errorf(diag.Pos{Path: "content/cities/lodz.md", Line: 3, Col: 8}, "unknown-key", "unknown key %q", "a: b [c]")
	dl.Warnf(diag.Pos{Path: "content/cities/lodz.md", Line: 2}, "missing-key", "%q is missing", "x")
	dl.Errorf(diag.Pos{Path: "content/cities/empty.md"}, "empty-file", "the file is empty")
	var out strings.Builder
	diag.Print(&out, dl, func(string) string { return "a\nb\nc: d: e\n" }, diag.Style{})

	var tasks struct {
		Tasks []struct {
			ProblemMatcher []struct {
				Pattern struct {
					Regexp                                string
					Kind                                  string
					File, Line, Column, Severity, Message int
					Code                                  int
				}
			}
		}
	}
	for _, f := range vscode([]string{"uccn"}) {
		if f.path == ".vscode/tasks.json" {
			if err := json.Unmarshal(f.text, &tasks); err != nil {
				t.Fatal(err)
			}
		}
	}
	var got []string
	for line := range strings.Lines(out.String()) {
		for _, m := range tasks.Tasks[0].ProblemMatcher {
			p := m.Pattern
			if g := regexp.MustCompile(p.Regexp).FindStringSubmatch(strings.TrimSuffix(line, "\n")); g != nil {
				pick := func(i int) string {
					if i == 0 {
						return ""
					}
					return g[i]
				}
				got = append(got, strings.Join([]string{p.Kind, pick(p.File), pick(p.Line), pick(p.Column), pick(p.Severity), pick(p.Message), pick(p.Code)}, "|"))
			}
		}
	}
	want := []string{
		`location|content/cities/lodz.md|3|8|error|unknown key "a: b [c]"|unknown-key`,
		`location|content/cities/lodz.md|2||warning|"x" is missing|missing-key`,
		`file|content/cities/empty.md|||error|the file is empty|empty-file`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got:\n%s", strings.Join(got, "\n"))
	}
}

// TestSnippets asks that each snippet is a record whose places are numbered.
func TestSnippets(t *testing.T) {
	for typ, s := range snippets() {
		lines := s.(map[string]any)["body"].([]string)
		text := strings.Join(lines, "\n")
		if !strings.HasPrefix(text, "---\n") || !strings.Contains(text, "${1:") || !strings.HasSuffix(text, "---\n\n$0") {
			t.Errorf("%s:\n%s", typ, text)
		}
	}
	if city := strings.Join(snippets()["city"].(map[string]any)["body"].([]string), "\n"); !strings.Contains(city, "location:\n  lat: ${5:") {
		t.Errorf("a city's place is not asked for:\n%s", city)
	}
}
