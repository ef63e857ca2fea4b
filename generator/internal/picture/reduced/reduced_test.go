package reduced

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"testing"
)

// scene draws hills, edges and some grain.
func scene(w, h int) *image.YCbCr {
	r := rand.New(rand.NewPCG(3, 4))
	m := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	for y := range h {
		for x := range w {
			v := 120 + 70*math.Sin(float64(x)/37)*math.Cos(float64(y)/53)
			if (x/90+y/70)%3 == 0 {
				v += 40
			}
			m.Y[m.YOffset(x, y)] = uint8(v) + uint8(r.IntN(7))
		}
	}
	for y := range (h + 1) / 2 {
		for x := range (w + 1) / 2 {
			m.Cb[y*m.CStride+x] = uint8(100 + 50*math.Sin(float64(x+y)/60))
			m.Cr[y*m.CStride+x] = uint8(140 + 30*math.Cos(float64(x-y)/80))
		}
	}
	return m
}

func encoded(t testing.TB, m image.Image, quality int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// mean is what image/jpeg gives, each n × n pixels of a plane brought to one.
func mean(plane []byte, stride, w, h, n int) []byte {
	var out []byte
	for y := 0; y < h; y += n {
		for x := 0; x < w; x += n {
			sum, count := 0, 0
			for j := y; j < min(y+n, h); j++ {
				for i := x; i < min(x+n, w); i++ {
					sum, count = sum+int(plane[j*stride+i]), count+1
				}
			}
			out = append(out, uint8((sum+count/2)/count))
		}
	}
	return out
}

// psnr is how near a plane of w × h is to another without a stride.
func psnr(plane []byte, stride, w, h int, want []byte) float64 {
	sum := 0.0
	for y := range h {
		for x := range w {
			d := float64(plane[y*stride+x]) - float64(want[y*w+x])
			sum += d * d
		}
	}
	return 10 * math.Log10(255*255*float64(w*h)/max(sum, 1e-9))
}

func TestDecode(t *testing.T) {
	grey := image.NewGray(image.Rect(0, 0, 333, 219))
	photo := scene(333, 219)
	copy(grey.Pix, photo.Y)
	for _, c := range []struct {
		name string
		data []byte
	}{
		{"a photograph", encoded(t, photo, 85)},
		{"a rough one", encoded(t, photo, 40)},
		{"grey", encoded(t, grey, 85)},
		{"one block", encoded(t, scene(8, 8), 85)},
		{"less than a block", encoded(t, scene(3, 5), 85)},
	} {
		whole, err := jpeg.Decode(bytes.NewReader(c.data))
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range []int{2, 4, 8} {
			m, ok := Decode(c.data, n, nil)
			if !ok {
				t.Fatalf("%s is not read", c.name)
			}
			full := whole.Bounds()
			w, h := (full.Dx()+n-1)/n, (full.Dy()+n-1)/n
			if m.Bounds() != image.Rect(0, 0, w, h) {
				t.Fatalf("%s at 1/%d is %v", c.name, n, m.Bounds())
			}
			// edges of blocks that the picture does not fill are transformed with the rest of them
			inner, down := full.Dx()/n, full.Dy()/n
			if inner == 0 || down == 0 {
				continue
			}
			var luma []float64
			switch m := m.(type) {
			case *image.Gray:
				f := whole.(*image.Gray)
				luma = append(luma, psnr(m.Pix, m.Stride, inner, down, mean(f.Pix, f.Stride, inner*n, down*n, n)))
			case *image.YCbCr:
				f := whole.(*image.YCbCr)
				luma = append(luma, psnr(m.Y, m.YStride, inner, down, mean(f.Y, f.YStride, inner*n, down*n, n)))
				cw, ch := (full.Dx()/2)/n, (full.Dy()/2)/n
				if cw > 0 && ch > 0 {
					luma = append(luma, psnr(m.Cb, m.CStride, cw, ch, mean(f.Cb, f.CStride, cw*n, ch*n, n)), psnr(m.Cr, m.CStride, cw, ch, mean(f.Cr, f.CStride, cw*n, ch*n, n)))
				}
			}
			for i, db := range luma {
				t.Logf("%s at 1/%d, plane %d: %.1f dB", c.name, n, i, db)
				if db < 34 {
					t.Errorf("%s at 1/%d, plane %d: %.1f dB from the mean of its pixels", c.name, n, i, db)
				}
			}
		}
	}
}

// TestWhole: at its size a picture has the pixels that image/jpeg gives it, whatever
// lies in the room for them.
func TestWhole(t *testing.T) {
	grey := image.NewGray(image.Rect(0, 0, 333, 219))
	photo := scene(333, 219)
	copy(grey.Pix, photo.Y)
	noise := image.NewYCbCr(image.Rect(0, 0, 120, 90), image.YCbCrSubsampleRatio420)
	r := rand.New(rand.NewPCG(5, 6))
	for _, plane := range [][]byte{noise.Y, noise.Cb, noise.Cr} {
		for i := range plane {
			plane[i] = uint8(255 * r.IntN(2))
		}
	}
	room := bytes.Repeat([]byte{77}, 1<<18)
	for _, m := range []image.Image{photo, grey, noise, scene(8, 8), scene(3, 5)} {
		for _, quality := range []int{1, 30, 85, 100} {
			data := encoded(t, m, quality)
			got, ok := Decode(data, 1, room)
			if !ok {
				t.Fatalf("%v at quality %d is not read", m.Bounds(), quality)
			}
			equal(t, got, data)
		}
	}
	data := encoded(t, photo, 85)
	for name, data := range map[string][]byte{
		"without its end":     data[:len(data)-2],
		"with more":           append(data[:len(data)-2:len(data)-2], 0, 0, 0xff, 0xd9),
		"three tables":        bytes.Replace(data, []byte{0xff, 0xc4, 1, 0xa2, 0}, []byte{0xff, 0xc4, 1, 0xa2, 2}, 1),
		"one part, two times": bytes.Replace(data, []byte{2, 0x11, 1}, []byte{1, 0x11, 1}, 1),
	} {
		if _, ok := Decode(data, 1, nil); ok {
			t.Errorf("a file %s is taken for a picture", name)
		}
	}
}

// equal holds a picture to what image/jpeg makes of the file.
func equal(t *testing.T, got image.Image, data []byte) {
	t.Helper()
	want, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	same := got.Bounds() == want.Bounds()
	switch want := want.(type) {
	case *image.YCbCr:
		got := got.(*image.YCbCr)
		same = same && got.SubsampleRatio == want.SubsampleRatio && got.YStride == want.YStride && got.CStride == want.CStride &&
			bytes.Equal(got.Y, want.Y) && bytes.Equal(got.Cb, want.Cb) && bytes.Equal(got.Cr, want.Cr)
	case *image.Gray:
		got := got.(*image.Gray)
		same = same && got.Stride == want.Stride && bytes.Equal(got.Pix, want.Pix)
	}
	if !same {
		t.Errorf("another picture than image/jpeg's of %v", want.Bounds())
	}
}

// What the decoder does not know it leaves alone.
func TestLeft(t *testing.T) {
	good := encoded(t, scene(64, 48), 80)
	sos := bytes.Index(good, []byte{0xff, 0xda})
	progressive := bytes.Replace(good, []byte{0xff, 0xc0}, []byte{0xff, 0xc2}, 1)
	for name, data := range map[string][]byte{
		"nothing": nil, "another form": []byte("GIF89a...."), "a header alone": good[:sos+8], "half": good[:sos+(len(good)-sos)/2], "passes": progressive,
		"inks": bytes.Replace(good, []byte{0, 48, 0, 64, 3}, []byte{0, 48, 0, 64, 4}, 1),
	} {
		if _, ok := Decode(data, 2, nil); ok {
			t.Errorf("%s is taken for a picture", name)
		}
	}
}

// A file with restarts, made by hand of one without: each unit is followed by a
// marker, which needs files of one unit joined.
func TestRestarts(t *testing.T) {
	const n = 9
	var units [][]byte
	var head []byte
	for i := range n {
		m := image.NewYCbCr(image.Rect(0, 0, 16, 16), image.YCbCrSubsampleRatio420)
		for k := range m.Y {
			m.Y[k] = uint8(20*i + k%16)
		}
		data := encoded(t, m, 90)
		sos := bytes.Index(data, []byte{0xff, 0xda})
		end := sos + 2 + word(data[sos+2:])
		head = data[:end]
		units = append(units, data[end:len(data)-2])
	}
	sos := bytes.Index(head, []byte{0xff, 0xda})
	file := append(append(bytes.Clone(head[:sos]), 0xff, 0xdd, 0, 4, 0, 1), head[sos:]...)
	file = bytes.Replace(file, []byte{0, 16, 0, 16, 3}, []byte{0, 16, 0, 16 * n, 3}, 1)
	for i, u := range units {
		if i > 0 {
			file = append(file, 0xff, 0xd0|byte(i-1)&7)
		}
		file = append(file, u...)
	}
	file = append(file, 0xff, 0xd9)
	whole, err := jpeg.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	m, ok := Decode(file, 8, nil)
	if !ok {
		t.Fatal("a file with restarts is not read")
	}
	f, got := whole.(*image.YCbCr), m.(*image.YCbCr)
	want := mean(f.Y, f.YStride, 16*n, 16, 8)
	for i, v := range want {
		if g := got.Y[i/(2*n)*got.YStride+i%(2*n)]; max(g, v)-min(g, v) > 1 {
			t.Errorf("block %d is %d, want %d", i, g, v)
		}
	}
	broken := bytes.Replace(file, []byte{0xff, 0xd3}, []byte{0xff, 0xd5}, 1)
	if _, ok := Decode(broken, 8, nil); ok {
		t.Error("a file with its restarts in disorder is taken for a picture")
	}
}

// FuzzDecode holds the decoder to image/jpeg: what it takes, that takes too, in the
// same size and nearly the same colour.
func FuzzDecode(f *testing.F) {
	for _, size := range []int{8, 16, 40} {
		f.Add(encoded(f, scene(size, size/2+3), 75), uint8(1))
	}
	grey := image.NewGray(image.Rect(0, 0, 20, 20))
	grey.SetGray(3, 3, color.Gray{200})
	f.Add(encoded(f, grey, 60), uint8(2))
	f.Fuzz(func(t *testing.T, data []byte, by uint8) {
		if c, err := jpeg.DecodeConfig(bytes.NewReader(data)); err != nil || c.Width*c.Height > 1<<20 {
			return
		}
		if m, ok := Decode(data, 1, nil); ok {
			equal(t, m, data)
		}
		n := 2 << (by % 3)
		m, ok := Decode(data, n, nil)
		if !ok {
			return
		}
		whole, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil {
			return // it reads on behind what shows
		}
		b := whole.Bounds()
		if want := image.Rect(0, 0, (b.Dx()+n-1)/n, (b.Dy()+n-1)/n); m.Bounds() != want {
			t.Fatalf("%v, want %v", m.Bounds(), want)
		}
		if n != 8 {
			return
		}
		g, is := m.(*image.Gray)
		if !is {
			return
		}
		full := whole.(*image.Gray)
		inside := true // no pixel was cut off at black or white, which a mean does not know
		for _, v := range full.Pix {
			inside = inside && v > 0 && v < 255
		}
		if !inside {
			return
		}
		want := mean(full.Pix, full.Stride, b.Dx()/8*8, b.Dy()/8*8, 8)
		for i, v := range want {
			w := b.Dx() / 8
			if got := g.Pix[i/w*g.Stride+i%w]; max(got, v)-min(got, v) > 2 {
				t.Fatalf("block %d is %d, image/jpeg says %d", i, got, v)
			}
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	data := encoded(b, scene(2000, 1500), 85)
	b.Run("image/jpeg", func(b *testing.B) {
		b.SetBytes(3_000_000)
		for b.Loop() {
			jpeg.Decode(bytes.NewReader(data))
		}
	})
	for _, n := range []int{1, 2, 4, 8} {
		b.Run(fmt.Sprint("1-", n), func(b *testing.B) {
			b.SetBytes(3_000_000)
			for b.Loop() {
				Decode(data, n, nil)
			}
		})
	}
}
