package searchindex

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// again is an index made in another process: with what m saved, and the
// documents that were changed.
func again(t testing.TB, saved []byte, docs []Document, changed ...int) (*Memory, []File) {
	t.Helper()
	m := &Memory{Last: true}
	if err := m.Restore(saved); err != nil {
		t.Fatal(err)
	}
	return m, build(t, m, marked(docs, changed...))
}

// marked returns docs of which all but the changed are the same.
func marked(docs []Document, changed ...int) []Document {
	docs = slices.Clone(docs)
	for i := range docs {
		docs[i].Same = !slices.Contains(changed, i)
	}
	return docs
}

// reworded returns docs with another document at a place.
func reworded(docs []Document, at int, change func(v []View)) []Document {
	docs = slices.Clone(docs)
	docs[at].Views = slices.Clone(docs[at].Views)
	change(docs[at].Views)
	return docs
}

// saving returns what is saved of an index that is made from nothing.
func saving(t testing.TB, docs []Document) []byte {
	t.Helper()
	m := &Memory{Last: true}
	build(t, m, docs)
	return m.Save()
}

// TestRestored: whatever is edited from one process to the next, the index is
// the one made from nothing, and so is what is saved of it.
func TestRestored(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	docs := many(3*blockDocs + 5)
	for i := range docs {
		text := fmt.Sprintf("filled%d with %d", i, i%7)
		docs[i].Fill = func(views []View) { views[0].Text = append(slices.Clone(views[0].Text), Text{Words: text}) }
	}
	data := saving(t, docs)
	for round := range 60 {
		var changed []int
		for range []int{1, 0, 1, 1, 2, 5}[round%6] {
			changed = append(changed, rnd.IntN(len(docs)))
		}
		switch round % 6 {
		case 2:
			changed = []int{0, 2}
		case 3:
			changed = []int{len(docs) - 1}
		}
		for _, i := range changed {
			docs = reworded(docs, i, func(v []View) {
				v[0].Text, v[1].More = slices.Clone(v[0].Text), slices.Clone(v[1].More)
				switch rnd.IntN(5) {
				case 0:
					v[0].Text = append(v[0].Text, Text{Words: fmt.Sprintf("word%d more%d", rnd.IntN(100), round)})
				case 1:
					v[0].Text = v[0].Text[:0]
				case 2:
					v[0].Text = append(v[0].Text, Text{Words: "!"}) // no word
				case 3:
					v[1].More = append(v[1].More, strings.Repeat("东京 word3 ", round))
				case 4:
					v[1].Title = fmt.Sprintf("Autre %d", round)
				}
			})
		}
		m, got := again(t, data, docs, changed...)
		if d := different(t, got, build(t, nil, docs)); d != "" {
			t.Fatalf("round %d, %v changed: %s differs from that made from nothing", round, changed, d)
		}
		if data = m.Save(); string(data) != string(saving(t, docs)) {
			t.Fatalf("round %d, %v changed: what is saved differs", round, changed)
		}
	}
}

// TestRestoredMakesLittle: one word more in one text counts its block and makes
// its text file, its shard and the titles; nothing else is filled or made.
func TestRestoredMakesLittle(t *testing.T) {
	docs, filled := many(3*blockDocs), make([]int, 3*blockDocs)
	for i := range docs {
		docs[i].Fill = func([]View) { filled[i]++ }
	}
	data := saving(t, docs)
	for changed, number := range []string{"", fmt.Sprintf("%02d", shard("marzipan"))} {
		clear(filled)
		at, want := []int(nil), "index-en.js index-fr.js"
		if changed == 1 {
			at = []int{0}
			docs = reworded(docs, 0, func(v []View) { v[0].Text = append(slices.Clone(v[0].Text), Text{Words: "marzipan"}) })
			want = "words." + number + ".js"
			for _, lang := range []string{"en", "fr"} {
				for n := range blockDocs / chunk { // at hand, as the block is counted
					want += fmt.Sprintf(" text-%s.%02d.js", lang, n)
				}
			}
			want += " index-en.js index-fr.js"
		}
		_, files := again(t, data, docs, at...)
		var fresh []string
		for _, f := range files {
			if f.Data != nil {
				fresh = append(fresh, f.Name)
			}
		}
		if got := strings.Join(fresh, " "); got != want {
			t.Errorf("made: %s; want %s", got, want)
		}
		n := 0
		for _, times := range filled {
			n += times
		}
		if n != changed*blockDocs {
			t.Errorf("%d documents filled, %d changed", n, changed)
		}
	}
}

