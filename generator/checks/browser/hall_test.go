package browser

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"uccn/generator/checks/internal/chrome"
)

// shown is the number of the scene on the screen.
const shown = `[...document.querySelectorAll('main > .scene')].findIndex(s => !s.inert)`

// seat is the number of the scene whose place is in the window.
const seat = `Math.round(Math.abs(document.querySelector('main').scrollLeft) / document.querySelector('main').clientWidth)`

// TestKiosk stands before the screen in the hall: it goes on by itself, stops
// for a visitor, counts down and begins again, and never lets anybody out.
func TestKiosk(t *testing.T) {
	for _, c := range []struct {
		name, page string
		width      int64
		height     int64
		next, prev string
	}{
		{"ours from a stick, upright", set.Stick.Disk("exhibition/kiosk/index.html"), 1080, 1920, kb.ArrowRight, kb.ArrowLeft},
		{"arabic, across", set.Arabic.Disk("exhibition/kiosk/index.html"), 1920, 1080, kb.ArrowLeft, kb.ArrowRight},
	} {
		t.Run(c.name, func(t *testing.T) {
			tab := web.Tab(t).Stay("file://")
			tab.Size(c.width, c.height)
			tab.Prefer("light", "no-preference")
			tab.Go(c.page + "?seconds=1&idle=6")
			tab.Wait(shown + " >= 2") // it goes on by itself

			tab.Key(c.next)
			at := chrome.Eval[int](tab, shown)
			time.Sleep(1500 * time.Millisecond)
			if now := chrome.Eval[int](tab, shown); now != at {
				t.Errorf("it goes on from %d to %d while a visitor is there", at, now)
			}
			tab.Key(c.prev)
			tab.Wait(fmt.Sprintf("%s === %d && %s === %d", shown, at-1, seat, at-1))
			tab.Wait("document.querySelector('.left').textContent") // it counts down
			left := chrome.Eval[string](tab, "document.querySelector('.left').textContent")
			if !strings.ContainsAny(left, "0123456789٠١٢٣٤٥٦٧٨٩") || !chrome.Eval[bool](tab, "document.querySelector('.left').checkVisibility()") {
				t.Errorf("the countdown says %q", left)
			}
			tab.Key(c.next) // the visitor stays
			tab.Wait("!document.querySelector('.left').textContent || " + shown + " === " + fmt.Sprint(at))
			for round := range 2 {
				tab.Wait("document.querySelector('.left').textContent")
				tab.Wait("!document.querySelector('.left').textContent && " + shown + " <= 1")
				if round == 0 {
					tab.Wait(shown + " >= 2") // and plays again
					tab.Key(c.next)
				}
			}
			out := chrome.Eval[[]string](tab, `[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href')).filter(h => !h.startsWith('#') && !/kiosk\/index\.html$/.test(h))`)
			if len(out) > 0 {
				t.Errorf("links lead out of the hall: %v", out)
			}
			small := chrome.Eval[[]string](tab, `[...document.querySelectorAll('.rail a, .rail button, .doors a')].filter(e => { const r = e.getBoundingClientRect(); return r.width && (r.width < 44 || r.height < 44) }).map(e => e.outerHTML.slice(0, 80))`)
			if len(small) > 0 {
				t.Errorf("targets under 44 pixels: %v", small)
			}
			if wide := chrome.Eval[[]string](tab, `[...document.querySelectorAll('.scene')].filter(s => s.scrollWidth > s.clientWidth + 1).map(s => s.id)`); len(wide) > 0 {
				t.Errorf("scenes wider than the screen: %v", wide)
			}
			for _, p := range tab.Problems() {
				t.Error(p)
			}
		})
	}
}

// TestKioskSigns asks that the signs on the buttons point where they lead.
func TestKioskSigns(t *testing.T) {
	tab := web.Tab(t).Stay("file://")
	for _, page := range []string{set.Stick.Disk("exhibition/kiosk/index.html"), set.Arabic.Disk("exhibition/kiosk/index.html")} {
		tab.Go(page)
		for act, back := range map[string]bool{"prev": true, "next": false} {
			// the tip of the sign, by where the drawing's box lies and whether it is mirrored
			mirrored := chrome.Eval[bool](tab, `(() => { const s = getComputedStyle(document.querySelector('.rail [data-act=`+act+`] svg')); return new DOMMatrix(s.transform).a < 0 || s.scale.startsWith('-1') })()`)
			rtl := chrome.Eval[bool](tab, "document.dir === 'rtl'")
			if mirrored != rtl {
				t.Errorf("%s: the sign of %s (back: %v) is mirrored: %v", page, act, back, mirrored)
			}
			button := chrome.Eval[float64](tab, "document.querySelector('.rail [data-act="+act+"]').getBoundingClientRect().left")
			play := chrome.Eval[float64](tab, "document.querySelector('.rail [data-act=play]').getBoundingClientRect().left")
			if (button < play) != (back != rtl) {
				t.Errorf("%s: %s stands on the wrong side", page, act)
			}
		}
	}
}

// TestCalm asks that who wants no motion gets none.
func TestCalm(t *testing.T) {
	tab := web.Tab(t).Stay("file://")
	tab.Go(set.Stick.Disk("exhibition/kiosk/index.html") + "?seconds=1")
	time.Sleep(2500 * time.Millisecond)
	if at := chrome.Eval[int](tab, shown); at != 0 {
		t.Errorf("it moves to %d", at)
	}
}

// TestTour walks a tour, and looks into a picture.
func TestTour(t *testing.T) {
	home := set.Arabic.Serve(t)
	tab := web.Tab(t).Stay(home)
	tab.Go(home + "exhibition/tours/min-al-mina/")
	if n := chrome.Eval[int](tab, "[...document.querySelectorAll('.stops > li')].filter(l => l.querySelector('.say').textContent && l.querySelector('img, svg')).length"); n != 3 {
		t.Errorf("%d stops", n)
	}
	tab.Go(home + "exhibition/tours/aghani-al-mina/")
	tab.Wait("document.querySelector('[data-viewer].live')")
	const view = "document.querySelector('[data-viewer] .whole svg').getAttribute('viewBox')"
	whole := chrome.Eval[string](tab, view)
	tab.Click("[data-viewer] [data-act=next]")
	one := chrome.Eval[string](tab, view)
	if one == whole || chrome.Eval[string](tab, "document.querySelector('.now').textContent") == "" {
		t.Errorf("the first detail shows %s", one)
	}
	tab.Run("document.querySelector('[data-viewer] .whole svg').focus()")
	tab.Key("+")
	tab.Key(kb.ArrowRight)
	if near := chrome.Eval[string](tab, view); near == one {
		t.Error("keys do not move the picture")
	}
	tab.Key("0")
	if got := chrome.Eval[string](tab, view); strings.Join(strings.Fields(got), " ") != whole && !sameBox(got, whole) {
		t.Errorf("the whole picture is %s, was %s", got, whole)
	}
	load(t, tab)
	clean(t, tab, "details of a picture")
	for _, p := range tab.Problems() {
		t.Error(p)
	}
}

// sameBox compares two view boxes as numbers.
func sameBox(a, b string) bool {
	var x, y [4]float64
	fmt.Sscan(a, &x[0], &x[1], &x[2], &x[3])
	fmt.Sscan(b, &y[0], &y[1], &y[2], &y[3])
	return x == y
}
