package pdf_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"slices"
	"strings"
	"testing"
	"time"

	"uccn/generator/internal/pdf"
	"uccn/generator/internal/pdf/inspect"
	"uccn/generator/internal/pdf/vector"
)

// blocks is a font in which every letter is a box; glyph n is letter n.
type blocks struct{}

func (blocks) Name() string { return "Blocks" }
func (blocks) Metrics() pdf.Metrics {
	return pdf.Metrics{Ascent: 800, Descent: -200, CapHeight: 700, Weight: 400}
}
func (blocks) Advance(g uint16) int { return 600 }
func (blocks) Rune(g uint16) rune   { return rune(g) }
func (blocks) Outline(g uint16) []pdf.Contour {
	return []pdf.Contour{
		{Op: 'm', Points: [3][2]int{{50, 0}}}, {Op: 'l', Points: [3][2]int{{550, 0}}},
		{Op: 'Q', Points: [3][2]int{{550, 700}, {50, 700}}}, {Op: 'c', Points: [3][2]int{{40, 500}, {40, 200}, {50, 0}}},
	}
}

// letters returns the glyphs of a text in that font.
func letters(s string) []pdf.Glyph {
	var out []pdf.Glyph
	for _, r := range s {
		out = append(out, pdf.Glyph{ID: uint16(r), Cluster: 1, Adv: 600, Text: string(r)})
	}
	return out
}

func photo(t *testing.T, w, h int) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range m.Pix {
		m.Pix[i] = uint8(i * 7)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func options() pdf.Options {
	return pdf.Options{Title: "Test & more", Lang: "en", Producer: "uccn", Created: time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)}
}

// write makes a file of one page with what draw draws.
func write(t *testing.T, o pdf.Options, draw func(w *pdf.Writer, f *pdf.Font, c *pdf.Canvas)) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := pdf.New(&out, o)
	if err != nil {
		t.Fatal(err)
	}
	f := w.Font(blocks{})
	c := w.Page(pdf.Page{W: pdf.MM(148), H: pdf.MM(210), Bleed: pdf.MM(3), Slug: pdf.MM(7)})
	draw(w, f, c)
	c.End()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// say draws a word under a tag.
func say(c *pdf.Canvas, f *pdf.Font, t *pdf.Tag, word string, y pdf.Length) {
	c.Tag(t)
	c.Text(f, 10*pdf.Pt, 20*pdf.Pt, y, pdf.Color{}, letters(word))
}

