package markdown

import (
	"bytes"
	"path"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"uccn/generator/internal/markdown/doc"
	"uccn/generator/internal/markdown/typography"
	"uccn/generator/internal/model"
)

// textRun is words on their way into one Text: a piece of the source while it
// can be used as it stands, a buffer once anything had to be set otherwise.
type textRun struct {
	on       bool
	from, to int // in the source; from is -1 when buf holds the words
	buf      []byte
	set      strings.Builder // words that were set otherwise, one after the other
	made     slab[doc.Text]
}

// keep adds src[from:to] as it stands.
func (t *textRun) keep(src string, from, to int) {
	switch {
	case from == to:
		return
	case !t.on:
		t.on, t.from, t.to = true, from, to
	case t.from >= 0 && t.to == from:
		t.to = to
	default:
		t.buffer(src)
		t.buf = append(t.buf, src[from:to]...)
	}
}

// buffer moves what there is to buf, to be added to.
func (t *textRun) buffer(src string) {
	if !t.on {
		t.buf = t.buf[:0]
	} else if t.from >= 0 {
		t.buf = append(t.buf[:0], src[t.from:t.to]...)
	}
	t.on, t.from = true, -1
}

// end adds the Text to out, if there is any.
func (t *textRun) end(src string, out []doc.Inline) []doc.Inline {
	if !t.on {
		return out
	}
	t.on = false
	if t.from >= 0 {
		return append(out, t.made.put(doc.Text{Words: src[t.from:t.to]}))
	}
	if len(t.buf) == 0 {
		return out
	}
	if t.set.Cap()-t.set.Len() < len(t.buf) {
		t.set = strings.Builder{}
		t.set.Grow(max(len(t.buf), 256))
	}
	at := t.set.Len()
	t.set.Write(t.buf)
	return append(out, t.made.put(doc.Text{Words: t.set.String()[at:]}))
}

// inlines makes inlines of the children of a node of goldmark's.
func (r *reading) inlines(parent ast.Node) []doc.Inline {
	n := parent.FirstChild()
	if n == nil {
		return nil
	}
	out := make([]doc.Inline, 0, min(parent.ChildCount(), 8))
	for ; n != nil; n = n.NextSibling() {
		if t, ok := n.(*ast.Text); ok {
			r.words(t.Segment.Start, t.Segment.Stop)
			if t.HardLineBreak() {
				out = append(r.run.end(r.src, out), doc.Break{})
				r.typo.Break()
			} else if t.SoftLineBreak() {
				r.softBreak(t.Segment.Stop)
			}
			continue
		}
		out = r.run.end(r.src, out)
		if x := r.one(n); x != nil {
			out = append(out, x)
		}
	}
	if out = r.run.end(r.src, out); len(out) == 0 {
		return nil
	}
	return out
}

// words adds src[from:to] with its typography.
func (r *reading) words(from, to int) {
	if from >= to {
		return
	}
	n := r.typo.Clean(r.src, from, to)
	r.run.keep(r.src, from, n)
	r.typo.Last(r.src[from:n])
	if n < to {
		r.run.buffer(r.src)
		r.run.buf = r.typo.Set(r.run.buf, r.src, n, to)
	}
}

// softBreak adds the line end that follows the offset.
func (r *reading) softBreak(off int) {
	if i := strings.IndexByte(r.src[off:], '\n'); i >= 0 {
		off += i
		if r.typo.Clean(r.src, off, off+1) > off {
			r.run.keep(r.src, off, off+1)
			r.typo.Last("\n")
			return
		}
		r.run.buffer(r.src)
		r.run.buf = r.typo.Set(r.run.buf, r.src, off, off+1)
	}
}

func (r *reading) one(n ast.Node) doc.Inline {
	switch n := n.(type) {
	case *ast.Emphasis:
		if n.Level == 2 {
			return &doc.Strong{Content: r.inlines(n)}
		}
		return &doc.Emphasis{Content: r.inlines(n)}
	case *east.Strikethrough:
		return &doc.Strike{Content: r.inlines(n)}
	case *ast.CodeSpan:
		return r.codeSpan(n)
	case *ast.Link:
		return r.link(n)
	case *ast.AutoLink:
		return r.autoLink(n)
	case *ast.Image:
		return r.image(n)
	case *east.FootnoteLink:
		r.typo.Thing()
		return doc.NoteRef{Number: n.Index, Use: r.use(n.Index, 1)}
	case *ast.String:
		r.typo.Last(string(n.Value))
		return &doc.Text{Words: string(n.Value)}
	}
	return nil // goldmark's own way back from a footnote
}

