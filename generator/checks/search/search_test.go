// Package search holds the search client to what the generator does: the same
// table of cases for the fold, and questions that readers ask of the real site.
package search

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// The program that is tested stands in the main module.
const root = "../../.."

func TestFold(t *testing.T) {
	run(t, "fold", filepath.Join(root, "themes/default/assets"), filepath.Join(root, "generator/internal/searchindex/testdata/fold.json"))
}

func TestQuestions(t *testing.T) {
	for _, edition := range []string{"2018", "2023"} {
		run(t, "questions", build(t, "--edition", edition), "questions.json", edition)
	}
}

// What is not translated says in which language it is: titles, what stands beside
// them, and quotes.
func TestLanguages(t *testing.T) {
	out := build(t, "--site", "generator/testdata/site", "--no-cache")
	run(t, "questions", out, "languages.json", "")
}

func build(t *testing.T, flags ...string) (out string) {
	t.Helper()
	out = t.TempDir()
	cmd := exec.Command("go", append([]string{"run", "./generator", "build", "--only", "site,exhibition", "--output", out}, flags...)...)
	cmd.Dir = root
	if b, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, b)
	}
	return out
}

func run(t *testing.T, args ...string) {
	t.Helper()
	cmd := exec.Command("node", append([]string{"client.mjs"}, args...)...)
	cmd.Stderr = os.Stderr
	if b, err := cmd.Output(); err != nil {
		t.Errorf("node %v: %v\n%s", args, err, b)
	}
}
