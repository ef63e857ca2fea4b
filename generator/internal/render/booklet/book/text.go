package book

import (
	"fmt"
	"strconv"
	"strings"

	"uccn/generator/internal/markdown/doc"
	"uccn/generator/internal/model"
	"uccn/generator/internal/render/booklet/look"
	"uccn/generator/internal/typeset"
)

// A writer turns the text of one record into blocks.
type writer struct {
	p     *setter
	h     *model.Head
	text  *doc.Doc
	body  typeset.Shape
	step  typeset.Step
	level int    // of the structure that stands for the text's first headings
	id    string // unique in the book
}

// written returns the blocks of a record's text, set as a step of a ladder says.
func (p *setter) written(h *model.Head, body typeset.Shape, step typeset.Step, level int) []typeset.Block {
	if h.Body.Empty() {
		return nil
	}
	w := writer{p: p, h: h, text: p.in.Markdown.Parse(h.Body), body: step.Apply(look.In(body, h.Body.Lang)), step: step, level: level, id: string(h.Type) + "-" + h.ID}
	return w.blocks(w.text.Blocks, w.body)
}

// blocks sets a run of blocks: the first paragraph begins at the margin, those
// that follow a paragraph are indented.
func (w writer) blocks(in []doc.Block, shape typeset.Shape) []typeset.Block {
	var out []typeset.Block
	after := false
	for _, b := range in {
		s := shape
		if after {
			s.Indent = s.Size
		}
		_, after = b.(*doc.Paragraph)
		out = append(out, w.block(b, s)...)
	}
	return out
}

func (w writer) block(b doc.Block, s typeset.Shape) []typeset.Block {
	gap := s.Leading / 2
	switch b := b.(type) {
	case *doc.Paragraph:
		return []typeset.Block{typeset.Paragraph{Spans: w.spans(b.Content, s.Style), Shape: s}}
	case *doc.Heading:
		h := look.In(w.step.Apply(w.p.Minor()), w.h.Body.Lang)
		return []typeset.Block{typeset.Paragraph{Spans: w.spans(b.Content, h.Style), Shape: h, Role: "H" + strconv.Itoa(min(6, w.level+max(0, b.Level-2)))}}
	case *doc.List:
		return []typeset.Block{w.list(b, s)}
	case *doc.Quote:
		return []typeset.Block{typeset.Quote{Blocks: w.blocks(b.Blocks, s), Indent: w.p.MM(4), Before: gap, After: gap}}
	case *doc.PullQuote:
		return []typeset.Block{w.pullQuote(b, s)}
	case *doc.Code:
		return w.code(b, s)
	case *doc.Table:
		return []typeset.Block{w.table(b, s)}
	case *doc.Rule:
		return []typeset.Block{typeset.Space{Height: s.Leading}}
	case *doc.Definitions:
		return w.definitions(b, s)
	case *doc.Figure:
		return w.figure(b.Image, s)
	case *doc.Gallery:
		var out []typeset.Block
		for _, i := range b.Images {
			out = append(out, w.figure(i, s)...)
		}
		return out
	case *doc.VideoLink:
		return []typeset.Block{typeset.Paragraph{Spans: w.spans([]doc.Inline{b.Link}, s.Style), Shape: s}}
	}
	panic(fmt.Sprintf("a block of a text that the booklet does not know: %T", b))
}

func (w writer) list(l *doc.List, s typeset.Shape) typeset.Block {
	out := typeset.List{Marks: []string{"•"}, Shape: s, Indent: s.Size, Gap: 0}
	out.Shape.Indent = 0
	out.Shape.Before, out.Shape.After = s.Leading/4, s.Leading/4
	if l.Ordered {
		out.Indent = s.Size.Scale(16, 10)
		out.Marks = nil
		for i := range l.Items {
			out.Marks = append(out.Marks, w.p.words.Year(max(0, l.Start)+i)+".")
		}
	}
	item := s
	item.Indent, item.Align = 0, typeset.Start
	for _, it := range l.Items {
		out.Items = append(out.Items, w.blocks(it.Blocks, item))
	}
	return out
}

