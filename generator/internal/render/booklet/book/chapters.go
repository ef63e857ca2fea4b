package booklet

import (
	"strconv"
	"strings"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/model"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/plate"
	"uccn/generator/internal/typeset"
)

// practices is the chapter of the exhibition: its works room by room, or all
// practices where none hangs.
func (p *press) practices() {
	tag := p.open("book-practices", p.words.T("practices"))
	shown := map[*derive.Practice]bool{}
	if x := p.net.Wall; x != nil {
		p.flow(tag, "", false, 0, p.introduction(&x.Exhibition.Head)...)
		p.y += p.pt(6)
		for _, room := range x.Rooms {
			if len(room.Works) == 0 {
				continue
			}
			h := p.sided(p.heading(), p.langOf(&x.Exhibition.Head))
			intro := in(p.small(), p.langOf(&x.Exhibition.Head))
			intro.After, intro.Color = p.pt(4), p.muted
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
		p.section2(tag, p.words.T("exhibition.unsorted"), p.heading(), p.small(), "")
	}
	for _, w := range rest {
		p.practice(tag, w, 3)
	}
}

// section2 opens a part of a chapter, on a page that holds more than it.
func (p *press) section2(tag *pdf.Tag, title string, h, s typeset.Shape, intro string) {
	p.y += h.Before
	if p.y+p.mm(50) > p.bottom {
		p.sheet(p.last().foot)
	}
	r := p.area()
	p.last().Rule(pdf.Rect{X: r.X, Y: p.y, W: r.W}, p.pt(1.4), p.ink)
	p.y += p.pt(6)
	blocks := []typeset.Block{typeset.Paragraph{Spans: typeset.T(title), Shape: h, Role: "H2"}}
	if intro != "" {
		blocks = append(blocks, typeset.Paragraph{Spans: typeset.T(intro), Shape: s})
	}
	p.flow(tag, "", true, 0, blocks...)
	p.y += p.pt(4)
}

// introduction is the text of a record at the head of a chapter.
func (p *press) introduction(h *model.Head) []typeset.Block {
	s := p.shape(p.fonts.Text, 10.2, 13.8, p.ink)
	s.Align = typeset.Justify
	return p.written(h, s, typeset.Ladder()[0], 2)
}

// practice is an entry: a small plate, number and title, the cities with their
// pages, what was done.
func (p *press) practice(tag *pdf.Tag, w *derive.Practice, level int) {
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
	blocks := p.entryHead(h, strings.Join(kicker, " · "), w.Cities, leading(w), level)
	blocks = append(blocks, p.entryText(h, level)...)
	blocks = p.part(blocks, h, "part.challenge", w.Challenge)
	blocks = p.part(blocks, h, "part.actions", w.Actions...)
	blocks = p.part(blocks, h, "practice.results", results(w.Results)...)
	blocks = p.part(blocks, h, "part.lessons", w.Lessons)
	blocks = p.part(blocks, h, "part.transferability", w.Transferability)
	blocks = append(blocks, p.goalLine(w.Goals)...)
	p.work(tag, h, leading(w), spot(w.Lead), 1, blocks)
}

// results are indicators as lines.
func results(figures []model.Figure) []string {
	var out []string
	for _, f := range figures {
		s := f.Label + ": " + strings.TrimSpace(f.Value+" "+f.Unit)
		if f.Year > 0 {
			s += " (" + strconv.Itoa(f.Year) + ")"
		}
		out = append(out, s)
	}
	return out
}

// part is a named part of a work: a paragraph, or several as a list.
func (p *press) part(blocks []typeset.Block, h *model.Head, key string, texts ...string) []typeset.Block {
	if len(texts) == 0 || texts[0] == "" {
		return blocks
	}
	s := in(p.small(), p.langOf(h))
	name := p.label()
	name.Before = p.pt(3)
	blocks = append(blocks, typeset.Paragraph{Spans: typeset.T(p.words.T(key)), Shape: name})
	if len(texts) == 1 {
		return append(blocks, typeset.Paragraph{Spans: typeset.T(texts[0]), Shape: s})
	}
	list := typeset.List{Marks: []string{"•"}, Shape: s, Indent: s.Size}
	for _, t := range texts {
		list.Items = append(list.Items, []typeset.Block{typeset.Paragraph{Spans: typeset.T(t), Shape: s}})
	}
	return append(blocks, list)
}

// entryHead is the title of a work with its cities.
func (p *press) entryHead(h *model.Head, kicker string, cities []*derive.City, f *derive.Field, level int) []typeset.Block {
	small := p.shape(p.fonts.Sans, 6.8, 9, p.muted)
	small.KeepNext, small.Features = true, "tnum"
	title := p.sided(p.shape(p.fonts.Title, 10.6, 12.6, p.ink), p.langOf(h))
	title.NoHyphen, title.KeepNext, title.Track, title.After = true, true, p.track(-6), p.pt(1.5)
	var out []typeset.Block
	if kicker != "" {
		out = append(out, typeset.Paragraph{Spans: typeset.T(kicker), Shape: small})
	}
	out = append(out, typeset.Paragraph{Spans: typeset.T(h.Name), Shape: title, Role: "H" + strconv.Itoa(level)})
	if len(cities) > 0 {
		line := p.shape(p.fonts.Strong, 7.2, 9.4, p.ink)
		if f != nil {
			line.Color = p.palettes[f.ID].solid
		}
		line.After, line.KeepNext = p.pt(3), true
		out = append(out, typeset.Paragraph{Spans: p.cityList(cities, line.Style), Shape: line})
	}
	return out
}

// cityList names cities with the pages of those that have one.
func (p *press) cityList(cities []*derive.City, st typeset.Style) []typeset.Span {
	var out []typeset.Span
	page := st
	page.Font, page.Color = p.fonts.Sans, p.muted
	for i, c := range cities {
		if i > 0 {
			out = append(out, typeset.Span{Text: p.words.T("list_comma"), Style: &st})
		}
		dest := destOf(&c.City.Head)
		if !p.known[dest] {
			out = append(out, typeset.Span{Text: c.Name, Style: &st})
			continue
		}
		n := p.number(dest)
		out = append(out, linked([]typeset.Span{{Text: c.Name, Style: &st}, {Text: "\u00a0" + n, Style: &page}}, "#"+dest, p.words.T("book.see", c.Name, n))...)
	}
	return out
}

// entryText is the text of a work, or its summary where there is none.
func (p *press) entryText(h *model.Head, level int) []typeset.Block {
	s := p.shape(p.fonts.Text, 8.8, 11.6, p.ink)
	s.Align = typeset.Justify
	if out := p.written(h, s, typeset.Ladder()[0], level+1); len(out) > 0 {
		return out
	}
	if h.Summary == "" {
		return nil
	}
	return []typeset.Block{typeset.Paragraph{Spans: typeset.T(h.Summary), Shape: in(s, p.langOf(h))}}
}

// goalLine names the goals of a work.
func (p *press) goalLine(goals []*derive.Goal) []typeset.Block {
	if len(goals) == 0 {
		return nil
	}
	s := p.shape(p.fonts.Sans, 6.8, 9, p.muted)
	s.Before = p.pt(2.5)
	spans := []typeset.Span{}
	var names []string
	for _, g := range goals {
		names = append(names, p.words.Year(g.Number))
	}
	spans = append(spans, typeset.Span{Text: p.words.T("goals.list", len(goals), strings.Join(names, p.words.T("list_comma")))})
	return []typeset.Block{typeset.Paragraph{Spans: spans, Shape: s}}
}

// work sets an entry beside its plate.
func (p *press) work(tag *pdf.Tag, h *model.Head, f *derive.Field, at model.Location, salt int, blocks []typeset.Block) {
	plateW, plateH, gap := p.mm(20), p.mm(25), p.mm(4.5)
	sect := &pdf.Tag{Role: "Sect", Parent: tag}
	foot := p.last().foot
	r := p.area()
	w := r.W - plateW - gap
	g := p.galley(w, sect, blocks...)
	high := max(plateH, g.Height(0))
	if p.y > p.top {
		p.y += p.pt(11)
	}
	if p.y+high > p.bottom && (high <= r.H || p.bottom-p.y < plateH) {
		p.sheet(foot)
	}
	p.dest(destOf(h), p.y)
	for first := true; first || !g.Empty(); first = false {
		if !first {
			p.sheet(foot)
		}
		r = p.area()
		text := pdf.Rect{X: r.X + plateW + gap, Y: p.y, W: w, H: p.bottom - p.y}
		box := pdf.Rect{X: r.X, Y: p.y, W: plateW, H: plateH}
		if p.rtl {
			text.X, box.X = p.within(r, text), p.within(r, box)
		}
		used := length(0)
		if first {
			used = plateH
			p.plate(h, f, at, salt, box, sect)
		}
		p.y += max(used, g.Pour(p.last().Page, typeset.Frame{Rect: text}))
	}
}

// plate draws the photograph of a work, or its plate.
func (p *press) plate(h *model.Head, f *derive.Field, at model.Location, salt int, box pdf.Rect, tag *pdf.Tag) {
	if i, ok := hero(h); ok {
		if pic, ok := p.picture(h, i.Src, i.Focus, true, box.W.MM()); ok {
			alt := i.Alt
			if alt == "" {
				alt = h.Name
			}
			p.last().Picture(box, pic, typeset.Figure(tag, alt, box))
			return
		}
	}
	s := plate.Subject{Colours: newPalette("").Colours(), Name: h.ID, Lat: at.Lat, Lon: at.Lon, Salt: salt}
	if f != nil {
		s.Pattern, s.Colours = f.Pattern, p.palettes[f.ID].Colours()
	}
	p.last().Drawing(box, drawn(s, box.W, box.H), nil)
}

// caseStudies is the chapter of LAB.2030 and its like.
func (p *press) caseStudies() {
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
		blocks = p.part(blocks, h, "part.problem", x.Problem)
		blocks = p.part(blocks, h, "part.innovation", x.Innovation)
		blocks = p.part(blocks, h, "part.process", x.Process)
		blocks = p.part(blocks, h, "part.impact", x.Impact)
		blocks = p.part(blocks, h, "practice.results", results(x.Indicators)...)
		blocks = append(blocks, p.goalLine(x.Goals)...)
		p.work(tag, h, f, spot(x.Lead), 2, blocks)
	}
}

