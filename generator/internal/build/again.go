package build

import (
	"context"
	"crypto/sha256"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/load"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/model"
	"uccn/generator/internal/output"
	"uccn/generator/internal/par"
	"uccn/generator/internal/publish"
	"uccn/generator/internal/render"
	"uccn/generator/internal/searchindex"
	"uccn/generator/internal/source"
)

// stands reports that everything is as the account of the last run says, and
// what that run came to. Else it forgets the account: if this run is killed, the
// next must look. It is kept in mind where it can still say something.
func (r *run) stands(ctx context.Context) bool {
	name := accountOf(r.o)
	if name == "" {
		return false
	}
	began := r.clock()
	a, ok := readAccount(name)
	if ok && a.asked == asked(r.o) {
		if r.unchanged(ctx, a) {
			r.res.Diagnostics = a.problems
			r.res.Timing = []Span{{"look", r.clock().Sub(began)}}
			return true
		}
		r.past = &past{account: a}
	}
	_ = os.Remove(name) // if it cannot be removed, it still tells the truth
	return false
}

// unchanged reports whether everything is as the account says. What it looked at it
// leaves in r.first.
func (r *run) unchanged(ctx context.Context, a account) bool {
	now := r.clock()
	r.first = sight{files: make(map[string]looked, len(a.looked)), folders: map[string]list{}}
	var dirs []string
	inside := map[string][]string{} // files by folder
	for name := range a.looked {
		if dir, is := strings.CutPrefix(name, listed); is {
			dirs = append(dirs, dir)
			continue
		}
		name = strings.TrimPrefix(name, stated)
		inside[path.Dir(name)] = append(inside[path.Dir(name)], name)
	}
	lists, err := par.Map(ctx, dirs, func(_ context.Context, dir string) (l list, _ error) {
		l.entries, l.err = fs.ReadDir(r.o.Root, dir)
		return l, nil
	})
	if err != nil {
		return false
	}
	var lots [][]string // of files in one folder
	for _, names := range inside {
		lots = slices.AppendSeq(lots, slices.Chunk(names, 128))
	}
	files, err := par.Map(ctx, lots, func(_ context.Context, names []string) ([]looked, error) {
		return r.look(a, names, now), nil
	})
	if err != nil {
		return false
	}
	same := true
	for i, l := range lists {
		same = same && l.looked() == a.looked[listed+dirs[i]]
		r.first.folders[dirs[i]] = l
	}
	for i, lot := range lots {
		for k, name := range lot {
			l, old := files[i][k], a.looked[stated+name]
			same = same && (l == old || old.holds(l))
			r.first.files[name] = l
		}
	}
	if !same {
		return false
	}
	report, holds, err := publish.Holds(ctx, r.o.Publish, a.list)
	r.res.Report = report
	return err == nil && holds
}

// look looks at files of one folder, and tells of what they hold if they look, or hold the
// same, as the account says.
func (r *run) look(a account, names []string, now time.Time) []looked {
	out := make([]looked, len(names))
	infos := source.Describe(r.o.Root, names)
	for i, name := range names {
		old := a.looked[stated+name]
		out[i] = looks(infos[i].Info, infos[i].Err, now)
		if old.looksLike(out[i]) {
			out[i] = old
			continue
		}
		again := out[i]
		if again.sum = old.sum; !old.holds(again) || again.size != old.size {
			continue
		}
		if b, err := fs.ReadFile(r.o.Root, name); err == nil && sha256.Sum256(b) == old.sum {
			out[i].sum, out[i].facts = old.sum, old.facts
		}
	}
	return out
}

// past is what the last run left, while this one does over again what differs.
// It serves as long as nothing differs but texts that are mere words: pages
// that were made without them are then as they were.
type past struct {
	account
	edited map[string]bool // sources of the texts that differ
}

// differs finds out which texts differ, of what was looked at so far. ok is false when
// more than texts does.
func (p *past) differs(seen *witness) (ok bool) {
	p.edited = map[string]bool{}
	others, ok := seen.others()
	for name, now := range others {
		old := p.looked[name]
		name = strings.TrimPrefix(name, stated)
		if now.what == "" && now.sum == [32]byte{} { // it was not read whole
			now.sum, _, _ = seen.sum(name)
		}
		switch {
		case old.holds(now):
		case old.what == "" && now.what == "" && old.facts == now.facts && now.facts != [16]byte{}:
			p.edited[name] = true
		default:
			return false
		}
	}
	return ok
}

