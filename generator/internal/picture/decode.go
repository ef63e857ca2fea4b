package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"

	"github.com/disintegration/imaging"
	"golang.org/x/image/tiff"
	"golang.org/x/image/webp"

	"uccn/generator/internal/picture/icc"
	"uccn/generator/internal/picture/planar"
	"uccn/generator/internal/picture/reduced"
)

// maxScans is how many passes a progressive JPEG may have: each runs over the
// whole picture however few bytes it takes.
const maxScans = 200

// Decode decodes a picture whose header was read before. Most photographs are drawn
// in room, if that is large enough: nothing else may use it as long as the picture is in
// use. Its errors wrap ErrFormat or ErrBroken.
func Decode(data []byte, h Header, room []byte) (im *Image, err error) {
	defer func() {
		if r := recover(); r != nil { // a decoder stumbled over hostile bytes
			im, err = nil, fmt.Errorf("%w: %v", ErrBroken, r)
		}
	}()
	if h.Kind == JPEG {
		if m, ok := reduced.Decode(data, 1, room); ok {
			if im, err = imageOf(m, h); err == nil {
				im.room = im.planes.Y[:cap(im.planes.Y)]
			}
			return im, err
		}
	}
	m, err := decode(data, h)
	if err != nil {
		return nil, err
	}
	return imageOf(m, h)
}

// Reduced decodes a picture at one nth of its size, rounded up; n is 2, 4 or 8. Of
// most photographs only what is needed for that is computed; other pictures are those
// that whole returns, made smaller. Its errors are those of Decode.
func Reduced(data []byte, h Header, n int, whole func() (*Image, error)) (*Image, error) {
	small := h
	small.Width, small.Height = (h.Width+n-1)/n, (h.Height+n-1)/n
	if h.Kind == JPEG {
		if m, ok := reduced.Decode(data, n, nil); ok {
			return imageOf(m, small)
		}
	}
	im, err := whole()
	if err != nil {
		return nil, err
	}
	out := &Image{header: small, limited: im.limited, profile: im.profile}
	if im.planes != nil {
		out.planes = planar.Resize(im.planes, planar.View{}, small.Width, small.Height, image.YCbCrSubsampleRatio420)
	} else {
		out.pixels = imaging.Resize(im.pixels, small.Width, small.Height, imaging.Lanczos)
	}
	return out, nil
}

// imageOf takes over what a decoder gave.
func imageOf(m image.Image, h Header) (im *Image, err error) {
	if b := m.Bounds(); b.Dx() != h.Width || b.Dy() != h.Height {
		return nil, fmt.Errorf("%w: %d × %d pixels, its header says %d × %d", ErrBroken, b.Dx(), b.Dy(), h.Width, h.Height)
	}
	im = &Image{header: h}
	if profile, err := icc.New(h.Profile); err == nil && profile.Inks() == h.CMYK && !profile.Identity() {
		im.profile = profile
	}
	switch m := m.(type) {
	case *image.YCbCr:
		im.planes, im.limited = m, h.Kind == WebP
	case *image.Gray:
		im.planes, im.profile = grey(m), nil // a profile of grey is near enough to sRGB's
	case *image.CMYK:
		im.pixels, im.profile = inks(m, im.profile), nil
	default:
		im.pixels, err = toPixels(m)
	}
	return im, err
}

func decode(data []byte, h Header) (m image.Image, err error) {
	r := bytes.NewReader(data)
	switch h.Kind {
	case JPEG:
		if h.progressive && bytes.Count(data, []byte{0xff, 0xda}) > maxScans {
			return nil, fmt.Errorf("%w: a JPEG in more than %d passes", ErrBroken, maxScans)
		}
		m, err = jpeg.Decode(r)
	case PNG:
		m, err = png.Decode(r)
	case GIF:
		m, err = gif.Decode(r)
	case TIFF:
		m, err = tiff.Decode(r)
	case WebP:
		still, x, y, animated := stillWebP(data)
		if !animated {
			m, err = webp.Decode(r)
			break
		}
		if m, err = webp.Decode(bytes.NewReader(still)); err == nil {
			return place(m, x, y, h)
		}
	}
	if err != nil {
		return nil, unreadable(err)
	}
	if h.Kind == GIF {
		return place(m, m.Bounds().Min.X, m.Bounds().Min.Y, h)
	}
	return m, nil
}

// place puts a frame at its place on an empty canvas, when it does not fill it.
func place(m image.Image, x, y int, h Header) (image.Image, error) {
	canvas := image.Rect(0, 0, h.Width, h.Height)
	at := image.Rect(x, y, x+m.Bounds().Dx(), y+m.Bounds().Dy())
	if at == canvas {
		return m, nil
	}
	if !at.In(canvas) {
		return nil, fmt.Errorf("%w: its first frame lies outside of it", ErrBroken)
	}
	if photo, ok := m.(*image.YCbCr); ok {
		stretch(photo)
	}
	frame, err := toPixels(m)
	if err != nil {
		return nil, err
	}
	return imaging.Paste(image.NewNRGBA(canvas), frame, at.Min), nil
}

