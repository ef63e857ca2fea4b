// Package whole writes files that are made piece by piece, so that no half of one
// is ever left in its place.
package whole

import (
	"errors"
	"io"
	"os"
)

// Write makes a file of what fill writes and returns its size. It is made beside
// its place, under a name that ends in ".part", and moved there when it is done. What
// is there and is no ordinary file, such as a pipe or a link, is written to as it is.
func Write(name string, fill func(io.Writer) error) (size int64, err error) {
	at := name
	if info, err := os.Lstat(name); err != nil || info.Mode().IsRegular() {
		at += ".part"
	}
	out, err := os.Create(at)
	if err != nil {
		return 0, err
	}
	counted := &counter{out: out}
	err = errors.Join(fill(counted), out.Close())
	if at != name {
		if err == nil {
			err = os.Rename(at, name)
		}
		if err != nil {
			os.Remove(at)
		}
	}
	return counted.size, err
}

// A counter counts what goes through it.
type counter struct {
	out  io.Writer
	size int64
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.out.Write(b)
	c.size += int64(n)
	return n, err
}
