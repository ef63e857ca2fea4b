package pdf

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"io"
	"runtime"
	"strconv"
	"unicode/utf16"

	"uccn/generator/internal/par"
)

// A ref is the number of an indirect object.
type ref int

func (r ref) String() string { return strconv.Itoa(int(r)) + " 0 R" }

// place says where an object is: at an offset, or inside an object stream.
type place struct {
	offset int64
	stream ref // when not 0, the object is number offset in this stream
}

// A file is the layer of objects: it numbers them, packs small ones into
// compressed object streams (7.5.7) and ends with a cross-reference stream
// (7.5.8). The first error is kept and everything after it is ignored.
type file struct {
	w      *bufio.Writer
	hash   hash.Hash
	err    error
	size   int64
	places []place
	packed []ref // objects waiting for their object stream
	body   bytes.Buffer
	starts []int
	wait   []stream // to be compressed
	bytes  int      // of what waits
	zips   []*zlib.Writer
}

// A stream is an object of bytes.
type stream struct {
	id   ref
	dict string
	data []byte
}

func newFile(w io.Writer, version string) *file {
	f := &file{w: bufio.NewWriterSize(w, 1<<18), hash: sha256.New(), places: make([]place, 1)}
	for range runtime.GOMAXPROCS(0) {
		f.zips = append(f.zips, zlib.NewWriter(nil))
	}
	f.write([]byte("%PDF-" + version + "\n%\xE2\xE3\xCF\xD3\n"))
	return f
}

func (f *file) write(b []byte) {
	f.hash.Write(b)
	f.put(b)
}

// put writes bytes that the hash of the file learns of in another way.
func (f *file) put(b []byte) {
	if f.err != nil {
		return
	}
	f.size += int64(len(b))
	_, f.err = f.w.Write(b)
}

func (f *file) alloc() ref {
	f.places = append(f.places, place{})
	return ref(len(f.places) - 1)
}

// object writes a non-stream object.
func (f *file) object(r ref, text string) {
	f.packed = append(f.packed, r)
	f.starts = append(f.starts, f.body.Len())
	f.body.WriteString(text)
	f.body.WriteByte('\n')
	if len(f.packed) >= 200 {
		f.flush()
	}
}

// flush writes the waiting objects as one object stream.
func (f *file) flush() {
	if len(f.packed) == 0 {
		return
	}
	id := f.alloc()
	var head bytes.Buffer
	for i, r := range f.packed {
		fmt.Fprintf(&head, "%d %d ", int(r), f.starts[i])
		f.places[r] = place{int64(i), id}
	}
	dict := fmt.Sprintf("/Type/ObjStm/N %d/First %d", len(f.packed), head.Len())
	head.Write(f.body.Bytes())
	f.packed, f.starts = f.packed[:0], f.starts[:0]
	f.body.Reset()
	f.stream(id, dict, head.Bytes())
}

// stream writes a stream object, compressed. It takes its place in the file with
// others, which are compressed on all cores; data must not be changed until then.
func (f *file) stream(r ref, dict string, data []byte) {
	f.wait = append(f.wait, stream{r, dict, data})
	if f.bytes += len(data); f.bytes > 1<<20 {
		f.compress()
	}
}

// compress writes the streams that wait.
func (f *file) compress() {
	type worker struct{ zip, step int }
	work := make([]worker, len(f.zips))
	for i := range work {
		work[i] = worker{i, len(work)}
	}
	_, err := par.Map(context.Background(), work, func(_ context.Context, w worker) (struct{}, error) {
		zip := f.zips[w.zip]
		for i := w.zip; i < len(f.wait); i += w.step {
			var out bytes.Buffer
			zip.Reset(&out)
			zip.Write(f.wait[i].data) // a bytes.Buffer takes everything
			zip.Close()
			f.wait[i].data = out.Bytes()
		}
		return struct{}{}, nil
	})
	if f.err == nil {
		f.err = err
	}
	for _, s := range f.wait {
		f.raw(s.id, s.dict+"/Filter/FlateDecode", s.data)
	}
	f.wait, f.bytes = f.wait[:0], 0
}

