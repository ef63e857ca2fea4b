package serve

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/output"
)

// A rig is a running server whose builds the test controls.
type rig struct {
	t     *testing.T
	s     *Server
	port  int
	url   string
	next  atomic.Pointer[result]
	begun chan []string
	hold  chan bool // when set, a build waits for it
}

func page(p, text string) output.File {
	return output.File{Path: p, Data: []byte("<!doctype html><html lang=\"en\"><head><link rel=\"stylesheet\" href=\"/assets/site.1.css\"></head><body>" + text + "</body></html>")}
}

func usualSite() []output.File {
	return []output.File{
		page("index.html", "home"), page("cities/lodz/index.html", "Łódź"), page("404.html", "lost"), page("fr/404.html", "perdu"), page("fr/index.html", "accueil"),
		{Path: "assets/site.1.css", Data: []byte("a{}")}, {Path: "data/cities.csv", Data: []byte("id,name\n")}, {Path: "a b/é.txt", Data: []byte("x")},
		{Path: "photo.jpg", Blob: blob{"key", "jpeg"}}, {Path: "broken.jpg", Blob: blob{"k", ""}},
	}
}

type blob struct{ key, data string }

func (b blob) Key() string { return b.key }
func (b blob) Bytes(context.Context) ([]byte, error) {
	if b.data == "" {
		return nil, errors.New("cannot be made")
	}
	return []byte(b.data), nil
}

func start(t *testing.T, o Options, first result) *rig {
	t.Helper()
	r := &rig{t: t, begun: make(chan []string, 100)}
	r.next.Store(&first)
	o.Build = func(ctx context.Context, changed []string) (Made, error) {
		r.begun <- changed
		if r.hold != nil {
			select {
			case <-r.hold:
			case <-ctx.Done():
			}
		}
		n := r.next.Load()
		return n.Made, n.err
	}
	r.s = New(o)
	l, err := r.s.Listen()
	if err != nil {
		t.Fatal(err)
	}
	r.port = l.Addr().(*net.TCPAddr).Port
	r.url = "http://" + l.Addr().String()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- r.s.Run(ctx, l) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(5 * time.Second):
			t.Error("the server does not end")
		}
	})
	return r
}

// raw sends a request line as it is and returns the answer.
func (r *rig) raw(method, target string, headers ...string) (*http.Response, string) {
	r.t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(r.url, "http://"))
	if err != nil {
		r.t.Fatal(err)
	}
	defer c.Close()
	head := fmt.Sprintf("%s %s HTTP/1.1\r\nConnection: close\r\n", method, target)
	if !strings.Contains(strings.Join(headers, "\n"), "Host:") {
		head += fmt.Sprintf("Host: 127.0.0.1:%d\r\n", r.port)
	}
	for _, h := range headers {
		head += strings.ReplaceAll(h, "PORT", fmt.Sprint(r.port)) + "\r\n"
	}
	if _, err := io.WriteString(c, head+"\r\n"); err != nil {
		r.t.Fatal(err)
	}
	resp, err := http.ReadResponse(bufio.NewReader(c), &http.Request{Method: method})
	if err != nil {
		r.t.Fatalf("%s %s: %v", method, target, err)
	}
	body, _ := io.ReadAll(resp.Body)
	return resp, string(body)
}

