// Package explain holds the words for problem codes: what each means, a wrong
// and a right example, and what to do. The words stand in codes.md.
//
// It does not find problems and does not know who reports which code; a test
// walks the source and keeps both in step.
package explain

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
)

//go:embed codes.md
var codes string

// Entry is what is known of one code. Texts are Markdown without headings,
// wrapped at about 90 columns.
type Entry struct {
	Code    string `json:"code"`
	Summary string `json:"summary"` // one line
	Means   string `json:"means,omitempty"`
	Wrong   string `json:"wrong"` // an example as it should not be
	Right   string `json:"right"` // the same mended
	Do      string `json:"do"`    // what to do
}

// Entries returns every entry, sorted by code.
func Entries() []Entry {
	out := parse(codes)
	slices.SortFunc(out, func(a, b Entry) int { return strings.Compare(a.Code, b.Code) })
	return out
}

// Find returns the entry of a code.
func Find(code string) (Entry, bool) {
	for _, e := range parse(codes) {
		if e.Code == code {
			return e, true
		}
	}
	return Entry{}, false
}

// parse reads the form of codes.md: a heading "## code", a line that sums it
// up, perhaps more words, the line "Wrong:" and a fenced example, "Right:" and
// another, and what to do. A mistake in that file is a bug, and panics.
func parse(text string) []Entry {
	var out []Entry
	for _, s := range sections(text) {
		code, rest, _ := strings.Cut(strings.TrimPrefix(s, "## "), "\n")
		words, wrong, rest := example(code, rest, "\nWrong:\n")
		between, right, rest := example(code, rest, "\nRight:\n")
		summary, means, _ := strings.Cut(strings.TrimSpace(words), "\n")
		e := Entry{strings.TrimSpace(code), summary, strings.TrimSpace(means), wrong, right, strings.TrimSpace(rest)}
		if e.Summary == "" || e.Do == "" || strings.TrimSpace(between) != "" {
			panic(fmt.Sprintf("codes.md: %s is not written in the form that all have", code))
		}
		out = append(out, e)
	}
	return out
}

// sections parts text at its headings, leaving those within examples alone.
func sections(text string) []string {
	var out []string
	fence := ""
	for line := range strings.Lines(text) {
		marks := line[:len(line)-len(strings.TrimLeft(line, "`"))]
		switch {
		case fence == "" && strings.HasPrefix(line, "## "):
			out = append(out, "")
		case fence == "" && len(marks) >= 3:
			fence = marks
		case fence != "" && strings.TrimSpace(line) == fence:
			fence = ""
		}
		if len(out) > 0 {
			out[len(out)-1] += line
		}
	}
	return out
}

// example cuts text at a label and returns what stands before it, the lines of
// the fenced block below it, and what follows.
func example(code, text, label string) (before, inside, after string) {
	before, rest, found := strings.Cut("\n"+text, label)
	rest = strings.TrimLeft(rest, "\n")
	fence, rest, _ := strings.Cut(rest, "\n")
	marks := strings.TrimRight(fence, "abcdefghijklmnopqrstuvwxyz")
	inside, after, closed := strings.Cut("\n"+rest, "\n"+marks+"\n")
	if !found || !closed || strings.Trim(marks, "`") != "" || len(marks) < 3 {
		panic(fmt.Sprintf("codes.md: %s has no example below %q", code, strings.TrimSpace(label)))
	}
	return before, strings.Trim(inside, "\n"), after
}
