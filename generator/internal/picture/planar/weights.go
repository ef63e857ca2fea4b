package planar

import "math"

// bits is the fixed point of the weights: 1 is 1<<bits. With 8-bit samples and
// Lanczos3, whose weights' absolute values add up to less than 2, sums stay
// within 31 bits.
const bits = 14

// tap says from which samples, beginning at start, one sample is summed.
type tap struct {
	start  int
	weight []int64 // adds up to 1<<bits
}

// line is one dimension of the source plane.
type line struct {
	from, to int  // the part wanted, in pixels
	step     int  // pixels a sample covers
	flip     bool // counted from the far end
	samples  int  // samples there are
}

// weights returns the taps of n samples that are spread over length of their own
// units, of which the last may be cut, drawn from the line.
func weights(n int, length float64, l line) []tap {
	const support = 3.0
	from, to := float64(l.from)/float64(l.step), float64(l.to)/float64(l.step)
	scale := (to - from) / length
	wide := max(scale, 1) // enlarging takes the kernel as it is
	first, last := int(from), min(int(math.Ceil(to)), l.samples)
	taps := make([]tap, n)
	exact := make([]float64, 0, int(2*support*wide)+3)
	pool := make([]int64, 0, n*cap(exact))
	for i := range taps {
		centre := from + (float64(i)+0.5)*scale
		if l.flip {
			centre = to - (float64(i)+0.5)*scale
		}
		lo := max(first, int(math.Floor(centre-support*wide)))
		hi := min(last, int(math.Ceil(centre+support*wide)))
		lo = min(lo, last-1) // a cut last sample may lie past the end
		hi = max(hi, lo+1)
		exact = exact[:0]
		sum := 0.0
		for j := lo; j < hi; j++ {
			w := lanczos3((float64(j) + 0.5 - centre) / wide)
			exact = append(exact, w)
			sum += w
		}
		if sum == 0 {
			exact[0], sum = 1, 1
		}
		at := len(pool)
		skip := 0
		pool, skip = quantise(pool, exact, sum)
		taps[i] = tap{lo + skip, pool[at:len(pool):len(pool)]}
	}
	return taps
}

// quantise appends the weights to pool in fixed point, without those at the ends
// that are next to nothing, and says how many it left out at the beginning. What
// rounding takes or gives goes to the greatest weight, so that a flat area stays flat.
func quantise(pool []int64, exact []float64, sum float64) ([]int64, int) {
	lo, hi := 0, len(exact)
	for lo < hi-1 && math.Abs(exact[lo]/sum) < 1e-5 {
		lo++
	}
	for hi > lo+1 && math.Abs(exact[hi-1]/sum) < 1e-5 {
		hi--
	}
	at, greatest := len(pool), len(pool)
	total := int64(0)
	for _, w := range exact[lo:hi] {
		v := int64(math.Round(w / sum * (1 << bits)))
		pool = append(pool, v)
		total += v
	}
	for i := at; i < len(pool); i++ {
		if pool[i] > pool[greatest] {
			greatest = i
		}
	}
	pool[greatest] += 1<<bits - total
	return pool, lo
}

// lanczos3 is the sinc windowed by a sinc three times as wide.
func lanczos3(x float64) float64 {
	x = math.Abs(x)
	if x >= 3 {
		return 0
	}
	return sinc(x) * sinc(x/3)
}

func sinc(x float64) float64 {
	if x == 0 {
		return 1
	}
	return math.Sin(math.Pi*x) / (math.Pi * x)
}
