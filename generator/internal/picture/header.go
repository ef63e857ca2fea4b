package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"

	"golang.org/x/image/tiff"
	"golang.org/x/image/webp"

	"uccn/generator/internal/picture/icc"
)

// MaxPixels is how many pixels a picture may have and MaxSide how many on a side;
// more are refused before any is decoded. A side costs by itself: each column of a
// small copy is summed from as many as there are in the source for it.
const (
	MaxPixels = 100_000_000
	MaxSide   = 65_535
)

// What can be wrong with a file that should be a picture. The errors returned
// wrap these and say more.
var (
	ErrFormat   = errors.New("not a picture that can be read here") // what it is instead stands in the error
	ErrTooLarge = errors.New("more than 100 million pixels, or 65,535 on a side")
	ErrBroken   = errors.New("a broken picture")
)

// Kind is the form of a file.
type Kind uint8

// The forms that can be read.
const (
	JPEG Kind = iota + 1
	PNG
	GIF
	TIFF
	WebP
)

// A Header is what is known of a picture before it is decoded.
type Header struct {
	Kind          Kind
	Width, Height int    // in pixels, as stored
	Orientation   int    // 1 to 8, as EXIF counts them; 1 is upright
	Profile       []byte // the ICC profile; nil: none
	More          bool   // further frames or pages follow, which are not shown
	CMYK          bool   // printing inks

	progressive bool // a JPEG in several passes
	grey        bool
	opaque      bool // for certain
	each        int  // bytes of memory that decoding takes for 16 pixels
}

// Size returns the picture's size in pixels, upright.
func (h Header) Size() (width, height int) {
	if h.Orientation >= 5 {
		return h.Height, h.Width
	}
	return h.Width, h.Height
}

// Grey reports whether the picture has neither colours nor transparency, and so but
// one plane.
func (h Header) Grey() bool { return h.grey }

// Opaque reports whether the picture can have no transparency.
func (h Header) Opaque() bool { return h.Kind == JPEG || h.grey || h.opaque }

// Unmanaged reports whether the picture's colours will be guessed: it holds inks
// without a profile, or a profile that cannot be used.
func (h Header) Unmanaged() bool {
	if len(h.Profile) == 0 {
		return h.CMYK
	}
	profile, err := icc.New(h.Profile)
	grey := len(h.Profile) >= 20 && string(h.Profile[16:20]) == "GRAY"
	return !grey && (err != nil || profile.Inks() != h.CMYK)
}

// Cost returns about how many bytes decoding takes at its height.
func (h Header) Cost() int64 { return int64(h.Width) * int64(h.Height) * int64(h.each) / 16 }

// ReadHeader reads what stands in front of the pixels. Its errors wrap ErrFormat,
// ErrTooLarge or ErrBroken. With ErrTooLarge the header has the size.
func ReadHeader(data []byte) (Header, error) {
	h := Header{Orientation: 1}
	var config image.Config
	var err error
	r := bytes.NewReader(data)
	switch h.Kind = kind(data); h.Kind {
	case JPEG:
		config, err = jpeg.DecodeConfig(r)
		h.readJPEG(data)
	case PNG:
		config, err = png.DecodeConfig(r)
		h.readPNG(data)
	case GIF:
		config, err = gif.DecodeConfig(r)
		h.readGIF(data)
	case TIFF:
		config, err = tiff.DecodeConfig(r)
		h.readTIFF(data)
	case WebP:
		config, err = webp.DecodeConfig(r)
		h.readWebP(data)
	default:
		return Header{}, fmt.Errorf("%w: %s", ErrFormat, seems(data))
	}
	if err != nil {
		return Header{}, unreadable(err)
	}
	h.Width, h.Height = config.Width, config.Height
	switch pixels := int64(h.Width) * int64(h.Height); {
	case h.Width < 1 || h.Height < 1:
		return Header{}, fmt.Errorf("%w: its size is %d × %d", ErrBroken, h.Width, h.Height)
	case pixels > MaxPixels, max(h.Width, h.Height) > MaxSide:
		return h, fmt.Errorf("%w: %d × %d", ErrTooLarge, h.Width, h.Height)
	}
	return h, nil
}

// unreadable tells what a decoder does not know from what is broken.
func unreadable(err error) error {
	var unsupportedJPEG jpeg.UnsupportedError
	var unsupportedPNG png.UnsupportedError
	var unsupportedTIFF tiff.UnsupportedError
	switch {
	case errors.As(err, &unsupportedTIFF): // its text speaks of numbers in the file
		return fmt.Errorf("%w: a TIFF of a rare kind, in inks perhaps", ErrFormat)
	case errors.As(err, &unsupportedJPEG), errors.As(err, &unsupportedPNG):
		return fmt.Errorf("%w: %s", ErrFormat, err)
	}
	s := err.Error() // the decoders have no value for this
	if s == "EOF" || strings.HasSuffix(s, "unexpected EOF") || strings.HasSuffix(s, "short Huffman data") {
		return fmt.Errorf("%w: it ends too early", ErrBroken)
	}
	return fmt.Errorf("%w: %s", ErrBroken, err)
}

func kind(data []byte) Kind {
	switch {
	case hasPrefix(data, "\xff\xd8"):
		return JPEG
	case hasPrefix(data, "\x89PNG\r\n\x1a\n"):
		return PNG
	case hasPrefix(data, "GIF87a"), hasPrefix(data, "GIF89a"):
		return GIF
	case hasPrefix(data, "II*\x00"), hasPrefix(data, "MM\x00*"):
		return TIFF
	case hasPrefix(data, "RIFF") && len(data) >= 12 && string(data[8:12]) == "WEBP":
		return WebP
	}
	return 0
}

func hasPrefix(data []byte, prefix string) bool {
	return len(data) >= len(prefix) && string(data[:len(prefix)]) == prefix
}

// seems says in words what a file of a foreign form looks like.
func seems(data []byte) string {
	for _, f := range []struct {
		at          int
		magic, name string
	}{
		{4, "ftypavi", "an AVIF picture"},
		{4, "ftyphe", "a HEIC picture, as telephones make them"},
		{4, "ftypmif1", "a HEIC picture, as telephones make them"},
		{4, "ftyp", "a film"},
		{0, "BM", "a BMP picture"},
		{0, "8BPS", "a Photoshop file"},
		{0, "%PDF", "a PDF"},
		{0, "%!PS", "a PostScript file"},
		{0, "II+\x00", "a TIFF of the big kind"},
		{0, "MM\x00+", "a TIFF of the big kind"},
		{0, "\x00\x00\x00\x0cjP  ", "a JPEG 2000 picture"},
		{0, "\xff\x0a", "a JPEG XL picture"},
		{0, "\x00\x00\x00\x0cJXL ", "a JPEG XL picture"},
		{0, "version https://git-lfs", "a pointer of Git LFS, not the file itself"},
		{0, "PK\x03\x04", "a ZIP archive"},
		{0, "<", "a text with markup"},
	} {
		if len(data) > f.at && hasPrefix(data[f.at:], f.magic) {
			return f.name
		}
	}
	if len(data) == 0 {
		return "an empty file"
	}
	return "a file of an unknown form"
}
