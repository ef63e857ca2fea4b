// Package hosted writes what hosts, search engines and devices read of a site as a
// whole: the policy of its pages, headers, the site map, the manifest.
package hosted

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"

	"uccn/generator/internal/output"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/site/feed"
)

// A Site is a website with the published paths of two of its files.
type Site struct {
	In   *render.Input
	Icon string
	Font string // of the headlines; "" when there is none
}

// ThemeScript sets light or dark before anything is painted. Its bytes are in
// the policy by their hash and must reach the page as they stand here.
const ThemeScript = `try{const t=localStorage.theme;if(t)document.documentElement.dataset.theme=t}catch{}`

// Policy returns the Content-Security-Policy that the pages carry. It lets nothing
// in that is not the site's own.
func Policy() string {
	sum := sha256.Sum256([]byte(ThemeScript))
	return "default-src 'none'; script-src 'self' 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'"
}

// Sitemap lists the pages at the given paths of files, each with its sisters in
// the other languages.
func (s Site) Sitemap(files []string) []byte {
	var pages []feed.Page
	for _, f := range files {
		path, isPage := strings.CutSuffix(f, "index.html")
		if !isPage {
			continue
		}
		p := feed.Page{Address: s.In.Absolute(path)}
		for _, n := range s.In.Networks[1:] {
			path = strings.TrimPrefix(path, s.In.Prefix(n.Lang))
		}
		for _, n := range s.In.Networks {
			p.Sisters = append(p.Sisters, [2]string{n.Lang, s.In.Absolute(s.In.Prefix(n.Lang) + path)})
		}
		pages = append(pages, p)
	}
	return feed.Sitemap(pages)
}

// Robots invites every reader of pages, and names the site map.
func (s Site) Robots() output.File {
	text := "User-agent: *\nAllow: /\n"
	if at := s.In.Absolute("sitemap.xml"); at != "" {
		text += "Sitemap: " + at + "\n"
	}
	return output.File{Path: "robots.txt", Data: []byte(text)}
}

// Headers is the file that many hosts read: the policy once more, with what a
// meta element cannot say. The headline font is asked for here and not in the
// pages, because from a disk a browser refuses to fetch it ahead.
func (s Site) Headers() output.File {
	text := "/*\n  Content-Security-Policy: " + Policy() + "; frame-ancestors 'self'\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n"
	if s.Font != "" {
		text += "  Link: <" + s.In.Site.BasePath() + s.Font + ">; rel=preload; as=font; type=font/woff2; crossorigin\n"
	}
	for _, dir := range []string{"assets", "media"} {
		text += "/" + dir + "/*\n  Cache-Control: public, max-age=31536000, immutable\n"
	}
	return output.File{Path: "_headers", Data: []byte(text)}
}

// Manifest is the file by which a device keeps the site among its programs.
func (s Site) Manifest() output.File {
	b, err := json.Marshal(map[string]any{
		"name": s.In.Site.TitleIn(s.In.Site.Languages[0]), "lang": s.In.Site.Languages[0], "start_url": "./", "scope": "./", "display": "browser",
		"background_color": "#f7f8f7", "theme_color": "#f7f8f7",
		"icons": []any{map[string]any{"src": s.Icon, "type": "image/svg+xml", "sizes": "any"}},
	})
	if err != nil {
		panic(err) // maps of strings
	}
	return output.File{Path: "site.webmanifest", Data: b}
}
