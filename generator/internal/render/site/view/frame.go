// Package view holds the page structs: the contract between the site and its
// themes. A template is given one of them and nothing else, so what a page
// depends on is what its struct holds.
package view

import (
	"html/template"

	"uccn/generator/internal/theme"
)

// Frame is what every page has around its own matter: head, masthead and foot.
type Frame struct {
	Lang, Dir   string // "fr", "ltr"
	Locale      string // "fr_FR", for OpenGraph
	Site        string // the site's name
	PageTitle   string // the page's name
	HeadTitle   string // with the site's name after it
	Description string // one or two sentences, plain
	Canonical   string // absolute; empty when the site does not know its address
	Alternates  []Alternate
	NoIndex     bool
	Card        *Card  // the picture for social networks
	Icon        string // address of the icon
	Feed        string // address of the Atom feed
	Style       string // address of the style sheet
	Wide        string // address of the style sheet of lists, maps and charts; "" on pages of one record
	Script      string // address of the script
	WideScript  string // address of the script of lists and maps; "" on pages of one record
	Policy      string // content security policy
	ThemeScript template.JS
	LD          template.JS   // JSON-LD
	Symbols     template.HTML // the signs, to be used by their ids
	Class       string        // of the body: the field's colours
	Home        string
	Search      string // address of the search page
	Menu        []MenuItem
	Languages   []Link // this page in the other languages
	Disclaimers []Text
	Footer      []LinkGroup

	Words *theme.Words // see T
}

// T returns a text of the interface in the page's language, with its arguments
// in place; the first number among them chooses the plural form.
func (f Frame) T(key string, args ...any) string { return f.Words.T(key, args...) }
