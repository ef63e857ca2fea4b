package markup

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"uccn/generator/checks/internal/sites"
)

// base is the address in a site's site.yaml.
func base(s sites.Site) string {
	if s.Langs[0] == "ar" {
		return "https://bank.example/"
	}
	return "https://creative-cities.example/"
}

// TestGrammars reads feeds and site maps by their grammars, with the RELAX NG
// validator inside the Nu checker, and makes sure that it finds faults.
func TestGrammars(t *testing.T) {
	for _, c := range []struct {
		grammar string
		files   []string
		faults  [][2]string // what is written in the place of what
	}{
		{"atom.rnc", []string{"feed.xml", set.Ours.Langs[1] + "/feed.xml"}, [][2]string{
			{"<updated>2", "<updated>on 2"}, {"<author><name>", "<author><name></name><name>"}, {"<id>https:", "<id>http:"}, {"</feed>", "<link/></feed>"}, {` rel="self"`, ""},
		}},
		{"sitemap.rnc", []string{"sitemap.xml"}, [][2]string{
			{"</loc>", "</loc><loc>https://x.example/</loc>"}, {`hreflang="`, `hreflang="?`}, {"<urlset ", "<urls "}, {`rel="alternate"`, `rel="other"`},
		}},
	} {
		for _, name := range c.files {
			b := set.Ours.Read(t, name)
			if out := grammar(t, c.grammar, b); out != "" {
				t.Errorf("%s: %s", name, out)
			}
			for _, f := range c.faults {
				wrong := bytes.Replace(b, []byte(f[0]), []byte(f[1]), 1)
				if bytes.Equal(wrong, b) {
					t.Errorf("%s has no %q", name, f[0])
				} else if grammar(t, c.grammar, wrong) == "" {
					t.Errorf("%s with %q is accepted", name, f[1])
				}
			}
		}
	}
	for _, name := range []string{"feed.xml", set.Arabic.Langs[1] + "/feed.xml"} {
		if out := grammar(t, "atom.rnc", set.Arabic.Read(t, name)); out != "" {
			t.Errorf("arabic %s: %s", name, out)
		}
	}
	if out := grammar(t, "sitemap.rnc", set.Arabic.Read(t, "sitemap.xml")); out != "" {
		t.Errorf("arabic sitemap.xml: %s", out)
	}
}

// grammar returns what a grammar finds wrong in a file.
func grammar(t *testing.T, rules string, b []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "file.xml")
	if err := os.WriteFile(name, b, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("java", "-cp", "../node_modules/vnu-jar/build/dist/vnu.jar", "nu.validator.vendor.thaiopensource.relaxng.util.Driver", "-c", rules, name).CombinedOutput()
	if err != nil && len(out) == 0 {
		t.Fatalf("%v; run .ci/install", err)
	}
	return string(out)
}

