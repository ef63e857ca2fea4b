package cli

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"uccn/generator/internal/build"
	"uccn/generator/internal/cli/heap"
	"uccn/generator/internal/cli/siteroot"
	"uccn/generator/internal/config"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/load"
	"uccn/generator/internal/model"
	"uccn/generator/internal/publish"
	"uccn/generator/internal/watch"
)

// buildFlags are the flags of the commands that build.
type buildFlags struct {
	output, edition, baseURL, clock string
	only                            []string
	drafts, strict, noCache, watch  bool
	jobs                            int
}

func (b *buildFlags) add(c *cobra.Command, e *env) {
	f := c.Flags()
	f.StringVar(&b.edition, "edition", "", "show this edition instead of the site's")
	f.BoolVar(&b.drafts, "drafts", false, "drafts and records under review too")
	f.StringVar(&b.baseURL, "base-url", "", "address where the site will be read, instead of the site's own")
	f.BoolVar(&b.strict, "strict", false, "warnings are errors")
	f.BoolVar(&e.flags.all, "all-problems", false, fmt.Sprintf("print every problem, not only the first %d", manyProblems))
	f.StringVar(&b.clock, "clock", "", "build as if today were this date, such as 2018-06-30")
	f.BoolVar(&b.noCache, "no-cache", false, "remember nothing of earlier builds")
	f.IntVar(&b.jobs, "jobs", 0, "how many things to do at once (default: as many as there are processors)")
}

func buildCommand(e *env) *cobra.Command {
	var b buildFlags
	c := &cobra.Command{
		Use: "build", Short: "Make everything the site is configured for, into public/",
		Example: `  uccn build
  uccn build --edition 2023 --output /tmp/site
  uccn build --only site --drafts --strict`,
		RunE: func(c *cobra.Command, _ []string) error { return e.build(c.Context(), b) },
	}
	b.add(c, e)
	c.Flags().StringVar(&b.output, "output", "", "folder to write to (default: public in the site's folder)")
	c.Flags().BoolVar(&b.watch, "watch", false, "build again on every save, until Ctrl-C")
	c.Flags().StringSliceVar(&b.only, "only", nil, "make only these: "+strings.Join(config.Outputs(), ","))
	return c
}

// options makes a build's options of the flags. The caller closes the root.
func (e *env) options(b buildFlags) (build.Options, *os.Root, error) {
	var o build.Options
	dir, err := e.siteDir()
	if err != nil {
		return o, nil, err
	}
	for _, name := range b.only {
		if err := oneOf("--only", name, "nothing that can be made", config.Outputs()); err != nil {
			return o, nil, err
		}
	}
	if b.jobs < 0 {
		return o, nil, usagef("--jobs %d is no number of things to do at once", b.jobs)
	}
	if b.jobs > 0 {
		runtime.GOMAXPROCS(b.jobs)
	}
	if u, err := url.Parse(b.baseURL); b.baseURL != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" || u.Fragment != "") {
		return o, nil, usagef("--base-url %q is no address such as https://host/path/", b.baseURL)
	}
	now, err := e.clock(b.clock)
	if err != nil {
		return o, nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return o, nil, err
	}
	site := siteroot.New(root)
	if b.edition != "" {
		ids, err := load.IDs(site, model.Editions)
		if err == nil {
			err = oneOf("--edition", b.edition, "no edition", ids)
		}
		if err != nil {
			return o, nil, errors.Join(err, root.Close())
		}
	}
	o = build.Options{
		Root: site, Now: now, Version: version(),
		Edition: b.edition, BaseURL: b.baseURL, Only: b.only, Drafts: b.drafts, Strict: b.strict,
		Verify: e.getenv("UCCN_VERIFY") == "1",
	}
	if !b.noCache {
		o.Cache = filepath.Join(dir, ".uccn", "cache")
	}
	return o, root, nil
}

