package build

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"uccn/generator/internal/output"
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

// BenchmarkSaved is what an editor waits for: one word of one city of this
// repository changed, and its page is asked for. The rest of the preview is
// BenchmarkRest.
func BenchmarkSaved(b *testing.B) { preview(b, false) }

// BenchmarkRest makes what a preview has left, after such an edit.
func BenchmarkRest(b *testing.B) { preview(b, true) }

func preview(b *testing.B, rest bool) {
	files := snapshot(b)
	s, fsys := NewSession(stopped), mapFS(files)
	const path = "content/cities/lodz.md"
	text := files[path]
	b.StopTimer()
	for i := range b.N {
		fsys[path].Data = fmt.Appendf(nil, "%s\n\nEdit %d.\n", text, i)
		if !rest {
			b.StartTimer()
		}
		res, err := s.Build(b.Context(), Options{Root: fsys, Now: clock, Preview: true})
		if err != nil || res.Rest == nil {
			b.Fatal(err, res.Diagnostics)
		}
		at := slices.IndexFunc(res.Files, func(f output.File) bool { return f.Path == "cities/lodz/index.html" })
		if page, err := res.Files[at].Bytes(b.Context()); err != nil || !bytes.Contains(page, fmt.Appendf(nil, "Edit %d.", i)) {
			b.Fatal(err)
		}
		if rest {
			b.StartTimer()
		} else {
			b.StopTimer()
		}
		if all, err := res.Rest(b.Context()); err != nil || all.Files == nil {
			b.Fatal(err, all.Diagnostics)
		}
		b.StopTimer()
	}
}
