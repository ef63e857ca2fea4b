package searchindex

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
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
}

// View is a document in a language.
type View struct {
	Title   string
	Path    string   // its folder, from the site's root
	Note    string   // what stands beside the title: a country, a year
	Aliases []string // other names by which it is looked for
	Text    string   // plain text: results are quoted from it
	More    string   // plain text that is searched and not quoted
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
}

// Build returns the files of the index; m may be nil. The documents are numbered by their
// kind, in the order of the first language's kinds, and then as they are given;
// neighbours that share a note take less room. It panics when a document names
// a kind or a field that a language does not have.
func (m *Memory) Build(languages []Language, docs []Document) []File {
	if len(languages) == 0 {
		return nil
	}
	kinds := languages[0].Kinds
	docs = slices.Clone(docs)
	slices.SortStableFunc(docs, func(a, b Document) int {
		return cmp.Compare(position(kinds, a.Kind), position(kinds, b.Kind))
	})
	files := m.wordFiles(docs)
	for i, l := range languages {
		files = append(files, textFiles(i, l, docs)...)
	}
	version := sum(files)
	for i, l := range languages {
		files = append(files, script("index-"+l.Lang, titles(i, l, docs, version)))
	}
	return files
}

func position(kinds []Kind, id string) int {
	i := slices.IndexFunc(kinds, func(k Kind) bool { return k.ID == id })
	if i < 0 {
		panic("searchindex: no kind or field " + strconv.Quote(id))
	}
	return i
}

func sum(files []File) string {
	h := sha256.New()
	for _, f := range files {
		fmt.Fprintf(h, "%s %d\n", f.Name, len(f.Data))
		h.Write(f.Data)
	}
	return hex.EncodeToString(h.Sum(nil)[:4])
}

// script writes the call that hands a value to the client.
func script(name string, v any) File {
	var b bytes.Buffer
	fmt.Fprintf(&b, "uccn(%q,", name)
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // texts and numbers can always be written
	}
	b.Truncate(b.Len() - 1) // the line end
	b.WriteString(")\n")
	return File{name + ".js", b.Bytes()}
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
	lines := make([]string, len(docs))
	note := ""
	for i, d := range docs {
		v := d.Views[view]
		base := l.Kinds[position(l.Kinds, d.Kind)].Base
		slug := strings.TrimSuffix(strings.TrimPrefix(v.Path, base), "/")
		parts := []string{plain(v.Title), slug, plain(cmp.Or(v.Note, "-")), fieldDigits(l.Fields, d.Fields)}
		if slug == Slug(v.Title) {
			parts[1] = ""
		}
		if parts[2] == note {
			parts[2] = ""
		} else {
			note = parts[2]
		}
		lines[i] = strings.TrimRight(strings.Join(parts, "\t"), "\t")
	}
	h.Docs = strings.Join(lines, "\n")
	return h
}

// plain puts a text on one line.
func plain(s string) string { return strings.Join(strings.Fields(s), " ") }

func fieldDigits(fields []Kind, ids []string) string {
	var b strings.Builder
	for _, id := range ids {
		b.WriteString(strconv.FormatInt(int64(position(fields, id)), 36))
	}
	return b.String()
}

// Slug returns the last part of the address that a document with this title
// has when nothing else is said: its folded letters and digits with hyphens
// between the words.
func Slug(title string) string {
	return strings.Join(strings.FieldsFunc(Fold(title), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }), "-")
}

func textFiles(view int, l Language, docs []Document) []File {
	var files []File
	for part := range slices.Chunk(docs, chunk) {
		texts := make([]string, len(part))
		for i, d := range part {
			texts[i] = plain(d.Views[view].Text)
		}
		files = append(files, script(fmt.Sprintf("text-%s.%02d", l.Lang, len(files)), texts))
	}
	return files
}

// posting is a document in which a word occurs.
type posting struct{ doc, weight int }

func (m *Memory) wordFiles(docs []Document) []File {
	found := map[string][]posting{}
	for i, d := range docs {
		for word, weight := range m.weights(i, d) {
			found[word] = append(found[word], posting{i, weight})
		}
	}
	var words [shards][]string
	for word, in := range found {
		if !telling(word) || len(docs) > enough && len(in)*100 > len(docs)*common {
			continue
		}
		s := shard(word)
		words[s] = append(words[s], word)
	}
	files := make([]File, shards)
	for s, list := range words {
		slices.Sort(list)
		files[s] = script(fmt.Sprintf("words.%02d", s), entries(list, found))
	}
	return files
}

// telling reports whether a word can find anything: a single letter cannot, a
// digit or a sign that is a word can.
func telling(word string) bool {
	r := []rune(word)
	return len(r) > 1 || joined(r[0]) || unicode.IsDigit(r[0])
}

// weights returns the words of a document in all its languages.
func weights(d Document) map[string]int {
	out := make(map[string]int, 64)
	for _, v := range d.Views {
		for _, t := range Tokens(v.Text + " " + v.More) {
			out[t] = min(out[t]+1, strong-1)
		}
	}
	for _, v := range d.Views {
		for _, t := range Tokens(v.Title + " " + strings.Join(v.Aliases, " ")) {
			out[t] = strong
		}
	}
	return out
}

// shard returns the file in which a word stands. Words with the same two first
// code units are together.
func shard(word string) int {
	u := append(utf16.Encode([]rune(word)), 0)
	return (int(u[0])*31 + int(u[1])) % shards
}

func entries(words []string, found map[string][]posting) string {
	var b strings.Builder
	var before []rune
	for i, word := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		r, same := []rune(word), 0
		for same < min(len(r), len(before), longest) && r[same] == before[same] {
			same++
		}
		before = r
		b.WriteString(strconv.FormatInt(int64(same), 36) + string(r[same:]) + ":")
		last := -1
		in := found[word]
		slices.SortFunc(in, func(x, y posting) int { return cmp.Compare(x.doc, y.doc) })
		for j, p := range in {
			if j > 0 {
				b.WriteByte(',')
			}
			b.WriteString(strconv.FormatInt(int64(p.doc-last-1), 36))
			if p.weight > 1 {
				b.WriteString("*" + strconv.Itoa(p.weight))
			}
			last = p.doc
		}
	}
	return b.String()
}
