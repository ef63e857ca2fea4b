package press

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"uccn/generator/internal/model"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/render/booklet/look"
	"uccn/generator/internal/typeset"
	"uccn/generator/internal/typeset/font"
	"uccn/themes"
)

func newLook(t testing.TB, lang string) *look.Look {
	t.Helper()
	fonts, err := font.Load(themes.Default(), "fonts", nil)
	if err != nil {
		t.Fatal(err)
	}
	return look.New(fonts, model.PageSize{}, lang)
}

// page is a unit of one page with a place.
func page(name string) Unit {
	return Unit{Name: name, Make: func(p *Press) {
		p.Sheet("")
		p.Dest(name, 0)
	}}
}

func pressed(t testing.TB, lang string, multiple int, units ...Unit) ([]*Sheet, []Made) {
	t.Helper()
	b := Book{Look: newLook(t, lang), Units: append(units, page("inside"), page("back")), Digits: func(n int) string { return fmt.Sprint(n) }, Multiple: multiple}
	b.Units[len(b.Units)-1].Side = Verso
	b.Units[len(b.Units)-2].Side = Recto
	sheets, made, err := Make(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	return sheets, made
}

// order is the places of pages, one letter a page.
func order(sheets []*Sheet) string {
	var out strings.Builder
	for _, s := range sheets {
		if len(s.dests) == 0 {
			out.WriteByte('-')
		} else {
			out.WriteString(s.dests[0][:1])
		}
	}
	return out.String()
}

func TestSides(t *testing.T) {
	c, d := page("c"), page("d")
	c.Side, d.Side = Verso, Recto
	for _, k := range []struct {
		multiple int
		want     string
	}{{0, "acd-ib"}, {4, "acd---ib"}, {3, "acd-ib"}, {16, "acd-----------ib"}} {
		sheets, _ := pressed(t, "en", k.multiple, page("a"), c, d)
		if got := order(sheets); got != k.want {
			t.Errorf("multiple %d: %s, want %s", k.multiple, got, k.want)
		}
	}
}

// A unit that speaks of a later one, which takes more pages the more is said of
// it, still ends with the right number.
func TestNumbersSettle(t *testing.T) {
	said := ""
	first := Unit{Make: func(p *Press) {
		p.Sheet("")
		said = p.Number("z")
		for range len(said) - 1 { // as many pages as the number has figures
			p.Sheet("")
		}
	}}
	units := []Unit{first}
	for i := range 8 {
		units = append(units, page(fmt.Sprint("m", i)))
	}
	sheets, _ := pressed(t, "en", 0, append(units, page("z"))...)
	at := strings.IndexByte(order(sheets), 'z') + 1
	if said != fmt.Sprint(at) {
		t.Errorf("the text says page %s, the place is on page %d", said, at)
	}
}

// A unit that moves a place away whenever it is told where it is never settles,
// and says so.
func TestNumbersThatNeverSettle(t *testing.T) {
	restless := Unit{Make: func(p *Press) {
		p.Sheet("")
		if p.PageOf("z")%2 == 0 {
			p.Sheet("")
		}
	}}
	b := Book{Look: newLook(t, "en"), Units: []Unit{restless, page("z"), page("inside"), page("back")}, Digits: func(n int) string { return fmt.Sprint(n) }}
	if _, _, err := Make(t.Context(), b); err == nil {
		t.Error("no error")
	}
}

// What does not depend on other pages is made once, or twice when its side was
// guessed wrong.
func TestUnitsThatHoldAreKept(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	n := 0
	quiet := Unit{Make: func(p *Press) { n++; p.Sheet("") }}
	first := Unit{Make: func(p *Press) { p.Sheet(""); p.Number("z") }}
	pressed(t, "en", 0, first, quiet, page("z"))
	if n != 1 {
		t.Errorf("made %d times", n)
	}
}

func TestAreaMirrors(t *testing.T) {
	for lang, outer := range map[string][2]bool{"en": {true, false}, "ar": {false, true}} { // whether the outer edge is right, of pages 1 and 2
		var got [2]bool
		var left [2]look.Length
		see := Unit{Make: func(p *Press) {
			for i := range 2 {
				p.Sheet("")
				got[i], left[i] = p.OuterRight(), p.Area().X
			}
		}}
		pressed(t, lang, 0, see)
		if got != outer {
			t.Errorf("%s: %v, want %v", lang, got, outer)
		}
		if (left[0] > left[1]) != outer[0] {
			t.Errorf("%s: the wider margin is on the wrong side: %v", lang, left)
		}
	}
}

func TestFlowDividesNoWholeBlock(t *testing.T) {
	var tops []look.Length
	pages := 0
	u := Unit{Make: func(p *Press) {
		tops = nil
		p.Sheet("")
		s := p.Body()
		for i := range 9 {
			p.Flow(&pdf.Tag{Role: "Sect"}, fmt.Sprint("e", i), true, 0, typeset.Paragraph{Spans: typeset.T(strings.Repeat("loom and song ", 60)), Shape: s})
			tops = append(tops, p.Y)
		}
		pages = len(p.Made.sheets)
	}}
	sheets, _ := pressed(t, "en", 0, u)
	if pages < 2 {
		t.Fatalf("%d pages", pages)
	}
	for i, y := range tops {
		if y > sheets[0].Size.H {
			t.Errorf("entry %d ends at %s, below the page", i, y)
		}
	}
	for i, s := range sheets[:pages] {
		if len(s.dests) == 0 {
			t.Errorf("page %d begins no entry: one was divided", i+1)
		}
	}
}

func TestStopsWhenTold(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	b := Book{Look: newLook(t, "en"), Units: []Unit{page("a"), page("b"), page("c")}, Digits: func(n int) string { return fmt.Sprint(n) }}
	if _, _, err := Make(ctx, b); err == nil {
		t.Error("no error")
	}
}
