// Package book composes the book of an edition: its covers, its pages of cities,
// its chapters, its indexes. It makes pages; package booklet writes them.
package book

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/media"
	"uccn/generator/internal/model"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/booklet/look"
	"uccn/generator/internal/render/booklet/photo"
	"uccn/generator/internal/render/booklet/press"
	"uccn/generator/internal/render/ink"
	"uccn/generator/internal/render/told"
	"uccn/generator/internal/theme"
	"uccn/generator/internal/typeset"
	"uccn/generator/internal/typeset/font"
	"uccn/generator/internal/worldmap"
)

// Options are what a book is made of.
type Options struct {
	In    *render.Input
	Net   *derive.Network
	Words *theme.Words
	Fonts font.Set

	Plates *ink.Album    // drawn before; nil: none
	Memory *press.Memory // of this book; nil: it is made once
}

// A Book is one edition in one language, made up into pages.
type Book struct {
	Look     *look.Look
	Sheets   []*press.Sheet
	Chapters []Chapter
	Problems diag.List
	Fits     []Fit
	Pictures []press.Picture // every photograph
}

// A Chapter is what the contents and the outline name: a part of the book, with
// the cities in it.
type Chapter struct {
	Title, Dest string
	Cities      []*derive.City // of a section of cities
	field       *derive.Field  // when it is one field's
}

// section says whether the chapter is one of cities.
func (c Chapter) section() bool { return len(c.Cities) > 0 }

// A maker makes one book. It does not change while its pages are made.
type maker struct {
	in       *render.Input
	net      *derive.Network
	words    *theme.Words
	palettes map[string]look.Palette // by field
	land     *worldmap.Atlas
	known    map[string]bool // places that the book has
	album    *photo.Album
	plates   *ink.Album
}

// A setter sets the pages of one unit.
type setter struct {
	*maker
	*press.Press
}

// unit is a part of the book.
func (m *maker) unit(name string, at diag.Pos, set func(*setter)) press.Unit {
	return press.Unit{Name: name, At: at, Make: func(p *press.Press) { set(&setter{m, p}) }}
}

// Make makes up the pages.
func Make(ctx context.Context, o Options) (*Book, error) {
	m := &maker{in: o.In, net: o.Net, words: o.Words, palettes: map[string]look.Palette{}, land: o.In.Land,
		plates: o.Plates, album: &photo.Album{Media: o.In.Media, Root: o.In.Root}}
	for _, f := range o.Net.Fields {
		m.palettes[f.ID] = look.NewPalette(f.Colour)
	}
	b := &Book{Look: look.New(o.Fonts, o.Net.Edition.Page, o.Net.Lang), Chapters: m.plan()}
	m.known = m.destinations(b.Chapters)
	units := m.units(b.Chapters)
	var made []press.Made
	var err error
	b.Sheets, made, err = press.Make(ctx, press.Book{Look: b.Look, Units: units, Digits: o.Words.Year, Multiple: o.In.Site.Print.Multiple, Memory: o.Memory})
	if err != nil {
		return nil, err
	}
	b.Problems = press.Faults(units, made, m.owner)
	for _, u := range made {
		b.Problems = append(b.Problems, u.Dl...)
		b.Pictures = append(b.Pictures, u.Pictures...)
		if f, is := u.Fit.(*Fit); is {
			b.Fits = append(b.Fits, *f)
		}
	}
	return b, nil
}

// owner finds the record that has a character in what the book prints of it in
// several places.
func (m *maker) owner(r rune) (at diag.Pos, name string) {
	for _, c := range m.net.Cities {
		text := c.Name + c.NameOfficial
		for _, n := range c.NameLocal {
			text += n.Text
		}
		if strings.ContainsRune(text, r) {
			return c.At, c.Name
		}
	}
	for _, h := range m.works() {
		if strings.ContainsRune(h.Name+h.Summary+m.in.Markdown.Current(h.Body).Source, r) {
			return h.At, h.Name
		}
	}
	return diag.Pos{}, ""
}

