package cards

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"uccn/generator/internal/typeset/font"
)

func fonts(t testing.TB) font.Set {
	t.Helper()
	set, err := font.Load(os.DirFS("../../../../themes/default"), "fonts", nil)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// Runs stand in the order of the eye, from left to right.
func TestRuns(t *testing.T) {
	s := newSetter()
	for _, c := range []struct {
		text string
		rtl  bool
		want []string
	}{
		{"Łódź", false, []string{"Łódź"}},
		{"Łódź", true, []string{"Łódź"}},
		{"الأحساء", false, []string{"الأحساء"}},
		{"بولندا، 2017", true, []string{"2017", "بولندا، "}},
		{"مدينة Łódź الكبيرة", true, []string{" الكبيرة", "Łódź", "مدينة "}},
		{"Wadi (وادي) at 3", false, []string{"Wadi (", "وادي", ") at 3"}},
		{"Wadi وادي 12 صدى at 3", false, []string{"Wadi ", " صدى", "12", "وادي ", " at 3"}},
	} {
		var got []string
		for _, r := range s.runs(face{rtl: c.rtl}, c.text) {
			got = append(got, r.text)
			if r.rtl != mixed(r.text) {
				t.Errorf("%q of %q runs the wrong way", r.text, c.text)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestSplit(t *testing.T) {
	for text, want := range map[string]string{
		"San Cristóbal de las Casas": "San|Cristóbal|de|las|Casas",
		"Enghien-les-Bains":          "Enghien-|les-|Bains",
		"2016–2018":                  "2016–2018",
		"10\u00a0villes":             "10\u00a0villes",
		"丹波篠山市、日本":                   "丹|波|篠|山|市、|日|本",
		"「札幌」ッ":                      "「札|幌」ッ",
		"서울 부산":                      "서울|부산",
		"  ":                         "",
		"a\u2029b\u2028\r\nc\u00a0d": "a|b|c\u00a0d",
	} {
		got, _ := split(text)
		if strings.Join(got, "|") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestFit(t *testing.T) {
	s, set := newSetter(), fonts(t)
	f := face{stack: set.Title, lang: "en"}
	sizes := []float64{100, 80, 60, 40}
	for _, c := range []struct {
		text, want string
		size       float64
	}{
		{"Łódź", "Łódź", 100},
		{"Cities of Music", "Cities/of Music", 80},
		{"", "", 100},
		{strings.Repeat("long ", 40), strings.TrimSpace(strings.Repeat("long ", 15)) + "…", 40},
	} {
		got := s.sized(f, c.text, sizes, 1, 400, 160)
		if got.size != c.size || strings.ReplaceAll(got.text, " ", "") != strings.NewReplacer(" ", "", "/", "").Replace(c.want) {
			t.Errorf("%.30q: %q at %g, want %q at %g", c.text, got.text, got.size, c.want, c.size)
		}
		if want := 1 + strings.Count(c.want, "/"); c.size > 40 && c.text != "" && len(got.lines) != want {
			t.Errorf("%q: %d lines, want %d", c.text, len(got.lines), want)
		}
	}
}

// Whatever a name is, its lines stay in their box.
func FuzzFit(f *testing.F) {
	set := fonts(f)
	for _, text := range []string{"San Cristóbal de las Casas", "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", "قصر الرّيح (12)", "丹波篠山市、日本", "ภูเก็ต", "a\u200bb -–- ",
		"वाराणसी नगर निगम", "णसनगर \r0A", "קצר\u2029A b\u2028ג"} {
		f.Add(text, true)
		f.Add(text, false)
	}
	f.Fuzz(func(t *testing.T, text string, rtl bool) {
		if len(text) > 2000 || !utf8.ValidString(text) { // other texts are refused when they are read
			return
		}
		const width, height = 300, 150
		s := newSetter()
		got := s.sized(face{stack: set.Title, lang: "en", track: -24, rtl: rtl}, text, []float64{90, 60, 40}, 1, width, height)
		if n := float64(len(got.lines)); n > 1 && n*got.size > height+1 {
			t.Errorf("%q: %g lines at %g", text, n, got.size)
		}
		for _, l := range got.lines {
			if w := float64(l.width) * got.size / 1000; w > width+got.size {
				t.Errorf("%q: a line of %g pixels", text, w)
			}
		}
	})
}
