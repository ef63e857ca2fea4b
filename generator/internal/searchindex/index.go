package searchindex

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
)

const (
	shards  = 64 // files of words
	chunk   = 4  // documents in a file of texts
	strong  = 9  // weight of a word in a title
	common  = 60 // per cent of documents from which on a word says nothing
	enough  = 20 // documents from which on a word can be common
	longest = 35 // characters that a word may share with the one before
)

// Document is a page that can be found.
type Document struct {
	Kind   string   // id of its kind
	Fields []string // ids of its fields
	Views  []View   // one for each language, in the order of the languages

	// Fill adds to the views what takes much room; it may be nil. It is called when
	// the words of the document are counted, on a copy that is not kept long. What it
	// adds is made of Sources alone: where they are the same it is not asked again.
	Fill    func([]View)
	Sources []string
}

// View is a document in a language.
type View struct {
	Title   string
	Path    string   // its folder, from the site's root
	Note    string   // what stands beside the title: a country, a year
	Aliases []string // other names by which it is looked for
	Text    []string // plain texts: results are quoted from them
	More    []string // plain texts that are searched and not quoted
}

// Language is a language of the site.
type Language struct {
	Lang   string
	Kinds  []Kind
	Fields []Kind
	Words  map[string]string // of the client's interface
}

// Kind names a kind of documents, or a field.
type Kind struct {
	ID, Name string
	Base     string // folder of its documents, from the site's root
}

// File is a file of the index.
type File struct {
	Name string
	Data []byte

	sum [32]byte // SHA-256 of the data
}

// Build returns the files of the index; m may be nil. The documents are numbered by their
// kind, in the order of the first language's kinds, and then as they are given;
// neighbours that share a note take less room. It panics when a document names
// a kind or a field that a language does not have. The error is that of ctx.
func (m *Memory) Build(ctx context.Context, languages []Language, docs []Document) ([]File, error) {
	if len(languages) == 0 {
		return nil, nil
	}
	kinds := languages[0].Kinds
	docs = slices.Clone(docs)
	slices.SortStableFunc(docs, func(a, b Document) int {
		return cmp.Compare(position(kinds, a.Kind), position(kinds, b.Kind))
	})
	blocks, err := m.blocks(ctx, languages, docs)
	if err != nil {
		return nil, err
	}
	files, err := m.wordFiles(ctx, blocks, len(docs))
	if err != nil {
		return nil, err
	}
	for i := range languages {
		for _, b := range blocks {
			files = append(files, b.texts[i]...)
		}
	}
	version := sum(files)
	for i, l := range languages {
		files = append(files, script("index-"+l.Lang, titles(i, l, docs, version)))
	}
	return files, nil
}

func position(kinds []Kind, id string) int {
	i := slices.IndexFunc(kinds, func(k Kind) bool { return k.ID == id })
	if i < 0 {
		panic("searchindex: no kind or field " + strconv.Quote(id))
	}
	return i
}

// sum returns a name for what the files hold, made of the hash that each has.
func sum(files []File) string {
	h := sha256.New()
	for _, f := range files {
		h.Write(f.sum[:])
	}
	return hex.EncodeToString(h.Sum(nil)[:4])
}

// head is the content of an index file.
type head struct {
	Version string            `json:"v"` // of the other files
	Shards  int               `json:"shards"`
	Chunk   int               `json:"chunk"`
	Kinds   [][]any           `json:"kinds"`  // id, name, base, number of documents
	Fields  [][]string        `json:"fields"` // id, name
	Words   map[string]string `json:"words"`  // of the interface
	Docs    string            `json:"docs"`
}

func titles(view int, l Language, docs []Document, version string) head {
	h := head{Version: version, Shards: shards, Chunk: chunk, Fields: [][]string{}, Words: l.Words}
	for _, k := range l.Kinds {
		n := 0
		for _, d := range docs {
			if d.Kind == k.ID {
				n++
			}
		}
		h.Kinds = append(h.Kinds, []any{k.ID, k.Name, k.Base, n})
	}
	for _, f := range l.Fields {
		h.Fields = append(h.Fields, []string{f.ID, f.Name})
	}
	var b []byte
	note := ""
	for i, d := range docs {
		v := d.Views[view]
		base := l.Kinds[position(l.Kinds, d.Kind)].Base
		if i > 0 {
			b = append(b, '\n')
		}
		b = append(append(b, plain(v.Title)...), '\t')
		if slug := strings.TrimSuffix(strings.TrimPrefix(v.Path, base), "/"); slug != Slug(v.Title) {
			b = append(b, slug...)
		}
		b = append(b, '\t')
		if n := plain(cmp.Or(v.Note, "-")); n != note {
			b, note = append(b, n...), n
		}
		b = append(b, '\t')
		for _, id := range d.Fields {
			b = strconv.AppendInt(b, int64(position(l.Fields, id)), 36)
		}
		b = bytes.TrimRight(b, "\t")
	}
	h.Docs = string(b)
	return h
}

// Slug returns the last part of the address that a document with this title
// has when nothing else is said: its folded letters and digits with hyphens
// between the words.
func Slug(title string) string {
	out := make([]byte, 0, len(title))
	parted := false
	for _, c := range []byte(Fold(title)) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			parted = true
			continue
		}
		if parted && len(out) > 0 {
			out = append(out, '-')
		}
		out, parted = append(out, c), false
	}
	return string(out)
}
