package picture

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"testing"

	"github.com/disintegration/imaging"
)

func load(t testing.TB, data []byte) *Image {
	t.Helper()
	h, err := ReadHeader(data)
	if err != nil {
		t.Fatal(err)
	}
	im, err := Decode(data, h, nil)
	if err != nil {
		t.Fatal(err)
	}
	return im
}

// at returns the colour of a pixel as it leaves the package, through a JPEG.
func at(t testing.TB, r *Raster, x, y int) color.NRGBA {
	t.Helper()
	data, err := r.JPEG(95)
	if err != nil {
		t.Fatal(err)
	}
	m, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return color.NRGBAModel.Convert(m.At(x, y)).(color.NRGBA)
}

func near(got, want color.NRGBA, by int) bool {
	d := func(a, b uint8) bool { return int(a)-int(b) > by || int(b)-int(a) > by }
	return !d(got.R, want.R) && !d(got.G, want.G) && !d(got.B, want.B)
}

// Every orientation in every form that can carry one comes out upright, and a
// crop takes the part that a person sees.
func TestOrientation(t *testing.T) {
	// What the stored corners (red, green, blue, yellow) have become, by rows.
	want := map[int]string{
		1: "RGBY", 2: "GRYB", 3: "YBGR", 4: "BYRG", 5: "RBGY", 6: "BRYG", 7: "YGBR", 8: "GYRB",
	}
	m := quarters(64, 48)
	plain := encodeWebP(t, m)
	for o := 1; o <= 8; o++ {
		for form, data := range map[string][]byte{
			"JPEG": segment(encodeJPEG(t, m), 0xe1, append([]byte("Exif\x00\x00"), exif(o)...)...),
			"PNG":  pngChunk(encodePNG(t, m), "eXIf", exif(o)),
			"TIFF": tiffRGB(m, o, false),
			"WebP": withVP8X(plain[12:], 1<<3, 64, 48, nil, chunk(nil, "EXIF", exif(o))),
		} {
			t.Run(fmt.Sprint(form, o), func(t *testing.T) {
				im := load(t, data)
				w, h := im.Size()
				if want := (o >= 5); want != (h > w) {
					t.Fatalf("size %d × %d", w, h)
				}
				r := im.Draw(image.Rectangle{}, w, h)
				got := corners(t, r, w, h)
				if got != want[o] {
					t.Errorf("corners %s, want %s", got, want[o])
				}
				part := im.Draw(image.Rect(w/2, 0, w, h/2), 8, 8)
				if c := letter(at(t, part, 4, 4)); c != want[o][1:2] {
					t.Errorf("the upper right is %s, want %s", c, want[o][1:2])
				}
			})
		}
	}
}

func corners(t *testing.T, r *Raster, w, h int) string {
	s := ""
	for _, p := range []image.Point{{w / 4, h / 4}, {3 * w / 4, h / 4}, {w / 4, 3 * h / 4}, {3 * w / 4, 3 * h / 4}} {
		s += letter(at(t, r, p.X, p.Y))
	}
	return s
}

func letter(c color.NRGBA) string {
	for name, want := range map[string]color.NRGBA{
		"R": {200, 40, 40, 255}, "G": {40, 160, 40, 255}, "B": {40, 40, 200, 255}, "Y": {200, 200, 40, 255},
	} {
		if near(c, want, 12) {
			return name
		}
	}
	return fmt.Sprint("?", c)
}

