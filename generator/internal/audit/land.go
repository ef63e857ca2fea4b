package audit

import (
	"bytes"
	"cmp"
	"hash/fnv"
	"html"
	"net/url"
	"slices"
	"strings"

	"uccn/generator/internal/diag"
)

// heavy is how many bytes of HTML a page may have before somebody should look:
// a phone needs more than a second to lay out what is above. About a fourth
// crosses the line.
const heavy = 400_000

// copied is the folder whose files are published as they are, be they a page or
// a note to some service: their makers answer for them.
const copied = "static/"

// settle lets a page forget its links that are seen to land, and then all of its
// text that nobody will ask for.
func (r *Reading) settle(p *page) {
	var buf []byte
	p.links = slices.DeleteFunc(p.links, func(l span) bool {
		to, fragment, inside := resolve(buf[:0], p.path, p.at(l), r.o.Base)
		buf = to
		if !inside {
			return true
		}
		i, ok := r.at[string(to)]
		if !ok || len(p.at(l)) == 0 || r.files[i].shown {
			return false
		}
		return len(fragment) == 0 || r.files[i].path == p.path && p.anchored(fragment)
	})
	size := 0
	for _, spans := range [][]span{p.links, p.ids} {
		for _, s := range spans {
			size += int(s.to - s.from)
		}
	}
	text := make([]byte, 0, size)
	move := func(spans []span) []span {
		spans = slices.Clone(spans) // without room for more
		for i, s := range spans {
			from := int32(len(text))
			text = append(text, p.at(s)...)
			spans[i] = span{from, int32(len(text))}
		}
		return spans
	}
	p.links, p.ids = move(p.links), move(p.ids)
	p.text = text
}

// report words what is wrong with a page among the files that there are.
func (r *Reading) report(p *page, from diag.Pos) (diag.List, error) {
	if !p.html {
		return nil, nil
	}
	p.shows = p.shows[:0]
	theirs := strings.HasPrefix(from.Path, copied)
	if from.IsZero() {
		from.Path = "site.yaml" // nothing smaller caused the page
	}
	var dl diag.List
	for _, f := range p.faults {
		f.Pos = from
		dl = append(dl, f)
	}
	var buf []byte
	for _, l := range p.links {
		to, fragment, inside := resolve(buf[:0], p.path, p.at(l), r.o.Base)
		buf = to
		if !inside {
			continue
		}
		if i, ok := r.at[string(to)]; ok && r.files[i].shown {
			p.shows = append(p.shows, r.files[i].path)
		}
		if theirs {
			continue
		}
		if err := r.follow(&dl, p, from, p.at(l), to, fragment); err != nil {
			return nil, err
		}
	}
	if theirs {
		return nil, nil
	}
	if !r.o.Part {
		if err := r.answered(&dl, p, from); err != nil {
			return nil, err
		}
	}
	if p.size > heavy {
		dl.Warnf(from, "heavy-page", "/%s has %d kB of HTML, more than %d", p.path, p.size/1000, heavy/1000).
			Hint = "part it, or show less of each record"
	}
	return dl, nil
}

// follow reports a link that does not land.
func (r *Reading) follow(dl *diag.List, p *page, from diag.Pos, link, to, fragment []byte) (err error) {
	target, ok := r.page(to)
	if target != nil && len(fragment) > 0 {
		if target, err = target.met(); err != nil {
			return err
		}
	}
	switch {
	case len(link) == 0:
		dl.Errorf(from, "dead-link", "/%s: a link or picture has no address", p.path).
			Hint = "give it one, or leave it out"
	case ok && len(fragment) > 0 && target != nil && !target.anchored(fragment):
		dl.Errorf(from, "dead-link", "/%s: the link %q leads to a page without the anchor %q", p.path, link, fragment).
			Hint = "link to the page alone, or give the place that id"
	case !ok && !r.o.Part:
		dl.Errorf(from, "dead-link", "/%s: the link %q leads to /%s, which is not made", p.path, link, to).
			Hint = "mend the address, or leave the link out"
	}
	return nil
}

// anchored reports whether a page has an anchor.
func (p *page) anchored(id []byte) bool {
	_, ok := slices.BinarySearchFunc(p.ids, id, func(s span, id []byte) int { return bytes.Compare(p.at(s), id) })
	return ok
}

