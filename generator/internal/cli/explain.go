package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/explain"
)

func explainCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "explain [CODE]", Short: "Say what a problem code means and what to do",
		Long: `Say what a problem code means, with a wrong and a right example. The code
stands in square brackets at the end of a message. Without a code, all are listed.`,
		Example: `  uccn explain unknown-key
  uccn explain`,
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			var out []string
			for _, x := range explain.Entries() {
				if len(args) == 0 {
					out = append(out, x.Code+"\t"+x.Summary)
				}
			}
			return out, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return e.explainAll()
			}
			return e.explain(strings.Trim(args[0], "[]"))
		},
	}
}

// explainAll lists the codes, a line each.
func (e *env) explainAll() error {
	all := explain.Entries()
	width := 0
	for _, x := range all {
		width = max(width, len(x.Code))
	}
	for _, x := range all {
		if e.flags.json {
			if err := e.explainJSON(x); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(e.out, "%-*s  %s\n", width, x.Code, x.Summary)
	}
	return nil
}

func (e *env) explain(code string) error {
	x, ok := explain.Find(code)
	if !ok {
		var known []string
		for _, x := range explain.Entries() {
			known = append(known, x.Code)
		}
		if near, ok := diag.Suggest(code, known); ok {
			return usagef("there is no problem code %q; did you mean %q?", code, near)
		}
		return usagef("there is no problem code %q; \"uccn explain\" lists them", code)
	}
	if e.flags.json {
		return e.explainJSON(x)
	}
	fmt.Fprintf(e.out, "%s: %s\n\n", x.Code, x.Summary)
	if x.Means != "" {
		fmt.Fprintf(e.out, "%s\n\n", x.Means)
	}
	fmt.Fprintf(e.out, "Wrong:\n%s\n\nRight:\n%s\n\n%s\n", indented(x.Wrong), indented(x.Right), x.Do)
	return nil
}

func (e *env) explainJSON(x explain.Entry) error {
	return e.answer(struct {
		Type string `json:"type"`
		explain.Entry
	}{"code", x})
}

// indented sets an example off from the words around it.
func indented(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		if strings.TrimSpace(line) != "" {
			b.WriteString("    ")
		}
		b.WriteString(line)
	}
	return b.String()
}
