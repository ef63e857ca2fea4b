package site

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/model"
	"uccn/generator/internal/output"
)

// jobs lists the pages of one language.
func (m *maker) jobs() []job {
	return slices.Concat(m.placeJobs(), m.cityJobs(), m.workJobs(), m.moreJobs(), m.shelfJobs(), m.redirects())
}

// page is the job of one page at a path of the network.
func (m *maker) page(path, template string, from diag.Pos, make func(p place) (any, error)) job {
	at := m.path(path)
	return job{at + "index.html", from, template, func() (any, error) { return make(place{at: at}) }}
}

// redirects leads from the old addresses of records to their pages. An alias
// is an address of the whole site and so belongs to the first language alone.
func (m *maker) redirects() []job {
	if m.lang != m.first {
		return nil
	}
	var out []job
	each := func(h *model.Head, path string) {
		for _, a := range h.Aliases {
			at := strings.Trim(a.Path, "/")
			file := at
			if !strings.HasSuffix(at, ".html") {
				at += "/"
				file = at + "index.html"
			}
			out = append(out, job{file, a.At, "redirect.html", func() (any, error) {
				return RedirectPage{m.lang, h.Name, place{at: at}.to(m.path(path)), m.in.Absolute(m.path(path))}, nil
			}})
		}
	}
	m.records(each)
	return out
}

// records calls f for every record that has a page.
func (m *maker) records(f func(h *model.Head, path string)) {
	n := m.net
	call := func(h *model.Head, path string) {
		if path != "" {
			f(h, path)
		}
	}
	for _, x := range n.Cities {
		call(&x.City.Head, x.Path)
	}
	for _, x := range n.Fields {
		call(&x.Head, x.Path)
	}
	for _, x := range n.Regions {
		call(&x.Head, x.Path)
	}
	for _, x := range n.Countries {
		call(&x.Country.Head, x.Path)
	}
	for _, x := range n.Goals {
		call(&x.Head, x.Path)
	}
	for _, x := range n.Practices {
		call(&x.Head, x.Path)
	}
	for _, x := range n.CaseStudies {
		call(&x.Head, x.Path)
	}
	for _, x := range n.Meetings {
		call(&x.Head, x.Path)
	}
	for _, x := range n.Exhibitions {
		call(&x.Head, x.Path)
	}
	for _, x := range n.Editions {
		call(&x.Head, x.Path)
	}
	for _, x := range n.Networks {
		call(&x.Head, x.Path)
	}
	for _, x := range n.Pages {
		call(&x.Head, x.Path)
	}
	for _, x := range n.News {
		call(&x.Head, x.Path)
	}
}

// machine makes what is read by machines and belongs to no language.
func (s *site) machine(pages []job) []output.File {
	files := []output.File{s.manifest(), s.headers(), s.robots()}
	if s.in.Site.BaseURL != "" {
		files = append(files, s.sitemap(pages))
	}
	return files
}

// sitemap lists every page with its sisters in the other languages.
func (s *site) sitemap(pages []job) output.File {
	var b strings.Builder
	b.WriteString(xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">` + "\n")
	for _, j := range pages {
		path, isPage := strings.CutSuffix(j.path, "index.html")
		if !isPage || j.template == "redirect.html" {
			continue
		}
		b.WriteString("<url><loc>" + escape(s.in.Absolute(path)) + "</loc>")
		plain := path
		for _, n := range s.in.Networks[1:] {
			plain = strings.TrimPrefix(plain, s.in.Prefix(n.Lang))
		}
		for _, n := range s.in.Networks {
			fmt.Fprintf(&b, `<xhtml:link rel="alternate" hreflang="%s" href="%s"/>`, n.Lang, escape(s.in.Absolute(s.in.Prefix(n.Lang)+plain)))
		}
		b.WriteString("</url>\n")
	}
	b.WriteString("</urlset>\n")
	return output.File{Path: "sitemap.xml", Data: []byte(b.String())}
}

func escape(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic(err) // a Builder takes everything
	}
	return b.String()
}

func (s *site) robots() output.File {
	text := "User-agent: *\nAllow: /\n"
	if at := s.in.Absolute("sitemap.xml"); at != "" {
		text += "Sitemap: " + at + "\n"
	}
	return output.File{Path: "robots.txt", Data: []byte(text)}
}

