package epub

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/epubfile"
	"uccn/generator/internal/model"
	"uccn/generator/internal/plate"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/ink"
	"uccn/generator/internal/theme"
	"uccn/generator/internal/worldmap"
)

// A maker puts one book together.
type maker struct {
	in       *render.Input
	net      *derive.Network
	words    *theme.Words
	fonts    *ink.Case
	world    *worldmap.Map
	palettes map[string]plate.Palette
	sections []section
	places   map[string]string // of records, by type and id: "text.xhtml#id"

	book   epubfile.Book
	assets []asset
	have   map[string]bool // paths of the assets
	said   int             // pictures with words that say what they show
	unsaid int             // and without
	marks  []mark
	folios map[string]int // pages of the printed book that begin with a place
	err    error
}

// A section is a part of the book with cities in it.
type section struct {
	id, title string
	field     *derive.Field // when it is one field's
	cities    []*derive.City
}

func newMaker(v *volume) (*maker, error) {
	n := v.net
	m := &maker{
		in: v.in, net: n, words: v.in.Theme.Words(n.Lang), fonts: v.fonts, world: v.in.Land.World(),
		palettes: map[string]plate.Palette{}, places: map[string]string{}, have: map[string]bool{},
	}
	for _, f := range n.Fields {
		m.palettes[f.ID] = ink.Palette(f.Colour)
	}
	m.folios = firsts(v.in.Folios, n.Lang)
	m.sections = m.divide()
	m.find()
	e := n.Edition
	m.book = epubfile.Book{
		ID: m.identifier(), Title: e.Name, Lang: n.Lang, Publisher: e.Publisher, Rights: e.Licence,
		Description: e.Subtitle, Modified: e.AsOf.Last().Time(), RTL: ink.RightToLeft(n.Lang),
		Words: epubfile.Words{Contents: m.words.T("contents"), Landmarks: m.words.T("epub.landmarks"), Pages: m.words.T("epub.pages")},
	}
	for _, c := range e.Credits {
		if c.Role == "author" || c.Role == "editor" {
			m.book.Creators = append(m.book.Creators, c.Name)
		}
	}
	if len(m.book.Creators) == 0 && e.Publisher != "" {
		m.book.Creators = []string{e.Publisher}
	}
	return m, m.styles()
}

// identifier is a name made of what the book is (RFC 9562, 5.8). The edition's
// ISBN is that of the printed book.
func (m *maker) identifier() string {
	e := m.net.Edition
	h := sha256.Sum256([]byte("uccn " + m.in.Site.BaseURL + " " + e.ID + " " + m.net.Lang))
	h[6], h[8] = h[6]&0x0f|0x80, h[8]&0x3f|0x80
	s := hex.EncodeToString(h[:16])
	return fmt.Sprintf("urn:uuid:%s-%s-%s-%s-%s", s[:8], s[8:12], s[12:16], s[16:20], s[20:])
}

// divide sorts the cities into sections as the edition asks.
func (m *maker) divide() []section {
	var out []section
	switch m.net.Edition.Order {
	case "country":
		for _, c := range m.net.Countries {
			out = append(out, section{id: "country-" + c.ID, title: c.Name, cities: c.Cities})
		}
	case "region":
		for _, r := range m.net.Regions {
			out = append(out, section{id: "region-" + r.ID, title: r.Name, cities: r.Cities})
		}
	case "name":
		out = append(out, section{id: "cities", title: m.words.T("nav.cities"), cities: m.net.Cities})
	default:
		for _, f := range m.net.Fields {
			out = append(out, section{id: "field-" + f.ID, title: f.Name, field: f, cities: f.Cities})
		}
	}
	return slices.DeleteFunc(out, func(s section) bool { return len(s.cities) == 0 })
}

// find says where in the book each record stands.
func (m *maker) find() {
	put := func(h *model.Head, file string) {
		m.places[string(h.Type)+"-"+h.ID] = file
	}
	for _, s := range m.sections {
		if s.field != nil {
			put(&s.field.Field.Head, s.id+".xhtml")
		}
		for _, c := range s.cities {
			put(&c.City.Head, "city-"+c.ID+".xhtml")
		}
	}
	for _, r := range m.rooms() {
		for _, w := range r.works {
			put(&w.Practice.Head, r.file+"#practices-"+w.ID)
		}
	}
	for _, s := range m.net.CaseStudies {
		put(&s.CaseStudy.Head, "case-studies.xhtml#case-studies-"+s.ID)
	}
	for _, x := range m.net.Meetings {
		put(&x.Meeting.Head, "meetings.xhtml#meetings-"+x.ID)
	}
	for _, c := range m.net.Countries {
		put(&c.Country.Head, "index-countries.xhtml#countries-"+c.ID)
	}
	for _, g := range m.net.Goals {
		if named(g) {
			put(&g.Goal.Head, "index-goals.xhtml#goals-"+g.ID)
		}
	}
}