func TestRefused(t *testing.T) {
	photo := encodeJPEG(t, quarters(64, 48))
	for _, c := range []struct {
		name string
		data []byte
		want error
	}{
		{"empty", nil, ErrFormat},
		{"text", []byte("not a picture"), ErrFormat},
		{"HEIC", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"), ErrFormat},
		{"AVIF", []byte("\x00\x00\x00\x18ftypavif\x00\x00\x00\x00"), ErrFormat},
		{"lossless JPEG", append([]byte{0xff, 0xd8, 0xff, 0xc3}, photo[2:]...), ErrFormat},
		{"only a marker", []byte{0xff, 0xd8}, ErrBroken},
		{"PNG of 2.5 Gpx", pngHeader(50_000, 50_000), ErrTooLarge},
		{"PNG of one row of 2 Gpx", pngHeader(2_000_000_000, 1), ErrTooLarge},
		{"PNG of one row", pngHeader(50_000_000, 1), ErrTooLarge},
		{"JPEG of 65,535 each way", sized(photo, 65535, 65535), ErrTooLarge},
		{"GIF of 65,535 each way", []byte("GIF89a\xff\xff\xff\xff\x00\x00\x00;"), ErrTooLarge},
		{"GIF of nothing", []byte("GIF89a\x00\x00\x00\x00\x00\x00\x00;"), ErrBroken},
		{"WebP of 1.6 Gpx", withVP8X(nil, 0, 40_000, 40_000, nil, nil), ErrTooLarge},
		{"WebP cut off in its header", withVP8X(nil, 0, 9, 9, nil, nil)[:20:20], ErrBroken},
		{"TIFF without a directory", []byte("II*\x00\xff\xff\xff\xff"), ErrBroken},
	} {
		if _, err := ReadHeader(c.data); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

// sized returns a JPEG whose frame header claims another size.
func sized(file []byte, w, h int) []byte {
	file = bytes.Clone(file)
	i := bytes.Index(file, []byte{0xff, 0xc0})
	file[i+5], file[i+6], file[i+7], file[i+8] = byte(h>>8), byte(h), byte(w>>8), byte(w)
	return file
}

func TestBrokenBodies(t *testing.T) {
	photo := encodeJPEG(t, quarters(640, 480))
	plain := encodePNG(t, quarters(640, 480))
	flat := encodeWebP(t, quarters(64, 48))
	for _, c := range []struct {
		name string
		data []byte
	}{
		{"JPEG cut off", photo[:len(photo)/2]},
		{"JPEG larger than its data", sized(photo, 9000, 9000)},
		{"PNG cut off", plain[:len(plain)/2]},
		{"PNG with a header only", pngHeader(5000, 5000)},
		{"WebP cut off", flat[:len(flat)-40]},
		{"TIFF cut off", tiffRGB(quarters(64, 48), 1, false)[:500]},
		{"a JPEG in 5,000 passes", flatJPEG(false, 5000, 1, 2, 3)},
	} {
		h, err := ReadHeader(c.data)
		if err == nil {
			_, err = Decode(c.data, h, nil)
		}
		if !errors.Is(err, ErrBroken) {
			t.Errorf("%s: %v, want ErrBroken", c.name, err)
		}
	}
}

// An index outside the palette must not reach imaging: it would end the process.
func TestPaletteIsChecked(t *testing.T) {
	m := image.NewPaletted(image.Rect(0, 0, 4, 4), color.Palette{color.Black, color.White})
	m.Pix[5] = 200
	if _, err := toPixels(m); !errors.Is(err, ErrBroken) {
		t.Errorf("got %v, want ErrBroken", err)
	}
	m.Pix[5] = 1
	if _, err := toPixels(m); err != nil {
		t.Errorf("a sound palette: %v", err)
	}
}

// Pixels of 16 bits are brought to 8 as imaging does it.
func TestNarrow(t *testing.T) {
	whole := image.NewNRGBA64(image.Rect(0, 0, 33, 21))
	for i := range whole.Pix {
		whole.Pix[i] = byte(i * i / 7)
	}
	for i := 6; i < len(whole.Pix); i += 24 { // some opaque, some not to be seen
		copy(whole.Pix[i:], "\xff\xff")
		if i+8+2 < len(whole.Pix) {
			copy(whole.Pix[i+8:], "\x00\x00")
		}
	}
	multiplied := image.NewRGBA64(whole.Rect)
	draw.Draw(multiplied, whole.Rect, whole, image.Point{}, draw.Src)
	part := image.Rect(3, 2, 30, 20)
	for name, m := range map[string]image.Image{"plain": whole, "multiplied": multiplied, "a part": whole.SubImage(part), "a part, multiplied": multiplied.SubImage(part)} {
		want := imaging.Clone(m)
		var copied image.Image // narrow works in place
		switch m := m.(type) {
		case *image.NRGBA64:
			c := *m
			c.Pix = bytes.Clone(m.Pix)
			copied = &c
		case *image.RGBA64:
			c := *m
			c.Pix = bytes.Clone(m.Pix)
			copied = &c
		}
		got, err := toPixels(copied)
		if err != nil || got.Rect != want.Rect || !bytes.Equal(got.Pix, want.Pix) {
			t.Errorf("%s: other pixels than imaging's (%v)", name, err)
		}
	}
}

// The forms of pixels that PNG, GIF and JPEG have all come out in their colours.
func TestPixelForms(t *testing.T) {
	want := color.NRGBA{180, 90, 60, 255}
	palette := image.NewPaletted(image.Rect(0, 0, 16, 16), color.Palette{want, color.White})
	deep := image.NewNRGBA64(palette.Rect)
	half := image.NewNRGBA(palette.Rect)
	for i := range 256 {
		deep.Set(i%16, i/16, want)
		half.SetNRGBA(i%16, i/16, color.NRGBA{104, 0, 0, 128}) // over white it is (179, 127, 127)
	}
	var moving bytes.Buffer
	frames := &gif.GIF{Image: []*image.Paletted{palette, palette}, Delay: []int{5, 5}}
	if err := gif.EncodeAll(&moving, frames); err != nil {
		t.Fatal(err)
	}
	small := encodeWebP(t, toNRGBA(palette))
	for _, c := range []struct {
		name string
		data []byte
		want color.NRGBA
		more bool
	}{
		{"palette", encodePNG(t, palette), want, false},
		{"16 bit", encodePNG(t, deep), want, false},
		{"transparent", encodePNG(t, half), color.NRGBA{179, 127, 127, 255}, false},
		{"grey", encodePNG(t, flatGray(90)), color.NRGBA{90, 90, 90, 255}, false},
		{"grey JPEG", encodeJPEG(t, flatGray(90)), color.NRGBA{90, 90, 90, 255}, false},
		{"animated GIF", moving.Bytes(), want, true},
		{"animated PNG", pngChunk(encodePNG(t, palette), "acTL", []byte{0, 0, 0, 2, 0, 0, 0, 0}), want, true},
		{"animated WebP", animation(small, 0, 0, 16, 16, 16, 16), want, true},
		{"TIFF of two pages", tiffRGB(toNRGBA(palette), 1, true), want, true},
		{"RGB JPEG", flatJPEG(true, 0, 180, 90, 60), want, false},
		{"progressive RGB JPEG", flatJPEG(true, 1, 180, 90, 60), want, false},
		{"ink JPEG of Adobe", flatJPEG(true, 0, 180, 90, 60, 255), color.NRGBA{180, 90, 60, 255}, false},
		{"lossy WebP", small, want, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, err := ReadHeader(c.data)
			if err != nil {
				t.Fatal(err)
			}
			if h.More != c.more {
				t.Errorf("more frames: %v, want %v", h.More, c.more)
			}
			im := load(t, c.data)
			if got := at(t, im.Draw(image.Rectangle{}, 8, 8), 4, 4); !near(got, c.want, 3) {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}

func toNRGBA(m *image.Paletted) *image.NRGBA {
	d, _ := resolve(m)
	return d
}

func flatGray(v uint8) *image.Gray {
	m := image.NewGray(image.Rect(0, 0, 15, 13))
	for i := range m.Pix {
		m.Pix[i] = v
	}
	return m
}

// A profile is found in every form that can carry one, and applied.
func TestProfiles(t *testing.T) {
	m := quarters(64, 48)
	p := swapped()
	var packed bytes.Buffer
	packed.WriteString("swapped\x00\x00")
	z := zlib.NewWriter(&packed)
	z.Write(p)
	z.Close()
	half := len(p) / 2
	second := append([]byte("ICC_PROFILE\x00\x02\x02"), p[half:]...)
	first := append([]byte("ICC_PROFILE\x00\x01\x02"), p[:half]...)
	plain := encodeWebP(t, m)
	see := quarters(64, 48)
	see.Pix[3] = 254 // one pixel that is not opaque: another way through the package
	for form, data := range map[string][]byte{
		"JPEG":             segment(segment(encodeJPEG(t, m), 0xe2, first...), 0xe2, second...), // in the wrong order
		"PNG":              pngChunk(encodePNG(t, m), "iCCP", packed.Bytes()),
		"PNG with alpha":   pngChunk(encodePNG(t, see), "iCCP", packed.Bytes()),
		"WebP":             withVP8X(plain[12:], 1<<5, 64, 48, chunk(nil, "ICCP", p), nil),
		"palette PNG":      pngChunk(encodePNG(t, paletted(m)), "iCCP", packed.Bytes()),
		"JPEG of no order": segment(segment(encodeJPEG(t, m), 0xe2, second...), 0xe2, first...),
	} {
		im := load(t, data)
		if got := corners(t, im.Draw(image.Rectangle{}, 64, 48), 64, 48); got[0] != 'B' || got[2] != 'R' {
			t.Errorf("%s: corners %s, want B?R?", form, got)
		}
		if im.header.Unmanaged() {
			t.Errorf("%s: the profile counts as unusable", form)
		}
	}
	broken := pngChunk(encodePNG(t, m), "iCCP", append([]byte("x\x00\x00"), "not zlib"...))
	if got := corners(t, load(t, broken).Draw(image.Rectangle{}, 64, 48), 64, 48); got != "RGBY" {
		t.Errorf("a broken profile: corners %s", got)
	}
	if h, _ := ReadHeader(flatJPEG(true, 0, 1, 2, 3, 4)); !h.Unmanaged() {
		t.Error("inks without a profile count as sure")
	}
}

func paletted(m *image.NRGBA) *image.Paletted {
	d := image.NewPaletted(m.Rect, color.Palette{
		color.NRGBA{200, 40, 40, 255}, color.NRGBA{40, 160, 40, 255}, color.NRGBA{40, 40, 200, 255}, color.NRGBA{200, 200, 40, 255},
	})
	draw.Draw(d, d.Rect, m, image.Point{}, draw.Src)
	return d
}

// A first frame that fills a part of the canvas keeps its place.
func TestFrameOnCanvas(t *testing.T) {
	frame := encodeWebP(t, quarters(32, 32))
	im := load(t, animation(frame, 32, 16, 32, 32, 64, 48))
	r := im.Draw(image.Rectangle{}, 64, 48)
	if got := at(t, r, 5, 5); !near(got, color.NRGBA{255, 255, 255, 255}, 2) {
		t.Errorf("outside of the frame: %v, want white", got)
	}
	if got := letter(at(t, r, 56, 40)); got != "Y" {
		t.Errorf("the frame's lower right: %s, want Y", got)
	}
	if _, err := Decode(animation(frame, 48, 16, 32, 32, 64, 48), Header{Kind: WebP, Width: 64, Height: 48, Orientation: 1}, nil); !errors.Is(err, ErrBroken) {
		t.Errorf("a frame outside of the canvas: %v", err)
	}
}

// Black and white of a lossy WebP source are black and white again.
func TestLimitedRange(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 32, 16))
	for i := range 32 * 16 {
		v := uint8(255 * (i % 32 / 16))
		m.Pix[4*i], m.Pix[4*i+1], m.Pix[4*i+2], m.Pix[4*i+3] = v, v, v, 255
	}
	im := load(t, encodeWebP(t, m))
	r := im.Draw(image.Rectangle{}, 32, 16)
	if got := at(t, r, 4, 8); !near(got, color.NRGBA{0, 0, 0, 255}, 2) {
		t.Errorf("black came out as %v", got)
	}
	if got := at(t, r, 28, 8); !near(got, color.NRGBA{255, 255, 255, 255}, 2) {
		t.Errorf("white came out as %v", got)
	}
}

func TestTransparencySurvives(t *testing.T) {
	m := quarters(64, 64)
	for y := range 64 {
		for x := range 32 {
			m.Pix[y*m.Stride+4*x+3] = 0
		}
	}
	r := load(t, encodePNG(t, m)).Draw(image.Rectangle{}, 32, 32).Resize(16, 16)
	p := r.Planes()
	if p.A == nil || p.A[3] != 0 || p.A[12] != 255 {
		t.Errorf("alpha is %v", p.A)
	}
	if got := at(t, r, 2, 8); !near(got, color.NRGBA{255, 255, 255, 255}, 2) {
		t.Errorf("transparent came out as %v, want white", got)
	}
}

func TestNoMetadataButTheCredit(t *testing.T) {
	data := segment(encodeJPEG(t, quarters(64, 48)), 0xe1, append([]byte("Exif\x00\x00"), exif(1)...)...)
	out, err := load(t, data).Draw(image.Rectangle{}, 32, 24).JPEG(80)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(out, []byte("Exif")) || bytes.Contains(out, []byte("2024:05:06")) {
		t.Error("metadata of the original is in the copy")
	}
	credited := WithCredit(out, Credit{"Ana <Ruiz> & Co", "CC BY 4.0"})
	if !bytes.Contains(credited, []byte("Ana &lt;Ruiz&gt; &amp; Co")) || !bytes.Contains(credited, []byte("CC BY 4.0")) {
		t.Error("the credit is not in the copy")
	}
	if _, err := jpeg.Decode(bytes.NewReader(credited)); err != nil {
		t.Errorf("the credited copy: %v", err)
	}
	if !bytes.Equal(WithCredit(out, Credit{}), out) {
		t.Error("an empty credit changes the file")
	}
}

func TestMean(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 10, 10))
	for i := range 100 {
		m.SetNRGBA(i%10, i/10, color.NRGBA{uint8(100 + i%2*100), 80, 40, 255})
	}
	got := load(t, encodePNG(t, m)).Draw(image.Rectangle{}, 10, 10).Mean()
	if !near(color.NRGBA(got), color.NRGBA{150, 80, 40, 255}, 2) {
		t.Errorf("got %v, want (150, 80, 40)", got)
	}
}

func TestCost(t *testing.T) {
	photo := encodeJPEG(t, quarters(1000, 1000)) // 4:2:0
	for _, c := range []struct {
		name string
		data []byte
		want int64 // bytes a pixel, times 100
	}{
		{"baseline", photo, 150},
		{"progressive", bytes.Replace(photo, []byte{0xff, 0xc0}, []byte{0xff, 0xc2}, 1), 750},
		{"grey", encodeJPEG(t, image.NewGray(image.Rect(0, 0, 1000, 1000))), 100},
		{"PNG", pngHeader(1000, 1000), 400},
		{"TIFF", tiffRGB(quarters(1000, 1000), 1, false), 400},
		{"WebP", webpOf("VP8 "), 200},
		{"WebP with transparency", webpOf("ALPH", "VP8 "), 700},
		{"WebP without loss", webpOf("VP8L"), 1000},
		{"a GIF", []byte("GIF89a\xe8\x03\xe8\x03\x00\x00\x00;"), 500},
	} {
		h, err := ReadHeader(c.data)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if got := h.Cost() / 10_000; got != c.want {
			t.Errorf("%s: %d/100 bytes a pixel, want %d/100", c.name, got, c.want)
		}
	}
}

// webpOf is the beginning of a WebP of 1,000 × 1,000 with empty chunks.
func webpOf(chunks ...string) []byte {
	b := []byte("RIFF\x64\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x10\x00\x00\x00\xe7\x03\x00\xe7\x03\x00")
	for _, c := range chunks {
		b = append(b, c+"\x00\x00\x00\x00"...)
	}
	return b
}

// No bytes make the decoders panic, hang or give a picture of another size.
func FuzzDecode(f *testing.F) {
	m := quarters(24, 16)
	photo := encodeJPEG(f, m)
	f.Add(photo)
	f.Add(segment(photo, 0xe1, append([]byte("Exif\x00\x00"), exif(6)...)...))
	f.Add(encodePNG(f, m))
	f.Add(pngChunk(encodePNG(f, m), "eXIf", exif(3)))
	f.Add(tiffRGB(m, 8, true))
	f.Add(animation(encodeWebP(f, m), 0, 0, 24, 16, 24, 16))
	f.Add(encodeWebP(f, m))
	f.Add(flatJPEG(true, 2, 180, 90, 60))
	f.Add(flatJPEG(true, 0, 180, 90, 60, 255))
	f.Add([]byte("GIF89a\x10\x00\x10\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x10\x00\x10\x00\x00\x02\x0e\x8c\x8f\xa9\xcb\xed\x0f\xa3\x9c\xb4\xda\x8b\xb3\xde\xbc\xaf\x00;"))
	f.Fuzz(func(t *testing.T, data []byte) {
		h, err := ReadHeader(data)
		if err != nil || h.Width*h.Height > 1<<18 {
			return
		}
		im, err := Decode(data, h, nil)
		if err != nil {
			if !errors.Is(err, ErrBroken) && !errors.Is(err, ErrFormat) {
				t.Errorf("an error of no kind: %v", err)
			}
			return
		}
		out, err := im.Draw(image.Rectangle{}, 7, 5).JPEG(75)
		if err != nil {
			t.Fatal(err)
		}
		if c, err := jpeg.DecodeConfig(bytes.NewReader(out)); err != nil || c.Width != 7 || c.Height != 5 {
			t.Errorf("%v, %v", c, err)
		}
	})
}
