package build

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"strings"
	"sync"
	"time"

	"uccn/generator/internal/load"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/model"
	"uccn/generator/internal/render"
	"uccn/generator/internal/source"
)

// looked is how a file or the list of a folder looked, as it was first seen.
type looked struct {
	what        string // "" for a file; else why there is none, or what else it is
	size, mtime int64  // bytes; nanoseconds since 1970
	mode        fs.FileMode
	young       bool // it may change again without a new date

	sum   [32]byte // SHA-256 of the file, if it was read whole, or of the list's names
	facts [16]byte // hash of all of a record's file that is no mere text; zero of other files
}

// looksLike reports whether nobody has touched what looked like l. Its date tells that of
// a file, and nothing does when that cannot be relied on.
func (l looked) looksLike(now looked) bool {
	if l.what != "" {
		return l == now
	}
	return now.what == "" && l.size == now.size && l.mtime == now.mtime && l.mode == now.mode && !l.young
}

// holds reports whether a file has the bytes that it had.
func (l looked) holds(now looked) bool {
	return l.what == now.what && l.mode == now.mode && l.sum != [32]byte{} && l.sum == now.sum
}

func (l looked) encode(p *memo.Packer) {
	flags := uint64(l.mode) << 3
	for i, set := range []bool{l.young, l.sum != [32]byte{}, l.facts != [16]byte{}} {
		if set {
			flags |= 1 << i
		}
	}
	p.Text(l.what)
	p.Int(l.size)
	p.Int(l.mtime)
	p.Uint(flags)
	if flags&2 != 0 {
		p.Raw(l.sum[:])
	}
	if flags&4 != 0 {
		p.Raw(l.facts[:])
	}
}

func decodeLooked(u *memo.Unpacker) looked {
	l := looked{what: u.Text(), size: u.Int(), mtime: u.Int()}
	flags := u.Uint()
	l.mode, l.young = fs.FileMode(flags>>3), flags&1 != 0
	if flags&2 != 0 {
		copy(l.sum[:], u.Raw(len(l.sum)))
	}
	if flags&4 != 0 {
		copy(l.facts[:], u.Raw(len(l.facts)))
	}
	return l
}

// settle is how old a file must be for its date to tell it from a later state:
// two seconds are the coarsest clock of a file system.
const settle = 2 * time.Second

// looks describes a file for an account of a run that began at a time.
func looks(info fs.FileInfo, err error, began time.Time) looked {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return looked{what: "gone"}
	case err != nil:
		return looked{what: err.Error()}
	case info.IsDir():
		return looked{what: "folder"}
	}
	return looked{size: info.Size(), mtime: info.ModTime().UnixNano(), mode: info.Mode(), young: info.ModTime().After(began.Add(-settle))}
}

// lists describes the list of a folder.
func lists(entries []fs.DirEntry, err error) looked {
	if err != nil {
		return looks(nil, err, time.Time{})
	}
	k := memo.NewKey("list", 1)
	for _, e := range entries {
		k.Text(e.Name()).Int(int64(e.Type()))
	}
	return looked{what: "list", sum: k.Key()}
}

// factsOf is a hash of all of a record's file that more than its text's readers read:
// its keys, whether there is a text, and the text too when it shows pictures. It
// is zero when name is no record's file, or one in which the two cannot be told apart.
// Nobody will change data.
func factsOf(name string, data []byte) (facts [16]byte) {
	if !strings.HasPrefix(name, load.Dir+"/") || path.Ext(name) != ".md" {
		return facts
	}
	f, dl := source.Split(name, source.Text(data))
	if len(dl) > 0 {
		return facts
	}
	text := model.Text{Source: f.Body}
	keys := data[:max(0, len(data)-len(f.Body))]
	if render.Pictured(text) {
		keys = data
	}
	sum := sha256.Sum256(keys)
	if text.Empty() {
		sum = sha256.Sum256(sum[:]) // other than with a text
	}
	copy(facts[:], sum[:])
	return facts
}

// A witness is a file system that notes what was looked at, as it was just before.
type witness struct {
	fs.FS
	began time.Time
	known map[string]looked // by the run before; what still looks so is not hashed again

	mu     sync.Mutex
	looked map[string]looked
}

// Kinds of looking, before the names of an account.
const (
	stated = "stat "
	listed = "list "
)

// stat notes how a file looks.
func (w *witness) stat(name string) {
	info, err := fs.Stat(w.FS, name)
	w.note(name, info, err, nil)
}

// note notes how a file looks, and what it holds if all of it was read.
func (w *witness) note(name string, info fs.FileInfo, err error, text []byte) {
	now := looks(info, err, w.began)
	if known, ok := w.known[stated+name]; ok && known.looksLike(now) {
		now = known
	} else if text != nil {
		now.sum, now.facts = sha256.Sum256(text), factsOf(name, text)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if old, again := w.looked[stated+name]; again {
		if old.sum != [32]byte{} || now.sum == [32]byte{} {
			return // as it was first seen
		}
		old.sum, old.facts = now.sum, now.facts
		now = old
	}
	w.looked[stated+name] = now
}

// all returns what was looked at so far.
func (w *witness) all() map[string]looked {
	w.mu.Lock()
	defer w.mu.Unlock()
	return maps.Clone(w.looked)
}

// sum returns the hash of a file that was read whole, or the hash of what it
// holds now. ok is false when it is no plain file.
func (w *witness) sum(name string) (sum [32]byte, ok bool, err error) {
	w.mu.Lock()
	sum = w.looked[stated+name].sum
	w.mu.Unlock()
	if sum != [32]byte{} {
		return sum, true, nil
	}
	info, err := fs.Stat(w, name)
	if err != nil || !info.Mode().IsRegular() {
		return sum, false, nil
	}
	b, err := fs.ReadFile(w, name)
	if err != nil {
		return sum, false, fmt.Errorf("hash %s: %w", name, err)
	}
	return sha256.Sum256(b), true, nil
}

// Open opens a file or folder.
func (w *witness) Open(name string) (fs.File, error) {
	w.stat(name)
	return w.FS.Open(name)
}

// ReadInfo reads a file and describes it; see source.Reader.
func (w *witness) ReadInfo(name string, limit int64) (b []byte, info fs.FileInfo, err error) {
	if r, can := w.FS.(source.Reader); can {
		b, info, err = r.ReadInfo(name, limit)
	} else if info, err = fs.Stat(w.FS, name); err == nil && !info.Mode().IsRegular() {
		return nil, nil, errors.ErrUnsupported
	} else if err == nil && info.Size() <= limit {
		b, err = fs.ReadFile(w.FS, name)
	}
	if err == nil {
		w.note(name, info, nil, b)
	}
	return b, info, err
}

// ReadFile reads a file.
func (w *witness) ReadFile(name string) ([]byte, error) {
	if b, info, err := w.ReadInfo(name, maxStatic); err == nil && info.Size() <= maxStatic {
		return b, nil
	}
	w.stat(name)
	return fs.ReadFile(w.FS, name)
}

// Stat describes a file or folder.
func (w *witness) Stat(name string) (fs.FileInfo, error) {
	w.stat(name)
	return fs.Stat(w.FS, name)
}

// ReadDir lists a folder.
func (w *witness) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(w.FS, name)
	now := lists(entries, err)
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, known := w.looked[listed+name]; !known {
		w.looked[listed+name] = now
	}
	return entries, err
}
