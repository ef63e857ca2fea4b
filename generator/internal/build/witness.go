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

// A list is what a folder holds, or why that cannot be said.
type list struct {
	entries []fs.DirEntry
	err     error
}

// looked describes the list.
func (l list) looked() looked {
	if l.err != nil {
		return looks(nil, l.err, time.Time{})
	}
	k := memo.NewKey("list", 1)
	for _, e := range l.entries {
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
	sight                   // of the first look, when this run was compared with that one

	mu      sync.Mutex
	looked  map[string]looked
	read    map[string]bool   // files of which something was made
	other   map[string]looked // what looks other than it did when it was known
	strange bool              // something was looked at that was not known
}

// A sight is how files look at one moment, and what folders hold.
type sight struct {
	files   map[string]looked // by name; with sums where they look as they did
	folders map[string]list
}

// Kinds of looking, before the names of an account.
const (
	stated = "stat "
	listed = "list "
)

// stat notes how a file looks.
func (w *witness) stat(name string) {
	w.mu.Lock()
	_, seen := w.recall(name)
	w.mu.Unlock()
	if seen {
		return
	}
	info, err := fs.Stat(w.FS, name)
	w.note(name, info, err, nil)
}

// recall notes how a file looks as far as that was seen before. w is locked.
func (w *witness) recall(name string) (l looked, seen bool) {
	if l, seen = w.looked[stated+name]; seen {
		return l, true
	}
	if l, seen = w.files[name]; seen {
		w.put(stated+name, l)
	}
	return l, seen
}

// put notes how something looks. w is locked.
func (w *witness) put(name string, now looked) {
	w.looked[name] = now
	if w.known == nil {
		return
	}
	switch old, known := w.known[name]; {
	case !known:
		w.strange = true
	case old.looksLike(now):
		delete(w.other, name)
	default:
		if w.other == nil {
			w.other = map[string]looked{}
		}
		w.other[name] = now
	}
}

// filed returns the hash of a file as far as it is known, for who then makes of it what was
// made of a file with that hash; see load.NewArchive.
func (w *witness) filed(name string) (sum [32]byte, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	l, _ := w.recall(name)
	if l.sum != [32]byte{} {
		w.read[name] = true
	}
	return l.sum, l.sum != [32]byte{}
}

// note notes how a file looks, and what it holds if all of it was read. It counts as it was
// when it was first read, and until then as it was first seen.
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
		if text == nil || w.read[name] {
			return
		}
		if old.looksLike(now) {
			old.sum, old.facts = now.sum, now.facts
			now = old
		}
	}
	w.put(stated+name, now)
	w.read[name] = w.read[name] || text != nil
}

// others returns what was looked at so far and looks other than it did. ok is false when
// something was looked at that was not known.
func (w *witness) others() (others map[string]looked, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return maps.Clone(w.other), !w.strange
}

// sum returns the hash of a file that was read whole, or the hash of what it
// holds now. ok is false when it is no plain file.
func (w *witness) sum(name string) (sum [32]byte, ok bool, err error) {
	if sum, ok = w.filed(name); ok {
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

// ReadDir lists a folder, as it was first seen.
func (w *witness) ReadDir(name string) ([]fs.DirEntry, error) {
	w.mu.Lock()
	l, seen := w.folders[name]
	_, noted := w.looked[listed+name]
	w.mu.Unlock()
	if !seen {
		l.entries, l.err = fs.ReadDir(w.FS, name)
	}
	if noted {
		return l.entries, l.err
	}
	now := l.looked()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.put(listed+name, now)
	w.folders[name] = l
	return l.entries, l.err
}