// TestFeeds holds the Atom feeds to RFC 4287: what a feed and an entry must
// have, no more than once, in forms that readers know.
func TestFeeds(t *testing.T) {
	for _, s := range []sites.Site{set.Ours, set.Arabic} {
		for i, lang := range s.Langs {
			name := "feed.xml"
			if i > 0 {
				name = lang + "/feed.xml"
			}
			var f struct {
				XMLName xml.Name
				Lang    string   `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
				ID      []string `xml:"http://www.w3.org/2005/Atom id"`
				Title   []string `xml:"http://www.w3.org/2005/Atom title"`
				Updated []string `xml:"http://www.w3.org/2005/Atom updated"`
				Author  []struct {
					Name []string `xml:"name"`
				} `xml:"http://www.w3.org/2005/Atom author"`
				Link  []link `xml:"http://www.w3.org/2005/Atom link"`
				Entry []struct {
					ID      []string `xml:"http://www.w3.org/2005/Atom id"`
					Title   []string `xml:"http://www.w3.org/2005/Atom title"`
					Updated []string `xml:"http://www.w3.org/2005/Atom updated"`
					Summary []string `xml:"http://www.w3.org/2005/Atom summary"`
					Link    []link   `xml:"http://www.w3.org/2005/Atom link"`
				} `xml:"http://www.w3.org/2005/Atom entry"`
			}
			b := s.Read(t, name)
			if err := xml.Unmarshal(b, &f); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if f.XMLName.Space != "http://www.w3.org/2005/Atom" || f.XMLName.Local != "feed" || f.Lang != lang {
				t.Errorf("%s is %v in %q", name, f.XMLName, f.Lang)
			}
			one(t, name, "id", f.ID)
			one(t, name, "title", f.Title)
			dated(t, name, f.Updated)
			if len(f.Author) == 0 || len(f.Author[0].Name) != 1 {
				t.Errorf("%s has no author", name)
			}
			if !slices.ContainsFunc(f.Link, func(l link) bool { return l.Rel == "self" && l.Href == base(s)+name }) {
				t.Errorf("%s does not name itself: %v", name, f.Link)
			}
			ids := map[string]bool{}
			for _, e := range f.Entry {
				one(t, name, "id of an entry", e.ID)
				one(t, name, "title of an entry", e.Title)
				one(t, name, "summary of an entry", e.Summary)
				dated(t, name, e.Updated)
				if ids[e.ID[0]] {
					t.Errorf("%s: two entries are %s", name, e.ID[0])
				}
				ids[e.ID[0]] = true
				if len(e.Link) != 1 || !there(s, e.Link[0].Href) {
					t.Errorf("%s: the entry %s leads to %v", name, e.ID[0], e.Link)
				}
			}
			if len(f.Entry) == 0 {
				t.Errorf("%s has no entries", name)
			}
			known(t, name, b, []string{"feed", "id", "title", "updated", "link", "author", "name", "uri", "entry", "summary", "subtitle", "rights", "icon", "logo", "generator", "published", "category", "content"})
		}
	}
}

type link struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
	Lang string `xml:"hreflang,attr"`
}

func one(t *testing.T, name, what string, got []string) {
	t.Helper()
	if len(got) != 1 || strings.TrimSpace(got[0]) == "" {
		t.Errorf("%s: %s is %q", name, what, got)
	}
}

func dated(t *testing.T, name string, got []string) {
	t.Helper()
	one(t, name, "updated", got)
	if _, err := time.Parse(time.RFC3339, strings.Join(got, " ")); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}

// known reports elements that a format does not have.
func known(t *testing.T, name string, b []byte, allowed []string) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if e, ok := tok.(xml.StartElement); ok && !slices.Contains(allowed, e.Name.Local) {
			t.Errorf("%s: an element %s", name, e.Name.Local)
		}
	}
}

// there reports whether an address of the site is a file of it.
func there(s sites.Site, address string) bool {
	p, ok := strings.CutPrefix(address, base(s))
	if !ok {
		return false
	}
	if p == "" || strings.HasSuffix(p, "/") {
		p += "index.html"
	}
	_, err := os.Stat(filepath.Join(s.Dir, p))
	return err == nil
}

// TestSitemap asks that the map of the site names each page that may be found,
// once, with its translations, which name it.
func TestSitemap(t *testing.T) {
	for _, s := range []sites.Site{set.Ours, set.Arabic} {
		var m struct {
			XMLName xml.Name
			URL     []struct {
				Loc     []string `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 loc"`
				LastMod []string `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 lastmod"`
				Link    []link   `xml:"http://www.w3.org/1999/xhtml link"`
			} `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 url"`
		}
		b := s.Read(t, "sitemap.xml")
		if err := xml.Unmarshal(b, &m); err != nil {
			t.Fatal(err)
		}
		known(t, "sitemap.xml", b, []string{"urlset", "url", "loc", "lastmod", "link"})
		if m.XMLName.Local != "urlset" || len(m.URL) > 50_000 || len(b) > 50<<20 {
			t.Errorf("%v with %d addresses in %d bytes", m.XMLName, len(m.URL), len(b))
		}
		others := map[string][]link{}
		for _, u := range m.URL {
			one(t, "sitemap.xml", "loc", u.Loc)
			if !there(s, u.Loc[0]) {
				t.Errorf("sitemap.xml: %s is not there", u.Loc[0])
			}
			if _, twice := others[u.Loc[0]]; twice {
				t.Errorf("sitemap.xml: %s stands there twice", u.Loc[0])
			}
			others[u.Loc[0]] = u.Link
			for _, d := range u.LastMod {
				if _, err := time.Parse(time.DateOnly, d); err != nil {
					t.Errorf("sitemap.xml: %v", err)
				}
			}
		}
		for loc, links := range others {
			for _, l := range links {
				if back, ok := others[l.Href]; !ok || !slices.ContainsFunc(back, func(b link) bool { return b.Href == loc }) {
					t.Errorf("sitemap.xml: %s names %s, which does not name it", loc, l.Href)
				}
			}
		}
		for _, f := range s.Files(t, ".html") {
			page := s.Read(t, f)
			hidden := bytes.Contains(page, []byte("noindex")) || bytes.Contains(page, []byte(`http-equiv="refresh"`)) || f == "404.html"
			_, named := others[base(s)+strings.TrimSuffix(f, "index.html")]
			if hidden == named {
				t.Errorf("sitemap.xml: %s is named: %v", f, named)
			}
		}
	}
}

// TestJSON reads every JSON file.
func TestJSON(t *testing.T) {
	each(t, func(t *testing.T, s sites.Site) {
		for _, f := range s.Files(t, ".json", ".webmanifest", ".geojson") {
			if !json.Valid(s.Read(t, f)) {
				t.Errorf("%s is no JSON", f)
			}
		}
	})
}
