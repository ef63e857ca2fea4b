package markup

import (
	"bytes"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"uccn/generator/checks/internal/sites"
)

var (
	style  = regexp.MustCompile(`<link rel="stylesheet" href="([^"]+)">`)
	script = regexp.MustCompile(`<script src="([^"]+)" defer>`)
	picked = regexp.MustCompile(`<img [^>]*>`)
	source = regexp.MustCompile(`\ssrc="([^"]+)"`)
)

// TestCityWeighs asks what a city page without photographs costs, compressed
// as servers compress, at its first visit. Fonts are weighed in the browser.
func TestCityWeighs(t *testing.T) {
	s := set.Ours
	most, shared := map[string]int{}, map[string]int{}
	for _, f := range s.Files(t, ".html") {
		if dir := strings.TrimPrefix(path.Dir(path.Dir(f)), "fr/"); dir != "cities" {
			continue
		}
		page := string(s.Read(t, f))
		html := squeezed(t, []byte(page), 9) // a little heavier than the strongest, and ten times as fast
		css := sum(t, s, f, page, style, shared)
		js := sum(t, s, f, page, script, shared)
		first := 0 // pictures that do not wait
		for _, img := range picked.FindAllString(page, -1) {
			if m := source.FindStringSubmatch(img); m != nil && !strings.Contains(img, `loading="lazy"`) {
				first += squeezed(t, s.Read(t, path.Join(path.Dir(f), m[1])), 9)
			}
		}
		sums := map[string]int{"HTML": html, "CSS": css, "JS": js, "without fonts": html + css + js + first}
		for what, limit := range map[string]int{"HTML": 8_000, "CSS": 7_000, "JS": 2_000, "without fonts": 15_000} {
			if sums[what] > limit {
				t.Errorf("%s: %s weighs %d bytes, more than %d", f, what, sums[what], limit)
			}
			most[what] = max(most[what], sums[what])
		}
	}
	t.Logf("the heaviest city page: %v", most)
	if most["HTML"] == 0 || most["CSS"] == 0 || most["JS"] == 0 {
		t.Error("nothing was weighed")
	}
}

// sum weighs the files that a page names; shared remembers them.
func sum(t *testing.T, s sites.Site, f, page string, what *regexp.Regexp, shared map[string]int) int {
	t.Helper()
	n := 0
	for _, m := range what.FindAllStringSubmatch(page, -1) {
		name := path.Join(path.Dir(f), m[1])
		if shared[name] == 0 {
			shared[name] = squeezed(t, s.Read(t, name), brotli.BestCompression)
		}
		n += shared[name]
	}
	return n
}

// squeezed returns the size under brotli, in bytes.
func squeezed(t *testing.T, b []byte, level int) int {
	t.Helper()
	var out bytes.Buffer
	w := brotli.NewWriterLevel(&out, level)
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Len()
}
