package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"
)

// WatchRun is what watch mode gave: times from the save to the changed output
// being on disk, and the processor time until the tool was quiet again.
type WatchRun struct {
	Ready             time.Duration
	Body, Title, Tmpl time.Duration
	BodyCPU, TitleCPU time.Duration
	RSS               int64
	Missed            []string
	BodyAll, TitleAll []time.Duration
}

var reTitle = regexp.MustCompile(`(?m)^(title|name): .*$`)

// watchFor polls one output file, or one served page, until it holds the mark.
func (p *Peer) watchFor(file string, mark []byte, limit time.Duration) (time.Duration, bool) {
	t := time.Now()
	for p.Serve != "" && time.Since(t) < limit {
		if b, err := get(file); err == nil && bytes.Contains(b, mark) {
			return time.Since(t), true
		}
		time.Sleep(500 * time.Microsecond)
	}
	var last time.Time
	var size int64 = -1
	for time.Since(t) < limit {
		if st, err := os.Stat(file); err == nil && (st.ModTime() != last || st.Size() != size) {
			if b, err := os.ReadFile(file); err == nil && bytes.Contains(b, mark) {
				return time.Since(t), true
			}
			if time.Since(st.ModTime()) > 50*time.Millisecond {
				last, size = st.ModTime(), st.Size()
			}
		}
		time.Sleep(500 * time.Microsecond)
	}
	return limit, false
}

// get fetches a served page.
func get(address string) ([]byte, error) {
	r, err := http.Get(address)
	if err != nil {
		return nil, err
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusOK {
		return nil, errors.New(r.Status)
	}
	return io.ReadAll(r.Body)
}

// there reports whether a kind of output can be read.
func (p *Peer) there(out, kind, slug string) bool {
	if p.Serve != "" {
		_, err := get(p.seen(out, kind, slug))
		return err == nil
	}
	_, err := os.Stat(p.path(out, kind, slug))
	return err == nil
}

// seen is where watch mode shows an output: a file or an address.
func (p *Peer) seen(out, kind, slug string) string {
	if p.Serve != "" {
		return p.Serve + strings.TrimSuffix(strings.ReplaceAll(p.Layout[kind], "{slug}", slug), "index.html")
	}
	return p.path(out, kind, slug)
}

// quiet waits until the process tree has used no processor time for a while.
func quiet(pid int, still, limit time.Duration) {
	end := time.Now().Add(limit)
	at, was := time.Now(), cpuOf(pid)
	for time.Now().Before(end) && time.Since(at) < still {
		time.Sleep(50 * time.Millisecond)
		if c := cpuOf(pid); c-was > 10*time.Millisecond {
			at, was = time.Now(), c
		}
	}
}

// WatchTest starts the tool's watch mode, edits files and waits for results.
func (p *Peer) WatchTest(s *Set, site, out string, edits int, limit time.Duration) (WatchRun, error) {
	var w WatchRun
	if err := p.clean(site, out); err != nil {
		return w, err
	}
	args := p.expand(p.Watch, site, out)
	c := exec.Command(args[0], args[1:]...)
	c.Dir = site
	c.Env = append(os.Environ(), p.Env...)
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	logf, err := os.Create(site + ".watch.log")
	if err != nil {
		return w, err
	}
	defer logf.Close()
	c.Stdout, c.Stderr = logf, logf
	t := time.Now()
	if err := c.Start(); err != nil {
		return w, err
	}
	done := make(chan error, 1)
	go func() { done <- c.Wait() }()
	pid := c.Process.Pid
	defer func() {
		syscall.Kill(-pid, syscall.SIGTERM) // the group that we made
		select {
		case <-done:
		case <-time.After(5 * time.Second):
			syscall.Kill(-pid, syscall.SIGKILL)
			<-done
		}
	}()
	for {
		if p.there(out, "city", s.Cities[len(s.Cities)-1].Slug) && p.there(out, "sitemap", "") && p.there(out, "search", "") {
			break
		}
		select {
		case err := <-done:
			done <- err
			return w, fmt.Errorf("watch mode ended: %v (see %s)", err, logf.Name())
		default:
		}
		if time.Since(t) > limit {
			return w, errors.New("watch mode wrote no full output in time")
		}
		time.Sleep(5 * time.Millisecond)
	}
	w.Ready = time.Since(t)
	quiet(pid, time.Second, limit)
	time.Sleep(500 * time.Millisecond)

	edit := func(slug string, f func(string) string) error {
		file := filepath.Join(site, p.Dirs["cities"], slug+".md")
		b, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		return os.WriteFile(file, []byte(f(string(b))), 0o644)
	}
	var bc, tc []time.Duration
	for i := 0; i < edits; i++ {
		x := s.Cities[(i*7919+13)%len(s.Cities)]
		mark := fmt.Sprintf("rev-%04d", 1000+i)
		cpu := cpuOf(pid)
		if err := edit(x.Slug, func(t string) string { return strings.ReplaceAll(t, "rev-0000", mark) }); err != nil {
			return w, err
		}
		d, ok := p.watchFor(p.seen(out, "city", x.Slug), []byte(mark), limit)
		if !ok {
			w.Missed = append(w.Missed, "body edit of "+x.Slug)
			break
		}
		w.BodyAll = append(w.BodyAll, d)
		quiet(pid, 700*time.Millisecond, limit)
		bc = append(bc, cpuOf(pid)-cpu)
	}
	// A new name must also reach the field's listing page.
	for i := 0; i < (edits+1)/2; i++ {
		x := s.Cities[(i*6007+29)%len(s.Cities)]
		name := fmt.Sprintf("Renamed City %d", i)
		cpu := cpuOf(pid)
		if err := edit(x.Slug, func(t string) string {
			return reTitle.ReplaceAllString(t, `${1}: "`+name+`"`)
		}); err != nil {
			return w, err
		}
		d, ok := p.watchFor(p.seen(out, "field", slugify(x.Field)), []byte(name), limit)
		if !ok {
			w.Missed = append(w.Missed, "name edit of "+x.Slug+" never reached its field page")
			quiet(pid, 700*time.Millisecond, limit)
			break
		}
		w.TitleAll = append(w.TitleAll, d)
		quiet(pid, 700*time.Millisecond, limit)
		tc = append(tc, cpuOf(pid)-cpu)
	}
	if p.Template != "" {
		file := filepath.Join(site, p.Template)
		if b, err := os.ReadFile(file); err == nil {
			nb := bytes.Replace(b, []byte("at the heart of"), []byte("in the middle of"), 1)
			t := time.Now()
			os.WriteFile(file, nb, 0o644)
			ok := true
			for _, i := range []int{0, len(s.Cities) / 2, len(s.Cities) - 1} {
				if _, k := p.watchFor(p.seen(out, "city", s.Cities[i].Slug), []byte("in the middle of"), limit-time.Since(t)); !k {
					ok = false
					break
				}
			}
			if ok {
				w.Tmpl = time.Since(t)
			} else {
				w.Missed = append(w.Missed, "template edit")
			}
		}
	}
	w.RSS = hwmOf(pid)
	w.Body, w.Title = median(w.BodyAll), median(w.TitleAll)
	w.BodyCPU, w.TitleCPU = median(bc), median(tc)
	return w, nil
}
