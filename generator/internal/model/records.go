package model

import (
	"slices"

	"uccn/generator/internal/diag"
)

// City is a member city, or one that was.
type City struct {
	Head
	NameOfficial string
	NameLocal    []LocalName
	NamesFormer  []FormerName
	Country      Ref
	Field        Ref
	FieldsFormer []FormerField
	Designated   Date
	Membership   Membership
	Location     Location
	LocationAt   diag.Pos
	Region       Ref // empty: the country's
	Population   Population
	Goals        []GoalUse
	SubFields    []string
	Assets       []Asset
	Events       []Event
	Figures      []Figure
	Commitments  []string
	Cooperates   []Cooperation
	Contacts     []Contact
	Website      string
	NetworkPage  string
	Social       []Social
	Wikidata     string
	GeoNames     int
}

// LocalName is a name in a language of the place.
type LocalName struct{ Lang, Text string }

// FormerName is a name that was in use until a date.
type FormerName struct {
	Name  string
	Until Date
}

// FormerField is the field a city had until a date.
type FormerField struct {
	Field Ref
	Until Date
}

// Membership says whether a city is still a member.
type Membership struct {
	Status string // "", member, withdrawn, suspended
	Until  Date
}

// Location is a place on Earth, in degrees.
type Location struct{ Lat, Lon float64 }

// Population is a count of inhabitants.
type Population struct {
	Value  int
	Year   int    // 0: not known
	Scope  string // municipality, metropolitan or not known
	Source string
}

// GoalUse is a goal that somebody works on, with the targets named.
type GoalUse struct {
	Goal    Ref
	Targets []string
	Note    string
}

// Asset is a creative asset of a city.
type Asset struct{ Name, Kind, URL string }

// Event is a recurring event of a city.
type Event struct{ Name, When, URL string }

// Figure is a number with what it counts.
type Figure struct {
	Label    string
	Value    string // as written: "1,600" and "12.5" are not made the same
	Unit     string
	Baseline string
	Year     int
	Source   string
}

// Cooperation is work with another city.
type Cooperation struct {
	City  Ref
	Topic string
	Since Date
	URL   string
}

// Contact is a person or an office. It leaves the build only when Publish is set.
type Contact struct {
	Role, Name, Organization, Email, Phone string
	Publish                                bool
}

// Social is an account of a city or a practice: the service and its address.
type Social struct{ Service, URL string }

// Partner is an organisation that takes part.
type Partner struct{ Name, Kind, URL string }

// Practice is a best practice of one city or of several.
type Practice struct {
	Head
	Cities          []Ref
	Lead            Ref
	Fields          []Ref
	Exhibition      Ref
	Number          int
	Period          Period
	Year            Date
	Themes          []Ref
	Goals           []GoalUse
	Objectives      []string
	Challenge       string
	Actions         []string
	Results         []Figure
	Lessons         string
	Transferability string
	Beneficiaries   []string
	Partners        []Partner
	Budget          Budget
	Website         string
	Social          []Social
	Contacts        []Contact
	PresentedAt     Ref
	Panel           Panel
	Stops           []Stop
}

// Budget is an amount of money in a currency of ISO 4217.
type Budget struct {
	Amount   float64
	Currency string
	Year     int
}

// Panel is how a practice is printed for the wall.
type Panel struct {
	Layout string // portrait or landscape
	Quote  string
	Order  int
}

// Stop is one station of a tour over a picture.
type Stop struct {
	Image  string
	Region Box // x, y, width, height, each from 0 to 1
	Text   string
}

// Box is four numbers whose meaning its field tells.
type Box [4]float64

// CaseStudy is a case study or a perspective of a programme.
type CaseStudy struct {
	Head
	Kind         string
	Programme    string
	Theme        Ref
	Cities       []Ref
	Lead         Ref
	Goals        []GoalUse
	Date         Date
	Problem      string
	Innovation   string
	Process      string
	Impact       string
	Indicators   []Figure
	PresentedAt  Ref
	Publication  string
	Pages        string
	ReplicableIn []string
	Partners     []Partner
	Website      string
	Certainty    string
}

// Meeting is an annual meeting of the Network.
type Meeting struct {
	Head
	Number       int
	Hosts        []Ref
	Venue        string
	Dates        Period
	Year         Date
	Theme        string
	Participants Participants
	Outcomes     []Outcome
	Launched     []string
}

// When returns the day or the year a meeting begins.
func (m *Meeting) When() Date {
	if !m.Dates.Start.IsZero() {
		return m.Dates.Start
	}
	return m.Year
}

// Participants counts who came.
type Participants struct {
	Value int
	Note  string
}

// Outcome is what a meeting brought.
type Outcome struct{ Title, Kind, URL string }