// answered reports translations that do not point back.
func (r *Reading) answered(dl *diag.List, p *page, from diag.Pos) (err error) {
	for _, t := range p.others {
		other, _ := r.page([]byte(t.path))
		if other != nil {
			if other, err = other.met(); err != nil {
				return err
			}
		}
		back := func(u translation) bool { return u.path == p.path && u.lang == p.lang }
		switch {
		case other == nil: // a dead link, and reported as that
		case t.path == p.path && t.lang != p.lang || t.path != p.path && other.lang != t.lang:
			dl.Errorf(from, "one-way-translation", "/%s: its translation into %q, /%s, is in the language %q", p.path, t.lang, t.path, other.lang).
				Hint = "name the page that is in that language"
		case !slices.ContainsFunc(other.others, back):
			dl.Errorf(from, "one-way-translation", "/%s: its translation /%s does not point back", p.path, t.path).
				Hint = "search engines believe translations that name each other: write the same list on both pages"
		}
	}
	return nil
}

// answers is a hash of all that answersLike compares, and of what the page shows.
func (p *page) answers() uint64 {
	h := fnv.New64a()
	say := func(b []byte) {
		h.Write(b)
		h.Write([]byte{0xFF}) // stands in no text
	}
	say([]byte(p.lang))
	for _, t := range p.others {
		say([]byte(t.lang))
		say([]byte(t.path))
	}
	say(nil)
	for _, id := range p.ids {
		say(p.at(id))
	}
	say(nil)
	for _, path := range p.shows {
		say([]byte(path))
	}
	return h.Sum64()
}

// answersLike reports whether links and translations that meet p would meet
// the same in old.
func (p *page) answersLike(old *page) bool {
	return p.lang == old.lang && slices.Equal(p.others, old.others) &&
		slices.EqualFunc(p.ids, old.ids, func(a, b span) bool { return bytes.Equal(p.at(a), old.at(b)) })
}

// resolve returns the file that a link of the page at name leads to, written
// into buf, and the anchor there. inside is false for what leads elsewhere.
func resolve(buf []byte, name string, link []byte, base string) (to, fragment []byte, inside bool) {
	if bytes.IndexByte(link, '&') >= 0 {
		link = []byte(html.UnescapeString(string(link)))
	}
	rooted := false
	if rest, ok := bytes.CutPrefix(link, []byte(base)); ok && base != "" && (len(rest) == 0 || rest[0] == '/' || rest[0] == '#' || rest[0] == '?') {
		link, rooted = rest, true
	} else if elsewhere(link) {
		return buf, nil, false
	}
	link, fragment, _ = bytes.Cut(link, []byte("#"))
	link, _, _ = bytes.Cut(link, []byte("?"))
	link, fragment = plain(link), plain(fragment)
	switch {
	case len(link) > 0 && link[0] == '/':
		if !rooted {
			link = bytes.TrimPrefix(link, []byte(basePath(base)))
		}
		link = bytes.TrimPrefix(link, []byte("/"))
	case rooted:
	case len(link) == 0:
		return append(buf, name...), fragment, true
	default:
		buf = append(buf, name[:strings.LastIndexByte(name, '/')+1]...)
	}
	return walk(buf, link), fragment, true
}

// walk goes from the folder in buf along the steps of a link.
func walk(buf, link []byte) []byte {
	for len(link) > 0 {
		step, rest, more := bytes.Cut(link, []byte("/"))
		switch string(step) {
		case ".", "":
		case "..":
			buf = buf[:max(0, bytes.LastIndexByte(buf[:max(0, len(buf)-1)], '/')+1)]
		default:
			buf = append(buf, step...)
			if more {
				buf = append(buf, '/')
			}
		}
		link = rest
	}
	if len(buf) == 0 || buf[len(buf)-1] == '/' {
		buf = append(buf, "index.html"...)
	}
	return buf
}

// elsewhere reports whether an address has a scheme or names a host.
func elsewhere(link []byte) bool {
	if bytes.HasPrefix(link, []byte("//")) {
		return true
	}
	i := bytes.IndexAny(link, ":/?#")
	return i > 0 && link[i] == ':'
}

// plain undoes percent signs.
func plain(b []byte) []byte {
	if bytes.IndexByte(b, '%') < 0 {
		return b
	}
	s, err := url.PathUnescape(string(b))
	if err != nil {
		return b
	}
	return []byte(s)
}

// basePath returns the folder of the site on its host: "/sites/x", or "".
func basePath(base string) string {
	_, rest, _ := strings.Cut(base, "://")
	_, folder, _ := strings.Cut(rest, "/")
	return cmp.Or(strings.TrimSuffix("/"+folder, "/"), "")
}
