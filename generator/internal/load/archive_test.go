package load

import (
	"bytes"
	"crypto/sha256"
	"io/fs"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/model"
	"uccn/generator/internal/synth"
)

// A reader notes which files of a site are read.
type reader struct {
	fstest.MapFS
	mu   sync.Mutex
	read map[string]bool
}

func (r *reader) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, ".md") {
		r.mu.Lock()
		r.read[name] = true
		r.mu.Unlock()
	}
	return r.MapFS.Open(name)
}

// A shelf is a folder of records that is read by one run of the program after another.
type shelf struct {
	t     *testing.T
	files fstest.MapFS
	o     Options
	saved []byte
}

// An outcome is what a run has read.
type outcome struct {
	contents []*model.Content
	problems diag.List
	read     []string // paths of files, sorted
}

func newShelf(t *testing.T, files map[string]string) *shelf {
	s := &shelf{t: t, files: fstest.MapFS{}, o: Options{Languages: []string{"en", "fr"}, Today: model.Date{Year: 2019, Month: 1, Day: 1}}}
	for name, text := range files {
		s.files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return s
}

// run reads the records, with what the last run has left if keep is true.
func (s *shelf) run(keep bool) (got outcome) {
	s.t.Helper()
	o := s.o
	if keep {
		o.Archive = NewArchive("this program", func(name string) ([32]byte, bool) {
			f, ok := s.files[name]
			if !ok {
				return [32]byte{}, false
			}
			return sha256.Sum256(f.Data), true
		}, func() []byte { return s.saved })
	}
	var err error
	files := &reader{MapFS: s.files, read: map[string]bool{}}
	if got.contents, got.problems, err = Content(s.t.Context(), files, o); err != nil {
		s.t.Fatal(err)
	}
	if keep && o.Archive.Stale() {
		var b bytes.Buffer
		if err := o.Archive.Save(s.t.Context(), &b); err != nil {
			s.t.Fatal(err)
		}
		s.saved = b.Bytes()
	}
	got.read = slices.Sorted(maps.Keys(files.read))
	return got
}

// wants runs twice, with what is kept and without, and wants the same, by reading no
// more than files.
func (s *shelf) wants(what string, files ...string) {
	s.t.Helper()
	got, want := s.run(true), s.run(false)
	for i, c := range want.contents {
		if !reflect.DeepEqual(c, got.contents[i]) {
			s.t.Errorf("%s: the records in %s are others than those in the files", what, c.Lang)
		}
	}
	if !slices.EqualFunc(want.problems, got.problems, func(a, b diag.Diagnostic) bool { return reflect.DeepEqual(a, b) }) {
		s.t.Errorf("%s: said\n%v\nand of the files\n%v", what, got.problems, want.problems)
	}
	if files != nil && !slices.Equal(got.read, files) {
		s.t.Errorf("%s: read %q, want %q", what, got.read, files)
	}
}

// TestArchive reads records again from what the run before has kept: they are those of
// the files, whatever has changed, and only changed files are read.
func TestArchive(t *testing.T) {
	s := newShelf(t, synth.Files(24, "fr"))
	put := func(name, text string) { s.files[name] = &fstest.MapFile{Data: []byte(text)} }
	all := len(s.run(true).read)
	if all < 24 {
		t.Fatal("read", all)
	}
	s.wants("nothing changed", []string{}...)
	if got := s.run(true).read; len(got) > 0 {
		t.Errorf("nothing changed: read %q", got)
	}
	const town = "content/cities/town-3.md"
	before := string(s.files[town].Data)
	put(town, before+"\nOne more line.\n")
	s.wants("a text", slices.Sorted(maps.Keys(s.of(town)))...)
	put(town, strings.Replace(before, "name:", "nmae:", 1))
	s.wants("a mistyped key", slices.Sorted(maps.Keys(s.of(town)))...)
	put(town, before)
	s.wants("as it was", []string{}...)
	put("content/cities/town-3.fr.md", "---\nname: Ville\ntranslation: {state: machine}\n---\n\nUn mot.\n")
	s.wants("another translation", slices.Sorted(maps.Keys(s.of(town)))...)
	delete(s.files, "content/cities/town-5.md")
	s.wants("an original gone")
	put("content/cities/town-new.md", before)
	s.wants("a new record")
	put("content/goals/11.md", "---\nname: Cities\ncolour: '#fd9d24'\n---\n")
	s.wants("what comes with the program replaced")
	s.o.Languages = []string{"en", "fr", "ar"}
	if s.wants("a language more"); len(s.run(true).read) > 0 {
		t.Error("it is not kept")
	}
	s.o.Languages = []string{"fr", "en"}
	s.wants("originals in another language")
	s.o.Today = model.Date{Year: 2004, Month: 1, Day: 1}
	s.wants("another day")
}

// of returns the files of the record that a file is of.
func (s *shelf) of(name string) map[string]bool {
	out := map[string]bool{}
	for other := range s.files {
		if strings.HasPrefix(other, strings.TrimSuffix(name, "md")) {
			out[other] = true
		}
	}
	return out
}

// TestArchiveOfProblems keeps every record in which the tests know something wrong.
func TestArchiveOfProblems(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files := map[string]string{}
		for _, f := range a.Files {
			if f.Name != "want" {
				files[f.Name] = string(f.Data)
			}
		}
		s := newShelf(t, files)
		s.wants(name)
		s.wants(name + ", again")
	}
}

// TestSpoiltArchive: what is spoilt is as if it had not been kept.
func TestSpoiltArchive(t *testing.T) {
	s := newShelf(t, synth.Files(3, "fr"))
	s.run(true)
	whole := s.saved
	for i := 0; i < len(whole); i += 1 + len(whole)/40 {
		s.saved = whole[:i]
		s.wants("cut short")
		s.saved = bytes.Clone(whole)
		s.saved[i] ^= 0x20
		s.wants("spoilt")
	}
	s.saved = slices.Concat(whole, []byte("more"))
	s.wants("longer")
}
