package cards

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"uccn/generator/internal/config"
	"uccn/generator/internal/derive"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/load"
	"uccn/generator/internal/markdown"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/model"
	"uccn/generator/internal/output"
	"uccn/generator/internal/plate"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/site"
	"uccn/generator/internal/render/site/look"
	"uccn/generator/internal/theme"
	"uccn/generator/internal/worldmap"
	"uccn/themes"
)

const (
	ours   = "../../../.."
	arabic = "../../../testdata/arabic"
)

// input is what a build of the site in dir hands to its outputs, in the
// languages of the site or others.
func input(t testing.TB, dir string, languages ...string) *render.Input {
	t.Helper()
	root := os.DirFS(dir)
	s, _, err := config.Read(root)
	if err != nil {
		t.Fatal(err)
	}
	if len(languages) > 0 {
		s.Languages = languages
	}
	now := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	contents, _, err := load.Content(context.Background(), root, load.Options{Languages: s.Languages, Today: model.DateOf(now)})
	if err != nil {
		t.Fatal(err)
	}
	in := &render.Input{Site: s, Markdown: markdown.New(), Land: worldmap.Open(), Now: now, Root: root}
	for _, c := range contents {
		n, dl := derive.Build(c, s, derive.Options{Edition: s.Edition, Today: model.DateOf(now)})
		if n == nil {
			t.Fatal(dl)
		}
		in.Networks = append(in.Networks, n)
	}
	th, dl, err := theme.Load(themes.Default(), "themes/default", site.Pages(), s.Languages)
	if err != nil || dl.HasErrors() {
		t.Fatal(dl, err)
	}
	in.Theme = th
	return in
}

