package diag

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Style is how a printed problem is coloured. The zero value is plain.
type Style struct{ Color bool }

func (s Style) paint(code, text string) string {
	if !s.Color {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// Print writes l in the compiler style, with the offending words underlined.
// read returns a file's text, or "" when it cannot be had; it is asked once for
// each run of problems of one file, which a sorted list has one of.
func Print(w io.Writer, l List, read func(path string) string, style Style) {
	tone := [...]string{"31;1", "33;1", "36;1"}
	var text []string // the lines of the file that stands there
	for i, d := range l {
		if i == 0 || l[i-1].Path != d.Path {
			text = strings.Split(read(d.Path), "\n")
		}
		fmt.Fprintf(w, "%s: %s: %s [%s]\n", style.paint("1", d.Pos.String()), style.paint(tone[d.Severity], d.Severity.String()), d.Message, d.Code)
		if d.Line > 0 && d.Line <= len(text) && d.Col > 0 && strings.TrimSuffix(text[d.Line-1], "\r") != "" {
			line, at := excerpt(strings.TrimSuffix(text[d.Line-1], "\r"), d.Col-1)
			gutter := fmt.Sprintf("%5d | ", d.Line)
			fmt.Fprintf(w, "%s%s\n%s| %s%s\n", gutter, line, strings.Repeat(" ", len(gutter)-2),
				pad(line, at), style.paint(tone[d.Severity], strings.Repeat("^", max(1, min(d.Len, utf8.RuneCountInString(line)-at)))))
		}
		for _, r := range d.Related {
			fmt.Fprintf(w, "  %s: note: %s\n", r.Pos, r.Message)
		}
		if d.Hint != "" {
			fmt.Fprintf(w, "  %s: %s\n", style.paint("1", "hint"), d.Hint)
		}
	}
}

// Line returns the n-th line of text, counted from 1, without its line end. It
// reports false when there is no such line or it is empty.
func Line(text string, n int) (string, bool) {
	if n < 1 {
		return "", false
	}
	for i := 1; ; i++ {
		line, rest, more := strings.Cut(text, "\n")
		if i == n {
			line = strings.TrimSuffix(line, "\r")
			return line, line != ""
		}
		if !more {
			return "", false
		}
		text = rest
	}
}

// excerpt cuts a long line to the neighbourhood of the code point at, and
// replaces what a terminal would obey. It returns the new place of at.
func excerpt(line string, at int) (string, int) {
	const before, width = 60, 120
	r := []rune(line)
	if len(r) > width {
		from := min(max(0, at-before), len(r))
		to := min(len(r), from+width)
		head, tail := "", ""
		if from > 0 {
			head = "…"
			at++
		}
		if to < len(r) {
			tail = "…"
		}
		r, at = []rune(head+string(r[from:to])+tail), at-from
	}
	for i, c := range r {
		if c < ' ' && c != '\t' || c == 0x7f || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069 {
			r[i] = '�'
		}
	}
	return string(r), at
}

// pad returns blanks as wide as the first n code points of line; tabs stay tabs.
func pad(line string, n int) string {
	var b strings.Builder
	for _, r := range line {
		if n == 0 {
			break
		}
		n--
		if r == '\t' {
			b.WriteByte('\t')
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}