func (r *reading) codeSpan(n *ast.CodeSpan) doc.Inline {
	var b []byte
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b = append(b, t.Segment.Value(r.bytes)...)
		}
	}
	r.typo.Thing()
	return doc.CodeSpan(bytes.ReplaceAll(b, []byte{'\n'}, []byte{' '}))
}

func (r *reading) link(n *ast.Link) doc.Inline {
	content := r.inlines(n)
	off, length := r.written(n.Destination, n.Pos())
	return r.newLink(string(n.Destination), off, length, string(n.Title), content)
}

// newLink makes a link of what is written at an offset, and checks it.
func (r *reading) newLink(address string, off, length int, title string, content []doc.Inline) *doc.Link {
	l := &doc.Link{Target: typography.Unescape(address), Title: r.title(title), Content: content, At: r.at(off), Len: length}
	l.Kind = r.address(l.Target, l.At, l.Len)
	if len(l.Content) == 0 && l.Kind != doc.Record {
		d := r.Problems.Errorf(l.At, "empty-link", "the link to %q has no words", shorten(l.Target))
		d.Len, d.Hint = l.Len, "put words between the square brackets"
	}
	r.Links = append(r.Links, l)
	return l
}

func (r *reading) autoLink(n *ast.AutoLink) doc.Inline {
	label := string(n.Label(r.bytes))
	l := &doc.Link{Target: label, Content: []doc.Inline{&doc.Text{Words: label}}, At: r.at(n.Pos() + 1), Len: len([]rune(label))}
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(label), "mailto:") {
		l.Target = "mailto:" + label
	}
	if l.Kind = r.address(l.Target, l.At, l.Len); l.Kind == doc.Record {
		l.Content = nil
	}
	r.typo.Thing()
	r.Links = append(r.Links, l)
	return l
}

func (r *reading) image(n *ast.Image) doc.Inline {
	links, images := len(r.Links), len(r.Images)
	alt := doc.PlainText(r.inlines(n))
	r.Links, r.Images = r.Links[:links], r.Images[:images] // words of an alt text lead nowhere
	off, length := r.written(n.Destination, n.Pos())
	return r.newImage(string(n.Destination), off, length, string(n.Title), alt)
}

// newImage makes a picture of what is written at an offset, and checks it.
func (r *reading) newImage(address string, off, length int, title, alt string) *doc.Image {
	i := &doc.Image{Len: length}
	i.Image = model.Image{Src: typography.Unescape(address), At: r.at(off), Alt: alt, Caption: r.title(title), Focus: model.Point{X: .5, Y: .5}}
	if i.Caption != "" {
		i.Words = []doc.Inline{&doc.Text{Words: i.Caption}}
	}
	r.checkImage(i)
	r.typo.Thing()
	return i
}

// checkImage reports what a picture lacks, and adds it to the document.
func (r *reading) checkImage(i *doc.Image) {
	r.Images = append(r.Images, i)
	switch {
	case i.Src == "" || doc.KindOf(i.Src) != doc.Path:
		d := r.Problems.Errorf(i.At, "picture-address", "the picture %q is not a file of this site", shorten(i.Src))
		d.Len, d.Hint = i.Len, "put the file beside the text and write its name"
	case i.Decorative:
	case i.Alt == "":
		d := r.Problems.Errorf(i.At, "missing-alt", "the picture %q has no alt text", shorten(i.Src))
		d.Len, d.Hint = i.Len, "say in a few words what it shows: ![words]("+path.Base(i.Src)+")"
	case strings.EqualFold(i.Alt, path.Base(i.Src)) || strings.EqualFold(i.Alt, strings.TrimSuffix(path.Base(i.Src), path.Ext(i.Src))):
		d := r.Problems.Errorf(i.At, "missing-alt", "the alt text of the picture %q is only its file name", shorten(i.Src))
		d.Len, d.Hint = i.Len, "say in a few words what it shows"
	}
}

// title sets the title of a link or the caption of a picture.
func (r *reading) title(s string) string {
	if s == "" {
		return ""
	}
	t := typography.New(r.Source.Lang)
	return string(t.Set(nil, s, 0, len(s)))
}

// written returns where an address stands in the source. Goldmark hands out
// addresses as pieces of the source, so their place can be read off the piece;
// where it made a copy, the place of the link has to do.
func (r *reading) written(address []byte, link int) (off, length int) {
	if len(address) > 0 {
		off = cap(r.bytes) - cap(address)
		if off >= 0 && off < len(r.bytes) && &r.bytes[off] == &address[0] {
			return off, len([]rune(string(address)))
		}
	}
	return link, 0
}

