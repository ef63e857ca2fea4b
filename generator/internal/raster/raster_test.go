package raster

import (
	"bytes"
	"compress/zlib"
	"image"
	"image/color"
	"image/png"
	"io"
	"math/rand/v2"
	"os"
	"testing"

	"uccn/generator/internal/pdf/vector"
	"uccn/generator/internal/typeset/font"
)

func grey(v uint8) vector.RGB { return vector.RGB{R: v, G: v, B: v} }

// decoded reads the picture back with the standard library.
func decoded(t testing.TB, c *Canvas) image.Image {
	t.Helper()
	m, err := png.Decode(bytes.NewReader(c.PNG()))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func at(m image.Image, x, y int) uint8 {
	return color.GrayModel.Convert(m.At(x, y)).(color.Gray).Y
}

func drawing(w, h float64, shapes ...vector.Shape) vector.Drawing {
	return vector.Drawing{W: w, H: h, Shapes: shapes}
}

func TestEdges(t *testing.T) {
	c := New(20, 10)
	c.Clear(grey(255))
	black := grey(0)
	c.Drawing(image.Rect(0, 0, 20, 10), drawing(20, 10, vector.Shape{Path: vector.Rectangle(2.5, 2, 5, 4), Fill: &black}))
	m := decoded(t, c)
	for _, w := range []struct {
		x, y int
		want uint8
	}{{1, 3, 255}, {2, 3, 128}, {3, 3, 0}, {6, 3, 0}, {7, 3, 128}, {8, 3, 255}, {4, 1, 255}, {4, 2, 0}, {4, 5, 0}, {4, 6, 255}} {
		if got := at(m, w.x, w.y); got < w.want-min(w.want, 4) || got > w.want && got-w.want > 4 {
			t.Errorf("pixel %d, %d is %d, want about %d", w.x, w.y, got, w.want)
		}
	}
}

// What a drawing has outside of its box stays out of the picture around it.
func TestDrawingIsCut(t *testing.T) {
	c := New(30, 30)
	c.Clear(grey(255))
	black, red := grey(0), vector.RGB{R: 200}
	c.Drawing(image.Rect(10, 10, 20, 20), drawing(10, 10,
		vector.Shape{Path: vector.Ellipse(5, 5, 40, 4), Fill: &black},
		vector.Shape{Path: vector.Rectangle(-5, -5, 50, 50), Fill: &red}))
	m := decoded(t, c)
	for _, p := range [][2]int{{9, 15}, {20, 15}, {15, 9}, {15, 20}} {
		if at(m, p[0], p[1]) != 255 {
			t.Errorf("pixel %v outside of the box is coloured", p)
		}
	}
	if r, _, _, _ := m.At(15, 15).RGBA(); r>>8 != 200 {
		t.Errorf("the middle is %v", m.At(15, 15))
	}
}

func TestLines(t *testing.T) {
	black := grey(0)
	line := func(p vector.Path, width float64) image.Image {
		c := New(60, 60)
		c.Clear(grey(255))
		c.Drawing(image.Rect(0, 0, 60, 60), drawing(60, 60, vector.Shape{Path: p, Stroke: &black, Width: width}))
		return decoded(t, c)
	}
	ink := func(m image.Image) (n float64) {
		for y := range 60 {
			for x := range 60 {
				n += float64(255-at(m, x, y)) / 255
			}
		}
		return n
	}
	near := func(what string, got, want float64) {
		if got < want*.98 || got > want*1.02 {
			t.Errorf("%s covers %.1f pixels, want about %.1f", what, got, want)
		}
	}
	p := func(s string) vector.Path {
		path, err := vector.ParsePath(s)
		if err != nil {
			t.Fatal(err)
		}
		return path
	}
	near("a level line", ink(line(p("M10 20h40"), 6)), 240)
	near("a slope", ink(line(p("M10 10l30 40"), 4)), 200)
	near("a corner with its mitre", ink(line(p("M10 10h30v30"), 4)), 4*32+4*28)
	near("the edge of a square", ink(line(vector.Rectangle(10, 10, 40, 40), 4)), 44*44-36*36)
	near("a circle", ink(line(vector.Ellipse(30, 30, 20, 20), 4)), 3.14159*(22*22-18*18))
	if m := line(vector.Ellipse(30, 30, 20, 20), 4); at(m, 30, 30) != 255 {
		t.Error("a circle is filled")
	}
	if got := ink(line(p("M10 10"), 4)); got != 0 {
		t.Errorf("a point covers %.1f pixels", got)
	}
}

// A picture of more edges than it can have colours keeps the colours of its
// areas.
func TestColoursRunOut(t *testing.T) {
	c := New(400, 400)
	var areas []vector.RGB
	for i := range 40 {
		areas = append(areas, vector.RGB{R: uint8(i * 6), G: uint8(255 - i*5), B: uint8(i * i)})
	}
	c.Clear(grey(250), areas...)
	for i, k := range areas {
		for j := range 10 {
			c.Drawing(image.Rect(0, 0, 400, 400), drawing(400, 400,
				vector.Shape{Path: vector.Ellipse(float64(20+i*9), float64(40*j+20-i%7), 14, 14), Fill: &k}))
		}
	}
	m := decoded(t, c).(*image.Paletted)
	if n := len(m.Palette); n > 256 {
		t.Fatalf("%d colours", n)
	}
	k := areas[len(areas)-1]
	if got := m.At(20+39*9, 20-39%7); got != (color.RGBA{k.R, k.G, k.B, 255}) {
		t.Errorf("the last disc is %v, want %v", got, k)
	}
}

func TestGlyphs(t *testing.T) {
	data, err := os.ReadFile("../../../themes/default/fonts/bricolage-extrabold.ttf")
	if err != nil {
		t.Fatal(err)
	}
	f, err := font.Parse("bricolage", data, font.Options{})
	if err != nil {
		t.Fatal(err)
	}
	word := font.NewShaper().Shape(font.Look{Stack: font.NewStack(f), Lang: "en"}, []rune("HI"))[0]
	c := New(200, 100)
	c.Clear(grey(255))
	o := f.Outliner()
	left, right := c.Ink(o, word.Glyphs[0].ID)
	if left <= 0 || right <= left || right >= int(word.Glyphs[0].Adv) {
		t.Fatalf("the ink of H reaches from %d to %d of %d", left, right, word.Glyphs[0].Adv)
	}
	c.Glyphs(o, word.Glyphs, 10, 80, 100, grey(0))
	m := decoded(t, c)
	stem := 10 + left/10 + 4
	if at(m, stem, 60) != 0 || at(m, stem, 85) != 255 || at(m, 10+left/10-2, 60) != 255 {
		t.Error("the stem of H is not where it should be")
	}
	if at(m, 10+int(word.Glyphs[0].Adv)/10+left/10+4, 60) != 0 {
		t.Error("the stem of I is not where it should be")
	}
}

// A canvas that has drawn before draws the same as a new one.
func TestSameBytes(t *testing.T) {
	draw := func(c *Canvas, k uint8) []byte {
		c.Clear(grey(k))
		fill := vector.RGB{R: k, B: 255 - k}
		c.Drawing(image.Rect(0, 0, 64, 64), drawing(10, 10, vector.Shape{Path: vector.Ellipse(5, 5, 4, 3), Fill: &fill}))
		return c.PNG()
	}
	used := New(64, 64)
	draw(used, 10)
	if !bytes.Equal(draw(used, 200), draw(New(64, 64), 200)) {
		t.Error("what a canvas drew before changes what it draws")
	}
}

// unpack reads what pack wrote with the standard library.
func unpack(t testing.TB, data []byte) []byte {
	t.Helper()
	r, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestPack(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 100_000)
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	skewed := make([]byte, 400_000) // counts that double make the longest codes
	for i := range skewed {
		for skewed[i] < 40 && random.Uint32()&1 == 0 {
			skewed[i]++
		}
	}
	var p packer
	for name, data := range map[string][]byte{
		"nothing": {}, "one": {7}, "flat": make([]byte, 300_000), "noise": noise, "skewed": skewed,
		"wide": make([]byte, 3<<20), "lengths": append(bytes.Repeat([]byte{1}, 259), bytes.Repeat([]byte{2}, 517)...),
	} {
		for _, stride := range []int{1, 3, 1201, 1 << 20} {
			packed := p.pack(nil, data, stride)
			if !bytes.Equal(unpack(t, packed), data) {
				t.Errorf("%s in rows of %d came back otherwise", name, stride)
			}
			if name == "flat" && len(packed) > 800 || name == "wide" && len(packed) > 8000 {
				t.Errorf("a flat picture has %d bytes", len(packed))
			}
		}
	}
}

func FuzzPack(f *testing.F) {
	f.Add([]byte("aaaaaaaabbbbbbbbaaaaaaaabbbbbbbb"), 8)
	f.Add([]byte("abcabcabcabc"), 1)
	f.Fuzz(func(t *testing.T, data []byte, stride int) {
		if stride < 1 {
			return
		}
		var p packer
		if !bytes.Equal(unpack(t, p.pack(nil, data, stride)), data) {
			t.Errorf("%q in rows of %d came back otherwise", data, stride)
		}
	})
}

func TestCodeIsAPrefixCode(t *testing.T) {
	counts := make([]int, 286)
	a, b := 1, 1
	for i := range 40 { // the numbers of Fibonacci make the deepest tree
		counts[i*7] = a
		a, b = b, a+b
	}
	for _, most := range []uint8{7, 15} {
		c := newCode(counts, most)
		room := 0.0
		for s, l := range c.lengths {
			if l > most || (l > 0) != (counts[s] > 0) {
				t.Fatalf("symbol %d has %d bits", s, l)
			}
			if l > 0 {
				room += 1 / float64(int(1)<<l)
			}
		}
		if room != 1 {
			t.Errorf("codes of at most %d bits fill %g of the room", most, room)
		}
	}
}

func BenchmarkPNG(b *testing.B) {
	c := New(1200, 630)
	c.Clear(grey(250))
	k := vector.RGB{R: 90, G: 37, B: 171}
	for i := range 60 {
		c.Drawing(image.Rect(0, 0, 1200, 630), drawing(1200, 630, vector.Shape{Path: vector.Ellipse(float64(i*19), float64(i*53%600), 30, 25), Fill: &k}))
	}
	b.ReportMetric(float64(len(c.PNG())), "bytes")
	for b.Loop() {
		c.PNG()
	}
}
