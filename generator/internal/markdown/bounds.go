package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"uccn/generator/internal/diag"
)

// What a text may be. goldmark's time grows with the square of some of these,
// and a parse cannot be stopped from outside; within them the worst megabyte
// known takes about a second.
const (
	maxBytes      = 1 << 20
	maxLine       = 100_000   // bytes
	maxNesting    = 100       // blocks within blocks
	maxSteps      = 1_000_000 // lines × blocks open at each
	maxParagraph  = 20_000    // lines
	maxCells      = 50_000    // of all tables, with those left empty
	maxPipes      = 1_000     // escaped ones in tables
	maxReferences = 2_000
	maxNotes      = 2_000 // footnotes, and calls of them
	maxMarks      = 1_000 // signs of markup in one paragraph, heading or cell
	maxRun        = 10    // equal signs in a row that still are markup
)

// feature is a set of the parts of Markdown that cost time to look for.
type feature uint8

const (
	tables feature = 1 << iota
	notes
	strikes
	definitions
	features = 1 << iota
)

// shown tells which features s may use. It may say yes for nothing, but never
// no for something.
func shown(s string) feature {
	var f feature
	if strings.IndexByte(s, '|') >= 0 || strings.Contains(s, ":-") || strings.Contains(s, "-:") {
		f |= tables
	}
	if strings.Contains(s, "[^") {
		f |= notes
	}
	if strings.IndexByte(s, '~') >= 0 {
		f |= strikes
	}
	if strings.Contains(s, "\n:") || strings.Contains(s, " :") || strings.Contains(s, ">:") || strings.Contains(s, "\t:") {
		f |= definitions
	}
	return f
}

// withinLimits reports what is too big to be parsed at all.
func (r *reading) withinLimits() bool {
	if len(r.src) > maxBytes {
		r.limit(0, 0, "this text is longer than 1 MB", "make several records of it")
		return false
	}
	for off := 0; off < len(r.src); {
		n := strings.IndexByte(r.src[off:], '\n')
		if n < 0 {
			n = len(r.src) - off
		}
		if n > maxLine {
			r.limit(off, 0, "this line is longer than 100,000 bytes", "break it into paragraphs")
			return false
		}
		off += n + 1
	}
	return true
}

func (r *reading) limit(off, length int, message, hint string) {
	d := r.Problems.Errorf(r.at(off), "markdown-limit", "%s", message)
	d.Len, d.Hint = length, hint
}

// bounds is goldmark's parsing context with what has been spent so far. The
// parsers below find it as the context that goldmark hands to them.
type bounds struct {
	parser.Context
	r                         *reading
	steps, cells, pipes, refs int
	marks, calls              int
	full                      map[string]bool // limits that were reported
	notes                     []*east.Footnote
}

func newBounds(r *reading) *bounds { return &bounds{Context: parser.NewContext(), r: r} }

// parse calls goldmark. A panic of goldmark's is a problem of the one text, and
// must not end the build of all others: it is reported, with ok false.
func (b *bounds) parse(p parser.Parser, src []byte) (root ast.Node, ok bool) {
	defer func() {
		if recover() != nil {
			b.r.Problems.Errorf(b.r.at(0), "markdown-limit", "this text cannot be read: the Markdown reader gives up on it").
				Hint = "take out unusual lists, quotations and links until it can be read"
			ok = false
		}
	}()
	return p.Parse(text.NewReader(src), parser.WithContext(b)), true
}

// over reports a limit of the whole text once.
func (b *bounds) over(off int, message, hint string) {
	if b.full[message] {
		return
	}
	if b.full == nil {
		b.full = map[string]bool{}
	}
	b.full[message] = true
	b.r.limit(off, 0, message, hint)
}

