package epub

import (
	"strconv"
	"strings"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/epubfile"
	"uccn/generator/internal/model"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/told"
)

// A room is a document of practices: a room of the exhibition, or what hangs in
// none.
type room struct {
	file, title, intro string
	lang               string
	works              []*derive.Practice
}

// rooms divide the practices as the exhibition does.
func (m *maker) rooms() []room {
	var out []room
	shown := map[*derive.Practice]bool{}
	if x := m.net.Wall; x != nil {
		for i, r := range x.Rooms {
			if len(r.Works) == 0 {
				continue
			}
			out = append(out, room{"room-" + strconv.Itoa(i+1) + ".xhtml", r.Title, r.Intro, m.langOf(&x.Exhibition.Head), r.Works})
			for _, w := range r.Works {
				shown[w] = true
			}
		}
	}
	var rest []*derive.Practice
	for _, w := range m.net.Practices {
		if !shown[w] {
			rest = append(rest, w)
		}
	}
	if len(rest) > 0 {
		title := m.words.T("exhibition.unsorted")
		if len(out) == 0 {
			title = m.words.T("practices")
		}
		out = append(out, room{"practices-more.xhtml", title, "", "", rest})
	}
	return out
}

// practices is the chapter of the exhibition, with a document for each room.
func (m *maker) practices() {
	rooms := m.rooms()
	if len(rooms) == 0 {
		return
	}
	var body []markup
	if x := m.net.Wall; x != nil {
		body = append(body, m.speaking(m.langOf(&x.Head), "p", attrs{"class", "lead"}, text(x.Name)), m.prose(&x.Exhibition.Head, 1, ""))
	}
	var list markup
	for _, r := range rooms {
		list = join(list, el("li", nil, el("a", attrs{"href", r.file}, m.speaking(r.lang, "span", nil, text(r.title))), " ", el("small", nil, text(m.words.T("works", len(r.works))))))
	}
	body = append(body, el("ul", attrs{"class", "records"}, list))
	m.chapter("practices.xhtml", m.words.T("practices"), "part", body...)
	for _, r := range rooms {
		doc := []markup{m.speaking(r.lang, "h1", attrs{"id", "title"}, text(r.title)), m.speaking(r.lang, "p", attrs{"class", "lead"}, text(r.intro))}
		if r.intro == "" {
			doc = doc[:1]
		}
		var kids []epubfile.Point
		for _, w := range r.works {
			doc = append(doc, m.practice(w))
			kids = append(kids, epubfile.Point{Title: w.Name, Href: "text/" + m.places["practices-"+w.ID]})
		}
		p := m.document(r.file, r.title, "", "", part("chapter", "works", doc...))
		p.Kids = kids
		last := &m.book.Contents[len(m.book.Contents)-1]
		last.Kids = append(last.Kids, p)
	}
}

// practice is an entry: its plate, number and title, the cities, what was done.
func (m *maker) practice(w *derive.Practice) markup {
	h := &w.Practice.Head
	var kicker []string
	if w.Number > 0 {
		kicker = append(kicker, m.words.T("practice.number", w.Number))
	}
	if !w.Period.IsZero() {
		kicker = append(kicker, m.words.Span(w.Period.Start, w.Period.End))
	} else if !w.Year.IsZero() {
		kicker = append(kicker, m.words.Date(w.Year))
	}
	f := render.Leading(w.Lead, w.Fields)
	return m.work(h, f, m.portrait(h, m.subject(w.ID, f, w.Lead, render.PracticePlate), "small-plate"), kicker, w.Cities,
		append(m.parts(h, told.Practice(m.words, w.Practice)), m.goalLine(w.Goals))...)
}

// work is the entry of a practice or a case study.
func (m *maker) work(h *model.Head, f *derive.Field, portrait markup, kicker []string, cities []*derive.City, parts ...markup) markup {
	id := string(h.Type) + "-" + h.ID
	lang := m.lang(m.langOf(h))
	class := "cities"
	if f != nil {
		class += " c-" + f.ID
	}
	file, _, _ := strings.Cut(m.places[id], "#")
	body := []markup{m.page(id, file), portrait, unless(strings.Join(kicker, " · "), "p", attrs{"class", "kicker"}), el("h2", append(attrs{"id", id + "-title"}, lang...), text(h.Name))}
	if names := m.cityList(cities); names != "" {
		body = append(body, el("p", attrs{"class", class}, names))
	}
	said := m.prose(h, 2, id+"-")
	if said == "" {
		said = unless(h.Summary, "p", lang)
	}
	body = append(body, said)
	return el("article", attrs{"id", id, "class", "work", "aria-labelledby", id + "-title"}, append(body, parts...)...)
}

