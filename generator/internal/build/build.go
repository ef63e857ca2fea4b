// Package build is the pipeline: content in, files out. Read Build from top to
// bottom to know the whole program.
package build

import (
	"context"
	"io/fs"
	"path/filepath"
	"time"

	"uccn/generator/internal/audit"
	"uccn/generator/internal/config"
	"uccn/generator/internal/derive"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/load"
	"uccn/generator/internal/markdown"
	"uccn/generator/internal/media"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/model"
	"uccn/generator/internal/output"
	"uccn/generator/internal/par"
	"uccn/generator/internal/publish"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/booklet"
	"uccn/generator/internal/render/cards"
	"uccn/generator/internal/render/epub"
	"uccn/generator/internal/render/exhibition"
	"uccn/generator/internal/render/opendata"
	"uccn/generator/internal/render/panels"
	"uccn/generator/internal/render/search"
	"uccn/generator/internal/render/site"
	"uccn/generator/internal/searchindex"
	"uccn/generator/internal/theme"
	"uccn/generator/internal/worldmap"
)

// Options are the decisions that the caller has taken.
type Options struct {
	Root    fs.FS     // the site's folder: content/, themes/, static/, site.yaml
	Now     time.Time // the only clock
	Version string    // of the program

	Edition string   // instead of the site's
	BaseURL string   // instead of the site's
	Cache   string   // folder for what is remembered between runs; "" remembers nothing
	Only    []string // outputs to make; all that the site asks for when empty
	Speak   string   // the only language of which booklets are wanted; "" for all
	Drafts  bool     // drafts and records under review too
	Strict  bool     // warnings are errors
	Last    bool     // no other build follows in this session: what only that would need is not kept
	Verify  bool     // compute again what is remembered, and fail on a difference

	Publish publish.Options   // where to; an empty Dir publishes nothing
	Preview bool              // files are made when they are asked for; Result.Rest makes the others
	Phase   func(name string) // called when a phase begins; nil is allowed
	Rest    *par.Rest         // taken between pieces of long work; nil is allowed
	Brief   func()            // called when a few pages will be made, and no book; nil is allowed
}

// Result is one finished build. Diagnostics are sorted.
type Result struct {
	Diagnostics diag.List
	Files       []output.File // nil if there were errors; of a preview, those that a reader of a page can ask for first; of the last build of a session without bytes where they were published

	// Booklet shows pages of the booklets of a preview; nil when there are none.
	Booklet *booklet.Preview

	// Rest finishes a preview: it makes the files that are still missing, and the
	// pages that nobody has asked for, and reads them all. It must have returned
	// before the session builds again; when its context ends it returns early.
	Rest func(context.Context) (Result, error)

	Report publish.Report
	Timing []Span
	Site   *config.Site
}

// Span is how long a phase took.
type Span struct {
	Phase string
	Took  time.Duration
}

// Session keeps what one build learnt for the next. A rebuild is a build: it
// runs the same code over warm tables, so it cannot disagree with a clean one.
type Session struct {
	markdown *markdown.Converter
	media    media.Engine
	land     *worldmap.Atlas
	words    searchindex.Memory
	records  load.Memory
	derived  derive.Memory
	themes   memo.Shelf[memo.Key, themed]
	pages    theme.Pages
	minified publish.Minified
	audited  audit.Known
	studio   booklet.Studio
	ground   *ground // of the last preview; nil when there is none
	clock    func() time.Time
}

// NewSession returns a session that has learnt nothing. clock times the phases.
func NewSession(clock func() time.Time) *Session {
	return &Session{markdown: markdown.New(), land: worldmap.Open(), clock: clock}
}

// A stage is when an output is made.
type stage int

const (
	ofBooklets stage = iota // before the pages, that offer the books
	ofEPUBs                 // which name the booklets' pages
	ofPages
	ofOthers // in a preview, after the first page is shown
)

// An out is an output that can be made.
type out struct {
	name  string
	stage stage
	make  render.Func
}

// outputs lists what can be made, in the order in which it is made.
func outputs() []out {
	return []out{
		{"booklet", ofBooklets, booklet.Render},
		{"epub", ofEPUBs, epub.Render},
		{"site", ofPages, site.Render},
		{"site", ofOthers, search.Render},
		{"site", ofOthers, cards.Render},
		{"exhibition", ofOthers, exhibition.Render},
		{"panels", ofOthers, panels.Render},
		{"data", ofOthers, opendata.Render},
	}
}