func TestAnswers(t *testing.T) {
	r := start(t, Options{Policy: "default-src 'none'; script-src 'sha256-x'; style-src 'none'"}, result{Made: Made{Files: usualSite()}})
	for _, tt := range []struct {
		target string
		status int
		kind   string
		words  string
	}{
		{"/", 200, "text/html; charset=utf-8", "home<script src=\"/.uccn/live.js?build=1\" defer></script></body>"},
		{"/index.html", 200, "text/html; charset=utf-8", "home"},
		{"/cities/lodz/", 200, "text/html; charset=utf-8", "Łódź"},
		{"/cities/lodz?x=1", 302, "", ""},
		{"/cities/", 404, "text/html; charset=utf-8", "lost"},
		{"/cities", 404, "text/html; charset=utf-8", "lost"},
		{"/fr/nulle-part/", 404, "text/html; charset=utf-8", "perdu"},
		{"/data/cities.csv", 200, "text/csv; charset=utf-8", "id,name"},
		{"/data/", 404, "text/html; charset=utf-8", "lost"},
		{"/a%20b/%C3%A9.txt", 200, "text/plain; charset=utf-8", "x"},
		{"/photo.jpg", 200, "image/jpeg", "jpeg"},
		{"/broken.jpg", 500, "text/plain; charset=utf-8", "cannot be made"},
		{"/.uccn/live.js", 200, "text/javascript; charset=utf-8", "EventSource"},
		{"/.uccn/live.css", 200, "text/css; charset=utf-8", ":host"},
		{"/.uccn/", 404, "text/html; charset=utf-8", "lost"},
	} {
		resp, body := r.raw("GET", tt.target)
		if resp.StatusCode != tt.status || tt.kind != "" && resp.Header.Get("Content-Type") != tt.kind || !strings.Contains(body, tt.words) {
			t.Errorf("%s: %d %s %s", tt.target, resp.StatusCode, resp.Header.Get("Content-Type"), body)
		}
		if resp.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s may be sniffed", tt.target)
		}
		head, empty := r.raw("HEAD", tt.target)
		if head.StatusCode != tt.status || empty != "" {
			t.Errorf("HEAD %s: %d %q", tt.target, head.StatusCode, empty)
		}
	}
	resp, _ := r.raw("GET", "/cities/lodz?x=1")
	if l := resp.Header.Get("Location"); l != "/cities/lodz/?x=1" {
		t.Errorf("sent on to %s", l)
	}
	resp, _ = r.raw("GET", "/")
	if p := resp.Header.Get("Content-Security-Policy"); p != "default-src 'none'; script-src 'sha256-x' 'self'; style-src 'self'; connect-src 'self'" {
		t.Errorf("policy %s", p)
	}
	tag := resp.Header.Get("ETag")
	if resp, _ := r.raw("GET", "/", "If-None-Match: "+tag); resp.StatusCode != 304 {
		t.Errorf("%d for bytes that the browser has", resp.StatusCode)
	}
	if resp, body := r.raw("GET", "/photo.jpg", "Range: bytes=1-2"); resp.StatusCode != 206 || body != "pe" {
		t.Errorf("a part: %d %q", resp.StatusCode, body)
	}
}

func TestBase(t *testing.T) {
	r := start(t, Options{Base: "/creative/cities/"}, result{Made: Made{Files: usualSite()}})
	for target, want := range map[string]int{"/": 302, "/creative/cities": 302, "/creative/cities/": 200, "/creative/cities/fr/": 200, "/fr/": 404, "/creative/": 404, "/.uccn/live.js": 200} {
		if resp, _ := r.raw("GET", target); resp.StatusCode != want {
			t.Errorf("%s: %d, want %d", target, resp.StatusCode, want)
		}
	}
}

