package serve

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"html"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"uccn/generator/internal/output"
)

// own is where the server's own script, style and stream live. Check keeps the
// site from claiming it.
const own = "/.uccn/"

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case own + "live":
		s.live(w, r)
		return
	case own + "live.js":
		send(w, r, http.StatusOK, "text/javascript; charset=utf-8", "", liveScript)
		return
	case own + "live.css":
		send(w, r, http.StatusOK, "text/css; charset=utf-8", "", liveStyle)
		return
	}
	p, ok := strings.CutPrefix(r.URL.Path, s.o.Base)
	if !ok {
		if r.URL.Path == "/" || r.URL.Path+"/" == s.o.Base {
			http.Redirect(w, r, s.o.Base, http.StatusFound)
			return
		}
		refuse(w, http.StatusNotFound, "the site lies below "+s.o.Base)
		return
	}
	st := s.get(r.Context(), fresh)
	if st == nil {
		return // nobody waits for an answer
	}
	if !st.good {
		s.problemsPage(w, r, st)
		return
	}
	if make, name := s.besides(p); make != nil {
		f, err := make(r.Context(), name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			refuse(w, http.StatusNotFound, "there is no "+path.Base(p))
		case err != nil:
			refuse(w, http.StatusInternalServerError, "make /"+p+": "+err.Error())
		default:
			s.file(w, r, st, http.StatusOK, f)
		}
		return
	}
	f, redirect, ok := st.find(p)
	if !ok && redirect == "" && st.rest {
		if st = s.get(r.Context(), whole); st == nil {
			return
		}
		f, redirect, ok = st.find(p)
	}
	switch {
	case redirect != "":
		to := url.URL{Path: s.o.Base + redirect, RawQuery: r.URL.RawQuery}
		http.Redirect(w, r, to.String(), http.StatusFound)
	case ok:
		s.file(w, r, st, http.StatusOK, f)
	default:
		if f, ok = st.missing(p); !ok {
			f = output.File{Path: "404.html", Data: []byte("<!doctype html><html lang=\"en\"><head><title>Not found</title></head><body><h1>Not found</h1></body></html>")}
		}
		s.file(w, r, st, http.StatusNotFound, f)
	}
}

// besides returns who makes a file that is none of the site's, and the file's path
// for them.
func (s *Server) besides(p string) (make func(context.Context, string) (output.File, error), name string) {
	for folder, f := range s.o.Besides {
		if name, is := strings.CutPrefix(p, folder); is {
			return f, name
		}
	}
	return nil, ""
}

func (s *Server) file(w http.ResponseWriter, r *http.Request, st *site, status int, f output.File) {
	data, err := f.Bytes(r.Context())
	if err != nil && f.Later != nil { // the template is broken; the page as it was is of more use
		if old, _, ok := st.before.find(strings.TrimSuffix(f.Path, "index.html")); ok {
			if last, again := old.Bytes(r.Context()); again == nil {
				data, err = last, nil
			}
		}
	}
	if err != nil {
		if context.Cause(r.Context()) == nil {
			refuse(w, http.StatusInternalServerError, "make /"+f.Path+": "+err.Error())
		}
		return
	}
	if path.Ext(f.Path) == ".html" {
		if s.o.Policy != "" {
			w.Header().Set("Content-Security-Policy", openPolicy(s.o.Policy))
		}
		data = inject(data, st.number, s.beside(f.Path))
	}
	tag := ""
	if f.Blob != nil {
		tag = f.Blob.Key()
	}
	send(w, r, status, mediaType(f.Path), tag, data)
}

// send answers with data, whole or in part, or with the word that the client has
// it already. tag names the bytes; when empty they are hashed.
func send(w http.ResponseWriter, r *http.Request, status int, kind, tag string, data []byte) {
	if tag == "" {
		sum := sha256.Sum256(data)
		tag = hex.EncodeToString(sum[:12])
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	if status == http.StatusOK {
		h.Set("ETag", strconv.Quote(tag))
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
		return
	}
	h.Set("Content-Length", strconv.Itoa(len(data)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(data) // a client that has gone needs no answer
	}
}

// beside returns the attributes by which our script learns what belongs beside a
// page.
func (s *Server) beside(page string) string {
	if s.o.Beside == nil {
		return ""
	}
	to, label := s.o.Beside(strings.TrimSuffix(page, "index.html"))
	if to == "" {
		return ""
	}
	return " data-beside=\"" + html.EscapeString(s.o.Base+to) + "\" data-label=\"" + html.EscapeString(label) + "\""
}

// inject adds our script, with attributes, to the end of a page.
func inject(page []byte, number int, attributes string) []byte {
	tag := []byte("<script src=\"" + own + "live.js?build=" + strconv.Itoa(number) + "\"" + attributes + " defer></script>")
	at := bytes.LastIndex(page, []byte("</body>"))
	if at < 0 {
		at = len(page)
	}
	out := make([]byte, 0, len(page)+len(tag))
	out = append(out, page[:at]...)
	out = append(out, tag...)
	return append(out, page[at:]...)
}

// openPolicy lets our own script, style and stream work under the site's policy;
// it grants 'self' and nothing more.
func openPolicy(policy string) string {
	parts := strings.Split(policy, ";")
	for _, need := range []string{"script-src", "style-src", "connect-src"} {
		found := false
		for i, p := range parts {
			words := strings.Fields(p)
			if len(words) == 0 || words[0] != need {
				continue
			}
			found = true
			switch {
			case len(words) == 2 && words[1] == "'none'":
				parts[i] = need + " 'self'"
			case !strings.Contains(p, "'self'"):
				parts[i] = p + " 'self'"
			}
		}
		if !found {
			parts = append(parts, need+" 'self'")
		}
	}
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return strings.Join(parts, "; ")
}

// mediaType returns the type of a file by its name. It does not ask the system,
// whose answer differs from machine to machine.
func mediaType(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm":
		return "text/html; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".json":
		return "application/json"
	case ".jsonld":
		return "application/ld+json"
	case ".geojson":
		return "application/geo+json"
	case ".webmanifest":
		return "application/manifest+json"
	case ".xml":
		return "application/xml"
	case ".csv":
		return "text/csv; charset=utf-8"
	case ".txt", ".md":
		return "text/plain; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".png":
		return "image/png"
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".webp":
		return "image/webp"
	case ".avif":
		return "image/avif"
	case ".gif":
		return "image/gif"
	case ".ico":
		return "image/x-icon"
	case ".woff2":
		return "font/woff2"
	case ".pdf":
		return "application/pdf"
	case ".epub":
		return "application/epub+zip"
	case ".zip":
		return "application/zip"
	case ".xlsx":
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case ".wasm":
		return "application/wasm"
	}
	return "application/octet-stream"
}
