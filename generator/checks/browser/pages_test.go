// Package browser looks at the built sites in a real Chromium: as readers with
// large and small screens, by day and by night, from left and from right, with
// a keyboard alone, without scripts, from a disk.
package browser

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"uccn/generator/checks/internal/chrome"
	"uccn/generator/checks/internal/sites"
)

// kinds lists a page of each type of our own site, in its first language.
func kinds(t *testing.T, s sites.Site, prefix string) []string {
	t.Helper()
	out := []string{prefix + "index.html"}
	for _, folder := range []string{
		"case-studies", "cities", "countries", "editions", "exhibition", "fields", "goals", "meetings", "networks", "practices", "regions",
	} {
		if own := prefix + folder + "/index.html"; exists(s, own) {
			out = append(out, own)
		}
		if folder != "exhibition" {
			out = append(out, s.OnePage(t, prefix+folder))
		}
	}
	for _, page := range []string{
		"booklet", "data", "exhibition/kiosk", "figures", "map", "search", // of the program
		"about", "credits", "data-and-licence", "monitoring", "an-al-mawqi", // of editors
	} {
		if p := prefix + page + "/index.html"; exists(s, p) {
			out = append(out, p)
		}
	}
	tours, err := filepath.Glob(filepath.Join(s.Dir, prefix, "exhibition/tours", "*", "index.html"))
	if err != nil || len(tours) == 0 {
		t.Errorf("no tours: %v", err)
	}
	for _, p := range tours[:min(2, len(tours))] { // of works, and of a picture
		out = append(out, prefix+"exhibition/tours/"+filepath.Base(filepath.Dir(p))+"/index.html")
	}
	if prefix == "" {
		out = append(out, "404.html")
	}
	return out
}

func exists(s sites.Site, name string) bool {
	_, err := os.Stat(filepath.Join(s.Dir, name))
	return err == nil
}

// TestPages opens a page of every type in both languages of both sites, on a
// desk and in a hand, by day and by night.
func TestPages(t *testing.T) {
	for name, s := range map[string]sites.Site{"ours": set.Ours, "arabic": set.Arabic} {
		home := s.Serve(t)
		for i, lang := range s.Langs {
			prefix := ""
			if i > 0 {
				prefix = lang + "/"
			}
			t.Run(name+" "+lang, func(t *testing.T) {
				t.Parallel()
				tab := web.Tab(t).Stay(home)
				for _, page := range kinds(t, s, prefix) {
					look(t, tab, home+page, lang)
				}
			})
		}
	}
}

// look holds one page to all that can be asked of every page.
func look(t *testing.T, tab *chrome.Tab, address, lang string) {
	t.Helper()
	tab.Size(1440, 900)
	tab.Prefer("light", "reduce")
	tab.Go(address)
	if got := chrome.Eval[string](tab, "document.documentElement.lang + ' ' + getComputedStyle(document.body).direction"); got != lang+" "+direction(lang) {
		t.Errorf("%s is %s", address, got)
	}
	for _, text := range chrome.Eval[[]string](tab, unmarked) {
		t.Errorf("%s: a text in Arabic is not marked as such: %s", address, text)
	}
	load(t, tab)
	for _, view := range []struct {
		width, height int64
		scheme        string
		full          bool
	}{{1440, 900, "light", true}, {1440, 900, "dark", false}, {390, 844, "dark", true}, {390, 844, "light", false}} {
		tab.Size(view.width, view.height)
		tab.Prefer(view.scheme, "reduce")
		for _, v := range axe(t, tab, whole, view.full) {
			t.Errorf("%s at %d, %s: %s", address, view.width, view.scheme, v)
		}
	}
	tab.Size(320, 640)
	if wide := chrome.Eval[[]string](tab, overflow); len(wide) > 0 {
		t.Errorf("%s is wider than 320 pixels: %s", address, strings.Join(wide, "; "))
	}
	for _, p := range tab.Problems() {
		t.Errorf("%s: %s", address, p)
	}
}

func direction(lang string) string {
	if lang == "ar" {
		return "rtl"
	}
	return "ltr"
}

// unmarked lists the texts and names of a page in Arabic letters alone that
// stand in no element of that language. Names within a text in other letters are
// a part of it.
const unmarked = `(() => {
	const arabic = /\p{Script=Arabic}/u, other = /\p{Script=Latin}/u, out = [];
	const ask = (text, e) => { if (arabic.test(text) && !other.test(text) && e.closest('[lang]').getAttribute('lang') !== 'ar') out.push(text.trim()) };
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walk.nextNode()) if (!walk.currentNode.parentElement.closest('script')) ask(walk.currentNode.data, walk.currentNode.parentElement);
	for (const e of document.body.querySelectorAll('[alt], [aria-label], [title]')) for (const a of ['alt', 'aria-label', 'title']) ask(e.getAttribute(a) ?? '', e);
	return out;
})()`

// overflow lists what makes a page scroll sideways.
const overflow = `(() => {
	const w = document.documentElement.clientWidth;
	if (document.documentElement.scrollWidth <= w && document.body.scrollWidth <= w) return [];
	return [...document.querySelectorAll('body *')].filter(e => { const r = e.getBoundingClientRect(); return r.width && (r.right > w + 1 || r.left < -1) && getComputedStyle(e).position !== 'fixed' })
		.slice(0, 5).map(e => e.tagName + '.' + e.className + ' ' + Math.round(e.getBoundingClientRect().left) + '…' + Math.round(e.getBoundingClientRect().right));
})()`

// load puts axe into the page.
func load(t *testing.T, tab *chrome.Tab) {
	t.Helper()
	b, err := os.ReadFile("../node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatalf("%v; run .ci/install", err)
	}
	chrome.Eval[any](tab, string(b)+"\n;null")
}

// whole is the whole page, for axe.
const whole = "document"

// axe returns what breaks WCAG 2.2 AA or good practice in a part of the page
// under view: all of it, or what colours can break.
func axe(t *testing.T, tab *chrome.Tab, part string, full bool) []string {
	t.Helper()
	options := `{resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}`
	if !full {
		options = `{resultTypes: ['violations'], runOnly: {type: 'rule', values: ['color-contrast', 'link-in-text-block']}}`
	}
	text := chrome.Eval[string](tab, `axe.run(`+part+`, `+options+`).then(r => JSON.stringify(r.violations.map(v => ({id: v.id, n: v.nodes.length, what: v.nodes.slice(0, 3).map(n => n.html.slice(0, 120) + ' ' + (n.any[0]?.message ?? n.all[0]?.message ?? n.none[0]?.message ?? ''))}))))`)
	var found []struct {
		ID   string
		N    int
		What []string
	}
	if err := json.Unmarshal([]byte(text), &found); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, v := range found {
		out = append(out, fmt.Sprintf("%s (%d): %s", v.ID, v.N, strings.Join(v.What, "\n\t\t")))
	}
	return out
}