// meetings lists the annual meetings.
func (p *press) meetings() {
	tag := p.open("book-meetings", p.words.T("nav.meetings"))
	column, gap := p.mm(27), p.mm(4.5)
	for _, x := range p.net.Meetings {
		h := &x.Meeting.Head
		sect := &pdf.Tag{Role: "Sect", Parent: tag}
		right := p.entryHead(h, "", x.Hosts, nil, 2)
		right = append(right, p.entryText(h, 2)...)
		for _, o := range x.Outcomes {
			line := in(p.shape(p.fonts.Sans, 7, 9, p.ink), p.langOf(h))
			line.Indent = -p.pt(7)
			right = append(right, typeset.Paragraph{Spans: typeset.T("– " + o.Title), Shape: line})
		}
		p.row(sect, destOf(h), column, gap, p.meetingFacts(x), right)
	}
}

// meetingFacts are the number of a meeting and when it was.
func (p *press) meetingFacts(x *derive.Meeting) []typeset.Block {
	number := p.shape(p.fonts.Title, 15, 16, p.ink)
	number.Track = p.track(-10)
	var out []typeset.Block
	if x.Number > 0 {
		out = append(out, typeset.Paragraph{Spans: typeset.T(p.words.Year(x.Number)), Shape: number})
	}
	s := p.shape(p.fonts.Sans, 6.8, 8.8, p.ink)
	s.NoHyphen = true
	when := p.words.Date(x.Year)
	if !x.Dates.IsZero() {
		when = p.words.Span(x.Dates.Start, x.Dates.End)
	}
	for _, t := range []string{when, x.Theme} {
		if t != "" {
			out = append(out, typeset.Paragraph{Spans: typeset.T(t), Shape: after(s, p.pt(2))})
		}
	}
	return out
}

