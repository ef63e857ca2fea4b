package theme

import (
	"fmt"
	"regexp"
	"slices"
	"testing"
)

// spec is what a mention is.
func spec() *regexp.Regexp {
	return regexp.MustCompile(`(url\(\s*["']?|["'])(\.{1,2}/|)([A-Za-z0-9_./-]+\.(?:woff2|svg|css|js|png|jpg|webp|txt))((?:#[\w-]+)?["']?)`)
}

func both(text string) (want, got []string) {
	for _, g := range spec().FindAllStringSubmatch(text, -1) {
		want = append(want, fmt.Sprintf("%q", g[1:]))
	}
	mentions(text, func(m mention) { got = append(got, fmt.Sprintf("%q", []string{m.opens, m.here, m.path, m.close})) })
	return want, got
}

func texts() []string {
	return []string{
		`@font-face{src:url(fonts/a.woff2) format("woff2")}`, `url( "../x/y.svg#icon-1" )`, `import "./search.js"; import './a/b.min.js'`,
		`"./.css" ".css" "..css" "../.js" "a.js.css.x" "a.cssx#" 'b.svg#é'`, `"a.css"b.css"c.css`, `url(url("a.png")`, `uurl(a.jpg`, `url(`, `"`, `url( `, "url(\n'x.txt'", `"../../a.webp#`,
	}
}

func TestMentions(t *testing.T) {
	for _, text := range texts() {
		if want, got := both(text); !slices.Equal(got, want) {
			t.Errorf("%s:\ngot  %s\nwant %s", text, got, want)
		}
	}
}

func FuzzMentions(f *testing.F) {
	for _, text := range texts() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if want, got := both(text); !slices.Equal(got, want) {
			t.Errorf("%q:\ngot  %s\nwant %s", text, got, want)
		}
	})
}

func TestRenamed(t *testing.T) {
	to := func(m mention) string {
		if m.path != "a.css" {
			return ""
		}
		return "/b.1.css"
	}
	for text, want := range map[string]string{
		`x url("a.css#i") 'c.css' y`: `x url("/b.1.css#i") 'c.css' y`,
		`"a.css`:                     `"/b.1.css`,
		`plain`:                      `plain`,
	} {
		if got := string(renamed([]byte(text), to)); got != want {
			t.Errorf("%s: %s, not %s", text, got, want)
		}
	}
}
