package doc

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"
)

// A Resolver knows the addresses and pictures of one output.
type Resolver interface {
	// Link returns the address of a record link or of a relative one, and the
	// name of the record, used when the link has no words of its own. With ok
	// false the words stand without a link.
	Link(target string) (href, name string, ok bool)
	// Picture returns how to show a picture of the text. With ok false its alt
	// text stands in its place.
	Picture(i *Image) (p Picture, ok bool)
}

// Picture is a picture made ready for an output.
type Picture struct {
	Src           string
	Width, Height int // pixels; 0 when not known
	Srcset, Sizes string
	Sources       []Source // better formats, best first
	Credit        string   // when the text gives none
	License       string
}

// Source is a picture in one more format.
type Source struct{ Type, Srcset string }

// HTMLOptions say how a text is written. The zero value is a web page in English.
type HTMLOptions struct {
	Shift   int    // added to the levels of headings
	Prefix  string // before ids, when several texts share a page
	XHTML   bool   // for EPUB; the document declares the namespace epub
	Words   Words
	License func(id string) string // the name of a licence; nil: the id in capitals
}

// Words are what a text adds of its own, in its language.
type Words struct{ Notes, Back, Table string }

// HTML writes d. Every word is escaped and every address checked; an address
// of the Resolver that is not let through is an error.
func HTML(d *Doc, r Resolver, o HTMLOptions) (template.HTML, error) {
	out, err := Append(make([]byte, 0, len(d.Source.Source)*3/2+64), d, r, o)
	if err != nil {
		return "", err
	}
	return template.HTML(out), nil
}

// Append is HTML, written at the end of out. After an error what was appended is
// worthless.
func Append(out []byte, d *Doc, r Resolver, o HTMLOptions) ([]byte, error) {
	if o.Words == (Words{}) {
		o.Words = Words{Notes: "Notes", Back: "Back to the text", Table: "Table"}
	}
	w := writer{doc: d, r: r, o: o, out: out}
	w.blocks(d.Blocks, false)
	w.notes(d.Notes)
	if w.err != nil {
		return w.out, fmt.Errorf("write %s: %w", d.Source.At, w.err)
	}
	return w.out, nil
}

type writer struct {
	doc    *Doc
	r      Resolver
	o      HTMLOptions
	out    []byte
	tables int
	ids    map[string]bool // of the headings, made when first needed
	inLink bool            // HTML has no links in links
	err    error
}

func (w *writer) s(s string) { w.out = append(w.out, s...) }

// tag opens an element of that name; its attributes are to follow.
func (w *writer) tag(name string) { w.out = append(append(w.out, '<'), name...) }

// end ends an element.
func (w *writer) end(name string) { w.out = append(append(append(w.out, "</"...), name...), '>') }

// text writes words between tags.
func (w *writer) text(s string) {
	from := 0
	for i := 0; i < len(s); i++ {
		if s[i] > '>' {
			continue // letters, mostly
		}
		esc := ""
		switch s[i] {
		case '&':
			esc = "&amp;"
		case '<':
			esc = "&lt;"
		case '>':
			esc = "&gt;"
		default:
			continue
		}
		w.out = append(append(w.out, s[from:i]...), esc...)
		from = i + 1
	}
	w.out = append(w.out, s[from:]...)
}

// attr writes an attribute with its value.
func (w *writer) attr(name, value string) {
	w.out = append(append(append(w.out, ' '), name...), `="`...)
	for {
		before, after, more := strings.Cut(value, `"`)
		w.text(before)
		if !more {
			break
		}
		w.s("&#34;")
		value = after
	}
	w.out = append(w.out, '"')
}

func (w *writer) id(parts ...string) {
	w.s(` id="`)
	w.text(w.o.Prefix)
	for _, p := range parts {
		w.s(p)
	}
	w.s(`"`)
}

// void ends an element that holds nothing.
func (w *writer) void() {
	if w.o.XHTML {
		w.s("/>")
		return
	}
	w.s(">")
}

// blocks writes blocks; the paragraphs of a tight list have no tags.
func (w *writer) blocks(blocks []Block, tight bool) {
	for i, b := range blocks {
		if p, ok := b.(*Paragraph); ok && tight {
			if i > 0 {
				w.s("\n")
			}
			w.line(p.Content)
			continue
		}
		w.block(b)
	}
}