// TestRefused: what another site, another machine or a crafted request asks.
func TestRefused(t *testing.T) {
	r := start(t, Options{}, result{Made: Made{Files: usualSite()}})
	for _, tt := range []struct {
		method, target string
		headers        []string
		want           int
	}{
		{"GET", "/", []string{"Host: localhost:PORT"}, 200},
		{"GET", "/", []string{"Host: LOCALHOST:PORT"}, 200},
		{"GET", "/", []string{"Host: [::1]:PORT"}, 200},
		{"GET", "/", []string{"Host: evil.example:PORT"}, 421},
		{"GET", "/", []string{"Host: localhost.evil.example:PORT"}, 421},
		{"GET", "/", []string{"Host: 127.0.0.1.evil.example:PORT"}, 421},
		{"GET", "/", []string{"Host: localhost"}, 421},
		{"GET", "/", []string{"Host: localhost:1"}, 421},
		{"GET", "/", []string{"Host: 192.168.0.1:PORT"}, 421},
		{"GET", "/", []string{"Host: 0.0.0.0:PORT"}, 421},
		{"GET", "/.uccn/live?build=1&page=/", []string{"Origin: http://evil.example"}, 403},
		{"GET", "/.uccn/live?build=1&page=/", []string{"Origin: http://localhost:1"}, 403},
		{"GET", "/.uccn/live?build=1&page=/", []string{"Origin: null"}, 403},
		{"GET", "/.uccn/live?build=1&page=/", []string{"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"}, 403},
		{"GET", "/.uccn/live?build=1&page=/", []string{"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"}, 403},
		{"GET", "/data/cities.csv", []string{"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: script"}, 403},
		{"GET", "/", []string{"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"}, 403},
		{"GET", "/", []string{"Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors"}, 403},
		{"GET", "/", []string{"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"}, 200},
		{"GET", "/", []string{"Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: cors"}, 200},
		{"GET", "/", []string{"Origin: http://127.0.0.1:PORT"}, 200},
		{"POST", "/", []string{"Content-Length: 0"}, 403},
		{"POST", "/", []string{"Content-Length: 0", "Origin: http://127.0.0.1:PORT"}, 405},
		{"PUT", "/", []string{"Origin: http://127.0.0.1:PORT"}, 405},
		{"DELETE", "/", []string{"Origin: http://127.0.0.1:PORT"}, 405},
		{"OPTIONS", "/", []string{"Origin: http://127.0.0.1:PORT"}, 405},
		{"TRACE", "/", []string{"Origin: http://127.0.0.1:PORT"}, 405},
		{"PROPFIND", "/", []string{"Origin: http://127.0.0.1:PORT"}, 405},
		{"POST", "/edit/save", []string{"Content-Length: 0"}, 403},
		{"POST", "/edit/save", []string{"Content-Length: 0", "Origin: http://evil.example"}, 403},
		{"GET", "/../etc/passwd", nil, 400}, {"GET", "/cities/../index.html", nil, 400}, {"GET", "/./", nil, 400}, {"GET", "//evil.example/", nil, 400},
		{"GET", "/%2e%2e/etc/passwd", nil, 400}, {"GET", "/%2E%2E%2Fetc", nil, 400}, {"GET", "/..%2fetc", nil, 400}, {"GET", "/..%5cetc", nil, 400},
		{"GET", "/..\\etc", nil, 400}, {"GET", "/%252e%252e/etc", nil, 404}, {"GET", "/a%00b", nil, 400}, {"GET", "/%c0%ae%c0%ae/x", nil, 404},
		{"GET", "/cities%2flodz/", nil, 400}, {"GET", "/.git/config", nil, 404}, {"GET", "/content/a.md", nil, 404}, {"GET", "/.uccn/assets/live.js", nil, 404},
		{"GET", "/", []string{"X: " + strings.Repeat("x", 40<<10)}, 431},
		{"GET", "/.uccn/live?build=x", nil, 400},
	} {
		resp, body := r.raw(tt.method, tt.target, tt.headers...)
		if resp.StatusCode != tt.want {
			t.Errorf("%s %s %.80q: %d, want %d (%.80s)", tt.method, tt.target, tt.headers, resp.StatusCode, tt.want, body)
		}
		if resp.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s %s: another site may read this", tt.method, tt.target)
		}
	}
	if resp, _ := r.raw("POST", "/edit/save", "Content-Length: 0", "Origin: http://127.0.0.1:PORT"); resp.StatusCode != 405 {
		t.Errorf("a page of the site may send: %d", resp.StatusCode)
	}
}

func TestLoopbackOnly(t *testing.T) {
	for _, addr := range []string{"0.0.0.0", "::", "192.168.1.1", "example.org", "169.254.1.1"} {
		if l, err := New(Options{Addr: addr}).Listen(); !errors.Is(err, errLoopback) {
			if err == nil {
				l.Close()
			}
			t.Errorf("%s: %v", addr, err)
		}
	}
	first, err := New(Options{}).Listen()
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	second, err := New(Options{}).Listen()
	if err != nil {
		t.Fatalf("no other port was found: %v", err)
	}
	second.Close()
	taken := first.Addr().(*net.TCPAddr).Port
	if l, err := New(Options{Port: taken}).Listen(); err == nil {
		l.Close()
		t.Error("a port that was asked for and is taken was replaced")
	}
}

