// Package search makes the index with which readers search the site: which
// pages can be found, by which names and words, and what is quoted of them.
package search

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/output"
	"uccn/generator/internal/render"
	"uccn/generator/internal/searchindex"
	"uccn/generator/internal/theme"
)

// Dir is the folder of the index.
const Dir = "search/"

// kinds returns the kinds of pages that can be found, in the order in which they
// are offered, with the folder of their pages.
func kinds() []searchindex.Kind {
	return []searchindex.Kind{
		{ID: "city", Base: "cities/"}, {ID: "practice", Base: "practices/"}, {ID: "case-study", Base: "case-studies/"}, {ID: "meeting", Base: "meetings/"},
		{ID: "field", Base: "fields/"}, {ID: "country", Base: "countries/"}, {ID: "region", Base: "regions/"}, {ID: "goal", Base: "goals/"},
		{ID: "exhibition"}, {ID: "edition", Base: "editions/"}, {ID: "network", Base: "networks/"}, {ID: "news", Base: "news/"}, {ID: "page"},
	}
}

// texts returns the texts of the client's interface; each has the key "search."
// and its name in the theme. The count stands there once for a number of each
// plural form, with % in the number's place.
func texts(w *theme.Words) map[string]string {
	out := map[string]string{}
	for _, key := range []string{"label", "hint", "none", "kind", "field", "all", "more", "close", "failed", "slash"} {
		out[key] = w.T("search." + key)
	}
	for n := range 10 {
		out["digits"] += w.Number(n)
	}
	for _, n := range []int{0, 1, 2, 3, 11, 100} {
		out["count"+strconv.Itoa(n)] = strings.Replace(w.T("search.found", n), w.Number(n), "%", 1)
	}
	return out
}

// Render is a render.Func.
func Render(ctx context.Context, in *render.Input) ([]output.File, diag.List, error) {
	docs := in.Found
	if docs == nil {
		docs = Find(in)
	}
	files, err := indexOf(ctx, in, docs)
	return files, nil, err
}

// Find gathers what Render makes an index of.
func Find(in *render.Input) []searchindex.Document {
	return documents(in, func(string) bool { return true })
}

// Index returns the index of the pages for whose paths, without the prefix of a
// language, has says yes.
func Index(ctx context.Context, in *render.Input, has func(path string) bool) ([]output.File, error) {
	return indexOf(ctx, in, documents(in, has))
}

func indexOf(ctx context.Context, in *render.Input, docs []searchindex.Document) ([]output.File, error) {
	var languages []searchindex.Language
	for _, n := range in.Networks {
		languages = append(languages, language(in, n))
	}
	file := func(f searchindex.File) output.File {
		return output.File{Path: Dir + f.Name, From: in.Site.At, Data: f.Data, Raw: true, Sum: &f.Sum, Taken: f.Taken}
	}
	beside := searchindex.Beside{Rest: in.Rest}
	if in.Take != nil {
		beside.Take = func(ctx context.Context, f searchindex.File) searchindex.File {
			t := in.Take(ctx, file(f))
			f.Data, f.Taken = t.Data, t.Taken
			return f
		}
	}
	if in.Make != nil {
		beside.Counted = func(ctx context.Context, docs []searchindex.Document) {
			var pages []string
			for _, d := range docs {
				for _, v := range d.Views {
					pages = append(pages, v.Path+"index.html")
				}
			}
			in.Make(ctx, pages)
		}
	}
	made, err := in.Words.Build(ctx, languages, docs, beside)
	if err != nil {
		return nil, err
	}
	files := make([]output.File, len(made))
	for i, f := range made {
		files[i] = file(f)
		if f.Data == nil && f.Taken == nil {
			files[i].Same, files[i].Later = true, output.NewLater(func() ([]byte, error) { return f.Bytes(ctx) })
		}
	}
	return files, nil
}

func language(in *render.Input, n *derive.Network) searchindex.Language {
	w, prefix := in.Theme.Words(n.Lang), in.Prefix(n.Lang)
	l := searchindex.Language{Lang: n.Lang, Words: texts(w)}
	for _, k := range kinds() {
		l.Kinds = append(l.Kinds, searchindex.Kind{ID: k.ID, Name: w.T("search.kind." + k.ID), Base: prefix + k.Base})
	}
	for _, f := range n.Fields {
		l.Fields = append(l.Fields, searchindex.Kind{ID: f.ID, Name: f.Name, Lang: f.NameLang()})
	}
	return l
}

// documents joins what the languages say of each page. Of an index that is the last, what
// is only counted is gathered when it is.
func documents(in *render.Input, has func(path string) bool) []searchindex.Document {
	type page struct {
		searchindex.Document
		found []finding // in each language
	}
	lean := in.Words == nil || in.Words.Last
	var pages []page
	var at map[address]int
	for i, n := range in.Networks {
		all := gather(n, in.Theme.Words(n.Lang), in.Prefix(n.Lang), lean)
		if i == 0 {
			pages, at = make([]page, 0, len(all)), make(map[address]int, len(all))
		}
		for _, f := range all {
			if f.path == "" || !has(f.path) {
				continue
			}
			if i == 0 {
				at[f.address] = len(pages)
				pages = append(pages, page{searchindex.Document{Kind: f.kind, Fields: f.fields, Views: make([]searchindex.View, 0, len(in.Networks))}, make([]finding, 0, len(in.Networks))})
			}
			k, ok := at[f.address]
			if !ok {
				continue // no page of the first language: no language has it
			}
			f.body = in.Markdown.Current(f.body)
			pages[k].Views, pages[k].found = append(pages[k].Views, f.view), append(pages[k].found, f)
		}
	}
	docs := make([]searchindex.Document, 0, len(pages))
	for _, p := range pages {
		if len(p.Views) != len(in.Networks) {
			continue
		}
		if !lean {
			for _, f := range p.found {
				p.Sources = append(p.Sources, f.head.Summary, f.head.LangOf("summary"), f.body.Lang, f.body.Source)
			}
		}
		p.Same = in.Edited != nil && !slices.ContainsFunc(p.found, func(f finding) bool { return in.Edited[f.body.At.Path] })
		p.Fill = func(views []searchindex.View) {
			for i, f := range p.found {
				v := &views[i]
				if lean && f.rest != nil {
					f.rest(v)
				}
				own := []searchindex.Text{text(f.head, "summary", f.head.Summary), {Words: in.Markdown.Parse(f.body).Plain(), Lang: f.body.Lang}}
				v.Text = slices.Concat(own, v.Text)
			}
		}
		docs = append(docs, p.Document)
	}
	return docs
}
