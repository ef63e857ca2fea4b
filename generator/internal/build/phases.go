package build

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"

	"uccn/generator/internal/audit"
	"uccn/generator/internal/config"
	"uccn/generator/internal/derive"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/load"
	"uccn/generator/internal/media"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/model"
	"uccn/generator/internal/output"
	"uccn/generator/internal/par"
	"uccn/generator/internal/publish"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/booklet"
	"uccn/generator/internal/render/exhibition"
	"uccn/generator/internal/render/site"
	"uccn/generator/internal/searchindex"
	"uccn/generator/internal/theme"
	"uccn/themes"
)

// A run is one build under way.
type run struct {
	*Session
	o       Options
	res     Result
	phase   Span // the one under way
	began   time.Time
	first   sight         // when this run was compared with the last
	archive *load.Archive // of the records, until it is kept; nil when no other run will ask
	seen    *witness      // of what is looked at; nil when nobody will ask
	past    *past         // what the last run left, as far as it holds; nil when it left nothing
	left    account       // what this run leaves, as far as it is known

	late     bool                // texts are judged when pages are made of them
	stage    *publish.Stage      // the output folder; nil when nothing is published
	refused  error               // why it cannot be had
	press    *publish.Press      // makes the files; nil before
	reading  *audit.Reading      // of them
	bound    int                 // how many files are of books
	indexed  *searchindex.Memory // of a run that is the last of its session; nil of others
	reminded bool                // indexed is what the last run left
	saved    []byte              // what it leaves
	files    []output.File       // made so far
	inputs   string              // see hashSources

	mark   int           // see ground
	texts  *derive.Texts // of all records
	steady diag.List     // problems that do not pass with a text
	later  bool          // the session's tables turn when the preview's rest is done

	touched bool // texts alone have changed: tables are not asked, and so do not turn
}

// enter ends the phase under way and begins another; "" begins none.
func (r *run) enter(phase string) {
	now := r.clock()
	if r.phase.Phase != "" {
		r.phase.Took = now.Sub(r.began)
		r.res.Timing = append(r.res.Timing, r.phase)
	}
	r.phase, r.began = Span{Phase: phase}, now
	if phase != "" && r.o.Phase != nil {
		r.o.Phase(phase)
	}
}

// say takes up problems, and returns them as they are told.
func (r *run) say(dl diag.List) diag.List {
	if r.o.Strict {
		dl = dl.Harden()
	}
	r.res.Diagnostics = append(r.res.Diagnostics, dl...)
	return dl
}

// add takes up what a phase has to say, which stays so while texts alone change.
func (r *run) add(dl diag.List) { r.steady = append(r.steady, r.say(dl)...) }

// passing takes up what is wrong in texts, by their sources.
func (r *run) passing(texts map[string]diag.List) {
	for _, source := range slices.Sorted(maps.Keys(texts)) {
		r.say(texts[source])
	}
}

func (r *run) failed() bool { return r.res.Diagnostics.HasErrors() }

func (r *run) result() Result {
	r.enter("")
	r.res.Diagnostics.Sort()
	return r.res
}

// unreadable makes a problem of a failure to read a file or folder of the site
// that is there: its owner can mend that.
func (r *run) unreadable(res Result, err error) (Result, error) {
	var at *fs.PathError
	if !errors.As(err, &at) || !errors.Is(at, fs.ErrPermission) || !fs.ValidPath(at.Path) {
		return res, err
	}
	if _, err := fs.Lstat(r.o.Root, at.Path); err != nil {
		return res, err
	}
	var dl diag.List
	dl.Errorf(diag.Pos{Path: at.Path}, "unreadable", "this may not be read").Hint = "give yourself the right to read it"
	r.add(dl)
	return r.result(), nil
}

// turn lets the tables forget what is no longer asked for.
func (r *run) turn() {
	if r.later {
		return
	}
	r.markdown.Turn()
	r.land.Turn()
	r.records.Turn()
	r.derived.Turn()
	r.themes.Turn()
	r.pages.Turn()
	r.minified.Turn()
	r.media.Turn()
}

// verify makes every table of the session compute again what it remembers. A
// difference is a bug: a key lacks something that its function reads.
func (r *run) verify() {
	differs := func(what string) func(string) {
		return func(name string) { panic(fmt.Sprintf("a new %s differs from the remembered one: %s", what, name)) }
	}
	record := differs("text")
	r.markdown.Verify(func(t model.Text) { record(t.At.String()) })
	r.records.Verify(differs("record"))
	r.derived.Verify(func(what string) { differs(what)("") })
	r.themes.Verify = func(dir string, old, again themed) {
		if !old.theme.Same(again.theme) || !reflect.DeepEqual(old.problems, again.problems) {
			differs("theme")(dir)
		}
	}
	r.media.Verify(differs("account of a picture"))
	r.pages.Verify(differs("page"))
	r.land.Verify(differs("map"))
	r.words.Verify(differs("part of the search index"))
	publish.Verify(&r.minified, differs("minified file"))
}

