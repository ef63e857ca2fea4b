package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
)

// These readers collect what stands beside the pixels. They trust nothing, give
// up silently where a file makes no sense (the decoder will say so), and their
// loops always move forward.

// readJPEG walks the segments up to the first scan.
func (h *Header) readJPEG(data []byte) {
	h.each = 48
	profile := map[byte][]byte{}
	parts := 0
	for i := 2; i+4 <= len(data) && data[i] == 0xff; {
		marker := data[i+1]
		if marker == 0xff { // fill byte
			i++
			continue
		}
		length := int(binary.BigEndian.Uint16(data[i+2:]))
		if marker == 0xda || length < 2 || i+2+length > len(data) {
			break
		}
		body := data[i+4 : i+2+length]
		i += 2 + length
		switch {
		case marker == 0xe1 && hasPrefix(body, "Exif\x00\x00"):
			h.Orientation = orientation(body[6:])
		case marker == 0xe2 && hasPrefix(body, "ICC_PROFILE\x00") && len(body) > 14:
			profile[body[12]] = body[14:]
			parts = int(body[13])
		case marker >= 0xc0 && marker <= 0xc2:
			h.frame(marker, body)
		}
	}
	for n := 1; n <= parts; n++ {
		h.Profile = append(h.Profile, profile[byte(n)]...)
	}
}

// frame reads a JPEG's frame header for what decoding will cost.
func (h *Header) frame(marker byte, body []byte) {
	h.progressive = marker == 0xc2
	if len(body) < 6 {
		return
	}
	components := int(body[5])
	h.CMYK = components == 4
	most, sum := 1, 0
	for c := range components {
		if 6+3*c+2 > len(body) {
			return
		}
		sampling := body[6+3*c+1]
		n := int(sampling>>4) * int(sampling&15)
		most, sum = max(most, n), sum+n
	}
	h.each = max(16, 16*sum/most) // one for each sample
	if h.progressive {            // and 4 for its coefficient
		h.each *= 5
	}
	if h.CMYK {
		h.each += 8 * 16
	}
}

func (h *Header) readPNG(data []byte) {
	if len(data) > 28 {
		h.each = 16 * pngBytes(data[24], data[25])
		h.grey = data[25] == 0 && data[24] <= 8
		h.opaque = data[25] < 4 // without an alpha channel
		if data[28] == 1 {      // the last of seven passes, as a picture of its own
			h.each += h.each * 3 / 4
		}
	}
	for i := 8; i+12 <= len(data); {
		length := int(binary.BigEndian.Uint32(data[i:]))
		if length > len(data)-i-12 {
			break
		}
		body := data[i+8 : i+8+length]
		switch string(data[i+4 : i+8]) {
		case "eXIf":
			h.Orientation = orientation(body)
		case "tRNS":
			h.each, h.grey, h.opaque = max(h.each, 4*16), false, false
		case "acTL":
			h.More = len(body) >= 4 && binary.BigEndian.Uint32(body) > 1
		case "iCCP":
			if _, packed, ok := bytes.Cut(body, []byte{0}); ok && len(packed) > 1 {
				h.Profile = inflate(packed[1:])
			}
		}
		i += 12 + length
	}
}

// pngBytes returns how many bytes of memory a pixel takes.
func pngBytes(depth, colour byte) int {
	const grey, palette = 0, 3
	switch {
	case colour == palette:
		return 5 // its number, and its colour
	case colour == grey && depth == 16:
		return 6
	case colour == grey:
		return 2
	case depth == 16:
		return 8
	}
	return 4
}

// inflate returns what is packed, when it is at most 4 MB, which no honest
// profile exceeds.
func inflate(packed []byte) []byte {
	const limit = 4 << 20
	z, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil
	}
	data, err := io.ReadAll(io.LimitReader(z, limit+1))
	if err != nil || len(data) > limit {
		return nil
	}
	return data
}

// readGIF looks for a second frame.
func (h *Header) readGIF(data []byte) {
	h.each = 5 * 16
	frames := 0
	i := 13
	if len(data) > 10 && data[10]&0x80 != 0 {
		i += 3 << (data[10]&7 + 1)
	}
	for i < len(data) {
		switch data[i] {
		case 0x21: // an extension: a label, then blocks
			i += 2
		case 0x2c: // a frame: a descriptor, perhaps a palette, a code size, then blocks
			if frames++; frames > 1 {
				h.More = true
				return
			}
			if i+10 > len(data) {
				return
			}
			if flags := data[i+9]; flags&0x80 != 0 {
				i += 3 << (flags&7 + 1)
			}
			i += 11
		default:
			return
		}
		for i < len(data) && data[i] != 0 {
			i += 1 + int(data[i])
		}
		i++
	}
}

func (h *Header) readWebP(data []byte) {
	h.each = 10 * 16 // without loss it passes through several hands
	for id, body := range riff(data[12:]) {
		switch id {
		case "VP8 ":
			if h.each != 7*16 { // transparency comes first
				h.each, h.opaque = 2*16, true
			}
		case "ALPH":
			h.each = 7 * 16
		case "EXIF":
			h.Orientation = orientation(bytes.TrimPrefix(body, []byte("Exif\x00\x00")))
		case "ICCP":
			h.Profile = body
		case "ANMF":
			h.More = true
		}
	}
}

// riff walks the chunks of a RIFF file behind its header.
func riff(data []byte) func(yield func(id string, body []byte) bool) {
	return func(yield func(string, []byte) bool) {
		for len(data) >= 8 {
			length := uint64(binary.LittleEndian.Uint32(data[4:]))
			if length > uint64(len(data)-8) || !yield(string(data[:4]), data[8:8+length]) {
				return
			}
			data = data[min(uint64(len(data)), 8+length+length&1):]
		}
	}
}

// stillWebP returns the first frame of an animated WebP file as a file of its
// own, with its place on the canvas; ok is false when there is no animation.
func stillWebP(data []byte) (still []byte, x, y int, ok bool) {
	for id, body := range riff(data[12:]) {
		if id != "ANMF" || len(body) < 16 {
			continue
		}
		var file []byte
		alpha := byte(0)
		for id, part := range riff(body[16:]) {
			if id == "ALPH" {
				alpha = 1 << 4
			}
			if id == "ALPH" || id == "VP8 " || id == "VP8L" {
				file = chunk(file, id, part)
			}
		}
		size := append([]byte{alpha, 0, 0, 0}, body[6:12]...)
		file = append(chunk([]byte("WEBP"), "VP8X", size), file...)
		return chunk(nil, "RIFF", file), 2 * uint24(body), 2 * uint24(body[3:]), true
	}
	return nil, 0, 0, false
}

func chunk(file []byte, id string, body []byte) []byte {
	file = append(file, id...)
	file = binary.LittleEndian.AppendUint32(file, uint32(len(body)))
	file = append(file, body...)
	if len(body)%2 == 1 {
		file = append(file, 0)
	}
	return file
}

func uint24(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }
