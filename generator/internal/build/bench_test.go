package build

import (
	"fmt"
	"testing"

	"uccn/generator/internal/synth"
)

// BenchmarkCold builds synthetic sites with nothing remembered.
func BenchmarkCold(b *testing.B) {
	for _, n := range []int{200, 2000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			o := Options{Root: mapFS(synth.Files(n)), Now: clock}
			b.ReportAllocs()
			for b.Loop() {
				if res, err := NewSession(stopped).Build(b.Context(), o); err != nil || res.Diagnostics.HasErrors() {
					b.Fatal(err, res.Diagnostics)
				}
			}
		})
	}
}

// BenchmarkWarm builds again in a session after one word of one city changed.
func BenchmarkWarm(b *testing.B) {
	for _, n := range []int{200, 2000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			files := synth.Files(n)
			s := NewSession(stopped)
			const path = "content/cities/town-3.md"
			text := files[path]
			fsys := mapFS(files)
			i := 0
			for b.Loop() {
				i++
				fsys[path].Data = fmt.Appendf(nil, "%s\n\nEdit %d.\n", text, i)
				if res, err := s.Build(b.Context(), Options{Root: fsys, Now: clock}); err != nil || res.Diagnostics.HasErrors() {
					b.Fatal(err, res.Diagnostics)
				}
			}
		})
	}
}

// BenchmarkOurs builds the content of this repository.
func BenchmarkOurs(b *testing.B) {
	o := ours()
	o.Now = clock
	for b.Loop() {
		if res, err := NewSession(stopped).Build(b.Context(), o); err != nil || res.Diagnostics.HasErrors() {
			b.Fatal(err, res.Diagnostics)
		}
	}
}

// BenchmarkOursWarm builds the content of this repository again after one word
// of one city changed.
func BenchmarkOursWarm(b *testing.B) {
	files := snapshot(b)
	s, fsys := NewSession(stopped), mapFS(files)
	const path = "content/cities/lodz.md"
	text := files[path]
	i := 0
	for b.Loop() {
		i++
		fsys[path].Data = fmt.Appendf(nil, "%s\n\nEdit %d.\n", text, i)
		if res, err := s.Build(b.Context(), Options{Root: fsys, Now: clock, Preview: true}); err != nil || res.Files == nil {
			for _, d := range res.Diagnostics {
				b.Errorf("%s: %s", d.Pos, d.Message)
			}
			b.Fatal(err)
		}
	}
}
