package site

import (
	"strings"

	"uccn/generator/internal/markdown/doc"
	"uccn/generator/internal/media"
	"uccn/generator/internal/model"
	"uccn/generator/internal/plate"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/site/look"
	"uccn/generator/internal/render/site/view"
)

// Where pictures stand and how wide they are there, for the browser to choose.
const (
	heroSizes    = "(min-width: 56em) 42vw, 100vw"
	cardSizes    = "(min-width: 64em) 24vw, (min-width: 40em) 45vw, 92vw"
	gallerySizes = "(min-width: 64em) 36em, 92vw"
)

// hero fills the opening of a record's page: its first picture, or its plate.
func (m *maker) hero(p place, h *model.Head) view.Picture {
	pic := m.framed(p, h, heroSizes)
	pic.Eager = true
	return pic
}

// card is a record's picture on a wall.
func (m *maker) card(p place, h *model.Head) view.Picture { return m.framed(p, h, cardSizes) }

func (m *maker) framed(p place, h *model.Head, sizes string) view.Picture {
	if i, ok := leadPicture(h); ok {
		if k, ok := m.media.Lookup(render.PicturePath(h, i.Src), render.CardCrop(&i)); ok {
			return m.photograph(p, k, i, sizes)
		}
		if k, ok := m.media.Lookup(render.PicturePath(h, i.Src), nil); ok {
			return m.photograph(p, k, i, sizes)
		}
	}
	return view.Picture{Src: p.to(look.Path(h.Type, h.ID)), Width: plate.Width, Height: plate.Height}
}

// leadPicture is the picture with the part of the hero, or the first.
func leadPicture(h *model.Head) (model.Image, bool) {
	for _, i := range h.Images {
		if i.Role == "hero" {
			return i, true
		}
	}
	if len(h.Images) > 0 && h.Images[0].Role != "panel" {
		return h.Images[0], true
	}
	return model.Image{}, false
}

// gallery is every picture of a record but the one that opens the page.
func (m *maker) gallery(p place, h *model.Head) []view.Picture {
	lead, _ := leadPicture(h)
	var out []view.Picture
	for _, i := range h.Images {
		if i.At == lead.At || i.Role == "panel" {
			continue
		}
		if k, ok := m.media.Lookup(render.PicturePath(h, i.Src), nil); ok {
			out = append(out, m.photograph(p, k, i, gallerySizes))
		}
	}
	return out
}

func (m *maker) photograph(p place, k *media.Picture, i model.Image, sizes string) view.Picture {
	d := k.Default()
	out := view.Picture{Src: p.to(d.Path), Alt: i.Alt, Width: d.Width, Height: d.Height, Sizes: sizes, Caption: i.Caption, Credit: m.credit(i)}
	if i.Decorative {
		out.Alt = ""
	}
	if k.SVG != nil {
		return out
	}
	root := strings.TrimSuffix(p.to("x"), "x")
	out.Srcset = media.Srcset(root, k.JPEG)
	if len(k.WebP) > 0 {
		out.Sources = []view.Variant{{Type: "image/webp", Srcset: media.Srcset(root, k.WebP), Sizes: sizes}}
	}
	return out
}

// credit names the maker and the terms of a picture.
func (m *maker) credit(i model.Image) string {
	parts := []string{i.Credit}
	if i.License != "" {
		parts = append(parts, m.words.T("licence."+i.License))
	}
	if i.RightsHolder != "" {
		parts = append(parts, "© "+i.RightsHolder)
	}
	return strings.Join(parts, ", ")
}

// Picture finds a picture of the text itself.
func (r resolver) Picture(i *doc.Image) (doc.Picture, bool) {
	k, ok := r.m.media.Lookup(render.PicturePath(r.h, i.Src), nil)
	if !ok {
		return doc.Picture{}, false
	}
	pic := r.m.photograph(r.p, k, model.Image{}, gallerySizes)
	out := doc.Picture{Src: pic.Src, Width: pic.Width, Height: pic.Height, Srcset: pic.Srcset, Sizes: pic.Sizes}
	for _, s := range pic.Sources {
		out.Sources = append(out.Sources, doc.Source{Type: s.Type, Srcset: s.Srcset})
	}
	for _, own := range r.h.Images {
		if own.Src == i.Src {
			out.Credit, out.License = own.Credit, own.License
		}
	}
	return out, true
}
