package derive

import (
	"cmp"
	"math"
	"slices"
	"sync"
)

// earthRadius is the mean radius of the Earth in kilometres (IUGG).
const earthRadius = 6371.0088

// most is how many neighbours a city has.
const most = 5

// Nearest returns the members of the edition that are nearest to c, near ones first, and
// equally near ones by id.
func (n *Network) Nearest(c *City) []Neighbour { return n.near(c, n.places) }

// NearestInField returns the members nearest to c that have its field.
func (n *Network) NearestInField(c *City) []Neighbour { return n.near(c, c.Field.places) }

func (n *Network) near(c *City, places func() tree) []Neighbour {
	var best []found
	if places != nil {
		places().search(sphere(c.Location.Lat, c.Location.Lon), c.ID, 0, most, &best)
	}
	out := make([]Neighbour, len(best))
	for i, f := range best {
		angle := 2 * math.Asin(min(1, math.Sqrt(f.chord2)/2))
		out[i] = Neighbour{n.cities[f.id], int(math.Round(angle * earthRadius))}
	}
	return out
}

// places readies the search for what is near: the first that asks has it made.
func (b *builder) places() {
	memory := b.memory
	of := func(cities []*City) func() tree { return sync.OnceValue(func() tree { return memory.tree(cities) }) }
	b.n.places = of(b.n.Cities)
	for _, f := range b.n.Fields {
		f.places = of(f.Cities)
	}
}

// tree is a k-d tree (Bentley 1975) over spots as points on the unit
// sphere, kept as an implicit balanced tree in one slice.
type tree []point

type point struct {
	at [3]float64
	id string // of the city
}

func newTree(spots []spot) tree {
	t := make(tree, len(spots))
	for i, s := range spots {
		t[i] = point{sphere(s.lat, s.lon), s.id}
	}
	t.build(0)
	return t
}

func sphere(lat, lon float64) [3]float64 {
	la, lo := lat*math.Pi/180, lon*math.Pi/180
	return [3]float64{math.Cos(la) * math.Cos(lo), math.Cos(la) * math.Sin(lo), math.Sin(la)}
}

func (t tree) build(axis int) {
	if len(t) < 2 {
		return
	}
	slices.SortFunc(t, func(a, b point) int {
		return before(a.at[axis], b.at[axis], a.id, b.id)
	})
	mid := len(t) / 2
	t[:mid].build((axis + 1) % 3)
	t[mid+1:].build((axis + 1) % 3)
}

// before orders by a number and then by an id.
func before(a, b float64, aID, bID string) int {
	if c := cmp.Compare(a, b); c != 0 {
		return c
	}
	return cmp.Compare(aID, bID)
}

type found struct {
	chord2 float64 // squared length of the chord through the unit sphere
	id     string
}

// search finds the k points nearest to a place, but for the one with the id self.
func (t tree) search(from [3]float64, self string, axis, k int, best *[]found) {
	if len(t) == 0 {
		return
	}
	mid := len(t) / 2
	p := t[mid]
	if p.id != self {
		insert(best, found{chord2(from, p.at), p.id}, k)
	}
	near, far := t[:mid], t[mid+1:]
	gap := from[axis] - p.at[axis]
	if gap > 0 {
		near, far = far, near
	}
	next := (axis + 1) % 3
	near.search(from, self, next, k, best)
	if len(*best) < k || gap*gap <= (*best)[len(*best)-1].chord2 {
		far.search(from, self, next, k, best)
	}
}

func chord2(a, b [3]float64) float64 {
	x, y, z := a[0]-b[0], a[1]-b[1], a[2]-b[2]
	return x*x + y*y + z*z
}

// insert keeps the k best, in order.
func insert(best *[]found, f found, k int) {
	if n := len(*best); n == k && f.chord2 > (*best)[n-1].chord2 {
		return
	}
	i, _ := slices.BinarySearchFunc(*best, f, func(a, b found) int {
		return before(a.chord2, b.chord2, a.id, b.id)
	})
	if i >= k {
		return
	}
	*best = slices.Insert(*best, i, f)
	if len(*best) > k {
		*best = (*best)[:k]
	}
}
