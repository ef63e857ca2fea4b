package load

import (
	"fmt"
	"math"
	"regexp"
	"strings"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/model"
	"uccn/generator/internal/schema"
)

// editionKeys is the table of an edition.
func editionKeys() []schema.Key[model.Edition] {
	type e = model.Edition
	return append(head("title", func(r *e) *model.Head { return &r.Head }),
		schema.Field("subtitle", schema.Line(200), func(r *e) *string { return &r.Subtitle }, translated, "Below the title."),
		schema.Field("year", schema.Year(), func(r *e) *int { return &r.Year }, required, "Its year."),
		schema.Field("as_of", schema.Date(), func(r *e) *model.Date { return &r.AsOf }, required, "The day whose Network it shows."),
		schema.Field("languages", schema.List(schema.Lang(), 0, 20), func(r *e) *[]string { return &r.Languages }, 0, "The languages it is made in; the site's when not given."),
		schema.Field("isbn", schema.Checked(schema.Line(20), "bad-isbn", checkISBN), func(r *e) *string { return &r.ISBN }, 0, "ISBN of 13 digits."),
		schema.Field("publisher", schema.Line(160), func(r *e) *string { return &r.Publisher }, 0, "Who publishes it."),
		schema.Field("licence", schema.Line(300), func(r *e) *string { return &r.Licence }, translated, "Under which terms its texts may be used."),
		schema.Field("disclaimers", schema.List(schema.Prose(2000), 0, 10), func(r *e) *[]string { return &r.Disclaimers }, translated, "What must be said in it."),
		text("provenance_note", func(r *e) *string { return &r.ProvenanceNote }, "Where its texts come from."),
		schema.Field("credits", schema.List(schema.Object([]schema.Key[model.Credit]{
			schema.Field("role", schema.Line(120), func(c *model.Credit) *string { return &c.Role }, required|translated, "What was done."),
			schema.Field("name", schema.Line(200), func(c *model.Credit) *string { return &c.Name }, required, "By whom."),
		}), 0, 60), func(r *e) *[]model.Credit { return &r.Credits }, 0, "Who made it."),
		schema.Field("forewords", schema.List(schema.Object([]schema.Key[model.Foreword]{
			schema.Field("author", schema.Line(120), func(f *model.Foreword) *string { return &f.Author }, required, "Who wrote it."),
			schema.Field("role", schema.Line(200), func(f *model.Foreword) *string { return &f.Role }, translated, "In which function."),
			schema.Field("text", schema.Prose(20000), func(f *model.Foreword) *string { return &f.Text }, required|translated, "Its paragraphs."),
		}), 0, 10), func(r *e) *[]model.Foreword { return &r.Forewords }, 0, "Forewords; the pictures in images whose role is portrait stand beside them, in the same order."),
		schema.Field("order", schema.Enum("field", "country", "name", "region"), func(r *e) *string { return &r.Order }, 0, "How the cities follow each other; by field when not given."),
		schema.Field("expect", expect("cities", "countries", "practices"), func(r *e) *model.Expect { return &r.Expect }, 0, "What the edition must count; the build fails when it does not."),
		schema.Field("page", pageSize("A5", "A4", "A6", "B5", "US-Letter", "US-Digest"), func(r *e) *model.PageSize { return &r.Page }, 0, "The paper; A5 when not given."),
		schema.Field("outputs", schema.List(schema.Enum("pdf", "print", "epub"), 0, 3), func(r *e) *[]string { return &r.Outputs }, 0, "What is made of it; all when not given."),
	)
}

// checkISBN tests the check digit of an ISBN-13 (ISO 2108).
func checkISBN(s string) (message, hint string) {
	digits := strings.NewReplacer("-", "", " ", "").Replace(s)
	if len(digits) != 13 || strings.Trim(digits, "0123456789") != "" {
		return "an ISBN has 13 digits, with hyphens between their groups", "copy it from the notice of the agency"
	}
	sum := 0
	for i, c := range digits {
		sum += int(c-'0') * (1 + 2*(i%2))
	}
	if sum%10 != 0 {
		return "the check digit of this ISBN is wrong", "a digit was mistyped or two were swapped"
	}
	return "", ""
}

