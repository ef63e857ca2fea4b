package build

import (
	"context"
	"fmt"

	"uccn/generator/internal/output"
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
	if r.past == nil { // else they were published so
		r.add(publish.Check(files))
	}
	if r.failed() {
		return nil // pages that are not made would be missed as links
	}
	if err := r.proof(ctx, files); err != nil {
		return fmt.Errorf("read the pages: %w", err)
	}
	return nil
}
