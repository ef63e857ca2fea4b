package inspect

import "slices"

// An Element is an element of the structure tree, for tests of what a file says.
type Element struct {
	Role Name
	Dict Dict
	Kids []*Element
	Text string // of its own content, without that of its kids
}

// parentsOf says under which elements one may stand; others may stand anywhere.
func parentsOf(role Name) []Name {
	switch role {
	case "LI":
		return []Name{"L"}
	case "Lbl":
		return []Name{"LI", "TOCI", "Note", "BibEntry"}
	case "LBody":
		return []Name{"LI"}
	case "TOCI":
		return []Name{"TOC"}
	case "THead", "TBody", "TFoot":
		return []Name{"Table"}
	case "TR":
		return []Name{"Table", "THead", "TBody", "TFoot"}
	case "TH", "TD":
		return []Name{"TR"}
	}
	return nil
}

// standard are the structure types of ISO 32000-1, 14.8.4.
func standard(role Name) bool {
	switch role {
	case "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct", "Private",
		"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot",
		"Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "Warichu", "RB", "RT", "RP", "WT", "WP",
		"Figure", "Formula", "Form":
		return true
	}
	return false
}

// walk is the state of going through the structure tree.
type walk struct {
	c     *checker
	level int             // of the last heading
	ids   map[string]bool // of notes
	owned map[Ref]map[int]bool
	steps int
}

// tree checks the structure tree.
func (c *checker) tree() {
	root := c.d.Dict(c.d.Catalog["StructTreeRoot"])
	if root == nil {
		c.report(0, "tagged", "the file has no structure")
		return
	}
	w := &walk{c: c, ids: map[string]bool{}, owned: map[Ref]map[int]bool{}}
	for _, kid := range c.kids(root["K"]) {
		w.element(kid, "", nil, 0)
	}
	for i, p := range c.d.Pages {
		for id := range c.content[p.Ref] {
			if !w.owned[p.Ref][id] {
				c.report(i+1, "parent-tree", "content that is not in the structure")
			}
		}
	}
}

// kids returns the kids of an element as a list.
func (c *checker) kids(v any) Array {
	if list, is := c.d.Get(v).(Array); is {
		return list
	}
	if v == nil {
		return nil
	}
	return Array{v}
}

// element checks one element and what is under it. page is the page of the
// nearest element that names one.
func (w *walk) element(v any, parent Name, page any, depth int) {
	c := w.c
	e := c.d.Dict(v)
	if w.steps++; w.steps > 1<<21 || depth > 200 || e == nil {
		c.report(0, "structure", "the structure is damaged")
		return
	}
	if pg, found := e["Pg"]; found {
		page = pg
	}
	number := c.number(page)
	role := c.d.Name(e["S"])
	if !standard(role) {
		c.report(number, "structure", "%s is no structure type", role)
	}
	if allowed := parentsOf(role); allowed != nil && !slices.Contains(allowed, parent) {
		c.report(number, "structure", "%s stands in %s", role, parent)
	}
	if lang, found := e["Lang"]; found && !langTag.MatchString(Text(c.d.Get(lang))) {
		c.report(number, "language", "%q is no language", Text(c.d.Get(lang)))
	}
	w.meaning(role, e, number)
	for _, kid := range c.kids(e["K"]) {
		w.kid(kid, role, page, depth)
	}
}

// meaning checks what an element of its kind must say.
func (w *walk) meaning(role Name, e Dict, page int) {
	c := w.c
	attributes := c.d.Dict(e["A"])
	switch role {
	case "Figure", "Formula":
		if Text(c.d.Get(e["Alt"])) == "" && Text(c.d.Get(e["ActualText"])) == "" {
			c.report(page, "alternate-text", "a picture has no text")
		}
		if role == "Figure" && c.d.Array(attributes["BBox"]) == nil {
			c.report(page, "figure", "a picture does not say where it is")
		}
	case "H1", "H2", "H3", "H4", "H5", "H6":
		level := int(role[1] - '0')
		if level > w.level+1 {
			c.report(page, "headings", "a heading of level %d follows one of level %d", level, w.level)
		}
		w.level = level
	case "Note":
		id := Text(c.d.Get(e["ID"]))
		if id == "" || w.ids[id] {
			c.report(page, "note", "a note has no identifier of its own")
		}
		w.ids[id] = true
	case "TH":
		if c.d.Name(attributes["Scope"]) == "" {
			c.report(page, "table", "the head of a table does not say what it heads")
		}
	}
}

// kid checks a kid: an element, marked content or an object.
func (w *walk) kid(v any, role Name, page any, depth int) {
	c := w.c
	if id, is := v.(float64); is {
		w.own(page, int(id))
		return
	}
	k := c.d.Dict(v)
	switch c.d.Name(k["Type"]) {
	case "MCR":
		if pg, found := k["Pg"]; found {
			page = pg
		}
		id, _ := k["MCID"].(float64)
		w.own(page, int(id))
	case "OBJR":
		if r, is := k["Obj"].(Ref); is {
			c.links[r] = true
			if role != "Link" {
				c.report(c.number(page), "link", "a link stands in %s", role)
			}
		}
	default:
		w.element(v, role, page, depth+1)
	}
}

// own notes that marked content is in the structure.
func (w *walk) own(page any, id int) {
	r, _ := page.(Ref)
	if !w.c.content[r][id] {
		w.c.report(w.c.number(page), "structure", "the structure names content that is not drawn")
		return
	}
	if w.owned[r] == nil {
		w.owned[r] = map[int]bool{}
	}
	if w.owned[r][id] {
		w.c.report(w.c.number(page), "structure", "content stands twice in the structure")
	}
	w.owned[r][id] = true
}

// number returns the number of a page, from 1, or 0.
func (c *checker) number(page any) int {
	r, is := page.(Ref)
	if !is {
		return 0
	}
	for i, p := range c.d.Pages {
		if p.Ref == r {
			return i + 1
		}
	}
	return 0
}

// Structure returns the structure tree with the text of each element.
func (d *Document) Structure() *Element {
	root := d.Dict(d.Dict(d.Catalog["StructTreeRoot"])["K"])
	texts := map[Ref]map[int]string{}
	for i, p := range d.Pages {
		texts[p.Ref] = map[int]string{}
		for _, r := range d.Runs(i) {
			texts[p.Ref][r.MCID] += r.Text
		}
	}
	return d.grow(root, nil, texts, 0)
}

func (d *Document) grow(e Dict, page any, texts map[Ref]map[int]string, depth int) *Element {
	if pg, found := e["Pg"]; found {
		page = pg
	}
	out := &Element{Role: d.Name(e["S"]), Dict: e}
	kids, is := d.Get(e["K"]).(Array)
	if !is {
		kids = Array{e["K"]}
	}
	for _, v := range kids {
		k := d.Dict(v)
		switch {
		case k == nil || depth > 200:
		case d.Name(k["Type"]) == "MCR":
			r, _ := k["Pg"].(Ref)
			id, _ := k["MCID"].(float64)
			out.Text += texts[r][int(id)]
		case d.Name(k["Type"]) == "OBJR":
		default:
			out.Kids = append(out.Kids, d.grow(k, page, texts, depth+1))
		}
	}
	return out
}
