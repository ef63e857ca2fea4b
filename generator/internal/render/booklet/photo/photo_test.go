package photo

import (
	"bytes"
	"image"
	"image/jpeg"
	"testing"
)

func TestStripped(t *testing.T) {
	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, image.NewGray(image.Rect(0, 0, 30, 20)), nil); err != nil {
		t.Fatal(err)
	}
	with := func(kind byte, text string) []byte {
		n := len(text) + 2
		out := append([]byte{0xff, 0xd8, 0xff, kind, byte(n >> 8), byte(n)}, text...)
		return append(out, plain.Bytes()[2:]...)
	}
	for kind, kept := range map[byte]bool{0xe1: false, 0xe2: false, 0xfe: false, 0xe0: true, 0xee: true} {
		got, ok := stripped(with(kind, "51.77 N, 19.47 E"))
		if !ok || bytes.Contains(got, []byte("19.47 E")) != kept {
			t.Errorf("segment %x: %v, kept %v", kind, ok, !kept)
		}
		if _, err := jpeg.Decode(bytes.NewReader(got)); err != nil {
			t.Errorf("segment %x: %v", kind, err)
		}
	}
	for _, bad := range [][]byte{nil, []byte("GIF89a"), plain.Bytes()[:20], {0xff, 0xd8, 0xff, 0xe1, 0, 1}} {
		if _, ok := stripped(bad); ok {
			t.Errorf("%x is let through", bad)
		}
	}
}