// works are the records besides cities that the book names in several places.
func (m *maker) works() []*model.Head {
	var out []*model.Head
	for _, p := range m.net.Practices {
		out = append(out, &p.Practice.Head)
	}
	for _, s := range m.net.CaseStudies {
		out = append(out, &s.CaseStudy.Head)
	}
	for _, t := range m.net.Meetings {
		out = append(out, &t.Meeting.Head)
	}
	for _, c := range m.net.Countries {
		out = append(out, &c.Country.Head)
	}
	return out
}

// plan lists the chapters of the book in their order.
func (m *maker) plan() []Chapter {
	w := m.words
	out := []Chapter{{Title: w.T("book.reading"), Dest: "book-reading"}, {Title: w.T("book.figures"), Dest: "book-figures"}}
	for i, f := range m.net.Edition.Forewords {
		out = slices.Insert(out, i, Chapter{Title: w.T("book.foreword") + ": " + f.Author, Dest: "book-foreword-" + strconv.Itoa(i+1)})
	}
	out = append(out, m.sections()...)
	if len(m.net.Practices) > 0 {
		out = append(out, Chapter{Title: w.T("practices"), Dest: "book-practices"})
	}
	if len(m.net.CaseStudies) > 0 {
		out = append(out, Chapter{Title: w.T("case-studies"), Dest: "book-case-studies"})
	}
	if len(m.net.Meetings) > 0 {
		out = append(out, Chapter{Title: w.T("nav.meetings"), Dest: "book-meetings"})
	}
	return append(out,
		Chapter{Title: w.T("book.index.cities"), Dest: "book-index-cities"},
		Chapter{Title: w.T("book.index.countries"), Dest: "book-index-countries"},
		Chapter{Title: w.T("book.index.goals"), Dest: "book-index-goals"})
}

// sections divides the cities in the order that the edition asks for.
func (m *maker) sections() []Chapter {
	var out []Chapter
	switch m.net.Edition.Order {
	case "country":
		for _, c := range m.net.Countries {
			out = append(out, Chapter{Title: c.Name, Dest: "countries-" + c.ID, Cities: c.Cities})
		}
	case "region":
		for _, r := range m.net.Regions {
			out = append(out, Chapter{Title: r.Name, Dest: "regions-" + r.ID, Cities: r.Cities})
		}
	case "name":
		out = append(out, Chapter{Title: m.words.T("nav.cities"), Dest: "book-cities", Cities: m.net.Cities})
	default:
		for _, f := range m.net.Fields {
			out = append(out, Chapter{Title: f.Name, Dest: Place(&f.Field.Head), Cities: f.Cities, field: f})
		}
	}
	return slices.DeleteFunc(out, func(c Chapter) bool { return len(c.Cities) == 0 })
}

// destinations are all places that a text of the book may lead to.
func (m *maker) destinations(chapters []Chapter) map[string]bool {
	known := map[string]bool{}
	add := func(h *model.Head) { known[Place(h)] = true }
	for _, c := range chapters {
		known[c.Dest] = true
	}
	for _, c := range m.net.Cities {
		add(&c.City.Head)
	}
	for _, p := range m.net.Practices {
		add(&p.Practice.Head)
	}
	for _, s := range m.net.CaseStudies {
		add(&s.CaseStudy.Head)
	}
	for _, t := range m.net.Meetings {
		add(&t.Meeting.Head)
	}
	for _, g := range m.net.Goals {
		known[Place(&g.Goal.Head)] = len(g.Cities)+len(g.Practices)+len(g.CaseStudies) > 0
	}
	for _, c := range m.net.Countries {
		known[Place(&c.Country.Head)] = true
	}
	return known
}

