package render

import (
	"path"
	"strings"

	"uccn/generator/internal/markdown"
	"uccn/generator/internal/media"
	"uccn/generator/internal/model"
)

// PicturePath returns the path in the site of a picture that a record names: it
// stands beside the record's file, or in static/ when it begins with a slash.
func PicturePath(h *model.Head, src string) string {
	if rest, ok := strings.CutPrefix(src, "/"); ok {
		return path.Join("static", rest)
	}
	return path.Join(path.Dir(h.At.Path), src)
}

// CardCrop is the crop of a picture on a card: the shape of a plate.
func CardCrop(i *model.Image) *media.Crop { return &media.Crop{W: 4, H: 5, Focus: i.Focus} }

// Pictures lists every place that shows a picture, so that media can plan them
// before pages are written. contents are those of all languages.
func Pictures(md *markdown.Converter, contents []*model.Content) []media.Request {
	var out []media.Request
	for l, c := range contents {
		for _, r := range c.All() {
			h := r.Of()
			if h.Broken {
				continue
			}
			if l == 0 {
				out = append(out, ofRecord(h)...)
			}
			if h.Body.Lang != c.Lang || !Pictured(h.Body) {
				continue
			}
			for _, i := range md.Parse(h.Body).Images {
				out = append(out, media.Request{Src: PicturePath(h, i.Src), Pos: i.At, Len: i.Len, Widths: []int{320, 480, 640, 960, 1280}})
			}
		}
	}
	return out
}

// Pictured reports whether a text may show pictures.
func Pictured(t model.Text) bool {
	return strings.Contains(t.Source, "![") || strings.Contains(t.Source, "```")
}

// ofRecord asks for a record's own pictures: whole, as a card, and for those
// who show links. A picture that may be taken away is also made as a copy with
// its credit in it.
func ofRecord(h *model.Head) []media.Request {
	var out []media.Request
	for n := range h.Images {
		i := &h.Images[n]
		hero := i.Role == "hero" || i.Role == "" && n == 0
		whole := media.Request{Src: PicturePath(h, i.Src), Pos: i.At, Len: len([]rune(i.Src)), Hero: hero, Card: hero}
		if !i.Permission() {
			whole.Download = &media.Credit{Creator: i.Credit, Rights: i.License}
		}
		out = append(out, whole, media.Request{Src: whole.Src, Pos: i.At, Len: whole.Len, Crop: CardCrop(i), Widths: []int{320, 480, 640, 960}})
	}
	return out
}
