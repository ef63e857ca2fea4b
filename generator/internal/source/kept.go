package source

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"uccn/generator/internal/diag"
)

// Kept is a file system that remembers the texts, lists and descriptions it has
// given, for a session that is told of every change. What stands behind a
// symbolic link is not remembered, as its changes are told by another name, nor are
// large files and failures. It is safe for concurrent use; what it gives must not
// be changed.
type Kept struct {
	fsys fs.FS

	mu     sync.Mutex
	round  int      // counts what was forgotten
	told   []change // what was forgotten lately, each name once
	since  int      // from which round on told is complete
	texts  map[string]text
	infos  map[string]fs.FileInfo
	lists  map[string][]fs.DirEntry
	direct map[string]bool // files and folders: no link stands there, nor on the way to them
}

// text is a small file, and what Read made of it when it was last asked.
type text struct {
	data []byte
	info fs.FileInfo
	read *readText
}

type readText struct {
	text     string
	problems diag.List
}

// A change is a name that was forgotten, and when.
type change struct {
	round int
	name  string
}

// Keep returns fsys with a memory.
func Keep(fsys fs.FS) *Kept {
	k := &Kept{fsys: fsys}
	k.clear()
	return k
}

func (k *Kept) clear() {
	k.round++
	k.told, k.since = nil, k.round
	k.texts, k.infos, k.lists, k.direct = map[string]text{}, map[string]fs.FileInfo{}, map[string][]fs.DirEntry{}, map[string]bool{".": true}
}

// many is how many changes are looked up one by one.
const many = 64

// Forget drops what is known of files, and of folders with all that is in them,
// that are new, changed or gone.
func (k *Kept) Forget(paths []string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(paths) > many {
		k.clear()
		return
	}
	k.round++
	if k.told = slices.DeleteFunc(k.told, func(c change) bool { return slices.Contains(paths, c.name) }); len(k.told) > many {
		k.told, k.since = nil, k.round
	}
	for _, p := range paths {
		k.told = append(k.told, change{k.round, p})
		for dir := path.Dir(p); ; dir = path.Dir(dir) {
			delete(k.lists, dir)
			delete(k.infos, dir)
			if dir == "." || dir == "/" {
				break
			}
		}
		drop(k.texts, p)
		drop(k.infos, p)
		drop(k.lists, p)
		drop(k.direct, p)
		k.direct["."] = true
	}
}

// Now returns a mark of what is forgotten so far, for Since.
func (k *Kept) Now() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.round
}

// Since returns the names that were forgotten since a mark. ok is false when they
// are too many to tell, or some of them are no longer known.
func (k *Kept) Since(mark int) (names []string, ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, c := range k.told {
		if c.round > mark {
			names = append(names, c.name)
		}
	}
	return names, mark >= k.since
}

// drop removes a path and all below it.
func drop[V any](m map[string]V, p string) {
	delete(m, p)
	for name := range m {
		if p == "." || strings.HasPrefix(name, p) && len(name) > len(p) && name[len(p)] == '/' {
			delete(m, name)
		}
	}
}

// plain reports whether no link stands on the way to a name, nor at it.
func (k *Kept) plain(name string) bool {
	k.mu.Lock()
	direct, known := k.direct[name]
	round := k.round
	k.mu.Unlock()
	if known {
		return direct
	}
	if !k.plain(path.Dir(name)) {
		return false
	}
	i, err := fs.Lstat(k.fsys, name)
	direct = err == nil && i.Mode()&fs.ModeSymlink == 0
	if err == nil {
		k.note(round, func() { k.direct[name] = direct })
	}
	return direct
}

// note remembers something, unless something was forgotten since round.
func (k *Kept) note(round int, remember func()) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.round == round {
		remember()
	}
}

// recall looks a name up in one of k's tables.
func recall[V any](k *Kept, m *map[string]V, name string) (v V, known bool, round int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	v, known = (*m)[name]
	return v, known, k.round
}

// Open opens a file or folder.
func (k *Kept) Open(name string) (fs.File, error) {
	t, known, round := recall(k, &k.texts, name)
	if known {
		return &opened{*bytes.NewReader(t.data), t.info}, nil
	}
	f, err := k.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() > MaxText || !k.plain(name) {
		return f, nil
	}
	defer f.Close()
	b := bytes.NewBuffer(make([]byte, 0, info.Size()+1))
	if _, err := b.ReadFrom(f); err != nil {
		return nil, err
	}
	t = text{data: b.Bytes(), info: info}
	k.note(round, func() { k.texts[name] = t })
	return &opened{*bytes.NewReader(t.data), t.info}, nil
}

// ReadInfo reads a whole file and describes it; see Reader.
func (k *Kept) ReadInfo(name string, limit int64) ([]byte, fs.FileInfo, error) {
	t, known, round := recall(k, &k.texts, name)
	if !known {
		r, can := k.fsys.(Reader)
		if !can {
			return nil, nil, errors.ErrUnsupported
		}
		var err error
		if t.data, t.info, err = r.ReadInfo(name, limit); err != nil || t.info.Size() > min(limit, MaxText) || !k.plain(name) {
			return t.data, t.info, err
		}
		k.note(round, func() { k.texts[name] = t })
	}
	if t.info.Size() > limit {
		return nil, t.info, nil
	}
	return t.data, t.info, nil
}

// text is the function Read, remembered.
func (k *Kept) text(name string) (text string, problems diag.List, ok bool) {
	t, known, round := recall(k, &k.texts, name)
	switch {
	case !known:
		return "", nil, false
	case t.read != nil:
		return t.read.text, t.read.problems, true
	}
	text, problems, err := checked(name, t.data)
	if err != nil {
		return "", nil, false
	}
	t.read = &readText{text, problems}
	k.note(round, func() { k.texts[name] = t })
	return text, problems, true
}

// opened is a file that was read before.
type opened struct {
	bytes.Reader
	info fs.FileInfo
}

// Stat describes the file.
func (o *opened) Stat() (fs.FileInfo, error) { return o.info, nil }

// Close does nothing.
func (o *opened) Close() error { return nil }

// ReadFile reads a whole file.
func (k *Kept) ReadFile(name string) ([]byte, error) {
	f, err := k.Open(name)
	if err != nil {
		return nil, err
	}
	f.Close()
	if t, known, _ := recall(k, &k.texts, name); known {
		return t.data, nil
	}
	return fs.ReadFile(k.fsys, name)
}

// Stat describes what a name leads to.
func (k *Kept) Stat(name string) (fs.FileInfo, error) {
	info, known, round := recall(k, &k.infos, name)
	if known {
		return info, nil
	}
	info, err := fs.Stat(k.fsys, name)
	if err == nil && k.plain(name) {
		k.note(round, func() { k.infos[name] = info })
	}
	return info, err
}

// ReadDir lists a folder, sorted by name.
func (k *Kept) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, known, round := recall(k, &k.lists, name)
	if known {
		return slices.Clone(entries), nil
	}
	entries, err := fs.ReadDir(k.fsys, name)
	if err == nil && k.plain(name) {
		kept := slices.Clone(entries)
		k.note(round, func() { k.lists[name] = kept })
	}
	return entries, err
}

// Lstat describes a name itself.
func (k *Kept) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(k.fsys, name) }

// ReadLink returns where a link leads.
func (k *Kept) ReadLink(name string) (string, error) { return fs.ReadLink(k.fsys, name) }
