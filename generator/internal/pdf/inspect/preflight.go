package inspect

import (
	"bytes"
	"fmt"
	"regexp"
	"sort"
	"strings"
)

// A Finding is a condition that a file does not meet.
type Finding struct {
	Rule    string // a stable word
	Page    int    // counted from 1; 0: the file
	Message string
}

func (f Finding) String() string {
	if f.Page > 0 {
		return fmt.Sprintf("page %d: %s [%s]", f.Page, f.Message, f.Rule)
	}
	return fmt.Sprintf("%s [%s]", f.Message, f.Rule)
}

// langTag matches language tags (RFC 5646, in outline).
var langTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

// Preflight tests the conditions of PDF/UA-1 (ISO 14289-1) that a machine can
// test, and the most telling ones of PDF/A-2 (ISO 19005-2): content tagged or
// artifact, structure sound, languages, titles, alternate texts, links, fonts,
// colours, metadata, boxes. It finds no more than it looks for: a file without
// findings is not thereby proved to conform. Equal findings are given once a page.
func Preflight(data []byte) ([]Finding, error) {
	d, err := Open(data)
	if err != nil {
		return nil, err
	}
	c := &checker{d: d, seen: map[Finding]bool{}, content: map[Ref]map[int]bool{}, links: map[Ref]bool{}, annots: map[Ref]int{}}
	c.document()
	for i := range d.Pages {
		c.page(i)
	}
	c.tree()
	c.destinations()
	sort.SliceStable(c.found, func(i, k int) bool { return c.found[i].Page < c.found[k].Page })
	return c.found, nil
}

type checker struct {
	d       *Document
	found   []Finding
	seen    map[Finding]bool
	content map[Ref]map[int]bool // by page: the marked content that is drawn
	links   map[Ref]bool         // annotations that the structure tree holds
	annots  map[Ref]int          // link annotations, and their pages
	used    []any                // destinations that links lead to
	parents map[int]any
}

func (c *checker) report(page int, rule, format string, args ...any) {
	f := Finding{rule, page, fmt.Sprintf(format, args...)}
	if !c.seen[f] {
		c.seen[f] = true
		c.found = append(c.found, f)
	}
}

// document checks the catalog and the metadata.
func (c *checker) document() {
	cat := c.d.Catalog
	if !langTag.MatchString(Text(c.d.Get(cat["Lang"]))) {
		c.report(0, "language", "the file has no language")
	}
	if c.d.Dict(cat["MarkInfo"])["Marked"] != true {
		c.report(0, "tagged", "the file is not marked as tagged")
	}
	if c.d.Dict(cat["ViewerPreferences"])["DisplayDocTitle"] != true {
		c.report(0, "title", "a reader would show the file's name, not its title")
	}
	if c.d.Trailer["Encrypt"] != nil {
		c.report(0, "encrypted", "the file is encrypted")
	}
	for _, key := range []Name{"OpenAction", "AA"} {
		if cat[key] != nil {
			c.report(0, "action", "the file does something when it is opened")
		}
	}
	c.metadata()
	c.intents()
}

func (c *checker) metadata() {
	s, is := c.d.Get(c.d.Catalog["Metadata"]).(*Stream)
	if !is {
		c.report(0, "metadata", "the file has no metadata")
		return
	}
	xmp, err := c.d.Data(s)
	if err != nil || s.Dict["Filter"] != nil {
		c.report(0, "metadata", "the metadata is packed")
	}
	if !bytes.Contains(xmp, []byte("<dc:title>")) {
		c.report(0, "title", "the metadata names no title")
	}
	print := bytes.Contains(xmp, []byte("pdfxid:GTS_PDFXVersion>PDF/X-4<"))
	if !print && !bytes.Contains(xmp, []byte("<pdfuaid:part>1<")) {
		c.report(0, "metadata", "the metadata does not claim PDF/UA-1")
	}
	info := c.d.Dict(c.d.Trailer["Info"])
	if t := Text(c.d.Get(info["Title"])); t != "" && !bytes.Contains(xmp, []byte(escapeXML(t))) {
		c.report(0, "metadata", "the two titles of the file differ")
	}
}

func escapeXML(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}

// intents checks the output intents: each with a profile.
func (c *checker) intents() {
	list := c.d.Array(c.d.Catalog["OutputIntents"])
	if len(list) == 0 {
		c.report(0, "intent", "the file has no output intent")
	}
	for _, v := range list {
		if _, is := c.d.Get(c.d.Dict(v)["DestOutputProfile"]).(*Stream); !is {
			c.report(0, "intent", "an output intent has no profile")
		}
	}
}

// checkSpace reports a device colour space that no output intent defines.
func (d *Document) checkSpace(space any, report func(rule, message string)) {
	parts := 0.0
	switch d.Name(space) {
	case "DeviceRGB":
		parts = 3
	case "DeviceCMYK":
		parts = 4
	default:
		return
	}
	for _, v := range d.Array(d.Catalog["OutputIntents"]) {
		if d.Dict(d.Dict(v)["DestOutputProfile"])["N"] == parts {
			return
		}
	}
	report("color", fmt.Sprintf("%s is used, which no output intent defines", d.Name(space)))
}

