package browser

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"uccn/generator/checks/internal/chrome"
	"uccn/generator/checks/internal/sites"
)

// TestAxeFinds makes sure that the engine is at work: faults put into a page
// are found.
func TestAxeFinds(t *testing.T) {
	tab := web.Tab(t)
	tab.Go("data:text/html,<!doctype html><html lang=en><title>x</title><main><h1>x</h1><img src=data:,><p style='color:%23bbb;background:%23fff'>pale</p></main>")
	load(t, tab)
	got := strings.Join(axe(t, tab, whole, true), "\n")
	for _, rule := range []string{"image-alt", "color-contrast"} {
		if !strings.Contains(got, rule) {
			t.Errorf("%s is not found: %s", rule, got)
		}
	}
	if got := strings.Join(axe(t, tab, whole, false), "\n"); !strings.Contains(got, "color-contrast") {
		t.Errorf("colours alone: %s", got)
	}
}

// TestStates opens what pages hide: the search, the menu, the filters.
func TestStates(t *testing.T) {
	for _, c := range []struct {
		name  string
		site  sites.Site
		word  string // is asked for
		wants string // comes first
	}{
		{"ours", set.Ours, "Lodsz", "Łódź"},
		{"arabic", set.Arabic, "قصر الريح", "قصر الرّيح"},
	} {
		home := c.site.Serve(t)
		tab := web.Tab(t).Stay(home)
		tab.Go(home + "cities/")
		load(t, tab)
		for _, view := range []struct {
			width, height int64
			scheme        string
		}{{1440, 900, "light"}, {390, 844, "dark"}} {
			tab.Size(view.width, view.height)
			tab.Prefer(view.scheme, "reduce")
			if view.width < 500 {
				tab.Click("details.menu > summary")
				for _, v := range axe(t, tab, "'header'", true) { // what it covers for a while is not asked
					t.Errorf("%s menu: %s", c.name, v)
				}
				tab.Key(kb.Escape)
				if chrome.Eval[bool](tab, "document.querySelector('details.menu').open") {
					t.Errorf("%s: Escape does not close the menu", c.name)
				}
			}
			tab.Key("/")
			tab.Wait("document.querySelector('dialog[open] input')")
			if got := chrome.Eval[string](tab, "document.querySelector('dialog[open] input').getAttribute('aria-label')"); got == "" {
				t.Errorf("%s: the field has no name before its words have come", c.name)
			}
			tab.Wait("document.querySelector('dialog[open] [role=status]').textContent")
			clean(t, tab, c.name+" search, empty")
			typed(tab, c.word)
			tab.Wait("document.querySelector('dialog[open] ol li b')?.textContent === '" + c.wants + "'") // after what its first letters find
			clean(t, tab, c.name+" search, with results")
			tab.Key(kb.Escape)
			tab.Wait("!document.querySelector('dialog[open]')")
		}
		tab.Size(1440, 900)
		tab.Key("k", chromedp.KeyModifiers(input.ModifierCtrl))
		tab.Wait("document.querySelector('dialog[open]')")
		typed(tab, c.word)
		tab.Wait("document.querySelector('dialog[open] ol li b')?.textContent === '" + c.wants + "'")
		tab.Key(kb.ArrowDown)
		tab.Key(kb.Enter)
		tab.Wait("location.pathname.includes('/cities/') && document.querySelector('h1').textContent.includes('" + c.wants + "')")
		tab.Go(home + "search/?q=" + c.word)
		load(t, tab)
		tab.Wait("document.querySelector('form[data-search] ol li')")
		clean(t, tab, c.name+" search page")
		for _, p := range tab.Problems() {
			t.Errorf("%s: %s", c.name, p)
		}
	}
}

// typed types into the field that has the focus, as if it were empty.
func typed(tab *chrome.Tab, word string) {
	tab.Run("const e = document.activeElement; e.value = ''")
	tab.Key(word)
}

func clean(t *testing.T, tab *chrome.Tab, what string) {
	t.Helper()
	for _, v := range axe(t, tab, whole, true) {
		t.Errorf("%s: %s", what, v)
	}
}

