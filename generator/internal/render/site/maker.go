package site

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/model"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/site/atlas"
	"uccn/generator/internal/render/site/citation"
	"uccn/generator/internal/render/site/gather"
	"uccn/generator/internal/render/site/linked"
	"uccn/generator/internal/render/site/phrase"
	"uccn/generator/internal/render/site/prose"
	"uccn/generator/internal/render/site/view"
	"uccn/generator/internal/theme"
)

// A maker makes the pages of one language. It is finished before the first page
// is made, and then only read.
type maker struct {
	*site
	net    *derive.Network
	lang   string
	prefix string // "" for the first language, "fr/" for others
	title  string // the site's name
	words  *theme.Words
	comma  string              // with the blank behind it
	script *unicode.RangeTable // in which the language is written
	linked linked.Writer
	prose  prose.Writer

	folders map[string]*folder // of the pages of records: "cities/"
}

func newMaker(s *site, n *derive.Network) *maker {
	title, words := s.in.Site.TitleIn(n.Lang), s.in.Theme.Words(n.Lang)
	m := &maker{site: s, net: n, lang: n.Lang, prefix: s.in.Prefix(n.Lang), title: title, words: words, comma: words.T("list_comma"), script: render.ScriptOf(words.T("nav.home")), linked: linked.Writer{In: s.in, Words: words, Title: title}}
	m.prose = prose.Writer{In: s.in, Net: n, Words: words, Path: m.path}
	m.folders = map[string]*folder{}
	for dir, section := range map[string]string{"cities/": "cities/", "practices/": "exhibition/", "case-studies/": "case-studies/"} {
		p := place{at: m.path(dir) + "-/"}
		f := &folder{m.framing(p, pageInfo{path: dir + "-/", section: section}), m.goalCells(p), map[*derive.Field]view.FieldTag{}}
		for _, x := range n.Fields {
			f.fields[x] = m.field(p, x)
		}
		m.folders[dir] = f
	}
	return m
}

// tracing returns a maker of the same pages that calls read with the source of
// each text that it reads.
func (m *maker) tracing(read func(source string)) *maker {
	in, own, t := *m.in, *m.site, *m
	in.Markdown = in.Markdown.Tracing(read)
	own.in, t.site, t.linked.In, t.prose.In = &in, &own, &in, &in
	return &t
}

// A place is where a page stands: addresses are written as seen from there.
type place struct {
	at   string // the page's folder: "fr/cities/lodz/"; "" for the root
	root string // written before every address in place of the way up: for the page that may stand anywhere

	template string // of the page; "" where it is not known
}

// to returns the address of a file or folder of the output, seen from the page.
func (p place) to(target string) string { return phrase.Address(p.at, p.root, target) }

// shows reports whether the page reads a field of that name, of whatever struct.
// What no template reads is not worked out where that takes its time.
func (m *maker) shows(p place, field string) bool {
	return p.template == "" || m.in.Theme.Uses(p.template, field)
}

// A folder is what the pages of one folder share: as seen from each of them.
type folder struct {
	frame view.Frame
	goals []view.GoalCell // none is on

	fields map[*derive.Field]view.FieldTag
}

// folder returns what the page at a place shares with its neighbours; nil when
// it stands alone.
func (m *maker) folder(p place) *folder {
	dir, id, _ := strings.Cut(strings.TrimPrefix(p.at, m.prefix), "/")
	if id == "" {
		return nil
	}
	return m.folders[dir+"/"]
}

// path returns a path of the network in the page's language.
func (m *maker) path(p string) string { return m.prefix + p }

// foreign returns a language where it is not the page's, and else "".
func (m *maker) foreign(lang string) string {
	if lang == m.lang {
		return ""
	}
	return lang
}

// textLang returns the language of the text at a key of a record, where it is
// not the page's.
func (m *maker) textLang(h *model.Head, key string) string { return m.foreign(h.LangOf(key)) }

// nameLang returns the language of a record's name likewise.
func (m *maker) nameLang(h *model.Head) string { return m.foreign(h.NameLang()) }

// sayLang returns the language of a record's summary likewise.
func (m *maker) sayLang(h *model.Head) string { return m.foreign(m.prose.SummaryLang(h)) }

// cityLang returns the language of a city's name where it is in another script
// than the page. Names of the page's own script are of no language: they are
// read as they stand.
func (m *maker) cityLang(c *derive.City) string {
	if render.Begins(c.Name, m.script) {
		return ""
	}
	return m.nameLang(&c.City.Head)
}

// bodyLang returns the language of a record's text likewise.
func (m *maker) bodyLang(h *model.Head) string { return m.foreign(h.Body.Lang) }

