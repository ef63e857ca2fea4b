package exhibition

import (
	"encoding/json"
	"fmt"
	"path"
	"strconv"
	"strings"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/media"
	"uccn/generator/internal/model"
	"uccn/generator/internal/output"
	"uccn/generator/internal/plate"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/site/look"
)

// Manifests follow the IIIF Presentation API 3.0, https://iiif.io/api/presentation/3.0/.

// texts are texts by language, in the order of the site's languages.
type texts []languageTexts

type languageTexts struct {
	lang   string
	values []string
}

// MarshalJSON writes the language map of IIIF: texts of no language are "none".
func (t texts) MarshalJSON() ([]byte, error) {
	var b strings.Builder
	b.WriteByte('{')
	for i, l := range t {
		if i > 0 {
			b.WriteByte(',')
		}
		v, err := json.Marshal(l.values)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "%q:%s", l.lang, v)
	}
	b.WriteByte('}')
	return []byte(b.String()), nil
}

func (t *texts) add(lang string, values ...string) {
	if len(values) > 0 && values[0] != "" {
		*t = append(*t, languageTexts{lang, values})
	}
}

type pair struct {
	Label texts `json:"label"`
	Value texts `json:"value"`
}

// resource is whatever has an id and a type: canvases, annotations, pictures.
type resource struct {
	Context   string     `json:"@context,omitempty"`
	ID        string     `json:"id,omitempty"`
	Type      string     `json:"type"`
	Label     texts      `json:"label,omitempty"`
	Motive    string     `json:"motivation,omitempty"`
	Format    string     `json:"format,omitempty"`
	Language  any        `json:"language,omitempty"` // a text, of a textual body; a list, of a home page
	Text      string     `json:"value,omitempty"`
	Width     int        `json:"width,omitempty"`
	Height    int        `json:"height,omitempty"`
	Summary   texts      `json:"summary,omitempty"`
	Metadata  []pair     `json:"metadata,omitempty"`
	Rights    string     `json:"rights,omitempty"`
	Statement *pair      `json:"requiredStatement,omitempty"`
	Homepage  []resource `json:"homepage,omitempty"`
	Thumbnail []resource `json:"thumbnail,omitempty"`
	PartOf    []resource `json:"partOf,omitempty"`
	Items     []resource `json:"items,omitempty"`
	Notes     []resource `json:"annotations,omitempty"`
	Body      *resource  `json:"body,omitempty"`
	Target    string     `json:"target,omitempty"`
}

const presentation = "http://iiif.io/api/presentation/3/context.json"

// manifests returns a manifest for each work on the wall and the collection of
// them all. Their ids are absolute addresses, so a site that does not know
// where it will be read has none.
func manifests(in *render.Input) ([]output.File, error) {
	if in.Site.BaseURL == "" {
		return nil, nil
	}
	w := &writer{in: in}
	first := in.Networks[0].Wall
	collection := resource{Context: presentation, ID: w.collection(first), Type: "Collection", Label: w.wall("title", func(x *derive.Exhibition) string { return x.Name }),
		Summary: w.wall("summary", func(x *derive.Exhibition) string { return x.Summary }), Rights: w.rights(), Statement: w.statement(nil),
		Homepage: w.homepage(first.Path, func(n *derive.Network) string { return n.Wall.Name })}
	var out []output.File
	for _, p := range first.Works {
		m := w.manifest(p)
		collection.Items = append(collection.Items, resource{ID: m.ID, Type: m.Type, Label: m.Label, Thumbnail: m.Thumbnail})
		f, err := file(w.path(p), p.Practice.Of(), m)
		if err != nil {
			return nil, err
		}
		f.Leads = []string{look.Path(model.Practices, p.ID)}
		out = append(out, f)
	}
	f, err := file(w.collectionPath(first), first.Exhibition.Of(), collection)
	return append(out, f), err
}

func file(name string, h *model.Head, r resource) (output.File, error) {
	b, err := json.Marshal(r)
	if err != nil {
		return output.File{}, fmt.Errorf("write %s: %w", name, err)
	}
	return output.File{Path: name, From: h.At, Data: append(b, '\n')}, nil
}

// A writer writes manifests in all languages at once.
type writer struct{ in *render.Input }

