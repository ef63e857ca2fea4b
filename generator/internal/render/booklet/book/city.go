package book

import (
	"fmt"
	"slices"
	"strings"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/model"
	"uccn/generator/internal/pdf"
	"uccn/generator/internal/plate"
	"uccn/generator/internal/render"
	"uccn/generator/internal/render/booklet/look"
	"uccn/generator/internal/render/booklet/press"
	"uccn/generator/internal/render/ink"
	"uccn/generator/internal/render/told"
	"uccn/generator/internal/typeset"
)

// subject is what the plate of a city is drawn from.
func (m *maker) subject(c *derive.City) plate.Subject {
	return plate.Subject{Pattern: c.Field.Pattern, Colours: m.palettes[c.Field.ID].Colours(), Name: c.ID, Lat: c.Location.Lat, Lon: c.Location.Lon, Salt: render.CityPlate}
}

// cityUnit is the page of a city, or its two pages when the text needs them.
func (m *maker) cityUnit(c *derive.City, level int) press.Unit {
	u := m.unit(c.Name, c.At, func(p *setter) { p.city(c, level) })
	u.Alone = true
	return u
}

// A frameOf is where the parts of a city's page stand: the picture in the upper
// outer corner, the facts in a narrow column at the inner edge, the name and
// the text under the picture.
type frameOf struct{ picture, facts, text pdf.Rect }

// frames divides a page. height is that of the picture, in thousandths.
func (p *setter) frames(height int) frameOf {
	r := p.Area()
	column, gap := p.MM(35), p.MM(5)
	h := p.H.Scale(505, 1000).Scale(height, 1000)
	w := p.W - p.Inner - column - gap
	f := frameOf{
		picture: pdf.Rect{X: p.W - w, Y: -p.Bleed, W: w + p.Bleed, H: h + p.Bleed},
		facts:   pdf.Rect{X: p.Inner, Y: p.Top, W: column, H: p.Bottom - p.Top},
		text:    pdf.Rect{X: p.W - w, W: w - p.Outer},
	}
	if !p.OuterRight() {
		f.picture, f.facts, f.text = f.picture.Mirror(p.W), f.facts.Mirror(p.W), f.text.Mirror(p.W)
	}
	f.text.Y = h + p.MM(5.5)
	f.text.H = r.Y + r.H - f.text.Y
	return f
}

// city makes the page of a city: as it should be, or as far down the ladder as
// its text makes necessary. Rungs that cannot be enough, by the height of the
// text, are passed over; when the pages are made again, the rung that did it the
// time before is tried first.
func (p *setter) city(c *derive.City, level int) {
	steps := typeset.Ladder()
	before, again := p.Before.(*Fit)
	if again {
		steps = steps[slices.Index(steps, before.Step):]
	}
	over, high := 0, look.Length(0)
	step, left := typeset.Fit(steps, func(s typeset.Step) int {
		if high > 0 && !s.Spread && p.hopeless(s, high) {
			return 1
		}
		p.Again()
		n, h := p.cityPages(c, level, s)
		if over == 0 {
			over, high = n, h
		}
		return n
	})
	if again {
		over = before.Over
	}
	if over > 0 {
		p.Made.Fit = &Fit{City: c.ID, Name: c.Name, At: c.At, Over: over, Step: step, Left: left}
	}
	if left > 0 {
		d := p.Made.Dl.Warnf(c.At, "overfull-page", "the text of %s is %s too long for two pages of the booklet", c.Name, words(left))
		d.Hint = "shorten it, or give the edition a larger page"
	}
}

// hopeless says whether a text that is so high at the first step must be too
// high at another one too. Smaller letters take less room on the line and below
// it; a tenth is left for what that rule does not know.
func (p *setter) hopeless(s typeset.Step, high look.Length) bool {
	first := p.Body()
	now := s.Apply(first)
	high = high.Scale(int(now.Leading), int(first.Leading)).Scale(s.Size, 1000)
	return high.Scale(9, 10) > p.frames(s.Picture).text.H
}

