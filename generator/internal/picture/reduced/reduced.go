// Package reduced decodes JPEG files (ITU-T T.81) at their size, a half, a quarter or
// an eighth of it. For the smaller ones it transforms of each block of 8 × 8 only the
// lowest frequencies, into 4 × 4, 2 × 2 or 1 pixels, which takes a fraction of the time
// and of the memory. It reads what cameras write: sequential files of 8 bits, grey or in
// luma and chroma, in one scan. All else, and all that is broken, it leaves to
// image/jpeg, which also judges it.
package reduced

import "image"

// Decode decodes a file at one nth of its size, rounded up; n is 1, 2, 4 or 8. It
// returns image.YCbCr or image.Gray, and false for a file that it does not read. At
// its size the pixels are those of image/jpeg. The planes lie in room, if that is large
// enough, else in new memory, one behind the other.
func Decode(data []byte, n int, room []byte) (image.Image, bool) {
	if n != 1 && n != 2 && n != 4 && n != 8 {
		panic("reduced: n is 1, 2, 4 or 8")
	}
	d := decoder{data: data, side: 8 / n, room: room}
	if !d.headers() || !d.scan() {
		return nil, false
	}
	w, h := (d.width+n-1)/n, (d.height+n-1)/n
	if len(d.parts) == 1 {
		p := &d.parts[0]
		return &image.Gray{Pix: p.plane, Stride: p.stride, Rect: image.Rect(0, 0, w, h)}, true
	}
	y, cb, cr := &d.parts[0], &d.parts[1], &d.parts[2]
	ratio := image.YCbCrSubsampleRatio444
	switch {
	case y.h == 2 && y.v == 2:
		ratio = image.YCbCrSubsampleRatio420
	case y.h == 2:
		ratio = image.YCbCrSubsampleRatio422
	case y.v == 2:
		ratio = image.YCbCrSubsampleRatio440
	}
	return &image.YCbCr{Y: y.plane, Cb: cb.plane, Cr: cr.plane, YStride: y.stride, CStride: cb.stride, SubsampleRatio: ratio, Rect: image.Rect(0, 0, w, h)}, true
}

// A decoder reads one file.
type decoder struct {
	data          []byte
	at            int
	side          int // of a block in the result
	width, height int
	parts         []part
	quant         [4][64]int32 // in zigzag order; all 0: not given
	tables        [2][4]*table // of the first and of the other coefficients
	restart       int          // units between two restarts; 0: none
	plain         bool         // Adobe says that its colours are not luma and chroma
	baseline      bool         // it may have but two tables of each kind
	room          []byte       // for the planes
}

// A part is a component: its place among the blocks of a unit, and its plane.
type part struct {
	id     byte
	h, v   int
	quant  int
	dc, ac int
	before int32 // the last first coefficient
	plane  []byte
	stride int
}

func word(b []byte) int { return int(b[0])<<8 | int(b[1]) }

// headers reads the segments up to the scan (annex B).
func (d *decoder) headers() bool {
	if len(d.data) < 4 || d.data[0] != 0xff || d.data[1] != 0xd8 {
		return false
	}
	for d.at = 2; d.at+4 <= len(d.data); {
		marker := d.data[d.at+1]
		if d.data[d.at] != 0xff {
			return false
		}
		if marker == 0xff { // a fill byte
			d.at++
			continue
		}
		n := word(d.data[d.at+2:])
		if n < 2 || d.at+2+n > len(d.data) {
			return false
		}
		body := d.data[d.at+4 : d.at+2+n]
		d.at += 2 + n
		ok := true
		switch {
		case marker == 0xc0 || marker == 0xc1:
			d.baseline = marker == 0xc0
			ok = d.frame(body)
		case marker == 0xc4:
			ok = d.huffman(body)
		case marker == 0xdb:
			ok = d.quantization(body)
		case marker == 0xdd:
			if ok = len(body) == 2; ok {
				d.restart = word(body)
			}
		case marker == 0xee:
			if len(body) >= 12 && string(body[:5]) == "Adobe" {
				d.plain = body[11] == 0
			}
		case marker == 0xda:
			return d.start(body)
		case marker < 0xe0 && marker != 0xc8 || marker > 0xef && marker != 0xfe:
			return false // another process, or what has no place here
		}
		if !ok {
			return false
		}
	}
	return false
}

