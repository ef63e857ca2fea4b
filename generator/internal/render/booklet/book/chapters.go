package book

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/model"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/plate"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/booklet/look"
	"uccn/generator/internal/render/told"
	"uccn/generator/internal/typeset"
)

// practices is the chapter of the exhibition: its works room by room, or all
// practices where none hangs.
func (p *setter) practices() {
	tag := p.open("book-practices", p.words.T("practices"))
	shown := map[*derive.Practice]bool{}
	if x := p.net.Wall; x != nil {
		p.Flow(tag, "", false, 0, p.introduction(&x.Exhibition.Head)...)
		p.Y += p.Pt(6)
		for _, room := range x.Rooms {
			if len(room.Works) == 0 {
				continue
			}
			h := p.Sided(p.Heading(), p.langOf(&x.Exhibition.Head))
			intro := look.In(p.Small(), p.langOf(&x.Exhibition.Head))
			intro.After, intro.Color = p.Pt(4), p.Muted
			p.section2(tag, room.Title, h, intro, room.Intro)
			for _, w := range room.Works {
				shown[w] = true
				p.practice(tag, w, 3)
			}
		}
	}
	var rest []*derive.Practice
	for _, w := range p.net.Practices {
		if !shown[w] {
			rest = append(rest, w)
		}
	}
	if len(rest) > 0 && len(shown) > 0 {
		p.section2(tag, p.words.T("exhibition.unsorted"), p.Heading(), p.Small(), "")
	}
	for _, w := range rest {
		p.practice(tag, w, 3)
	}
}

// section2 opens a part of a chapter, on a page that holds more than it.
func (p *setter) section2(tag *pdf.Tag, title string, h, s typeset.Shape, intro string) {
	p.Y += h.Before
	if p.Y+p.MM(50) > p.Bottom {
		p.Sheet(p.Last().Foot)
	}
	r := p.Area()
	p.Last().Rule(pdf.Rect{X: r.X, Y: p.Y, W: r.W}, p.Pt(1.4), p.Ink)
	p.Y += p.Pt(6)
	blocks := []typeset.Block{typeset.Paragraph{Spans: typeset.T(title), Shape: h, Role: "H2"}}
	if intro != "" {
		blocks = append(blocks, typeset.Paragraph{Spans: typeset.T(intro), Shape: s})
	}
	p.Flow(tag, "", true, 0, blocks...)
	p.Y += p.Pt(4)
}

// introduction is the text of a record at the head of a chapter.
func (p *setter) introduction(h *model.Head) []typeset.Block {
	s := p.Shape(p.Fonts.Text, 10.2, 13.8, p.Ink)
	s.Align = typeset.Justify
	return p.written(h, s, typeset.Ladder()[0], 2)
}

// practice is an entry: a small plate, number and title, the cities with their
// pages, what was done.
func (p *setter) practice(tag *pdf.Tag, w *derive.Practice, level int) {
	h := &w.Practice.Head
	var kicker []string
	if w.Number > 0 {
		kicker = append(kicker, p.words.T("practice.number", w.Number))
	}
	if !w.Period.IsZero() {
		kicker = append(kicker, p.words.Span(w.Period.Start, w.Period.End))
	} else if !w.Year.IsZero() {
		kicker = append(kicker, p.words.Date(w.Year))
	}
	blocks := p.entryHead(h, strings.Join(kicker, " · "), w.Cities, render.Leading(w.Lead, w.Fields), level)
	blocks = append(blocks, p.entryText(h, level)...)
	blocks = p.parts(blocks, h, told.Practice(p.words, w.Practice))
	blocks = append(blocks, p.goalLine(w.Goals)...)
	p.work(tag, h, render.Leading(w.Lead, w.Fields), render.Spot(w.Lead), render.PracticePlate, blocks)
}

