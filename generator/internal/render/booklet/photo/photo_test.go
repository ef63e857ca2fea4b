package photo

import (
	"bytes"
	"image"
	"image/jpeg"
	"testing"
)

func TestToPixels(t *testing.T) {
	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, image.NewGray(image.Rect(0, 0, 30, 20)), nil); err != nil {
		t.Fatal(err)
	}
	with := append([]byte("\xff\xd8\xff\xe1\x00\x0a19.47 E."), plain.Bytes()[2:]...)
	for _, good := range [][]byte{plain.Bytes(), with, with[:len(with)-4]} {
		if !toPixels(good) {
			t.Errorf("%x does not reach its pixels", good)
		}
	}
	for _, bad := range [][]byte{nil, plain.Bytes()[:20], {0xff, 0xd8, 0xff, 0xe1, 0, 1}, append([]byte("\xff\xd8x"), plain.Bytes()[2:]...)} {
		if toPixels(bad) {
			t.Errorf("%x is let through", bad)
		}
	}
}