func (w writer) pullQuote(q *doc.PullQuote, s typeset.Shape) typeset.Block {
	big := s
	big.Font, big.Size, big.Leading, big.Indent, big.Align = w.p.Fonts.Italic, s.Size.Scale(125, 100), s.Leading.Scale(125, 100), 0, typeset.Start
	big.NoHyphen = true
	blocks := []typeset.Block{typeset.Paragraph{Spans: w.spans(q.Text, big.Style), Shape: big}}
	if by := strings.TrimPrefix(q.By+", "+q.Role, ", "); q.By+q.Role != "" {
		blocks = append(blocks, typeset.Paragraph{Spans: typeset.T("— " + strings.TrimSuffix(by, ", ")), Shape: look.In(w.p.Tiny(), w.h.Body.Lang)})
	}
	return typeset.Quote{Blocks: blocks, Indent: w.p.MM(4), Before: s.Leading / 2, After: s.Leading / 2}
}

// code keeps the lines as they were typed.
func (w writer) code(b *doc.Code, s typeset.Shape) []typeset.Block {
	s = typeset.Shape{Style: s.Style, Leading: s.Leading, NoHyphen: true, Literal: true}
	var out []typeset.Block
	for line := range strings.SplitSeq(strings.TrimRight(b.Text, "\n"), "\n") {
		out = append(out, typeset.Paragraph{Spans: typeset.T(line), Shape: s})
	}
	return out
}

func (w writer) table(t *doc.Table, s typeset.Shape) typeset.Block {
	cells := look.In(w.step.Apply(w.p.Small()), w.h.Body.Lang)
	cells.Before, cells.After = s.Leading/2, s.Leading/2
	strong := cells
	strong.Font = w.p.Fonts.Bold
	row := func(in []doc.Cell, st typeset.Style) []typeset.Cell {
		var out []typeset.Cell
		for i, c := range in {
			out = append(out, typeset.Cell{Spans: w.spans(c, st), End: t.Align[i] == doc.AlignEnd})
		}
		return out
	}
	out := typeset.Table{Head: row(t.Head, strong.Style), Shape: cells, Strong: strong, Gap: w.p.MM(3), Pad: w.p.Pt(1.5), Line: w.p.Pt(.4), Color: w.p.Faint}
	for _, r := range t.Rows {
		out.Rows = append(out.Rows, row(r, cells.Style))
	}
	return out
}

func (w writer) definitions(d *doc.Definitions, s typeset.Shape) []typeset.Block {
	var out []typeset.Block
	strong := s
	strong.Font, strong.Indent, strong.KeepNext = w.p.Fonts.Bold, 0, true
	for _, it := range d.Items {
		for _, t := range it.Terms {
			out = append(out, typeset.Paragraph{Spans: w.spans(t, strong.Style), Shape: strong})
		}
		for _, m := range it.Meanings {
			out = append(out, typeset.Quote{Blocks: w.blocks(m.Blocks, s), Indent: w.p.MM(4)})
		}
	}
	return out
}

// figure is a picture with its caption and credit; one that cannot be shown
// leaves what it says.
func (w writer) figure(i *doc.Image, s typeset.Shape) []typeset.Block {
	caption := look.In(w.p.Tiny(), w.h.Body.Lang)
	var words []typeset.Span
	if len(i.Words) > 0 {
		words = append(w.spans(i.Words, caption.Style), typeset.Span{Text: " "})
	}
	words = append(words, typeset.Span{Text: w.p.credit(&i.Image)})
	pic, ok := w.p.picture(w.h, i.Image, false, w.p.W.MM())
	if !ok {
		return []typeset.Block{typeset.Paragraph{Spans: append([]typeset.Span{{Text: i.Alt + " "}}, words...), Shape: caption}}
	}
	alt := i.Alt
	if alt == "" {
		alt = doc.PlainText(i.Words)
	}
	return []typeset.Block{typeset.Drawn{
		Picture: pic, Alt: alt, Caption: []typeset.Block{typeset.Paragraph{Spans: words, Shape: caption}},
		Gap: w.p.Pt(2), Before: s.Leading / 2, After: s.Leading / 2,
	}}
}

