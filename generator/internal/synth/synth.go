// Package synth makes sites of any size for tests and measurements: invented
// towns, practices and case studies with texts of some 450 words. The same
// number always gives the same bytes.
package synth

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Files returns the files of a site of n cities, n/3 practices and n/6 case
// studies, by path. languages are those of the site; each city has a
// translation in all but the first.
func Files(n int, languages ...string) map[string]string {
	if len(languages) == 0 {
		languages = []string{"en"}
	}
	out := map[string]string{
		"site.yaml":                "title: Harbour Towns\nbase_url: https://towns.example/\nlanguages: [" + strings.Join(languages, ", ") + "]\nedition: all\n",
		"content/editions/all.md":  fmt.Sprintf("---\ntitle: All towns\nyear: 2024\nas_of: 2024-12-31\nexpect: {cities: %d}\n---\n", n),
		"content/exhibitions/x.md": "---\ntitle: On the wall\n---\n",
		"content/pages/about.md":   "---\ntitle: About\nsummary: What these invented towns are for, in a sentence that is long enough.\nnav: {menu: about, order: 1}\n---\n\nThey are for tests.\n",
	}
	frame(out)
	for i := range n {
		r := &random{uint64(i)*2654435761 + 1}
		id := cityID(i)
		out["content/cities/"+id+".md"] = city(i, n, r)
		for _, lang := range languages[1:] {
			out["content/cities/"+id+"."+lang+".md"] = "---\ntranslation: {state: machine}\n---\n\n" + text(&random{uint64(i) + 99}, n)
		}
	}
	for i := range n / 3 {
		out[fmt.Sprintf("content/practices/practice-%d.md", i)] = practice(i, n, &random{uint64(i)*40503 + 7})
	}
	for i := range n / 6 {
		out[fmt.Sprintf("content/case-studies/case-%d.md", i)] = caseStudy(i, n, &random{uint64(i)*48271 + 3})
	}
	return out
}

// Write puts the files of a site below dir.
func Write(dir string, n int, languages ...string) error {
	files := Files(n, languages...)
	for p, text := range files {
		name := filepath.Join(dir, filepath.FromSlash(p))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			return err
		}
	}
	return nil
}

// fields lists the fields of the synthetic sites.
func fields() []string {
	return []string{"crafts", "design", "film", "gastronomy", "literature", "media-arts", "music"}
}

const countries = 60

func frame(out map[string]string) {
	patterns := []string{"weave", "discs", "frames", "bowls", "lines", "cells", "strings"}
	colours := []string{"#c93802", "#1667e4", "#5b25ab", "#724301", "#1c7c4c", "#ab3f92", "#034d60"}
	for i, f := range fields() {
		out["content/fields/"+f+".md"] = fmt.Sprintf("---\nname: %s\ncolour: %q\npattern: %s\nsince: 2004\norder: %d\n---\n", title(f), colours[i], patterns[i], i+1)
	}
	for i := range 5 {
		out[fmt.Sprintf("content/regions/region-%d.md", i)] = fmt.Sprintf("---\nname: Region %c\norder: %d\n---\n", 'A'+i, i)
	}
	for i := range countries {
		out["content/countries/"+country(i)+".md"] = fmt.Sprintf("---\nname: Land %d\nregion: region-%d\n---\n", i, i%5)
	}
}

// country returns a code: x and a letter for those that ISO 3166-1 leaves to
// users, then others that it does not assign.
func country(i int) string {
	return string("xqz"[i/26]) + string(rune('a'+i%26))
}

func cityID(i int) string { return fmt.Sprintf("town-%d", i) }

func city(i, n int, r *random) string {
	lat := math.Round(10000*(r.float()*140-70)) / 10000
	lon := math.Round(10000*(r.float()*340-170)) / 10000
	return fmt.Sprintf(`---
name: %s %d
country: %s
field: %s
designated: %d
location: {lat: %g, lon: %g}
population: {value: %d, source: Town register}
goals: [%d, 11]
summary: %s
sources:
  - {title: Town register, publisher: The town, accessed: 2024-01-15}
---

%s`, title(r.word()), i, strings.ToUpper(country(i%countries)), fields()[i%7], 2004+i%21, lat, lon, 20000+r.n(3000000), 1+r.n(10),
		sentence(r, 14), text(r, n))
}

