package media

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/model"
	"uccn/generator/internal/picture"
	"uccn/generator/internal/picture/svg"
	"uccn/generator/internal/picture/webp"
)

// maxBytes is how large a picture's file may be.
const maxBytes = 128 << 20

// record is what is known of a file, by its content alone. Problem is the code of
// what keeps it from being shown, Detail the words for it.
type record struct {
	Hash            string
	Kind            string // "svg" or "picture"
	Width, Height   int    // upright
	Problem, Detail string
	More            bool     // it has further frames or pages
	Guessed         bool     // its colours are
	Dropped         []string // what an SVG had that may not be shown
	Colour          string
	Placeholder     string
}

// look finds the record of a job's source: of the same file in this session, of
// an equal file on disk, or from the bytes.
func (s *Set) look(ctx context.Context, j *job) error {
	info, err := fs.Stat(s.options.Root, j.src.src)
	switch {
	case !fs.ValidPath(j.src.src):
		j.src.record = record{Problem: "picture-missing", Detail: "lies outside of the site"}
		return nil
	case errors.Is(err, fs.ErrNotExist):
		j.src.record = record{Problem: "picture-missing", Detail: "is not there"}
		j.src.near = s.neighbour(j.src.src)
		return nil
	case err != nil:
		j.src.record = record{Problem: "picture-missing", Detail: "cannot be read: " + reason(err)}
		return nil
	case !info.Mode().IsRegular():
		j.src.record = record{Problem: "picture-missing", Detail: "is not a file"}
		return nil
	case info.Size() > maxBytes:
		j.src.record = record{Problem: "picture-too-large", Detail: fmt.Sprintf("has %d MB, at most %d can be read", info.Size()>>20, maxBytes>>20)}
		return nil
	}
	k, trusted := s.stamp(j.src.src, info)
	if !trusted {
		j.src.record, err = s.read(ctx, j)
		return j.forbidden(err)
	}
	j.src.record = s.engine.records.Get(k, func() (r record) {
		var b []byte
		b, err = s.options.Disk.Bytes(ctx, k, func(ctx context.Context) ([]byte, error) {
			r, err := s.read(ctx, j)
			if err != nil {
				return nil, err
			}
			return encodeRecord(r)
		})
		if err == nil {
			r, err = decodeRecord(b)
		}
		return r
	})
	if err == nil && j.src.record.Hash == "" { // an earlier asker was interrupted
		j.src.record, err = s.read(ctx, j)
	}
	return j.forbidden(err)
}

// forbidden turns the lack of a right to read the file into a problem.
func (j *job) forbidden(err error) error {
	if !errors.Is(err, fs.ErrPermission) {
		return err
	}
	j.src.record = record{Problem: "picture-missing", Detail: "cannot be read: " + reason(err)}
	return nil
}

// neighbour returns the name of a file in the same folder that src may mean.
func (s *Set) neighbour(src string) string {
	entries, err := fs.ReadDir(s.options.Root, path.Dir(src))
	if err != nil {
		return ""
	}
	var names []string
	for _, e := range entries {
		if !e.IsDir() {
			names = append(names, e.Name())
		}
	}
	near, _ := diag.Suggest(path.Base(src), names)
	return near
}

