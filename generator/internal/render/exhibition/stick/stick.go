// Package stick cuts a part out of a finished site, so that it runs from a USB
// stick with no network: what its pages need comes with them, and a link to
// what is not there becomes plain text.
package stick

import (
	"bytes"
	"context"
	"html"
	"net/url"
	"path"
	"slices"
	"strings"

	"uccn/generator/internal/output"
)

// Cut returns the files for whose paths keep says yes, with the pictures and
// other files that their pages ask for, sorted by path. In the pages, links
// that leave these files are taken off their words; in menus, and in lists of
// records, the words go too.
func Cut(ctx context.Context, files []output.File, keep func(path string) bool) ([]output.File, error) {
	c := &cutting{all: map[string]output.File{}, kept: map[string]bool{}}
	for _, f := range files {
		c.all[f.Path] = f
		if keep(f.Path) {
			c.kept[f.Path] = true
		}
	}
	var out []output.File
	needed := map[string]bool{}
	for _, f := range files {
		if !c.kept[f.Path] {
			continue
		}
		if isPage(f.Path) {
			p := &page{cutting: c, path: f.Path, needed: needed}
			data, err := f.Bytes(ctx)
			if err != nil {
				return nil, err
			}
			f.Data, f.Later = p.rewrite(data), nil
		}
		out = append(out, f)
	}
	for _, f := range files {
		if needed[f.Path] && !c.kept[f.Path] {
			out = append(out, f)
		}
	}
	slices.SortFunc(out, func(a, b output.File) int { return strings.Compare(a.Path, b.Path) })
	return out, nil
}

func isPage(name string) bool { return strings.HasSuffix(name, ".html") }

type cutting struct {
	all  map[string]output.File
	kept map[string]bool
}

// A page is being rewritten.
type page struct {
	*cutting
	path   string
	needed map[string]bool
	out    []byte
	open   []element
	svg    int // elements svg around the place
}

// An element is one whose end matters.
type element struct {
	name    string
	end     string // what its end tag becomes; empty: what it is
	at      int    // where it begins in what is written
	whole   bool   // goes when every link in it went
	list    bool   // its items go when their links went
	on, off int    // links in it that stay and that went
}

// target resolves an address of the page. ok says that it leads to a file that
// is there, or to the page itself; a file that is no page is noted as needed.
func (p *page) target(href string) (ok bool) {
	u, err := url.Parse(strings.TrimSpace(href))
	if err != nil || u.Scheme != "" || u.Host != "" {
		return err == nil && u.Scheme == "data"
	}
	if u.Path == "" {
		return true
	}
	to := path.Join(path.Dir(p.path), u.Path)
	if strings.HasPrefix(u.Path, "/") {
		to = path.Clean(u.Path[1:])
	}
	if strings.HasSuffix(u.Path, "/") {
		to = path.Join(to, "index.html")
	}
	if _, there := p.all[to]; !there || isPage(to) && !p.kept[to] {
		return false
	}
	p.needed[to] = true
	return true
}

// page reports whether an address is that of a page. Other files come with the
// pages that show them; whoever opened one would find no way back.
func (p *page) page(href string) bool {
	name, _, _ := strings.Cut(href, "#")
	name, _, _ = strings.Cut(name, "?")
	return name == "" || strings.HasSuffix(name, "/") || isPage(name)
}

// rewrite returns the page's bytes with the links that lead nowhere taken off.
func (p *page) rewrite(src []byte) []byte {
	p.out = make([]byte, 0, len(src))
	for len(src) > 0 {
		i := bytes.IndexByte(src, '<')
		if i < 0 {
			p.out = append(p.out, src...)
			break
		}
		p.out = append(p.out, src[:i]...)
		t, n := readTag(src[i:])
		src = src[i+n:]
		switch {
		case t.name == "":
			p.out = append(p.out, t.raw...)
		case t.closing:
			p.end(t)
		default:
			p.start(t)
			if raw := rawLength(t.name, src); raw > 0 {
				p.out = append(p.out, src[:raw]...)
				src = src[raw:]
			}
		}
	}
	return p.out
}

func (p *page) start(t tag) {
	switch t.name {
	case "a":
		p.link(t)
		return
	case "link":
		rel, href := t.attr("rel"), t.attr("href")
		if rel != "stylesheet" && rel != "icon" && !strings.Contains(href, "://") {
			return
		}
		p.target(href)
	case "img", "script", "source", "image", "use", "input", "iframe":
		for _, name := range []string{"src", "href"} {
			if v := t.attr(name); v != "" {
				p.target(v)
			}
		}
		for candidate := range strings.SplitSeq(t.attr("srcset"), ",") {
			if v, _, _ := strings.Cut(strings.TrimSpace(candidate), " "); v != "" {
				p.target(v)
			}
		}
	case "select":
		if v := t.attr("data-pages"); v != "" { // where a script would lead, and no link to follow
			t.raw = bytes.Replace(t.raw, []byte(` data-pages="`+html.EscapeString(v)+`"`), nil, 1)
		}
	case "svg":
		p.svg++
	case "nav", "section", "li", "ul", "ol", "footer":
		p.open = append(p.open, p.container(t))
	}
	p.out = append(p.out, t.raw...)
}

// container says what becomes of an element whose links went.
func (p *page) container(t tag) element {
	e := element{name: t.name, at: len(p.out)}
	if len(p.open) > 0 {
		e.list = p.open[len(p.open)-1].list
	}
	switch t.name {
	case "nav":
		e.whole, e.list = true, true
	case "section":
		_, group := t.lookup("data-group")
		e.whole = group
	case "ul", "ol":
		e.list = e.list || slices.Contains(strings.Fields(t.attr("class")), "rows")
	case "li":
		e.whole = e.list
	}
	return e
}

// link keeps a link that leads somewhere and leaves the words of another.
func (p *page) link(t tag) {
	name := "span"
	if p.svg > 0 {
		name = "g"
	}
	href, has := t.lookup("href")
	if !has || p.page(href) && p.target(href) {
		p.open = append(p.open, element{name: "a", end: "</a>", at: len(p.out), on: 1})
		p.out = append(p.out, t.raw...)
		return
	}
	p.open = append(p.open, element{name: "a", end: "</" + name + ">", at: len(p.out), off: 1})
	class := t.attr("class")
	if name == "span" {
		class = strings.TrimSpace(class + " plainly") // as the theme writes links without an address
	}
	p.out = append(p.out, "<"+name...)
	for _, a := range []attr{{"class", class}, {"lang", t.attr("lang")}, {"dir", t.attr("dir")}} {
		if a.value != "" {
			p.out = append(p.out, " "+a.name+`="`+html.EscapeString(a.value)+`"`...)
		}
	}
	p.out = append(p.out, '>')
}

func (p *page) end(t tag) {
	if t.name == "svg" {
		p.svg--
	}
	k := len(p.open) - 1
	if k < 0 || p.open[k].name != t.name {
		p.out = append(p.out, t.raw...)
		return
	}
	e := p.open[k]
	p.open = p.open[:k]
	if k > 0 {
		p.open[k-1].on += e.on
		p.open[k-1].off += e.off
	}
	if e.whole && e.off > 0 && e.on == 0 {
		p.out = p.out[:e.at]
		return
	}
	if e.end == "" {
		e.end = string(t.raw)
	}
	p.out = append(p.out, e.end...)
}
