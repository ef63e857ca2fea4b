package epub

import (
	"cmp"
	"strings"

	"uccn/generator/internal/markdown/doc"
	"uccn/generator/internal/model"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/ink"
)

// prose writes the text of a record. Headings of the text come under one of the
// level given; prefix keeps ids apart where several texts share a document.
func (m *maker) prose(h *model.Head, level int, prefix string) markup {
	if h.Body.Empty() || m.err != nil {
		return ""
	}
	w := m.words
	out, err := m.in.Markdown.HTML(m.in.Markdown.Parse(h.Body), resolver{m, h}, doc.HTMLOptions{
		XHTML: true, Shift: level - 1, Prefix: prefix,
		Words:   doc.Words{Notes: w.T("text.notes"), Back: w.T("text.back"), Table: w.T("text.table")},
		License: m.licence,
	})
	if err != nil {
		m.err = err
		return ""
	}
	return m.speaking(h.Body.Lang, "div", attrs{"class", "prose"}, markup(out))
}

// speaking wraps what is in another language than the book.
func (m *maker) speaking(lang, name string, a attrs, kids ...markup) markup {
	return el(name, append(a, m.lang(lang)...), kids...)
}

// lang are the attributes of words in a language; none for the book's own.
func (m *maker) lang(lang string) attrs {
	if lang == "" || lang == m.net.Lang {
		return nil
	}
	dir := ""
	if rtl := ink.RightToLeft(lang); rtl != m.book.RTL {
		dir = "ltr"
		if rtl {
			dir = "rtl"
		}
	}
	return attrs{"lang", lang, "xml:lang", lang, "dir", dir}
}

// langOf is the language of a record's texts, "" for the book's own.
func (m *maker) langOf(h *model.Head) string {
	if h.Lang == m.net.Lang {
		return ""
	}
	return h.Lang
}

// licence names a licence.
func (m *maker) licence(id string) string {
	if key := "licence." + id; m.words.Has(key) {
		return m.words.T(key)
	}
	return strings.ToUpper(id)
}

// resolver knows the addresses and pictures of the book for the text of one
// record.
type resolver struct {
	m *maker
	h *model.Head
}

// Link leads to a place of the book, to the public page of what the book does
// not hold, or nowhere when the site does not say where it will be read.
func (r resolver) Link(target string) (href, name string, ok bool) {
	if t, id, _, isRecord := doc.Split(target); isRecord {
		to, found := r.m.net.Resolve(t, strings.ToLower(id))
		if place := r.m.places[string(t)+"-"+strings.ToLower(id)]; place != "" {
			return place, to.Title, true
		}
		if !found || to.Path == "" {
			return "", to.Title, false
		}
		abs := r.m.in.Absolute(r.m.in.Prefix(r.m.net.Lang) + to.Path)
		return abs, to.Title, abs != ""
	}
	if rest, inSite := strings.CutPrefix(target, "/"); inSite {
		abs := r.m.in.Absolute(rest)
		return abs, rest, abs != ""
	}
	return "", target, false
}

// Picture puts a picture of the text into the book.
func (r resolver) Picture(i *doc.Image) (doc.Picture, bool) {
	p, ok := r.m.picture(render.PicturePath(r.h, i.Src), nil)
	if !ok {
		return doc.Picture{}, false
	}
	out := doc.Picture{Src: p.src, Width: p.w, Height: p.h, Credit: i.Credit, License: i.License}
	for _, own := range r.h.Images {
		if own.Src == i.Src && i.Credit == "" {
			out.Credit, out.License = own.Credit, own.License
		}
	}
	r.m.seen(cmp.Or(i.Alt, doc.PlainText(i.Words)), i.Decorative)
	return out, true
}

// link writes the name of a record as a link to its place in the book.
func (m *maker) link(h *model.Head, name string) markup {
	a := m.lang(m.langOf(h))
	if place := m.places[string(h.Type)+"-"+h.ID]; place != "" {
		return el("a", append(attrs{"href", place}, a...), text(name))
	}
	if len(a) == 0 {
		return text(name)
	}
	return el("span", a, text(name))
}
