// Package source is files as bytes: it reads them within limits, splits front
// matter from body and keeps count of lines. It knows no keys and no Markdown.
package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"
	"unsafe"

	"uccn/generator/internal/diag"
)

// MaxText is the largest text file that is read, in bytes.
const MaxText = 1 << 20

// A File is one text file in two parts, either of which may be empty. Line ends
// are "\n" and a byte order mark is gone; lines and columns are as in the file.
type File struct {
	Path    string
	Front   string // what stands between the lines "---"
	FrontAt diag.Pos
	Body    string
	BodyAt  diag.Pos
}

// A Reader is a file system that opens a file once to say what it is and what it
// holds; that is nil when it holds more than limit bytes. An error may have any
// reason: who meets one looks the long way.
type Reader interface {
	ReadInfo(name string, limit int64) ([]byte, fs.FileInfo, error)
}

// An Info describes a file, or says why it cannot be described.
type Info struct {
	Info fs.FileInfo
	Err  error
}

// A Describer is a file system that describes files of one folder together. It leaves
// out what it would rather be asked for by fs.Stat.
type Describer interface {
	Describe(names []string) []fs.FileInfo
}

// Describe describes files of one folder as fs.Stat does.
func Describe(fsys fs.FS, names []string) []Info {
	out := make([]Info, len(names))
	var infos []fs.FileInfo
	if d, ok := fsys.(Describer); ok {
		infos = d.Describe(names)
	}
	for i, name := range names {
		if i < len(infos) && infos[i] != nil {
			out[i].Info = infos[i]
			continue
		}
		out[i].Info, out[i].Err = fs.Stat(fsys, name)
	}
	return out
}

// Read returns the text of a regular file. What is wrong with the file itself
// (too large, no regular file, not UTF-8) is a problem, and the text is empty.
func Read(fsys fs.FS, path string) (text string, dl diag.List, err error) {
	if k, ok := fsys.(*Kept); ok {
		if text, dl, ok := k.text(path); ok {
			return text, dl, nil
		}
	}
	if r, ok := fsys.(Reader); ok {
		if b, info, err := r.ReadInfo(path, MaxText); err == nil && info.Size() <= MaxText {
			return checked(path, b)
		}
	}
	at := diag.Pos{Path: path}
	info, err := fs.Stat(fsys, path)
	if err != nil {
		dl.Errorf(at, "unreadable", "the file cannot be read: %s", reason(err)).Hint = "check that it exists, that it may be read and that a link does not lead out of the site"
		return "", dl, nil
	}
	switch {
	case !info.Mode().IsRegular():
		dl.Errorf(at, "no-regular-file", "this is no regular file").Hint = "only plain files can be read; put a copy of the text here"
		return "", dl, nil
	case info.Size() > MaxText:
		dl.Errorf(at, "too-large", "the file has %d kB; texts may have %d kB", info.Size()>>10, MaxText>>10).Hint = "split the text, or link to a PDF in static/"
		return "", dl, nil
	}
	f, err := fsys.Open(path)
	if err != nil {
		dl.Errorf(at, "unreadable", "the file cannot be read: %s", reason(err)).Hint = "check that it may be read"
		return "", dl, nil
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, MaxText+1))
	if err != nil {
		return "", nil, fmt.Errorf("read %s: %w", path, err)
	}
	return checked(path, b)
}

// checked makes a text of bytes that nobody will change, and of these very bytes
// when they are as they should be.
func checked(path string, b []byte) (string, diag.List, error) {
	dl := Check(path, b)
	if dl.HasErrors() {
		return "", dl, nil
	}
	return Text(b), dl, nil
}

func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

// Check finds bytes that no text should hold.
func Check(path string, b []byte) diag.List {
	var dl diag.List
	if i := bytes.IndexByte(b, 0); i >= 0 {
		dl.Errorf(place(path, b, i), "not-text", "there is a NUL byte here").Hint = "this is no text file, or it was spoilt; save it again as UTF-8 text"
		return dl
	}
	if !utf8.Valid(b) {
		i := 0
		for i < len(b) {
			r, n := utf8.DecodeRune(b[i:])
			if r == utf8.RuneError && n <= 1 {
				break
			}
			i += n
		}
		dl.Errorf(place(path, b, i), "not-utf8", "the file is not UTF-8 text").Hint = "save it with the encoding UTF-8"
		return dl
	}
	for _, c := range []string{"\u202d", "\u202e"} {
		if i := bytes.Index(b, []byte(c)); i >= 0 {
			d := dl.Errorf(place(path, b, i), "hidden-character", "a hidden character here turns the direction of the text (U+%04X)", []rune(c)[0])
			d.Len, d.Hint = 1, "delete it; right-to-left text needs no such sign"
		}
	}
	return dl
}