// notice tells of a text that is not translated, or not by a person.
func (m *maker) notice(p place, h *model.Head, path string) *view.Notice {
	if h.Summary == "" && h.Body.Empty() {
		return nil
	}
	key := ""
	switch {
	case h.Translation.State == model.Missing:
		key = "notice.missing"
	case h.Translation.Stale:
		key = "notice.stale"
	case h.Translation.State == model.Machine:
		key = "notice.machine"
	default:
		return nil
	}
	n := &view.Notice{Text: m.words.T(key)}
	if in := cmp.Or(h.From, h.Lang); in != m.lang && slices.Contains(m.in.Site.Languages, in) {
		n.Link = &view.Link{Label: m.words.T("notice.original"), Href: p.to(m.in.Prefix(in) + path), Lang: in}
	}
	return n
}

func (m *maker) field(p place, f *derive.Field) view.FieldTag {
	if shared := m.folder(p); shared != nil {
		if t, ok := shared.fields[f]; ok {
			return t
		}
	}
	t := view.FieldTag{ID: f.ID, Class: "f-" + f.ID, Pattern: f.Pattern, Name: f.Name, Lang: m.nameLang(&f.Head)}
	m.count(&t, len(f.Cities))
	if f.Path != "" {
		t.Href = p.to(m.path(f.Path))
	}
	return t
}

// count notes how many there are of a field.
func (m *maker) count(t *view.FieldTag, n int) { t.Count, t.Shown = n, m.words.Number(n) }

// fieldsOf counts the fields of some cities, in the order of the fields.
func (m *maker) fieldsOf(p place, cities []*derive.City) []view.FieldTag {
	var out []view.FieldTag
	for _, f := range m.net.Fields {
		t := m.field(p, f)
		n := 0
		for _, c := range cities {
			if c.Field == f {
				n++
			}
		}
		m.count(&t, n)
		if n > 0 {
			out = append(out, t)
		}
	}
	return out
}

// none is the tag of a record that has no field in this edition.
func (m *maker) none() view.FieldTag { return view.FieldTag{ID: "none", Class: "f-none"} }

func (m *maker) tag(p place, f *derive.Field) view.FieldTag {
	if f == nil || f.Path == "" {
		return m.none()
	}
	return m.field(p, f)
}

// city is a city in a list; note stands behind its name.
func (m *maker) city(p place, c *derive.City, note string) view.CityItem {
	it := view.CityItem{Name: c.Name, Lang: m.cityLang(c), Note: note, Href: p.to(m.path(c.Path)), Field: m.tag(p, c.Field)}
	if c.Region != nil {
		it.Region = c.Region.ID
	}
	return it
}

func (m *maker) cities(p place, cs []*derive.City, note func(*derive.City) string) []view.CityItem {
	var out []view.CityItem
	for _, c := range cs {
		if c.Path == "" {
			continue
		}
		s := ""
		if note != nil {
			s = note(c)
		}
		out = append(out, m.city(p, c, s))
	}
	return out
}

// linker leads from a dot on a map to the city's page.
func (m *maker) linker(p place) atlas.Linker {
	return func(c *derive.City) (href, label string) {
		return p.to(m.path(c.Path)), c.Name + m.comma + gather.Country(c) + m.comma + c.Field.Name
	}
}

func (m *maker) yearOf(c *derive.City) string { return m.year(c.Designated.Year) }

// cityLinks links cities that have a page and names the others.
func (m *maker) cityLinks(p place, cs []*derive.City) []view.Link {
	out := make([]view.Link, len(cs))
	for i, c := range cs {
		out[i] = view.Link{Label: c.Name, Lang: m.cityLang(c), Note: gather.Country(c)}
		if c.Path != "" {
			out[i].Href = p.to(m.path(c.Path))
		}
	}
	return out
}

// place names one city with its country, or several cities.
func (m *maker) where(cs []*derive.City) string {
	switch len(cs) {
	case 0:
		return ""
	case 1:
		return cs[0].Name + m.comma + gather.Country(cs[0])
	}
	names := make([]string, len(cs))
	for i, c := range cs {
		names[i] = c.Name
	}
	if len(names) > 4 {
		return strings.Join(names[:3], m.comma) + " " + m.words.T("more", len(names)-3)
	}
	return m.words.List(names)
}

