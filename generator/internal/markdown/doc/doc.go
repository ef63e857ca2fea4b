// Package doc is a text that has been read: a tree of blocks and inlines, its
// words, and its HTML for one kind of output. It knows no Markdown; package
// markdown makes its trees, and an output that does not want HTML walks them.
package doc

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/model"
)

// Doc is a text that has been read.
type Doc struct {
	Source   model.Text // as it was written
	Blocks   []Block
	Notes    []Note // in the order of their first calls
	Problems diag.List

	// What Blocks and Notes hold, in the order of the text.
	Headings []*Heading
	Links    []*Link
	Images   []*Image
}

// Plain returns the words of d without markup: blocks are parted by line ends,
// footnotes come last. Code, rules and addresses are left out.
func (d *Doc) Plain() string {
	var b strings.Builder
	b.Grow(len(d.Source.Source) + len(d.Source.Source)/16)
	plainBlocks(&b, d.Blocks)
	for _, n := range d.Notes {
		plainBlocks(&b, n.Blocks)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// FirstSentence returns the first sentence of the first paragraph, for use
// where a summary is missing. It returns "" when there is no paragraph.
func (d *Doc) FirstSentence() string {
	for _, b := range d.Blocks {
		if p, ok := b.(*Paragraph); ok {
			if s := PlainText(p.Content); s != "" {
				return firstSentence(s)
			}
		}
	}
	return ""
}

// Words counts the words of d, footnotes included. Where a script writes no
// spaces, every ideograph and kana counts as a word.
func (d *Doc) Words() int {
	n, inside := 0, false
	for _, r := range d.Plain() {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			n, inside = n+1, false
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if !inside {
				n++
			}
			inside = true
		case unicode.IsSpace(r) || r == '–' || r == '—':
			inside = false
		}
	}
	return n
}

// PlainText returns the words of a line without markup.
func PlainText(in []Inline) string {
	if len(in) == 1 {
		if t, ok := in[0].(*Text); ok && strings.IndexByte(t.Words, '\n') < 0 {
			return strings.TrimSpace(t.Words)
		}
	}
	var b strings.Builder
	plainInlines(&b, in)
	return strings.TrimSpace(b.String())
}

func plainBlocks(b *strings.Builder, blocks []Block) {
	for _, x := range blocks {
		switch x := x.(type) {
		case *Paragraph:
			plainLine(b, x.Content)
		case *Heading:
			plainLine(b, x.Content)
		case *List:
			plainItems(b, x.Items)
		case *Quote:
			plainBlocks(b, x.Blocks)
		case *Table:
			plainRow(b, x.Head)
			for _, row := range x.Rows {
				plainRow(b, row)
			}
		case *Definitions:
			for _, def := range x.Items {
				for _, t := range def.Terms {
					plainLine(b, t)
				}
				plainItems(b, def.Meanings)
			}
		case *Figure:
			plainLine(b, x.Image.Words)
		case *Gallery:
			for _, i := range x.Images {
				plainLine(b, i.Words)
			}
		case *PullQuote:
			plainLine(b, x.Text)
		case *VideoLink:
			plainLine(b, x.Link.Content)
		}
	}
}

func plainItems(b *strings.Builder, items []Item) {
	for _, i := range items {
		plainBlocks(b, i.Blocks)
	}
}

func plainRow(b *strings.Builder, row []Cell) {
	for i, c := range row {
		if i > 0 {
			b.WriteByte(' ')
		}
		plainInlines(b, c)
	}
	b.WriteByte('\n')
}

func plainLine(b *strings.Builder, in []Inline) {
	if len(in) > 0 {
		plainInlines(b, in)
		b.WriteByte('\n')
	}
}

func plainInlines(b *strings.Builder, in []Inline) {
	for _, x := range in {
		switch x := x.(type) {
		case *Text:
			for s := x.Words; s != ""; {
				line, rest, more := strings.Cut(s, "\n")
				b.WriteString(line)
				if more {
					b.WriteByte(' ')
				}
				s = rest
			}
		case *Emphasis:
			plainInlines(b, x.Content)
		case *Strong:
			plainInlines(b, x.Content)
		case *Strike:
			plainInlines(b, x.Content)
		case CodeSpan:
			b.WriteString(string(x))
		case *Link:
			plainInlines(b, x.Content)
		case Break:
			b.WriteByte(' ')
		}
	}
}

// firstSentence cuts s after the first mark that ends a sentence: one that is
// followed by a space and a letter that could begin another, and does not
// stand after an initial, a short abbreviation or a number.
func firstSentence(s string) string {
	for i, r := range s {
		end := i + utf8.RuneLen(r)
		switch r {
		case '。', '！', '？', '।':
			return s[:end]
		case '.', '!', '?', '؟', '…':
		default:
			continue
		}
		for end < len(s) {
			c, size := utf8.DecodeRuneInString(s[end:])
			if !strings.ContainsRune(".!?…\"'’”»“)]\u00a0\u202f", c) {
				break
			}
			end += size
		}
		next, _ := utf8.DecodeRuneInString(strings.TrimLeft(s[end:], " "))
		if end < len(s) && (s[end] != ' ' || unicode.IsLower(next)) || r == '…' && !unicode.IsUpper(next) && end < len(s) || r == '.' && abbreviated(s[:i]) {
			continue
		}
		return strings.TrimRight(s[:end], "\u00a0\u202f ")
	}
	return s
}

// abbreviated reports whether the last word of s is likely to be cut short by
// a full stop: an initial, a number, or one of the usual titles.
func abbreviated(s string) bool {
	w := s
	if i := strings.LastIndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '(' }); i >= 0 {
		_, n := utf8.DecodeRuneInString(s[i:])
		w = s[i+n:]
	}
	switch w {
	case "St", "Mr", "Mrs", "Ms", "Dr", "No", "Nos", "Prof", "vs", "cf", "ca", "approx", "Inc", "Ltd", "Mme", "Sr", "Sra", "art", "vol", "bzw":
		return true
	}
	return utf8.RuneCountInString(w) == 1 && unicode.IsUpper([]rune(w)[0])
}
