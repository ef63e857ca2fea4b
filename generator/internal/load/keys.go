package load

import (
	"path"
	"regexp"
	"strings"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/model"
	"uccn/generator/internal/schema"
)

const (
	required   = schema.Required
	translated = schema.Translated
	caution    = schema.Caution
)

// The tables of keys. A key is one row here and one field in package model; the
// decoding, the checks, the JSON Schema and the reference page follow.

// head returns the rows that every type has. called is "name" or "title".
func head[R any](called string, of func(*R) *model.Head) []schema.Key[R] {
	return []schema.Key[R]{
		schema.Seen(schema.Field(called, schema.Line(120), func(r *R) *string { return &of(r).Name }, required|translated, "What it is called, as readers see it."), func(r *R) *diag.Pos { return &of(r).NameAt }),
		schema.Field("summary", schema.Summary(), func(r *R) *string { return &of(r).Summary }, translated, "Used on cards, in search results, in feeds. Missing: the first sentence of the body."),
		schema.Field("status", schema.Enum(model.Draft, model.Review, model.Published, model.Archived), func(r *R) *model.Status { return &of(r).Status }, 0, "How far the record is; published when not given. Drafts are built with --drafts only."),
		schema.Field("updated", schema.Date(), func(r *R) *model.Date { return &of(r).Updated }, 0, "When it was last changed in a way that readers should know."),
		schema.Field("sources", schema.List(sourceKind(), 0, 60), func(r *R) *[]model.Source { return &of(r).Sources }, 0, "Where its facts come from."),
		schema.Field("remarks", schema.List(schema.Prose(1000), 0, 20), func(r *R) *[]string { return &of(r).Remarks }, translated, "What a reader should know about its facts: differing sources, an inferred number."),
		schema.Field("provenance", provenance(), func(r *R) *model.Provenance { return &of(r).Origin }, 0, "Who supplied the text and who edited it."),
		schema.Field("images", schema.List(image(), 0, 60), func(r *R) *[]model.Image { return &of(r).Images }, 0, "Its pictures; the files stand beside the record."),
		schema.Field("aliases", schema.List(alias(), 0, 20), func(r *R) *[]model.Alias { return &of(r).Aliases }, 0, "Old addresses that lead here."),
		schema.Field("extra", schema.Free(), func(r *R) *map[string]any { return &of(r).Extra }, 0, "Anything else; handed to templates as it is."),
		schema.Field("translation", translation(), func(r *R) *model.Translation { return &of(r).Translation }, schema.OfTranslation, "Of a translation only: how it came about. The hash is written by uccn."),
	}
}

func sourceKind() schema.Kind[model.Source] {
	return schema.Object([]schema.Key[model.Source]{
		schema.Field("title", schema.Line(300), func(s *model.Source) *string { return &s.Title }, required, "Title of the page or document."),
		schema.Field("url", schema.URL(), func(s *model.Source) *string { return &s.URL }, 0, "Its address."),
		schema.Field("publisher", schema.Line(120), func(s *model.Source) *string { return &s.Publisher }, 0, "Who published it."),
		schema.Field("accessed", schema.Date(), func(s *model.Source) *model.Date { return &s.Accessed }, 0, "When it was read."),
	})
}

func translation() schema.Kind[model.Translation] {
	return schema.Object([]schema.Key[model.Translation]{
		schema.Field("of", schema.Raw("a hash"), func(t *model.Translation) *string { return &t.Of }, 0, "The hash of the original's texts that were translated."),
		schema.Seen(schema.Field("state", schema.Enum(model.Machine, model.Reviewed), func(t *model.Translation) *model.Translated { return &t.State }, required, "Whether a person has read it."), func(t *model.Translation) *diag.Pos { return &t.StateAt }),
	})
}

func provenance() schema.Kind[model.Provenance] {
	return schema.Object([]schema.Key[model.Provenance]{
		schema.Field("supplied_by", schema.Enum("city", "secretariat", "partner"), func(p *model.Provenance) *string { return &p.SuppliedBy }, 0, "Who sent the text in."),
		schema.Field("edited_by", schema.Line(120), func(p *model.Provenance) *string { return &p.EditedBy }, 0, "Who edited it."),
		schema.Field("as_of", schema.Date(), func(p *model.Provenance) *model.Date { return &p.AsOf }, 0, "The day it describes."),
	})
}

