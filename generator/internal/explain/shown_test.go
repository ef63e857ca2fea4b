package explain

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// TestShown asks that each code is shown by a script or a case, so that its
// message was seen by a person.
func TestShown(t *testing.T) {
	// What no site can bring about while the program is whole.
	hidden := map[string]string{
		"missing-template": "the theme in the binary lies below every theme and has all templates",
		"picture-webp":     "the encoder runs on every system that the tests run on",
	}
	shown := map[string]bool{}
	for _, pattern := range []string{"../../testdata/script/*.txt", "../*/testdata/*.txtar", "../*/*/testdata/*.txtar"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range paths {
			b, err := os.ReadFile(p)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range regexp.MustCompile(`(?m)\[([a-z0-9-]+)\\?\]\$?'?$|title=([a-z0-9-]+)::`).FindAllStringSubmatch(string(b), -1) {
				shown[m[1]+m[2]] = true
			}
		}
	}
	for _, e := range Entries() {
		switch why, ok := hidden[e.Code]; {
		case ok && shown[e.Code]:
			t.Errorf("%s is shown after all; take it off the list: %s", e.Code, why)
		case !ok && !shown[e.Code]:
			t.Errorf("no script in testdata/script and no case shows [%s]", e.Code)
		}
	}
}
