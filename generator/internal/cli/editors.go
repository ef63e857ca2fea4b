package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"uccn/generator/internal/config"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/load"
	"uccn/generator/internal/model"
	"uccn/generator/internal/schema"
)

// A settingsFile is one file of an editor's settings, its path relative to the
// site's folder.
type settingsFile struct {
	path string
	text []byte
}

func editors() []string { return []string{"vscode", "decap", "pages-cms"} }

func (e *env) settingsFor(editor string) ([]settingsFile, error) {
	switch editor {
	case "vscode":
		return vscode(e.ownCommand()), nil
	case "decap":
		return []settingsFile{{"static/admin/config.yml", []byte(decap())}}, nil
	case "pages-cms":
		return []settingsFile{{".pages.yml", []byte(pagesCMS())}}, nil
	}
	if near, ok := diag.Suggest(editor, editors()); ok {
		return nil, usagef("there are no settings for %q; did you mean %q?", editor, near)
	}
	return nil, usagef("there are no settings for %q; there are %s", editor, strings.Join(editors(), ", "))
}

// ownCommand is how the program is run in the site's folder: from its source
// where that stands beside the content.
func (e *env) ownCommand() []string {
	if dir, err := e.siteDir(); err == nil {
		if _, err := os.Stat(filepath.Join(dir, "generator", "main.go")); err == nil {
			return []string{"go", "run", "./generator"}
		}
	}
	return []string{"uccn"}
}

// vscode makes settings for Visual Studio Code. The YAML extension applies
// schemas to YAML files and not to the front matter of Markdown (its issue 207),
// so records are checked by a task, whose matchers read our own messages.
func vscode(command []string) []settingsFile {
	type object = map[string]any
	site := config.Schema()
	site["$schema"] = "http://json-schema.org/draft-07/schema#" // what the extension's versions all know; no newer keyword is used
	matcher := func(kind, place string, groups object) object {
		pattern := object{"regexp": `^([^:]+)` + place + `: (error|warning): (.+) \[([a-z0-9-]+)\]$`, "kind": kind, "file": 1}
		for k, v := range groups {
			pattern[k] = v
		}
		return object{"owner": "uccn " + kind, "source": "uccn", "fileLocation": []any{"relative", "${workspaceFolder}"}, "pattern": pattern}
	}
	task := func(args ...string) object {
		return object{
			"label": "uccn " + args[0], "type": "process", "command": command[0], "args": append(slices.Clone(command[1:]), args...),
			"presentation": object{"reveal": "silent", "clear": true},
			"problemMatcher": []object{
				matcher("location", `:(\d+)(?::(\d+))?`, object{"line": 2, "column": 3, "severity": 4, "message": 5, "code": 6}),
				matcher("file", ``, object{"severity": 2, "message": 3, "code": 4}),
			},
		}
	}
	check, build := task("check"), task("build")
	check["group"] = object{"kind": "test", "isDefault": true}
	build["group"] = object{"kind": "build", "isDefault": true}
	return []settingsFile{
		{".vscode/extensions.json", jsonText(object{"recommendations": []string{"redhat.vscode-yaml"}})},
		{".vscode/settings.json", jsonText(object{
			"yaml.schemas":  object{"./.vscode/uccn-site.schema.json": config.File},
			"files.exclude": object{".uccn": true},
			"[markdown]":    object{"editor.quickSuggestions": object{"other": "on", "comments": "off", "strings": "off"}, "editor.wordWrap": "on"},
		})},
		{".vscode/tasks.json", jsonText(object{"version": "2.0.0", "tasks": []object{check, build}})},
		{".vscode/uccn-site.schema.json", jsonText(site)},
		{".vscode/uccn.code-snippets", jsonText(snippets())},
	}
}

