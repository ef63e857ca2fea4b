package epub

import (
	"strconv"
	"strings"
)

// imprint is the title page: what the book is, who publishes it and on what
// terms.
func (m *maker) imprint() {
	e, w := m.net.Edition, m.words
	lang := m.lang(m.langOf(&e.Head))
	var facts markup
	fact := func(key, value string) {
		if value != "" {
			facts = join(facts, el("dt", nil, text(w.T(key))), el("dd", lang, text(value)))
		}
	}
	fact("edition.publisher", e.Publisher)
	fact("edition.date", w.Date(e.AsOf))
	fact("edition.isbn", e.ISBN)
	fact("edition.licence", e.Licence)
	fact("edition.note", e.ProvenanceNote)
	for _, c := range e.Credits {
		if c.Name != "" {
			facts = join(facts, el("dt", lang, text(c.Role)), el("dd", lang, text(c.Name)))
		}
	}
	var notes markup
	for _, d := range e.Disclaimers {
		notes = join(notes, el("p", lang, text(d)))
	}
	notes = join(notes, el("p", nil, text(w.T("map.disclaimer"))), el("p", nil, text(w.T("foot.geonames"))))
	body := join(el("h1", append(attrs{"id", "title"}, lang...), text(e.Name)), unless(e.Subtitle, "p", append(attrs{"class", "lead"}, lang...)),
		el("h2", nil, text(w.T("edition.imprint"))), el("dl", attrs{"class", "facts"}, facts), el("div", attrs{"class", "small"}, notes))
	p := m.document("imprint.xhtml", e.Name, "", "", el("section", attrs{"epub:type", "titlepage", "class", "title", "aria-labelledby", "title"}, body))
	p.Title = w.T("edition.imprint")
	m.book.Contents = append(m.book.Contents, p)
	m.book.NavAfter = p.Href
}

// forewords are texts by somebody named.
func (m *maker) forewords() {
	e := m.net.Edition
	for i, f := range e.Forewords {
		lang := m.langOf(&e.Head)
		var paragraphs markup
		for p := range strings.SplitSeq(strings.TrimSpace(f.Text), "\n\n") {
			paragraphs = join(paragraphs, el("p", nil, text(strings.TrimSpace(p))))
		}
		by := el("p", attrs{"class", "by"}, el("b", nil, text(f.Author)), " ", text(f.Role))
		var portrait markup
		if picture, ok := e.Portrait(i); ok {
			portrait, _ = m.figure(&e.Head, picture, "small-plate")
		}
		p := m.chapter("foreword-"+strconv.Itoa(i+1)+".xhtml", m.words.T("book.foreword"), "foreword", portrait, m.speaking(lang, "div", attrs{"class", "prose"}, paragraphs, by))
		p.Title += ": " + f.Author
	}
}

// reading explains how a profile is to be read, and shows the marks of the
// fields.
func (m *maker) reading() {
	w := m.words
	var items, marks markup
	for _, k := range []string{"book.reading.picture", "epub.reading.label", "epub.reading.goals", "epub.reading.links", "book.reading.names", "epub.reading.sources", "book.reading.permission"} {
		items = join(items, el("dt", nil, text(w.T(k))), el("dd", nil, text(w.T(k+".text"))))
	}
	for _, f := range m.net.Fields {
		marks = join(marks, el("li", attrs{"class", "c-" + f.ID}, sign(f), " ", el("b", nil, text(f.Name))))
	}
	m.chapter("reading.xhtml", w.T("book.reading"), "introduction", el("p", attrs{"class", "lead"}, text(w.T("epub.reading.lead"))),
		el("dl", attrs{"class", "terms"}, items), el("h2", nil, text(w.T("nav.fields"))), el("ul", attrs{"class", "marks"}, marks))
}

// colophon says what the book is made of.
func (m *maker) colophon() {
	e, w := m.net.Edition, m.words
	var body markup
	for _, t := range []string{w.T("book.colophon.data", e.Name, w.Date(e.AsOf), len(m.net.Cities)), w.T("book.colophon.type"), w.T("book.colophon.plates"), w.T("epub.colophon.made")} {
		body = join(body, el("p", nil, text(t)))
	}
	m.chapter("colophon.xhtml", w.T("epub.colophon"), "colophon", body)
}