func (w *writer) path(p *derive.Practice) string { return "iiif/practices/" + p.ID + "/manifest.json" }

func (w *writer) collectionPath(x *derive.Exhibition) string {
	return "iiif/exhibitions/" + x.ID + "/collection.json"
}

func (w *writer) collection(x *derive.Exhibition) string { return w.in.Absolute(w.collectionPath(x)) }

// words is a text of the theme in every language.
func (w *writer) words(key string) texts {
	var out texts
	for _, n := range w.in.Networks {
		out.add(n.Lang, w.in.Theme.Words(n.Lang).T(key))
	}
	return out
}

// each asks every language in which the work's text at a key is at hand; texts
// of other records, which have no key, are so in every language of the work.
func (w *writer) each(id, key string, f func(p *derive.Practice) []string) texts {
	var out texts
	for _, n := range w.in.Networks {
		for _, p := range n.Wall.Works {
			if p.ID == id && p.Translation.State != model.Missing && (key == "" || p.LangOf(key) == n.Lang) {
				out.add(n.Lang, f(p)...)
			}
		}
	}
	return out
}

func (w *writer) wall(key string, f func(x *derive.Exhibition) string) texts {
	var out texts
	for _, n := range w.in.Networks {
		if n.Wall.Translation.State != model.Missing && n.Wall.LangOf(key) == n.Lang {
			out.add(n.Lang, f(n.Wall))
		}
	}
	return out
}

func (w *writer) manifest(p *derive.Practice) resource {
	one := func(key string, f func(p *derive.Practice) string) texts {
		return w.each(p.ID, key, func(p *derive.Practice) []string { return []string{f(p)} })
	}
	m := resource{Context: presentation, ID: w.in.Absolute(w.path(p)), Type: "Manifest",
		Label:   one("title", func(p *derive.Practice) string { return p.Name }),
		Summary: one("summary", func(p *derive.Practice) string { return p.Summary }),
		Rights:  w.rights(), Homepage: w.homepage(p.Path, func(n *derive.Network) string { return w.name(n, p) }),
		PartOf: []resource{{ID: w.collection(w.in.Networks[0].Wall), Type: "Collection"}}}
	fact := func(key string, value texts) {
		if len(value) > 0 {
			m.Metadata = append(m.Metadata, pair{w.words(key), value})
		}
	}
	fact("iiif.cities", w.each(p.ID, "", func(p *derive.Practice) []string {
		return names(p.Cities, func(c *derive.City) string { return c.Name + ", " + c.Country.Name })
	}))
	fact("field", w.each(p.ID, "", func(p *derive.Practice) []string {
		return names(p.Fields, func(f *derive.Field) string { return f.Name })
	}))
	if y := p.When(); y != 0 {
		fact("year", texts{{"none", []string{strconv.Itoa(y)}}})
	}
	fact("goals", w.each(p.ID, "", func(p *derive.Practice) []string {
		return names(p.Goals, func(g *derive.Goal) string { return strconv.Itoa(g.Number) + " " + g.Name })
	}))
	var credits []string
	for n, i := range p.Images {
		if k, ok := picture(w.in, &p.Head, i.Src); ok && !i.Permission() {
			m.Items = append(m.Items, w.photograph(p, n, i, k))
			if i.Credit != "" {
				credits = append(credits, i.Credit)
			}
		}
	}
	m.Statement = w.statement(credits)
	if len(m.Items) == 0 {
		m.Items = []resource{w.canvas(p, "plate", w.image(look.Path(model.Practices, p.ID), plate.Width, plate.Height), m.Label)}
	}
	m.Thumbnail = []resource{*m.Items[0].Items[0].Items[0].Body}
	return m
}

// name is a work's name in a language.
func (w *writer) name(n *derive.Network, p *derive.Practice) string {
	for _, x := range n.Wall.Works {
		if x.ID == p.ID {
			return x.Name
		}
	}
	return p.Name
}

func names[T any](list []T, f func(T) string) []string {
	var out []string
	for _, v := range list {
		out = append(out, f(v))
	}
	return out
}

func (w *writer) image(name string, width, height int) resource {
	return resource{ID: w.in.Absolute(name), Type: "Image", Format: mediaType(name), Width: width, Height: height}
}

