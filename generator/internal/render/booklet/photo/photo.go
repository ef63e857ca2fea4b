// Package photo finds the photographs of a book: each for the screen and for the
// printer, who gets the file as it is where that is good enough. It knows files
// and sizes; it knows no page.
package photo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"sync"

	"uccn/generator/internal/media"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/model"
	"uccn/generator/internal/picture"
	"uccn/generator/internal/typeset"
)

// An Album finds the photographs of one site. It is for all goroutines.
type Album struct {
	Media *media.Set
	Root  fs.FS

	originals memo.Map[string, original] // by file
}

// The resolutions of pictures, in pixels to an inch.
const (
	screenDPI = 150
	printDPI  = 300
)

// Find returns a picture, or the crop of it, for a place so many millimetres
// wide; false when the site cannot show it. A JPEG file without an end is an
// error, which wraps picture.ErrBroken.
func (a *Album) Find(name string, crop *media.Crop, focus model.Point, width float64) (screen, printed *typeset.Picture, ok bool, err error) {
	if screen, ok = a.photo(name, crop, focus, width, screenDPI); !ok {
		return nil, nil, false, nil
	}
	o := a.originals.Get(name, func() original { return a.original(name) })
	if o.cut {
		return nil, nil, false, fmt.Errorf("%w: it ends too early", picture.ErrBroken)
	}
	printed, _ = a.photo(name, crop, focus, width, printDPI)
	if o.plain && 2*o.w*o.h <= 5*printed.W*printed.H {
		a.asItIs(printed, name, o)
	}
	return screen, printed, true, nil
}

// photo is a picture in one resolution. Its bytes are made while a file is
// written, which is not stopped halfway: once for the screen, whose files are
// many, and each time for the printer, whose pictures are large.
func (a *Album) photo(name string, crop *media.Crop, focus model.Point, width float64, dpi int) (*typeset.Picture, bool) {
	m, ok := a.Media.Print(name, crop, media.Place{WidthMM: width, DPI: dpi})
	if !ok {
		return nil, false
	}
	data := func() ([]byte, error) { return m.Bytes(context.Background()) }
	if dpi == screenDPI {
		data = sync.OnceValues(data)
	}
	read := func(into []byte) ([]byte, error) {
		b, err := data()
		return append(into, b...), err
	}
	return &typeset.Picture{W: m.Width, H: m.Height, FocusX: int(focus.X * 1000), FocusY: int(focus.Y * 1000), Data: data, Key: m.Key(), Read: read}, true
}

// asItIs lets a photograph through that is no larger than a printer can use: a
// JPEG upright and in sRGB, with at most two and a half times the pixels of its
// place. It is neither made worse nor made again; what the file says besides of
// camera and place is taken out.
func (a *Album) asItIs(pic *typeset.Picture, name string, o original) {
	m, _ := a.Media.Print(name, nil, media.Place{WidthMM: 100, DPI: 100})
	pic.W, pic.H, pic.Bytes, pic.Key = o.w, o.h, o.bytes, m.Key()+" as it is"
	pic.Read = func(into []byte) ([]byte, error) {
		data, err := a.read(name, into)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		out, ok := picture.Strip(data)
		if !ok {
			return nil, fmt.Errorf("read %s: the picture has no end", name)
		}
		return out, nil
	}
	pic.Data = func() ([]byte, error) { return pic.Read(nil) }
}

// read is fs.ReadFile into a slice, if that is large enough.
func (a *Album) read(name string, into []byte) ([]byte, error) {
	f, err := a.Root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	data := slices.Grow(into[:0], int(info.Size()))[:info.Size()]
	_, err = io.ReadFull(f, data)
	return data, err
}

// An original is what a look at the ends of a picture's file tells.
type original struct {
	cut   bool // a JPEG whose end is missing
	plain bool // a JPEG that may go into a book as it is
	w, h  int
	bytes int // of the file
}

// headed is how much of a file is read to learn what it holds: first little, and
// then more than cameras write before the pixels.
const (
	headed     = 4 << 10
	headedMost = 1 << 18
)

func (a *Album) original(name string) original {
	f, err := a.Root.Open(name)
	if err != nil {
		return original{} // the picture's own maker will say so
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return original{}
	}
	if a.cut(f, name, info.Size()) {
		return original{cut: true}
	}
	var data []byte
	for size := headed; size <= headedMost; size *= 8 {
		before := len(data)
		data = append(data, make([]byte, max(0, int(min(info.Size(), int64(size)))-before))...)
		if _, err := io.ReadFull(f, data[before:]); err != nil {
			return original{}
		}
		h, err := picture.ReadHeader(data)
		if err == nil && (h.Kind != picture.JPEG || h.Orientation > 1 || h.Profile != nil || h.CMYK) {
			return original{}
		}
		if err == nil && toPixels(data) {
			return original{false, true, h.Width, h.Height, int(info.Size())}
		}
	}
	return original{}
}

// cut reports whether a JPEG file lacks its end. Most end with the mark of it; what
// cameras write behind that is looked through.
func (a *Album) cut(f fs.File, name string, size int64) bool {
	at, is := f.(io.ReaderAt)
	if !is {
		return false
	}
	var head [2]byte
	if _, err := at.ReadAt(head[:], 0); err != nil || head != [2]byte{0xff, 0xd8} {
		return false
	}
	tail := make([]byte, min(size, 64))
	if _, err := at.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) || bytes.Contains(tail, []byte{0xff, 0xd9}) {
		return false
	}
	data, err := fs.ReadFile(a.Root, name)
	if err != nil {
		return false
	}
	_, whole := picture.Strip(data)
	return !whole
}

// toPixels reports whether the beginning of a JPEG file (ITU-T T.81, annex B) is a
// row of segments that reaches the pixels.
func toPixels(data []byte) bool {
	for i := 2; i+4 <= len(data); {
		n := int(data[i+2])<<8 | int(data[i+3])
		if data[i] != 0xff || n < 2 || i+2+n > len(data) {
			return false
		}
		if data[i+1] == 0xda {
			return true
		}
		i += 2 + n
	}
	return false
}
