package markdown

import (
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/markdown/doc"
	"uccn/generator/internal/markdown/typography"
	"uccn/generator/internal/model"
)

// directives lists the fenced blocks that are more than code.
func directives() []string { return []string{"figure", "gallery", "quote", "video-link"} }

// keysOf lists the keys of a directive.
func keysOf(name string) []string {
	switch name {
	case "figure", "gallery":
		return []string{"src", "alt", "caption", "credit", "license", "rights_holder", "focus", "decorative"}
	case "quote":
		return []string{"text", "by", "role"}
	}
	return []string{"url", "title"}
}

// licenses lists what a picture may be under, as in the front matter.
func licenses() []string {
	return []string{"cc-by-sa-3.0-igo", "cc-by-4.0", "cc-by-sa-4.0", "cc0", "public-domain", "permission"}
}

// fenced makes a directive's block, or code.
func (r *reading) fenced(n *ast.FencedCodeBlock) doc.Block {
	if n.Info == nil {
		return &doc.Code{Text: r.code(n)}
	}
	at := n.Info.Segment.Start
	name, rest, _ := strings.Cut(r.src[at:n.Info.Segment.Stop], " ")
	d := directive{reading: r, name: name, at: at}
	if !slices.Contains(directives(), name) {
		if near, ok := diag.Suggest(name, directives()); ok {
			p := r.Problems.Errorf(r.at(at), "unknown-directive", "unknown block %q", name)
			p.Propose(name, "the blocks", directives())
			p.Fix = near
		}
		return &doc.Code{Lang: typography.Unescape(name), Text: r.code(n)}
	}
	if strings.TrimSpace(rest) != "" {
		p := r.Problems.Errorf(r.at(at+len(name)+1), "directive-line", "words after the name of the block %q", name)
		p.Len, p.Hint = len([]rune(rest)), "write them in lines of their own, as key: words"
	}
	d.scan(n)
	switch name {
	case "figure":
		if images := d.images(); len(images) > 0 {
			return &doc.Figure{Image: images[0]}
		}
	case "gallery":
		if images := d.images(); len(images) > 0 {
			return &doc.Gallery{Images: images}
		}
	case "quote":
		return d.quote()
	case "video-link":
		return d.video()
	}
	return nil
}

// A directive is a fenced block of lines "key: words".
type directive struct {
	*reading
	name   string
	at     int // of the name
	values []value
	slips  []string // keys that were meant by unknown ones
}

// value is what stands after a key, with the indented lines that follow.
type value struct {
	key     string
	at      int    // of the key
	text    string // without quotes around it
	from    int    // of the text
	scatter bool   // the text does not stand in one piece in the source
}

// scan reads the lines of the block and reports those that cannot be read.
func (d *directive) scan(n ast.Node) {
	for i := range n.Lines().Len() {
		seg := n.Lines().At(i)
		line := strings.TrimRight(d.src[seg.Start:seg.Stop], " \t\n")
		body := strings.TrimLeft(line, " \t")
		at := seg.Start + len(line) - len(body)
		if body == "" {
			continue
		}
		indented := len(body) < len(line) || seg.Padding > 0
		if item, ok := strings.CutPrefix(body, "- "); ok && d.name == "gallery" {
			trimmed := strings.TrimLeft(item, " ")
			at, body, indented = at+len(body)-len(trimmed), trimmed, false
		}
		key, text, ok := strings.Cut(body, ":")
		ok = ok && (text == "" || text[0] == ' ') && isKey(key)
		if indented && len(d.values) > 0 && isWords(d.values[len(d.values)-1].key) && (!ok || !d.near(key)) {
			v := &d.values[len(d.values)-1]
			v.scatter = v.scatter || strings.TrimSpace(d.src[v.from+len(v.text):at]) != ""
			if v.text == "" {
				v.text, v.from = body, at
			} else if v.scatter {
				v.text += "\n" + body
			} else {
				v.text = d.src[v.from : at+len(body)]
			}
			continue
		}
		if !ok {
			p := d.Problems.Errorf(d.reading.at(at), "directive-line", "this line of the block %q is not a key and its words", d.name)
			p.Len, p.Hint = len([]rune(body)), "write it as in: "+keysOf(d.name)[0]+": words; indent a line that continues the one before"
			continue
		}
		d.add(key, at, text)
	}
	for i := range d.values {
		d.values[i].unquote()
	}
}

func isKey(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return (r|0x20 < 'a' || r|0x20 > 'z') && r != '_' && r != '-'
	})
}

// isWords reports whether the value of a key is words, which may go on in the
// next line.
func isWords(key string) bool {
	switch key {
	case "src", "url", "focus", "license", "decorative":
		return false
	}
	return true
}

// near reports whether a word is a key of the block, or a slip for one.
func (d *directive) near(word string) bool {
	_, ok := diag.Suggest(word, keysOf(d.name))
	return ok
}

func (d *directive) add(key string, at int, text string) {
	if !slices.Contains(keysOf(d.name), key) {
		p := d.Problems.Errorf(d.reading.at(at), "directive-key", "unknown key %q in the block %q", key, d.name)
		p.Propose(key, "the keys of "+d.name, keysOf(d.name))
		d.slips = append(d.slips, p.Fix)
	} else if key != "src" || d.name != "gallery" {
		for i := len(d.values) - 1; i >= 0 && (d.name != "gallery" || d.values[i].key != "src"); i-- {
			if d.values[i].key == key {
				p := d.Problems.Errorf(d.reading.at(at), "directive-key", "the key %q is given twice", key)
				p.Len, p.Hint = len(key), "keep one of them"
				p.Related = []diag.Related{{Pos: d.reading.at(d.values[i].at), Message: "first here"}}
				break
			}
		}
	}
	words := strings.TrimLeft(text, " ")
	d.values = append(d.values, value{key: key, at: at, text: words, from: at + len(key) + 1 + len(text) - len(words)})
}

