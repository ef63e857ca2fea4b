package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"uccn/generator/internal/build"
	"uccn/generator/internal/cli/heap"
	"uccn/generator/internal/cli/whole"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/output"
	"uccn/generator/internal/pdf/inspect"
	"uccn/generator/internal/render/booklet"
)

// bookletFlags are the flags of booklet beyond those of a build.
type bookletFlags struct {
	language, city, output string
	print, fit, check      bool
}

func bookletCommand(e *env) *cobra.Command {
	var b buildFlags
	var f bookletFlags
	c := &cobra.Command{
		Use: "booklet", Short: "Make the booklet alone, as PDF", Args: cobra.NoArgs,
		Long: `booklet makes the book of the edition as PDF in the folder where you are, or
at --output: one file for each language, or that of --language.

--fit lists the cities whose text is too long for its page and writes nothing;
--check tests the file against the conditions of PDF/UA-1 and PDF/A-2 that a
program can test.`,
		Example: `  uccn booklet
  uccn booklet --edition 2023 --language fr --print
  uccn booklet --city lodz --output lodz.pdf
  uccn booklet --fit`,
		RunE: func(c *cobra.Command, _ []string) error { return e.booklet(c.Context(), b, f) },
	}
	b.add(c, e)
	flags := c.Flags()
	flags.StringVar(&f.language, "language", "", "only this language")
	flags.BoolVar(&f.print, "print", false, "for the printer: bleed, crop marks, pictures at 300 dpi")
	flags.StringVar(&f.city, "city", "", "only the pages of this city, with the numbers that they have in the book")
	flags.BoolVar(&f.fit, "fit", false, "list the cities that are too long for their page, and by how much")
	flags.BoolVar(&f.check, "check", false, "test the file and say what is wrong with it")
	flags.StringVar(&f.output, "output", "", "file or folder to write to (default: this folder)")
	return c
}

func (e *env) booklet(ctx context.Context, b buildFlags, f bookletFlags) error {
	if f.city != "" && f.print {
		return usagef("--city and --print do not go together: extracts are for the screen")
	}
	b.only = []string{"booklet"}
	defer heap.Hold()()
	o, root, err := e.options(b)
	if err != nil {
		return err
	}
	defer root.Close()
	p := e.progress()
	o.Phase, o.Speak = p.phase, f.language
	res, err := build.NewSession(e.now).Build(ctx, o)
	p.end()
	if err != nil {
		return err
	}
	if f.fit {
		return e.fits(root.Name(), res.Diagnostics)
	}
	e.problems(e.err, root.Name(), res.Diagnostics)
	if res.Diagnostics.HasErrors() {
		e.verdict(res.Diagnostics, "nothing was written")
		return errContent
	}
	files, err := wanted(res.Files, f)
	if err != nil {
		return err
	}
	for _, file := range files {
		if err := e.bookletFile(ctx, file, f, len(files)); err != nil {
			return err
		}
	}
	return nil
}

// fits prints which pages were set tighter, and what is wrong besides.
func (e *env) fits(dir string, dl diag.List) error {
	var shown diag.List
	for _, d := range dl {
		if d.Code == "fitted-page" || d.Code == "overfull-page" || d.Code == "overfull-line" {
			if d.Severity == diag.Note && !e.flags.json {
				d.Severity = diag.Warning // notes are not shown elsewhere; here they are what was asked for
			}
			shown = append(shown, d)
		}
	}
	if len(shown) == 0 && !e.flags.json {
		e.say("every text fits its page")
	}
	e.problems(e.out, dir, shown)
	if dl.HasErrors() {
		return errContent
	}
	return nil
}

// wanted chooses among the files of the booklets those that the flags ask for.
func wanted(files []output.File, f bookletFlags) ([]output.File, error) {
	var out []output.File
	var languages, cities []string
	for _, file := range files {
		if !strings.HasPrefix(file.Path, "booklet/") || path.Ext(file.Path) != ".pdf" {
			continue
		}
		name := strings.TrimSuffix(path.Base(file.Path), ".pdf")
		if path.Base(path.Dir(file.Path)) == "cities" {
			if f.city != "" && (name == f.city && f.language == "" || f.language != "" && (name == f.city+"-"+f.language || name == f.city)) {
				out = append(out, file)
			}
			cities = append(cities, name)
			continue
		}
		body, isPrint := strings.CutSuffix(name, "-print")
		lang := body[strings.LastIndexByte(body, '-')+1:]
		if !slices.Contains(languages, lang) {
			languages = append(languages, lang)
		}
		if f.city == "" && isPrint == f.print && (f.language == "" || f.language == lang) {
			out = append(out, file)
		}
	}
	switch {
	case f.language != "" && !slices.Contains(languages, f.language):
		return nil, usagef("--language %q is none of the booklet's: %s", f.language, strings.Join(languages, ", "))
	case f.city != "" && len(out) == 0:
		if near, ok := diag.Suggest(f.city, cities); ok {
			return nil, usagef("--city %q is no city of the edition; did you mean %q?", f.city, near)
		}
		return nil, usagef("--city %q is no city of the edition", f.city)
	case len(out) == 0:
		return nil, usagef("the site makes no booklet; add booklet to outputs: in site.yaml")
	}
	if f.city != "" && len(out) > 1 { // the language's own extract, and not that of the first
		out = out[len(out)-1:]
	}
	return out, nil
}

// bookletFile writes one file, or tests it.
func (e *env) bookletFile(ctx context.Context, file output.File, f bookletFlags, of int) error {
	if f.check {
		data, err := file.Bytes(ctx)
		if err != nil {
			return err
		}
		return e.preflight(path.Base(file.Path), data)
	}
	name := path.Base(file.Path)
	if f.output != "" {
		name = f.output
		if info, err := os.Stat(name); err == nil && info.IsDir() {
			name = path.Join(name, path.Base(file.Path))
		} else if of > 1 {
			return usagef("--output %q is no folder, and there are %d files; choose one with --language", f.output, of)
		}
	}
	size, err := whole.Write(name, func(w io.Writer) error { return booklet.Write(ctx, w, file) })
	if err != nil {
		return err
	}
	if e.flags.json {
		return json.NewEncoder(e.out).Encode(map[string]any{"type": "booklet", "file": name, "bytes": size})
	}
	if !e.flags.quiet {
		fmt.Fprintf(e.out, "%s, %d kB\n", name, (size+999)/1000)
	}
	return nil
}

// preflight says what is wrong with a file.
func (e *env) preflight(name string, data []byte) error {
	found, err := inspect.Preflight(data)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for _, x := range found {
		if e.flags.json {
			if err := json.NewEncoder(e.out).Encode(map[string]any{"type": "finding", "file": name, "rule": x.Rule, "page": x.Page, "message": x.Message}); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(e.out, "%s: %s\n", name, x)
	}
	if len(found) > 0 {
		return errContent
	}
	e.say("%s: nothing found that a program can find", name)
	return nil
}