// cityList names cities; those of the book are links.
func (m *maker) cityList(cities []*derive.City) markup {
	var out []markup
	for i, c := range cities {
		if i > 0 {
			out = append(out, text(m.words.T("list_comma")))
		}
		out = append(out, m.link(&c.City.Head, c.Name))
	}
	return join(out...)
}

// parts are the parts of a work.
func (m *maker) parts(h *model.Head, list []told.Part) []markup {
	var out []markup
	for _, part := range list {
		out = append(out, m.part(h, "h3", part))
	}
	return out
}

// part is a named part of a record: a paragraph, or several as a list.
func (m *maker) part(h *model.Head, heading string, part told.Part) markup {
	name := el(heading, nil, text(part.Title))
	lang := m.lang(m.langOf(h))
	if len(part.Lines) == 1 {
		return join(name, el("p", lang, text(part.Lines[0])))
	}
	var list markup
	for _, t := range part.Lines {
		list = join(list, el("li", nil, text(t)))
	}
	return join(name, el("ul", lang, list))
}

// goalLine names the goals of a work.
func (m *maker) goalLine(goals []*derive.Goal) markup {
	if len(goals) == 0 {
		return ""
	}
	return el("p", attrs{"class", "small"}, text(m.words.T("goals")), ": ", m.goals(goals))
}

// caseStudies is the chapter of LAB.2030 and its like.
func (m *maker) caseStudies() {
	if len(m.net.CaseStudies) == 0 {
		return
	}
	var body []markup
	var kids []epubfile.Point
	for _, x := range m.net.CaseStudies {
		h := &x.CaseStudy.Head
		var kicker []string
		if key := "programme." + x.Programme; m.words.Has(key) {
			kicker = append(kicker, m.words.T(key))
		}
		if x.Theme != nil {
			kicker = append(kicker, x.Theme.Name)
		}
		if !x.Date.IsZero() {
			kicker = append(kicker, m.words.Date(x.Date))
		}
		f := render.Leading(x.Lead, x.Fields)
		body = append(body, m.work(h, f, m.portrait(h, m.subject(x.ID, f, x.Lead, render.CaseStudyPlate), "small-plate"), kicker, x.Cities,
			append(m.parts(h, told.CaseStudy(m.words, x.CaseStudy)), m.goalLine(x.Goals))...))
		kids = append(kids, epubfile.Point{Title: x.Name, Href: "text/" + m.places["case-studies-"+x.ID]})
	}
	m.chapter("case-studies.xhtml", m.words.T("case-studies.heading"), "chapter", body...).Kids = kids
}

// meetings lists the annual meetings.
func (m *maker) meetings() {
	if len(m.net.Meetings) == 0 {
		return
	}
	var body []markup
	for _, x := range m.net.Meetings {
		h := &x.Meeting.Head
		when := m.words.Date(x.Year)
		if !x.Dates.IsZero() {
			when = m.words.Span(x.Dates.Start, x.Dates.End)
		}
		kicker := []string{when}
		if x.Number > 0 {
			kicker = []string{m.words.T("meeting.kicker", x.Number), when}
		}
		var outcomes markup
		for _, o := range x.Outcomes {
			outcomes = join(outcomes, el("li", nil, text(o.Title)))
		}
		if outcomes != "" {
			outcomes = el("ul", m.lang(m.langOf(h)), outcomes)
		}
		body = append(body, m.work(h, nil, "", kicker, x.Hosts, m.speakingUnless(h, x.Theme), outcomes))
	}
	m.chapter("meetings.xhtml", m.words.T("nav.meetings"), "chapter", body...)
}

// speakingUnless is a paragraph in the language of a record, unless it is empty.
func (m *maker) speakingUnless(h *model.Head, words string) markup {
	return unless(words, "p", m.lang(m.langOf(h)))
}