// page checks one page: its boxes, content, fonts and annotations.
func (c *checker) page(i int) {
	p := c.d.Pages[i]
	report := func(rule, message string) { c.report(i+1, rule, "%s", message) }
	r := c.d.read(i, report)
	c.content[p.Ref] = r.mcids
	for _, f := range r.fonts {
		c.font(i, f)
	}
	c.boxes(i)
	annots := c.d.Array(p.Dict["Annots"])
	if len(annots) > 0 && c.d.Name(p.Dict["Tabs"]) != "S" {
		report("tab-order", "the tab order does not follow the structure")
	}
	for _, v := range annots {
		c.annotation(i, v)
	}
	if key, is := p.Dict["StructParents"].(float64); is {
		list := c.d.Array(c.parent(int(key)))
		for id := range r.mcids {
			if id >= len(list) || c.d.Dict(list[id]) == nil {
				report("parent-tree", "content that no element of the structure owns")
			}
		}
	} else if len(r.mcids) > 0 {
		report("parent-tree", "the page does not know its structure")
	}
}

// parent returns a value of the parent tree.
func (c *checker) parent(key int) any {
	if c.parents == nil {
		c.parents = map[int]any{}
		nums := c.d.Array(c.d.Dict(c.d.Dict(c.d.Catalog["StructTreeRoot"])["ParentTree"])["Nums"])
		for i := 0; i+1 < len(nums); i += 2 {
			if k, is := nums[i].(float64); is {
				c.parents[int(k)] = nums[i+1]
			}
		}
	}
	return c.parents[key]
}

func (c *checker) font(i int, f *font) {
	dict := f.dict
	if f.wide {
		list := c.d.Array(dict["DescendantFonts"])
		if len(list) != 1 {
			c.report(i+1, "font", "a composite font without its descendant")
			return
		}
		dict = c.d.Dict(list[0])
	}
	desc := c.d.Dict(dict["FontDescriptor"])
	if c.d.Get(desc["FontFile"]) == nil && c.d.Get(desc["FontFile2"]) == nil && c.d.Get(desc["FontFile3"]) == nil {
		c.report(i+1, "font", "font %s is not embedded", c.d.Name(f.dict["BaseFont"]))
	}
	if len(f.unicode) == 0 {
		c.report(i+1, "unicode", "font %s does not say what its glyphs stand for", c.d.Name(f.dict["BaseFont"]))
	}
}

// boxes checks that the trimmed page lies in the bleed and this in the medium.
func (c *checker) boxes(i int) {
	p := c.d.Pages[i].Dict
	media, trim, bleed := c.box(p["MediaBox"]), c.box(p["TrimBox"]), c.box(p["BleedBox"])
	if media == nil {
		c.report(i+1, "boxes", "the page has no size")
		return
	}
	if bleed == nil {
		bleed = media
	}
	if !inside(bleed, media) || trim != nil && !inside(trim, bleed) {
		c.report(i+1, "boxes", "the boxes of the page do not lie one in the other")
	}
}

func (c *checker) box(v any) []float64 {
	list := c.d.Array(v)
	if len(list) != 4 {
		return nil
	}
	out := make([]float64, 4)
	for i := range list {
		out[i], _ = c.d.Get(list[i]).(float64)
	}
	return out
}

func inside(a, b []float64) bool {
	const slack = 0.02
	return a[0] >= b[0]-slack && a[1] >= b[1]-slack && a[2] <= b[2]+slack && a[3] <= b[3]+slack
}

func (c *checker) annotation(i int, v any) {
	a := c.d.Dict(v)
	if c.d.Name(a["Subtype"]) != "Link" {
		c.report(i+1, "annotation", "an annotation of type %s", c.d.Name(a["Subtype"]))
		return
	}
	if Text(c.d.Get(a["Contents"])) == "" {
		c.report(i+1, "link", "a link does not say where it leads")
	}
	if flags, _ := a["F"].(float64); int(flags)&4 == 0 {
		c.report(i+1, "link", "a link would not be printed")
	}
	key, is := a["StructParent"].(float64)
	if !is || c.d.Name(c.d.Dict(c.parent(int(key)))["S"]) != "Link" {
		c.report(i+1, "link", "a link does not belong to a Link of the structure")
	}
	if r, is := v.(Ref); is {
		c.annots[r] = i + 1
	}
	if dest, found := a["Dest"]; found {
		c.used = append(c.used, dest)
	}
}

// destinations checks that every link and bookmark leads somewhere, and that the
// structure tree holds every link.
func (c *checker) destinations() {
	names := map[String]bool{}
	list := c.d.Array(c.d.Dict(c.d.Dict(c.d.Catalog["Names"])["Dests"])["Names"])
	for i := 0; i+1 < len(list); i += 2 {
		s, _ := list[i].(String)
		names[s] = true
	}
	c.bookmarks(c.d.Dict(c.d.Catalog["Outlines"])["First"], 0)
	for _, dest := range c.used {
		if s, is := c.d.Get(dest).(String); is && !names[s] {
			c.report(0, "destination", "a link leads to %q, which is nowhere", string(s))
		}
	}
	refs := make([]Ref, 0, len(c.annots))
	for r := range c.annots {
		refs = append(refs, r)
	}
	sort.Slice(refs, func(i, k int) bool { return refs[i] < refs[k] })
	for _, r := range refs {
		if !c.links[r] {
			c.report(c.annots[r], "link", "a link is not in the structure")
		}
	}
}

func (c *checker) bookmarks(v any, depth int) {
	for n := 0; v != nil && n < 100000 && depth < deepest; n++ {
		b := c.d.Dict(v)
		if Text(c.d.Get(b["Title"])) == "" {
			c.report(0, "bookmark", "a bookmark without words")
		}
		c.used = append(c.used, b["Dest"])
		c.bookmarks(b["First"], depth+1)
		v = b["Next"]
	}
}
