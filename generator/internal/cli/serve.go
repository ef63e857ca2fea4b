package cli

import (
	"context"
	"fmt"
	"io/fs"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"uccn/generator/internal/build"
	"uccn/generator/internal/config"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/output"
	"uccn/generator/internal/render/booklet"
	"uccn/generator/internal/render/site"
	"uccn/generator/internal/serve"
	"uccn/generator/internal/source"
	"uccn/generator/internal/watch"
)

// serveFlags are the flags of serve beyond those of a build.
type serveFlags struct {
	addr       string
	port       int
	open, poll bool
}

func serveCommand(e *env) *cobra.Command {
	var b buildFlags
	var s serveFlags
	c := &cobra.Command{
		Use: "serve", Short: "Show the site on this machine, and rebuild on every save", Args: cobra.NoArgs,
		Example: `  uccn serve
  uccn serve --open --drafts
  uccn serve --port 9000 --poll`,
		RunE: func(c *cobra.Command, _ []string) error {
			err := e.serve(c.Context(), b, s)
			if c.Context().Err() != nil {
				return errStopped
			}
			return err
		},
	}
	b.add(c, e)
	f := c.Flags()
	f.StringVar(&s.addr, "addr", "127.0.0.1", "loopback address to listen on")
	f.IntVar(&s.port, "port", 0, "port (default 8080, or a free one if that is taken)")
	f.BoolVar(&s.open, "open", false, "open the browser")
	f.BoolVar(&s.poll, "poll", false, "look at all files twice a second instead of asking the system; for network drives")
	return c
}

func (e *env) serve(ctx context.Context, b buildFlags, f serveFlags) error {
	if f.port < 0 || f.port > 65535 {
		return usagef("--port %d is no port", f.port)
	}
	o, root, err := e.options(b)
	if err != nil {
		return err
	}
	defer root.Close()
	kept := source.Keep(o.Root)
	o.Root, o.Preview = kept, true
	session := build.NewSession(e.now)
	var last build.Result
	var shown bool // the last build's pages are to be seen, whatever is wrong in them
	var books atomic.Pointer[booklet.Preview]
	var srv *serve.Server
	sync := make(watch.Sync)
	watched := watch.Options{
		Sync:   sync,
		Ignore: []string{"public", ".uccn"},
		Soon:   func() { srv.Soon() },
		Polling: func(why error) {
			e.say("the system cannot watch these files (%v); looking at them twice a second", why)
		},
	}
	if f.poll {
		watched.Poll = 500 * time.Millisecond
	}
	batches, err := watch.Watch(ctx, root.Name(), watched) // before the first build, so that no save is missed
	if err != nil {
		return err
	}
	srv = serve.New(serve.Options{
		Addr: f.addr, Port: f.port, Base: e.basePath(o), Policy: site.Policy(),
		Build: func(ctx context.Context, changed []string) (serve.Made, error) {
			kept.Forget(changed)
			res, err := session.Build(ctx, o)
			last, shown = res, res.Files != nil
			if res.Booklet != nil {
				books.Store(res.Booklet)
			}
			return made(res, &last), err
		},
		Read:  func(path string) string { return sourceText(o.Root, path) },
		Built: func(dl diag.List, err error) { e.built(root.Name(), last, shown, dl, err) },
		Sync:  sync.Wait,
		Besides: map[string]func(context.Context, string) (output.File, error){
			booklet.PreviewAt: func(ctx context.Context, path string) (output.File, error) {
				if p := books.Load(); p != nil {
					return p.File(ctx, path)
				}
				return output.File{}, fs.ErrNotExist
			},
		},
		Beside: func(page string) (path, label string) {
			if p := books.Load(); p != nil {
				path = p.Beside(page)
			}
			return path, "in the booklet"
		},
		Follow: func(context.Context) {
			for batch := range batches {
				srv.Changed(batch.Paths, batch.Signs)
			}
		},
	})
	l, err := srv.Listen()
	if err != nil {
		return err
	}
	fmt.Fprintln(e.out, srv.Address(l))
	e.say("saving a file rebuilds the site; Ctrl-C ends")
	if f.open {
		if err := browse(srv.Address(l)); err != nil {
			e.say("the browser could not be opened: %v", err)
		}
	}
	return srv.Run(ctx, l)
}

// made hands a build over to the server; last becomes its rest when that is done.
func made(res build.Result, last *build.Result) serve.Made {
	m := serve.Made{Files: res.Files, Problems: res.Diagnostics}
	if res.Rest != nil {
		m.Rest = func(ctx context.Context) (serve.Made, error) {
			all, err := res.Rest(ctx)
			if err == nil {
				*last = all
			}
			return serve.Made{Files: all.Files, Problems: all.Diagnostics}, err
		}
	}
	return m
}

// basePath returns the path below which the site will lie, as far as site.yaml
// can be read now.
func (e *env) basePath(o build.Options) string {
	s, _, err := config.Read(o.Root)
	if err != nil || s == nil {
		return "/"
	}
	if o.BaseURL != "" {
		s.BaseURL = o.BaseURL
	}
	return s.BasePath()
}

// built tells the editor how a build went.
func (e *env) built(dir string, res build.Result, shown bool, dl diag.List, err error) {
	if err != nil {
		fmt.Fprintf(e.err, "uccn: %v\n", err)
		return
	}
	e.problems(e.err, filepath.Clean(dir), dl.Only(diag.Error))
	var took time.Duration
	for _, s := range res.Timing {
		took += s.Took
	}
	if dl.HasErrors() {
		what := "the last good site stays"
		if shown {
			what = "shown all the same; a build would publish nothing"
		}
		e.verdict(dl, what)
		return
	}
	e.say("%d files in %d ms, %s", len(res.Files), took.Milliseconds(), count(dl.Count(diag.Warning), "warning"))
}

// browse opens an address in the user's browser.
func browse(address string) error {
	switch runtime.GOOS {
	case "darwin":
		return exec.Command("open", address).Start()
	case "windows":
		return exec.Command("rundll32", "url.dll,FileProtocolHandler", address).Start()
	}
	return exec.Command("xdg-open", address).Start()
}
