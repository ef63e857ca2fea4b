package ink

import (
	"strings"
	"testing"
	"testing/fstest"

	"uccn/generator/internal/config"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/plate"
	"uccn/generator/internal/render"
)

func input(files map[string]string, fonts ...string) *render.Input {
	root := fstest.MapFS{}
	for p, text := range files {
		root[p] = &fstest.MapFile{Data: []byte(text)}
	}
	return &render.Input{Root: root, Site: &config.Site{Theme: "default", Fonts: fonts}}
}

func TestFonts(t *testing.T) {
	plain, dl, err := Open(input(nil))
	if err != nil || dl.HasErrors() {
		t.Fatal(err, dl)
	}
	set, err := plain.Fonts()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range "Łé" {
		if !set.Title.First().Has(r) || !set.Text.First().Has(r) {
			t.Errorf("the theme's fonts lack %q", r)
		}
	}
	more, _, err := Open(input(map[string]string{"fonts/own.ttf": "bytes"}, "fonts/own.ttf"))
	if err != nil || more.Key == plain.Key {
		t.Errorf("a font of the site does not change the key: %v", err)
	}
	if _, dl, _ := Open(input(nil, "fonts/none.ttf")); !dl.HasErrors() || !strings.Contains(dl[0].Message, "fonts/none.ttf") {
		t.Errorf("a font that is not there: %v", dl)
	}
}

func TestPlateIsCutToItsFrame(t *testing.T) {
	s := plate.Subject{Pattern: "frames", Colours: Palette("#5b25ab").Colours(), Name: "x"}
	for _, c := range []struct{ w, h, wantX, wantY, wantW, wantH float64 }{
		{400, 500, 0, 0, 400, 500},
		{200, 100, 0, 150, 400, 200},
		{100, 500, 150, 0, 100, 500},
	} {
		d := Plate(s, pdf.Points(c.w), pdf.Points(c.h))
		if d.X != c.wantX || d.Y != c.wantY || d.W != c.wantW || d.H != c.wantH {
			t.Errorf("%g × %g shows %g %g %g %g of the plate", c.w, c.h, d.X, d.Y, d.W, d.H)
		}
		if len(d.Shapes) < 3 {
			t.Errorf("%d shapes", len(d.Shapes))
		}
	}
}

func TestCode(t *testing.T) {
	d, err := Code("https://creative-cities.example/practices/code/")
	if err != nil || d.W < 29 || len(d.Shapes) != 2 || len(d.Shapes[1].Path) < 400 {
		t.Errorf("%v, %g modules wide, %d shapes", err, d.W, len(d.Shapes))
	}
	if _, err := Code(strings.Repeat("x", 4000)); err == nil {
		t.Error("4,000 letters went into a code")
	}
}

func BenchmarkFonts(b *testing.B) {
	for range b.N {
		c, _, err := Open(input(nil))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := c.Fonts(); err != nil {
			b.Fatal(err)
		}
	}
}
