package load_test

import (
	"bytes"
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

// BenchmarkArchive takes the same records from what an earlier run has kept.
func BenchmarkArchive(b *testing.B) {
	for _, n := range []int{200, 2000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			fsys := fstest.MapFS{}
			for p, text := range synth.Files(n) {
				fsys[p] = &fstest.MapFile{Data: []byte(text)}
			}
			var saved bytes.Buffer
			read := func() *load.Archive {
				a := load.NewArchive("bench", func(string) ([32]byte, bool) { return [32]byte{1}, true }, saved.Bytes)
				if _, dl, err := load.Content(b.Context(), fsys, load.Options{Languages: []string{"en"}, Archive: a}); err != nil || dl.HasErrors() {
					b.Fatal(err, dl)
				}
				return a
			}
			if err := read().Save(b.Context(), &saved); err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if read().Stale() {
					b.Fatal("it was read again")
				}
			}
		})
	}
}
