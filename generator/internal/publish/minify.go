package publish

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"path"
	"regexp"
	"slices"
	"sync/atomic"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/html"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/minify/v2/json"
	"github.com/tdewolff/minify/v2/svg"
	"github.com/tdewolff/minify/v2/xml"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/output"
	"uccn/generator/internal/par"
)

// Minified remembers, by their paths, files as they came and as they were
// published. Its zero value is ready, and nil remembers nothing.
type Minified = memo.Shelf[[]byte, minified]

// minified is a remembered result: smaller bytes, or why there are none.
type minified struct {
	data    []byte
	problem string
}

// Verify makes t minify again what it remembers and hand over the path of each file
// that comes out differently: a difference is a bug.
func Verify(t *Minified, differs func(path string)) {
	t.Verify = func(path string, old, again minified) {
		if !bytes.Equal(old.data, again.data) || old.problem != again.problem {
			differs(path)
		}
	}
}

// A Press makes files ready to be published: HTML, CSS, JavaScript, SVG, JSON and XML
// become smaller, and what was to be made later is made. Raw files and blobs are
// left alone.
type Press struct {
	t        *Minified
	m        *minify.M
	files    []output.File
	begun    []int32 // set when a file is begun
	problems []string
	done     func(ctx context.Context, places []int, files []output.File)
}

// NewPress returns a Press. When t is nil, it does not hold on to bytes as they came.
//
// Files but blobs are made a lot at a time, several lots at once. When a lot has its bytes, all
// but what is the Same, done is called with the places of its files; it may change what stands
// there. done may be nil.
func NewPress(t *Minified, done func(ctx context.Context, places []int, files []output.File)) *Press {
	return &Press{t: t, m: minifier(), done: done}
}

// Add adds files behind those that there are. Nothing may be made meanwhile.
func (p *Press) Add(files []output.File) {
	p.files = append(p.files, files...)
	p.begun, p.problems = append(p.begun, make([]int32, len(files))...), append(p.problems, make([]string, len(files))...)
}

// Files returns the files, made or not. They may be changed while nothing is made.
func (p *Press) Files() []output.File { return p.files }

// Make makes the files at some places, without those that were begun before. The error is
// that of the first one that cannot be made. It is safe for concurrent use; rest may be nil.
func (p *Press) Make(ctx context.Context, places []int, rest *par.Rest) (err error) {
	for lot := range slices.Chunk(places, most) {
		rest.Work(func() { err = cmp.Or(err, p.lot(ctx, lot)) })
	}
	return err
}

// most is how many files a lot has: their pages stay in a processor's cache.
const most = 16

func (p *Press) lot(ctx context.Context, places []int) (err error) {
	made := make([]int, 0, len(places))
	for _, i := range places {
		if !atomic.CompareAndSwapInt32(&p.begun[i], 0, 1) || p.files[i].Blob != nil {
			continue
		}
		if failed := p.one(ctx, i); failed != nil {
			err = cmp.Or(err, failed)
			atomic.StoreInt32(&p.begun[i], 0)
			continue
		}
		made = append(made, i)
	}
	if p.done != nil {
		p.done(ctx, made, p.files)
	}
	return err
}

func (p *Press) one(ctx context.Context, i int) error {
	f := &p.files[i]
	switch {
	case f.Same:
		*f = smallLater(p.t, p.m, *f)
	default:
		data, err := f.Bytes(ctx)
		if err != nil {
			return err
		}
		s := small(p.t, p.m, *f, data)
		if s.problem == "" { // which must be told each time
			f.Reads = f.Later.Reads()
		}
		f.Data, f.Later = s.data, nil
		p.problems[i] = s.problem
	}
	return nil
}

// All makes what was not yet made, and returns all files in their order, blobs as they came. What is not
// well formed is published as it is, with a warning at its source. rest may be nil.
func (p *Press) All(ctx context.Context, rest *par.Rest) ([]output.File, diag.List, error) {
	places := make([]int, 0, len(p.files))
	for i := range p.files {
		if p.begun[i] == 0 && p.files[i].Blob == nil {
			places = append(places, i)
		}
	}
	size := min(most, 1+len(places)/64) // few files may be large ones, which are to be spread
	_, err := par.Map(ctx, slices.Collect(slices.Chunk(places, size)), func(ctx context.Context, lot []int) (none struct{}, _ error) {
		return none, p.Make(ctx, lot, rest)
	})
	if err != nil {
		return nil, nil, err
	}
	var dl diag.List
	for i, f := range p.files {
		if p.problems[i] != "" {
			dl.Warnf(f.From, "not-minified", "/%s is published as it is: %s", f.Path, p.problems[i]).
				Hint = "mend what is named here, or ignore this if the file works"
		}
	}
	return p.files, dl, nil
}

// MinifyLater returns files that are made and minified one by one, as they are
// asked for. Their bytes are those of a Press.
func MinifyLater(t *Minified, files []output.File) []output.File {
	m := minifier()
	out := make([]output.File, len(files))
	for i, f := range files {
		out[i] = smallLater(t, m, f)
	}
	return out
}

// smallLater returns a file whose bytes are made and minified when they are asked for.
func smallLater(t *Minified, m *minify.M, f output.File) output.File {
	if f.Blob != nil || f.Raw || minifyKind(f.Path) == "" {
		return f
	}
	out := f
	out.Data, out.Later = nil, output.NewLater(func() ([]byte, error) {
		data, err := f.Bytes(context.Background())
		if err != nil {
			return nil, err
		}
		return small(t, m, f, data).data, nil
	})
	return out
}

// small minifies the bytes of one file, or remembers what came of it.
func small(t *Minified, m *minify.M, f output.File, data []byte) minified {
	kind := minifyKind(f.Path)
	if f.Raw || kind == "" {
		return minified{data: data}
	}
	done, _ := t.Get(f.Path, data, bytes.Equal, func() (minified, error) {
		small, err := m.Bytes(kind, bytes.Clone(data)) // it alters what it reads
		if err != nil {
			return minified{data: data, problem: err.Error()}, nil
		}
		return minified{data: small}, nil
	})
	return done
}

// minifyKind returns the media type by which a file is minified, or "".
func minifyKind(name string) string {
	switch path.Ext(name) {
	case ".html", ".htm":
		return "text/html"
	case ".css":
		return "text/css"
	case ".js", ".mjs":
		return "application/javascript"
	case ".svg":
		return "image/svg+xml"
	case ".json", ".geojson", ".jsonld", ".webmanifest":
		return "application/json"
	case ".xml":
		return "application/xml"
	}
	return ""
}

// minifier returns the settings for whole files. Inside HTML only JSON is
// touched: scripts, styles and inline drawings keep their bytes, because the
// page's security policy names them by their hash. Tags and quotes stay, so that a
// checker's verdict on the page is the same before and after.
func minifier() *minify.M {
	page := minify.New()
	page.AddRegexp(regexp.MustCompile(`[/+]json$`), &json.Minifier{KeepNumbers: true})
	m := minify.New()
	m.AddFunc("text/html", func(_ *minify.M, w io.Writer, r io.Reader, params map[string]string) error {
		h := html.Minifier{KeepDocumentTags: true, KeepEndTags: true, KeepQuotes: true, KeepDefaultAttrVals: true, KeepSpecialComments: true}
		return h.Minify(page, w, r, params)
	})
	m.AddFunc("text/css", css.Minify)
	m.AddFunc("application/javascript", js.Minify)
	m.AddFunc("image/svg+xml", svg.Minify)
	m.Add("application/json", &json.Minifier{KeepNumbers: true})
	m.AddFunc("application/xml", xml.Minify)
	return m
}
