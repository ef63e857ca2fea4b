package picture

import (
	"errors"
	"fmt"
	"image"
	"testing"
)

// A picture read at a fraction of its size is upright, in its colours and of the
// size that was promised, whatever its form.
func TestReduced(t *testing.T) {
	want := map[int]string{1: "RGBY", 2: "GRYB", 3: "YBGR", 4: "BYRG", 5: "RBGY", 6: "BRYG", 7: "YGBR", 8: "GYRB"}
	m := quarters(134, 86)
	for o := 1; o <= 8; o++ {
		for form, data := range map[string][]byte{
			"JPEG": segment(encodeJPEG(t, m), 0xe1, append([]byte("Exif\x00\x00"), exif(o)...)...),
			"PNG":  pngChunk(encodePNG(t, m), "eXIf", exif(o)),
		} {
			for _, n := range []int{2, 4, 8} {
				t.Run(fmt.Sprint(form, o, "-", n), func(t *testing.T) {
					h, err := ReadHeader(data)
					if err != nil {
						t.Fatal(err)
					}
					whole := 0
					im, err := Reduced(data, h, n, func() (*Image, error) { whole++; return Decode(data, h, nil) })
					if err != nil {
						t.Fatal(err)
					}
					if (whole == 0) != (form == "JPEG") {
						t.Errorf("all of it was decoded %d times", whole)
					}
					fw, fh := h.Size()
					w, high := im.Size()
					if w != (fw+n-1)/n || high != (fh+n-1)/n {
						t.Fatalf("%d × %d of %d × %d", w, high, fw, fh)
					}
					if got := corners(t, im.Draw(image.Rectangle{}, 64, 64), 64, 64); got != want[o] {
						t.Errorf("corners %s, want %s", got, want[o])
					}
				})
			}
		}
	}
	broken := encodeJPEG(t, m)[:400]
	h, err := ReadHeader(encodeJPEG(t, m))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Reduced(broken, h, 2, func() (*Image, error) { return Decode(broken, h, nil) }); !errors.Is(err, ErrBroken) {
		t.Errorf("half a file: %v", err)
	}
}