func (e *env) build(ctx context.Context, b buildFlags) error {
	o, root, err := e.options(b)
	if err != nil {
		return err
	}
	defer root.Close()
	o.Last = !b.watch
	out := b.output
	if out == "" {
		out = filepath.Join(root.Name(), "public")
	}
	o.Publish = publish.Options{Dir: out, Sources: sources(root.Name()), Waiting: func() { e.say("another build is writing to %s; waiting for it", out) }}
	session := build.NewSession(e.now)
	if !b.watch {
		c := heap.Begin()
		o.Rest = c.Rest()
		return e.buildOnce(ctx, session, o, b, root.Name(), c)
	}
	batches, err := watch.Watch(ctx, root.Name(), watch.Options{Ignore: outputInside(root.Name(), out)})
	if err != nil {
		return err
	}
	if err := e.buildOnce(ctx, session, o, b, root.Name(), nil); err != nil && !errors.Is(err, errContent) {
		return err
	}
	e.say("saving a file builds again; Ctrl-C ends")
	for range batches {
		if err := e.buildOnce(ctx, session, o, b, root.Name(), nil); err != nil && !errors.Is(err, errContent) {
			return err
		}
	}
	return errStopped
}

// outputInside names the folders of the site that a build writes itself.
func outputInside(dir, out string) []string {
	ignore := []string{"public", ".uccn"}
	if abs, err := filepath.Abs(out); err == nil {
		if rel, err := filepath.Rel(dir, abs); err == nil && filepath.IsLocal(rel) {
			ignore = append(ignore, filepath.ToSlash(rel))
		}
	}
	return ignore
}

// buildOnce builds, publishes and tells of it. c is nil when other builds follow.
func (e *env) buildOnce(ctx context.Context, s *build.Session, o build.Options, b buildFlags, dir string, c *heap.Collector) error {
	p := e.progress()
	o.Phase, o.Brief = c.Phase(p.phase), c.Brief
	res, err := s.Build(ctx, o)
	p.end()
	switch {
	case errors.Is(err, publish.ErrSources) && b.output != "":
		return usagef("--output %s: %v", b.output, publish.ErrSources)
	case err != nil:
		return err
	}
	e.problems(e.err, dir, res.Diagnostics)
	if res.Diagnostics.HasErrors() {
		e.verdict(res.Diagnostics, "nothing was changed")
		if e.flags.json {
			return errors.Join(e.summary("build", res.Diagnostics), errContent)
		}
		return errContent
	}
	return e.closing(res)
}

// sources lists what the output folder may be neither in nor around.
func sources(dir string) []string {
	var out []string
	for _, name := range []string{"content", "themes", "generator", "static", ".git", config.File} {
		out = append(out, filepath.Join(dir, name))
	}
	return out
}

// closing prints the last line of a build.
func (e *env) closing(res build.Result) error {
	var total time.Duration
	var phases []string
	for _, s := range res.Timing {
		total += s.Took
		phases = append(phases, fmt.Sprintf("%s %s", s.Phase, seconds(s.Took)))
	}
	if e.flags.json {
		took := map[string]float64{}
		for _, s := range res.Timing {
			took[s.Phase] = s.Took.Seconds()
		}
		return e.answer(map[string]any{
			"type": "build", "written": res.Report.Written, "unchanged": res.Report.Unchanged, "removed": res.Report.Removed,
			"errors": 0, "warnings": res.Diagnostics.Count(diag.Warning), "seconds": took,
		})
	}
	if n := res.Diagnostics.Count(diag.Warning); n > 0 && !e.flags.quiet {
		e.verdict(res.Diagnostics, "published all the same")
	}
	if !e.flags.quiet {
		fmt.Fprintf(e.out, "%d written, %d unchanged, %d removed in %s (%s)\n",
			res.Report.Written, res.Report.Unchanged, res.Report.Removed, seconds(total), strings.Join(phases, ", "))
	}
	return nil
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f s", d.Seconds()) }
