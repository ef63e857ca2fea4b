package load

import (
	"bytes"
	"context"
	"encoding/binary"
	"hash/crc32"
	"io"
	"slices"
	"sync"
	"unsafe"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/model"
	"uccn/generator/internal/par"
)

// An Archive keeps records from one run of the program to the next: those of files that
// are as they were need not be read again. A nil Archive keeps none.
type Archive struct {
	key   string
	sum   func(path string) ([32]byte, bool)
	saved func() []byte
	order string            // see orderOf
	kept  map[string]string // packed records behind their sheets, by type and id
	shape *memo.Shape       // of a sheet

	groups []group // of the last reading,
	read   []result
	anew   int // of which so many were read from files
}

// A sheet says what is known of one record in the languages of the site. Those that are
// kept whole follow it.
type sheet struct {
	Files    []filed
	Problems diag.List
	Records  []form
}

// A filed file is one that a record was read from. What comes with the program has no
// sum: it changes with it.
type filed struct{ Path, Sum string }

// A form is how a record in one language is kept.
type form uint8

const (
	none  form = iota // there is nothing to show
	whole             // by itself
	again             // it is the original once more, which has no translation
)

const (
	archiveFormat = "uccn records 1\n"
	sheetsOnPage  = 32 // which are written at a time
)

// NewArchive returns an archive. key names the program, whose archives no other can read; sum
// returns the SHA-256 of a file of the site as it is now, as far as that is known; and
// saved returns what Save has written for the last run, or nil. Nobody will change that.
func NewArchive(key string, sum func(path string) ([32]byte, bool), saved func() []byte) *Archive {
	return &Archive{key: key, sum: sum, saved: saved, shape: memo.ShapeOf(sheet{})}
}

// orderOf is all besides the files that decides how records are read.
func (a *Archive) orderOf(o Options) string {
	k := memo.NewKey("order", 1).Text(a.key).Text(o.Today.String())
	for _, lang := range o.Languages {
		k.Text(lang)
	}
	return k.Key().Short()
}

// restore takes up what was saved. What is spoilt is as if it had not been.
func (a *Archive) restore(ctx context.Context, o Options) error {
	if a == nil {
		return nil
	}
	pages, err := par.Map(ctx, pagesOf(a.saved()), func(_ context.Context, b []byte) (page string, _ error) {
		if crc32.ChecksumIEEE(b[4:]) != binary.LittleEndian.Uint32(b) {
			return "", nil
		}
		return unsafe.String(&b[4], len(b)-4), nil
	})
	if err != nil {
		return err
	}
	a.order = a.orderOf(o)
	a.kept = make(map[string]string, len(pages)*sheetsOnPage)
	for _, page := range pages {
		order, page := cut(page)
		for order == a.order && page != "" {
			var name, packed string
			name, page = cut(page)
			packed, page = cut(page)
			a.kept[name] = packed
		}
	}
	return nil
}

// cut cuts off a part that stands behind its length of four bytes.
func cut(s string) (part, rest string) {
	if len(s) < 4 {
		return "", ""
	}
	n := min(int64(binary.LittleEndian.Uint32([]byte(s[:4]))), int64(len(s)-4))
	return s[4 : 4+n], s[4+n:]
}

// begin makes room for a length before a part, and end writes it there.
func begin(b []byte) (_ []byte, at int) { return append(b, 0, 0, 0, 0), len(b) }

func end(b []byte, at int) []byte {
	binary.LittleEndian.PutUint32(b[at:], uint32(len(b)-at-4))
	return b
}

// appendPart appends a part that cut cuts off.
func appendPart(b []byte, part string) []byte {
	b = binary.LittleEndian.AppendUint32(b, uint32(len(part)))
	return append(b, part...)
}

// pagesOf cuts an archive into its pages, each behind its checksum.
func pagesOf(data []byte) (pages [][]byte) {
	if !bytes.HasPrefix(data, []byte(archiveFormat)) {
		return nil
	}
	for data = data[len(archiveFormat):]; len(data) > 8; {
		n := int64(binary.LittleEndian.Uint32(data))
		if n < 5 || n > int64(len(data))-4 {
			break
		}
		pages, data = append(pages, data[4:4+n]), data[4+n:]
	}
	return pages
}

