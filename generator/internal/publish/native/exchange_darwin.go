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
	err := unix.RenamexNp(a, b, unix.RENAME_SWAP)
	switch err {
	case nil:
		return nil
	case unix.ENOSYS, unix.EINVAL, unix.ENOTSUP:
		return ErrUnsupported
	}
	return &os.LinkError{Op: "exchange", Old: a, New: b, Err: err}
}

// Flush reports false: this system cannot flush one file system at once.
func Flush(string) (bool, error) { return false, nil }
