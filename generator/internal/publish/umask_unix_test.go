//go:build unix

package publish

import (
	"io/fs"
	"path/filepath"
	"syscall"
	"testing"
)

func TestUmask(t *testing.T) {
	for _, mask := range []int{0, 0o077, 0o777 &^ 0o700} {
		dir := filepath.Join(t.TempDir(), "public")
		old := syscall.Umask(mask)
		mustWrite(t, dir, site(2, ""))
		mustWrite(t, dir, site(2, "c1."))
		syscall.Umask(old)
		err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
			info, infoErr := e.Info()
			if err != nil || infoErr != nil {
				return err
			}
			want := fs.FileMode(0o644)
			if e.IsDir() {
				want = 0o755
			}
			if info.Mode().Perm() != want {
				t.Errorf("umask %o: %s has %v", mask, name, info.Mode())
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