// Stale reports whether so much of the last reading was not in the archive that it should
// be saved.
func (a *Archive) Stale() bool { return a.anew > len(a.read)/8 }

// Save writes what the last reading made, for another run.
func (a *Archive) Save(ctx context.Context, w io.Writer) error {
	if _, err := io.WriteString(w, archiveFormat); err != nil {
		return err
	}
	var starts []int
	for i := 0; i < len(a.read); i += sheetsOnPage {
		starts = append(starts, i)
	}
	var mu sync.Mutex
	var room sync.Pool // *[]byte
	_, err := par.Map(ctx, starts, func(_ context.Context, start int) (none struct{}, err error) {
		buf, _ := room.Get().(*[]byte)
		if buf == nil {
			buf = new([]byte)
		}
		b := append((*buf)[:0], 0, 0, 0, 0, 0, 0, 0, 0)
		b = appendPart(b, a.order)
		for i := start; i < min(start+sheetsOnPage, len(a.read)); i++ {
			b = a.append(b, a.groups[i], a.read[i])
		}
		binary.LittleEndian.PutUint32(b, uint32(len(b)-4))
		binary.LittleEndian.PutUint32(b[4:], crc32.ChecksumIEEE(b[8:]))
		mu.Lock()
		defer mu.Unlock()
		_, err = w.Write(b)
		*buf = b
		room.Put(buf)
		return none, err
	})
	return err
}

// append appends the record of g, unless its files are not known or it cannot be packed.
func (a *Archive) append(b []byte, g group, r result) []byte {
	before := len(b)
	s := sheet{Problems: r.problems, Records: make([]form, len(r.records))}
	for _, path := range g.paths() {
		f := filed{Path: path}
		if !g.shipped {
			sum, ok := a.sum(path)
			if !ok {
				return b
			}
			f.Sum = string(sum[:])
		}
		s.Files = append(s.Files, f)
	}
	original := slices.ContainsFunc(r.records, isOriginal)
	for i, rec := range r.records {
		switch {
		case rec == nil:
		case original && rec.Of().From == "" && !isOriginal(rec):
			s.Records[i] = again
		default:
			s.Records[i] = whole
		}
	}
	b = appendPart(b, g.name())
	b, all := begin(b)
	b, at := begin(b)
	b, ok := a.shape.Append(b, &s)
	b = end(b, at)
	for i, rec := range r.records {
		if ok && s.Records[i] == whole {
			b, at = begin(b)
			b, ok = g.table.append(b, rec)
			b = end(b, at)
		}
	}
	if !ok {
		return b[:before]
	}
	return end(b, all)
}

func isOriginal(rec model.Record) bool {
	return rec != nil && rec.Of().Translation.State == model.Original && rec.Of().From == ""
}

// find returns the record of g, if its files are those that it was read from.
func (a *Archive) find(g group) (r result, ok bool) {
	if a == nil {
		return r, false
	}
	packed, ok := a.kept[g.name()]
	head, packed := cut(packed)
	var s sheet
	if !ok || a.shape.Unpack(head, &s) != nil || !slices.EqualFunc(g.paths(), s.Files, func(path string, f filed) bool { return a.same(g, path, f) }) {
		return r, false
	}
	r = result{records: make([]model.Record, len(s.Records)), problems: s.Problems}
	for i, form := range s.Records {
		if form == whole {
			var one string
			one, packed = cut(packed)
			if r.records[i], ok = g.table.unpack(one); !ok {
				return result{}, false
			}
		}
	}
	original := slices.IndexFunc(r.records, isOriginal)
	for i, form := range s.Records {
		if form != again {
			continue
		}
		if original < 0 {
			return result{}, false
		}
		r.records[i] = g.table.clone(r.records[original])
		r.records[i].Of().Translation.State = model.Missing
	}
	return r, true
}

// same reports whether the file at a path of g is the one that was filed.
func (a *Archive) same(g group, path string, f filed) bool {
	if path != f.Path || g.shipped {
		return path == f.Path && f.Sum == ""
	}
	sum, ok := a.sum(path)
	return ok && string(sum[:]) == f.Sum
}
