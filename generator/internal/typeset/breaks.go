package typeset

import (
	"slices"

	"uccn/generator/internal/pdf"
)

// This file chooses where the lines of a paragraph end: D. E. Knuth and M. F.
// Plass, "Breaking Paragraphs into Lines", Software: Practice and Experience 11
// (1981). Sums are integers, so the choice is the same on every machine.

// A breakpoint is where a line ends and what the lines up to there cost.
type breakpoint struct {
	at      int // index of the item at which the line ends; -1 before the first
	line    int
	fitness int // how tight the line is: 0 loose to 3 tight
	hyphen  bool
	ratio   int // how much the line's spaces grow, or shrink if negative, of a thousand
	bad     int // badness of the line, 0 to 10,000
	over    Length
	demerit int64
	left    Length // by how much the next line hangs into the margin
	start   sums   // of the items before the next line
	prev    *breakpoint
}

type sums struct{ width, stretch, shrink Length }

// breaker holds the state of one paragraph, and memory for the next.
type breaker struct {
	items  []item
	widths func(line int) Length
	rag    Length // room at the end of each line that may stay empty
	hangs  bool
	pass   pass
	total  sums // of the items up to the one in hand
	active []*breakpoint
	found  []*breakpoint // new at this item
	spare  []*breakpoint
	blocks [][]breakpoint
	used   int
}

// A pass is one attempt: how bad a line may be, and whether words may be divided.
type pass struct {
	tolerance int
	hyphens   bool
}

// breakLines returns the ends of the lines. When no way is good, it tries with
// more tolerance, and at last lets a line be too long; such a line's over says by
// how much. The result lasts until the next call.
func (b *breaker) breakLines(items []item, widths func(line int) Length, rag Length, hangs bool) []*breakpoint {
	b.items, b.widths, b.rag, b.hangs = items, widths, rag, hangs
	for _, b.pass = range []pass{{120, false}, {250, true}, {1500, true}, {10000, true}} {
		end := b.run()
		if end == nil {
			continue
		}
		var out []*breakpoint
		for ; end.prev != nil; end = end.prev {
			out = append(out, end)
		}
		slices.Reverse(out)
		return out
	}
	return nil
}

// add keeps a breakpoint.
func (b *breaker) add(n breakpoint) *breakpoint {
	const size = 256
	if b.used/size == len(b.blocks) {
		b.blocks = append(b.blocks, make([]breakpoint, size))
	}
	p := &b.blocks[b.used/size][b.used%size]
	*p = n
	b.used++
	return p
}

func (b *breaker) run() *breakpoint {
	b.used, b.total = 0, sums{}
	first := breakpoint{at: -1, fitness: 1}
	if b.hangs {
		first.left = b.firstBox(0)
	}
	b.active = append(b.active[:0], b.add(first))
	for i := range b.items {
		it := &b.items[i]
		switch it.kind {
		case box:
			b.total.width += it.width
			continue
		case glue:
			if i > 0 && b.items[i-1].kind == box {
				b.try(i)
			}
		case penalty:
			if it.penalty < never && (b.pass.hyphens || !it.hyphen) {
				b.try(i)
			}
		}
		if len(b.active) == 0 {
			return nil
		}
		if it.kind != penalty {
			b.total.width += it.width
			b.total.stretch += it.stretch
			b.total.shrink += it.shrink
		}
	}
	var best *breakpoint
	for _, a := range b.active {
		if a.at == len(b.items)-1 && (best == nil || a.demerit < best.demerit) {
			best = a
		}
	}
	return best
}

// firstBox returns how far the first box from an item on hangs to the left.
func (b *breaker) firstBox(from int) Length {
	for i := from; i < len(b.items); i++ {
		if b.items[i].kind == box {
			return b.items[i].left
		}
	}
	return 0
}

// try looks at a break after item i from every active breakpoint.
func (b *breaker) try(i int) {
	it := &b.items[i]
	right := Length(0)
	if b.hangs {
		right = it.right
		if it.kind == glue || !it.hyphen {
			right = b.lastBox(i)
		}
	}
	b.found = b.found[:0]
	kept := b.spare[:0]
	desperate := b.pass.tolerance >= 10000
	for n, a := range b.active {
		ratio, bad, over := b.line(a, it, right)
		if over <= 0 && it.penalty != always {
			kept = append(kept, a)
		}
		last := desperate && n == len(b.active)-1 && len(kept) == 0 && len(b.found) == 0
		if over > 0 && !last || over <= 0 && bad > b.pass.tolerance {
			continue
		}
		if !desperate && it.penalty == always && b.stub(a) {
			continue
		}
		if over <= 0 && bad >= 10000 && n > 0 {
			continue // of the hopeless, only the line longest in the making may end
		}
		demerit, fitness := b.price(a, it, ratio, bad, over)
		if n := b.better(fitness, demerit); n != nil {
			*n = breakpoint{at: i, line: a.line + 1, fitness: fitness, hyphen: it.hyphen, ratio: ratio, bad: bad, over: over, demerit: demerit, prev: a}
		}
	}
	if len(b.found) > 0 {
		start, left := b.after(i), Length(0)
		if b.hangs {
			left = b.firstBox(i + 1)
		}
		for _, f := range b.found {
			f.start, f.left = start, left
		}
	}
	if desperate {
		kept = b.lessHopeless(kept)
	}
	b.spare = b.active
	b.active = append(kept, b.found...)
}

