// Package site renders the website: a page for every record of the edition in
// every language, the lists that lead to them, and what machines read of it.
package site

import (
	"context"
	"fmt"
	"html/template"
	"slices"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/media"
	"uccn/generator/internal/output"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/site/atlas"
	"uccn/generator/internal/render/site/hosted"
	"uccn/generator/internal/render/site/look"
	"uccn/generator/internal/render/site/view"
)

// A site is what the pages of all languages share.
type site struct {
	in     *render.Input
	media  *media.Set
	maps   *atlas.Atlas
	theme  []output.File // of the theme
	style  string        // path of the style sheet
	first  string        // the language of the originals
	signs  template.HTML // see look.Symbols
	policy string        // of every page
}

// asset returns the published path of a file of the theme's assets.
func (s *site) asset(name string) string { return s.in.Theme.Asset(name) }

// Pages names the templates and the type that each is given.
func Pages() map[string]any { return view.Pages() }

// A job is a page to be made.
type job struct {
	path     string // of the file
	from     diag.Pos
	template string
	make     func(*maker) (any, error)
}

func newSite(in *render.Input) *site {
	n := in.Networks[0]
	s := &site{in: in, media: in.Media, maps: atlas.New(in.Land, n.Cities), signs: look.Symbols(n.Fields), policy: hosted.Policy(), first: in.Site.Languages[0]}
	s.theme, s.style = look.Sheet(in.Theme.Files(), s.asset("site.css"), n.Fields)
	return s
}

// Render is a render.Func.
func Render(_ context.Context, in *render.Input) ([]output.File, diag.List, error) {
	s := newSite(in)
	files := slices.Concat(s.theme, look.Plates(in.Networks[0]), s.covers())
	var all []job // and those that the exhibition makes
	var pages []output.File
	for _, n := range in.Networks {
		m := newMaker(s, n)
		jobs := m.jobs()
		for _, j := range jobs {
			pages = append(pages, m.file(j))
		}
		all = append(append(all, jobs...), m.elsewhere()...)
		files = append(files, m.feeds()...)
	}
	files = append(files, s.machine(all)...)
	return append(files, pages...), nil, nil
}

// file is a page that is made when it is asked for.
func (m *maker) file(j job) output.File {
	return output.File{Path: j.path, From: j.from, Raw: true, Later: output.Traced(func(read func(string)) ([]byte, error) {
		page, err := j.make(m.tracing(read))
		if err != nil {
			return nil, fmt.Errorf("make %s: %w", j.path, err)
		}
		b, err := m.in.Pages.Render(m.in.Theme, j.path, j.template, page)
		if err != nil {
			return nil, fmt.Errorf("make %s: %w", j.path, err)
		}
		return b, nil
	})}
}
