package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/source"
)

// say talks on stderr, unless told to be quiet or to answer in JSON.
func (e *env) say(format string, args ...any) {
	if !e.flags.quiet && !e.flags.json {
		fmt.Fprintf(e.err, format+"\n", args...)
	}
}

// manyProblems is how many problems are printed for people, who will not read more
// before they mend the first, unless --all-problems asks for all.
const manyProblems = 200

// problems prints a list to w without its notes, or whole as JSON to stdout.
func (e *env) problems(w io.Writer, dir string, dl diag.List) {
	if e.flags.json {
		enc := json.NewEncoder(e.out)
		enc.SetEscapeHTML(false)
		for _, d := range dl {
			_ = enc.Encode(struct {
				Type string `json:"type"`
				diag.Diagnostic
			}{"problem", d})
		}
		return
	}
	var shown diag.List
	for _, d := range dl {
		if d.Severity != diag.Note {
			shown = append(shown, d)
		}
	}
	var rest diag.List
	if !e.flags.all {
		shown, rest = shown.First(manyProblems)
	}
	texts := map[string]string{}
	read := func(path string) string {
		if _, known := texts[path]; !known {
			texts[path] = sourceText(os.DirFS(dir), path)
		}
		return texts[path]
	}
	diag.Print(w, shown, read, diag.Style{Color: e.color(w)})
	if len(rest) > 0 {
		fmt.Fprintf(w, "not printed: %s; --all-problems prints them too, --json gives all\n", tally(rest))
	}
}

// answer prints one JSON object on a line of stdout.
func (e *env) answer(v any) error {
	enc := json.NewEncoder(e.out)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// sourceText returns a source, wrong bytes and all, for its line to be shown:
// a pipe is not opened. Without the text, a message stands alone.
func sourceText(root fs.FS, path string) string {
	info, err := fs.Stat(root, path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > source.MaxText {
		return ""
	}
	b, err := fs.ReadFile(root, path)
	if err != nil {
		return ""
	}
	return source.Clean(b)
}

// verdict sums a list up in one line on stderr.
func (e *env) verdict(dl diag.List, end string) {
	if e.flags.json {
		return
	}
	fmt.Fprintf(e.err, "%s: %s\n", tally(dl), end)
}

func tally(dl diag.List) string {
	return count(dl.Count(diag.Error), "error") + ", " + count(dl.Count(diag.Warning), "warning")
}

// summary is the last line of an answer in JSON.
func (e *env) summary(command string, dl diag.List) error {
	return e.answer(map[string]any{"type": command, "errors": dl.Count(diag.Error), "warnings": dl.Count(diag.Warning)})
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// progress is a line on the terminal that appears when work takes longer than
// a second. In a pipe it is silent.
type progress struct {
	w     io.Writer
	now   func() time.Time
	began time.Time
	shown bool
	on    bool
}

func (e *env) progress() *progress {
	on := e.terminal(e.err) && !e.flags.quiet && !e.flags.json
	return &progress{w: e.err, now: e.now, began: e.now(), on: on}
}

func (p *progress) phase(name string) {
	if !p.on || p.now().Sub(p.began) < time.Second {
		return
	}
	fmt.Fprintf(p.w, "\r\x1b[K%s … %s", name, seconds(p.now().Sub(p.began)))
	p.shown = true
}

// end takes the line away.
func (p *progress) end() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
