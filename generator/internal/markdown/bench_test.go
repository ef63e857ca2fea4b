package markdown

import (
	"bytes"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/markdown/doc"
	"uccn/generator/internal/model"
)

// samplePage is a page of about 450 words with what pages usually have. It
// says nothing of a real city.
func samplePage() string {
	const a = "A group of neighbours opened a shared workshop under the roof of the old mill, so that skills stay alive and young people find work. "
	const b = "It's still growing, on a budget of modest size, with the help of volunteers – and every school takes part. "
	const c = "Visitors see \"Open Doors\" each spring; partners from abroad join for a week, and what they make is shown in the market hall. "
	var s strings.Builder
	s.WriteString("**The town** works on *culture and lasting development* within the [network](https://www.example.org/network/). " + a + "[^1]\n\n" + a + b + c + "\n\n")
	s.WriteString("## Creative assets\n\n" + b + c + "\n\n- **The library** gives free space to newcomers\n- **The museum** records living traditions\n- **The harbour** put its tools online\n- **The university** trains new teachers\n- **The council** started a fund\n\n")
	s.WriteString("## Figures at a glance\n\n| Indicator | 2014 | 2018 | Change |\n|:--|--:|--:|--:|\n| Jobs in the field | 812 | 1204 | +48% |\n| Training places | 90 | 120 | +33% |\n| Public events | 14 | 31 | +121% |\n| Visitors a year | 5010 | 7400 | +47% |\n| Partner cities | 4 | 9 | +125% |\n\n")
	s.WriteString("### What was done\n\n" + a + b + c + "\n\n1. " + a + "\n2. " + b + "\n3. " + c + "\n\n> \"" + strings.TrimSpace(a) + "\" -- a voice from the town...\n\n")
	s.WriteString("## Towards 2030\n\n" + a + "A close partner is [another town](city:another-town), with which it shares `open data` and a plan.[^2]\n\n" + c + b + "\n\n")
	s.WriteString("[^1]: " + a + "\n[^2]: See the *monitoring report*, filed every four years.\n")
	return s.String()
}

// addresses resolves everything, for benchmarks and tests.
type addresses struct{}

func (addresses) Link(target string) (href, name string, ok bool) {
	if t, id, at, ok := doc.Split(target); ok {
		if at != "" {
			at = "#" + at
		}
		return "/" + string(t) + "/" + id + "/" + at, "The Name of " + id, id != "nowhere"
	}
	return target, "", true
}

func (addresses) Picture(i *doc.Image) (doc.Picture, bool) {
	return doc.Picture{Src: i.Src}, i.Src != "gone.jpg"
}

func BenchmarkParse(b *testing.B) {
	c, t := New(), model.Text{Source: samplePage(), Lang: "en", At: diag.Pos{Path: "x.md", Line: 5, Col: 1}}
	b.ReportAllocs()
	for b.Loop() {
		c.parse(t)
	}
}

func BenchmarkHTML(b *testing.B) {
	c := New()
	d := c.Parse(model.Text{Source: samplePage(), Lang: "en"})
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.HTML(d, addresses{}, doc.HTMLOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRemembered is the cost of a text that did not change.
func BenchmarkRemembered(b *testing.B) {
	c, t := New(), model.Text{Source: samplePage(), Lang: "en"}
	for b.Loop() {
		c.Parse(t)
	}
}

// The usual way, to compare with.
func BenchmarkGoldmarkParse(b *testing.B) {
	md, src := usual(), []byte(samplePage())
	b.ReportAllocs()
	for b.Loop() {
		md.Parser().Parse(text.NewReader(src))
	}
}

func BenchmarkGoldmarkConvert(b *testing.B) {
	md, src := usual(), []byte(samplePage())
	var out bytes.Buffer
	b.ReportAllocs()
	for b.Loop() {
		out.Reset()
		if err := md.Convert(src, &out); err != nil {
			b.Fatal(err)
		}
	}
}

func usual() goldmark.Markdown {
	return goldmark.New(goldmark.WithParserOptions(parser.WithAutoHeadingID()), goldmark.WithExtensions(
		extension.Table, extension.Strikethrough, extension.Footnote, extension.DefinitionList, extension.Typographer))
}
