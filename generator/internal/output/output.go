// Package output is the hand-over between those who make files and those who
// put them somewhere.
package output

import (
	"context"
	"crypto/sha256"
	"slices"
	"sync"
	"sync/atomic"

	"uccn/generator/internal/diag"
)

// A File is one finished file of the site. Its bytes never change.
type File struct {
	Path  string   // slash-separated, relative to the output folder: "cities/lodz/index.html"
	From  diag.Pos // the source that caused it, for messages
	Data  []byte   // the bytes, when Later and Blob are nil
	Later *Later   // bytes made when they are first asked for: a page
	Blob  Blob     // bytes made on demand, when they are costly: a picture, a booklet
	Raw   bool     // do not minify: the bytes are already what they should be
	Shown bool     // published only where a page shows it, or a file that leads to it
	Leads []string // paths of files that this one, no page, leads to
	Same  bool     // the bytes are those that were published last: they are made only if they are not there
	Reads []string // sources of the texts of which Data was made; nil where that is not known

	Sum   *[sha256.Size]byte // of Data, where the maker of a Raw file knows it
	Taken any                // what the publisher knows of Data, which it may have taken away; nil where it has not looked
}

// A Blob is content that is known before it is made: its Key is equal exactly
// when its bytes are, so an unchanged file can be left alone without making it.
type Blob interface {
	Key() string                               // short, printable, stable between runs
	Bytes(ctx context.Context) ([]byte, error) // makes or fetches the bytes
}

// Later makes bytes once, when somebody first asks, and keeps them. It may be
// asked from anywhere at any time.
type Later struct {
	once  sync.Once
	make  func() ([]byte, error)
	data  []byte
	err   error
	reads []string
	made  atomic.Bool

	traced func(read func(source string)) ([]byte, error) // makes the bytes, of a traced one
}

// NewLater returns a Later of what f makes. f must be pure.
func NewLater(f func() ([]byte, error)) *Later { return &Later{make: f} }

// Traced returns a Later of what f makes, that knows of which texts it is made: f calls read
// with the source of each text that it reads, one call after the other. All else
// that f reads must be facts: what does not change while texts alone do.
func Traced(f func(read func(source string)) ([]byte, error)) *Later {
	l := &Later{traced: f}
	l.make = func() ([]byte, error) {
		return f(func(source string) {
			if !slices.Contains(l.reads, source) {
				l.reads = append(l.reads, source)
			}
		})
	}
	return l
}

// Fixed returns a file that has its bytes as one that is made of no text.
func Fixed(f File) File {
	data := f.Data
	f.Data, f.Later = nil, Traced(func(func(string)) ([]byte, error) { return data, nil })
	return f
}

// Again returns a Later that makes the bytes anew, of the texts as they are then.
// l must be traced.
func (l *Later) Again() *Later { return Traced(l.traced) }

// Bytes makes or returns the bytes, or the error of making them.
func (l *Later) Bytes() ([]byte, error) {
	l.once.Do(func() {
		l.data, l.err = l.make()
		l.make = nil // and all that it holds
		l.made.Store(true)
	})
	return l.data, l.err
}

// Traced reports whether l will know of which texts it is made. l may be nil.
func (l *Later) Traced() bool { return l != nil && l.traced != nil }

// Reads returns the sources of the texts of which the bytes are made, and nil where that is
// not known: of a Later that is not traced or has made no bytes.
func (l *Later) Reads() []string {
	if !l.Traced() || !l.made.Load() || l.err != nil {
		return nil
	}
	return append([]string{}, l.reads...)
}

// Bytes returns the file's bytes, making them if need be.
func (f File) Bytes(ctx context.Context) ([]byte, error) {
	switch {
	case f.Blob != nil:
		return f.Blob.Bytes(ctx)
	case f.Later != nil:
		return f.Later.Bytes()
	}
	return f.Data, nil
}