func (w *writer) block(b Block) {
	switch b := b.(type) {
	case *Paragraph:
		w.wrap("p", b.Content)
	case *Heading:
		level := min(max(b.Level+w.o.Shift, 1), 6)
		tag := "h1h2h3h4h5h6"[2*level-2 : 2*level]
		w.tag(tag)
		w.id(b.ID)
		w.s(">")
		w.line(b.Content)
		w.end(tag)
	case *List:
		w.list(b)
	case *Quote:
		w.s("<blockquote>")
		w.blocks(b.Blocks, false)
		w.s("</blockquote>")
	case *Code:
		w.s("<pre><code")
		if b.Lang != "" {
			w.attr("class", "language-"+b.Lang)
		}
		w.s(">")
		w.text(b.Text)
		w.s("</code></pre>")
	case *Table:
		w.table(b)
	case *Rule:
		w.s("<hr")
		w.void()
	case *Definitions:
		w.definitions(b)
	case *Figure:
		w.figure(b.Image)
	case *Gallery:
		w.s(`<div class="gallery">`)
		for _, i := range b.Images {
			w.figure(i)
		}
		w.s("</div>")
	case *PullQuote:
		w.pullQuote(b)
	case *VideoLink:
		w.s(`<p class="video-link">`)
		w.link(b.Link)
		w.s("</p>")
	}
}

func (w *writer) wrap(tag string, content []Inline) {
	w.tag(tag)
	w.s(">")
	w.line(content)
	w.end(tag)
}

func (w *writer) list(l *List) {
	tag := "ul"
	if l.Ordered {
		tag = "ol"
	}
	w.tag(tag)
	if l.Ordered && l.Start != 1 {
		w.attr("start", strconv.Itoa(l.Start))
	}
	w.s(">")
	for _, i := range l.Items {
		w.s("<li>")
		w.blocks(i.Blocks, l.Tight)
		w.s("</li>")
	}
	w.end(tag)
}

// table writes a table in a frame that scrolls, and that the keyboard reaches.
func (w *writer) table(t *Table) {
	w.tables++
	w.s(`<div class="table" role="region" tabindex="0"`)
	w.attr("aria-label", w.o.Words.Table+" "+strconv.Itoa(w.tables))
	w.s("><table><thead><tr>")
	w.row(t, t.Head, `th scope="col"`, "th")
	w.s("</tr></thead>")
	if len(t.Rows) > 0 {
		w.s("<tbody>")
		for _, row := range t.Rows {
			w.s("<tr>")
			w.row(t, row, "td", "td")
			w.s("</tr>")
		}
		w.s("</tbody>")
	}
	w.s("</table></div>")
}

func (w *writer) row(t *Table, row []Cell, open, end string) {
	for i, c := range row {
		w.tag(open)
		switch t.Align[i] {
		case AlignStart:
			w.s(` class="start"`)
		case AlignCenter:
			w.s(` class="center"`)
		case AlignEnd:
			w.s(` class="end"`)
		}
		w.s(">")
		w.line(c)
		w.end(end)
	}
}

func (w *writer) definitions(d *Definitions) {
	w.s("<dl>")
	for _, i := range d.Items {
		for _, t := range i.Terms {
			w.wrap("dt", t)
		}
		for _, m := range i.Meanings {
			w.s("<dd>")
			w.blocks(m.Blocks, i.Tight)
			w.s("</dd>")
		}
	}
	w.s("</dl>")
}

func (w *writer) line(in []Inline) {
	for _, x := range in {
		switch x := x.(type) {
		case *Text:
			w.text(x.Words)
		case *Emphasis:
			w.wrap("em", x.Content)
		case *Strong:
			w.wrap("strong", x.Content)
		case *Strike:
			w.wrap("del", x.Content)
		case CodeSpan:
			w.s("<code>")
			w.text(string(x))
			w.s("</code>")
		case *Link:
			w.link(x)
		case *Image:
			w.image(x)
		case Break:
			w.s("<br")
			w.void()
		case NoteRef:
			w.noteRef(x)
		}
	}
}

