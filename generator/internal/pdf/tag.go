package pdf

import (
	"fmt"
	"sort"
	"strings"

	"uccn/generator/internal/memo"
)

// A Tag is an element of the structure tree: the meaning of what is drawn under
// it (14.7). A tag enters the tree, after its parents, when the first content is
// drawn under it, so the reading order is the order of drawing, and a tag without
// content leaves no trace. One tag may have content on several pages.
type Tag struct {
	Role   string // a standard type of 14.8.4: "Sect", "H1", "P", "L", "Table", "Figure", "Link", …
	Parent *Tag   // nil: the document
	Lang   string // when it differs from the parent's
	Alt    string // what a picture shows; what a link leads to
	Actual string // the text that this content stands for
	Title  string
	ID     string // for notes, unique in the file

	// Attributes (14.8.5).
	Box              Rect   // of a figure, on its page
	Scope            string // of a table head: "Row" or "Column"
	ColSpan, RowSpan int    // of a table cell, when more than 1
	Numbering        string // of a list: "Disc", "Decimal", …; "" for none
}

// Sum adds all of a tag but its parent to a key.
func (t *Tag) Sum(b *memo.Builder) {
	b.Text(t.Role).Text(t.Lang).Text(t.Alt).Text(t.Actual).Text(t.Title).Text(t.ID).Text(t.Scope).Text(t.Numbering)
	for _, n := range []int{int(t.Box.X), int(t.Box.Y), int(t.Box.W), int(t.Box.H), t.ColSpan, t.RowSpan} {
		b.Int(int64(n))
	}
}

// tagState is what one Writer knows of a tag. Tags themselves are never changed,
// so several writers may write the same pages.
type tagState struct {
	tag    *Tag
	id     ref
	parent ref
	kids   []byte
	page   ref    // of the first content
	box    string // Box in the space of that page
}

// attach puts t and its parents into the tree and returns t's state. page is the
// canvas of the content about to be drawn.
func (w *Writer) attach(t *Tag, page *Canvas) *tagState {
	if t == nil {
		return w.root
	}
	if s := w.states[t]; s != nil {
		return s
	}
	parent := w.attach(t.Parent, page)
	s := &tagState{tag: t, id: w.file.alloc(), parent: parent.id, page: page.id}
	if t.Box != (Rect{}) {
		s.box = page.rect(t.Box)
	}
	parent.kids = append(s.id.append(parent.kids), ' ')
	w.states[t] = s
	w.tags = append(w.tags, s)
	return s
}

// Empty puts a tag without content into the tree: an empty table cell keeps its
// place in the row.
func (c *Canvas) Empty(t *Tag) { c.w.attach(t, c) }

// writeTags writes the structure tree and returns its root.
func (w *Writer) writeTags() ref {
	root, parents := w.file.alloc(), w.file.alloc()
	w.file.object(w.root.id, fmt.Sprintf("<</Type/StructElem/S/Document/P %s/Lang%s/K[%s]>>",
		root, text(w.options.Lang), w.root.kids))
	var ids []string
	var dict []byte
	for _, s := range w.tags {
		dict = s.dict(dict[:0])
		w.file.bytes(s.id, dict)
		if s.tag.ID != "" {
			ids = append(ids, text(s.tag.ID)+s.id.String())
		}
	}
	sort.Strings(ids)
	tree := ""
	if len(ids) > 0 {
		tree = "/IDTree<</Names[" + strings.Join(ids, "") + "]>>"
	}
	w.file.object(root, fmt.Sprintf("<</Type/StructTreeRoot/K %s/ParentTree %s/ParentTreeNextKey %d%s>>",
		w.root.id, parents, len(w.parents), tree))
	nums := []byte("<</Nums[")
	for key, value := range w.parents {
		nums = fmt.Appendf(nums, "%d %s ", key, value)
	}
	w.file.object(parents, string(nums)+"]>>")
	return root
}

// dict appends what the tree says of a tag.
func (s *tagState) dict(b []byte) []byte {
	t := s.tag
	b = append(append(b, "<</Type/StructElem/S/"...), t.Role...)
	b = s.parent.append(append(b, "/P "...))
	b = s.page.append(append(b, "/Pg "...))
	for _, e := range [...]struct{ key, value string }{
		{"/Alt", t.Alt}, {"/ActualText", t.Actual}, {"/Lang", t.Lang}, {"/T", t.Title}, {"/ID", t.ID},
	} {
		if e.value != "" {
			b = append(append(b, e.key...), text(e.value)...)
		}
	}
	if a := s.attributes(); a != "" {
		b = append(append(b, "/A"...), a...)
	}
	if len(s.kids) > 0 {
		b = append(append(append(b, "/K["...), s.kids...), ']')
	}
	return append(b, ">>"...)
}

func (s *tagState) attributes() string {
	t := s.tag
	switch {
	case s.box != "":
		return "<</O/Layout/Placement/Block/BBox" + s.box + ">>"
	case t.Numbering != "":
		return "<</O/List/ListNumbering/" + t.Numbering + ">>"
	case t.Scope != "" || t.ColSpan > 1 || t.RowSpan > 1:
		a := "<</O/Table"
		if t.Scope != "" {
			a += "/Scope/" + t.Scope
		}
		if t.ColSpan > 1 {
			a += fmt.Sprintf("/ColSpan %d", t.ColSpan)
		}
		if t.RowSpan > 1 {
			a += fmt.Sprintf("/RowSpan %d", t.RowSpan)
		}
		return a + ">>"
	}
	return ""
}
