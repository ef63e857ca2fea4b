package searchindex

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"
)

// saved begins what Save writes: the version of its form, and what it takes for
// granted. The languages follow, the number of the documents, their shape, the sums
// of the shards' files, the blocks (their parts, and the sums of their texts by
// language), and a checksum.
func saved() string { return fmt.Sprintf("uccn words 1 %d %d %d\n", blockDocs, shards, chunk) }

// Save returns what is known of the last index, for Restore in another process,
// and nil if there is none.
func (m *Memory) Save() []byte {
	x := &m.known
	if x.langs == nil {
		return nil
	}
	room := 4096 + len(x.files)*sha256.Size
	for _, b := range x.blocks {
		for _, p := range b.parts {
			room += len(p) + 2
		}
		room += len(b.texts) * (blockDocs / chunk) * sha256.Size
	}
	out := append(make([]byte, 0, room), saved()...)
	out = binary.AppendUvarint(out, uint64(len(x.langs)))
	for _, l := range x.langs {
		out = appendText(out, l)
	}
	out = append(binary.AppendUvarint(out, uint64(x.docs)), x.shape[:]...)
	out = appendSums(out, x.files)
	for _, b := range x.blocks {
		for _, p := range b.parts {
			out = appendText(out, string(p))
		}
		for _, files := range b.texts {
			out = appendSums(out, files)
		}
	}
	return binary.LittleEndian.AppendUint32(out, crc32.ChecksumIEEE(out))
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendSums(b []byte, files []File) []byte {
	for _, f := range files {
		b = append(b, f.Sum[:]...)
	}
	return b
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
	end := len(data) - crc32.Size
	if end < 0 || crc32.ChecksumIEEE(data[:end]) != binary.LittleEndian.Uint32(data[end:]) {
		return index{}, errTorn
	}
	r := &reader{rest: string(data[:end])}
	if begin := saved(); len(r.rest) < len(begin) || r.cut(len(begin)) != begin {
		return index{}, errors.New("saved by another version")
	}
	var x index
	for n := r.number(); n > 0 && !r.torn; n-- {
		x.langs = append(x.langs, r.text())
	}
	x.docs = r.number()
	copy(x.shape[:], r.cut(len(x.shape)))
	x.files = r.sums(shards)
	for from := 0; from < x.docs && !r.torn; from += blockDocs {
		x.blocks = append(x.blocks, r.block(len(x.langs), min(blockDocs, x.docs-from)))
	}
	if r.torn || r.rest != "" || x.langs == nil {
		return index{}, errTorn
	}
	return x, nil
}

// block reads a block of n documents in so many languages.
func (r *reader) block(langs, n int) *block {
	b := &block{parts: new([shards]part)}
	for s := range b.parts {
		b.parts[s] = part(r.text())
	}
	for range langs {
		b.texts = append(b.texts, r.sums((n+chunk-1)/chunk))
	}
	return b
}

// sums reads the sums of n files.
func (r *reader) sums(n int) []File {
	files := make([]File, n)
	for i := range files {
		copy(files[i].Sum[:], r.cut(len(files[i].Sum)))
	}
	return files
}

// taken is a block of another process for documents that are as they were; from
// is the number of the first of them.
func (b *block) taken(langs []string, from int, docs []Document) *block {
	t := &block{parts: b.parts}
	for view, files := range b.texts {
		own := make([]File, 0, len(files))
		for part := range slices.Chunk(docs, chunk) {
			name := textName(langs[view], from/chunk+len(own))
			own = append(own, later(name, files[len(own)].Sum, func() (File, error) { return textFile(view, name, filled(part)), nil }))
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
func shape(docs []Document) (sum [32]byte) {
	h := sha256.New()
	var b []byte
	for _, d := range docs {
		b = appendText(appendText(b[:0], d.Kind), d.Views[0].Path)
		h.Write(b)
	}
	h.Sum(sum[:0])
	return sum
}
