package diag

import "testing"

func TestSoftenAndHarden(t *testing.T) {
	var l List
	l.Errorf(Pos{}, "a", "a")
	l.Warnf(Pos{}, "b", "b")
	l.Notef(Pos{}, "c", "c")
	count := func(l List) [3]int { return [3]int{l.Count(Error), l.Count(Warning), l.Count(Note)} }
	if got := count(l.Soften()); got != [3]int{0, 2, 1} {
		t.Errorf("softened: %v", got)
	}
	if got := count(l.Harden()); got != [3]int{2, 0, 1} {
		t.Errorf("hardened: %v", got)
	}
	if got := count(l); got != [3]int{1, 1, 1} || !l.HasErrors() || l.Soften().HasErrors() {
		t.Errorf("the list itself was changed: %v", got)
	}
}

func TestFirst(t *testing.T) {
	var l List
	l.Warnf(Pos{Path: "a"}, "w", "")
	l.Errorf(Pos{Path: "b"}, "e", "")
	l.Warnf(Pos{Path: "c"}, "w", "")
	l.Errorf(Pos{Path: "d"}, "e", "")
	for n, want := range map[int]string{0: " bdac", 1: "b dac", 2: "bd ac", 3: "bda c", 4: "abcd ", 9: "abcd "} {
		got := ""
		first, rest := l.First(n)
		for _, d := range first {
			got += d.Path
		}
		got += " "
		for _, d := range rest {
			got += d.Path
		}
		if got != want {
			t.Errorf("the first %d: %q, not %q", n, got, want)
		}
	}
	if l[0].Path != "a" {
		t.Error("the list itself was changed")
	}
}

func TestPos(t *testing.T) {
	for _, tt := range []struct {
		pos  Pos
		want string
	}{{Pos{"a.md", 0, 0}, "a.md"}, {Pos{"a.md", 3, 0}, "a.md:3"}, {Pos{"a.md", 3, 4}, "a.md:3:4"}} {
		if got := tt.pos.String(); got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
	}
	if !(Pos{}).IsZero() || (Pos{Path: "a"}).IsZero() || (Pos{"a", 2, 1}).Compare(Pos{"a", 10, 1}) >= 0 {
		t.Error("places are compared wrongly")
	}
}

func TestLine(t *testing.T) {
	text := "one\r\n\nthree\nfour"
	for _, tt := range []struct {
		n    int
		want string
		ok   bool
	}{{1, "one", true}, {2, "", false}, {3, "three", true}, {4, "four", true}, {5, "", false}, {0, "", false}, {-1, "", false}} {
		if got, ok := Line(text, tt.n); got != tt.want || ok != tt.ok {
			t.Errorf("line %d: %q, %v", tt.n, got, ok)
		}
	}
}

func TestPropose(t *testing.T) {
	many := []string{"aa", "bb", "cc", "dd", "ee", "ff", "gg", "hh", "ii", "jj", "kk", "ll", "mm", "nn"}
	for _, tt := range []struct {
		got, hint, fix string
		known          []string
	}{
		{"citiy", `did you mean "city"?`, "city", []string{"page", "city"}},
		{"harbour", "they are page, city", "", []string{"page", "city"}},
		{"harbour", "they are aa, bb, cc, dd, ee, ff, gg, hh, ii, jj, kk, ll and 2 more", "", many},
		{"harbour", "", "", nil},
	} {
		var d Diagnostic
		d.Propose(tt.got, "they", tt.known)
		if d.Hint != tt.hint || d.Fix != tt.fix || d.Len != len(tt.got) {
			t.Errorf("%s: %+v", tt.got, d)
		}
	}
	d := Diagnostic{Len: 9}
	if d.Propose("citiy", "they", []string{"city"}); d.Len != 9 {
		t.Errorf("the length that was set became %d", d.Len)
	}
}

// TestSuggestIsSteady asks that a tie goes to the first word, and that swaps and
// letter case count as little as people think.
func TestSuggestIsSteady(t *testing.T) {
	for _, tt := range []struct {
		got, want string
		known     []string
	}{
		{"cat", "car", []string{"car", "cab"}},
		{"cat", "cab", []string{"cab", "car"}},
		{"FIELD", "field", []string{"fields", "field"}},
		{"feild", "field", []string{"field"}},
		{"ab", "", []string{"cd"}},
		{"title", "", []string{"name"}},
	} {
		if got, _ := Suggest(tt.got, tt.known); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.got, got, tt.want)
		}
	}
}
