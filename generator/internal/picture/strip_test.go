package picture

import (
	"bytes"
	"image/jpeg"
	"slices"
	"testing"
)

const secret = "51.77 N, 19.47 E"

// TestStrip puts the secret wherever a JPEG has room for it.
func TestStrip(t *testing.T) {
	plain := encodeJPEG(t, quarters(64, 48))
	jfif := "JFIF\x00\x01\x02\x00\x00\x48\x00\x48\x06\x01" + secret + "xx" // a small picture of 6 × 1
	several := flatJPEG(false, 3, 1, 2, 3)
	scan := bytes.LastIndex(several, []byte{0xff, 0xda})
	between := slices.Concat(several[:scan], segment([]byte{0xff, 0xd8}, 0xe1, []byte(secret)...)[2:], several[scan:])
	for name, data := range map[string][]byte{
		"nothing":              plain,
		"EXIF":                 segment(plain, 0xe1, []byte("Exif\x00\x00"+secret)...),
		"a comment":            segment(plain, 0xfe, []byte(secret)...),
		"a profile":            segment(plain, 0xe2, []byte("ICC_PROFILE\x00\x01\x01"+secret)...),
		"JFIF's small picture": segment(plain, 0xe0, []byte(jfif)...),
		"JFXX":                 segment(plain, 0xe0, []byte("JFXX\x00"+secret)...),
		"a long Adobe segment": segment(plain, 0xee, []byte("Adobe\x00\x64\x00\x00\x00\x00\x01"+secret)...),
		"behind the end":       append(slices.Clone(plain), secret...),
		"between segments":     slices.Concat(plain[:2], []byte(secret), plain[2:]),
		"between scans":        between,
	} {
		want := pixels(t, data)
		got, ok := Strip(slices.Clone(data))
		if !ok {
			t.Errorf("%s: not understood", name)
			continue
		}
		if bytes.Contains(got, []byte(secret)) || bytes.Contains(got, []byte(secret[:6])) {
			t.Errorf("%s: it is still there", name)
		}
		if !bytes.Equal(pixels(t, got), want) {
			t.Errorf("%s: it shows something else", name)
		}
	}
	for _, bad := range [][]byte{nil, []byte("GIF89a"), plain[:len(plain)-2], plain[:20], {0xff, 0xd8, 0xff, 0xe1, 0, 1}} {
		if _, ok := Strip(bad); ok {
			t.Errorf("%.20x is let through", bad)
		}
	}
}

// pixels returns a picture's planes as they are stored.
func pixels(t testing.TB, data []byte) []byte {
	t.Helper()
	im := load(t, data)
	if im.planes == nil {
		return im.pixels.Pix
	}
	return slices.Concat(im.planes.Y, im.planes.Cb, im.planes.Cr)
}

// FuzzStrip: whatever Go's decoder reads, it reads the same when stripped, and a
// second time nothing is left to take out.
func FuzzStrip(f *testing.F) {
	photo := encodeJPEG(f, quarters(24, 16))
	f.Add(photo)
	f.Add(segment(photo, 0xe1, append([]byte("Exif\x00\x00"), exif(6)...)...))
	f.Add(flatJPEG(true, 2, 180, 90, 60))
	f.Add(flatJPEG(true, 0, 180, 90, 60, 255))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := jpeg.DecodeConfig(bytes.NewReader(data))
		if err != nil || c.Width*c.Height > 1<<18 {
			return
		}
		m, err := jpeg.Decode(bytes.NewReader(data))
		got, ok := Strip(slices.Clone(data))
		if err != nil {
			return
		}
		if !ok {
			t.Fatal("a picture that can be read is not understood")
		}
		again, err := jpeg.Decode(bytes.NewReader(got))
		if err != nil {
			t.Fatal(err)
		}
		for y := range c.Height {
			for x := range c.Width {
				if m.At(x, y) != again.At(x, y) {
					t.Fatalf("pixel %d, %d differs", x, y)
				}
			}
		}
		if twice, ok := Strip(slices.Clone(got)); !ok || !bytes.Equal(twice, got) {
			t.Error("stripping twice takes out more")
		}
	})
}