// everything draws one of each.
func everything(t *testing.T) func(w *pdf.Writer, f *pdf.Font, c *pdf.Canvas) {
	return func(w *pdf.Writer, f *pdf.Font, c *pdf.Canvas) {
		sect := &pdf.Tag{Role: "Sect"}
		c.Dest("top", 0)
		c.Artifact(pdf.Background)
		c.Fill(pdf.Rect{X: -pdf.MM(3), Y: -pdf.MM(3), W: pdf.MM(154), H: 20 * pdf.Pt}, pdf.Hex("#1c7c4c"))
		say(c, f, &pdf.Tag{Role: "H1", Parent: sect}, "Title (1)", 40*pdf.Pt)
		p := &pdf.Tag{Role: "P", Parent: sect, Lang: "fr"}
		say(c, f, p, "avant ", 60*pdf.Pt)
		link := &pdf.Tag{Role: "Link", Parent: p, Alt: "To the top"}
		c.Tag(link)
		c.Text(f, 10*pdf.Pt, 60*pdf.Pt, 60*pdf.Pt, pdf.Color{}, letters("lien"))
		c.Link(link, pdf.Rect{X: 60 * pdf.Pt, Y: 50 * pdf.Pt, W: 30 * pdf.Pt, H: 12 * pdf.Pt}, "#top")
		say(c, f, p, " après", 60*pdf.Pt)
		m, err := w.JPEG(photo(t, 30, 20))
		if err != nil {
			t.Fatal(err)
		}
		again, _ := w.JPEG(photo(t, 30, 20))
		if m != again {
			t.Error("the same picture was written twice")
		}
		frame := pdf.Rect{X: 20 * pdf.Pt, Y: 100 * pdf.Pt, W: 90 * pdf.Pt, H: 40 * pdf.Pt}
		c.Tag(&pdf.Tag{Role: "Figure", Parent: sect, Alt: "Stripes", Box: frame})
		c.Picture(m, frame, 500, 500)
		alpha := image.NewNRGBA(image.Rect(0, 0, 4, 4))
		alpha.SetNRGBA(1, 1, color.NRGBA{200, 0, 0, 128})
		c.Artifact(pdf.Layout)
		c.Picture(w.Image(alpha), frame, 500, 500)
		path, err := vector.ParsePath("M0 0h10v10q-5 5-10 0z")
		if err != nil {
			t.Fatal(err)
		}
		c.Shapes(frame, vector.Drawing{W: 10, H: 10, Shapes: []vector.Shape{{Path: path, Fill: &vector.RGB{R: 255}, Stroke: &vector.RGB{}, Width: 1}}})
		table := &pdf.Tag{Role: "Table", Parent: sect}
		row := &pdf.Tag{Role: "TR", Parent: &pdf.Tag{Role: "THead", Parent: table}}
		say(c, f, &pdf.Tag{Role: "TH", Parent: row, Scope: "Column"}, "Head", 200*pdf.Pt)
		row = &pdf.Tag{Role: "TR", Parent: &pdf.Tag{Role: "TBody", Parent: table}}
		say(c, f, &pdf.Tag{Role: "TD", Parent: row}, "Cell", 220*pdf.Pt)
		c.Empty(&pdf.Tag{Role: "TD", Parent: row})
		say(c, f, &pdf.Tag{Role: "Note", Parent: sect, ID: "n1"}, "Note", 240*pdf.Pt)
		w.Outline([]pdf.Bookmark{{Title: "Top", Dest: "top", Kids: []pdf.Bookmark{{Title: "Łódź", Dest: "top"}}}})
	}
}

func TestWriter(t *testing.T) {
	o := options()
	o.Labels = []pdf.Label{{Page: 0, Style: "r", Start: 3}}
	data := write(t, o, everything(t))
	if again := write(t, o, everything(t)); !bytes.Equal(data, again) {
		t.Error("the same calls gave other bytes")
	}
	findings, err := inspect.Preflight(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Error(f)
	}
	d, err := inspect.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	want := "Title (1)\navant lien après\nHead\nCell\nNote"
	if got := d.PageText(0); got != want {
		t.Errorf("text %q, want %q", got, want)
	}
	sect := d.Structure().Kids[0]
	roles := []inspect.Name{}
	for _, k := range sect.Kids {
		roles = append(roles, k.Role)
	}
	if !slices.Equal(roles, []inspect.Name{"H1", "P", "Figure", "Table", "Note"}) {
		t.Errorf("structure %v", roles)
	}
	if p := sect.Kids[1]; p.Text != "avant  après" || p.Kids[0].Text != "lien" || inspect.Text(p.Dict["Lang"]) != "fr" {
		t.Errorf("paragraph %+v", p)
	}
}