// snippets makes one snippet for each type: its required keys with what is
// wanted in them, words to choose from as a list.
func snippets() map[string]any {
	out := map[string]any{}
	for _, t := range model.Types() {
		lines := []string{"---"}
		n, last := 0, ""
		each(load.Outline(t), func(name string, k schema.Outline) {
			n++
			outer, inner, nested := strings.Cut(name, ".")
			if nested && outer != last {
				lines = append(lines, outer+":")
			}
			last = outer
			key := outer
			if nested {
				key = "  " + inner
			}
			lines = append(lines, fmt.Sprintf("%s: %s", key, stop(n, k.Words)))
		})
		lines = append(lines, "---", "", "$0")
		out[t.Singular()] = map[string]any{
			"prefix": t.Singular(), "scope": "markdown", "body": lines, "description": "A " + strings.ReplaceAll(t.Singular(), "-", " ") + ": its required keys",
		}
	}
	return out
}

// stop is a place of a snippet where the writer comes by.
func stop(n int, words string) string {
	if list, ok := strings.CutPrefix(words, "one of "); ok {
		return fmt.Sprintf("${%d|%s|}", n, strings.ReplaceAll(list, ", ", ","))
	}
	words, _, _ = strings.Cut(words, ":")
	return fmt.Sprintf("${%d:%s}", n, strings.NewReplacer(`\`, `\\`, "$", `\$`, "}", `\}`).Replace(words))
}

const decapHead = `# Settings of Decap CMS (decapcms.org), made by "uccn schema --for decap".
# Choose a backend, and put Decap's own index.html beside this file.
# Forms ask for originals; translations (ID.fr.md) are best edited as files.
# Values that can be written in several ways are left out of the forms and kept
# as they are in the files. Remarks (#) in a record are lost when it is saved.

`

// optional returns the fields of a group that may be left out as a whole: a
// form would insist on a required one although nobody wants the group. What is
// missing in a group that is begun, the program reports.
func (f formField) optional() []formField {
	out := slices.Clone(f.fields)
	for i := range out {
		out[i].required = out[i].required && (f.required || f.list)
	}
	return out
}

// decap makes a folder collection for each type.
func decap() string {
	var collections list
	for _, t := range model.Types() {
		if t == model.Goals {
			continue // they are in the program
		}
		fields := form(t)
		called := fields[0].name
		items := append(decapFields(fields), pairs{
			{"name", "body"}, {"label", "Text"}, {"widget", "markdown"}, {"modes", list{"raw"}}, {"required", false},
		})
		collections = append(collections, pairs{
			{"name", string(t)}, {"label", typeLabel(string(t))}, {"label_singular", typeLabel(t.Singular())},
			{"folder", load.Dir + "/" + string(t)}, {"create", true}, {"extension", "md"}, {"format", "yaml-frontmatter"},
			{"identifier_field", called}, {"summary", "{{" + called + "}}"}, {"fields", items},
		})
	}
	return decapHead + yamlText(pairs{
		{"backend", pairs{{"name", "git-gateway"}, {"branch", "main"}}},
		{"local_backend", true},
		{"media_folder", "static/media"},
		{"public_folder", "/media"},
		{"slug", pairs{{"encoding", "ascii"}, {"clean_accents", true}}},
		{"collections", collections},
	})
}

func decapFields(fields []formField) list {
	var out list
	for _, f := range fields {
		p := pairs{{"name", f.name}, {"label", f.label()}}
		switch {
		case f.list && f.shape == reference && keyedByFile(f.of):
			p = append(p, pair{"widget", "relation"}, pair{"multiple", true})
			p = append(p, relation(f.of)...)
		case f.list && f.shape == choice:
			p = append(p, pair{"widget", "select"}, pair{"multiple", true}, pair{"options", list(f.choices)})
		case f.list && f.shape == group:
			p = append(p, pair{"widget", "list"}, pair{"fields", decapFields(f.optional())})
		case f.list:
			one := f
			one.list, one.name, one.doc = false, "value", ""
			p = append(p, pair{"widget", "list"}, pair{"field", decapFields([]formField{one})[0]})
		default:
			p = append(p, decapWidget(f)...)
		}
		p = append(p, pair{"required", f.required})
		if f.doc != "" {
			p = append(p, pair{"hint", f.doc})
		}
		out = append(out, p)
	}
	return out
}

func decapWidget(f formField) pairs {
	switch f.shape {
	case longText:
		return pairs{{"widget", "text"}}
	case wholeNumber:
		return limits(pairs{{"widget", "number"}, {"value_type", "int"}}, "min", "max", f)
	case number:
		return limits(pairs{{"widget", "number"}, {"value_type", "float"}, {"step", 0.00001}}, "min", "max", f)
	case yesOrNo:
		return pairs{{"widget", "boolean"}}
	case choice:
		return pairs{{"widget", "select"}, {"options", list(f.choices)}}
	case group:
		return pairs{{"widget", "object"}, {"fields", decapFields(f.optional())}}
	case reference:
		if keyedByFile(f.of) {
			return append(pairs{{"widget", "relation"}}, relation(f.of)...)
		}
	}
	p := pairs{{"widget", "string"}}
	if f.pattern != "" {
		p = append(p, pair{"pattern", list{f.pattern, "This is not " + f.words}})
	}
	return p
}

func relation(t model.Type) pairs {
	called := load.Outline(t)[0].Name
	return pairs{
		{"collection", string(t)}, {"value_field", "{{slug}}"},
		{"search_fields", list{called}}, {"display_fields", list{called}}, {"options_length", 500},
	}
}

func limits(p pairs, low, high string, f formField) pairs {
	if f.low != nil {
		p = append(p, pair{low, f.low})
	}
	if f.high != nil {
		p = append(p, pair{high, f.high})
	}
	return p
}

const pagesHead = `# Settings of Pages CMS (pagescms.org), made by "uccn schema --for pages-cms".
# Forms ask for originals; translations (ID.fr.md) are best edited as files.
# Values that can be written in several ways are left out of the forms; the
# setting "merge" keeps them in the files. Remarks (#) in a record are lost.

`

// pagesCMS makes a collection for each type. References are texts: what Pages
// CMS would put there is a path and not an id.
func pagesCMS() string {
	var content list
	for _, t := range model.Types() {
		if t == model.Goals {
			continue
		}
		fields := form(t)
		called := fields[0].name
		content = append(content, pairs{
			{"name", string(t)}, {"label", typeLabel(string(t))}, {"type", "collection"}, {"path", load.Dir + "/" + string(t)},
			{"filename", pairs{{"template", "{primary}.md"}, {"field", "create"}}}, {"format", "yaml-frontmatter"},
			{"view", pairs{{"primary", called}, {"fields", list{called}}}},
			{"fields", append(pagesFields(fields), pairs{{"name", "body"}, {"label", "Text"}, {"type", "text"}})},
		})
	}
	return pagesHead + yamlText(pairs{
		{"media", pairs{{"input", "static/media"}, {"output", "/media"}}},
		{"settings", pairs{{"content", pairs{{"merge", true}}}}},
		{"content", content},
	})
}

func pagesFields(fields []formField) list {
	var out list
	for _, f := range fields {
		p := pairs{{"name", f.name}, {"label", f.label()}}
		kind := map[shape]string{
			shortText: "string", reference: "string", longText: "text", wholeNumber: "number", number: "number",
			yesOrNo: "boolean", choice: "select", group: "object",
		}[f.shape]
		p = append(p, pair{"type", kind}, pair{"required", f.required})
		if f.list {
			p = append(p, pair{"list", true})
		}
		if f.doc != "" {
			p = append(p, pair{"description", f.doc})
		}
		switch {
		case f.shape == choice:
			p = append(p, pair{"options", pairs{{"values", list(f.choices)}}})
		case f.shape == group:
			p = append(p, pair{"fields", pagesFields(f.optional())})
		case f.low != nil || f.high != nil:
			p = append(p, pair{"options", limits(nil, "min", "max", f)})
		case f.pattern != "":
			p = append(p, pair{"pattern", pairs{{"regex", f.pattern}, {"message", "This is not " + f.words}}})
		}
		out = append(out, p)
	}
	return out
}

func typeLabel(word string) string {
	word = strings.ReplaceAll(word, "-", " ")
	return strings.ToUpper(word[:1]) + word[1:]
}
