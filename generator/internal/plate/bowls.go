package plate

import "math"

type bowl struct{ x, y, r float64 }

// bowls draws a table from above: bowls packed without touching. The name packs
// them, latitude turns their colours.
func bowls(c *canvas) {
	packed := c.pack()
	turn := int(c.north * 9)
	for layer := range 3 {
		var p [3]pen
		for i, b := range packed {
			k := (i + turn + layer) % 3
			switch {
			case layer == 0:
				p[k].disc(b.x, b.y, b.r)
			case layer == 1 && b.r > 24:
				p[k].half(b.x, b.y, b.r*.72, i%2 == 0)
			case layer == 2 && b.r > 50:
				p[k].disc(b.x, b.y, b.r*.3)
			}
		}
		for k, colour := range c.three() {
			c.fill(colour, &p[k])
		}
	}
}

// pack throws bowls of shrinking size and keeps those that touch no other.
func (c *canvas) pack() []bowl {
	var kept []bowl
	for try := 0; try < 900 && len(kept) < 34; try++ {
		b := bowl{c.random.unit() * Width, c.random.unit() * Height, max(13, 96*math.Pow(.974, float64(try)/3))}
		free := true
		for _, o := range kept {
			if math.Hypot(b.x-o.x, b.y-o.y) < b.r+o.r+7 {
				free = false
				break
			}
		}
		if free {
			kept = append(kept, b)
		}
	}
	return kept
}