func TestPreflightFinds(t *testing.T) {
	p := &pdf.Tag{Role: "P"}
	for _, c := range []struct {
		rule string
		draw func(w *pdf.Writer, f *pdf.Font, c *pdf.Canvas)
	}{
		{"alternate-text", func(w *pdf.Writer, f *pdf.Font, c *pdf.Canvas) {
			c.Tag(&pdf.Tag{Role: "Figure", Box: pdf.Rect{W: 10, H: 10}})
			c.Fill(pdf.Rect{W: 10, H: 10}, pdf.Color{})
		}},
		{"figure", func(w *pdf.Writer, f *pdf.Font, c *pdf.Canvas) {
			c.Tag(&pdf.Tag{Role: "Figure", Alt: "x"})
			c.Fill(pdf.Rect{W: 10, H: 10}, pdf.Color{})
		}},
		{"structure", func(w *pdf.Writer, f *pdf.Font, c *pdf.Canvas) { say(c, f, &pdf.Tag{Role: "Chapter"}, "x", 0) }},
		{"structure", func(w *pdf.Writer, f *pdf.Font, c *pdf.Canvas) { say(c, f, &pdf.Tag{Role: "LI", Parent: p}, "x", 0) }},
		{"headings", func(w *pdf.Writer, f *pdf.Font, c *pdf.Canvas) { say(c, f, &pdf.Tag{Role: "H2"}, "x", 0) }},
		{"note", func(w *pdf.Writer, f *pdf.Font, c *pdf.Canvas) { say(c, f, &pdf.Tag{Role: "Note"}, "x", 0) }},
		{"language", func(w *pdf.Writer, f *pdf.Font, c *pdf.Canvas) {
			say(c, f, &pdf.Tag{Role: "P", Lang: "français"}, "x", 0)
		}},
		{"table", func(w *pdf.Writer, f *pdf.Font, c *pdf.Canvas) {
			say(c, f, &pdf.Tag{Role: "TH", Parent: &pdf.Tag{Role: "TR", Parent: &pdf.Tag{Role: "Table"}}}, "x", 0)
		}},
		{"missing-glyph", func(w *pdf.Writer, f *pdf.Font, c *pdf.Canvas) { say(c, f, p, "\x00", 0) }},
		{"link", func(w *pdf.Writer, f *pdf.Font, c *pdf.Canvas) {
			say(c, f, p, "x", 0)
			c.Link(p, pdf.Rect{W: 10, H: 10}, "https://example.org/")
		}},
	} {
		findings, err := inspect.Preflight(write(t, options(), c.draw))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(findings, func(f inspect.Finding) bool { return f.Rule == c.rule }) {
			t.Errorf("want a finding %q, got %v", c.rule, findings)
		}
	}
	o := options()
	o.Lang, o.Title = "", ""
	findings, _ := inspect.Preflight(write(t, o, func(w *pdf.Writer, f *pdf.Font, c *pdf.Canvas) { say(c, f, p, "x", 0) }))
	for _, rule := range []string{"language", "title"} {
		if !slices.ContainsFunc(findings, func(f inspect.Finding) bool { return f.Rule == rule }) {
			t.Errorf("a file without language and title: no finding %q in %v", rule, findings)
		}
	}
}

// outputProfile returns the head of a profile and a table of one tag, enough to be
// accepted when its class is "prtr" and its colours are "CMYK".
func outputProfile(class, space string) []byte {
	b := make([]byte, 148)
	binary.BigEndian.PutUint32(b, 148)
	copy(b[12:], class+space)
	copy(b[36:], "acsp")
	binary.BigEndian.PutUint32(b[128:], 1)
	copy(b[132:], "cprt\x00\x00\x00\x90\x00\x00\x00\x04")
	return b
}

func TestCheckProfile(t *testing.T) {
	good := outputProfile("prtr", "CMYK")
	far := slices.Clone(good)
	far[143] = 200 // a tag beyond the end
	for _, k := range []struct {
		icc  []byte
		want string
	}{
		{good, ""}, {nil, "it is no ICC profile"}, {good[:147], "it is no ICC profile"}, {far, "it is no ICC profile"},
		{append(slices.Clone(good[:128]), make([]byte, 20)...), "it is no ICC profile"},
		{outputProfile("mntr", "RGB "), "its colours are RGB, and printers need CMYK"},
		{outputProfile("link", "CMYK"), "it is for converting colours, and not for a printer"},
	} {
		got := ""
		if err := pdf.CheckProfile(k.icc); err != nil {
			got = err.Error()
		}
		if got != k.want {
			t.Errorf("%d bytes: %q, want %q", len(k.icc), got, k.want)
		}
	}
}

