package cli

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"uccn/generator/internal/build"
	"uccn/generator/internal/diag"
)

func checkCommand(e *env) *cobra.Command {
	var b buildFlags
	var fix bool
	var format string
	c := &cobra.Command{
		Use: "check", Short: "Find every problem, and write nothing",
		Example: `  uccn check
  uccn check --fix
  uccn check --strict --format github`,
		RunE: func(c *cobra.Command, _ []string) error {
			write, ok := formats()[format]
			if !ok {
				return usagef("--format %q is unknown; there are text, json, github and sarif", format)
			}
			return e.check(c.Context(), b, fix, write)
		},
	}
	b.add(c)
	c.Flags().BoolVar(&fix, "fix", false, "make the corrections that are certain")
	c.Flags().StringVar(&format, "format", "text", "text, json, github or sarif")
	return c
}

func (e *env) check(ctx context.Context, b buildFlags, fix bool, write formatter) error {
	o, root, err := e.options(b)
	if err != nil {
		return err
	}
	defer root.Close()
	session := build.NewSession(e.now)
	res, err := session.Build(ctx, o)
	if err != nil {
		return err
	}
	if fix {
		made := 0
		for range fixRounds {
			n, err := fixAll(root.Name(), res.Diagnostics)
			if err != nil {
				return err
			}
			if n == 0 {
				break
			}
			made += n
			if res, err = session.Build(ctx, o); err != nil {
				return err
			}
		}
		e.say("%s made", count(made, "correction"))
	}
	if err := write(e, root.Name(), res.Diagnostics); err != nil {
		return err
	}
	if res.Diagnostics.HasErrors() {
		e.verdict(res.Diagnostics, "the errors must be mended before the site can be built")
		return errContent
	}
	if !e.flags.quiet {
		e.verdict(res.Diagnostics, "the site can be built")
	}
	return nil
}

// fixRounds is how often corrections are made in a row: a file whose keys can
// be read again may show further mistakes.
const fixRounds = 5

// fixAll makes the certain corrections of dl in the files below dir, and
// returns how many it made. A file is replaced whole or not at all.
func fixAll(dir string, dl diag.List) (int, error) {
	byFile := map[string]diag.List{}
	var files []string
	for _, d := range dl {
		if d.Fix == "" || d.Line == 0 || d.Col == 0 || d.Len == 0 {
			continue
		}
		if byFile[d.Path] == nil {
			files = append(files, d.Path)
		}
		byFile[d.Path] = append(byFile[d.Path], d)
	}
	made := 0
	for _, f := range files {
		path := filepath.Join(dir, filepath.FromSlash(f))
		old, err := os.ReadFile(path)
		if err != nil {
			return made, fmt.Errorf("correct %s: %w", f, err)
		}
		text, n := applyFixes(old, byFile[f])
		if n == 0 {
			continue
		}
		if err := replaceFile(path, text); err != nil {
			return made, fmt.Errorf("correct %s: %w", f, err)
		}
		made += n
	}
	return made, nil
}

// applyFixes puts each fix in place of what it underlines, from the end of the
// text to its beginning so that places stay true. Overlapping ones are left
// for the next time.
func applyFixes(text []byte, dl diag.List) ([]byte, int) {
	type edit struct {
		from, to int
		with     string
	}
	var edits []edit
	for _, d := range dl {
		if from, to, ok := span(text, d); ok {
			edits = append(edits, edit{from, to, d.Fix})
		}
	}
	slices.SortFunc(edits, func(a, b edit) int { return b.from - a.from })
	made, limit := 0, len(text)
	for _, x := range edits {
		if x.to > limit {
			continue
		}
		text = slices.Concat(text[:x.from], []byte(x.with), text[x.to:])
		limit = x.from
		made++
	}
	return text, made
}

// span returns the bytes that a problem underlines.
func span(text []byte, d diag.Diagnostic) (from, to int, ok bool) {
	from = len(text) - len(bytes.TrimPrefix(text, []byte("\ufeff")))
	for line := 1; line < d.Line; line++ {
		i := bytes.IndexByte(text[from:], '\n')
		if i < 0 {
			return 0, 0, false
		}
		from += i + 1
	}
	end := from + len(text[from:])
	if i := bytes.IndexByte(text[from:], '\n'); i >= 0 {
		end = from + i
	}
	skip := func(at, n int) int {
		for ; n > 0 && at < end; n-- {
			_, size := utf8.DecodeRune(text[at:end])
			at += size
		}
		return at
	}
	from = skip(from, d.Col-1)
	to = skip(from, d.Len)
	return from, to, to > from
}

// replaceFile swaps a file's content in one step, keeping its mode.
func replaceFile(path string, data []byte) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	t, err := os.CreateTemp(filepath.Dir(path), ".uccn-*")
	if err != nil {
		return err
	}
	_, err = t.Write(data)
	if err == nil {
		err = t.Chmod(info.Mode().Perm())
	}
	if cerr := t.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(t.Name(), path)
	}
	if err != nil {
		os.Remove(t.Name())
	}
	return err
}
