package webp

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"math"
	"os"
	"strings"
	"sync"
	"testing"

	xwebp "golang.org/x/image/webp"
)

func open(tb testing.TB, cache string) *Encoder {
	e, err := Open(tb.Context(), cache)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { e.Close(tb.Context()) })
	return e
}

// plasma draws a smooth picture with grain, the same each time.
func plasma(w, h int) *image.NYCbCrA {
	m := image.NewNYCbCrA(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	seed := uint32(1)
	for y := range h {
		for x := range w {
			seed = seed*1664525 + 1013904223
			m.Y[y*m.YStride+x] = uint8(20 + wave(x, 60) + wave(y, 90) + int(seed>>29))
			m.A[y*m.AStride+x] = uint8(min(255, x*255/w+20))
			m.Cb[m.COffset(x, y)] = uint8(100 + 100*x/w)
			m.Cr[m.COffset(x, y)] = uint8(180 - 100*y/h)
		}
	}
	return m
}

// wave goes up and down between 0 and 100.
func wave(x, period int) int { return abs(x%period*200/period - 100) }

func abs(n int) int { return max(n, -n) }

func opaque(m *image.NYCbCrA) *image.NYCbCrA {
	m.A = nil
	return m
}

func TestBlobIsTheOneNamed(t *testing.T) {
	want, err := os.ReadFile("libwebp.wasm.sha256")
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(blob)
	if got := hex.EncodeToString(sum[:]); !strings.HasPrefix(string(want), got) {
		t.Errorf("libwebp.wasm has the hash %s, libwebp.wasm.sha256 says %s", got, want)
	}
	if len(blob) > 600_000 {
		t.Errorf("libwebp.wasm is %d bytes, want at most 600,000", len(blob))
	}
}

// What is encoded comes back from an independent decoder, in the limited range.
func TestEncode(t *testing.T) {
	e := open(t, "")
	for _, c := range []struct {
		name string
		m    *image.NYCbCrA
	}{
		{"even", opaque(plasma(320, 240))},
		{"odd", opaque(plasma(333, 211))},
		{"one pixel", opaque(plasma(1, 1))},
		{"flat", opaque(plasma(300, 1))},
		{"too large for tokens", opaque(plasma(2100, 2000))},
		{"alpha", plasma(200, 101)},
	} {
		t.Run(c.name, func(t *testing.T) {
			data, err := e.Encode(t.Context(), c.m, 90)
			if err != nil {
				t.Fatal(err)
			}
			m, err := xwebp.Decode(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			var got *image.YCbCr
			switch m := m.(type) {
			case *image.YCbCr:
				got = m
			case *image.NYCbCrA:
				got = &m.YCbCr
				if !bytes.Equal(m.A, c.m.A) {
					t.Error("alpha is not what went in")
				}
			}
			if got.Rect != c.m.Rect {
				t.Fatalf("size %v, want %v", got.Rect, c.m.Rect)
			}
			var sum float64
			for y := range got.Rect.Dy() {
				for x := range got.Rect.Dx() {
					want := 16 + float64(c.m.Y[c.m.YOffset(x, y)])*219/255
					d := float64(got.Y[got.YOffset(x, y)]) - want
					sum += d * d
				}
			}
			mse := sum / float64(got.Rect.Dx()*got.Rect.Dy())
			if psnr := 10 * math.Log10(255*255/mse); psnr < 35 {
				t.Errorf("luma differs: %.1f dB, want 35", psnr)
			}
		})
	}
}

func TestEncodeIsDeterministic(t *testing.T) {
	e := open(t, "")
	m := opaque(plasma(500, 400))
	want, err := e.Encode(t.Context(), m, 75)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Encode(t.Context(), plasma(64, 64), 20); err != nil { // leaves another state behind
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if got, err := e.Encode(t.Context(), m, 75); err != nil || !bytes.Equal(got, want) {
				t.Errorf("other bytes the second time (%v)", err)
			}
		})
	}
	wg.Wait()
	sum := sha256.Sum256(want)
	if got := hex.EncodeToString(sum[:8]); got != wantPlasma {
		t.Errorf("the hash of the result is %s, on the machine that recorded it %s", got, wantPlasma)
	}
}

// wantPlasma is the hash of plasma(500, 400) at quality 75: the same on every
// platform.
const wantPlasma = "aace748238adb0cc"

// Of noise there are more tokens than are held at a time: what does not fit is written
// in a second go, with the same bytes as if all had been held.
func TestNoiseTakesLittleMemory(t *testing.T) {
	e := open(t, "")
	m := opaque(plasma(1600, 1200))
	seed := uint32(1)
	for _, plane := range [][]byte{m.Y, m.Cb, m.Cr} {
		for i := range plane {
			seed = seed*1664525 + 1013904223
			plane[i] = uint8(seed >> 24)
		}
	}
	data, err := e.Encode(t.Context(), m, 75)
	if err != nil {
		t.Fatal(err)
	}
	i := <-e.idle
	defer i.module.Close(t.Context())
	if got := i.module.Memory().Size(); got > 8*1600*1200 {
		t.Errorf("the encoder has %d bytes of memory, want at most 8 a pixel", got)
	}
	sum := sha256.Sum256(data)
	if got := hex.EncodeToString(sum[:8]); got != wantNoise {
		t.Errorf("the hash of the result is %s, with all tokens held it was %s", got, wantNoise)
	}
}

// wantNoise is the hash of a file of noise.
const wantNoise = "ddf58cf33ef2bc15"

// What transparency takes is there at once: memory does not grow through many sizes,
// each of which would be garbage. An instance that has grown large is not kept.
func TestMemoryGrowsAtOnce(t *testing.T) {
	e := open(t, "")
	i, err := e.take(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer i.module.Close(t.Context())
	if _, err := i.encode(t.Context(), plasma(1600, 1200), 75); err != nil {
		t.Fatal(err)
	}
	if got, want := cap(i.memory.bytes), 19*1600*1200; got != want {
		t.Errorf("the memory has room for %d bytes, want %d", got, want)
	}
	if _, err := e.Encode(t.Context(), plasma(1600, 1200), 75); err != nil || len(e.idle) > 0 {
		t.Errorf("an instance of more than %d bytes is kept (%v)", keep, err)
	}
}

func TestCompiledEncoderIsRemembered(t *testing.T) {
	dir := t.TempDir()
	m := opaque(plasma(64, 48))
	a, err := open(t, dir).Encode(t.Context(), m, 75)
	if err != nil {
		t.Fatal(err)
	}
	if list, err := os.ReadDir(dir); err != nil || len(list) == 0 {
		t.Errorf("nothing was kept in the cache folder (%v)", err)
	}
	b, err := open(t, dir).Encode(t.Context(), m, 75)
	if err != nil || !bytes.Equal(a, b) {
		t.Errorf("the remembered encoder gives other bytes (%v)", err)
	}
}

func BenchmarkEncode(b *testing.B) {
	e := open(b, "")
	m := opaque(plasma(1920, 1280))
	b.SetBytes(1920 * 1280)
	for b.Loop() {
		if _, err := e.Encode(b.Context(), m, 75); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAlpha(b *testing.B) {
	e := open(b, "")
	m := plasma(1920, 1280)
	b.SetBytes(1920 * 1280)
	for b.Loop() {
		if _, err := e.Encode(b.Context(), m, 75); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		e, err := Open(b.Context(), "")
		if err != nil {
			b.Fatal(err)
		}
		e.Close(b.Context())
	}
}
