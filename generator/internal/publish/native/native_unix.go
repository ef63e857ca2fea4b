//go:build unix

package native

import (
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// Identity returns the numbers of the device and the file behind info; both
// are 0 where the system does not tell.
func Identity(info fs.FileInfo) (device, file uint64) {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(s.Dev), s.Ino
	}
	return 0, 0
}

func tryLock(f *os.File) error {
	for {
		switch err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err {
		case unix.EINTR:
		case unix.EWOULDBLOCK:
			return errHeld
		default:
			return err
		}
	}
}
