package plate

// A room is a rectangle on the plan's grid of 8 × 10 squares.
type room struct{ x, y, w, h int }

const square = Width / 8

// plan draws a floor plan: rooms cut from a grid by walls, doors that swing
// into them, a hall with columns, and a lit stair. Latitude gives the thickness
// of the walls, longitude the size of the rooms.
func plan(c *canvas) {
	wall := 8 + 8*c.north
	least := 4 + int(c.east*4)
	rooms := c.cut(room{0, 0, 8, 10}, least)
	hall, stair := largest(rooms), c.random.below(len(rooms))
	if stair == hall {
		stair = (stair + 1) % len(rooms)
	}
	var floor, ground, columns, steps, open, leaf pen
	for i, r := range rooms {
		x, y := float64(r.x*square)+wall/2, float64(r.y*square)+wall/2
		w, h := float64(r.w*square)-wall, float64(r.h*square)-wall
		switch {
		case i == hall:
			floor.rect(x, y, w, h)
			r.columns(&columns, wall)
		case i == stair:
			ground.rect(x, y, w, h)
			treads(&steps, x, y, w, h)
		case c.random.unit() < .62:
			floor.rect(x, y, w, h)
		default:
			ground.rect(x, y, w, h)
		}
		if i != stair {
			c.door(&open, &leaf, r, wall)
		}
	}
	var walls pen
	walls.rect(0, 0, Width, Height)
	c.fill(c.colours.Deep, &walls)
	c.fill(c.colours.Bright, &floor)
	c.fill(c.colours.Solid, &ground)
	c.fill(c.colours.Bright, &open)
	c.fill(c.colours.Deep, &columns)
	c.fill(c.colours.Deep, &leaf)
	c.fill(c.colours.White, &steps)
}

// cut halves a room, across its longer side, until no part is larger than least
// grid squares or could not be cut any more.
func (c *canvas) cut(r room, least int) []room {
	if r.w*r.h <= least || r.w < 4 && r.h < 4 {
		return []room{r}
	}
	if r.w*10 > r.h*9 && r.w >= 4 {
		at := 2 + c.random.below(r.w-3)
		return append(c.cut(room{r.x, r.y, at, r.h}, least), c.cut(room{r.x + at, r.y, r.w - at, r.h}, least)...)
	}
	if r.h < 4 {
		return []room{r}
	}
	at := 2 + c.random.below(r.h-3)
	return append(c.cut(room{r.x, r.y, r.w, at}, least), c.cut(room{r.x, r.y + at, r.w, r.h - at}, least)...)
}

func largest(rooms []room) int {
	best := 0
	for i, r := range rooms {
		if r.w*r.h > rooms[best].w*rooms[best].h {
			best = i
		}
	}
	return best
}

// columns stands a column on every grid crossing inside the room.
func (r room) columns(p *pen, wall float64) {
	for y := 1; y < r.h; y++ {
		for x := 1; x < r.w; x++ {
			p.rect(float64((r.x+x)*square)-wall/2, float64((r.y+y)*square)-wall/2, wall, wall)
		}
	}
}

// treads fills a room with the steps of a stair, across its longer side.
func treads(p *pen, x, y, w, h float64) {
	const n = 9
	for i := range n {
		at := (float64(i) + .18) / n
		if w > h {
			p.rect(x+at*w, y+h*.12, w*.64/n, h*.76)
		} else {
			p.rect(x+w*.12, y+at*h, w*.76, h*.64/n)
		}
	}
}

// door opens the room's upper or left wall towards a neighbour and lets a leaf
// swing into the room. Rooms at the edge of the plan have none there.
func (c *canvas) door(open, leaf *pen, r room, wall float64) {
	const width = square * .62
	x, y := float64(r.x*square), float64(r.y*square)
	if r.y > 0 && (r.x == 0 || c.random.unit() < .6) {
		at := x + wall/2 + 9
		open.rect(at, y-wall/2, width, wall)
		leaf.quarter(at, y+wall/2, width, 1, 1)
		return
	}
	if r.x > 0 {
		at := y + wall/2 + 9
		open.rect(x-wall/2, at, wall, width)
		leaf.quarter(x+wall/2, at, width, 1, 1)
	}
}
