package theme

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/output"
)

// Asset returns the published path of an asset, such as
// "assets/site.1f2e3d4c.css" for "site.css"; "" when the theme has no such asset.
func (t *Theme) Asset(name string) string { return t.assets[name] }

// Files returns the assets as they are published.
func (t *Theme) Files() []output.File { return t.files }

// bundle gives every file in assets/ a name with a hash of its content, and
// puts these names where one asset speaks of another: url(fonts/x.woff2) in a
// style sheet, "./search.js" in a script.
func (t *Theme) bundle(dir string) (diag.List, error) {
	b := &bundler{fsys: t.fsys, dir: dir, published: map[string]string{}, state: map[string]int{}}
	err := fs.WalkDir(t.fsys, "assets", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b.names = append(b.names, strings.TrimPrefix(p, "assets/"))
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list assets: %w", err)
	}
	slices.Sort(b.names)
	for _, name := range b.names {
		if err := b.add(name); err != nil {
			return nil, err
		}
	}
	t.assets, t.files = b.published, b.files
	return b.dl, nil
}

type bundler struct {
	fsys      fs.FS
	dir       string
	names     []string
	published map[string]string
	state     map[string]int // 1: being read, 2: done
	files     []output.File
	dl        diag.List
}

func (b *bundler) add(name string) error {
	if b.state[name] == 2 {
		return nil
	}
	from := diag.Pos{Path: b.dir + "/assets/" + name}
	if b.state[name] == 1 {
		b.dl.Errorf(from, "asset-loop", "this file and another speak of each other").Hint = "files whose names hold a hash cannot name each other in a circle"
		return nil
	}
	b.state[name] = 1
	data, err := fs.ReadFile(b.fsys, "assets/"+name)
	if err != nil {
		return fmt.Errorf("read asset: %w", err)
	}
	if ext := path.Ext(name); ext == ".css" || ext == ".js" {
		data = renamed(data, func(m mention) string {
			other := path.Join(path.Dir(name), m.here+m.path)
			if !slices.Contains(b.names, other) || other == name || m.here == "" && !strings.HasPrefix(m.opens, "url") {
				return ""
			}
			if again := b.add(other); again != nil {
				err = again
				return ""
			}
			to := relative("assets/"+name, b.published[other])
			if ext == ".js" && !strings.HasPrefix(to, ".") {
				to = "./" + to
			}
			return to
		})
		if err != nil {
			return err
		}
	}
	sum := sha256.Sum256(data)
	ext := path.Ext(name)
	b.published[name] = "assets/" + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:4]) + ext
	b.files = append(b.files, output.File{Path: b.published[name], From: from, Data: data})
	b.state[name] = 2
	return nil
}

// relative returns the way from the file from to the file to.
func relative(from, to string) string {
	up := strings.Count(path.Dir(from), "/") + 1
	for d := path.Dir(from); d != "."; d = path.Dir(d) {
		if rest, ok := strings.CutPrefix(to, d+"/"); ok {
			return strings.Repeat("../", up-strings.Count(d, "/")-1) + rest
		}
	}
	return strings.Repeat("../", up) + to
}