// TestFilters narrows the wall and the list of cities.
func TestFilters(t *testing.T) {
	s := set.Ours
	home := s.Serve(t)
	tab := web.Tab(t).Stay(home)
	tab.Go(home + "exhibition/")
	load(t, tab)
	const seen = "[...document.querySelectorAll('.wall .work')].filter(e => e.getClientRects().length).length"
	all := chrome.Eval[int](tab, seen)
	tab.Run("const r = document.querySelector('.filters input[name=field][value=film]'); r.click()")
	film := chrome.Eval[int](tab, seen)
	tab.Run("const s = document.querySelector('.filters select[name=goals], .filters select[name=goal]'); s.value = [...s.options].find(o => o.value).value; s.dispatchEvent(new Event('input', {bubbles: true}))")
	both := chrome.Eval[int](tab, seen)
	if !(0 < film && film < all && both <= film) {
		t.Errorf("%d works, %d of film, %d of these for a goal", all, film, both)
	}
	if got := chrome.Eval[string](tab, "document.querySelector('.filters output').textContent"); both > 0 && !strings.HasPrefix(got, strings.TrimSpace(chrome.Eval[string](tab, "("+seen+").toString()"))) {
		t.Errorf("%d works are seen, and %q is said", both, got)
	}
	if got := chrome.Eval[string](tab, "location.search"); !strings.Contains(got, "field=film") || !strings.Contains(got, "&goal") {
		t.Errorf("the address does not keep the filters: %s", got)
	}
	for _, scheme := range []string{"light", "dark"} {
		tab.Prefer(scheme, "reduce")
		clean(t, tab, "filtered wall, "+scheme)
	}
	tab.Go(chrome.Eval[string](tab, "location.href"))
	if again := chrome.Eval[int](tab, seen); again != both {
		t.Errorf("%d works before, %d after the page is opened again at its address", both, again)
	}
	tab.Go(home + "cities/")
	const rows = "[...document.querySelectorAll(document.querySelector('.filters').dataset.filter)].filter(e => e.getClientRects().length).map(e => e.textContent)"
	tab.Run("document.querySelector('.filters input[type=search]').focus()")
	tab.Key("lodz")
	if got := chrome.Eval[[]string](tab, rows); len(got) != 1 || !strings.Contains(got[0], "Łódź") {
		t.Errorf("the name filter leaves %q", got)
	}
	for _, p := range tab.Problems() {
		t.Error(p)
	}
}

// TestSwitches turns on the light and changes the language.
func TestSwitches(t *testing.T) {
	s := set.Ours
	home := s.Serve(t)
	tab := web.Tab(t).Stay(home)
	tab.Go(home + "cities/lodz/")
	const paper = "getComputedStyle(document.documentElement).backgroundColor"
	day := chrome.Eval[string](tab, paper)
	tab.Click("[data-theme-toggle]")
	night := chrome.Eval[string](tab, paper)
	if day == night {
		t.Errorf("the switch leaves the paper %s", day)
	}
	tab.Go(home + "map/")
	if got := chrome.Eval[string](tab, paper); got != night {
		t.Errorf("the next page forgets: %s", got)
	}
	tab.Run("localStorage.clear()")
	tab.Go(home + "cities/lodz/")
	tab.Click(".tools a.lang")
	tab.Wait("document.documentElement.lang === 'fr'")
	if got := chrome.Eval[string](tab, "location.pathname"); got != "/fr/cities/lodz/" {
		t.Errorf("the language switch leads to %s", got)
	}
	for _, p := range tab.Problems() {
		t.Error(p)
	}
}

