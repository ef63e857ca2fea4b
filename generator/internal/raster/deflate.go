package raster

import (
	"encoding/binary"
	"hash/adler32"
	"math/bits"
)

// The limits of DEFLATE (RFC 1951).
const (
	shortest = 4 // RFC 1951 allows 3, which seldom pays
	longest  = 258
	furthest = 32768
	window   = 15 // bits of the table of hashes
)

// A packer compresses pictures in the zlib format (RFC 1950, RFC 1951). It looks
// for what it has seen only where it is in a picture of flat areas: one pixel
// before, one row above, and at the last place with the same four bytes. That
// makes it several times as fast as a search through all of the past, and what
// it writes is no longer.
type packer struct {
	tokens []uint32
	seen   [1 << window]int32
	out    bitWriter
}

// A token is a literal, or a match: its length above 16 bits of distance - 1.
const match = 1 << 31

// pack appends the compressed data to dst; stride is the length of a row.
func (p *packer) pack(dst, data []byte, stride int) []byte {
	p.find(data, stride)
	p.out = bitWriter{b: append(dst, 0x78, 0x01)} // a window of 32 kB, fast
	p.block()
	return binary.BigEndian.AppendUint32(p.out.end(), adler32.Checksum(data))
}

// find divides the data into tokens.
func (p *packer) find(data []byte, stride int) {
	p.tokens = p.tokens[:0]
	clear(p.seen[:])
	last := len(data) - 8
	i := 0
	for i <= last {
		n, distance := 0, 0
		if i > 0 {
			n, distance = same(data, i, 1), 1
		}
		if i >= stride && stride <= furthest && n < longest {
			if k := same(data, i, stride); k > n {
				n, distance = k, stride
			}
		}
		h := binary.LittleEndian.Uint32(data[i:]) * 0x9e3779b1 >> (32 - window)
		if n < 32 {
			if at := i - int(p.seen[h]-1); p.seen[h] > 0 && at <= furthest {
				if k := same(data, i, at); k > n+1 {
					n, distance = k, at
				}
			}
		}
		p.seen[h] = int32(i + 1)
		if n < shortest {
			p.tokens = append(p.tokens, uint32(data[i]))
			i++
			continue
		}
		p.tokens = append(p.tokens, match|uint32(n)<<16|uint32(distance-1))
		i += n
	}
	for ; i < len(data); i++ {
		p.tokens = append(p.tokens, uint32(data[i]))
	}
}

// same returns how many bytes from i on equal those so far before them, up to
// the longest match. It may leave out the last eight bytes of the data.
func same(data []byte, i, distance int) int {
	n, most := 0, min(longest, len(data)-i)
	for n+8 <= most {
		d := binary.LittleEndian.Uint64(data[i+n:]) ^ binary.LittleEndian.Uint64(data[i+n-distance:])
		if d != 0 {
			return n + bits.TrailingZeros64(d)/8
		}
		n += 8
	}
	for n < most && data[i+n] == data[i+n-distance] {
		n++
	}
	return n
}

// block writes all tokens as one block with codes made for them.
func (p *packer) block() {
	var letters [286]int
	var distances [30]int
	for _, t := range p.tokens {
		if t&match == 0 {
			letters[t]++
			continue
		}
		l, _, _ := lengthCode(int(t >> 16 & 0x1ff))
		d, _, _ := distanceCode(int(t&0xffff) + 1)
		letters[l]++
		distances[d]++
	}
	letters[256]++ // the end
	l, d := newCode(letters[:], 15), newCode(distances[:], 15)
	w := &p.out
	w.put(1|2<<1, 3) // the last block; codes of its own
	w.codes(l, d)
	for _, t := range p.tokens {
		if t&match == 0 {
			w.put(l.bits[t], l.lengths[t])
			continue
		}
		c, extra, n := lengthCode(int(t >> 16 & 0x1ff))
		w.put(l.bits[c], l.lengths[c])
		w.put(extra, n)
		c, extra, n = distanceCode(int(t&0xffff) + 1)
		w.put(d.bits[c], d.lengths[c])
		w.put(extra, n)
	}
	w.put(l.bits[256], l.lengths[256])
}

// lengthCode returns the code of a match's length and its extra bits.
func lengthCode(n int) (code int, extra uint32, size uint8) {
	n -= 3
	switch {
	case n == longest-3:
		return 285, 0, 0
	case n < 8:
		return 257 + n, 0, 0
	}
	size = uint8(bits.Len(uint(n)) - 3)
	return 257 + 4*int(size) + n>>size, uint32(n & (1<<size - 1)), size
}

// distanceCode returns the code of a distance and its extra bits.
func distanceCode(n int) (code int, extra uint32, size uint8) {
	n--
	if n < 4 {
		return n, 0, 0
	}
	size = uint8(bits.Len(uint(n)) - 2)
	return 2*int(size) + n>>size, uint32(n & (1<<size - 1)), size
}

// codes writes the lengths of two codes, themselves in a code.
func (w *bitWriter) codes(l, d code) {
	nl, nd := l.used(257), d.used(1)
	runs := runLengths(append(append([]uint8{}, l.lengths[:nl]...), d.lengths[:nd]...))
	var counts [19]int
	for _, r := range runs {
		counts[r.symbol]++
	}
	c := newCode(counts[:], 7)
	order := [19]int{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}
	n := len(order)
	for n > 4 && c.lengths[order[n-1]] == 0 {
		n--
	}
	w.put(uint32(nl-257), 5)
	w.put(uint32(nd-1), 5)
	w.put(uint32(n-4), 4)
	for _, o := range order[:n] {
		w.put(uint32(c.lengths[o]), 3)
	}
	for _, r := range runs {
		w.put(c.bits[r.symbol], c.lengths[r.symbol])
		w.put(r.extra, r.size)
	}
}

// A runLength is a length of a code, or how often one is repeated.
type runLength struct {
	symbol int
	extra  uint32
	size   uint8
}

func runLengths(lengths []uint8) []runLength {
	var out []runLength
	for i := 0; i < len(lengths); {
		n := 1
		for i+n < len(lengths) && lengths[i+n] == lengths[i] {
			n++
		}
		switch {
		case lengths[i] == 0 && n >= 11:
			n = min(n, 138)
			out = append(out, runLength{18, uint32(n - 11), 7})
		case lengths[i] == 0 && n >= 3:
			out = append(out, runLength{17, uint32(n - 3), 3})
		case n >= 4:
			n = min(n, 7)
			out = append(out, runLength{int(lengths[i]), 0, 0}, runLength{16, uint32(n - 4), 2})
		default:
			n = 1
			out = append(out, runLength{int(lengths[i]), 0, 0})
		}
		i += n
	}
	return out
}

// A bitWriter writes bits, the lowest first.
type bitWriter struct {
	b    []byte
	bits uint64
	n    uint8
}

func (w *bitWriter) put(v uint32, n uint8) {
	w.bits |= uint64(v) << w.n
	w.n += n
	for w.n >= 32 {
		w.b = binary.LittleEndian.AppendUint32(w.b, uint32(w.bits))
		w.bits >>= 32
		w.n -= 32
	}
}

func (w *bitWriter) end() []byte {
	for w.n > 0 {
		w.b = append(w.b, byte(w.bits))
		w.bits >>= 8
		w.n -= min(w.n, 8)
	}
	return w.b
}
