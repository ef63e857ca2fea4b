package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"uccn/generator/internal/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"uccn": func() { os.Exit(cli.Main()) }})
}

// TestScripts runs what a person types, reads and finds on disk. Each script
// begins in a folder with a small site of two invented towns.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Setup: func(e *testscript.Env) error {
			e.Setenv("SOURCE_DATE_EPOCH", "1546300800") // 2019-01-01
			return copyTree(e.WorkDir, "testdata/site")
		},
	})
}

func copyTree(to, from string) error {
	return filepath.WalkDir(from, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(from, p)
		if d.IsDir() {
			return os.MkdirAll(filepath.Join(to, rel), 0o777)
		}
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		if _, err := os.Stat(filepath.Join(to, rel)); err == nil {
			return nil // the script brings its own
		}
		return os.WriteFile(filepath.Join(to, rel), b, 0o666)
	})
}
