package publish

import (
	"bytes"
	"context"
	"io"
	"path"
	"regexp"

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
	reads   []string // see output.File
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

// Minify returns files with HTML, CSS, JavaScript, SVG, JSON and XML made
// smaller, in the same order. Pages that were to be made later are made now. Raw
// files and blobs are left alone. What is not well formed is published as it is,
// with a warning at its source. When t is nil, files is used up: the bytes of each
// go as soon as the smaller ones are there. rest may be nil.
func Minify(ctx context.Context, t *Minified, files []output.File, rest *par.Rest) ([]output.File, diag.List, error) {
	const most = 16 // files between rests
	m := minifier()
	one := func(ctx context.Context, i int) (minified, error) {
		f := files[i]
		if t == nil && !f.Same {
			files[i].Data, files[i].Later = nil, nil
		}
		if f.Blob != nil || f.Same {
			return minified{}, nil
		}
		data, err := f.Bytes(ctx)
		if err != nil {
			return minified{}, err
		}
		out := small(t, m, f, data)
		if out.problem == "" { // which must be told each time
			out.reads = f.Later.Reads()
		}
		return out, nil
	}
	var lots []int // first files
	for i := 0; i < len(files); i += most {
		lots = append(lots, i)
	}
	done := make([]minified, len(files))
	_, err := par.Map(ctx, lots, func(ctx context.Context, first int) (none struct{}, err error) {
		rest.Work(func() {
			for i := first; i < min(first+most, len(files)) && err == nil; i++ {
				done[i], err = one(ctx, i)
			}
		})
		return none, err
	})
	if err != nil {
		return nil, nil, err
	}
	var dl diag.List
	out := make([]output.File, len(files))
	for i, f := range files {
		if done[i].problem != "" {
			dl.Warnf(f.From, "not-minified", "/%s is published as it is: %s", f.Path, done[i].problem).
				Hint = "mend what is named here, or ignore this if the file works"
		}
		switch {
		case f.Same:
			f = smallLater(t, m, f)
		case f.Blob == nil:
			f.Data, f.Later, f.Reads = done[i].data, nil, done[i].reads
		}
		out[i] = f
	}
	return out, dl, nil
}

// MinifyLater returns files that are made and minified one by one, as they are
// asked for. Their bytes are those of Minify.
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