// cityPages makes the pages at one step. It returns how many words had to be put
// on a page beyond those that the step allows, and how high the text is.
func (p *setter) cityPages(c *derive.City, level int, step typeset.Step) (over int, high look.Length) {
	tag := &pdf.Tag{Role: "Sect"}
	p.Sheet(c.Field.Name)
	p.Dest(Place(&c.City.Head), 0)
	p.footOf(c)
	f := p.frames(step.Picture)
	credit := p.portrait(c, f.picture, tag)
	y := p.cityName(c, f.text, tag, level)
	f.text.H -= y - f.text.Y
	f.text.Y = y

	col := columnsOf{
		text:    p.Galley(f.text.W, tag, p.cityText(c, step, level+1)...),
		facts:   p.Galley(f.facts.W, tag, p.cityFacts(c, credit, step)...),
		sources: p.Galley(f.facts.W, tag, p.sources(&c.City.Head)...),
	}
	high = col.text.Height(0)
	p.fill(col, f)
	if step.Spread && !col.empty() {
		p.further(c, col)
	}
	over = col.text.Words() + col.facts.Words() + col.sources.Words()
	for !col.empty() { // nothing is lost: what is too long even for the last step takes more pages
		p.further(c, col)
	}
	return over, high
}

// cityText is the text of a city and what its record says besides.
func (p *setter) cityText(c *derive.City, step typeset.Step, level int) []typeset.Block {
	h := &c.City.Head
	out := p.written(h, p.Body(), step, level)
	for i, part := range told.City(p.words, c.City) {
		if i == 0 && len(out) > 0 {
			out = append(out, typeset.Space{Height: p.Pt(5)})
		}
		out = p.part(out, step.Apply(look.In(p.Small(), p.langOf(h))), part)
	}
	return out
}

// columnsOf is the text of a city that is still to be placed.
type columnsOf struct{ text, facts, sources *typeset.Galley }

func (c columnsOf) empty() bool { return c.text.Empty() && c.facts.Empty() && c.sources.Empty() }

// fill pours the columns into the page in hand. The text is read before the
// facts beside it; the sources stand at the foot of the facts or, where these
// leave no room, of the text.
func (p *setter) fill(c columnsOf, f frameOf) {
	gap := p.Pt(10)
	below := f.text
	below.Y += p.Pour(c.text, f.text) + gap
	below.H -= below.Y - f.text.Y
	beside := f.facts
	beside.Y += p.Pour(c.facts, f.facts) + gap
	beside.H -= beside.Y - f.facts.Y
	if !c.text.Empty() || !c.facts.Empty() || c.sources.Empty() {
		return
	}
	h := c.sources.Height(0)
	for _, r := range []pdf.Rect{beside, below} {
		if h <= r.H {
			r.Y, r.H = r.Y+r.H-h, h
			c.sources.Pour(p.Last().Page, typeset.Frame{Rect: r})
			return
		}
	}
}

// further is a page after the first, with what did not fit there.
func (p *setter) further(c *derive.City, col columnsOf) {
	p.Sheet(c.Field.Name)
	p.footOf(c)
	f := p.frames(0)
	f.text.Y, f.text.H = p.Top, p.Bottom-p.Top
	p.fill(col, f)
	if !col.sources.Empty() && col.text.Empty() && col.facts.Empty() {
		p.Pour(col.sources, f.text)
	}
}

// footOf names the field on left pages and the city on right ones.
func (p *setter) footOf(c *derive.City) {
	p.Last().Foot = c.Field.Name
	if p.OuterRight() != p.RTL {
		p.Last().Foot = c.Name
	}
}

// portrait draws the photograph of a city, or its plate, and returns the line of
// credit that a photograph needs.
func (p *setter) portrait(c *derive.City, r pdf.Rect, tag *pdf.Tag) []typeset.Span {
	if i, ok := told.Hero(&c.City.Head); ok {
		if pic, ok := p.picture(&c.City.Head, i, true, r.W.MM()); ok {
			alt := i.Alt
			if alt == "" {
				alt = c.Name
			}
			p.Last().Picture(r, pic, typeset.Figure(tag, alt, r))
			s := typeset.Span{Text: p.credit(&i)}
			if i.Caption != "" {
				return []typeset.Span{{Text: i.Caption + " "}, s}
			}
			return []typeset.Span{s}
		}
	}
	p.Last().Drawing(r, p.plates.Plate(p.subject(c), r.W, r.H), nil)
	return nil
}

