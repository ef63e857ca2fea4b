package derive

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"uccn/generator/internal/model"
)

// practices invents a network's practices with what they share.
func practices(r *rand.Rand, n, cities, goals, themes, fields int) []*Practice {
	var (
		cs = make([]*City, cities)
		gs = make([]*Goal, goals)
		ts = make([]*Theme, themes)
		fs = make([]*Field, fields)
	)
	for i := range cs {
		cs[i] = &City{}
	}
	for i := range gs {
		gs[i] = &Goal{}
	}
	for i := range ts {
		ts[i] = &Theme{}
	}
	for i := range fs {
		fs[i] = &Field{}
	}
	out := make([]*Practice, n)
	for i := range out {
		p := &Practice{Practice: &model.Practice{}}
		p.ID, p.Number = fmt.Sprint("p", i), max(0, r.IntN(2*n)-n)
		p.Cities, p.Goals, p.Themes, p.Fields = some4(r, cs), some4(r, gs), some4(r, ts), some4(r, fs)
		for _, c := range p.Cities {
			c.Practices = append(c.Practices, p)
		}
		out[i] = p
	}
	return out
}

// some4 chooses up to four of what there is, none twice.
func some4[T any](r *rand.Rand, of []T) []T {
	var out []T
	for _, i := range r.Perm(len(of))[:min(len(of), r.IntN(5))] {
		out = append(out, of[i])
	}
	return out
}

// TestRelateAgreesWithPairs compares every practice with every other.
func TestRelateAgreesWithPairs(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 120 {
		all := practices(r, r.IntN(300), 1+r.IntN(40), r.IntN(17), r.IntN(9), r.IntN(8))
		relate(all)
		for _, p := range all {
			if got, want := p.Related, related(p, all); !slices.Equal(got, want) {
				t.Fatalf("of %d practices: %s goes with %s, want %s", len(all), p.ID, ids(got), ids(want))
			}
		}
	}
}

func ids(ps []*Practice) (out []string) {
	for _, p := range ps {
		out = append(out, p.ID)
	}
	return out
}

// related finds the practices that go with p by looking at all of them.
func related(p *Practice, all []*Practice) []*Practice {
	points := map[*Practice]int{}
	for _, o := range all {
		if n := 3*both(p.Cities, o.Cities) + 2*both(p.Goals, o.Goals) + 2*both(p.Themes, o.Themes) + both(p.Fields, o.Fields); n > 0 && o != p {
			points[o] = n
		}
	}
	var out []*Practice
	for o := range points {
		out = append(out, o)
	}
	slices.SortFunc(out, func(x, y *Practice) int {
		return cmp.Or(points[y]-points[x], byKnown(x.Number, y.Number), cmp.Compare(x.ID, y.ID))
	})
	return out[:min(4, len(out))]
}

func both[T comparable](a, b []T) (n int) {
	for _, x := range a {
		if slices.Contains(b, x) {
			n++
		}
	}
	return n
}

// BenchmarkRelate relates as many practices as 1,800, 9,000 and 45,000 cities have.
func BenchmarkRelate(b *testing.B) {
	for _, n := range []int{600, 3000, 15000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			all := practices(rand.New(rand.NewPCG(1, 2)), n, 3*n, 17, 9, 7)
			for b.Loop() {
				relate(all)
				for _, p := range all {
					p.Related = nil
				}
			}
		})
	}
}
