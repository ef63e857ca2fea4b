//go:build !linux

package siteroot

import (
	"io/fs"
	"os"
)

// beneath is a short way to open files that other systems do not have.
type beneath struct{}

func newBeneath(*os.Root) *beneath { return nil }

func (*beneath) stat(string) (fs.FileInfo, bool) { return nil, false }

func (*beneath) describe([]string) []fs.FileInfo { return nil }

func (*beneath) read(string, int64) ([]byte, fs.FileInfo, bool) { return nil, nil, false }

func (*beneath) list(*FS, string) ([]fs.DirEntry, bool) { return nil, false }
