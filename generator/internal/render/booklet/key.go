package booklet

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/markdown/doc"
	"uccn/generator/internal/media"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/model"
	"uccn/generator/internal/render"
	"uccn/generator/internal/theme"
)

// version counts changes of this package's code that change what a book looks
// like.
const version = 5

// key hashes everything that a book reads: the network in its language, the
// theme's words and fonts, the pictures, the site's settings. What day it is
// and where in the files things stand do not matter.
func (s *shelf) key(net *derive.Network, words *theme.Words) memo.Key {
	b := memo.NewKey("booklet "+s.in.Version, version).Text(net.Lang).Bytes(s.fonts.Key[:]).Bytes(s.icc)
	original, _ := reflect.TypeFor[model.Head]().FieldByName("TextHash")
	seen := fingerprint{b: b, seen: map[uintptr]int64{}, original: original.Index[0]}
	n := *net
	n.Today, n.News, n.Pages = model.Date{}, nil, nil // no book shows them
	seen.add(reflect.ValueOf(n))
	newer := s.in.Markdown.Newer()
	for _, source := range slices.Sorted(maps.Keys(newer)) {
		b.Text(source).Text(newer[source])
	}
	for _, k := range words.Keys() {
		b.Text(k).Text(words.T(k))
	}
	site := *s.in.Site
	site.Outputs, site.At, site.EditionAt = nil, diag.Pos{}, diag.Pos{}
	seen.add(reflect.ValueOf(site))
	for _, h := range heads(&n) {
		for _, i := range h.Images {
			s.pictureKey(b, h, i)
		}
		if render.Pictured(h.Body) {
			for _, i := range s.in.Markdown.Parse(h.Body).Images {
				s.pictureKey(b, h, i.Image)
			}
		}
	}
	return b.Key()
}

// pictureKey adds the bytes of a picture by the key of a copy of it.
func (s *shelf) pictureKey(b *memo.Builder, h *model.Head, i model.Image) {
	if p, ok := s.in.Media.Print(render.PicturePath(h, i.Src), nil, media.Place{WidthMM: 100, DPI: 100}); ok {
		b.Text(p.Key())
	}
}

// heads are the records whose texts or pictures a book can show.
func heads(n *derive.Network) []*model.Head {
	out := []*model.Head{&n.Edition.Head}
	for _, c := range n.Cities {
		out = append(out, &c.City.Head)
	}
	for _, f := range n.Fields {
		out = append(out, &f.Field.Head)
	}
	for _, p := range n.Practices {
		out = append(out, &p.Practice.Head)
	}
	for _, c := range n.CaseStudies {
		out = append(out, &c.CaseStudy.Head)
	}
	for _, m := range n.Meetings {
		out = append(out, &m.Meeting.Head)
	}
	if n.Wall != nil {
		out = append(out, &n.Wall.Exhibition.Head)
	}
	return out
}

// A fingerprint adds values to a key, each pointer once, so that records may
// point at each other in circles.
type fingerprint struct {
	b        *memo.Builder
	seen     map[uintptr]int64
	original int // the field of a head that tells of its texts in another language, which no book shows
}

func (f fingerprint) add(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		f.pointer(v)
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[diag.Pos]() || v.Type() == reflect.TypeFor[doc.Doc]() {
			return
		}
		head := v.Type() == reflect.TypeFor[model.Head]()
		for i := range v.NumField() {
			if !head || i != f.original {
				f.add(v.Field(i))
			}
		}
	case reflect.Slice, reflect.Array:
		f.b.Int(int64(v.Len()))
		for i := range v.Len() {
			f.add(v.Index(i))
		}
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(words(a), words(b)) })
		f.b.Int(int64(len(keys)))
		for _, k := range keys {
			f.add(k)
			f.add(v.MapIndex(k))
		}
	case reflect.Interface:
		if v.IsNil() {
			f.b.Int(0)
			return
		}
		f.b.Text(v.Elem().Type().String())
		f.add(v.Elem())
	case reflect.Func: // it works something out of the rest
	default:
		f.plain(v)
	}
}

// words puts the keys of maps in order: they are words, or records of words.
func words(v reflect.Value) string {
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Struct:
		var all []string
		for i := range v.NumField() {
			all = append(all, words(v.Field(i)))
		}
		return strings.Join(all, "\x00")
	}
	panic(fmt.Sprintf("a kind of key that a network does not have: %s", v.Kind()))
}

func (f fingerprint) pointer(v reflect.Value) {
	if v.IsNil() {
		f.b.Int(-1)
		return
	}
	if n, met := f.seen[v.Pointer()]; met {
		f.b.Int(n)
		return
	}
	f.seen[v.Pointer()] = int64(len(f.seen) + 1)
	f.b.Int(0)
	f.add(v.Elem())
}

func (f fingerprint) plain(v reflect.Value) {
	switch {
	case v.Kind() == reflect.String:
		f.b.Text(v.String())
	case v.Kind() == reflect.Bool:
		n := int64(0)
		if v.Bool() {
			n = 1
		}
		f.b.Int(n)
	case v.CanInt():
		f.b.Int(v.Int())
	case v.CanUint():
		f.b.Int(int64(v.Uint()))
	case v.CanFloat():
		f.b.Float(v.Float())
	default:
		panic(fmt.Sprintf("a kind of value that a network does not have: %s", v.Kind()))
	}
}
