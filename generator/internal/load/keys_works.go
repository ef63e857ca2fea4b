package load

import (
	"regexp"

	"uccn/generator/internal/model"
	"uccn/generator/internal/schema"
)

// practiceKeys is the table of a practice.
func practiceKeys() []schema.Key[model.Practice] {
	type p = model.Practice
	return append(head("title", func(r *p) *model.Head { return &r.Head }),
		schema.Field("cities", refs(model.Cities, 1, 60), func(r *p) *[]model.Ref { return &r.Cities }, required, "The cities whose practice it is."),
		schema.Field("lead", schema.Ref(model.Cities, nil), func(r *p) *model.Ref { return &r.Lead }, 0, "The one of them that leads."),
		schema.Field("fields", refs(model.Fields, 0, 8), func(r *p) *[]model.Ref { return &r.Fields }, 0, "Its fields; the cities' when not given."),
		schema.Field("exhibition", schema.Ref(model.Exhibitions, nil), func(r *p) *model.Ref { return &r.Exhibition }, 0, "Where it hangs."),
		schema.Field("number", schema.Int(1, 9999, "a number"), func(r *p) *int { return &r.Number }, 0, "Its number in the exhibition."),
		schema.Field("period", period(), func(r *p) *model.Period { return &r.Period }, 0, "From when to when."),
		schema.Field("year", schema.Date(), func(r *p) *model.Date { return &r.Year }, 0, "The year it is known from, when no period is."),
		schema.Field("themes", refs(model.Themes, 0, 8), func(r *p) *[]model.Ref { return &r.Themes }, 0, "What it is about."),
		schema.Field("goals", goals(), func(r *p) *[]model.GoalUse { return &r.Goals }, 0, "Goals of the 2030 Agenda."),
		schema.Field("objectives", schema.List(schema.Line(400), 0, 20), func(r *p) *[]string { return &r.Objectives }, translated, "What it wants."),
		text("challenge", func(r *p) *string { return &r.Challenge }, "What it answers."),
		schema.Field("actions", schema.List(schema.Prose(1000), 0, 20), func(r *p) *[]string { return &r.Actions }, translated, "What was done."),
		schema.Field("results", figures(), func(r *p) *[]model.Figure { return &r.Results }, 0, "What came of it, in numbers."),
		text("lessons", func(r *p) *string { return &r.Lessons }, "What was learnt."),
		text("transferability", func(r *p) *string { return &r.Transferability }, "What other cities can take over."),
		schema.Field("beneficiaries", schema.List(schema.Line(200), 0, 20), func(r *p) *[]string { return &r.Beneficiaries }, translated, "Who gains."),
		schema.Field("partners", partners(), func(r *p) *[]model.Partner { return &r.Partners }, 0, "Who takes part."),
		schema.Field("budget", schema.Object([]schema.Key[model.Budget]{
			schema.Field("amount", schema.Number(0, 1e12, "an amount"), func(b *model.Budget) *float64 { return &b.Amount }, required, "How much."),
			schema.Field("currency", schema.Pattern(regexp.MustCompile(`^[A-Z]{3}$`), "a currency such as EUR", "bad-currency"), func(b *model.Budget) *string { return &b.Currency }, required, "ISO 4217 code."),
			schema.Field("year", schema.Year(), func(b *model.Budget) *int { return &b.Year }, 0, "Of which year."),
		}), func(r *p) *model.Budget { return &r.Budget }, 0, "What it cost."),
		schema.Field("links", links(func(r *p) *string { return &r.Website }, func(r *p) *[]model.Social { return &r.Social }), func(r *p) *p { return r }, 0, "Where to read on."),
		schema.Field("contacts", contacts(), func(r *p) *[]model.Contact { return &r.Contacts }, 0, "Never published unless publish: true."),
		schema.Field("presented_at", schema.Ref(model.Meetings, nil), func(r *p) *model.Ref { return &r.PresentedAt }, 0, "The meeting where it was shown."),
		schema.Field("panel", schema.Object([]schema.Key[model.Panel]{
			schema.Field("layout", schema.Enum("portrait", "landscape"), func(x *model.Panel) *string { return &x.Layout }, 0, "How it hangs; portrait when not given."),
			schema.Field("quote", schema.Line(180), func(x *model.Panel) *string { return &x.Quote }, translated, "One sentence for the wall."),
			schema.Field("order", schema.Int(0, 9999, "a number"), func(x *model.Panel) *int { return &x.Order }, 0, "Its place in the print."),
		}), func(r *p) *model.Panel { return &r.Panel }, 0, "The printed panel."),
		schema.Field("stops", schema.List(schema.Object([]schema.Key[model.Stop]{
			schema.Field("image", schema.Line(200), func(s *model.Stop) *string { return &s.Image }, required, "Which of its pictures."),
			schema.Field("region", schema.Numbers(0, 1, "x", "y", "width", "height"), func(s *model.Stop) *model.Box { return &s.Region }, required, "Which part of it."),
			schema.Field("text", schema.Prose(1000), func(s *model.Stop) *string { return &s.Text }, required|translated, "What the guide says."),
		}), 0, 30), func(r *p) *[]model.Stop { return &r.Stops }, 0, "A guided tour over a picture."),
	)
}

