package markdown

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/markdown/doc"
	"uccn/generator/internal/model"
)

func FuzzParse(f *testing.F) {
	for _, src := range []string{
		samplePage(),
		"# a\n\n* b **c** _d_ `e` ~~f~~ [g](city:h \"i\") ![j](k.jpg) <https://l.org/>[^m]\n\n[^m]: n\n",
		"| a | b |\n|:-|-:|\n| `c\\|d` | e |\n\nterm\n: meaning\n\n> - 1. x\n\n<b>y</b>\n\n<script>z</script>\n",
		"[a](javascript:b) [c](java&#10;script:d) <javascript:e> [f]: vbscript:g\n\n\"h 'i' \\\"j\" -- k... ---\r\n\tl\n",
		"```figure\nsrc: a\nalt: b\ncaption: *c* [d](city:e)\n  f\nfocus: 1,0\n```\n\n```quote\ntext: g\n```\n",
	} {
		f.Add(src, "en")
		f.Add(src, "fr")
	}
	c := New()
	f.Fuzz(func(t *testing.T, src, lang string) {
		if len(src) > 20_000 {
			return
		}
		d := c.parse(model.Text{Source: src, Lang: lang, At: diag.Pos{Path: "x.md", Line: 1, Col: 1}})
		for _, o := range []doc.HTMLOptions{{}, {XHTML: true, Prefix: "p-", Shift: 1}} {
			h, err := c.HTML(d, addresses{}, o)
			if err != nil {
				t.Fatal(err)
			}
			if !utf8.ValidString(string(h)) {
				t.Fatal("the HTML is not UTF-8")
			}
			checkDoc(t, src, d, string(h))
			if o.XHTML {
				checkXML(t, string(h))
			}
		}
		d.Plain()
		d.FirstSentence()
		d.Words()
	})
}

func FuzzDirective(f *testing.F) {
	for _, body := range []string{
		"src: a.jpg\nalt: b\ncaption: \"*c* [d](city:e)\"\n  and more\nlicense: cc0\nfocus: [0.1, 1]\n",
		"- src: a\n  alt: b\n- src: c\n\n  decorative: true\n", "text: 'a'\nby: b\nrole:\n  c\n", "url: https://a.org/\ntitle: b\n", "scr: x\n: y\n k\n",
	} {
		for _, name := range directives() {
			f.Add(name, body, "")
		}
		f.Add("figure", body, "> ")
	}
	f.Add("t", "a\nt\n", "## ")
	c := New()
	f.Fuzz(func(t *testing.T, name, body, prefix string) {
		if len(body) > 5_000 || len(prefix) > 8 {
			return
		}
		src := prefix + "```" + name + "\n"
		for line := range strings.Lines(body) {
			src += prefix + line
		}
		src += "\n" + prefix + "```\n"
		d := c.parse(model.Text{Source: src, Lang: "fr", At: diag.Pos{Path: "x.md", Line: 1, Col: 1}})
		h, err := c.HTML(d, addresses{}, doc.HTMLOptions{})
		if err != nil {
			t.Fatal(err)
		}
		checkDoc(t, src, d, string(h))
	})
}

// windows finds the numbers of characters 128 to 159, which we read as HTML does: by
// the code page of Windows.
var windows = regexp.MustCompile(`(?i)&#(x0*[89][0-9a-f]|0*1[2-5][0-9]);`)

// FuzzSameAsGoldmark looks for texts that we read otherwise than goldmark does.
func FuzzSameAsGoldmark(f *testing.F) {
	f.Add(samplePage())
	f.Add("a&&#x99;J")
	f.Add("b::\n: bb0::::\n: \nf`d*g ` e *k")
	f.Add("- a\n\n  b\n* c\n> d\n\n1. e `f` *g **h** i*\n")
	c, md := New(), judge()
	f.Fuzz(func(t *testing.T, src string) {
		if len(src) < 2_000 && allowed(src) && !windows.MatchString(src) {
			sameAsGoldmark(t, c, md, src)
		}
	})
}
