// Package planar resizes photographs in the form in which JPEG holds them: a
// plane of luma and two of chroma, 8 bits each. It never sees red, green and
// blue, and so saves two conversions and half of the samples.
package planar

import (
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

// plane resamples one plane: for each row the source rows it needs are summed
// at full width, which runs along memory, then the sum is resampled across.
func (s scaling) plane(dst []uint8, dstStride int, src []uint8, srcStride int) {
	from, to := 1<<30, 0 // the source columns that are needed at all
	for _, c := range s.columns {
		from, to = min(from, c.start), max(to, c.start+len(c.weight))
	}
	sum := make([]int32, to-from)
	row := make([]uint8, to)
	for y, r := range s.rows {
		down(sum, row[from:], src[r.start*srcStride+from:], srcStride, r.weight)
		across(dst[y*dstStride:][:len(s.columns)], row, s.columns)
	}
}

// down sets row to the weighted sum of as many rows of src as there are
// weights, four at a time; sum is scratch space as long as row.
func down(sum []int32, row []uint8, src []uint8, stride int, weight []int32) {
	n := len(sum)
	row = row[:n]
	clear(sum)
	j := 0
	for ; j+4 <= len(weight); j += 4 {
		a, b := src[j*stride:][:n], src[(j+1)*stride:][:n]
		c, d := src[(j+2)*stride:][:n], src[(j+3)*stride:][:n]
		wa, wb, wc, wd := weight[j], weight[j+1], weight[j+2], weight[j+3]
		for i := range sum {
			sum[i] += int32(a[i])*wa + int32(b[i])*wb + int32(c[i])*wc + int32(d[i])*wd
		}
	}
	for ; j < len(weight); j++ {
		a, wa := src[j*stride:][:n], weight[j]
		for i := range sum {
			sum[i] += int32(a[i]) * wa
		}
	}
	for i, v := range sum {
		row[i] = clamp(v)
	}
}

func across(dst, row []uint8, columns []tap) {
	for x := range dst {
		c := &columns[x]
		weight := c.weight
		from := row[c.start:][:len(weight)]
		var sum int32
		for j, w := range weight {
			sum += int32(from[j]) * w
		}
		dst[x] = clamp(sum)
	}
}

// clamp brings a weighted sum back to 8 bits, rounded.
func clamp(v int32) uint8 {
	v = (v + 1<<(bits-1)) >> bits
	if uint32(v) <= 255 {
		return uint8(v)
	}
	return uint8(^v >> 31) // 0 below, 255 above
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
