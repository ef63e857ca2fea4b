package browser

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"uccn/generator/checks/internal/chrome"
	"uccn/generator/checks/internal/sites"
)

// stop is where the focus is.
type stop struct {
	What    string
	N       int  // its number among what can be reached, -1 for none
	Visible bool // it is in the window and not covered
	Marked  bool // an outline or another sign tells it from what has no focus
}

// reach numbers what a keyboard should reach, and returns how many there are.
// Of radio buttons with one name only one is a stop, of a map one as well.
const reach = `(() => {
	let n = 0; const names = new Set();
	for (const e of document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')) {
		if (e.tabIndex < 0 || e.disabled || e.closest('[inert]') || !e.checkVisibility({visibilityProperty: true}) || e.getAttribute('tabindex') === '-1') continue;
		if (e.type === 'radio') { if (names.has(e.name)) continue; names.add(e.name); for (const r of document.getElementsByName(e.name)) r.dataset.n = n; }
		e.dataset.n = n++;
	}
	return n;
})()`

const focus = `(() => {
	const e = document.activeElement;
	if (!e || e === document.body) return {What: 'body', N: -1};
	const r = e.getBoundingClientRect(), s = getComputedStyle(e);
	const inside = [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]].some(([x, y]) => {
		const at = document.elementFromPoint(r.left + r.width * x, r.top + r.height * y);
		return at && (e.contains(at) || at.contains(e) || at.closest('label')?.contains(e));
	}) || [...e.getClientRects()].some(q => { const at = document.elementFromPoint(q.left + q.width / 2, q.top + q.height / 2); return at && e.contains(at); });
	const near = [e, ...e.querySelectorAll('*'), e.parentElement, e.closest('label, li, article, section, .work')].filter(Boolean);
	const look = () => near.flatMap(x => [null, '::before', '::after'].map(q => { const s = getComputedStyle(x, q); return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.backgroundColor, s.color, s.stroke, s.strokeWidth, s.r, s.fill, s.textDecorationLine, s.borderColor].join(); })).join();
	const with_ = look();
	e.blur();
	const marked = look() !== with_;
	e.focus({preventScroll: true});
	return {What: e.outerHTML.slice(0, 120), N: +(e.dataset.n ?? -1), Visible: inside, Marked: marked};
})()`

// TestKeyboard walks through pages with the tabulator alone.
func TestKeyboard(t *testing.T) {
	for _, c := range []struct {
		site  sites.Site
		pages []string
		width int64
	}{
		{set.Ours, []string{"cities/lodz/", "exhibition/", "map/", "search/", "exhibition/tours/across-the-fields/"}, 1440},
		{set.Ours, []string{"meetings/", "fr/figures/"}, 390},
		{set.Arabic, []string{"", "cities/qasr-al-rih/", "exhibition/", "practices/aghani-al-mina/"}, 1440},
		{set.Arabic, []string{"map/"}, 390},
	} {
		home := c.site.Serve(t)
		tab := web.Tab(t).Stay(home)
		tab.Size(c.width, 900)
		for _, page := range c.pages {
			tab.Go(home + page)
			walk(t, tab, page)
		}
	}
}

func walk(t *testing.T, tab *chrome.Tab, page string) {
	t.Helper()
	total := chrome.Eval[int](tab, reach)
	most := min(total, 120) // long lists repeat themselves
	seen := map[int]bool{}
	wrong := 0
	for i := range most {
		tab.Key(kb.Tab)
		at := chrome.Eval[stop](tab, focus)
		if i == 0 && !chrome.Eval[bool](tab, "document.activeElement.matches('.skip')") {
			t.Errorf("%s: the first stop is %s and not the way to the content", page, at.What)
		}
		if at.N < 0 || seen[at.N] {
			t.Errorf("%s: after %d of %d stops the focus is at %s", page, i, total, at.What)
			return
		}
		seen[at.N] = true
		if (!at.Visible || !at.Marked) && wrong < 5 {
			wrong++
			t.Errorf("%s: the focus cannot be seen (in sight %v, marked %v) at %s", page, at.Visible, at.Marked, at.What)
		}
	}
	tab.Run("document.activeElement.blur(); scrollTo(0, 0); document.querySelector('.skip').focus()")
	tab.Key(kb.Enter)
	if !chrome.Eval[bool](tab, "location.hash === '#main' && document.activeElement.id === 'main'") {
		t.Errorf("%s: the way to the content does not lead there", page)
	}
}

// TestMapStops passes the map by, and finds a way on to every side from where
// the tabulator enters it.
func TestMapStops(t *testing.T) {
	home := set.Ours.Serve(t)
	for _, width := range []int64{1440, 390} {
		tab := web.Tab(t).Stay(home)
		tab.Size(width, 900)
		tab.Go(home + "map/")
		tab.Run("document.querySelector('.pass').focus()")
		if r := chrome.Eval[[]float64](tab, "(r => [r.width, r.height])(document.activeElement.getBoundingClientRect())"); r[0] < 40 || r[1] < 24 {
			t.Errorf("at %d the way past the map is %v pixels large", width, r)
		}
		tab.Key(kb.Enter)
		tab.Key(kb.Tab)
		if !chrome.Eval[bool](tab, "document.activeElement.matches('#regions :is(a, button)')") {
			t.Errorf("at %d the way past the map leads to %s", width, chrome.Eval[stop](tab, focus).What)
		}
		for _, arrow := range []string{kb.ArrowUp, kb.ArrowDown, kb.ArrowLeft, kb.ArrowRight} {
			tab.Run("document.querySelector('.pass').focus()")
			tab.Key(kb.Tab)
			const name = "document.activeElement.getAttribute('aria-label')"
			if !chrome.Eval[bool](tab, "document.activeElement.matches('svg[data-roving] a')") {
				t.Fatalf("at %d the tabulator does not enter the map", width)
			}
			from := chrome.Eval[string](tab, name)
			tab.Key(arrow)
			if to := chrome.Eval[string](tab, name); to == from || to == "" {
				t.Errorf("at %d an arrow leads nowhere from %s", width, from)
			}
		}
		for _, p := range tab.Problems() {
			t.Error(p)
		}
	}
}

// TestMapKeys goes through a map with arrows, which mean what they show in
// either direction of writing.
func TestMapKeys(t *testing.T) {
	s := set.Arabic
	home := s.Serve(t)
	tab := web.Tab(t).Stay(home)
	tab.Go(home + "map/")
	const x = "document.activeElement.querySelector('circle').cx.baseVal.value"
	tab.Run("document.querySelector('svg[data-roving] a[tabindex=\"0\"]').focus()")
	from := chrome.Eval[float64](tab, x)
	for range 12 {
		tab.Key(kb.ArrowLeft)
	}
	left := chrome.Eval[float64](tab, x)
	for range 12 {
		tab.Key(kb.ArrowRight)
	}
	right := chrome.Eval[float64](tab, x)
	if !(left < from || from < right) || left >= right {
		t.Errorf("from %v the arrow to the left leads to %v, to the right to %v", from, left, right)
	}
}
