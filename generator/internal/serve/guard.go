package serve

import (
	"net"
	"net/http"
	"strconv"
	"strings"
)

// guard lets through only what a browser on this machine asks for itself. A
// page of another site may link here, but it can neither read nor embed:
// not by a name that it makes point to this machine (Host), not by script
// (Origin), not as a picture, script or frame (Sec-Fetch-Site).
func (s *Server) guard(port int, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-cache")
		if !loopbackHost(r.Host, port) {
			refuse(w, http.StatusMisdirectedRequest, "this server answers to localhost only")
			return
		}
		if !ownOrigin(r) {
			refuse(w, http.StatusForbidden, "another site may not read this one")
			return
		}
		if !plainPath(r) {
			refuse(w, http.StatusBadRequest, "no such address")
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			h.Set("Allow", "GET, HEAD")
			refuse(w, http.StatusMethodNotAllowed, "only GET and HEAD")
			return
		}
		next.ServeHTTP(w, r)
	})
}

func refuse(w http.ResponseWriter, status int, why string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(why + "\n")) // a client that has gone needs no answer
}

// loopbackHost reports whether the Host header names this machine as such, with
// the port that it came in by.
func loopbackHost(host string, port int) bool {
	name, p, err := net.SplitHostPort(host)
	if err != nil {
		name, p = host, "80"
	}
	if p != strconv.Itoa(port) {
		return false
	}
	name = strings.Trim(name, "[]")
	ip := net.ParseIP(name)
	return strings.EqualFold(name, "localhost") || ip != nil && ip.IsLoopback()
}

// ownOrigin reports whether a request comes from our own pages, from the address
// bar, from a link, or from a program that is no browser.
func ownOrigin(r *http.Request) bool {
	if o := r.Header.Get("Origin"); o != "" {
		return o == "http://"+r.Host
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false // what changes something must say where it comes from
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
		return true
	}
	return r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document" && !strings.HasPrefix(r.URL.Path, own)
}

// plainPath reports whether a path has the one spelling that our own links use:
// no step upwards or in place, no hidden separator, no NUL.
func plainPath(r *http.Request) bool {
	p, raw := r.URL.Path, strings.ToLower(r.URL.EscapedPath())
	if !strings.HasPrefix(p, "/") || strings.ContainsAny(p, "\\\x00") || strings.Contains(p, "//") {
		return false
	}
	if strings.Contains(raw, "%2f") || strings.Contains(raw, "%5c") {
		return false
	}
	for part := range strings.SplitSeq(p, "/") {
		if part == "." || part == ".." {
			return false
		}
	}
	return true
}
