package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// Checked is what the output check saw.
type Checked struct {
	HTML, Files int
	Bytes       int64
	CityBytes   int // mean size of a city page
	Wrong       []string
}

var (
	reCurly = regexp.MustCompile("\u201c|&ldquo;|&#8220;")
	reNote  = regexp.MustCompile(`#(user-content-)?(fn|note)`)
	reHref  = regexp.MustCompile(`\bhref=(?:"([^"]*)"|'([^']*)'|([^\s>]+))`)
	reHead  = regexp.MustCompile(`(?i)<h[2-6]\b`)
	reLoc   = regexp.MustCompile(`<loc>`)
	reItem  = regexp.MustCompile(`<(item|entry)[ >]`)
)

// links returns the addresses on the site that a page leads to, each once. from
// is the page's own address; links may be relative, and may name index.html.
func links(page []byte, from string) map[string]bool {
	base := &url.URL{Path: from}
	out := map[string]bool{}
	for _, m := range reHref.FindAllSubmatch(page, -1) {
		to, err := url.Parse(string(m[1]) + string(m[2]) + string(m[3]))
		if err != nil || to.Host != "" || to.Path == "" {
			continue
		}
		out[strings.TrimSuffix(base.ResolveReference(to).Path, "index.html")] = true
	}
	return out
}

