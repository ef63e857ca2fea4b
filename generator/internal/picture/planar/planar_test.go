package planar

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"testing"

	"github.com/disintegration/imaging"
)

// scene draws something like a photograph: soft areas, edges, fine texture, and no
// colour that RGB cannot say, which would be clipped on one way and not on the other.
func scene(w, h int, ratio image.YCbCrSubsampleRatio) *image.YCbCr {
	m := image.NewYCbCr(image.Rect(0, 0, w, h), ratio)
	for y := range h {
		for x := range w {
			u, v := float64(x)/float64(w), float64(y)/float64(h)
			l := 110 + 40*math.Sin(9*u+3*math.Sin(5*v)) + 15*math.Sin(float64(x)/3)*math.Sin(float64(y)/4)
			if math.Hypot(u-0.6, v-0.4) < 0.2 {
				l += 30
			}
			m.Y[m.YOffset(x, y)] = uint8(l)
			c := m.COffset(x, y)
			m.Cb[c] = uint8(128 + 25*math.Sin(6*u+2*v))
			m.Cr[c] = uint8(128 + 25*math.Cos(4*v-3*u))
		}
	}
	return m
}

// psnr compares the two pictures' luma, in dB, leaving out a rim of pixels.
func psnr(a *image.YCbCr, b image.Image, rim int) float64 {
	var sum float64
	r := a.Rect.Inset(rim)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			c := color.YCbCrModel.Convert(b.At(x, y)).(color.YCbCr)
			d := float64(a.Y[a.YOffset(x, y)]) - float64(c.Y)
			sum += d * d
		}
	}
	return 10 * math.Log10(255*255*float64(r.Dx()*r.Dy())/sum)
}

// The oracle is imaging's Lanczos in RGB.
func TestResizeAgreesWithImaging(t *testing.T) {
	for _, c := range []struct {
		w, h, dw, dh int
		ratio        image.YCbCrSubsampleRatio
	}{
		{1200, 800, 480, 320, image.YCbCrSubsampleRatio420},
		{1201, 803, 479, 321, image.YCbCrSubsampleRatio420},
		{900, 700, 640, 498, image.YCbCrSubsampleRatio444},
		{640, 480, 320, 240, image.YCbCrSubsampleRatio422},
		{500, 701, 320, 449, image.YCbCrSubsampleRatio440},
		{960, 640, 100, 67, image.YCbCrSubsampleRatio411},
	} {
		src := scene(c.w, c.h, c.ratio)
		got := Resize(src, View{}, c.dw, c.dh, image.YCbCrSubsampleRatio420)
		want := imaging.Resize(src, c.dw, c.dh, imaging.Lanczos)
		if db := psnr(got, want, 0); db < 50 {
			t.Errorf("%d×%d %v to %d×%d: %.1f dB, want 50", c.w, c.h, c.ratio, c.dw, c.dh, db)
		}
	}
}

// A chain of resizes is as good as each from the original.
func TestChainAgreesWithImaging(t *testing.T) {
	m := scene(3000, 2000, image.YCbCrSubsampleRatio420)
	original := m
	for _, w := range []int{1920, 1600, 1280, 960, 640, 480, 320} {
		m = Resize(m, View{}, w, w*2/3, image.YCbCrSubsampleRatio420)
		if db := psnr(m, imaging.Resize(original, w, w*2/3, imaging.Lanczos), 0); db < 50 {
			t.Errorf("%d: %.1f dB, want 50", w, db)
		}
	}
}

