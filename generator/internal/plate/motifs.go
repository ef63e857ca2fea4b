package plate

import "math"

// weave draws warp and weft: a twill whose step comes from the longitude and
// whose run comes from the latitude, with a few accent threads.
func weave(c *canvas) {
	n := 8 + c.random.below(3)*2
	cell := float64(Width) / float64(n)
	rows := int(math.Ceil(Height / cell))
	step, run := 1+int(c.east*3.99), 1+int(c.north*2.99)
	period := step + run + 1
	gap := cell * .1
	accent := c.random.below(rows)
	var warp, weft, lit pen
	for y := range rows {
		for x := range n {
			left, top := float64(x)*cell, float64(y)*cell
			if (x*run+y*step)%period <= run/2+period/4 {
				warp.rect(left+gap, top-gap, cell-2*gap, cell+2*gap)
				continue
			}
			thread := &weft
			if y == accent || y == (accent+period)%rows || (x+y*3)%(period*3) == 0 {
				thread = &lit
			}
			thread.rect(left-gap, top+gap, cell+2*gap, cell-2*gap)
		}
	}
	c.fill(c.colours.Bright, &weft)
	c.fill(c.colours.Deep, &warp)
	c.fill(c.colours.White, &lit)
}

// discs draws a construction of quarter discs, half discs and bars on a grid of
// four by five.
func discs(c *canvas) {
	const cell = Width / 4
	var p [3]pen
	for y := range 5 {
		for x := range 4 {
			left, top := float64(x)*cell, float64(y)*cell
			k := c.random.below(3)
			if k == 2 && c.random.unit() < .45 { // white stays the accent
				k = 0
			}
			switch c.random.below(7) {
			case 0:
				p[k].quarter(left, top, cell, 1, 1)
			case 1:
				p[k].quarter(left+cell, top, cell, -1, 1)
			case 2:
				p[k].quarter(left+cell, top+cell, cell, -1, -1)
			case 3:
				p[k].quarter(left, top+cell, cell, 1, -1)
			case 4:
				p[k].half(left+cell/2, top+cell*.75, cell/2, true)
			case 5:
				p[k].rect(left, top, cell/2, cell)
			}
		}
	}
	for k, colour := range c.three() {
		c.fill(colour, &p[k])
	}
}

// frames draws eighteen frames of a strip crossed by one disc, as in an early
// motion study; one frame is lit. Longitude gives phase and frequency, latitude
// size and amplitude.
func frames(c *canvas) {
	const cols, rows, gutter = 3, 6, 7.
	w, h := float64(Width)/cols, float64(Height)/rows
	phase := c.east * 2 * math.Pi
	radius := math.Round(h*(.18+.12*c.north)*10) / 10
	lit := c.random.below(cols * rows)
	var strip, figure, light, shade pen
	for i := range cols * rows {
		x, y := float64(i%cols)*w+gutter, float64(i/cols)*h+gutter
		t := float64(i) / (cols*rows - 1)
		fx := x + radius + (w-2*gutter-2*radius)*(.5+.5*math.Cos(phase+t*math.Pi*(1+2*c.north)))
		fy := y + radius + (h-2*gutter-2*radius)*(.5-.5*math.Sin(t*math.Pi*(1+math.Round(c.east*3))+phase/2))
		if i == lit {
			light.rect(x, y, w-2*gutter, h-2*gutter)
			shade.disc(fx, fy, radius)
			continue
		}
		strip.rect(x, y, w-2*gutter, h-2*gutter)
		figure.disc(fx, fy, radius)
	}
	c.fill(c.colours.Deep, &strip)
	c.fill(c.colours.Bright, &figure)
	c.fill(c.colours.White, &light)
	c.fill(c.colours.Solid, &shade)
}

// lines draws a page of measured lines with paragraphs and one lit sentence.
// Latitude gives the weight of the lines, longitude the length of the words.
func lines(c *canvas) {
	const margin = 28.
	n := 17 + c.random.below(5)
	pitch := float64(Height) / float64(n)
	bar := pitch * (.42 + .16*c.north)
	paragraph := 3 + c.random.below(4)
	lit := 2 + c.random.below(n-5)
	var text, dark, light pen
	for i := range n {
		y := float64(i)*pitch + (pitch-bar)/2
		x, end := margin, Width-margin
		if i%paragraph == 0 {
			x += 36
		}
		if i%paragraph == paragraph-1 {
			end = margin + (Width-2*margin)*(.25+.5*c.random.unit())
		}
		for x < end-6 {
			w := min(10+c.random.unit()*(34+50*c.east), end-x)
			word := &text
			if i == lit || i == lit+1 && x < Width/2 {
				word = &light
			} else if c.random.unit() < .13 {
				word = &dark
			}
			word.rect(x, y, w, bar)
			x += w + 7
		}
	}
	c.fill(c.colours.Bright, &text)
	c.fill(c.colours.Deep, &dark)
	c.fill(c.colours.White, &light)
}

// waves draws strings with standing waves; the two harmonics are latitude and
// longitude, and one string is lit.
func waves(c *canvas) {
	const n = 15
	lit := 3 + c.random.below(n-6)
	for i := range n {
		colour, weight := c.colours.Bright, 2.5+4*math.Abs(math.Sin(float64(i)*.7+c.north*5))
		switch {
		case i == lit:
			colour, weight = c.colours.White, 9
		case i%4 == 1:
			colour, weight = c.colours.Deep, 11
		}
		var p pen
		c.wave(&p, i, n)
		c.stroke(colour, weight, &p)
	}
}

// wave writes string i of n, from a little left of the frame to a little right.
func (c *canvas) wave(p *pen, i, n int) {
	const steps = 26
	first, second := 1+math.Round(c.north*4), 2+math.Round(c.east*5)
	rank := float64(i) / float64(n-1)
	rest := 30 + rank*(Height-60)
	swell := math.Exp(-math.Pow((rank-(.35+.3*c.random.unit()))*2.1, 2))
	point := func(s int) (float64, float64) {
		x := -10 + float64(s)*(Width+20)/steps
		u := x / Width
		return x, rest - swell*math.Sin(math.Pi*clamp(u))*
			(34*math.Sin(2*math.Pi*first*u+float64(i)*.42+c.east*6)+20*math.Sin(2*math.Pi*second*u-float64(i)*.31))
	}
	px, py := point(0)
	p.move(px, py)
	for s := 1; s <= steps; s++ {
		x, y := point(s)
		mx, my := (px+x)/2, (py+y)/2
		if s == steps {
			mx, my = x, y
		}
		p.curve(px, py, mx, my)
		px, py = x, y
	}
}

// bars draws upright bars of many widths, one of them lit: the plate of a
// pattern that is not known.
func bars(c *canvas) {
	var p [3]pen
	lit := 2 + c.random.below(4)
	x := 24 + 20*c.east
	for i := 0; x < Width-20; i++ {
		w := min(12+c.random.unit()*(26+40*c.north), Width-20-x)
		k := 0
		switch {
		case i == lit:
			k = 2
		case c.random.unit() < .3:
			k = 1
		}
		p[k].rect(x, 0, w, Height)
		x += w + 10
	}
	for k, colour := range c.three() {
		c.fill(colour, &p[k])
	}
}
