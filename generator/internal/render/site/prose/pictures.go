package prose

import (
	"slices"
	"strconv"
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

// Hero fills the opening of a record's page: its first picture, or its plate.
func (w Writer) Hero(to To, h *model.Head) view.Picture {
	pic := w.framed(to, h, heroSizes)
	pic.Eager = true
	return pic
}

// Card is a record's picture on a wall.
func (w Writer) Card(to To, h *model.Head) view.Picture { return w.framed(to, h, cardSizes) }

func (w Writer) framed(to To, h *model.Head, sizes string) view.Picture {
	if i, ok := Lead(h); ok {
		if k, ok := w.In.Media.Lookup(render.PicturePath(h, i.Src), render.CardCrop(&i)); ok {
			return w.photograph(to, h, k, i, sizes)
		}
		if k, ok := w.In.Media.Lookup(render.PicturePath(h, i.Src), nil); ok {
			return w.photograph(to, h, k, i, sizes)
		}
	}
	return view.Picture{Src: to(look.Path(h.Type, h.ID)), Width: plate.Width, Height: plate.Height}
}

// Lead is the picture with the part of the hero, or the first.
func Lead(h *model.Head) (model.Image, bool) { return render.Lead(h) }

// Gallery is every picture of a record but the one that opens the page.
func (w Writer) Gallery(to To, h *model.Head) []view.Picture {
	lead, _ := Lead(h)
	var out []view.Picture
	for _, i := range h.Images {
		if i.At == lead.At || i.Role == "panel" {
			continue
		}
		if k, ok := w.In.Media.Lookup(render.PicturePath(h, i.Src), nil); ok {
			out = append(out, w.photograph(to, h, k, i, gallerySizes))
		}
	}
	return out
}

func (w Writer) photograph(to To, h *model.Head, k *media.Picture, i model.Image, sizes string) view.Picture {
	d := k.Default()
	out := view.Picture{Src: to(d.Path), Alt: i.Alt, Width: d.Width, Height: d.Height, Sizes: sizes, Caption: i.Caption, Credit: w.Credit(i)}
	if i.Decorative {
		out.Alt = ""
	}
	if at := slices.IndexFunc(h.Images, func(o model.Image) bool { return o.At == i.At }); at >= 0 {
		out.AltLang, out.CaptionLang = w.textLang(h, out.Alt, at, "alt"), w.textLang(h, out.Caption, at, "caption")
	}
	if k.SVG != nil {
		return out
	}
	root := strings.TrimSuffix(to("x"), "x")
	out.Srcset = media.Srcset(root, k.JPEG)
	if len(k.WebP) > 0 {
		out.Sources = []view.Variant{{Type: "image/webp", Srcset: media.Srcset(root, k.WebP), Sizes: sizes}}
	}
	return out
}

// textLang is the language of a text of a record's picture, where it is not the
// writer's.
func (w Writer) textLang(h *model.Head, text string, picture int, key string) string {
	if text == "" {
		return ""
	}
	return w.foreign(h.LangOf("images." + strconv.Itoa(picture) + "." + key))
}

// Social is the picture that goes with a link to a page: the photograph of its
// record, or the card drawn of the record, or that of the home page where there
// is no record. It needs the site's own address.
func (w Writer) Social(h *model.Head, path string) *view.Card {
	c := media.Variant{Path: render.CardPath(w.Path("")), Width: render.CardWidth, Height: render.CardHeight}
	drawn := w.In.Site.DrawsCards()
	if h != nil {
		c.Path = render.CardPath(w.Path(path))
		if p := w.In.Photo(h); p != nil {
			c, drawn = *p, true
		}
	}
	abs := w.In.Absolute(c.Path)
	if abs == "" || !drawn {
		return nil
	}
	return &view.Card{Src: abs, Width: c.Width, Height: c.Height}
}

// Credit names the maker and the terms of a picture.
func (w Writer) Credit(i model.Image) string {
	parts := []string{i.Credit}
	if i.License != "" {
		parts = append(parts, w.Words.T("licence."+i.License))
	}
	if i.RightsHolder != "" {
		parts = append(parts, "© "+i.RightsHolder)
	}
	return strings.Join(parts, w.Words.T("list_comma"))
}

// Picture finds a picture of the text itself.
func (r resolver) Picture(i *doc.Image) (doc.Picture, bool) {
	k, ok := r.w.In.Media.Lookup(render.PicturePath(r.h, i.Src), nil)
	if !ok {
		return doc.Picture{}, false
	}
	pic := r.w.photograph(r.to, r.h, k, model.Image{}, gallerySizes)
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
