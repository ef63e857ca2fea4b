package searchindex

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// The client is held to the same table, by generator/checks.
func TestFold(t *testing.T) {
	b, err := os.ReadFile("testdata/fold.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Text, Fold string
		Tokens     []string
	}
	if err := json.Unmarshal(b, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		if got := Fold(c.Text); got != c.Fold {
			t.Errorf("Fold(%q) = %q, want %q", c.Text, got, c.Fold)
		}
		if got := Tokens(c.Text); !slices.Equal(got, c.Tokens) {
			t.Errorf("Tokens(%q) = %q, want %q", c.Text, got, c.Tokens)
		}
	}
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{"Łódź", "الأحساء", "金沢 Kanazawa", "กรุงเทพ", "\xff\x00", "İI", "l’eau—½ x²y", "e\u0301a \u302ea", "ﷺ1ａＢ", "カ\u3099か゚", "각\u11a8x", "a\u0345\u0301b…c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			s = strings.ToValidUTF8(s, "")
		}
		if once := Fold(s); Fold(once) != once {
			t.Errorf("Fold(%q) = %q, and folded again %q", s, once, Fold(once))
		}
		if got, want := Tokens(s), slowTokens(s); !slices.Equal(got, want) {
			t.Errorf("Tokens(%q) = %q, want %q", s, got, want)
		}
		for _, tok := range Tokens(s) {
			if tok == "" || strings.ContainsAny(tok, " :,*\t\n") {
				t.Errorf("Tokens(%q) has %q, which the index cannot hold", s, tok)
			}
		}
	})
}

// slowTokens is what Tokens promises, said plainly: the text is folded whole.
func slowTokens(s string) []string {
	s = Fold(s)
	out := make([]string, 0, len(s)/6)
	for run, joined := range runs(s) {
		if !joined {
			if rest, ok := strings.CutPrefix(run, "ال"); ok && utf8.RuneCountInString(rest) > 2 {
				run = rest
			}
			out = append(out, run)
			continue
		}
		before := 0 // where the character before begins
		for i := range run {
			if i == 0 {
				continue
			}
			_, n := utf8.DecodeRuneInString(run[i:])
			out = append(out, run[before:i+n])
			before = i
		}
		if before == 0 && utf8.RuneCountInString(run) == 1 {
			out = append(out, run)
		}
	}
	return out
}

// runs yields the longest parts of s that are of letters alone, and either all
// of a script without spaces, with true, or none of one.
func runs(s string) iter.Seq2[string, bool] {
	return func(yield func(string, bool) bool) {
		start, kind := -1, false
		for i, r := range s {
			j := joined(r)
			word := j || letter(r)
			if start >= 0 && (!word || j != kind) {
				if !yield(s[start:i], kind) {
					return
				}
				start = -1
			}
			if word && start < 0 {
				start, kind = i, j
			}
		}
		if start >= 0 {
			yield(s[start:], kind)
		}
	}
}

func languages() []Language {
	fields := []Kind{{ID: "film", Name: "Film"}, {ID: "music", Name: "Music"}}
	return []Language{
		{Lang: "en", Kinds: []Kind{{ID: "city", Name: "City", Base: "cities/"}, {ID: "page", Name: "Page"}}, Fields: fields, Words: map[string]string{"label": "Search"}},
		{Lang: "fr", Kinds: []Kind{{ID: "city", Name: "Ville", Base: "fr/cities/"}, {ID: "page", Name: "Page", Base: "fr/"}}, Fields: fields},
	}
}

// said are texts in the language of their view.
func said(words ...string) []Text {
	var out []Text
	for _, w := range words {
		out = append(out, Text{Words: w})
	}
	return out
}

func documents() []Document {
	return []Document{
		{Kind: "page", Views: []View{{Title: "About", Path: "about/", Text: said("A network of  cities.")}, {Title: "À propos", Path: "fr/about/", Text: said("Un réseau de villes.")}}},
		{Kind: "city", Fields: []string{"film"}, Views: []View{
			{Title: "Łódź", Path: "cities/lodz/", Note: "Poland", Text: said("Film, film."), Aliases: []string{"Lodsch"}},
			{Title: "Łódź", Path: "fr/cities/lodz/", Note: "Pologne", Text: said("Cinéma.")}}},
		{Kind: "city", Fields: []string{"music"}, Views: []View{
			{Title: "Katowice", Path: "cities/kattowitz/", Note: "Poland"}, {Title: "Katowice", Path: "fr/cities/kattowitz/", Note: "Pologne"}}},
	}
}

