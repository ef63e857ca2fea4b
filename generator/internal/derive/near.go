package derive

import (
	"cmp"
	"math"
	"slices"
)

// earthRadius is the mean radius of the Earth in kilometres (IUGG).
const earthRadius = 6371.0088

// neighbours finds for each member the nearest others, of all and of its own
// field.
func (b *builder) neighbours() {
	all := newTree(b.n.Cities)
	for _, c := range b.n.Cities {
		c.Nearest = all.nearest(c, 5)
	}
	for _, f := range b.n.Fields {
		own := newTree(f.Cities)
		for _, c := range f.Cities {
			c.SameField = own.nearest(c, 5)
		}
	}
}

// tree is a k-d tree (Bentley 1975) over the cities as points on the unit
// sphere, kept as an implicit balanced tree in one slice.
type tree []point

type point struct {
	at   [3]float64
	city *City
}

func newTree(cities []*City) tree {
	t := make(tree, len(cities))
	for i, c := range cities {
		t[i] = point{sphere(c.Location.Lat, c.Location.Lon), c}
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
		return cmp.Or(cmp.Compare(a.at[axis], b.at[axis]), cmp.Compare(a.city.ID, b.city.ID))
	})
	mid := len(t) / 2
	t[:mid].build((axis + 1) % 3)
	t[mid+1:].build((axis + 1) % 3)
}

type found struct {
	chord2 float64 // squared length of the chord through the unit sphere
	city   *City
}

// nearest returns the k cities nearest to c, itself left out, near ones first;
// equally near ones by id.
func (t tree) nearest(c *City, k int) []Neighbour {
	var best []found
	t.search(sphere(c.Location.Lat, c.Location.Lon), c, 0, k, &best)
	out := make([]Neighbour, len(best))
	for i, f := range best {
		angle := 2 * math.Asin(min(1, math.Sqrt(f.chord2)/2))
		out[i] = Neighbour{f.city, int(math.Round(angle * earthRadius))}
	}
	return out
}

func (t tree) search(from [3]float64, self *City, axis, k int, best *[]found) {
	if len(t) == 0 {
		return
	}
	mid := len(t) / 2
	p := t[mid]
	if p.city != self {
		insert(best, found{chord2(from, p.at), p.city}, k)
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
		return cmp.Or(cmp.Compare(a.chord2, b.chord2), cmp.Compare(a.city.ID, b.city.ID))
	})
	if i >= k {
		return
	}
	*best = slices.Insert(*best, i, f)
	if len(*best) > k {
		*best = (*best)[:k]
	}
}