// TestSlowClient: a client that never ends its header holds nobody up.
func TestSlowClient(t *testing.T) {
	r := start(t, Options{}, result{Made: Made{Files: usualSite()}})
	for range 50 {
		c, err := net.Dial("tcp", strings.TrimPrefix(r.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		io.WriteString(c, "GET / HTTP/1.1\r\nHost: loc")
	}
	if resp, _ := r.raw("GET", "/"); resp.StatusCode != 200 {
		t.Error(resp.StatusCode)
	}
}

// TestNeverOlder: from the first sign of a change until the build with it is
// done, requests wait.
func TestNeverOlder(t *testing.T) {
	r := start(t, Options{}, result{Made: Made{Files: usualSite()}})
	r.raw("GET", "/")
	<-r.begun
	r.hold = make(chan bool)
	r.s.Soon()
	got := make(chan string, 1)
	go func() { _, body := r.raw("GET", "/"); got <- body }()
	wait := func(what string) {
		t.Helper()
		select {
		case body := <-got:
			t.Fatalf("answered %s: %s", what, body)
		case <-time.After(40 * time.Millisecond):
		}
	}
	wait("before the change was known")
	r.s.Changed([]string{"b.md", "a.md"}, 1)
	if c := <-r.begun; strings.Join(c, " ") != "a.md b.md" {
		t.Errorf("built for %v", c)
	}
	wait("before the build was done")
	r.s.Soon() // another change while building
	files := usualSite()
	files[0] = page("index.html", "half new")
	r.next.Store(&result{Made: Made{Files: files}})
	r.hold <- true
	wait("with the second change open")
	r.s.Changed([]string{"a.md"}, 1)
	<-r.begun
	files = usualSite()
	files[0] = page("index.html", "new")
	r.next.Store(&result{Made: Made{Files: files}})
	r.hold <- true
	if body := <-got; !strings.Contains(body, ">new<") {
		t.Errorf("got %s", body)
	}
	r.s.Soon()
	r.s.Changed(nil, 1) // a false alarm
	if _, body := r.raw("GET", "/"); !strings.Contains(body, ">new<") {
		t.Errorf("got %s", body)
	}
}

// stream opens the reload stream as a page of that build does.
func (r *rig) stream(build int, page string) func() message {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), 10*time.Second)
	r.t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, "GET", fmt.Sprintf("%s/.uccn/live?build=%d&page=%s", r.url, build, page), nil)
	if err != nil {
		r.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { resp.Body.Close() })
	lines := bufio.NewScanner(resp.Body)
	lines.Buffer(nil, 1<<20)
	return func() (m message) {
		r.t.Helper()
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				if err := json.Unmarshal([]byte(data), &m); err != nil {
					r.t.Fatal(err)
				}
				return m
			}
		}
		r.t.Fatal("the stream ended")
		return m
	}
}

func (r *rig) build(n result) {
	n.Files = slices.Clone(n.Files) // a list stays as it is once it is handed over
	r.next.Store(&n)
	r.s.Soon()
	r.s.Changed([]string{"x"}, 1)
	r.raw("GET", "/") // waits
}

func TestReload(t *testing.T) {
	r := start(t, Options{}, result{Made: Made{Files: usualSite()}})
	r.raw("GET", "/")
	home, lodz, lost := r.stream(1, "/"), r.stream(1, "/cities/lodz/"), r.stream(1, "/nowhere/")
	expect := func(what string, next func() message, do string) message {
		t.Helper()
		m := next()
		if m.Do != do {
			t.Errorf("%s: %s, want %s", what, m.Do, do)
		}
		return m
	}
	for _, next := range []func() message{home, lodz, lost} {
		expect("at first", next, stay)
	}
	files := usualSite()
	files[1] = page("cities/lodz/index.html", "Lodz")
	r.build(result{Made: Made{Files: files}})
	expect("another page changed", home, stay)
	expect("the page changed", lodz, reload)
	files[5] = output.File{Path: "assets/site.1.css", Data: []byte("b{}")}
	r.build(result{Made: Made{Files: append([]output.File(nil), files...)}})
	if m := expect("its style changed", home, style); m.Sheets["assets/site.1.css"] != "assets/site.1.css" {
		t.Errorf("sheets %v", m.Sheets)
	}
	renamed := append([]output.File(nil), files...)
	for i, f := range renamed {
		if strings.HasSuffix(f.Path, ".html") {
			renamed[i].Data = []byte(strings.ReplaceAll(string(f.Data), "site.1.css", "site.2.css"))
		}
	}
	renamed[5] = output.File{Path: "assets/site.2.css", Data: []byte("c{}")}
	r.build(result{Made: Made{Files: renamed}})
	if m := expect("its style changed and has a new name", home, style); m.Sheets["assets/site.1.css"] != "assets/site.2.css" {
		t.Errorf("sheets %v", m.Sheets)
	}
	for range 3 {
		lost()
	}
	expect("a page that sleeps through builds", r.stream(1, "/"), reload)
	r.build(result{Made: Made{Files: append(renamed, page("nowhere/index.html", "now here"))}})
	expect("a missing page appears", lost, reload)
}

