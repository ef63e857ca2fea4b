package memo

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A Disk remembers byte strings in a folder, one file a key. Each file ends in
// the SHA-256 of what stands before it, so a torn or spoilt file is a miss and
// never a wrong answer. The zero value and a nil Disk remember nothing.
type Disk struct {
	dir    string
	now    time.Time
	verify bool
}

// NewDisk uses dir, which need not exist. now dates what is used, for Trim.
// With verify, every hit is computed again and a difference is an error.
func NewDisk(dir string, now time.Time, verify bool) *Disk { return &Disk{dir, now, verify} }

// errDiffers reports a cached result that its function no longer gives.
var errDiffers = errors.New("a remembered result differs from a new one: its key lacks something its function reads")

// Bytes returns the bytes of k, calling f to make them when they are not
// remembered. A cache that cannot be written costs time, never the build.
func (d *Disk) Bytes(ctx context.Context, k Key, f func(context.Context) ([]byte, error)) ([]byte, error) {
	if d == nil || d.dir == "" {
		return f(ctx)
	}
	name := filepath.Join(d.dir, k.String()[:2], k.String()[2:])
	if b, ok := d.read(name); ok {
		if !d.verify {
			return b, nil
		}
		again, err := f(ctx)
		if err == nil && !bytes.Equal(b, again) {
			err = fmt.Errorf("%s: %w", k.Short(), errDiffers)
		}
		return again, err
	}
	b, err := f(ctx)
	if err == nil {
		d.write(name, b)
	}
	return b, err
}

// Has reports whether the bytes of k are remembered, by the look of the file.
func (d *Disk) Has(k Key) bool {
	if d == nil || d.dir == "" {
		return false
	}
	_, err := os.Stat(filepath.Join(d.dir, k.String()[:2], k.String()[2:]))
	return err == nil
}

func (d *Disk) read(name string) ([]byte, bool) {
	b, err := os.ReadFile(name)
	if err != nil || len(b) < sha256.Size {
		return nil, false
	}
	data, sum := b[:len(b)-sha256.Size], b[len(b)-sha256.Size:]
	if got := sha256.Sum256(data); !bytes.Equal(got[:], sum) {
		return nil, false
	}
	if i, err := os.Stat(name); err == nil && d.now.Sub(i.ModTime()) > 24*time.Hour {
		_ = os.Chtimes(name, d.now, d.now) // keeps it from Trim; a failure costs one miss later
	}
	return data, true
}

func (d *Disk) write(name string, data []byte) {
	if os.MkdirAll(filepath.Dir(name), 0o777) != nil {
		return
	}
	t, err := os.CreateTemp(filepath.Dir(name), "new-*")
	if err != nil {
		return
	}
	sum := sha256.Sum256(data)
	_, err = io.Copy(t, io.MultiReader(bytes.NewReader(data), bytes.NewReader(sum[:])))
	if err = errors.Join(err, t.Close()); err == nil {
		err = os.Rename(t.Name(), name)
	}
	if err != nil {
		os.Remove(t.Name())
	}
}

// Trim removes what has not been used for age, and what killed runs left. It
// looks at most once a day, by the date of a note it leaves in the folder.
func (d *Disk) Trim(age time.Duration) error {
	if d == nil || d.dir == "" {
		return nil
	}
	if i, err := os.Stat(d.dir); err != nil || !i.IsDir() {
		return nil // nothing has been remembered, or nothing can be
	}
	note := filepath.Join(d.dir, "trimmed")
	if i, err := os.Stat(note); err == nil && d.now.Sub(i.ModTime()) < 24*time.Hour {
		return nil
	}
	err := filepath.WalkDir(d.dir, func(name string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || e.IsDir() || name == note {
			return err
		}
		i, err := e.Info()
		if err != nil {
			return nil // gone meanwhile
		}
		old := d.now.Sub(i.ModTime())
		if old > age || strings.HasPrefix(e.Name(), "new-") && old > time.Hour {
			os.Remove(name)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("trim cache: %w", err)
	}
	if err := os.WriteFile(note, nil, 0o666); err != nil {
		return fmt.Errorf("trim cache: %w", err)
	}
	return os.Chtimes(note, d.now, d.now)
}
