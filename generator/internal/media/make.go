package media

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"maps"
	"slices"

	"uccn/generator/internal/picture"
	"uccn/generator/internal/picture/svg"
)

// job is the work on one source: what has been read and decoded so far, and the
// part of the memory budget that it holds until its end.
type job struct {
	set     *Set
	src     *source
	data    []byte
	head    picture.Header
	picture *picture.Image
	top     *picture.Raster        // the whole picture at the widest rung
	reduced map[int]*picture.Image // by how many times smaller
	leave   func()
}

func (j *job) end() {
	if j.leave != nil {
		j.leave()
	}
	if j.picture != nil {
		keep(j.set.rooms, j.picture.Room(), largestRoom)
	}
	*j = job{}
}

// largest is how large a buffer may be that is kept for the next file, largestRoom for
// the next picture: one of 20 million pixels.
const (
	largest     = 8 << 20
	largestRoom = 32 << 20
)

// lend gives the file's bytes, which nobody may need any more, to the next job.
func (j *job) lend() {
	keep(j.set.buffers, j.data, largest)
	j.data = nil
}

// keep keeps a buffer for another job, if it is not too large.
func keep(kept chan []byte, b []byte, most int) {
	if cap(b) > 0 && cap(b) <= most {
		select {
		case kept <- b[:0]:
		default:
		}
	}
}

// buffer returns the buffer of a job that is done with it, or none.
func buffer(kept chan []byte) []byte {
	select {
	case b := <-kept:
		return b
	default:
		return nil
	}
}

// header reads the picture's header, once.
func (j *job) header() error {
	if j.head.Kind != 0 {
		return nil
	}
	data, err := j.load()
	if err == nil {
		j.head, err = picture.ReadHeader(data)
	}
	return err
}

// decode decodes the picture, once, when the memory budget allows it.
func (j *job) decode(ctx context.Context) error {
	if j.picture != nil {
		return nil
	}
	if err := j.header(); err != nil {
		return err
	}
	if err := j.enter(ctx); err != nil {
		return err
	}
	var err error
	j.picture, err = picture.Decode(j.data, j.head, buffer(j.set.rooms))
	return err
}

// enter waits until the memory budget allows to decode the picture, once.
func (j *job) enter(ctx context.Context) (err error) {
	if j.leave == nil {
		j.leave, err = j.set.engine.gate.enter(ctx, j.cost()+noise(j.head), j.set.options.Budget)
	}
	return err
}

// source is the picture that a recipe begins with.
func (j *job) source(ctx context.Context, r *recipe) (*picture.Image, error) {
	if r.reduce == 0 {
		err := j.decode(ctx)
		return j.picture, err
	}
	if j.reduced[r.reduce] != nil {
		return j.reduced[r.reduce], nil
	}
	if err := j.header(); err != nil {
		return nil, err
	}
	if err := j.enter(ctx); err != nil {
		return nil, err
	}
	im, err := picture.Reduced(j.data, j.head, r.reduce, func() (*picture.Image, error) {
		err := j.decode(ctx)
		return j.picture, err
	})
	if j.reduced == nil {
		j.reduced = map[int]*picture.Image{}
	}
	j.reduced[r.reduce] = im
	return im, err
}

// cost is about how many bytes of memory the job takes.
func (j *job) cost() int64 { return j.head.Cost() + int64(len(j.data)) + scratch(j.head) }

// scratch is about how many bytes making variants takes beside the decoded picture:
// two of the widest, and, for what does not stay in planes, one of its width and the
// source's height and the encoder, which needs much for transparency.
func scratch(h picture.Header) int64 {
	w, height := h.Size()
	widest := rungs(w, height)[0]
	if h.Kind == picture.JPEG || h.Grey() {
		return 8 * int64(widest.X) * int64(widest.Y)
	}
	return 24*int64(widest.X)*int64(widest.Y) + 4*int64(widest.X)*int64(height)
}

// noise is about how many bytes more the encoder takes of transparency that is noise, in
// which it finds nothing twice: 16 a pixel, and half as much that it had before it grew.
func noise(h picture.Header) int64 {
	if h.Opaque() {
		return 0
	}
	widest := rungs(h.Size())[0]
	return 24 * int64(widest.X) * int64(widest.Y)
}

// widest returns the whole picture at the widest rung.
func (j *job) widest() *picture.Raster {
	if j.top == nil {
		w, h := j.picture.Size()
		r := rungs(w, h)[0]
		j.top = j.picture.Draw(image.Rectangle{}, r.X, r.Y)
	}
	return j.top
}

