package worldmap

import (
	"math"
	"strings"
	"testing"
)

func TestWorld(t *testing.T) {
	m := Open().World()
	if m.Width != 1000 || m.Height < 380 || m.Height > 460 {
		t.Errorf("size %v × %v", m.Width, m.Height)
	}
	if n := len(m.Land); n < 4000 || n > 7000 {
		t.Errorf("%d bytes of land", n)
	}
	if i := strings.IndexFunc(m.Land, func(r rune) bool { return !strings.ContainsRune("Mmh 0123456789.-", r) }); i >= 0 {
		t.Errorf("command %q", m.Land[i])
	}
	if m.Land != Open().World().Land {
		t.Error("not the same twice")
	}
}

// land reports whether the lines of a map run over the point, or pass within
// three units of it.
func land(m *Map, lat, lon float64) bool {
	px, py, _ := m.Place(lat, lon)
	for _, row := range strings.Split(m.Land, "M")[1:] {
		parts := strings.FieldsFunc(strings.NewReplacer("h", " h", "m", " m").Replace(row), func(r rune) bool { return r == ' ' })
		x, y := number(parts[0]), number(parts[1])
		for _, p := range parts[2:] {
			switch p[0] {
			case 'h':
				from := x
				x += number(p[1:])
				if math.Abs(y-py) <= 3 && px >= from-3 && px <= x+3 {
					return true
				}
			case 'm':
				x += number(p[1:])
			}
		}
	}
	return false
}

func number(s string) float64 {
	v, sign := 0., 1.
	scale := 0.
	for _, r := range s {
		switch {
		case r == '-':
			sign = -1
		case r == '.':
			scale = 1
		default:
			v = v*10 + float64(r-'0')
			scale *= 10
		}
	}
	if scale > 1 {
		v /= scale
	}
	return v * sign
}

func TestLandIsLandAndSeaIsSea(t *testing.T) {
	a := Open()
	places := []struct {
		name     string
		lat, lon float64
		land     bool
	}{
		{"Łódź", 51.76, 19.46, true}, {"Chengdu", 30.66, 104.06, true}, {"Sydney", -33.87, 151.2, true},
		{"Quito", -.18, -78.47, true}, {"Anadyr, across the date line", 66, -175, true}, {"Kansas", 38.5, -98, true},
		{"Atlantic", 30, -40, false}, {"Pacific", 0, -140, false}, {"Caspian Sea", 42, 50.5, false}, {"Indian Ocean", -20, 80, false},
	}
	for _, p := range places {
		for what, m := range map[string]*Map{"world": a.World(), "around": a.Around(p.lat, p.lon), "part": a.Part(Fit([][2]float64{{p.lat, p.lon}}), 600)} {
			if got := land(m, p.lat, p.lon); got != p.land {
				t.Errorf("%s on %s: land %v", p.name, what, got)
			}
			if _, _, in := m.Place(p.lat, p.lon); !in {
				t.Errorf("%s is off the map %s", p.name, what)
			}
		}
	}
}

func TestPlace(t *testing.T) {
	m := Open().World()
	x, y, _ := m.Place(0, Centre)
	if x != 500 {
		t.Errorf("the centre stands at x = %v", x)
	}
	if x2, y2, _ := m.Place(40, Centre+60); x2 <= x || y2 >= y {
		t.Error("north-east is not up and right")
	}
	around := Open().Around(-33, 18)
	if x, y, _ := around.Place(-33, 18); math.Abs(x-150) > .01 || math.Abs(y-110) > .01 {
		t.Errorf("the place stands at %v, %v of its own map", x, y)
	}
}

func TestApart(t *testing.T) {
	var crowd []Dot
	for i := range 60 {
		crowd = append(crowd, Dot{100 + float64(i%8), 100 + float64(i%5)})
	}
	crowd = append(crowd, Dot{500, 300})
	out := Apart(crowd, 6)
	for i := range out {
		for j := range i {
			if d := math.Hypot(out[i].X-out[j].X, out[i].Y-out[j].Y); d < 5.5 {
				t.Errorf("dots %d and %d are %.2f apart", j, i, d)
			}
		}
	}
	if out[60] != (Dot{500, 300}) {
		t.Errorf("a lonely dot moved to %v", out[60])
	}
	for i, d := range Apart(crowd, 6) {
		if d != out[i] {
			t.Fatal("not the same twice")
		}
	}
}

func BenchmarkAround(b *testing.B) {
	a := Open()
	for b.Loop() {
		a.Around(51.76, 19.46)
	}
}

func BenchmarkWorld(b *testing.B) {
	for b.Loop() {
		Open().World()
	}
}

func TestASpotStandsWhereItsPlaceIs(t *testing.T) {
	a := Open()
	for _, m := range []*Map{a.World(), a.Around(51.8, 19.5), a.Around(-41.3, 174.8), a.Part(Box{108, -49, 182, -6}, 600)} {
		low, high := m.Rises()
		for lat := -80.; lat <= 80; lat += 8 {
			for lon := -180.; lon <= 180; lon += 12 {
				x, y, in := m.Place(lat, lon)
				s := SpotAt(lat, lon)
				u, v, on := m.Put(s)
				if math.Hypot(x-u, y-v) > 1e-6 || in != on {
					t.Errorf("%g, %g: the spot stands at %g, %g (%t), its place is %g, %g (%t)", lat, lon, u, v, on, x, y, in)
				}
				if in && (s.Rise() < low || s.Rise() > high) {
					t.Errorf("%g, %g is on the map and not between its edges", lat, lon)
				}
			}
		}
	}
}
