// Package epub checks the EPUB files with validators that are not ours and looks
// at every document in a browser.
package epub

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"uccn/generator/checks/internal/chrome"
	"uccn/generator/checks/internal/sites"
)

// made are the books: ours in two languages, and those of a site that reads from
// right to left, which are the sample for what takes long.
var made struct{ ours, sample []string }

func TestMain(m *testing.M) {
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (int, error) {
	if _, err := os.Stat("node_modules"); err != nil {
		if out, err := exec.Command("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund").CombinedOutput(); err != nil {
			return 0, fmt.Errorf("install the validators: %w\n%s", err, out)
		}
	}
	tmp, err := os.MkdirTemp("", "uccn-epub-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(tmp)
	for _, b := range []struct {
		source, only string
		to           *[]string
	}{
		{".", "epub", &made.ours},
		{"generator/testdata/arabic", "booklet,epub", &made.sample}, // with the printed book, whose pages it lists
	} {
		s, err := sites.Build(tmp, b.source, "--only", b.only, "--no-cache")
		if err != nil {
			return 0, err
		}
		if *b.to, err = filepath.Glob(filepath.Join(s.Dir, "booklet", "*", "*.epub")); err != nil || len(*b.to) != 2 {
			return 0, fmt.Errorf("%s: %d books, %w", b.source, len(*b.to), err)
		}
	}
	return m.Run(), nil
}

func all() []string { return slices.Concat(made.ours, made.sample) }

// TestEpubcheck runs the validator of the W3C, as Debian has it.
func TestEpubcheck(t *testing.T) {
	jar, err := filepath.EvalSymlinks("/usr/bin/epubcheck")
	if err != nil {
		t.Fatal(err)
	}
	for _, book := range all() {
		out, err := exec.Command("java", "-jar", jar, book).CombinedOutput()
		if err != nil || !strings.Contains(string(out), "Messages: 0 fatals / 0 errors / 0 warnings") {
			t.Errorf("%s: %v\n%s", filepath.Base(book), err, out)
		}
	}
}

// TestEpubcheckTS runs its cousin with newer rules.
func TestEpubcheckTS(t *testing.T) {
	for _, book := range all() {
		out, err := exec.Command("node_modules/.bin/epubcheck-ts", book).CombinedOutput()
		if text := string(out); err != nil || !strings.Contains(text, "Errors:   0") || !strings.Contains(text, "Warnings: 0") {
			t.Errorf("%s: %v\n%s", filepath.Base(book), err, out)
		}
	}
}

// TestAce runs DAISY's check of accessibility on the sample.
func TestAce(t *testing.T) {
	wrapper := filepath.Join(t.TempDir(), "chromium")
	if err := os.WriteFile(wrapper, []byte("#!/bin/sh\nexec chromium --no-sandbox \"$@\"\n"), 0o777); err != nil {
		t.Fatal(err)
	}
	for _, book := range made.sample {
		dir := t.TempDir()
		cmd := exec.Command("node_modules/.bin/ace-cli", "--force", "--silent", "--outdir", dir, book)
		cmd.Env = append(os.Environ(), "PUPPETEER_EXECUTABLE_PATH="+wrapper)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", filepath.Base(book), err, out)
		}
		data, err := os.ReadFile(filepath.Join(dir, "report.json"))
		if err != nil {
			t.Fatal(err)
		}
		var report struct {
			Assertions []struct {
				Subject    struct{ URL string } `json:"earl:testSubject"`
				Assertions []struct {
					Test struct {
						Title string `json:"dct:title"`
					} `json:"earl:test"`
					Result struct {
						Description string `json:"dct:description"`
					} `json:"earl:result"`
				}
			}
		}
		if err := json.Unmarshal(data, &report); err != nil {
			t.Fatal(err)
		}
		if len(report.Assertions) < 20 {
			t.Errorf("%s: %d documents looked at", filepath.Base(book), len(report.Assertions))
		}
		for _, d := range report.Assertions {
			for _, a := range d.Assertions {
				t.Errorf("%s %s: %s: %s", filepath.Base(book), d.Subject.URL, a.Test.Title, a.Result.Description)
			}
		}
	}
}

// wide lists what is wider than the window, and pictures that do not load.
const wide = `[...document.images].filter(i => !i.complete || !i.naturalWidth).map(i => 'broken: ' + i.src).concat(
	document.documentElement.scrollWidth > innerWidth ? ['wide: ' + [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1).map(e => e.tagName + '.' + e.className).slice(0, 3)] : [])`

// TestNothingOverflows looks at every document on a phone and on a tablet.
func TestNothingOverflows(t *testing.T) {
	browser, done, err := chrome.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	for _, book := range []string{made.ours[0], made.sample[0], made.sample[1]} {
		dir := t.TempDir()
		names := unpack(t, book, dir)
		server := httptest.NewServer(files(dir))
		tab := browser.Tab(t).Stay(server.URL)
		for _, name := range names {
			for _, width := range []int64{320, 768} {
				tab.Size(width, 1000)
				tab.Go(server.URL + "/" + name)
				for _, fault := range chrome.Eval[[]string](tab, wide) {
					t.Errorf("%s %s at %d: %s", filepath.Base(book), name, width, fault)
				}
			}
		}
		for _, p := range tab.Problems() {
			t.Errorf("%s: %s", filepath.Base(book), p)
		}
		server.Close()
	}
}

// files serves a book as a reading system would.
func files(dir string) http.Handler {
	plain := http.FileServer(http.Dir(dir))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch path.Ext(r.URL.Path) {
		case ".xhtml":
			w.Header().Set("Content-Type", "application/xhtml+xml")
		case ".ico":
			w.WriteHeader(http.StatusNoContent) // a browser asks for it, a book has none
			return
		}
		plain.ServeHTTP(w, r)
	})
}

// unpack writes a book into a folder and returns the names of its documents.
func unpack(t *testing.T, book, dir string) []string {
	t.Helper()
	z, err := zip.OpenReader(book)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	var out []string
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
		if path.Ext(f.Name) == ".xhtml" {
			out = append(out, f.Name)
		}
	}
	return out
}