// row sets a narrow column beside a wide one, on one page.
func (p *press) row(tag *pdf.Tag, dest string, column, gap length, left, right []typeset.Block) {
	foot := p.last().foot
	r := p.area()
	a := p.galley(column, tag, left...)
	b := p.galley(r.W-column-gap, tag, right...)
	high := max(a.Height(0), b.Height(0))
	if p.y > p.top {
		p.y += p.pt(9)
	}
	if p.y+high > p.bottom {
		p.sheet(foot)
	}
	r = p.area()
	p.last().Rule(pdf.Rect{X: r.X, Y: p.y, W: r.W}, p.pt(.5), p.ink)
	p.dest(dest, p.y)
	p.y += p.pt(4)
	narrow := pdf.Rect{X: r.X, Y: p.y, W: column, H: p.bottom - p.y}
	wide := pdf.Rect{X: r.X + column + gap, Y: p.y, W: r.W - column - gap, H: p.bottom - p.y}
	if p.rtl {
		narrow.X, wide.X = p.within(r, narrow), p.within(r, wide)
	}
	if !a.Empty() {
		a.Pour(p.last().Page, typeset.Frame{Rect: narrow})
	}
	for first := true; !b.Empty(); first = false {
		if !first {
			p.sheet(foot)
			wide.Y, wide.H = p.top, p.bottom-p.top
			wide.X = p.area().X + column + gap
			if p.rtl {
				wide.X = p.within(p.area(), wide)
			}
		}
		b.Pour(p.last().Page, typeset.Frame{Rect: wide})
	}
	p.y += high
}
