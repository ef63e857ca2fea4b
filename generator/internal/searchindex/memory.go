package searchindex

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"uccn/generator/internal/memo"
	"uccn/generator/internal/par"
)

// Memory remembers the words and the texts of the index before, so that a
// changed document costs what its block costs, and the shards in which its words
// changed. Its zero value is ready, and nil remembers nothing. It is not safe for
// concurrent use.
type Memory struct {
	Last bool // no other index follows in this process: only what Save needs is held

	comparer memo.Comparer
	differs  func(what string)
	known    index
	restored bool // known is of another process
}

// An index is what is remembered of one.
type index struct {
	langs  []string
	docs   int      // how many there are
	shape  [32]byte // which they are
	blocks []*block
	files  []File // of the shards
}

// A block is what the index says of blockDocs documents.
type block struct {
	docs  []Document // as they were before they were filled, if another index may follow
	parts *[shards]part
	texts [][]File // by language
}

// Verify makes m make again what it remembers and name what comes out
// differently: the first document of a block, or a file. A difference is a bug.
func (m *Memory) Verify(differs func(what string)) { m.differs = differs }

// index counts and quotes the documents, and keeps what can be kept of what is known.
func (m *Memory) index(ctx context.Context, languages []Language, docs []Document, aside Beside) (index, error) {
	x := index{docs: len(docs), shape: shape(docs)}
	for _, l := range languages {
		x.langs = append(x.langs, l.Lang)
	}
	if !m.fits(x) {
		m.forget()
	}
	var err error
	if x.blocks, err = m.blocks(ctx, x, docs, aside); err != nil {
		return x, err
	}
	if x.files, err = m.wordFiles(ctx, x, aside); errors.Is(err, errTorn) && m.restored {
		m.forget()
		return m.index(ctx, languages, docs, aside)
	}
	return x, err
}

// fits reports whether what is known can be of use for x. What another process
// knew must be of the same documents, since they cannot be compared.
func (m *Memory) fits(x index) bool {
	if m.restored && (m.known.docs != x.docs || m.known.shape != x.shape) || !m.restored && m.Last {
		return false
	}
	return slices.Equal(m.known.langs, x.langs)
}

// remember makes x what is known, with its documents and texts if they may be of use.
func (m *Memory) remember(x index) {
	if m.Last {
		x.files = sums(x.files)
		for i, b := range x.blocks {
			bare := &block{parts: b.parts}
			for _, files := range b.texts {
				bare.texts = append(bare.texts, sums(files))
			}
			x.blocks[i] = bare
		}
	}
	m.known, m.restored = x, false
}

// sums are the sums of files without anything else.
func sums(files []File) []File {
	out := make([]File, len(files))
	for i, f := range files {
		out[i].Sum = f.Sum
	}
	return out
}

func (m *Memory) forget() { m.known, m.restored = index{}, false }

// blocks counts and quotes the documents, block by block, the last first: there stand lists,
// whose pages take longest to make.
func (m *Memory) blocks(ctx context.Context, x index, docs []Document, aside Beside) ([]*block, error) {
	var at []int
	for i := 0; i < len(docs); i += blockDocs {
		at = append(at, i)
	}
	slices.Reverse(at)
	var counters sync.Pool // *counter: those that have counted a block
	blocks, err := par.Map(ctx, at, func(ctx context.Context, from int) (*block, error) {
		own := docs[from:min(from+blockDocs, len(docs))]
		b := &block{}
		if !m.Last {
			b.docs = bare(own)
		}
		var old *block
		if n := from / blockDocs; n < len(m.known.blocks) {
			old = m.known.blocks[n]
		}
		same := old != nil && m.same(old, b, own)
		if same && m.differs == nil {
			if m.restored {
				old = old.taken(x.langs, from, own)
				old.docs = b.docs
			}
			return old, nil
		}
		aside.Rest.Work(func() {
			own = filled(own)
			c, _ := counters.Get().(*counter)
			if c == nil {
				c = newCounter()
			}
			b.parts = c.count(own)
			for i, lang := range x.langs {
				b.texts = append(b.texts, c.textFiles(i, lang, from/chunk, own))
			}
			for _, files := range b.texts {
				for i := range files {
					data := files[i].Data
					if files[i] = aside.Take(ctx, files[i]); files[i].Data == nil {
						c.rooms = append(c.rooms, data)
					}
				}
			}
			counters.Put(c)
		})
		if aside.Counted != nil {
			aside.Counted(ctx, own)
		}
		if old != nil {
			b.keep(old)
		}
		if same && !b.equal(old) {
			m.differs(own[0].Views[0].Path)
		}
		return b, nil
	})
	slices.Reverse(blocks)
	return blocks, err
}