// TestRest: what a preview shows first is there at once; an address that is not
// among it, and the problems of finished pages, come with the rest.
// TestBesides: files that are none of the site's, and the way to them.
func TestBesides(t *testing.T) {
	n := 0
	r := start(t, Options{
		Besides: map[string]func(context.Context, string) (output.File, error){"preview/": func(_ context.Context, p string) (output.File, error) {
			if n++; p != "page/" {
				return output.File{}, fs.ErrNotExist
			}
			return page("preview/page/index.html", fmt.Sprint("as it is at ", n)), nil
		}},
		Beside: func(p string) (string, string) {
			if p == "cities/lodz/" {
				return "preview/page/", "beside \"it\""
			}
			return "", ""
		},
	}, result{Made: Made{Files: usualSite()}})
	if _, body := r.raw("GET", "/cities/lodz/"); !strings.Contains(body, `data-beside="/preview/page/" data-label="beside &#34;it&#34;"`) {
		t.Errorf("no way beside: %s", body)
	}
	if _, body := r.raw("GET", "/"); strings.Contains(body, "data-beside") {
		t.Error("a way beside where there is nothing")
	}
	if resp, body := r.raw("GET", "/preview/page/"); resp.StatusCode != 200 || !strings.Contains(body, "as it is at 1") || !strings.Contains(body, "live.js") {
		t.Errorf("%d %s", resp.StatusCode, body)
	}
	if resp, _ := r.raw("GET", "/preview/none"); resp.StatusCode != 404 {
		t.Errorf("a file that is not there: %d", resp.StatusCode)
	}
	next := r.stream(1, "/preview/page/")
	next()
	r.build(result{Made: Made{Files: usualSite()}})
	if m := next(); m.Do != reload {
		t.Errorf("after a build: %s", m.Do)
	}
}

func TestRest(t *testing.T) {
	var dl diag.List
	dl.Warnf(diag.Pos{Path: "content/x.md"}, "dead-link", "a link that leads nowhere")
	begun, hold := make(chan string, 10), make(chan bool)
	made := func(name string) result {
		files := []output.File{{Path: "index.html", Later: output.NewLater(func() ([]byte, error) { return page("", name).Data, nil })}}
		return result{Made: Made{Files: files, Rest: func(ctx context.Context) (Made, error) {
			begun <- name
			select {
			case <-hold:
			case <-ctx.Done():
				begun <- name + " stopped"
				return Made{}, ctx.Err()
			}
			return Made{Files: append(files, page("late/index.html", "late "+name)), Problems: dl}, nil
		}}}
	}
	expect := func(want string) {
		t.Helper()
		select {
		case got := <-begun:
			if got != want {
				t.Fatalf("%q, want %q", got, want)
			}
		case <-time.After(5 * time.Second):
			t.Fatalf("nothing, want %q", want)
		}
	}
	r := start(t, Options{}, made("one"))
	if _, body := r.raw("GET", "/"); !strings.Contains(body, ">one<") {
		t.Fatalf("got %s", body)
	}
	next := r.stream(1, "/")
	if m := next(); m.Do != stay || len(m.Problems) != 0 {
		t.Errorf("before the rest: %+v", m)
	}
	late := make(chan string, 1)
	go func() { _, body := r.raw("GET", "/late/"); late <- body }()
	expect("one")
	hold <- true
	if body := <-late; !strings.Contains(body, "late one") {
		t.Errorf("got %s", body)
	}
	if m := next(); m.Do != stay || len(m.Problems) != 1 {
		t.Errorf("after the rest: %+v", m)
	}
	r.build(made("two"))
	expect("two")
	r.s.Soon() // a change, and no change after all
	expect("two stopped")
	r.s.Changed(nil, 1)
	expect("two")
	r.build(result{Made: Made{Problems: dl}}) // the last good site is still made whole
	expect("two stopped")
	expect("two")
	hold <- true
	if _, body := r.raw("GET", "/late/"); !strings.Contains(body, "late two") {
		t.Errorf("got %s", body)
	}
}

