package site

import (
	"path"
	"strings"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/output"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/site/view"
)

// coverOf is the path of the picture of a booklet's cover.
func coverOf(b render.Book) string { return "booklet/" + b.Edition + "/cover-" + b.Lang + ".svg" }

// covers are the pictures of the booklets' covers.
func (s *site) covers() []output.File {
	var out []output.File
	for _, b := range s.in.Books {
		if len(b.Cover) > 0 {
			out = append(out, output.File{Path: coverOf(b), Data: b.Cover})
		}
	}
	return out
}

// bookletPage offers the booklets of the build, those in the page's language
// first, and tells what each edition holds.
func (m *maker) bookletPage(p place) view.BookletPage {
	page := view.BookletPage{Editions: m.editionRows(p)}
	for _, own := range []bool{true, false} {
		for _, b := range m.in.Books {
			if (b.Lang == m.lang) == own {
				page.Books = append(page.Books, m.bookCard(p, b))
			}
		}
	}
	page.Head = view.Head{Heading: m.words.T("nav.booklet"), Lead: m.words.T("booklet.lead"), Crumbs: m.trail(p, m.words.T("nav.booklet"))}
	page.Frame = m.frame(p, pageInfo{path: "booklet/", title: m.words.T("nav.booklet"), description: page.Lead, crumbs: page.Crumbs})
	return page
}

func (m *maker) bookCard(p place, b render.Book) view.BookCard {
	card := view.BookCard{Title: b.Title, Language: m.in.Theme.Words(b.Lang).T("language"), Files: m.files(p, b)}
	if b.Lang != m.lang {
		card.Lang = b.Lang
	}
	if len(b.Cover) > 0 {
		card.Cover = p.to(coverOf(b))
	}
	if b.Pages > 0 {
		card.Pages = m.words.T("booklet.pages", b.Pages)
	}
	return card
}

// bookFiles are the files of an edition's booklets in the page's language.
func (m *maker) bookFiles(p place, e *derive.Edition) []view.Link {
	var out []view.Link
	for _, b := range m.in.Books {
		if b.Edition == e.ID && b.Lang == m.lang {
			out = append(out, m.files(p, b)...)
		}
	}
	return out
}

// extract is the part of a booklet that tells of a city, on the edition's paper.
func (m *maker) extract(p place, c *derive.City) []view.Link {
	for _, b := range m.in.Books {
		if b.Edition == m.net.Edition.ID && b.Lang == m.lang && len(b.Files) > 0 {
			name := c.ID + ".pdf"
			if m.lang != m.first {
				name = c.ID + "-" + m.lang + ".pdf"
			}
			return []view.Link{{Label: m.words.T("booklet.extract"), Href: p.to(path.Dir(b.Files[0].Path) + "/cities/" + name), Note: "PDF"}}
		}
	}
	return nil
}

// files names the files of a booklet by what they are for, with their sizes.
func (m *maker) files(p place, b render.Book) []view.Link {
	var out []view.Link
	for _, f := range b.Files {
		key := "booklet.screen"
		switch {
		case f.Print:
			key = "booklet.print"
		case strings.HasSuffix(f.Path, ".epub"):
			key = "booklet.epub"
		}
		l := view.Link{Label: m.words.T(key), Href: p.to(f.Path)}
		if f.Bytes > 0 {
			l.Note = m.words.T("booklet.size", (f.Bytes+999)/1000)
		}
		out = append(out, l)
	}
	return out
}
