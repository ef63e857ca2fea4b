// Package media is what becomes of a site's pictures: it finds out from their
// headers which sizes are wanted and at which addresses, so that pages can be
// written, and makes them when their bytes are asked for, remembered on disk by
// content and recipe. Pages never carry a picture's metadata, and originals are
// never published.
package media

import (
	"context"
	"fmt"
	"io/fs"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"time"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/model"
	"uccn/generator/internal/output"
	"uccn/generator/internal/picture"
	"uccn/generator/internal/picture/webp"
)

// DefaultBudget is how many bytes decoding pictures may take at a time, and how many
// one may take: all of a small site's build then fits into 512 MB.
const DefaultBudget = 320 << 20

// Ladder is the widths, in pixels, in which a picture is offered, unless it is
// itself smaller.
func Ladder() []int { return []int{1920, 1600, 1280, 960, 640, 480, 320} }

// An Engine is what lasts from one build to the next: the WebP encoder, the
// memory budget and what is known of files that have not changed. Its zero value
// is ready; it is safe for concurrent use.
type Engine struct {
	records memo.Table[record]
	gate    gate

	once    sync.Once
	encoder *webp.Encoder
	err     error
}

// Depth says how far Plan goes.
type Depth uint8

// The depths. A build takes Full, a preview Facts or, where even that is too
// slow, Headers: the pages then lack colours and placeholders.
const (
	Full    Depth = iota // every variant is made, while the picture is decoded for its facts
	Facts                // what pages say of a picture; variants are made when asked for
	Headers              // nothing is decoded
)

// Options are what one Plan needs. Root is required.
type Options struct {
	Root   fs.FS
	Disk   *memo.Disk // remembers what was made; nil: nothing is remembered
	Cache  string     // the folder for the compiled WebP encoder; empty: compiled anew
	Budget int64      // bytes for decoding at a time; 0: DefaultBudget
	Now    time.Time  // the build's clock; files changed just before it are always read
	Depth  Depth
}

// A Request is one place that shows a picture. Requests for one picture are
// joined.
type Request struct {
	Src      string   // the file's path in the site, with slashes
	Pos      diag.Pos // where it is named
	Len      int      // code points to underline there
	Widths   []int    // the widths of use there, in pixels; none: all of the Ladder
	Crop     *Crop    // nil: the whole picture
	Card     bool     // also 1200 × 630, for those who show links to a page
	Hero     bool     // fills the page: wants 1600 pixels
	Download *Credit  // also a copy to take away, with this credit in it
	Prints   []Place  // also for these places on paper, so that Print finds them made
}

// A Place is room for a picture on paper.
type Place struct {
	WidthMM float64
	DPI     int
}

// Credit is who made a picture and on what terms it may be used.
type Credit = picture.Credit

// A Crop is a part of a picture of the ratio W : H that keeps the focus, as near
// its middle as can be.
type Crop struct {
	W, H  int
	Focus model.Point
}

// A Set is the pictures of one build. It never changes.
type Set struct {
	engine   *Engine
	options  Options
	webp     bool
	sources  map[string]*source
	pictures map[string]*Picture
	files    []output.File
	buffers  chan []byte // of files that need not be kept
	rooms    chan []byte // of pictures that were decoded; nil when all are planned
}

// A Picture is one picture, or one crop of it, as pages show it.
type Picture struct {
	Src           string
	Width, Height int       // of the widest variant
	WebP          []Variant // by falling width; none for SVG, or where WebP cannot be made
	JPEG          []Variant // by falling width; one alone, of about 960, beside WebP
	SVG           *Variant  // the drawing itself; nil for other pictures
	Card          *Variant  // for those who show links to a page; nil when not asked for, or too small
	Download      *Variant  // nil when not asked for
	Colour        string    // the average, as "#rrggbb"; empty when not known
	Placeholder   string    // 16 pixels wide, as a data: address; empty when not known
}

// A Variant is one file.
type Variant struct {
	Path          string // from the output folder, without a slash in front
	Width, Height int
}

// Default returns the variant for who cannot choose.
func (p *Picture) Default() Variant {
	if p.SVG != nil {
		return *p.SVG
	}
	return p.JPEG[0]
}

// Srcset writes variants as the HTML attribute wants them; root is the way from
// the page to the output folder.
func Srcset(root string, variants []Variant) string {
	var b strings.Builder
	for i, v := range variants {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(root + v.Path + " " + strconv.Itoa(v.Width) + "w")
	}
	return b.String()
}

// Lookup returns a picture that was requested with the crop.
func (s *Set) Lookup(src string, crop *Crop) (*Picture, bool) {
	if s == nil {
		return nil, false
	}
	p, ok := s.pictures[src+crop.String()]
	return p, ok
}

// Files returns the files of all pictures, sorted by path. Their bytes are made
// when they are asked for, if they were not made before.
func (s *Set) Files() []output.File {
	if s == nil {
		return nil
	}
	return s.files
}

// String writes the crop as a part of a key; that of nil is empty.
func (c *Crop) String() string {
	if c == nil {
		return ""
	}
	return fmt.Sprintf(" %d:%d@%.4f,%.4f", c.W, c.H, c.Focus.X, c.Focus.Y)
}

// Close frees the encoder. Nothing may be in the making.
func (e *Engine) Close(ctx context.Context) error {
	if e.encoder == nil {
		return nil
	}
	return e.encoder.Close(ctx)
}

// Turn begins a new build of a session: files that the two builds before did not
// ask for are forgotten.
func (e *Engine) Turn() { e.records.Turn() }

// Verify makes e find out again what it remembers of files, and hand over the
// hash of each of which it then says something else. Call it before the first Plan.
func (e *Engine) Verify(differs func(hash string)) {
	e.records.Verify = func(old, again record) {
		interrupted := old.Hash == "" || again.Hash == ""
		if !interrupted && !reflect.DeepEqual(old, again) {
			differs(old.Hash)
		}
	}
}

// open returns the WebP encoder, which is compiled once.
func (e *Engine) open(ctx context.Context, cache string) (*webp.Encoder, error) {
	e.once.Do(func() { e.encoder, e.err = webp.Open(context.WithoutCancel(ctx), cache) })
	return e.encoder, e.err
}
