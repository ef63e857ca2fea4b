package view

import "html/template"

// Pages names the templates of the pages and the type each is given. The theme
// is checked against it before anything is rendered.
func Pages() map[string]any {
	return map[string]any{
		"home.html":       HomePage{},
		"cities.html":     CitiesPage{},
		"city.html":       CityPage{},
		"fields.html":     FieldsPage{},
		"field.html":      FieldPage{},
		"countries.html":  CountriesPage{},
		"country.html":    CountryPage{},
		"region.html":     RegionPage{},
		"goals.html":      GoalsPage{},
		"goal.html":       GoalPage{},
		"practice.html":   WorkPage{},
		"list.html":       ListPage{},
		"meetings.html":   MeetingsPage{},
		"meeting.html":    MeetingPage{},
		"exhibition.html": ExhibitionPage{},
		"map.html":        MapPage{},
		"figures.html":    FiguresPage{},
		"edition.html":    EditionPage{},
		"network.html":    NetworkPage{},
		"page.html":       TextPage{},
		"booklet.html":    BookletPage{},
		"data.html":       DataPage{},
		"search.html":     SearchPage{},
		"notfound.html":   NotFoundPage{},
		"redirect.html":   RedirectPage{},
	}
}

// HomePage is the site's first page.
type HomePage struct {
	Frame
	Heading     string
	Lead        string
	Exhibition  Link
	Cities      Link
	Map         Map
	Fields      []FieldTag
	Shelf       []Spine
	Works       []Work
	Edition     *Link
	Counts      []Link
	Meetings    []Row
	MeetingsAll string
	All         []CityItem
}

// Spine is a field on the shelf; it is as wide as the field has cities.
type Spine struct {
	FieldTag
	Plate string
}

// CitiesPage lists every city from A to Z.
type CitiesPage struct {
	Frame
	Head
	Fields  []FieldTag
	Regions []Option
	Orders  []Link // the same cities by field and by country
	Groups  []CityGroup
	Total   int
}

// Option is a choice of a filter.
type Option struct{ ID, Label, Lang string }

// CityPage is a member city.
type CityPage struct {
	Frame
	Head
	Name            string
	Local           []Link // its names in its own languages
	Summary         string
	Field           FieldTag
	Facts           []Fact
	Standing        string // that it has left or is suspended
	Picture         Picture
	Contents        []Link
	Body            template.HTML
	Gallery         []Picture
	Commitments     []string
	CommitmentsLang string
	Practices       []Work
	CaseStudies     []Row
	Meetings        []Row
	Goals           Goals
	GoalsNote       string
	Figures         []Fact
	Assets          []Link
	Events          []Link
	Reports         []string
	Cooperation     []Link
	Sources         Sources
	Locator         Map
	Coordinates     string
	Nearest         []Link
	Same            []Link
	Networks        []Link
	Downloads       []Link
	Contacts        []Link // that may be published
	Outside         []Link
	Cite            *Cite
}

// FieldsPage lists the creative fields with their cities.
type FieldsPage struct {
	Frame
	Head
	Fields []FieldBand
}

// FieldBand is a field with its cities.
type FieldBand struct {
	FieldTag
	Summary     string
	SummaryLang string
	Plate       string
	Cities      []CityItem
}

// FieldPage is a creative field.
type FieldPage struct {
	Frame
	Head
	Field         FieldTag
	CityLabel     string // "City of Film"
	CityLabelLang string
	Summary       string
	Facts         []Fact
	Picture       Picture
	Body          template.HTML
	Map           Map
	Cities        []CityItem
	Works         []Work
	WallHref      string
	CaseStudies   []Row
	Networks      []Row
	Sources       Sources
}

// CountriesPage lists the countries by region.
type CountriesPage struct {
	Frame
	Head
	Regions []RegionGroup
}

// RegionGroup is a region with its countries.
type RegionGroup struct {
	ID, Label, Href, Note string
	Lang                  string // of the label, where it is not the page's
	Countries             []CountryItem
}

// CountryItem is a country with its cities.
type CountryItem struct {
	Label, Href string
	Shown       string // how many cities
	Cities      []CityItem
}

// CountryPage is a country with its member cities.
type CountryPage struct {
	Frame
	Head
	Count       int
	Fields      []FieldTag
	Cities      []Row
	Map         Map
	Body        template.HTML
	Works       []Work
	WallHref    string
	CaseStudies []Row
	Meetings    []Row
	Sources     Sources
}

// RegionPage is a region with its countries and cities.
type RegionPage struct {
	Frame
	Head
	Count     int
	Fields    []FieldTag
	Maps      []Map
	Body      template.HTML
	Countries []CountryItem
	Works     []Work
	WallHref  string
	Sources   Sources
}

// GoalsPage shows the seventeen goals.
type GoalsPage struct {
	Frame
	Head
	Goals  []GoalTile
	Matrix Matrix
}

// GoalTile is a goal and how many records work on it; Uses is empty for none.
type GoalTile struct {
	Number                  int
	Title, Href, Uses, Lang string
}

// GoalPage is a goal and who works on it.
type GoalPage struct {
	Frame
	Head
	Number      int
	Strip       []GoalCell
	Works       []Work
	WallHref    string
	CaseStudies []Row
	Cities      []CityItem
	Targets     []TargetLine
	Sources     Sources
}

