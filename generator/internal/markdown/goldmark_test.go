package markdown

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"uccn/generator/internal/markdown/doc"
	"uccn/generator/internal/model"
)

// judge is goldmark with its own renderer, for what we read and write alike.
func judge() goldmark.Markdown {
	return goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Footnote, extension.DefinitionList))
}

// sameAsGoldmark compares what we write with what goldmark writes, where both
// mean to say the same. It reports false for texts that we treat otherwise on
// purpose: those with raw HTML, refused addresses, pictures or directives.
func sameAsGoldmark(t *testing.T, c *Converter, md goldmark.Markdown, src string) (compared bool) {
	t.Helper()
	d := c.parse(model.Text{Source: src, Lang: "zxx"})
	for _, p := range d.Problems {
		switch p.Code {
		case "heading-level", "unknown-note", "unused-note":
		default:
			return false
		}
	}
	for _, sign := range []string{"*", "_", "~"} {
		if strings.Contains(src, strings.Repeat(sign, maxRun+1)) {
			return false
		}
	}
	for _, l := range d.Links {
		if len(l.Content) == 0 {
			return false // shows the name of the record
		}
	}
	var out bytes.Buffer
	if err := md.Convert([]byte(src), &out); err != nil {
		t.Fatal(err)
	}
	// Goldmark lets control characters through when they are written as &#2;.
	// Of several paragraphs of a meaning, goldmark takes the tags off the first.
	mixed := regexp.MustCompile(`(?s)<dd>[^\n].*<p>.*</dd>`).MatchString(out.String())
	if strings.Contains(out.String(), "raw HTML omitted") || len(d.Images) > 0 || mixed {
		return false
	}
	if _, head, ok := strings.Cut(out.String(), "<thead>"); ok && strings.Count(head[:strings.Index(head, "</thead>")], "</th>") == 1 {
		return false // of a line of dashes, perhaps
	}
	if linkInLink(out.String()) || !allowed(out.String()) {
		return false
	}
	h, err := c.HTML(d, asWritten{}, doc.HTMLOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if want, got := alike(out.String()), alike(string(h)); got != want {
		t.Errorf("%q:\n goldmark %s\n ours     %s", src, want, got)
	}
	return true
}

func linkInLink(h string) bool {
	for {
		_, rest, ok := strings.Cut(h, "<a ")
		if !ok {
			return false
		}
		words, after, _ := strings.Cut(rest, "</a>")
		if strings.Contains(words, "<a ") {
			return true
		}
		h = after
	}
}

// asWritten leaves every address as it is.
type asWritten struct{}

func (asWritten) Link(target string) (string, string, bool) {
	if _, _, _, ok := doc.Split(target); ok {
		return "/" + strings.Replace(target, ":", "/", 1), target, true
	}
	return target, "", true
}

func (asWritten) Picture(i *doc.Image) (doc.Picture, bool) { return doc.Picture{}, false }

// alike takes away in what the two differ on purpose.
func alike(h string) string {
	h = regexp.MustCompile(` id="[^"]*"| rel="external"| scope="col"| aria-label="[^"]*"| role="[^"]*"| class="(footnote-[a-z]+|notes|footnotes|table|start|center|end)"| style="[^"]*"| tabindex="0"| href="#fn[^"]*"`).ReplaceAllString(h, "")
	h = regexp.MustCompile(` href="(`+strings.Join(recordWords(), "|")+`):`).ReplaceAllString(h, ` href="/$1/`)
	h = strings.NewReplacer("<section><ol>", "<notes>", "</ol></section>", "</notes>", "<div>\n<hr>\n<ol>", "<notes>", "</ol>\n</div>", "</notes>",
		"<div><table>", "<table>", "</table></div>", "</table>", "&quot;", `"`, "&#34;", `"`, "&#39;", "'", "%27", "'", "&#x21a9;&#xfe0e;", "↩\ufe0e", "&#160;", "\u00a0", "\r", "").Replace(h)
	h = regexp.MustCompile(`<p>(\x{a0}?<a>↩\x{fe0e}</a>)+</p></li>`).ReplaceAllString(h, "</li>")
	h = regexp.MustCompile(`\x{a0}?<a>↩\x{fe0e}</a>`).ReplaceAllString(h, "")
	pre := strings.Split(h, "pre>")
	for i := 0; i < len(pre); i += 2 { // outside of code, blanks are alike
		pre[i] = regexp.MustCompile(`^\n|\n(</?)$`).ReplaceAllString(pre[i], "$1")
		pre[i] = regexp.MustCompile(`\s*\n\s*`).ReplaceAllString(pre[i], "\n")
		pre[i] = regexp.MustCompile(`\n?(</?(p|ul|ol|li|blockquote|h[1-6]|hr|table|thead|tbody|tr|t[hd]|dl|dt|dd|notes|br|pre)( [^>]*)?>)\n?`).ReplaceAllString(pre[i], "$1")
	}
	return strings.TrimSpace(strings.Join(pre, "pre>"))
}

// Goldmark is measured by the examples of the CommonMark specification, which
// come with its source; so are we, wherever that source is to be found.
func TestCommonMarkExamples(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/goldmark").Output()
	if err != nil {
		t.Skip("no go command here")
	}
	b, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "_test", "spec.json"))
	if err != nil {
		t.Skip("goldmark's source has no examples")
	}
	var examples []struct{ Markdown string }
	if err := json.Unmarshal(b, &examples); err != nil {
		t.Fatal(err)
	}
	c, md, n := New(), judge(), 0
	for _, x := range examples {
		if sameAsGoldmark(t, c, md, x.Markdown) {
			n++
		}
	}
	if n < 400 {
		t.Errorf("only %d of %d examples could be compared", n, len(examples))
	}
}

// Texts put together at random from pieces of Markdown.
func TestSameAsGoldmark(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	c, md, n := New(), judge(), 0
	for range 3000 {
		if sameAsGoldmark(t, c, md, randomText(r)) {
			n++
		}
		if t.Failed() {
			return
		}
	}
	if n < 1000 {
		t.Errorf("only %d texts could be compared", n)
	}
}

func randomText(r *rand.Rand) string {
	pieces := []string{"*", "**", "_", "__", "`", "``", "~~", "[", "]", "(/x/)", "[r]", "](city:a)", "](</a b>)", "](/x \"t\")", "\\", "&amp;", "<https://a.org/>", "é", "都",
		" ", " ", " ", " ", "a", "b", "word", "longer words here", "1", ".", "\n", "\n", "\n\n", "\n\n", "\n- ", "\n* ", "\n1. ", "\n2) ", "\n> ", "\n    ", "\n  ", "\n\t", "\n## ", "\n### h #", "\n---\n", "\n===\n",
		"\n| a | b |\n|:-|-:|\n| c | d |\n", "|", "\n```\ncode\n```\n", "\n~~~ go\nx\n~~~\n", "[^n]", "\n\n[^n]: note\n", "\n\n[r]: /ref \"title\"\n\n", "\nterm\n: meaning\n", "  \n", "\\\n", "***\n"}
	var b strings.Builder
	for range 2 + r.IntN(40) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return b.String()
}