func links[R any](website func(*R) *string, accounts func(*R) *[]model.Social) schema.Kind[R] {
	keys := []schema.Key[R]{schema.Field("website", schema.URL(), website, 0, "Its own page.")}
	if accounts != nil {
		keys = append(keys, schema.Field("social", social(), accounts, 0, "Its accounts."))
	}
	return schema.Object(keys)
}

// caseStudyKeys is the table of a case study.
func caseStudyKeys() []schema.Key[model.CaseStudy] {
	type c = model.CaseStudy
	return append(head("title", func(r *c) *model.Head { return &r.Head }),
		schema.Field("kind", schema.Enum("case_study", "perspective"), func(r *c) *string { return &r.Kind }, 0, "A case study when not given."),
		schema.Field("programme", schema.Enum("lab2030", "culture-urban-future", "mapping-creativity-driven-cities"), func(r *c) *string { return &r.Programme }, required, "Where it was published."),
		schema.Field("theme", schema.Ref(model.Themes, nil), func(r *c) *model.Ref { return &r.Theme }, 0, "One of the six themes of LAB.2030."),
		schema.Field("cities", refs(model.Cities, 1, 60), func(r *c) *[]model.Ref { return &r.Cities }, required, "The cities it tells of."),
		schema.Field("lead", schema.Ref(model.Cities, nil), func(r *c) *model.Ref { return &r.Lead }, 0, "The one of them that leads."),
		schema.Field("goals", goals(), func(r *c) *[]model.GoalUse { return &r.Goals }, 0, "Goals of the 2030 Agenda."),
		schema.Field("date", schema.Date(), func(r *c) *model.Date { return &r.Date }, 0, "When it was published."),
		text("problem", func(r *c) *string { return &r.Problem }, "What was wrong."),
		text("innovation", func(r *c) *string { return &r.Innovation }, "What was new."),
		text("process", func(r *c) *string { return &r.Process }, "How it was done."),
		text("impact", func(r *c) *string { return &r.Impact }, "What changed."),
		schema.Field("indicators", figures(), func(r *c) *[]model.Figure { return &r.Indicators }, 0, "Numbers of the change."),
		schema.Field("presented_at", schema.Ref(model.Meetings, nil), func(r *c) *model.Ref { return &r.PresentedAt }, 0, "The meeting where it was told."),
		schema.Field("publication", schema.Line(200), func(r *c) *string { return &r.Publication }, 0, "The publication it stands in."),
		schema.Field("pages", schema.Raw("pages such as 12–15"), func(r *c) *string { return &r.Pages }, 0, "Its pages there."),
		schema.Field("replicable_in", schema.List(schema.Line(200), 0, 20), func(r *c) *[]string { return &r.ReplicableIn }, translated, "Where it could work too."),
		schema.Field("partners", partners(), func(r *c) *[]model.Partner { return &r.Partners }, 0, "Who took part."),
		schema.Field("links", links(func(r *c) *string { return &r.Website }, nil), func(r *c) *c { return r }, 0, "Where to read on."),
		schema.Field("certainty", schema.Line(400), func(r *c) *string { return &r.Certainty }, translated, "How sure the source is that it belongs to the programme."),
	)
}

