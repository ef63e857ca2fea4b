package pdf

import (
	"fmt"
	"hash/fnv"
	"unicode/utf16"

	"uccn/generator/internal/memo"
)

// An Outliner is a font as the writer needs it: outlines and measures, all in
// thousandths of an em.
type Outliner interface {
	Name() string // PostScript name
	Metrics() Metrics
	Advance(glyph uint16) int
	Outline(glyph uint16) []Contour
	Rune(glyph uint16) rune // a character whose plain form the glyph is, or 0
}

// Metrics are the measures of a font, for readers that must replace it.
type Metrics struct {
	Ascent, Descent, CapHeight, Weight int // Weight: 100 to 900
	Italic                             int // degrees, negative to the right
}

// A Contour is one step of a glyph's outline. It is quadratic when Op is 'Q'
// (Points 0 and 1), else as the operators of PDF: 'm' and 'l' (Point 0), 'c'.
type Contour struct {
	Op     byte
	Points [3][2]int
}

// A Glyph is a glyph to draw, in thousandths of an em. Glyphs stand in visual
// order, left to right. The glyphs of a cluster stand together for one piece of
// text; the first carries it and their number, the others carry neither.
type Glyph struct {
	ID      uint16
	Cluster uint8  // how many glyphs the cluster has; 0 inside one
	Adv     int32  // to the next glyph
	DX, DY  int32  // where to draw it, away from the pen; y upwards
	RTL     bool   // of a script that runs to the left
	Blank   bool   // no glyph of the font: without width and ink, it only says its text
	Text    string // what the cluster stands for
}

// Sum adds the glyph to a key.
func (g *Glyph) Sum(b *memo.Builder) {
	b.Int(int64(g.ID)<<40 | int64(g.Cluster)<<32 | int64(uint32(g.Adv)))
	b.Int(int64(g.DX)<<32 | int64(uint32(g.DY)))
	b.Flag(g.RTL).Flag(g.Blank).Text(g.Text)
}

// A Font is a font in a file, holding the glyphs used so far.
type Font struct {
	src     Outliner
	index   int
	id      ref
	cids    map[uint16]uint16
	blanks  map[string]uint16
	glyphs  []int // by CID; blank for one without ink
	widths  []int
	unicode []string
}

// Font makes a font usable in this file. Call it once for each.
func (w *Writer) Font(src Outliner) *Font {
	f := &Font{src: src, index: len(w.fonts), id: w.file.alloc(), cids: map[uint16]uint16{}, blanks: map[string]uint16{}}
	f.cid(0)
	w.fonts = append(w.fonts, f)
	return f
}

// blank is the number of a glyph without ink.
const blank = -1

// cid returns the number of a glyph in the subset.
func (f *Font) cid(glyph uint16) uint16 {
	c, found := f.cids[glyph]
	if !found {
		c = f.add(int(glyph), f.src.Advance(glyph))
		f.cids[glyph] = c
	}
	return c
}

// blank returns the number of a glyph that only stands for a text.
func (f *Font) blank(text string) uint16 {
	c, found := f.blanks[text]
	if !found {
		c = f.add(blank, 0)
		f.blanks[text] = c
	}
	return c
}

func (f *Font) add(glyph, width int) uint16 {
	f.glyphs = append(f.glyphs, glyph)
	f.widths = append(f.widths, width)
	f.unicode = append(f.unicode, "")
	return uint16(len(f.glyphs) - 1)
}

// means records what a glyph stands for and reports whether it now stands for
// exactly that: the first meaning of a glyph stays.
func (f *Font) means(cid uint16, text string) bool {
	if f.unicode[cid] == "" {
		f.unicode[cid] = text
	}
	return f.unicode[cid] == text
}

// write writes the font as a Type 0 font over a subset of CFF (9.7.4, 9.9).
func (f *Font) write(out *file) {
	name := f.subsetName()
	m := f.src.Metrics()
	program, box := f.cff(name)
	stream, desc, cid, unicode := out.alloc(), out.alloc(), out.alloc(), out.alloc()
	out.stream(stream, "/Subtype/CIDFontType0C", program)
	flags := 4
	if m.Italic != 0 {
		flags |= 64
	}
	out.object(desc, fmt.Sprintf("<</Type/FontDescriptor/FontName/%s/Flags %d/FontBBox[%d %d %d %d]/ItalicAngle %d/Ascent %d/Descent %d/CapHeight %d/StemV %d/FontFile3 %s>>",
		name, flags, box[0], box[1], box[2], box[3], m.Italic, m.Ascent, m.Descent, m.CapHeight, 50+(m.Weight-400)/4+30, stream))
	widths := []byte("[0[")
	for _, w := range f.widths {
		widths = fmt.Appendf(widths, "%d ", w)
	}
	out.object(cid, fmt.Sprintf("<</Type/Font/Subtype/CIDFontType0/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %s/DW 1000/W%s]]>>",
		name, desc, widths))
	out.stream(unicode, "", f.toUnicode())
	out.object(f.id, fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%s]/ToUnicode %s>>", name, cid, unicode))
}

// subsetName tags the name with six letters that depend on the glyphs (9.6.4).
func (f *Font) subsetName() string {
	h := fnv.New32a()
	for _, g := range f.glyphs {
		h.Write([]byte{byte(g >> 8), byte(g)})
	}
	v := h.Sum32()
	tag := make([]byte, 6)
	for i := range tag {
		tag[i] = 'A' + byte(v%26)
		v /= 26
	}
	return string(tag) + "+" + f.src.Name()
}

// toUnicode returns the map from glyphs to text (9.10.3).
func (f *Font) toUnicode() []byte {
	b := []byte("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n")
	var entries [][]byte
	for cid, s := range f.unicode {
		if s == "" {
			continue
		}
		e := append(appendHex([]byte{'<'}, uint16(cid)), "><"...)
		for _, u := range utf16.Encode([]rune(s)) {
			e = appendHex(e, u)
		}
		entries = append(entries, append(e, ">\n"...))
	}
	for len(entries) > 0 {
		n := min(100, len(entries))
		b = fmt.Appendf(b, "%d beginbfchar\n", n)
		for _, e := range entries[:n] {
			b = append(b, e...)
		}
		b = append(b, "endbfchar\n"...)
		entries = entries[n:]
	}
	return append(b, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"...)
}
