// Package mend makes in the files of a site the corrections that problems are
// certain of.
package mend

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"unicode/utf8"

	"uccn/generator/internal/diag"
)

// All makes the certain corrections of dl in the files below dir, and
// returns how many it made. A file is replaced whole or not at all.
func All(dir string, dl diag.List) (int, error) {
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
		text, n := applied(old, byFile[f])
		if n == 0 {
			continue
		}
		if err := replace(path, text); err != nil {
			return made, fmt.Errorf("correct %s: %w", f, err)
		}
		made += n
	}
	return made, nil
}

// applied puts each fix in place of what it underlines, from the end of the
// text to its beginning so that places stay true. Overlapping ones are left
// for the next time.
func applied(text []byte, dl diag.List) ([]byte, int) {
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

// replace swaps a file's content in one step, keeping its mode.
func replace(path string, data []byte) error {
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
