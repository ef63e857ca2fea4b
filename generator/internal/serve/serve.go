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
	// the first time.
	Build func(ctx context.Context, changed []string) (Made, error)

	// Read returns the text of a source, to show the line of a problem.
	Read func(path string) string

	// Besides finds files that are made when they are asked for and are none of the
	// site's, by the folder below the site's that they seem to lie in, such as
	// "booklet/preview/", and then by their path in it. It is asked when every change
	// is in the site; fs.ErrNotExist says that there is no such file.
	Besides map[string]func(ctx context.Context, path string) (output.File, error)

	// Beside, if set, returns the path of what is to be seen beside a page of the
	// site, given by its path, and what to call it; "" for nothing.
	Beside func(page string) (path, label string)

	// Follow runs beside the server until its context ends; it tells the server of
	// changes through Soon and Changed.
	Follow func(ctx context.Context)

	// Sync, if set, returns when Soon has been called for every change of the files
	// that was made before; each request waits for it.
	Sync func(ctx context.Context)

	// Built is called from the server's own loop after each build that failed or is
	// done with its rest.
	Built func(problems diag.List, err error)
}

// Made is what one call of Build came to. Without files the last good ones stay.
type Made struct {
	Files    []output.File // never changed afterwards
	Problems diag.List

	// Rest, if set, makes the files that are missing and finds the problems that
	// only the finished pages show. It is called when nobody waits for a page, again
	// if its context ended too soon, and never beside a Build.
	Rest func(ctx context.Context) (Made, error)
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

// An ask is a request that wants the site.
type ask struct {
	when  when
	reply chan *site
}

// when is how long a request waits.
type when int

const (
	atOnce when = iota
	fresh       // until every change that has been noticed is in it
	whole       // and all of its files are known
)

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

// result is what a call of Build or of its Rest came to.
type result struct {
	Made
	err   error
	rest  bool // of Rest
	ended bool // Rest was stopped, and is to be called again
}

// breath is how long the server waits for requests before it makes the rest.
const breath = 100 * time.Millisecond

// A shift is the state of the server's loop.
type shift struct {
	*Server
	now      *site
	done     chan result
	waiting  []ask
	paths    []string // that have changed since the last build began
	signs    int      // changes that are coming
	want     bool     // a build
	working  bool     // a build or a rest is under way
	building bool     // it is a build
	rest     func(context.Context) (Made, error)
	past     bool               // rest is of the last good build, and the newest has failed
	stop     context.CancelFunc // ends the rest under way
	pause    *time.Timer        // before the rest
	rested   bool               // the pause is over
}

func (s *Server) loop(ctx context.Context) {
	defer close(s.done)
	l := &shift{Server: s, now: &site{replaced: make(chan struct{})}, done: make(chan result, 1), want: true, stop: func() {}, pause: time.NewTimer(breath)}
	for {
		l.begin(ctx)
		l.answer()
		select {
		case <-ctx.Done():
			l.stop()
			if l.working {
				<-l.done
			}
			return
		case <-s.soon:
			l.signs++
			l.stop()
		case c := <-s.changed:
			l.signs -= c.signs
			l.want = l.want || len(c.paths) > 0
			l.paths = append(l.paths, c.paths...)
			slices.Sort(l.paths)
			l.paths = slices.Compact(l.paths)
		case a := <-s.asks:
			l.waiting = append(l.waiting, a)
		case <-l.pause.C:
			l.rested = true
		case r := <-l.done:
			l.take(r)
		}
	}
}

// begin starts a build, or else the rest of the last, when it is time.
func (l *shift) begin(ctx context.Context) {
	switch {
	case l.working:
	case l.want:
		changed := l.paths
		l.want, l.working, l.building, l.paths = false, true, true, nil
		go func() {
			m, err := l.o.Build(ctx, changed)
			l.done <- result{Made: m, err: err}
		}()
	case l.rest != nil && l.signs <= 0 && (l.rested || slices.ContainsFunc(l.waiting, func(a ask) bool { return a.when == whole })):
		ctx, stop := context.WithCancel(ctx)
		l.working, l.stop = true, stop
		rest := l.rest
		go func() {
			m, err := rest(ctx)
			ended := ctx.Err() != nil
			stop()
			l.done <- result{Made: m, err: err, rest: true, ended: ended}
		}()
	}
}

// answer replies to the requests that need not wait any longer.
func (l *shift) answer() {
	ready := atOnce
	if l.signs <= 0 && !l.want && !l.building {
		ready = fresh
		if l.rest == nil {
			ready = whole
		}
	}
	l.waiting = slices.DeleteFunc(l.waiting, func(a ask) bool {
		if a.when > ready {
			return false
		}
		a.reply <- l.now
		return true
	})
}

// take puts a new site in the place of the old one.
func (l *shift) take(r result) {
	l.working, l.building, l.stop = false, false, func() {}
	if r.rest && r.ended {
		return
	}
	old := l.now
	switch {
	case r.rest && l.past:
		r.Problems, r.err = old.problems, old.failure
		l.now, l.rest = old.completed(r), nil
	case r.rest:
		l.now, l.rest = old.completed(r), nil
	default:
		l.now = old.next(r)
		if l.past = r.Files == nil; !l.past {
			l.rest = r.Rest
		}
		l.rested = false
		l.pause.Reset(breath)
	}
	l.now.rest = l.rest != nil
	close(old.replaced)
	if told := r.rest && l.past; l.o.Built != nil && !told && (l.rest == nil || l.past) {
		l.o.Built(r.Problems, r.err)
	}
}

// get returns the site when it is as w wants it. It returns nil when the server or
// the request ends first.
func (s *Server) get(ctx context.Context, w when) *site {
	if w != atOnce && s.o.Sync != nil {
		s.o.Sync(ctx)
	}
	a := ask{w, make(chan *site, 1)}
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
