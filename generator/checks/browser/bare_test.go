package browser

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"uccn/generator/checks/internal/chrome"
	"uccn/generator/checks/internal/sites"
)

// links lists where the links lead that can be seen and reached, the content of
// closed details with them.
const links = `(() => {
	for (const d of document.querySelectorAll('details')) d.open = true;
	return [...new Set([...document.querySelectorAll('a[href]')].filter(a => a.checkVisibility({visibilityProperty: true})).map(a => new URL(a.getAttribute('href'), document.baseURI).href.replace(/index\.html/, '')))];
})()`

// words is how much text can be seen, without what only scripts use.
const words = `(() => {
	const length = e => e.innerText.replace(/\s+/g, ' ').length, main = document.querySelector('main');
	return [...main.querySelectorAll('button, select, output, [role=status]')].filter(e => e.checkVisibility()).reduce((n, e) => n - length(e), length(main));
})()`

// TestNoScript reads pages with JavaScript off: all that they offer with it is
// there without.
func TestNoScript(t *testing.T) {
	for name, s := range map[string]sites.Site{"ours": set.Ours, "arabic": set.Arabic} {
		home := s.Serve(t)
		with, without := web.Tab(t).Stay(home), web.Tab(t).Stay(home)
		without.NoScript()
		for _, page := range kinds(t, s, "") {
			if page == "404.html" {
				continue // its addresses are those of a site at its own place
			}
			with.Go(home + page)
			without.Go(home + page)
			want, got := chrome.Eval[[]string](with, links), chrome.Eval[[]string](without, links)
			for _, l := range want {
				if !slices.Contains(got, l) {
					t.Errorf("%s %s: without script there is no link to %s", name, page, l)
				}
			}
			if a, b := chrome.Eval[int](with, words), chrome.Eval[int](without, words); b < a*9/10 {
				t.Errorf("%s %s: %d characters with script, %d without", name, page, a, b)
			}
		}
	}
}

// TestFilterWithoutScript narrows the wall to a field by its style sheet alone.
func TestFilterWithoutScript(t *testing.T) {
	home := set.Ours.Serve(t)
	tab := web.Tab(t).Stay(home)
	tab.NoScript()
	tab.Go(home + "exhibition/")
	const seen = "[...document.querySelectorAll('.wall .work')].filter(e => e.getClientRects().length).length"
	all := chrome.Eval[int](tab, seen)
	tab.Click(".filters label.f-film")
	film := chrome.Eval[int](tab, seen)
	if film == 0 || film >= all {
		t.Errorf("%d works, %d of film", all, film)
	}
	if n := chrome.Eval[int](tab, "[...document.querySelectorAll('.filters select')].filter(e => e.checkVisibility()).length"); n > 0 {
		t.Errorf("%d choices are seen that only a script can make", n)
	}
	// the count beside the filters is of what is seen
	for chip, want := range map[string]int{"label.f-film": film, "label:has(#ff-all)": all} {
		tab.Click(".filters " + chip)
		if got := chrome.Eval[string](tab, "document.querySelector('.filters output').innerText"); got != fmt.Sprintf("%d works", want) {
			t.Errorf("%d works are seen with %s, and %q is said", want, chip, got)
		}
	}
}

// TestFromDisk opens the site and the stick from the disk: nothing is missing,
// nothing complains, nothing is asked of a network.
func TestFromDisk(t *testing.T) {
	for name, s := range map[string]sites.Site{"ours": set.Ours, "stick": set.Stick, "arabic": set.Arabic} {
		tab := web.Tab(t).Stay("file://")
		pages := s.Files(t, ".html")
		if name != "stick" {
			pages = slices.DeleteFunc(kinds(t, s, ""), func(p string) bool { return p == "404.html" })
		}
		for i, page := range pages {
			if name == "stick" && i%6 > 0 && strings.Contains(page, "practices/") {
				continue // one of six works speaks for the others
			}
			tab.Go(s.Disk(page))
			if broken := chrome.Eval[[]string](tab, `[...document.images].filter(i => i.complete && i.loading !== 'lazy' && !i.naturalWidth).map(i => i.src)`); len(broken) > 0 {
				t.Errorf("%s %s: pictures are missing: %v", name, page, broken)
			}
			for _, p := range tab.Problems() {
				t.Errorf("%s %s: %s", name, page, p)
			}
		}
	}
}

