package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// encodeList writes build.json: who built the site from what, and each file
// with its hash and size, one a line, sorted by path.
func encodeList(version, inputs string, files []entry) []byte {
	b := append(make([]byte, 0, 160*len(files)+1024), "{\n\"generator\": \"uccn\",\n\"format\": 1,\n\"version\": "...)
	b = append(b, quote(version)...)
	b = append(b, ",\n\"sources\": "...)
	b = append(b, quote(inputs)...)
	b = append(b, ",\n\"files\": ["...)
	for i, e := range files {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, "\n{\"path\": "...)
		b = append(b, quote(e.path)...)
		b = append(b, ", \"sha256\": \""...)
		b = hex.AppendEncode(b, e.sum[:])
		b = append(b, "\", \"size\": "...)
		b = strconv.AppendInt(b, e.size, 10)
		b = append(b, '}')
	}
	return append(b, "\n]\n}\n"...)
}

func quote(s string) []byte {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string always marshals
	}
	return b
}

// decodeList reads build.json. It reports false when the file is not one of
// ours; then nothing in the folder is taken for ours either.
func decodeList(b []byte) ([]entry, bool) {
	var list struct {
		Generator string `json:"generator"`
		Format    int    `json:"format"`
		Files     []struct {
			Path   string `json:"path"`
			SHA256 string `json:"sha256"`
			Size   int64  `json:"size"`
		} `json:"files"`
	}
	if json.Unmarshal(b, &list) != nil || list.Generator != "uccn" || list.Format != 1 {
		return nil, false
	}
	files := make([]entry, 0, len(list.Files)+1)
	for _, f := range list.Files {
		e := entry{path: f.Path, size: f.Size}
		n, err := hex.Decode(e.sum[:], []byte(f.SHA256[:min(len(f.SHA256), 2*sha256.Size)]))
		if err != nil || n != sha256.Size || !inTree(f.Path) {
			return nil, false
		}
		files = append(files, e)
	}
	files = append(files, entry{path: listName, sum: sha256.Sum256(b), size: int64(len(b))})
	slices.SortFunc(files, func(a, b entry) int { return strings.Compare(a.path, b.path) })
	return slices.CompactFunc(files, func(a, b entry) bool { return a.path == b.path }), true
}

// inTree reports whether path names a place inside the output folder and has
// only one spelling.
func inTree(path string) bool {
	return fs.ValidPath(path) && path != "." && !strings.Contains(path, "\\") && filepath.IsLocal(filepath.FromSlash(path))
}
