package load

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/model"
	"uccn/generator/internal/source"
)

// Memory remembers the records of the readings before, each with the texts it
// was read from. Its zero value is ready.
type Memory struct{ shelf memo.Shelf[reading, result] }

// Turn begins a new build: records that two builds did not ask for are forgotten.
func (m *Memory) Turn() { m.shelf.Turn() }

// Verify makes m read again what it remembers and hand over the type and id of
// each record that came out differently. Call it before the first reading.
func (m *Memory) Verify(differs func(record string)) {
	m.shelf.Verify = func(name string, old, again result) {
		if !reflect.DeepEqual(old, again) {
			differs(name)
		}
	}
}

// reading is all that a record in its languages is made of.
type reading struct {
	group
	languages []string
	today     model.Date
}

func (r reading) same(now reading) bool {
	return r.original == now.original && r.shipped == now.shipped && r.today == now.today &&
		maps.Equal(r.translations, now.translations) && slices.Equal(r.languages, now.languages) &&
		maps.EqualFunc(r.texts, now.texts, func(a, b opened) bool { return a.text == b.text && a.problems == nil && b.problems == nil })
}

// read gives the record of g, from its files or from what is remembered.
func (m *Memory) read(g group, o Options) (result, error) {
	if err := g.open(); err != nil {
		return result{}, err
	}
	if m == nil {
		return readGroup(g, o), nil
	}
	now := reading{g, o.Languages, o.Today}
	return m.shelf.Get(g.name(), now, reading.same, func() (result, error) { return readGroup(g, o), nil })
}

// Text returns what the file at a path held when its record was last made anew.
func (m *Memory) Text(path string) (text string, ok bool) {
	typ, rest, _ := strings.Cut(strings.TrimPrefix(path, Dir+"/"), "/")
	id, _, _ := nameOf(rest)
	r, ok := m.shelf.Last(typ + "/" + id)
	t, ok2 := r.texts[path]
	return t.text, ok && ok2 && t.problems == nil
}

// opened is what a file holds, or why it cannot be read.
type opened struct {
	text     string
	problems diag.List
}

// open reads the files of g.
func (g *group) open() error {
	g.texts = map[string]opened{}
	for _, p := range g.paths() {
		s, dl, err := source.Read(g.fsys, p)
		if err != nil {
			return err
		}
		g.texts[p] = opened{s, dl}
	}
	return nil
}

// paths returns the paths of the files of g: its translations', sorted, and the original's.
func (g group) paths() []string {
	paths := slices.AppendSeq(make([]string, 0, len(g.translations)+1), maps.Values(g.translations))
	slices.Sort(paths)
	if g.original != "" {
		paths = append(paths, g.original)
	}
	return paths
}