// Report is a membership monitoring report.
type Report struct {
	Head
	City       Ref
	From, To   Date
	Submitted  Date
	Entity     string
	Sections   map[string]string
	ActionPlan string
	File       string
	Goals      []GoalUse
}

// Edition is a state of the Network at a date, published as a booklet.
type Edition struct {
	Head
	Subtitle       string
	Year           int
	AsOf           Date
	Languages      []string
	ISBN           string
	Publisher      string
	Licence        string
	Disclaimers    []string
	ProvenanceNote string
	Credits        []Credit
	Forewords      []Foreword
	Order          string // field, country, name or region
	Expect         Expect
	Page           PageSize
	Outputs        []string
}

// Credit is a part in the making and who had it.
type Credit struct{ Role, Name string }

// Foreword opens an edition.
type Foreword struct{ Author, Role, Text string }

// Portraits are the pictures of who wrote the forewords, in their order.
func (e *Edition) Portraits() []Image {
	return slices.DeleteFunc(slices.Clone(e.Images), func(i Image) bool { return i.Role != "portrait" })
}

// Portrait is the picture of who wrote foreword number n, from 0.
func (e *Edition) Portrait(n int) (Image, bool) {
	if all := e.Portraits(); n < len(all) {
		return all[n], true
	}
	return Image{}, false
}

// Expect is what the derived network must count; 0 is not asserted.
type Expect struct {
	Cities, Countries, Practices       int
	CitiesAt, CountriesAt, PracticesAt diag.Pos
}

// Place returns where the place of a number is kept: of "cities", "countries"
// or "practices".
func (e *Expect) Place(of string) *diag.Pos {
	switch of {
	case "cities":
		return &e.CitiesAt
	case "countries":
		return &e.CountriesAt
	}
	return &e.PracticesAt
}

// PageSize is the paper of a booklet or a panel.
type PageSize struct {
	Size  string  // A4, A5, A2 …
	Bleed float64 // millimetres
	Marks bool
}

// Exhibition is a hanging of practices.
type Exhibition struct {
	Head
	LaunchedAt Ref
	Reported   Expect // figures of its organisers: printed, not asserted
	Expect     Expect
	Rooms      []Room
	Tours      []Tour
	Kiosk      Kiosk
	Panels     PageSize
}

// Room is a part of an exhibition.
type Room struct {
	Title, Intro string
	Query        Query
}

// Query chooses practices or cities: a record must meet every list that is not
// empty, by any of its members.
type Query struct {
	Fields, Regions, Countries, Goals, Themes, Practices, Cities []Ref
}

// IsZero reports whether the query asks for nothing, and so chooses everything.
func (q Query) IsZero() bool {
	return len(q.Fields)+len(q.Regions)+len(q.Countries)+len(q.Goals)+len(q.Themes)+len(q.Practices)+len(q.Cities) == 0
}

// Tour is a guided walk through practices.
type Tour struct {
	ID           string
	Title, Intro string
	Stops        []TourStop
}

// TourStop is one work of a tour and what the guide says.
type TourStop struct {
	Practice Ref
	Text     string
}

// Kiosk is how the exhibition behaves on a screen in a hall.
type Kiosk struct {
	IdleSeconds int
	Languages   []string
}

// Network is a network of cities: a field's sub-network or a partner.
type Network struct {
	Head
	Acronym      string
	Kind         string
	Coordinators []Coordinator
	Members      []Ref
	Query        Query
	Website      string
}

// Coordinator is a city that leads a network for a time.
type Coordinator struct {
	City     Ref
	Role     string
	From, To Date
}

// Field is a creative field.
type Field struct {
	Head
	CityLabel string
	Colour    string
	Pattern   string
	Since     int
	Order     int
	SubFields []SubField
}

// SubField is a part of a field, such as pottery.
type SubField struct{ ID, Name string }

// Region is a group of countries.
type Region struct {
	Head
	Order int
}

// Country is a country of ISO 3166-1; its id is the code in lower case.
type Country struct {
	Head
	NamesByEdition []FormerName
	Region         Ref
	Box            Box // west, south, east, north in degrees; zero: not known
}

// Goal is a Sustainable Development Goal; its id is its number.
type Goal struct {
	Head
	Number  int
	Colour  string
	Targets []Target
}

// Target is a target of a goal.
type Target struct{ Code, Text string }

// Theme is a theme of case studies or practices.
type Theme struct {
	Head
	Scheme string // lab2030 or custom
	Order  int
}

// Page is a page of the site with no other record behind it.
type Page struct {
	Head
	Menu   string
	Order  int
	Layout string // "" or Monitoring
}

// Monitoring is the layout of the page that has the calendar of monitoring
// reports below its text.
const Monitoring = "monitoring"

// News is something that happened.
type News struct {
	Head
	Date   Date
	Cities []Ref
}