// lessHopeless drops a hopeless breakpoint for which a later one has been found. It
// keeps the last attempt from growing with the square of the text.
func (b *breaker) lessHopeless(kept []*breakpoint) []*breakpoint {
	for _, f := range b.found {
		if f.bad < 10000 {
			continue
		}
		kept = slices.DeleteFunc(kept, func(k *breakpoint) bool { return k.bad >= 10000 && k.prev == f.prev })
	}
	return kept
}

func (b *breaker) lastBox(i int) Length {
	for i--; i >= 0; i-- {
		if b.items[i].kind == box {
			return b.items[i].right
		}
	}
	return 0
}

// line returns how a line from a to the item it would look: how much its spaces
// change, its badness from 0 to 10,000, and by how much it is too long.
func (b *breaker) line(a *breakpoint, it *item, right Length) (ratio, bad int, over Length) {
	want := b.widths(a.line) + a.left + right
	have := b.total.width - a.start.width
	if it.kind == penalty {
		have += it.width
	}
	if have <= want {
		return badness(want-have, b.total.stretch-a.start.stretch+b.rag)
	}
	shrink := b.total.shrink - a.start.shrink
	if have-want > shrink {
		return -1000, 10000, have - want - shrink
	}
	ratio, bad, _ = badness(have-want, shrink)
	return -ratio, bad, 0
}

// badness returns how much a stretch of by is of the room, and a hundred times
// the cube of that.
func badness(by, room Length) (ratio, bad int, over Length) {
	switch {
	case by == 0:
		return 0, 0, 0
	case room <= 0:
		room = pdf.Pt / 10
	}
	r := int64(by) * 1000 / int64(room)
	if r > 4600 {
		return int(min(r, 1e7)), 10000, 0
	}
	return int(r), int(r * r * r / 10_000_000), 0
}

// price returns what the lines up to a break cost, and how tight the last is.
func (b *breaker) price(a *breakpoint, it *item, ratio, bad int, over Length) (demerit int64, fitness int) {
	switch {
	case ratio < -500:
		fitness = 3
	case ratio <= 500:
		fitness = 2
	case ratio <= 1000:
		fitness = 1
	}
	price := int64(10 + bad)
	d := price * price
	if p := int64(it.penalty); p > 0 {
		d = (price + p) * (price + p)
	} else if p > always {
		d -= p * p
	}
	switch {
	case over > 0:
		d += int64(over) * int64(over)
	case bad >= 10000: // of hopeless lines, the less hopeless
		d += int64(ratio) * int64(ratio) / 100
	}
	if it.hyphen && a.hyphen {
		d += 10000
	}
	if it.penalty == always {
		if a.hyphen {
			d += 5000 // the last line but one ends in a hyphen
			if b.stub(a) {
				d += 1 << 40
			}
		}
		if short := b.total.width - a.start.width; short < b.widths(a.line)/8 && a.prev != nil {
			d += 20000 // a last line of one short word
		}
	}
	if fitness-a.fitness > 1 || a.fitness-fitness > 1 {
		d += 10000
	}
	return a.demerit + d, fitness
}

// stub says whether a last line from a breakpoint on would be the end of a divided
// word and nothing else, and short.
func (b *breaker) stub(a *breakpoint) bool {
	if !a.hyphen || b.total.width-a.start.width > b.widths(a.line)/6 {
		return false
	}
	for i := a.at + 1; i < len(b.items); i++ {
		if it := &b.items[i]; it.kind == glue && len(it.pieces) > 0 {
			return false
		}
	}
	return true
}

// better returns where to put a breakpoint of this tightness, or nil when one at
// least as good is there. All lines but the first are of one width, so how many
// there are does not matter.
func (b *breaker) better(fitness int, demerit int64) *breakpoint {
	for _, f := range b.found {
		if f.fitness == fitness {
			if demerit < f.demerit {
				return f
			}
			return nil
		}
	}
	b.found = append(b.found, b.add(breakpoint{}))
	return b.found[len(b.found)-1]
}

// after returns the sums from which the next line counts: past what a line end
// swallows.
func (b *breaker) after(i int) sums {
	s := b.total
	for k := i; k < len(b.items); k++ {
		it := &b.items[k]
		if it.kind == box || it.kind == hard || it.kind == penalty && it.penalty == always && k > i {
			break
		}
		if it.kind == glue {
			s.width += it.width
			s.stretch += it.stretch
			s.shrink += it.shrink
		}
	}
	return s
}