func newParser(f feature) parser.Parser {
	blocks := []util.PrioritizedValue{
		util.Prioritized(parser.NewSetextHeadingParser(), 100),
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(nest{parser.NewListParser()}, 300),
		util.Prioritized(step{parser.NewListItemParser()}, 400),
		util.Prioritized(parser.NewCodeBlockParser(), 500),
		util.Prioritized(parser.NewATXHeadingParser(), 600),
		util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
		util.Prioritized(nest{parser.NewBlockquoteParser()}, 800),
		util.Prioritized(parser.NewHTMLBlockParser(), 900),
		util.Prioritized(parser.NewParagraphParser(), 1000),
	}
	inlines := inlineParsers()
	paragraphs := []util.PrioritizedValue{
		util.Prioritized(fits{}, 50),
		util.Prioritized(parser.LinkReferenceParagraphTransformer, 100),
	}
	var trees []util.PrioritizedValue
	if f&tables != 0 {
		paragraphs = append(paragraphs, util.Prioritized(ruled{extension.NewTableParagraphTransformer()}, 200))
		trees = append(trees, util.Prioritized(extension.NewTableASTTransformer(), 0))
	}
	if f&notes != 0 {
		blocks = append(blocks, util.Prioritized(note{nest{extension.NewFootnoteBlockParser()}}, 999))
		inlines = append(inlines, util.Prioritized(call{extension.NewFootnoteParser()}, 101))
		trees = append(trees, util.Prioritized(extension.NewFootnoteASTTransformer(), 999))
	}
	if f&strikes != 0 {
		inlines = append(inlines, util.Prioritized(run{extension.NewStrikethroughParser()}, 500))
	}
	if f&definitions != 0 {
		blocks = append(blocks,
			util.Prioritized(nest{extension.NewDefinitionListParser()}, 101),
			util.Prioritized(step{extension.NewDefinitionDescriptionParser()}, 102))
	}
	return parser.NewParser(parser.WithBlockParsers(blocks...), parser.WithInlineParsers(inlines...),
		parser.WithParagraphTransformers(paragraphs...), parser.WithASTTransformers(trees...))
}

// newInlineParser reads one paragraph and nothing else.
func newInlineParser() parser.Parser {
	return parser.NewParser(parser.WithInlineParsers(inlineParsers()...),
		parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1000)),
		parser.WithParagraphTransformers(util.Prioritized(fits{}, 50)))
}

func inlineParsers() []util.PrioritizedValue {
	return []util.PrioritizedValue{
		util.Prioritized(mark{parser.NewCodeSpanParser()}, 100),
		util.Prioritized(link{mark{parser.NewLinkParser()}}, 200),
		util.Prioritized(mark{parser.NewAutoLinkParser()}, 300),
		util.Prioritized(mark{rawTag{}}, 400),
		util.Prioritized(run{parser.NewEmphasisParser()}, 500),
	}
}

// step counts the lines that a block takes up and ends it when they are spent.
type step struct{ parser.BlockParser }

func (s step) Continue(n ast.Node, r text.Reader, pc parser.Context) parser.State {
	b := pc.(*bounds)
	if b.steps++; b.steps > maxSteps {
		_, at := r.Position()
		b.over(at.Start, "too many lines stand in deeply nested lists and quotations", "take most of them out of the lists")
		return parser.Close
	}
	return s.BlockParser.Continue(n, r, pc)
}

// nest keeps blocks from standing too deep in each other.
type nest struct{ parser.BlockParser }

func (n nest) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	b := pc.(*bounds)
	if open := pc.OpenedBlocks(); len(open) >= maxNesting && parent.Kind() != ast.KindList {
		depth := 0
		for _, o := range open {
			if o.Node.Kind() != ast.KindListItem {
				depth++
			}
		}
		if depth >= maxNesting {
			_, at := r.Position()
			b.over(at.Start, "lists and quotations are nested deeper than 100", "take the inner ones out")
			return nil, parser.NoChildren
		}
	}
	if b.steps > maxSteps {
		return nil, parser.NoChildren
	}
	return n.BlockParser.Open(parent, r, pc)
}