func rendered(t testing.TB, in *render.Input) ([]output.File, diag.List) {
	t.Helper()
	files, dl, err := Render(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return files, dl
}

var leads = regexp.MustCompile(`<meta property="og:image" content="https://[^/"]+/([^"]+)">`)

// Every page leads to a card that is there, and every card is led to.
func TestEveryPageHasItsCard(t *testing.T) {
	for _, dir := range []string{ours, arabic} {
		in := input(t, dir)
		files, dl := rendered(t, in)
		if len(dl) > 0 {
			t.Errorf("%s: %v", dir, dl)
		}
		led := map[string]bool{}
		for _, f := range files {
			led[f.Path] = false
		}
		pages, _, err := site.Render(context.Background(), in)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range pages {
			data, err := f.Bytes(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			m := leads.FindSubmatch(data)
			if m == nil {
				if bytes.Contains(data, []byte(`og:title`)) && f.Path != "404.html" {
					t.Errorf("%s has no card", f.Path)
				}
				continue
			}
			path := string(m[1])
			if _, there := led[path]; !there {
				t.Errorf("%s leads to %s, which is not there", f.Path, path)
			}
			led[path] = true
		}
		for path, is := range led {
			if !is {
				t.Errorf("no page leads to %s", path)
			}
		}
	}
}

// Without an address of the site no page could lead to a card.
func TestNoAddressNoCards(t *testing.T) {
	in := input(t, ours, "en")
	in.Site.BaseURL = ""
	if files, _ := rendered(t, in); len(files) > 0 {
		t.Errorf("%d cards", len(files))
	}
}

// The plate on a card is that of the page.
func TestPlatesAreThoseOfTheSite(t *testing.T) {
	in := input(t, ours, "en")
	plates := map[string][]byte{}
	for _, f := range look.Plates(in.Networks[0]) {
		plates[f.Path], _ = f.Bytes(t.Context())
	}
	n := 0
	for _, c := range gather(in, in.Networks[0]) {
		kind, id := path.Split(strings.TrimSuffix(c.path, "/"))
		want, found := plates["plates/"+kind+id+".svg"]
		if !found || len(c.plates) != 1 {
			continue
		}
		n++
		if got := plate.SVG(c.plates[0]); !bytes.Equal(got, want) {
			t.Errorf("the card of %s shows another plate than its page", c.path)
		}
	}
	if n < 250 {
		t.Errorf("only %d cards show a plate of the site", n)
	}
}

// drawn finds the card of a page and draws it.
func drawn(t *testing.T, files []output.File, path string) image.Image {
	t.Helper()
	i := slices.IndexFunc(files, func(f output.File) bool { return f.Path == path })
	if i < 0 {
		t.Fatalf("no card at %s", path)
	}
	data, err := files[i].Bytes(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestCardsRunWithTheirLanguage(t *testing.T) {
	files, _ := rendered(t, input(t, arabic, "ar", "en"))
	paper := color.RGBA{0xf7, 0xf8, 0xf7, 255}
	ar, en := drawn(t, files, "cards/cities/burj-al-naml/card.png"), drawn(t, files, "cards/en/cities/burj-al-naml/card.png")
	if ar.Bounds().Dx() != render.CardWidth || ar.Bounds().Dy() != render.CardHeight {
		t.Errorf("the card is %v", ar.Bounds())
	}
	for y := range render.CardHeight {
		if ar.At(2, y) != paper || en.At(render.CardWidth-3, y) != paper {
			t.Fatal("the outer edge of the words is not paper")
		}
		if ar.At(render.CardWidth-1, y) != en.At(plateWidth-1, y) {
			t.Fatal("the plate of the one language is not that of the other")
		}
	}
}

// What is drawn is remembered, and what is remembered is what is drawn.
func TestRemembered(t *testing.T) {
	in := input(t, arabic, "ar")
	dir := t.TempDir()
	in.Disk = memo.NewDisk(dir, in.Now, false)
	files, _ := rendered(t, in)
	for _, f := range files {
		if _, err := f.Bytes(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	again, _ := rendered(t, in)
	for i, f := range again {
		b := f.Blob.(blob)
		if b.Key() != files[i].Blob.Key() || !in.Disk.Has(b.key) {
			t.Fatalf("%s is not remembered", f.Path)
		}
	}
	in.Disk = memo.NewDisk(dir, in.Now, true) // draws all again and compares
	again, _ = rendered(t, in)
	slices.Reverse(again)
	for _, f := range again {
		if _, err := f.Bytes(context.Background()); err != nil {
			t.Error(f.Path, err)
		}
	}
}

func TestCharactersWithoutAFont(t *testing.T) {
	in := input(t, ours, "en")
	var lodz *derive.City
	for _, c := range in.Networks[0].Cities {
		if c.ID == "lodz" {
			lodz = c
		}
	}
	before := drawn(t, first(rendered(t, in)), "cards/cities/lodz/card.png")
	lodz.Name = "Łódź \u0b95\u0a85"
	lodz.City.NameLocal = []model.LocalName{{Lang: "gu", Text: "\u0a85\u0a86"}}
	files, dl := rendered(t, in)
	if len(dl) != 2 || dl[0].Code != "missing-glyph" || dl[0].Path != "content/cities/lodz.md" || !strings.Contains(dl[0].Message, "U+0A85") || !strings.Contains(dl[0].Hint, "script Gujr") {
		t.Errorf("the problems are %v", dl)
	}
	lodz.Name, lodz.City.NameLocal = "Łódź \u0b95", nil
	clean, _ := rendered(t, in)
	if !same(drawn(t, files, "cards/cities/lodz/card.png"), drawn(t, clean, "cards/cities/lodz/card.png")) {
		t.Error("the characters without a font left a trace")
	}
	if same(before, drawn(t, clean, "cards/cities/lodz/card.png")) {
		t.Error("a character with a font was left out")
	}
}

func first(files []output.File, _ diag.List) []output.File { return files }

func same(a, b image.Image) bool {
	for y := range render.CardHeight {
		for x := range render.CardWidth {
			if a.At(x, y) != b.At(x, y) {
				return false
			}
		}
	}
	return true
}

// Cards are sent with every link: they have to be small.
func TestWeight(t *testing.T) {
	files, _ := rendered(t, input(t, ours, "en"))
	sum, n := 0, 0
	for i := 0; i < len(files); i += 7 {
		data, err := files[i].Bytes(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if len(data) > 60_000 {
			t.Errorf("%s has %d bytes", files[i].Path, len(data))
		}
		sum, n = sum+len(data), n+1
	}
	if mean := sum / n; mean > 25_000 {
		t.Errorf("a card has %d bytes on the average", mean)
	}
}

func BenchmarkRender(b *testing.B) {
	in := input(b, ours)
	in.Disk = memo.NewDisk(b.TempDir(), in.Now, false)
	for b.Loop() {
		rendered(b, in)
	}
}

func BenchmarkDraw(b *testing.B) {
	files, _ := rendered(b, input(b, ours, "en"))
	i := 0
	for b.Loop() {
		if _, err := files[i%len(files)].Bytes(context.Background()); err != nil {
			b.Fatal(err)
		}
		i += 7
	}
}