// link writes a link. One that leads to the web says so with rel="external";
// it opens in the same window, so there is no opener to guard.
func (w *writer) link(l *Link) {
	href, name := l.Target, ""
	if w.inLink {
		if l.Kind == Record && len(l.Content) == 0 {
			_, name, _ = w.r.Link(l.Target)
		}
		w.words(l, name)
		return
	}
	switch l.Kind {
	case Record, Path:
		var ok bool
		if href, name, ok = w.r.Link(l.Target); !ok {
			w.words(l, name)
			return
		}
	case Anchor:
		if w.o.Prefix != "" && w.ours(l.Target[1:]) {
			href = "#" + w.o.Prefix + l.Target[1:]
		}
	case Refused:
		w.words(l, name)
		return
	}
	w.s("<a")
	w.href("href", href)
	if l.Kind == Web && strings.HasPrefix(Scheme(href), "http") {
		w.s(` rel="external"`)
	}
	if l.Title != "" {
		w.attr("title", l.Title)
	}
	w.s(">")
	w.inLink = true
	w.words(l, name)
	w.inLink = false
	w.s("</a>")
}

func (w *writer) words(l *Link, name string) {
	switch {
	case len(l.Content) > 0:
		w.line(l.Content)
	case name != "":
		w.text(name)
	default:
		w.text(l.Target)
	}
}

// ours reports whether a heading of the text has the id.
func (w *writer) ours(id string) bool {
	if w.ids == nil {
		w.ids = map[string]bool{}
		for _, h := range w.doc.Headings {
			w.ids[h.ID] = true
		}
	}
	return w.ids[id]
}

// href writes an address; one that is not let through stops the writing.
func (w *writer) href(name, address string) {
	if k := KindOf(address); k == Refused || k == Record {
		if w.err == nil {
			w.err = fmt.Errorf("the address %q is not let through", address)
		}
		return
	}
	w.out = append(append(append(w.out, ' '), name...), `="`...)
	w.out = appendAddress(w.out, address)
	w.s(`"`)
}

func (w *writer) noteRef(n NoteRef) {
	number := strconv.Itoa(n.Number)
	id := []string{"fnref-", number}
	if n.Use > 1 {
		id = append(id, "-", strconv.Itoa(n.Use))
	}
	if w.inLink {
		w.s("<sup")
		w.id(id...)
		w.s(">" + number + "</sup>")
		return
	}
	w.s("<sup><a")
	w.id(id...)
	w.s(` href="#`)
	w.out = appendAddress(w.out, w.o.Prefix)
	w.s("fn-")
	w.s(number)
	w.s(`" role="doc-noteref"`)
	if w.o.XHTML {
		w.s(` epub:type="noteref"`)
	}
	w.s(">")
	w.s(number)
	w.s("</a></sup>")
}

func (w *writer) notes(notes []Note) {
	if len(notes) == 0 {
		return
	}
	w.s(`<section class="notes" role="doc-endnotes"`)
	if w.o.XHTML {
		w.s(` epub:type="footnotes"`)
	}
	w.attr("aria-label", w.o.Words.Notes)
	w.s("><ol>")
	for i, n := range notes {
		number := strconv.Itoa(i + 1)
		w.s("<li")
		w.id("fn-", number)
		if w.o.XHTML {
			w.s(` epub:type="footnote"`)
		}
		w.s(">")
		p, ok := lastParagraph(n.Blocks)
		if ok {
			w.blocks(n.Blocks[:len(n.Blocks)-1], false)
			w.s("<p>")
			w.line(p.Content)
			if n.Uses > 0 {
				w.s("\u00a0")
			}
		} else {
			w.blocks(n.Blocks, false)
			w.s("<p>")
		}
		w.backs(number, n.Uses)
		w.s("</p></li>")
	}
	w.s("</ol></section>")
}

func lastParagraph(blocks []Block) (p *Paragraph, ok bool) {
	if n := len(blocks); n > 0 {
		p, ok = blocks[n-1].(*Paragraph)
	}
	return p, ok
}

// backs writes the ways back from a note, one for each call.
func (w *writer) backs(number string, uses int) {
	for use := 1; use <= uses; use++ {
		label, at := w.o.Words.Back, "fnref-"+number
		if uses > 1 {
			label += " " + strconv.Itoa(use)
		}
		if use > 1 {
			at += "-" + strconv.Itoa(use)
		}
		if use > 1 {
			w.s("\u00a0")
		}
		w.s(`<a href="#`)
		w.out = appendAddress(w.out, w.o.Prefix)
		w.s(at + `" role="doc-backlink"`)
		w.attr("aria-label", label)
		w.s(">↩\ufe0e</a>")
	}
}