// Build runs the pipeline once: five phases, each over what those before have
// finished. Problems in the site's files are diagnostics; render does not begin
// and nothing is published when one of them is an error, so that the output
// folder always holds the last good build. A run that finds everything as the
// last one left it ends there. The error is for failures of the machine.
func (s *Session) Build(ctx context.Context, o Options) (res Result, err error) {
	r := &run{Session: s, o: o}
	defer func() { res, err = r.unreadable(res, err) }()
	if o.Verify {
		r.verify()
	}
	if o.Last {
		s.markdown.Spend()
	}
	defer r.turn()

	if r.stands(ctx) {
		return r.result(), nil
	}
	r.witness()
	if g, edited := s.standing(o); g != nil {
		if res, ok, err := r.touch(ctx, g, edited); ok {
			return res, err
		}
		*r = run{Session: s, o: o}
	}
	r.mark, s.ground = mark(o), nil
	r.enter("load")
	site, contents, th, err := r.load(ctx)
	if err != nil || site == nil {
		return r.result(), err
	}
	if r.recall(contents); r.past != nil && o.Brief != nil && !r.wantsBooks(site) {
		o.Brief()
	}
	r.enter("derive")
	r.late = r.judgesLate(site)
	networks, err := r.derive(ctx, site, contents)
	if err != nil {
		return r.result(), err
	}
	defer r.open(ctx)()
	told := len(r.res.Diagnostics)
	in, err := r.make(ctx, site, contents, networks, th)
	if err == nil && in != nil && !o.Preview {
		err = r.read(ctx, in)
	}
	if r.late {
		err = r.judge(ctx, contents, told, err)
	}
	switch {
	case err != nil || in == nil:
		return r.result(), err
	case !o.Preview:
		return r.finish(ctx)
	case r.failed(): // nothing is shown, but all problems are
		err := r.render(ctx, in, ofOthers)
		return r.result(), err
	}
	s.ground = r.prepare(in)
	return r.preview(in, s.ground)
}

// make plans the pictures and makes the outputs, or as much as a preview shows first. in is
// nil when problems end it before.
func (r *run) make(ctx context.Context, site *config.Site, contents []*model.Content, networks []*derive.Network, th *theme.Theme) (in *render.Input, err error) {
	o := r.o
	r.enter("media")
	pictures, err := r.pictures(ctx, contents)
	if err != nil || r.failed() {
		return nil, err
	}
	r.enter("render")
	in = &render.Input{Site: site, Networks: networks, Theme: th, Pages: kept(r, &r.pages), Media: pictures, Markdown: r.markdown.With(nil), Land: r.land, Now: o.Now, Version: o.Version, Root: o.Root, Preview: o.Preview, Shared: new(memo.Table[any]), Rest: o.Rest}
	if o.Cache != "" {
		in.Disk = memo.NewDisk(filepath.Join(o.Cache, "books"), o.Now, o.Verify)
		if err := in.Disk.Trim(cacheAge); err != nil {
			return nil, err
		}
	}
	if r.stage != nil && o.Last && !r.alone() {
		in.Take = r.stage.Take
	}
	if err := r.books(ctx, in); err != nil {
		return nil, err
	}
	r.frame(in)
	in.Words = r.memory(in)
	r.bound = len(r.files)
	switch {
	case o.Preview:
		err = r.render(ctx, in, ofPages)
	case !r.late:
		err = r.render(ctx, in, ofPages, ofOthers)
	default:
		err = par.Do(ctx,
			func() error { return r.render(ctx, in, ofPages) },
			func() error { in.Found = search.Find(in); return nil },
		)
		if err == nil {
			r.hand(in)
			in.Make = r.makeNow
			err = r.render(ctx, in, ofOthers)
		}
	}
	if err != nil {
		return nil, err
	}
	return in, r.copies(in)
}

// finish publishes what was made and read.
func (r *run) finish(ctx context.Context) (Result, error) {
	if r.failed() {
		return r.result(), nil
	}
	r.enter("publish")
	if err := r.publish(ctx); err != nil {
		return r.result(), err
	}
	r.account()
	return r.result(), nil
}
