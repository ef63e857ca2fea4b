package siteroot

import (
	"bytes"
	"encoding/binary"
	"io"
	"io/fs"
	"os"
	"path"
	"runtime"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// beneath opens files below a folder by one call of the kernel's, where an
// os.Root opens each folder on the way. The kernel holds to the same rule: no
// step leads out of the folder, by a link or by "..", whoever renames what
// meanwhile. Whatever it refuses is asked again of the os.Root, which has the
// last word and the better errors.
type beneath struct{ dir *os.File }

// newBeneath returns nil where the kernel has no such call.
func newBeneath(root *os.Root) *beneath {
	dir, err := root.Open(".")
	if err != nil {
		return nil
	}
	b := &beneath{dir}
	fd, err := b.open(".", unix.O_PATH)
	if err != nil {
		dir.Close()
		return nil
	}
	unix.Close(fd)
	return b
}

func (b *beneath) open(name string, flags uint64) (int, error) {
	defer runtime.KeepAlive(b.dir)
	return unix.Openat2(int(b.dir.Fd()), name, &unix.OpenHow{Flags: flags | unix.O_CLOEXEC, Resolve: unix.RESOLVE_BENEATH | unix.RESOLVE_NO_MAGICLINKS})
}

// stat describes a plain file or a folder.
func (b *beneath) stat(name string) (fs.FileInfo, bool) {
	fd, err := b.open(name, unix.O_PATH)
	if err != nil {
		return nil, false
	}
	defer unix.Close(fd)
	return describe(fd, name)
}

// describe describes files of one folder, which it opens once: what is no link in it is
// in it.
func (b *beneath) describe(names []string) []fs.FileInfo {
	dir := path.Dir(names[0])
	fd, err := b.open(dir, unix.O_PATH|unix.O_DIRECTORY)
	if err != nil {
		return nil
	}
	defer unix.Close(fd)
	out := make([]fs.FileInfo, len(names))
	for i, name := range names {
		var st unix.Stat_t
		if path.Dir(name) != dir || !fs.ValidPath(name) || unix.Fstatat(fd, path.Base(name), &st, unix.AT_SYMLINK_NOFOLLOW) != nil || !plain(st.Mode) {
			continue
		}
		out[i] = &info{path.Base(name), syscall.Stat_t{Dev: st.Dev, Ino: st.Ino, Mode: st.Mode, Size: st.Size, Mtim: syscall.Timespec{Sec: st.Mtim.Sec, Nsec: st.Mtim.Nsec}}}
	}
	return out
}

// plain reports whether a mode is that of a plain file or a folder.
func plain(mode uint32) bool {
	return mode&syscall.S_IFMT == syscall.S_IFREG || mode&syscall.S_IFMT == syscall.S_IFDIR
}

// read describes a plain file and reads it, if it has at most limit bytes.
func (b *beneath) read(name string, limit int64) ([]byte, fs.FileInfo, bool) {
	fd, err := b.open(name, unix.O_RDONLY|unwaiting)
	if err != nil {
		return nil, nil, false
	}
	defer unix.Close(fd)
	info, ok := describe(fd, name)
	if !ok || info.IsDir() {
		return nil, nil, false
	}
	if info.Size() > limit {
		return nil, info, true
	}
	text, err := readAll(reader(fd), info.Size(), limit)
	return text, info, err == nil
}

// list lists a folder, in the system's order. ok is false also where the system
// does not say of what kind an entry is.
func (b *beneath) list(f *FS, name string) (entries []fs.DirEntry, ok bool) {
	fd, err := b.open(name, unix.O_RDONLY|unix.O_DIRECTORY)
	if err != nil {
		return nil, false
	}
	defer unix.Close(fd)
	buf := make([]byte, 16<<10)
	for {
		n, err := unix.Getdents(fd, buf)
		switch {
		case err == unix.EINTR:
			continue
		case err != nil:
			return nil, false
		case n == 0:
			return entries, true
		}
		for rest := buf[:n]; len(rest) > 0; {
			// struct linux_dirent64: number and place of 8 bytes, length of 2, kind, name, NUL
			length := binary.NativeEndian.Uint16(rest[16:])
			e := &entry{fs: f, dir: name, kind: rest[18]}
			letters, _, _ := bytes.Cut(rest[19:length], []byte{0})
			e.name = string(letters)
			rest = rest[length:]
			if e.kind == unix.DT_UNKNOWN {
				return nil, false
			}
			if e.name != "." && e.name != ".." {
				entries = append(entries, e)
			}
		}
	}
}

// entry is an entry of a folder.
type entry struct {
	fs        *FS
	dir, name string
	kind      byte
}

func (e *entry) Name() string               { return e.name }
func (e *entry) IsDir() bool                { return e.kind == unix.DT_DIR }
func (e *entry) String() string             { return fs.FormatDirEntry(e) }
func (e *entry) Info() (fs.FileInfo, error) { return e.fs.Lstat(path.Join(e.dir, e.name)) }

func (e *entry) Type() fs.FileMode {
	switch e.kind {
	case unix.DT_DIR:
		return fs.ModeDir
	case unix.DT_LNK:
		return fs.ModeSymlink
	case unix.DT_FIFO:
		return fs.ModeNamedPipe
	case unix.DT_SOCK:
		return fs.ModeSocket
	case unix.DT_CHR:
		return fs.ModeDevice | fs.ModeCharDevice
	case unix.DT_BLK:
		return fs.ModeDevice
	}
	return 0
}

type reader int

// Read reads from the file of that number.
func (r reader) Read(b []byte) (int, error) {
	for {
		n, err := unix.Read(int(r), b)
		switch {
		case err == unix.EINTR:
		case err != nil:
			return 0, err
		case n == 0:
			return 0, io.EOF
		default:
			return n, nil
		}
	}
}

// info describes a plain file or a folder.
type info struct {
	name string
	sys  syscall.Stat_t
}

func describe(fd int, name string) (fs.FileInfo, bool) {
	i := &info{name: path.Base(name)}
	if syscall.Fstat(fd, &i.sys) != nil {
		return nil, false
	}
	return i, plain(i.sys.Mode)
}

func (i *info) Name() string       { return i.name }
func (i *info) Size() int64        { return i.sys.Size }
func (i *info) IsDir() bool        { return i.sys.Mode&syscall.S_IFMT == syscall.S_IFDIR }
func (i *info) ModTime() time.Time { return time.Unix(i.sys.Mtim.Unix()) }
func (i *info) Sys() any           { return &i.sys }

func (i *info) Mode() fs.FileMode {
	m := fs.FileMode(i.sys.Mode & 0o777)
	if i.IsDir() {
		m |= fs.ModeDir
	}
	if i.sys.Mode&syscall.S_ISUID != 0 {
		m |= fs.ModeSetuid
	}
	if i.sys.Mode&syscall.S_ISGID != 0 {
		m |= fs.ModeSetgid
	}
	if i.sys.Mode&syscall.S_ISVTX != 0 {
		m |= fs.ModeSticky
	}
	return m
}