// cityName sets the name, as large as a line allows, and the names in the
// languages of the place, and returns where the text begins.
func (p *setter) cityName(c *derive.City, r pdf.Rect, tag *pdf.Tag, level int) look.Length {
	name := p.Sided(p.Title(), p.langOf(&c.City.Head))
	size := p.Pt(25)
	for size > p.Pt(17) && p.C.Width(name.Sized(size), c.Name) > r.W {
		size -= p.Pt(1)
	}
	name.Size, name.Leading = size, size.Scale(106, 100)
	blocks := []typeset.Block{typeset.Paragraph{Spans: typeset.T(c.Name), Shape: name, Role: fmt.Sprintf("H%d", level)}}
	local := p.Shape(p.Fonts.Strong, 11, 15, p.palettes[c.Field.ID].Ink)
	local.NoHyphen = true
	for _, n := range c.NameLocal {
		if n.Text == c.Name {
			continue
		}
		s := local
		s.Lang = n.Lang // the line begins where the book's lines begin
		blocks = append(blocks, typeset.Paragraph{Spans: typeset.T(n.Text), Shape: s})
	}
	return r.Y + p.Put(r, tag, blocks...) + p.Pt(7)
}

// langOf is the language of a record's texts.
func (p *setter) langOf(h *model.Head) string {
	if h.Lang != "" {
		return h.Lang
	}
	return p.Lang
}

// cityFacts are what a label in a museum says, and where the book says more.
func (p *setter) cityFacts(c *derive.City, credit []typeset.Span, step typeset.Step) []typeset.Block {
	pal := p.palettes[c.Field.ID]
	field := p.Shape(p.Fonts.Strong, 8.6, 10.6, pal.Ink)
	field.NoHyphen = true
	sign := ink.Mark(c.Field.Pattern, pal.Solid)
	out := []typeset.Block{
		typeset.Drawn{Drawing: &sign, Alt: c.Field.Name, W: p.MM(6.4), After: p.Pt(5)},
		after2(typeset.Paragraph{Spans: typeset.T(c.Field.CityLabel), Shape: field}, p.Pt(6)),
		typeset.Rule{Width: p.Pt(1.4), Color: p.Ink, After: p.Pt(5)},
	}
	fact := func(label, value string) {
		if value != "" {
			out = append(out, p.fact(label, typeset.T(value))...)
		}
	}
	w := p.words
	fact(w.T("country"), c.Country.Name)
	fact(w.T("city.designated"), w.Date(c.Designated))
	if n := c.Population; n.Value > 0 {
		v := w.Number(n.Value)
		if n.Year > 0 {
			v += " (" + w.Year(n.Year) + ")"
		}
		fact(w.T("city.population"), v)
	}
	if c.NameOfficial != c.Name {
		fact(w.T("city.official"), c.NameOfficial)
	}
	for _, x := range c.FieldsFormer {
		if t, ok := p.net.Resolve(model.Fields, x.Field.ID); ok && x.Until.Last().Compare(p.net.Edition.AsOf) <= 0 {
			fact(w.T("city.former_field"), w.T("city.former_field.until", t.Title, w.Date(x.Until)))
		}
	}
	place := p.Sided(p.Value(), "en") // its order does not change with the language
	place.After = p.Pt(4)
	out = append(out, p.fact(w.T("city.coordinates"), nil)[0], typeset.Paragraph{Spans: typeset.T(told.Degrees(c.Location)), Shape: place})
	out = append(out, p.cityGoals(c)...)
	out = append(out, p.cityRecords(c, step)...)
	if len(credit) > 0 {
		out = append(out, typeset.Paragraph{Spans: credit, Shape: p.Tiny()})
	}
	return out
}

// after2 gives a paragraph space below it.
func after2(p typeset.Paragraph, space look.Length) typeset.Paragraph {
	p.Shape.After = space
	return p
}

