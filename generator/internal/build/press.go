package build

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"uccn/generator/internal/config"
	"uccn/generator/internal/model"
	"uccn/generator/internal/output"
	"uccn/generator/internal/par"
	"uccn/generator/internal/publish"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/exhibition"
)

// open opens the output folder, if there is one. A folder that cannot be had is told
// of when all else is well.
func (r *run) open(ctx context.Context) (done func()) {
	if r.o.Publish.Dir != "" {
		r.stage, r.refused = publish.Open(ctx, r.o.Publish)
	}
	if r.stage == nil {
		return func() {}
	}
	return r.stage.Close
}

// hand hands the files that there are over to be made, read and, if no other build
// will ask for them, brought to the output folder.
func (r *run) hand(in *render.Input) {
	if r.press == nil {
		reading := r.audited.Begin(r.audit(in.Site, r.alone()))
		r.reading = reading
		r.press = publish.NewPress(kept(r, &r.minified), func(ctx context.Context, places []int, files []output.File) {
			for _, i := range places {
				reading.Read(i, files[i])
			}
			for _, i := range places {
				if in.Take != nil {
					files[i] = in.Take(ctx, files[i])
				}
			}
		})
	}
	r.press.Add(r.files)
	r.reading.Add(r.files)
	r.files = nil
}

// read makes the pages, and holds all that was made against what is promised.
func (r *run) read(ctx context.Context, in *render.Input) (err error) {
	if r.alone() && !r.failed() {
		r.files, err = exhibition.Alone(ctx, in, r.files)
	}
	if r.templateFailed(err) || r.failed() {
		return nil
	}
	if err != nil {
		return fmt.Errorf("make the pages: %w", err)
	}
	r.hand(in)
	files := r.press.Files()
	r.paths(files)
	files, dl, err := r.press.All(ctx, r.o.Rest)
	r.add(dl)
	if r.templateFailed(err) || r.failed() {
		return nil
	}
	if err != nil {
		return fmt.Errorf("make the pages: %w", err)
	}
	err = par.Do(ctx,
		func() error {
			if r.past == nil { // else they were published so
				r.add(publish.Check(files))
			}
			return nil
		},
		func() (err error) {
			if r.stage != nil {
				r.inputs, err = hashSources(r.seen)
			}
			return err
		},
	)
	if err != nil {
		return err
	}
	if r.failed() {
		return nil // pages that are not made would be missed as links
	}
	if err := r.proof(ctx, files); err != nil {
		return fmt.Errorf("read the pages: %w", err)
	}
	return nil
}

// makeNow makes those pages at some paths that were handed over.
func (r *run) makeNow(ctx context.Context, paths []string) {
	lot := make([]int, 0, len(paths))
	for _, path := range paths {
		if i, ok := r.reading.Place(path); ok {
			lot = append(lot, i)
		}
	}
	_ = r.press.Make(ctx, lot, r.o.Rest) // what cannot be made is tried again, and told of, in the end
}

// judgesLate reports whether texts are read when pages are made of them, and judged then:
// where none was judged before, pages are the first that is made of them, and nobody
// will ask for them again.
func (r *run) judgesLate(s *config.Site) bool {
	return r.o.Last && r.past == nil && !r.alone() && r.wants(s, "site") && !r.wantsBooks(s)
}

// wantsBooks reports whether what comes before the pages is to be made.
func (r *run) wantsBooks(s *config.Site) bool {
	return slices.ContainsFunc(outputs(), func(o out) bool { return o.stage < ofPages && r.wants(s, o.name) })
}

// judge says what is wrong in the texts, when pages were made of them, or were not for
// the error err. If texts have errors, pages should not have been made: what was said
// since told is taken back, and the pictures are looked at as if there were none.
func (r *run) judge(ctx context.Context, contents []*model.Content, told int, err error) error {
	r.markdown.Telling(nil)
	found, others := r.texts.Met()
	unread, failed := r.texts.Check(ctx, r.markdown, others)
	if failed != nil {
		return failed
	}
	maps.Copy(found, unread)
	r.left.texts = found
	said := slices.Clone(r.res.Diagnostics[told:])
	r.res.Diagnostics = r.res.Diagnostics[:told]
	if r.passing(found); r.failed() {
		_, err := r.pictures(ctx, contents)
		return err
	}
	r.res.Diagnostics = append(r.res.Diagnostics, said...)
	return err
}
