package media

import (
	"bytes"
	"image"
	"image/draw"
	"image/png"
	"testing"

	"uccn/generator/internal/picture"
)

// TestNoise: what may be transparent has more of the memory budget, since nobody knows
// before it is encoded whether its transparency is noise.
func TestNoise(t *testing.T) {
	for _, c := range []struct {
		name string
		m    image.Image
		want int64
	}{
		{"colours", white(300, 200), 0},
		{"grey", image.NewGray(image.Rect(0, 0, 300, 200)), 0},
		{"transparent", image.NewNRGBA(image.Rect(0, 0, 300, 200)), 24 * 300 * 200},
	} {
		var b bytes.Buffer
		if err := png.Encode(&b, c.m); err != nil {
			t.Fatal(err)
		}
		h, err := picture.ReadHeader(b.Bytes())
		if got := noise(h); err != nil || got != c.want {
			t.Errorf("%s: %d bytes, want %d (%v)", c.name, got, c.want, err)
		}
	}
}

func white(w, h int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(m, m.Rect, image.White, image.Point{}, draw.Src)
	return m
}
