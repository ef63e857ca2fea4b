package picture

import "encoding/binary"

// Tags of TIFF 6.0 and of the ICC's supplement to it.
const (
	tagBits        = 0x0102
	tagPhotometric = 0x0106
	tagOrientation = 0x0112
	tagProfile     = 0x8773
)

// orientation returns the orientation that an EXIF block tells, which has the
// form of a TIFF file, or 1.
func orientation(exif []byte) int {
	found := 1
	walkIFD(exif, func(tag uint16, short int, _ []byte) {
		if tag == tagOrientation && short >= 1 && short <= 8 {
			found = short
		}
	})
	return found
}

func (h *Header) readTIFF(data []byte) {
	h.More = walkIFD(data, func(tag uint16, short int, value []byte) {
		switch tag {
		case tagOrientation:
			if short >= 1 && short <= 8 {
				h.Orientation = short
			}
		case tagBits:
			h.deep = short == 16 || len(value) >= 2 && (value[0] == 16 || value[1] == 16)
		case tagPhotometric:
			h.CMYK = short == 5
		case tagProfile:
			h.Profile = value
		}
	})
}

// walkIFD calls f for each entry of a TIFF's first directory: with its value as
// one 16-bit number, and with its bytes where they stand apart. It reports
// whether a second directory follows.
func walkIFD(data []byte, f func(tag uint16, short int, value []byte)) (more bool) {
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
		f(tag, int(order.Uint16(entries[8:])), value)
		entries = entries[12:]
	}
	return len(entries) >= 4 && order.Uint32(entries) != 0
}
