// Package typeset sets text: it breaks paragraphs into lines by the method of
// Knuth and Plass, with hyphenation, hanging punctuation and writing in both
// directions, pours the lines into frames on pages, and writes the pages through
// package pdf. It knows paragraphs, lists, tables, figures and notes; it knows no
// city and no book.
//
// A Composer makes a Galley from blocks, which is one long column; the caller
// pours the galley into frames of Pages, and Print writes the pages. Pages may be
// composed by several goroutines, each with a Composer of its own, and are then
// finished values that nobody changes.
package typeset

import (
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/typeset/font"
)

// Length is a distance in thousandths of a point.
type Length = pdf.Length

// A Style is the look of letters.
type Style struct {
	Font     *font.Stack
	Size     Length
	Color    pdf.Color
	Lang     string // language tag: chooses hyphenation, characters and the spoken language
	Track    int    // space added after each letter, thousandths of an em
	Rise     Length // above the baseline
	Features string // OpenType features: "tnum", "onum,case"
}

// Sized returns the style in another size.
func (s Style) Sized(size Length) Style {
	s.Size = size
	return s
}

// An Align says how lines fill their width.
type Align uint8

// Ways to fill lines. Start is left in a text that runs to the right, and right
// in one that runs to the left.
const (
	Start Align = iota
	Justify
	Center
	End
)

// A Shape is the look of a paragraph.
type Shape struct {
	Style
	Leading  Length // from baseline to baseline
	Align    Align
	Indent   Length // of the first line; negative: of all lines but the first
	Before   Length // space, taken once between two paragraphs: the larger wins
	After    Length
	RTL      bool // the base direction
	KeepNext bool // no page ends after it
	Whole    bool // not divided between pages
	NoHyphen bool
	Snap     bool // begins on the frame's baseline grid
	Rag      Length
	Literal  bool // no typographic spaces are put in
}

// A Span is a stretch of a paragraph in one style.
type Span struct {
	Text  string
	Style *Style // nil: the paragraph's
	Lang  string // when it differs from the style's
	Role  string // structure type, such as "Span", "Quote" or "Reference"; "" for none
	Link  string // "#name" or an address; "" for none
	Alt   string // where the link leads, in words
	Note  *Note  // a footnote that this span calls
}

// A Note is a footnote. Its first block is a paragraph whose text begins with the mark.
type Note struct {
	ID     string // unique in the book
	Blocks []Block
}

// T returns the spans of plain text.
func T(text string) []Span { return []Span{{Text: text}} }
