// Package siteroot opens the files of a site's folder and of nothing else: plain
// files and folders inside it. A named pipe or a device is refused at once, where
// opening it would wait for ever, and a link may not lead out of the folder.
package siteroot

import (
	"errors"
	"io"
	"io/fs"
	"os"
)

// maxBytes is the size of the largest file that is read at once, in bytes.
const maxBytes = 256 << 20

var (
	errIrregular = errors.New("not a plain file")
	errTooLarge  = errors.New("more than 256 MB")
)

// FS is a site's folder as a file system. It is safe for concurrent use.
type FS struct {
	root *os.Root
	all  fs.FS // of the same root
}

// New returns the folder of the root, which must stay open.
func New(root *os.Root) *FS { return &FS{root, root.FS()} }

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
	file, err := f.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errIrregular}
	}
	b := make([]byte, 0, min(info.Size(), maxBytes)+1) // one more, so that its end is seen in one round
	for {
		n, err := file.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		switch {
		case len(b) > maxBytes:
			return nil, &fs.PathError{Op: "read", Path: name, Err: errTooLarge}
		case errors.Is(err, io.EOF):
			return b, nil
		case err != nil:
			return nil, err
		case len(b) == cap(b):
			b = append(b, 0)[:len(b)] // it has grown meanwhile
		}
	}
}

// Stat describes what a name leads to.
func (f *FS) Stat(name string) (fs.FileInfo, error) { return fs.Stat(f.all, name) }

// ReadDir lists a folder, sorted by name.
func (f *FS) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(f.all, name) }

// Lstat describes a name itself, and not what it leads to if it is a link.
func (f *FS) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(f.all, name) }

// ReadLink returns where a link leads.
func (f *FS) ReadLink(name string) (string, error) { return fs.ReadLink(f.all, name) }
