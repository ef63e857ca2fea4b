package picture

import "encoding/binary"

// Tags of TIFF 6.0 and of the ICC's supplement to it.
const (
	tagHeight      = 0x0101
	tagBits        = 0x0102
	tagCompression = 0x0103
	tagPhotometric = 0x0106
	tagOrientation = 0x0112
	tagRows        = 0x0116 // of a strip
	tagTileHeight  = 0x0143
	tagProfile     = 0x8773
)

// orientation returns the orientation that an EXIF block tells, which has the
// form of a TIFF file, or 1.
func orientation(exif []byte) int {
	found := 1
	walkIFD(exif, func(tag uint16, short, _ int, _ []byte) {
		if tag == tagOrientation && short >= 1 && short <= 8 {
			found = short
		}
	})
	return found
}

func (h *Header) readTIFF(data []byte) {
	height, rows, deep, packed := 1, 1<<30, 0, false
	h.More = walkIFD(data, func(tag uint16, short, long int, value []byte) {
		switch tag {
		case tagHeight:
			height = max(1, long)
		case tagRows, tagTileHeight:
			rows = long
		case tagCompression:
			packed = short != 1
		case tagOrientation:
			if short >= 1 && short <= 8 {
				h.Orientation = short
			}
		case tagBits:
			if short == 16 || len(value) >= 2 && (value[0] == 16 || value[1] == 16) {
				deep = 1
			}
		case tagPhotometric:
			h.CMYK = short == 5
		case tagProfile:
			h.Profile = value
		}
	})
	h.each = 16 * (4 << deep)
	if packed { // a strip goes through a buffer that doubles, up to 8 bytes a pixel
		h.each += 16 * 16 * min(max(0, rows), height) / height
	}
}

// walkIFD calls f for each entry of a TIFF's first directory: with its value as
// one number of 16 bits and of as many as it has, and with its bytes where they stand
// apart. It reports whether a second directory follows.
func walkIFD(data []byte, f func(tag uint16, short, long int, value []byte)) (more bool) {
	var order binary.ByteOrder = binary.LittleEndian
	if hasPrefix(data, "MM") {
		order = binary.BigEndian
	}
	if len(data) < 8 {
		return false
	}
	at := uint64(order.Uint32(data[4:]))
	if at+2 > uint64(len(data)) {
		return false
	}
	count := int(order.Uint16(data[at:]))
	entries := data[at+2:]
	for range count {
		if len(entries) < 12 {
			return false
		}
		tag, length := order.Uint16(entries), uint64(order.Uint32(entries[4:]))
		switch order.Uint16(entries[2:]) { // bytes a value takes
		case 3, 8:
			length *= 2
		case 4, 9, 11:
			length *= 4
		case 5, 10, 12:
			length *= 8
		}
		var value []byte
		if from := uint64(order.Uint32(entries[8:])); length > 4 && length < 1<<40 && from+length <= uint64(len(data)) {
			value = data[from : from+length]
		}
		short, long := int(order.Uint16(entries[8:])), int(order.Uint32(entries[8:]))
		if order.Uint16(entries[2:]) == 3 {
			long = short
		}
		f(tag, short, long, value)
		entries = entries[12:]
	}
	return len(entries) >= 4 && order.Uint32(entries) != 0
}