func mediaType(name string) string {
	switch path.Ext(name) {
	case ".svg":
		return "image/svg+xml"
	case ".webp":
		return "image/webp"
	case ".png":
		return "image/png"
	}
	return "image/jpeg"
}

// photograph is the canvas of a picture: the copy that may be taken away, with
// its terms, and what the record tells of its parts.
func (w *writer) photograph(p *derive.Practice, n int, i model.Image, k *media.Picture) resource {
	v := k.Default()
	if k.Download != nil {
		v = *k.Download
	}
	var label texts
	label.add(w.in.Site.Languages[0], i.Alt)
	c := w.canvas(p, strconv.Itoa(n+1), w.image(v.Path, v.Width, v.Height), label)
	c.Rights = licence(i.License)
	c.Statement = w.statement([]string{i.Credit})
	var notes []resource
	for s, stop := range p.Stops {
		if stop.Image != i.Src {
			continue
		}
		at := fmt.Sprintf("%s#xywh=%s", c.ID, strings.ReplaceAll(box(stop.Region, v), " ", ","))
		for _, t := range w.each(p.ID, fmt.Sprintf("stops.%d.text", s), func(p *derive.Practice) []string { return []string{p.Stops[s].Text} }) {
			body := resource{Type: "TextualBody", Text: t.values[0], Language: t.lang, Format: "text/plain"}
			notes = append(notes, resource{ID: fmt.Sprintf("%s/note/%d/%s", c.ID, s+1, t.lang), Type: "Annotation", Motive: "commenting", Body: &body, Target: at})
		}
	}
	if len(notes) > 0 {
		c.Notes = []resource{{ID: c.ID + "/notes", Type: "AnnotationPage", Items: notes}}
	}
	return c
}

func (w *writer) canvas(p *derive.Practice, name string, image resource, label texts) resource {
	id := w.in.Absolute("iiif/practices/" + p.ID + "/canvas/" + name)
	paint := resource{ID: id + "/picture", Type: "Annotation", Motive: "painting", Body: &image, Target: id}
	return resource{ID: id, Type: "Canvas", Label: label, Width: image.Width, Height: image.Height,
		Items: []resource{{ID: id + "/page", Type: "AnnotationPage", Items: []resource{paint}}}}
}

// homepage leads to the page of a record in every language.
func (w *writer) homepage(path string, label func(n *derive.Network) string) []resource {
	var out []resource
	for _, n := range w.in.Networks {
		var name texts
		name.add(n.Lang, label(n))
		out = append(out, resource{ID: w.in.Absolute(w.in.Prefix(n.Lang) + path), Type: "Text", Label: name, Format: "text/html", Language: []string{n.Lang}})
	}
	return out
}

// statement names those who must be named: the makers of pictures, or the site.
func (w *writer) statement(credits []string) *pair {
	value := texts{{"none", credits}}
	if len(credits) == 0 {
		value = nil
		for _, n := range w.in.Networks {
			name := w.in.Site.TitleIn(n.Lang)
			if l := w.in.Site.Licence.Name; l != "" {
				name += ", " + l
			}
			value.add(n.Lang, name)
		}
	}
	return &pair{w.words("iiif.credit"), value}
}

// rights is the licence of the site's texts and plates, if it is one that IIIF
// knows: of Creative Commons or RightsStatements.org.
func (w *writer) rights() string {
	u := w.in.Site.Licence.URL
	for _, host := range []string{"creativecommons.org/", "rightsstatements.org/"} {
		if _, rest, ok := strings.Cut(u, "://"+host); ok {
			return "http://" + host + rest
		}
	}
	return ""
}

// licence is the address of a picture's licence, as IIIF writes it.
func licence(id string) string {
	const cc = "http://creativecommons.org/"
	switch id {
	case "cc-by-sa-3.0-igo":
		return cc + "licenses/by-sa/3.0/igo/"
	case "cc-by-4.0":
		return cc + "licenses/by/4.0/"
	case "cc-by-sa-4.0":
		return cc + "licenses/by-sa/4.0/"
	case "cc0":
		return cc + "publicdomain/zero/1.0/"
	case "public-domain":
		return cc + "publicdomain/mark/1.0/"
	}
	return ""
}