// TargetLine is a target of a goal; it is used when a record names it.
type TargetLine struct {
	Code, Text, Lang string
	Used             bool
}

// WorkPage is a practice or a case study.
type WorkPage struct {
	Frame
	Head
	Title, Summary   string
	Field            FieldTag
	Facts            []Fact
	Picture          Picture
	Body             template.HTML
	Parts            []Part
	Results          []Fact
	Quote, QuoteLang string
	Gallery          []Picture
	Goals            Goals
	Sources          Sources
	CitiesTitle      string
	Cities           []Link
	Map              Map
	Room             []Link
	Contacts         []Link // that may be published
	Outside          []Link
	Cite             *Cite
	Before, After    *Link // its neighbours on the wall
	Related          []Work
	WallHref         string
}

// Part is a titled part of a record: a text, a list or both, in one language.
type Part struct {
	Title, Text, Lang string
	List              []string
}

// ListPage lists records of one type in groups. Terms are what they could be
// grouped by, where nothing has been yet.
type ListPage struct {
	Frame
	Head
	Groups                []RowGroup
	TermsTitle, TermsNote string
	Terms                 []Term
}

// Term is an entry of a list of names.
type Term struct{ ID, Title, Note, Lang, NoteLang string }

// MeetingsPage is the line of annual meetings, the newest first.
type MeetingsPage struct {
	Frame
	Head
	Meetings []MeetingItem
}

// MeetingItem is a meeting on the line.
type MeetingItem struct {
	Href, Class, Plate string
	Year, Title, Lang  string
	Place              string
	Theme, ThemeLang   string
}

// MeetingPage is an annual meeting.
type MeetingPage struct {
	Frame
	Head
	Title, Summary   string
	Kicker           string // "12th annual meeting"
	Plates           []Picture
	Facts            []Fact
	Theme, ThemeLang string
	Body             template.HTML
	Outcomes         []Link
	Launched         []string
	LaunchedLang     string
	Presented        []Row
	Gallery          []Picture
	Sources          Sources
	HostsTitle       string
	Hosts            []Link
	Map              *Map
	Cite             *Cite
	Before, After    *Link
}

// ExhibitionPage is a wall of works, in rooms. Without rooms it is the record
// of an exhibition whose works are not known.
type ExhibitionPage struct {
	Frame
	Head
	Reported string // figures of its organisers
	Body     template.HTML
	Sheet    string // address of the style sheet of the exhibition
	Tours    []Link
	Kiosk    string // address of the exhibition for a screen in a hall
	Fields   []FieldTag
	Choices  []Choice
	Rooms    []Room
	Total    int
	Others   []Row
	Sources  Sources
}

// Choice is a filter with its options.
type Choice struct {
	Name, Title string
	Pages       string // address of an option's own page, with % for its id; "" where there is none
	Options     []Option
}

// Room is a part of the wall.
type Room struct {
	ID, Title, Note     string
	TitleLang, NoteLang string
	Works               []Work
}

// MapPage is the world and its parts.
type MapPage struct {
	Frame
	Head
	World  Map
	Fields []FieldTag
	Parts  []MapPart
}

// MapPart is a part of the world with its cities.
type MapPart struct {
	ID, Title, Href string
	Lang            string // of the title, where it is not the page's
	Shown           string // how many cities
	Big             bool   // so many that the map wants the whole width
	Map             Map
	Cities          []CityItem
}

// FiguresPage is the network in numbers.
type FiguresPage struct {
	Frame
	Head
	GrowthNote string
	Growth     Chart
	Bars       []Bars
	Matrix     Matrix
	Graph      Ties
	Downloads  []Link
}

// EditionPage is a state of the network at a date.
type EditionPage struct {
	Frame
	Head
	Counts    []Link
	Body      template.HTML
	Downloads []Link
	Changes   []CityGroup
	Imprint   []Fact
	Sources   Sources
}

// NetworkPage is a network of cities or a partner of theirs.
type NetworkPage struct {
	Frame
	Head
	Body         template.HTML
	Coordinators []Link
	Outside      []Link
	Members      []CityItem
	Sources      Sources
	Cite         *Cite
}

// TextPage is a page of text: one of the site's own, or a piece of news.
type TextPage struct {
	Frame
	Head
	Contents []Link
	Body     template.HTML
	Gallery  []Picture
	Calendar []CityGroup // of monitoring reports, on the page that asks for it
	Facts    []Fact
	Margin   []LinkGroup
	Sources  Sources
	Cite     *Cite
}

// BookletPage offers the booklets.
type BookletPage struct {
	Frame
	Head
	Books    []BookCard
	Editions []Row
}

// BookCard is a booklet in one language with its files.
type BookCard struct {
	Title, Lang, Language string
	Cover                 string // address of the picture of its cover
	Pages                 string
	Files                 []Link
}

// DataPage says what the open data hold.
type DataPage struct {
	Frame
	Head
	Files   []DataFile
	Licence *Link
}

// DataFile is one set of data in its formats.
type DataFile struct {
	Title, Note string
	Links       []Link
}

// SearchPage lists every record of the site.
type SearchPage struct {
	Frame
	Head
	Groups []RowGroup
	Total  int
}

// NotFoundPage stands where no page is.
type NotFoundPage struct {
	Frame
	Links []Link
}

// RedirectPage leads from an old address to the new one.
type RedirectPage struct{ Lang, Dir, Title, Href, Canonical string }
