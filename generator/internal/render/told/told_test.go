package told

import (
	"fmt"
	"strings"
	"testing"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/model"
	"uccn/generator/internal/theme"
	"uccn/themes"
)

func words(t *testing.T, lang string) *theme.Words {
	t.Helper()
	th, dl, err := theme.Load(themes.Default(), "themes/default", nil, []string{"en", "fr"})
	if err != nil || dl.HasErrors() {
		t.Fatal(err, dl)
	}
	return th.Words(lang)
}

func TestCity(t *testing.T) {
	c := &model.City{
		Figures:     []model.Figure{{Label: "Choirs", Value: "31", Baseline: "12", Year: 2017}, {Label: "Singers", Value: "1,900", Unit: "people"}},
		Commitments: []string{"Rooms", "A fund"},
		Assets:      []model.Asset{{Name: "House of Tides", Kind: "venue"}},
		Events:      []model.Event{{Name: "Night of the Lamps", When: "October"}, {Name: "Week of Songs"}},
	}
	want := "[{In figures [Choirs: 31 (2017), before: 12 Singers: 1,900 people]} {What the city has set out to do [Rooms A fund]} " +
		"{Creative assets [House of Tides (venue)]} {Events [Night of the Lamps (October) Week of Songs]}]"
	if got := fmt.Sprint(City(words(t, "en"), c)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := City(words(t, "en"), &model.City{}); len(got) > 0 {
		t.Errorf("a city that says nothing has %v", got)
	}
}

func TestPractice(t *testing.T) {
	x := &model.Practice{
		Challenge: "The quay was dark.", Beneficiaries: []string{"Children"},
		Partners: []model.Partner{{Name: "Guild of Lamps"}, {Name: "School of the Quay"}},
		Budget:   model.Budget{Amount: 119999.6, Currency: "EUR", Year: 2017},
	}
	want := "[{Le défi [The quay was dark.]} {Pour qui [Children]} {Partenaires [Guild of Lamps, School of the Quay]} {Budget [120\u00a0000\u00a0EUR (2017)]}]"
	if got := fmt.Sprint(Practice(words(t, "fr"), x)); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestHero(t *testing.T) {
	for _, k := range []struct {
		roles []string
		want  string
	}{{[]string{"", "hero"}, "1"}, {[]string{"gallery"}, "0"}, {[]string{"panel"}, ""}, {nil, ""}} {
		h := &model.Head{}
		for i, r := range k.roles {
			h.Images = append(h.Images, model.Image{Src: fmt.Sprint(i), Role: r})
		}
		if got, ok := Hero(h); got.Src != k.want || ok != (k.want != "") {
			t.Errorf("%v: %q %v", k.roles, got.Src, ok)
		}
	}
}

func TestDegrees(t *testing.T) {
	if got, want := Degrees(model.Location{Lat: -33.92, Lon: 18.424}), "33.92°\u00a0S, 18.42°\u00a0E"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestInTurn(t *testing.T) {
	field := func(names string) *derive.Field {
		f := &derive.Field{}
		for _, r := range names {
			f.Cities = append(f.Cities, &derive.City{City: &model.City{Head: model.Head{Name: string(r)}}})
		}
		return f
	}
	net := &derive.Network{Fields: []*derive.Field{field("abcdef"), field(""), field("uvwxyz")}}
	for n, want := range map[int]string{0: "", 2: "ax", 4: "axcz", 12: "axbycz"} {
		got := ""
		for _, c := range InTurn(net, n) {
			got += c.City.Name
		}
		if !strings.HasPrefix(got, want) || len(got) > n {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}
