package build

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/model"
	"uccn/generator/internal/par"
	"uccn/generator/internal/publish"
	"uccn/generator/internal/source"
)

// An account is what a run of the program leaves for the next, so that it can
// stop at once when it would do the same: how it was asked, what it looked at and
// found, and what it published.
type account struct {
	Asked    string            // the options, the day and the program
	Looked   map[string]string // name → how it looked then
	List     []byte            // hash of build.json
	Problems diag.List         // warnings, to be said again
}

// accountOf names the account of runs that are asked like this one; it is in
// the cache, by the output folder. A run that keeps none has no name for it.
func accountOf(o Options) string {
	if o.Cache == "" || o.Publish.Dir == "" || o.Verify || !o.Last {
		return ""
	}
	dir, err := filepath.Abs(o.Publish.Dir)
	if err != nil {
		return ""
	}
	return filepath.Join(o.Cache, "runs", memo.NewKey("run", 1).Text(dir).Key().Short())
}

// asked is all of the options that decides what is made, and the program itself.
func asked(o Options) string {
	k := memo.NewKey("asked", 1).Text(o.Version).Text(model.DateOf(o.Now).String()).Text(o.Edition).Text(o.BaseURL).Text(strings.Join(o.Only, " "))
	if program, err := os.Executable(); err == nil {
		if info, err := os.Stat(program); err == nil {
			k.Text(program).Text(looks(info, nil))
		}
	}
	return k.Text(fmt.Sprint(o.Drafts, o.Strict)).Key().String()
}

// stands reports that everything is as the account of the last run says, and
// what that run came to. Else it forgets the account: if this run is killed, the
// next must look.
func (r *run) stands(ctx context.Context) bool {
	name := accountOf(r.o)
	if name == "" {
		return false
	}
	began := r.clock()
	text, err := os.ReadFile(name)
	if err != nil {
		return false
	}
	var a account
	if json.Unmarshal(text, &a) == nil && a.Asked == asked(r.o) && r.unchanged(ctx, a) {
		r.res.Diagnostics = a.Problems
		r.res.Timing = []Span{{"look", r.clock().Sub(began)}}
		return true
	}
	_ = os.Remove(name) // if it cannot be removed, it still tells the truth
	return false
}

func (r *run) unchanged(ctx context.Context, a account) bool {
	same, err := par.Map(ctx, slices.Collect(maps.Keys(a.Looked)), func(_ context.Context, name string) (bool, error) {
		if dir, is := strings.CutPrefix(name, listed); is {
			return names(fs.ReadDir(r.o.Root, dir)) == a.Looked[name], nil
		}
		return looks(fs.Stat(r.o.Root, strings.TrimPrefix(name, stated))) == a.Looked[name], nil
	})
	if err != nil || slices.Contains(same, false) || len(a.List) != len(publish.Report{}.List) {
		return false
	}
	report, holds, err := publish.Holds(ctx, r.o.Publish, [32]byte(a.List))
	r.res.Report = report
	return err == nil && holds
}

// settle is how old a file must be for its date to tell it from a later state:
// two seconds are the coarsest clock of a file system.
const settle = 2 * time.Second

// witness has what this run looks at noted, if it is to publish.
func (r *run) witness() {
	if r.o.Publish.Dir != "" {
		r.seen = &witness{FS: r.o.Root, began: r.clock(), looked: map[string]string{}, sums: map[string][32]byte{}}
		r.o.Root = r.seen
	}
}

// account writes down this run. A file that changed just before it began may
// change again without a new date; then there is nothing to rely on.
func (r *run) account() {
	name, seen := accountOf(r.o), r.seen
	if name == "" || seen == nil || seen.newest.After(seen.began.Add(-settle)) {
		return
	}
	text, err := json.Marshal(account{Asked: asked(r.o), Looked: seen.looked, List: r.res.Report.List[:], Problems: r.res.Diagnostics})
	if err != nil {
		panic(err) // strings
	}
	if os.MkdirAll(filepath.Dir(name), 0o777) != nil {
		return // the cache is a convenience
	}
	if os.WriteFile(name+".new", text, 0o666) != nil || os.Rename(name+".new", name) != nil {
		_ = os.Remove(name + ".new")
	}
}