// TestBrokenPage: a page that can no longer be made stays as it was.
func TestBrokenPage(t *testing.T) {
	good := output.File{Path: "index.html", Later: output.NewLater(func() ([]byte, error) { return page("", "good").Data, nil })}
	r := start(t, Options{}, result{Made: Made{Files: []output.File{good}}})
	r.raw("GET", "/")
	bad := output.File{Path: "index.html", Later: output.NewLater(func() ([]byte, error) { return nil, errors.New("themes/x.html:3: no") })}
	other := output.File{Path: "a/index.html", Later: bad.Later}
	r.build(result{Made: Made{Files: []output.File{bad, other}}})
	if resp, body := r.raw("GET", "/"); resp.StatusCode != 200 || !strings.Contains(body, ">good<") {
		t.Errorf("%d %s", resp.StatusCode, body)
	}
	if resp, body := r.raw("GET", "/a/"); resp.StatusCode != 500 || !strings.Contains(body, "themes/x.html:3") {
		t.Errorf("%d %s", resp.StatusCode, body)
	}
}

func TestProblemsOverlay(t *testing.T) {
	var dl diag.List
	d := dl.Errorf(diag.Pos{Path: "content/cities/lodz.md", Line: 2, Col: 8}, "unknown-field", "unknown creative field %q", "Flim<script>")
	d.Len, d.Hint = 4, `did you mean "Film"?`
	dl.Warnf(diag.Pos{Path: "content/x.md"}, "no-summary", "no summary")
	read := func(string) string { return "name: Łódź\nfield: Flim<b>\n" }
	r := start(t, Options{Read: read}, result{Made: Made{Problems: dl}})
	resp, body := r.raw("GET", "/anything/")
	if resp.StatusCode != 503 || !strings.Contains(body, "content/cities/lodz.md:2:8") || !strings.Contains(body, "<pre>field: <mark>Flim</mark>&lt;b&gt;</pre>") ||
		!strings.Contains(body, "did you mean") || strings.Contains(body, "Flim<script>") || !strings.Contains(body, "live.js") {
		t.Errorf("%d %s", resp.StatusCode, body)
	}
	if !strings.HasPrefix(resp.Header.Get("Content-Security-Policy"), "default-src 'none'") {
		t.Error("the problems page has no policy")
	}
	next := r.stream(1, "/")
	if m := next(); len(m.Problems) != 2 || m.Problems[0].Line != "field: Flim<b>" || m.Problems[0].From != 7 || m.Problems[0].To != 11 {
		t.Errorf("%+v", m)
	}
	r.build(result{Made: Made{Files: usualSite()}})
	if m := next(); m.Do != reload || len(m.Problems) != 0 {
		t.Errorf("after mending: %+v", m)
	}
	r.build(result{Made: Made{Problems: dl}})
	if resp, body := r.raw("GET", "/"); resp.StatusCode != 200 || !strings.Contains(body, "home") {
		t.Errorf("the last good page: %d %s", resp.StatusCode, body)
	}
	if m := next(); m.Do != stay || len(m.Problems) != 2 {
		t.Errorf("after spoiling: %+v", m)
	}
	r.build(result{err: errors.New("disk gone")})
	if m := next(); m.Failure != "disk gone" {
		t.Errorf("after a failure: %+v", m)
	}
	r.build(result{Made: Made{Files: usualSite(), Problems: dl[1:]}})
	if m := next(); m.Do != stay || len(m.Problems) != 1 || m.Failure != "" {
		t.Errorf("with a warning left: %+v", m)
	}
}
