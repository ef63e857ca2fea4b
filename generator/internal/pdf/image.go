package pdf

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	"image/color"
)

// An Image is a picture in the file. W and H are its pixels.
type Image struct {
	W, H int
	id   ref
}

// Errors of pictures.
var (
	ErrJPEG   = errors.New("the JPEG file is damaged")
	ErrColour = errors.New("the picture is in CMYK, which a file for the screen cannot hold")
)

// JPEG puts a JPEG file into the PDF as it is, once, however often it is given.
func (w *Writer) JPEG(data []byte) (*Image, error) {
	key := sha256.Sum256(data)
	if m := w.images[key]; m != nil {
		return m, nil
	}
	h, err := readJPEG(data)
	if err != nil {
		return nil, err
	}
	dict, err := w.jpeg(h)
	if err != nil {
		return nil, err
	}
	return w.add(key, h.w, h.h, len(data), stream{dict: dict, data: data, picture: &pictured{key: key}}), nil
}

// A File is a JPEG file that is read when its turn comes, on any core.
type File struct {
	Key   string                            // equal for files of equal bytes, and only for these
	W, H  int                               // its pixels
	Bytes int                               // about how many it has
	Read  func(into []byte) ([]byte, error) // returns them, in into if that is large enough; they are the caller's
}

// File is JPEG for a file that is not yet read. What is wrong with it is found
// while the PDF is written, and is the error of Run or Close.
func (w *Writer) File(f File) *Image {
	key := sha256.Sum256([]byte(f.Key))
	if m := w.images[key]; m != nil {
		return m
	}
	return w.add(key, f.W, f.H, f.Bytes, stream{picture: &pictured{key: key, read: func(into []byte) (string, []byte, error) {
		data, err := f.Read(into)
		if err != nil {
			return "", nil, err
		}
		h, err := readJPEG(data)
		if err == nil && (h.w != f.W || h.h != f.H) {
			err = fmt.Errorf("%w: it has %d × %d pixels instead of %d × %d", ErrJPEG, h.w, h.h, f.W, f.H)
		}
		if err != nil {
			return "", nil, err
		}
		dict, err := w.jpeg(h)
		return dict, data, err
	}}})
}

func (w *Writer) add(key [sha256.Size]byte, width, height, size int, s stream) *Image {
	m := &Image{W: width, H: height, id: w.file.alloc()}
	w.images[key] = m
	s.id = m.id
	w.file.put(s, size)
	return m
}

// jpeg describes a JPEG file.
func (w *Writer) jpeg(h jpegHead) (dict string, err error) {
	space := ""
	switch {
	case h.parts == 1:
		space = "/DeviceGray"
	case h.parts == 3:
		space = w.rgb()
	case h.parts == 4 && w.options.Print != nil:
		space = "/DeviceCMYK"
		if h.inverted {
			space += "/Decode[1 0 1 0 1 0 1 0]"
		}
	default:
		return "", ErrColour
	}
	return imageDict(h.w, h.h, space) + "/Filter/DCTDecode", nil
}

// Image puts a picture into the PDF without loss. A picture that is not opaque
// gets a soft mask. It is for marks and plates; photographs go through JPEG.
func (w *Writer) Image(src image.Image) *Image {
	b := src.Bounds()
	pixels := make([]byte, 0, 3*b.Dx()*b.Dy())
	alpha := make([]byte, 0, b.Dx()*b.Dy())
	opaque := true
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			p := color.NRGBAModel.Convert(src.At(x, y)).(color.NRGBA)
			pixels = append(pixels, p.R, p.G, p.B)
			alpha = append(alpha, p.A)
			opaque = opaque && p.A == 255
		}
	}
	key := sha256.Sum256(bytes.Join([][]byte{pixels, alpha, fmt.Append(nil, b.Dx())}, nil))
	if m := w.images[key]; m != nil {
		return m
	}
	m := &Image{W: b.Dx(), H: b.Dy(), id: w.file.alloc()}
	w.images[key] = m
	mask := ""
	if !opaque {
		id := w.file.alloc()
		w.file.stream(id, imageDict(m.W, m.H, "/DeviceGray"), alpha)
		mask = fmt.Sprintf("/SMask %s", id)
	}
	w.file.stream(m.id, imageDict(m.W, m.H, w.rgb())+mask, pixels)
	return m
}

// rgb names the colour space of RGB pictures: with a printing profile as output
// intent, RGB must bring its own.
func (w *Writer) rgb() string {
	if w.srgb != 0 {
		return " " + w.srgb.String()
	}
	return "/DeviceRGB"
}

func imageDict(width, height int, space string) string {
	return fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace%s", width, height, space)
}

type jpegHead struct {
	w, h, parts int
	inverted    bool // CMYK with an Adobe marker is written as its complement
}

// readJPEG reads the markers up to the frame (ITU-T T.81, B.2) and looks for the
// end of the image.
func readJPEG(b []byte) (jpegHead, error) {
	var h jpegHead
	if len(b) < 4 || b[0] != 0xff || b[1] != 0xd8 || !bytes.Contains(b[max(0, len(b)-256):], []byte{0xff, 0xd9}) {
		return h, ErrJPEG
	}
	for at := 2; at+4 <= len(b) && b[at] == 0xff; {
		marker, size := b[at+1], int(b[at+2])<<8|int(b[at+3])
		if marker == 0xff {
			at++
			continue
		}
		body := b[at+4:]
		if size < 2 || len(body) < size-2 {
			return h, ErrJPEG
		}
		switch {
		case marker == 0xee && size >= 14 && string(body[:5]) == "Adobe":
			h.inverted = true
		case marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc:
			if size < 8 || body[0] != 8 {
				return h, ErrJPEG
			}
			h.h, h.w, h.parts = int(body[1])<<8|int(body[2]), int(body[3])<<8|int(body[4]), int(body[5])
			if h.w == 0 || h.h == 0 {
				return h, ErrJPEG
			}
		case marker == 0xda:
			if h.parts == 0 {
				return h, ErrJPEG
			}
			return h, nil
		}
		at += 2 + size
	}
	return h, ErrJPEG
}
