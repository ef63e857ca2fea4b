package pdf

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// info returns the document information dictionary (14.3.3).
func (w *Writer) info() string {
	o := w.options
	b := []byte("<<")
	for _, e := range []struct{ key, value string }{
		{"Title", o.Title}, {"Author", o.Author}, {"Subject", o.Subject}, {"Producer", o.Producer},
	} {
		if e.value != "" {
			b = fmt.Appendf(b, "/%s%s", e.key, text(e.value))
		}
	}
	if !o.Created.IsZero() {
		date := o.Created.UTC().Format("D:20060102150405") + "+00'00'"
		b = fmt.Appendf(b, "/CreationDate(%s)/ModDate(%s)", date, date)
	}
	if o.Print != nil {
		b = append(b, "/Trapped/False/GTS_PDFXVersion(PDF/X-4)"...)
	}
	return string(append(b, ">>"...))
}

// xmp returns the metadata packet. It says the same as info, as PDF/A asks, and
// which standards the file claims.
func (w *Writer) xmp() []byte {
	o := w.options
	var b strings.Builder
	b.WriteString("<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"` +
		` xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"` +
		` xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"` +
		` xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">`)
	alt := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, `<dc:%s><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:%s>`, name, escape(value), name)
		}
	}
	alt("title", o.Title)
	alt("description", o.Subject)
	alt("rights", o.Rights)
	if o.Author != "" {
		fmt.Fprintf(&b, "<dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>", escape(o.Author))
	}
	fmt.Fprintf(&b, "<dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language><dc:format>application/pdf</dc:format>", escape(o.Lang))
	if o.Producer != "" {
		fmt.Fprintf(&b, "<pdf:Producer>%s</pdf:Producer>", escape(o.Producer))
	}
	if !o.Created.IsZero() {
		date := o.Created.UTC().Format(time.RFC3339)
		fmt.Fprintf(&b, "<xmp:CreateDate>%s</xmp:CreateDate><xmp:ModifyDate>%s</xmp:ModifyDate><xmp:MetadataDate>%s</xmp:MetadataDate>", date, date, date)
	}
	if o.Print != nil {
		id := fmt.Sprintf("uuid:%x", w.file.hash.Sum(nil)[:16])
		fmt.Fprintf(&b, "<pdf:Trapped>False</pdf:Trapped><pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion><xmpMM:DocumentID>%s</xmpMM:DocumentID>"+
			"<xmpMM:RenditionClass>default</xmpMM:RenditionClass><xmpMM:VersionID>1</xmpMM:VersionID>", id)
		b.WriteString("</rdf:Description>")
	} else {
		b.WriteString("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part></rdf:Description>" + uaSchema)
	}
	b.WriteString("</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>")
	return []byte(b.String())
}

// uaSchema declares the one property that PDF/A does not know (ISO 19005-2, 6.6.2.3).
const uaSchema = `<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"` +
	` xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">` +
	`<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA</pdfaSchema:schema>` +
	`<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>` +
	`<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>` +
	`<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>` +
	`<pdfaProperty:description>part of PDF/UA that the file follows</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>` +
	`</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>`

func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}

// writeIntent writes the output intent (14.11.5) and returns its dictionary.
func (w *Writer) writeIntent() string {
	icc := w.file.alloc()
	if w.options.Print == nil {
		w.file.stream(icc, "/N 3", sRGB())
		return fmt.Sprintf("<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB)/DestOutputProfile %s>>", icc)
	}
	name := w.options.Print.Condition
	if name == "" {
		name = w.icc.name
	}
	w.file.stream(icc, "/N 4", w.options.Print.ICC)
	return fmt.Sprintf("<</Type/OutputIntent/S/GTS_PDFX/OutputConditionIdentifier%s/Info%s/DestOutputProfile %s>>",
		text(name), text(w.icc.name), icc)
}

// profile is what we need to know of an ICC profile.
type profile struct{ space, class, name string }

// errProfile is returned for bytes that are no ICC profile.
var errProfile = errors.New("it is no ICC profile")

// CheckProfile says why a file for the printer cannot be made with an ICC profile, in
// words that follow its name; nil when it can.
func CheckProfile(icc []byte) error {
	_, err := printing(icc)
	return err
}

// printing reads the profile of a printing condition.
func printing(icc []byte) (profile, error) {
	p, err := readProfile(icc)
	if err != nil {
		return p, err
	}
	spaces := map[string]string{"RGB ": "RGB", "GRAY": "grey", "Lab ": "Lab", "XYZ ": "XYZ"}
	classes := map[string]string{"mntr": "a screen", "scnr": "a scanner or camera", "spac": "converting colours", "link": "converting colours", "abst": "changing colours"}
	switch {
	case p.space != "CMYK":
		return p, fmt.Errorf("its colours are %s, and printers need CMYK", cmp.Or(spaces[p.space], strconv.Quote(p.space)))
	case p.class != "prtr":
		return p, fmt.Errorf("it is for %s, and not for a printer", cmp.Or(classes[p.class], "something else"))
	}
	return p, nil
}

