package build

import (
	"crypto/sha256"
	"io/fs"
	"testing"
	"testing/fstest"
	"time"
)

// TestWitness: a file counts as it was when something was first made of it: when it was read,
// or when what an earlier run had made of it was taken for it. That it was looked at
// before says nothing.
func TestWitness(t *testing.T) {
	then, now := time.Unix(1000, 0), time.Unix(2000, 0)
	one, two := []byte("one"), []byte("two!")
	for _, c := range []struct {
		name string
		do   func(w *witness)
		want []byte
	}{
		{"looked at and read", func(w *witness) { w.stat("a") }, two},
		{"opened and read", func(w *witness) {
			if f, err := w.Open("a"); err == nil {
				f.Close()
			}
		}, two},
		{"read twice", func(w *witness) {
			w.FS.(fstest.MapFS)["a"] = &fstest.MapFile{Data: one, Mode: 0o644, ModTime: then}
			if _, err := fs.ReadFile(w, "a"); err != nil {
				t.Fatal(err)
			}
			w.FS.(fstest.MapFS)["a"] = &fstest.MapFile{Data: two, Mode: 0o644, ModTime: now}
		}, one},
		{"taken from what was kept", func(w *witness) {
			if sum, ok := w.filed("a"); !ok || sum != sha256.Sum256(one) {
				t.Error("what it held is not known")
			}
		}, one},
	} {
		seen := looked{size: 3, mtime: then.UnixNano(), mode: 0o644, sum: sha256.Sum256(one)}
		w := &witness{
			FS: fstest.MapFS{"a": {Data: two, Mode: 0o644, ModTime: now}}, began: now.Add(time.Hour),
			known: map[string]looked{stated + "a": seen}, sight: sight{files: map[string]looked{"a": seen}},
			looked: map[string]looked{}, read: map[string]bool{},
		}
		c.do(w)
		if b, err := fs.ReadFile(w, "a"); err != nil || string(b) != string(two) {
			t.Fatal(string(b), err)
		}
		got := w.looked[stated+"a"]
		if got.sum != sha256.Sum256(c.want) || got.looksLike(seen) != (string(c.want) == "one") {
			t.Errorf("%s: noted as %+v", c.name, got)
		}
		if others, ok := w.others(); !ok || len(others) != 1 != (string(c.want) == "one") {
			t.Errorf("%s: others are %v", c.name, others)
		}
	}
}
