package media

import (
	"io/fs"
	"syscall"
)

// identity returns when the file's entry was last changed, in nanoseconds, which
// no program can set, and its number.
func identity(info fs.FileInfo) (changed, number int64) {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return s.Ctim.Nano(), int64(s.Ino)
	}
	return 0, 0
}
