package publish

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"uccn/generator/internal/output"
)

// writeStaged does what write does, but every file is taken before.
func writeStaged(ctx context.Context, d disk, o Options, files []output.File) (Report, error) {
	s, err := openStage(ctx, d, o)
	if err != nil {
		return Report{}, err
	}
	defer s.Close()
	files = slices.Clone(files)
	for i, f := range files {
		files[i] = s.Take(ctx, f)
	}
	return s.Publish(ctx, o, files)
}

// TestTake holds what is taken to what is written, and wants no bytes that need not
// be held.
func TestTake(t *testing.T) {
	o := Options{Dir: filepath.Join(t.TempDir(), "public")}
	steps := []struct {
		name  string
		files []output.File
		held  int // files whose bytes the stage leaves
	}{
		{"a first build", site(5, ""), 0},
		{"the same", site(5, ""), 0},
		{"a change", site(5, "c3."), 2},
		{"without a second tree", site(5, "c4."), 0},
	}
	for i, step := range steps {
		if i == 3 {
			unpair(t, o.Dir)
		}
		s, err := Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		files, held := slices.Clone(step.files), 0
		for range 2 { // what is taken stays so
			held = 0
			for i, f := range files {
				files[i] = s.Take(t.Context(), f)
				if files[i].Data != nil {
					held++
				}
			}
		}
		_, err = s.Publish(t.Context(), o, files)
		s.Close()
		if err != nil || held != step.held {
			t.Fatalf("%s: the bytes of %d files are held, %v", step.name, held, err)
		}
		same(t, tree(t, o.Dir), want(step.files))
		litter(t, o.Dir)
	}
}

// unpair lets the second tree of an output folder be no longer whole.
func unpair(t *testing.T, dir string) {
	if err := os.Remove(filepath.Join(filepath.Dir(dir), ".uccn/publish", filepath.Base(dir), "ok")); err != nil {
		t.Fatal(err)
	}
}

// TestTakenAndLeft: what is taken and not published goes, and nobody has seen it.
func TestTakenAndLeft(t *testing.T) {
	o := Options{Dir: filepath.Join(t.TempDir(), "public")}
	for _, old := range []map[string]string{{}, want(site(2, ""))} {
		if len(old) > 0 {
			unpair(t, o.Dir)
		}
		s, err := Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range site(3, "c1.") {
			if f = s.Take(t.Context(), f); f.Data != nil {
				t.Error("a file was not taken")
			}
		}
		if len(old) > 0 {
			if _, err := s.Publish(t.Context(), o, site(1, "")); err == nil {
				t.Error("a file that was taken and is not among the others is no error")
			}
		}
		s.Close()
		same(t, tree(t, o.Dir), old)
		mustWrite(t, o.Dir, site(2, ""))
		same(t, tree(t, o.Dir), want(site(2, "")))
		litter(t, o.Dir)
	}
}