// load reads site.yaml, the content and, beside it, the theme. The site is nil when
// site.yaml cannot be read; the problem is noted then.
func (r *run) load(ctx context.Context) (s *config.Site, contents []*model.Content, t *theme.Theme, err error) {
	s, dl, err := config.Read(r.o.Root)
	if err != nil {
		return nil, nil, nil, err
	}
	r.add(dl)
	if s == nil {
		return nil, nil, nil, nil
	}
	if r.o.BaseURL != "" {
		s.BaseURL = strings.TrimSuffix(r.o.BaseURL, "/")
	}
	r.res.Site = s
	r.archive = r.openArchive()
	var ofRecords, ofTheme diag.List
	err = par.Do(ctx,
		func() (err error) {
			contents, ofRecords, err = load.Content(ctx, r.o.Root, load.Options{Languages: s.Languages, Drafts: r.o.Drafts, Today: model.DateOf(r.o.Now), Memory: kept(r, &r.records), Archive: r.archive})
			return err
		},
		func() (err error) { t, ofTheme, err = r.theme(s); return err },
		func() error { r.remind(); return nil },
	)
	if err != nil {
		return nil, nil, nil, err
	}
	r.add(ofRecords)
	r.add(ofTheme)
	return s, contents, t, nil
}

// derive makes the network of each language and, beside it, checks the texts and keeps
// the records for the next run.
func (r *run) derive(ctx context.Context, s *config.Site, contents []*model.Content) ([]*derive.Network, error) {
	type derived struct {
		network  *derive.Network
		problems diag.List
	}
	var steps []func(context.Context) (derived, error)
	for _, c := range contents {
		steps = append(steps, func(context.Context) (derived, error) {
			n, dl := derive.Build(c, s, derive.Options{Edition: r.o.Edition, Today: model.DateOf(r.o.Now), Memory: kept(r, &r.derived)})
			return derived{network: n, problems: dl}, nil
		})
	}
	steps = append(steps, func(ctx context.Context) (derived, error) {
		r.texts = derive.TextsOf(contents)
		if r.late {
			r.markdown.Telling(r.texts.Meet)
			return derived{}, nil
		}
		return derived{}, r.check(ctx, r.texts)
	}, func(ctx context.Context) (derived, error) {
		defer func() { r.archive = nil }()
		return derived{}, keep(ctx, accountOf(r.o), r.archive)
	})
	all, err := par.Map(ctx, steps, func(ctx context.Context, step func(context.Context) (derived, error)) (derived, error) {
		return step(ctx)
	})
	if err != nil {
		return nil, err
	}
	var networks []*derive.Network
	for _, d := range all {
		r.add(d.problems)
	}
	r.passing(r.left.texts)
	for _, d := range all[:len(contents)] {
		networks = append(networks, d.network)
	}
	return networks, nil
}

// theme loads the site's theme over the one in the binary.
func (r *run) theme(s *config.Site) (*theme.Theme, diag.List, error) {
	dir := "themes/" + s.Theme
	own, err := fs.Sub(r.o.Root, dir)
	if err != nil {
		return nil, nil, fmt.Errorf("theme: %w", err)
	}
	if _, err := fs.Stat(own, "."); errors.Is(err, fs.ErrNotExist) && s.Theme != "default" {
		var dl diag.List
		dl.Errorf(diag.Pos{Path: config.File}, "unknown-theme", "there is no theme in %s", dir).Hint = "make the folder, or delete the key theme"
		return nil, dl, nil
	}
	all := theme.Overlay(own, themes.Default())
	pages := map[string]any{} // books and panels alone need only its words and fonts
	if len(r.o.Only) == 0 || slices.Contains(r.o.Only, "site") || slices.Contains(r.o.Only, "exhibition") {
		maps.Copy(pages, site.Pages())
		maps.Copy(pages, exhibition.Pages())
	}
	themes, k := kept(r, &r.themes), memo.Key{}
	if themes != nil {
		key, err := theme.Key(all)
		if err != nil {
			return nil, nil, below(dir, err)
		}
		k = memo.NewKey("themed", 1).Bytes(key[:]).Text(strings.Join(s.Languages, " ")).Int(int64(len(pages))).Key()
	}
	t, err := themes.Get(dir, k, func(old, now memo.Key) bool { return old == now }, func() (t themed, err error) {
		t.theme, t.problems, err = theme.Load(all, dir, pages, s.Languages)
		return t, err
	})
	return t.theme, t.problems, below(dir, err)
}

// below is a failure to read a file of a folder, with its path from the root.
func below(dir string, err error) error {
	var at *fs.PathError
	if errors.As(err, &at) && !strings.HasPrefix(at.Path, dir) {
		return &fs.PathError{Op: at.Op, Path: path.Join(dir, at.Path), Err: at.Err}
	}
	return err
}

// themed is a theme, remembered by its files, with what is wrong in it.
type themed struct {
	theme    *theme.Theme
	problems diag.List
}

