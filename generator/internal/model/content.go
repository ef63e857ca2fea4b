package model

// Content is everything that was read, in one language. Each list is sorted by
// id. A record of another language than asked for is there all the same, with
// Translation.State Missing.
type Content struct {
	Lang        string
	Cities      []*City
	Practices   []*Practice
	CaseStudies []*CaseStudy
	Meetings    []*Meeting
	Reports     []*Report
	Editions    []*Edition
	Exhibitions []*Exhibition
	Networks    []*Network
	Fields      []*Field
	Regions     []*Region
	Countries   []*Country
	Goals       []*Goal
	Themes      []*Theme
	Pages       []*Page
	News        []*News

	Hidden  []*Head  // drafts and archived records: not built, but known when somebody refers to one
	Orphans []Orphan // records whose originals are missing
}

// An Orphan is a record that has files and no original among them. That is a problem of
// its own: who refers to it has done nothing wrong.
type Orphan struct {
	Type Type
	ID   string
}

// All returns every record, type by type, each type by id.
func (c *Content) All() []Record {
	var out []Record
	out = collect(out, c.Cities)
	out = collect(out, c.Practices)
	out = collect(out, c.CaseStudies)
	out = collect(out, c.Meetings)
	out = collect(out, c.Reports)
	out = collect(out, c.Editions)
	out = collect(out, c.Exhibitions)
	out = collect(out, c.Networks)
	out = collect(out, c.Fields)
	out = collect(out, c.Regions)
	out = collect(out, c.Countries)
	out = collect(out, c.Goals)
	out = collect(out, c.Themes)
	out = collect(out, c.Pages)
	return collect(out, c.News)
}

func collect[R Record](out []Record, rs []R) []Record {
	for _, r := range rs {
		out = append(out, r)
	}
	return out
}