// spans turns the inlines of a line into spans of a style.
func (w writer) spans(in []doc.Inline, st typeset.Style) []typeset.Span {
	var out []typeset.Span
	for _, x := range in {
		switch x := x.(type) {
		case *doc.Text:
			out = append(out, typeset.Span{Text: strings.ReplaceAll(x.Words, "\n", " "), Style: &st})
		case *doc.Emphasis:
			out = append(out, w.spans(x.Content, w.p.emphasis(st))...)
		case *doc.Strong:
			strong := st
			strong.Font = w.p.Fonts.Bold
			out = append(out, w.spans(x.Content, strong)...)
		case *doc.Strike:
			out = append(out, w.spans(x.Content, st)...)
		case doc.CodeSpan:
			sans := st
			sans.Font = w.p.Fonts.Sans
			out = append(out, typeset.Span{Text: string(x), Style: &sans})
		case *doc.Link:
			out = append(out, w.link(x, st)...)
		case *doc.Image:
			out = append(out, typeset.Span{Text: x.Alt, Style: &st})
		case doc.Break:
			out = append(out, typeset.Span{Text: "\n", Style: &st})
		case doc.NoteRef:
			out = append(out, w.note(x, st))
		default:
			panic(fmt.Sprintf("a part of a line that the booklet does not know: %T", x))
		}
	}
	return out
}

// emphasis is italic, or upright inside italics.
func (p *setter) emphasis(st typeset.Style) typeset.Style {
	if st.Font == p.Fonts.Italic {
		st.Font = p.Fonts.Text
	} else {
		st.Font = p.Fonts.Italic
	}
	return st
}

// link leads to a place of the book, and then says its page, or to an address.
func (w writer) link(l *doc.Link, st typeset.Style) []typeset.Span {
	content := w.spans(l.Content, st)
	if t, id, _, isRecord := doc.Split(l.Target); isRecord {
		to, found := w.p.net.Resolve(t, id)
		if len(content) == 0 {
			content = []typeset.Span{{Text: to.Title, Style: &st}}
		}
		dest := string(t) + "-" + strings.ToLower(id)
		switch {
		case w.p.known[dest] && dest != w.id:
			see := st
			see.Color = w.p.Muted
			alt := w.p.words.T("book.see", to.Title, w.p.Number(dest))
			content = append(content, typeset.Span{Text: "\u00a0(" + w.page(dest) + ")", Style: &see})
			return linked(content, "#"+dest, alt)
		case found && to.Path != "" && !w.p.known[dest]:
			if abs := w.p.in.Absolute(w.p.in.Prefix(w.p.net.Lang) + to.Path); abs != "" {
				return linked(content, abs, to.Title)
			}
		}
		return content
	}
	switch doc.KindOf(l.Target) {
	case doc.Web:
		return linked(content, l.Target, doc.PlainText(l.Content))
	}
	return content
}

// page names a page in the language of the text, if the theme speaks it.
func (w writer) page(dest string) string {
	words := w.p.in.Theme.Words(w.h.Body.Lang)
	if words == nil {
		words = w.p.words
	}
	return words.T("book.page", words.Year(w.p.PageOf(dest)))
}

// linked makes spans lead somewhere.
func linked(spans []typeset.Span, target, alt string) []typeset.Span {
	out := make([]typeset.Span, len(spans))
	for i, s := range spans {
		if s.Note == nil {
			s.Link, s.Alt = target, alt
		}
		out[i] = s
	}
	return out
}

// note calls a footnote. Only its first call carries the note.
func (w writer) note(r doc.NoteRef, st typeset.Style) typeset.Span {
	call := st
	call.Size, call.Rise, call.Features = st.Size.Scale(65, 100), st.Size.Scale(33, 100), "lnum"
	mark := w.p.words.Year(r.Number)
	out := typeset.Span{Text: mark, Style: &call, Role: "Reference"}
	if r.Use > 1 || r.Number < 1 || r.Number > len(w.text.Notes) {
		return out
	}
	s := look.In(w.p.Shape(w.p.Fonts.Text, 7.2, 9.2, w.p.Ink), w.h.Body.Lang)
	blocks := w.blocks(w.text.Notes[r.Number-1].Blocks, s)
	if len(blocks) > 0 {
		if first, is := blocks[0].(typeset.Paragraph); is {
			first.Spans = append([]typeset.Span{{Text: mark + ". "}}, first.Spans...)
			blocks[0] = first
		}
	}
	out.Note = &typeset.Note{ID: w.id + "-note-" + strconv.Itoa(r.Number), Blocks: blocks}
	return out
}

// credit is the line under a picture; an asterisk tells those shown by
// permission.
func (p *setter) credit(i *model.Image) string {
	s := i.Credit
	if i.License != "" {
		name := strings.ToUpper(i.License)
		if p.words.Has("licence." + i.License) {
			name = p.words.T("licence." + i.License)
		}
		s = strings.TrimPrefix(s+", "+name, ", ")
	}
	if i.Permission() {
		s += " *"
	}
	return strings.TrimSpace(s)
}