// slug makes the id of a heading: letters, digits and marks of any script in
// small letters, hyphens between them. It is an XML name, unique in the text,
// and begins with nothing that a theme or a footnote may use.
func (r *reading) slug(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, c := range s {
		switch {
		case c == 'ª' || c == 'º' || c == 'µ': // letters, but not in XML names
			gap = true
		case unicode.IsLetter(c) || unicode.IsDigit(c) || b.Len() > 0 && !gap && unicode.Is(unicode.M, c):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(unicode.ToLower(c))
		case c != '’' && c != '\'':
			gap = true
		}
	}
	id := b.String()
	first, _ := utf8.DecodeRuneInString(id)
	kind, _, _ := strings.Cut(id, "-") // a number may follow it
	if !unicode.IsLetter(first) || kind == "t" || kind == "fn" || kind == "fnref" {
		id = strings.TrimSuffix("s-"+id, "-")
	}
	return r.unique(id)
}

// unique returns id, with a number when an earlier heading has it.
func (r *reading) unique(id string) string {
	if r.ids == nil {
		r.ids = map[string]int{}
	}
	free := id
	for n := r.ids[id] + 1; r.ids[free] > 0; n++ {
		free, r.ids[id] = id+"-"+strconv.Itoa(n), n
	}
	r.ids[free] = max(1, r.ids[free])
	return free
}

// rawTag takes the place of goldmark's reader of raw HTML: it reports a tag and
// leaves it in the text as words.
type rawTag struct{}

func (rawTag) Trigger() []byte { return []byte{'<'} }

func (rawTag) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	_, at := block.PeekLine()
	pc.(*bounds).r.rawHTML(at.Start)
	return nil
}

// rawHTML reports the tag at an offset, if there is one. A closing tag is not
// reported again when its opening tag was.
func (r *reading) rawHTML(off int) {
	name, n := tag(r.src[off:])
	if n == 0 {
		return
	}
	if end, ok := strings.CutPrefix(name, "/"); ok && r.opened[end] {
		return
	}
	if r.opened == nil {
		r.opened = map[string]bool{}
	}
	r.opened[name] = true
	line, _, _ := strings.Cut(r.src[off:off+n], "\n")
	d := r.Problems.Errorf(r.at(off), "raw-html", "raw HTML is not let through: %s", shorten(line))
	d.Len = len([]rune(line))
	d.Hint, _ = tagHint(strings.TrimPrefix(name, "/"))
}

// tag returns the name of the tag at the start of s, in small letters and with
// its slash if it closes, and its length; 0 when there is none.
func tag(s string) (name string, length int) {
	s = s[:min(len(s), 1000)]
	for _, x := range [...][2]string{{"<!--", "-->"}, {"<?", "?>"}, {"<![CDATA[", "]]>"}} {
		if strings.HasPrefix(s, x[0]) {
			if i := strings.Index(s, x[1]); i > 0 {
				return x[0][1:], i + len(x[1])
			}
			return x[0][1:], len(x[0])
		}
	}
	i := 1
	if i < len(s) && (s[i] == '/' || s[i] == '!') {
		i++
	}
	first := i
	for i < len(s) && (s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z' || i > first && (s[i] >= '0' && s[i] <= '9' || s[i] == '-')) {
		i++
	}
	if i == first || i < len(s) && strings.IndexByte(" \t\n/>", s[i]) < 0 {
		return "", 0
	}
	name = strings.ToLower(s[1:i])
	body, _, _ := strings.Cut(s[i:], "\n\n")
	if end := strings.IndexAny(body, "<>"); end >= 0 && body[end] == '>' {
		return name, i + end + 1
	}
	if _, known := tagHint(strings.TrimPrefix(name, "/")); !known || len(name) == 1 {
		return "", 0 // less-than before a word
	}
	return name, i
}

// tagHint says what to write instead of a tag, and whether HTML knows it.
func tagHint(name string) (hint string, known bool) {
	const general = "write it in Markdown, or as a figure, gallery, quote or video-link block"
	switch name {
	case "script", "style", "link", "meta", "form", "input", "button", "object", "embed", "svg", "math", "textarea":
		return "a text cannot hold scripts, styles, drawings or forms: take it out", true
	case "!--":
		return "take the comment out: all of a text is published", true
	case "br":
		return `end the line with \ to break it`, true
	case "img", "picture", "figure":
		return "write ![what it shows](picture.jpg), or a figure block", true
	case "iframe", "video", "audio":
		return "write a video-link block with url: and title:", true
	case "a":
		return "write [words](address)", true
	case "b", "strong":
		return "write **words**", true
	case "i", "em":
		return "write *words*", true
	case "p", "div", "span", "center", "font", "u", "sup", "sub", "small", "table", "tr", "td", "th", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "details", "summary", "section", "hr", "pre":
		return general, true
	}
	return general, false
}
