//go:build !linux && !darwin

package native

// FolderDates tells whether a folder's date changes whenever a name is added
// to it or taken from it, on every file system this system has.
const FolderDates = false

// Exchange returns ErrUnsupported: this system has no such call.
func Exchange(a, b string) error { return ErrUnsupported }

// Flush reports false: this system cannot flush one file system at once.
func Flush(string) (bool, error) { return false, nil }
