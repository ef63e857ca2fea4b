package media

import (
	"bytes"
	"context"
	"fmt"
	"image/jpeg"
	"testing"

	"github.com/disintegration/imaging"

	"uccn/generator/internal/par"
)

// photos are generated photographs of 12 million pixels, as files.
func photos(b *testing.B, n int) map[string][]byte {
	data := jpegFile(b, photo(4000, 3000))
	out := map[string][]byte{}
	for i := range n {
		out[fmt.Sprintf("%d.jpg", i)] = append(bytes.Clone(data), byte(i)) // other contents, the same work
	}
	return out
}

// BenchmarkVariants makes WebP in five widths and one JPEG of each of 8
// photographs, as a cold build does; -cpu and GOMAXPROCS say on how many cores.
func BenchmarkVariants(b *testing.B) {
	all := photos(b, 8)
	root := files()
	var requests []Request
	for name, data := range all {
		root[name] = files(name, data)[name]
		requests = append(requests, Request{Src: name, Widths: []int{320, 640, 960, 1280, 1920}})
	}
	b.ReportAllocs()
	for b.Loop() {
		o := options(b, root)
		plan(b, o, requests...)
	}
}

// BenchmarkWarm is the same with everything on disk.
func BenchmarkWarm(b *testing.B) {
	all := photos(b, 8)
	root := files()
	var requests []Request
	for name, data := range all {
		root[name] = files(name, data)[name]
		requests = append(requests, Request{Src: name})
	}
	o := options(b, root)
	plan(b, o, requests...)
	for b.Loop() {
		plan(b, o, requests...)
	}
}

// BenchmarkImaging is the common way, for the ratio: five JPEGs of each through
// RGB, every one from the source.
func BenchmarkImaging(b *testing.B) {
	var list [][]byte
	for _, data := range photos(b, 8) {
		list = append(list, data)
	}
	for b.Loop() {
		_, err := par.Map(b.Context(), list, func(_ context.Context, data []byte) (int, error) {
			m, err := jpeg.Decode(bytes.NewReader(data))
			if err != nil {
				return 0, err
			}
			n := 0
			for _, w := range []int{1920, 1280, 960, 640, 320} {
				var out bytes.Buffer
				if err := jpeg.Encode(&out, imaging.Resize(m, w, 0, imaging.Lanczos), &jpeg.Options{Quality: jpegQuality}); err != nil {
					return 0, err
				}
				n += out.Len()
			}
			return n, nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}