func TestPrint(t *testing.T) {
	o := options()
	green := pdf.Hex("#1c7c4c")
	o.Print = &pdf.Print{ICC: outputProfile("prtr", "CMYK"), Condition: "FOGRA51", Inks: map[pdf.Color]pdf.CMYK{green: {C: 80, M: 20, Y: 70, K: 10}}}
	data := write(t, o, everything(t))
	d, err := inspect.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(data, []byte("%PDF-1.6")) || !bytes.Contains(data, []byte("PDF/X-4")) {
		t.Error("the file does not say that it is PDF/X-4")
	}
	page := d.Pages[0].Dict
	if page["Annots"] != nil {
		t.Error("a file for the printer holds links")
	}
	content, err := d.Data(d.Get(page["Contents"]).(*inspect.Stream))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(content, []byte("0.8 0.2 0.7 0.1 k")) || bytes.Contains(content, []byte(" rg\n")) {
		t.Error("colours are not in CMYK")
	}
	findings, err := inspect.Preflight(data)
	if err != nil || len(findings) > 0 {
		t.Error(findings, err)
	}
	o.Print.ICC = outputProfile("prtr", "RGB ")
	if _, err := pdf.New(&bytes.Buffer{}, o); err == nil || !strings.Contains(err.Error(), "its colours are RGB") {
		t.Errorf("an RGB profile was taken for printing: %v", err)
	}
}

func TestCloseNamesMissingDestinations(t *testing.T) {
	w, err := pdf.New(&bytes.Buffer{}, options())
	if err != nil {
		t.Fatal(err)
	}
	w.Outline([]pdf.Bookmark{{Title: "Nowhere", Dest: "lost"}})
	if err := w.Close(); err == nil || !strings.Contains(err.Error(), `"lost"`) {
		t.Errorf("got %v", err)
	}
}

func TestDamagedJPEG(t *testing.T) {
	w, err := pdf.New(&bytes.Buffer{}, options())
	if err != nil {
		t.Fatal(err)
	}
	good := photo(t, 64, 64)
	for _, n := range []int{0, 3, 20, len(good) / 2, len(good) - 2} {
		if _, err := w.JPEG(good[:n]); err == nil {
			t.Errorf("%d of %d bytes were taken for a picture", n, len(good))
		}
	}
}

func TestLength(t *testing.T) {
	for _, c := range []struct {
		l    pdf.Length
		want string
	}{{0, "0"}, {1000, "1"}, {1250, "1.25"}, {1500, "1.5"}, {-1234, "-1.23"}, {-4, "0"}, {1999, "2"}, {pdf.MM(210), "595.28"}} {
		if got := c.l.String(); got != c.want {
			t.Errorf("%d is written %q, want %q", int(c.l), got, c.want)
		}
	}
	if got := pdf.Length(-15).Scale(1, 10); got != -2 {
		t.Errorf("Scale rounds -1.5 to %d", got)
	}
	if r := (pdf.Rect{X: 10, W: 30}).Mirror(100); r.X != 60 {
		t.Errorf("mirrored to %d", r.X)
	}
}

func TestCover(t *testing.T) {
	frame := pdf.Rect{X: 100, Y: 100, W: 100, H: 100}
	if got := pdf.Cover(frame, 200, 100, 0, 0); got != (pdf.Rect{X: 50, Y: 100, W: 200, H: 100}) {
		t.Errorf("in the middle: %+v", got)
	}
	if got := pdf.Cover(frame, 200, 100, 1000, 0); got.X != 0 {
		t.Errorf("to the right: %+v", got)
	}
}

// FuzzCheckProfile reads hostile profiles.
func FuzzCheckProfile(f *testing.F) {
	f.Add(outputProfile("prtr", "CMYK"))
	f.Add(outputProfile("mntr", "RGB "))
	desc := outputProfile("prtr", "CMYK")
	copy(desc[132:], "desc\x00\x00\x00\x80\x00\x00\x00\x14")
	f.Add(desc)
	f.Fuzz(func(t *testing.T, icc []byte) {
		if err := pdf.CheckProfile(icc); err == nil && len(icc) < 144 {
			t.Errorf("a profile of %d bytes is taken", len(icc))
		}
	})
}
