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
	"math"
	"runtime"
	"strconv"
	"unicode/utf16"

	"uccn/generator/internal/par"
)

// A ref is the number of an indirect object.
type ref int

func (r ref) String() string { return strconv.Itoa(int(r)) + " 0 R" }

// append writes r as String does.
func (r ref) append(b []byte) []byte { return append(strconv.AppendInt(b, int64(r), 10), " 0 R"...) }

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
	at     int64 // how many bytes are written
	places []place
	packed []ref // objects waiting for their object stream
	body   bytes.Buffer
	starts []int
	wait   []stream // to be made ready
	done   []stream // to be written
	size   int      // about how many bytes wait
	held   bool     // what waits is taken by who draws
	zips   chan *zlib.Writer
	spare  [][]byte // for the bytes of pictures
}

// A stream is an object of bytes: data to be compressed, or a picture.
type stream struct {
	id      ref
	dict    string
	data    []byte
	plain   bool // not to be compressed
	picture *pictured
	offset  int64 // in the file, once written
}

// pictured is the bytes of a picture. The hash of the file learns of them by key.
type pictured struct {
	key  [sha256.Size]byte
	read func(into []byte) (dict string, data []byte, err error) // when its turn has come; nil: the stream has them
	into []byte                                                  // for read
}

// level is how hard streams are compressed: the usual 6 takes twice the time of 4
// and makes a book for the screen one in a hundred smaller.
const level = 4

// A Kit is what files that are written one after the other share: it saves what
// each of them would make anew. It is for all goroutines.
type Kit struct{ zips chan *zlib.Writer }

// NewKit returns a kit.
func NewKit() *Kit {
	k := &Kit{make(chan *zlib.Writer, runtime.GOMAXPROCS(0))}
	for range cap(k.zips) {
		zip, err := zlib.NewWriterLevel(nil, level)
		if err != nil {
			panic(err) // the level is ours
		}
		k.zips <- zip
	}
	return k
}

func newFile(w io.Writer, version string, kit *Kit) *file {
	if kit == nil {
		kit = NewKit()
	}
	f := &file{w: bufio.NewWriterSize(w, 1<<16), hash: sha256.New(), places: make([]place, 1), zips: kit.zips}
	f.write([]byte("%PDF-" + version + "\n%\xE2\xE3\xCF\xD3\n"))
	return f
}

func (f *file) write(b []byte) {
	f.hash.Write(b)
	f.unhashed(b)
}

// unhashed writes bytes that the hash of the file learns of in another way.
func (f *file) unhashed(b []byte) {
	if f.err != nil {
		return
	}
	f.at += int64(len(b))
	_, f.err = f.w.Write(b)
}

func (f *file) alloc() ref {
	f.places = append(f.places, place{})
	return ref(len(f.places) - 1)
}

// object writes a non-stream object.
func (f *file) object(r ref, text string) { f.bytes(r, []byte(text)) }

// bytes is object for who has bytes, which may be changed afterwards.
func (f *file) bytes(r ref, text []byte) {
	f.packed = append(f.packed, r)
	f.starts = append(f.starts, f.body.Len())
	f.body.Write(text)
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

// batch is about how many bytes of streams are finished together.
const batch = 2 << 20

// stream writes a stream object, compressed. It takes its place in the file with
// others, which are compressed on all cores; data must not be changed until then.
func (f *file) stream(r ref, dict string, data []byte) {
	f.put(stream{id: r, dict: dict, data: data}, len(data))
}

// raw writes a stream object as it is.
func (f *file) raw(r ref, dict string, data []byte) {
	f.put(stream{id: r, dict: dict, data: data, plain: true}, len(data))
}

// put lets a stream of about so many bytes wait until it is written.
func (f *file) put(s stream, size int) {
	f.wait = append(f.wait, s)
	if f.size += size; f.size > batch && !f.held {
		f.finishStreams()
	}
}

// finishStreams writes the streams that wait.
func (f *file) finishStreams() {
	for len(f.wait)+len(f.done) > 0 {
		f.finishWhile(func() {})
	}
}

// finishWhile makes the streams that wait ready on all cores, while draw runs on
// one of them and those that were ready before are written on another. Streams
// that draw adds wait for the next time.
func (f *file) finishWhile(draw func()) {
	ready, done := f.wait, f.done
	f.wait, f.done, f.size, f.held = nil, ready, 0, true
	jobs := []func() error{
		func() error { draw(); return nil },
		func() error { f.writeStreams(done); return nil },
	}
	for i := range ready {
		s := &ready[i]
		if p := s.picture; p != nil && p.read != nil && len(f.spare) > 0 {
			p.into, f.spare = f.spare[len(f.spare)-1], f.spare[:len(f.spare)-1]
		}
		jobs = append(jobs, func() error { return s.finish(f.zips) })
	}
	_, err := par.Map(context.Background(), jobs, func(_ context.Context, job func() error) (struct{}, error) { return struct{}{}, job() })
	f.held = false
	if f.err == nil {
		f.err = err
	}
	for _, s := range done {
		f.places[s.id] = place{offset: s.offset}
		if s.picture != nil && s.picture.read != nil {
			f.spare = append(f.spare, s.data)
		}
	}
}

// writeStreams writes streams that are ready, and notes where. It may not touch
// what drawing changes.
func (f *file) writeStreams(list []stream) {
	for i := range list {
		s := &list[i]
		if s.picture == nil {
			f.hash.Write(s.data)
		} else {
			f.hash.Write(s.picture.key[:])
		}
		s.offset = f.writeStream(s.id, s.dict, s.data)
	}
}

// finish compresses or reads a stream.
func (s *stream) finish(zips chan *zlib.Writer) (err error) {
	if p := s.picture; p != nil {
		if p.read != nil {
			s.dict, s.data, err = p.read(p.into[:0])
		}
		return err
	}
	if s.plain {
		return nil
	}
	zip := <-zips
	defer func() { zips <- zip }()
	var out bytes.Buffer
	out.Grow(len(s.data)/3 + 64)
	zip.Reset(&out)
	zip.Write(s.data) // a bytes.Buffer takes everything
	zip.Close()
	s.dict += "/Filter/FlateDecode"
	s.data = out.Bytes()
	return nil
}

func (f *file) writeStream(r ref, dict string, data []byte) (offset int64) {
	offset = f.at
	f.write(fmt.Appendf(nil, "%d 0 obj\n<<%s/Length %d>>\nstream\n", int(r), dict, len(data)))
	f.unhashed(data)
	f.write([]byte("\nendstream\nendobj\n"))
	return offset
}

// finish writes the cross-reference stream. The identifier of the file is a
// hash of all that came before, so equal files have equal identifiers.
func (f *file) finish(trailer string) error {
	f.flush()
	f.finishStreams()
	id := f.alloc()
	f.places[id] = place{offset: f.at}
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
	start := f.at
	f.stream(id, fmt.Sprintf("/Type/XRef/Size %d/W[1 5 2]%s/ID[<%x><%x>]", len(f.places), trailer, sum, sum), table.Bytes())
	f.finishStreams()
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
	if v < 0 {
		v = -v
		if v >= .00005 {
			b = append(b, '-')
		}
	}
	n := int64(math.Round(v * 10000))
	b = strconv.AppendInt(b, n/10000, 10)
	rest := n % 10000
	if rest == 0 {
		return b
	}
	b = append(b, '.', byte('0'+rest/1000), byte('0'+rest/100%10), byte('0'+rest/10%10), byte('0'+rest%10))
	for b[len(b)-1] == '0' {
		b = b[:len(b)-1]
	}
	return b
}
