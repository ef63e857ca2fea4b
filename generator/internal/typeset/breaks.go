package typeset

import "uccn/generator/internal/pdf"

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
	over    Length
	demerit int64
	left    Length // by how much the next line hangs into the margin
	start   sums   // of the items before the next line
	prev    *breakpoint
}

type sums struct{ width, stretch, shrink Length }

// breaker holds the state of one paragraph.
type breaker struct {
	items  []item
	widths func(line int) Length
	rag    Length // room at the end of each line that may stay empty
	total  sums   // of the items up to the one in hand
	active []*breakpoint
	hangs  bool
}

// breakLines returns the ends of the lines. When no way is good, it tries with
// more tolerance, and at last lets a line be too long; such a line's over says by
// how much.
func breakLines(items []item, widths func(line int) Length, rag Length, hangs bool) []*breakpoint {
	for _, tolerance := range []int{200, 800, 10000} {
		b := breaker{items: items, widths: widths, rag: rag, hangs: hangs}
		if end := b.run(tolerance); end != nil {
			var out []*breakpoint
			for ; end.prev != nil; end = end.prev {
				out = append(out, end)
			}
			for i, k := 0, len(out)-1; i < k; i, k = i+1, k-1 {
				out[i], out[k] = out[k], out[i]
			}
			return out
		}
	}
	return nil
}

func (b *breaker) run(tolerance int) *breakpoint {
	first := &breakpoint{at: -1, fitness: 1}
	if b.hangs {
		first.left = b.firstBox(0)
	}
	b.active = append(b.active, first)
	for i := range b.items {
		it := &b.items[i]
		switch it.kind {
		case box:
			b.total.width += it.width
			continue
		case glue:
			if i > 0 && b.items[i-1].kind == box {
				b.try(i, tolerance)
			}
		case penalty:
			if it.penalty < never {
				b.try(i, tolerance)
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
func (b *breaker) try(i, tolerance int) {
	it := &b.items[i]
	right := Length(0)
	if b.hangs {
		right = it.right
		if it.kind == glue || !it.hyphen {
			right = b.lastBox(i)
		}
	}
	var found []*breakpoint
	kept := b.active[:0:0]
	for n, a := range b.active {
		ratio, bad, over := b.line(a, it, right)
		tooLong := over > 0
		if !tooLong && it.penalty != always {
			kept = append(kept, a)
		}
		last := tolerance >= 10000 && n == len(b.active)-1 && len(kept) == 0 && len(found) == 0
		if tooLong && !last || !tooLong && bad > tolerance {
			continue
		}
		found = b.better(found, b.newBreak(a, i, ratio, bad, over))
	}
	for _, f := range found {
		f.start = b.after(i)
		if b.hangs {
			f.left = b.firstBox(i + 1)
		}
	}
	b.active = append(kept, found...)
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

func (b *breaker) newBreak(a *breakpoint, i, ratio, bad int, over Length) *breakpoint {
	it := &b.items[i]
	n := &breakpoint{at: i, line: a.line + 1, ratio: ratio, over: over, hyphen: it.hyphen, prev: a}
	switch {
	case ratio < -500:
		n.fitness = 3
	case ratio <= 500:
		n.fitness = 2
	case ratio <= 1000:
		n.fitness = 1
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
	if n.hyphen && a.hyphen {
		d += 10000
	}
	if it.penalty == always {
		if a.hyphen {
			d += 5000 // the last line but one ends in a hyphen
		}
		if short := b.total.width - a.start.width; short < b.widths(a.line)/8 && a.prev != nil {
			d += 20000 // a last line of one short word
		}
	}
	if n.fitness-a.fitness > 1 || a.fitness-n.fitness > 1 {
		d += 10000
	}
	n.demerit = a.demerit + d
	return n
}

// better adds n to the new breakpoints unless one as good with the same line and
// tightness is there.
func (b *breaker) better(found []*breakpoint, n *breakpoint) []*breakpoint {
	for k, f := range found {
		if f.line == n.line && f.fitness == n.fitness {
			if n.demerit < f.demerit {
				found[k] = n
			}
			return found
		}
	}
	return append(found, n)
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
