// Package planar resizes photographs in the form in which JPEG holds them: a
// plane of luma and two of chroma, 8 bits each. It never sees red, green and
// blue, and so saves two conversions and half of the samples.
package planar

import (
	"encoding/binary"
	"image"
)

// A View is what is wanted of a picture: a part of it, and which way round.
type View struct {
	Part      image.Rectangle // in the stored picture; empty: all of it
	FlipX     bool            // mirrored left to right
	FlipY     bool            // mirrored top to bottom
	Transpose bool            // rows become columns, after the flips
}

// Resize returns the view of src with w × h pixels, resampled with Lanczos3 in
// fixed point, its chroma at the given ratio (4:2:0 or 4:4:4). Chroma samples
// keep their place between the pixels, whatever the sizes and flips.
func Resize(src *image.YCbCr, v View, w, h int, ratio image.YCbCrSubsampleRatio) *image.YCbCr {
	b := src.Rect
	part := v.Part.Intersect(b)
	if v.Part.Empty() {
		part = b
	}
	part = part.Sub(b.Min)
	rw, rh := w, h
	if v.Transpose {
		rw, rh = h, w
	}
	dst := image.NewYCbCr(image.Rect(0, 0, rw, rh), ratio)
	sx, sy := steps(src.SubsampleRatio)
	dx, dy := steps(ratio)
	luma := scaling{
		weights(rw, float64(rw), line{part.Min.X, part.Max.X, 1, v.FlipX, b.Dx()}),
		weights(rh, float64(rh), line{part.Min.Y, part.Max.Y, 1, v.FlipY, b.Dy()}),
	}
	chroma := scaling{
		weights(up(rw, dx), float64(rw)/float64(dx), line{part.Min.X, part.Max.X, sx, v.FlipX, up(b.Dx(), sx)}),
		weights(up(rh, dy), float64(rh)/float64(dy), line{part.Min.Y, part.Max.Y, sy, v.FlipY, up(b.Dy(), sy)}),
	}
	luma.plane(dst.Y, dst.YStride, src.Y[src.YOffset(b.Min.X, b.Min.Y):], src.YStride)
	at := src.COffset(b.Min.X, b.Min.Y)
	chroma.plane(dst.Cb, dst.CStride, src.Cb[at:], src.CStride)
	chroma.plane(dst.Cr, dst.CStride, src.Cr[at:], src.CStride)
	if v.Transpose {
		return transpose(dst)
	}
	return dst
}

// steps returns how many pixels a chroma sample covers each way.
func steps(r image.YCbCrSubsampleRatio) (x, y int) {
	switch r {
	case image.YCbCrSubsampleRatio422:
		return 2, 1
	case image.YCbCrSubsampleRatio420:
		return 2, 2
	case image.YCbCrSubsampleRatio440:
		return 1, 2
	case image.YCbCrSubsampleRatio411:
		return 4, 1
	case image.YCbCrSubsampleRatio410:
		return 4, 2
	}
	return 1, 1
}

// up is a/b rounded up.
func up(a, b int) int { return (a + b - 1) / b }

// scaling is how the columns and the rows of a plane are made from others.
type scaling struct{ columns, rows []tap }

// plane resamples one plane, two rows of the result at a time: the source rows
// that each needs are summed at full width, which runs along memory, then both
// sums are resampled across together.
//
// Two sums share 64 bits, 32 each. Multiplying both by one signed weight is one
// multiplication; what the lower lends from the upper is given back in the end.
func (s scaling) plane(dst []uint8, dstStride int, src []uint8, srcStride int) {
	from, to := 1<<30, 0 // the source columns that are needed at all
	for _, c := range s.columns {
		from, to = min(from, c.start), max(to, c.start+len(c.weight))
	}
	pairs := make([]int64, to)
	for y := 0; y < len(s.rows); y += 2 {
		r := s.rows[y]
		down(pairs[from:], src[r.start*srcStride+from:], srcStride, r.weight, 0)
		upper := dst[y*dstStride:][:len(s.columns)]
		lower := upper // of an odd last row, written twice
		if y+1 < len(s.rows) {
			r = s.rows[y+1]
			down(pairs[from:], src[r.start*srcStride+from:], srcStride, r.weight, 32)
			lower = dst[(y+1)*dstStride:][:len(s.columns)]
		}
		across(upper, lower, pairs, s.columns)
	}
}

