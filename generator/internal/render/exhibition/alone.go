package exhibition

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/output"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/exhibition/stick"
	"uccn/generator/internal/render/search"
)

// Alone makes of the files of the site and the exhibition a folder that runs
// from a USB stick: the wall, the tours, the kiosk, the pages of the works and
// the search in them. Its index.html opens the wall.
func Alone(ctx context.Context, in *render.Input, files []output.File) ([]output.File, error) {
	wall := in.Networks[0].Wall
	if wall == nil {
		return nil, nil
	}
	has := func(path string) bool {
		return strings.HasPrefix(path, "exhibition/") || strings.HasPrefix(path, "practices/")
	}
	keep := func(path string) bool {
		for _, n := range in.Networks[1:] {
			path = strings.TrimPrefix(path, in.Prefix(n.Lang))
		}
		return has(path) || strings.HasPrefix(path, "assets/") || path == search.Dir+"index.html" || path == "index.html"
	}
	var rest []output.File
	for _, f := range files {
		if !isFront(in, f.Path) {
			rest = append(rest, f)
		}
	}
	for _, n := range in.Networks {
		f, err := front(in, n)
		if err != nil {
			return nil, err
		}
		rest = append(rest, f)
	}
	cut, err := stick.Cut(ctx, rest, keep)
	if err != nil {
		return nil, err
	}
	index, err := search.Index(ctx, in, has)
	return append(cut, index...), err
}

func isFront(in *render.Input, path string) bool {
	for _, n := range in.Networks {
		if path == in.Prefix(n.Lang)+"index.html" {
			return true
		}
	}
	return false
}

// FrontPage opens the wall of a stick, in the place of a home page.
type FrontPage struct{ Lang, Dir, Title, Href string }

func front(in *render.Input, n *derive.Network) (output.File, error) {
	var b bytes.Buffer
	page := FrontPage{n.Lang, in.Theme.Words(n.Lang).Dir, n.Wall.Name, n.Wall.Path + "index.html"}
	if err := in.Theme.Render(&b, "front.html", page); err != nil {
		return output.File{}, fmt.Errorf("make the front page: %w", err)
	}
	return output.File{Path: in.Prefix(n.Lang) + "index.html", From: in.Site.At, Data: b.Bytes()}, nil
}