// makeMissing makes the files of the source that are not on disk, decoding it
// once for all of them.
func (j *job) makeMissing(ctx context.Context) error {
	chains := map[string][]*recipe{} // recipes that share their first steps
	all := slices.Clone(j.src.prints)
	for _, path := range slices.Sorted(maps.Keys(j.src.recipes)) {
		all = append(all, j.src.recipes[path])
	}
	for _, r := range all {
		if !j.set.options.Disk.Has(r.key(j.src.record.Hash)) {
			chain := fmt.Sprint(r.reduce, r.base, r.part, r.steps[0])
			chains[chain] = append(chains[chain], r)
		}
	}
	for _, chain := range slices.Sorted(maps.Keys(chains)) {
		recipes := chains[chain]
		slices.SortStableFunc(recipes, func(a, b *recipe) int { return len(a.steps) - len(b.steps) })
		var at raster
		for _, r := range recipes {
			_, err := j.set.options.Disk.Bytes(ctx, r.key(j.src.record.Hash), func(ctx context.Context) ([]byte, error) {
				return j.make(ctx, r, &at)
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// raster is how far a chain of resizes has come: after so many of its steps.
type raster struct {
	picture *picture.Raster
	steps   int
}

// make makes one file; at is where the last of its chain left off.
func (j *job) make(ctx context.Context, r *recipe, at *raster) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if r.form == svgForm {
		data, err := j.load()
		if err != nil {
			return nil, err
		}
		d, err := svg.Clean(data)
		return d.Data, err
	}
	if r.whole {
		if data, ok, err := j.asItIs(r.credit); ok || err != nil {
			return data, err
		}
	}
	source, err := j.source(ctx, r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", j.src.src, err)
	}
	if at.picture == nil || at.steps > len(r.steps) {
		*at = raster{j.first(r, source), 1}
	}
	for ; at.steps < len(r.steps); at.steps++ {
		s := r.steps[at.steps]
		at.picture = at.picture.Resize(s.X, s.Y)
	}
	if r.form == jpegForm {
		data, err := at.picture.JPEG(r.quality)
		return picture.WithCredit(data, r.credit), err
	}
	encoder, err := j.set.engine.open(ctx, j.set.options.Cache)
	if err != nil {
		return nil, fmt.Errorf("start the WebP encoder, which ran here before: %w", err)
	}
	return encoder.Encode(ctx, at.picture.Planes(), r.quality)
}

// asItIs returns the source with nothing beside its pixels but the credit: a JPEG that is
// upright and in sRGB, of at most 6 bits a pixel. It is as good as it came, and need not
// be made.
func (j *job) asItIs(c Credit) ([]byte, bool, error) {
	if err := j.header(); err != nil {
		return nil, false, err
	}
	h := j.head
	if h.Kind != picture.JPEG || h.Orientation > 1 || h.Profile != nil || h.CMYK || 8*len(j.data) > 6*h.Width*h.Height {
		return nil, false, nil
	}
	data, ok := picture.Strip(bytes.Clone(j.data))
	return picture.WithCredit(data, c), ok, nil
}

// first draws the first step of a recipe, from the source or from its widest rung.
func (j *job) first(r *recipe, source *picture.Image) *picture.Raster {
	w, h := source.Size()
	size := r.steps[0]
	if r.reduce > 0 {
		return source.Draw(r.part, size.X, size.Y)
	}
	top := rungs(w, h)[0]
	if r.base == top && r.base != image.Pt(w, h) {
		return j.widest().Draw(r.part, size.X, size.Y)
	}
	if r.part == image.Rect(0, 0, w, h) && size == top {
		return j.widest()
	}
	return source.Draw(r.part, size.X, size.Y)
}

// blob is a file that is made when it is asked for.
type blob struct {
	set    *Set
	src    *source
	recipe *recipe
}

// Key names the file's content.
func (b *blob) Key() string { return b.recipe.key(b.src.record.Hash).String() }

// Bytes returns the file's content. Who asks for one that is not there makes all
// of the same source, because decoding is the greater part of the work; others
// that ask meanwhile wait.
func (b *blob) Bytes(ctx context.Context) ([]byte, error) {
	disk, k := b.set.options.Disk, b.recipe.key(b.src.record.Hash)
	j := &job{set: b.set, src: b.src}
	defer j.end()
	if disk != nil && !disk.Has(k) {
		b.src.making.Lock()
		defer b.src.making.Unlock()
		if !disk.Has(k) {
			if err := j.makeMissing(ctx); err != nil {
				return nil, err
			}
		}
	}
	return disk.Bytes(ctx, k, func(ctx context.Context) ([]byte, error) { return j.make(ctx, b.recipe, &raster{}) })
}
