package doc

import (
	"uccn/generator/internal/diag"
	"uccn/generator/internal/model"
)

// Block is a part of a text that stands on its own: a *Paragraph, *Heading,
// *List, *Quote, *Code, *Table, *Rule, *Definitions, *Figure, *Gallery,
// *PullQuote or *VideoLink.
type Block interface{ block() }

// Inline is a part of a line: *Text, *Emphasis, *Strong, *Strike, CodeSpan,
// *Link, *Image, Break or NoteRef.
type Inline interface{ inline() }

// Paragraph is a paragraph of prose.
type Paragraph struct{ Content []Inline }

// Heading opens a part of the text. Its ID is unique in the document and never
// begins with "t-", "fn-" or "fnref-", which belong to themes and footnotes.
type Heading struct {
	ID      string
	Level   int    // 1 to 6, as written
	Text    string // its words, for lists of contents
	Content []Inline
}

// List is a list of points or, when Ordered, of numbers from Start.
type List struct {
	Ordered bool
	Start   int
	Tight   bool // no space between the items
	Items   []Item
}

// Item is one entry of a list, or what is said of a term.
type Item struct{ Blocks []Block }

// Quote is a quotation set off from the text.
type Quote struct{ Blocks []Block }

// Code is a block shown as it was typed; Lang is the word after the fence.
type Code struct{ Lang, Text string }

// Align is how the cells of a column stand.
type Align uint8

const (
	AlignNone Align = iota // as the theme has it
	AlignStart
	AlignCenter
	AlignEnd
)

// Cell is what stands in one field of a table.
type Cell []Inline

// Table has one head row; every row has as many cells as Align has entries.
type Table struct {
	Align []Align
	Head  []Cell
	Rows  [][]Cell
}

// Rule is a break between two parts of a text.
type Rule struct{}

// Definitions is a list of terms and what they mean.
type Definitions struct{ Items []Definition }

// Definition is one or more terms with their meanings.
type Definition struct {
	Terms    [][]Inline
	Meanings []Item
	Tight    bool
}

// Figure is a picture that stands on its own. Its caption is in Image.Words.
type Figure struct{ Image *Image }

// Gallery is several pictures shown together.
type Gallery struct{ Images []*Image }

// PullQuote is a sentence taken out of the text and set large.
type PullQuote struct {
	Text     []Inline
	By, Role string // who said it; may be empty
}

// VideoLink leads to a film elsewhere; nothing of it is loaded here.
type VideoLink struct{ Link *Link }

// Text is words with their typographic quotes, dashes and spaces. A line end
// in it stands for a space.
type Text struct{ Words string }

// Emphasis is stressed, usually in italics.
type Emphasis struct{ Content []Inline }

// Strong is important, usually in bold.
type Strong struct{ Content []Inline }

// Strike is no longer valid.
type Strike struct{ Content []Inline }

// CodeSpan is text shown as it was typed.
type CodeSpan string

// Break is a line end that the editor asked for.
type Break struct{}

// NoteRef is a call of Doc.Notes[Number-1]; Use counts its calls from 1.
type NoteRef struct{ Number, Use int }

// Kind tells where an address leads.
type Kind uint8

const (
	Record  Kind = iota // "city:lodz", see Split
	Anchor              // "#history": a place in the same page
	Path                // a file or a page, relative to the text or to the site
	Web                 // http, https, mailto, tel
	Refused             // no output may link there; reported in Doc.Problems
)

// Link leads to another place. A record link without words of its own
// (Content is empty) shows the name of the record.
type Link struct {
	Target  string // with its escapes resolved
	Kind    Kind
	Title   string
	Content []Inline
	At      diag.Pos // of the address in the file
	Len     int      // code points of the address as written; 0 when its place is not exact
}

// Image is a picture used in a text. Of model.Image, Src, At, Alt and Caption
// are set, and what a figure or gallery says besides.
type Image struct {
	model.Image
	Words []Inline // the caption; nil when there is none
	Len   int      // code points of the address as written, at At
}

// Note is a footnote. Its number is its place in Doc.Notes, from 1.
type Note struct {
	Blocks []Block
	Uses   int // how many calls lead to it
}

func (*Paragraph) block()   {}
func (*Heading) block()     {}
func (*List) block()        {}
func (*Quote) block()       {}
func (*Code) block()        {}
func (*Table) block()       {}
func (*Rule) block()        {}
func (*Definitions) block() {}
func (*Figure) block()      {}
func (*Gallery) block()     {}
func (*PullQuote) block()   {}
func (*VideoLink) block()   {}

func (*Text) inline()     {}
func (*Emphasis) inline() {}
func (*Strong) inline()   {}
func (*Strike) inline()   {}
func (CodeSpan) inline()  {}
func (*Link) inline()     {}
func (*Image) inline()    {}
func (Break) inline()     {}
func (NoteRef) inline()   {}