// Check reads the output and says what is missing. It looks at up to 400
// pages of each kind, and at every listing page and whole-site file.
func (p *Peer) Check(s *Set, out string) Checked {
	var c Checked
	fail := func(f string, a ...any) {
		if len(c.Wrong) < 12 {
			c.Wrong = append(c.Wrong, fmt.Sprintf(f, a...))
		}
	}
	filepath.WalkDir(out, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		c.Files++
		if i, err := d.Info(); err == nil {
			c.Bytes += i.Size()
		}
		if strings.HasSuffix(name, ".html") {
			c.HTML++
		}
		return nil
	})
	want := len(s.Cities) + len(s.Practices) + len(s.Cases)
	if c.HTML < want {
		fail("%d HTML files, at least %d needed", c.HTML, want)
	}
	address := func(kind, slug string) string {
		return "/" + strings.TrimSuffix(strings.ReplaceAll(p.Layout[kind], "{slug}", slug), "index.html")
	}
	common := func(kind, slug string, title string) ([]byte, map[string]bool) {
		b, err := os.ReadFile(p.path(out, kind, slug))
		if err != nil {
			fail("%s %s: no page", kind, slug)
			return nil, nil
		}
		to := links(b, address(kind, slug))
		for _, x := range []string{"rev-0000 of " + slug, title, "<h1", "<table", "<th", "<blockquote", "<code", "<ol", "Creative assets"} {
			if !bytes.Contains(b, []byte(x)) {
				fail("%s %s: no %q", kind, slug, x)
			}
		}
		if !reCurly.Match(b) {
			fail("%s %s: quotation marks are not typographic", kind, slug)
		}
		if len(reNote.FindAll(b, -1)) < 4 || bytes.Contains(b, []byte("[^1]")) {
			fail("%s %s: footnotes are not linked both ways", kind, slug)
		}
		if len(reHead.FindAll(b, -1)) < 4 {
			fail("%s %s: headings are missing", kind, slug)
		}
		for _, f := range fields {
			if !p.OwnTheme && !to[address("field", slugify(f))] {
				fail("%s %s: the navigation lacks %s", kind, slug, f)
			}
		}
		if !p.OwnTheme && (!bytes.Contains(b, []byte("</nav>")) || !bytes.Contains(b, []byte("at the heart of development plans"))) {
			fail("%s %s: no navigation or footer", kind, slug)
		}
		return b, to
	}
	step := func(n int) int { return max(1, n/400) }
	var sum, cnt int
	for i := 0; i < len(s.Cities); i += step(len(s.Cities)) {
		x := s.Cities[i]
		b, to := common("city", x.Slug, x.Name)
		if b == nil {
			continue
		}
		sum += len(b)
		cnt++
		if !to[address("country", p.country(x.Country))] {
			fail("city %s: no link to its country", x.Slug)
		}
		for _, k := range x.Practices {
			if !to[address("practice", s.Practices[k].Slug)] || !bytes.Contains(b, []byte(s.Practices[k].Title)) {
				fail("city %s: practice %s is not listed", x.Slug, s.Practices[k].Slug)
			}
		}
		for _, k := range x.Cases {
			if !to[address("case", s.Cases[k].Slug)] {
				fail("city %s: case %s is not listed", x.Slug, s.Cases[k].Slug)
			}
		}
	}
	if cnt > 0 {
		c.CityBytes = sum / cnt
	}
	for i := 0; i < len(s.Practices); i += step(len(s.Practices)) {
		x := s.Practices[i]
		if b, to := common("practice", x.Slug, x.Title); b != nil && !to[address("city", x.City)] {
			fail("practice %s: no link to its city", x.Slug)
		}
	}
	for i := 0; i < len(s.Cases); i += step(len(s.Cases)) {
		x := s.Cases[i]
		if b, to := common("case", x.Slug, x.Title); b != nil {
			for _, y := range x.Cities {
				if !to[address("city", y)] {
					fail("case %s: no link to %s", x.Slug, y)
				}
			}
		}
	}
	one := regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(address("city", "{slug}")), regexp.QuoteMeta("{slug}"), "[a-z0-9-]+") + "$")
	list := func(kind, slug string, want int) {
		b, err := os.ReadFile(p.path(out, kind, slug))
		if err != nil {
			fail("%s %s: no page", kind, slug)
			return
		}
		n := 0
		for to := range links(b, address(kind, slug)) {
			if one.MatchString(to) && to != address("cities", "") {
				n++
			}
		}
		if n != want {
			fail("%s %s: lists %d cities of %d", kind, slug, n, want)
		}
	}
	counts := map[[2]string]int{}
	for _, x := range s.Cities {
		counts[[2]string{"field", slugify(x.Field)}]++
		counts[[2]string{"country", p.country(x.Country)}]++
	}
	for k, n := range counts {
		list(k[0], k[1], n)
	}
	list("cities", "", len(s.Cities))
	if b, err := os.ReadFile(p.path(out, "sitemap", "")); err != nil || len(reLoc.FindAll(b, -1)) < want {
		fail("sitemap: %d addresses, at least %d needed", len(reLoc.FindAll(b, -1)), want)
	} else if err := wellFormed(b); err != nil {
		fail("sitemap: %v", err)
	}
	if b, err := os.ReadFile(p.path(out, "rss", "")); err != nil || len(reItem.FindAll(b, -1)) != 20 {
		fail("feed: %d items, not 20", len(reItem.FindAll(b, -1)))
	} else if err := wellFormed(b); err != nil {
		fail("feed: %v", err)
	}
	b, _ := os.ReadFile(p.path(out, "search", ""))
	if path.Ext(p.Layout["search"]) == ".html" { // the page that lists what can be found
		n := 0
		to := links(b, address("search", ""))
		for _, x := range s.slugs() {
			if to[address(x[0], x[1])] {
				n++
			}
		}
		if n != want {
			fail("search page: %d entries of %d", n, want)
		}
		return c
	}
	var idx []map[string]any
	if err := json.Unmarshal(b, &idx); err != nil || len(idx) != want {
		fail("search index: %d entries of %d (%v)", len(idx), want, err)
	}
	return c
}

// slugs lists kind and slug of every document.
func (s *Set) slugs() [][2]string {
	var out [][2]string
	for _, x := range s.Cities {
		out = append(out, [2]string{"city", x.Slug})
	}
	for _, x := range s.Practices {
		out = append(out, [2]string{"practice", x.Slug})
	}
	for _, x := range s.Cases {
		out = append(out, [2]string{"case", x.Slug})
	}
	return out
}

func wellFormed(b []byte) error {
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}
