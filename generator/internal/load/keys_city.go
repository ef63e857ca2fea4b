package load

import (
	"regexp"
	"strings"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/model"
	"uccn/generator/internal/schema"
)

// cityKeys is the table of a city.
func cityKeys() []schema.Key[model.City] {
	type c = model.City
	field, country := schema.Ref(model.Fields, nil), schema.Ref(model.Countries, strings.ToLower)
	return append(head("name", func(r *c) *model.Head { return &r.Head }),
		schema.Field("name_official", schema.Line(160), func(r *c) *string { return &r.NameOfficial }, translated, "The official form, used in lists."),
		schema.Field("name_local", schema.Map(schema.Lang(), schema.Line(120), func(lang, s string) model.LocalName { return model.LocalName{Lang: lang, Text: s} }), func(r *c) *[]model.LocalName { return &r.NameLocal }, 0, "The name in languages of the place."),
		schema.Field("names_former", schema.List(formerName(), 0, 20), func(r *c) *[]model.FormerName { return &r.NamesFormer }, 0, "Names it had before."),
		schema.Field("country", country, func(r *c) *model.Ref { return &r.Country }, required, "ISO 3166-1 code of two letters."),
		schema.Field("field", field, func(r *c) *model.Ref { return &r.Field }, required, "Its creative field."),
		schema.Field("fields_former", schema.List(schema.Object([]schema.Key[model.FormerField]{
			schema.Field("field", field, func(f *model.FormerField) *model.Ref { return &f.Field }, required, "The field it had."),
			schema.Field("until", schema.Date(), func(f *model.FormerField) *model.Date { return &f.Until }, required, "When it changed."),
		}), 0, 5), func(r *c) *[]model.FormerField { return &r.FieldsFormer }, 0, "Fields it had before; an edition shows the field of its date."),
		schema.Field("designated", schema.Checked(schema.Date(), "out-of-range", notBeforeNetwork), func(r *c) *model.Date { return &r.Designated }, required, "When it joined the Network."),
		schema.Field("membership", schema.Object([]schema.Key[model.Membership]{
			schema.Field("status", schema.Enum("member", "withdrawn", "suspended"), func(m *model.Membership) *string { return &m.Status }, required, "Whether it is a member now."),
			schema.Field("until", schema.Date(), func(m *model.Membership) *model.Date { return &m.Until }, 0, "When membership ended."),
		}), func(r *c) *model.Membership { return &r.Membership }, 0, "Only when it is no longer a full member."),
		schema.Seen(schema.Field("location", schema.Object([]schema.Key[model.Location]{
			schema.Field("lat", schema.Number(-90, 90, "a latitude such as 51.77"), func(l *model.Location) *float64 { return &l.Lat }, required, "Degrees north of the equator."),
			schema.Field("lon", schema.Number(-180, 180, "a longitude such as 19.47"), func(l *model.Location) *float64 { return &l.Lon }, required, "Degrees east of Greenwich."),
		}), func(r *c) *model.Location { return &r.Location }, required, "Where it is."), func(r *c) *diag.Pos { return &r.LocationAt }),
		schema.Field("region", schema.Ref(model.Regions, nil), func(r *c) *model.Ref { return &r.Region }, 0, "Only where it differs from its country's."),
		schema.Field("population", schema.Object([]schema.Key[model.Population]{
			schema.Field("value", schema.Int(1, 100_000_000, "a number of people"), func(p *model.Population) *int { return &p.Value }, required, "How many people live there."),
			schema.Field("year", schema.Year(), func(p *model.Population) *int { return &p.Year }, 0, "When they were counted, if known."),
			schema.Field("scope", schema.Enum("municipality", "metropolitan"), func(p *model.Population) *string { return &p.Scope }, 0, "Of which area."),
			schema.Field("source", schema.Line(200), func(p *model.Population) *string { return &p.Source }, required, "Who says so."),
		}), func(r *c) *model.Population { return &r.Population }, 0, "Its inhabitants."),
		schema.Field("goals", goals(), func(r *c) *[]model.GoalUse { return &r.Goals }, 0, "Goals of the 2030 Agenda it works on."),
		schema.Field("sub_fields", schema.Distinct(schema.List(schema.ID(), 0, 20), func(s string) string { return s }), func(r *c) *[]string { return &r.SubFields }, 0, "Ids from its field's own list."),
		schema.Field("assets", schema.List(schema.Object([]schema.Key[model.Asset]{
			schema.Field("name", schema.Line(160), func(a *model.Asset) *string { return &a.Name }, required|translated, "What it is called."),
			schema.Field("kind", schema.Enum("institution", "venue", "festival", "school", "market", "industry", "heritage"), func(a *model.Asset) *string { return &a.Kind }, required, "What it is."),
			schema.Field("url", schema.URL(), func(a *model.Asset) *string { return &a.URL }, 0, "Its address."),
		}), 0, 60), func(r *c) *[]model.Asset { return &r.Assets }, 0, "Creative assets."),
		schema.Field("events", schema.List(schema.Object([]schema.Key[model.Event]{
			schema.Field("name", schema.Line(160), func(e *model.Event) *string { return &e.Name }, required|translated, "What it is called."),
			schema.Field("when", schema.Line(80), func(e *model.Event) *string { return &e.When }, 0, "When it takes place."),
			schema.Field("url", schema.URL(), func(e *model.Event) *string { return &e.URL }, 0, "Its address."),
		}), 0, 60), func(r *c) *[]model.Event { return &r.Events }, 0, "Recurring events."),
		schema.Field("figures", figures(), func(r *c) *[]model.Figure { return &r.Figures }, 0, "Numbers, each with its year."),
		schema.Field("commitments", schema.List(schema.Prose(1000), 0, 20), func(r *c) *[]string { return &r.Commitments }, translated|caution, "What the city envisages."),
		schema.Field("cooperates_with", schema.List(schema.Object([]schema.Key[model.Cooperation]{
			schema.Field("city", schema.Ref(model.Cities, nil), func(x *model.Cooperation) *model.Ref { return &x.City }, required, "The other city."),
			schema.Field("topic", schema.Line(200), func(x *model.Cooperation) *string { return &x.Topic }, translated, "On what."),
			schema.Field("since", schema.Date(), func(x *model.Cooperation) *model.Date { return &x.Since }, 0, "Since when."),
			schema.Field("url", schema.URL(), func(x *model.Cooperation) *string { return &x.URL }, 0, "Where to read of it."),
		}), 0, 60), func(r *c) *[]model.Cooperation { return &r.Cooperates }, 0, "Other cities it works with; the other side follows by itself."),
		schema.Field("contacts", contacts(), func(r *c) *[]model.Contact { return &r.Contacts }, 0, "Never published unless publish: true."),
		schema.Field("links", schema.Object([]schema.Key[model.City]{
			schema.Field("website", schema.URL(), func(r *c) *string { return &r.Website }, 0, "The city's own site on its membership."),
			schema.Field("network_page", schema.URL(), func(r *c) *string { return &r.NetworkPage }, 0, "Its page at UNESCO."),
			schema.Field("social", social(), func(r *c) *[]model.Social { return &r.Social }, 0, "Its accounts."),
		}), func(r *c) *c { return r }, 0, "Where to read on."),
		schema.Field("ids", schema.Object([]schema.Key[model.City]{
			schema.Field("wikidata", schema.Pattern(regexp.MustCompile(`^Q[1-9][0-9]*$`), "an id such as Q580", "bad-id"), func(r *c) *string { return &r.Wikidata }, 0, "Its id in Wikidata."),
			schema.Field("geonames", schema.Int(1, 1_000_000_000, "a number"), func(r *c) *int { return &r.GeoNames }, 0, "Its id in GeoNames."),
		}), func(r *c) *c { return r }, 0, "Its ids elsewhere."),
	)
}

func formerName() schema.Kind[model.FormerName] {
	return schema.Object([]schema.Key[model.FormerName]{
		schema.Field("name", schema.Line(160), func(f *model.FormerName) *string { return &f.Name }, required|translated, "The name it had."),
		schema.Field("until", schema.Date(), func(f *model.FormerName) *model.Date { return &f.Until }, required, "When it changed."),
	})
}

func social() schema.Kind[[]model.Social] {
	return schema.Map(schema.ID(), schema.URL(), func(service, url string) model.Social { return model.Social{Service: service, URL: url} })
}

func notBeforeNetwork(d model.Date) (message, hint string) {
	if d.Year < 2004 {
		return "the Network began in 2004", "give the year in which the city was designated"
	}
	return "", ""
}
