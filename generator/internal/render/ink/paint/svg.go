package paint

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"

	"uccn/generator/internal/pdf"
	"uccn/generator/internal/pdf/vector"
	"uccn/generator/internal/typeset"
)

// SVG draws a page as a picture for the screen: the trimmed page, letters as
// outlines, photographs inside it. It needs no fonts and no network. The text can
// be neither read aloud nor selected; it is for previews only.
func SVG(p *typeset.Page) ([]byte, error) {
	s := &svgPage{glyphs: map[svgGlyph]int{}}
	typeset.Paint(p, s)
	if s.err != nil {
		return nil, s.err
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s"><rect width="%s" height="%s" fill="#fff"/><defs>%s</defs>%s</svg>`,
		p.Size.W, p.Size.H, p.Size.W, p.Size.H, s.defs.String(), s.body.String())
	return out.Bytes(), nil
}

type svgPage struct {
	defs, body strings.Builder
	glyphs     map[svgGlyph]int
	clips      int
	err        error
}

type svgGlyph struct {
	font pdf.Outliner
	id   uint16
}

func (s *svgPage) Glyphs(f pdf.Outliner, glyphs []pdf.Glyph, size, x, y pdf.Length, k pdf.Color) {
	fmt.Fprintf(&s.body, `<g fill="%s" transform="translate(%s %s) scale(%.5f)">`, hexColor(k), x, y, float64(size)/1000/1000)
	at := 0
	for _, g := range glyphs {
		if id := s.glyph(f, g); id >= 0 {
			fmt.Fprintf(&s.body, `<use href="#g%d" x="%d" y="%d"/>`, id, at+int(g.DX), -int(g.DY))
		}
		at += int(g.Adv)
	}
	s.body.WriteString("</g>")
}

// glyph defines a glyph once and returns its number, or -1 when it has no ink.
func (s *svgPage) glyph(f pdf.Outliner, g pdf.Glyph) int {
	key := svgGlyph{f, g.ID}
	if id, found := s.glyphs[key]; found && !g.Blank {
		return id
	}
	steps := f.Outline(g.ID)
	if g.Blank || len(steps) == 0 {
		return -1
	}
	id := len(s.glyphs)
	s.glyphs[key] = id
	fmt.Fprintf(&s.defs, `<path id="g%d" d="`, id)
	for i, c := range steps {
		if i > 0 && c.Op == 'm' {
			s.defs.WriteByte('z')
		}
		s.defs.WriteByte(c.Op &^ 0x20)
		n := map[byte]int{'m': 1, 'l': 1, 'c': 3, 'Q': 2}[c.Op]
		for _, p := range c.Points[:n] {
			fmt.Fprintf(&s.defs, "%d %d ", p[0], -p[1])
		}
	}
	s.defs.WriteString(`z"/>`)
	return id
}

func hexColor(c pdf.Color) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

func (s *svgPage) Fill(r pdf.Rect, k pdf.Color) {
	fmt.Fprintf(&s.body, `<rect x="%s" y="%s" width="%s" height="%s" fill="%s"/>`, r.X, r.Y, r.W, r.H, hexColor(k))
}

func (s *svgPage) Line(x1, y1, x2, y2, width pdf.Length, k pdf.Color) {
	fmt.Fprintf(&s.body, `<path d="M%s %sL%s %s" stroke="%s" stroke-width="%s"/>`, x1, y1, x2, y2, hexColor(k), width)
}

func (s *svgPage) Drawing(r pdf.Rect, d vector.Drawing) {
	fmt.Fprintf(&s.body, `<svg x="%s" y="%s" width="%s" height="%s" viewBox="%g %g %g %g" preserveAspectRatio="none">`, r.X, r.Y, r.W, r.H, d.X, d.Y, d.W, d.H)
	for _, shape := range d.Shapes {
		s.body.WriteString(`<path d="` + pathData(shape.Path) + `"`)
		paint := func(key string, c *vector.RGB) {
			v := "none"
			if c != nil {
				v = hexColor(pdf.Color(*c))
			}
			fmt.Fprintf(&s.body, ` %s="%s"`, key, v)
		}
		paint("fill", shape.Fill)
		if shape.EvenOdd {
			s.body.WriteString(` fill-rule="evenodd"`)
		}
		if shape.Stroke != nil {
			paint("stroke", shape.Stroke)
			fmt.Fprintf(&s.body, ` stroke-width="%g" stroke-linecap="%s" stroke-linejoin="%s"`, shape.Width,
				[]string{"butt", "round", "square"}[shape.Cap%3], []string{"miter", "round", "bevel"}[shape.Join%3])
		}
		s.body.WriteString("/>")
	}
	s.body.WriteString("</svg>")
}

func pathData(p vector.Path) string {
	var b strings.Builder
	for _, g := range p {
		b.WriteByte("MLCZ"[g.Op])
		for _, q := range g.Points[:g.Count()] {
			fmt.Fprintf(&b, "%.2f %.2f ", q.X, q.Y)
		}
	}
	return b.String()
}

func (s *svgPage) Picture(r pdf.Rect, p *typeset.Picture) {
	if s.err != nil {
		return
	}
	data, err := p.Data()
	if err != nil {
		s.err = fmt.Errorf("picture: %w", err)
		return
	}
	at := pdf.Cover(r, p.W, p.H, p.FocusX, p.FocusY)
	s.clips++
	fmt.Fprintf(&s.defs, `<clipPath id="c%d"><rect x="%s" y="%s" width="%s" height="%s"/></clipPath>`, s.clips, r.X, r.Y, r.W, r.H)
	fmt.Fprintf(&s.body, `<image clip-path="url(#c%d)" x="%s" y="%s" width="%s" height="%s" href="data:image/jpeg;base64,%s"/>`,
		s.clips, at.X, at.Y, at.W, at.H, base64.StdEncoding.EncodeToString(data))
}