// same reports whether what a block says of its documents holds of those given
// now, of which b has bare copies.
func (m *Memory) same(old, b *block, own []Document) bool {
	if m.restored {
		return !slices.ContainsFunc(own, func(d Document) bool { return !d.Same })
	}
	return slices.EqualFunc(old.docs, b.docs, func(x, y Document) bool { return m.comparer.Same(x, y) })
}

// bare is a copy of docs that can be compared and kept.
func bare(docs []Document) []Document {
	docs = slices.Clone(docs)
	for i := range docs {
		docs[i].Fill, docs[i].Same = nil, false
	}
	return docs
}

// filled is a copy of docs with all that is in them.
func filled(docs []Document) []Document {
	docs = slices.Clone(docs)
	for i := range docs {
		if d := &docs[i]; d.Fill != nil {
			d.Views = slices.Clone(d.Views)
			d.Fill(d.Views)
		}
	}
	return docs
}

// keep takes from the block of the build before the files that have not changed.
func (b *block) keep(old *block) {
	for i, files := range b.texts {
		for j, f := range files {
			if j < len(old.texts[i]) && old.texts[i][j].Data != nil && f.equal(old.texts[i][j]) {
				files[j] = old.texts[i][j]
			}
		}
	}
}

// equal reports whether two blocks say the same.
func (b *block) equal(c *block) bool {
	return *b.parts == *c.parts && slices.EqualFunc(b.texts, c.texts, func(x, y []File) bool { return slices.EqualFunc(x, y, File.equal) })
}

// equal compares what is there of two files.
func (f File) equal(g File) bool {
	return f.Sum == g.Sum && (f.Data == nil || g.Data == nil || bytes.Equal(f.Data, g.Data))
}

// wordFiles makes the files of the shards in which a word has changed.
func (m *Memory) wordFiles(ctx context.Context, x index, aside Beside) ([]File, error) {
	var all [shards]int
	for s := range all {
		all[s] = s
	}
	known := m.known.docs == x.docs && len(m.known.files) == shards
	return par.Map(ctx, all[:], func(ctx context.Context, s int) (f File, err error) {
		same := known
		parts := make([]part, len(x.blocks))
		for i, b := range x.blocks {
			parts[i] = b.parts[s]
			same = same && parts[i] == m.known.blocks[i].parts[s]
		}
		name := fmt.Sprintf("words.%02d", s)
		if same && m.differs == nil {
			f := m.known.files[s]
			if f.Data == nil {
				f = later(name, f.Sum, func() (File, error) { return wordFile(name, parts, x.docs) })
			}
			return f, nil
		}
		aside.Rest.Work(func() {
			f, err = wordFile(name, parts, x.docs)
			if err == nil && same && !f.equal(m.known.files[s]) {
				m.differs(f.Name)
			}
			if err == nil {
				f = aside.Take(ctx, f)
			}
		})
		return f, err
	})
}

// textFiles writes the texts of documents in a language; first is the number of
// their first file.
func (c *counter) textFiles(view int, lang string, first int, docs []Document) []File {
	files := make([]File, 0, (len(docs)+chunk-1)/chunk)
	for own := range slices.Chunk(docs, chunk) {
		files = append(files, textFile(c.room(), view, lang, first+len(files), own))
	}
	return files
}

func textName(lang string, n int) string { return fmt.Sprintf("text-%s.%02d", lang, n) }

// textFile writes the nth file of texts in a language, in b, which is empty.
func textFile(b []byte, view int, lang string, n int, docs []Document) File {
	name, room := textName(lang, n), 16
	for _, d := range docs {
		for _, t := range d.Views[view].Text {
			room += len(t.Words) + len(t.Words)/16 + 4
		}
	}
	b = append(begin(b, name, room), '[')
	for i, d := range docs {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendTexts(b, lang, d.Views[view].Text)
	}
	return end(name, append(b, ']'))
}