// grey returns a picture without colour as planes.
func grey(m *image.Gray) *image.YCbCr {
	d := &image.YCbCr{Y: m.Pix, YStride: m.Stride, Rect: m.Rect, SubsampleRatio: image.YCbCrSubsampleRatio420}
	d.CStride = (m.Rect.Max.X+1)/2 - m.Rect.Min.X/2
	d.Cb = bytes.Repeat([]byte{128}, d.CStride*((m.Rect.Max.Y+1)/2-m.Rect.Min.Y/2))
	d.Cr = d.Cb
	return d
}

// inks converts printing inks to sRGB by their profile, or as if each ink took
// away its part of the light.
func inks(m *image.CMYK, profile *icc.Transform) *image.NRGBA {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	d := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		from, to := m.Pix[y*m.Stride:][:4*w], d.Pix[y*d.Stride:][:4*w]
		for i := 0; i < len(to); i += 4 {
			c, p := from[i:i+4:i+4], to[i:i+4:i+4]
			if profile != nil {
				p[0], p[1], p[2] = profile.CMYK(c[0], c[1], c[2], c[3])
			} else {
				p[0], p[1], p[2] = color.CMYKToRGB(c[0], c[1], c[2], c[3])
			}
			p[3] = 255
		}
	}
	return d
}

// toPixels converts what a decoder gave. A palette is resolved here and not by
// imaging, which does so on a goroutine of its own, where an index outside of
// the palette ends the process (CVE-2023-36308).
func toPixels(m image.Image) (*image.NRGBA, error) {
	switch m := m.(type) {
	case *image.Paletted:
		return resolve(m)
	case *image.NYCbCrA: // only WebP has it
		stretch(&m.YCbCr)
		d := image.NewNRGBA(image.Rect(0, 0, m.Rect.Dx(), m.Rect.Dy()))
		for y := range d.Rect.Dy() {
			for x := range d.Rect.Dx() {
				d.SetNRGBA(x, y, nrgba(m, x+m.Rect.Min.X, y+m.Rect.Min.Y))
			}
		}
		return d, nil
	case *image.NRGBA64:
		return narrow(m.Pix, m.Stride, m.Rect, false), nil
	case *image.RGBA64:
		return narrow(m.Pix, m.Stride, m.Rect, true), nil
	case *image.NRGBA:
		if m.Rect.Min == (image.Point{}) && m.Stride == 4*m.Rect.Dx() {
			return m, nil
		}
	case *image.RGBA: // without transparency it is the same, and large
		if m.Rect.Min == (image.Point{}) && m.Stride == 4*m.Rect.Dx() && m.Opaque() {
			return &image.NRGBA{Pix: m.Pix, Stride: m.Stride, Rect: m.Rect}, nil
		}
	}
	return imaging.Clone(m), nil
}

// narrow brings pixels of 4 × 16 bits to 8 in their own place, since such pictures are
// large. It divides by the opacity what was multiplied by it.
func narrow(pix []byte, stride int, r image.Rectangle, multiplied bool) *image.NRGBA {
	w, h := r.Dx(), r.Dy()
	for y := range h {
		from, to := pix[y*stride:][:8*w], pix[4*w*y:][:4*w]
		for i := range w {
			p := from[8*i:][:8:8]
			alpha := uint32(p[6])<<8 | uint32(p[7])
			for c := range 3 {
				v := uint32(p[2*c])<<8 | uint32(p[2*c+1])
				switch a := alpha >> 8; {
				case multiplied && a == 0:
					v = 0
				case multiplied && a < 255:
					v = min(v*0xffff/alpha, 0xffff)
				}
				to[4*i+c] = byte(v >> 8)
			}
			to[4*i+3] = byte(alpha >> 8)
		}
	}
	return &image.NRGBA{Pix: pix[: 4*w*h : 4*w*h], Stride: 4 * w, Rect: image.Rect(0, 0, w, h)}
}

func nrgba(m *image.NYCbCrA, x, y int) color.NRGBA {
	at := m.COffset(x, y)
	r, g, b := color.YCbCrToRGB(m.Y[m.YOffset(x, y)], m.Cb[at], m.Cr[at])
	return color.NRGBA{r, g, b, m.A[m.AOffset(x, y)]}
}

func resolve(m *image.Paletted) (*image.NRGBA, error) {
	var palette [256]color.NRGBA
	for i, c := range m.Palette[:min(256, len(m.Palette))] {
		palette[i] = color.NRGBAModel.Convert(c).(color.NRGBA)
	}
	w, h := m.Rect.Dx(), m.Rect.Dy()
	d := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x, index := range m.Pix[y*m.Stride:][:w] {
			if int(index) >= len(m.Palette) {
				return nil, fmt.Errorf("%w: colour %d of a palette of %d", ErrBroken, index, len(m.Palette))
			}
			d.SetNRGBA(x, y, palette[index])
		}
	}
	return d, nil
}
