package prose

import (
	"testing"

	"uccn/generator/internal/model"
	"uccn/generator/internal/render"
)

func TestLead(t *testing.T) {
	plain, hero, panel := model.Image{Src: "plain.jpg"}, model.Image{Src: "hero.jpg", Role: "hero"}, model.Image{Src: "panel.jpg", Role: "panel"}
	for _, c := range []struct {
		images []model.Image
		want   string
	}{
		{nil, ""},
		{[]model.Image{plain}, "plain.jpg"},
		{[]model.Image{plain, hero}, "hero.jpg"},
		{[]model.Image{panel}, ""},
		{[]model.Image{panel, hero}, "hero.jpg"},
	} {
		got, ok := Lead(&model.Head{Images: c.images})
		if got.Src != c.want || ok != (c.want != "") {
			t.Errorf("%v: %q, want %q", c.images, got.Src, c.want)
		}
	}
}

// TestPlateStandsIn shows the plate where a record has no picture, or one that
// was not made.
func TestPlateStandsIn(t *testing.T) {
	w := Writer{In: &render.Input{}}
	to := func(target string) string { return "../../" + target }
	for _, images := range [][]model.Image{nil, {{Src: "gone.jpg", Alt: "not the plate's"}}} {
		got := w.Hero(to, &model.Head{Type: model.Cities, ID: "lodz", Images: images})
		if got.Src != "../../plates/cities/lodz.svg" || got.Alt != "" || got.Srcset != "" || got.Width != 400 || got.Height != 500 || !got.Eager {
			t.Errorf("%+v", got)
		}
	}
}
