// Package svg makes drawings harmless: it reads SVG, keeps the elements and
// attributes that it knows to draw and nothing else, and writes the rest anew.
// No script, no animation, no address outside of the drawing, no metadata.
package svg

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// What a drawing may hold at most.
const (
	maxBytes    = 4 << 20
	maxDepth    = 100
	maxElements = 100_000
	maxDrawn    = 1_000_000 // elements after every <use> is followed
)

// ErrRefused reports a file that is not shown at all; the error says why.
var ErrRefused = errors.New("refused")

// A Drawing is a cleaned SVG file.
type Drawing struct {
	Data          []byte
	Width, Height int      // in CSS pixels
	Dropped       []string // what could be seen or do something and was left out, once each: "<script>"
}

const (
	space = "http://www.w3.org/2000/svg"
	xlink = "http://www.w3.org/1999/xlink"
)

// node is an element or, with an empty name, a text.
type node struct {
	name     string
	attrs    []attr
	text     string
	children []*node
}

type attr struct{ name, value string }

// Clean reads a drawing and returns what may be shown of it. Its errors wrap
// ErrRefused.
func Clean(data []byte) (Drawing, error) {
	if len(data) > maxBytes {
		return Drawing{}, fmt.Errorf("%w: a drawing of more than 4 MB", ErrRefused)
	}
	c := cleaner{decoder: xml.NewDecoder(bytes.NewReader(data))}
	root, err := c.document()
	if err != nil {
		return Drawing{}, fmt.Errorf("%w: %s", ErrRefused, strings.TrimPrefix(err.Error(), "XML syntax error on "))
	}
	if err := checkUses(root); err != nil {
		return Drawing{}, fmt.Errorf("%w: %s", ErrRefused, err)
	}
	d := Drawing{Dropped: c.dropped}
	if d.Width, d.Height, err = size(root); err != nil {
		return Drawing{}, fmt.Errorf("%w: %s", ErrRefused, err)
	}
	var b bytes.Buffer
	write(&b, root, true)
	d.Data = b.Bytes()
	return d, nil
}

type cleaner struct {
	decoder *xml.Decoder
	dropped []string
	count   int
}

// document reads up to the end of the root element and makes sure that only
// blanks and comments follow.
func (c *cleaner) document() (root *node, err error) {
	for {
		t, err := c.decoder.Token()
		if err == io.EOF && root != nil {
			return root, nil
		}
		if err == io.EOF {
			return nil, errors.New("it holds no drawing")
		}
		if err != nil {
			return nil, err
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		if root != nil || e.Name.Space != space || e.Name.Local != "svg" {
			return nil, fmt.Errorf("<%s> stands where <svg xmlns=%q> should", e.Name.Local, space)
		}
		if root, err = c.element(e, 1); err != nil {
			return nil, err
		}
	}
}

// element reads an element that may stay, to its end.
func (c *cleaner) element(e xml.StartElement, depth int) (*node, error) {
	if c.count++; c.count > maxElements || depth > maxDepth {
		return nil, fmt.Errorf("more than %d elements, or %d within one another", maxElements, maxDepth)
	}
	n := &node{name: e.Name.Local, attrs: c.attributes(e)}
	for {
		t, err := c.decoder.Token()
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			child, err := c.child(n.name, t, depth)
			if err != nil {
				return nil, err
			}
			if child != nil {
				n.children = append(n.children, child)
			}
		case xml.CharData:
			if textual(n.name) {
				n.children = append(n.children, &node{text: string(t)})
			}
		case xml.EndElement:
			if n.name == "style" && !c.keepStyle(n) {
				n.children = nil
			}
			return n, nil
		}
	}
}

// child reads an element, or passes over one that may not stay and notes it.
func (c *cleaner) child(parent string, e xml.StartElement, depth int) (*node, error) {
	if e.Name.Space == space && elements(e.Name.Local) && parent != "style" {
		return c.element(e, depth+1)
	}
	if e.Name.Space == space && e.Name.Local != "metadata" {
		c.drop("<" + e.Name.Local + ">")
	}
	return nil, c.skip(depth)
}

// skip passes over what is left of an element. Unlike the decoder's own Skip it
// minds the depth.
func (c *cleaner) skip(depth int) error {
	for open := 1; open > 0; {
		t, err := c.decoder.Token()
		if err != nil {
			return err
		}
		switch t.(type) {
		case xml.StartElement:
			if open++; depth+open > maxDepth {
				return fmt.Errorf("more than %d elements within one another", maxDepth)
			}
		case xml.EndElement:
			open--
		}
	}
	return nil
}

func (c *cleaner) attributes(e xml.StartElement) []attr {
	var out []attr
	seen := map[string]bool{}
	for _, a := range e.Attr {
		name := a.Name.Local
		switch {
		case name == "href" && (a.Name.Space == "" || a.Name.Space == xlink):
			if !strings.HasPrefix(strings.TrimSpace(a.Value), "#") {
				c.drop("addresses outside of it")
				continue
			}
		case a.Name.Space != "" || name == "xmlns":
			continue // a program's own, or written anew
		case strings.HasPrefix(strings.ToLower(name), "on"):
			c.drop("scripts")
			continue
		case !attributes(name):
			continue
		case name != "aria-label" && !harmless(a.Value):
			c.drop("addresses outside of it")
			continue
		}
		if !seen[name] {
			seen[name] = true
			out = append(out, attr{name, a.Value})
		}
	}
	return out
}

