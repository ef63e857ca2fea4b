package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color/palette"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"uccn/generator/internal/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"uccn": func() { os.Exit(cli.Main()) }})
}

// TestScripts runs what a person types, reads and finds on disk. Each script
// begins in a folder with a small site of two invented towns. Beyond the
// commands of testscript there are
//
//	write FILE TIMES TEXT      adds the text to the file so many times, with \n, \xff and the like
//	picture FILE WxH [FLAW]    a picture by the ending of its name; the flaw is
//	                           half, huge, frames or profile
//	tree FOLDER FILE           a list of all in the folder: mode, date, size, hash, name
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"write": write, "picture": picture, "tree": tree,
		},
		Setup: func(e *testscript.Env) error {
			e.Setenv("SOURCE_DATE_EPOCH", "1546300800") // 2019-01-01
			return copyTree(e.WorkDir, "testdata/site")
		},
	})
}

func write(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: write FILE TIMES TEXT")
	}
	times, err := strconv.Atoi(args[1])
	ts.Check(err)
	text, err := strconv.Unquote(`"` + strings.ReplaceAll(args[2], `"`, `\"`) + `"`)
	ts.Check(err)
	old, err := os.ReadFile(ts.MkAbs(args[0]))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		ts.Check(err)
	}
	save(ts, args[0], append(old, strings.Repeat(text, times)...))
}

func save(ts *testscript.TestScript, name string, data []byte) {
	path := ts.MkAbs(name)
	ts.Check(os.MkdirAll(filepath.Dir(path), 0o777))
	ts.Check(os.WriteFile(path, data, 0o666))
}

func picture(ts *testscript.TestScript, _ bool, args []string) {
	var w, h int
	if len(args) < 2 || len(args) > 3 {
		ts.Fatalf("usage: picture FILE WxH [half|huge|frames|profile]")
	}
	_, err := fmt.Sscanf(args[1], "%dx%d", &w, &h)
	ts.Check(err)
	flaw := append(args, "")[2]
	m := image.NewPaletted(image.Rect(0, 0, w, h), palette.Plan9)
	for i := range m.Pix {
		m.Pix[i] = byte(i/w ^ i%w)
	}
	var b bytes.Buffer
	switch path.Ext(args[0]) {
	case ".jpg":
		ts.Check(jpeg.Encode(&b, m, nil))
	case ".png":
		ts.Check(png.Encode(&b, m))
	case ".gif":
		g := &gif.GIF{Image: []*image.Paletted{m}, Delay: []int{9}}
		if flaw == "frames" {
			g.Image, g.Delay = append(g.Image, m), append(g.Delay, 9)
		}
		ts.Check(gif.EncodeAll(&b, g))
	}
	data := b.Bytes()
	switch flaw {
	case "half":
		data = data[:len(data)/2]
	case "huge": // a PNG whose head promises 60,000 × 60,000 pixels
		binary.BigEndian.PutUint32(data[16:], 60000)
		binary.BigEndian.PutUint32(data[20:], 60000)
		binary.BigEndian.PutUint32(data[29:], crc32.ChecksumIEEE(data[12:29]))
	case "profile": // a JPEG whose colour profile is none
		segment := "\xff\xe2\x00\x1aICC_PROFILE\x00\x01\x01no profile"
		data = slices.Concat(data[:2], []byte(segment), data[2:])
	}
	save(ts, args[0], data)
}

func tree(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: tree FOLDER FILE")
	}
	var b strings.Builder
	root := ts.MkAbs(args[0])
	ts.Check(filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		var sum [sha256.Size]byte
		if info.Mode().IsRegular() {
			data, err := os.ReadFile(p)
			if err != nil {
				return err
			}
			sum = sha256.Sum256(data)
		}
		fmt.Fprintf(&b, "%s %s %d %x %s\n", info.Mode(), info.ModTime().UTC().Format(time.RFC3339Nano), info.Size(), sum[:8], filepath.ToSlash(rel))
		return nil
	}))
	save(ts, args[1], []byte(b.String()))
}

func copyTree(to, from string) error {
	return filepath.WalkDir(from, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(from, p)
		if d.IsDir() {
			return os.MkdirAll(filepath.Join(to, rel), 0o777)
		}
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		if _, err := os.Stat(filepath.Join(to, rel)); err == nil {
			return nil // the script brings its own
		}
		return os.WriteFile(filepath.Join(to, rel), b, 0o666)
	})
}
