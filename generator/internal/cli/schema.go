package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"uccn/generator/internal/config"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/load"
	"uccn/generator/internal/model"
)

// schemaFlags are the flags of schema.
type schemaFlags struct {
	editor, output string
	force          bool
}

func schemaCommand(e *env) *cobra.Command {
	var f schemaFlags
	c := &cobra.Command{
		Use: "schema [TYPE]", Short: "Print the JSON Schema of a type's keys, or settings for an editor",
		Long: `Print the JSON Schema of a type's keys. Without a type, the types are listed.
With --for, settings for an editor are made of the same tables of keys:

  vscode     Visual Studio Code: a task that marks every problem in its file, a
             snippet for each type, and the schema of site.yaml
  decap      Decap CMS: a form for each type
  pages-cms  Pages CMS: a form for each type`,
		Example: `  uccn schema city
  uccn schema site
  uccn schema --for vscode --output .`,
		ValidArgs: append(typeWords(), "site"),
		RunE: func(_ *cobra.Command, args []string) error {
			switch {
			case f.editor != "" && len(args) > 0:
				return usagef("--for makes settings for all types; leave %q out", args[0])
			case f.editor != "":
				return e.editorSettings(f)
			case f.output != "" || f.force:
				return usagef("--output and --force go with --for")
			case len(args) == 0:
				return e.listTypes()
			}
			return e.printSchema(args[0])
		},
	}
	c.Flags().StringVar(&f.editor, "for", "", "make settings for an editor: "+strings.Join(editors(), ", "))
	c.Flags().StringVar(&f.output, "output", "", "folder to write the settings to (default: print them)")
	c.Flags().BoolVar(&f.force, "force", false, "write over settings that are there")
	return c
}

func (e *env) printSchema(word string) error {
	s := config.Schema()
	if word != "site" {
		t, err := typeNamed(word)
		if err != nil {
			return err
		}
		s = load.Schema(t)
	}
	_, err := e.out.Write(jsonText(s))
	return err
}

// jsonText returns indented JSON with a last line end.
func jsonText(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		panic(err) // nothing but plain maps and lists is given
	}
	return b.Bytes()
}

// listTypes prints each type with where its records stand.
func (e *env) listTypes() error {
	line := func(word, files string) error {
		if !e.flags.json {
			_, err := fmt.Fprintf(e.out, "%-10s  %s\n", word, files)
			return err
		}
		return e.answer(struct {
			Type  string `json:"type"`
			Name  string `json:"name"`
			Files string `json:"files"`
		}{"schema", word, files})
	}
	for _, t := range model.Types() {
		if err := line(t.Singular(), load.Dir+"/"+string(t)+"/ID.md"); err != nil {
			return err
		}
	}
	return line("site", config.File)
}

// editorSettings prints settings, or writes them to f.output. Nothing is
// written when one of the files is there already and f.force is not given.
func (e *env) editorSettings(f schemaFlags) error {
	files, err := e.settingsFor(f.editor)
	if err != nil {
		return err
	}
	if f.output == "" {
		return e.printSettings(files)
	}
	for _, s := range files {
		switch old, err := os.ReadFile(filepath.Join(f.output, filepath.FromSlash(s.path))); {
		case err == nil && !f.force && !bytes.Equal(old, s.text):
			return usagef("%s exists; nothing was written. --force writes over it", filepath.ToSlash(filepath.Join(f.output, s.path)))
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return err
		}
	}
	for _, s := range files {
		path := filepath.Join(f.output, filepath.FromSlash(s.path))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(path, s.text, 0o666); err != nil {
			return err
		}
		fmt.Fprintln(e.out, filepath.ToSlash(path))
	}
	return nil
}

// printSettings prints files, each below its name when there are several.
func (e *env) printSettings(files []settingsFile) error {
	for _, s := range files {
		var err error
		switch {
		case e.flags.json:
			err = e.answer(struct {
				Type string `json:"type"`
				Path string `json:"path"`
				Text string `json:"text"`
			}{"file", s.path, string(s.text)})
		case len(files) > 1:
			_, err = fmt.Fprintf(e.out, "-- %s --\n%s", s.path, s.text)
		default:
			_, err = e.out.Write(s.text)
		}
		if err != nil {
			return err
		}
	}
	return nil
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