func alias() schema.Kind[model.Alias] {
	path := schema.Pattern(regexp.MustCompile(`^/([a-z0-9._~-]+/)*([a-z0-9._~-]+)?$`), "an address that begins with / such as /cities/old-name/", "bad-address")
	return schema.Placed(path, func(a *model.Alias, s string) { a.Path = s }, func(a *model.Alias) *diag.Pos { return &a.At })
}

func image() schema.Kind[model.Image] {
	licences := []string{"cc-by-sa-3.0-igo", "cc-by-4.0", "cc-by-sa-4.0", "cc0", "public-domain", "permission"}
	return schema.Object([]schema.Key[model.Image]{
		schema.Seen(schema.Field("src", schema.Line(200), func(i *model.Image) *string { return &i.Src }, required, "The file, beside the record."), func(i *model.Image) *diag.Pos { return &i.At }),
		schema.Field("alt", schema.Line(400), func(i *model.Image) *string { return &i.Alt }, translated, "What can be seen, for who cannot see it. Needed unless the picture is decorative."),
		schema.Field("decorative", schema.Bool(), func(i *model.Image) *bool { return &i.Decorative }, 0, "True when the picture says nothing that the text does not."),
		schema.Field("caption", schema.Line(400), func(i *model.Image) *string { return &i.Caption }, translated, "Printed below it."),
		schema.Field("credit", schema.Line(200), func(i *model.Image) *string { return &i.Credit }, required, "Who made it."),
		schema.Field("license", schema.Enum(licences...), func(i *model.Image) *string { return &i.License }, required, "Under which terms it may be used."),
		schema.Field("rights_holder", schema.Line(200), func(i *model.Image) *string { return &i.RightsHolder }, 0, "Who gave permission; needed with permission."),
		schema.Field("focus", schema.As(schema.Numbers(0, 1, "x", "y"), func(b model.Box) model.Point { return model.Point{X: b[0], Y: b[1]} }), func(i *model.Image) *model.Point { return &i.Focus }, 0, "The point that every crop keeps, from the left and the top."),
		schema.Field("role", schema.Enum("hero", "portrait", "gallery", "panel"), func(i *model.Image) *string { return &i.Role }, 0, "Where it is used."),
	}, checkImage)
}

func checkImage(c schema.Checker, i *model.Image) {
	if !c.Has("focus") {
		i.Focus = model.Point{X: 0.5, Y: 0.5}
	}
	switch stem := strings.TrimSuffix(i.Src, path.Ext(i.Src)); {
	case i.Alt == "" && !i.Decorative:
		c.Errorf("src", "missing-alt", "the picture has no words for who cannot see it").Hint = "add alt: with what can be seen, or decorative: true"
	case i.Alt != "" && (strings.EqualFold(i.Alt, i.Src) || strings.EqualFold(i.Alt, stem)):
		c.Errorf("alt", "alt-is-file-name", "the alternative text is the name of the file").Hint = "say what can be seen"
	}
	if i.Permission() && i.RightsHolder == "" {
		c.Errorf("license", "missing-rights-holder", "a picture shown by permission needs its rights_holder").Hint = "add rights_holder: with who gave the permission"
	}
}

func goals() schema.Kind[[]model.GoalUse] {
	number := schema.Ref(model.Goals, nil)
	full := schema.Object([]schema.Key[model.GoalUse]{
		schema.Field("goal", number, func(g *model.GoalUse) *model.Ref { return &g.Goal }, required, "The goal's number, 1 to 17."),
		schema.Field("targets", schema.List(schema.Raw("a target such as 11.4"), 0, 20), func(g *model.GoalUse) *[]string { return &g.Targets }, 0, "Targets of this goal."),
		schema.Field("note", schema.Line(400), func(g *model.GoalUse) *string { return &g.Note }, translated, "What is done for it."),
	})
	list := schema.List(schema.Or(full, number, func(g *model.GoalUse, r model.Ref) { g.Goal = r }), 0, 17)
	return schema.Distinct(list, func(g model.GoalUse) string { return g.Goal.ID })
}

