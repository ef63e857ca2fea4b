// Package diag describes problems in the user's own files: where they are,
// what is wrong and what to do about it. A problem in the user's files is data
// (a Diagnostic), never a Go error; Go errors are for failures of the machine.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Severity orders diagnostics by how much they block.
type Severity uint8

const (
	Error   Severity = iota // nothing is published
	Warning                 // published, but somebody should look
	Note                    // worth knowing
)

func (s Severity) String() string { return [...]string{"error", "warning", "note"}[s] }

// MarshalText writes the severity as a word.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the word.
func (s *Severity) UnmarshalText(word []byte) error {
	for v := Error; v <= Note; v++ {
		if v.String() == string(word) {
			*s = v
			return nil
		}
	}
	return fmt.Errorf("%q is no severity", word)
}

// Pos is a place in a file. Path is slash-separated and relative to the site
// folder. Line and Col are 1-based; Col counts code points, as editors do. A
// zero Line means the file as a whole, a zero Col the whole line.
type Pos struct {
	Path string `json:"path"`
	Line int    `json:"line,omitempty"`
	Col  int    `json:"col,omitempty"`
}

func (p Pos) String() string {
	switch {
	case p.Line == 0:
		return p.Path
	case p.Col == 0:
		return fmt.Sprintf("%s:%d", p.Path, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.Path, p.Line, p.Col)
}

// IsZero reports whether no place is given.
func (p Pos) IsZero() bool { return p == Pos{} }

// Compare orders places by path, line and column.
func (p Pos) Compare(q Pos) int {
	return cmp.Or(cmp.Compare(p.Path, q.Path), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Col, q.Col))
}

// A Diagnostic is one problem, worded for an editor and not for a programmer.
type Diagnostic struct {
	Pos
	Len      int       `json:"len,omitempty"` // code points to underline
	Severity Severity  `json:"severity"`
	Code     string    `json:"code"`              // stable and searchable: "unknown-key"
	Message  string    `json:"message"`           // what is wrong: lower case, no full stop
	Hint     string    `json:"hint,omitempty"`    // what to do
	Fix      string    `json:"fix,omitempty"`     // text to put in place of the underlined, when it is certain
	Related  []Related `json:"related,omitempty"` // other places that explain this one
}

// Related points at a second place that explains the first.
type Related struct {
	Pos
	Message string `json:"message"`
}

// List is what a phase has to say. Phases return their own List and the caller
// joins them in input order, so no lock is needed and no order is lost.
type List []Diagnostic

// Errorf appends an error and returns it for further detail. The pointer is
// valid until the next call that appends.
func (l *List) Errorf(p Pos, code, format string, args ...any) *Diagnostic {
	return l.add(Error, p, code, format, args)
}

// Warnf appends a warning and returns it for further detail.
func (l *List) Warnf(p Pos, code, format string, args ...any) *Diagnostic {
	return l.add(Warning, p, code, format, args)
}

// Notef appends a note and returns it for further detail.
func (l *List) Notef(p Pos, code, format string, args ...any) *Diagnostic {
	return l.add(Note, p, code, format, args)
}

func (l *List) add(s Severity, p Pos, code, format string, args []any) *Diagnostic {
	*l = append(*l, Diagnostic{Pos: p, Severity: s, Code: code, Message: fmt.Sprintf(format, args...)})
	return &(*l)[len(*l)-1]
}

// HasErrors reports whether anything in l blocks publication.
func (l List) HasErrors() bool { return l.Count(Error) > 0 }

// Count returns how many diagnostics of l have the severity s.
func (l List) Count(s Severity) int {
	n := 0
	for _, d := range l {
		if d.Severity == s {
			n++
		}
	}
	return n
}

// Only returns the diagnostics of l with the severity s.
func (l List) Only(s Severity) List {
	return slices.DeleteFunc(slices.Clone(l), func(d Diagnostic) bool { return d.Severity != s })
}

// First returns the n gravest problems of l, errors before warnings and each kind
// in l's order, and those that are left. A list that is no longer stays as it is.
func (l List) First(n int) (first, rest List) {
	if len(l) <= n {
		return l, nil
	}
	l = slices.Clone(l)
	slices.SortStableFunc(l, func(a, b Diagnostic) int { return cmp.Compare(a.Severity, b.Severity) })
	return l[:n], l[n:]
}

// Sort orders l by place, then severity, then wording, and drops repetitions.
func (l *List) Sort() {
	slices.SortStableFunc(*l, func(a, b Diagnostic) int {
		return cmp.Or(a.Pos.Compare(b.Pos), cmp.Compare(a.Severity, b.Severity), strings.Compare(a.Message, b.Message))
	})
	*l = slices.CompactFunc(*l, func(a, b Diagnostic) bool { return a.Pos == b.Pos && a.Message == b.Message })
}

// Soften returns l with its errors made warnings: the problems of a draft must
// not stop a colleague.
func (l List) Soften() List {
	out := slices.Clone(l)
	for i := range out {
		if out[i].Severity == Error {
			out[i].Severity = Warning
		}
	}
	return out
}

// Harden returns l with its warnings made errors, as --strict asks.
func (l List) Harden() List {
	out := slices.Clone(l)
	for i := range out {
		if out[i].Severity == Warning {
			out[i].Severity = Error
		}
	}
	return out
}
