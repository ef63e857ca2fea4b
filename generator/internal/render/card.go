package render

import (
	"uccn/generator/internal/media"
	"uccn/generator/internal/model"
)

// The size in pixels of a social card: the picture that goes with a link to a
// page.
const (
	CardWidth  = 1200
	CardHeight = 630
)

// CardPath returns the path of the drawn card of the page in the folder path:
// "cards/fr/cities/lodz/card.png" for "fr/cities/lodz/".
func CardPath(path string) string { return "cards/" + path + "card.png" }

// Photo returns the social card that is cut from the lead picture of a record,
// or nil when it has none or one that is too small. A record without has a
// drawn card.
func (in *Input) Photo(h *model.Head) *media.Variant {
	i, ok := Lead(h)
	if !ok {
		return nil
	}
	if p, ok := in.Media.Lookup(PicturePath(h, i.Src), nil); ok {
		return p.Card
	}
	return nil
}

// Lead is a record's picture with the part of the hero, or the first.
func Lead(h *model.Head) (model.Image, bool) {
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
