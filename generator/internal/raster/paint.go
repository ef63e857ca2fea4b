package raster

import (
	"encoding/binary"
	"image"
	"math"

	"uccn/generator/internal/pdf/vector"
)

// paint puts a colour on the picture through the mask that the rasterizer has,
// whose corner is at a place of the picture.
func (c *Canvas) paint(at image.Point, colour vector.RGB) {
	c.z.Draw(&c.mask, c.mask.Rect, image.Opaque, image.Point{})
	b, n := c.blend(colour), c.number(colour)
	w := c.mask.Stride
	for y := range c.mask.Rect.Max.Y {
		from := (at.Y+y)*c.w + at.X
		c.row(c.pix[from:from+w:from+w], c.mask.Pix[y*w:(y+1)*w], b, colour, n)
	}
}

// row paints one row. Most of a mask is empty or full: it is read eight pixels
// at a time.
func (c *Canvas) row(pix, mask []uint8, b *blend, colour vector.RGB, n uint8) {
	eight := uint64(n) * 0x0101010101010101
	x := 0
	for ; x+8 <= len(mask); x += 8 {
		switch binary.LittleEndian.Uint64(mask[x:]) {
		case 0:
		case math.MaxUint64:
			binary.LittleEndian.PutUint64(pix[x:], eight)
		default:
			c.few(pix[x:x+8], mask[x:x+8], b, colour)
		}
	}
	c.few(pix[x:], mask[x:], b, colour)
}

func (c *Canvas) few(pix, mask []uint8, b *blend, colour vector.RGB) {
	for i, a := range mask {
		level := (int(a)*levels + 127) / 255
		if level == 0 {
			continue
		}
		under := pix[i]
		n := b[level][under]
		if n == 0 {
			n = uint16(c.number(mix(c.palette[under], colour, c.coarse(level)))) + 1
			b[level][under] = n
		}
		pix[i] = uint8(n - 1)
	}
}

// coarse rounds a coverage to half as many levels, or a quarter, when the picture
// has little room for further colours.
func (c *Canvas) coarse(level int) int {
	switch n := len(c.palette); {
	case n < most/2:
		return level
	case n < most*3/4:
		return (level + 1) / 2 * 2
	}
	return (level + 2) / 4 * 4
}

func (c *Canvas) blend(colour vector.RGB) *blend {
	b := c.blends[colour]
	if b == nil {
		b = &blend{}
		c.blends[colour] = b
	}
	return b
}

// mix returns a colour over another, covering it by so many levels.
func mix(under, over vector.RGB, level int) vector.RGB {
	m := func(u, o uint8) uint8 { return uint8((int(u)*(levels-level) + int(o)*level + levels/2) / levels) }
	return vector.RGB{R: m(under.R, over.R), G: m(under.G, over.G), B: m(under.B, over.B)}
}

// number returns the number of a colour in the picture, or that of the nearest
// one when the picture has as many as it can.
func (c *Canvas) number(k vector.RGB) uint8 {
	if n, found := c.known[k]; found {
		return n
	}
	n := len(c.palette)
	if n < most {
		c.palette = append(c.palette, k)
	} else {
		n = c.nearest(k)
	}
	c.known[k] = uint8(n)
	return uint8(n)
}

func (c *Canvas) nearest(k vector.RGB) int {
	best, least := 0, math.MaxInt
	for i, p := range c.palette {
		r, g, b := int(p.R)-int(k.R), int(p.G)-int(k.G), int(p.B)-int(k.B)
		if d := 2*r*r + 4*g*g + 3*b*b; d < least {
			best, least = i, d
		}
	}
	return best
}
