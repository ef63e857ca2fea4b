package reduced

// The transform of 8 × 8 by the factors of Loeffler, Ligtenberg and Moschytz (ICASSP
// 1989), backwards, first along the rows and then along the columns. It rounds where
// image/jpeg does, so that it makes no difference which of the two decodes a file:
// TestWhole holds them to that.

// Cosines and sines of sixteenths of π, times a power of two: of 12 bits, and of 18
// and 12 with a factor 1/√2. The last two are 1/√2 itself, of 8 and of 14 bits.
const (
	cos1of16, sin1of16         = 4017, 799
	cos3of16, sin3of16         = 3406, 2276
	fineCos6of16, fineSin6of16 = 70936, 171254
	halfCos6of16, halfSin6of16 = 1108, 2676
	halfRoot8, halfRoot14      = 181, 11585
)

// draw8 writes the 8 × 8 pixels of the block.
func (k *block) draw8(to []byte, stride int) {
	for y := range 8 {
		if y == 0 || k.rows>>y&1 != 0 {
			along((*[8]int32)(k.low[8*y:]))
		}
	}
	for x := range 8 {
		down((*[57]int32)(k.low[x:]))
	}
	for y := range 8 {
		row := to[y*stride:][:8:8]
		for x, v := range k.low[8*y:][:8] {
			row[x] = pixel(v)
		}
	}
}

// along transforms a row, to values of 20 bits below the pixel's.
func along(v *[8]int32) {
	// The even frequencies make what is the same on both sides of the middle,
	flat, wave := (v[0]+v[4])<<17, (v[0]-v[4])<<17
	inner, outer := turn(v[2], v[6], fineCos6of16, -fineSin6of16)
	same0, same1, same2, same3 := flat+outer, wave+inner, wave-inner, flat-outer

	// and the odd ones what is opposite.
	sum, diff := (v[1]+v[7])<<7, (v[1]-v[7])<<7
	third, fifth := v[3]*halfRoot8, v[5]*halfRoot8
	other3, other0 := turn((diff+fifth)>>2, (sum+third)>>2, cos3of16, -sin3of16)
	other2, other1 := turn((sum-third)>>2, (diff-fifth)>>2, cos1of16, -sin1of16)

	v[0], v[7] = same0+other0, same0-other0
	v[1], v[6] = same1+other1, same1-other1
	v[2], v[5] = same2+other2, same2-other2
	v[3], v[4] = same3+other3, same3-other3
}

// down transforms a column of rows that are transformed, its values 8 apart, to pixels.
func down(v *[57]int32) {
	first := v[0] + 1<<19 // rounds all of them in the end
	flat, wave := (first+v[32])>>2, (first-v[32])>>2
	inner, outer := turn(v[16]>>13, v[48]>>13, halfCos6of16, -halfSin6of16)
	same0, same1, same2, same3 := flat+outer, wave+inner, wave-inner, flat-outer

	sum, diff := v[8]+v[56], v[8]-v[56]
	third, fifth := v[24]>>13*halfRoot14, v[40]>>13*halfRoot14
	other3, other0 := turn((diff+fifth)>>14, (sum+third)>>14, cos3of16, -sin3of16)
	other2, other1 := turn((sum-third)>>14, (diff-fifth)>>14, cos1of16, -sin1of16)

	v[0], v[56] = (same0+other0)>>18, (same0-other0)>>18
	v[8], v[48] = (same1+other1)>>18, (same1-other1)>>18
	v[16], v[40] = (same2+other2)>>18, (same2-other2)>>18
	v[24], v[32] = (same3+other3)>>18, (same3-other3)>>18
}

// turn turns a pair by an angle with three multiplications: a·cos + b·sin and b·cos − a·sin.
func turn(a, b, cos, sin int32) (int32, int32) {
	both := (a + b) * cos
	return both + b*(sin-cos), both - a*(sin+cos)
}