// recall finds out what of the past is of use, when this run has read the records.
func (r *run) recall(contents []*model.Content) {
	stale := memo.NewKey("stale", 1)
	for _, c := range contents {
		for _, rec := range c.All() {
			if h := rec.Of(); h.Translation.Stale {
				stale.Text(string(h.Type)).Text(h.ID).Text(c.Lang)
			}
		}
	}
	r.left.stale = stale.Key()
	if r.past != nil && (r.past.stale != r.left.stale || !r.past.differs(r.seen)) {
		r.past = nil
	}
}

// openArchive returns the archive of records that runs of this name keep; nil of those that
// keep none.
func (r *run) openArchive() *load.Archive {
	name := accountOf(r.o)
	if name == "" || r.seen == nil {
		return nil
	}
	return load.NewArchive(asked(r.o), r.seen.filed, func() []byte {
		if r.past == nil {
			return nil
		}
		b, _ := os.ReadFile(recordsOf(name)) // a convenience
		return b
	})
}

// check checks the texts of all records, but those of which it is known what is
// wrong in them.
func (r *run) check(ctx context.Context, texts *derive.Texts) (err error) {
	sources := texts.Sources()
	known := map[string]diag.List{}
	if r.past != nil {
		for source, dl := range r.past.texts {
			if !r.past.edited[source] && texts.Of(source) != nil {
				known[source] = dl
			}
		}
		sources = slices.DeleteFunc(sources, func(source string) bool { return !r.past.edited[source] })
	}
	if r.left.texts, err = texts.Check(ctx, r.markdown, sources); err == nil {
		maps.Copy(r.left.texts, known)
	}
	return err
}

// frame notes what pages show of the books, now that it is known, and forgets the
// past where that differs, or something besides texts that was read meanwhile.
func (r *run) frame(in *render.Input) {
	k := memo.NewKey("books", 1)
	for _, b := range in.Books {
		k.Text(b.Edition).Text(b.Lang).Text(b.Title).Int(int64(b.Pages)).Bytes(b.Cover).Int(int64(len(b.Files)))
		for _, f := range b.Files {
			k.Text(f.Path).Int(int64(f.Bytes)).Flag(f.Print)
		}
	}
	k.Int(int64(len(in.Folios)))
	for _, f := range in.Folios {
		k.Text(f.Lang).Text(f.Place).Int(int64(f.Page))
	}
	if r.left.books = k.Key(); r.past != nil && (r.past.books != r.left.books || !r.past.differs(r.seen)) {
		r.past = nil
	}
}

// remind readies what is left of the last run but the records.
func (r *run) remind() {
	name := accountOf(r.o)
	if name == "" {
		return
	}
	r.indexed = &searchindex.Memory{Last: true}
	if r.past == nil {
		return
	}
	if words, ok := r.past.readWords(name); ok && r.indexed.Restore(words) == nil {
		r.reminded = true
	}
	r.past.unpack()
}

// memory returns what the search index remembers: of the session or, when no other
// build will ask, of the last run.
func (r *run) memory(in *render.Input) *searchindex.Memory {
	switch {
	case !r.o.Last:
		return &r.words
	case r.past == nil && r.reminded:
		r.indexed = &searchindex.Memory{Last: true}
	case r.reminded:
		in.Edited = r.past.edited
	}
	return r.indexed
}

// known marks the files whose bytes are those that were published last.
func (r *run) known(files []output.File) {
	if r.past == nil {
		return
	}
	for i, f := range files {
		if t, ok := r.past.pages[f.Path]; ok && t.traced && f.Later.Traced() {
			files[i].Same = !slices.ContainsFunc(t.reads, func(source string) bool { return r.past.edited[source] })
		}
	}
}

// witness has what this run looks at noted, if it is to publish.
func (r *run) witness() {
	if r.o.Publish.Dir == "" {
		return
	}
	n := len(r.first.files)
	r.seen = &witness{FS: r.o.Root, began: r.clock(), sight: r.first, looked: make(map[string]looked, n+len(r.first.folders)), read: make(map[string]bool, n)}
	if r.past != nil {
		r.seen.known = r.past.looked
	}
	if r.seen.folders == nil {
		r.seen.folders = map[string]list{}
	}
	r.o.Root = r.seen
}

// account writes down this run.
func (r *run) account() {
	name := accountOf(r.o)
	if name == "" || r.seen == nil {
		return
	}
	a := r.left
	a.asked, a.looked, a.list, a.problems = asked(r.o), r.seen.looked, r.res.Report.List, r.res.Diagnostics
	a.leave(name, r.saved)
}
