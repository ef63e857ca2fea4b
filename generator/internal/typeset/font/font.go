// Package font reads font files, chooses fonts by script and turns words into
// glyphs. It knows words of one style; it knows no lines and no pages.
package font

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"

	gofont "github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"

	"uccn/generator/internal/memo"
	"uccn/generator/internal/pdf"
)

// A Font is one font: a file, or one of a collection, at one place of its design
// space. It is read-only, so any number of goroutines may share it.
type Font struct {
	name       string
	font       *gofont.Font
	variations []gofont.Variation
	langs      []string
	upem       int
	scale      int

	// made when a writer first asks
	runes    func() map[uint16]rune
	metrics  memo.Map[int, pdf.Metrics] // one
	advances memo.Map[uint16, int]
	outlines memo.Map[uint16, []pdf.Contour]
}

// Options say how to read a font file. The zero value reads an ordinary one.
type Options struct {
	Index      int                // in a collection
	Variations map[string]float32 // axis to value, such as "wght": 650
	Langs      []string           // languages whose characters it draws in their way: "ja"; others use it last
	Scale      int                // parts of a thousand of its design size, to match other fonts; 0 means 1,000
}

// Parse reads a TrueType or OpenType font. data must not change afterwards.
func Parse(name string, data []byte, o Options) (*Font, error) {
	faces, err := gofont.ParseTTC(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("font %s: %w", name, err)
	}
	if o.Index < 0 || o.Index >= len(faces) {
		return nil, fmt.Errorf("font %s: the file holds %d fonts, not number %d", name, len(faces), o.Index)
	}
	f := &Font{name: postScript(name), font: faces[o.Index].Font, langs: o.Langs, upem: int(faces[o.Index].Upem())}
	if f.scale = o.Scale; f.scale == 0 {
		f.scale = 1000
	}
	f.runes = sync.OnceValue(f.plain)
	if f.upem == 0 {
		return nil, fmt.Errorf("font %s: its em has no size", name)
	}
	for _, axis := range slices.Sorted(maps.Keys(o.Variations)) {
		if len(axis) != 4 {
			return nil, fmt.Errorf("font %s: axis %q is not four letters", name, axis)
		}
		f.variations = append(f.variations, gofont.Variation{Tag: opentype.MustNewTag(axis), Value: o.Variations[axis]})
	}
	return f, nil
}

// Name returns the font's name as PDF writes it.
func (f *Font) Name() string { return f.name }

// Has says whether the font holds a character.
func (f *Font) Has(r rune) bool {
	_, found := f.font.NominalGlyph(r)
	return found
}

// face returns a working copy for one goroutine.
func (f *Font) face() *gofont.Face {
	face := gofont.NewFace(f.font)
	if len(f.variations) > 0 {
		face.SetVariations(f.variations)
	}
	return face
}

// mille converts font units to thousandths of an em.
func (f *Font) mille(v float32) int {
	return int(math.Round(float64(v) * float64(f.scale) / float64(f.upem)))
}

// postScript keeps what a name in a PDF may hold (ISO 32000-1, 9.6.2).
func postScript(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return -1
	}, name)
}

// Outliner returns the font as a PDF writer needs it. Each writer takes its own.
func (f *Font) Outliner() pdf.Outliner { return &outliner{f, sync.OnceValue(f.face)} }

// plain finds the characters of glyphs.
func (f *Font) plain() map[uint16]rune {
	runes := map[uint16]rune{}
	for it := f.font.Cmap.Iter(); it.Next(); {
		r, g := it.Char()
		if have, found := runes[uint16(g)]; !found || r < have {
			runes[uint16(g)] = r
		}
	}
	return runes
}

// An outliner makes what no writer before has asked the font for.
type outliner struct {
	f    *Font
	face func() *gofont.Face
}

func (o *outliner) Name() string { return o.f.name }

func (o *outliner) Metrics() pdf.Metrics {
	return o.f.metrics.Get(0, o.measure)
}

func (o *outliner) measure() pdf.Metrics {
	face := o.face()
	m := pdf.Metrics{Ascent: 800, Descent: -200, CapHeight: 700, Weight: 400}
	if e, found := face.FontHExtents(); found {
		m.Ascent, m.Descent = o.f.mille(e.Ascender), o.f.mille(e.Descender)
	}
	if g, found := face.NominalGlyph('H'); found {
		if e, found := face.GlyphExtents(g); found {
			m.CapHeight = o.f.mille(e.YBearing)
		}
	}
	aspect := o.f.font.Describe().Aspect
	if aspect.Style == gofont.StyleItalic {
		m.Italic = -10
	}
	if aspect.Weight > 0 {
		m.Weight = int(aspect.Weight)
	}
	return m
}

func (o *outliner) Advance(glyph uint16) int {
	return o.f.advances.Get(glyph, func() int { return o.f.mille(o.face().HorizontalAdvance(gofont.GID(glyph))) })
}

func (o *outliner) Rune(glyph uint16) rune { return o.f.runes()[glyph] }

// Outline returns what the font remembers of a glyph; nobody may change it.
func (o *outliner) Outline(glyph uint16) []pdf.Contour {
	return o.f.outlines.Get(glyph, func() []pdf.Contour { return o.outline(glyph) })
}

func (o *outliner) outline(glyph uint16) []pdf.Contour {
	data, found := o.face().GlyphDataOutline(gofont.GID(glyph))
	if !found {
		return nil
	}
	out := make([]pdf.Contour, 0, len(data.Segments))
	for _, s := range data.Segments {
		c := pdf.Contour{Op: "mlQc"[s.Op]}
		for i, p := range s.ArgsSlice() {
			c.Points[i] = [2]int{o.f.mille(p.X), o.f.mille(p.Y)}
		}
		out = append(out, c)
	}
	return out
}
