package exhibition

import (
	"fmt"
	"strconv"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/media"
	"uccn/generator/internal/model"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/site"
	"uccn/generator/internal/render/site/view"
)

// TourPage is a guided walk through works.
type TourPage struct {
	view.Frame
	view.Head
	Sheet string // address of the style sheet of the exhibition
	Stops []TourStop
	More  []view.Link // other tours
	Wall  view.Link
}

// TourStop is a station of a tour.
type TourStop struct {
	view.Work
	ID, Number, Text string
	TextLang         string // of the text, where it is not the page's
}

func (m *maker) tourPage(x *derive.Exhibition, t *derive.Tour) TourPage {
	h := &x.Head
	page := TourPage{Sheet: m.To(t.Path, m.in.Theme.Asset("exhibition.css")), Wall: view.Link{Label: x.Name, Lang: m.NameLang(h), Href: m.To(t.Path, m.Path(x.Path))}}
	for i, s := range t.Stops {
		k := TourStop{Work: m.Work(t.Path, s.Work), ID: "stop-" + strconv.Itoa(i+1), Number: m.Words.Number(i + 1), Text: s.Text, TextLang: m.TextLang(h, s.Key+".text")}
		k.Picture.Eager = i == 0
		page.Stops = append(page.Stops, k)
	}
	for _, o := range x.Tours {
		if o != t {
			page.More = append(page.More, view.Link{Label: o.Title, Lang: m.TextLang(h, o.Key+".title"), Href: m.To(t.Path, m.Path(o.Path)), Note: m.Words.T("works", len(o.Stops))})
		}
	}
	page.Head = view.Head{Heading: t.Title, Lead: t.Intro, HeadingLang: m.TextLang(h, t.Key+".title"), LeadLang: m.TextLang(h, t.Key+".intro"), Notice: m.Notice(t.Path, h, t.Path), Crumbs: m.wallTrail(t.Path, t.Title)}
	page.Frame = m.Frame(site.GuestPage{Path: t.Path, Section: "exhibition/", Title: t.Title, Description: t.Intro, Crumbs: page.Crumbs})
	return page
}

// DetailsPage walks through the details of a work's picture.
type DetailsPage struct {
	view.Frame
	view.Head
	Sheet, Viewer string // addresses of the style sheet of the exhibition and of the script
	Class         string // carries the colours of the work's field
	Work          view.Link
	Pictures      []DetailsPicture
}

// DetailsPicture is a picture with what is to be seen in it.
type DetailsPicture struct {
	ID, Src, Alt, Credit string
	AltLang              string // of the alternative text, where it is not the page's
	Width, Height        int
	Details              []Detail
}

// Detail is a part of a picture. ViewBox is its place in the picture's pixels.
type Detail struct{ ID, Number, ViewBox, Text, Lang string }

func picture(in *render.Input, h *model.Head, src string) (*media.Picture, bool) {
	return in.Media.Lookup(render.PicturePath(h, src), nil)
}

func (m *maker) detailsPage(w *derive.Practice) DetailsPage {
	at := site.Details(m.in, w)
	h := &w.Head
	page := DetailsPage{
		Sheet: m.To(at, m.in.Theme.Asset("exhibition.css")), Viewer: m.To(at, m.in.Theme.Asset("tour.js")), Class: m.Work(at, w).Field.Class,
		Work: view.Link{Label: w.Name, Lang: m.NameLang(h), Href: m.To(at, m.Path(w.Path))},
	}
	for i, s := range w.Stops {
		k, ok := picture(m.in, h, s.Image)
		if !ok {
			continue
		}
		v := widest(k)
		n := len(page.Pictures)
		if src := m.To(at, v.Path); n == 0 || page.Pictures[n-1].Src != src {
			page.Pictures = append(page.Pictures, m.detailsPicture(h, s.Image, src, v, n))
			n++
		}
		p := &page.Pictures[n-1]
		number := len(p.Details) + 1
		p.Details = append(p.Details, Detail{fmt.Sprintf("%s-%d", p.ID, number), m.Words.Number(number), box(s.Region, v), s.Text, m.TextLang(h, fmt.Sprintf("stops.%d.text", i))})
	}
	title := m.Words.T("details.title", w.Name)
	page.Head = view.Head{Heading: w.Name, Lead: m.Summary(h), HeadingLang: m.NameLang(h), LeadLang: m.SummaryLang(h), Notice: m.Notice(at, h, at), Crumbs: m.wallTrail(at, m.Words.T("details"))}
	page.Frame = m.Frame(site.GuestPage{Path: at, Section: "exhibition/", Title: title, Description: page.Lead, Class: page.Class, Crumbs: page.Crumbs})
	return page
}

func (m *maker) detailsPicture(h *model.Head, name, src string, v media.Variant, n int) DetailsPicture {
	out := DetailsPicture{ID: "picture-" + strconv.Itoa(n+1), Src: src, Width: v.Width, Height: v.Height}
	for k, i := range h.Images {
		if i.Src == name {
			out.Alt, out.Credit = i.Alt, m.Credit(i)
			out.AltLang = m.TextLang(h, fmt.Sprintf("images.%d.alt", k))
		}
	}
	return out
}

// widest is the variant to look into: the one with the most pixels.
func widest(p *media.Picture) media.Variant {
	if p.SVG == nil && len(p.WebP) > 0 {
		return p.WebP[0]
	}
	return p.Default()
}

// box writes a part of a picture, given from 0 to 1, in its pixels.
func box(b model.Box, v media.Variant) string {
	w, h := float64(v.Width), float64(v.Height)
	return fmt.Sprintf("%.0f %.0f %.0f %.0f", b[0]*w, b[1]*h, max(1, b[2]*w), max(1, b[3]*h))
}