func place(path string, b []byte, i int) diag.Pos {
	before := b[:i]
	line := bytes.Count(before, []byte("\n")) + 1
	start := bytes.LastIndexByte(before, '\n') + 1
	return diag.Pos{Path: path, Line: line, Col: utf8.RuneCount(before[start:]) + 1}
}

// Text is Clean of bytes that nobody will change, and of these very bytes when they
// are as they should be.
func Text(b []byte) string {
	if bytes.IndexByte(b, '\r') < 0 && !bytes.HasPrefix(b, []byte("\ufeff")) {
		return unsafe.String(unsafe.SliceData(b), len(b))
	}
	return Clean(b)
}

// Clean drops a byte order mark and makes line ends plain.
func Clean(b []byte) string {
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	if bytes.IndexByte(b, '\r') >= 0 {
		b = bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
		b = bytes.ReplaceAll(b, []byte("\r"), []byte("\n"))
	}
	return string(b)
}

// Split parts front matter from body. The front matter begins on the first
// line with "---" and ends with the next line "---"; blanks may follow either.
func Split(path, text string) (File, diag.List) {
	var dl diag.List
	f := File{Path: path, FrontAt: diag.Pos{Path: path, Line: 2, Col: 1}, BodyAt: diag.Pos{Path: path, Line: 1, Col: 1}}
	if strings.TrimSpace(text) == "" {
		dl.Errorf(diag.Pos{Path: path}, "empty-file", "the file is empty").Hint = `write the record, or delete the file; "uccn new" makes a ready one`
		return f, dl
	}
	first, rest, _ := strings.Cut(text, "\n")
	if strings.TrimRight(first, " \t") != "---" {
		d := dl.Errorf(diag.Pos{Path: path, Line: 1, Col: 1}, "no-front-matter", `the file does not begin with a line "---"`)
		d.Len, d.Hint = len([]rune(first)), `put the keys between two lines "---" at the very top, then the text`
		f.Body = text
		return f, dl
	}
	line, from := 2, len(text)-len(rest)
	for start := from; ; line++ {
		l, _, more := strings.Cut(text[start:], "\n")
		if strings.TrimRight(l, " \t") == "---" {
			f.Front = text[from:start]
			end := min(start+len(l)+1, len(text))
			f.Body, f.BodyAt.Line = text[end:], line+1
			return f, dl
		}
		if !more {
			break
		}
		start += len(l) + 1
	}
	d := dl.Errorf(diag.Pos{Path: path, Line: 1, Col: 1}, "open-front-matter", `the keys begin with "---" and no second line "---" ends them`)
	d.Len, d.Hint = 3, `put a line "---" below the last key`
	return f, dl
}

// List returns the paths of the files below dir whose names end in suffix,
// sorted. Hidden files and folders, and what editors leave behind, are left
// out; links to folders are not followed. A folder that is not there is empty.
func List(fsys fs.FS, dir, suffix string) ([]string, error) {
	info, err := fs.Stat(fsys, dir)
	if err == nil && !info.IsDir() {
		if !strings.HasSuffix(dir, suffix) {
			return nil, nil
		}
		return []string{dir}, nil
	}
	var entries []fs.DirEntry
	if err == nil {
		entries, err = fs.ReadDir(fsys, dir)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var out []string
	if err == nil {
		out, err = appendList(nil, fsys, dir, entries, suffix)
	}
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", dir, err)
	}
	slices.Sort(out)
	return out, nil
}

// appendList appends the paths of the files of a folder, which holds entries, and below it.
func appendList(out []string, fsys fs.FS, dir string, entries []fs.DirEntry, suffix string) ([]string, error) {
	out = slices.Grow(out, len(entries))
	for _, e := range entries {
		p := dir + "/" + e.Name()
		switch {
		case Litter(e.Name()):
		case e.IsDir():
			inner, err := fs.ReadDir(fsys, p)
			if err != nil {
				return nil, err
			}
			if out, err = appendList(out, fsys, p, inner, suffix); err != nil {
				return nil, err
			}
		case strings.HasSuffix(p, suffix):
			out = append(out, p)
		}
	}
	return out, nil
}

// Litter reports whether a file's name says that it belongs to an editor or to
// the system and not to the site.
func Litter(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || strings.HasPrefix(name, "#") ||
		strings.HasSuffix(name, ".swp") || strings.HasSuffix(name, ".swx") || strings.HasSuffix(name, ".tmp") ||
		strings.HasSuffix(name, "___jb_tmp___") || strings.HasSuffix(name, "___jb_old___") || name == "Thumbs.db" || name == "4913"
}
