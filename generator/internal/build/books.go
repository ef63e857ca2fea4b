package build

import (
	"context"
	"fmt"
	"strings"

	"uccn/generator/internal/output"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/booklet"
)

// books makes the books, and puts into the input what is to be named of them: the
// page numbers of the booklets in the electronic books, the books on the site.
func (r *run) books(ctx context.Context, in *render.Input) error {
	err := r.render(ctx, in, ofBooklets)
	if err != nil {
		return err
	}
	if r.wants(in.Site, "epub") && !in.Preview {
		if in.Folios, err = booklet.Folios(ctx, r.files); err != nil {
			return fmt.Errorf("look at the booklets: %w", err)
		}
	}
	if err := r.render(ctx, in, ofEPUBs); err != nil {
		return err
	}
	if r.wants(in.Site, "site") && in.Site.Makes("booklet") {
		if in.Books, err = offered(ctx, in, r.files); err != nil {
			return fmt.Errorf("look at the booklets: %w", err)
		}
	}
	return nil
}

// offered returns what there is to know of the booklets, whose files have been
// made before the pages that offer them.
func offered(ctx context.Context, in *render.Input, files []output.File) ([]render.Book, error) {
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
