package picture

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"uccn/generator/internal/picture/webp"
)

// These make the pictures that nobody should send and everybody does.

// quarters is a picture whose corners tell which way up it is: red, green,
// blue and yellow, from the top left by rows.
func quarters(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{200, 40, 40, 255}
			switch {
			case x >= w/2 && y < h/2:
				c = color.NRGBA{40, 160, 40, 255}
			case x < w/2 && y >= h/2:
				c = color.NRGBA{40, 40, 200, 255}
			case x >= w/2:
				c = color.NRGBA{200, 200, 40, 255}
			}
			m.SetNRGBA(x, y, c)
		}
	}
	return m
}

func encodeJPEG(t testing.TB, m image.Image) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func encodePNG(t testing.TB, m image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func encodeWebP(t testing.TB, m *image.NRGBA) []byte {
	e, err := webp.Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close(t.Context())
	r := &Raster{pixels: m}
	if m.Opaque() {
		r = &Raster{planes: toPlanes(m)}
	}
	data, err := e.Encode(t.Context(), r.Planes(), 95)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// exif is an EXIF block with an orientation and a place.
func exif(orientation int) []byte {
	var b []byte
	be := binary.BigEndian
	b = append(b, "MM\x00*"...)
	b = be.AppendUint32(b, 8)
	b = be.AppendUint16(b, 2)
	b = entry(be, b, 0x0112, 3, 1, uint32(orientation)<<16)
	b = entry(be, b, 0x8825, 4, 1, 38) // the GPS directory
	b = be.AppendUint32(b, 0)
	b = be.AppendUint16(b, 1)
	b = entry(be, b, 0x001d, 2, 11, 56)
	b = be.AppendUint32(b, 0)
	return append(b, "2024:05:06\x00"...)
}

func entry(order binary.AppendByteOrder, b []byte, tag, kind uint16, count, value uint32) []byte {
	b = order.AppendUint16(b, tag)
	b = order.AppendUint16(b, kind)
	b = order.AppendUint32(b, count)
	return order.AppendUint32(b, value)
}

// swapped is a colour profile by which red is blue and blue is red.
func swapped() []byte {
	b := make([]byte, 128)
	copy(b[16:], "RGB XYZ ")
	copy(b[36:], "acsp")
	be := binary.BigEndian
	b = be.AppendUint32(b, 6)
	at := uint32(128 + 4 + 12*6)
	for i, name := range []string{"bXYZ", "gXYZ", "rXYZ", "bTRC", "gTRC", "rTRC"} {
		b = append(b, name...)
		b = be.AppendUint32(b, at+uint32(20*min(i, 3)))
		b = be.AppendUint32(b, uint32(20+12*(i/3)))
	}
	for _, column := range [][3]uint32{{28578, 14581, 912}, {25241, 46981, 6362}, {9376, 3972, 46799}} { // sRGB's, times 65536
		b = append(b, "XYZ \x00\x00\x00\x00"...)
		for _, v := range column {
			b = be.AppendUint32(b, v)
		}
	}
	b = append(b, "para\x00\x00\x00\x00\x00\x03\x00\x00"...)
	for _, v := range []uint32{157286, 62119, 3417, 5072, 2651} {
		b = be.AppendUint32(b, v)
	}
	return b
}

// segment puts a segment behind the first marker of a JPEG.
func segment(file []byte, marker byte, body ...byte) []byte {
	head := append([]byte{0xff, 0xd8, 0xff, marker}, byte((len(body)+2)>>8), byte(len(body)+2))
	return append(append(head, body...), file[2:]...)
}

// pngChunk puts a chunk behind the header of a PNG.
func pngChunk(file []byte, id string, body []byte) []byte {
	out := append([]byte(nil), file[:33]...)
	out = binary.BigEndian.AppendUint32(out, uint32(len(body)))
	from := len(out)
	out = append(append(out, id...), body...)
	out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[from:]))
	return append(out, file[33:]...)
}

// pngHeader is a PNG that says how large it is and holds nothing.
func pngHeader(w, h int) []byte {
	body := binary.BigEndian.AppendUint32(nil, uint32(w))
	body = binary.BigEndian.AppendUint32(body, uint32(h))
	body = append(body, 8, 2, 0, 0, 0)
	file := []byte("\x89PNG\r\n\x1a\n")
	file = binary.BigEndian.AppendUint32(file, uint32(len(body)))
	file = append(append(file, "IHDR"...), body...)
	return binary.BigEndian.AppendUint32(file, crc32.ChecksumIEEE(file[12:]))
}

