// Package site renders the website: a page for every record of the edition in
// every language, the lists that lead to them, and what machines read of it.
package site

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"slices"
	"strings"

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
	style  string        // path of the style sheet
	first  string        // the language of the originals
	signs  template.HTML // see look.Symbols
	policy string        // of every page

	describes bool // the theme's pages hold structured data
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
	make     func() (any, error)
}

func newSite(in *render.Input) *site {
	n := in.Networks[0]
	s := &site{in: in, media: in.Media, maps: atlas.New(in.Land, n.Cities), signs: look.Symbols(n.Fields), policy: hosted.Policy(), first: in.Site.Languages[0]}
	for name := range Pages() {
		s.describes = s.describes || in.Theme.Uses(name, "LD")
	}
	return s
}

// Render is a render.Func.
func Render(_ context.Context, in *render.Input) ([]output.File, diag.List, error) {
	s := newSite(in)
	files := append(s.theme(), look.Plates(in.Networks[0])...)
	files = append(files, s.covers()...)
	var jobs, elsewhere []job
	for _, n := range in.Networks {
		m := newMaker(s, n)
		jobs, elsewhere = append(jobs, m.jobs()...), append(elsewhere, m.elsewhere()...)
		files = append(files, m.feeds()...)
	}
	files = append(files, s.machine(slices.Concat(jobs, elsewhere))...)
	for _, j := range jobs {
		files = append(files, output.File{Path: j.path, From: j.from, Raw: true, Later: output.NewLater(func() ([]byte, error) {
			page, err := j.make()
			if err != nil {
				return nil, fmt.Errorf("make %s: %w", j.path, err)
			}
			b, err := in.Pages.Render(in.Theme, j.path, j.template, page)
			if err != nil {
				return nil, fmt.Errorf("make %s: %w", j.path, err)
			}
			return b, nil
		})})
	}
	return files, nil, nil
}

// theme returns the theme's files; the style sheet ends with the colours of the
// content's fields.
func (s *site) theme() []output.File {
	files := append([]output.File(nil), s.in.Theme.Files()...)
	for i, f := range files {
		if f.Path != s.asset("site.css") {
			continue
		}
		f.Data = append(bytes.Clone(f.Data), look.Style(s.in.Networks[0].Fields)...)
		sum := sha256.Sum256(f.Data)
		stem, _, _ := strings.Cut(strings.TrimSuffix(f.Path, ".css"), ".")
		f.Path = stem + "." + hex.EncodeToString(sum[:4]) + ".css"
		files[i], s.style = f, f.Path
	}
	return files
}
