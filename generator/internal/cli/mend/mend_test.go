package mend

import (
	"os"
	"path/filepath"
	"testing"

	"uccn/generator/internal/diag"
)

// TestAll makes corrections that are certain, from the end of a line to its
// beginning, and of two that overlap one.
func TestAll(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.md")
	if err := os.WriteFile(name, []byte("\ufeffone\nłwo three\n"), 0o640); err != nil {
		t.Fatal(err)
	}
	fix := func(line, col, n int, with string) diag.Diagnostic {
		return diag.Diagnostic{Pos: diag.Pos{Path: "a.md", Line: line, Col: col}, Len: n, Fix: with}
	}
	n, err := All(dir, diag.List{fix(2, 1, 3, "two"), fix(2, 5, 5, "four"), fix(2, 6, 2, "x"), fix(9, 1, 1, "gone"), fix(1, 1, 3, ""), fix(0, 0, 0, "no place")})
	got, _ := os.ReadFile(name)
	if err != nil || n != 2 || string(got) != "\ufeffone\ntwo txee\n" {
		t.Errorf("%d corrections, %v: %q", n, err, got)
	}
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("its mode is %v, %v", info.Mode(), err)
	}
}
