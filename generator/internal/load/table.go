package load

import (
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/model"
	"uccn/generator/internal/schema"
)

// table is what the loader must know of a type.
type table struct {
	typ       model.Type
	make      func() model.Record
	clone     func(model.Record) model.Record
	read      func(*schema.Decoder, model.Record)
	check     func(*schema.Decoder, model.Record)
	put       func(*model.Content, model.Record)
	append    func(b []byte, r model.Record) (_ []byte, ok bool) // packed
	unpack    func(packed string) (rec model.Record, ok bool)
	schema    func() map[string]any
	reference func() string
	outline   func() []schema.Outline
}

// tables lists every type, in the order of model.Types.
func tables() []table {
	return []table{
		tableOf(model.Cities, cityKeys(), func(c *model.Content) *[]*model.City { return &c.Cities }, nil),
		tableOf(model.Practices, practiceKeys(), func(c *model.Content) *[]*model.Practice { return &c.Practices }, checkPractice),
		tableOf(model.CaseStudies, caseStudyKeys(), func(c *model.Content) *[]*model.CaseStudy { return &c.CaseStudies }, nil),
		tableOf(model.Meetings, meetingKeys(), func(c *model.Content) *[]*model.Meeting { return &c.Meetings }, checkMeeting),
		tableOf(model.Reports, reportKeys(), func(c *model.Content) *[]*model.Report { return &c.Reports }, nil),
		tableOf(model.Editions, editionKeys(), func(c *model.Content) *[]*model.Edition { return &c.Editions }, checkEdition),
		tableOf(model.Exhibitions, exhibitionKeys(), func(c *model.Content) *[]*model.Exhibition { return &c.Exhibitions }, checkExhibition),
		tableOf(model.Networks, networkKeys(), func(c *model.Content) *[]*model.Network { return &c.Networks }, nil),
		tableOf(model.Fields, fieldKeys(), func(c *model.Content) *[]*model.Field { return &c.Fields }, nil),
		tableOf(model.Regions, regionKeys(), func(c *model.Content) *[]*model.Region { return &c.Regions }, nil),
		tableOf(model.Countries, countryKeys(), func(c *model.Content) *[]*model.Country { return &c.Countries }, nil),
		tableOf(model.Goals, goalKeys(), func(c *model.Content) *[]*model.Goal { return &c.Goals }, checkGoal),
		tableOf(model.Themes, themeKeys(), func(c *model.Content) *[]*model.Theme { return &c.Themes }, nil),
		tableOf(model.Pages, pageKeys(), func(c *model.Content) *[]*model.Page { return &c.Pages }, nil),
		tableOf(model.NewsItems, newsKeys(), func(c *model.Content) *[]*model.News { return &c.News }, nil),
	}
}

// tableOf builds the table of the type whose Go struct is R.
func tableOf[R any, P interface {
	*R
	model.Record
}](t model.Type, keys []schema.Key[R], list func(*model.Content) *[]P, check func(*schema.Decoder, P)) table {
	shape := sync.OnceValue(func() *memo.Shape { var zero R; return memo.ShapeOf(zero) })
	return table{
		typ:   t,
		make:  func() model.Record { return P(new(R)) },
		clone: func(r model.Record) model.Record { c := *r.(P); return P(&c) },
		read:  func(d *schema.Decoder, r model.Record) { schema.Read(d, keys, (*R)(r.(P))) },
		check: func(d *schema.Decoder, r model.Record) {
			if check != nil && !d.Problems.HasErrors() {
				check(d, r.(P))
			}
		},
		put:    func(c *model.Content, r model.Record) { l := list(c); *l = append(*l, r.(P)) },
		append: func(b []byte, r model.Record) ([]byte, bool) { return shape().Append(b, (*R)(r.(P))) },
		unpack: func(packed string) (model.Record, bool) {
			r := P(new(R))
			return r, shape().Unpack(packed, (*R)(r)) == nil
		},
		schema:    func() map[string]any { return schema.JSON("uccn "+t.Singular(), keys) },
		reference: func() string { return schema.Reference(keys) },
		outline:   func() []schema.Outline { return schema.Outlines(keys) },
	}
}

func checkPractice(d *schema.Decoder, p *model.Practice) {
	if p.Exhibition.ID != "" && p.Number == 0 {
		d.Problems.Warnf(d.At("exhibition"), "no-number", "a work that hangs in an exhibition should have a number").Hint = "add number:"
	}
}

func checkMeeting(d *schema.Decoder, m *model.Meeting) {
	if m.When().IsZero() {
		d.Problems.Errorf(d.At(""), "missing-key", `neither "dates" nor "year" is given`).Hint = `add year: with the year, or dates: with start and end`
	}
	if len(m.Hosts) == 0 && m.Venue == "" {
		d.Problems.Errorf(d.At(""), "missing-key", `neither "hosts" nor "venue" is given`).Hint = `add hosts: with the ids of the cities, or venue: with the place`
	}
}

// checkEdition finds portraits that stand beside no foreword, and so nowhere.
func checkEdition(d *schema.Decoder, e *model.Edition) {
	all := e.Portraits()
	for _, i := range all[min(len(e.Forewords), len(all)):] {
		p := d.Problems.Warnf(i.At, "extra-portrait", "no foreword is left for this portrait")
		p.Len, p.Hint = utf8.RuneCountInString(i.Src), "add its foreword, or give the picture another role; portraits stand in the order of the forewords"
	}
}

func checkExhibition(d *schema.Decoder, x *model.Exhibition) {
	seen := map[string]bool{}
	for i := range x.Tours {
		t := &x.Tours[i]
		if t.ID == "" {
			t.ID = slug(t.Title)
		}
		if seen[t.ID] {
			d.Problems.Errorf(d.At("tours"), "same-id", "two tours have the id %q", t.ID).Hint = "give one of them an id: of its own"
		}
		seen[t.ID] = true
	}
}

// slug makes an id of a title: letters a to z, digits and hyphens.
func slug(title string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(title) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	s := strings.Trim(b.String(), "-")
	return s[:min(len(s), 60)]
}

func checkGoal(d *schema.Decoder, g *model.Goal) {
	if _, err := fmt.Sscanf(g.ID, "%d", &g.Number); err != nil || g.Number < 1 || g.Number > 17 {
		d.Problems.Errorf(diag.Pos{Path: g.At.Path}, "bad-id", "%q is not the number of a goal, 1 to 17", g.ID).Hint = "name the file by its number: 11.md"
		return
	}
	for _, t := range g.Targets {
		if !strings.HasPrefix(t.Code, g.ID+".") {
			d.Problems.Errorf(d.At("targets"), "bad-target", "target %s does not belong to goal %s", t.Code, g.ID)
		}
	}
}

// Outline lists the keys of a type.
func Outline(t model.Type) []schema.Outline {
	for _, x := range tables() {
		if x.typ == t {
			return x.outline()
		}
	}
	return nil
}

// Schema returns the JSON Schema of a type's front matter.
func Schema(t model.Type) map[string]any {
	for _, x := range tables() {
		if x.typ == t {
			return x.schema()
		}
	}
	return nil
}

// Reference returns the reference page of the keys of every type, in Markdown.
func Reference() string {
	var b strings.Builder
	for _, x := range tables() {
		fmt.Fprintf(&b, "## %s\n\n`content/%s/ID.md`\n\n%s\n", x.typ.Singular(), x.typ, x.reference())
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}
