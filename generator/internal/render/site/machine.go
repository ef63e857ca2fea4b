package site

import (
	"encoding/json"
	"slices"
	"strings"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/model"
	"uccn/generator/internal/output"
	"uccn/generator/internal/render/site/feed"
	"uccn/generator/internal/render/site/view"
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
				return view.RedirectPage{Lang: m.lang, Dir: m.words.Dir, Title: h.Name, Href: place{at: at}.to(m.path(path)), Canonical: m.in.Absolute(m.path(path))}, nil
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
		files = append(files, later("sitemap.xml", func() []byte { return s.sitemap(pages) }))
	}
	return files
}

// later is a file that costs too much to be made for nobody.
func later(path string, f func() []byte) output.File {
	return output.File{Path: path, Later: output.NewLater(func() ([]byte, error) { return f(), nil })}
}

// sitemap lists every page with its sisters in the other languages.
func (s *site) sitemap(jobs []job) []byte {
	var pages []feed.Page
	for _, j := range jobs {
		path, isPage := strings.CutSuffix(j.path, "index.html")
		if !isPage || j.template == "redirect.html" {
			continue
		}
		p := feed.Page{Address: s.in.Absolute(path)}
		for _, n := range s.in.Networks[1:] {
			path = strings.TrimPrefix(path, s.in.Prefix(n.Lang))
		}
		for _, n := range s.in.Networks {
			p.Sisters = append(p.Sisters, [2]string{n.Lang, s.in.Absolute(s.in.Prefix(n.Lang) + path)})
		}
		pages = append(pages, p)
	}
	return feed.Sitemap(pages)
}

func (s *site) robots() output.File {
	text := "User-agent: *\nAllow: /\n"
	if at := s.in.Absolute("sitemap.xml"); at != "" {
		text += "Sitemap: " + at + "\n"
	}
	return output.File{Path: "robots.txt", Data: []byte(text)}
}

// headers is the file that many hosts read: the policy once more, with what a
// meta element cannot say. The headline font is asked for here and not in the
// pages, because from a disk a browser refuses to fetch it ahead.
func (s *site) headers() output.File {
	text := "/*\n  Content-Security-Policy: " + policy() + "; frame-ancestors 'self'\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n"
	font := "fonts/bricolage-core.woff2"
	if s.in.Theme.Words(s.first).Dir == "rtl" {
		font = "fonts/readex-arabic.woff2"
	}
	if at := s.asset(font); at != "" {
		text += "  Link: <" + s.in.Site.BasePath() + at + ">; rel=preload; as=font; type=font/woff2; crossorigin\n"
	}
	for _, dir := range []string{"assets", "media"} {
		text += "/" + dir + "/*\n  Cache-Control: public, max-age=31536000, immutable\n"
	}
	return output.File{Path: "_headers", Data: []byte(text)}
}

func (s *site) manifest() output.File {
	b, err := json.Marshal(map[string]any{
		"name": s.in.Site.TitleIn(s.first), "lang": s.first, "start_url": "./", "scope": "./", "display": "browser",
		"background_color": "#f7f8f7", "theme_color": "#f7f8f7",
		"icons": []any{map[string]any{"src": s.asset("icon.svg"), "type": "image/svg+xml", "sizes": "any"}},
	})
	if err != nil {
		panic(err) // maps of strings
	}
	return output.File{Path: "site.webmanifest", Data: b}
}

// feeds are the news, meetings and editions, the newest first, as Atom and as
// JSON Feed. A feed needs addresses, so a site without its own has none.
func (m *maker) feeds() []output.File {
	if m.in.Site.BaseURL == "" {
		return nil
	}
	return []output.File{
		later(m.path("feed.xml"), func() []byte { return feed.Atom(m.channel("feed.xml")) }),
		later(m.path("feed.json"), func() []byte { return feed.JSON(m.channel("feed.json")) }),
	}
}

// channel is the feed that stands in the file name.
func (m *maker) channel(name string) feed.Channel {
	c := feed.Channel{Lang: m.lang, Title: m.title, Author: m.publisher(), Home: m.in.Absolute(m.path("")), Self: m.in.Absolute(m.path(name)), Updated: m.net.Edition.AsOf, Entries: m.entries()}
	if len(c.Entries) > 0 {
		c.Updated = c.Entries[0].Date
	}
	return c
}

// entries are the thirty newest.
func (m *maker) entries() []feed.Entry {
	var out []feed.Entry
	add := func(title, summary, path string, date model.Date) {
		out = append(out, feed.Entry{Title: title, Summary: summary, Address: m.in.Absolute(m.path(path)), Date: date})
	}
	for _, x := range m.net.News {
		add(x.Name, m.prose.Summary(&x.Head), x.Path, x.Date)
	}
	for _, x := range m.net.Meetings {
		if !x.Future {
			add(m.meetingTitle(x), m.prose.Summary(&x.Head), x.Path, x.When())
		}
	}
	for _, x := range m.net.Editions {
		if x.AsOf.Compare(m.net.Edition.AsOf) <= 0 {
			add(x.Name, m.editionCount(x), x.Path, x.AsOf)
		}
	}
	slices.SortStableFunc(out, func(a, b feed.Entry) int { return b.Date.First().Compare(a.Date.First()) })
	return out[:min(30, len(out))]
}

// publisher is who answers for the site.
func (m *maker) publisher() string {
	switch {
	case m.in.Site.Publisher != "":
		return m.in.Site.Publisher
	case m.net.Edition.Publisher != "":
		return m.net.Edition.Publisher
	}
	return m.title
}
