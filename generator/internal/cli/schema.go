package cli

import (
	"encoding/json"
	"strings"

	"github.com/spf13/cobra"

	"uccn/generator/internal/config"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/load"
	"uccn/generator/internal/model"
)

func schemaCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "schema TYPE", Short: "Print the JSON Schema of a type's keys", Args: cobra.ExactArgs(1),
		Example: `  uccn schema city
  uccn schema site`,
		ValidArgs: append(typeWords(), "site"),
		RunE: func(_ *cobra.Command, args []string) error {
			s := config.Schema()
			if args[0] != "site" {
				t, err := typeNamed(args[0])
				if err != nil {
					return err
				}
				s = load.Schema(t)
			}
			enc := json.NewEncoder(e.out)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", "  ")
			return enc.Encode(s)
		},
	}
}

func typeWords() []string {
	var out []string
	for _, t := range model.Types() {
		out = append(out, t.Singular())
	}
	return out
}

// typeNamed finds a type by its singular or its folder's name.
func typeNamed(word string) (model.Type, error) {
	if t, ok := model.TypeOf(word); ok {
		return t, nil
	}
	for _, t := range model.Types() {
		if string(t) == word {
			return t, nil
		}
	}
	if near, ok := diag.Suggest(word, typeWords()); ok {
		return "", usagef("there is no type %q; did you mean %q?", word, near)
	}
	return "", usagef("there is no type %q; there are %s", word, strings.Join(typeWords(), ", "))
}
