package doc

import (
	"strconv"
	"strings"
)

// figure writes a picture with its caption, credit and licence.
func (w *writer) figure(i *Image) {
	w.s("<figure>")
	p := w.image(i)
	credit, license := i.Credit, i.License
	if credit == "" {
		credit, license = p.Credit, p.License
	}
	if len(i.Words) > 0 || credit != "" {
		w.s("<figcaption>")
		w.line(i.Words)
		if credit != "" {
			if len(i.Words) > 0 {
				w.s(" ")
			}
			w.s(`<small class="credit">`)
			w.text(credit)
			if license != "" {
				w.s(", ")
				w.text(w.license(license))
			}
			w.s("</small>")
		}
		w.s("</figcaption>")
	}
	w.s("</figure>")
}

func (w *writer) license(id string) string {
	if w.o.License != nil {
		return w.o.License(id)
	}
	return strings.ToUpper(id)
}

func (w *writer) image(i *Image) Picture {
	var p Picture
	ok := KindOf(i.Src) == Path
	if ok {
		p, ok = w.r.Picture(i)
	}
	if !ok {
		w.text(i.Alt)
		return p
	}
	if len(p.Sources) > 0 {
		w.s("<picture>")
		for _, s := range p.Sources {
			w.s("<source")
			w.attr("type", s.Type)
			w.attr("srcset", s.Srcset)
			if p.Sizes != "" {
				w.attr("sizes", p.Sizes)
			}
			w.void()
		}
	}
	w.s("<img")
	w.href("src", p.Src)
	if p.Srcset != "" {
		w.attr("srcset", p.Srcset)
		if p.Sizes != "" {
			w.attr("sizes", p.Sizes)
		}
	}
	w.attr("alt", i.Alt)
	if p.Width > 0 && p.Height > 0 {
		w.attr("width", strconv.Itoa(p.Width))
		w.attr("height", strconv.Itoa(p.Height))
	}
	if !w.o.XHTML {
		w.s(` loading="lazy" decoding="async"`)
	}
	w.void()
	if len(p.Sources) > 0 {
		w.s("</picture>")
	}
	return p
}

func (w *writer) pullQuote(q *PullQuote) {
	w.s(`<figure class="quote"><blockquote>`)
	w.wrap("p", q.Text)
	w.s("</blockquote>")
	if q.By+q.Role != "" {
		w.s("<figcaption>")
		if q.By != "" {
			w.s("<cite>")
			w.text(q.By)
			w.s("</cite>")
			if q.Role != "" {
				w.s(", ")
			}
		}
		w.text(q.Role)
		w.s("</figcaption>")
	}
	w.s("</figure>")
}
