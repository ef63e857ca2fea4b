// Package sites builds the sites that the checks look at, with the program as
// a user runs it, and serves them as a plain web server would.
package sites

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// root is where the module of the program stands, seen from a package of checks.
const root = "../../.."

// A Site is one built folder.
type Site struct {
	Dir   string   // where its files are
	Langs []string // the first has no prefix
}

// Build makes a site of the folder at source, seen from the root, below the
// folder tmp. The arguments go to uccn build. The program is made of its
// source, or is the one that the environment names as UCCN.
func Build(tmp, source string, args ...string) (Site, error) {
	dir, err := os.MkdirTemp(tmp, "site-")
	if err != nil {
		return Site{}, err
	}
	words := []string{"go", "run", "./generator", "build", "--site", source, "--output", dir}
	if program := os.Getenv("UCCN"); program != "" {
		words = append([]string{program}, words[3:]...)
	}
	cmd := exec.Command(words[0], append(words[1:], args...)...)
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		return Site{}, fmt.Errorf("%s: %w\n%s", cmd, err, out)
	}
	s := Site{Dir: dir, Langs: []string{"en", "fr"}}
	if strings.HasSuffix(source, "arabic") {
		s.Langs = []string{"ar", "en"}
	}
	return s, nil
}

// A Set holds the sites that the checks look at. Our own are built without
// their books, which have checks of their own.
type Set struct {
	Ours   Site // the site of this repository
	Arabic Site // twelve invented towns, from right to left
	Stick  Site // the exhibition alone, for a USB stick
}

// Main builds the set, hands it over, runs the tests of a package and returns
// its exit code.
func Main(m *testing.M, hand func(Set)) int {
	tmp, err := os.MkdirTemp("", "uccn-checks-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(tmp)
	var set Set
	for _, s := range []struct {
		to           *Site
		source, only string
	}{
		{&set.Ours, ".", "site,exhibition,data"},
		{&set.Arabic, "generator/testdata/arabic", "site,exhibition,data"},
		{&set.Stick, ".", "exhibition"},
	} {
		if *s.to, err = Build(tmp, s.source, "--only", s.only); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	hand(set)
	return m.Run()
}

// Files returns the paths of all files with one of the endings, sorted.
func (s Site) Files(t testing.TB, endings ...string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(s.Dir, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !slices.Contains(endings, filepath.Ext(p)) {
			return err
		}
		rel, err := filepath.Rel(s.Dir, p)
		out = append(out, filepath.ToSlash(rel))
		return err
	})
	if err != nil || len(out) == 0 {
		t.Fatalf("%d files with %v: %v", len(out), endings, err)
	}
	slices.Sort(out)
	return out
}

// Read returns a file's bytes.
func (s Site) Read(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(s.Dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Serve serves the site until the test ends and returns its address with a
// slash at the end.
func (s Site) Serve(t testing.TB) string {
	t.Helper()
	h, err := s.Handler()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server.URL + "/"
}

// Handler serves the files with the headers that the site's own _headers asks
// for, as a host does that reads it.
func (s Site) Handler() (http.Handler, error) {
	b, err := os.ReadFile(filepath.Join(s.Dir, "_headers"))
	if err != nil {
		return nil, err
	}
	if !strings.Contains(string(b), "Content-Security-Policy: ") {
		return nil, errors.New("_headers has no policy")
	}
	files := http.FileServer(http.Dir(s.Dir))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		applies := false
		for line := range strings.Lines(string(b)) {
			if name, value, ok := strings.Cut(strings.TrimSpace(line), ": "); ok {
				if applies {
					w.Header().Set(name, value)
				}
				continue
			}
			applies = strings.HasPrefix(r.URL.Path, strings.TrimSuffix(strings.TrimSpace(line), "*"))
		}
		files.ServeHTTP(w, r)
	}), nil
}

// Disk returns the address of a file from the disk.
func (s Site) Disk(name string) string {
	return fmt.Sprintf("file://%s/%s", filepath.ToSlash(s.Dir), name)
}

// OnePage returns the path of some page of a type: the first in a folder that is
// not the folder's own.
func (s Site) OnePage(t testing.TB, folder string) string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(s.Dir, filepath.FromSlash(folder), "*", "index.html"))
	if err != nil || len(all) == 0 {
		t.Fatalf("no page in %s: %v", folder, err)
	}
	rel, err := filepath.Rel(s.Dir, all[0])
	if err != nil {
		t.Fatal(err)
	}
	return filepath.ToSlash(rel)
}
