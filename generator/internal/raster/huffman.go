package raster

import (
	"cmp"
	"math/bits"
	"slices"
)

// A code is a prefix code: for each symbol its bits, the first bit lowest, and
// how many; 0 for a symbol that does not occur.
type code struct {
	bits    []uint32
	lengths []uint8
}

// newCode returns the best code for symbols that occur so often (Huffman, 1952),
// none longer than most bits.
func newCode(counts []int, most uint8) code {
	c := code{make([]uint32, len(counts)), make([]uint8, len(counts))}
	counts = slices.Clone(counts)
	for !c.measure(counts, most) {
		for i, n := range counts {
			counts[i] = (n + 1) / 2 // the rare come nearer to the frequent
		}
	}
	c.number()
	return c
}

// measure finds the lengths of the code. It says whether they are short enough.
func (c code) measure(counts []int, most uint8) bool {
	type node struct{ count, left, right int } // left and right are -1 in a leaf
	var nodes []node
	var symbols, open []int
	for s, n := range counts {
		if n > 0 {
			symbols, open = append(symbols, s), append(open, len(nodes))
			nodes = append(nodes, node{n, -1, -1})
		}
	}
	if len(symbols) == 1 { // a code needs a bit
		c.lengths[symbols[0]] = 1
		return true
	}
	rarest := func(a, b int) int { return cmp.Or(cmp.Compare(nodes[a].count, nodes[b].count), cmp.Compare(a, b)) }
	slices.SortFunc(open, rarest)
	var joined []int // in the order of their making, which is that of their counts
	next := func() int {
		from := &open
		if len(open) == 0 || len(joined) > 0 && rarest(joined[0], open[0]) < 0 {
			from = &joined
		}
		n := (*from)[0]
		*from = (*from)[1:]
		return n
	}
	for range len(symbols) - 1 {
		a, b := next(), next()
		joined = append(joined, len(nodes))
		nodes = append(nodes, node{nodes[a].count + nodes[b].count, a, b})
	}
	depth := make([]uint8, len(nodes))
	for i := len(nodes) - 1; i >= len(symbols); i-- {
		depth[nodes[i].left], depth[nodes[i].right] = depth[i]+1, depth[i]+1
	}
	for i, s := range symbols {
		c.lengths[s] = depth[i]
		if depth[i] > most {
			return false
		}
	}
	return true
}

// number gives out the bits: shorter codes first, then by symbol (RFC 1951,
// 3.2.2).
func (c code) number() {
	next := uint32(0)
	for n := uint8(1); n <= 15; n++ {
		next <<= 1
		for s, l := range c.lengths {
			if l == n {
				c.bits[s] = bits.Reverse32(next) >> (32 - n)
				next++
			}
		}
	}
}

// used returns how many symbols there are without the last ones that do not
// occur, and at least as many as least.
func (c code) used(least int) int {
	n := len(c.lengths)
	for n > least && c.lengths[n-1] == 0 {
		n--
	}
	return n
}
