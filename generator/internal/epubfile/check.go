package epubfile

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"strings"
)

// inventory is what a book holds: its files, and the names of places in each.
type inventory map[string]map[string]bool

// check finds every fault of a book that would make its file unsound.
func check(b Book) error {
	var faults []error
	files := inventory{"nav.xhtml": {}}
	add := func(p string) {
		switch {
		case files[p] != nil:
			faults = append(faults, fmt.Errorf("two files have the path %s", p))
		case p == "" || path.Clean(p) != p || path.IsAbs(p) || strings.HasPrefix(p, "..") || p == "package.opf":
			faults = append(faults, fmt.Errorf("%q is no path for a file", p))
		case mediaType(p) == "":
			faults = append(faults, fmt.Errorf("%s: unknown kind of file", p))
		}
		files[p] = map[string]bool{}
	}
	if b.ID == "" || b.Title == "" || b.Lang == "" || b.Modified.IsZero() {
		faults = append(faults, errors.New("a book needs an identifier, a title, a language and a date"))
	}
	for _, d := range b.Documents {
		add(d.Path)
	}
	for _, a := range b.Assets {
		add(a.Path)
	}
	type link struct{ from, to string }
	var links []link
	for _, d := range b.Documents {
		targets, err := scan(page(b, d), files[d.Path])
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", d.Path, err))
		}
		for _, t := range targets {
			links = append(links, link{d.Path, t})
		}
	}
	targets, err := scan(nav(b), files["nav.xhtml"])
	if err != nil {
		faults = append(faults, fmt.Errorf("nav.xhtml: %w", err))
	}
	for _, t := range targets {
		links = append(links, link{"nav.xhtml", t})
	}
	if b.Cover != "" {
		links = append(links, link{"package.opf", b.Cover})
	}
	for _, l := range links {
		if err := files.resolve(l.from, l.to); err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", l.from, err))
		}
	}
	return errors.Join(faults...)
}

// scan reads a document, notes its ids, and returns what it refers to.
func scan(text string, ids map[string]bool) ([]string, error) {
	var targets []string
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict = true
	d.Entity = map[string]string{}
	for {
		token, err := d.Token()
		if err == io.EOF {
			return targets, nil
		}
		if err != nil {
			return targets, err
		}
		e, is := token.(xml.StartElement)
		if !is {
			continue
		}
		for _, a := range e.Attr {
			switch a.Name.Local {
			case "id":
				if ids[a.Value] {
					return targets, fmt.Errorf("two elements have the id %q", a.Value)
				}
				ids[a.Value] = true
			case "href", "src":
				targets = append(targets, a.Value)
			}
		}
	}
}

// resolve says whether a reference from a file leads somewhere. Addresses outside
// the book are not followed.
func (files inventory) resolve(from, to string) error {
	u, err := url.Parse(to)
	if err != nil {
		return fmt.Errorf("%q is no address", to)
	}
	if u.Scheme != "" || u.Host != "" {
		return nil
	}
	target := from
	if u.Path != "" {
		target = path.Join(path.Dir(from), u.Path)
	}
	ids, found := files[target]
	if !found {
		return fmt.Errorf("%q leads to no file of the book", to)
	}
	if u.Fragment != "" && mediaType(target) == "application/xhtml+xml" && !ids[u.Fragment] {
		return fmt.Errorf("%q leads to no place in %s", to, target)
	}
	return nil
}
