// Package exhibition renders what the exhibition is beyond its wall, which is a
// page of the site like any other: guided tours, walks through the details of a
// picture, the kiosk of a hall with its QR codes, and IIIF manifests. Alone
// makes of all this a folder that runs from a USB stick.
package exhibition

import (
	"context"
	"fmt"
	"slices"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/output"
	"uccn/generator/internal/par"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/site"
	"uccn/generator/internal/render/site/view"
)

// Pages names the templates of the pages and the type each is given.
func Pages() map[string]any {
	return map[string]any{"kiosk.html": KioskPage{}, "tour.html": TourPage{}, "details.html": DetailsPage{}, "front.html": FrontPage{}}
}

// kioskPath is the path of the kiosk, without the prefix of a language.
const kioskPath = "exhibition/kiosk/"

// A job is a page to be made.
type job struct {
	path, template string
	from           diag.Pos
	make           func() any
}

// Render is a render.Func. Without works on the wall there is nothing to show.
func Render(ctx context.Context, in *render.Input) ([]output.File, diag.List, error) {
	if in.Networks[0].Wall == nil {
		return nil, nil, nil
	}
	var jobs []job
	var files []output.File
	for _, g := range site.Guests(in) {
		m := &maker{Guest: g, in: in}
		jobs = append(jobs, m.jobs()...)
		files = append(files, m.codes()...)
	}
	manifests, err := manifests(in)
	if err != nil {
		return nil, nil, err
	}
	pages, err := par.Map(ctx, jobs, func(_ context.Context, j job) (output.File, error) {
		b, err := in.Pages.Render(in.Theme, j.path, j.template, j.make())
		if err != nil {
			return output.File{}, fmt.Errorf("make %s: %w", j.path, err)
		}
		return output.File{Path: j.path, From: j.from, Data: b, Raw: true}, nil
	})
	return append(append(files, manifests...), pages...), nil, err
}

// A maker makes the pages of one language.
type maker struct {
	site.Guest
	in *render.Input
}

func (m *maker) jobs() []job {
	var out []job
	add := func(path, template string, from diag.Pos, make func() any) {
		out = append(out, job{m.Path(path) + "index.html", template, from, make})
	}
	wall := m.Network.Wall
	if k := m.kioskLanguages(); slices.Contains(k, m.Words.Lang) {
		add(kioskPath, "kiosk.html", wall.At, func() any { return m.kioskPage(wall) })
	}
	for _, x := range m.Network.Exhibitions {
		for _, t := range x.Tours {
			add(t.Path, "tour.html", x.At, func() any { return m.tourPage(x, t) })
		}
	}
	for _, w := range m.Network.Practices {
		if path := site.Details(m.in, w); path != "" {
			add(path, "details.html", w.At, func() any { return m.detailsPage(w) })
		}
	}
	return out
}

// wallTrail is the way from the home page to a page of the exhibition.
func (m *maker) wallTrail(from, here string) []view.Link {
	return m.Trail(from, here, "nav.exhibition", m.Network.Wall.Path)
}
