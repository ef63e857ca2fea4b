//go:build linux

package main

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestServedStorm lets a server watch a site through storms of edits, as people and
// their tools make them, and wants of it what a clean build makes, byte for byte and
// without a restart.
func TestServedStorm(t *testing.T) {
	for _, poll := range []bool{false, true} {
		if poll && testing.Short() {
			continue
		}
		t.Run(fmt.Sprintf("poll=%v", poll), func(t *testing.T) { servedStorm(t, poll) })
	}
}

func servedStorm(t *testing.T, poll bool) {
	dir := newSite(t)
	args := []string{"serve", "--port", "0"}
	if poll {
		args = append(args, "--poll")
	}
	c := job{dir: dir, args: args}.command()
	out, err := c.StdoutPipe()
	must(t, err)
	c.Stderr = c.Stdout
	must(t, c.Start())
	defer func() { c.Process.Signal(syscall.SIGTERM); c.Wait() }()
	lines := bufio.NewScanner(out)
	base := ""
	for base == "" && lines.Scan() {
		base = regexp.MustCompile(`http://[^\s/]+`).FindString(lines.Text())
	}
	go io.Copy(io.Discard, out)
	sizes := regexp.MustCompile(`<span>[0-9][^<]{0,12}(B|o)</span>`) // of books
	live := regexp.MustCompile(`<script src="?/\.uccn/live\.js[^>]*></script>`)
	get := func(p string) string {
		resp, err := http.Get(base + "/" + p)
		must(t, err)
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		must(t, err)
		return sizes.ReplaceAllString(live.ReplaceAllString(string(b), ""), "")
	}
	get("")
	for round, storm := range storms() {
		storm(t, dir)
		if poll {
			time.Sleep(1500 * time.Millisecond) // it looks twice a second
		}
		clean := newCopy(t, dir)
		build(t, clean)
		want := files(t, filepath.Join(clean, "public"))
		seen := 0
		for _, p := range slices.Sorted(maps.Keys(want)) {
			if p == "build.json" || p == "_headers" || strings.HasPrefix(strings.TrimPrefix(p, "fr/"), "booklet/") {
				continue // who serves makes books when asked, and does not say their sizes
			}
			at := strings.TrimSuffix(p, "index.html")
			got := get(strings.ReplaceAll(at, " ", "%20"))
			if want := sizes.ReplaceAllString(want[p], ""); got != want {
				i := 0
				for i < min(len(got), len(want)) && got[i] == want[i] {
					i++
				}
				t.Fatalf("storm %d: %s differs at byte %d: served %.120q, built %.120q", round+1, p, i, got[i:], want[i:])
			}
			seen++
		}
		if seen < 100 {
			t.Errorf("storm %d: %d files were compared", round+1, seen)
		}
	}
}

// storms are edits of many kinds at once.
func storms() []func(t *testing.T, dir string) {
	page := func(i int) string {
		return fmt.Sprintf("---\ntitle: Page %d\nsummary: One of many pages that come and go in a storm of edits.\n---\n\nPage %[1]d.\n", i)
	}
	at := func(dir string, i int) string { return filepath.Join(dir, fmt.Sprintf("content/pages/p%d.md", i)) }
	return []func(t *testing.T, dir string){
		func(t *testing.T, dir string) { // many files at once, as when a branch is switched
			for i := range 200 {
				must(t, os.WriteFile(at(dir, i), []byte(page(i)), 0o644))
			}
		},
		func(t *testing.T, dir string) { // renamed, removed, written twice, touched, of the same date and size
			for i := range 200 {
				switch i % 5 {
				case 0:
					must(t, os.Rename(at(dir, i), at(dir, i+1000)))
				case 1:
					must(t, os.Remove(at(dir, i)))
				case 2: // as vim saves: aside, new, away
					must(t, os.Rename(at(dir, i), at(dir, i)+"~"))
					must(t, os.WriteFile(at(dir, i), []byte(page(i+5000)), 0o644))
					must(t, os.Remove(at(dir, i)+"~"))
				case 3: // as JetBrains saves: beside, then over
					must(t, os.WriteFile(at(dir, i)+"___jb_tmp___", []byte(page(i+6000)), 0o644))
					must(t, os.Rename(at(dir, i)+"___jb_tmp___", at(dir, i)))
				case 4: // as VS Code saves: emptied, then filled; and with the old date
					info, err := os.Stat(at(dir, i))
					must(t, err)
					must(t, os.Truncate(at(dir, i), 0))
					must(t, os.WriteFile(at(dir, i), []byte(strings.ReplaceAll(page(i), "storm of", "trumb of")), 0o644))
					must(t, os.Chtimes(at(dir, i), info.ModTime(), info.ModTime()))
				}
			}
		},
		func(t *testing.T, dir string) { // folders go, come back and change places
			pages, aside := filepath.Join(dir, "content/pages"), filepath.Join(dir, "content/aside")
			must(t, os.Rename(pages, aside))
			must(t, os.Mkdir(pages, 0o755))
			must(t, os.WriteFile(at(dir, 1), []byte(page(1)), 0o644))
			must(t, os.RemoveAll(pages))
			must(t, os.Rename(aside, pages))
			must(t, os.MkdirAll(filepath.Join(dir, "static/deep/er"), 0o755))
			must(t, os.WriteFile(filepath.Join(dir, "static/deep/er/note.txt"), []byte("deep"), 0o644))
			must(t, os.WriteFile(filepath.Join(dir, "content/cities/quay.png"), emptyPNG(t, 800, 500, 8, 2), 0o644))
		},
		func(t *testing.T, dir string) { // everything back, and an error on the way
			must(t, os.WriteFile(filepath.Join(dir, "site.yaml"), []byte("titel: x\n"), 0o644))
			matches, err := filepath.Glob(filepath.Join(dir, "content/pages/p*.md"))
			must(t, err)
			for _, m := range matches {
				must(t, os.Remove(m))
			}
			must(t, os.RemoveAll(filepath.Join(dir, "static/deep")))
			must(t, os.WriteFile(filepath.Join(dir, "site.yaml"), []byte("title: Harbour Towns\nlanguages: [fr, en]\nedition: first\n"), 0o644))
			must(t, os.WriteFile(filepath.Join(dir, "site.yaml"), []byte("title: Harbour Towns\nlanguages: [en, fr]\nedition: first\n"), 0o644))
		},
	}
}
