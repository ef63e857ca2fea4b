package chart

import (
	"encoding/xml"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"
)

func wellFormed(t *testing.T, fragment string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader("<svg>" + fragment + "</svg>"))
	for {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Fatalf("%v in %.300s", err, fragment)
		}
	}
}

func TestSteps(t *testing.T) {
	steps := []Step{{2004, 1, "1"}, {2005, 4, "4"}, {2006, 8, "8"}, {2014, 69, "69"}, {2015, 116, "116"}, {2017, 180, "180"}}
	d := Steps(steps, 2018, strconv.Itoa)
	svg := d.SVG()
	wellFormed(t, svg)
	if strings.Contains(svg, "style") || strings.Contains(svg, "NaN") {
		t.Errorf("%s", svg)
	}
	if n := strings.Count(svg, `class="dot"`); n != len(steps) {
		t.Errorf("%d dots for %d steps", n, len(steps))
	}
	for _, want := range []string{">180</text>", ">1</text>", ">2017</text>", ">200</text>"} {
		if !strings.Contains(svg, want) {
			t.Errorf("no %s", want)
		}
	}
	for _, m := range d.Marks {
		if m.Path == "" && (m.X < 0 || m.X > d.Width || m.Y < 0 || m.Y > d.Height) {
			t.Errorf("%q stands outside, at %v, %v", m.Text, m.X, m.Y)
		}
	}
	if len(Steps(nil, 2018, strconv.Itoa).Marks) != 0 {
		t.Error("nothing to draw, and yet marks")
	}
}

func TestCeiling(t *testing.T) {
	for _, c := range []struct{ v, top, step float64 }{
		{0, 1, 1}, {1, 1, 1}, {3, 3, 1}, {37, 40, 10}, {180, 200, 50}, {350, 400, 100}, {95, 100, 20},
	} {
		top, step := Ceiling(c.v)
		if top < c.v || math.Mod(top, step) != 0 || top/step > 6 {
			t.Errorf("Ceiling(%v) = %v, %v", c.v, top, step)
		}
	}
	if top, step := Ceiling(180); top != 200 || step != 50 {
		t.Errorf("Ceiling(180) = %v, %v", top, step)
	}
}

func TestLevel(t *testing.T) {
	for _, c := range []struct{ n, most, want int }{{0, 9, 0}, {1, 3, 1}, {3, 3, 3}, {1, 12, 1}, {12, 12, 4}, {6, 12, 2}} {
		if got := Level(c.n, c.most); got != c.want {
			t.Errorf("Level(%d, %d) = %d, want %d", c.n, c.most, got, c.want)
		}
	}
}

func TestGraph(t *testing.T) {
	nodes := []Node{{"Łódź", "f-film", 0, ""}, {"Galway <1>", "f-film", 0, ""}, {"Parma", "f-gastronomy", 1, ""}, {"الأحساء", "f-crafts", 2, "ar"}}
	hubs := []Hub{{"1", "f-film", []int{0, 1, 2}}, {"2", "f-film", []int{2, 1, 0, 0, 9, -1}}, {"3", "f-crafts", []int{2, 3}}, {"4", "", []int{3, 3}}, {"5", "", []int{0, 9}}}
	d := Graph(nodes, hubs)
	svg := d.SVG()
	wellFormed(t, svg)
	if n := strings.Count(svg, `class="link`); n != 3+3+1 {
		t.Errorf("%d lines, want one for each end of a hub of three, and one for a pair", n)
	}
	if n := strings.Count(svg, `class="hub`); n != 2 {
		t.Errorf("%d hubs", n)
	}
	if n := strings.Count(svg, `class="label`); n != 4 {
		t.Errorf("%d labels", n)
	}
	if a := angles(nodes); a[1]-a[0] >= a[2]-a[1] {
		t.Errorf("groups stand no further apart than neighbours: %v", a)
	}
	if len(Graph(nil, nil).Marks) != 0 {
		t.Error("nothing to draw, and yet marks")
	}
}

// TestHubsStandApart asks that hubs with the same ends can be told apart, even so many.
func TestHubsStandApart(t *testing.T) {
	hubs := make([]Hub, 40)
	for i := range hubs {
		hubs[i].Ends = []int{0, 1, 2}
	}
	corners := [][2]float64{{480, 160}, {200, 640}, {760, 640}}
	at := settle(hubs, func(i int) [2]float64 { return corners[i] })
	for i, a := range at {
		if r := math.Hypot(a[0]-graphSize/2, a[1]-graphSize/2); r > graphRadius {
			t.Errorf("hub %d stands outside the circle", i)
		}
		for j, b := range at[:i] {
			if gap := math.Hypot(a[0]-b[0], a[1]-b[1]); gap < hubRadius {
				t.Errorf("hubs %d and %d are %.0f apart", i, j, gap)
			}
		}
	}
}

func TestBar(t *testing.T) {
	if got := Bar(37, 40); got != `<path class="bar" d="M0 0h37v1H0z"/>` {
		t.Error(got)
	}
	if got := Bar(0, 40); got != `<path class="bar" d="M0 0h.1v1H0z"/>` && got != `<path class="bar" d="M0 0h0.1v1H0z"/>` {
		t.Error(got)
	}
}
