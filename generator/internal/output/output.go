// Package output is the hand-over between those who make files and those who
// put them somewhere.
package output

import (
	"context"

	"uccn/generator/internal/diag"
)

// A File is one finished file of the site. Its bytes never change.
type File struct {
	Path string   // slash-separated, relative to the output folder: "cities/lodz/index.html"
	From diag.Pos // the source that caused it, for messages
	Data []byte   // the bytes, when Blob is nil
	Blob Blob     // bytes made on demand, when they are costly: a picture, a booklet
	Raw  bool     // do not minify: the bytes are already what they should be
}

// A Blob is content that is known before it is made: its Key is equal exactly
// when its bytes are, so an unchanged file can be left alone without making it.
type Blob interface {
	Key() string                               // short, printable, stable between runs
	Bytes(ctx context.Context) ([]byte, error) // makes or fetches the bytes
}

// Bytes returns the file's bytes, making them if need be.
func (f File) Bytes(ctx context.Context) ([]byte, error) {
	if f.Blob != nil {
		return f.Blob.Bytes(ctx)
	}
	return f.Data, nil
}