// A witness is a file system that notes what was looked at, as it was just before.
type witness struct {
	fs.FS
	began time.Time

	mu     sync.Mutex
	looked map[string]string
	newest time.Time
	sums   map[string][32]byte // SHA-256 of the files that were read whole
}

// Kinds of looking, before the names of an account.
const (
	stated = "stat "
	listed = "list "
)

// stat notes how a file looks.
func (w *witness) stat(name string) {
	info, err := fs.Stat(w.FS, name)
	w.note(name, info, err, nil)
}

// note notes how a file looks, and what it holds if all of it was read.
func (w *witness) note(name string, info fs.FileInfo, err error, text []byte) {
	look := looks(info, err)
	sum := sha256.Sum256(text)
	w.mu.Lock()
	defer w.mu.Unlock()
	if text != nil {
		w.sums[name] = sum
	}
	if _, known := w.looked[stated+name]; known {
		return // as it was first seen
	}
	w.looked[stated+name] = look
	if err == nil && !info.IsDir() && info.ModTime().After(w.newest) {
		w.newest = info.ModTime()
	}
}

// sum returns the hash of a file that was read whole, or the hash of what it
// holds now. ok is false when it is no plain file.
func (w *witness) sum(name string) (sum [32]byte, ok bool, err error) {
	w.mu.Lock()
	sum, ok = w.sums[name]
	w.mu.Unlock()
	if ok {
		return sum, true, nil
	}
	info, err := fs.Stat(w, name)
	if err != nil || !info.Mode().IsRegular() {
		return sum, false, nil
	}
	b, err := fs.ReadFile(w, name)
	if err != nil {
		return sum, false, fmt.Errorf("hash %s: %w", name, err)
	}
	return sha256.Sum256(b), true, nil
}

// Open opens a file or folder.
func (w *witness) Open(name string) (fs.File, error) {
	w.stat(name)
	return w.FS.Open(name)
}

// ReadInfo reads a file and describes it, where the file system can do so at once.
func (w *witness) ReadInfo(name string, limit int64) ([]byte, fs.FileInfo, error) {
	r, can := w.FS.(source.Reader)
	if !can {
		return nil, nil, errors.ErrUnsupported
	}
	b, info, err := r.ReadInfo(name, limit)
	if err == nil {
		w.note(name, info, nil, b)
	}
	return b, info, err
}

// ReadFile reads a file.
func (w *witness) ReadFile(name string) ([]byte, error) {
	if b, info, err := w.ReadInfo(name, maxStatic); err == nil && info.Size() <= maxStatic {
		return b, nil
	}
	w.stat(name)
	return fs.ReadFile(w.FS, name)
}

// Stat describes a file or folder.
func (w *witness) Stat(name string) (fs.FileInfo, error) {
	w.stat(name)
	return fs.Stat(w.FS, name)
}

// ReadDir lists a folder.
func (w *witness) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(w.FS, name)
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, known := w.looked[listed+name]; !known {
		w.looked[listed+name] = names(entries, err)
	}
	return entries, err
}

// looks tells states of a file apart.
func looks(info fs.FileInfo, err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "gone"
	case err != nil:
		return err.Error()
	case info.IsDir():
		return "folder"
	}
	b := make([]byte, 0, 48)
	b = strconv.AppendInt(b, info.Size(), 10)
	b = strconv.AppendInt(append(b, ' '), info.ModTime().UnixNano(), 10)
	b = strconv.AppendUint(append(b, ' '), uint64(info.Mode()), 8)
	return string(b)
}

// names tells states of the list of a folder apart.
func names(entries []fs.DirEntry, err error) string {
	var b strings.Builder
	if err != nil {
		b.WriteString(looks(nil, err))
	}
	for _, e := range entries {
		b.WriteByte('\n')
		b.WriteString(e.Name())
		b.WriteByte('/')
		b.WriteString(strconv.FormatUint(uint64(e.Type()), 8))
	}
	return b.String()
}
