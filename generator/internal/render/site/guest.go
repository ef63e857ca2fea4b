package site

import (
	"fmt"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/model"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/site/view"
	"uccn/generator/internal/theme"
)

// A Guest is what pages that are made elsewhere need in order to stand in the
// site: its frame, its cards and its addresses, in one language.
type Guest struct {
	Network *derive.Network
	Words   *theme.Words

	m *maker
}

// Guests returns a guest for each language.
func Guests(in *render.Input) []Guest {
	s := newSite(in)
	var out []Guest
	for _, n := range in.Networks {
		m := newMaker(s, n)
		out = append(out, Guest{n, m.words, m})
	}
	return out
}

// GuestPage is what a page says of itself to its frame. Path is without the
// prefix of the language; Section is the menu's entry that it belongs to.
type GuestPage struct {
	Path, Section, Title, Description, Class string
	Crumbs                                   []view.Link
}

// Path returns a path in the guest's language.
func (g Guest) Path(path string) string { return g.m.path(path) }

// To returns the address of a path of the output, seen from the page at a path
// without prefix.
func (g Guest) To(from, target string) string { return place{at: g.m.path(from)}.to(target) }

// Frame returns the frame of a page.
func (g Guest) Frame(p GuestPage) view.Frame {
	return g.m.frame(place{at: g.m.path(p.Path)}, pageInfo{path: p.Path, section: p.Section, title: p.Title, description: p.Description, class: p.Class, crumbs: p.Crumbs})
}

// Trail returns the way from the home page to the page at from, which is called
// here; pairs are the key of a text and a path.
func (g Guest) Trail(from, here string, pairs ...string) []view.Link {
	return g.m.trail(place{at: g.m.path(from)}, here, pairs...)
}

// Work returns a practice as the page at from shows it.
func (g Guest) Work(from string, w *derive.Practice) view.Work {
	return g.m.practice(place{at: g.m.path(from)}, w)
}

// Notice tells of a record's text that is not translated, or not by a person.
func (g Guest) Notice(from string, h *model.Head, path string) *view.Notice {
	return g.m.notice(place{at: g.m.path(from)}, h, path)
}

// TextLang returns the language of the text at a key of a record, where it is
// not the guest's.
func (g Guest) TextLang(h *model.Head, key string) string { return g.m.textLang(h, key) }

// NameLang returns the language of a record's name likewise.
func (g Guest) NameLang(h *model.Head) string { return g.m.nameLang(h) }

// SummaryLang returns the language of what Summary returns likewise.
func (g Guest) SummaryLang(h *model.Head) string { return g.m.sayLang(h) }

// BodyLang returns the language of a record's text likewise.
func (g Guest) BodyLang(h *model.Head) string { return g.m.bodyLang(h) }

// Summary returns what a record is, in one or two sentences.
func (g Guest) Summary(h *model.Head) string { return g.m.prose.Summary(h) }

// Details returns the path of the walk through the details of a work's picture,
// or "" when the work has none.
func Details(in *render.Input, w *derive.Practice) string {
	for _, s := range w.Stops {
		if _, ok := in.Media.Lookup(render.PicturePath(&w.Head, s.Image), nil); ok {
			return "exhibition/tours/" + w.ID + "/"
		}
	}
	return ""
}

// tours lists the guided tours of an exhibition and the walks through the
// pictures of its works.
func (m *maker) tours(p place, x *derive.Exhibition) []view.Link {
	if !m.in.Site.Makes("exhibition") {
		return nil
	}
	var out []view.Link
	for _, t := range x.Tours {
		out = append(out, view.Link{Label: t.Title, Lang: m.textLang(&x.Head, t.Key+".title"), Href: p.to(m.path(t.Path)), Note: m.words.T("exhibition.tour.stops", len(t.Stops))})
	}
	for _, w := range x.Works {
		if path := Details(m.in, w); path != "" {
			out = append(out, view.Link{Label: w.Name, Lang: m.nameLang(&w.Head), Href: p.to(m.path(path)), Note: m.words.T("details")})
		}
	}
	return out
}

// elsewhere names the pages that the exhibition makes, for the site map.
func (m *maker) elsewhere() []job {
	if m.net.Wall == nil || !m.in.Site.Makes("exhibition") {
		return nil
	}
	var out []job
	for _, x := range m.net.Exhibitions {
		for _, t := range x.Tours {
			out = append(out, job{path: m.path(t.Path) + "index.html"})
		}
	}
	for _, w := range m.net.Practices {
		if path := Details(m.in, w); path != "" {
			out = append(out, job{path: m.path(path) + "index.html"})
		}
	}
	return out
}

// toursOf leads to the walk through a work's picture, to its stop in each tour
// that comes by, and to its manifest.
func (m *maker) toursOf(p place, w *derive.Practice) []view.Link {
	if !m.in.Site.Makes("exhibition") {
		return nil
	}
	var out []view.Link
	if path := Details(m.in, w); path != "" {
		out = append(out, view.Link{Label: m.words.T("details.look"), Href: p.to(m.path(path))})
	}
	for _, x := range m.net.Exhibitions {
		for _, t := range x.Tours {
			for i, s := range t.Stops {
				if s.Work == w {
					out = append(out, view.Link{Label: t.Title, Lang: m.textLang(&x.Head, t.Key+".title"), Note: m.words.T("exhibition.tour"), Href: p.to(m.path(fmt.Sprintf("%s#stop-%d", t.Path, i+1)))})
				}
			}
		}
	}
	if w.Exhibition != nil && w.Exhibition == m.net.Wall && m.in.Site.BaseURL != "" {
		out = append(out, view.Link{Label: m.words.T("iiif.manifest"), Href: p.to("iiif/practices/" + w.ID + "/manifest.json")})
	}
	return out
}

// manifests tells of the manifests among the open data.
func (m *maker) manifests(p place) []view.DataFile {
	if m.net.Wall == nil || m.in.Site.BaseURL == "" || !m.in.Site.Makes("exhibition") {
		return nil
	}
	const name = "collection.json"
	return []view.DataFile{{Title: m.words.T("data.iiif"), Note: m.words.T("data.iiif.note"),
		Links: []view.Link{{Label: name, Href: p.to("iiif/exhibitions/" + m.net.Wall.ID + "/" + name)}}}}
}

// Credit names the maker of a picture and its terms.
func (g Guest) Credit(i model.Image) string { return g.m.prose.Credit(i) }
