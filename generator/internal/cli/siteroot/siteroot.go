// Package siteroot opens the files of a site's folder and of nothing else: plain
// files and folders inside it. A named pipe or a device is refused at once, where
// opening it would wait for ever, and a link may not lead out of the folder.
package siteroot

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// maxBytes is the size of the largest file that is read at once, in bytes.
const maxBytes = 256 << 20

var (
	errIrregular = errors.New("not a plain file")
	errTooLarge  = errors.New("more than 256 MB")
)

// FS is a site's folder as a file system. It is safe for concurrent use.
type FS struct {
	root  *os.Root
	all   fs.FS    // of the same root
	short *beneath // the same folder, by a shorter way; nil where there is none
}

// New returns the folder of the root, which must stay open.
func New(root *os.Root) *FS { return &FS{root, root.FS(), newBeneath(root)} }

// Open opens a plain file or a folder for reading, without waiting.
func (f *FS) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	file, err := f.root.OpenFile(name, os.O_RDONLY|unwaiting, 0)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		err = &fs.PathError{Op: "open", Path: name, Err: errIrregular}
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

// ReadFile reads a whole file of at most 256 MB.
func (f *FS) ReadFile(name string) ([]byte, error) {
	b, info, err := f.ReadInfo(name, maxBytes)
	if err == nil && info.Size() > maxBytes {
		err = &fs.PathError{Op: "read", Path: name, Err: errTooLarge}
	}
	return b, err
}

// ReadInfo opens a plain file once, and returns what it is and what it holds;
// that is nil when it holds more than limit bytes.
func (f *FS) ReadInfo(name string, limit int64) ([]byte, fs.FileInfo, error) {
	if f.short != nil && fs.ValidPath(name) {
		if b, info, ok := f.short.read(name, limit); ok {
			return b, info, nil
		}
	}
	file, err := f.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, nil, err
	}
	if info.IsDir() {
		return nil, nil, &fs.PathError{Op: "read", Path: name, Err: errIrregular}
	}
	if info.Size() > limit {
		return nil, info, nil
	}
	b, err := readAll(file, info.Size(), limit)
	if err != nil {
		return nil, nil, &fs.PathError{Op: "read", Path: name, Err: err}
	}
	return b, info, nil
}

// readAll reads a file that had size bytes when it was opened.
func readAll(r io.Reader, size, limit int64) ([]byte, error) {
	b := make([]byte, 0, size+1) // one more, so that its end is seen in one round
	for {
		n, err := r.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		switch {
		case int64(len(b)) > limit:
			return nil, errTooLarge
		case errors.Is(err, io.EOF), err == nil && int64(len(b)) == size:
			return b, nil
		case err != nil:
			return nil, err
		case len(b) == cap(b):
			b = append(b, 0)[:len(b)] // it has grown meanwhile
		}
	}
}

// Stat describes what a name leads to.
func (f *FS) Stat(name string) (fs.FileInfo, error) {
	if f.short != nil && fs.ValidPath(name) {
		if info, ok := f.short.stat(name); ok {
			return info, nil
		}
	}
	return fs.Stat(f.all, name)
}

// Describe describes those of some files of one folder that are plain files or folders, and
// no links; see source.Describer.
func (f *FS) Describe(names []string) []fs.FileInfo {
	if f.short == nil || len(names) == 0 || !fs.ValidPath(names[0]) {
		return nil
	}
	return f.short.describe(names)
}

// ReadDir lists a folder, sorted by name.
func (f *FS) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, ok := []fs.DirEntry(nil), false
	if f.short != nil && fs.ValidPath(name) {
		entries, ok = f.short.list(f, name)
	}
	var err error
	if !ok {
		entries, err = f.list(name)
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, err
}

// list lists a folder. It does not wait for a named pipe, as the root's own way does.
func (f *FS) list(name string) ([]fs.DirEntry, error) {
	file, err := f.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	dir, ok := file.(fs.ReadDirFile)
	if !ok {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errIrregular}
	}
	return dir.ReadDir(-1)
}

// Lstat describes a name itself, and not what it leads to if it is a link.
func (f *FS) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(f.all, name) }

// ReadLink returns where a link leads.
func (f *FS) ReadLink(name string) (string, error) { return fs.ReadLink(f.all, name) }
