package cli

import (
	"context"

	"github.com/spf13/cobra"

	"uccn/generator/internal/build"
	"uccn/generator/internal/cli/mend"
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
	b.add(c, e)
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
			n, err := mend.All(root.Name(), res.Diagnostics)
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