// keepStyle reports whether a style sheet stays.
func (c *cleaner) keepStyle(n *node) bool {
	var all strings.Builder
	for _, t := range n.children {
		all.WriteString(t.text)
	}
	if harmless(all.String()) {
		return true
	}
	c.drop("style sheet")
	return false
}

// harmless reports whether a value, of an attribute or of a style sheet, leads
// nowhere but into the drawing: url() only of fragments, no @ rules, and none of
// the characters by which CSS could hide either.
func harmless(v string) bool {
	if strings.ContainsAny(v, "\\@<") || strings.Contains(v, "/*") {
		return false
	}
	v = strings.ToLower(v)
	for _, word := range []string{"expression", "javascript:", "data:", "-moz-binding", "behavior", "image-set", "image(", "src("} {
		if strings.Contains(v, word) {
			return false
		}
	}
	for {
		_, after, found := strings.Cut(v, "url")
		if !found {
			return true
		}
		v = strings.TrimLeft(after, " \t\r\n\f")
		inside, ok := strings.CutPrefix(v, "(")
		if ok && !strings.HasPrefix(strings.TrimLeft(inside, " \t\r\n\f\"'"), "#") {
			return false
		}
	}
}

func (c *cleaner) drop(what string) {
	for _, d := range c.dropped {
		if d == what {
			return
		}
	}
	if len(c.dropped) < 10 {
		c.dropped = append(c.dropped, what)
	}
}

// size returns the drawing's size in CSS pixels: its width and height, or those
// of its view box.
func size(root *node) (width, height int, err error) {
	w, okW := length(root.value("width"))
	h, okH := length(root.value("height"))
	box := strings.FieldsFunc(root.value("viewBox"), func(r rune) bool { return strings.ContainsRune(" ,\t\r\n", r) })
	if len(box) == 4 {
		bw, err1 := strconv.ParseFloat(box[2], 64)
		bh, err2 := strconv.ParseFloat(box[3], 64)
		if err1 == nil && err2 == nil && bw > 0 && bh > 0 {
			switch {
			case !okW && !okH:
				w, h, okW, okH = bw, bh, true, true
			case !okW:
				w, okW = h*bw/bh, true
			case !okH:
				h, okH = w*bh/bw, true
			}
		}
	}
	if !okW || !okH || !(w <= 100_000 && h <= 100_000) {
		return 0, 0, errors.New("it does not say how large it is: it needs a viewBox, or width and height")
	}
	return max(1, int(math.Round(w))), max(1, int(math.Round(h))), nil
}

func (n *node) value(name string) string {
	for _, a := range n.attrs {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

// length reads a CSS length with an absolute unit, in pixels.
func length(s string) (float64, bool) {
	s = strings.TrimSpace(s)
	scale := 1.0
	for _, u := range []struct {
		unit  string
		scale float64
	}{{"px", 1}, {"pt", 4.0 / 3}, {"pc", 16}, {"mm", 96 / 25.4}, {"cm", 96 / 2.54}, {"in", 96}} {
		if rest, ok := strings.CutSuffix(s, u.unit); ok {
			s, scale = rest, u.scale
			break
		}
	}
	v, err := strconv.ParseFloat(s, 64)
	return v * scale, err == nil && v > 0 && !math.IsInf(v, 0)
}

// checkUses follows every <use> and refuses drawings that grow beyond measure or
// draw themselves.
func checkUses(root *node) error {
	byID := map[string]*node{}
	var index func(*node)
	index = func(n *node) {
		if id := n.value("id"); id != "" && byID[id] == nil {
			byID[id] = n
		}
		for _, c := range n.children {
			index(c)
		}
	}
	index(root)
	const busy = -1
	sizes := map[*node]int{}
	var measure func(*node) (int, error)
	measure = func(n *node) (int, error) {
		if s := sizes[n]; s == busy {
			return 0, errors.New("a part of it draws itself")
		} else if s > 0 {
			return s, nil
		}
		sizes[n] = busy
		total := 1
		parts := n.children
		if target := byID[strings.TrimPrefix(strings.TrimSpace(n.value("href")), "#")]; target != nil && n.value("href") != "" {
			parts = append(parts[:len(parts):len(parts)], target)
		}
		for _, p := range parts {
			s, err := measure(p)
			if err != nil {
				return 0, err
			}
			if total += s; total > maxDrawn {
				return 0, errors.New("it draws more than a million elements")
			}
		}
		sizes[n] = total
		return total, nil
	}
	_, err := measure(root)
	return err
}

// write writes the node as XML, always the same way.
func write(b *bytes.Buffer, n *node, root bool) {
	if n.name == "" {
		escape(b, n.text)
		return
	}
	b.WriteString("<" + n.name)
	if root {
		b.WriteString(` xmlns="` + space + `" xmlns:xlink="` + xlink + `"`)
	}
	for _, a := range n.attrs {
		name := a.name
		if name == "href" {
			name = "xlink:href" // understood by all, unlike plain href
		}
		b.WriteString(" " + name + `="`)
		escape(b, a.value)
		b.WriteString(`"`)
	}
	if len(n.children) == 0 {
		b.WriteString("/>")
		return
	}
	b.WriteString(">")
	for _, c := range n.children {
		write(b, c, false)
	}
	b.WriteString("</" + n.name + ">")
}

func escape(b *bytes.Buffer, s string) {
	if err := xml.EscapeText(b, []byte(s)); err != nil {
		panic(err) // a bytes.Buffer takes everything
	}
}
