package publish

import (
	"crypto/sha256"
	"io/fs"
	"time"

	"uccn/generator/internal/memo"
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
	i, ok := search(x.files, path)
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

// format names the index file's format.
const format = "uccn publish index 1"

func (x *index) encode() []byte {
	p := memo.Pack(format)
	p.Grow(160 * len(x.files))
	p.Uint(uint64(len(x.files)))
	for _, e := range x.files {
		p.Text(e.path)
		p.Text(e.key)
		p.Raw(e.sum[:])
		p.Int(e.size)
		p.Int(e.stamp.mtime)
		p.Int(e.stamp.size)
		p.Uint(e.stamp.file)
		p.Uint(uint64(e.stamp.mode))
	}
	p.Texts(x.pending)
	p.Texts(x.carried)
	return p.Seal()
}

// decodeIndex reads an index. One that is not whole is an error; it costs time,
// nothing else.
func decodeIndex(b []byte) (x index, err error) {
	u, err := memo.Unpack(format, b)
	if err != nil {
		return index{}, err
	}
	x.files = make([]entry, u.Count())
	for i := range x.files {
		e := &x.files[i]
		e.path, e.key = u.Text(), u.Text()
		copy(e.sum[:], u.Raw(sha256.Size))
		e.size = u.Int()
		e.stamp = stamp{mtime: u.Int(), size: u.Int(), file: u.Uint(), mode: uint32(u.Uint())}
	}
	x.pending, x.carried = u.Texts(), u.Texts()
	if err := u.End(); err != nil {
		return index{}, err
	}
	return x, nil
}
