package derive

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Memory remembers what networks have in common with those before them: how names
// are sorted and where cities are. Its zero value is ready, and
// nil remembers nothing. It is safe for concurrent use.
type Memory struct {
	mu            sync.Mutex
	verify        func(what string)
	orders        map[string]*order // by language
	charts, older []charted         // of this build and the one before
}

// Verify makes m work out again what it remembers and call differs where it comes
// out differently: a difference is a bug.
func (m *Memory) Verify(differs func(what string)) { m.verify = differs }

// Turn begins a new build: what the last one did not ask for is forgotten.
func (m *Memory) Turn() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for lang, o := range m.orders {
		o.turn()
		if len(o.keys) == 0 {
			delete(m.orders, lang)
		}
	}
	m.charts, m.older = nil, m.charts
}

// An order sorts the names of one language, by a fixed table. It serves one
// network at a time.
type order struct {
	loose, exact *collate.Collator
	buf          collate.Buffer
	keys, before map[string][]byte // loose ones, of this build and the one before
}

func (o *order) turn() { o.keys, o.before = map[string][]byte{}, o.keys }

// key returns the key by which a name is sorted loosely: without regard to accents and case.
func (o *order) key(name string) []byte {
	k, ok := o.keys[name]
	if ok {
		return k
	}
	if k, ok = o.before[name]; !ok {
		k = bytes.Clone(o.loose.KeyFromString(&o.buf, name))
		o.buf.Reset()
	}
	o.keys[name] = k
	return k
}

func (o *order) compare(a, b string) int {
	if a == b {
		return 0
	}
	if c := bytes.Compare(o.key(a), o.key(b)); c != 0 {
		return c
	}
	return o.exactly(a, b)
}

// exactly orders two names that are loosely the same.
func (o *order) exactly(a, b string) int {
	return cmp.Or(o.exact.CompareString(a, b), strings.Compare(a, b))
}

// sortByName sorts items by what before says, which may be nil, and then by their
// names.
func sortByName[T any](b *builder, items []T, name func(T) string, before func(x, y T) int) {
	type named struct {
		item T
		name string
		key  []byte
	}
	all := make([]named, len(items))
	for i, it := range items {
		all[i] = named{it, name(it), b.names.key(name(it))}
	}
	slices.SortStableFunc(all, func(x, y named) int {
		if before != nil {
			if c := before(x.item, y.item); c != 0 {
				return c
			}
		}
		if c := bytes.Compare(x.key, y.key); c != 0 {
			return c
		}
		return b.names.exactly(x.name, y.name)
	})
	for i, n := range all {
		items[i] = n.item
	}
}

// order returns the order of names in a language.
func (m *Memory) order(lang string) *order {
	fresh := func() *order {
		tag := language.Make(lang)
		return &order{loose: collate.New(tag, collate.Loose), exact: collate.New(tag), keys: map[string][]byte{}}
	}
	if m == nil {
		return fresh()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	o := m.orders[lang]
	if o == nil {
		if m.orders == nil {
			m.orders = map[string]*order{}
		}
		o = fresh()
		m.orders[lang] = o
	}
	return o
}

// charted is where some cities are, and the tree by which those near a place are found.
type charted struct {
	spots []spot
	tree  tree
}

// A spot is a city as far as its neighbours are concerned.
type spot struct {
	id       string
	lat, lon float64
}

// tree returns the tree of the places of cities.
func (m *Memory) tree(cities []*City) tree {
	spots := make([]spot, len(cities))
	for i, c := range cities {
		spots[i] = spot{c.ID, c.Location.Lat, c.Location.Lon}
	}
	if m == nil {
		return newTree(spots)
	}
	same := func(c charted) bool { return slices.Equal(c.spots, spots) }
	m.mu.Lock()
	defer m.mu.Unlock()
	if at := slices.IndexFunc(m.charts, same); at >= 0 {
		return m.charts[at].tree
	}
	var c charted
	if at := slices.IndexFunc(m.older, same); at >= 0 {
		c = m.older[at]
		if m.verify != nil && !slices.Equal(c.tree, newTree(spots)) {
			m.verify("tree of places")
		}
	} else {
		c = charted{spots, newTree(spots)}
	}
	m.charts = append(m.charts, c)
	return c.tree
}
