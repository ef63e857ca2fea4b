package reduced

import "encoding/binary"

// bits reads the entropy-coded data (annex F.2.2): the next bits are the highest
// of acc. Behind the data come zeros, and over is how many of them were taken.
type bits struct {
	data []byte
	at   int
	acc  uint64
	n    int // bits in acc
	zero int // of them, zeros from behind the data
}

// fill brings at least 32 bits into acc.
func (b *bits) fill() {
	for b.n <= 32 {
		if b.at+4 <= len(b.data) {
			v := binary.BigEndian.Uint32(b.data[b.at:])
			if (^v-0x01010101)&v&0x80808080 == 0 { // none of the four bytes is ff
				b.acc |= uint64(v) << (32 - b.n)
				b.n += 32
				b.at += 4
				continue
			}
		}
		b.fillByte()
	}
}

// fillByte takes one byte; ff stands for itself with 0 behind it, and else begins
// what ends the data.
func (b *bits) fillByte() {
	v := uint64(0)
	switch {
	case b.at >= len(b.data) || b.data[b.at] == 0xff && (b.at+1 == len(b.data) || b.data[b.at+1] != 0):
		b.zero += 8
	case b.data[b.at] == 0xff:
		v = 0xff
		b.at += 2
	default:
		v = uint64(b.data[b.at])
		b.at++
	}
	b.acc |= v << (56 - b.n)
	b.n += 8
}

// drop takes bits that are in acc.
func (b *bits) drop(n int) {
	b.acc <<= n
	b.n -= n
}

// extend takes a number of size bits (figure F.12); there are as many in acc.
func (b *bits) extend(size int) int32 {
	if size == 0 {
		return 0
	}
	v := int32(b.acc >> (64 - size))
	b.drop(size)
	if v < 1<<(size-1) {
		v += -1<<size + 1
	}
	return v
}

// behind says whether bits from behind the data have been taken.
func (b *bits) behind() bool { return b.n < b.zero }

// ends says whether the data ends the picture.
func (b *bits) ends() bool {
	return b.n-b.zero < 8 && b.at+2 <= len(b.data) && b.data[b.at] == 0xff && b.data[b.at+1] == 0xd9
}

// restart passes over a marker at which coding begins anew.
func (b *bits) restart(marker byte) bool {
	if b.behind() || b.n-b.zero >= 8 {
		return false
	}
	b.acc, b.n, b.zero = 0, 0, 0
	for b.at+1 < len(b.data) && b.data[b.at] == 0xff && b.data[b.at+1] == 0xff {
		b.at++
	}
	if b.at+2 > len(b.data) || b.data[b.at] != 0xff || b.data[b.at+1] != marker {
		return false
	}
	b.at += 2
	return true
}

// quick is how many bits of a code are looked up at once.
const quick = 10

// A table is a Huffman code (annex C).
type table struct {
	short  [1 << quick]uint16 // by the next bits: the value, and above it the length; 0: longer
	limits [17]int32          // by length: one more than its last code, aligned to 16 bits
	first  [17]int32          // by length: index of its first value, less its first code
	values [256]byte
}

func newTable(counts, values []byte) (*table, bool) {
	t := &table{}
	copy(t.values[:], values)
	code, index := int32(0), int32(0)
	for length := 1; length <= 16; length++ {
		n := int32(counts[length-1])
		if code+n > 1<<length {
			return nil, false
		}
		t.first[length] = index - code
		if length <= quick {
			for i := range n {
				entry := uint16(length)<<8 | uint16(values[index+i])
				from := (code + i) << (quick - length)
				for k := range int32(1) << (quick - length) {
					t.short[from+k] = entry
				}
			}
		}
		code, index = code+n, index+n
		t.limits[length] = code << (16 - length)
		code <<= 1
	}
	return t, true
}

// next takes the next value; acc holds at least 16 bits. ok is false for a code
// that there is not.
func (t *table) next(b *bits) (value byte, ok bool) {
	if e := t.short[b.acc>>(64-quick)]; e != 0 {
		b.drop(int(e >> 8))
		return byte(e), true
	}
	code := int32(b.acc >> 48)
	for length := quick + 1; length <= 16; length++ {
		if code < t.limits[length] {
			b.drop(length)
			return t.values[byte(t.first[length]+code>>(16-length))], true
		}
	}
	return 0, false
}
