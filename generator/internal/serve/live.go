package serve

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"uccn/generator/internal/diag"
)

//go:embed assets/live.js
var liveScript []byte

//go:embed assets/live.css
var liveStyle []byte

// A message tells an open page what a build means for it.
type message struct {
	Build    int               `json:"build"`
	Do       string            `json:"do"`
	Sheets   map[string]string `json:"sheets,omitempty"`
	Failure  string            `json:"failure,omitempty"`
	Problems []problem         `json:"problems"`
}

// A problem is a diagnostic with the line that it is about.
type problem struct {
	Place    string `json:"place"`
	Severity string `json:"severity"`
	Code     string `json:"code"`
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"`
	Line     string `json:"line,omitempty"`
	From     int    `json:"from"` // the offending words within Line, in code points
	To       int    `json:"to"`
}

// most is how many problems are shown at once.
const most = 100

func (s *Server) problems(st *site) []problem {
	out := []problem{}
	for _, severity := range []diag.Severity{diag.Error, diag.Warning} {
		for _, d := range st.problems {
			if d.Severity != severity || len(out) == most {
				continue
			}
			p := problem{Place: d.Pos.String(), Severity: d.Severity.String(), Code: d.Code, Message: d.Message, Hint: d.Hint}
			if s.o.Read != nil && d.Line > 0 {
				if line, ok := diag.Line(s.o.Read(d.Path), d.Line); ok && len(line) < 2000 {
					p.Line = line
					if d.Col > 0 {
						n := len([]rune(line))
						p.From = min(d.Col-1, n)
						p.To = min(p.From+max(d.Len, 1), n)
					}
				}
			}
			out = append(out, p)
		}
	}
	return out
}

// live is the stream by which open pages learn of builds. It ends by itself
// after a while, and the browser opens it anew; so a client that has gone
// without a word holds nothing for long.
func (s *Server) live(w http.ResponseWriter, r *http.Request) {
	select {
	case s.streams <- struct{}{}:
		defer func() { <-s.streams }()
	default:
		refuse(w, http.StatusServiceUnavailable, "too many open pages")
		return
	}
	seen, err := strconv.Atoi(r.URL.Query().Get("build"))
	if err != nil {
		refuse(w, http.StatusBadRequest, "which build?")
		return
	}
	page, err := url.PathUnescape(r.URL.Query().Get("page"))
	if err != nil {
		refuse(w, http.StatusBadRequest, "which page?")
		return
	}
	page = strings.TrimPrefix(page, s.o.Base)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	if r.Method == http.MethodHead {
		return
	}
	out := http.NewResponseController(w)
	end := time.NewTimer(90 * time.Second)
	defer end.Stop()
	fmt.Fprint(w, "retry: 300\n\n")
	for {
		st := s.get(r.Context(), atOnce)
		if st == nil {
			return
		}
		if st.number > 0 {
			m := message{Build: st.number, Problems: s.problems(st)}
			m.Do, m.Sheets = st.step(r.Context(), page, seen)
			if make, _ := s.besides(page); make != nil && seen != st.number && st.good {
				m.Do, m.Sheets = reload, nil
			}
			if st.failure != nil {
				m.Failure = st.failure.Error()
			}
			data, err := json.Marshal(m)
			if err != nil {
				panic(err) // strings and numbers always marshal
			}
			if _, err := fmt.Fprintf(w, "data: %s\n\n", data); err != nil {
				return
			}
			seen = st.number
		}
		if out.Flush() != nil {
			return
		}
		select {
		case <-st.replaced:
		case <-r.Context().Done():
			return
		case <-end.C:
			return
		}
	}
}

// problemsPage stands in for every page as long as no build has been good. It
// reads without script, too.
func (s *Server) problemsPage(w http.ResponseWriter, r *http.Request, st *site) {
	w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	var b strings.Builder
	b.WriteString("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>The site cannot be built yet</title>" +
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><link rel=\"stylesheet\" href=\"" + own + "live.css\"></head>" +
		"<body class=\"uccn-page\"><main><h1>The site cannot be built yet</h1>")
	if st.failure != nil {
		fmt.Fprintf(&b, "<p class=\"failure\">%s</p>", html.EscapeString(st.failure.Error()))
	}
	b.WriteString("<ol>")
	for _, p := range s.problems(st) {
		fmt.Fprintf(&b, "<li class=%q><p class=\"place\">%s</p><p>%s <code>%s</code></p>", p.Severity, html.EscapeString(p.Place), html.EscapeString(p.Message), html.EscapeString(p.Code))
		if p.Line != "" {
			line := []rune(p.Line)
			fmt.Fprintf(&b, "<pre>%s<mark>%s</mark>%s</pre>", html.EscapeString(string(line[:p.From])), html.EscapeString(string(line[p.From:p.To])), html.EscapeString(string(line[p.To:])))
		}
		if p.Hint != "" {
			fmt.Fprintf(&b, "<p class=\"hint\">%s</p>", html.EscapeString(p.Hint))
		}
		b.WriteString("</li>")
	}
	b.WriteString("</ol></main></body></html>")
	send(w, r, http.StatusServiceUnavailable, "text/html; charset=utf-8", "", inject([]byte(b.String()), st.number, ""))
}
