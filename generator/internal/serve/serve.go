// Package serve shows the site while it is being written: from memory, on this
// machine only, never a page older than the files it came from. It serves the
// finished files of a build and nothing else; it reads no disk.
package serve

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/output"
)

// Options says what to serve and where.
type Options struct {
	Addr   string // the address of a loopback interface; 127.0.0.1 when empty
	Port   int    // 0: 8080 or, if that is taken, any free one
	Base   string // the path below which the site lies; "/" when empty
	Policy string // the site's Content-Security-Policy, sent with its pages

	// Build makes the site anew; changed are the files that the watcher named, nil
	// the first time. Without files the last good ones stay.
	Build func(ctx context.Context, changed []string) ([]output.File, diag.List, error)

	// Read returns the text of a source, to show the line of a problem.
	Read func(path string) string

	// Handlers answer requests below their prefix, such as "/booklet/preview/". They
	// see only requests from this site itself, of any method.
	Handlers map[string]http.Handler

	// Follow runs beside the server until its context ends; it tells the server of
	// changes through Soon and Changed.
	Follow func(ctx context.Context)

	// Sync, if set, returns when Soon has been called for every change of the files
	// that was made before; each request waits for it.
	Sync func(ctx context.Context)

	// Built is called after each build, from the server's own loop.
	Built func(problems diag.List, err error)
}

// A Server serves one site. Its state belongs to the loop of Run.
type Server struct {
	o       Options
	soon    chan struct{}
	changed chan change
	asks    chan ask
	done    chan struct{} // closed when Run has ended
	streams chan struct{} // one place for each reload stream
}

type change struct {
	paths []string
	signs int
}

// An ask is a request that wants the site: at once, or not before every change
// that has been noticed is in it.
type ask struct {
	fresh bool
	reply chan *site
}

// New returns a server that has not built anything yet.
func New(o Options) *Server {
	o.Base = "/" + strings.Trim(o.Base, "/") + "/"
	if o.Base == "//" {
		o.Base = "/"
	}
	return &Server{
		o: o, soon: make(chan struct{}), changed: make(chan change), asks: make(chan ask),
		done: make(chan struct{}), streams: make(chan struct{}, 64),
	}
}

// errLoopback refuses an address that other machines could reach.
var errLoopback = errors.New("not an address of this machine alone; use 127.0.0.1, ::1 or localhost")

// usual is the port that is tried first when none is asked for.
const usual = 8080

// Listen opens the port.
func (s *Server) Listen() (net.Listener, error) {
	host := s.o.Addr
	if host == "" {
		host = "127.0.0.1"
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fmt.Errorf("serve on %s: %w", host, errLoopback)
	}
	port := s.o.Port
	if port == 0 {
		port = usual
	}
	l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(port)))
	if err != nil && s.o.Port == 0 {
		l, err = net.Listen("tcp", net.JoinHostPort(host, "0"))
	}
	if err != nil {
		return nil, fmt.Errorf("serve: %w", err)
	}
	return l, nil
}

// Address returns where the site is to be seen through l.
func (s *Server) Address(l net.Listener) string { return "http://" + l.Addr().String() + s.o.Base }

// Run builds and serves until ctx ends.
func (s *Server) Run(ctx context.Context, l net.Listener) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go s.loop(ctx)
	if s.o.Follow != nil {
		go s.o.Follow(ctx)
	}
	h := &http.Server{
		Handler: s.guard(l.Addr().(*net.TCPAddr).Port, http.HandlerFunc(s.serve)), BaseContext: func(net.Listener) context.Context { return ctx },
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: 2 * time.Minute, IdleTimeout: time.Minute, MaxHeaderBytes: 16 << 10,
	}
	stop := context.AfterFunc(ctx, func() { h.Close() })
	defer stop()
	err := h.Serve(l)
	cancel()
	<-s.done
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return fmt.Errorf("serve: %w", err)
}

// Soon says that a change is coming: from now on requests wait until Changed has
// been called for it and the build with it is done.
func (s *Server) Soon() {
	select {
	case s.soon <- struct{}{}:
	case <-s.done:
	}
}

// Changed says that paths have changed and answers so many calls of Soon.
func (s *Server) Changed(paths []string, signs int) {
	select {
	case s.changed <- change{paths, signs}:
	case <-s.done:
	}
}

// result is what one call of Build came to.
type result struct {
	files    []output.File
	problems diag.List
	err      error
}

func (s *Server) loop(ctx context.Context) {
	defer close(s.done)
	now := &site{replaced: make(chan struct{})}
	built := make(chan result, 1)
	var waiting []ask
	var paths []string
	signs, want, building := 0, true, false
	for {
		if want && !building {
			changed := paths
			want, building, paths = false, true, nil
			go func() {
				files, problems, err := s.o.Build(ctx, changed)
				built <- result{files, problems, err}
			}()
		}
		if signs <= 0 && !want && !building {
			for _, a := range waiting {
				a.reply <- now
			}
			waiting = nil
		}
		select {
		case <-ctx.Done():
			if building {
				<-built
			}
			return
		case <-s.soon:
			signs++
		case c := <-s.changed:
			signs -= c.signs
			want = want || len(c.paths) > 0
			paths = append(paths, c.paths...)
			slices.Sort(paths)
			paths = slices.Compact(paths)
		case a := <-s.asks:
			if a.fresh {
				waiting = append(waiting, a)
			} else {
				a.reply <- now
			}
		case r := <-built:
			building = false
			next := now.next(r)
			close(now.replaced)
			now = next
			if s.o.Built != nil {
				s.o.Built(r.problems, r.err)
			}
		}
	}
}

// get returns the site, with fresh not before all noticed changes are in it. It
// returns nil when the server or the request ends first.
func (s *Server) get(ctx context.Context, fresh bool) *site {
	if fresh && s.o.Sync != nil {
		s.o.Sync(ctx)
	}
	a := ask{fresh, make(chan *site, 1)}
	select {
	case s.asks <- a:
	case <-s.done:
		return nil
	case <-ctx.Done():
		return nil
	}
	select {
	case st := <-a.reply:
		return st
	case <-s.done:
		return nil
	case <-ctx.Done():
		return nil
	}
}
