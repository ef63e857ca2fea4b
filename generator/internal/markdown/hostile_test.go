package markdown

import (
	"encoding/xml"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/markdown/doc"
	"uccn/generator/internal/model"
)

// hostile lists texts that goldmark alone takes minutes or gigabytes for, each
// grown to n bytes.
func hostile(n int) map[string]string {
	fill := func(s string) string { return strings.Repeat(s, n/len(s)) }
	lines := func(s string) string { // in lines of 90 kB
		return strings.Repeat(strings.Repeat(s, 90_000/len(s))+"\n", max(1, n/90_000))
	}
	numbered := func(f func(i string) string) string {
		var b strings.Builder
		for i := 0; b.Len() < n-40; i++ {
			b.WriteString(f(strconv.Itoa(i)))
		}
		return b.String()
	}
	stairs := func(s string) string {
		var b strings.Builder
		for i := 0; b.Len()+2*i < n && 2*i < 90_000; i++ {
			b.WriteString(strings.Repeat("  ", i) + s + "\n")
		}
		return b.String()
	}
	return map[string]string{
		"emphasis that never closes":    lines("*a_ "),
		"emphasis in short lines":       fill("*a_ b\n"),
		"emphasis in many paragraphs":   fill(strings.Repeat("*a_ ", 240) + "\n\n"),
		"long runs":                     lines("**"),
		"runs against runs":             lines("*") + "a" + lines("*"),
		"underscores and stars":         lines("_**a"),
		"brackets":                      lines("["),
		"picture brackets":              lines("!["),
		"brackets that close":           lines("[") + lines("]"),
		"brackets in paragraphs":        fill(strings.Repeat("[", 450) + strings.Repeat("]", 450) + "\n\n"),
		"links that never close":        lines("[a](<b"),
		"links with open titles":        lines("[a](b \""),
		"nested links":                  lines("[a](") + lines("b)"),
		"backticks of all lengths":      numbered(func(i string) string { k, _ := strconv.Atoi(i); return strings.Repeat("`", k%400+1) + "a" }),
		"backticks in short lines":      numbered(func(i string) string { k, _ := strconv.Atoi(i); return strings.Repeat("`", k%400+1) + "a\n" }),
		"tag starts":                    lines("<a b=\""),
		"comments":                      lines("<!-- a"),
		"instructions":                  lines("<? a"),
		"addresses in angle brackets":   lines("<https:a"),
		"mail addresses":                lines("<a@b."),
		"strikes":                       lines("~~a ~"),
		"a wide table of empty rows":    strings.Repeat("a|", 5000) + "\n" + strings.Repeat("-|", 5000) + "\n" + strings.Repeat("|\n", max(1, (n-20_010)/2)),
		"many small tables":             fill("|a\n|-\n|b\n\n"),
		"tables of escaped bars":        "a|b\n-|-\n" + fill("`\\|`|\\|\n"),
		"delimiter rows":                fill("-|- -\n"),
		"footnotes":                     numbered(func(i string) string { return "[^" + i + "]: a\n" }),
		"calls of footnotes":            "[^a]: b\n\n" + fill("[^a] "),
		"footnotes called backwards":    "[^0]\n\n" + numbered(func(i string) string { return "[^" + i + "]: b [^" + i + "1]\n" }),
		"references":                    numbered(func(i string) string { return "[a" + i + "]: b\n" }),
		"references in paragraphs":      numbered(func(i string) string { return "[a" + i + "]: b\n\n" }),
		"calls of references":           "[a]: b\n\n" + fill("[a] "),
		"long labels":                   fill("[" + strings.Repeat("a", 990) + "] "),
		"quotations in quotations":      lines("> "),
		"lists in lists":                lines("- "),
		"numbers in numbers":            lines("1. "),
		"stairs of lists":               stairs("- a"),
		"stairs of numbers":             stairs("1) a"),
		"empty lines in deep lists":     strings.Repeat("- ", 99) + "a\n" + fill("\n"),
		"lazy lines in deep quotations": strings.Repeat("> ", 99) + "a\n" + fill("a\n"),
		"empty lines":                   fill("\n"),
		"one long paragraph":            fill("a\n"),
		"definitions":                   fill("a\n: b\n"),
		"definitions in definitions":    lines(": "),
		"nested definitions":            stairs("a\n: b"),
		"directives":                    fill("```quote\ntext: *a*\n```\n"),
		"a directive of many lines":     "```gallery\n" + fill("src: a\n") + "```\n",
		"a directive of one value":      "```quote\ntext: a\n" + fill(" b\n") + "```\n",
		"keys that are none":            "```figure\n" + fill("abcde: f\n") + "```\n",
		"headings alike":                fill("## a\n"),
		"headings numbered":             numbered(func(i string) string { return "## a\n## a-" + i + "\n" }),
		"setext headings":               fill("a\n===\n"),
		"quotes":                        lines("\"a 'b "),
		"apostrophes":                   lines(" 'a"),
		"references to characters":      lines("&a"),
		"entities":                      lines("&lt;"),
		"backslashes":                   lines("\\"),
		"tabs":                          fill("\t- a\n"),
		"tabs before emphasis":          "-\t" + strings.Repeat("*a_ ", 20_000) + "\n" + fill("\t  *a_\n"),
		"bad bytes":                     lines("\xff\xc3("),
		"zeros":                         lines("\x00"),
		"pictures":                      lines("![](a)"),
		"raw tags":                      lines("<b>"),
		"html blocks":                   fill("<div\n"),
		"script blocks":                 "<script>\n" + fill("a\n"),
		"fences":                        fill("```a\n"),
		"rules":                         fill("***\n"),
		"carriage returns":              lines("\r"),
		"wide characters":               lines("都市\""),
		"anchors":                       fill("[a](#b) \n\n"),
	}
}

