package booklet

import (
	"bytes"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"uccn/generator/internal/output"
	"uccn/generator/internal/synth"
)

// Each change is made to a book by itself. Files of equal keys must have equal
// bytes, and those that a change does not touch must keep their keys.
func TestKeysTellOfBytes(t *testing.T) {
	site := synth.Files(6, "en", "fr")
	city, edition := one(t, site, "content/cities/"), one(t, site, "content/editions/")
	extract := func(name string) bool { return path.Base(path.Dir(name)) == "cities" }
	before, bytesBefore := keysAndBytes(t, site)
	for _, c := range []struct {
		what   string
		file   string
		change func(string) string
		keeps  func(name string) bool // which files keep their keys
	}{
		{"nothing", city, func(s string) string { return s }, func(string) bool { return true }},
		{"a word of a city", city, func(s string) string { return s + "\nA word more.\n" }, func(name string) bool {
			return extract(name) && !strings.HasPrefix(path.Base(name), strings.TrimSuffix(path.Base(city), ".md"))
		}},
		{"the book's title", edition, func(s string) string { return strings.Replace(s, "title: ", "title: New ", 1) }, func(string) bool { return false }},
	} {
		changed := maps.Clone(site)
		changed[c.file] = c.change(changed[c.file])
		after, bytesAfter := keysAndBytes(t, changed)
		kept := 0
		for _, name := range slices.Sorted(maps.Keys(before)) {
			same := before[name] == after[name]
			if same {
				kept++
			}
			if same && !bytes.Equal(bytesBefore[name], bytesAfter[name]) {
				t.Errorf("%s: %s has other bytes under one key", c.what, name)
			}
			if c.keeps(name) && !same {
				t.Errorf("%s: %s has another key", c.what, name)
			}
		}
		if (kept == len(before)) != (c.what == "nothing") {
			t.Errorf("%s: %d of %d files keep their keys", c.what, kept, len(before))
		}
	}
}

// one is a file of a folder, in the first language.
func one(t *testing.T, site map[string]string, dir string) string {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(site)) {
		if strings.HasPrefix(name, dir) && !strings.HasSuffix(name, ".fr.md") && strings.HasSuffix(name, ".md") {
			return name
		}
	}
	t.Fatal("the site has nothing in " + dir)
	return ""
}

func keysAndBytes(t *testing.T, site map[string]string) (keys map[string]string, data map[string][]byte) {
	t.Helper()
	files, _ := rendered(t, input(t, mapOf(site), day))
	keys, data = map[string]string{}, map[string][]byte{}
	for name, f := range files {
		keys[name] = f.Blob.Key()
		var err error
		if data[name], err = (output.File{Blob: f.Blob}).Bytes(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	return keys, data
}
