package booklet

import (
	"fmt"
	"html"
	"strings"

	"uccn/generator/internal/render/booklet/book"
)

// previewStyle is the style sheet of the preview's own pages.
const previewStyle = `body{margin:0;padding:1.5rem;background:#d9dcde;color:#15181c;font:15px/1.5 system-ui,sans-serif}
h1{font-size:1.2rem;margin:0 0 1rem}a{color:inherit}ul{list-style:none;margin:0;padding:0}
.pages{display:grid;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr));gap:1.25rem}
img{display:block;block-size:auto;background:#fff;box-shadow:0 1px 6px #0004}.pages img{inline-size:100%}
.sheet{display:flex;gap:2px;justify-content:center}.sheet img{min-inline-size:0;inline-size:48rem;max-inline-size:calc(92vh*.705)}
nav{display:flex;flex-wrap:wrap;gap:1.5rem;margin:0 0 1rem}`

// previewHead begins a page of the preview.
func (s *shelf) previewHead(title string) *strings.Builder {
	var b strings.Builder
	fmt.Fprintf(&b, "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"+
		"<title>%[1]s</title><link rel=\"stylesheet\" href=\"%[2]spreview.css\"></head><body><h1>%[1]s</h1>",
		html.EscapeString(title), s.in.Site.BasePath()+PreviewAt)
	return &b
}

// list leads to the books.
func (p *Preview) list() []byte {
	b := p.shelf.previewHead("Booklets")
	b.WriteString("<ul>")
	for _, v := range p.shelf.volumes() {
		fmt.Fprintf(b, "<li><a href=\"%s/%s/\">%s (%s)</a></li>", v.net.Edition.ID, v.net.Lang, html.EscapeString(v.net.Edition.Name), v.net.Lang)
	}
	b.WriteString("</ul></body></html>")
	return []byte(b.String())
}

// listing shows all pages of a book, small.
func (v *volume) listing(b *book.Book) []byte {
	out := v.previewHead(fmt.Sprintf("%s (%s), %d pages", v.net.Edition.Name, v.net.Lang, len(b.Sheets)))
	out.WriteString("<ul class=\"pages\">")
	for i, s := range b.Sheets {
		href := fmt.Sprintf("%d.svg", i+1)
		if places := s.Places(); len(places) > 0 {
			href = places[0] + "/"
		}
		fmt.Fprintf(out, "<li><a href=\"%s\"><img loading=\"lazy\" width=\"%d\" height=\"%d\" src=\"%d.svg\" alt=\"page %[4]d\">%[4]d %[5]s</a></li>",
			html.EscapeString(href), int(b.Look.W)/1000, int(b.Look.H)/1000, i+1, html.EscapeString(s.Foot))
	}
	out.WriteString("</ul></body></html>")
	return []byte(out.String())
}

// frame shows some pages large, side by side, the first being number at.
func (v *volume) frame(b *book.Book, at, n int) []byte {
	out := v.previewHead(fmt.Sprintf("%s, page %d", v.net.Edition.Name, at+1))
	out.WriteString("<nav><a href=\"../\">All pages</a>")
	for _, step := range []struct {
		to   int
		word string
	}{{at - 1, "Page before"}, {at + n, "Page after"}} {
		if step.to >= 0 && step.to < len(b.Sheets) {
			fmt.Fprintf(out, "<a href=\"%s\">%s</a>", html.EscapeString(previewOf(b, step.to)), step.word)
		}
	}
	for _, c := range v.net.Cities {
		if b.Sheets[at].Has(book.Place(&c.City.Head)) && c.Path != "" {
			fmt.Fprintf(out, "<a href=\"%s\">%s on the web</a>", html.EscapeString(v.in.Site.BasePath()+v.prefix()+c.Path), html.EscapeString(c.Name))
			break
		}
	}
	out.WriteString("</nav><div class=\"sheet\">")
	for i := at; i < at+n; i++ {
		fmt.Fprintf(out, "<img src=\"../%d.svg\" width=\"%d\" height=\"%d\" alt=\"page %[1]d\">", i+1, int(b.Look.W)/1000, int(b.Look.H)/1000)
	}
	out.WriteString("</div></body></html>")
	return []byte(out.String())
}

// previewOf is the address of a page as seen from the page of a place.
func previewOf(b *book.Book, i int) string {
	if places := b.Sheets[i].Places(); len(places) > 0 {
		return "../" + places[0] + "/"
	}
	return fmt.Sprintf("../%d.svg", i+1)
}

// prefix is the folder of the volume's language on the site.
func (v *volume) prefix() string {
	if v.net.Lang == v.in.Site.Languages[0] {
		return ""
	}
	return v.net.Lang + "/"
}
