package site

import (
	"html/template"
	"strings"

	"uccn/generator/internal/markdown/doc"
	"uccn/generator/internal/model"
	"uccn/generator/internal/render/site/view"
)

// body writes the text of a record for the page at p.
func (m *maker) body(p place, h *model.Head) (template.HTML, error) {
	if h.Body.Empty() {
		return "", nil
	}
	text := m.in.Markdown.Parse(h.Body)
	return m.in.Markdown.HTML(text, resolver{m, p, h}, doc.HTMLOptions{
		Words: doc.Words{Notes: m.words.T("text.notes"), Back: m.words.T("text.back"), Table: m.words.T("text.table")},
	})
}

// contents lists the headings of a record's text, when they are three or more.
func (m *maker) contents(h *model.Head) []view.Link {
	if h.Body.Empty() {
		return nil
	}
	var out []view.Link
	for _, x := range m.in.Markdown.Parse(h.Body).Headings {
		if x.Level == 2 {
			out = append(out, view.Link{Label: x.Text, Href: "#" + x.ID})
		}
	}
	if len(out) < 3 {
		return nil
	}
	return out
}

// resolver knows the addresses of the site for the text of one record.
type resolver struct {
	m *maker
	p place
	h *model.Head
}

func (r resolver) Link(target string) (href, name string, ok bool) {
	if t, id, fragment, isRecord := doc.Split(target); isRecord {
		to, found := r.m.net.Resolve(t, id)
		if !found || to.Path == "" {
			return "", to.Title, false
		}
		path := to.Path
		if fragment != "" {
			path, _, _ = strings.Cut(path, "#")
			path += "#" + fragment
		}
		return r.p.to(r.m.path(path)), to.Title, true
	}
	if rest, inSite := strings.CutPrefix(target, "/"); inSite {
		return r.p.to(r.m.local(rest)), rest, true
	}
	return target, target, true
}

// local puts the language before the address of a page; data and files have none.
func (m *maker) local(path string) string {
	clean, _, _ := strings.Cut(path, "#")
	if clean == "" || strings.HasSuffix(clean, "/") {
		return m.path(path)
	}
	return path
}

// summary is the record's summary, or the first sentence of its text.
func (m *maker) summary(h *model.Head) string {
	if h.Summary != "" || h.Body.Empty() {
		return h.Summary
	}
	return m.in.Markdown.Parse(h.Body).FirstSentence()
}

// sources is where the facts of a record come from.
func (m *maker) sources(h *model.Head) view.Sources {
	out := view.Sources{Remarks: h.Remarks}
	if o := h.Origin; o != (model.Provenance{}) {
		var parts []string
		if o.SuppliedBy != "" {
			parts = append(parts, m.words.T("origin.supplied."+o.SuppliedBy))
		}
		if o.EditedBy != "" {
			parts = append(parts, m.words.T("origin.edited", o.EditedBy))
		}
		if !o.AsOf.IsZero() {
			parts = append(parts, m.words.T("origin.as_of", m.words.Date(o.AsOf)))
		}
		out.Origin = strings.Join(parts, " ")
	}
	for _, s := range h.Sources {
		var rest []string
		if s.Publisher != "" && s.Publisher != s.Title {
			rest = append(rest, s.Publisher)
		}
		if !s.Accessed.IsZero() {
			rest = append(rest, m.words.T("source.accessed", m.words.Date(s.Accessed)))
		}
		out.List = append(out.List, view.SourceLine{Title: s.Title, Href: s.URL, Rest: strings.Join(rest, ", ")})
	}
	return out
}

// cite is how a page is to be cited.
func (m *maker) cite(title, path string) *view.Cite {
	parts := []string{title + "."}
	parts = append(parts, m.title+", "+m.net.Edition.Name+".")
	if abs := m.in.Absolute(m.path(path)); abs != "" {
		parts = append(parts, strings.TrimPrefix(strings.TrimPrefix(abs, "https://"), "http://"))
	}
	return &view.Cite{Text: strings.Join(parts, " ")}
}
