package native

import (
	"io/fs"
	"os"

	"golang.org/x/sys/windows"
)

// Identity returns 0 for both numbers: a FileInfo of Windows does not hold them.
func Identity(fs.FileInfo) (device, file uint64) { return 0, 0 }

// Create makes a file that was not there and opens it for writing.
func Create(name string, mode fs.FileMode) (*os.File, error) {
	return os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
}

func tryLock(f *os.File) error {
	const flags = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	err := windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, new(windows.Overlapped))
	if err == windows.ERROR_LOCK_VIOLATION || err == windows.ERROR_IO_PENDING {
		return errHeld
	}
	return err
}