func figures() schema.Kind[[]model.Figure] {
	return schema.List(schema.Object([]schema.Key[model.Figure]{
		schema.Field("label", schema.Line(160), func(f *model.Figure) *string { return &f.Label }, required|translated, "What is counted."),
		schema.Field("value", schema.Raw("a number"), func(f *model.Figure) *string { return &f.Value }, required, "How much."),
		schema.Field("unit", schema.Line(60), func(f *model.Figure) *string { return &f.Unit }, translated, "Of what."),
		schema.Field("baseline", schema.Raw("a number"), func(f *model.Figure) *string { return &f.Baseline }, 0, "How much it was before."),
		schema.Field("year", schema.Year(), func(f *model.Figure) *int { return &f.Year }, required, "When it was counted."),
		schema.Field("source", schema.Line(300), func(f *model.Figure) *string { return &f.Source }, 0, "Who says so."),
	}), 0, 60)
}

func contacts() schema.Kind[[]model.Contact] {
	return schema.List(schema.Object([]schema.Key[model.Contact]{
		schema.Field("role", schema.Enum("focal_point", "city_officer", "communication"), func(c *model.Contact) *string { return &c.Role }, required, "What for."),
		schema.Field("name", schema.Line(120), func(c *model.Contact) *string { return &c.Name }, 0, "The person."),
		schema.Field("organization", schema.Line(200), func(c *model.Contact) *string { return &c.Organization }, translated, "The office."),
		schema.Field("email", schema.Pattern(regexp.MustCompile(`^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$`), "an e-mail address", "bad-email"), func(c *model.Contact) *string { return &c.Email }, 0, "E-mail."),
		schema.Field("phone", schema.Pattern(regexp.MustCompile(`^\+[0-9][0-9 ()./-]{4,30}$`), "a telephone number that begins with +", "bad-phone"), func(c *model.Contact) *string { return &c.Phone }, 0, "Telephone."),
		schema.Field("publish", schema.Bool(), func(c *model.Contact) *bool { return &c.Publish }, 0, "True lets it be seen. Without it the contact never leaves the build."),
	}), 0, 10)
}

func partners() schema.Kind[[]model.Partner] {
	return schema.List(schema.Object([]schema.Key[model.Partner]{
		schema.Field("name", schema.Line(200), func(p *model.Partner) *string { return &p.Name }, required, "Its name."),
		schema.Field("kind", schema.Line(60), func(p *model.Partner) *string { return &p.Kind }, 0, "What it is: public, private, civil society, university …"),
		schema.Field("url", schema.URL(), func(p *model.Partner) *string { return &p.URL }, 0, "Its address."),
	}), 0, 60)
}

func period() schema.Kind[model.Period] {
	return schema.Object([]schema.Key[model.Period]{
		schema.Field("start", schema.Date(), func(p *model.Period) *model.Date { return &p.Start }, required, "When it began."),
		schema.Field("end", schema.Date(), func(p *model.Period) *model.Date { return &p.End }, 0, "When it ended."),
		schema.Field("ongoing", schema.Bool(), func(p *model.Period) *bool { return &p.Ongoing }, 0, "True while it goes on."),
	}, func(c schema.Checker, p *model.Period) {
		switch {
		case p.Ongoing && !p.End.IsZero():
			c.Errorf("ongoing", "ended-and-ongoing", "it cannot have an end and go on").Hint = "delete end or ongoing"
		case !p.End.IsZero() && p.End.Last().Compare(p.Start.First()) < 0:
			c.Errorf("end", "end-before-start", "it ends (%s) before it begins (%s)", p.End, p.Start).Hint = "were the two given the wrong way round?"
		}
	})
}

func text[R any](name string, at func(*R) *string, doc string) schema.Key[R] {
	return schema.Field(name, schema.Prose(6000), at, translated, doc)
}

func refs(t model.Type, low, high int) schema.Kind[[]model.Ref] {
	var fold func(string) string
	if t == model.Countries {
		fold = strings.ToLower
	}
	return schema.Distinct(schema.List(schema.Ref(t, fold), low, high), func(r model.Ref) string { return r.ID })
}