// units lists the parts of the book in their order.
func (m *maker) units(chapters []Chapter) []press.Unit {
	at := m.net.Edition.At
	var out []press.Unit
	add := func(name string, side press.Side, set func(*setter)) {
		u := m.unit(name, at, set)
		u.Side = side
		out = append(out, u)
	}
	add("the cover", press.Recto, (*setter).cover)
	add("the endpaper", press.Verso, (*setter).endpaper)
	add("the half title", press.Recto, (*setter).halfTitle)
	add("the imprint", press.Either, (*setter).imprint)
	for i := range m.net.Edition.Forewords {
		add("a foreword", press.Recto, func(p *setter) { p.foreword(i) })
	}
	add("the contents", press.Recto, func(p *setter) { p.contents(chapters) })
	add("the guide to profiles", press.Either, (*setter).reading)
	add("the figures", press.Either, (*setter).figures)
	out[len(out)-1].Slow = true // a map of the world with every city
	for i, c := range chapters {
		if c.section() {
			out = append(out, m.section(i, c)...)
		}
	}
	if len(m.net.Practices) > 0 {
		add("the practices", press.Either, (*setter).practices)
	}
	if len(m.net.CaseStudies) > 0 {
		add("the case studies", press.Either, (*setter).caseStudies)
	}
	if len(m.net.Meetings) > 0 {
		add("the meetings", press.Either, (*setter).meetings)
	}
	add("the index of cities", press.Either, (*setter).indexCities)
	add("the index of countries", press.Either, (*setter).indexCountries)
	add("the index of goals", press.Either, (*setter).indexGoals)
	add("the colophon", press.Either, (*setter).colophon)
	add("the endpaper", press.Recto, (*setter).endpaper)
	add("the back cover", press.Verso, (*setter).back)
	return out
}

// section is the opener of a section, its list, the pages of its cities and the
// list of those without a profile.
func (m *maker) section(n int, c Chapter) []press.Unit {
	out := []press.Unit{m.unit(c.Title, m.net.Edition.At, func(p *setter) { p.opener(n, c) })}
	var short []*derive.City
	for _, x := range c.Cities {
		if _, pictured := told.Hero(&x.City.Head); x.Body.Empty() && !pictured && len(told.City(m.words, x.City)) == 0 {
			short = append(short, x)
			continue
		}
		out = append(out, m.cityUnit(x, 2))
	}
	if len(short) > 0 {
		title := m.words.T("book.short", c.Title)
		if len(short) == len(c.Cities) {
			title = c.Title
		}
		out = append(out, m.compactUnit(title, c.Title, short, 2))
	}
	return out
}

// picture finds a photograph of a record, whole or in the shape of a plate, for
// a place so many millimetres wide. A damaged one is a problem.
func (p *setter) picture(h *model.Head, i model.Image, card bool, width float64) (*typeset.Picture, bool) {
	var crop *media.Crop
	if card {
		crop = render.CardCrop(&model.Image{Focus: i.Focus})
	}
	name := render.PicturePath(h, i.Src)
	screen, printed, ok, err := p.album.Find(name, crop, i.Focus, width)
	if err != nil {
		d := p.Made.Dl.Errorf(i.At, "picture-broken", "the picture %q is broken: it ends too early", name)
		d.Len = utf8.RuneCountInString(i.Src)
		d.Hint = "open it in a picture program and save it again, or fetch it anew"
		return nil, false
	}
	if ok {
		p.Made.Pictures = append(p.Made.Pictures, press.Picture{Screen: screen, Print: printed})
	}
	return screen, ok
}

// open begins a chapter with its title.
func (p *setter) open(dest, title string) *pdf.Tag {
	tag := &pdf.Tag{Role: "Sect"}
	p.Sheet(title)
	p.Dest(dest, 0)
	r := p.Area()
	p.Last().Rule(pdf.Rect{X: r.X, Y: p.Y, W: r.W}, p.Pt(1.6), p.Ink)
	r.Y += p.Pt(8)
	p.Y = r.Y + p.Put(pdf.Rect{X: r.X, Y: r.Y, W: r.W}, tag, typeset.Paragraph{Spans: typeset.T(title), Shape: p.Title(), Role: "H1"}) + p.Pt(16)
	return tag
}
