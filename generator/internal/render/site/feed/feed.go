// Package feed writes what tells machines of pages: Atom (RFC 4287), JSON Feed
// 1.1 and the site map of sitemaps.org.
package feed

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"
	"time"

	"uccn/generator/internal/model"
)

// A Channel is a feed: what it is called, where it is read, what it tells.
type Channel struct {
	Lang, Title, Author string
	Home                string // address of the pages
	Self                string // address of the feed
	Updated             model.Date
	Entries             []Entry // the newest first
}

// An Entry is something that a feed tells of.
type Entry struct {
	Title, Summary string
	Address        string
	Date           model.Date
}

func stamp(d model.Date) string { return d.Time().Format(time.RFC3339) }

// Atom writes a channel as an Atom feed.
func Atom(c Channel) []byte {
	var b strings.Builder
	b.WriteString(xml.Header)
	fmt.Fprintf(&b, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"%s\">\n<id>%s</id>\n<title>%s</title>\n<updated>%s</updated>\n<link rel=\"self\" href=\"%s\"/>\n<link href=\"%s\"/>\n<author><name>%s</name></author>\n",
		c.Lang, escape(c.Home), escape(c.Title), stamp(c.Updated), escape(c.Self), escape(c.Home), escape(c.Author))
	for _, e := range c.Entries {
		at := escape(e.Address)
		fmt.Fprintf(&b, "<entry><id>%s</id><title>%s</title><updated>%s</updated><link href=\"%s\"/><summary>%s</summary></entry>\n", at, escape(e.Title), stamp(e.Date), at, escape(e.Summary))
	}
	b.WriteString("</feed>\n")
	return []byte(b.String())
}

// JSON writes a channel as a JSON feed.
func JSON(c Channel) []byte {
	items := []any{}
	for _, e := range c.Entries {
		items = append(items, map[string]any{"id": e.Address, "url": e.Address, "title": e.Title, "content_text": e.Summary, "date_published": stamp(e.Date)})
	}
	b, err := json.Marshal(map[string]any{
		"version": "https://jsonfeed.org/version/1.1", "title": c.Title, "language": c.Lang,
		"home_page_url": c.Home, "feed_url": c.Self, "items": items,
	})
	if err != nil {
		panic(err) // maps of strings
	}
	return b
}

// A Page is an address with its sisters in each language, itself among them.
type Page struct {
	Address string
	Sisters [][2]string // language, address
}

// Sitemap writes the map of a site.
func Sitemap(pages []Page) []byte {
	var b strings.Builder
	b.WriteString(xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">` + "\n")
	for _, p := range pages {
		b.WriteString("<url><loc>" + escape(p.Address) + "</loc>")
		for _, s := range p.Sisters {
			fmt.Fprintf(&b, `<xhtml:link rel="alternate" hreflang="%s" href="%s"/>`, s[0], escape(s[1]))
		}
		b.WriteString("</url>\n")
	}
	b.WriteString("</urlset>\n")
	return []byte(b.String())
}

func escape(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' || strings.ContainsRune(`"'&<>`, r) }) {
		return s
	}
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic(err) // a Builder takes everything
	}
	return b.String()
}
