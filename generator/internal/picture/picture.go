// Package picture reads pictures of the forms that people have, makes smaller
// ones of them, upright and in sRGB, and writes these. Photographs stay in the
// planes of luma and chroma in which they were stored; what has transparency, a
// palette or 16 bits goes through disintegration/imaging. It knows files as
// bytes only and never carries metadata from one to the other.
package picture

import (
	"fmt"
	"image"
	"image/color"

	"github.com/disintegration/imaging"

	"uccn/generator/internal/picture/icc"
	"uccn/generator/internal/picture/planar"
)

// An Image is a decoded picture, as it was stored.
type Image struct {
	header Header
	planes *image.YCbCr // of a photograph
	pixels *image.NRGBA // of all else; nil when there are planes
	// limited says that the planes have video's range, 16 to 235, as WebP has it.
	limited bool
	room    []byte         // all of the planes, if they lie in one
	profile *icc.Transform // to sRGB; nil when there is nothing to do
}

// A Raster is a picture upright, in sRGB and ready to be written or made smaller.
type Raster struct {
	planes *image.YCbCr // 4:2:0, full range
	pixels *image.NRGBA // with transparency; nil when there are planes
}

// Room returns the memory in which the picture was drawn, for the next one, or nil. The
// picture and what was drawn of it must be done with.
func (im *Image) Room() []byte { return im.room }

// Size returns the picture's size in pixels, upright.
func (im *Image) Size() (w, h int) { return im.header.Size() }

// Draw returns the part of the picture, in upright coordinates, with w × h
// pixels. An empty part is all of it.
func (im *Image) Draw(part image.Rectangle, w, h int) *Raster {
	fw, fh := im.header.Size()
	all := image.Rect(0, 0, fw, fh)
	if part.Empty() {
		part = all
	}
	part = part.Intersect(all)
	if part.Empty() || w < 1 || h < 1 {
		panic(fmt.Sprintf("picture: draw %v of %v with %d×%d pixels", part, all, w, h))
	}
	v := view(im.header, part)
	if im.planes != nil {
		return &Raster{planes: im.drawPlanes(v, w, h)}
	}
	return im.drawPixels(v, w, h)
}

func (im *Image) drawPlanes(v planar.View, w, h int) *image.YCbCr {
	ratio := image.YCbCrSubsampleRatio420
	if im.profile != nil {
		ratio = image.YCbCrSubsampleRatio444 // colours are converted pixel by pixel
	}
	if b := im.planes.Rect; im.profile == nil && !im.limited && im.planes.SubsampleRatio == ratio && b.Min == (image.Point{}) &&
		v == (planar.View{Part: b}) && b.Max == image.Pt(w, h) {
		return im.planes // as it is; nobody changes a raster
	}
	m := planar.Resize(im.planes, v, w, h, ratio)
	if im.limited {
		stretch(m)
	}
	if im.profile == nil {
		return m
	}
	for i, y := range m.Y {
		r, g, b := color.YCbCrToRGB(y, m.Cb[i], m.Cr[i])
		m.Y[i], m.Cb[i], m.Cr[i] = color.RGBToYCbCr(im.profile.RGB(r, g, b))
	}
	return planar.Resize(m, planar.View{}, w, h, image.YCbCrSubsampleRatio420)
}

func (im *Image) drawPixels(v planar.View, w, h int) *Raster {
	m := im.pixels
	if v.Part != m.Rect {
		m = imaging.Crop(m, v.Part)
	}
	if v.Transpose {
		w, h = h, w
	}
	m = imaging.Resize(m, w, h, imaging.Lanczos)
	if v.FlipX {
		m = imaging.FlipH(m)
	}
	if v.FlipY {
		m = imaging.FlipV(m)
	}
	if v.Transpose {
		m = imaging.Transpose(m)
	}
	if im.profile != nil {
		for i := 0; i < len(m.Pix); i += 4 {
			p := m.Pix[i : i+3 : i+3]
			p[0], p[1], p[2] = im.profile.RGB(p[0], p[1], p[2])
		}
	}
	if m.Opaque() {
		return &Raster{planes: toPlanes(m)}
	}
	return &Raster{pixels: m}
}

// view translates a part in upright coordinates to the stored picture: the
// orientations are flips, then for 5 to 8 an exchange of rows and columns.
func view(h Header, part image.Rectangle) planar.View {
	v := planar.View{
		FlipX:     h.Orientation == 2 || h.Orientation == 3 || h.Orientation == 7 || h.Orientation == 8,
		FlipY:     h.Orientation == 3 || h.Orientation == 4 || h.Orientation == 6 || h.Orientation == 7,
		Transpose: h.Orientation >= 5,
	}
	if v.Transpose {
		part = image.Rect(part.Min.Y, part.Min.X, part.Max.Y, part.Max.X)
	}
	if v.FlipX {
		part.Min.X, part.Max.X = h.Width-part.Max.X, h.Width-part.Min.X
	}
	if v.FlipY {
		part.Min.Y, part.Max.Y = h.Height-part.Max.Y, h.Height-part.Min.Y
	}
	v.Part = part
	return v
}