// raw writes a stream object as it is.
func (f *file) raw(r ref, dict string, data []byte) {
	f.hash.Write(data)
	f.streamObject(r, dict, data)
}

// hashed is raw for data whose hash is known, which need not be hashed again.
func (f *file) hashed(r ref, dict string, data []byte, sum [sha256.Size]byte) {
	f.hash.Write(sum[:])
	f.streamObject(r, dict, data)
}

func (f *file) streamObject(r ref, dict string, data []byte) {
	f.places[r] = place{offset: f.size}
	f.write(fmt.Appendf(nil, "%d 0 obj\n<<%s/Length %d>>\nstream\n", int(r), dict, len(data)))
	f.put(data)
	f.write([]byte("\nendstream\nendobj\n"))
}

// finish writes the cross-reference stream. The identifier of the file is a
// hash of all that came before, so equal files have equal identifiers.
func (f *file) finish(trailer string) error {
	f.flush()
	f.compress()
	id := f.alloc()
	f.places[id] = place{offset: f.size}
	var table bytes.Buffer
	for i, p := range f.places {
		row := make([]byte, 8) // type, 5 bytes, 2 bytes
		switch {
		case i == 0:
			row[6], row[7] = 0xff, 0xff
		case p.stream != 0:
			row[0] = 2
			binary.BigEndian.PutUint32(row[2:], uint32(p.stream))
			binary.BigEndian.PutUint16(row[6:], uint16(p.offset))
		default:
			row[0], row[1] = 1, byte(p.offset>>32)
			binary.BigEndian.PutUint32(row[2:], uint32(p.offset))
		}
		table.Write(row)
	}
	sum := f.hash.Sum(nil)[:16]
	start := f.size
	f.stream(id, fmt.Sprintf("/Type/XRef/Size %d/W[1 5 2]%s/ID[<%x><%x>]", len(f.places), trailer, sum, sum), table.Bytes())
	f.compress()
	f.write(fmt.Appendf(nil, "startxref\n%d\n%%%%EOF\n", start))
	if err := f.w.Flush(); f.err == nil && err != nil {
		f.err = err
	}
	if f.err != nil {
		return fmt.Errorf("write PDF: %w", f.err)
	}
	return nil
}

// text returns a text string (7.9.2.2): ASCII where it suffices, else UTF-16.
func text(s string) string {
	b := []byte{'('}
	for _, r := range s {
		if r < 32 || r > 126 {
			return utf16Text(s)
		}
		if r == '\\' || r == '(' || r == ')' {
			b = append(b, '\\')
		}
		b = append(b, byte(r))
	}
	return string(append(b, ')'))
}

func utf16Text(s string) string {
	b := []byte("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		b = appendHex(b, u)
	}
	return string(append(b, '>'))
}

func appendHex(b []byte, v uint16) []byte {
	const digits = "0123456789ABCDEF"
	return append(b, digits[v>>12], digits[v>>8&15], digits[v>>4&15], digits[v&15])
}

// appendLength writes a length in points, to a hundredth.
func appendLength(b []byte, l Length) []byte {
	v := int(l)
	if v < 0 {
		v = -v
		if v >= 5 {
			b = append(b, '-')
		}
	}
	v = (v + 5) / 10
	b = strconv.AppendInt(b, int64(v/100), 10)
	switch rest := v % 100; {
	case rest == 0:
	case rest%10 == 0:
		b = append(b, '.', byte('0'+rest/10))
	default:
		b = append(b, '.', byte('0'+rest/10), byte('0'+rest%10))
	}
	return b
}

func (l Length) String() string { return string(appendLength(nil, l)) }

// appendFloat writes a number to four decimals, without trailing zeros.
func appendFloat(b []byte, v float64) []byte {
	at := len(b)
	b = strconv.AppendFloat(b, v, 'f', 4, 64)
	for b[len(b)-1] == '0' {
		b = b[:len(b)-1]
	}
	if b[len(b)-1] == '.' {
		b = b[:len(b)-1]
	}
	if string(b[at:]) == "-0" {
		b = append(b[:at], '0')
	}
	return b
}