// frame reads the size and the components.
func (d *decoder) frame(b []byte) bool {
	if d.parts != nil || len(b) < 6 || b[0] != 8 || b[5] != 1 && b[5] != 3 || len(b) != 6+3*int(b[5]) {
		return false
	}
	d.height, d.width = word(b[1:]), word(b[3:])
	if d.width == 0 || d.height == 0 {
		return false
	}
	for c := b[6:]; len(c) > 0; c = c[3:] {
		d.parts = append(d.parts, part{id: c[0], h: int(c[1] >> 4), v: int(c[1] & 15), quant: int(c[2])})
		if c[2] > 3 {
			return false
		}
	}
	if len(d.parts) == 1 { // alone, it has one block to a unit
		d.parts[0].h, d.parts[0].v = 1, 1
		return true
	}
	y, cb, cr := d.parts[0], d.parts[1], d.parts[2]
	return y.id != cb.id && y.id != cr.id && cb.id != cr.id && (y.h == 1 || y.h == 2) && (y.v == 1 || y.v == 2) && cb.h == 1 && cb.v == 1 && cr.h == 1 && cr.v == 1 &&
		!(y.id == 'R' && cb.id == 'G' && cr.id == 'B')
}

func (d *decoder) quantization(b []byte) bool {
	for len(b) > 0 {
		wide, to := b[0]>>4 == 1, b[0]&15
		size := 64
		if wide {
			size = 128
		}
		if b[0]>>4 > 1 || to > 3 || len(b) < 1+size {
			return false
		}
		for i := range 64 {
			if wide {
				d.quant[to][i] = int32(word(b[1+2*i:]))
			} else {
				d.quant[to][i] = int32(b[1+i])
			}
		}
		b = b[1+size:]
	}
	return true
}

func (d *decoder) huffman(b []byte) bool {
	for len(b) > 0 {
		if len(b) < 17 || b[0]>>4 > 1 || b[0]&15 > d.highest() {
			return false
		}
		n := 0
		for _, c := range b[1:17] {
			n += int(c)
		}
		if n == 0 || n > 256 || len(b) < 17+n {
			return false
		}
		t, ok := newTable(b[1:17], b[17:17+n])
		if !ok {
			return false
		}
		d.tables[b[0]>>4][b[0]&15] = t
		b = b[17+n:]
	}
	return true
}

// highest is the highest number of a table of codes.
func (d *decoder) highest() byte {
	if d.baseline {
		return 1
	}
	return 3
}

// start reads the head of the scan, which must be the only one.
func (d *decoder) start(b []byte) bool {
	if d.parts == nil || d.plain && len(d.parts) == 3 || len(b) != 4+2*len(d.parts) || int(b[0]) != len(d.parts) {
		return false
	}
	for i := range d.parts {
		p := &d.parts[i]
		if b[1+2*i] != p.id || b[2+2*i]>>4 > d.highest() || b[2+2*i]&15 > d.highest() {
			return false
		}
		p.dc, p.ac = int(b[2+2*i]>>4), int(b[2+2*i]&15)
		if d.tables[0][p.dc] == nil || d.tables[1][p.ac] == nil || d.quant[p.quant] == [64]int32{} {
			return false
		}
	}
	return true
}

// scan reads the blocks, unit by unit, and transforms them.
func (d *decoder) scan() bool {
	across := (d.width + 8*d.parts[0].h - 1) / (8 * d.parts[0].h)
	down := (d.height + 8*d.parts[0].v - 1) / (8 * d.parts[0].v)
	if !d.planes(across, down) {
		return false
	}
	b := bits{data: d.data, at: d.at}
	blocks := blocks(d.side)
	marker, left := byte(0xd0), d.restart
	for y := range down {
		for x := range across {
			if d.restart > 0 && left == 0 {
				if !b.restart(marker) {
					return false
				}
				for i := range d.parts {
					d.parts[i].before = 0
				}
				marker, left = 0xd0|(marker+1)&7, d.restart
			}
			left--
			for i := range d.parts {
				p := &d.parts[i]
				dc, ac, quant := d.tables[0][p.dc], d.tables[1][p.ac], &d.quant[p.quant]
				for v := range p.v {
					for h := range p.h {
						if !blocks.read(&b, dc, ac, quant, &p.before) {
							return false
						}
						at := ((y*p.v+v)*p.stride + x*p.h + h) * d.side
						blocks.draw(p.plane[at:], p.stride)
					}
				}
			}
		}
	}
	return d.side < 8 || b.ends() // of a whole picture image/jpeg judges what follows
}

// planes makes the planes for so many units, unless there is too little data for them:
// a block takes two bits.
func (d *decoder) planes(across, down int) bool {
	size := 0
	for i := range d.parts {
		p := &d.parts[i]
		p.stride = across * p.h * d.side
		size += p.stride * down * p.v * d.side
	}
	if size/d.side/d.side > 4*(len(d.data)-d.at) {
		return false
	}
	if size > cap(d.room) {
		d.room = make([]byte, size)
	}
	rest := d.room[:size]
	for i := range d.parts {
		p := &d.parts[i]
		n := p.stride * down * p.v * d.side
		p.plane, rest = rest[:n], rest[n:] // the first one reaches on over all of them
	}
	return true
}
