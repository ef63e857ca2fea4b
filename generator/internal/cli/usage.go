package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"uccn/generator/internal/diag"
)

// unknownCommand answers a word that is no command.
func unknownCommand(parent *cobra.Command, word string) error {
	var names []string
	for _, c := range parent.Commands() {
		names = append(names, c.Name())
	}
	if near, ok := diag.Suggest(word, names); ok {
		return usagef("%s has no command %q; did you mean %q?", parent.CommandPath(), word, near)
	}
	return usagef("%s has no command %q; there are %s", parent.CommandPath(), word, strings.Join(names, ", "))
}

// completion words what is asked of cobra's command for shells.
func completion(c *cobra.Command) {
	c.Args = cobra.ArbitraryArgs
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) > 0 {
			return unknownCommand(c, args[0])
		}
		return c.Help()
	}
}

// wordsOf checks the words after a command against its line of use: those in
// capitals must be given, those in brackets may be.
func wordsOf(use string) cobra.PositionalArgs {
	name, rest, _ := strings.Cut(use, " ")
	wanted := strings.Fields(rest)
	return func(_ *cobra.Command, args []string) error {
		switch {
		case len(args) > len(wanted) && len(wanted) == 0:
			return usagef("%s takes no words, and %q is one", name, args[0])
		case len(args) > len(wanted):
			return usagef("%s takes %s; %q is too much. Words that belong together need quotes", name, strings.Join(wanted, " and "), args[len(wanted)])
		case len(args) < len(wanted) && !strings.HasPrefix(wanted[len(args)], "["):
			return usagef("%s needs %s; %s is missing", name, strings.Join(wanted, " and "), wanted[len(args)])
		}
		return nil
	}
}

// flagError words what is wrong with a flag.
func flagError(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var empty *pflag.ValueRequiredError
	var bad *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		name, dash := unknown.GetSpecifiedName(), "--"
		if short := unknown.GetSpecifiedShortnames(); short != "" {
			name, dash = short, "-" // as in -json
		}
		var known []string
		c.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
		if near, ok := diag.Suggest(name, known); ok && len(name) > 1 {
			return usagef("%s has no flag %s%s; did you mean --%s?", c.CommandPath(), dash, name, near)
		}
		return usagef("%s has no flag %s%s", c.CommandPath(), dash, name)
	case errors.As(err, &empty):
		return usagef("--%s needs a value: --%s %s", empty.GetFlag().Name, empty.GetFlag().Name, valueWord(empty.GetFlag()))
	case errors.As(err, &bad):
		return usagef("--%s %q is no %s", bad.GetFlag().Name, bad.GetValue(), valueWord(bad.GetFlag()))
	}
	return fmt.Errorf("%w: %w", errUsage, err)
}

// oneOf answers a flag whose value is not among the known: what it is then, and
// what was perhaps meant.
func oneOf(flag, value, what string, known []string) error {
	if slices.Contains(known, value) {
		return nil
	}
	if near, ok := diag.Suggest(value, known); ok {
		return usagef("%s %q is %s; did you mean %q?", flag, value, what, near)
	}
	if len(known) == 0 {
		return usagef("%s %q is %s; there is none", flag, value, what)
	}
	return usagef("%s %q is %s; there are %s", flag, value, what, strings.Join(known, ", "))
}

// valueWord says what a flag's value is.
func valueWord(f *pflag.Flag) string {
	switch f.Value.Type() {
	case "int":
		return "number"
	case "bool":
		return "true or false"
	}
	return "VALUE"
}
