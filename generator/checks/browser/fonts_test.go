package browser

import (
	"math"
	"testing"

	"uccn/generator/checks/internal/chrome"
)

// TestStandIns measures what readers see while the fonts load against the fonts:
// a line is to be as wide, within 3 in 100, and as high. It measures those
// stand-ins that this machine has, and wants at least one for each script.
func TestStandIns(t *testing.T) {
	tab := web.Tab(t).Stay("file://")
	tab.Go(set.Arabic.Disk("index.html"))
	latin := "The makers of this town open their doors each spring; whoever comes learns to weave, to print and to cook. Les métiers d’art, la musique et le cinéma."
	arabic := "لم يكن لأهل البلدة مكان يلتقون فيه بعد الغروب من الأفضل أن يبدأ العمل صغيرا ثم يكبر تكفي قاعة واحدة"
	for _, script := range []struct {
		font, weight, text string
		standIns           []string
	}{
		{"Bricolage", "400", latin, []string{"Arial Display"}},
		{"Bricolage", "700", latin, []string{"Arial Display", "Roboto Display"}},
		{"Newsreader", "400", latin, []string{"Georgia Text", "Noto Text", "Times Text"}},
		{"Readex", "400", arabic, []string{"Naskh Arabic", "DejaVu Arabic"}},
	} {
		tab.Run(`window.box = (family, weight, text) => {
			const s = document.createElement('span');
			s.style.cssText = 'position: absolute; white-space: nowrap; line-height: normal; letter-spacing: 0; font-size: 100px';
			s.style.fontFamily = JSON.stringify(family); s.style.fontWeight = weight; s.textContent = text;
			document.body.append(s);
			const r = s.getBoundingClientRect();
			s.remove();
			return [r.width, r.height];
		}`)
		measure := func(family string) []float64 {
			// a face that this machine does not have is rejected
			return chrome.Eval[[]float64](tab, `document.fonts.load(`+"`"+script.weight+` 100px "`+family+`"`+"`, `"+script.text+"`"+`).then(f => f.length ? box("`+family+`", "`+script.weight+`", `+"`"+script.text+"`"+`) : [], () => [])`)
		}
		want := measure(script.font)
		if len(want) == 0 {
			t.Errorf("%s %s does not load", script.font, script.weight)
			continue
		}
		had := 0
		for _, s := range script.standIns {
			got := measure(s)
			if len(got) == 0 {
				continue
			}
			had++
			if wide := got[0] / want[0]; math.Abs(wide-1) > .03 {
				t.Errorf("%q in place of %s %s is %.1f %% as wide", s, script.font, script.weight, wide*100)
			}
			if math.Abs(got[1]-want[1]) > 2 { // heights are whole pixels, above and below the line
				t.Errorf("%q in place of %s %s is %.0f pixels high and not %.0f", s, script.font, script.weight, got[1], want[1])
			}
		}
		if had == 0 {
			t.Errorf("no stand-in for %s %s on this machine", script.font, script.weight)
		}
	}
	for _, p := range tab.Problems() {
		t.Error(p)
	}
}