func expect(keys ...string) schema.Kind[model.Expect] {
	at := map[string]func(*model.Expect) *int{
		"cities":    func(e *model.Expect) *int { return &e.Cities },
		"countries": func(e *model.Expect) *int { return &e.Countries },
		"practices": func(e *model.Expect) *int { return &e.Practices },
	}
	var rows []schema.Key[model.Expect]
	for _, k := range keys {
		rows = append(rows, schema.Seen(schema.Field(k, schema.Int(1, 100_000, "a number"), at[k], 0, "How many "+k+"."), func(e *model.Expect) *diag.Pos { return e.Place(k) }))
	}
	return schema.Object(rows)
}

func pageSize(sizes ...string) schema.Kind[model.PageSize] {
	return schema.Object([]schema.Key[model.PageSize]{
		schema.Field("size", schema.Enum(sizes...), func(p *model.PageSize) *string { return &p.Size }, 0, "The paper."),
		schema.Field("bleed", schema.Number(0, 20, "millimetres"), func(p *model.PageSize) *float64 { return &p.Bleed }, 0, "How far colour runs over the edge, in millimetres."),
		schema.Field("marks", schema.Bool(), func(p *model.PageSize) *bool { return &p.Marks }, 0, "Whether crop marks are printed."),
	})
}

// exhibitionKeys is the table of an exhibition.
func exhibitionKeys() []schema.Key[model.Exhibition] {
	type x = model.Exhibition
	return append(head("title", func(r *x) *model.Head { return &r.Head }),
		schema.Field("launched_at", schema.Ref(model.Meetings, nil), func(r *x) *model.Ref { return &r.LaunchedAt }, 0, "The meeting where it opened."),
		schema.Field("reported", expect("practices", "cities"), func(r *x) *model.Expect { return &r.Reported }, 0, "Figures its organisers gave: printed, not asserted."),
		schema.Field("expect", expect("practices", "cities"), func(r *x) *model.Expect { return &r.Expect }, 0, "What it must count; the build fails when it does not."),
		schema.Field("rooms", schema.List(schema.Object([]schema.Key[model.Room]{
			schema.Field("title", schema.Line(120), func(o *model.Room) *string { return &o.Title }, required|translated, "What the room is called."),
			schema.Field("query", query(), func(o *model.Room) *model.Query { return &o.Query }, required, "Which of the exhibition's works hang in it."),
			schema.Field("intro", schema.Prose(1200), func(o *model.Room) *string { return &o.Intro }, translated, "The text at its door."),
		}), 0, 40), func(r *x) *[]model.Room { return &r.Rooms }, 0, "Its rooms, in the order of the walk."),
		schema.Field("tours", schema.List(schema.Object([]schema.Key[model.Tour]{
			schema.Field("id", schema.ID(), func(t *model.Tour) *string { return &t.ID }, 0, "Its address; made of the title when not given."),
			schema.Field("title", schema.Line(120), func(t *model.Tour) *string { return &t.Title }, required|translated, "What the tour is called."),
			schema.Field("intro", schema.Prose(1200), func(t *model.Tour) *string { return &t.Intro }, translated, "Where it leads."),
			schema.Field("stops", schema.List(schema.Object([]schema.Key[model.TourStop]{
				schema.Field("practice", schema.Ref(model.Practices, nil), func(s *model.TourStop) *model.Ref { return &s.Practice }, required, "The work."),
				schema.Field("text", schema.Prose(1200), func(s *model.TourStop) *string { return &s.Text }, translated, "What the guide says."),
			}), 1, 60), func(t *model.Tour) *[]model.TourStop { return &t.Stops }, required, "Its stops."),
		}), 0, 20), func(r *x) *[]model.Tour { return &r.Tours }, 0, "Guided tours."),
		schema.Field("kiosk", schema.Object([]schema.Key[model.Kiosk]{
			schema.Field("idle_seconds", schema.Int(10, 3600, "seconds"), func(k *model.Kiosk) *int { return &k.IdleSeconds }, 0, "After how long without a touch it begins again."),
			schema.Field("languages", schema.List(schema.Lang(), 0, 20), func(k *model.Kiosk) *[]string { return &k.Languages }, 0, "Its languages."),
		}), func(r *x) *model.Kiosk { return &r.Kiosk }, 0, "The screen in the hall."),
		schema.Field("panels", pageSize("A0", "A1", "A2", "A3"), func(r *x) *model.PageSize { return &r.Panels }, 0, "The printed panels."),
	)
}

