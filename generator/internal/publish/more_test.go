package publish

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"uccn/generator/internal/output"
)

// TestInterrupted: a build that is told to stop leaves the old site and no litter.
func TestInterrupted(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	for range 3 {
		mustWrite(t, dir, site(3, ""))
		ctx, cancel := context.WithCancel(t.Context())
		stop := output.File{Path: "stop", Blob: blobFunc(cancel)}
		if _, err := Write(ctx, Options{Dir: dir}, append(site(3, "c1."), stop)); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		same(t, tree(t, dir), want(site(3, "")))
		litter(t, dir)
	}
}

// TestFailedSource: a picture that cannot be made fails the build and nothing else.
func TestFailedSource(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustWrite(t, dir, site(3, ""))
	if _, err := Write(t.Context(), Options{Dir: dir}, append(site(3, "c1."), output.File{Path: "p.jpg", Blob: badBlob{}})); !errors.Is(err, errFault) {
		t.Errorf("got %v", err)
	}
	same(t, tree(t, dir), want(site(3, "")))
	litter(t, dir)
}

type badBlob struct{}

func (badBlob) Key() string                           { return "bad" }
func (badBlob) Bytes(context.Context) ([]byte, error) { return nil, errFault }

// FuzzDecodeIndex gives every input the checksum that lets it be read.
func FuzzDecodeIndex(f *testing.F) {
	x := index{files: []entry{{path: "a", key: "k", size: 3}, {path: "b"}}, pending: []string{"p"}, carried: []string{"c"}}
	b := x.encode()
	f.Add(b[len(format)+1 : len(b)-sha256.Size])
	f.Fuzz(func(t *testing.T, b []byte) {
		b = append([]byte(format+"\n"), b...)
		sum := sha256.Sum256(b)
		x, err := decodeIndex(append(b, sum[:]...))
		if err != nil {
			return
		}
		if y, err := decodeIndex(x.encode()); err != nil || fmt.Sprint(y) != fmt.Sprint(x) {
			t.Errorf("%q was read as %v and then as %v", b, x, y)
		}
	})
}

func FuzzDecodeList(f *testing.F) {
	f.Add(encodeList("1", "x", []entry{{path: "a/b", size: 3}, {path: "é"}}))
	f.Add([]byte(`{"generator": "uccn", "format": 1, "files": [{"path": "../x", "sha256": "", "size": 1}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		files, ok := decodeList(b)
		for _, e := range files {
			if !ok || !inTree(e.path) || !filepath.IsLocal(e.path) {
				t.Errorf("%q gave the path %q", b, e.path)
			}
		}
	})
}

func TestListRoundTrip(t *testing.T) {
	in := []entry{{path: "a\"<b", size: 1}, {path: "é", size: 1 << 40, sum: [32]byte{1, 31: 255}}}
	data := encodeList("v\n1", "sources", in)
	out, ok := decodeList(data)
	if !ok || len(out) != 3 || out[0] != in[0] || out[1].path != listName || out[2] != in[1] {
		t.Errorf("%v %v", out, ok)
	}
	for _, bad := range []string{"", "{}", "[]", `{"generator":"other","format":1}`, `{"generator":"uccn","format":2}`} {
		if _, ok := decodeList([]byte(bad)); ok {
			t.Errorf("%q was taken for ours", bad)
		}
	}
}

// TestOtherList: a build.json that is not ours is somebody's file.
func TestOtherList(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	put(t, filepath.Join(dir, listName), `{"generator": "another tool", "files": [{"path": "x"}]}`)
	put(t, filepath.Join(dir, "x"), "x")
	if _, err := Write(t.Context(), Options{Dir: dir}, site(1, "")); !errors.Is(err, ErrForeign) {
		t.Errorf("got %v", err)
	}
	if b, err := os.ReadFile(filepath.Join(dir, "x")); err != nil || string(b) != "x" {
		t.Error("a foreign file is gone")
	}
}
