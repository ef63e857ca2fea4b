package whole

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "book.pdf")
	fill := func(text string, err error) func(io.Writer) error {
		return func(w io.Writer) error {
			return errors.Join(err, func() error { _, err := io.WriteString(w, text); return err }())
		}
	}
	broken := errors.New("broken")
	for _, c := range []struct {
		text string
		err  error
		want string // what the file holds then
	}{
		{"half", broken, ""},
		{"first", nil, "first"},
		{"half", broken, "first"},
		{"second", nil, "second"},
	} {
		n, err := Write(name, fill(c.text, c.err))
		if !errors.Is(err, c.err) || int(n) != len(c.text) {
			t.Errorf("%s: %d bytes, %v", c.text, n, err)
		}
		if got, _ := os.ReadFile(name); string(got) != c.want {
			t.Errorf("after %q the file holds %q, want %q", c.text, got, c.want)
		}
		if left, _ := filepath.Glob(filepath.Join(dir, "*.part")); len(left) > 0 {
			t.Errorf("%v is left", left)
		}
	}
	if n, err := Write(os.DevNull, fill("nothing", nil)); n != 7 || err != nil {
		t.Errorf("%d bytes to a device, %v", n, err)
	}
	if _, err := Write(filepath.Join(dir, "none", "book.pdf"), fill("x", nil)); err == nil {
		t.Error("a file in a folder that is not there was written")
	}
}
