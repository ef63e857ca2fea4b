// Package prose brings the texts and pictures of records into pages: what an
// editor wrote, with links and pictures in their places.
package prose

import (
	"html/template"
	"strings"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/markdown/doc"
	"uccn/generator/internal/model"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/site/view"
	"uccn/generator/internal/theme"
)

// A Writer writes in one language.
type Writer struct {
	In    *render.Input
	Net   *derive.Network
	Words *theme.Words
	Path  func(path string) string // puts the language before a path of the network
}

// To writes the address of a file or folder of the output as seen from a page.
type To func(target string) string

// Body writes the text of a record for the page whose addresses to knows.
func (w Writer) Body(to To, h *model.Head) (template.HTML, error) {
	if h.Body.Empty() {
		return "", nil
	}
	text := w.In.Markdown.Parse(h.Body)
	return w.In.Markdown.HTML(text, resolver{w, to, h}, doc.HTMLOptions{
		Words: doc.Words{Notes: w.Words.T("text.notes"), Back: w.Words.T("text.back"), Table: w.Words.T("text.table")},
	})
}

// Contents lists the headings of a record's text, when they are three or more.
func (w Writer) Contents(h *model.Head) []view.Link {
	if h.Body.Empty() {
		return nil
	}
	var out []view.Link
	for _, x := range w.In.Markdown.Parse(h.Body).Headings {
		if x.Level == 2 {
			out = append(out, view.Link{Label: x.Text, Lang: w.foreign(h.Body.Lang), Href: "#" + x.ID})
		}
	}
	if len(out) < 3 {
		return nil
	}
	return out
}

// resolver knows the addresses of the site for the text of one record.
type resolver struct {
	w  Writer
	to To
	h  *model.Head
}

func (r resolver) Link(target string) (href, name string, ok bool) {
	if t, id, fragment, isRecord := doc.Split(target); isRecord {
		to, found := r.w.Net.Resolve(t, id)
		if !found || to.Path == "" {
			return "", to.Title, false
		}
		path := to.Path
		if fragment != "" {
			path, _, _ = strings.Cut(path, "#")
			path += "#" + fragment
		}
		return r.to(r.w.Path(path)), to.Title, true
	}
	if rest, inSite := strings.CutPrefix(target, "/"); inSite {
		return r.to(r.w.local(rest)), rest, true
	}
	return target, target, true
}

// local puts the language before the address of a page; data and files have none.
func (w Writer) local(path string) string {
	clean, _, _ := strings.Cut(path, "#")
	if clean == "" || strings.HasSuffix(clean, "/") {
		return w.Path(path)
	}
	return path
}

// Summary is the record's summary, or the first sentence of its text.
func (w Writer) Summary(h *model.Head) string {
	if h.Summary != "" || h.Body.Empty() {
		return h.Summary
	}
	return w.In.Markdown.Parse(h.Body).FirstSentence()
}

// SummaryLang is the language of the summary.
func (w Writer) SummaryLang(h *model.Head) string {
	if h.Summary != "" || h.Body.Empty() {
		return h.LangOf("summary")
	}
	return h.Body.Lang
}

// foreign returns a language where it is not the writer's, and else "".
func (w Writer) foreign(lang string) string {
	if lang == w.Net.Lang {
		return ""
	}
	return lang
}

// Sources is where the facts of a record come from.
func (w Writer) Sources(h *model.Head) view.Sources {
	var out view.Sources
	for _, r := range h.Remarks {
		out.Remarks = append(out.Remarks, view.Text{Words: r, Lang: w.foreign(h.LangOf("remarks"))})
	}
	if o := h.Origin; o != (model.Provenance{}) {
		var parts []string
		if o.SuppliedBy != "" {
			parts = append(parts, w.Words.T("origin.supplied."+o.SuppliedBy))
		}
		if o.EditedBy != "" {
			parts = append(parts, w.Words.T("origin.edited", o.EditedBy))
		}
		if !o.AsOf.IsZero() {
			parts = append(parts, w.Words.T("origin.as_of", w.Words.Date(o.AsOf)))
		}
		out.Origin = strings.Join(parts, " ")
	}
	for _, s := range h.Sources {
		var rest []string
		if s.Publisher != "" && s.Publisher != s.Title {
			rest = append(rest, s.Publisher)
		}
		if !s.Accessed.IsZero() {
			rest = append(rest, w.Words.T("source.accessed", w.Words.Date(s.Accessed)))
		}
		line := view.SourceLine{Title: s.Title, Href: s.URL}
		for _, r := range rest {
			line.Rest += w.Words.T("list_comma") + r
		}
		out.List = append(out.List, line)
	}
	return out
}
