package main

import (
	"fmt"
	"image/jpeg"
	"math"
	"os"
	"path/filepath"
	"strings"
)

// waves colours a photograph.
type waves struct{ phase float64 }

func (s waves) luma(u, v, grain float64) uint8 {
	l := 118 + 45*math.Sin(7*u+3*math.Sin(5*v+s.phase)) + 25*math.Sin(90*u+40*math.Sin(9*v))*v + 10*grain
	if math.Hypot(u-0.6, 0.75*(v-0.4)) < 0.2 { // a disc with a sharp rim
		l += 45
	}
	if d := math.Sin(40*(u*math.Cos(s.phase)+v*math.Sin(s.phase))) - 0.8; d > 0 { // slanted bars
		l -= 40
	}
	return uint8(max(0, min(255, l)))
}

func (s waves) chroma(u, v float64) (cb, cr uint8) {
	return uint8(128 + 25*math.Sin(3*u+v+s.phase)), uint8(128 + 25*math.Cos(2*v-3*u))
}

// write makes two sites, with photographs and without, and the folder that the peers
// read photographs from.
func (c *comparison) write() error {
	files := map[string]string{
		"site.yaml":                 "title: Photographs\nlanguages: [en]\nedition: all\n",
		"content/countries/xa.md":   "---\nname: Xanadu\nregion: east\n---\n",
		"content/regions/east.md":   "---\nname: East\n---\n",
		"content/fields/film.md":    "---\nname: Film\ncolour: '#5b25ab'\nsummary: Towns that make films, show them and teach how they are made.\n---\n",
		"content/editions/all.md":   "---\ntitle: All\nyear: 2018\nas_of: 2018-06-30\n---\n",
		"content/pages/.keep":       "",
		"hugo/hugo.toml":            "baseURL = 'https://a.example/'\ndisableKinds = ['taxonomy', 'term', 'RSS', 'sitemap', 'robotsTXT', '404']\n[imaging]\nresampleFilter = 'lanczos'\nquality = 75\n",
		"hugo/content/_index.md":    "---\ntitle: A\n---\n",
		"hugo/assets/photos/.keep":  "",
		"hugo/layouts/home.html":    "",
		"photos/.keep":              "",
		"out-uccn/.keep":            "",
		"empty/content/pages/.keep": "",
	}
	city := "---\nname: Town %[1]d\ncountry: XA\nfield: film\ndesignated: 2016\nlocation: {lat: %[1]d, lon: 10}\nsummary: A town of the east that films from the first frost of the year to the first thaw.\n%[2]s---\n\nA town.\n"
	write := func(name, text string) error {
		p := filepath.Join(c.dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o777); err != nil {
			return err
		}
		return os.WriteFile(p, []byte(text), 0o666)
	}
	for n := range c.photos {
		image := fmt.Sprintf("images:\n  - {src: photo%d.jpg, alt: A disc and bars, credit: Nobody, license: cc0, role: hero}\n", n)
		files[fmt.Sprintf("site/content/cities/town%d.md", n)] = fmt.Sprintf(city, n, image)
		files[fmt.Sprintf("empty/content/cities/town%d.md", n)] = fmt.Sprintf(city, n, "")
	}
	for name, text := range files {
		if name == "site.yaml" || strings.HasPrefix(name, "content/") {
			for _, site := range []string{"site/", "empty/"} {
				if err := write(site+name, text); err != nil {
					return err
				}
			}
			continue
		}
		if err := write(name, text); err != nil {
			return err
		}
	}
	for n := range c.photos {
		if err := c.writePhoto(n); err != nil {
			return err
		}
	}
	return nil
}

func (c *comparison) writePhoto(n int) error {
	name := fmt.Sprintf("photo%d.jpg", n)
	first := filepath.Join(c.dir, "photos", name)
	f, err := os.Create(first)
	if err != nil {
		return err
	}
	if err := jpeg.Encode(f, photo(n, 4000, 3000), &jpeg.Options{Quality: 90}); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	for _, to := range []string{"site/content/cities", "hugo/assets/photos"} {
		if err := os.Link(first, filepath.Join(c.dir, filepath.FromSlash(to), name)); err != nil {
			return err
		}
	}
	return nil
}

// writeSharp writes the program for sharp: every photograph at once, as its makers
// advise, each variant from the file, which sharp reads at half its size or less
// where that will do.
func (c *comparison) writeSharp(variants []variant) error {
	var jobs strings.Builder
	for _, v := range variants {
		fmt.Fprintf(&jobs, "  [%q, %q, %d, %d, %q, %d],\n", v.photo+".jpg", v.name(), v.w, v.h, v.form, v.q)
	}
	text := fmt.Sprintf(`import { createRequire } from 'node:module'
import fs from 'node:fs'
const sharp = createRequire(%q)('sharp')
const out = process.argv[2], effort = +process.argv[3]
fs.mkdirSync(out, { recursive: true })
sharp.cache(false)
const jobs = [
%s]
const photos = [...new Set(jobs.map((j) => j[0]))]
await Promise.all(photos.map(async (photo) => {
  for (const [, name, width, height, form, quality] of jobs.filter((j) => j[0] === photo)) {
    const s = sharp('photos/' + photo).rotate().resize({ width, height, fit: 'cover' })
    await (form === 'webp' ? s.webp({ quality, effort }) : s.jpeg({ quality })).toFile(out + '/' + name)
  }
}))
`, filepath.Join(absolute(c.sharp), "node_modules", "x.js"), jobs.String())
	return os.WriteFile(filepath.Join(c.dir, "sharp.mjs"), []byte(text), 0o666)
}

func absolute(dir string) string {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return dir
	}
	return abs
}

// writeHugo writes the template for Hugo.
func (c *comparison) writeHugo(variants []variant) error {
	var b strings.Builder
	for _, v := range variants {
		fmt.Fprintf(&b, "{{ with resources.Get \"photos/%s.jpg\" }}{{ with .Fill \"%dx%d %s q%d Center\" }}{{ $r := . | resources.Copy \"%s\" }}{{ $r.RelPermalink }}{{ end }}{{ end }}\n", v.photo, v.w, v.h, v.form, v.q, v.name())
	}
	return os.WriteFile(filepath.Join(c.dir, "hugo", "layouts", "home.html"), []byte(b.String()), 0o666)
}
