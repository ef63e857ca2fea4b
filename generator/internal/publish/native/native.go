// Package native holds what publishing needs of the operating system and
// package os does not offer: exchanging two folders in one step, a lock that
// the kernel releases, and the identity of a file.
package native

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"
)

// ErrUnsupported means that this system, or the file system at that place,
// cannot exchange two folders in one step. Nothing has been changed.
var ErrUnsupported = errors.New("folders cannot be exchanged in one step here")

// errHeld is what tryLock returns while somebody else holds the lock.
var errHeld = errors.New("held by another process")

// Lock takes the lock of the file at path, which is made when missing and
// never removed. While another process holds it, waiting is called once and
// Lock tries again until ctx ends. The kernel drops the lock when the process
// ends, however it ends.
func Lock(ctx context.Context, path string, waiting func()) (release func(), err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	for told := false; ; told = true {
		err := tryLock(f)
		if err == nil {
			return func() { f.Close() }, nil
		}
		if !errors.Is(err, errHeld) {
			f.Close()
			return nil, fmt.Errorf("lock %s: %w", path, err)
		}
		if !told && waiting != nil {
			waiting()
		}
		select {
		case <-ctx.Done():
			f.Close()
			return nil, ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}
