package load_test

import (
	"fmt"
	"testing"
	"testing/fstest"

	"uccn/generator/internal/load"
	"uccn/generator/internal/synth"
)

// BenchmarkContent reads synthetic sites.
func BenchmarkContent(b *testing.B) {
	for _, n := range []int{200, 2000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			fsys := fstest.MapFS{}
			for p, text := range synth.Files(n) {
				fsys[p] = &fstest.MapFile{Data: []byte(text)}
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, dl, err := load.Content(b.Context(), fsys, load.Options{Languages: []string{"en"}}); err != nil || dl.HasErrors() {
					b.Fatal(err, dl)
				}
			}
		})
	}
}
