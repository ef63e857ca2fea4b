package watch

import (
	"crypto/sha256"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A stamp is what tells two states of a file apart.
type stamp struct {
	info  fs.FileInfo // of the file itself, not of what a link points to; nil if there is none
	mtime int64
	size  int64
	mode  fs.FileMode
	sum   [sha256.Size]byte // of the bytes, where the date is too young to trust
	young bool
}

// A tree is what was last seen under a root.
type tree struct {
	root    string
	ignore  []string
	files   map[string]stamp
	folders map[string]stamp // with the root as "."
}

func (t *tree) name(rel string) string { return filepath.Join(t.root, filepath.FromSlash(rel)) }

// ignored reports whether nobody edits rel: folders of tools, our own output,
// and what editors leave beside the file they save.
func (t *tree) ignored(rel string) bool {
	for dir := rel; dir != "."; dir = path.Dir(dir) {
		if slices.Contains(t.ignore, dir) {
			return true
		}
		switch name := path.Base(dir); name {
		case ".git", ".hg", ".svn", ".jj", ".uccn", ".idea", ".vscode", "node_modules", "__pycache__":
			return true
		}
	}
	return litter(path.Base(rel))
}

func litter(name string) bool {
	switch name {
	case "4913", ".DS_Store", "Thumbs.db", "desktop.ini":
		return true
	}
	for _, suffix := range []string{"~", ".swp", ".swo", ".swx", ".kate-swp", "___jb_tmp___", "___jb_old___", ".crdownload", ".part"} {
		if strings.HasSuffix(name, suffix) {
			return true
		}
	}
	return strings.HasPrefix(name, ".#") || strings.HasPrefix(name, ".~lock.") || strings.HasPrefix(name, ".goutputstream-") ||
		strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#") || strings.HasPrefix(name, ".fuse_hidden") || strings.HasPrefix(name, ".nfs0")
}

// look walks the tree, remembers what it sees and returns the files that are
// new, changed or gone, in no order. A folder that cannot be read counts as
// empty: whoever reads the sources says so better.
func (t *tree) look(first bool) []string {
	old := t.files
	t.files, t.folders = make(map[string]stamp, len(old)), map[string]stamp{}
	t.walk(".")
	if first {
		return nil
	}
	var changed []string
	for rel, s := range t.files {
		if !s.same(old[rel]) {
			changed = append(changed, rel)
		}
	}
	for rel := range old {
		if _, still := t.files[rel]; !still {
			changed = append(changed, rel)
		}
	}
	return changed
}

func (t *tree) walk(dir string) {
	info, err := os.Stat(t.name(dir))
	if err != nil {
		return
	}
	list, err := os.ReadDir(t.name(dir))
	if err != nil {
		return
	}
	t.folders[dir] = stampOf(info)
	for _, e := range list {
		rel := path.Join(dir, e.Name())
		if t.ignored(rel) {
			continue
		}
		if e.IsDir() {
			t.walk(rel)
			continue
		}
		if info, err := e.Info(); err == nil {
			t.files[rel] = stampOf(info)
		}
	}
}

// touched returns the folders whose list of names has changed since before, even
// if it is again what it was: whoever read them in between has seen something else.
func (t *tree) touched(before map[string]stamp) []string {
	var dirs []string
	for dir, s := range t.folders {
		if o, ok := before[dir]; dir != "." && !(ok && s.same(o)) {
			dirs = append(dirs, dir)
		}
	}
	for dir := range before {
		if _, still := t.folders[dir]; !still {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

// sameFolders reports whether the folders are those of before.
func (t *tree) sameFolders(before map[string]stamp) bool {
	for dir, s := range t.folders {
		if o, ok := before[dir]; !ok || !os.SameFile(s.info, o.info) {
			return false
		}
	}
	return len(before) == len(t.folders)
}

// note remembers the present state of one file.
func (t *tree) note(rel string) {
	info, err := os.Lstat(t.name(rel))
	switch {
	case err != nil:
		delete(t.files, rel)
	case !info.IsDir():
		t.files[rel] = stampOf(info)
	}
}

func stampOf(info fs.FileInfo) stamp {
	return stamp{info: info, mtime: info.ModTime().UnixNano(), size: info.Size(), mode: info.Mode()}
}

// same compares all but the bytes. A file replaced by another of the same date
// and size is told apart by its number.
func (s stamp) same(o stamp) bool {
	return s.info != nil && o.info != nil && s.mtime == o.mtime && s.size == o.size && s.mode == o.mode && os.SameFile(s.info, o.info)
}

// young is how long after its date a file may change again without a new date
// on file systems that count in seconds.
const young = 2 * time.Second

// hashYoung adds the hash of the bytes to the files whose date is not older than
// young before the newest date seen in the tree, and once more to those for
// which that was so before.
func (t *tree) hashYoung(before map[string]stamp) {
	newest := int64(0)
	for _, s := range t.files {
		newest = max(newest, s.mtime)
	}
	for rel, s := range t.files {
		s.young = s.mtime >= newest-int64(young)
		if !s.young && !before[rel].young || !s.mode.IsRegular() || s.size > 1<<20 {
			continue
		}
		if b, err := os.ReadFile(t.name(rel)); err == nil {
			s.sum = sha256.Sum256(b)
		}
		t.files[rel] = s
	}
}
