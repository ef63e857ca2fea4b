package build

import (
	"context"
	"encoding/json"
	"errors"
	"hash/crc32"
	"os"
	"path/filepath"
	"strings"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/load"
	"uccn/generator/internal/memo"
)

// An account is what a run of the program leaves for the next: how it was asked,
// what it looked at and found, what it published, and of which texts.
type account struct {
	asked    string // the options, the day and the program
	looked   map[string]looked
	list     [32]byte             // hash of build.json
	problems diag.List            // warnings, to be said again
	texts    map[string]diag.List // those among them that are of texts, by their sources
	stale    memo.Key             // of the translations that lag behind
	books    memo.Key             // of what pages show of the booklets
	paths    memo.Key             // of all files
	pages    map[string]trace     // of files that were made of texts
	told     map[string]diag.List // what was wrong with pages, by their paths
	shown    []string             // paths of files that were published because they are shown
	words    uint32               // checksum of what the search index is made of, in a file beside

	packed string // pages, as they were read; see unpack
}

// A trace is what is known of a file from its last making.
type trace struct {
	traced  bool     // it is known of which texts it is made:
	reads   []string // of these sources
	answers uint64   // see audit.Known.Answers; of a page
}

// accountFormat names the account's format.
const accountFormat = "uccn account 3"

// pagesFormat names that of its pages.
const pagesFormat = "pages"

func (a account) encode() []byte {
	p := memo.Pack(accountFormat)
	p.Grow(128 * (len(a.looked) + len(a.pages)))
	pages := memo.Pack(pagesFormat)
	pages.Grow(64 * len(a.pages))
	pages.Uint(uint64(len(a.pages)))
	for path, t := range a.pages {
		pages.Text(path)
		pages.Flag(t.traced)
		pages.Texts(t.reads)
		pages.Uint(t.answers)
	}
	p.Text(string(pages.Seal()))
	p.Text(a.asked)
	p.Raw(a.list[:])
	p.Raw(a.stale[:])
	p.Raw(a.books[:])
	p.Raw(a.paths[:])
	for _, v := range []any{a.problems, a.texts, a.told} {
		b, err := json.Marshal(v)
		if err != nil {
			panic(err) // strings
		}
		p.Text(string(b))
	}
	p.Texts(a.shown)
	p.Uint(uint64(a.words))
	p.Uint(uint64(len(a.looked)))
	for name, l := range a.looked {
		p.Text(name)
		l.encode(p)
	}
	return p.Seal()
}

func decodeAccount(b []byte) (a account, err error) {
	u, err := memo.Unpack(accountFormat, b)
	if err != nil {
		return a, err
	}
	a.packed = u.Text()
	a.asked = u.Text()
	copy(a.list[:], u.Raw(len(a.list)))
	copy(a.stale[:], u.Raw(len(a.stale)))
	copy(a.books[:], u.Raw(len(a.books)))
	copy(a.paths[:], u.Raw(len(a.paths)))
	for _, v := range []any{&a.problems, &a.texts, &a.told} {
		if err := json.Unmarshal([]byte(u.Text()), v); err != nil {
			return a, memo.ErrSpoilt
		}
	}
	a.shown = u.Texts()
	a.words = uint32(u.Uint())
	n := u.Count()
	a.looked = make(map[string]looked, n)
	for range n {
		name := u.Text()
		a.looked[name] = decodeLooked(u)
	}
	return a, u.End()
}

// unpack readies the pages of an account that was read: a run that finds all as it was needs
// none. Of pages that are spoilt nothing is known.
func (a *account) unpack() {
	u, err := memo.Unpack(pagesFormat, []byte(a.packed))
	if a.packed = ""; err != nil {
		return
	}
	n := u.Count()
	pages := make(map[string]trace, n)
	for range n {
		path := u.Text()
		pages[path] = trace{u.Flag(), u.Texts(), u.Uint()}
	}
	if u.End() == nil {
		a.pages = pages
	}
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

// readAccount returns the account that runs of this name have left.
func readAccount(name string) (account, bool) {
	b, err := os.ReadFile(name)
	if err != nil {
		return account{}, false
	}
	a, err := decodeAccount(b)
	return a, err == nil
}

// wordsOf names the file beside an account that holds what the search index is made of.
func wordsOf(name string) string { return name + ".words" }

// recordsOf names the file beside an account that holds the records that were read.
func recordsOf(name string) string { return name + ".records" }

// keep writes an archive of records beside an account, if what is there does not do. What
// cannot be written is not kept.
func keep(ctx context.Context, name string, a *load.Archive) error {
	if a == nil || !a.Stale() || os.MkdirAll(filepath.Dir(name), 0o777) != nil {
		return nil
	}
	name = recordsOf(name)
	f, err := os.Create(name + ".new")
	if err != nil {
		return nil
	}
	err = errors.Join(a.Save(ctx, f), f.Close())
	if err == nil {
		err = os.Rename(name+".new", name)
	}
	if err != nil {
		_ = os.Remove(name + ".new")
	}
	return ctx.Err()
}

// readWords returns what the search index of an account was made of.
func (a account) readWords(name string) ([]byte, bool) {
	b, err := os.ReadFile(wordsOf(name))
	return b, err == nil && crc32.ChecksumIEEE(b) == a.words
}

// leave writes an account down for the next run, and the words of its search index.
func (a account) leave(name string, words []byte) {
	if os.MkdirAll(filepath.Dir(name), 0o777) != nil {
		return // the cache is a convenience
	}
	a.words = crc32.ChecksumIEEE(words)
	for _, f := range []struct {
		name string
		data []byte
	}{{wordsOf(name), words}, {name, a.encode()}} {
		if os.WriteFile(f.name+".new", f.data, 0o666) != nil || os.Rename(f.name+".new", f.name) != nil {
			_ = os.Remove(f.name + ".new")
			return
		}
	}
}

// asked is all of the options that decides what is made, and the program itself.
func asked(o Options) string {
	k := memo.NewKey("asked", 2).Text(o.Version).Text(o.Now.Format("2006-01-02")).Text(o.Edition).Text(o.BaseURL).Text(strings.Join(o.Only, " "))
	if program, err := os.Executable(); err == nil {
		if info, err := os.Stat(program); err == nil {
			k.Text(program).Int(info.Size()).Int(info.ModTime().UnixNano())
		}
	}
	return k.Flag(o.Drafts).Flag(o.Strict).Key().String()
}
