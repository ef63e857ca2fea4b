package derive

import (
	"cmp"
	"context"
	"math/bits"
	"slices"

	"uccn/generator/internal/par"
)

// relate gives each practice up to four others that share cities (3 points each),
// goals (2), themes (2) and fields (1) with it; equal ones in hanging order.
//
// Goals, themes and fields are few, and each is shared by a good part of all
// practices. So the points of 64 practices are added up at a time, a word for each
// binary digit.
func relate(all []*Practice) {
	ranked := slices.SortedFunc(slices.Values(all), func(x, y *Practice) int {
		return cmp.Or(byKnown(x.Number, y.Number), cmp.Compare(x.ID, y.ID))
	})
	goals := shares(ranked, func(p *Practice) []*Goal { return p.Goals })
	themes := shares(ranked, func(p *Practice) []*Theme { return p.Themes })
	fields := shares(ranked, func(p *Practice) []*Field { return p.Fields })
	rank := make(map[*Practice]int, len(ranked))
	for i, p := range ranked {
		rank[p] = i
	}
	lots := slices.Collect(slices.Chunk(ranked, 256))
	_, _ = par.Map(context.Background(), lots, func(_ context.Context, lot []*Practice) (none struct{}, _ error) { // which does not fail
		var twos, ones [][]uint64
		var near []int // ranks of practices of the same cities
		for _, p := range lot {
			twos, ones, near = twos[:0], ones[:0], near[:0]
			for _, g := range p.Goals {
				twos = append(twos, goals[g])
			}
			for _, t := range p.Themes {
				twos = append(twos, themes[t])
			}
			for _, f := range p.Fields {
				ones = append(ones, fields[f])
			}
			for _, c := range p.Cities {
				for _, o := range c.Practices {
					near = append(near, rank[o])
				}
			}
			slices.Sort(near)
			for _, b := range best(len(ranked), rank[p], twos, ones, near) {
				p.Related = append(p.Related, ranked[b])
			}
		}
		return none, nil
	})
}

// shares returns for each of what practices have those that have it, as a set of
// bits by rank.
func shares[K comparable](ranked []*Practice, of func(*Practice) []K) map[K][]uint64 {
	out := map[K][]uint64{}
	for i, p := range ranked {
		for _, k := range of(p) {
			set, known := out[k]
			if !known {
				set = make([]uint64, (len(ranked)+63)/64)
				out[k] = set
			}
			set[i/64] |= 1 << (i % 64)
		}
	}
	return out
}

// best returns the ranks of the four with most points, low ranks first among
// equals, of n less one. Who is in one of twos or ones has so many points for it,
// and three for each time in near, which is sorted.
func best(n, without int, twos, ones [][]uint64, near []int) []int {
	const most = 4
	type candidate struct{ rank, points int }
	top := make([]candidate, 0, most+1)
	least := 1 // points that are worth a look
	var c count
	for w := range (n + 63) / 64 {
		c.clear()
		for _, set := range ones {
			c.add(set[w], 0)
		}
		for _, set := range twos {
			c.add(set[w], 1)
		}
		for len(near) > 0 && near[0]/64 == w {
			one := uint64(1) << (near[0] % 64)
			c.add(one, 0)
			c.add(one, 1)
			near = near[1:]
		}
		for found := c.atLeast(least); found != 0; found &= found - 1 {
			bit := bits.TrailingZeros64(found)
			x := candidate{w*64 + bit, c.of(bit)}
			if x.rank == without || x.points < least {
				continue
			}
			at := len(top)
			for at > 0 && x.points > top[at-1].points {
				at--
			}
			top = slices.Insert(top, at, x)
			if len(top) >= most {
				top = top[:most]
				least = top[most-1].points + 1 // later ones have higher ranks
			}
		}
	}
	out := make([]int, len(top))
	for i, x := range top {
		out[i] = x.rank
	}
	return out
}

// A count holds the points of 64 practices: bit i of word k is digit k of those
// of the i-th.
type count struct {
	words [32]uint64
	used  int // the words from here on are zero
}

func (c *count) clear() {
	clear(c.words[:c.used])
	c.used = 0
}

// add adds 1<<digit to the points of each practice in who.
func (c *count) add(who uint64, digit int) {
	for ; who != 0; digit++ {
		w := &c.words[digit]
		*w, who = *w^who, *w&who
		c.used = max(c.used, digit+1)
	}
}

// atLeast returns who has n points or more.
func (c *count) atLeast(n int) uint64 {
	if n >= 1<<c.used {
		return 0
	}
	var more uint64
	equal := ^uint64(0)
	for k, word := range slices.Backward(c.words[:c.used]) {
		if n>>k&1 == 0 {
			more |= equal & word
			equal &^= word
		} else {
			equal &= word
		}
	}
	return more | equal
}

// of returns the points of one.
func (c *count) of(bit int) (points int) {
	for k, word := range c.words[:c.used] {
		points |= int(word>>bit&1) << k
	}
	return points
}
