// Package told is what books tell of a record beside its text, in the words of
// their language: on paper and on screens alike. It knows no page and no markup.
package told

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/model"
	"uccn/generator/internal/theme"
)

// A Part is a named part of what a record says: a paragraph, or several lines.
type Part struct {
	Title string
	Lines []string
}

// parts collects those that say something.
type parts struct {
	w    *theme.Words
	list []Part
}

func (p *parts) add(key string, lines ...string) {
	if len(lines) > 0 && lines[0] != "" {
		p.list = append(p.list, Part{p.w.T(key), lines})
	}
}

// City returns the parts of a city: its figures, what it has set out to do, its
// assets and its events.
func City(w *theme.Words, c *model.City) []Part {
	p := &parts{w: w}
	p.add("figures.heading", figures(w, c.Figures)...)
	p.add("city.commitments", c.Commitments...)
	var assets, events []string
	for _, a := range c.Assets {
		assets = append(assets, noted(a.Name, w.T("asset."+a.Kind)))
	}
	for _, e := range c.Events {
		events = append(events, noted(e.Name, e.When))
	}
	p.add("city.assets", assets...)
	p.add("city.events", events...)
	return p.list
}

// Practice returns the parts of a practice, from the challenge to the budget.
func Practice(w *theme.Words, x *model.Practice) []Part {
	p := &parts{w: w}
	p.add("part.challenge", x.Challenge)
	p.add("part.objectives", brief(w, x.Objectives)...)
	p.add("part.actions", x.Actions...)
	p.add("practice.results", figures(w, x.Results)...)
	p.add("part.lessons", x.Lessons)
	p.add("part.transferability", x.Transferability)
	p.add("part.beneficiaries", brief(w, x.Beneficiaries)...)
	p.add("part.partners", partners(w, x.Partners))
	if b := x.Budget; b.Amount > 0 {
		text := w.Number(int(math.Round(b.Amount))) + "\u00a0" + b.Currency
		if b.Year > 0 {
			text += " (" + w.Year(b.Year) + ")"
		}
		p.add("practice.budget", text)
	}
	return p.list
}

// CaseStudy returns the parts of a case study.
func CaseStudy(w *theme.Words, x *model.CaseStudy) []Part {
	p := &parts{w: w}
	p.add("part.problem", x.Problem)
	p.add("part.innovation", x.Innovation)
	p.add("part.process", x.Process)
	p.add("part.impact", x.Impact)
	p.add("practice.results", figures(w, x.Indicators)...)
	p.add("part.replicable_in", brief(w, x.ReplicableIn)...)
	p.add("part.partners", partners(w, x.Partners))
	return p.list
}

// figures are numbers as lines.
func figures(w *theme.Words, list []model.Figure) []string {
	var out []string
	for _, f := range list {
		v := strings.TrimSpace(f.Value + " " + f.Unit)
		if f.Year > 0 {
			v += " (" + w.Year(f.Year) + ")"
		}
		if f.Baseline != "" {
			v = w.T("figures.before", v, f.Baseline)
		}
		out = append(out, f.Label+": "+v)
	}
	return out
}

// brief joins keywords in one line; of sentences each keeps its own.
func brief(w *theme.Words, list []string) []string {
	const keyword = 40
	for _, x := range list {
		if utf8.RuneCountInString(x) > keyword {
			return list
		}
	}
	if len(list) < 2 {
		return list
	}
	return []string{strings.Join(list, w.T("list_comma"))}
}

// partners are organisations on one line.
func partners(w *theme.Words, list []model.Partner) string {
	names := make([]string, len(list))
	for i, x := range list {
		names[i] = x.Name
	}
	return strings.Join(names, w.T("list_comma"))
}

// noted is a name with a note in brackets.
func noted(name, note string) string {
	if note == "" {
		return name
	}
	return name + " (" + note + ")"
}

// Hero is the picture that a record shows first.
func Hero(h *model.Head) (model.Image, bool) {
	for _, i := range h.Images {
		if i.Role == "hero" {
			return i, true
		}
	}
	if len(h.Images) > 0 && h.Images[0].Role != "panel" {
		return h.Images[0], true
	}
	return model.Image{}, false
}

// Goals are those that a city names or, when it names none, those of its works.
func Goals(n *derive.Network, c *derive.City) []*derive.Goal {
	on := map[string]bool{}
	uses := c.Goals
	if len(uses) == 0 {
		for _, w := range c.Practices {
			uses = append(uses, w.Practice.Goals...)
		}
		for _, s := range c.CaseStudies {
			uses = append(uses, s.CaseStudy.Goals...)
		}
	}
	for _, u := range uses {
		on[u.Goal.ID] = true
	}
	var out []*derive.Goal
	for _, g := range n.Goals {
		if on[g.ID] {
			out = append(out, g)
		}
	}
	return out
}

// Degrees writes a place.
func Degrees(l model.Location) string {
	ns, ew := "N", "E"
	if l.Lat < 0 {
		ns = "S"
	}
	if l.Lon < 0 {
		ew = "W"
	}
	return fmt.Sprintf("%.2f°\u00a0%s, %.2f°\u00a0%s", math.Abs(l.Lat), ns, math.Abs(l.Lon), ew)
}

// Sources names where the facts of a record come from, "" when it does not say.
func Sources(w *theme.Words, h *model.Head) string {
	var list []string
	for _, x := range h.Sources {
		t := x.Title
		if x.Publisher != "" && x.Publisher != x.Title {
			t += " (" + x.Publisher + ")"
		}
		list = append(list, t)
	}
	if len(list) == 0 {
		return ""
	}
	return w.T("book.sources", strings.Join(list, "; "))
}

// Origin says who supplied and who edited a text, as far as that is known.
func Origin(w *theme.Words, h *model.Head) string {
	o := h.Origin
	var list []string
	if o.SuppliedBy != "" {
		list = append(list, w.T("origin.supplied."+o.SuppliedBy))
	}
	if o.EditedBy != "" {
		list = append(list, w.T("origin.edited", o.EditedBy))
	}
	if !o.AsOf.IsZero() {
		list = append(list, w.T("origin.as_of", w.Date(o.AsOf)))
	}
	if h.Translation.State == model.Machine && w.Has("notice.machine") {
		list = append(list, w.T("notice.machine"))
	}
	return strings.Join(list, " ")
}

// InTurn chooses at most n cities of the edition for a cover, one field after the
// other, from all parts of the alphabet.
func InTurn(net *derive.Network, n int) []*derive.City {
	var out []*derive.City
	fields := slices.DeleteFunc(slices.Clone(net.Fields), func(f *derive.Field) bool { return len(f.Cities) == 0 })
	rounds := n/max(1, len(fields)) + 1
	for round := range rounds {
		for i, f := range fields {
			c := f.Cities[(round*len(f.Cities)/rounds+i*3)%len(f.Cities)]
			if len(out) < n && !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out
}

// Longest is the longest word of a title, for which its letters must be small
// enough.
func Longest(title string) string {
	out := ""
	for w := range strings.FieldsSeq(title) {
		if len(w) > len(out) {
			out = w
		}
	}
	return out
}
