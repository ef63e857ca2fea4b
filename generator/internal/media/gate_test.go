package media

import (
	"runtime/debug"
	"testing"
)

// TestPace: garbage is collected earlier from so many bytes in use on until no picture
// is in hand, early while there are twice as many, and then as before.
func TestPace(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(90))
	var g gate
	var leave []func()
	for i, c := range []struct {
		cost int64 // 0: the last one leaves
		want int
	}{{heavy, 90}, {1, 50}, {heavy, 20}, {0, 50}, {0, 50}, {heavy - 1, 50}, {0, 50}, {0, 90}} {
		if c.cost > 0 {
			l, err := g.enter(t.Context(), c.cost, DefaultBudget)
			if err != nil {
				t.Fatal(err)
			}
			leave = append(leave, l)
		} else {
			leave[len(leave)-1]()
			leave = leave[:len(leave)-1]
		}
		got := debug.SetGCPercent(100)
		debug.SetGCPercent(got)
		if got != c.want {
			t.Errorf("step %d, %d bytes in use: %d per cent, want %d", i, g.used, got, c.want)
		}
	}
}
