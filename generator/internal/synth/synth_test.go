package synth

import (
	"testing"
	"testing/fstest"

	"uccn/generator/internal/load"
)

// TestFilesAreASite reads what is made with the real loader.
func TestFilesAreASite(t *testing.T) {
	fsys := fstest.MapFS{}
	for p, text := range Files(120, "en", "fr") {
		fsys[p] = &fstest.MapFile{Data: []byte(text)}
	}
	c, dl, err := load.Content(t.Context(), fsys, load.Options{Languages: []string{"en", "fr"}})
	if err != nil || dl.HasErrors() {
		t.Fatal(err, dl[:min(5, len(dl))])
	}
	if len(c[0].Cities) != 120 || len(c[0].Practices) != 40 || len(c[1].CaseStudies) != 20 {
		t.Errorf("%d cities, %d practices, %d case studies", len(c[0].Cities), len(c[0].Practices), len(c[1].CaseStudies))
	}
}