func TestViews(t *testing.T) {
	src := scene(701, 500, image.YCbCrSubsampleRatio420)
	for name, c := range map[string]struct {
		view View
		want func(image.Image) *image.NRGBA
	}{
		"mirrored":    {View{FlipX: true}, imaging.FlipH},
		"upside down": {View{FlipX: true, FlipY: true}, imaging.Rotate180},
		"flipped":     {View{FlipY: true}, imaging.FlipV},
		"transposed":  {View{Transpose: true}, imaging.Transpose},
		"right":       {View{FlipY: true, Transpose: true}, imaging.Rotate270},
		"transverse":  {View{FlipX: true, FlipY: true, Transpose: true}, imaging.Transverse},
		"left":        {View{FlipX: true, Transpose: true}, imaging.Rotate90},
		"a part": {View{Part: image.Rect(101, 50, 501, 350)}, func(m image.Image) *image.NRGBA {
			return imaging.Crop(m, image.Rect(101, 50, 501, 350))
		}},
		"a part, turned": {View{Part: image.Rect(100, 51, 501, 350), FlipY: true, Transpose: true}, func(m image.Image) *image.NRGBA {
			return imaging.Rotate270(imaging.Crop(m, image.Rect(100, 51, 501, 350)))
		}},
	} {
		t.Run(name, func(t *testing.T) {
			want := c.want(src)
			w, h := want.Rect.Dx()/2, want.Rect.Dy()/2
			want = imaging.Resize(want, w, h, imaging.Lanczos)
			got := Resize(src, c.view, w, h, image.YCbCrSubsampleRatio420)
			if got.Rect != want.Rect {
				t.Fatalf("size %v, want %v", got.Rect, want.Rect)
			}
			if db := psnr(got, want, 2); db < 50 {
				t.Errorf("%.1f dB, want 50", db)
			}
			if off := chromaShift(got, want); off > 1 {
				t.Errorf("chroma is off by %.1f, want 1", off)
			}
		})
	}
}

// chromaShift returns the mean difference of the chroma.
func chromaShift(a *image.YCbCr, b *image.NRGBA) float64 {
	var sum float64
	for y := range a.Rect.Dy() {
		for x := range a.Rect.Dx() {
			c := color.YCbCrModel.Convert(b.At(x, y)).(color.YCbCr)
			o := a.COffset(x, y)
			sum += math.Abs(float64(a.Cb[o])-float64(c.Cb)) + math.Abs(float64(a.Cr[o])-float64(c.Cr))
		}
	}
	return sum / float64(2*a.Rect.Dx()*a.Rect.Dy())
}

// Every size a picture can have or come to, down to a pixel, and flat stays flat.
func TestSmallAndExtreme(t *testing.T) {
	for _, r := range []image.YCbCrSubsampleRatio{
		image.YCbCrSubsampleRatio444, image.YCbCrSubsampleRatio422, image.YCbCrSubsampleRatio420,
		image.YCbCrSubsampleRatio440, image.YCbCrSubsampleRatio411, image.YCbCrSubsampleRatio410,
	} {
		for _, s := range [][4]int{{1, 1, 1, 1}, {2, 3, 1, 1}, {1, 1, 5, 7}, {5000, 1, 320, 1}, {3, 4000, 1, 320}, {17, 9, 16, 8}} {
			m := image.NewYCbCr(image.Rect(0, 0, s[0], s[1]), r)
			for i := range m.Y {
				m.Y[i] = 200
			}
			for i := range m.Cb {
				m.Cb[i], m.Cr[i] = 90, 33
			}
			for _, v := range []View{{}, {FlipX: true, Transpose: true}} {
				got := Resize(m, v, s[2], s[3], image.YCbCrSubsampleRatio420)
				want := fmt.Sprint(200, 90, 33)
				o := got.COffset(s[2]-1, s[3]-1)
				if last := fmt.Sprint(got.Y[got.YOffset(s[2]-1, s[3]-1)], got.Cb[o], got.Cr[o]); last != want {
					t.Errorf("%v %v %v: last pixel %s, want %s", s, r, v, last, want)
				}
			}
		}
	}
}

func BenchmarkResize(b *testing.B) {
	src := scene(4000, 3000, image.YCbCrSubsampleRatio420)
	b.SetBytes(4000 * 3000)
	for b.Loop() {
		Resize(src, View{}, 1920, 1440, image.YCbCrSubsampleRatio420)
	}
}

// BenchmarkOracle is imaging on the same picture, for the ratio.
func BenchmarkOracle(b *testing.B) {
	src := scene(4000, 3000, image.YCbCrSubsampleRatio420)
	b.SetBytes(4000 * 3000)
	for b.Loop() {
		imaging.Resize(src, 1920, 1440, imaging.Lanczos)
	}
}
