package native

import (
	"os"

	"golang.org/x/sys/unix"
)

// FolderDates tells whether a folder's date changes whenever a name is added
// to it or taken from it, on every file system this system has.
const FolderDates = true

// Exchange swaps the folders a and b in one step.
func Exchange(a, b string) error {
	err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
	switch err {
	case nil:
		return nil
	case unix.ENOSYS, unix.EINVAL, unix.ENOTSUP:
		return ErrUnsupported
	}
	return &os.LinkError{Op: "exchange", Old: a, New: b, Err: err}
}

// Flush brings everything written to the file system of path to the medium.
// It reports false where the system cannot do that at once.
func Flush(path string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return true, err
	}
	defer f.Close()
	if err := unix.Syncfs(int(f.Fd())); err != nil {
		return true, &os.PathError{Op: "flush", Path: path, Err: err}
	}
	return true, nil
}