// Within the limits a text is read with work in proportion to its size: the
// count of what is made bounds the time. Each is read without a panic, and
// what could not be read is said.
func TestHostile(t *testing.T) {
	n := 100_000
	if testing.Short() {
		n = 20_000
	}
	c := New()
	for name, src := range hostile(n) {
		t.Run(name, func(t *testing.T) {
			d := c.parse(model.Text{Source: src, Lang: "fr", At: diag.Pos{Path: "x.md", Line: 1, Col: 1}})
			h, err := c.HTML(d, addresses{}, doc.HTMLOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if len(h) > 100*len(src)+1000 {
				t.Errorf("%d bytes of text became %d", len(src), len(h))
			}
			checkDoc(t, src, d, string(h))
			if h, err = c.HTML(d, addresses{}, doc.HTMLOptions{XHTML: true}); err != nil {
				t.Fatal(err)
			}
			checkXML(t, string(h))
		})
	}
}

// BenchmarkHostile reads each hostile text of a megabyte.
func BenchmarkHostile(b *testing.B) {
	c := New()
	texts := hostile(1_000_000)
	for _, name := range sortedKeys(texts) {
		b.Run(strings.ReplaceAll(name, " ", "-"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				d := c.parse(model.Text{Source: texts[name], Lang: "fr", At: diag.Pos{Path: "x.md", Line: 1, Col: 1}})
				if _, err := c.HTML(d, addresses{}, doc.HTMLOptions{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func sortedKeys(m map[string]string) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func TestLimits(t *testing.T) {
	numbered := func(n int, f string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.ReplaceAll(f, "#", strconv.Itoa(i)))
		}
		return b.String()
	}
	for _, tt := range []struct {
		name, in, out string // what is within, what is not
		want          string
		line          int // of the problem in out
	}{
		{"bytes", strings.Repeat("a\n\n", maxBytes/3), strings.Repeat("a\n\n", maxBytes/3+1), "longer than 1 MB", 1},
		{"line", "x\n" + strings.Repeat("a", maxLine), "x\n" + strings.Repeat("a", maxLine+1), "longer than 100,000 bytes", 2},
		{"nesting", strings.Repeat("> ", maxNesting) + "a", strings.Repeat("> ", maxNesting+1) + "a", "nested deeper", 1},
		{"lists", strings.Repeat("- ", maxNesting) + "a", strings.Repeat("- ", maxNesting+1) + "a", "nested deeper", 1},
		{"cells", "x\n\na|b|c|d\n-|-|-|-\n" + strings.Repeat("e|f|g|h\n", maxCells/4-2), "x\n\na|b|c|d\n-|-|-|-\n" + strings.Repeat("e|f|g|h\n", maxCells/4), "more than 50,000 cells", 3},
		{"wide", strings.Repeat("a|", 400) + "\n" + strings.Repeat("-|", 400) + "\n" + strings.Repeat("|\n", 120), strings.Repeat("a|", 400) + "\n" + strings.Repeat("-|", 400) + "\n" + strings.Repeat("|\n", 130), "more than 50,000 cells", 1},
		{"references", numbered(maxReferences, "[a#]: b\n\n"), numbered(maxReferences+1, "[a#]: b\n\n"), "more than 2,000 references", 2*maxReferences + 1},
		{"footnotes", numbered(maxNotes, "[^a#]: b\n"), numbered(maxNotes+1, "[^a#]: b\n"), "more than 2,000 footnotes", maxNotes + 1},
		{"calls", "[^a]: b\n\n" + numbered(maxNotes, "[^a]\n\n"), "[^a]: b\n\n" + numbered(maxNotes+2, "[^a]\n\n"), "called more than 2,000", 3 + 2*maxNotes},
		{"marks", strings.Repeat("*a ", maxMarks), "x\n\n" + strings.Repeat("*a ", maxMarks+1), "1,000 signs of markup", 3},
		{"paragraph", strings.Repeat("a\n", maxParagraph), "x\n\n" + strings.Repeat("a\n", maxParagraph+1), "more than 20,000 lines", 3},
		{"steps", strings.Repeat("- ", 99) + "a\n" + strings.Repeat("\n", maxSteps/200), strings.Repeat("- ", 99) + "a\n" + strings.Repeat("\n", maxSteps/190), "deeply nested", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			limits := func(src string) diag.List {
				var l diag.List
				for _, p := range New().parse(model.Text{Source: src, Lang: "en", At: diag.Pos{Path: "x.md", Line: 1, Col: 1}}).Problems {
					if p.Code == "markdown-limit" {
						l = append(l, p)
					}
				}
				return l
			}
			if l := limits(tt.in); len(l) > 0 {
				t.Errorf("within the limit: %v", l)
			}
			l := limits(tt.out)
			if len(l) != 1 || !strings.Contains(l[0].Message, tt.want) || tt.line > 0 && l[0].Line != tt.line {
				t.Errorf("past the limit, want %q on line %d, got %#v", tt.want, tt.line, l)
			}
		})
	}
}

// checkDoc holds for every text, however hostile: places lie in the text, and
// the HTML has no element, attribute or address that is not ours.
func checkDoc(t *testing.T, src string, d *doc.Doc, h string) {
	t.Helper()
	lines := strings.Split(strings.NewReplacer("\r\n", "\n").Replace(src), "\n")
	inside := func(what string, p diag.Pos, length int) {
		if p.Line < 1 || p.Line > len(lines) || p.Col < 1 || p.Col+length > len([]rune(lines[p.Line-1]))+2 {
			t.Errorf("%s at %v, %d long, is not in the text", what, p, length)
		}
	}
	for _, l := range d.Links {
		inside("link "+l.Target, l.At, l.Len)
	}
	for _, i := range d.Images {
		inside("picture "+i.Src, i.At, i.Len)
	}
	for _, p := range d.Problems {
		inside(p.Message, p.Pos, p.Len)
	}
	ids := map[string]bool{}
	for _, x := range d.Headings {
		if x.ID == "" || ids[x.ID] || strings.HasPrefix(x.ID, "t-") || strings.HasPrefix(x.ID, "fn-") || strings.HasPrefix(x.ID, "fnref-") {
			t.Errorf("id %q is empty, taken or reserved", x.ID)
		}
		ids[x.ID] = true
	}
	checkHTML(t, h)
}

// checkXML holds for what goes into an EPUB: it is well-formed, and no id is
// given twice.
func checkXML(t *testing.T, h string) {
	t.Helper()
	ids := map[string]bool{}
	for dec := xml.NewDecoder(strings.NewReader("<div>" + h + "</div>")); ; {
		tok, err := dec.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatalf("not XML: %v", err)
		}
		if e, ok := tok.(xml.StartElement); ok {
			for _, a := range e.Attr {
				if a.Name.Local == "id" && (ids[a.Value] || strings.ContainsAny(a.Value, " \t\n\"#&<>")) {
					t.Fatalf("id %q is taken or wrong", a.Value)
				} else if a.Name.Local == "id" {
					ids[a.Value] = true
				}
			}
		}
	}
}

// checkHTML reads what we write, tag by tag.
func checkHTML(t *testing.T, h string) {
	t.Helper()
	const elements = " a blockquote br cite code dd del div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr img li ol p picture pre section small source strong sub sup table tbody td th thead tr ul "
	const attributes = " alt aria-label class decoding epub:type height href id loading rel role scope sizes src srcset start tabindex title type width "
	inLink := false
	for rest := h; ; {
		i := strings.IndexByte(rest, '<')
		if i < 0 {
			break
		}
		rest = rest[i+1:]
		end := strings.IndexByte(rest, '>')
		if end < 0 {
			t.Fatalf("a tag without end: %.80q", rest)
		}
		tag := strings.TrimSuffix(strings.TrimPrefix(rest[:end], "/"), "/")
		if link := rest[:end] == "/a"; link || strings.HasPrefix(rest, "a ") {
			if inLink != link {
				t.Fatalf("a link in a link, at %.80q", rest)
			}
			inLink = !inLink
		}
		rest = rest[end+1:]
		name, attrs, _ := strings.Cut(tag, " ")
		if !strings.Contains(elements, " "+name+" ") {
			t.Fatalf("element %.80q", name)
		}
		for attrs != "" {
			key, after, ok := strings.Cut(attrs, `="`)
			value, more, closed := strings.Cut(after, `"`)
			if !ok || !closed || !strings.Contains(attributes, " "+key+" ") {
				t.Fatalf("attribute in %.80q", tag)
			}
			if key == "href" || key == "src" {
				if s := doc.Scheme(value); s != "" && s != "http" && s != "https" && s != "mailto" && s != "tel" || strings.HasPrefix(value, "//") {
					t.Fatalf("address %.80q", value)
				}
			}
			attrs = strings.TrimPrefix(more, " ")
		}
	}
}