func (n nest) Continue(node ast.Node, r text.Reader, pc parser.Context) parser.State {
	return step(n).Continue(node, r, pc)
}

// note counts footnotes.
type note struct{ nest }

func (n note) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	b := pc.(*bounds)
	if len(b.notes) >= maxNotes {
		_, at := r.Position()
		b.over(at.Start, "there are more than 2,000 footnotes", "make several records of the text")
		return nil, parser.NoChildren
	}
	node, state := n.nest.Open(parent, r, pc)
	if f, ok := node.(*east.Footnote); ok {
		b.notes = append(b.notes, f)
	}
	return node, state
}

// fits is the first to see a paragraph when all its lines are there, and takes
// it out of the text when a later one would choke on it.
type fits struct{}

func (fits) Transform(p *ast.Paragraph, r text.Reader, pc parser.Context) {
	b, lines, src := pc.(*bounds), p.Lines(), r.Source()
	drop := func(message, hint string) {
		b.over(lines.At(0).Start, message, hint)
		p.Parent().RemoveChild(p.Parent(), p)
	}
	if lines.Len() > maxParagraph {
		drop("this paragraph has more than 20,000 lines", "part it with empty lines")
		return
	}
	table := false
	for i := range lines.Len() {
		at := lines.At(i)
		line := src[at.Start:at.Stop]
		switch {
		case table:
			b.pipes += countPipes(line)
		case mayDefine(line):
			b.refs++
		case i > 0 && isDelimiterRow(line):
			table = true
			b.cells += (1 + bytes.Count(line, []byte{'|'})) * (lines.Len() - i)
		}
	}
	switch {
	case b.refs > maxReferences:
		drop("there are more than 2,000 references", "make several records of the text")
	case b.cells > maxCells:
		drop("the tables have more than 50,000 cells", "offer the table as a file to download")
	case b.pipes > maxPipes:
		drop("the tables have more than 1,000 escaped |", "offer the table as a file to download")
	}
}

// ruled makes tables only of paragraphs with | or : in them. Goldmark takes any
// line of dashes that did not end up as a rule for a table of one column.
type ruled struct{ parser.ParagraphTransformer }

func (x ruled) Transform(p *ast.Paragraph, r text.Reader, pc parser.Context) {
	for i := range p.Lines().Len() {
		at := p.Lines().At(i)
		line := r.Source()[at.Start:at.Stop]
		if isDelimiterRow(line) && bytes.ContainsAny(line, "|:") {
			x.ParagraphTransformer.Transform(p, r, pc)
			return
		}
	}
}

// mayDefine reports whether a line could begin the definition of a reference.
func mayDefine(line []byte) bool {
	return len(line) > 0 && line[0] == '[' &&
		(bytes.IndexByte(line, ']') < 0 || bytes.IndexByte(line, '\\') >= 0 || bytes.Contains(line, []byte("]:")))
}

// isDelimiterRow reports whether a line could part a table's head from its body.
func isDelimiterRow(line []byte) bool {
	for _, c := range line {
		switch c {
		case '-', '|', ':', ' ', '\t', '\n':
		default:
			return false
		}
	}
	return true
}

func countPipes(line []byte) (n int) {
	for i := 1; i < len(line); i++ {
		if line[i] == '|' && line[i-1] == '\\' {
			n++
		}
	}
	return n
}

// mark counts the signs of markup in one paragraph; past the limit they are
// letters like others.
type mark struct{ parser.InlineParser }

func (m mark) Parse(parent ast.Node, r text.Reader, pc parser.Context) ast.Node {
	b := pc.(*bounds)
	if b.marks++; b.marks > maxMarks {
		_, at := r.Position()
		b.over(at.Start, "this paragraph has more than 1,000 signs of markup", "part it with empty lines")
		return nil
	}
	return m.InlineParser.Parse(parent, r, pc)
}