// named says whether a record of the book names a goal.
func named(g *derive.Goal) bool {
	return len(g.Practices)+len(g.CaseStudies) > 0 || slices.ContainsFunc(g.Cities, func(c *derive.City) bool { return c.Path != "" })
}

// compose puts the chapters in order.
func (m *maker) compose() error {
	m.cover()
	m.imprint()
	m.forewords()
	m.reading()
	m.figures()
	for i, s := range m.sections {
		m.section(i, s)
	}
	m.practices()
	m.caseStudies()
	m.meetings()
	m.indexCities()
	m.indexCountries()
	m.indexGoals()
	m.colophon()
	m.access()
	m.pages()
	return m.err
}

// document adds a document to the book and returns its place for the contents.
func (m *maker) document(file, title, lang, kind string, body markup) epubfile.Point {
	d := epubfile.Document{Path: "text/" + file, Title: title, Type: kind, Body: string(body), RTL: m.book.RTL}
	if lang != "" {
		d.Lang, d.RTL = lang, ink.RightToLeft(lang)
	}
	m.book.Documents = append(m.book.Documents, d)
	return epubfile.Point{Title: title, Href: d.Path}
}

// chapter adds a document with a heading, and its entry in the contents. kind is
// the structure of the book that it is, as EPUB and as ARIA name it.
func (m *maker) chapter(file, title, kind string, body ...markup) *epubfile.Point {
	head := join(m.page("book-"+strings.TrimSuffix(file, ".xhtml"), file), el("h1", attrs{"id", "title"}, text(title)))
	p := m.document(file, title, "", "", part(kind, "chapter", append([]markup{head}, body...)...))
	m.book.Contents = append(m.book.Contents, p)
	return &m.book.Contents[len(m.book.Contents)-1]
}

// part is the section that a document consists of. An index has its name in
// ARIA alone: EPUB's asks for a structure of its own.
func part(kind, class string, body ...markup) markup {
	a := attrs{"class", class, "aria-labelledby", "title"}
	switch kind {
	case "":
	case "index":
		a = append(a, "role", "doc-index")
	default:
		a = append(a, "epub:type", kind, "role", "doc-"+kind)
	}
	return el("section", a, body...)
}

// landmark offers a place by its kind.
func (m *maker) landmark(kind, title, href string) {
	m.book.Landmarks = append(m.book.Landmarks, epubfile.Landmark{Type: kind, Title: title, Href: href})
}

// fontFiles finds the fonts that a style sheet of the theme names.
var fontFiles = regexp.MustCompile(`url\("?(fonts/[A-Za-z0-9._-]+)"?\)`)

// styles are the theme's style sheet with its fonts, and the fields' colours. The
// fonts come from the website's, or from those for print.
func (m *maker) styles() error {
	css, err := m.in.Theme.Read("epub/book.css")
	if err != nil {
		return fmt.Errorf("read the style of the EPUB: %w", err)
	}
	m.drawing("book.css", css)
	for _, f := range fontFiles.FindAllSubmatch(css, -1) {
		name := string(f[1])
		data, err := m.in.Theme.Read("assets/" + name)
		if err != nil {
			if data, err = m.in.Theme.Read(name); err != nil {
				return fmt.Errorf("read a font of the EPUB: %w", err)
			}
		}
		m.add(name, short(string(data)), func(context.Context) ([]byte, error) { return data, nil })
	}
	var b strings.Builder
	for _, f := range m.net.Fields {
		fmt.Fprintf(&b, ".c-%s { color: %s; }\n", f.ID, m.palettes[f.ID].Solid)
	}
	b.WriteString("@media (prefers-color-scheme: dark) {\n")
	for _, f := range m.net.Fields {
		fmt.Fprintf(&b, "  .c-%s { color: %s; }\n", f.ID, m.palettes[f.ID].OnDark)
	}
	b.WriteString("}\n")
	m.drawing("fields.css", []byte(b.String()))
	return nil
}

// palette is the colours of a field; grey for none.
func (m *maker) palette(f *derive.Field) plate.Palette {
	if f == nil {
		return ink.Palette("")
	}
	return m.palettes[f.ID]
}

// access says what the book offers to those who cannot see its pictures or its
// pages: what was counted while it was put together.
func (m *maker) access() {
	a := epubfile.Access{
		Modes: []string{"textual", "visual"}, Sufficient: []string{"textual"},
		Features: []string{"structuralNavigation", "index", "ARIA", "displayTransformability"}, Hazards: []string{"none"},
		Summary: m.words.T("epub.access.said", m.said),
	}
	if m.unsaid == 0 {
		a.Features = append(a.Features, "alternativeText")
	} else {
		a.Sufficient = []string{"textual,visual"}
		a.Summary = m.words.T("epub.access.unsaid", m.unsaid, m.said)
	}
	m.book.Access = a
}