// kept is a table of the session, or nil when no other build will ask for it.
func kept[T any](r *run, table *T) *T {
	if r.o.Last {
		return nil
	}
	return table
}

// pictures plans every picture that the content names.
func (r *run) pictures(ctx context.Context, contents []*model.Content) (*media.Set, error) {
	o := media.Options{Root: r.o.Root, Now: r.o.Now}
	switch {
	case r.failed():
		o.Depth = media.Headers // only to find what is wrong
	case r.o.Preview:
		o.Depth = media.Facts
	case slices.Equal(r.o.Only, []string{"booklet"}), slices.Equal(r.o.Only, []string{"panels"}):
		o.Depth = media.Headers // they make their own pictures
	}
	if r.o.Cache != "" {
		o.Cache = r.o.Cache
		o.Disk = memo.NewDisk(filepath.Join(r.o.Cache, "pictures"), r.o.Now, r.o.Verify)
		if err := o.Disk.Trim(cacheAge); err != nil {
			return nil, err
		}
	}
	set, dl, err := r.media.Plan(ctx, o, render.Pictures(r.markdown, contents))
	r.add(dl)
	return set, err
}

// cacheAge is how long a picture is remembered that no build asks for.
const cacheAge = 60 * 24 * time.Hour

// render makes the outputs of some stages that are asked for, beside one another.
func (r *run) render(ctx context.Context, in *render.Input, stages ...stage) error {
	type made struct {
		files    []output.File
		problems diag.List
	}
	wanted := slices.DeleteFunc(outputs(), func(o out) bool { return !slices.Contains(stages, o.stage) || !r.wants(in.Site, o.name) })
	all, err := par.Map(ctx, wanted, func(ctx context.Context, o out) (m made, err error) {
		if m.files, m.problems, err = o.make(ctx, in); err != nil {
			return m, fmt.Errorf("make %s: %w", o.name, err)
		}
		return m, nil
	})
	if r.templateFailed(err) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, m := range all {
		r.add(m.problems)
		r.known(m.files)
		r.files = append(r.files, m.files...)
	}
	return nil
}

// copies adds the files that are copied, and pictures.
func (r *run) copies(in *render.Input) error {
	copied, dl, err := static(r.o.Root)
	r.add(dl)
	r.files = append(append(r.files, in.Media.Files()...), copied...)
	return err
}

// alone reports whether the exhibition is to be cut out of the site, to run from
// a USB stick.
func (r *run) alone() bool { return slices.Equal(r.o.Only, []string{"exhibition"}) }

// wants reports whether an output is to be made.
func (r *run) wants(s *config.Site, output string) bool {
	if r.alone() {
		return output == "site" || output == "exhibition"
	}
	return s.Makes(output) && (len(r.o.Only) == 0 || slices.Contains(r.o.Only, output))
}

// preview hands over what a reader can ask for first: the files of a ground, or those
// that were made, which then become one.
func (r *run) preview(in *render.Input, g *ground) (Result, error) {
	if in.Site.Makes("booklet") {
		var err error
		if r.res.Booklet, err = booklet.NewPreview(in, &r.studio); err != nil {
			return r.result(), err
		}
	}
	r.later = true
	res, files := r.result(), g.raw
	res.Files = g.files
	res.Rest = func(ctx context.Context) (Result, error) {
		rest := &run{Session: r.Session, o: r.o, res: res, files: slices.Clone(files)}
		rest.res.Diagnostics, rest.res.Files, rest.res.Rest = slices.Clone(res.Diagnostics), nil, nil
		rest.enter("render")
		if err := rest.render(ctx, in, ofOthers); err != nil {
			return rest.result(), err
		}
		if err := rest.read(ctx, in); err != nil {
			return rest.result(), err
		}
		all, err := rest.finish(ctx)
		if ctx.Err() == nil && !r.touched { // else there are things that nobody came to ask for
			rest.turn()
		}
		return all, err
	}
	return res, nil
}

// templateFailed notes the problem of a template that could not be carried out.
func (r *run) templateFailed(err error) bool {
	var f *theme.Failure
	if !errors.As(err, &f) {
		return false
	}
	var dl diag.List
	dl.Errorf(f.At, "template-failed", "the template could not be carried out: %s", f.Message).Hint = "a template must not call itself without end; compare it with the default theme's"
	r.add(dl)
	return true
}

// publish hands the files over, and writes them when there is a place to.
func (r *run) publish(ctx context.Context) error {
	r.res.Files = r.files
	if r.o.Publish.Dir == "" {
		return nil
	}
	if r.stage == nil {
		return r.refused
	}
	p := r.o.Publish
	p.Version, p.Inputs, p.Rest = r.o.Version, r.inputs, r.o.Rest
	if r.past != nil {
		p.Since = r.past.list
	}
	return par.Do(ctx,
		func() (err error) { r.res.Report, err = r.stage.Publish(ctx, p, r.files); return err },
		func() error {
			r.trace(r.files)
			if r.indexed != nil {
				r.saved = r.indexed.Save()
			}
			return nil
		},
	)
}