func query() schema.Kind[model.Query] {
	type q = model.Query
	return schema.Object([]schema.Key[q]{
		schema.Field("fields", refs(model.Fields, 1, 20), func(r *q) *[]model.Ref { return &r.Fields }, 0, "Of any of these fields."),
		schema.Field("regions", refs(model.Regions, 1, 20), func(r *q) *[]model.Ref { return &r.Regions }, 0, "Of any of these regions."),
		schema.Field("countries", refs(model.Countries, 1, 250), func(r *q) *[]model.Ref { return &r.Countries }, 0, "Of any of these countries."),
		schema.Field("goals", refs(model.Goals, 1, 17), func(r *q) *[]model.Ref { return &r.Goals }, 0, "For any of these goals."),
		schema.Field("themes", refs(model.Themes, 1, 20), func(r *q) *[]model.Ref { return &r.Themes }, 0, "On any of these themes."),
		schema.Field("practices", refs(model.Practices, 1, 500), func(r *q) *[]model.Ref { return &r.Practices }, 0, "These practices."),
		schema.Field("cities", refs(model.Cities, 1, 500), func(r *q) *[]model.Ref { return &r.Cities }, 0, "Of any of these cities."),
	})
}

// networkKeys is the table of a network of cities.
func networkKeys() []schema.Key[model.Network] {
	type n = model.Network
	return append(head("name", func(r *n) *model.Head { return &r.Head }),
		schema.Field("acronym", schema.Line(30), func(r *n) *string { return &r.Acronym }, 0, "Its short name."),
		schema.Field("kind", schema.Enum("field", "national", "regional", "partner"), func(r *n) *string { return &r.Kind }, required, "What binds its members, or partner."),
		schema.Field("coordinators", schema.List(schema.Object([]schema.Key[model.Coordinator]{
			schema.Field("city", schema.Ref(model.Cities, nil), func(c *model.Coordinator) *model.Ref { return &c.City }, required, "The city."),
			schema.Field("role", schema.Enum("coordinator", "deputy"), func(c *model.Coordinator) *string { return &c.Role }, required, "Its part."),
			schema.Field("from", schema.Date(), func(c *model.Coordinator) *model.Date { return &c.From }, 0, "Since when."),
			schema.Field("to", schema.Date(), func(c *model.Coordinator) *model.Date { return &c.To }, 0, "Until when."),
		}), 0, 40), func(r *n) *[]model.Coordinator { return &r.Coordinators }, 0, "Cities that lead it."),
		schema.Field("members", refs(model.Cities, 0, 1000), func(r *n) *[]model.Ref { return &r.Members }, 0, "Its members among our cities."),
		schema.Field("query", query(), func(r *n) *model.Query { return &r.Query }, 0, "Or the rule that finds them."),
		schema.Field("website", schema.URL(), func(r *n) *string { return &r.Website }, 0, "Its address."),
	)
}

// fieldKeys is the table of a creative field.
func fieldKeys() []schema.Key[model.Field] {
	type f = model.Field
	return append(head("name", func(r *f) *model.Head { return &r.Head }),
		schema.Field("city_label", schema.Line(120), func(r *f) *string { return &r.CityLabel }, translated, "What one of its cities is called: City of Design."),
		schema.Field("colour", schema.Checked(schema.Colour(), "low-contrast", checkContrast), func(r *f) *string { return &r.Colour }, required, "Its colour, dark enough to be read on paper."),
		schema.Field("pattern", schema.Enum("weave", "discs", "frames", "bowls", "lines", "cells", "strings", "plan"), func(r *f) *string { return &r.Pattern }, 0, "The motif of its plates."),
		schema.Field("since", schema.Year(), func(r *f) *int { return &r.Since }, 0, "The year it joined; editions before it do not show it."),
		schema.Field("order", schema.Int(0, 999, "a number"), func(r *f) *int { return &r.Order }, 0, "Its place among the fields."),
		schema.Field("sub_fields", schema.List(schema.Object([]schema.Key[model.SubField]{
			schema.Field("id", schema.ID(), func(s *model.SubField) *string { return &s.ID }, required, "Its id."),
			schema.Field("name", schema.Line(120), func(s *model.SubField) *string { return &s.Name }, required|translated, "What it is called."),
		}), 0, 60), func(r *f) *[]model.SubField { return &r.SubFields }, 0, "Its parts, such as pottery."),
	)
}

