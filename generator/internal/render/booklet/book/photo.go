package book

import (
	"context"
	"fmt"
	"io/fs"
	"sync"

	"uccn/generator/internal/media"
	"uccn/generator/internal/model"
	"uccn/generator/internal/picture"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/booklet/press"
	"uccn/generator/internal/typeset"
)

// picture finds a photograph of a record, whole or in the shape of a plate, for
// a place so many millimetres wide.
func (p *setter) picture(h *model.Head, src string, focus model.Point, card bool, width float64) (*typeset.Picture, bool) {
	i := model.Image{Focus: focus}
	crop := render.CardCrop(&i)
	if !card {
		crop = nil
	}
	name := render.PicturePath(h, src)
	screen, ok := p.photo(name, crop, focus, width, screenDPI)
	if !ok {
		return nil, false
	}
	printed, _ := p.photo(name, crop, focus, width, printDPI)
	p.asItIs(printed, name)
	p.Made.Pictures = append(p.Made.Pictures, press.Picture{Screen: screen, Print: printed})
	return screen, true
}

// The resolutions of pictures, in pixels to an inch.
const (
	screenDPI = 150
	printDPI  = 300
)

// photo is a picture in one resolution. Its bytes are made once, while a file is
// written, which is not stopped halfway.
func (p *setter) photo(name string, crop *media.Crop, focus model.Point, width float64, dpi int) (*typeset.Picture, bool) {
	m, ok := p.in.Media.Print(name, crop, media.Place{WidthMM: width, DPI: dpi})
	if !ok {
		return nil, false
	}
	return &typeset.Picture{
		W: m.Width, H: m.Height, FocusX: int(focus.X * 1000), FocusY: int(focus.Y * 1000),
		Data: sync.OnceValues(func() ([]byte, error) { return m.Bytes(context.Background()) }),
	}, true
}

// asItIs lets a photograph through that is no larger than a printer can use: a
// JPEG upright and in sRGB, with at most two and a half times the pixels of its
// place. It is neither made worse nor made again; what the file says besides of
// camera and place is taken out.
func (p *setter) asItIs(pic *typeset.Picture, name string) {
	data, err := fs.ReadFile(p.in.Root, name)
	if err != nil {
		return // the picture's own maker will say so
	}
	h, err := picture.ReadHeader(data)
	if err != nil || h.Kind != picture.JPEG || h.Orientation > 1 || h.Profile != nil || h.CMYK || 2*h.Width*h.Height > 5*pic.W*pic.H {
		return
	}
	if _, ok := stripped(data); !ok {
		return
	}
	pic.W, pic.H = h.Width, h.Height
	pic.Data = func() ([]byte, error) {
		data, err := fs.ReadFile(p.in.Root, name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		out, ok := stripped(data)
		if !ok {
			return nil, fmt.Errorf("read %s: the file has changed", name)
		}
		return out, nil
	}
}

// stripped is a JPEG file (ITU-T T.81, annex B) without comments and application
// segments but those that say how its colours are stored. It returns false for a
// file that it does not understand.
func stripped(data []byte) ([]byte, bool) {
	if len(data) < 4 || data[0] != 0xff || data[1] != 0xd8 {
		return nil, false
	}
	out := append(make([]byte, 0, len(data)), data[:2]...)
	for i := 2; i+4 <= len(data); {
		kind, n := data[i+1], int(data[i+2])<<8|int(data[i+3])
		if data[i] != 0xff || n < 2 || i+2+n > len(data) {
			return nil, false
		}
		if kind == 0xda { // the pixels follow
			return append(out, data[i:]...), true
		}
		if aside := kind == 0xfe || kind >= 0xe1 && kind <= 0xef && kind != 0xee; !aside {
			out = append(out, data[i:i+2+n]...)
		}
		i += 2 + n
	}
	return nil, false
}
