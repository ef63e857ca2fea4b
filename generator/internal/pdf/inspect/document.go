package inspect

import (
	"bytes"
	"compress/zlib"
	"io"
	"strconv"
	"unicode/utf16"
)

// A Document is an open file.
type Document struct {
	data    []byte
	offsets map[Ref]int
	packed  map[Ref]slot
	cache   map[Ref]any
	streams map[Ref]*lexer // opened object streams
	heads   map[Ref][]int
	busy    map[Ref]bool
	Trailer Dict
	Catalog Dict
	Pages   []Page
}

// slot is an object inside an object stream.
type slot struct {
	stream Ref
	index  int
}

// A Page is a page with what it inherits.
type Page struct {
	Ref  Ref
	Dict Dict
}

// largest is how much a stream may grow when it is unpacked.
const largest = 256 << 20

// Open reads the structure of a file.
func Open(data []byte) (*Document, error) {
	d := &Document{data: data, offsets: map[Ref]int{}, packed: map[Ref]slot{}, cache: map[Ref]any{},
		streams: map[Ref]*lexer{}, heads: map[Ref][]int{}, busy: map[Ref]bool{}}
	if !bytes.HasPrefix(data, []byte("%PDF-")) {
		return nil, syntax("it does not begin with %%PDF-")
	}
	at := bytes.LastIndex(data, []byte("startxref"))
	if at < 0 {
		return nil, syntax("no startxref")
	}
	l := &lexer{data: data, at: at + len("startxref")}
	v, err := l.next(0)
	start, is := v.(float64)
	if err != nil || !is {
		return nil, syntax("startxref without an offset")
	}
	for n := 0; start > 0; n++ {
		if n > 100 {
			return nil, syntax("cross-reference sections without an end")
		}
		if start, err = d.section(int(start)); err != nil {
			return nil, err
		}
	}
	d.Catalog, is = d.Get(d.Trailer["Root"]).(Dict)
	if !is {
		return nil, syntax("no catalog")
	}
	return d, d.readPages(d.Catalog["Pages"], nil, 0)
}

// section reads one cross-reference section and returns the offset of the one
// before, or 0.
func (d *Document) section(at int) (float64, error) {
	if at < 0 || at >= len(d.data) {
		return 0, syntax("a cross-reference section at %d", at)
	}
	l := &lexer{data: d.data, at: at}
	l.space()
	if bytes.HasPrefix(d.data[l.at:], []byte("xref")) {
		return d.table(l)
	}
	v, err := d.object(at)
	if err != nil {
		return 0, err
	}
	s, is := v.(*Stream)
	if !is {
		return 0, syntax("no cross-reference stream at %d", at)
	}
	body, err := d.Data(s)
	if err != nil {
		return 0, err
	}
	if err := d.rows(s.Dict, body); err != nil {
		return 0, err
	}
	return d.trailer(s.Dict), nil
}

func (d *Document) trailer(t Dict) float64 {
	if d.Trailer == nil {
		d.Trailer = t
	}
	prev, _ := t["Prev"].(float64)
	return prev
}

// rows reads the rows of a cross-reference stream (ISO 32000-1, 7.5.8).
func (d *Document) rows(dict Dict, body []byte) error {
	widths, _ := dict["W"].(Array)
	var w [3]int
	for i := range w {
		if len(widths) != 3 {
			return syntax("a cross-reference stream without W")
		}
		v, _ := widths[i].(float64)
		if v < 0 || v > 8 {
			return syntax("a cross-reference stream with W %v", widths)
		}
		w[i] = int(v)
	}
	size, _ := dict["Size"].(float64)
	index, is := dict["Index"].(Array)
	if !is {
		index = Array{0.0, size}
	}
	row := w[0] + w[1] + w[2]
	for i := 0; i+1 < len(index) && row > 0; i += 2 {
		first, _ := index[i].(float64)
		count, _ := index[i+1].(float64)
		for n := range int(count) {
			if len(body) < row {
				return nil
			}
			d.row(Ref(int(first)+n), field(body[:w[0]], 1), field(body[w[0]:w[0]+w[1]], 0), field(body[w[0]+w[1]:row], 0))
			body = body[row:]
		}
	}
	return nil
}

func field(b []byte, missing int) int {
	if len(b) == 0 {
		return missing
	}
	v := 0
	for _, c := range b {
		v = v<<8 | int(c)
	}
	return v
}

func (d *Document) row(r Ref, kind, a, b int) {
	_, known1 := d.offsets[r]
	_, known2 := d.packed[r]
	switch {
	case known1 || known2:
	case kind == 1:
		d.offsets[r] = a
	case kind == 2:
		d.packed[r] = slot{Ref(a), b}
	}
}

// table reads a cross-reference table (7.5.4).
func (d *Document) table(l *lexer) (float64, error) {
	l.at += len("xref")
	for {
		v, err := l.next(0)
		if err != nil {
			return 0, err
		}
		if v == any(operator("trailer")) {
			t, err := l.value(0)
			dict, is := t.(Dict)
			if err != nil || !is {
				return 0, syntax("no trailer")
			}
			return d.trailer(dict), nil
		}
		first, is1 := v.(float64)
		c, _ := l.next(0)
		count, is2 := c.(float64)
		if !is1 || !is2 || count > 1e7 {
			return 0, syntax("a damaged cross-reference table")
		}
		for n := range int(count) {
			offset, _ := l.next(0)
			_, _ = l.next(0)
			kind, err := l.next(0)
			if err != nil || kind == any(operator("")) {
				return 0, syntax("a damaged cross-reference table")
			}
			if o, is := offset.(float64); is && kind == any(operator("n")) {
				d.row(Ref(int(first)+n), 1, int(o), 0)
			}
		}
	}
}