// practice is a practice on a wall.
func (m *maker) practice(p place, w *derive.Practice) view.Work {
	out := view.Work{
		Href: p.to(m.path(w.Path)), Title: w.Name, Summary: w.Summary, Lang: m.nameLang(&w.Head), SummaryLang: m.textLang(&w.Head, "summary"),
		Place: m.where(w.Cities), Year: m.year(w.When()), Field: m.tag(p, render.Leading(w.Lead, w.Fields)),
		Regions:   phrase.Join(w.Regions, m.shows(p, "Regions"), func(r *derive.Region) string { return r.ID }),
		Countries: phrase.Join(w.Countries, m.shows(p, "Countries"), func(c *derive.Country) string { return c.ID }),
		Goals:     phrase.Join(w.Goals, m.shows(p, "Goals"), func(g *derive.Goal) string { return g.ID }),
		Themes:    phrase.Join(w.Themes, m.shows(p, "Themes"), func(t *derive.Theme) string { return t.ID }),
		GoalsText: view.Given(m.shows(p, "GoalsText"), func() string { return m.goalsText(w.Goals) }),
	}
	out.Line = strings.Trim(out.Place+m.comma+out.Year, m.comma)
	out.Picture = view.Given(m.shows(p, "Picture"), func() view.Picture { return m.prose.Card(p.to, &w.Head) })
	return out
}

func (m *maker) practices(p place, ws []*derive.Practice) []view.Work {
	out := make([]view.Work, len(ws))
	for i, w := range ws {
		out[i] = m.practice(p, w)
		out[i].Picture.Eager = i < 4
	}
	return out
}

func (m *maker) goalsText(gs []*derive.Goal) string {
	if len(gs) == 0 {
		return ""
	}
	numbers := make([]string, len(gs))
	for i, g := range gs {
		numbers[i] = m.words.Number(g.Number)
	}
	return m.words.T("goals.list", len(gs), strings.Join(numbers, m.comma))
}

// caseStudies lists case studies as lines.
func (m *maker) caseStudies(p place, ss []*derive.CaseStudy) []view.Row {
	var out []view.Row
	for _, s := range ss {
		r := view.Row{Lead: m.year(s.Date.Year), Title: s.Name, Lang: m.nameLang(&s.Head), Sub: m.where(s.Cities), Href: p.to(m.path(s.Path))}
		f := m.tag(p, render.Leading(s.Lead, s.Fields))
		r.Class, r.Pattern = f.Class, f.Pattern
		out = append(out, r)
	}
	return out
}

// practiceRows lists practices as lines.
func (m *maker) practiceRows(p place, ws []*derive.Practice) []view.Row {
	var out []view.Row
	for _, w := range ws {
		k := m.practice(p, w)
		out = append(out, view.Row{Lead: k.Year, Title: k.Title, Lang: k.Lang, Sub: k.Place, Href: k.Href, Class: k.Field.Class, Pattern: k.Field.Pattern})
	}
	return out
}

// meetings lists meetings as lines, the newest first.
func (m *maker) meetings(p place, ms []*derive.Meeting) []view.Row {
	var out []view.Row
	for i := len(ms) - 1; i >= 0; i-- {
		x := ms[i]
		out = append(out, view.Row{Lead: m.year(x.When().Year), Title: x.Name, Lang: m.nameLang(&x.Head), Sub: m.meetingPlace(x), Href: p.to(m.path(x.Path))})
	}
	return out
}

// meetingPlace says where and when a meeting was.
func (m *maker) meetingPlace(x *derive.Meeting) string {
	parts := []string{m.where(x.Hosts)}
	if x.Venue != "" {
		parts = []string{x.Venue}
	}
	if !x.Dates.IsZero() {
		parts = append(parts, m.words.Span(x.Dates.Start, x.Dates.End))
	}
	if x.Future {
		parts = append(parts, m.words.T("meeting.future"))
	}
	return strings.Trim(strings.Join(parts, m.comma), m.comma)
}

// year writes a year; 0 is none.
func (m *maker) year(y int) string {
	if y == 0 {
		return ""
	}
	return m.words.Year(y)
}

// cite is how a page is to be cited.
func (m *maker) cite(title, path string) *view.Cite {
	parts := []string{title + "."}
	parts = append(parts, m.title+", "+m.net.Edition.Name+".")
	if abs := m.in.Absolute(m.path(path)); abs != "" {
		at := strings.TrimPrefix(strings.TrimPrefix(abs, "https://"), "http://")
		if m.words.Dir == "rtl" {
			at += "\u200e" // keeps the last stroke at the address's end
		}
		parts = append(parts, at)
	}
	id := strings.ReplaceAll(strings.Trim(m.path(path), "/"), "/", "-")
	return &view.Cite{Text: strings.Join(parts, " "), Formats: linked.Formats(citation.Work{ID: id + "-" + m.net.Edition.ID, Title: title, Site: m.title, Edition: m.net.Edition.Name, Publisher: m.publisher(),
		Year: m.net.Edition.AsOf.Year, URL: m.in.Absolute(m.path(path)), Lang: m.lang})}
}
