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
	dir := t.TempDir()
	for _, edition := range []string{"2018", "2023"} {
		out := filepath.Join(dir, edition)
		build := exec.Command("go", "run", "./generator", "build", "--only", "site,exhibition", "--edition", edition, "--output", out)
		build.Dir = root
		if b, err := build.CombinedOutput(); err != nil {
			t.Fatalf("build: %v\n%s", err, b)
		}
		run(t, "questions", out, "questions.json", edition)
	}
}

func run(t *testing.T, args ...string) {
	t.Helper()
	cmd := exec.Command("node", append([]string{"client.mjs"}, args...)...)
	cmd.Stderr = os.Stderr
	if b, err := cmd.Output(); err != nil {
		t.Errorf("node %v: %v\n%s", args, err, b)
	}
}