// parts appends the parts of a work to its text.
func (p *setter) parts(blocks []typeset.Block, h *model.Head, list []told.Part) []typeset.Block {
	for _, part := range list {
		blocks = p.part(blocks, look.In(p.Small(), p.langOf(h)), part)
	}
	return blocks
}

// brief is up to how many letters a part stands on the line of its name.
const brief = 90

// part appends a named part: a paragraph, or several as a list.
func (p *setter) part(blocks []typeset.Block, s typeset.Shape, part told.Part) []typeset.Block {
	name := p.Label()
	name.Before, name.KeepNext = p.Pt(3), true
	if len(part.Lines) == 1 && utf8.RuneCountInString(part.Lines[0]) <= brief {
		s.Before = name.Before
		return append(blocks, typeset.Paragraph{Spans: []typeset.Span{{Text: part.Title + "\u2002", Style: &name.Style}, {Text: part.Lines[0]}}, Shape: s})
	}
	blocks = append(blocks, typeset.Paragraph{Spans: typeset.T(part.Title), Shape: name})
	if len(part.Lines) == 1 {
		return append(blocks, typeset.Paragraph{Spans: typeset.T(part.Lines[0]), Shape: s})
	}
	list := typeset.List{Marks: []string{"•"}, Shape: s, Indent: s.Size}
	for _, t := range part.Lines {
		list.Items = append(list.Items, []typeset.Block{typeset.Paragraph{Spans: typeset.T(t), Shape: s}})
	}
	return append(blocks, list)
}

// entryHead is the title of a work with its cities.
func (p *setter) entryHead(h *model.Head, kicker string, cities []*derive.City, f *derive.Field, level int) []typeset.Block {
	small := p.Shape(p.Fonts.Sans, 6.8, 9, p.Muted)
	small.KeepNext, small.Features = true, "tnum"
	title := p.Sided(p.Shape(p.Fonts.Title, 10.6, 12.6, p.Ink), p.langOf(h))
	title.NoHyphen, title.KeepNext, title.Track, title.After = true, true, p.Track(-6), p.Pt(1.5)
	var out []typeset.Block
	if kicker != "" {
		out = append(out, typeset.Paragraph{Spans: typeset.T(kicker), Shape: small})
	}
	out = append(out, typeset.Paragraph{Spans: typeset.T(h.Name), Shape: title, Role: "H" + strconv.Itoa(level)})
	if len(cities) > 0 {
		line := p.Shape(p.Fonts.Strong, 7.2, 9.4, p.Ink)
		if f != nil {
			line.Color = p.palettes[f.ID].Ink
		}
		line.After, line.KeepNext, line.NoHyphen = p.Pt(3), true, true
		out = append(out, typeset.Paragraph{Spans: p.cityList(cities, line.Style), Shape: line})
	}
	return out
}

// cityList names cities with the pages of those that have one.
func (p *setter) cityList(cities []*derive.City, st typeset.Style) []typeset.Span {
	var out []typeset.Span
	page := st
	page.Font, page.Color = p.Fonts.Sans, p.Muted
	for i, c := range cities {
		if i > 0 {
			out = append(out, typeset.Span{Text: p.words.T("list_comma"), Style: &st})
		}
		dest := Place(&c.City.Head)
		if !p.known[dest] {
			out = append(out, typeset.Span{Text: c.Name, Style: &st})
			continue
		}
		n := p.Number(dest)
		out = append(out, linked([]typeset.Span{{Text: c.Name, Style: &st}, {Text: "\u00a0" + n, Style: &page}}, "#"+dest, p.words.T("book.see", c.Name, n))...)
	}
	return out
}

// entryText is the text of a work, or its summary where there is none.
func (p *setter) entryText(h *model.Head, level int) []typeset.Block {
	s := p.Shape(p.Fonts.Text, 8.8, 11.6, p.Ink)
	s.Align = typeset.Justify
	if out := p.written(h, s, typeset.Ladder()[0], level+1); len(out) > 0 {
		return out
	}
	if h.Summary == "" {
		return nil
	}
	return []typeset.Block{typeset.Paragraph{Spans: typeset.T(h.Summary), Shape: look.In(s, p.langOf(h))}}
}