// tiffRGB is an uncompressed TIFF with an orientation; more adds the offset of a
// second page.
func tiffRGB(m *image.NRGBA, orientation int, more bool) []byte {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	le := binary.LittleEndian
	const entries = 9
	pixels := uint32(8 + 2 + 12*entries + 4 + 6)
	b := append([]byte("II*\x00"), 8, 0, 0, 0)
	b = le.AppendUint16(b, entries)
	b = entry(le, b, 256, 4, 1, uint32(w))
	b = entry(le, b, 257, 4, 1, uint32(h))
	b = entry(le, b, 258, 3, 3, pixels-6)
	b = entry(le, b, 259, 3, 1, 1)
	b = entry(le, b, 262, 3, 1, 2)
	b = entry(le, b, 273, 4, 1, pixels)
	b = entry(le, b, 274, 3, 1, uint32(orientation))
	b = entry(le, b, 277, 3, 1, 3)
	b = entry(le, b, 279, 4, 1, uint32(3*w*h))
	next := uint32(0)
	if more {
		next = 8
	}
	b = le.AppendUint32(b, next)
	b = append(b, 8, 0, 8, 0, 8, 0)
	for i := 0; i < len(m.Pix); i += 4 {
		b = append(b, m.Pix[i:i+3]...)
	}
	return b
}

// withVP8X wraps a plain WebP file into the extended form with further chunks.
func withVP8X(file []byte, flags byte, w, h int, before, after []byte) []byte {
	size := []byte{flags, 0, 0, 0, byte(w - 1), byte((w - 1) >> 8), 0, byte(h - 1), byte((h - 1) >> 8), 0}
	body := chunk([]byte("WEBP"), "VP8X", size)
	body = append(body, before...)
	body = append(body, file...)
	body = append(body, after...)
	return chunk(nil, "RIFF", body)
}

// animation makes an animated WebP of a plain one, its first frame at (x, y).
func animation(file []byte, x, y, w, h, canvasW, canvasH int) []byte {
	frame := []byte{
		byte(x / 2), 0, 0, byte(y / 2), 0, 0,
		byte(w - 1), byte((w - 1) >> 8), 0, byte(h - 1), byte((h - 1) >> 8), 0, 100, 0, 0, 0,
	}
	frame = append(frame, file[12:]...)
	frames := chunk(nil, "ANIM", make([]byte, 6))
	frames = chunk(chunk(frames, "ANMF", frame), "ANMF", frame)
	return withVP8X(nil, 1<<1, canvasW, canvasH, frames, nil)
}

// flatJPEG is an 8 × 8 JPEG of one colour with as many components as values, all
// stored as they are. With passes > 0 it is progressive with so many scans.
func flatJPEG(adobe bool, passes int, values ...uint8) []byte {
	n := len(values)
	b := []byte{0xff, 0xd8}
	if adobe {
		b = append(b, 0xff, 0xee, 0, 14)
		b = append(b, "Adobe\x00\x64\x00\x00\x00\x00\x00"...) // transform 0
	}
	b = append(b, 0xff, 0xdb, 0, 67, 0)
	b = append(b, bytes.Repeat([]byte{8}, 64)...) // so that DC is the value itself
	sof := byte(0xc0)
	if passes > 0 {
		sof = 0xc2
	}
	b = append(b, 0xff, sof, 0, byte(8+3*n), 8, 0, 8, 0, 8, byte(n))
	for i := range n {
		b = append(b, byte(i+1), 0x11, 0)
	}
	// DC: the nine categories with codes of 4 bits; AC: only "the rest is zero".
	b = append(b, 0xff, 0xc4, 0, 3+16+9, 0x00, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8)
	b = append(b, 0xff, 0xc4, 0, 3+16+1, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	scan := []byte{0xff, 0xda, 0, byte(6 + 2*n), byte(n)}
	for i := range n {
		scan = append(scan, byte(i+1), 0)
	}
	end := byte(63)
	if passes > 0 {
		end = 0
	}
	scan = append(scan, 0, end, 0)
	var w bitWriter
	for _, v := range values {
		w.level(int(v) - 128)
		if passes == 0 {
			w.bits(0, 1)
		}
	}
	scan = append(scan, w.end()...)
	for range max(1, passes) {
		b = append(b, scan...)
	}
	return append(b, 0xff, 0xd9)
}

type bitWriter struct {
	out  []byte
	acc  uint32
	have int
}

func (w *bitWriter) bits(v uint32, n int) {
	for n--; n >= 0; n-- {
		w.acc = w.acc<<1 | v>>n&1
		if w.have++; w.have == 8 {
			w.out = append(w.out, byte(w.acc))
			if byte(w.acc) == 0xff {
				w.out = append(w.out, 0)
			}
			w.acc, w.have = 0, 0
		}
	}
}

// level writes a DC difference: its length, then its bits.
func (w *bitWriter) level(v int) {
	n, size := v, 0
	if n < 0 {
		n = -n
	}
	for n>>size > 0 {
		size++
	}
	w.bits(uint32(size), 4)
	if v < 0 {
		v += 1<<size - 1
	}
	w.bits(uint32(v), size)
}

func (w *bitWriter) end() []byte {
	for w.have != 0 {
		w.bits(1, 1)
	}
	return w.out
}
