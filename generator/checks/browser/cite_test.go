package browser

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"uccn/generator/checks/internal/chrome"
)

// entry is a BibTeX entry, each of its fields on a line of its own.
var (
	entry = regexp.MustCompile(`^@misc\{[a-z0-9-]+,\n((?:[a-z]+=\{.*\},?\n)+)\}\n$`)
	field = regexp.MustCompile(`(?m)^([a-z]+)=\{(.*)\}`)
)

// TestCitations takes the citations of pages and reads them as programs do.
func TestCitations(t *testing.T) {
	home := set.Ours.Serve(t)
	tab := web.Tab(t).Stay(home)
	for _, page := range []string{"cities/lodz/", "fr/cities/lodz/", "practices/pumpkin-festival/", "about/", "meetings/2018-krakow-katowice/"} {
		tab.Go(home + page)
		const take = `(async i => {
			const a = document.querySelectorAll('.formats a')[i];
			a.addEventListener('click', e => e.preventDefault(), {once: true});
			a.click(); a.addEventListener('click', e => e.preventDefault(), {once: true}); a.click(); // twice, as people do
			const [type, data] = a.href.split(/,(.*)/);
			return decodeURIComponent(data);
		})`
		bib, csl := chrome.Eval[string](tab, take+"(0)"), chrome.Eval[string](tab, take+"(1)")
		lang := chrome.Eval[string](tab, "document.documentElement.lang")
		address := chrome.Eval[string](tab, "document.querySelector('link[rel=canonical]').href")
		today := chrome.Eval[string](tab, "new Date().toISOString().slice(0, 10)")

		m := entry.FindStringSubmatch(bib)
		if m == nil {
			t.Errorf("%s: %q is no entry", page, bib)
			continue
		}
		got := map[string]string{}
		var names []string
		for _, f := range field.FindAllStringSubmatch(m[1], -1) {
			got[f[1]] = f[2]
			names = append(names, f[1])
			if strings.Count(f[2], "{") != strings.Count(f[2], "}") {
				t.Errorf("%s: braces do not match in %q", page, f[0])
			}
		}
		if want := []string{"author", "title", "howpublished", "year", "url", "language", "urldate"}; !slices.Equal(names, want) {
			t.Errorf("%s: the entry has %q, not %q", page, names, want)
		}
		if got["url"] != address || got["language"] != lang || got["urldate"] != today || got["year"] != "2018" {
			t.Errorf("%s: the entry says %v", page, got)
		}

		var list []struct {
			ID, Type, Title, URL, Language string
			Author                         []struct{ Literal string }
			Issued, Accessed               struct {
				Parts [][]int `json:"date-parts"`
			}
		}
		if err := json.Unmarshal([]byte(csl), &list); err != nil || len(list) != 1 {
			t.Errorf("%s: %q: %v", page, csl, err)
			continue
		}
		c := list[0]
		if c.Type != "webpage" || c.URL != address || c.Language != lang || len(c.Author) != 1 || c.Author[0].Literal == "" || "{"+c.Title+"}" != got["title"] ||
			len(c.Issued.Parts) != 1 || len(c.Accessed.Parts) != 1 || len(c.Accessed.Parts[0]) != 3 {
			t.Errorf("%s: %+v", page, c)
		}
	}
	for _, p := range tab.Problems() {
		t.Error(p)
	}
}
