package build

import (
	"context"

	"uccn/generator/internal/audit"
	"uccn/generator/internal/config"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/output"
	"uccn/generator/internal/par"
)

// proof reads the pages. Those that are as they were are made after all when another
// no longer answers them as it did.
func (r *run) proof(ctx context.Context, files []output.File, o audit.Options) error {
	if r.past != nil && r.past.paths != r.left.paths {
		if err := r.unfold(ctx, files); err != nil {
			return err
		}
	}
	var told map[string]diag.List
	var shown []string
	if r.past != nil {
		told, shown = r.past.told, r.past.shown
	}
	dl, err := r.audited.Check(ctx, files, told, o)
	if err != nil {
		return err
	}
	if r.past != nil && !r.past.answered(r.audited.Answers()) {
		if err := r.unfold(ctx, files); err != nil {
			return err
		}
		if dl, err = r.audited.Check(ctx, files, nil, o); err != nil {
			return err
		}
	}
	r.add(dl)
	r.trace(files)
	r.left.told = r.audited.Told()
	if r.past == nil {
		shown = nil
	}
	r.files = r.audited.Shown(files, shown)
	for _, f := range r.files {
		if f.Shown {
			r.left.shown = append(r.left.shown, f.Path)
		}
	}
	return nil
}

// pathsOf is a name for the paths of files.
func pathsOf(files []output.File) memo.Key {
	k := memo.NewKey("paths", 1)
	for _, f := range files {
		k.Text(f.Path)
	}
	return k.Key()
}

// audit says what the pages are held to. What was cut out of the site has no
// address of its own; where outputs were left out, links to them stay.
func (r *run) audit(s *config.Site, alone bool) audit.Options {
	o := audit.Options{Base: s.BaseURL, Languages: s.Languages, Part: len(r.o.Only) > 0 && !alone}
	if alone {
		o.Base = ""
	}
	return o
}

// unfold makes all files, as if nothing were known of them.
func (r *run) unfold(ctx context.Context, files []output.File) error {
	r.past = nil
	made, err := par.Map(ctx, files, func(ctx context.Context, f output.File) (output.File, error) {
		if !f.Same {
			return f, nil
		}
		var err error
		f.Same = false
		f.Data, err = f.Bytes(ctx)
		f.Reads, f.Later = f.Later.Reads(), nil
		return f, err
	})
	copy(files, made)
	return err
}

// answered reports whether all pages that were read answer as they did.
func (p *past) answered(now map[string]uint64) bool {
	for path, answers := range now {
		if old, known := p.pages[path]; !known || old.answers != answers {
			return false
		}
	}
	return true
}

// trace notes of which texts the files are made, and what the pages answer.
func (r *run) trace(files []output.File) {
	answers := r.audited.Answers()
	r.left.pages = make(map[string]trace, len(answers))
	for _, f := range files {
		a, page := answers[f.Path]
		switch {
		case f.Same:
			r.left.pages[f.Path] = r.past.pages[f.Path]
		case page || f.Reads != nil:
			r.left.pages[f.Path] = trace{f.Reads != nil, f.Reads, a}
		}
	}
}
