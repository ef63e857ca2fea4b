package raster

import (
	"encoding/binary"
	"hash/crc32"
)

// PNG returns the picture as a file, with a palette.
func (c *Canvas) PNG() []byte {
	stride := c.w + 1
	if c.raw == nil {
		c.raw = make([]byte, stride*c.h)
	}
	for y := range c.h {
		copy(c.raw[y*stride+1:], c.pix[y*c.w:(y+1)*c.w]) // after the number of no filter, 0
	}
	var head [13]byte
	binary.BigEndian.PutUint32(head[0:], uint32(c.w))
	binary.BigEndian.PutUint32(head[4:], uint32(c.h))
	head[8], head[9] = 8, 3 // bits to a pixel; with a palette
	palette := make([]byte, 0, 3*most)
	for _, k := range c.palette {
		palette = append(palette, k.R, k.G, k.B)
	}
	c.packed = c.packer.pack(c.packed[:0], c.raw, stride)
	out := make([]byte, 0, len(c.packed)+len(palette)+100)
	out = append(out, "\x89PNG\r\n\x1a\n"...)
	out = chunk(out, "IHDR", head[:])
	out = chunk(out, "PLTE", palette)
	out = chunk(out, "IDAT", c.packed)
	return chunk(out, "IEND", nil)
}

// chunk appends a part of a PNG file.
func chunk(out []byte, name string, data []byte) []byte {
	out = binary.BigEndian.AppendUint32(out, uint32(len(data)))
	at := len(out)
	out = append(append(out, name...), data...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[at:]))
}
