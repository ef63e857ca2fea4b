package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"uccn/generator/internal/build"
	"uccn/generator/internal/config"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/output"
)

// panelFlags are the flags of panels beyond those of a build.
type panelFlags struct{ language, output string }

func panelsCommand(e *env) *cobra.Command {
	var b buildFlags
	var f panelFlags
	c := &cobra.Command{
		Use: "panels", Short: "Make the exhibition's panels and labels alone, as PDF", Args: cobra.NoArgs,
		Long: `panels makes the printed exhibition in the folder where you are, or at --output:
for each exhibition with works a file of panels and one of labels, in each
language or in that of --language.

How large the panels are, their bleed and their crop marks stand under panels in the
exhibition's file; how a work hangs and its sentence for the wall stand under
panel in the file of the practice. A picture with fewer than 100 pixels to an
inch on its panel is named, and the plate of the work is printed instead.`,
		Example: `  uccn panels
  uccn panels --language fr --output print`,
		RunE: func(c *cobra.Command, _ []string) error { return e.panels(c.Context(), b, f) },
	}
	b.add(c, e)
	c.Flags().StringVar(&f.language, "language", "", "only this language")
	c.Flags().StringVar(&f.output, "output", ".", "folder to write to")
	return c
}

func (e *env) panels(ctx context.Context, b buildFlags, f panelFlags) error {
	if i, err := os.Stat(f.output); err != nil || !i.IsDir() {
		return usagef("--output %q is no folder; make it first", f.output)
	}
	b.only = []string{"panels"}
	o, root, err := e.options(b)
	if err != nil {
		return err
	}
	defer root.Close()
	p := e.progress()
	o.Phase = p.phase
	res, err := build.NewSession(e.now).Build(ctx, o)
	p.end()
	if err != nil {
		return err
	}
	for i, d := range res.Diagnostics {
		if d.Code == "no-address" {
			res.Diagnostics[i].Severity = diag.Warning // a note among all that a build says, and of weight here
		}
	}
	e.problems(e.err, root.Name(), res.Diagnostics)
	if res.Diagnostics.HasErrors() {
		e.verdict(res.Diagnostics, "nothing was written")
		return errContent
	}
	files, err := panelFiles(res.Files, res.Site, f.language)
	if err != nil {
		return err
	}
	for _, file := range files {
		data, err := file.Bytes(ctx)
		if err != nil {
			return err
		}
		name := filepath.Join(f.output, path.Base(file.Path))
		if err := os.WriteFile(name, data, 0o666); err != nil {
			return err
		}
		if e.flags.json {
			if err := json.NewEncoder(e.out).Encode(map[string]any{"type": "panels", "file": name, "bytes": len(data)}); err != nil {
				return err
			}
		} else if !e.flags.quiet {
			fmt.Fprintf(e.out, "%s, %.1f MB\n", name, float64(len(data))/1e6)
		}
	}
	return nil
}

// panelFiles chooses the panels and labels in a language; "" takes all.
func panelFiles(files []output.File, site *config.Site, lang string) ([]output.File, error) {
	if lang != "" && !slices.Contains(site.Languages, lang) {
		return nil, usagef("--language %q is none of the site's: %s", lang, strings.Join(site.Languages, ", "))
	}
	var out []output.File
	for _, f := range files {
		name := path.Base(f.Path)
		if !strings.HasPrefix(f.Path, "booklet/") || !strings.HasPrefix(name, "panels") && !strings.HasPrefix(name, "labels") {
			continue
		}
		own := site.Languages[0]
		for _, l := range site.Languages[1:] {
			if strings.HasSuffix(name, "-"+l+".pdf") {
				own = l
			}
		}
		if lang == "" || lang == own {
			out = append(out, f)
		}
	}
	if len(out) == 0 {
		return nil, usagef("there are no panels: the site has no exhibition with works, or no panels in outputs: in site.yaml")
	}
	return out, nil
}
