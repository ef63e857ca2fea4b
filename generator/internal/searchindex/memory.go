package searchindex

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"uccn/generator/internal/memo"
	"uccn/generator/internal/par"
)

// Memory remembers the words and the texts of the index before, so that a
// changed document costs what its block costs, and the shards in which its words
// changed. Its zero value is ready, and nil remembers nothing. It is not safe for
// concurrent use.
type Memory struct {
	comparer memo.Comparer
	differs  func(what string)
	langs    []string
	known    []*block
	files    []File // of the shards
	docs     int    // how many the files were made of
}

// A block is what the index says of blockDocs documents.
type block struct {
	docs  []Document // as they were before they were filled
	parts *[shards]part
	texts [][]File // by language
}

// Verify makes m make again what it remembers and name what comes out
// differently: the first document of a block, or a file. A difference is a bug.
func (m *Memory) Verify(differs func(what string)) { m.differs = differs }

// blocks counts and quotes the documents, block by block.
func (m *Memory) blocks(ctx context.Context, languages []Language, docs []Document) ([]*block, error) {
	var known []*block
	var langs []string
	for _, l := range languages {
		langs = append(langs, l.Lang)
	}
	if m != nil {
		if !slices.Equal(m.langs, langs) {
			m.langs, m.known, m.files = langs, nil, nil
		}
		known = m.known
	}
	var at []int
	for i := 0; i < len(docs); i += blockDocs {
		at = append(at, i)
	}
	return par.Map(ctx, at, func(_ context.Context, from int) (*block, error) {
		own := docs[from:min(from+blockDocs, len(docs))]
		kept := bare(own)
		var old *block
		if n := from / blockDocs; n < len(known) {
			old = known[n]
		}
		same := old != nil && slices.EqualFunc(old.docs, kept, func(a, b Document) bool { return m.comparer.Same(a, b) })
		if same && m.differs == nil {
			return old, nil
		}
		own = filled(own)
		b := &block{parts: count(own)}
		for i, lang := range langs {
			b.texts = append(b.texts, textFiles(i, lang, from/chunk, own))
		}
		if m != nil {
			b.docs = kept
			if old != nil {
				b.keep(old)
			}
		}
		if same && !b.equal(old) {
			m.differs(own[0].Views[0].Path)
		}
		return b, nil
	})
}

// bare is a copy of docs that can be compared and kept.
func bare(docs []Document) []Document {
	docs = slices.Clone(docs)
	for i := range docs {
		docs[i].Fill = nil
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
			if j < len(old.texts[i]) && f.equal(old.texts[i][j]) {
				files[j] = old.texts[i][j]
			}
		}
	}
}

// equal reports whether two blocks say the same.
func (b *block) equal(old *block) bool {
	return *b.parts == *old.parts && slices.EqualFunc(b.texts, old.texts, func(x, y []File) bool { return slices.EqualFunc(x, y, File.equal) })
}

func (f File) equal(g File) bool { return f.Name == g.Name && bytes.Equal(f.Data, g.Data) }

// wordFiles makes the files of the shards in which a word has changed.
func (m *Memory) wordFiles(ctx context.Context, blocks []*block, docs int) ([]File, error) {
	var all [shards]int
	for s := range all {
		all[s] = s
	}
	known := m != nil && m.docs == docs && len(m.files) == shards
	files, err := par.Map(ctx, all[:], func(_ context.Context, s int) (File, error) {
		same := known
		parts := make([]part, len(blocks))
		for i, b := range blocks {
			parts[i] = b.parts[s]
			same = same && parts[i] == m.known[i].parts[s]
		}
		if same && m.differs == nil {
			return m.files[s], nil
		}
		f, err := wordFile(fmt.Sprintf("words.%02d", s), parts, docs)
		if err == nil && same && !f.equal(m.files[s]) {
			m.differs(f.Name)
		}
		return f, err
	})
	if m != nil && err == nil {
		m.known, m.files, m.docs = blocks, slices.Clone(files), docs
	}
	return files, err
}

// textFiles writes the texts of documents in a language; first is the number of
// their first file.
func textFiles(view int, lang string, first int, docs []Document) []File {
	files := make([]File, 0, (len(docs)+chunk-1)/chunk)
	for part := range slices.Chunk(docs, chunk) {
		name := fmt.Sprintf("text-%s.%02d", lang, first+len(files))
		room := 16
		for _, d := range part {
			for _, t := range d.Views[view].Text {
				room += len(t) + len(t)/16 + 4
			}
		}
		b := append(begin(name, room), '[')
		for i, d := range part {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendLine(b, d.Views[view].Text)
		}
		files = append(files, end(name, append(b, ']')))
	}
	return files
}
