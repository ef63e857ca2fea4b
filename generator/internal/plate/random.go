package plate

import (
	"hash/fnv"
	"strconv"
)

// random is a xorshift generator (Marsaglia, 2003) seeded by the subject: the
// same subject has the same luck on every machine and in every release of Go.
type random struct{ state uint64 }

func newRandom(name string, lat, lon float64, salt int) *random {
	h := fnv.New64a()
	for _, part := range []string{
		name, strconv.FormatFloat(lat, 'f', 4, 64), strconv.FormatFloat(lon, 'f', 4, 64), strconv.Itoa(salt),
	} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return &random{h.Sum64() | 1}
}

// unit returns a number of [0, 1).
func (r *random) unit() float64 {
	r.state ^= r.state << 13
	r.state ^= r.state >> 7
	r.state ^= r.state << 17
	return float64(r.state>>11) / (1 << 53)
}

// below returns a number of 0 … n-1.
func (r *random) below(n int) int { return int(r.unit() * float64(n)) }
