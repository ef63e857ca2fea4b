package site

import (
	"slices"
	"strings"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/model"
	"uccn/generator/internal/output"
	"uccn/generator/internal/render/site/feed"
	"uccn/generator/internal/render/site/gather"
	"uccn/generator/internal/render/site/hosted"
	"uccn/generator/internal/render/site/view"
)

// jobs lists the pages of one language.
func (m *maker) jobs() []job {
	return slices.Concat(m.placeJobs(), m.cityJobs(), m.workJobs(), m.moreJobs(), m.shelfJobs(), m.redirects())
}

// page is the job of one page at a path of the network.
func (m *maker) page(path, template string, from diag.Pos, make func(m *maker, p place) (any, error)) job {
	at := m.path(path)
	return job{at + "index.html", from, template, func(m *maker) (any, error) { return make(m, place{at: at, template: template}) }}
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
			out = append(out, job{file, a.At, "redirect.html", func(m *maker) (any, error) {
				return view.RedirectPage{Lang: m.lang, Dir: m.words.Dir, Title: h.Name, Href: place{at: at}.to(m.path(path)), Canonical: m.in.Absolute(m.path(path))}, nil
			}})
		}
	}
	gather.Records(m.net, each)
	return out
}

// machine makes what is read by machines and belongs to no language.
func (s *site) machine(jobs []job) []output.File {
	h := hosted.Site{In: s.in, Icon: s.asset("icon.svg"), Font: s.asset("fonts/bricolage-core.woff2")}
	if s.in.Theme.Words(s.first).Dir == "rtl" {
		h.Font = s.asset("fonts/readex-arabic.woff2")
	}
	files := []output.File{h.Manifest(), h.Headers(), h.Robots()}
	if s.in.Site.BaseURL != "" {
		files = append(files, later("sitemap.xml", func(func(string)) []byte {
			var pages []string
			for _, j := range jobs {
				if j.template != "redirect.html" {
					pages = append(pages, j.path)
				}
			}
			return h.Sitemap(pages)
		}))
	}
	return files
}

// later is a file that costs too much to be made for nobody.
func later(path string, f func(read func(string)) []byte) output.File {
	return output.File{Path: path, Later: output.Traced(func(read func(string)) ([]byte, error) { return f(read), nil })}
}

// feeds are the news, meetings and editions, the newest first, as Atom and as
// JSON Feed. A feed needs addresses, so a site without its own has none.
func (m *maker) feeds() []output.File {
	if m.in.Site.BaseURL == "" {
		return nil
	}
	return []output.File{
		later(m.path("feed.xml"), func(read func(string)) []byte { return feed.Atom(m.tracing(read).channel("feed.xml")) }),
		later(m.path("feed.json"), func(read func(string)) []byte { return feed.JSON(m.tracing(read).channel("feed.json")) }),
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
