package reduced

// The transform of 8 × 8 in the steps, and with the roundings, of image/jpeg, so that
// it makes no difference which of the two decodes a file. It is that of Loeffler,
// Ligtenberg and Moschytz (ICASSP 1989) run backwards; why no step overflows is
// written there. Copyright 2025 The Go Authors, BSD-3-Clause.

// Cosines and sines, as integers of so many bits.
const (
	c3x12  = 3406 // cos 3π/16
	s3x12  = 2276
	c1x12  = 4017 // cos π/16
	s1x12  = 799
	c6x18  = 70936 // cos 6π/16 / √2
	s6x18  = 171254
	c6x12  = 1108
	s6x12  = 2676
	half8  = 181 // 1/√2
	half14 = 11585
)

// draw8 writes the 8 × 8 pixels of the block.
func (k *block) draw8(to []byte, stride int) {
	b := &k.low
	for y := range 8 {
		if y == 0 || k.rows>>y&1 != 0 {
			row8((*[8]int32)(b[8*y:]))
		}
	}
	for x := range 8 {
		column8((*[57]int32)(b[x:]))
	}
	for y := range 8 {
		from, row := (*[8]int32)(b[8*y:]), to[y*stride:][:8:8]
		for x, v := range from {
			row[x] = pixel(v)
		}
	}
}

// row8 transforms a row.
func row8(x *[8]int32) {
	x0, x7, x2, x5, x1, x6, x3, x4 := x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7]
	x0 <<= 17
	x1 <<= 17
	x0, x1 = x0+x1, x0-x1
	x2, x3 = turn(x2, x3, c6x18, -s6x18)
	x1, x2 = x1+x2, x1-x2
	x0, x3 = x0+x3, x0-x3

	x4 <<= 7
	x7 <<= 7
	x7, x4 = x7+x4, x7-x4
	x6 *= half8
	x5 *= half8
	x7, x5 = x7+x5, x7-x5
	x4, x6 = x4+x6, x4-x6
	x4, x7 = turn(x4>>2, x7>>2, c3x12, -s3x12)
	x5, x6 = turn(x5>>2, x6>>2, c1x12, -s1x12)

	x[0], x[7] = x0+x7, x0-x7
	x[1], x[6] = x1+x6, x1-x6
	x[2], x[5] = x2+x5, x2-x5
	x[3], x[4] = x3+x4, x3-x4
}

// column8 transforms a column, whose values are 8 apart.
func column8(x *[57]int32) {
	x0, x7, x2, x5, x1, x6, x3, x4 := x[0], x[8], x[16], x[24], x[32], x[40], x[48], x[56]
	x0 += 1 << 19 // rounds all of them in the end
	x0, x1 = (x0+x1)>>2, (x0-x1)>>2
	x2, x3 = turn(x2>>13, x3>>13, c6x12, -s6x12)
	x1, x2 = x1+x2, x1-x2
	x0, x3 = x0+x3, x0-x3

	x7, x4 = x7+x4, x7-x4
	x5 = (x5 >> 13) * half14
	x6 = (x6 >> 13) * half14
	x7, x5 = x7+x5, x7-x5
	x4, x6 = x4+x6, x4-x6
	x4, x7 = turn(x4>>14, x7>>14, c3x12, -s3x12)
	x5, x6 = turn(x5>>14, x6>>14, c1x12, -s1x12)

	x[0], x[56] = (x0+x7)>>18, (x0-x7)>>18
	x[8], x[48] = (x1+x6)>>18, (x1-x6)>>18
	x[16], x[40] = (x2+x5)>>18, (x2-x5)>>18
	x[24], x[32] = (x3+x4)>>18, (x3-x4)>>18
}

// turn turns and scales a pair with three multiplications.
func turn(a, b, cos, sin int32) (int32, int32) {
	sum := cos * (a + b)
	return sum + (sin-cos)*b, sum - (cos+sin)*a
}