// unquote takes away quotes around the words, which those used to YAML write.
func (v *value) unquote() {
	if n := len(v.text); n > 1 && (v.text[0] == '"' || v.text[0] == '\'') && v.text[n-1] == v.text[0] && strings.Count(v.text, v.text[:1]) == 2 {
		v.text, v.from = v.text[1:n-1], v.from+1
	}
}

// need returns the value of a key, and reports a key that is missing or empty.
func (d *directive) need(key string) (value, bool) {
	for _, v := range d.values {
		if v.key == key && v.text != "" {
			return v, true
		}
	}
	if slices.Contains(d.slips, key) {
		return value{}, false // one mistake, one message
	}
	p := d.Problems.Errorf(d.reading.at(d.at), "directive-missing", "the block %q has no %s", d.name, key)
	p.Len, p.Hint = len(d.name), "add a line "+key+": …"
	return value{}, false
}

// inlines reads a value as one paragraph of Markdown.
func (d *directive) inlines(v value) []doc.Inline {
	sub := *d.reading
	sub.src, sub.bytes, sub.base = d.src[v.from:v.from+len(v.text)], d.bytes[v.from:v.from+len(v.text)], d.base+v.from
	if v.scatter {
		sub.src, sub.bytes, sub.fixed = v.text, []byte(v.text), true
	}
	sub.run = textRun{}
	root, ok := newBounds(&sub).parse(d.inline, sub.bytes)
	if !ok || root.FirstChild() == nil {
		return nil
	}
	return sub.line(root.FirstChild())
}

// plain sets a value as one line of words without markup.
func (d *directive) plain(v value) string {
	lines := strings.Split(v.text, "\n")
	for i := range lines {
		lines[i] = strings.Trim(lines[i], " \t")
	}
	return d.title(strings.Join(lines, " "))
}

// images makes the pictures of a figure or gallery; each src begins one.
func (d *directive) images() []*doc.Image {
	if _, ok := d.need("src"); !ok {
		return nil
	}
	var out []*doc.Image
	for len(d.values) > 0 {
		n := 1
		for n < len(d.values) && (d.values[n].key != "src" || d.name == "figure") {
			n++
		}
		out = append(out, d.image(d.values[:n]))
		d.values = d.values[n:]
	}
	return out
}

func (d *directive) image(values []value) *doc.Image {
	i := &doc.Image{Image: model.Image{At: d.reading.at(values[0].from), Focus: model.Point{X: .5, Y: .5}}}
	for _, v := range values {
		switch v.key {
		case "src":
			i.Src, i.At, i.Len = v.text, d.reading.at(v.from), len([]rune(v.text))
		case "alt":
			i.Alt = d.plain(v)
		case "caption":
			i.Words = d.inlines(v)
			i.Caption = doc.PlainText(i.Words)
		case "credit":
			i.Credit = d.plain(v)
		case "rights_holder":
			i.RightsHolder = d.plain(v)
		case "decorative":
			i.Decorative = v.text == "true"
		case "license":
			i.License = v.text
			if !slices.Contains(licenses(), v.text) {
				d.Problems.Errorf(d.reading.at(v.from), "directive-value", "unknown license %q", v.text).Propose(v.text, "the licences", licenses())
			}
		case "focus":
			if p, ok := focus(v.text); ok {
				i.Focus = p
				continue
			}
			p := d.Problems.Errorf(d.reading.at(v.from), "directive-value", "the focus %q is not two numbers from 0 to 1", v.text)
			p.Len, p.Hint = len([]rune(v.text)), "write how far from the left and from the top, as in 0.5, 0.3"
		}
	}
	d.checkImage(i)
	return i
}

func focus(s string) (model.Point, bool) {
	s = strings.TrimSuffix(strings.TrimPrefix(s, "["), "]")
	left, top, ok := strings.Cut(s, ",")
	x, errX := strconv.ParseFloat(strings.TrimSpace(left), 64)
	y, errY := strconv.ParseFloat(strings.TrimSpace(top), 64)
	return model.Point{X: x, Y: y}, ok && errX == nil && errY == nil && x >= 0 && x <= 1 && y >= 0 && y <= 1
}

func (d *directive) quote() doc.Block {
	v, ok := d.need("text")
	if !ok {
		return nil
	}
	q := &doc.PullQuote{Text: d.inlines(v)}
	for _, v := range d.values {
		switch v.key {
		case "by":
			q.By = d.plain(v)
		case "role":
			q.Role = d.plain(v)
		}
	}
	return q
}

func (d *directive) video() doc.Block {
	u, ok := d.need("url")
	t, titled := d.need("title")
	if !ok || !titled {
		return nil
	}
	l := &doc.Link{Target: u.text, At: d.reading.at(u.from), Len: len([]rune(u.text)), Content: []doc.Inline{&doc.Text{Words: d.plain(t)}}}
	if l.Kind = d.address(l.Target, l.At, l.Len); l.Kind != doc.Web && l.Kind != doc.Refused {
		p := d.Problems.Errorf(l.At, "directive-value", "the film %q has no address on the web", shorten(u.text))
		p.Len, p.Hint = l.Len, "write the whole address, with https:"
	}
	d.Links = append(d.Links, l)
	return &doc.VideoLink{Link: l}
}
