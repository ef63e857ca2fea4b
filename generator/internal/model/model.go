// Package model is the vocabulary of the network: the records that editors
// write, as plain values. It does no I/O and knows no file format.
//
// Records are filled by package load and never changed afterwards. Texts are
// in one language: a record in another language is a copy in which the
// translated texts have taken the place of the original ones.
package model

import (
	"slices"
	"strings"

	"uccn/generator/internal/diag"
)

// Type names a kind of record, as its content folder does.
type Type string

const (
	Cities      Type = "cities"
	Practices   Type = "practices"
	CaseStudies Type = "case-studies"
	Meetings    Type = "meetings"
	Reports     Type = "reports"
	Editions    Type = "editions"
	Exhibitions Type = "exhibitions"
	Networks    Type = "networks"
	Fields      Type = "fields"
	Regions     Type = "regions"
	Countries   Type = "countries"
	Goals       Type = "goals"
	Themes      Type = "themes"
	Pages       Type = "pages"
	NewsItems   Type = "news"
)

// Types lists every type in the order in which they are read and shown.
func Types() []Type {
	return []Type{Cities, Practices, CaseStudies, Meetings, Reports, Editions, Exhibitions, Networks,
		Fields, Regions, Countries, Goals, Themes, Pages, NewsItems}
}

// Singular returns the word for one record, as links and messages use it:
// "city", "case-study", "news".
func (t Type) Singular() string {
	switch t {
	case NewsItems:
		return "news"
	case Cities:
		return "city"
	case CaseStudies:
		return "case-study"
	case Countries:
		return "country"
	}
	return strings.TrimSuffix(string(t), "s")
}

// TypeOf finds a type by its singular word.
func TypeOf(singular string) (Type, bool) {
	for _, t := range Types() {
		if t.Singular() == singular {
			return t, true
		}
	}
	return "", false
}

// Text is Markdown as it was written.
type Text struct {
	Source string
	At     diag.Pos // of its first character
	Lang   string   // the language it is in
}

// Empty reports whether there is nothing but blanks.
func (t Text) Empty() bool { return strings.TrimSpace(t.Source) == "" }

// Ref is a reference to another record by its id.
type Ref struct {
	ID string
	At diag.Pos
}

// Link is a use of another record, gathered while a record is read, so that
// all references can be checked in one place.
type Link struct {
	Ref
	Type Type
	Len  int // code points to underline
}

// Status says how far a record is.
type Status string

const (
	Draft     Status = "draft"
	Review    Status = "review"
	Published Status = "published"
	Archived  Status = "archived"
)

// Head is what records of every type have.
type Head struct {
	Type    Type
	ID      string
	At      diag.Pos // the file
	Name    string   // its name or title
	NameAt  diag.Pos
	Summary string
	Status  Status
	Updated Date
	Sources []Source
	Remarks []string
	Origin  Provenance
	Images  []Image
	Aliases []Alias
	Extra   map[string]any
	Body    Text

	Lang        string      // the language of its texts; of one text, see LangOf
	From        string      // of a translation: the language of the texts that it does not give
	Given       []string    // of a translation: the keys of the texts that it gives, sorted: "images.0.alt"
	Translation Translation // how they came to be in that language
	TextHash    string      // of the original's translatable texts, if there is a translation
	Links       []Link      // every reference of its front matter
	Broken      bool        // could not be read whole: no conclusions should be drawn from it
	Shipped     bool        // comes with the binary, not from the site's folder
}

// Of returns the record's head; with it every record is a Record.
func (h *Head) Of() *Head { return h }

// LangOf returns the language of the text that stands at a key of the front
// matter, such as "summary", or at a key within another: "images.0.alt". A list
// of texts is in one language. The body knows its own.
func (h *Head) LangOf(key string) string {
	if h.From == "" {
		return h.Lang
	}
	if _, given := slices.BinarySearch(h.Given, key); given {
		return h.Lang
	}
	return h.From
}

// NameLang returns the language of the record's name or title.
func (h *Head) NameLang() string {
	if _, given := slices.BinarySearch(h.Given, "name"); given {
		return h.Lang
	}
	return h.LangOf("title")
}

// Record is any record, seen by what all have in common.
type Record interface{ Of() *Head }

// Live reports whether the record takes part in a build without drafts.
func (h *Head) Live(drafts bool) bool {
	return h.Status == Published || drafts && (h.Status == Draft || h.Status == Review)
}

// Translation says how a record's texts came to be in its language.
type Translation struct {
	State   Translated
	Stale   bool     // the original has changed since
	Of      string   // hash of the original's texts that were translated
	StateAt diag.Pos // of the word that gives the state: machine or reviewed
}

// Translated is the state of a translation.
type Translated string

const (
	Original Translated = ""         // written in this language
	Machine  Translated = "machine"  // translated, and not yet read by a person
	Reviewed Translated = "reviewed" // translated, and read
	Missing  Translated = "missing"  // shown in the original's language
)

// Source is where a fact comes from.
type Source struct {
	Title, URL, Publisher string
	Accessed              Date
}

// Provenance says who supplied and edited a record's text.
type Provenance struct {
	SuppliedBy, EditedBy string
	AsOf                 Date
}

// Alias is an old address that leads to the record.
type Alias struct {
	Path string
	At   diag.Pos
}

// Image is a picture with what must be known of it.
type Image struct {
	Src                   string // relative to the record's file
	At                    diag.Pos
	Alt, Caption, Credit  string
	Decorative            bool
	License, RightsHolder string
	Focus                 Point // from the left and the top, 0 to 1
	Role                  string
}

// Point is a place in a picture, each part from 0 to 1.
type Point struct{ X, Y float64 }

// Permission reports whether the picture may be shown here only, by permission
// of its owner: it stands in no open data and is offered for no download.
func (i Image) Permission() bool { return i.License == "permission" }
