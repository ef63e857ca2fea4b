package media

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/output"
	"uccn/generator/internal/par"
	"uccn/generator/internal/picture/webp"
)

// source is one file with all that is to be made of it.
type source struct {
	src      string
	requests []Request
	record   record
	near     string             // what its name may have been meant to be
	recipes  map[string]*recipe // by address
	prints   []*recipe          // for paper: made, but not published
	problems diag.List

	making sync.Mutex // held by who decodes it on behalf of a waiting reader
}

// Plan reads what is needed to write pages: each picture's size, and, at the
// depths Full and Facts, its colour and placeholder. Pictures that cannot be shown
// are problems at the places that name them.
func (e *Engine) Plan(ctx context.Context, o Options, requests []Request) (*Set, diag.List, error) {
	if o.Budget == 0 {
		o.Budget = DefaultBudget
	}
	s := &Set{engine: e, options: o, sources: map[string]*source{}, pictures: map[string]*Picture{}, buffers: make(chan []byte, runtime.GOMAXPROCS(0)), rooms: make(chan []byte, runtime.GOMAXPROCS(0))}
	for _, r := range requests {
		if s.sources[r.Src] == nil {
			s.sources[r.Src] = &source{src: r.Src, recipes: map[string]*recipe{}}
		}
		s.sources[r.Src].requests = append(s.sources[r.Src].requests, r)
	}
	sources := slices.SortedFunc(maps.Values(s.sources), func(a, b *source) int { return strings.Compare(a.src, b.src) })
	var list diag.List
	available, err := s.canWebP(ctx, sources)
	if err != nil {
		return nil, nil, err
	}
	if s.webp = available; !available && len(sources) > 0 {
		list.Notef(diag.Pos{Path: "site.yaml"}, "picture-webp", "%s; the site has JPEG alone", webp.ErrUnavailable)
	}
	planned, err := par.Map(ctx, sources, func(ctx context.Context, src *source) ([]*Picture, error) { return s.plan(ctx, src) })
	if err != nil {
		return nil, nil, fmt.Errorf("plan pictures: %w", err)
	}
	s.rooms = nil
	for i, src := range sources {
		list = append(list, src.problems...)
		for j, p := range planned[i] { // none when it cannot be shown
			s.pictures[src.src+src.crops()[j].String()] = p
		}
		for path, r := range src.recipes {
			s.files = append(s.files, output.File{Path: path, From: src.requests[0].Pos, Blob: &blob{s, src, r}, Raw: true})
		}
	}
	slices.SortFunc(s.files, func(a, b output.File) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), a.From.Compare(b.From))
	})
	s.files = slices.CompactFunc(s.files, func(a, b output.File) bool { return a.Path == b.Path }) // equal bytes under equal names
	return s, list, nil
}

// canWebP reports whether the encoder runs here. That it does is remembered on
// disk, so that a build with nothing to make does not start it.
func (s *Set) canWebP(ctx context.Context, sources []*source) (bool, error) {
	if len(sources) == 0 {
		return false, nil
	}
	k := memo.NewKey("webp runs", version).Text(webp.Version).Text(runtime.GOOS).Text(runtime.GOARCH).Key()
	if s.options.Disk.Has(k) {
		return true, nil
	}
	if s.options.Depth == Headers { // nothing is encoded now, and to start the encoder takes longer than all else
		return webp.Supported(), nil
	}
	if _, err := s.engine.open(ctx, s.options.Cache); err != nil {
		return false, ctx.Err()
	}
	_, err := s.options.Disk.Bytes(ctx, k, func(context.Context) ([]byte, error) { return []byte("yes"), nil })
	return true, err
}

// crops returns the different crops that are asked for, nil for the whole picture.
func (src *source) crops() []*Crop {
	var out []*Crop
	for _, r := range src.requests {
		if !slices.ContainsFunc(out, func(c *Crop) bool { return c.String() == r.Crop.String() }) {
			out = append(out, r.Crop)
		}
	}
	return out
}

