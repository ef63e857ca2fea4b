package schema

import (
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"uccn/generator/internal/diag"
)

// maxProbe is how many lines of front matter are searched for a syntax error.
const maxProbe = 1000

// syntax reports a YAML error at its true line. The library names a wrong line
// or none, so growing prefixes are parsed: the error is in the line after the
// longest prefix that is good.
func (d *Decoder) syntax(err error) {
	line := 1
	if len(d.lines) <= maxProbe {
		line = d.firstBad()
	} else if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		line, _ = strconv.Atoi(m[1])
	}
	d.syntaxAt(line, err.Error())
}

// syntaxAt reports that a line, counted from 1, breaks the rules of YAML; cause
// is what the library says.
func (d *Decoder) syntaxAt(line int, cause string) {
	text := ""
	if line <= len(d.lines) {
		text = d.lines[line-1]
	}
	col, width, message, hint, fix := explain(text, cause)
	p := d.Problems.Errorf(diag.Pos{Path: d.file.Path, Line: d.file.FrontAt.Line + line - 1, Col: col}, "yaml-syntax", "%s", message)
	p.Len, p.Hint, p.Fix = width, hint, fix
}

var yamlLine = regexp.MustCompile(`^yaml: line (\d+): `)

// firstBad returns the first line, counted from 1, from which on every longer
// prefix fails to parse.
func (d *Decoder) firstBad() int {
	for n := len(d.lines); n > 0; n-- {
		prefix := strings.Join(d.lines[:n], "\n") + "\n"
		var doc yaml.Node
		if yaml.Unmarshal([]byte(prefix), &doc) != nil {
			continue
		}
		bad := n + 1
		if len(doc.Content) > 0 && doc.Content[0].Kind == yaml.ScalarNode {
			bad = doc.Content[0].Line // "name:Łódź" is text until the next line contradicts it
		}
		for bad <= len(d.lines) && strings.TrimSpace(d.lines[bad-1]) == "" {
			bad++
		}
		return min(bad, len(d.lines))
	}
	return 1
}

var (
	keyNoBlank  = regexp.MustCompile(`^\s*(?:- )?([A-Za-z_][\w-]*):([^\s:/].*)$`)
	keyValue    = regexp.MustCompile(`^(\s*(?:- )?[A-Za-z_][\w-]*:\s+)(.*)$`)
	specialHead = regexp.MustCompile(`^[@` + "`" + `%&*!|>\[\]{},?-]`)
)

// explain finds in the line what most likely went wrong. It returns the column
// (0: the whole line), how much to underline, what is wrong and the way out.
func explain(line, cause string) (col, width int, message, hint, fix string) {
	indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
	if i := strings.IndexByte(indent, '\t'); i >= 0 {
		return i + 1, strings.Count(indent, "\t"), "a tab indents this line", "indent with two blanks; YAML does not take tabs", strings.Repeat("  ", strings.Count(indent, "\t"))
	}
	if m := keyNoBlank.FindStringSubmatchIndex(line); m != nil {
		return runes(line[:m[2]]) + 1, runes(line[m[2]:m[4]]), "a blank is missing after the colon", "write a blank between the colon and the value", line[m[2]:m[4]] + " "
	}
	m := keyValue.FindStringSubmatch(line)
	if m == nil {
		return 0, 0, "this line cannot be read" + because(cause), `write "key: value", lists as lines that begin with "- ", and indent with blanks`, ""
	}
	value := strings.TrimRight(m[2], " \t")
	at := runes(m[1]) + 1
	switch {
	case strings.HasPrefix(value, `"`) && !closed(value, '"'):
		return at, runes(value), `a quotation mark is opened and not closed`, `put a " at the end, and write \" for one inside`, ""
	case strings.HasPrefix(value, `'`) && !closed(value, '\''):
		return at, runes(value), `a quote is opened and not closed`, `put a ' at the end, and write '' for an apostrophe inside`, ""
	case strings.HasPrefix(value, `'`) || strings.HasPrefix(value, `"`):
		return at, runes(value), "something stands behind the closing quote", `write the inner quotes twice, or use the other kind of quotes outside`, ""
	case strings.HasPrefix(value, "["):
		message, hint = bracket(value, "list", "[", "]", cause)
		return at, runes(value), message, hint, ""
	case strings.HasPrefix(value, "{"):
		message, hint = bracket(value, "group", "{", "}", cause)
		return at, runes(value), message, hint, ""
	case strings.Contains(value, ": ") || strings.HasSuffix(value, ":"):
		return at, runes(value), `text with a colon and a blank in it needs quotes`, `put quotes around the value`, quoted(value)
	case specialHead.MatchString(value):
		return at, 1, "the value begins with a sign that means something to YAML" + because(cause), "put quotes around the value", ""
	}
	return at, runes(value), "this value cannot be read" + because(cause), "put quotes around it, and check the indentation of the lines around it", ""
}

// bracket says what is wrong with a value that begins with a bracket.
func bracket(value, what, opening, closing, cause string) (message, hint string) {
	switch i := strings.LastIndex(value, closing); {
	case i < 0:
		return "a " + what + " opened with " + opening + " is not closed", "put a " + closing + " at the end, or quotes around text that begins with " + opening
	case strings.TrimSpace(value[i+1:]) != "" && !strings.HasPrefix(value[i+1:], " #"):
		return "something stands behind the closing " + closing, "put quotes around text that begins with " + opening
	}
	return "this " + what + " cannot be read" + because(cause), "look for a comma, bracket or quote that is missing or too much"
}

// because words the library's reason, where it helps.
func because(cause string) string {
	cause = strings.TrimPrefix(yamlLine.ReplaceAllString(cause, ""), "yaml: ")
	for _, r := range [][2]string{
		{"did not find expected ',' or ']'", "a list opened with [ is not closed"},
		{"did not find expected ',' or '}'", "a group opened with { is not closed"},
		{"did not find expected node content", "a value is missing"},
		{"block sequence entries are not allowed", "a list begins on the line of its key"},
		{"did not find expected '-' indicator", "a line of the list is not indented like the others"},
		{"did not find expected key", "it is not indented like the lines around it"},
	} {
		if strings.Contains(cause, r[0]) {
			return ": " + r[1]
		}
	}
	return ""
}

// closed reports whether value is one quoted scalar, perhaps with a comment.
func closed(value string, quote byte) bool {
	for i := 1; i < len(value); i++ {
		switch {
		case value[i] == '\\' && quote == '"':
			i++
		case value[i] == quote && quote == '\'' && i+1 < len(value) && value[i+1] == quote:
			i++
		case value[i] == quote:
			return true
		}
	}
	return false
}

func quoted(s string) string {
	if strings.Contains(s, `"`) || strings.Contains(s, `\`) {
		return "'" + strings.ReplaceAll(s, "'", "''") + "'"
	}
	return `"` + s + `"`
}

func runes(s string) int { return len([]rune(s)) }
