// Package derive makes the network of the records: who belongs to an edition,
// what points at what and back, which address each page has, and how much there
// is of everything. It does no I/O. Nothing it hands on is changed later.
package derive

import (
	"uccn/generator/internal/model"
)

// Network is the whole network in one language, as an edition shows it.
type Network struct {
	Lang     string
	Today    model.Date
	Edition  *Edition
	Editions []*Edition // oldest first

	Cities      []*City // members of the edition, by name
	Fields      []*Field
	Regions     []*Region
	Countries   []*Country // with members, by name
	Goals       []*Goal
	Themes      []*Theme
	Practices   []*Practice // by exhibition number, then title
	CaseStudies []*CaseStudy
	Meetings    []*Meeting // by number
	Reports     []*Report  // newest first
	Exhibitions []*Exhibition
	Wall        *Exhibition // the one whose works hang on the wall; nil without works
	Networks    []*Group
	Pages       []*Page
	News        []*News  // newest first
	Growth      []Growth // members after each year, up to the edition

	cities map[string]*City // every city, also those that are no members of the edition
	paths  map[record]Target
	places func() tree // of Cities
}

// record names a record.
type record struct {
	t  model.Type
	id string
}

// Target is where a reference leads.
type Target struct {
	Type  model.Type
	Path  string // "" when it has no page in this edition
	Title string
}

// Resolve finds the record that a link such as "city:lodz" means, by the
// record's type and id.
func (n *Network) Resolve(t model.Type, id string) (Target, bool) {
	target, ok := n.paths[record{t, id}]
	return target, ok
}

// Edition is an edition with what it counts.
type Edition struct {
	*model.Edition
	Path      string
	Cities    int
	Countries int
	Previous  *Edition
	New       []*City // joined since the edition before; of the first, all
	Left      []*City
	Moved     []Move // changed field
	Renamed   []Rename
}

// Move is a change of field between two editions.
type Move struct {
	City     *City
	From, To *Field
}

// Rename is a change of name between two editions: of a city or a country.
type Rename struct{ From, To, Path string }

// City is a city with everything that concerns it.
type City struct {
	*model.City
	Name    string // at the edition's date
	Path    string // "" when it is no member of the edition
	Member  bool
	Field   *Field // at the edition's date
	Country *Country
	Region  *Region

	Practices    []*Practice
	CaseStudies  []*CaseStudy
	Meetings     []*Meeting
	Reports      []*Report
	Cooperates   []Cooperation
	Coordinates  []Coordination
	Groups       []*Group
	News         []*News
	ReportDue    int // the year of the next monitoring report
	ReportMissed int // the year of one that was due and is not in the records; 0: none
}

func (c *City) called() string { return c.Name }

// Neighbour is another city and how far away it is.
type Neighbour struct {
	City *City
	Km   int
}

// Cooperation is work with another city, as either of the two has noted it.
type Cooperation struct {
	City  *City
	Topic string
	Lang  string // of the topic
	Since model.Date
	URL   string
}

// Coordination is a part in leading a network of cities.
type Coordination struct {
	Group *Group
	model.Coordinator
}

// Field is a creative field with its members.
type Field struct {
	*model.Field
	Path      string
	Cities    []*City
	Practices []*Practice
	Countries int

	places func() tree // of Cities
}

// Region is a region with its members.
type Region struct {
	*model.Region
	Path      string
	Cities    []*City
	Countries []*Country
	Practices []*Practice
}

// Country is a country with its members.
type Country struct {
	*model.Country
	Name   string // at the edition's date
	Code   string // ISO 3166-1 alpha-2, in capitals
	Path   string
	Region *Region
	Cities []*City
}

// Goal is a Sustainable Development Goal with the works that name it.
type Goal struct {
	*model.Goal
	Path        string
	Cities      []*City
	Practices   []*Practice
	CaseStudies []*CaseStudy
}

// Theme is a theme with the works on it.
type Theme struct {
	*model.Theme
	Path        string
	Practices   []*Practice
	CaseStudies []*CaseStudy
}

// Practice is a best practice with what it points at.
type Practice struct {
	*model.Practice
	Path        string
	Cities      []*City
	Lead        *City // the leading city, or the first
	Fields      []*Field
	Regions     []*Region
	Countries   []*Country
	Goals       []*Goal
	Themes      []*Theme
	Exhibition  *Exhibition
	Room        *Room
	PresentedAt *Meeting
	Prev, Next  *Practice // through the exhibition
	Related     []*Practice
}

// When returns the first year known of the practice, 0 when none is.
func (p *Practice) When() int {
	if p.Period.Start.Year != 0 {
		return p.Period.Start.Year
	}
	return p.Year.Year
}

// CaseStudy is a case study with what it points at.
type CaseStudy struct {
	*model.CaseStudy
	Path        string
	Cities      []*City
	Lead        *City
	Fields      []*Field
	Goals       []*Goal
	Theme       *Theme
	PresentedAt *Meeting
}

// Meeting is an annual meeting with what it points at.
type Meeting struct {
	*model.Meeting
	Path        string
	Hosts       []*City
	Practices   []*Practice
	CaseStudies []*CaseStudy
	Exhibitions []*Exhibition
	Prev, Next  *Meeting
	Future      bool // not before today
}

// Report is a monitoring report of a city.
type Report struct {
	*model.Report
	City *City
}

// Exhibition is a hanging with its works.
type Exhibition struct {
	*model.Exhibition
	Path       string // of its page
	LaunchedAt *Meeting
	Works      []*Practice // in hanging order
	Cities     int
	Rooms      []*Room
	Tours      []*Tour
}

// Room is a room with its works.
type Room struct {
	model.Room
	ID    string
	Key   string // its place among the texts of the exhibition: "rooms.0"
	Works []*Practice
}

// Tour is a guided tour with its works.
type Tour struct {
	model.Tour
	Path  string
	Key   string // its place among the texts of the exhibition: "tours.0"
	Stops []TourStop
}

// TourStop is one work of a tour.
type TourStop struct {
	Work *Practice
	Text string
	Key  string // its place among the texts of the exhibition: "tours.0.stops.0"
}

// Group is a network of cities, or a partner.
type Group struct {
	*model.Network
	Path         string
	Members      []*City
	Coordinators []GroupCoordinator
}

// GroupCoordinator is a city that leads a group.
type GroupCoordinator struct {
	City *City
	model.Coordinator
}

// Page is a page without another record behind it.
type Page struct {
	*model.Page
	Path string
}

// News is something that happened.
type News struct {
	*model.News
	Path   string
	Cities []*City
}

// Growth is how many members the Network had after a year.
type Growth struct{ Year, Joined, Cities, Countries int }
