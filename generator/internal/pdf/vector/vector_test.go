package vector

import (
	"math"
	"strings"
	"testing"
)

func TestParsePath(t *testing.T) {
	for _, c := range []struct {
		data string
		ops  string
		end  Point
	}{
		{"M1 2 3 4", "ML", Point{3, 4}},
		{"m1,2l3-4.5.5", "", Point{}},
		{"m1,2l3-4.5.5 0", "MLL", Point{4.5, -2.5}},
		{"M0 0H5V6h-1v-1z", "MLLLLZ", Point{4, 5}},
		{"M0 0C1 1 2 2 3 3S5 5 6 6", "MCC", Point{6, 6}},
		{"M0 0Q1 1 2 0T4 0", "MCC", Point{4, 0}},
		{"M0 0a5 5 0 0110 0", "MCC", Point{10, 0}},
		{"M0 0h1zl2 2", "MLZML", Point{2, 2}},
		{"", "", Point{}},
	} {
		p, err := ParsePath(c.data)
		if c.ops == "" {
			if err == nil && c.data != "" {
				t.Errorf("%q was read", c.data)
			}
			continue
		}
		if err != nil {
			t.Errorf("%q: %v", c.data, err)
			continue
		}
		ops, end := "", Point{}
		for _, s := range p {
			ops += string("MLCZ"[s.Op])
			if n := s.Count(); n > 0 {
				end = s.Points[n-1]
			}
		}
		if ops != c.ops || math.Hypot(end.X-c.end.X, end.Y-c.end.Y) > 1e-9 {
			t.Errorf("%q: %s to %v, want %s to %v", c.data, ops, end, c.ops, c.end)
		}
	}
	for _, bad := range []string{"L1 1", "M1", "M0 0 X", "M0 0A1 1 0 2 0 1 1", "M0 0L1e9 0"} {
		if _, err := ParsePath(bad); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

// A full turn drawn as two arcs stays on its circle.
func TestArc(t *testing.T) {
	p, err := ParsePath("M10 0A10 10 0 0 1-10 0A10 10 0 0 1 10 0")
	if err != nil {
		t.Fatal(err)
	}
	from := p[0].Points[0]
	for _, s := range p[1:] {
		for i := range 11 {
			u := float64(i) / 10
			v := 1 - u
			x := v*v*v*from.X + 3*v*v*u*s.Points[0].X + 3*v*u*u*s.Points[1].X + u*u*u*s.Points[2].X
			y := v*v*v*from.Y + 3*v*v*u*s.Points[0].Y + 3*v*u*u*s.Points[1].Y + u*u*u*s.Points[2].Y
			if r := math.Hypot(x, y); math.Abs(r-10) > 0.01 {
				t.Fatalf("radius %v", r)
			}
		}
		from = s.Points[2]
	}
}

func TestParseSVG(t *testing.T) {
	d, err := ParseSVG([]byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 50" fill="#123"><title>A plate</title>
		<rect width="40" height="50" fill="#0c7c4c"/><g stroke="white" stroke-width="2" fill="none" transform="translate(10 10) scale(2)">
		<circle cx="0" cy="0" r="3"/><path d="M0 0h4"/></g><rect x="1" y="1" width="8" height="8" rx="2"/></svg>`))
	if err != nil {
		t.Fatal(err)
	}
	if d.W != 40 || d.H != 50 || len(d.Shapes) != 4 {
		t.Fatalf("%v by %v with %d shapes", d.W, d.H, len(d.Shapes))
	}
	circle := d.Shapes[1]
	if circle.Fill != nil || *circle.Stroke != (RGB{255, 255, 255}) || circle.Width != 4 || circle.Path[0].Points[0] != (Point{16, 10}) {
		t.Errorf("circle %+v", circle)
	}
	if f := *d.Shapes[3].Fill; f != (RGB{0x11, 0x22, 0x33}) {
		t.Errorf("inherited fill %v", f)
	}
	for bad, word := range map[string]string{
		`<svg viewBox="0 0 1 1"><text>x</text></svg>`:          "text",
		`<svg viewBox="0 0 1 1"><path style="x" d=""/></svg>`:  "style",
		`<svg viewBox="0 0 1 1"><path fill="red" d=""/></svg>`: "red",
		`<g/>`:                          "svg",
		`<svg viewBox="0 0 1"></svg>`:   "viewBox",
		`<svg width="1em" height="1"/>`: "width",
	} {
		if _, err := ParseSVG([]byte(bad)); err == nil || !strings.Contains(err.Error(), word) {
			t.Errorf("%s: %v, want %q named", bad, err, word)
		}
	}
}

func FuzzParsePath(f *testing.F) {
	f.Add("M1 2l3-4.5.5 0a5 5 0 0110 0zC1 1 2 2 3 3S5 5 6 6Q1 1 2 0T4 0")
	f.Fuzz(func(t *testing.T, data string) {
		p, err := ParsePath(data)
		if err != nil {
			return
		}
		for _, s := range p {
			for _, q := range s.Points[:s.Count()] {
				if math.IsNaN(q.X) || math.IsNaN(q.Y) {
					t.Fatalf("%q gives a point that is no number", data)
				}
			}
		}
	})
}

func FuzzParseSVG(f *testing.F) {
	f.Add([]byte(`<svg viewBox="0 0 4 5"><g transform="rotate(45 1 1)"><ellipse rx="1" ry="2" fill="#fff"/></g></svg>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := ParseSVG(data)
		if err == nil && (d.W <= 0 || d.H <= 0) {
			t.Fatal("a drawing without a size")
		}
	})
}