// down sums as many rows of src as there are weights and puts the sums into the
// lower (shift 0) or the upper (shift 32) half of the pairs.
func down(pairs []int64, src []uint8, stride int, weight []int64, shift uint) {
	if shift == 0 {
		clear(pairs)
	}
	const lanes = 0x000000ff_000000ff // samples i and i+4 of eight
	n, i := len(pairs), 0
	for ; i+8 <= n; i += 8 {
		var a, b, c, d int64
		at := i
		for _, w := range weight {
			v := binary.LittleEndian.Uint64(src[at : at+8])
			a += int64(v&lanes) * w
			b += int64(v>>8&lanes) * w
			c += int64(v>>16&lanes) * w
			d += int64(v>>24&lanes) * w
			at += stride
		}
		p := pairs[i : i+8 : i+8]
		p[0] |= low(a) << shift
		p[1] |= low(b) << shift
		p[2] |= low(c) << shift
		p[3] |= low(d) << shift
		p[4] |= high(a) << shift
		p[5] |= high(b) << shift
		p[6] |= high(c) << shift
		p[7] |= high(d) << shift
	}
	for ; i < n; i++ {
		var sum int64
		for j, w := range weight {
			sum += int64(src[j*stride+i]) * w
		}
		pairs[i] |= low(sum) << shift
	}
}

// across resamples the lower halves of the pairs into one row and the upper ones
// into another.
func across(upper, lower []uint8, pairs []int64, columns []tap) {
	for x, c := range columns {
		from := pairs[c.start:][:len(c.weight)]
		weight := c.weight
		var sum int64
		for len(weight) >= 4 && len(from) >= 4 {
			sum += from[0]*weight[0] + from[1]*weight[1] + from[2]*weight[2] + from[3]*weight[3]
			from, weight = from[4:], weight[4:]
		}
		for j, w := range weight {
			sum += from[j] * w
		}
		lower[x] = uint8(high(sum))
		upper[x] = uint8(low(sum))
	}
}

// low and high round a sum of 32 bits back to 8.
func low(sum int64) int64  { return clamp(int32(sum)) }
func high(sum int64) int64 { return clamp(int32((sum - int64(int32(sum))) >> 32)) }

// clamp brings a weighted sum back to 8 bits, rounded.
func clamp(v int32) int64 {
	v = (v + 1<<(bits-1)) >> bits
	if uint32(v) <= 255 {
		return int64(v)
	}
	return int64(uint8(^v >> 31)) // 0 below, 255 above
}

// transpose swaps rows and columns of a picture whose ratio is the same both ways.
func transpose(m *image.YCbCr) *image.YCbCr {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	t := image.NewYCbCr(image.Rect(0, 0, h, w), m.SubsampleRatio)
	dx, dy := steps(m.SubsampleRatio)
	turn(t.Y, t.YStride, m.Y, m.YStride, w, h)
	turn(t.Cb, t.CStride, m.Cb, m.CStride, up(w, dx), up(h, dy))
	turn(t.Cr, t.CStride, m.Cr, m.CStride, up(w, dx), up(h, dy))
	return t
}

// turn transposes a plane of w × h in blocks that fit the cache.
func turn(dst []uint8, dstStride int, src []uint8, srcStride, w, h int) {
	const block = 32
	for by := 0; by < h; by += block {
		for bx := 0; bx < w; bx += block {
			for y := by; y < min(by+block, h); y++ {
				for x := bx; x < min(bx+block, w); x++ {
					dst[x*dstStride+y] = src[y*srcStride+x]
				}
			}
		}
	}
}
