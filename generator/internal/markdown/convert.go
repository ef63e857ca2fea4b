package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"uccn/generator/internal/markdown/doc"
)

// blocks makes blocks of what stands in a node of goldmark's.
func (r *reading) blocks(parent ast.Node) []doc.Block {
	if !parent.HasChildren() {
		return nil
	}
	out := make([]doc.Block, 0, parent.ChildCount())
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if b := r.block(n); b != nil {
			out = append(out, b)
		}
	}
	return out
}

func (r *reading) block(n ast.Node) doc.Block {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		return r.paragraph(n)
	case *ast.Heading:
		return r.heading(n)
	case *ast.List:
		l := &doc.List{Ordered: n.IsOrdered(), Start: n.Start, Tight: n.IsTight, Items: make([]doc.Item, 0, n.ChildCount())}
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			l.Items = append(l.Items, doc.Item{Blocks: r.blocks(c)})
		}
		return l
	case *ast.Blockquote:
		return &doc.Quote{Blocks: r.blocks(n)}
	case *ast.FencedCodeBlock:
		return r.fenced(n)
	case *ast.CodeBlock:
		return &doc.Code{Text: r.code(n)}
	case *ast.ThematicBreak:
		return &doc.Rule{}
	case *ast.HTMLBlock:
		at := n.Lines().At(0)
		r.rawHTML(at.Start + len(r.src[at.Start:at.Stop]) - len(strings.TrimLeft(r.src[at.Start:at.Stop], " ")))
	case *east.Table:
		return r.table(n)
	case *east.DefinitionList:
		return r.definitions(n)
	case *east.FootnoteList:
		r.footnotes(n)
	}
	return nil
}

func (r *reading) paragraph(n ast.Node) doc.Block {
	return r.paragraphOf(r.line(n))
}

// paragraphOf makes a paragraph, or a figure of a picture that stands alone.
func (r *reading) paragraphOf(content []doc.Inline) doc.Block {
	switch {
	case len(content) == 0:
		return nil
	case len(content) == 1:
		if i, ok := content[0].(*doc.Image); ok {
			return &doc.Figure{Image: i}
		}
	}
	return r.paragraphs.put(doc.Paragraph{Content: content})
}

// line makes inlines of a paragraph, heading, cell or term.
func (r *reading) line(n ast.Node) []doc.Inline {
	r.typo.Reset()
	return r.inlines(n)
}

func (r *reading) heading(n *ast.Heading) doc.Block {
	return r.newHeading(n.Level, r.headingStart(n), r.line(n))
}

// headingStart returns where the signs of a heading begin, or the words of one
// that is underlined. Goldmark's own place for it is wrong behind tabs.
func (r *reading) headingStart(n *ast.Heading) int {
	if n.Lines().Len() == 0 {
		return min(max(n.Pos(), 0), len(r.src)-1)
	}
	words := n.Lines().At(0).Start
	head := strings.TrimRight(r.src[:words], " \t")
	if signs := strings.TrimRight(head, "#"); len(head)-len(signs) == n.Level {
		return len(signs)
	}
	return words
}

// newHeading makes the heading that begins at an offset, and checks its level.
func (r *reading) newHeading(level, at int, content []doc.Inline) doc.Block {
	h := &doc.Heading{Level: level, Content: content, Text: doc.PlainText(content)}
	h.ID = r.slug(h.Text)
	switch {
	case level == 1:
		d := r.Problems.Warnf(r.at(at), "heading-level", "a heading of level 1: the title of the page is the only one")
		d.Hint = "write it with ##"
		if r.src[at] == '#' {
			d.Len, d.Fix = 1, "##"
		}
	case level > max(r.level, 1)+1:
		d := r.Problems.Warnf(r.at(at), "heading-level", "a heading of level %d under one of level %d", level, max(r.level, 1))
		d.Hint = "write it with " + strings.Repeat("#", max(r.level, 1)+1)
		if r.src[at] == '#' {
			d.Len, d.Fix = level, strings.Repeat("#", max(r.level, 1)+1)
		}
	}
	r.level = level
	r.Headings = append(r.Headings, h)
	return h
}

// code joins the lines of a code block.
func (r *reading) code(n ast.Node) string {
	var b strings.Builder
	for i := range n.Lines().Len() {
		at := n.Lines().At(i)
		b.Write(at.Value(r.bytes))
	}
	return b.String()
}

func (r *reading) table(n *east.Table) doc.Block {
	t := &doc.Table{Align: make([]doc.Align, len(n.Alignments)), Rows: make([][]doc.Cell, 0, n.ChildCount()-1)}
	for i, a := range n.Alignments {
		switch a {
		case east.AlignLeft:
			t.Align[i] = doc.AlignStart
		case east.AlignCenter:
			t.Align[i] = doc.AlignCenter
		case east.AlignRight:
			t.Align[i] = doc.AlignEnd
		}
	}
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		cells := make([]doc.Cell, 0, len(t.Align))
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			cells = append(cells, r.line(c))
		}
		if _, ok := row.(*east.TableHeader); ok {
			t.Head = cells
		} else {
			t.Rows = append(t.Rows, cells)
		}
	}
	return t
}

func (r *reading) definitions(n *east.DefinitionList) doc.Block {
	d := &doc.Definitions{}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		last := len(d.Items) - 1
		switch c := c.(type) {
		case *east.DefinitionTerm:
			if last < 0 || len(d.Items[last].Meanings) > 0 {
				d.Items = append(d.Items, doc.Definition{Tight: true})
				last++
			}
			d.Items[last].Terms = append(d.Items[last].Terms, r.line(c))
		case *east.DefinitionDescription:
			if last < 0 {
				d.Items = append(d.Items, doc.Definition{Tight: true})
				last++
			}
			it := &d.Items[last]
			it.Meanings = append(it.Meanings, doc.Item{Blocks: r.blocks(c)})
			it.Tight = it.Tight && c.IsTight && (c.LastChild() == nil || c.LastChild().Kind() != ast.KindParagraph)
		}
	}
	return d
}

// footnotes takes the notes out of the flow. Goldmark has dropped those that
// nothing calls and put the others in the order of their first calls.
func (r *reading) footnotes(list *east.FootnoteList) {
	r.use(list.ChildCount(), 0)
	r.Notes = make([]doc.Note, 0, list.ChildCount())
	for n := list.FirstChild(); n != nil; n = n.NextSibling() {
		r.Notes = append(r.Notes, doc.Note{Blocks: r.blocks(n)})
	}
}

// use counts one more call of a footnote, and returns how many there are; it
// makes room for the number without counting when add is 0.
func (r *reading) use(number, add int) int {
	for len(r.uses) < number {
		r.uses = append(r.uses, 0)
	}
	r.uses[number-1] += add
	return r.uses[number-1]
}
