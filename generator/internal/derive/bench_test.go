package derive

import (
	"fmt"
	"testing"
	"testing/fstest"

	"uccn/generator/internal/config"
	"uccn/generator/internal/load"
	"uccn/generator/internal/synth"
)

// BenchmarkBuild derives the networks of synthetic sites.
func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{200, 2000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			fsys := fstest.MapFS{}
			for p, text := range synth.Files(n) {
				fsys[p] = &fstest.MapFile{Data: []byte(text)}
			}
			site, _, err := config.Read(fsys)
			if err != nil {
				b.Fatal(err)
			}
			c, _, err := load.Content(b.Context(), fsys, load.Options{Languages: site.Languages})
			if err != nil {
				b.Fatal(err)
			}
			for _, m := range []*Memory{nil, {}} {
				b.Run(map[bool]string{true: "anew", false: "remembered"}[m == nil], func(b *testing.B) {
					b.ReportAllocs()
					for b.Loop() {
						if network, _ := Build(c[0], site, Options{Memory: m}); network == nil {
							b.Fatal("no network")
						}
						if m != nil {
							m.Turn()
						}
					}
				})
			}
		})
	}
}