// fact is a label and what it names.
func (p *setter) fact(label string, value []typeset.Span) []typeset.Block {
	v := p.Value()
	v.After = p.Pt(4)
	return []typeset.Block{typeset.Paragraph{Spans: typeset.T(label), Shape: p.Label()}, typeset.Paragraph{Spans: value, Shape: v}}
}

// cityGoals are the goals that the city names, or those of its works.
func (p *setter) cityGoals(c *derive.City) []typeset.Block {
	var spans []typeset.Span
	for _, g := range told.Goals(p.net, c) {
		if len(spans) > 0 {
			spans = append(spans, typeset.Span{Text: ", "})
		}
		spans = append(spans, typeset.Span{Text: p.words.Year(g.Number), Link: "#goals-" + g.ID, Alt: g.Name})
	}
	if len(spans) == 0 {
		return nil
	}
	return p.fact(p.words.T("goals"), spans)
}

// cityRecords are the works and meetings of a city with their pages.
func (p *setter) cityRecords(c *derive.City, step typeset.Step) []typeset.Block {
	var studies, meetings []*model.Head
	for _, s := range c.CaseStudies {
		studies = append(studies, &s.CaseStudy.Head)
	}
	for _, m := range c.Meetings {
		meetings = append(meetings, &m.Meeting.Head)
	}
	return slices.Concat(p.records("practices", works(c), step), p.records("case-studies", studies, step), p.records("city.meetings", meetings, step))
}

// works are the practices of a city.
func works(c *derive.City) []*model.Head {
	var out []*model.Head
	for _, w := range c.Practices {
		out = append(out, &w.Practice.Head)
	}
	return out
}

// records lists the titles of records that the book holds, with their pages.
func (p *setter) records(key string, heads []*model.Head, step typeset.Step) []typeset.Block {
	line := step.Apply(p.Shape(p.Fonts.Sans, 7, 8.8, p.Ink))
	line.After = p.Pt(2.4)
	var out []typeset.Block
	for _, h := range heads {
		dest := Place(h)
		if !p.known[dest] {
			continue
		}
		if len(out) == 0 {
			l := p.Label()
			l.Before = p.Pt(3)
			out = append(out, typeset.Paragraph{Spans: typeset.T(p.words.T(key)), Shape: l})
		}
		title, page := line.Style, line.Style
		title.Lang, page.Color = p.langOf(h), p.Muted
		n := p.Number(dest)
		spans := []typeset.Span{{Text: h.Name, Style: &title}, {Text: " " + p.words.T("book.page", n), Style: &page}}
		out = append(out, typeset.Paragraph{Spans: linked(spans, "#"+dest, p.words.T("book.see", h.Name, n)), Shape: line})
	}
	return out
}

// Place is the name of a record's place in the book, for links.
func Place(h *model.Head) string { return string(h.Type) + "-" + h.ID }

// sources tell in small letters where the facts come from.
func (p *setter) sources(h *model.Head) []typeset.Block {
	s := p.Tiny()
	s.NoHyphen = true
	var out []typeset.Block
	for _, r := range h.Remarks {
		out = append(out, typeset.Paragraph{Spans: typeset.T(r), Shape: look.After(look.In(s, p.langOf(h)), p.Pt(2))})
	}
	if text := told.Sources(p.words, h); text != "" {
		out = append(out, typeset.Paragraph{Spans: typeset.T(text), Shape: p.narrowed(s, text, p.MM(35))})
	}
	return append(out, p.origin(h)...)
}

// narrowed makes letters as much smaller as the longest word of a text needs to
// fit into a column: addresses have no place to be divided at.
func (p *setter) narrowed(s typeset.Shape, text string, column look.Length) typeset.Shape {
	least := s.Size
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ' ' || r == '/' || r == '-' }) {
		if w := p.C.Width(s.Style, word+"/"); w > column {
			least = min(least, s.Size.Scale(int(column), int(w)))
		}
	}
	s.Size = least
	return s
}

// origin says who supplied and who edited a text, as far as that is known.
func (p *setter) origin(h *model.Head) []typeset.Block {
	text := told.Origin(p.words, h)
	if text == "" {
		return nil
	}
	return []typeset.Block{typeset.Paragraph{Spans: typeset.T(text), Shape: look.After(p.Tiny(), 0)}}
}