func regionKeys() []schema.Key[model.Region] {
	return append(head("name", func(r *model.Region) *model.Head { return &r.Head }),
		schema.Field("order", schema.Int(0, 999, "a number"), func(r *model.Region) *int { return &r.Order }, 0, "Its place among the regions."))
}

func countryKeys() []schema.Key[model.Country] {
	type c = model.Country
	return append(head("name", func(r *c) *model.Head { return &r.Head }),
		schema.Field("names_by_edition", schema.List(formerName(), 0, 10), func(r *c) *[]model.FormerName { return &r.NamesByEdition }, 0, "Names it had; an edition shows the name of its date."),
		schema.Field("region", schema.Ref(model.Regions, nil), func(r *c) *model.Ref { return &r.Region }, required, "Its region."),
		schema.Field("box", schema.Numbers(-180, 180, "west", "south", "east", "north"), func(r *c) *model.Box { return &r.Box }, 0, "Its bounds in degrees; a city outside them is asked about. West may be greater than east, across the 180th meridian."))
}

func goalKeys() []schema.Key[model.Goal] {
	type g = model.Goal
	return append(head("title", func(r *g) *model.Head { return &r.Head }),
		schema.Field("colour", schema.Colour(), func(r *g) *string { return &r.Colour }, required, "Its colour."),
		schema.Field("targets", schema.List(schema.Object([]schema.Key[model.Target]{
			schema.Field("code", schema.Pattern(regexp.MustCompile(`^\d{1,2}\.[0-9a-z]{1,2}$`), "a target such as 11.4", "bad-target"), func(t *model.Target) *string { return &t.Code }, required, "Its code."),
			schema.Field("text", schema.Line(400), func(t *model.Target) *string { return &t.Text }, required|translated, "What it asks."),
		}), 0, 40), func(r *g) *[]model.Target { return &r.Targets }, 0, "Its targets."))
}

func themeKeys() []schema.Key[model.Theme] {
	type t = model.Theme
	return append(head("name", func(r *t) *model.Head { return &r.Head }),
		schema.Field("scheme", schema.Enum("lab2030", "custom"), func(r *t) *string { return &r.Scheme }, required, "To which list it belongs."),
		schema.Field("order", schema.Int(0, 999, "a number"), func(r *t) *int { return &r.Order }, 0, "Its place in the list."))
}

func pageKeys() []schema.Key[model.Page] {
	type p = model.Page
	return append(head("title", func(r *p) *model.Head { return &r.Head }),
		schema.Field("nav", schema.Object([]schema.Key[p]{
			schema.Field("menu", schema.Enum("main", "about", "footer"), func(r *p) *string { return &r.Menu }, required, "In which menu it stands."),
			schema.Field("order", schema.Int(0, 999, "a number"), func(r *p) *int { return &r.Order }, 0, "Where in it."),
		}), func(r *p) *p { return r }, 0, "Its place in the menus."),
		schema.Field("layout", schema.Enum(model.Monitoring), func(r *p) *string { return &r.Layout }, 0, "What stands below its text: monitoring for the calendar of the cities' reports."))
}

func newsKeys() []schema.Key[model.News] {
	type n = model.News
	return append(head("title", func(r *n) *model.Head { return &r.Head }),
		schema.Field("date", schema.Date(), func(r *n) *model.Date { return &r.Date }, required, "When it happened."),
		schema.Field("cities", refs(model.Cities, 0, 60), func(r *n) *[]model.Ref { return &r.Cities }, 0, "Whom it is about."))
}

// checkContrast asks for 4.5:1 of the colour against the theme's paper, so that
// it can be read as text (WCAG 2.2, 1.4.3).
func checkContrast(colour string) (message, hint string) {
	const paper = "#f7f8f7"
	if c := contrast(colour, paper); c < 4.5 {
		return fmt.Sprintf("%s has a contrast of %.1f:1 on paper; readable text needs 4.5:1", colour, c), "choose a darker tone of it"
	}
	return "", ""
}

// contrast returns the contrast ratio of two colours #rrggbb as WCAG 2.2
// defines it, 1 to 21.
func contrast(a, b string) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(colour string) float64 {
	var rgb [3]uint8
	fmt.Sscanf(colour, "#%02x%02x%02x", &rgb[0], &rgb[1], &rgb[2])
	var l float64
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v := float64(rgb[i]) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		l += weight * v
	}
	return l
}
