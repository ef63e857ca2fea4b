package booklet

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/model"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/typeset/font"
)

// A book is one edition in one language, made up into pages.
type book struct {
	*maker
	sheets   []*sheet
	chapters []chapter
	problems diag.List
	fits     []Fit
}

// A chapter is what the contents and the outline name: a part of the book, with
// the cities in it.
type chapter struct {
	title, dest string
	field       *derive.Field // of a section of cities, when it is one field's
	cities      []*derive.City
	region      *derive.Region
	country     *derive.Country
}

// section says whether the chapter is one of cities.
func (c chapter) section() bool { return len(c.cities) > 0 }

// book makes up the pages.
func (m *maker) book(ctx context.Context) (*book, error) {
	chapters := m.plan()
	m.known = m.destinations(chapters)
	units := m.units(chapters)
	out, err := m.compose(ctx, units)
	if err != nil {
		return nil, err
	}
	b := &book{maker: m, chapters: chapters}
	for _, u := range out {
		b.problems = append(b.problems, u.problems...)
		if u.fit != nil {
			b.fits = append(b.fits, *u.fit)
		}
	}
	b.sheets = m.finish(units, out)
	return b, nil
}

// plan lists the chapters of the book in their order.
func (m *maker) plan() []chapter {
	w := m.words
	out := []chapter{{title: w.T("book.reading"), dest: "book-reading"}, {title: w.T("book.figures"), dest: "book-figures"}}
	for i, f := range m.net.Edition.Forewords {
		out = slices.Insert(out, i, chapter{title: w.T("book.foreword") + ": " + f.Author, dest: "book-foreword-" + strconv.Itoa(i+1)})
	}
	out = append(out, m.sections()...)
	if len(m.net.Practices) > 0 {
		out = append(out, chapter{title: w.T("practices"), dest: "book-practices"})
	}
	if len(m.net.CaseStudies) > 0 {
		out = append(out, chapter{title: w.T("case-studies"), dest: "book-case-studies"})
	}
	if len(m.net.Meetings) > 0 {
		out = append(out, chapter{title: w.T("nav.meetings"), dest: "book-meetings"})
	}
	return append(out,
		chapter{title: w.T("book.index.cities"), dest: "book-index-cities"},
		chapter{title: w.T("book.index.countries"), dest: "book-index-countries"},
		chapter{title: w.T("book.index.goals"), dest: "book-index-goals"})
}

// sections divides the cities in the order that the edition asks for.
func (m *maker) sections() []chapter {
	var out []chapter
	switch m.net.Edition.Order {
	case "country":
		for _, c := range m.net.Countries {
			out = append(out, chapter{title: c.Name, dest: "countries-" + c.ID, cities: c.Cities, country: c})
		}
	case "region":
		for _, r := range m.net.Regions {
			out = append(out, chapter{title: r.Name, dest: "regions-" + r.ID, cities: r.Cities, region: r})
		}
	case "name":
		out = append(out, chapter{title: m.words.T("nav.cities"), dest: "book-cities", cities: m.net.Cities})
	default:
		for _, f := range m.net.Fields {
			out = append(out, chapter{title: f.Name, dest: destOf(&f.Field.Head), cities: f.Cities, field: f})
		}
	}
	return slices.DeleteFunc(out, func(c chapter) bool { return len(c.cities) == 0 })
}

// destinations are all places that a text of the book may lead to.
func (m *maker) destinations(chapters []chapter) map[string]bool {
	known := map[string]bool{}
	add := func(h *model.Head) { known[destOf(h)] = true }
	for _, c := range chapters {
		known[c.dest] = true
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
		known[destOf(&g.Goal.Head)] = len(g.Cities)+len(g.Practices)+len(g.CaseStudies) > 0
	}
	for _, c := range m.net.Countries {
		known[destOf(&c.Country.Head)] = true
	}
	return known
}

