// Lighthouse measures four pages as a phone on a slow line sees them, and
// prints a table. It runs at night, not with the tests: its figures depend on
// how quiet the machine is.
//
//	npm install --no-save --ignore-scripts lighthouse@12.8.2
//	go run ./lighthouse
package main

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"

	"uccn/generator/checks/internal/sites"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	if err := os.Chdir("lighthouse"); err != nil { // sites are built as from any package of checks
		return err
	}
	tmp, err := os.MkdirTemp("", "uccn-lighthouse-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	s, err := sites.Build(tmp, ".", "--only", "site,exhibition,data")
	if err != nil {
		return err
	}
	h, err := s.Handler()
	if err != nil {
		return err
	}
	server := httptest.NewUnstartedServer(squeeze(h))
	server.EnableHTTP2 = true // as every host of today speaks
	server.StartTLS()
	defer server.Close()
	fmt.Println("| page | performance | accessibility | best practices | SEO |\n| --- | --- | --- | --- | --- |")
	poor := false
	for _, page := range []string{"", "cities/lodz/", "exhibition/", "map/"} {
		scores, complaints, err := measure(server.URL+"/"+page, filepath.Join(tmp, "report.json"))
		if err != nil {
			return err
		}
		fmt.Printf("| /%s |", page)
		for _, v := range scores {
			fmt.Printf(" %.0f |", v*100)
			poor = poor || v < 1
		}
		fmt.Println()
		for _, c := range complaints {
			fmt.Fprintf(os.Stderr, "/%s: %s\n", page, c)
		}
	}
	if poor {
		return fmt.Errorf("a page has less than 100")
	}
	return nil
}

// squeeze compresses text, as servers do.
func squeeze(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if ext := filepath.Ext(r.URL.Path); ext == ".woff2" || ext == ".jpg" || ext == ".webp" {
			h.ServeHTTP(w, r)
			return
		}
		r.Header.Del("Range")
		z := gzip.NewWriter(w)
		defer z.Close()
		w.Header().Set("Content-Encoding", "gzip")
		h.ServeHTTP(zipped{w, z}, r)
	})
}

type zipped struct {
	http.ResponseWriter
	to io.Writer
}

func (z zipped) Write(b []byte) (int, error) { return z.to.Write(b) }

func (z zipped) WriteHeader(code int) {
	z.Header().Del("Content-Length")
	z.ResponseWriter.WriteHeader(code)
}

// measure returns the four scores of a page, from 0 to 1, and what lowers them.
func measure(address, report string) ([]float64, []string, error) {
	cmd := exec.Command("../node_modules/.bin/lighthouse", address, "--quiet", "--output=json", "--output-path="+report,
		"--chrome-flags=--headless=new --no-sandbox --disable-gpu --ignore-certificate-errors")
	if path, err := exec.LookPath("chromium"); err == nil {
		cmd.Env = append(os.Environ(), "CHROME_PATH="+path)
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, nil, fmt.Errorf("lighthouse: %w\n%s", err, out)
	}
	b, err := os.ReadFile(report)
	if err != nil {
		return nil, nil, err
	}
	var r struct {
		Categories map[string]struct {
			Score  float64
			Audits []struct {
				ID     string
				Weight float64
			} `json:"auditRefs"`
		}
		Audits map[string]struct {
			Score *float64
			Title string
			Shown string `json:"displayValue"`
		}
	}
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, nil, err
	}
	var scores []float64
	var complaints []string
	for _, c := range []string{"performance", "accessibility", "best-practices", "seo"} {
		scores = append(scores, r.Categories[c].Score)
		for _, a := range r.Categories[c].Audits {
			if v := r.Audits[a.ID]; a.Weight > 0 && v.Score != nil && *v.Score < 1 {
				complaints = append(complaints, fmt.Sprintf("%s %.2f: %s %s", a.ID, *v.Score, v.Title, v.Shown))
			}
		}
	}
	return scores, complaints, nil
}
