package searchindex

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// many returns documents for several blocks.
func many(n int) []Document {
	var docs []Document
	for i := range n {
		docs = append(docs, Document{Kind: []string{"city", "page"}[i%2], Views: []View{
			{Title: fmt.Sprintf("Title %d", i), Path: fmt.Sprintf("p%d/", i), Text: said(fmt.Sprintf("word%d half%d and some", i, i%2), "é"), More: []string{"ñandú"}},
			{Title: fmt.Sprintf("Titre %d", i), Path: fmt.Sprintf("fr/p%d/", i), Aliases: []string{"东京市"}},
		}})
	}
	return docs
}

// TestMemory: whatever changes, the index made with a memory is the one made without.
func TestMemory(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	var m Memory
	docs := many(3*blockDocs + 5)
	for round := range 60 {
		i := rnd.IntN(len(docs))
		v := slices.Clone(docs[i].Views)
		switch round % 7 {
		case 6:
			docs = slices.Clone(docs)
			text := fmt.Sprint("filled ", round)
			docs[i].Sources = []string{text}
			docs[i].Fill = func(views []View) { views[1].Text = append(slices.Clone(views[1].Text), Text{Words: text}) }
		case 0:
			v[0].Text = said(fmt.Sprintf("another%d text here", round))
		case 1:
			v[1].Title = "Autre " + strings.Repeat("x", round)
		case 2:
			docs = append(docs[:i:i], docs[i+1:]...)
			v = nil
		case 3:
			docs = slices.Insert(slices.Clone(docs), i, many(1)...)
			v = nil
		case 4:
			v[0].More = append(slices.Clone(v[0].More), "word1", "brand new")
		}
		if docs = slices.Clone(docs); v != nil {
			docs[i].Views = v
		}
		if d := different(t, build(t, &m, docs), build(t, nil, docs)); d != "" {
			t.Fatalf("round %d: %s differs from that made without a memory", round, d)
		}
	}
}

// different returns the first file that is not the same in two indexes.
func different(t testing.TB, a, b []File) string {
	t.Helper()
	if len(a) != len(b) {
		return fmt.Sprintf("the number of files, %d and %d,", len(a), len(b))
	}
	for i := range a {
		x, err := a[i].Bytes(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		y, err := b[i].Bytes(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if a[i].Name != b[i].Name || a[i].Sum != b[i].Sum || !bytes.Equal(x, y) {
			return a[i].Name
		}
	}
	return ""
}

// TestFilledOnce: a document is not filled again while its sources are the same,
// and what was added is not written into the documents that were given.
func TestFilledOnce(t *testing.T) {
	var m Memory
	docs, n := many(2), 0
	docs[0].Fill = func(views []View) { n++; views[0].Text = said("sesame") }
	for _, want := range []int{1, 1, 2} {
		if n == 1 && want == 2 {
			docs[0].Sources = []string{"another"}
		}
		build(t, &m, docs)
		if n != want {
			t.Errorf("filled %d times, want %d", n, want)
		}
	}
	if docs[0].Views[0].Text[0].Words == "sesame" {
		t.Error("the given document was filled")
	}
}

// TestOneChange: one word more in one text makes its text file, its shard and the
// titles anew, and nothing else.
func TestOneChange(t *testing.T) {
	var m Memory
	docs := many(3 * blockDocs)
	before := build(t, &m, docs)
	docs = slices.Clone(docs)
	docs[100].Views = slices.Clone(docs[100].Views)
	docs[100].Views[0].Text = append(slices.Clone(docs[100].Views[0].Text), Text{Words: "marzipan"})
	var fresh []string
	for i, f := range build(t, &m, docs) {
		if &f.Data[0] != &before[i].Data[0] {
			fresh = append(fresh, f.Name)
		}
	}
	number := fmt.Sprintf("%02d", shard("marzipan"))
	if got, want := strings.Join(fresh, " "), "words."+number+".js text-en.12.js index-en.js index-fr.js"; got != want {
		t.Errorf("made anew: %s; want %s", got, want)
	}
}

func TestVerify(t *testing.T) {
	var m Memory
	var differ []string
	m.Verify(func(d string) { differ = append(differ, d) })
	for range 2 {
		build(t, &m, documents())
	}
	if len(differ) > 0 {
		t.Errorf("%v come out differently the second time", differ)
	}
	s := shard("lodz")
	m.known.blocks[0].parts[s] = "spoilt" // nobody may do this
	build(t, &m, documents())
	if got, want := strings.Join(differ, " "), "cities/lodz/"; got != want {
		t.Errorf("told of %q, want %q", got, want)
	}
	m.known.files[s].Data = []byte("spoilt")
	differ = nil
	build(t, &m, documents())
	if got, want := strings.Join(differ, " "), fmt.Sprintf("words.%02d.js", s); got != want {
		t.Errorf("told of %q, want %q", got, want)
	}
}

// BenchmarkOneChange is what a changed word costs among 3,000 documents.
func BenchmarkOneChange(b *testing.B) {
	docs := many(3000)
	for i := range docs {
		docs[i].Views = slices.Clone(docs[i].Views)
		docs[i].Views[0].Text = append(docs[i].Views[0].Text, Text{Words: strings.Repeat(fmt.Sprintf("the library of place %d opened a workshop for %d others ", i%200, i%31), 40)})
	}
	var m Memory
	b.Run("nothing remembered", func(b *testing.B) {
		for b.Loop() {
			build(b, nil, docs)
		}
	})
	build(b, &m, docs)
	v := docs[1000].Views
	b.Run("one changed", func(b *testing.B) {
		i := 0
		for b.Loop() {
			i++
			again := slices.Clone(docs)
			again[1000].Views = slices.Clone(v)
			again[1000].Views[0].Text = said(strings.Repeat(fmt.Sprintf("rev%d ", i), 20), v[0].Text[2].Words)
			build(b, &m, again)
		}
	})
}
