package publish

import (
	"errors"
	"io/fs"
	"os"
	"sync/atomic"
	"time"

	"uccn/generator/internal/publish/native"
)

// disk is every operation by which publishing changes or reads a file system.
// It is an interface so that a test can let each one fail.
type disk interface {
	lstat(name string) (fs.FileInfo, error)
	readDir(name string) ([]fs.DirEntry, error)
	readFile(name string) ([]byte, error)
	readLink(name string) (string, error)
	create(name string, data []byte, sync bool) (fs.FileInfo, error) // a file that was not there, mode 0644
	mkdir(name string) error                                         // mode 0755
	link(name, as string) error
	symlink(target, name string) error
	chmod(name string, mode fs.FileMode) error
	chtimes(name string, t time.Time) error
	remove(name string) error
	rename(from, to string) error
	exchange(a, b string) error
	flush(name string) (bool, error)
}

type osDisk struct {
	open atomic.Bool // folders are made with the mode that is asked for: the umask takes nothing away
}

func (*osDisk) lstat(name string) (fs.FileInfo, error)     { return os.Lstat(name) }
func (*osDisk) readDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }
func (*osDisk) readFile(name string) ([]byte, error)       { return os.ReadFile(name) }
func (*osDisk) readLink(name string) (string, error)       { return os.Readlink(name) }
func (*osDisk) link(name, as string) error                 { return os.Link(name, as) }
func (*osDisk) symlink(target, name string) error          { return os.Symlink(target, name) }
func (*osDisk) chmod(name string, mode fs.FileMode) error  { return os.Chmod(name, mode) }
func (*osDisk) chtimes(name string, t time.Time) error     { return os.Chtimes(name, t, t) }
func (*osDisk) remove(name string) error                   { return os.Remove(name) }
func (*osDisk) rename(from, to string) error               { return os.Rename(from, to) }
func (*osDisk) exchange(a, b string) error                 { return native.Exchange(a, b) }
func (*osDisk) flush(name string) (bool, error)            { return native.Flush(name) }

func (*osDisk) create(name string, data []byte, sync bool) (fs.FileInfo, error) {
	f, err := native.Create(name, 0o644)
	if err != nil {
		return nil, err
	}
	_, err = f.Write(data)
	info, statErr := f.Stat()
	if err = errors.Join(err, statErr); err == nil && info.Mode().Perm() != 0o644 {
		if err = f.Chmod(0o644); err == nil { // whatever the umask took away
			info, err = f.Stat()
		}
	}
	if err == nil && sync {
		err = f.Sync()
	}
	return info, errors.Join(err, f.Close())
}

func (d *osDisk) mkdir(name string) error {
	if err := os.Mkdir(name, 0o755); err != nil || d.open.Load() {
		return err
	}
	info, err := os.Lstat(name)
	if err == nil && info.Mode().Perm() != 0o755 {
		return os.Chmod(name, 0o755)
	}
	d.open.Store(err == nil)
	return nil
}