func practice(i, n int, r *random) string {
	return fmt.Sprintf(`---
title: %s %d
cities: [%s]
year: %d
goals: [%d, 11]
exhibition: x
number: %d
summary: %s
---

%s`, strings.TrimSuffix(sentence(r, 4), "."), i, cityID(i*3%n), 2010+i%14, 1+r.n(10), i+1, sentence(r, 14), text(r, n))
}

func caseStudy(i, n int, r *random) string {
	var cities []string
	for k := range 1 + i%3 {
		if id := cityID((i*6 + k*17) % n); !slices.Contains(cities, id) {
			cities = append(cities, id)
		}
	}
	return fmt.Sprintf(`---
title: %s %d
programme: lab2030
cities: [%s]
goals: [4, 11]
date: %d
summary: %s
---

%s`, strings.TrimSuffix(sentence(r, 5), "."), i, strings.Join(cities, ", "), 2018+i%7, sentence(r, 14), text(r, n))
}

// text returns some 450 words of Markdown: headings, lists, a table, a
// quotation, links and footnotes.
func text(r *random, n int) string {
	var b strings.Builder
	paragraph := func(k int) {
		for range k {
			b.WriteString(sentence(r, 9+r.n(9)) + " ")
		}
		b.WriteString("\n\n")
	}
	paragraph(4)
	fmt.Fprintf(&b, "## %s\n\n", strings.TrimSuffix(sentence(r, 4), "."))
	fmt.Fprintf(&b, "It works with [its neighbour](city:%s)[^a] and says: \"%s\" -- often.\n\n", cityID(r.n(n)), sentence(r, 6))
	paragraph(5)
	for range 4 {
		fmt.Fprintf(&b, "- **%s** %s\n", r.word(), sentence(r, 8))
	}
	fmt.Fprintf(&b, "\n> %s\n\n", sentence(r, 12))
	fmt.Fprintf(&b, "### %s\n\n", strings.TrimSuffix(sentence(r, 3), "."))
	b.WriteString("| year | visitors |\n| --- | --- |\n")
	for y := range 4 {
		fmt.Fprintf(&b, "| %d | %d |\n", 2019+y, 1000+r.n(90000))
	}
	b.WriteString("\n")
	paragraph(5)
	for k := range 3 {
		fmt.Fprintf(&b, "%d. %s\n", k+1, sentence(r, 7))
	}
	fmt.Fprintf(&b, "\nMore is told [elsewhere](https://example.org/%s).[^b]\n\n", r.word())
	paragraph(6)
	fmt.Fprintf(&b, "[^a]: %s\n[^b]: %s\n", sentence(r, 8), sentence(r, 8))
	return b.String()
}

func sentence(r *random, words int) string {
	out := make([]string, words)
	for i := range out {
		out[i] = r.word()
	}
	return title(strings.Join(out, " ")) + "."
}

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// random is SplitMix64 (Steele, Lea and Flood 2014).
type random struct{ state uint64 }

func (r *random) next() uint64 {
	r.state += 0x9e3779b97f4a7c15
	z := r.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

func (r *random) n(limit int) int { return int(r.next() % uint64(limit)) }

func (r *random) float() float64 { return float64(r.next()>>11) / (1 << 53) }

func (r *random) word() string {
	const words = `harbour market river choir school workshop festival street museum garden bread clay paper
glass light sound story film song dance square bridge tower quarter school archive library stage kitchen oven loom thread
colour pattern mill canal night morning summer winter people makers writers cooks players young old new small open common
shared learn teach build mend keep open show gather print weave carve cook sing read write and with for from of in near
beyond between every many some local public yearly quiet busy early late`
	at := r.n(len(words) - 12) // a place in the text, and from it to the next word
	for words[at] > ' ' {
		at++
	}
	at++
	end := at
	for end < len(words) && words[end] > ' ' {
		end++
	}
	return words[at:end]
}
