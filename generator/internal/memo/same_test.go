package memo

import "testing"

type leaf struct {
	Name string
	N    int
	On   bool
	F    float64
}

type branch struct {
	leaf
	List  []leaf
	Next  *branch
	Words []string
	Map   map[string]int
	Any   any
	four  int32
	Arr   [3]leaf
}

func tree() branch {
	return branch{
		leaf: leaf{"a", 1, true, .5}, List: []leaf{{"b", 2, false, 1}, {"c", 3, true, 2}},
		Words: []string{"x", "y"}, four: 4, Arr: [3]leaf{{Name: "z"}},
	}
}

func TestSame(t *testing.T) {
	var c Comparer
	for _, x := range []struct {
		name   string
		change func(*branch)
		want   bool
	}{
		{"nothing", func(*branch) {}, true},
		{"a name", func(b *branch) { b.Name = "b" }, false},
		{"a number", func(b *branch) { b.N = 9 }, false},
		{"a truth", func(b *branch) { b.On = false }, false},
		{"a fraction", func(b *branch) { b.F = .25 }, false},
		{"a name in a list", func(b *branch) { b.List[1].Name = "d" }, false},
		{"a shorter list", func(b *branch) { b.List = b.List[:1] }, false},
		{"an empty list for none", func(b *branch) { b.Next = nil; b.Words = []string{} }, false},
		{"a word", func(b *branch) { b.Words[0] = "w" }, false},
		{"an unexported field", func(b *branch) { b.four = 5 }, false},
		{"an array", func(b *branch) { b.Arr[2].N = 1 }, false},
		{"a pointer for none", func(b *branch) { b.Next = &branch{} }, false},
		{"another map", func(b *branch) { b.Map = map[string]int{} }, false},
		{"an interface", func(b *branch) { b.Any = 1 }, false},
	} {
		a, b := tree(), tree()
		x.change(&b)
		if got := c.Same(a, b); got != x.want {
			t.Errorf("%s: Same says %t", x.name, got)
		}
	}
	if c.Same(tree(), leaf{}) || c.Same(nil, nil) || c.Same(leaf{}, nil) {
		t.Error("values of different types, or none, are the same")
	}
}

type list struct {
	Name string
	Rest *list
}

func TestSameFollowsPointers(t *testing.T) {
	var c Comparer
	a := list{"a", &list{"b", &list{"c", nil}}}
	b := list{"a", &list{"b", &list{"c", nil}}}
	if !c.Same(a, b) {
		t.Error("equal lists differ")
	}
	b.Rest.Rest.Name = "d"
	if c.Same(a, b) {
		t.Error("a difference two pointers away is not seen")
	}
	shared := branch{Map: map[string]int{"a": 1}}
	if !c.Same(branch{Next: &shared}, branch{Next: &shared}) {
		t.Error("one and the same pointer differs from itself")
	}
	other := shared
	if c.Same(branch{Next: &shared}, branch{Next: &other}) {
		t.Error("what holds a map must be one and the same")
	}
}

func TestShelf(t *testing.T) {
	var s Shelf[string, int]
	same := func(a, b string) bool { return a == b }
	calls := 0
	get := func(name, in string) int {
		v, err := s.Get(name, in, same, func() (int, error) { calls++; return len(in), nil })
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, x := range []struct {
		name, in    string
		want, calls int
	}{{"a", "one", 3, 1}, {"a", "one", 3, 1}, {"a", "three", 5, 2}, {"b", "three", 5, 3}, {"a", "three", 5, 3}, {"a", "one", 3, 4}} {
		if got := get(x.name, x.in); got != x.want || calls != x.calls {
			t.Errorf("%s of %q: %d after %d calls, want %d after %d", x.name, x.in, got, calls, x.want, x.calls)
		}
	}
	s.Turn()
	get("a", "one")
	s.Turn()
	s.Turn()
	if len(s.kept) != 1 {
		t.Errorf("%d are remembered, want the one that was asked for", len(s.kept))
	}
	var verified []string
	s.Verify = func(name string, old, again int) {
		if old == again {
			verified = append(verified, name)
		}
	}
	get("a", "one")
	if len(verified) != 1 {
		t.Error("a hit was not computed again")
	}
	var none *Shelf[string, int]
	if v, _ := none.Get("a", "one", same, func() (int, error) { return 7, nil }); v != 7 {
		t.Errorf("no shelf gives %d", v)
	}
	none.Turn()
}