// TestRestoredSession: a memory that took up what was saved remembers from then
// on as any other, and marks say nothing any more.
func TestRestoredSession(t *testing.T) {
	docs := many(2 * blockDocs)
	var m Memory
	if err := m.Restore(saving(t, docs)); err != nil {
		t.Fatal(err)
	}
	for round := range 4 {
		if round > 0 {
			docs = reworded(docs, 30*round, func(v []View) { v[0].Text = said(fmt.Sprint("round ", round)) })
		}
		if d := different(t, build(t, &m, marked(docs)), build(t, nil, docs)); d != "" {
			t.Errorf("round %d: %s differs from that made from nothing", round, d)
		}
	}
	if string(m.Save()) != string(saving(t, docs)) {
		t.Error("a session saves something else")
	}
}

// TestRestoredOfOthers: what was saved of other documents or languages is of no
// use, and does no harm.
func TestRestoredOfOthers(t *testing.T) {
	docs := many(blockDocs + 3)
	data := saving(t, docs)
	moved := reworded(docs, 5, func(v []View) { v[0].Path = "moved/" })
	swapped := slices.Clone(docs)
	swapped[2], swapped[4] = swapped[4], swapped[2]
	for name, docs := range map[string][]Document{"none": nil, "fewer": docs[1:], "more": append(slices.Clone(docs), docs[0]), "moved": moved, "swapped": swapped} {
		if _, files := again(t, data, docs); different(t, files, build(t, nil, docs)) != "" {
			t.Errorf("%s: differs from an index made from nothing", name)
		}
	}
	m := Memory{Last: true}
	if err := m.Restore(data); err != nil {
		t.Fatal(err)
	}
	l := languages()
	l[0], l[1] = l[1], l[0]
	l[0].Kinds, l[1].Kinds = l[1].Kinds, l[0].Kinds
	got, err := m.Build(t.Context(), l, marked(docs), Beside{})
	if err != nil {
		t.Fatal(err)
	}
	want, _ := (*Memory)(nil).Build(t.Context(), l, docs, Beside{})
	if d := different(t, got, want); d != "" {
		t.Errorf("other languages: %s differs", d)
	}
}

