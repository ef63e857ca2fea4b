package searchindex

import (
	"crypto/sha256"
	"fmt"
	"slices"

	"uccn/generator/internal/memo"
)

// saved names the form of what Save writes, and what it takes for granted. The
// languages follow, the number of the documents, their shape, the sums of the
// shards' files, and the blocks: their parts, and the sums of their texts by language.
func saved() string { return fmt.Sprintf("uccn words 2 %d %d %d", blockDocs, shards, chunk) }

// Save returns what is known of the last index, for Restore in another process,
// and nil if there is none.
func (m *Memory) Save() []byte {
	x := &m.known
	if x.langs == nil {
		return nil
	}
	p, room := memo.Pack(saved()), 4096+len(x.files)*sha256.Size
	for _, b := range x.blocks {
		for _, words := range b.parts {
			room += len(words) + 4
		}
		room += len(b.texts) * blockDocs / chunk * sha256.Size
	}
	p.Grow(room)
	sums := func(files []File) {
		for _, f := range files {
			p.Raw(f.Sum[:])
		}
	}
	p.Texts(x.langs)
	p.Uint(uint64(x.docs))
	p.Raw(x.shape[:])
	sums(x.files)
	for _, b := range x.blocks {
		for _, words := range b.parts {
			p.Text(string(words))
		}
		for _, files := range b.texts {
			sums(files)
		}
	}
	return p.Seal()
}

// Restore takes up what Save wrote, by the same program. The next index then counts
// only the blocks in which a document is not marked as the Same, and joins only the
// shards in which their words changed; other files come without Data. All documents
// must be given, in the order they had, and those that are marked must be as they
// were. If there are more or fewer, at other addresses or in other languages,
// everything is counted. Bytes that are not whole are an error and change nothing.
func (m *Memory) Restore(data []byte) error {
	x, err := restored(data)
	if err != nil {
		return fmt.Errorf("restore the search index: %w", err)
	}
	m.known, m.restored = x, true
	return nil
}

func restored(data []byte) (index, error) {
	u, err := memo.Unpack(saved(), data)
	if err != nil {
		return index{}, err
	}
	sums := func(n int) []File {
		files := make([]File, n)
		for i := range files {
			copy(files[i].Sum[:], u.Raw(len(files[i].Sum)))
		}
		return files
	}
	x := index{langs: u.Texts(), docs: u.Count()}
	copy(x.shape[:], u.Raw(len(x.shape)))
	x.files = sums(shards)
	for from := 0; from < x.docs; from += blockDocs {
		b := &block{parts: new([shards]part)}
		for s := range b.parts {
			b.parts[s] = part(u.Text())
		}
		for range x.langs {
			b.texts = append(b.texts, sums((min(blockDocs, x.docs-from)+chunk-1)/chunk))
		}
		x.blocks = append(x.blocks, b)
	}
	if err := u.End(); err != nil {
		return index{}, err
	}
	if len(x.langs) == 0 {
		return index{}, memo.ErrSpoilt
	}
	return x, nil
}

// taken is a block of another process for documents that are as they were; from
// is the number of the first of them.
func (b *block) taken(langs []string, from int, docs []Document) *block {
	t := &block{parts: b.parts}
	for view, files := range b.texts {
		own := make([]File, 0, len(files))
		for part := range slices.Chunk(docs, chunk) {
			lang, n := langs[view], from/chunk+len(own)
			own = append(own, later(textName(lang, n), files[len(own)].Sum, func() (File, error) { return textFile(nil, view, lang, n, filled(part)), nil }))
		}
		t.texts = append(t.texts, own)
	}
	return t
}

// later is a file of which the sum is known.
func later(name string, sum [32]byte, f func() (File, error)) File {
	return File{Name: name + ".js", Sum: sum, make: f}
}

// shape is a name for which documents there are, and in which order.
func shape(docs []Document) [32]byte {
	k := memo.NewKey("documents", 1)
	for _, d := range docs {
		k.Text(d.Kind).Text(d.Views[0].Path)
	}
	return k.Key()
}
