package look

import (
	"slices"
	"strconv"
	"testing"
)

func TestBarcode(t *testing.T) {
	modules, ok := Barcode("978-3-16-148410-0")
	if !ok || len(modules) != 95 {
		t.Fatalf("%d modules, %v", len(modules), ok)
	}
	if digits := decode(modules); digits != "9783161484100" {
		t.Errorf("the bars say %s", digits)
	}
	for _, s := range []string{"", "0-306-40615-2", "978-3-16-148410-X"} {
		if _, ok := Barcode(s); ok {
			t.Errorf("%q has bars", s)
		}
	}
}

// decode reads the bars as a scanner does: the widths of four runs a digit, and
// the first digit from the parities of the six on the left.
func decode(modules []bool) string {
	widths := map[string]int{"3211": 0, "2221": 1, "2122": 2, "1411": 3, "1132": 4, "1231": 5, "1114": 6, "1312": 7, "1213": 8, "3112": 9}
	firsts := map[string]int{"OOOOOO": 0, "OOEOEE": 1, "OOEEOE": 2, "OOEEEO": 3, "OEOOEE": 4, "OEEOOE": 5, "OEEEOO": 6, "OEOEOE": 7, "OEOEEO": 8, "OEEOEO": 9}
	runs := func(m []bool) string {
		s, n := "", 1
		for i := 1; i <= len(m); i++ {
			if i < len(m) && m[i] == m[i-1] {
				n++
				continue
			}
			s += strconv.Itoa(n)
			n = 1
		}
		return s
	}
	left, right, parity := "", "", ""
	for i := range 6 {
		r := runs(modules[3+7*i : 10+7*i])
		d, odd := widths[r]
		p := "O"
		if !odd || count(modules[3+7*i:10+7*i])%2 == 0 {
			b := []byte(r)
			slices.Reverse(b)
			d, p = widths[string(b)], "E"
		}
		left, parity = left+strconv.Itoa(d), parity+p
		right += strconv.Itoa(widths[runs(modules[50+7*i:57+7*i])])
	}
	return strconv.Itoa(firsts[parity]) + left + right
}

func count(m []bool) int {
	n := 0
	for _, b := range m {
		if b {
			n++
		}
	}
	return n
}
