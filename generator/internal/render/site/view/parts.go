package view

import "html/template"

// Alternate is the same page in a language.
type Alternate struct{ Lang, Href string }

// Card is a picture for social networks.
type Card struct {
	Src           string // absolute
	Width, Height int
}

// MenuItem is an entry of the main menu. Current is "page" on the page itself,
// "true" inside its section, and otherwise empty.
type MenuItem struct{ Label, Href, Current string }

// Link is an address with its words.
type Link struct {
	Label    string
	Href     string // empty in a trail: the page itself
	Lang     string // of the label, where it is not the page's
	Dir      string // likewise
	Note     string // in lesser type: a distance, a date
	NoteLang string // of the note, where it is not the page's
	External bool
	After    string // what stands between it and the next, in a line of facts
}

// LinkGroup is a list of links with a heading.
type LinkGroup struct {
	Title string
	Links []Link
}

// Notice says something about the page's text before it begins: that it is in
// another language, that a machine translated it.
type Notice struct {
	Text string
	Link *Link
}

// Head is what stands above the text of a page.
type Head struct {
	Crumbs  []Link
	Heading string
	Size    string // class for long names: "", "long", "longer"
	Lead    string
	// The languages of heading, lead and text, where they are not the page's.
	HeadingLang, LeadLang, BodyLang string
	Notice                          *Notice
}

// FieldTag is a creative field as a sign with its name.
type FieldTag struct {
	ID      string
	Class   string // carries the field's colours
	Pattern string // names its sign
	Name    string
	Lang    string // of the name, where it is not the page's
	Href    string
	Count   int    // its member cities, where they are counted
	Shown   string // the count as the language writes it
}

// Picture is a plate or a photograph. Plates have no Srcset.
type Picture struct {
	Src, Srcset, Sizes string
	Sources            []Variant // other formats
	Alt                string
	Width, Height      int
	Eager              bool // stands where the page opens
	Caption, Credit    string
	AltLang            string // of the alternative text, where it is not the page's
	CaptionLang        string // likewise
}

// Variant is a picture in another format.
type Variant struct{ Type, Srcset, Sizes string }

// Work is a practice or a case study on a wall or in a list.
type Work struct {
	Href, Title, Summary string
	Lang, SummaryLang    string // of title and summary, where they are not the page's
	Place, Year          string // "Łódź, Poland"
	Line                 string // both, as a line
	Field                FieldTag
	Picture              Picture
	GoalsText            string // "Goals 4, 11"
	// What filters look for, ids with blanks between them.
	Regions, Countries, Goals, Themes string
}

// CityItem is a city in an alphabetical list.
type CityItem struct {
	Name, Href, Note string
	Lang             string // of the name, where it is in another script than the page
	Field            FieldTag
	Region           string
}

// CityGroup is a part of a list of cities.
type CityGroup struct {
	ID, Title, Note, Href string
	Lang                  string // of the title, where it is in another script than the page
	Count                 int
	Cities                []CityItem
}

// Row is a record as one line of a list.
type Row struct {
	Lead           string // a year or a number
	Title, Sub     string
	Lang, SubLang  string // of the title and what goes with it, where they are not the page's
	Href           string
	Class, Pattern string // colours and sign of its field
}

// RowGroup is a part of a list of records.
type RowGroup struct {
	ID, Title, Note string
	Lang, NoteLang  string // of title and note, where they are not the page's
	Rows            []Row
}

// Fact is one entry of a list of facts: links when there are any, else Value.
type Fact struct {
	Label, Value    string
	Dir             string
	Lang, LabelLang string // of value and label, where they are not the page's
	Links           []Link
}

// Goals is the strip of seventeen goals with some of them lit and named.
type Goals struct {
	Cells []GoalCell
	Named []NamedGoal
}

// GoalCell is one of the seventeen.
type GoalCell struct {
	N                 int
	On                bool
	Title, Href, Lang string
}

// NamedGoal is a lit goal below the strip.
type NamedGoal struct {
	Number                     int
	Title, Href, Targets, Note string
	Lang, NoteLang             string // of title and note, where they are not the page's
}

// Map is a map with its dots, ready to be drawn.
type Map struct {
	ViewBox, Class, Label string
	Land                  string // path data
	Roving                bool   // its dots are links: one tab stop, then arrows
	Dots                  []Dot
}

// Dot is a place on a map; it is a link when it has an address.
type Dot struct {
	X, Y, R            string
	Class, Href, Label string
}

// Sources is where a page's facts come from.
type Sources struct {
	Remarks []Text
	Origin  string // who supplied and edited the text
	List    []SourceLine
}

// Text is a text and its language, where that is not the page's.
type Text struct{ Words, Lang string }

// SourceLine is one source.
type SourceLine struct{ Title, Href, Rest string } // Rest begins with its comma

// Cite is how the page is to be cited.
type Cite struct {
	Text    string
	Formats []Format
}

// Format is a citation for programs. Data is its address without "data:" before
// it, File the name under which it is kept.
type Format struct{ Label, File, Data string }

// Bars is a table that is a bar chart.
type Bars struct {
	Title, Note, Caption, Head, Unit string
	ViewBox                          string
	Rows                             []BarRow
}

// BarRow is one bar.
type BarRow struct {
	Label, Href, Class, Value string
	Lang                      string // of the label, where it is not the page's
	Bar                       template.HTML
}

// Chart is a drawing with its table.
type Chart struct {
	ViewBox string
	Marks   template.HTML
	Table   Table
}

// Ties is a drawing of what cities share, with the names of its numbers and its
// table.
type Ties struct {
	ViewBox string
	Marks   template.HTML
	Hubs    []Link
	Table   Table
}

// Table is a plain table; the first cell of a row is its head.
type Table struct {
	Head []string
	Rows [][]Text
}

// Matrix is a table of counts by field and goal.
type Matrix struct {
	Caption string
	Head    string // of the first column
	Columns []Link
	Rows    []MatrixRow
}

// MatrixRow is a field's counts.
type MatrixRow struct {
	Label, Href, Class string
	Lang               string // of the label, where it is not the page's
	Cells              []MatrixCell
}

// MatrixCell is a count with its shade, 1 to 4; none when it is 0.
type MatrixCell struct {
	Value string
	Level int
}

// Given returns what make gives where it is shown, and else nothing.
func Given[T any](shown bool, make func() T) (out T) {
	if shown {
		out = make()
	}
	return out
}
