package reduced

// block is the lowest frequencies of a block, and how they become pixels.
type block struct {
	side int
	keep [64]int8 // by place in zigzag order: where in low; -1: nowhere
	low  [64]int32
	any  bool  // low holds more than its first
	rows uint8 // of 8 × 8: the rows in which there is something, a bit each
}

// blocks returns what reads blocks of a side.
func blocks(side int) *block {
	k := &block{side: side}
	at := 0
	for diagonal := range 15 { // the order of figure 5
		for i := range diagonal + 1 {
			row, column := diagonal-i, i
			if diagonal%2 == 1 {
				row, column = i, diagonal-i
			}
			if row > 7 || column > 7 {
				continue
			}
			k.keep[at] = -1
			if row < side && column < side {
				k.keep[at] = int8(row*side + column)
			}
			at++
		}
	}
	return k
}

// read reads a block (annex F.2.2) and takes back the quantization of what it keeps.
func (k *block) read(b *bits, dc, ac *table, quant *[64]int32, before *int32) bool {
	if k.any {
		k.low, k.any, k.rows = [64]int32{}, false, 0
	}
	b.fill()
	size, ok := dc.next(b)
	if !ok || size > 15 {
		return false
	}
	*before += b.extend(int(size))
	if *before < -1<<15 || *before > 1<<15 {
		return false
	}
	k.low[0] = *before * quant[0]
	for i := 1; i < 64; i++ {
		if b.n < 32 {
			b.fill()
		}
		v, ok := ac.next(b)
		if !ok {
			return false
		}
		size := int(v & 15)
		if size == 0 {
			if v != 0xf0 {
				if v != 0 {
					return false
				}
				break
			}
			i += 15
			continue
		}
		if i += int(v >> 4); i > 63 {
			return false
		}
		c := b.extend(size)
		if to := k.keep[i]; to >= 0 {
			k.low[to], k.any = c*quant[i], true
			k.rows |= 1 << (to >> 3)
		}
	}
	return !b.behind()
}

// draw writes the pixels of the block.
func (k *block) draw(to []byte, stride int) {
	if !k.any {
		v := pixel((k.low[0] + 4) >> 3)
		if k.side == 8 {
			v = pixel((k.low[0]<<17 + 1<<19) >> 20) // the same, but for what no picture has
		}
		for y := range k.side {
			row := to[y*stride:][:k.side]
			for x := range row {
				row[x] = v
			}
		}
		return
	}
	switch k.side {
	case 8:
		k.draw8(to, stride)
	case 4:
		k.draw4(to, stride)
	case 2:
		a, b, c, d := k.low[0]+4, k.low[1], k.low[2], k.low[3]
		to[0], to[1] = pixel((a+b+c+d)>>3), pixel((a-b+c-d)>>3)
		to = to[stride:]
		to[0], to[1] = pixel((a+b-c-d)>>3), pixel((a-b-c+d)>>3)
	}
}

// The cosines of π/8, π/4 and 3π/8, of 4,096.
const (
	cos1 = 3784
	cos2 = 2896
	cos3 = 1567
)

// draw4 is the inverse transform of 4 × 4, in one direction after the other. The
// frequencies of a block of 8 count half as much in one of 4.
func (k *block) draw4(to []byte, stride int) {
	var t [16]int64
	for x := range 4 {
		a, b, c, d := four(int64(k.low[x]), int64(k.low[4+x]), int64(k.low[8+x]), int64(k.low[12+x]))
		t[x], t[4+x], t[8+x], t[12+x] = a, b, c, d
	}
	const half = 1 << 25
	for y := range 4 {
		r := t[4*y : 4*y+4 : 4*y+4]
		a, b, c, d := four(r[0], r[1], r[2], r[3])
		row := to[y*stride:][:4:4]
		row[0], row[1] = pixel(int32((a+half)>>26)), pixel(int32((b+half)>>26))
		row[2], row[3] = pixel(int32((c+half)>>26)), pixel(int32((d+half)>>26))
	}
}

// four is the inverse transform of four values, times 4,096 √2.
func four(a, b, c, d int64) (w, x, y, z int64) {
	even, odd := (a+c)*cos2, (a-c)*cos2
	outer, inner := b*cos1+d*cos3, b*cos3-d*cos1
	return even + outer, odd + inner, odd - inner, even - outer
}

// pixel is a value around 0 as a byte.
func pixel(v int32) byte { return byte(max(0, min(255, v+128))) }