// goalLine names the goals of a work.
func (p *setter) goalLine(goals []*derive.Goal) []typeset.Block {
	if len(goals) == 0 {
		return nil
	}
	s := p.Shape(p.Fonts.Sans, 6.8, 9, p.Muted)
	s.Before = p.Pt(2.5)
	spans := []typeset.Span{}
	var names []string
	for _, g := range goals {
		names = append(names, p.words.Year(g.Number))
	}
	spans = append(spans, typeset.Span{Text: p.words.T("goals.list", len(goals), strings.Join(names, p.words.T("list_comma")))})
	return []typeset.Block{typeset.Paragraph{Spans: spans, Shape: s}}
}

// work sets an entry beside its plate.
func (p *setter) work(tag *pdf.Tag, h *model.Head, f *derive.Field, at model.Location, salt int, blocks []typeset.Block) {
	plateW, plateH, gap := p.MM(20), p.MM(25), p.MM(4.5)
	sect := &pdf.Tag{Role: "Sect", Parent: tag}
	foot := p.Last().Foot
	r := p.Area()
	w := r.W - plateW - gap
	g := p.Galley(w, sect, blocks...)
	high := max(plateH, g.Height(0))
	if p.Y > p.Top {
		p.Y += p.Pt(11)
	}
	if p.Y+high > p.Bottom && (high <= r.H || p.Bottom-p.Y < plateH) {
		p.Sheet(foot)
	}
	p.Dest(Place(h), p.Y)
	for first := true; first || !g.Empty(); first = false {
		if !first {
			p.Sheet(foot)
		}
		r = p.Area()
		text := pdf.Rect{X: r.X + plateW + gap, Y: p.Y, W: w, H: p.Bottom - p.Y}
		box := pdf.Rect{X: r.X, Y: p.Y, W: plateW, H: plateH}
		if p.RTL {
			text.X, box.X = p.Within(r, text), p.Within(r, box)
		}
		used := look.Length(0)
		if first {
			used = plateH
			p.plate(h, f, at, salt, box, sect)
		}
		p.Y += max(used, g.Pour(p.Last().Page, typeset.Frame{Rect: text}))
	}
}

// plate draws the photograph of a work, or its plate.
func (p *setter) plate(h *model.Head, f *derive.Field, at model.Location, salt int, box pdf.Rect, tag *pdf.Tag) {
	if i, ok := told.Hero(h); ok {
		if pic, ok := p.picture(h, i, true, box.W.MM()); ok {
			alt := i.Alt
			if alt == "" {
				alt = h.Name
			}
			p.Last().Picture(box, pic, typeset.Figure(tag, alt, box))
			return
		}
	}
	s := plate.Subject{Colours: look.NewPalette("").Colours(), Name: h.ID, Lat: at.Lat, Lon: at.Lon, Salt: salt}
	if f != nil {
		s.Pattern, s.Colours = f.Pattern, p.palettes[f.ID].Colours()
	}
	p.Last().Drawing(box, p.plates.Plate(s, box.W, box.H), nil)
}

// caseStudies is the chapter of LAB.2030 and its like.
func (p *setter) caseStudies() {
	tag := p.open("book-case-studies", p.words.T("case-studies.heading"))
	for _, x := range p.net.CaseStudies {
		h := &x.CaseStudy.Head
		kicker := []string{}
		if key := "programme." + x.Programme; p.words.Has(key) {
			kicker = append(kicker, p.words.T(key))
		}
		if x.Theme != nil {
			kicker = append(kicker, x.Theme.Name)
		}
		if !x.Date.IsZero() {
			kicker = append(kicker, p.words.Date(x.Date))
		}
		var f *derive.Field
		if len(x.Fields) > 0 {
			f = x.Fields[0]
		}
		blocks := p.entryHead(h, strings.Join(kicker, " · "), x.Cities, f, 2)
		blocks = append(blocks, p.entryText(h, 2)...)
		blocks = p.parts(blocks, h, told.CaseStudy(p.words, x.CaseStudy))
		blocks = append(blocks, p.goalLine(x.Goals)...)
		p.work(tag, h, f, render.Spot(x.Lead), render.CaseStudyPlate, blocks)
	}
}

