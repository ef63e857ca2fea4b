package picture

import "bytes"

// Strip takes out of a JPEG file (ITU-T T.81, annex B) all that stands beside its
// pixels: comments, application segments but the parts of JFIF's and Adobe's that say
// how its colours are stored, and what follows its end, where telephones put films
// and further pictures. It moves the rest together in data, and returns false for a
// file that has no end.
func Strip(data []byte) ([]byte, bool) {
	if !hasPrefix(data, "\xff\xd8") {
		return nil, false
	}
	out := data[:2]
	for i := 2; i+2 <= len(data); {
		kind := data[i+1]
		if data[i] != 0xff || kind == 0xff || kind == 0 || kind >= 0xd0 && kind <= 0xd7 {
			i++ // a fill byte, or litter that decoders pass over
			continue
		}
		if kind == 0xd9 {
			return append(out, 0xff, 0xd9), true
		}
		if kind < 0xc0 || kind == 0xd8 || i+4 > len(data) {
			return nil, false
		}
		n := int(data[i+2])<<8 | int(data[i+3])
		end := i + 2 + n
		if n < 2 || end > len(data) {
			return nil, false
		}
		switch {
		case kind == 0xda: // its entropy-coded data run to the next marker
			end = scanEnd(data, end)
			out = append(out, data[i:end]...)
		case kind < 0xe0 || kind > 0xef && kind != 0xfe:
			out = append(out, data[i:end]...)
		default:
			out = appendColours(out, kind, data[i+4:end])
		}
		i = end
	}
	return nil, false
}

// appendColours appends what an application segment says of the colours.
func appendColours(out []byte, kind byte, body []byte) []byte {
	switch {
	case kind == 0xe0 && hasPrefix(body, "JFIF\x00") && len(body) >= 14:
		out = append(out, 0xff, kind, 0, 16)
		return append(append(out, body[:12]...), 0, 0) // without the small picture
	case kind == 0xee && hasPrefix(body, "Adobe") && len(body) >= 12:
		out = append(out, 0xff, kind, 0, 14)
		return append(out, body[:12]...)
	}
	return out
}

// scanEnd returns where the entropy-coded data that begin at i end: at a marker that
// neither stands for a byte ff nor restarts the coder.
func scanEnd(data []byte, i int) int {
	for i < len(data) {
		at := bytes.IndexByte(data[i:], 0xff)
		if at < 0 || i+at+1 == len(data) {
			break
		}
		i += at
		if next := data[i+1]; next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7) {
			return i
		}
		i++
	}
	return len(data)
}