// Size returns the raster's size in pixels.
func (r *Raster) Size() (w, h int) {
	if r.planes != nil {
		return r.planes.Rect.Dx(), r.planes.Rect.Dy()
	}
	return r.pixels.Rect.Dx(), r.pixels.Rect.Dy()
}

// Resize returns the raster with w × h pixels.
func (r *Raster) Resize(w, h int) *Raster {
	rw, rh := r.Size()
	return r.Draw(image.Rect(0, 0, rw, rh), w, h)
}

// Draw returns the part of the raster with w × h pixels.
func (r *Raster) Draw(part image.Rectangle, w, h int) *Raster {
	rw, rh := r.Size()
	whole := part == image.Rect(0, 0, rw, rh)
	if whole && rw == w && rh == h {
		return r
	}
	if r.planes != nil {
		return &Raster{planes: planar.Resize(r.planes, planar.View{Part: part}, w, h, image.YCbCrSubsampleRatio420)}
	}
	m := r.pixels
	if !whole {
		m = imaging.Crop(m, part)
	}
	return &Raster{pixels: imaging.Resize(m, w, h, imaging.Lanczos)}
}

// Mean returns the average colour; what is transparent counts as white.
func (r *Raster) Mean() color.RGBA {
	m := r.flat()
	luma, cb, cr := mean(m.Y), mean(m.Cb), mean(m.Cr)
	red, green, blue := color.YCbCrToRGB(luma, cb, cr)
	return color.RGBA{red, green, blue, 255}
}

func mean(plane []uint8) uint8 {
	sum := 0
	for _, v := range plane {
		sum += int(v)
	}
	return uint8((sum + len(plane)/2) / len(plane))
}

// Planes returns the raster as planes for a WebP encoder: 4:2:0, full range; A
// is nil when nothing is transparent.
func (r *Raster) Planes() *image.NYCbCrA {
	if r.planes != nil {
		return &image.NYCbCrA{YCbCr: *r.planes}
	}
	m := &image.NYCbCrA{YCbCr: *toPlanes(r.pixels)}
	m.AStride = r.pixels.Rect.Dx()
	m.A = make([]uint8, m.AStride*r.pixels.Rect.Dy())
	for i := range m.A {
		m.A[i] = r.pixels.Pix[4*i+3]
	}
	return m
}

// flat returns the raster as planes, over white where it is transparent.
func (r *Raster) flat() *image.YCbCr {
	if r.planes != nil {
		return r.planes
	}
	m := image.NewNRGBA(r.pixels.Rect)
	for i := 0; i < len(m.Pix); i += 4 {
		p, q := m.Pix[i:i+4:i+4], r.pixels.Pix[i:i+4:i+4]
		a := int(q[3])
		for c := range 3 {
			p[c] = uint8((int(q[c])*a + 255*(255-a) + 127) / 255)
		}
		p[3] = 255
	}
	return toPlanes(m)
}

// toPlanes converts to 4:2:0, whatever the transparency; the chroma of four
// pixels is their average, weighted by how much each can be seen.
func toPlanes(m *image.NRGBA) *image.YCbCr {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	d := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	for y := 0; y < h; y += 2 {
		for x := 0; x < w; x += 2 {
			var cb, cr, seen int
			for j := y; j < min(y+2, h); j++ {
				for i := x; i < min(x+2, w); i++ {
					p := m.Pix[j*m.Stride+4*i:][:4:4]
					luma, b, r := color.RGBToYCbCr(p[0], p[1], p[2])
					d.Y[j*d.YStride+i] = luma
					weight := int(p[3]) + 1
					cb, cr, seen = cb+int(b)*weight, cr+int(r)*weight, seen+weight
				}
			}
			at := y/2*d.CStride + x/2
			d.Cb[at], d.Cr[at] = uint8((cb+seen/2)/seen), uint8((cr+seen/2)/seen)
		}
	}
	return d
}

// stretch brings planes from video's range (ITU-R BT.601: luma 16 to 235,
// chroma 16 to 240) to JPEG's full range. Go's WebP decoder hands the former out
// as if it were the latter (golang/go#40173).
func stretch(m *image.YCbCr) {
	var luma, chroma [256]uint8
	for i := range 256 {
		luma[i] = uint8(max(0, min(255, (2*(i-16)*255+219)/(2*219))))
		chroma[i] = uint8(max(0, min(255, 128+roundDiv((i-128)*255, 224))))
	}
	for i, v := range m.Y {
		m.Y[i] = luma[v]
	}
	for i := range m.Cb {
		m.Cb[i], m.Cr[i] = chroma[m.Cb[i]], chroma[m.Cr[i]]
	}
}

// roundDiv is a/b rounded to the nearest, for b > 0.
func roundDiv(a, b int) int {
	if a < 0 {
		return -((-a + b/2) / b)
	}
	return (a + b/2) / b
}
