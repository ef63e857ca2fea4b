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

// paths notes which files there are. Where there were others, none is taken for what
// it was: a link to it may have come, or gone.
func (r *run) paths(files []output.File) {
	r.left.paths = pathsOf(files)
	if r.past != nil && r.past.paths != r.left.paths {
		r.past = nil
		for i := range files {
			files[i].Same = false
		}
	}
}

// proof judges the pages that were read. Those that are as they were are made after
// all when another no longer answers them as it did.
func (r *run) proof(ctx context.Context, files []output.File) error {
	var told map[string]diag.List
	var shown []string
	if r.past != nil {
		told, shown = r.past.told, r.past.shown
	}
	dl, err := r.reading.Done(ctx, told)
	if err != nil {
		return err
	}
	if r.past != nil && !r.past.answered(r.reading.Answers()) {
		if err := r.unfold(ctx, files); err != nil {
			return err
		}
		if dl, err = r.reading.Done(ctx, nil); err != nil {
			return err
		}
		shown = nil
	}
	r.add(dl)
	r.left.told = r.reading.Told()
	r.files = r.reading.Shown(files, shown)
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
	o := audit.Options{Base: s.BaseURL, Languages: s.Languages, Part: len(r.o.Only) > 0 && !alone, Last: r.o.Last}
	if alone {
		o.Base = ""
	}
	return o
}

// unfold makes and reads all files, as if nothing were known of them.
func (r *run) unfold(ctx context.Context, files []output.File) error {
	r.past = nil
	places := make([]int, len(files))
	for i := range places {
		places[i] = i
	}
	_, err := par.Map(ctx, places, func(ctx context.Context, i int) (none struct{}, err error) {
		f := &files[i]
		if !f.Same {
			return none, nil
		}
		f.Same = false
		f.Data, err = f.Bytes(ctx)
		f.Reads, f.Later = f.Later.Reads(), nil
		r.reading.Read(i, *f)
		return none, err
	})
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
	answers := r.reading.Answers()
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