// TestNotAsSaved: a document that is marked and not the same is found out when
// its file is made after all, or by Verify.
func TestNotAsSaved(t *testing.T) {
	docs := many(2 * blockDocs)
	data := saving(t, docs)
	docs = reworded(docs, 1, func(v []View) { v[0].Text = said("different") })
	_, files := again(t, data, docs)
	at := slices.IndexFunc(files, func(f File) bool { return f.Name == "text-en.16.js" }) // pages follow the cities
	if _, err := files[at].Bytes(t.Context()); err == nil || !strings.Contains(err.Error(), "text-en.16.js") {
		t.Errorf("the error is %v", err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := files[at].Bytes(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	var m Memory
	var differ []string
	m.Verify(func(d string) { differ = append(differ, d) })
	if err := m.Restore(data); err != nil {
		t.Fatal(err)
	}
	build(t, &m, marked(docs))
	if got := strings.Join(differ, " "); got != docs[1].Views[0].Path {
		t.Errorf("told of %q", got)
	}
}

// TestLast: a memory of a last index holds no document and no text.
func TestLast(t *testing.T) {
	docs := many(blockDocs + 1)
	m := Memory{Last: true}
	for range 2 {
		if d := different(t, build(t, &m, docs), build(t, nil, docs)); d != "" {
			t.Errorf("%s differs", d)
		}
		for _, b := range m.known.blocks {
			if b.docs != nil || b.texts[0][0].Data != nil {
				t.Error("more than sums are held")
			}
		}
	}
	if m.known.files[0].Data != nil {
		t.Error("files of words are held")
	}
}

func TestNothingSaved(t *testing.T) {
	var m Memory
	if got := m.Save(); got != nil {
		t.Errorf("saved %q of nothing", got)
	}
	if err := m.Restore(nil); err == nil {
		t.Error("nothing was restored")
	}
}

// sealed adds the checksum that holds for data.
func sealed(data []byte) []byte {
	sum := sha256.Sum256(data)
	return append(slices.Clone(data), sum[:]...)
}

// torn checks what any bytes, with a checksum that holds, may do: an error, or an
// index that can be made, of which each file is right or an error.
func torn(t *testing.T, data []byte, docs []Document) {
	t.Helper()
	m := Memory{Last: true}
	if m.Restore(sealed(data)) != nil {
		return
	}
	m.Save()
	for _, f := range build(t, &m, marked(docs, 1)) {
		f.Bytes(t.Context())
	}
}

// TestTorn cuts and spoils what was saved at every place.
func TestTorn(t *testing.T) {
	docs := many(5)
	data := saving(t, docs)
	var m Memory
	for i := range data {
		if m.Restore(data[:i]) == nil {
			t.Fatalf("restored from %d bytes of %d", i, len(data))
		}
		spoilt := slices.Clone(data)
		spoilt[i] ^= 0x81
		if m.Restore(spoilt) == nil {
			t.Fatalf("restored with byte %d spoilt", i)
		}
		torn(t, data[:i], docs)
		if i < len(data)-sha256.Size {
			torn(t, spoilt[:len(data)-sha256.Size], docs)
		}
	}
}

// TestTornWords: words that are torn are found when their shard is joined, and
// all is counted.
func TestTornWords(t *testing.T) {
	docs := many(2 * blockDocs)
	var m Memory
	if err := m.Restore(saving(t, docs)); err != nil {
		t.Fatal(err)
	}
	for s := range shards {
		m.known.blocks[1].parts[s] = "\x02\x03abc"
	}
	m.Last = true
	docs = reworded(docs, 0, func(v []View) { v[0].Title = "marzipan" })
	if d := different(t, build(t, &m, marked(docs, 0)), build(t, nil, docs)); d != "" {
		t.Errorf("%s differs from that made from nothing", d)
	}
}

func FuzzRestore(f *testing.F) {
	docs := many(5)
	data := saving(f, docs)
	f.Add(data[:len(data)-sha256.Size])
	f.Add([]byte(saved() + "\n"))
	f.Fuzz(func(t *testing.T, data []byte) { torn(t, data, docs) })
}

// BenchmarkSaved is what a process pays that changes one of 15,000 documents.
func BenchmarkSaved(b *testing.B) {
	docs := many(15000)
	for i := range docs {
		text := strings.Repeat(fmt.Sprintf("the library of place %d opened a workshop for %d others with word%d ", i%200, i%31, i%1999), 12)
		docs[i].Fill = func(views []View) { views[0].Text = append(slices.Clone(views[0].Text), Text{Words: text}) }
	}
	m := &Memory{Last: true}
	build(b, m, docs)
	data := m.Save()
	b.Run("save", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			m.Save()
		}
	})
	b.Run("restore", func(b *testing.B) {
		for b.Loop() {
			if err := new(Memory).Restore(data); err != nil {
				b.Fatal(err)
			}
		}
	})
	for _, words := range []int{0, 1, 20} {
		edited := reworded(docs, 7000, func(v []View) {
			v[0].Text = slices.Clone(v[0].Text)
			for i := range words {
				v[0].Text = append(v[0].Text, Text{Words: fmt.Sprintf("%c%cmarzipan", 'a'+i, 'b'+i*7%20)})
			}
		})
		edited = marked(edited, 7000)
		b.Run(fmt.Sprintf("build with %d words more", words), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				m := &Memory{Last: true}
				if err := m.Restore(data); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				build(b, m, edited)
			}
		})
	}
}
