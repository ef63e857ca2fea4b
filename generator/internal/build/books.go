package build

import (
	"context"
	"fmt"
	"strings"

	"uccn/generator/internal/output"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/booklet"
)

// withFolios returns the input with the page numbers of the booklets, which the
// electronic books name too.
func withFolios(ctx context.Context, in *render.Input, files []output.File) (*render.Input, error) {
	folios, err := booklet.Folios(ctx, files)
	if err != nil {
		return nil, fmt.Errorf("look at the booklets: %w", err)
	}
	out := *in
	out.Folios = folios
	return &out, nil
}

// withBooks returns the input with what there is to know of the booklets, whose
// files have been made before the pages that offer them.
func withBooks(ctx context.Context, in *render.Input, files []output.File) (*render.Input, error) {
	if !in.Site.Makes("booklet") {
		return in, nil
	}
	books, err := booklet.Books(ctx, in, files)
	if err != nil {
		return nil, fmt.Errorf("look at the booklets: %w", err)
	}
	for i, b := range books {
		stem := strings.TrimSuffix(b.Files[0].Path, ".pdf")
		for _, f := range files {
			if f.Path != stem+".epub" {
				continue
			}
			e := render.BookFile{Path: f.Path}
			if !in.Preview {
				data, err := f.Bytes(ctx)
				if err != nil {
					return nil, fmt.Errorf("look at %s: %w", f.Path, err)
				}
				e.Bytes = len(data)
			}
			books[i].Files = append(books[i].Files, e)
		}
	}
	out := *in
	out.Books = books
	return &out, nil
}
