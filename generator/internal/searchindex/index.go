package searchindex

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"uccn/generator/internal/par"
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

	// Same says that the document is as it was when what Restore took up was saved:
	// its words are not counted again. Without Restore it says nothing.
	Same bool
}

// View is a document in a language.
type View struct {
	Title    string
	Lang     string   // of the title; empty: the view's
	Path     string   // its folder, from the site's root
	Note     string   // what stands beside the title: a country, a year
	NoteLang string   // empty: the view's
	Aliases  []string // other names by which it is looked for
	Text     []Text   // results are quoted from them
	More     []string // plain texts that are searched and not quoted
}

// Text is a plain text.
type Text struct {
	Words string
	Lang  string // empty: the view's
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
	Lang     string // of a field's name; empty: the language of the site that it is given for
}

// File is a file of the index.
type File struct {
	Name string
	Data []byte   // nil after Restore, if the file is as it was saved: see Bytes
	Sum  [32]byte // SHA-256 of the bytes

	Taken any // of a file that was taken: what was given for its data

	make func() (File, error) // makes the file with its data; pure
}

// Beside is what is done beside an index that is the last; any of it may be nil.
type Beside struct {
	Rest *par.Rest // taken between blocks of documents

	// Take is called with each file of words or texts as soon as it is made. It may take its
	// data; what it returns stands in its place. Several are taken at once.
	Take func(context.Context, File) File

	// Counted is called with documents when their words are counted, with several lots at
	// once. Their Fill will not be called again.
	Counted func(context.Context, []Document)
}

// Bytes returns the bytes of a file, and makes them if there is no Data: from the
// documents that Build was given, whose Fill is called, or from all words of a shard.
// It does not keep them. It is an error if they are not those that were saved.
func (f File) Bytes(ctx context.Context) ([]byte, error) {
	if f.Data != nil {
		return f.Data, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	made, err := f.make()
	if err == nil && made.Sum != f.Sum {
		err = errors.New("a document is not as it was when the index was saved")
	}
	if err != nil {
		return nil, fmt.Errorf("search index: %s: %w", f.Name, err)
	}
	return made.Data, nil
}

// Build returns the files of the index; m may be nil. The documents are numbered by their
// kind, in the order of the first language's kinds, and then as they are given;
// neighbours that share a note take less room. It panics when a document names
// a kind or a field that a language does not have. The error is that of ctx, or of what b calls.
func (m *Memory) Build(ctx context.Context, languages []Language, docs []Document, b Beside) ([]File, error) {
	if len(languages) == 0 {
		return nil, nil
	}
	if m == nil {
		m = &Memory{Last: true}
	}
	docs = ordered(languages[0].Kinds, docs)
	if !m.Last || b.Take == nil {
		b.Take = func(_ context.Context, f File) File { return f }
	}
	x, err := m.index(ctx, languages, docs, b)
	if err != nil {
		return nil, err
	}
	files := slices.Clone(x.files)
	for i := range languages {
		for _, b := range x.blocks {
			files = append(files, b.texts[i]...)
		}
	}
	m.remember(x)
	version := sum(files)
	for i, l := range languages {
		files = append(files, script("index-"+l.Lang, titles(i, l, docs, version)))
	}
	return files, nil
}

// ordered is a copy of docs in the order of their kinds.
func ordered(kinds []Kind, docs []Document) []Document {
	out := make([]Document, 0, len(docs))
	for _, k := range kinds {
		for i := range docs {
			if docs[i].Kind == k.ID {
				out = append(out, docs[i])
			}
		}
	}
	if len(out) != len(docs) {
		panic("searchindex: a document of no kind")
	}
	return out
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
		h.Write(f.Sum[:])
	}
	return hex.EncodeToString(h.Sum(nil)[:4])
}

// head is the content of an index file.
type head struct {
	Version string            `json:"v"` // of the other files
	Shards  int               `json:"shards"`
	Chunk   int               `json:"chunk"`
	Kinds   [][]any           `json:"kinds"`  // id, name, base, number of documents
	Fields  [][]string        `json:"fields"` // id, name, language of the name if it is another
	Words   map[string]string `json:"words"`  // of the interface
	Docs    string            `json:"docs"`
}

func titles(view int, l Language, docs []Document, version string) head {
	h := head{Version: version, Shards: shards, Chunk: chunk, Fields: [][]string{}, Words: l.Words}
	of := make([]int, len(l.Kinds)) // documents of each kind
	for i := range docs {
		of[position(l.Kinds, docs[i].Kind)]++
	}
	for i, k := range l.Kinds {
		h.Kinds = append(h.Kinds, []any{k.ID, k.Name, k.Base, of[i]})
	}
	for _, f := range l.Fields {
		row := []string{f.ID, f.Name}
		if n := other(f.Lang, l.Lang); n != "" {
			row = append(row, n)
		}
		h.Fields = append(h.Fields, row)
	}
	b, slug, note, lang, noteLang := make([]byte, 0, 40*len(docs)), []byte(nil), "", "-", "-"
	for i := range docs {
		d := &docs[i]
		v := &d.Views[view]
		base := l.Kinds[position(l.Kinds, d.Kind)].Base
		if i > 0 {
			b = append(b, '\n')
		}
		b = append(append(b, plain(v.Title)...), '\t')
		slug = appendSlug(slug[:0], v.Title)
		if last := strings.TrimSuffix(strings.TrimPrefix(v.Path, base), "/"); last != string(slug) {
			b = append(b, last...)
		}
		b = append(b, '\t')
		if n := plain(cmp.Or(v.Note, "-")); n != note {
			b, note = append(b, n...), n
		}
		b = append(b, '\t')
		for _, id := range d.Fields {
			b = strconv.AppendInt(b, int64(position(l.Fields, id)), 36)
		}
		b = append(b, '\t')
		if n := cmp.Or(other(v.Lang, l.Lang), "-"); n != lang {
			b, lang = append(b, n...), n
		}
		b = append(b, '\t')
		if n := cmp.Or(other(v.NoteLang, l.Lang), "-"); n != noteLang && v.Note != "" {
			b, noteLang = append(b, n...), n
		}
		b = bytes.TrimRight(b, "\t")
	}
	h.Docs = string(b)
	return h
}

// other returns a language where one is said that is not own, and else "".
func other(lang, own string) string {
	if lang == own {
		return ""
	}
	return lang
}

// appendSlug appends the last part of the address that a document with this
// title has when nothing else is said: its folded letters and digits with
// hyphens between the words.
func appendSlug(b []byte, title string) []byte {
	if !plainASCII(title) {
		title = Fold(title)
	}
	parted, from := false, len(b)
	for i := range len(title) {
		c := title[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if !small(c) {
			parted = true
			continue
		}
		if parted && len(b) > from {
			b = append(b, '-')
		}
		b, parted = append(b, c), false
	}
	return b
}
