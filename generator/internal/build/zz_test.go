package build

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"testing"
	"time"

	"uccn/generator/internal/output"
	"uccn/generator/internal/source"
)

type sub struct {
	fs.FS
	path string
	data []byte
}

func TestPhases(t *testing.T) {
	dir := os.Getenv("SITE")
	if dir == "" {
		t.Skip()
	}
	ents, _ := fs.ReadDir(os.DirFS(dir), "content/cities")
	path := dir + "/content/cities/" + ents[7].Name()
	page := "cities/" + ents[7].Name()[:len(ents[7].Name())-3] + "/index.html"
	text, _ := os.ReadFile(path)
	defer os.WriteFile(path, text, 0o644)
	s := NewSession(time.Now)
	kept := source.Keep(os.DirFS(dir))
	for i := range 40 {
		os.WriteFile(path, fmt.Appendf(nil, "%s\n\nEdit %d.\n", text, i), 0o644)
		at := time.Now()
		kept.Forget([]string{"content/cities/" + ents[7].Name()})
		res, err := s.Build(t.Context(), Options{Root: kept, Now: clock, Preview: true, Only: []string{"site"}})
		if err != nil || res.Rest == nil {
			t.Fatal(err, res.Diagnostics)
		}
		k := slices.IndexFunc(res.Files, func(f output.File) bool { return f.Path == page })
		if _, err := res.Files[k].Bytes(t.Context()); err != nil {
			t.Fatal(err)
		}
		fmt.Println(i, time.Since(at), res.Timing)
		at = time.Now()
		if _, err := res.Rest(t.Context()); err != nil {
			t.Fatal(err)
		}
		fmt.Println("  rest", time.Since(at))
	}
}
