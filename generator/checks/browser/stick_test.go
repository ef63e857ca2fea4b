package browser

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"uccn/generator/checks/internal/chrome"
)

// TestStickRuns leaves the exhibition of a stick alone in a hall without a
// network. Two visitors come, each for a while: one turns pages, one changes the
// language; after each of them it begins again. It takes a minute at ten times
// the pace; with UCCN_LONG=1 it takes ten minutes at the pace of a hall.
func TestStickRuns(t *testing.T) {
	pace, total := "?seconds=1&idle=6", time.Minute
	if os.Getenv("UCCN_LONG") != "" {
		pace, total = "", 10*time.Minute
	}
	began := time.Now()
	tab := web.Tab(t).Stay("file://")
	tab.Offline()
	tab.Size(1080, 1920)
	tab.Prefer("light", "no-preference")

	tab.Go(set.Stick.Disk("index.html")) // leads to the wall
	tab.Wait("document.querySelectorAll('.wall .work').length > 0")
	ends := chrome.Eval[[]string](tab, `[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href').split('#')[0]).filter(Boolean)`)
	for _, href := range ends {
		if _, err := os.Stat(filepath.Join(set.Stick.Dir, "exhibition", filepath.FromSlash(href))); err != nil {
			t.Errorf("the wall leads to %s: %v", href, err)
		}
	}
	tab.Click(".wall .work a")
	tab.Wait("document.querySelector('article h1') && location.pathname.includes('/practices/')")

	tab.Go(set.Stick.Disk("exhibition/kiosk/index.html") + pace)
	const lang = "document.documentElement.lang"
	tab.Run("window.scenes = new Set(); setInterval(() => scenes.add(" + shown + "), 200)")
	tab.Wait(shown + " >= 2") // it goes on by itself
	resets := 0
	visit := func(what string, does func()) {
		does()
		asleep := time.Now()
		tab.Patiently(2*time.Minute, "document.querySelector('.left').textContent")
		if !chrome.Eval[bool](tab, "document.querySelector('.left').checkVisibility()") {
			t.Errorf("%s: the countdown is not in sight", what)
		}
		tab.Patiently(time.Minute, "!document.querySelector('.left').textContent && "+shown+" <= 1 && "+lang+" === 'en'")
		resets++
		t.Logf("%s: it began again after %v", what, time.Since(asleep).Round(time.Second))
		tab.Patiently(time.Minute, shown+" >= 2")
	}
	visit("a visitor who turns pages", func() {
		for range 3 {
			tab.Key(kb.ArrowRight)
		}
	})
	first := chrome.Eval[int](tab, "scenes.size")
	for time.Since(began) < total/2 {
		time.Sleep(time.Second)
	}
	passed := chrome.Eval[int](tab, "scenes.size")
	heap := chrome.Eval[float64](tab, "performance.memory.usedJSHeapSize / 1e6")
	visit("a visitor who changes the language", func() {
		tab.Click(".talk a[lang=fr]")
		tab.Wait(lang + " === 'fr' && document.body.dataset.live === ''")
		tab.Key(kb.ArrowRight)
	})
	for time.Since(began) < total {
		time.Sleep(time.Second)
	}
	if resets != 2 || passed <= first {
		t.Errorf("it began again %d times and passed from %d scenes to %d", resets, first, passed)
	}
	if at := chrome.Eval[int](tab, shown); at < 2 {
		t.Errorf("at the end it stands at scene %d", at)
	}
	t.Logf("%v from the disk: %d beginnings again, %d scenes before the second visitor, %.1f MB of scripts' memory then and %.1f at the end",
		time.Since(began).Round(time.Second), resets, passed, heap, chrome.Eval[float64](tab, "performance.memory.usedJSHeapSize / 1e6"))
	if found := tab.Problems(); len(found) > 0 {
		t.Error(strings.Join(found, "\n"))
	}
}
