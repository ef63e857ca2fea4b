package cli

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestServeShowsPagesOfTheBooklet saves a city and asks for its page of the
// booklet, as a browser would.
func TestServeShowsPagesOfTheBooklet(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../testdata/site")); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "content/editions"), 0o777); err != nil {
		t.Fatal(err)
	}
	save(t, dir, "content/editions/first.md", "---\ntitle: First edition\nyear: 2018\nas_of: 2018-06-30\n---\n")
	save(t, dir, "site.yaml", "title: Harbour Cities\nlanguages: [en]\nedition: first\n")
	out, in := io.Pipe()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, &env{
			args: []string{"serve", "--site", dir, "--port", "0", "--no-cache"}, out: in, err: io.Discard, getenv: func(string) string { return "" },
			now: time.Now, terminal: func(any) bool { return false },
		})
		in.Close()
	}()
	t.Cleanup(func() { stop(); <-ended })
	base, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	base = strings.TrimSpace(base)
	get := func(path string) (int, string) {
		t.Helper()
		resp, err := http.Get(base + path)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, string(body)
	}
	const place = "booklet/preview/first/en/cities-northport/"
	if _, page := get("cities/northport/"); !strings.Contains(page, `data-beside="/`+place+`"`) {
		t.Error("the city's page does not lead to its page of the booklet")
	}
	_, page := get(place)
	_, picture, _ := strings.Cut(page, `<img src="../`)
	picture, _, _ = strings.Cut(picture, `"`)
	status, before := get("booklet/preview/first/en/" + picture)
	if status != http.StatusOK || !strings.HasPrefix(before, "<svg") {
		t.Fatalf("%s: %d", picture, status)
	}
	city := filepath.Join(dir, "content/cities/northport.md")
	text, err := os.ReadFile(city)
	if err != nil {
		t.Fatal(err)
	}
	save(t, dir, "content/cities/northport.md", string(text)+"\nA sentence that was not there before.\n")
	if _, after := get("booklet/preview/first/en/" + picture); after == before {
		t.Error("the page is older than the file")
	}
	if status, png := get("booklet/preview/first/en/" + strings.Replace(picture, ".svg", ".png", 1)); status != http.StatusOK || !strings.HasPrefix(png, "\x89PNG") {
		t.Errorf("as PNG: %d", status)
	}
	for _, path := range []string{"booklet/preview/first/en/999.svg", "booklet/preview/first/fr/", "booklet/preview/first/en/nowhere/", "booklet/preview/first/en/01.svg"} {
		if status, _ := get(path); status != http.StatusNotFound {
			t.Errorf("%s: %d", path, status)
		}
	}
	if status, list := get("booklet/preview/first/en/"); status != http.StatusOK || !strings.Contains(list, "cities-northport/") {
		t.Errorf("the list of pages: %d", status)
	}
}

func save(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}
