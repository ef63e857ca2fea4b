package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// A town is what every peer is given of one city.
type town struct {
	id, name, caption string
	paragraphs        []string
}

const fields = 7

// write makes the same book as a site for uccn, for Typst and in HTML, and
// returns how many bytes the photographs have.
func write(dir string, n int) (int, error) {
	files := map[string]string{
		"site.yaml":                 "title: Towns\nlanguages: [en]\nedition: \"2018\"\nprint: {multiple: 2}\n",
		"content/editions/2018.md":  "---\ntitle: Towns\nyear: 2018\nas_of: 2018-06-30\n---\n",
		"content/countries/pl.md":   "---\nname: Poland\nregion: europe\n---\n",
		"content/regions/europe.md": "---\nname: Europe\n---\n",
	}
	for i := range fields {
		files[fmt.Sprintf("content/fields/field-%d.md", i)] = fmt.Sprintf("---\nname: Field %d\ncity_label: City of Field %d\ncolour: \"#034d60\"\npattern: strings\norder: %d\n---\n", i+1, i+1, i+1)
	}
	random := rand.New(rand.NewPCG(1, 2))
	var typ, html strings.Builder
	typ.WriteString("#set document(title: \"Towns\")\n#set page(width: 148mm, height: 210mm, margin: 13mm, numbering: \"1\")\n#set text(lang: \"en\", size: 9pt)\n#set par(justify: true)\n= Towns\n#outline()\n#pagebreak()\n")
	html.WriteString("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Towns</title><style>@page{size:148mm 210mm;margin:13mm;@bottom-right{content:counter(page)}}body{font:9pt/12pt serif;text-align:justify;hyphens:auto;margin:0}section{break-before:page}img{width:92mm;height:80mm;object-fit:cover}nav a::after{content:leader('.') target-counter(attr(href),page)}</style><h1>Towns</h1><nav>")
	towns := make([]town, n)
	for i := range towns {
		towns[i] = invent(random, i)
		fmt.Fprintf(&html, "<p><a href=\"#%s\">%s</a></p>", towns[i].id, towns[i].name)
	}
	html.WriteString("</nav>")
	total := 0
	for i, t := range towns {
		photo, err := photograph(random)
		if err != nil {
			return 0, err
		}
		total += len(photo)
		files["content/cities/"+t.id+".jpg"] = string(photo)
		files["content/cities/"+t.id+".md"] = fmt.Sprintf("---\nname: %s\ncountry: PL\nfield: field-%d\ndesignated: 2015\nlocation: {lat: %.2f, lon: %.2f}\nregion: europe\nimages:\n  - {src: %s.jpg, alt: %s, credit: Nobody, license: cc0}\n---\n\n%s\n",
			t.name, i%fields, 49+random.Float64()*5, 15+random.Float64()*8, t.id, t.caption, strings.Join(t.paragraphs, "\n\n"))
		fmt.Fprintf(&typ, "#image(\"content/cities/%s.jpg\", width: 92mm, height: 80mm, fit: \"cover\", alt: \"%s\")\n== %s\n%s\n#pagebreak(weak: true)\n", t.id, t.caption, t.name, strings.Join(t.paragraphs, "\n\n"))
		fmt.Fprintf(&html, "<section id=\"%s\"><img src=\"content/cities/%s.jpg\" alt=\"%s\"><h2>%s</h2><p>%s</p></section>\n", t.id, t.id, t.caption, t.name, strings.Join(t.paragraphs, "</p><p>"))
	}
	files["book.typ"], files["book.html"] = typ.String(), html.String()
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			return 0, err
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			return 0, err
		}
	}
	return total, nil
}

// invent makes a town whose text has about a hundred words of its own.
func invent(random *rand.Rand, i int) town {
	syllables := strings.Fields("ka ro mi ten sal bru ver lin dor ish ment tion al ing ster pre con fa gar wick ho lun der ta sy")
	common := strings.Fields("the of and in to a is that for it as was with by on are at from this which its city work music craft film school people year")
	t := town{id: fmt.Sprintf("town-%d", i), name: fmt.Sprintf("Town %d", i), caption: fmt.Sprintf("A street of town %d", i)}
	for range 2 {
		var words []string
		for range 52 {
			w := common[random.IntN(len(common))]
			if random.IntN(10) >= 6 {
				w = ""
				for range 2 + random.IntN(3) {
					w += syllables[random.IntN(len(syllables))]
				}
			}
			words = append(words, w)
		}
		t.paragraphs = append(t.paragraphs, strings.ToUpper(words[0][:1])+words[0][1:]+" "+strings.Join(words[1:], " ")+".")
	}
	return t
}

// photograph draws 1,200 × 1,500 pixels of hills and grain, about 160 kB.
func photograph(random *rand.Rand) ([]byte, error) {
	const w, h = 1200, 1500
	m := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	a, b := random.Float64()*6, 2+random.Float64()*5
	for y := range h {
		for x := range w {
			v := 128 + 70*math.Sin(a+float64(x)/160)*math.Cos(b*float64(y)/500)
			m.Y[m.YOffset(x, y)] = uint8(v) + uint8(random.IntN(9))
		}
	}
	tint := color.YCbCr{Cb: uint8(100 + random.IntN(56)), Cr: uint8(100 + random.IntN(56))}
	for i := range m.Cb {
		m.Cb[i], m.Cr[i] = tint.Cb, tint.Cr
	}
	var out bytes.Buffer
	err := jpeg.Encode(&out, m, &jpeg.Options{Quality: 82})
	return out.Bytes(), err
}