func build(t testing.TB, m *Memory, docs []Document) []File {
	t.Helper()
	files, err := m.Build(t.Context(), languages(), docs, Beside{})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestTitles(t *testing.T) {
	files := build(t, nil, documents())
	name := func(n string) File {
		i := slices.IndexFunc(files, func(f File) bool { return f.Name == n })
		if i < 0 {
			t.Fatalf("no file %s", n)
		}
		return files[i]
	}
	en := name("index-en.js")
	var h head
	readScript(t, en, &h)
	if want := "Łódź\t\tPoland\t0\nKatowice\tkattowitz\t\t1\nAbout\t\t-"; h.Docs != want {
		t.Errorf("docs = %q, want %q", h.Docs, want)
	}
	if got := fmt.Sprint(h.Kinds); got != "[[city City cities/ 2] [page Page  1]]" {
		t.Errorf("kinds = %s", got)
	}
	var texts []string
	readScript(t, name("text-en.00.js"), &texts)
	if want := []string{"Film, film.", "", "A network of cities."}; !slices.Equal(texts, want) {
		t.Errorf("texts = %q, want %q", texts, want)
	}
	if len(files) != shards+2+2 {
		t.Errorf("%d files", len(files))
	}
}

// A title in another language says so, and those after it are in the same.
func TestLanguagesOfTitles(t *testing.T) {
	var docs []Document
	for _, v := range []View{{Title: "Accueil"}, {Title: "Songs", Lang: "en", Note: "x"}, {Title: "Films", Lang: "en", Note: "x"}, {Title: "Lieder", Lang: "de"}, {Title: "Plan", Lang: "fr"}} {
		v.Path = v.Title + "/"
		docs = append(docs, Document{Kind: "page", Views: []View{v}})
	}
	docs[1].Fields = []string{"music"}
	h := titles(0, Language{Lang: "fr", Kinds: []Kind{{ID: "page"}}, Fields: []Kind{{ID: "music"}}}, docs, "")
	if want := "Accueil\tAccueil\t-\nSongs\tSongs\tx\t0\ten\nFilms\tFilms\nLieder\tLieder\t-\t\tde\nPlan\tPlan\t\t\t-"; h.Docs != want {
		t.Errorf("docs = %q, want %q", h.Docs, want)
	}
}

// What stands beside a title in another language says so; without a note there is
// nothing to say.
func TestLanguagesOfNotes(t *testing.T) {
	var docs []Document
	for _, v := range []View{{Title: "a", Note: "Coast", NoteLang: "en"}, {Title: "b", Note: "Coast", NoteLang: "en"}, {Title: "c"}, {Title: "d", Note: "Coast", NoteLang: "en"}, {Title: "e", Lang: "de", Note: "2018"}, {Title: "f", Note: "Mer", NoteLang: "fr"}} {
		v.Path = v.Title + "/"
		docs = append(docs, Document{Kind: "page", Views: []View{v}})
	}
	h := titles(0, Language{Lang: "fr", Kinds: []Kind{{ID: "page"}}, Fields: []Kind{{ID: "film", Name: "Film", Lang: "fr"}, {ID: "music", Name: "Music", Lang: "en"}}}, docs, "")
	if want := "a\t\tCoast\t\t\ten\nb\nc\t\t-\nd\t\tCoast\ne\t\t2018\t\tde\t-\nf\t\tMer\t\t-"; h.Docs != want {
		t.Errorf("docs = %q, want %q", h.Docs, want)
	}
	if got := fmt.Sprint(h.Fields); got != "[[film Film] [music Music en]]" {
		t.Errorf("fields = %s", got)
	}
}

// Every word of every language is in the file that the client asks for, with
// the documents and the weights it has there.
func TestWordsReadBack(t *testing.T) {
	docs := documents()
	files := build(t, nil, docs)
	got := map[string]string{}
	for s := range shards {
		f := files[s]
		if want := fmt.Sprintf("words.%02d.js", s); f.Name != want {
			t.Fatalf("file %d is %s, want %s", s, f.Name, want)
		}
		var text string
		readScript(t, f, &text)
		for word, list := range readEntries(t, text) {
			if shard(word) != s {
				t.Errorf("%q is in file %d, want %d", word, s, shard(word))
			}
			got[word] = list
		}
	}
	for word, want := range map[string]string{
		"lodz": "0*9", "lodsch": "0*9", "film": "0*2", "cinema": "0", "katowice": "1*9", "cities": "2", "propos": "2*9", "villes": "2", "network": "2",
	} {
		if got[word] != want {
			t.Errorf("%s: %q, want %q", word, got[word], want)
		}
	}
	if got["a"] != "" {
		t.Error("a single letter is indexed")
	}
}

func TestCommonWordsAreLeftOut(t *testing.T) {
	var docs []Document
	for i := range enough + 1 {
		v := View{Title: "T" + strconv.Itoa(i), Path: "p/", Text: said("the rest")}
		if i%2 == 0 {
			v.Text = said("the half")
		}
		docs = append(docs, Document{Kind: "page", Views: []View{v, v}})
	}
	all := ""
	for _, f := range build(t, nil, docs)[:shards] {
		all += string(f.Data)
	}
	if strings.Contains(all, "the:") || !strings.Contains(all, "half:") {
		t.Error("want the common word left out and the other kept")
	}
}

func TestBuildTwiceIsEqual(t *testing.T) {
	a, b := build(t, nil, documents()), build(t, nil, documents())
	if !slices.EqualFunc(a, b, func(x, y File) bool { return x.Name == y.Name && bytes.Equal(x.Data, y.Data) }) {
		t.Error("two builds differ")
	}
}

func readScript(t *testing.T, f File, v any) {
	t.Helper()
	head := fmt.Sprintf("uccn(%q,", strings.TrimSuffix(f.Name, ".js"))
	body, ok := strings.CutPrefix(string(f.Data), head)
	if body, end := strings.CutSuffix(body, ")\n"); ok && end {
		if err := json.Unmarshal([]byte(body), v); err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		return
	}
	t.Fatalf("%s is no call: %s", f.Name, f.Data)
}

func readEntries(t *testing.T, text string) map[string]string {
	t.Helper()
	out := map[string]string{}
	var before []rune
	for _, e := range strings.Fields(text) {
		word, list, ok := strings.Cut(e, ":")
		n, err := strconv.ParseInt(word[:1], 36, 0)
		if !ok || err != nil {
			t.Fatalf("entry %q", e)
		}
		before = append(before[:n:n], []rune(word[1:])...)
		out[string(before)] = list
	}
	return out
}

func BenchmarkBuild(b *testing.B) {
	var docs []Document
	for i := range 600 {
		v := View{Title: fmt.Sprintf("Title %d", i), Path: "p/", Text: said(strings.Repeat(fmt.Sprintf("word%d other%d more%d and some ", i, i%7, i%31), 25))}
		docs = append(docs, Document{Kind: "page", Views: []View{v, v}})
	}
	for b.Loop() {
		build(b, nil, docs)
	}
}

func BenchmarkBlock(b *testing.B) {
	text := strings.Repeat("The harbour authority opened a shared workshop – under the roof of the town hall – to share knowledge with the countryside. ", 20)
	var docs []Document
	for i := range blockDocs {
		docs = append(docs, Document{Kind: "page", Views: []View{{Title: fmt.Sprintf("Title %d", i), Text: said(text, strconv.Itoa(i))}}})
	}
	b.Run("count", func(b *testing.B) {
		c := newCounter()
		for b.Loop() {
			c.count(docs)
		}
	})
	b.Run("texts", func(b *testing.B) {
		for b.Loop() {
			newCounter().textFiles(0, "en", 0, docs)
		}
	})
}