// Get follows a reference; other objects it gives back. A reference to nothing is nil.
func (d *Document) Get(v any) any {
	r, is := v.(Ref)
	if !is {
		return v
	}
	if have, found := d.cache[r]; found {
		return have
	}
	if d.busy[r] {
		return nil
	}
	d.busy[r] = true
	var out any
	if at, found := d.offsets[r]; found {
		out, _ = d.object(at)
	} else if s, found := d.packed[r]; found {
		out = d.unpack(s)
	}
	delete(d.busy, r)
	d.cache[r] = out
	return out
}

// object reads "n 0 obj … endobj" at an offset.
func (d *Document) object(at int) (any, error) {
	if at < 0 || at >= len(d.data) {
		return nil, syntax("an object at %d", at)
	}
	l := &lexer{data: d.data, at: at}
	for range 2 {
		if _, err := l.next(0); err != nil {
			return nil, err
		}
	}
	if op, err := l.next(0); err != nil || op != any(operator("obj")) {
		return nil, syntax("no object at %d", at)
	}
	v, err := l.value(0)
	if err != nil {
		return nil, err
	}
	dict, is := v.(Dict)
	if !is {
		return v, nil
	}
	l.space()
	if !bytes.HasPrefix(d.data[l.at:], []byte("stream")) {
		return dict, nil
	}
	l.at += len("stream")
	if l.at < len(d.data) && d.data[l.at] == '\r' {
		l.at++
	}
	if l.at < len(d.data) && d.data[l.at] == '\n' {
		l.at++
	}
	size, is := d.Get(dict["Length"]).(float64)
	if !is || size < 0 || l.at+int(size) > len(d.data) {
		return nil, syntax("a stream of length %v at %d", dict["Length"], at)
	}
	return &Stream{dict, d.data[l.at : l.at+int(size)]}, nil
}

// unpack reads an object of an object stream (7.5.7).
func (d *Document) unpack(s slot) any {
	l := d.streams[s.stream]
	if l == nil {
		stream, is := d.Get(s.stream).(*Stream)
		if !is {
			return nil
		}
		body, err := d.Data(stream)
		n, _ := stream.Dict["N"].(float64)
		first, _ := stream.Dict["First"].(float64)
		if err != nil || n > 1e6 {
			return nil
		}
		l = &lexer{data: body}
		var starts []int
		for range int(n) {
			_, err1 := l.next(0)
			v, err2 := l.next(0)
			offset, is := v.(float64)
			if err1 != nil || err2 != nil || !is {
				return nil
			}
			starts = append(starts, int(first)+int(offset))
		}
		d.streams[s.stream], d.heads[s.stream] = l, starts
	}
	starts := d.heads[s.stream]
	if s.index >= len(starts) || starts[s.index] > len(l.data) || starts[s.index] < 0 {
		return nil
	}
	v, err := (&lexer{data: l.data, at: starts[s.index]}).value(0)
	if err != nil {
		return nil
	}
	return v
}

// Data returns the data of a stream, unpacked. Pictures are returned as they are.
func (d *Document) Data(s *Stream) ([]byte, error) {
	switch filter := d.Get(s.Dict["Filter"]).(type) {
	case nil:
		return s.raw, nil
	case Name:
		if filter == "DCTDecode" {
			return s.raw, nil
		}
		if filter == "FlateDecode" && s.Dict["DecodeParms"] == nil {
			r, err := zlib.NewReader(bytes.NewReader(s.raw))
			if err != nil {
				return nil, syntax("a stream that cannot be unpacked: %v", err)
			}
			out, err := io.ReadAll(io.LimitReader(r, largest))
			if err != nil {
				return nil, syntax("a stream that cannot be unpacked: %v", err)
			}
			return out, nil
		}
	}
	return nil, syntax("a stream packed by %v", s.Dict["Filter"])
}

// readPages lists the pages under a node of the page tree.
func (d *Document) readPages(node any, inherited Dict, depth int) error {
	dict, is := d.Get(node).(Dict)
	if !is || depth > deepest {
		return syntax("a damaged page tree")
	}
	full := Dict{}
	for _, key := range []Name{"Resources", "MediaBox", "CropBox", "Rotate"} {
		if v, found := inherited[key]; found {
			full[key] = v
		}
	}
	for key, v := range dict {
		full[key] = v
	}
	kids, is := d.Get(dict["Kids"]).(Array)
	if !is {
		r, _ := node.(Ref)
		d.Pages = append(d.Pages, Page{r, full})
		return nil
	}
	for _, kid := range kids {
		if err := d.readPages(kid, full, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// Text reads a text string (7.9.2.2).
func Text(v any) string {
	s, is := v.(String)
	if !is {
		return ""
	}
	if len(s) >= 2 && s[0] == 0xfe && s[1] == 0xff {
		return utf16Text(string(s[2:]))
	}
	return string(s)
}

func utf16Text(s string) string {
	units := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return string(utf16.Decode(units))
}

// Dict, Array and Name follow a reference and give the zero value for anything else.
func (d *Document) Dict(v any) Dict {
	switch v := d.Get(v).(type) {
	case Dict:
		return v
	case *Stream:
		return v.Dict
	}
	return nil
}

// Array follows a reference to an array.
func (d *Document) Array(v any) Array {
	a, _ := d.Get(v).(Array)
	return a
}

// Name follows a reference to a name.
func (d *Document) Name(v any) Name {
	n, _ := d.Get(v).(Name)
	return n
}

func (r Ref) String() string { return strconv.Itoa(int(r)) + " 0 R" }
