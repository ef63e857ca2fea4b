package build

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"uccn/generator/internal/config"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/load"
	"uccn/generator/internal/output"
	"uccn/generator/internal/source"
)

// maxStatic is the size of the largest file that is copied, in bytes.
const maxStatic = 256 << 20

// static reads the files that are copied as they are.
func static(root fs.FS) ([]output.File, diag.List, error) {
	paths, err := source.List(root, "static", "")
	if err != nil {
		return nil, nil, err
	}
	var dl diag.List
	var out []output.File
	for _, p := range paths {
		at := diag.Pos{Path: p}
		info, err := fs.Stat(root, p)
		switch {
		case err != nil:
			dl.Errorf(at, "unreadable", "the file cannot be read").Hint = "check that it may be read and that a link does not lead out of the site"
			continue
		case !info.Mode().IsRegular():
			dl.Errorf(at, "no-regular-file", "this is no regular file").Hint = "only plain files can be copied"
			continue
		case info.Size() > maxStatic:
			dl.Errorf(at, "too-large", "the file has %d MB; files that are copied may have %d", info.Size()>>20, maxStatic>>20).Hint = "put it where large files are kept, and link to it"
			continue
		}
		b, err := fs.ReadFile(root, p)
		if errors.Is(err, fs.ErrPermission) {
			dl.Errorf(at, "unreadable", "the file may not be read").Hint = "give yourself the right to read it"
			continue
		}
		if err != nil {
			return nil, nil, fmt.Errorf("copy %s: %w", p, err)
		}
		out = append(out, output.File{Path: strings.TrimPrefix(p, "static/"), From: diag.Pos{Path: p}, Data: b, Raw: true})
	}
	return out, dl, nil
}

// hashSources returns a hash of every file that a build can read: of those that
// this one has read, as it found them.
func hashSources(seen *witness) (string, error) {
	h := sha256.New()
	for _, dir := range []string{config.File, load.Dir, "static", "themes"} {
		paths, err := source.List(seen, dir, "")
		if err != nil {
			return "", err
		}
		for _, p := range paths {
			sum, ok, err := seen.sum(p)
			if err != nil {
				return "", err
			}
			if ok {
				fmt.Fprintf(h, "%s %x\n", p, sum)
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