// units lists the parts of the book in their order.
func (m *maker) units(chapters []chapter) []unit {
	e := m.net.Edition
	out := []unit{
		{name: "cover", side: recto, make: (*press).cover},
		{name: "endpaper", side: verso, make: (*press).endpaper},
		{name: "half title", side: recto, make: (*press).halfTitle},
		{name: "imprint", at: e.At, make: (*press).imprint},
	}
	for i := range e.Forewords {
		out = append(out, unit{name: "foreword", at: e.At, side: recto, make: func(p *press) { p.foreword(i) }})
	}
	out = append(out,
		unit{name: "contents", side: recto, make: func(p *press) { p.contents(chapters) }},
		unit{name: "reading", make: (*press).reading},
		unit{name: "figures", make: (*press).figures})
	for i, c := range chapters {
		if c.section() {
			out = append(out, m.section(i, c)...)
		}
	}
	if len(m.net.Practices) > 0 {
		out = append(out, unit{name: "practices", make: (*press).practices})
	}
	if len(m.net.CaseStudies) > 0 {
		out = append(out, unit{name: "case studies", make: (*press).caseStudies})
	}
	if len(m.net.Meetings) > 0 {
		out = append(out, unit{name: "meetings", make: (*press).meetings})
	}
	return append(out,
		unit{name: "index of cities", make: (*press).indexCities},
		unit{name: "index of countries", make: (*press).indexCountries},
		unit{name: "index of goals", make: (*press).indexGoals},
		unit{name: "colophon", at: e.At, make: (*press).colophon},
		unit{name: "back endpaper", side: recto, make: (*press).endpaper},
		unit{name: "back cover", at: e.At, side: verso, make: (*press).back})
}

// section is the opener of a section, its list, the pages of its cities and the
// list of those without a profile.
func (m *maker) section(n int, c chapter) []unit {
	out := []unit{{name: c.title, make: func(p *press) { p.opener(n, c) }}}
	var short []*derive.City
	for _, x := range c.cities {
		if _, pictured := hero(&x.City.Head); x.Body.Empty() && !pictured {
			short = append(short, x)
			continue
		}
		out = append(out, m.cityUnit(x, 2))
	}
	if len(short) > 0 {
		title := m.words.T("book.short", c.title)
		if len(short) == len(c.cities) {
			title = c.title
		}
		out = append(out, m.compactUnit(title, c.title, short, 2))
	}
	return out
}

// faults are what is wrong with a unit's pages: characters that no font holds,
// and lines that are too long.
func (m *maker) faults(lost []font.Missing, over length, u unit) diag.List {
	var dl diag.List
	at := u.at
	if at.Path == "" {
		at = m.net.Edition.At
	}
	for _, x := range lost {
		d := dl.Errorf(at, "missing-glyph", "no font of the booklet has %q (U+%04X), which %s needs", x.Rune, x.Rune, u.name)
		d.Hint = "add a font for the script " + x.Script + ", such as " + noto(x.Script) + ", to the folder fonts of the theme or to fonts: in site.yaml"
	}
	if over > pdf.Pt {
		d := dl.Warnf(at, "overfull-line", "a line of %s is %.1f mm too long for its column in the booklet", u.name, over.MM())
		d.Hint = "shorten or divide the long word"
	}
	return dl
}

// noto names a free font for a script of ISO 15924.
func noto(script string) string {
	names := map[string]string{
		"Arab": "Naskh Arabic", "Hebr": "Serif Hebrew", "Deva": "Serif Devanagari", "Beng": "Serif Bengali", "Guru": "Serif Gurmukhi",
		"Gujr": "Serif Gujarati", "Orya": "Serif Oriya", "Taml": "Serif Tamil", "Telu": "Serif Telugu", "Knda": "Serif Kannada", "Mlym": "Serif Malayalam",
		"Sinh": "Serif Sinhala", "Thai": "Serif Thai", "Laoo": "Serif Lao", "Tibt": "Serif Tibetan", "Mymr": "Serif Myanmar", "Khmr": "Serif Khmer",
		"Geor": "Serif Georgian", "Armn": "Serif Armenian", "Ethi": "Serif Ethiopic", "Hani": "Serif CJK", "Hira": "Serif CJK JP", "Kana": "Serif CJK JP",
		"Hang": "Serif CJK KR", "Mong": "Sans Mongolian", "Cher": "Sans Cherokee", "Cans": "Sans Canadian Aboriginal", "Tfng": "Sans Tifinagh",
		"Nkoo": "Sans NKo", "Syrc": "Sans Syriac", "Thaa": "Sans Thaana", "Bopo": "Serif CJK TC", "Yiii": "Sans Yi", "Olck": "Sans Ol Chiki",
	}
	return "Noto " + cmp.Or(names[script], "Serif")
}