// headers is the file that many hosts read: the policy once more, with what a
// meta element cannot say.
func (s *site) headers() output.File {
	text := "/*\n  Content-Security-Policy: " + policy() + "; frame-ancestors 'self'\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n" +
		"/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"
	return output.File{Path: "_headers", Data: []byte(text)}
}

func (s *site) manifest() output.File {
	return output.File{Path: "site.webmanifest", Data: marshal(map[string]any{
		"name": s.in.Site.TitleIn(s.first), "lang": s.first, "start_url": "./", "scope": "./", "display": "browser",
		"background_color": "#f7f8f7", "theme_color": "#f7f8f7",
		"icons": []any{map[string]any{"src": s.asset("icon.svg"), "type": "image/svg+xml", "sizes": "any"}},
	})}
}

func marshal(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // maps of strings and numbers
	}
	return b
}

// An entry is something that a feed tells of.
type entry struct {
	title, summary, path string
	date                 model.Date
}

// feeds are the news, meetings and editions, the newest first, as Atom and as
// JSON Feed. A feed needs addresses, so a site without its own has none.
func (m *maker) feeds() []output.File {
	if m.in.Site.BaseURL == "" {
		return nil
	}
	entries := m.entries()
	return []output.File{m.atom(entries), m.jsonFeed(entries)}
}

func (m *maker) entries() []entry {
	var out []entry
	for _, x := range m.net.News {
		out = append(out, entry{x.Name, m.summary(&x.Head), x.Path, x.Date})
	}
	for _, x := range m.net.Meetings {
		if !x.Future {
			out = append(out, entry{m.meetingTitle(x), m.summary(&x.Head), x.Path, x.When()})
		}
	}
	for _, x := range m.net.Editions {
		if x.AsOf.Compare(m.net.Edition.AsOf) <= 0 {
			out = append(out, entry{x.Name, m.editionCount(x), x.Path, x.AsOf})
		}
	}
	slices.SortStableFunc(out, func(a, b entry) int { return b.date.First().Compare(a.date.First()) })
	return out[:min(30, len(out))]
}

func stamp(d model.Date) string { return d.Time().Format(time.RFC3339) }

func (m *maker) atom(entries []entry) output.File {
	updated := stamp(m.net.Edition.AsOf)
	if len(entries) > 0 {
		updated = stamp(entries[0].date)
	}
	self, home := m.in.Absolute(m.path("feed.xml")), m.in.Absolute(m.path(""))
	var b strings.Builder
	b.WriteString(xml.Header)
	fmt.Fprintf(&b, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"%s\">\n<id>%s</id>\n<title>%s</title>\n<updated>%s</updated>\n<link rel=\"self\" href=\"%s\"/>\n<link href=\"%s\"/>\n<author><name>%s</name></author>\n",
		m.lang, escape(home), escape(m.title), updated, escape(self), escape(home), escape(m.publisher()))
	for _, e := range entries {
		at := escape(m.in.Absolute(m.path(e.path)))
		fmt.Fprintf(&b, "<entry><id>%s</id><title>%s</title><updated>%s</updated><link href=\"%s\"/><summary>%s</summary></entry>\n", at, escape(e.title), stamp(e.date), at, escape(e.summary))
	}
	b.WriteString("</feed>\n")
	return output.File{Path: m.path("feed.xml"), Data: []byte(b.String())}
}

func (m *maker) publisher() string {
	switch {
	case m.in.Site.Publisher != "":
		return m.in.Site.Publisher
	case m.net.Edition.Publisher != "":
		return m.net.Edition.Publisher
	}
	return m.title
}

func (m *maker) jsonFeed(entries []entry) output.File {
	items := []any{}
	for _, e := range entries {
		at := m.in.Absolute(m.path(e.path))
		items = append(items, map[string]any{"id": at, "url": at, "title": e.title, "content_text": e.summary, "date_published": stamp(e.date)})
	}
	return output.File{Path: m.path("feed.json"), Data: marshal(map[string]any{
		"version": "https://jsonfeed.org/version/1.1", "title": m.title, "language": m.lang,
		"home_page_url": m.in.Absolute(m.path("")), "feed_url": m.in.Absolute(m.path("feed.json")), "items": items,
	})}
}

// resolve returns the absolute address that href has on the page at base, as a
// folder.
func resolve(base, href string) string {
	b, err := url.Parse(base)
	if err != nil {
		return base
	}
	u, err := b.Parse(href)
	if err != nil {
		return base
	}
	return strings.TrimSuffix(u.String(), "index.html")
}