// meetingKeys is the table of an annual meeting.
func meetingKeys() []schema.Key[model.Meeting] {
	type m = model.Meeting
	return append(head("title", func(r *m) *model.Head { return &r.Head }),
		schema.Field("number", schema.Int(1, 999, "a number"), func(r *m) *int { return &r.Number }, required, "Which one it is."),
		schema.Field("hosts", refs(model.Cities, 0, 3), func(r *m) *[]model.Ref { return &r.Hosts }, 0, "The cities that hosted it."),
		schema.Field("venue", schema.Line(160), func(r *m) *string { return &r.Venue }, translated, "Where it was, when that is no member city."),
		schema.Field("dates", period(), func(r *m) *model.Period { return &r.Dates }, 0, "From when to when."),
		schema.Field("year", schema.Date(), func(r *m) *model.Date { return &r.Year }, 0, "The year, when the days are not known."),
		schema.Field("theme", schema.Line(200), func(r *m) *string { return &r.Theme }, translated, "Its theme."),
		schema.Field("participants", schema.Object([]schema.Key[model.Participants]{
			schema.Field("value", schema.Int(1, 100_000, "a number of people"), func(p *model.Participants) *int { return &p.Value }, required, "How many came."),
			schema.Field("note", schema.Line(200), func(p *model.Participants) *string { return &p.Note }, translated, "Such as: more than; 22 mayors among them."),
		}), func(r *m) *model.Participants { return &r.Participants }, 0, "Who came."),
		schema.Field("outcomes", schema.List(schema.Object([]schema.Key[model.Outcome]{
			schema.Field("title", schema.Line(300), func(o *model.Outcome) *string { return &o.Title }, required|translated, "What it brought."),
			schema.Field("kind", schema.Enum("declaration", "framework", "programme", "publication", "exhibition", "other"), func(o *model.Outcome) *string { return &o.Kind }, 0, "What it is."),
			schema.Field("url", schema.URL(), func(o *model.Outcome) *string { return &o.URL }, 0, "Its address."),
		}), 0, 30), func(r *m) *[]model.Outcome { return &r.Outcomes }, 0, "What it brought."),
		schema.Field("launched", schema.List(schema.Line(300), 0, 20), func(r *m) *[]string { return &r.Launched }, translated, "What began there."),
	)
}

// reportKeys is the table of a membership monitoring report. It has no title
// of its own: it is named by its city and year.
func reportKeys() []schema.Key[model.Report] {
	type p = model.Report
	keys := head("title", func(r *p) *model.Head { return &r.Head })
	keys[0] = schema.Field("title", schema.Line(120), func(r *p) *string { return &r.Name }, translated, "Only if it has one of its own.")
	return append(keys,
		schema.Field("city", schema.Ref(model.Cities, nil), func(r *p) *model.Ref { return &r.City }, required, "Whose report it is."),
		schema.Field("period", schema.Object([]schema.Key[model.Report]{
			schema.Field("from", schema.Date(), func(r *p) *model.Date { return &r.From }, required, "Its first year."),
			schema.Field("to", schema.Date(), func(r *p) *model.Date { return &r.To }, required, "Its last year."),
		}), func(r *p) *p { return r }, 0, "The years it covers."),
		schema.Field("submitted", schema.Date(), func(r *p) *model.Date { return &r.Submitted }, 0, "When it was handed in."),
		schema.Field("entity", schema.Line(200), func(r *p) *string { return &r.Entity }, 0, "Who wrote it."),
		schema.Field("sections", schema.As(schema.Map(schema.ID(), schema.Prose(20000), func(k, v string) [2]string { return [2]string{k, v} }), func(in [][2]string) map[string]string {
			out := map[string]string{}
			for _, kv := range in {
				out[kv[0]] = kv[1]
			}
			return out
		}), func(r *p) *map[string]string { return &r.Sections }, caution, "Its sections by id."),
		text("action_plan", func(r *p) *string { return &r.ActionPlan }, "The plan for the next four years."),
		schema.Field("file", schema.Line(200), func(r *p) *string { return &r.File }, 0, "The report itself, a PDF in static/."),
		schema.Field("goals", goals(), func(r *p) *[]model.GoalUse { return &r.Goals }, 0, "Goals it speaks of."),
	)
}
