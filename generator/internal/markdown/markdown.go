// Package markdown reads the bodies of records. A text becomes a tree of
// blocks and inlines (doc.Doc), once and with the typography of its language;
// from that tree every output makes what it needs: the site and the EPUB call
// HTML, the booklet walks the tree. It is the only package that knows
// goldmark, and it keeps goldmark within bounds on hostile texts.
package markdown

import (
	"html/template"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"github.com/yuin/goldmark/parser"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/markdown/doc"
	"uccn/generator/internal/markdown/typography"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/model"
)

// A Converter parses texts and remembers what it has parsed. It is safe for
// concurrent use.
type Converter struct {
	*engine
	newer *atomic.Pointer[map[string]string] // see Renew; nil in most
	read  func(source string)                // see Tracing; nil for most
}

// An engine is what a Converter shares with those that trace for it.
type engine struct {
	parsers [features]parser.Parser // by the features that a text shows
	inline  parser.Parser           // for the values of directives
	done    memo.Map[model.Text, *doc.Doc]
	spend   bool
	parsed  func(*doc.Doc) // see Spend; may be nil
	buffers sync.Pool      // *[]byte, in which texts are written
	desks   sync.Pool      // *desk
}

// New returns a Converter that remembers nothing yet.
func New() *Converter {
	c := &Converter{engine: &engine{inline: newInlineParser()}}
	for f := range c.parsers {
		c.parsers[f] = newParser(feature(f))
	}
	return c
}

// Tracing returns a Converter that shares everything with c, and calls read with the
// source of each text that it is asked to parse.
func (c *Converter) Tracing(read func(source string)) *Converter {
	return &Converter{c.engine, c.newer, read}
}

// With returns a Converter that shares what c remembers and takes the texts of
// some sources for what stands in them now: newer, by their paths.
func (c *Converter) With(newer map[string]string) *Converter {
	w := &Converter{engine: c.engine, newer: new(atomic.Pointer[map[string]string])}
	w.newer.Store(&newer)
	return w
}

// Renew makes c, and all that trace for it, take other texts for what stands in
// their sources now. c must come of With.
func (c *Converter) Renew(newer map[string]string) { c.newer.Store(&newer) }

// Newer returns the texts that c takes for what stands in their sources now, by their
// paths. They must not be changed.
func (c *Converter) Newer() map[string]string {
	if c.newer == nil {
		return nil
	}
	return *c.newer.Load()
}

// Current returns t as it stands in its source now.
func (c *Converter) Current(t model.Text) model.Text {
	if s, ok := c.Newer()[t.At.Path]; ok {
		t.Source = s
	}
	return t
}

// Forget drops what is remembered of a text.
func (c *Converter) Forget(t model.Text) { c.done.Drop(t) }

// Turn begins a new build: what the builds before the last one read, and it
// did not, is forgotten.
func (c *Converter) Turn() { c.done.Turn() }

// Verify makes c parse again what it remembers and hand over each text whose
// tree came out differently. Call it before the first Parse.
func (c *Converter) Verify(differs func(t model.Text)) {
	c.done.Verify = func(old, again *doc.Doc) {
		if !reflect.DeepEqual(old, again) {
			differs(old.Source)
		}
	}
}

// Parse reads t. The Doc is shared by all who ask for the same text at the
// same place, and must not be changed.
func (c *Converter) Parse(t model.Text) *doc.Doc {
	t = c.Current(t)
	if c.read != nil {
		c.read(t.At.Path)
	}
	return c.done.Get(t, func() *doc.Doc {
		d := c.parse(t)
		if c.parsed != nil {
			c.parsed(d)
		}
		return d
	})
}

// Spend makes c forget each text once HTML was written of it: in a build that is
// the last, its page was what the tree was kept for, and an output that asks
// again has it parsed again. Call it before the first Parse.
func (c *Converter) Spend() { c.spend = true }

// Telling makes c call parsed with each text when it is parsed, by whoever asks for it; nil
// ends that. Nobody may be parsing meanwhile.
func (c *Converter) Telling(parsed func(*doc.Doc)) { c.parsed = parsed }

// HTML writes d for one output, as doc.HTML does.
func (c *Converter) HTML(d *doc.Doc, r doc.Resolver, o doc.HTMLOptions) (template.HTML, error) {
	if c.spend {
		c.done.Drop(d.Source)
	}
	buf, _ := c.buffers.Get().(*[]byte)
	if buf == nil {
		buf = new([]byte)
	}
	out, err := doc.Append((*buf)[:0], d, r, o)
	*buf = out
	defer c.buffers.Put(buf)
	if err != nil {
		return "", err
	}
	return template.HTML(out), nil // as long as the text
}

func (c *Converter) parse(t model.Text) *doc.Doc {
	src := tidy(t.Source)
	r := c.reading(t, src)
	if r.withinLimits() && !r.plain() {
		r = c.reading(t, src)
		r.read()
	}
	r.Problems.Sort()
	return r.Doc
}

func (c *Converter) reading(t model.Text, src string) *reading {
	return &reading{Converter: c, Doc: &doc.Doc{Source: t}, src: src,
		place: &places{text: src, at: t.At}, typo: typography.New(t.Lang)}
}

// tidy gives s the line ends and characters that the outputs can hold. It
// moves nothing from its line, nor from its column.
func tidy(s string) string {
	if strings.IndexByte(s, '\r') >= 0 {
		s = strings.NewReplacer("\r\n", "\n", "\r", " ").Replace(s)
	}
	if !allowed(s) {
		s = strings.Map(typography.Allowed, s)
	}
	return s
}

// allowed reports whether every character of s is one of XML's.
func allowed(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' && c != '\n' && c != '\t' || c == 0x7F {
			return false
		}
	}
	return utf8.ValidString(s) && !strings.Contains(s, "\uFFFE") && !strings.Contains(s, "\uFFFF")
}

// A reading is the work of one Parse.
type reading struct {
	*Converter
	*doc.Doc
	src   string // the text, or the value of a directive in it
	bytes []byte // src again, for goldmark
	base  int    // the offset of src in the text
	fixed bool   // src does not stand in the text as it is; all of it is placed at base
	place *places

	typo   typography.Setter
	run    textRun
	ids    map[string]int  // how often each was wanted
	level  int             // of the last heading
	opened map[string]bool // raw HTML elements that were reported
	uses   []int           // calls of each footnote so far

	paragraphs slab[doc.Paragraph]
}

// read fills the Doc from goldmark's tree.
func (r *reading) read() {
	r.bytes = []byte(r.src)
	b := newBounds(r)
	root, ok := b.parse(r.parsers[shown(r.src)], r.bytes)
	if !ok {
		return
	}
	r.Blocks = r.blocks(root)
	for i := range r.Notes {
		r.Notes[i].Uses = r.uses[i]
	}
	b.unused()
}

// at returns the place of an offset of r.src.
func (r *reading) at(off int) diag.Pos {
	if r.fixed {
		off = 0
	}
	return r.place.pos(r.base + off)
}
