// Package render is what the outputs share: their input, and how the addresses
// of a page are written in another. Each output is a package below it; they do
// not know one another.
package render

import (
	"context"
	"io/fs"
	"strings"
	"time"

	"uccn/generator/internal/config"
	"uccn/generator/internal/derive"
	"uccn/generator/internal/diag"
	"uccn/generator/internal/markdown"
	"uccn/generator/internal/media"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/output"
	"uccn/generator/internal/par"
	"uccn/generator/internal/searchindex"
	"uccn/generator/internal/theme"
	"uccn/generator/internal/worldmap"
)

// Input is all that an output may read. Nothing of it is ever changed.
type Input struct {
	Site     *config.Site
	Networks []*derive.Network // one for each of Site.Languages, in their order
	Theme    *theme.Theme
	Pages    *theme.Pages // those of the builds before
	Media    *media.Set
	Markdown *markdown.Converter
	Land     *worldmap.Atlas
	Words    *searchindex.Memory    // those of the search index before
	Edited   map[string]bool        // sources of the texts that Words does not know as they are; nil: it may know none
	Found    []searchindex.Document // what can be found, if it was gathered before; see search.Find
	Now      time.Time
	Version  string           // of the program
	Root     fs.FS            // the site's folder, for what one output alone reads: print fonts, a colour profile
	Disk     *memo.Disk       // remembers costly files between runs; nil remembers nothing
	Shared   *memo.Table[any] // what outputs of one build share and make once; nil: each makes its own
	Books    []Book           // the booklets of the same build; none when it makes none
	Folios   []Folio          // where things stand in the booklets of the same build
	Speaking string           // the only language of which booklets are wanted; "" for all
	Preview  bool             // costly files are made when they are asked for
	Rest     *par.Rest        // taken between pieces of long work; may be nil

	// Take takes the bytes off a file that is finished, so that they are held no
	// longer, and returns what the output gives back; nil where all are held.
	Take func(context.Context, output.File) output.File

	// Make makes the pages at some paths, if they are of the site, so that what they are made of need
	// not be held for them; nil where they are made in the end.
	Make func(ctx context.Context, paths []string)
}

// Book is what there is to know of the booklet of an edition in one language.
type Book struct {
	Edition, Lang, Title string
	Pages                int
	Cover                []byte // the front cover as SVG
	Files                []BookFile
}

// BookFile is a file of a booklet: for the printer, or else for the screen.
type BookFile struct {
	Path  string // from the output folder
	Bytes int
	Print bool
}

// Folio is the page of the printed booklet on which a place is: a record, named
// by its type and id ("cities-lodz"), or a chapter ("book-figures"). Those of a
// language come in the order of the book.
type Folio struct {
	Lang, Place string
	Page        int
}

// Func makes one output.
type Func func(context.Context, *Input) ([]output.File, diag.List, error)

// Prefix returns the folder of a language's pages: "" for the first language,
// "fr/" for another.
func (in *Input) Prefix(lang string) string {
	if lang == in.Site.Languages[0] {
		return ""
	}
	return lang + "/"
}

// Root returns the way from the page folder at path up to the site's root: ""
// for the home page, "../../" for "cities/lodz/".
func Root(path string) string { return strings.Repeat("../", strings.Count(path, "/")) }

// Absolute returns the public address of path, or "" when the site does not say
// where it will be read.
func (in *Input) Absolute(path string) string {
	if in.Site.BaseURL == "" {
		return ""
	}
	return in.Site.BaseURL + "/" + path
}
