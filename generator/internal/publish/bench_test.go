package publish

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"uccn/generator/internal/output"
)

func pages(n int) []output.File {
	text := strings.Repeat("A page of about nine and a half thousand bytes. ", 198)
	out := make([]output.File, n)
	for i := range out {
		out[i] = output.File{Path: fmt.Sprintf("cities/c%05d/index.html", i), Data: []byte(fmt.Sprint(i, text))}
	}
	return out
}

// BenchmarkWrite measures publishing 3,000 and 10,000 pages of 9.5 kB: all
// new, all unchanged, and with one page and build.json changed.
func BenchmarkWrite(b *testing.B) {
	for _, n := range []int{3000, 10000} {
		files := pages(n)
		run := func(name string, each func(dir string, i int) []output.File) {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				root, err := os.MkdirTemp(b.TempDir(), "")
				if err != nil {
					b.Fatal(err)
				}
				defer os.RemoveAll(root)
				for i := range 4 {
					if name != "cold" {
						mustWrite(b, filepath.Join(root, "public"), each("", i))
					}
				}
				for i := 0; b.Loop(); i++ {
					dir := filepath.Join(root, "public")
					if name == "cold" {
						dir = filepath.Join(root, fmt.Sprint(i))
					}
					if _, err := Write(context.Background(), Options{Dir: dir, Version: "test", Inputs: "x"}, each(dir, i)); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		run("cold", func(string, int) []output.File { return files })
		run("unchanged", func(string, int) []output.File { return files })
		changed := append([]output.File(nil), files...)
		run("one", func(_ string, i int) []output.File {
			changed[n/2].Data = []byte(fmt.Sprint(i, string(files[n/2].Data)))
			return changed
		})
	}
}
