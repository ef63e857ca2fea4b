package derive

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Memory remembers what networks have in common with those before them: how names
// are sorted and which cities are near one another. Its zero value is ready, and
// nil remembers nothing. It is safe for concurrent use.
type Memory struct {
	mu          sync.Mutex
	verify      func(what string)
	orders      map[string]*order // by language
	near, older []nearby          // of this build and the one before
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
	m.near, m.older = nil, m.near
}

// An order sorts the names of one language, by a fixed table. It serves one
// network at a time.
type order struct {
	loose, exact *collate.Collator
	buf          collate.Buffer
	keys, before map[string]sortKey // of this build and the one before
}

type sortKey struct{ loose, exact []byte }

func (o *order) turn() { o.keys, o.before = map[string]sortKey{}, o.keys }

func (o *order) key(s string) sortKey {
	k, ok := o.keys[s]
	if ok {
		return k
	}
	if k, ok = o.before[s]; !ok {
		k = sortKey{bytes.Clone(o.loose.KeyFromString(&o.buf, s)), bytes.Clone(o.exact.KeyFromString(&o.buf, s))}
		o.buf.Reset()
	}
	o.keys[s] = k
	return k
}

func (o *order) compare(a, b string) int {
	if a == b {
		return 0
	}
	return o.key(a).compare(o.key(b), a, b)
}

// compare orders two names by their keys.
func (k sortKey) compare(other sortKey, name, otherName string) int {
	if c := bytes.Compare(k.loose, other.loose); c != 0 {
		return c
	}
	if c := bytes.Compare(k.exact, other.exact); c != 0 {
		return c
	}
	return strings.Compare(name, otherName)
}

// sortByName sorts items by what before says, which may be nil, and then by their
// names.
func sortByName[T any](b *builder, items []T, name func(T) string, before func(x, y T) int) {
	type named struct {
		item T
		name string
		key  sortKey
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
		return x.key.compare(y.key, x.name, y.name)
	})
	for i, n := range all {
		items[i] = n.item
	}
}

// order returns the order of names in a language.
func (m *Memory) order(lang string) *order {
	fresh := func() *order {
		tag := language.Make(lang)
		return &order{loose: collate.New(tag, collate.Loose), exact: collate.New(tag), keys: map[string]sortKey{}}
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

// nearby is which of some cities are near one another.
type nearby struct {
	spots []spot
	near  [][]near // by index
}

// A spot is a city as far as its neighbours are concerned.
type spot struct {
	id       string
	lat, lon float64
}

// near is a neighbour by its index.
type near struct{ city, km int }

// neighbours returns the k cities nearest to each.
func (m *Memory) neighbours(cities []*City, k int) [][]near {
	spots := make([]spot, len(cities))
	for i, c := range cities {
		spots[i] = spot{c.ID, c.Location.Lat, c.Location.Lon}
	}
	if m == nil {
		return nearest(spots, k)
	}
	same := func(n nearby) bool { return slices.Equal(n.spots, spots) }
	m.mu.Lock()
	defer m.mu.Unlock()
	if at := slices.IndexFunc(m.near, same); at >= 0 {
		return m.near[at].near
	}
	var found nearby
	if at := slices.IndexFunc(m.older, same); at >= 0 {
		found = m.older[at]
		if m.verify != nil && fmt.Sprint(found.near) != fmt.Sprint(nearest(spots, k)) {
			m.verify("list of neighbours")
		}
	} else {
		found = nearby{spots, nearest(spots, k)}
	}
	m.near = append(m.near, found)
	return found.near
}
