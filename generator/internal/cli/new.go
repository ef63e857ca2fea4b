package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
	"golang.org/x/text/unicode/norm"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/load"
	"uccn/generator/internal/model"
	"uccn/generator/internal/schema"
)

func newCommand(e *env) *cobra.Command {
	var id string
	var set []string
	c := &cobra.Command{
		Use: "new TYPE NAME", Short: "Make a ready record to fill in",
		Example: `  uccn new city Łódź --set country=PL --set field=film --set designated=2017
  uccn new practice "Songs of the sea" --set cities=lodz
  uccn new page About`,
		ValidArgs: typeWords(),
		RunE: func(_ *cobra.Command, args []string) error {
			t, err := typeNamed(args[0])
			if err != nil {
				return err
			}
			return e.newRecord(t, args[1], id, set)
		},
	}
	c.Flags().StringVar(&id, "id", "", "the record's id (default: made of the name)")
	c.Flags().StringArrayVar(&set, "set", nil, "a key and its value, such as country=PL; may be repeated")
	return c
}

func (e *env) newRecord(t model.Type, name, id string, set []string) error {
	dir, err := e.siteDir()
	if err != nil {
		return err
	}
	if id == "" {
		id = idOf(name)
	}
	if !schema.IsID(id) {
		return usagef("no id can be made of %q; give one with --id, of small letters a–z, digits and hyphens", name)
	}
	keys := load.Outline(t)
	values, err := valuesOf(t, keys, set)
	if err != nil {
		return err
	}
	values[keys[0].Name] = name
	path := filepath.Join(load.Dir, string(t), id+".md")
	for _, p := range []string{path, filepath.Join(load.Dir, string(t), id, "index.md")} {
		if _, err := os.Stat(filepath.Join(dir, p)); err == nil {
			return usagef("%s exists; nothing was overwritten. Choose another name, or --id", filepath.ToSlash(p))
		}
	}
	if e.terminal(e.in) && !e.flags.quiet && !e.flags.json {
		e.ask(keys, values)
	}
	text, missing := recordText(keys, values)
	if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(path)), 0o777); err != nil {
		return err
	}
	f, err := os.OpenFile(filepath.Join(dir, path), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrExist) {
		return usagef("%s exists; nothing was overwritten", filepath.ToSlash(path))
	}
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if e.flags.json {
		return e.answer(map[string]any{"type": "new", "path": filepath.ToSlash(path), "missing": missing})
	}
	fmt.Fprintln(e.out, filepath.ToSlash(path))
	if len(missing) > 0 {
		e.say("it is a draft: give %s a value, then delete the line status", strings.Join(missing, ", "))
	}
	return nil
}

// valuesOf reads --set KEY=VALUE.
func valuesOf(t model.Type, keys []schema.Outline, set []string) (map[string]string, error) {
	var known []string
	for _, k := range keys {
		known = append(known, k.Name)
		for _, inner := range k.Keys {
			known = append(known, k.Name+"."+inner.Name)
		}
	}
	values := map[string]string{}
	for _, s := range set {
		key, value, ok := strings.Cut(s, "=")
		if !ok {
			return nil, usagef("--set %q is no KEY=VALUE", s)
		}
		if !slices.Contains(known, key) {
			if near, ok := diag.Suggest(key, known); ok {
				return nil, usagef("--set: a %s has no key %q; did you mean %q?", t.Singular(), key, near)
			}
			return nil, usagef("--set: a %s has no key %q; generator/docs/formats.md lists them", t.Singular(), key)
		}
		values[key] = value
	}
	return values, nil
}

// ask asks on the terminal for the required keys that have no value yet. An
// empty answer leaves the key to be filled in later.
func (e *env) ask(keys []schema.Outline, values map[string]string) {
	in := bufio.NewScanner(e.in)
	each(keys, func(name string, k schema.Outline) {
		if _, given := values[name]; given {
			return
		}
		fmt.Fprintf(e.err, "%s (%s): ", name, k.Words)
		if in.Scan() {
			if s := strings.TrimSpace(in.Text()); s != "" {
				values[name] = s
			}
		}
	})
}

// each calls f for every required key, those of groups by their full name.
func each(keys []schema.Outline, f func(name string, k schema.Outline)) {
	for _, k := range keys {
		if !k.Required {
			continue
		}
		required := slices.ContainsFunc(k.Keys, func(i schema.Outline) bool { return i.Required })
		if !required {
			f(k.Name, k)
			continue
		}
		for _, inner := range k.Keys {
			if inner.Required {
				f(k.Name+"."+inner.Name, inner)
			}
		}
	}
}

// recordText writes the record. Required keys without a value stand there
// empty, with what is wanted beside them; the record is a draft then.
func recordText(keys []schema.Outline, values map[string]string) (text string, missing []string) {
	var b strings.Builder
	group := ""
	written := map[string]bool{}
	line := func(name string, k schema.Outline) {
		outer, inner, nested := strings.Cut(name, ".")
		key, indent := outer, ""
		if nested {
			if outer != group {
				fmt.Fprintf(&b, "%s:\n", outer)
			}
			key, indent = inner, "  "
		}
		group = outer
		written[name] = true
		v, given := values[name]
		if !given {
			missing = append(missing, name)
			fmt.Fprintf(&b, "%s%s: # %s\n", indent, key, k.Words)
			return
		}
		fmt.Fprintf(&b, "%s%s: %s\n", indent, key, yamlScalar(v))
	}
	each(keys, line)
	optional := func(name string, k schema.Outline) {
		if _, given := values[name]; given && !written[name] {
			line(name, k)
		}
	}
	for _, k := range keys {
		optional(k.Name, k)
		for _, inner := range k.Keys {
			optional(k.Name+"."+inner.Name, inner)
		}
	}
	if len(missing) > 0 && !written["status"] {
		b.WriteString("status: draft\n")
	}
	if !written["summary"] {
		b.WriteString("summary: # one or two sentences, 40 to 280 characters\n")
	}
	return "---\n" + b.String() + "---\n\n", missing
}

// yamlScalar writes a value so that YAML reads it back as it is.
func yamlScalar(s string) string {
	plain := s != "" && s == strings.TrimSpace(s) && !strings.ContainsAny(s[:1], "!&*-?|>@%`\"'#,[]{}:~") &&
		!strings.Contains(s, ": ") && !strings.Contains(s, " #") && !strings.HasSuffix(s, ":") && !strings.ContainsAny(s, "\n\t")
	if plain || strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") {
		return s
	}
	if _, err := strconv.ParseFloat(s, 64); err == nil {
		return s
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`).Replace(s) + `"`
}

// idOf makes an id of a name: marks are dropped, letters that have no
// decomposition are written as their neighbours in the alphabet, and all that
// is left of other signs becomes a hyphen.
func idOf(name string) string {
	letters := strings.NewReplacer("ł", "l", "ø", "o", "đ", "d", "ð", "d", "þ", "th", "ß", "ss", "æ", "ae", "œ", "oe", "ı", "i", "ə", "e", "’", "", "'", "")
	var b strings.Builder
	for _, r := range norm.NFKD.String(letters.Replace(strings.ToLower(name))) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r):
			return "" // a script that has no a to z
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	s := strings.Trim(b.String(), "-")
	return strings.Trim(s[:min(len(s), 60)], "-")
}
