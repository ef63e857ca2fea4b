package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"time"

	"uccn/generator/internal/publish/native"
)

// listName is the manifest inside the output folder.
const listName = "build.json"

// An entry is one file of ours in the output folder.
type entry struct {
	path  string
	sum   [sha256.Size]byte
	size  int64
	key   string // of the Blob it came from, if it did
	stamp stamp
}

// A stamp tells whether a file is still the one that was looked at: nobody
// changes the bytes of a file without changing its date or its number.
type stamp struct {
	mtime int64 // nanoseconds since 1970
	size  int64
	file  uint64 // its number in the file system, 0 where unknown
	mode  uint32
}

func stampOf(info fs.FileInfo) stamp {
	_, file := native.Identity(info)
	return stamp{info.ModTime().UnixNano(), info.Size(), file, uint32(info.Mode())}
}

// An index remembers the output folder as a build left it.
type index struct {
	files   []entry  // sorted by path; with build.json
	pending []string // paths at which the second tree differs from the first
	carried []string // paths of foreign files and folders that were carried over
	written int64    // date of the index file itself, nanoseconds since 1970
}

// find returns the entry of path.
func (x *index) find(path string) (entry, bool) {
	i, ok := slices.BinarySearchFunc(x.files, path, func(e entry, p string) int { return strings.Compare(e.path, p) })
	if !ok {
		return entry{}, false
	}
	return x.files[i], true
}

// trusts reports whether the file with this entry and this stamp needs no
// reading again. A file changed within the tick of the clock in which the index
// was written could look the same afterwards, so such a young file is not trusted.
func (x *index) trusts(e entry, s stamp) bool {
	tick := 20 * time.Millisecond
	if s.mtime%int64(time.Second) == 0 {
		tick = 2 * time.Second // a file system that counts seconds, or pairs of them
	}
	return e.stamp == s && e.stamp != stamp{} && s.mtime < x.written-int64(tick)
}

const magic = "uccn publish index 1\n"

func (x *index) encode() []byte {
	b := []byte(magic)
	text := func(s string) {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	b = binary.AppendUvarint(b, uint64(len(x.files)))
	for _, e := range x.files {
		text(e.path)
		text(e.key)
		b = append(b, e.sum[:]...)
		b = binary.AppendVarint(b, e.size)
		b = binary.AppendVarint(b, e.stamp.mtime)
		b = binary.AppendVarint(b, e.stamp.size)
		b = binary.AppendUvarint(b, e.stamp.file)
		b = binary.AppendUvarint(b, uint64(e.stamp.mode))
	}
	for _, list := range [][]string{x.pending, x.carried} {
		b = binary.AppendUvarint(b, uint64(len(list)))
		for _, p := range list {
			text(p)
		}
	}
	sum := sha256.Sum256(b)
	return append(b, sum[:]...)
}

// errSpoilt reports an index that is not whole. It costs time, nothing else.
var errSpoilt = errors.New("the index of the output folder is spoilt")

func decodeIndex(b []byte) (x index, err error) {
	if len(b) < len(magic)+sha256.Size || string(b[:len(magic)]) != magic {
		return index{}, errSpoilt
	}
	data, sum := b[:len(b)-sha256.Size], b[len(b)-sha256.Size:]
	if got := sha256.Sum256(data); !bytes.Equal(got[:], sum) {
		return index{}, errSpoilt
	}
	r := reader{data: string(data[len(magic):])}
	x.files = make([]entry, r.count())
	for i := range x.files {
		e := &x.files[i]
		e.path, e.key = r.text(), r.text()
		copy(e.sum[:], r.take(sha256.Size))
		e.size = r.varint()
		e.stamp = stamp{mtime: r.varint(), size: r.varint(), file: r.uvarint(), mode: uint32(r.uvarint())}
	}
	for _, list := range []*[]string{&x.pending, &x.carried} {
		*list = make([]string, r.count())
		for i := range *list {
			(*list)[i] = r.text()
		}
	}
	if r.short || r.data != "" {
		return index{}, errSpoilt
	}
	return x, nil
}

// A reader takes parts off the front of data; short is set when it ran out.
type reader struct {
	data  string
	short bool
}

func (r *reader) take(n int) string {
	if n < 0 || n > len(r.data) {
		r.short, n = true, len(r.data)
	}
	s := r.data[:n]
	r.data = r.data[n:]
	return s
}

func (r *reader) uvarint() uint64 {
	v, n := binary.Uvarint([]byte(r.data[:min(len(r.data), binary.MaxVarintLen64)]))
	r.take(max(n, 0))
	r.short = r.short || n <= 0
	return v
}

func (r *reader) varint() int64 {
	v, n := binary.Varint([]byte(r.data[:min(len(r.data), binary.MaxVarintLen64)]))
	r.take(max(n, 0))
	r.short = r.short || n <= 0
	return v
}

// count reads a number of things that are at least one byte each.
func (r *reader) count() int {
	n := r.uvarint()
	if n > uint64(len(r.data)) {
		r.short = true
		return 0
	}
	return int(n)
}

func (r *reader) text() string { return r.take(int(min(r.uvarint(), uint64(len(r.data)+1)))) }
