package epub

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/media"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/model"
	"uccn/generator/internal/plate"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/told"
)

// wide is the room that a picture has in a book: about 1,200 pixels.
func wide() media.Place { return media.Place{WidthMM: 152.4, DPI: 200} }

// A shown is a picture as documents name it.
type shown struct {
	src  string
	w, h int
}

// picture puts a photograph into the book, whole or cropped. Drawings go in as
// they are published.
func (m *maker) picture(src string, crop *media.Crop) (shown, bool) {
	if p, ok := m.in.Media.Print(src, crop, wide()); ok {
		return shown{m.add("img/"+short(p.Key())+".jpg", p.Key(), p.Bytes), p.Width, p.Height}, true
	}
	p, ok := m.in.Media.Lookup(src, nil)
	if !ok || p.SVG == nil {
		return shown{}, false
	}
	for _, f := range m.in.Media.Files() {
		if f.Path == p.SVG.Path {
			key := f.Path
			if f.Blob != nil {
				key = f.Blob.Key()
			}
			return shown{m.add("img/"+short(key)+".svg", key, f.Bytes), p.Width, p.Height}, true
		}
	}
	return shown{}, false
}

// short makes a file name of a key.
func short(key string) string { return memo.NewKey("epub picture", 1).Text(key).Key().Short() }

// add puts a file into the book, once, and returns how documents name it.
func (m *maker) add(path, key string, data func(context.Context) ([]byte, error)) string {
	if !m.have[path] {
		m.have[path] = true
		m.assets = append(m.assets, asset{path, key, data})
	}
	return "../" + path
}

// drawing puts a picture that is drawn here into the book.
func (m *maker) drawing(path string, svg []byte) string {
	return m.add(path, short(string(svg)), func(context.Context) ([]byte, error) { return svg, nil })
}

// plate puts a plate into the book. It is drawn when the book is packed.
func (m *maker) plate(path string, s plate.Subject) string {
	return m.add(path, fmt.Sprintf("plate %#v", s), func(context.Context) ([]byte, error) { return plate.SVG(s), nil })
}

// seen counts a picture that says something, and whether it says so in words.
func (m *maker) seen(alt string, decorative bool) {
	switch {
	case decorative:
	case strings.TrimSpace(alt) == "":
		m.unsaid++
	default:
		m.said++
	}
}

// portrait is the photograph of a record with its caption, or its plate.
func (m *maker) portrait(h *model.Head, s plate.Subject, class string) markup {
	if i, ok := told.Hero(h); ok {
		if figure, ok := m.figure(h, i, class); ok {
			return figure
		}
	}
	src := m.plate("img/"+string(h.Type)+"-"+h.ID+".svg", s)
	return el("div", attrs{"class", class}, el("img", attrs{"src", src, "alt", "", "width", "400", "height", "500"}))
}

// figure is a photograph of a record in the shape of a plate, with its caption.
func (m *maker) figure(h *model.Head, i model.Image, class string) (markup, bool) {
	p, ok := m.picture(render.PicturePath(h, i.Src), render.CardCrop(&i))
	if !ok {
		return "", false
	}
	alt := i.Alt
	if i.Decorative {
		alt = ""
	}
	m.seen(alt, i.Decorative)
	return el("figure", attrs{"class", class},
		el("img", attrs{"src", p.src, "alt", alt, "width", strconv.Itoa(p.w), "height", strconv.Itoa(p.h)}),
		m.speaking(m.langOf(h), "figcaption", nil, text(strings.TrimSpace(i.Caption+" ")), " ", m.credit(&i))), true
}

// credit is the line under a picture; an asterisk tells those shown by permission.
func (m *maker) credit(i *model.Image) markup {
	s := i.Credit
	if i.License != "" {
		s = strings.TrimPrefix(s+", "+m.licence(i.License), ", ")
	}
	if i.RightsHolder != "" {
		s = strings.TrimPrefix(s+", © "+i.RightsHolder, ", ")
	}
	if i.Permission() {
		s += " *"
	}
	return unless(strings.TrimSpace(s), "small", nil)
}

// subject is what a plate is drawn from: a field's pattern, a city's place.
func (m *maker) subject(id string, f *derive.Field, at *derive.City, salt int) plate.Subject {
	s := plate.Subject{Colours: m.palette(f).Colours(), Name: id, Salt: salt}
	if f != nil {
		s.Pattern = f.Pattern
	}
	if at != nil {
		s.Lat, s.Lon = at.Location.Lat, at.Location.Lon
	}
	return s
}

// sign is the mark of a field as a picture in a line, in the colour of its words.
func sign(f *derive.Field) markup {
	return el("svg", attrs{"xmlns", "http://www.w3.org/2000/svg", "class", "mark", "viewBox", "0 0 16 16", "aria-hidden", "true", "focusable", "false"},
		el("path", attrs{"d", plate.Mark(f.Pattern)}))
}