// link begins the count again when a paragraph ends.
type link struct{ mark }

func (l link) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	pc.(*bounds).marks = 0
	l.InlineParser.(parser.CloseBlocker).CloseBlock(parent, block, pc)
}

// run leaves long rows of a sign alone: they are lines to write on, and nested
// as emphasis they would be deeper than any reader of the tree could follow.
type run struct{ parser.InlineParser }

func (e run) Parse(parent ast.Node, r text.Reader, pc parser.Context) ast.Node {
	line, at := r.PeekLine()
	n := 1
	for n < len(line) && line[n] == line[0] {
		n++
	}
	if n > maxRun && at.Padding == 0 {
		r.Advance(n)
		return ast.NewTextSegment(text.NewSegment(at.Start, at.Start+n))
	}
	return mark(e).Parse(parent, r, pc)
}

// call counts the calls of footnotes and reports those that lead nowhere.
type call struct{ parser.InlineParser }

func (c call) Parse(parent ast.Node, r text.Reader, pc parser.Context) ast.Node {
	b := pc.(*bounds)
	line, at := r.PeekLine()
	if b.calls >= maxNotes {
		b.over(at.Start, "footnotes are called more than 2,000 times", "make several records of the text")
		return nil
	}
	n := mark(c).Parse(parent, r, pc)
	if n != nil {
		b.calls++
		return n
	}
	s := string(line[:min(len(line), 100)])
	if end := strings.IndexByte(s, ']'); strings.HasPrefix(s, "[^") && end > 2 && !strings.HasPrefix(s[end+1:], "(") {
		d := b.r.Problems.Warnf(b.r.at(at.Start), "unknown-note", "there is no footnote %s", s[:end+1])
		d.Len, d.Hint = len([]rune(s[:end+1])), "write it on a line of its own: "+s[:end+1]+": …"
	}
	return nil
}

// unused reports footnotes that nothing calls.
func (b *bounds) unused() {
	for _, n := range b.notes {
		if n.Index < 0 {
			at := b.r.at(max(0, n.Pos()))
			d := b.r.Problems.Warnf(at, "unused-note", "nothing calls the footnote %q", "[^"+string(n.Ref)+"]")
			d.Len, d.Hint = len([]rune(string(n.Ref)))+3, "put the sign where the footnote belongs, or take it out"
		}
	}
}

// places turns offsets of a text into places in its file.
type places struct {
	text   string
	at     diag.Pos
	starts []int // of the lines, made when first needed
	near   int   // the offset asked for last, col its column
	col    int
	line   int
}

func (p *places) pos(off int) diag.Pos {
	if p.starts == nil {
		p.starts = append(make([]int, 0, 1+strings.Count(p.text, "\n")), 0)
		for i := 0; ; {
			n := strings.IndexByte(p.text[i:], '\n')
			if n < 0 {
				break
			}
			i += n + 1
			p.starts = append(p.starts, i)
		}
		p.near, p.col, p.line = 0, 0, 0
	}
	off = min(max(off, 0), len(p.text))
	line := searchLine(p.starts, off, p.line)
	from, col := p.starts[line], 0
	if line == p.line && off >= p.near {
		from, col = p.near, p.col
	}
	for range p.text[from:off] {
		col++
	}
	p.near, p.col, p.line = off, col, line
	at := diag.Pos{Path: p.at.Path, Line: max(1, p.at.Line) + line, Col: col + 1}
	if line == 0 {
		at.Col += max(1, p.at.Col) - 1
	}
	return at
}

// searchLine returns the last line that starts at or before off; hint is tried first.
func searchLine(starts []int, off, hint int) int {
	if starts[hint] <= off && (hint+1 == len(starts) || off < starts[hint+1]) {
		return hint
	}
	lo, hi := 0, len(starts)
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; starts[mid] <= off {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
}