// meetings lists the annual meetings.
func (p *setter) meetings() {
	tag := p.open("book-meetings", p.words.T("nav.meetings"))
	column, gap := p.MM(27), p.MM(4.5)
	for _, x := range p.net.Meetings {
		h := &x.Meeting.Head
		sect := &pdf.Tag{Role: "Sect", Parent: tag}
		right := p.entryHead(h, "", x.Hosts, nil, 2)
		right = append(right, p.entryText(h, 2)...)
		for _, o := range x.Outcomes {
			line := look.In(p.Shape(p.Fonts.Sans, 7, 9, p.Ink), p.langOf(h))
			line.Indent = -p.Pt(7)
			right = append(right, typeset.Paragraph{Spans: typeset.T("– " + o.Title), Shape: line})
		}
		p.row(sect, Place(h), column, gap, p.meetingFacts(x), right)
	}
}

// meetingFacts are the number of a meeting and when it was.
func (p *setter) meetingFacts(x *derive.Meeting) []typeset.Block {
	number := p.Shape(p.Fonts.Title, 15, 16, p.Ink)
	number.Track = p.Track(-10)
	var out []typeset.Block
	if x.Number > 0 {
		out = append(out, typeset.Paragraph{Spans: typeset.T(p.words.Year(x.Number)), Shape: number})
	}
	s := p.Shape(p.Fonts.Sans, 6.8, 8.8, p.Ink)
	s.NoHyphen = true
	when := p.words.Date(x.Year)
	if !x.Dates.IsZero() {
		when = p.words.Span(x.Dates.Start, x.Dates.End)
	}
	for _, t := range []string{when, x.Theme} {
		if t != "" {
			out = append(out, typeset.Paragraph{Spans: typeset.T(t), Shape: look.After(s, p.Pt(2))})
		}
	}
	return out
}

// row sets a narrow column beside a wide one, on one page.
func (p *setter) row(tag *pdf.Tag, dest string, column, gap look.Length, left, right []typeset.Block) {
	foot := p.Last().Foot
	r := p.Area()
	a := p.Galley(column, tag, left...)
	b := p.Galley(r.W-column-gap, tag, right...)
	high := max(a.Height(0), b.Height(0))
	if p.Y > p.Top {
		p.Y += p.Pt(9)
	}
	if p.Y+high > p.Bottom {
		p.Sheet(foot)
	}
	r = p.Area()
	p.Last().Rule(pdf.Rect{X: r.X, Y: p.Y, W: r.W}, p.Pt(.5), p.Ink)
	p.Dest(dest, p.Y)
	p.Y += p.Pt(4)
	narrow := pdf.Rect{X: r.X, Y: p.Y, W: column, H: p.Bottom - p.Y}
	wide := pdf.Rect{X: r.X + column + gap, Y: p.Y, W: r.W - column - gap, H: p.Bottom - p.Y}
	if p.RTL {
		narrow.X, wide.X = p.Within(r, narrow), p.Within(r, wide)
	}
	if !a.Empty() {
		a.Pour(p.Last().Page, typeset.Frame{Rect: narrow})
	}
	for first := true; !b.Empty(); first = false {
		if !first {
			p.Sheet(foot)
			wide.Y, wide.H = p.Top, p.Bottom-p.Top
			wide.X = p.Area().X + column + gap
			if p.RTL {
				wide.X = p.Within(p.Area(), wide)
			}
		}
		b.Pour(p.Last().Page, typeset.Frame{Rect: wide})
	}
	p.Y += high
}