// TestFirstVisit does what a first-time visitor wants, in under three steps
// each: a click or a word is a step.
func TestFirstVisit(t *testing.T) {
	s := set.Ours
	home := s.Serve(t)
	tab := web.Tab(t).Stay(home)
	const first = "document.querySelector('dialog[open] ol li a')"
	t.Run("a city by a misspelt name", func(t *testing.T) {
		tab.Go(home)
		tab.Click("[data-find]")
		tab.Wait("document.querySelector('dialog[open] input')")
		tab.Key("Krakov")
		tab.Wait("/Kraków/.test(" + first + "?.textContent)")
	})
	t.Run("a practice for a goal in a region", func(t *testing.T) {
		tab.Go(home)
		tab.Click("[data-find]")
		tab.Wait("document.querySelector('dialog[open] input')")
		tab.Key("goal 11 africa")
		tab.Wait(first + "?.href.includes('/practices/')")
		want := chrome.Eval[string](tab, first+".href") + "index.html"
		tab.Go(home + "exhibition/") // from the menu of every page
		choose(tab, "goal", "11")
		choose(tab, "region", "africa")
		if got := chrome.Eval[[]string](tab, seenWorks); !slices.Contains(got, want) {
			t.Errorf("the search finds %s, the wall shows %v", want, got)
		}
		if chrome.Eval[bool](tab, "document.querySelector('[data-lack]').checkVisibility()") {
			t.Error("the wall says that there is nothing")
		}
	})
	t.Run("a goal that no practice of the region has", func(t *testing.T) {
		tab.Go(home + "exhibition/?goal=4&region=africa")
		load(t, tab)
		if got := chrome.Eval[[]string](tab, seenWorks); len(got) > 0 {
			t.Skipf("by now there are such works: %v", got)
		}
		if got := chrome.Eval[string](tab, "document.querySelector('.filters output').textContent"); strings.ContainsAny(got, "0123456789") || got == "" {
			t.Errorf("the filters say %q", got)
		}
		clean(t, tab, "a wall without works")
		for _, page := range chrome.Eval[[]string](tab, "[...document.querySelectorAll('[data-lack] a')].map(a => a.getAttribute('href'))") {
			if name := strings.TrimPrefix(page, "../") + "index.html"; !exists(s, name) {
				t.Errorf("the wall leads to %s, which is not there", page)
			}
		}
		ways := chrome.Eval[[]string](tab, "[...document.querySelectorAll('[data-lack] :is(a, button)')].map(e => e.textContent)")
		if len(ways) != 4 || !strings.Contains(ways[0], "Africa") || !strings.Contains(ways[2], "4") {
			t.Errorf("the ways on are %q", ways)
		}
		tab.Click("[data-lack] button")
		if got := chrome.Eval[[]string](tab, seenWorks); len(got) == 0 || chrome.Eval[bool](tab, "document.querySelector('[data-lack]').checkVisibility()") {
			t.Errorf("without the first there are %d works", len(got))
		}
		if got := chrome.Eval[string](tab, "location.search + ' ' + document.activeElement.name"); got != "?goal=4 region" {
			t.Errorf("after one step the filters are %q", got)
		}
	})
	t.Run("the next meeting", func(t *testing.T) {
		tab.Go(home) // it stands there, before those that have been
		row := chrome.Eval[string](tab, "document.querySelector('main .rows a[href*=\"meetings/\"]').textContent")
		if !strings.Contains(row, "to come") {
			t.Errorf("the first meeting on the home page is %q", row)
		}
		tab.Click("[data-find]")
		tab.Wait("document.querySelector('dialog[open] input')")
		tab.Key("next meeting")
		tab.Wait("[...document.querySelectorAll('dialog[open] ol li a')].slice(0, 2).some(a => a.href.includes('/meetings/'))")
	})
	for _, p := range tab.Problems() {
		t.Error(p)
	}
}

// seenWorks lists the addresses of the works that a wall shows.
const seenWorks = "[...document.querySelectorAll('.wall .work')].filter(e => e.getClientRects().length).map(e => e.querySelector('a').href)"

func choose(tab *chrome.Tab, filter, value string) {
	tab.Run("const s = document.querySelector('.filters select[name=" + filter + "]'); s.value = '" + value + "'; s.dispatchEvent(new Event('input', {bubbles: true}))")
}