// TestSearchFromDisk searches where no server is.
func TestSearchFromDisk(t *testing.T) {
	tab := web.Tab(t).Stay("file://")
	tab.Go(set.Ours.Disk("index.html"))
	tab.Key("/")
	tab.Wait("document.querySelector('dialog[open] [role=status]').textContent")
	tab.Key("Lodz")
	tab.Wait("document.querySelector('dialog[open] ol li b')?.textContent === 'Łódź'")
	to := chrome.Eval[string](tab, "document.querySelector('dialog[open] ol li a').href")
	if _, err := os.Stat(strings.TrimPrefix(to, "file://")); err != nil {
		t.Error(err)
	}
	for _, p := range tab.Problems() {
		t.Error(p)
	}
}

// TestSearchSaysLanguages: among the results on a French page, what is English says
// so, and what is French says nothing.
func TestSearchSaysLanguages(t *testing.T) {
	site, err := sites.Build(t.TempDir(), "generator/testdata/site", "--only", "site", "--no-cache")
	if err != nil {
		t.Fatal(err)
	}
	tab := web.Tab(t).Stay("file://")
	for word, want := range map[string]string{
		"thaw":  "en: Ville · Northland · <span lang=\"en\">Music</span>",
		"chœur": "null: Ville · Northland · <span lang=\"en\">Music</span>",
	} {
		tab.Go(site.Disk("fr/search/index.html?q=" + word))
		tab.Wait("document.querySelector('form[data-search] ol li mark')")
		if got := chrome.Eval[string](tab, "(li => li.querySelector('p').getAttribute('lang') + ': ' + li.querySelector('a > span').innerHTML)(document.querySelector('form[data-search] ol li'))"); got != want {
			t.Errorf("%s: %s, want %s", word, got, want)
		}
	}
	for _, p := range tab.Problems() {
		t.Error(p)
	}
}

// TestStick asks that nothing leads out of the folder that is put on a stick.
func TestStick(t *testing.T) {
	s := set.Stick
	tab := web.Tab(t).Stay("file://")
	for _, page := range s.Files(t, ".html") {
		b := s.Read(t, page)
		if bytes.Contains(b, []byte(`="//`)) || bytes.Contains(b, []byte(`src="http`)) {
			t.Errorf("%s asks for something from a network", page)
		}
	}
	tab.Go(s.Disk("index.html"))
	tab.Wait("document.querySelector('main') && !location.pathname.endsWith('/" + filepath.Base(s.Dir) + "/index.html') || document.querySelector('.wall')")
	queue, seen := []string{chrome.Eval[string](tab, "location.href")}, map[string]bool{}
	for len(queue) > 0 && len(seen) < 60 {
		at := queue[0]
		queue = queue[1:]
		if at = strings.SplitN(at, "#", 2)[0]; seen[at] || path.Ext(at) != ".html" {
			continue
		}
		seen[at] = true
		tab.Go(at)
		for _, to := range chrome.Eval[[]string](tab, `[...document.querySelectorAll('a[href]')].map(a => new URL(a.getAttribute('href'), document.baseURI).href)`) {
			if !strings.HasPrefix(to, "file://"+filepath.ToSlash(s.Dir)+"/") {
				if !strings.HasPrefix(to, "https://") || strings.Contains(at, "/kiosk/") {
					t.Errorf("%s leads to %s", at, to)
				}
				continue
			}
			name := strings.SplitN(strings.TrimPrefix(to, "file://"), "#", 2)[0]
			if info, err := os.Stat(strings.SplitN(name, "?", 2)[0]); err != nil || info.IsDir() {
				t.Errorf("%s leads to %s, which is no file", at, to)
			}
			queue = append(queue, to)
		}
	}
	if len(seen) < 20 {
		t.Errorf("only %d pages can be reached", len(seen))
	}
	for _, p := range tab.Problems() {
		t.Error(p)
	}
}