// plan settles one source: its record, its pictures and recipes and, at the depth
// Full, its files.
func (s *Set) plan(ctx context.Context, src *source) ([]*Picture, error) {
	j := &job{set: s, src: src}
	defer j.end()
	if err := s.look(ctx, j); err != nil {
		return nil, err
	}
	if s.options.Depth == Headers {
		j.lend()
	}
	src.report()
	if src.record.Problem != "" {
		return nil, nil
	}
	var out []*Picture
	for _, c := range src.crops() {
		out = append(out, s.picture(src, c))
	}
	if s.options.Depth == Full && s.options.Disk != nil {
		if err := j.makeMissing(ctx); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// picture decides on the files of one crop of a source and on their addresses.
func (s *Set) picture(src *source, crop *Crop) *Picture {
	p := &Picture{Src: src.src, Colour: src.record.Colour, Placeholder: src.record.Placeholder}
	base := memo.NewKey("address", version).Text(src.record.Hash).Text(crop.String()).
		Text(webp.Version).Int(webpQuality).Int(jpegQuality).Key()
	if src.record.Kind == "svg" {
		p.Width, p.Height = src.record.Width, src.record.Height
		size := image.Pt(p.Width, p.Height)
		p.SVG = src.add(address(src.src, base, ".svg"), &recipe{form: svgForm, steps: []image.Point{size}})
		return p
	}
	size := image.Pt(src.record.Width, src.record.Height)
	part := crop.region(size.X, size.Y)
	all := rungs(part.Dx(), part.Dy())
	var widths []int
	card, download := false, (*Credit)(nil)
	for _, r := range src.requests {
		if r.Crop.String() != crop.String() {
			continue
		}
		if len(r.Widths) == 0 {
			widths = append(widths, Ladder()...)
		}
		widths = append(widths, r.Widths...)
		card = card || r.Card
		if download == nil {
			download = r.Download
		}
		for _, place := range r.Prints {
			src.prints = append(src.prints, place.recipe(size, part))
		}
	}
	needed := wanted(all, widths)
	jpegs := []int{fallback(all)}
	if !s.webp {
		jpegs = needed
	}
	for _, i := range needed {
		if s.webp {
			path := address(src.src, base, fmt.Sprintf("-%d.webp", all[i].X))
			p.WebP = append(p.WebP, *src.add(path, recipe{form: webpForm, quality: webpQuality}.draw(size, part, all[:i+1])))
		}
	}
	for _, i := range jpegs {
		path := address(src.src, base, fmt.Sprintf("-%d.jpg", all[i].X))
		p.JPEG = append(p.JPEG, *src.add(path, recipe{form: jpegForm, quality: jpegQuality}.draw(size, part, all[:i+1])))
	}
	p.Width, p.Height = all[needed[0]].X, all[needed[0]].Y
	if card {
		p.Card = src.card(base, crop)
	}
	if download != nil {
		p.Download = src.download(base, part, *download)
	}
	return p
}

func (src *source) add(path string, r *recipe) *Variant {
	src.recipes[path] = r
	return &Variant{path, r.size().X, r.size().Y}
}

// card is the picture for those who show links: as large as the source allows.
func (src *source) card(base memo.Key, crop *Crop) *Variant {
	wide := Crop{W: cardWidth, H: cardHeight, Focus: centre()}
	if crop != nil {
		wide.Focus = crop.Focus
	}
	source := image.Pt(src.record.Width, src.record.Height)
	part := wide.region(source.X, source.Y)
	if part.Dx() < cardLeast {
		return nil
	}
	width := min(part.Dx(), cardWidth)
	size := image.Pt(width, width*cardHeight/cardWidth)
	r := recipe{form: jpegForm, quality: cardQuality}.draw(source, part, []image.Point{size})
	return src.add(address(src.src, base, "-card.jpg"), r)
}

// download is a copy to take away: large, without the original's metadata.
func (src *source) download(base memo.Key, part image.Rectangle, c Credit) *Variant {
	size := part.Size()
	if longest := max(size.X, size.Y); longest > downloadSide {
		size = image.Pt(max(1, size.X*downloadSide/longest), max(1, size.Y*downloadSide/longest))
	}
	source := image.Pt(src.record.Width, src.record.Height)
	r := recipe{form: jpegForm, quality: downloadQuality, credit: c}.draw(source, part, []image.Point{size})
	r.whole = size == source
	return src.add(address(src.src, r.key(base.String()), "-full.jpg"), r)
}

// encodeRecord and decodeRecord are how records lie on disk.
func encodeRecord(r record) ([]byte, error) { return json.Marshal(r) }

func decodeRecord(b []byte) (r record, err error) {
	if err = json.Unmarshal(b, &r); err != nil {
		err = fmt.Errorf("a remembered picture: %w", err)
	}
	return r, err
}
