// Package config reads site.yaml, with the same machinery and the same kind of
// messages as the records.
package config

import (
	"errors"
	"io/fs"
	"net/url"
	"slices"
	"strings"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/schema"
	"uccn/generator/internal/source"
)

// File is the name of the file that makes a folder a site.
const File = "site.yaml"

// Site is what site.yaml says.
type Site struct {
	Title       []Words // by language
	Description []Words
	BaseURL     string   // without a slash at its end; empty: addresses stay relative
	Languages   []string // the first is that of the originals and has no prefix
	Edition     string   // id of the edition that is shown
	Theme       string   // folder in themes/
	Exhibition  string   // id of the exhibition whose works hang on the wall; the newest with works when empty
	Publisher   string
	Licence     Licence
	Outputs     []string
	Cards       string   // "none": pages have no drawn cards for social networks
	Fonts       []string // print fonts beyond the theme's, paths in the site
	Print       Print
	At          diag.Pos // of site.yaml
	EditionAt   diag.Pos
}

// Words is a text in a language.
type Words struct{ Lang, Text string }

// Licence is the terms under which the site's texts may be used.
type Licence struct{ Name, URL string }

// Print is how booklets are made for the printer.
type Print struct {
	ICC      string // path of the output intent's profile
	Multiple int    // the page count is a multiple of this; 0: any
}

// Outputs lists what can be made of a site, in the order in which it is made.
func Outputs() []string { return []string{"site", "exhibition", "booklet", "epub", "panels", "data"} }

// TitleIn returns the site's title in lang, or in the first language given.
func (s *Site) TitleIn(lang string) string { return in(s.Title, lang) }

// DescriptionIn returns the site's description likewise.
func (s *Site) DescriptionIn(lang string) string { return in(s.Description, lang) }

func in(ws []Words, lang string) string {
	for _, w := range ws {
		if w.Lang == lang {
			return w.Text
		}
	}
	if len(ws) > 0 {
		return ws[0].Text
	}
	return ""
}

// BasePath returns the path part of the base address, ending in a slash: "/"
// or "/network/".
func (s *Site) BasePath() string {
	u, err := url.Parse(s.BaseURL)
	if err != nil || u.Path == "" {
		return "/"
	}
	return strings.TrimSuffix(u.Path, "/") + "/"
}

// Makes reports whether the site is to have the output.
func (s *Site) Makes(output string) bool {
	return len(s.Outputs) == 0 || slices.Contains(s.Outputs, output)
}

// DrawsCards reports whether pages without a photograph have a drawn card. A card
// needs an address of its own, and so has none on a site without.
func (s *Site) DrawsCards() bool { return s.BaseURL != "" && s.Cards != "none" }

// keys is the table of site.yaml.
func keys() []schema.Key[Site] {
	words := func(limit int) schema.Kind[[]Words] {
		return schema.Or(
			schema.Map(schema.Lang(), schema.Line(limit), func(lang, s string) Words { return Words{lang, s} }),
			schema.Line(limit), func(w *[]Words, s string) { *w = []Words{{"", s}} })
	}
	return []schema.Key[Site]{
		schema.Field("title", words(120), func(s *Site) *[]Words { return &s.Title }, schema.Required, "The site's name, in one line or by language."),
		schema.Field("description", words(280), func(s *Site) *[]Words { return &s.Description }, 0, "What it is, in one sentence or by language."),
		schema.Field("base_url", schema.Checked(schema.URL(), "bad-address", plainBase), func(s *Site) *string { return &s.BaseURL }, 0, "Where it will be read, such as https://host/path/."),
		schema.Field("languages", schema.Distinct(schema.List(schema.Lang(), 1, 30), func(s string) string { return s }), func(s *Site) *[]string { return &s.Languages }, schema.Required, "Its languages; originals are in the first."),
		schema.Seen(schema.Field("edition", schema.ID(), func(s *Site) *string { return &s.Edition }, schema.Required, "The edition it shows."), func(s *Site) *diag.Pos { return &s.EditionAt }),
		schema.Field("theme", schema.ID(), func(s *Site) *string { return &s.Theme }, 0, "A folder in themes/; default when not given."),
		schema.Field("exhibition", schema.ID(), func(s *Site) *string { return &s.Exhibition }, 0, "The exhibition on the wall; the one with works when not given."),
		schema.Field("publisher", schema.Line(160), func(s *Site) *string { return &s.Publisher }, 0, "Who publishes it."),
		schema.Field("licence", schema.Object([]schema.Key[Licence]{
			schema.Field("name", schema.Line(120), func(l *Licence) *string { return &l.Name }, schema.Required, "Such as CC BY 4.0."),
			schema.Field("url", schema.URL(), func(l *Licence) *string { return &l.URL }, schema.Required, "Its text."),
		}), func(s *Site) *Licence { return &s.Licence }, 0, "Terms under which the texts and data may be used."),
		schema.Field("outputs", schema.List(schema.Enum(Outputs()...), 1, 9), func(s *Site) *[]string { return &s.Outputs }, 0, "What is made; everything when not given."),
		schema.Field("cards", schema.Enum("drawn", "none"), func(s *Site) *string { return &s.Cards }, 0, "Whether pages without a photograph get a drawn card for social networks; drawn when not given."),
		schema.Field("fonts", schema.List(schema.Line(200), 0, 60), func(s *Site) *[]string { return &s.Fonts }, 0, "Print fonts for scripts that the theme lacks."),
		schema.Field("print", schema.Object([]schema.Key[Print]{
			schema.Field("icc", schema.Line(200), func(p *Print) *string { return &p.ICC }, 0, "ICC profile of the printing condition."),
			schema.Field("multiple", schema.Int(1, 32, "a number of pages"), func(p *Print) *int { return &p.Multiple }, 0, "The page count is filled up to a multiple of this."),
		}), func(s *Site) *Print { return &s.Print }, 0, "For the printer."),
	}
}

func plainBase(s string) (message, hint string) {
	if u, err := url.Parse(s); err != nil || u.RawQuery != "" || u.Fragment != "" {
		return "the site's address cannot have a question or a fragment", "end it with the folder: https://host/path/"
	}
	return "", ""
}

// ErrNoSite reports a folder without site.yaml.
var ErrNoSite = errors.New("no " + File)

// Read reads site.yaml at the root of the site. The error is ErrNoSite when
// there is none; what is wrong in it is a problem, and Site is nil then.
func Read(root fs.FS) (*Site, diag.List, error) {
	if _, err := fs.Stat(root, File); errors.Is(err, fs.ErrNotExist) {
		return nil, nil, ErrNoSite
	}
	text, dl, err := source.Read(root, File)
	if err != nil || dl.HasErrors() {
		return nil, dl, err
	}
	d, ok := schema.NewDecoder(source.File{Path: File, Front: text, FrontAt: diag.Pos{Path: File, Line: 1, Col: 1}}, false)
	if !ok {
		return nil, d.Problems, nil
	}
	s := &Site{At: diag.Pos{Path: File}, Theme: "default"}
	schema.Read(d, keys(), s)
	s.BaseURL = strings.TrimSuffix(s.BaseURL, "/")
	if d.Problems.HasErrors() {
		return nil, d.Problems, nil
	}
	return s, d.Problems, nil
}

// Schema returns the JSON Schema of site.yaml.
func Schema() map[string]any { return schema.JSON("uccn "+File, keys()) }

// Reference returns the table of the keys of site.yaml in Markdown.
func Reference() string { return schema.Reference(keys()) }