func reason(err error) string {
	if pe := (*fs.PathError)(nil); errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

// stamp names a file as it lies there: a file whose size, times and number are
// what they were holds what it held. One that was changed in the last seconds
// before the build may change again within the clock's grain: it is not trusted.
func (s *Set) stamp(src string, info fs.FileInfo) (memo.Key, bool) {
	changed, number := identity(info)
	recent := info.ModTime()
	if t := time.Unix(0, changed); changed != 0 && t.After(recent) {
		recent = t
	}
	k := memo.NewKey("picture file", version).Text(src).Int(info.Size()).Int(info.ModTime().UnixNano()).
		Int(changed).Int(number).Int(int64(s.detail())).Text(webp.Version).Key()
	return k, s.options.Now.Sub(recent) > 3*time.Second
}

// detail is how much a record holds: facts, and whether with a placeholder.
func (s *Set) detail() int {
	switch {
	case s.options.Depth == Headers:
		return 0
	case s.webp:
		return 2
	}
	return 1
}

// read makes the record of a job's source from its bytes.
func (s *Set) read(ctx context.Context, j *job) (record, error) {
	data, err := j.load()
	if err != nil {
		return record{}, err
	}
	sum := sha256.Sum256(data)
	hash := hex.EncodeToString(sum[:])
	k := memo.NewKey("picture record", version).Text(hash).Int(int64(s.detail())).Text(webp.Version).Key()
	b, err := s.options.Disk.Bytes(ctx, k, func(ctx context.Context) ([]byte, error) {
		r := record{Hash: hash, Kind: "picture"}
		if looksSVG(j.src.src, data) {
			r.Kind = "svg"
			r.readSVG(data)
		} else if err := j.readPicture(ctx, &r); err != nil {
			return nil, err
		}
		return encodeRecord(r)
	})
	if err != nil {
		return record{}, err
	}
	return decodeRecord(b)
}

func looksSVG(src string, data []byte) bool {
	return strings.EqualFold(path.Ext(src), ".svg") || bytes.Contains(data[:min(len(data), 1024)], []byte("<svg"))
}

func (r *record) readSVG(data []byte) {
	d, err := svg.Clean(data)
	if err != nil {
		r.Problem, r.Detail = "picture-svg", err.Error()
		return
	}
	r.Width, r.Height, r.Dropped = d.Width, d.Height, d.Dropped
}

// readPicture fills in a record from the header and, unless the depth is Headers,
// from the pixels, which the job then has in hand.
func (j *job) readPicture(ctx context.Context, r *record) error {
	err := j.header()
	if err == nil {
		r.Width, r.Height = j.head.Size()
		r.More, r.Guessed = j.head.More, j.head.Unmanaged()
		if cost := j.cost(); cost > DefaultBudget {
			r.Problem, r.Detail = "picture-too-large", fmt.Sprintf("would take %d MB of memory to read, at most %d are given", cost>>20, DefaultBudget>>20)
			return nil
		}
		if j.set.options.Depth == Headers {
			return nil
		}
		err = j.decode(ctx)
	}
	switch {
	case errors.Is(err, picture.ErrTooLarge) && max(j.head.Width, j.head.Height) > picture.MaxSide:
		r.Problem, r.Detail = "picture-too-large", fmt.Sprintf("has %d × %d pixels, at most 65,535 on a side can be read", j.head.Width, j.head.Height)
	case errors.Is(err, picture.ErrTooLarge):
		r.Problem, r.Detail = "picture-too-large", fmt.Sprintf("has %d × %d pixels, at most 100 million can be read", j.head.Width, j.head.Height)
	case errors.Is(err, picture.ErrFormat):
		r.Problem, r.Detail = "picture-format", "cannot be read: "+strings.TrimPrefix(err.Error(), picture.ErrFormat.Error()+": ")
	case errors.Is(err, picture.ErrBroken):
		r.Problem, r.Detail = "picture-broken", "is broken: "+strings.TrimPrefix(err.Error(), picture.ErrBroken.Error()+": ")
	case err == nil:
		return j.facts(ctx, r)
	default:
		return err
	}
	return nil
}

// facts adds the average colour and the placeholder.
func (j *job) facts(ctx context.Context, r *record) error {
	w, h := j.picture.Size()
	size := scaled(w, h, min(w, tinyWidth))
	tiny := j.widest().Resize(size.X, min(size.Y, 4*tinyWidth))
	c := tiny.Mean()
	r.Colour = fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
	if !j.set.webp || h > 4*w { // a tower needs none, and its would be long
		return nil
	}
	encoder, err := j.set.engine.open(ctx, j.set.options.Cache)
	if err != nil {
		return fmt.Errorf("start the WebP encoder, which ran here before: %w", err)
	}
	data, err := encoder.Encode(ctx, tiny.Planes(), tinyQuality)
	if err != nil {
		return err
	}
	r.Placeholder = "data:image/webp;base64," + base64.StdEncoding.EncodeToString(data)
	return nil
}

func centre() model.Point { return model.Point{X: 0.5, Y: 0.5} }

// report turns what the record says into problems at the places that name it.
func (src *source) report() {
	r, first := src.record, src.requests[0]
	l := &src.problems
	at := func(d *diag.Diagnostic, q Request, hint string) { d.Len, d.Hint = q.Len, hint }
	if r.Problem != "" {
		for i, q := range src.requests {
			if i > 0 && (r.Problem != "picture-missing" || q.Pos == src.requests[i-1].Pos) {
				continue // one broken picture is one mistake, each wrong name is another
			}
			at(l.Errorf(q.Pos, r.Problem, "the picture %q %s", src.src, r.Detail), q, src.hint())
		}
		return
	}
	if r.More {
		at(l.Warnf(first.Pos, "picture-frames", "the picture %q has several frames or pages; only the first is shown", src.src), first, "")
	}
	if r.Guessed {
		at(l.Warnf(first.Pos, "picture-colours", "the colours of %q are guessed, because its colour profile is missing or cannot be used", src.src), first, "save it in sRGB")
	}
	if len(r.Dropped) > 0 {
		at(l.Warnf(first.Pos, "picture-svg", "the drawing %q is shown without its %s", src.src, strings.Join(r.Dropped, ", ")), first, "scripts, films and foreign parts are taken out of drawings; save it as plain SVG")
	}
	for _, q := range src.requests {
		if q.Hero && r.Kind != "svg" && r.Width < heroWidth {
			at(l.Warnf(q.Pos, "picture-small", "the picture %q is %d pixels wide; filling a page takes %d", src.src, r.Width, heroWidth), q, "ask for the original, or give it another role")
			break
		}
	}
}

// hint says what to do about the problem of the record.
func (src *source) hint() string {
	switch src.record.Problem {
	case "picture-missing":
		if src.near != "" {
			return fmt.Sprintf("did you mean %q?", src.near)
		}
	case "picture-too-large":
		return "4,000 pixels on the longer side are enough for every use, print included"
	case "picture-format":
		return "save it as JPEG, PNG, WebP, TIFF or GIF"
	case "picture-broken":
		return "open it in a picture program and save it again, or fetch it anew"
	case "picture-svg":
		return "save it as plain SVG, or as PNG"
	}
	return ""
}

// load reads the job's file, once.
func (j *job) load() ([]byte, error) {
	if j.data != nil {
		return j.data, nil
	}
	f, err := j.set.options.Root.Open(j.src.src)
	if err != nil {
		return nil, fmt.Errorf("read picture: %w", err) // it was there a moment ago
	}
	defer f.Close()
	data := bytes.NewBuffer(buffer(j.set.buffers))
	if info, err := f.Stat(); err == nil && info.Size() < maxBytes {
		data.Grow(int(info.Size()) + bytes.MinRead) // so that it need not grow while it is read
	}
	if _, err = data.ReadFrom(io.LimitReader(f, maxBytes)); err != nil {
		return nil, fmt.Errorf("read picture: %w", err)
	}
	j.data = data.Bytes()
	return j.data, nil
}