// readProfile reads the header and the description of an ICC profile (ICC.1:2010, 7.2).
func readProfile(b []byte) (profile, error) {
	if len(b) < 132 || string(b[36:40]) != "acsp" || int64(binary.BigEndian.Uint32(b)) > int64(len(b)) {
		return profile{}, errProfile
	}
	p := profile{space: string(b[16:20]), class: string(b[12:16]), name: "custom"}
	count := int(binary.BigEndian.Uint32(b[128:]))
	if count < 1 || count > (len(b)-132)/12 {
		return profile{}, errProfile
	}
	for i := range count {
		row := b[132+12*i:]
		at, size := int64(binary.BigEndian.Uint32(row[4:])), int64(binary.BigEndian.Uint32(row[8:]))
		if at+size > int64(len(b)) {
			return profile{}, errProfile
		}
		if string(row[:4]) == "desc" {
			if name := describe(b[at : at+size]); name != "" {
				p.name = name
			}
		}
	}
	return p, nil
}

// describe reads a description tag of version 2 ("desc") or 4 ("mluc").
func describe(b []byte) string {
	clean := func(r rune) rune {
		if r < 32 || r > 126 {
			return -1
		}
		return r
	}
	switch {
	case len(b) >= 12 && string(b[:4]) == "desc":
		n := int64(binary.BigEndian.Uint32(b[8:]))
		if n > 0 && 12+n <= int64(len(b)) {
			return strings.Map(clean, string(b[12:12+n]))
		}
	case len(b) >= 28 && string(b[:4]) == "mluc":
		n, at := int64(binary.BigEndian.Uint32(b[20:])), int64(binary.BigEndian.Uint32(b[24:]))
		if at+n <= int64(len(b)) {
			return strings.Map(clean, string(b[at:at+n]))
		}
	}
	return ""
}

// sRGB returns a profile of the sRGB colour space: matrix and curve of IEC
// 61966-2-1, adapted to the D50 white of ICC version 2.
func sRGB() []byte {
	number := func(v float64) []byte {
		return binary.BigEndian.AppendUint32(nil, uint32(int32(math.Round(v*65536))))
	}
	tag := func(kind string, data ...byte) []byte { return append([]byte(kind+"\x00\x00\x00\x00"), data...) }
	xyz := func(x, y, z float64) []byte {
		return tag("XYZ ", append(append(number(x), number(y)...), number(z)...)...)
	}
	name := "sRGB IEC61966-2.1"
	desc := binary.BigEndian.AppendUint32(nil, uint32(len(name)+1))
	desc = append(append(desc, name...), make([]byte, 1+4+4+2+1+67)...)
	curve := binary.BigEndian.AppendUint32(nil, 1024)
	for i := range 1024 {
		v := float64(i) / 1023
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		curve = binary.BigEndian.AppendUint16(curve, uint16(math.Round(v*65535)))
	}
	trc := tag("curv", curve...)
	tags := []struct {
		name string
		data []byte // nil: the data of the one before
	}{
		{"desc", tag("desc", desc...)}, {"cprt", tag("text", []byte("No copyright, use freely\x00")...)}, {"wtpt", xyz(.9642, 1, .8249)},
		{"rXYZ", xyz(.4360, .2225, .0139)}, {"gXYZ", xyz(.3851, .7169, .0971)}, {"bXYZ", xyz(.1431, .0606, .7141)},
		{"rTRC", trc}, {"gTRC", nil}, {"bTRC", nil},
	}
	start := 128 + 4 + 12*len(tags)
	table := binary.BigEndian.AppendUint32(nil, uint32(len(tags)))
	var body []byte
	at, size := 0, 0
	for _, t := range tags {
		if t.data != nil {
			body = append(body, make([]byte, (4-len(body)%4)%4)...)
			at, size = start+len(body), len(t.data)
			body = append(body, t.data...)
		}
		table = append(table, t.name...)
		table = binary.BigEndian.AppendUint32(table, uint32(at))
		table = binary.BigEndian.AppendUint32(table, uint32(size))
	}
	head := make([]byte, 128)
	binary.BigEndian.PutUint32(head, uint32(start+len(body)))
	copy(head[8:], "\x02\x10\x00\x00mntrRGB XYZ \x07\xd0\x00\x01\x00\x01\x00\x00\x00\x00\x00\x00acsp")
	copy(head[68:], append(append(number(.9642), number(1)...), number(.8249)...))
	return append(append(head, table...), body...)
}
