package panels

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"path"
	"slices"
	"strings"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/media"
	"uccn/generator/internal/model"
	"uccn/generator/internal/plate"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/ink"
	"uccn/generator/internal/theme"
	"uccn/generator/internal/typeset"
)

// A work is all that is printed of a practice. Its fields are plain, so that
// they tell whether a page has changed; those in small letters do not matter to it.
type work struct {
	ID, Title, Lang string // the language of its texts
	Landscape       bool
	Kicker, Cities  string
	Field           string // the city's kind: "City of Film"
	Plate           plate.Subject
	Palette         plate.Palette
	Photo           photo
	Quote, Summary  string
	Text            []string // paragraphs
	Goals           string
	Address         string // of its public page; "" when the site has none

	at      diag.Pos
	picture *typeset.Picture
}

// A photo is a picture that is large enough for a panel.
type photo struct{ Key, Alt, Credit string }

// printed is all that the page of a work shows.
func (w work) printed() string {
	w.at, w.picture = diag.Pos{}, nil
	return fmt.Sprintf("%#v", w)
}

// leastDPI is how many pixels to an inch a picture must have on a panel, and
// wantedDPI how many it is printed with.
const (
	leastDPI  = 100
	wantedDPI = 150
)

// gather collects the works of an exhibition in the order of the print.
func (s *shop) gather(net *derive.Network, x *derive.Exhibition) ([]work, diag.List) {
	var dl diag.List
	works := slices.Clone(x.Works)
	slices.SortStableFunc(works, func(a, b *derive.Practice) int { return byKnown(a.Panel.Order, b.Panel.Order) })
	if s.in.Site.BaseURL == "" {
		d := dl.Notef(x.At, "no-address", "the panels of %s have no codes, because the site does not say where it will be read", x.Name)
		d.Hint = "give base_url in site.yaml"
	}
	var out []work
	for _, p := range works {
		w, problems := s.work(net, x, p)
		out = append(out, w)
		dl = append(dl, problems...)
	}
	return out, dl
}

// byKnown orders numbers; 0, which means not given, stands last.
func byKnown(a, b int) int {
	if (a == 0) != (b == 0) {
		return cmp.Compare(b, a)
	}
	return cmp.Compare(a, b)
}

func (s *shop) work(net *derive.Network, x *derive.Exhibition, p *derive.Practice) (work, diag.List) {
	t := s.in.Theme.Words(net.Lang)
	h := &p.Practice.Head
	w := work{
		ID: p.ID, Title: p.Name, Lang: cmp.Or(h.Lang, net.Lang), Landscape: p.Panel.Layout == "landscape", at: p.At,
		Quote: p.Panel.Quote, Summary: h.Summary, Kicker: kicker(t, p), Cities: cityNames(t, p.Cities), Palette: ink.Palette(""),
		Plate: plate.Subject{Name: p.ID, Salt: render.PracticePlate},
	}
	if p.Lead != nil {
		w.Plate.Lat, w.Plate.Lon = p.Lead.Location.Lat, p.Lead.Location.Lon
	}
	if f := render.Leading(p.Lead, p.Fields); f != nil {
		w.Field, w.Palette, w.Plate.Pattern = f.Name, ink.Palette(f.Colour), f.Pattern
	}
	w.Plate.Colours = w.Palette.Colours()
	if !h.Body.Empty() {
		text := s.in.Markdown.Parse(h.Body)
		w.Summary = cmp.Or(w.Summary, text.FirstSentence())
		for line := range strings.SplitSeq(text.Plain(), "\n") {
			if line = strings.TrimSpace(line); line != "" {
				w.Text = append(w.Text, line)
			}
		}
	}
	if len(p.Goals) > 0 {
		var numbers []string
		for _, g := range p.Goals {
			numbers = append(numbers, t.Year(g.Number))
		}
		w.Goals = t.T("goals.list", len(numbers), strings.Join(numbers, t.T("list_comma")))
	}
	if p.Path != "" {
		w.Address = s.in.Absolute(s.in.Prefix(net.Lang) + p.Path)
	}
	dl := s.photograph(t, &w, h, paper(x.Panels))
	return w, dl
}

// kicker is the number of a work and when it was made.
func kicker(t *theme.Words, p *derive.Practice) string {
	var parts []string
	if p.Number > 0 {
		parts = append(parts, t.T("practice.number", p.Number))
	}
	switch {
	case !p.Period.IsZero():
		parts = append(parts, t.Span(p.Period.Start, p.Period.End))
	case !p.Year.IsZero():
		parts = append(parts, t.Date(p.Year))
	}
	return strings.Join(parts, " · ")
}

// cityNames names the cities, with their countries when they are few.
func cityNames(t *theme.Words, cities []*derive.City) string {
	var out []string
	for _, c := range cities {
		name := c.Name
		if len(cities) <= 3 && c.Country != nil && c.Country.Name != c.Name {
			name += " (" + c.Country.Name + ")"
		}
		out = append(out, name)
	}
	return strings.Join(out, t.T("list_comma"))
}

// photograph finds the picture of a work for its panel: that with the part of the
// panel, the hero, or the first. One that is too small is refused, and the
// work's plate is printed.
func (s *shop) photograph(t *theme.Words, w *work, h *model.Head, p model.PageSize) diag.List {
	var dl diag.List
	i, ok := chosen(h.Images)
	if !ok {
		return nil
	}
	wide, high := frame(p, w.Landscape)
	crop := &media.Crop{W: int(wide), H: int(high), Focus: i.Focus}
	src := render.PicturePath(h, i.Src)
	dpi, ok := s.in.Media.DPI(src, crop, wide)
	if !ok {
		return nil
	}
	if dpi < leastDPI {
		d := dl.Warnf(i.At, "low-resolution", "%q has %d pixels to an inch on a panel of %s, and %d are the least; the plate of the work is printed instead", path.Base(i.Src), int(dpi), p.Size, leastDPI)
		d.Len = len([]rune(i.Src))
		d.Hint = fmt.Sprintf("give a picture of at least %d × %d pixels", int(math.Ceil(wide/25.4*leastDPI)), int(math.Ceil(high/25.4*leastDPI)))
		return dl
	}
	m, ok := s.in.Media.Print(src, crop, media.Place{WidthMM: wide, DPI: wantedDPI})
	if !ok {
		return nil
	}
	w.Photo = photo{Key: m.Key(), Alt: cmp.Or(i.Alt, w.Title), Credit: credit(t, &i)}
	w.picture = &typeset.Picture{W: m.Width, H: m.Height, Data: func() ([]byte, error) {
		return m.Bytes(context.Background()) // asked for while a file is written, which is not stopped halfway
	}}
	return nil
}

func chosen(images []model.Image) (model.Image, bool) {
	for _, role := range []string{"panel", "hero"} {
		for _, i := range images {
			if i.Role == role {
				return i, true
			}
		}
	}
	if len(images) == 0 {
		return model.Image{}, false
	}
	return images[0], true
}

// credit is the line beside a picture; an asterisk tells those shown by permission.
func credit(t *theme.Words, i *model.Image) string {
	parts := []string{}
	if i.Credit != "" {
		parts = append(parts, i.Credit)
	}
	if key := "licence." + i.License; t.Has(key) {
		parts = append(parts, t.T(key))
	} else if i.License != "" {
		parts = append(parts, strings.ToUpper(i.License))
	}
	if i.RightsHolder != "" {
		parts = append(parts, "© "+i.RightsHolder)
	}
	s := strings.Join(parts, ", ")
	if i.Permission() {
		s += " *"
	}
	return s
}
