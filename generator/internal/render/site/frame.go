package site

import (
	"uccn/generator/internal/model"
	"uccn/generator/internal/render/site/hosted"
	"uccn/generator/internal/render/site/linked"
	"uccn/generator/internal/render/site/phrase"
	"uccn/generator/internal/render/site/view"
)

// pageInfo is what a page says of itself to its frame.
type pageInfo struct {
	path        string // in the first language, without prefix: "cities/lodz/"
	section     string // the main menu's entry that it belongs to
	title       string
	description string
	class       string
	about       func() []linked.Node // what it is about; nil: nothing
	crumbs      []view.Link
	record      *model.Head // whose picture goes with a link to the page; nil: none
	alone       bool        // has no sister in another language, and stands nowhere in particular
}

// frame makes the frame of a page.
func (m *maker) frame(p place, i pageInfo) view.Frame {
	var f view.Frame
	if shared := m.folder(p); shared != nil {
		f = shared.frame // of records that readers come for from search engines: such pages are kept small
	} else {
		f = m.framing(p, i)
		f.Wide, f.WideScript = p.to(m.asset("wide.css")), p.to(m.asset("wide.js"))
	}
	f.PageTitle, f.HeadTitle, f.Description, f.Class = i.title, i.title+" | "+m.title, phrase.Brief(i.description), i.class
	if i.path == "" && !i.alone {
		f.HeadTitle = m.title
	}
	if i.alone {
		f.NoIndex = true
		return f
	}
	for _, n := range m.in.Networks {
		path := m.in.Prefix(n.Lang) + i.path
		if abs := m.in.Absolute(path); abs != "" {
			f.Alternates = append(f.Alternates, view.Alternate{Lang: n.Lang, Href: abs})
		}
		if n.Lang != m.lang {
			f.Languages = append(f.Languages, view.Link{Label: m.in.Theme.Words(n.Lang).T("language"), Href: p.to(path), Lang: n.Lang})
		}
	}
	if len(f.Alternates) > 0 {
		f.Alternates = append(f.Alternates, view.Alternate{Lang: "x-default", Href: f.Alternates[0].Href})
	}
	f.Canonical = m.in.Absolute(m.path(i.path))
	f.Card = m.prose.Social(i.record, i.path)
	if m.shows(p, "LD") {
		page := linked.Page{Address: f.Canonical, Title: i.title, Description: f.Description, Crumbs: i.crumbs}
		if i.about != nil {
			page.About = i.about()
		}
		f.LD = m.linked.Graph(page)
	}
	return f
}

// framing is what the frame of a page says of the site, as seen from the page.
func (m *maker) framing(p place, i pageInfo) view.Frame {
	return view.Frame{
		Lang: m.lang, Dir: m.words.Dir, Locale: phrase.Locale(m.lang), Site: m.title, Icon: p.to(m.asset("icon.svg")), Feed: m.feedFrom(p),
		Style: p.to(m.style), Script: p.to(m.asset("app.js")), Policy: m.policy, ThemeScript: hosted.ThemeScript, Symbols: m.signs,
		Home: p.to(m.path("")), Search: p.to(m.path("search/")), Menu: m.menu(p, i), Disclaimers: m.disclaimers(), Footer: m.footer(p), Words: m.words,
	}
}

// feedFrom is the address of the Atom feed, which only a site has that knows its
// own address.
func (m *maker) feedFrom(p place) string {
	if m.in.Site.BaseURL == "" {
		return ""
	}
	return p.to(m.path("feed.xml"))
}

// menu is the main menu; the entry of the page's section is marked.
func (m *maker) menu(p place, i pageInfo) []view.MenuItem {
	entries := [][2]string{{"nav.cities", "cities/"}, {"nav.fields", "fields/"}}
	if m.net.Wall != nil {
		entries = append(entries, [2]string{"nav.exhibition", m.net.Wall.Path})
	}
	entries = append(entries, [2]string{"nav.case-studies", "case-studies/"}, [2]string{"nav.map", "map/"}, [2]string{"nav.figures", "figures/"})
	var out []view.MenuItem
	for _, e := range entries {
		it := view.MenuItem{Label: m.words.T(e[0]), Href: p.to(m.path(e[1]))}
		switch {
		case e[1] == i.path && !i.alone:
			it.Current = "page"
		case e[1] == i.section:
			it.Current = "true"
		}
		out = append(out, it)
	}
	return out
}

// disclaimers are the edition's own, or the theme's.
func (m *maker) disclaimers() []view.Text {
	var out []view.Text
	for _, d := range m.net.Edition.Disclaimers {
		out = append(out, view.Text{Words: d, Lang: m.textLang(&m.net.Edition.Head, "disclaimers")})
	}
	if len(out) == 0 {
		out = append(out, view.Text{Words: m.words.T("foot.independent")}, view.Text{Words: m.words.T("map.disclaimer")})
	}
	return append(out, view.Text{Words: m.words.T("foot.geonames")})
}

// footer lists the pages by their menus, and the other ways into the site.
func (m *maker) footer(p place) []view.LinkGroup {
	var about, small []view.Link
	for _, x := range m.net.Pages {
		l := view.Link{Label: x.Name, Href: p.to(m.path(x.Path)), Lang: m.nameLang(&x.Head)}
		if x.Menu == "footer" {
			small = append(small, l)
		} else {
			about = append(about, l)
		}
	}
	more := m.links(p, "nav.countries", "countries/", "nav.goals", "goals/", "nav.meetings", "meetings/", "nav.networks", "networks/", "nav.editions", "editions/", "nav.booklet", "booklet/", "nav.data", "data/")
	return []view.LinkGroup{{Title: m.words.T("foot.browse"), Links: more}, {Title: m.words.T("foot.about"), Links: about}, {Title: m.words.T("foot.small"), Links: small}}
}

// links makes links of pairs: the key of their words, their path.
func (m *maker) links(p place, pairs ...string) []view.Link {
	var out []view.Link
	for i := 0; i+1 < len(pairs); i += 2 {
		out = append(out, view.Link{Label: m.words.T(pairs[i]), Href: p.to(m.path(pairs[i+1]))})
	}
	return out
}

// trail begins with the home page; pairs are as for links, and here, when it is
// not empty, names the page itself.
func (m *maker) trail(p place, here string, pairs ...string) []view.Link {
	out := append(m.links(p, "nav.home", ""), m.links(p, pairs...)...)
	if here != "" {
		out = append(out, view.Link{Label: here})
	}
	return out
}
