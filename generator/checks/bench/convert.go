package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// code is the two letters of a country of the invented content.
func code(country string) string {
	i := slices.Index(countries, country)
	return string([]byte{'a' + byte(i/26), 'a' + byte(i%26)})
}

var reInside = regexp.MustCompile(`\]\(/cities/([^/)]+)/\)`)

// convert rewrites the content of a laid-out site as uccn names its keys, and
// adds the records that the documents refer to. The feed of the others holds the
// twenty newest documents; uccn's holds news, so there are twenty.
func convert(site string, n int) error {
	s := NewSet(n)
	put := func(name, text string) error {
		name = filepath.Join(site, "content", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		return os.WriteFile(name, []byte(text), 0o644)
	}
	for _, k := range s.Cases {
		if err := put("case-studies/"+k.Slug+".md", fmt.Sprintf("---\ntitle: %q\nprogramme: lab2030\ncities: [%s]\ndate: %s\ngoals: %s\nsummary: %q\n---\n%s", k.Title, strings.Join(k.Cities, ", "), k.Date, ints(k.SDGs), k.Summary, s.text(k.Slug, k.Title))); err != nil {
			return err
		}
	}
	for i, p := range s.Practices {
		if err := put("practices/"+p.Slug+".md", fmt.Sprintf("---\ntitle: %q\ncities: [%s]\nyear: %d\ngoals: %s\nsummary: %q\n---\n%s", p.Title, p.City, p.Year, ints(p.SDGs), p.Summary, s.text(p.Slug, p.Title))); err != nil {
			return err
		}
		if i < 19 { // with the edition
			if err := put(fmt.Sprintf("news/news-%d.md", i), fmt.Sprintf("---\ntitle: %q\ndate: %s\nsummary: %q\n---\n\nNews.\n", p.Title, p.Date, p.Summary)); err != nil {
				return err
			}
		}
	}
	for _, c := range s.Cities {
		front := fmt.Sprintf("---\nname: %q\ncountry: %s\nfield: %s\ndesignated: %d\nlocation: {lat: %.3f, lon: %.3f}\npopulation: {value: %d, source: Invented}\ngoals: %s\nsummary: %q\nsources:\n  - {title: Invented, publisher: Nobody}\n---\n",
			c.Name, strings.ToUpper(code(c.Country)), slugify(c.Field), c.Year, c.Lat, c.Lon, c.Population, ints(c.SDGs), c.Summary)
		if err := put("cities/"+c.Slug+".md", front+s.text(c.Slug, c.Name)); err != nil {
			return err
		}
	}
	for i, f := range fields {
		if err := put("fields/"+slugify(f)+".md", fmt.Sprintf("---\nname: %s\ncolour: \"#5b25ab\"\npattern: frames\nsince: 2004\norder: %d\n---\n", f, i+1)); err != nil {
			return err
		}
	}
	for _, c := range countries {
		if err := put("countries/"+code(c)+".md", fmt.Sprintf("---\nname: %s\nregion: all\n---\n", c)); err != nil {
			return err
		}
	}
	return put("regions/all.md", "---\nname: All\norder: 0\n---\n")
}

// text is the body of a document with links as uccn writes them.
func (s *Set) text(slug, title string) string {
	var b strings.Builder
	s.body(&b, slug, title)
	return "\n" + reInside.ReplaceAllString(b.String(), "](city:$1)")
}

// cities counts the documents of the kind that a laid-out site holds.
func cities(site string) int {
	found, err := filepath.Glob(filepath.Join(site, "content", "cities", "*.md"))
	die(err)
	return len(found)
}
