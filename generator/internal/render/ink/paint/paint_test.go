package paint

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"testing"

	"uccn/generator/internal/pdf"
	"uccn/generator/internal/pdf/vector"
	"uccn/generator/internal/typeset"
	"uccn/generator/internal/typeset/font"
	"uccn/themes"
)

// leaf is a page with a red box, a word below it, a line and a blue drawing that
// begins outside the page.
func leaf(t *testing.T) *typeset.Page {
	t.Helper()
	set, err := font.Load(themes.Default(), "fonts", nil)
	if err != nil {
		t.Fatal(err)
	}
	p := &typeset.Page{Size: pdf.Page{W: 100 * pdf.Pt, H: 150 * pdf.Pt}}
	p.Fill(pdf.Rect{X: 10 * pdf.Pt, Y: 10 * pdf.Pt, W: 80 * pdf.Pt, H: 40 * pdf.Pt}, pdf.Color{R: 255})
	p.Rule(pdf.Rect{X: 10 * pdf.Pt, Y: 140 * pdf.Pt, W: 80 * pdf.Pt}, pdf.Pt, pdf.Color{})
	blue := vector.RGB{B: 255}
	p.Drawing(pdf.Rect{X: -20 * pdf.Pt, Y: 100 * pdf.Pt, W: 40 * pdf.Pt, H: 20 * pdf.Pt},
		vector.Drawing{W: 2, H: 1, Shapes: []vector.Shape{{Path: vector.Rectangle(0, 0, 2, 1), Fill: &blue}}}, nil)
	c := typeset.NewComposer()
	shape := typeset.Shape{Style: typeset.Style{Font: set.Title, Size: 20 * pdf.Pt, Lang: "en"}, Leading: 24 * pdf.Pt}
	g := c.Galley(80*pdf.Pt, &pdf.Tag{Role: "Sect"}, typeset.Paragraph{Spans: typeset.T("LILLE"), Shape: shape})
	g.Pour(p, typeset.Frame{Rect: pdf.Rect{X: 10 * pdf.Pt, Y: 60 * pdf.Pt, W: 80 * pdf.Pt, H: 30 * pdf.Pt}})
	return p
}

func TestPNG(t *testing.T) {
	data, err := PNG(leaf(t), 200)
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(bytes.NewReader(data))
	if err != nil || m.Bounds() != image.Rect(0, 0, 200, 300) {
		t.Fatal(err, m.Bounds())
	}
	for _, k := range []struct {
		what    string
		x, y    int
		r, g, b uint32
	}{{"the ground", 2, 2, 0xffff, 0xffff, 0xffff}, {"the box", 100, 60, 0xffff, 0, 0}, {"the drawing", 10, 220, 0, 0, 0xffff}, {"the line", 100, 280, 0, 0, 0}} {
		if r, g, b, _ := m.At(k.x, k.y).RGBA(); r != k.r || g != k.g || b != k.b {
			t.Errorf("%s is %x %x %x", k.what, r, g, b)
		}
	}
	dark := 0
	for y := 120; y < 180; y++ {
		for x := 20; x < 180; x++ {
			if r, _, _, _ := m.At(x, y).RGBA(); r < 0x4000 {
				dark++
			}
		}
	}
	if dark < 300 {
		t.Errorf("the word has %d dark pixels", dark)
	}
}

func TestPhotograph(t *testing.T) {
	var jpg bytes.Buffer
	if err := jpeg.Encode(&jpg, image.NewGray(image.Rect(0, 0, 40, 30)), nil); err != nil {
		t.Fatal(err)
	}
	p := leaf(t)
	r := pdf.Rect{W: 40 * pdf.Pt, H: 30 * pdf.Pt}
	p.Picture(r, &typeset.Picture{W: 40, H: 30, Data: func() ([]byte, error) { return jpg.Bytes(), nil }}, typeset.Figure(&pdf.Tag{Role: "Sect"}, "A loom", r))
	svg, err := SVG(p)
	if err != nil || !bytes.Contains(svg, []byte("data:image/jpeg;base64,")) || !bytes.Contains(svg, []byte("<use href")) {
		t.Errorf("SVG: %v", err)
	}
	if _, err := PNG(p, 100); !errors.Is(err, ErrPhotograph) {
		t.Errorf("PNG: %v", err)
	}
}
