package build

import (
	"context"
	"fmt"
	"strings"

	"uccn/generator/internal/output"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/booklet"
)

// offers puts into the input what the next output names of those before it: the
// page numbers of the booklets in the electronic books, the books on the site.
func (r *run) offers(ctx context.Context, in *render.Input, next out) (err error) {
	switch {
	case next.name == "epub" && !in.Preview:
		in.Folios, err = booklet.Folios(ctx, r.files)
	case next.name == "site" && in.Books == nil && in.Site.Makes("booklet"):
		in.Books, err = books(ctx, in, r.files)
	}
	if err != nil {
		return fmt.Errorf("look at the booklets: %w", err)
	}
	return nil
}

// books returns what there is to know of the booklets, whose files have been
// made before the pages that offer them.
func books(ctx context.Context, in *render.Input, files []output.File) ([]render.Book, error) {
	books, err := booklet.Books(ctx, in, files)
	if err != nil {
		return nil, err
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
	return books, nil
}
