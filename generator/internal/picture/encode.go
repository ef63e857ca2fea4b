package picture

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"fmt"
	"image/jpeg"
)

// JPEGVersion names the JPEG encoder: it belongs into the key of whatever is
// remembered of its results.
const JPEGVersion = "image/jpeg 1"

// JPEG returns the raster as a baseline JPEG of the quality, 1 to 100, over white
// where it is transparent, without any metadata.
func (r *Raster) JPEG(quality int) ([]byte, error) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, r.flat(), &jpeg.Options{Quality: quality}); err != nil {
		return nil, fmt.Errorf("encode JPEG: %w", err)
	}
	return b.Bytes(), nil
}

// Credit is who made a picture and on what terms it may be used, for a copy that
// leaves the site. Empty fields are left out.
type Credit struct{ Creator, Rights string }

// WithCredit returns a JPEG made by Raster.JPEG with the credit written into it as
// XMP (ISO 16684-1: dc:creator, dc:rights). An empty credit changes nothing.
func WithCredit(file []byte, c Credit) []byte {
	if c == (Credit{}) {
		return file
	}
	packet := "http://ns.adobe.com/xap/1.0/\x00" + xmp(c)
	if len(packet) > 0xffff-2 {
		return file // a credit of 60,000 characters is none
	}
	out := make([]byte, 0, len(file)+len(packet)+4)
	out = append(out, file[:2]...)
	out = append(out, 0xff, 0xe1)
	out = binary.BigEndian.AppendUint16(out, uint16(len(packet)+2))
	out = append(out, packet...)
	return append(out, file[2:]...)
}

func xmp(c Credit) string {
	var b bytes.Buffer
	b.WriteString(`<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">`)
	if c.Creator != "" {
		b.WriteString("<dc:creator><rdf:Seq><rdf:li>")
		xml.EscapeText(&b, []byte(c.Creator))
		b.WriteString("</rdf:li></rdf:Seq></dc:creator>")
	}
	if c.Rights != "" {
		b.WriteString(`<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">`)
		xml.EscapeText(&b, []byte(c.Rights))
		b.WriteString("</rdf:li></rdf:Alt></dc:rights>")
	}
	b.WriteString(`</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>`)
	return b.String()
}
