package epub

import (
	"slices"
	"strconv"
	"strings"

	"uccn/generator/internal/epubfile"
	"uccn/generator/internal/render"
)

// firsts returns, for each page of the printed book that holds a place, the first
// of them.
func firsts(folios []render.Folio, lang string) map[string]int {
	out := map[string]int{}
	last := 0
	for _, f := range folios {
		if f.Lang == lang && f.Page != last {
			out[f.Place] = f.Page
			last = f.Page
		}
	}
	return out
}

// page marks the beginning of a page of the printed book, if one begins with the
// place. A country that has a section of its own is marked there alone.
func (m *maker) page(place, file string) markup {
	n := m.folios[place]
	if n == 0 {
		return ""
	}
	delete(m.folios, place)
	label, id := m.words.Year(n), "page-"+strconv.Itoa(n)
	m.marks = append(m.marks, mark{n, epubfile.PageMark{Label: label, Href: "text/" + file + "#" + id}})
	return el("span", attrs{"epub:type", "pagebreak", "role", "doc-pagebreak", "id", id, "aria-label", label})
}

// A mark is where a page begins.
type mark struct {
	page int
	epubfile.PageMark
}

// pages lists the pages that were marked. Their source is the printed book: its
// ISBN, or the address of its file.
func (m *maker) pages() {
	if len(m.marks) == 0 {
		return
	}
	slices.SortFunc(m.marks, func(a, b mark) int { return a.page - b.page })
	for _, x := range m.marks {
		m.book.Pages = append(m.book.Pages, x.PageMark)
	}
	e := m.net.Edition
	pdf := "booklet/" + e.ID + "/" + slug(m.in.Networks[0].Edition.Name) + "-" + m.net.Lang + ".pdf"
	m.book.Source = m.in.Absolute(pdf)
	if m.book.Source == "" {
		m.book.Source = e.Name + " (PDF)"
	}
	if e.ISBN != "" {
		m.book.Source = "urn:isbn:" + strings.NewReplacer("-", "", " ", "").Replace(e.ISBN)
	}
}

// dest is the place of a section in the printed book.
func (s section) dest() string {
	kind, id, found := strings.Cut(s.id, "-")
	switch {
	case !found:
		return "book-cities"
	case kind == "country":
		return "countries-" + id
	}
	return kind + "s-" + id
}
