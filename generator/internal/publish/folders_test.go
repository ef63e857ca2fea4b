package publish

import (
	"path"
	"slices"
	"strings"
	"testing"
)

// TestFolders compares the folders found beside one another with those found one by one.
func TestFolders(t *testing.T) {
	for _, list := range []string{"", "a", "a/b", "a-c/f a/b/f a/b/g a/c a.b/c", "a/b/c/d a/b/e a/bb/c b", "é/x e/x"} {
		files := strings.Fields(list)
		slices.Sort(files)
		want := map[string]bool{".": true}
		var own []entry
		for _, f := range files {
			addFolders(want, f)
			own = append(own, entry{path: f})
		}
		got := foldersOf(len(files), func(i int) string { return files[i] })
		for i, dir := range got {
			if dir != "." && !slices.Contains(got[:i], path.Dir(dir)) {
				t.Errorf("%q: %q stands before its folder", list, dir)
			}
			if dir != "." && !folderOf(own, dir) || folderOf(own, dir+"x") || folderOf(own, "0"+dir) {
				t.Errorf("%q: folder %q", list, dir)
			}
		}
		if slices.Sort(got); !slices.Equal(got, sortedKeys(want)) {
			t.Errorf("%q: got %q, want %q", list, got, sortedKeys(want))
		}
		for _, f := range files {
			if folderOf(own, f) {
				t.Errorf("%q: the file %q is a folder", list, f)
			}
		}
	}
}
