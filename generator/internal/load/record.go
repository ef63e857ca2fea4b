package load

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/markdown/typography"
	"uccn/generator/internal/model"
	"uccn/generator/internal/schema"
	"uccn/generator/internal/source"
)

func validID(id string) bool { return schema.IsID(id) }

// result is one record in each of the site's languages.
type result struct {
	records  []model.Record // nil where there is nothing to show
	problems diag.List
}

// readGroup makes a record of the texts of its files.
func readGroup(g group, o Options) result {
	res := result{records: make([]model.Record, len(o.Languages))}
	if g.original == "" {
		for _, lang := range slices.Sorted(maps.Keys(g.translations)) {
			res.problems.Errorf(diag.Pos{Path: g.translations[lang]}, "no-original", "this translation has no original").Hint = fmt.Sprintf("write %s/%s/%s.md, or delete this file", Dir, g.table.typ, g.id)
		}
		return res
	}
	base, dl := g.readOriginal(g.language(o), o.Today)
	h := base.Of()
	if h.Status == model.Draft {
		dl = dl.Soften()
	}
	res.problems = dl
	for i, lang := range o.Languages {
		if lang == h.Lang {
			res.records[i] = base
			continue
		}
		path, given := g.translations[lang]
		if !given || h.Broken {
			rec := g.table.clone(base)
			rec.Of().Translation.State = model.Missing
			res.records[i] = rec
			continue
		}
		rec, dl := g.readTranslation(base, path, lang)
		if h.Status == model.Draft {
			dl = dl.Soften()
		}
		res.problems = append(res.problems, dl...)
		res.records[i] = rec
	}
	return res
}

// language is the one that the group's original is in.
func (g group) language(o Options) string {
	if g.shipped {
		return shippedIn
	}
	return o.Languages[0]
}

// parse takes a file apart as far as its keys. d is nil when that is not possible.
func (g group) parse(path, lang string, translating bool) (f source.File, d *schema.Decoder, dl diag.List) {
	t := g.texts[path]
	dl = slices.Clone(t.problems)
	if dl.HasErrors() {
		return f, nil, dl
	}
	f, more := source.Split(path, t.text)
	dl = append(dl, more...)
	if dl.HasErrors() {
		return f, nil, dl
	}
	d, ok := schema.NewDecoder(f, translating)
	if !ok {
		return f, nil, append(dl, d.Problems...)
	}
	d.Typeset = func(s string) string { return typography.Plain(lang, s) }
	return f, d, dl
}

func (g group) readOriginal(lang string, today model.Date) (model.Record, diag.List) {
	rec := g.table.make()
	h := rec.Of()
	h.Type, h.ID, h.At = g.table.typ, g.id, diag.Pos{Path: g.original}
	h.Lang, h.Status, h.Shipped = lang, model.Published, g.shipped
	f, d, dl := g.parse(g.original, h.Lang, false)
	if d == nil {
		h.Broken = true
		return rec, dl
	}
	g.table.read(d, rec)
	g.table.check(d, rec)
	if at, given := d.KeyAt("translation"); given {
		d.Problems.Errorf(at, "bad-translation", "this is the original, and so no translation").Hint = "delete the key, or name the file with its language: " + g.id + ".fr.md"
	}
	if h.Updated.First().Compare(today) > 0 && !h.Updated.IsZero() && !today.IsZero() {
		p := d.Problems.Errorf(d.At("updated"), "in-the-future", "%s is later than today, %s", h.Updated, today)
		p.Len, p.Hint = d.Width("updated"), "give the day of the last change"
	}
	h.Body = model.Text{Source: f.Body, At: f.BodyAt, Lang: h.Lang}
	if len(g.translations) > 0 { // which say what they translate
		h.TextHash = d.TextHash(f.Body)
	}
	h.Links, h.Broken = d.Links, d.Problems.HasErrors()
	return rec, append(dl, d.Problems...)
}

// readTranslation copies base and puts the translated texts in their places.
func (g group) readTranslation(base model.Record, path, lang string) (model.Record, diag.List) {
	rec := g.table.clone(base)
	h, original := rec.Of(), base.Of()
	h.Translation.State = model.Missing
	f, d, dl := g.parse(path, lang, true)
	if d == nil {
		return rec, dl
	}
	g.table.read(d, rec)
	h.Lang, h.From, h.Given, h.NameAt = lang, original.Lang, slices.Sorted(slices.Values(d.Given)), original.NameAt
	if !d.Has("translation") {
		p := d.Problems.Warnf(diag.Pos{Path: path, Line: f.FrontAt.Line}, "translation-unmarked", "the file does not say how it was translated")
		p.Hint = "add a line: translation: {state: machine}"
		h.Translation.State = model.Machine
	}
	if body := f.Body; (model.Text{Source: body}).Empty() {
		h.Body = original.Body
	} else {
		h.Body = model.Text{Source: body, At: f.BodyAt, Lang: lang}
	}
	switch t := &h.Translation; {
	case d.Problems.HasErrors():
	case t.Of == "" && !t.StateAt.IsZero():
		p := d.Problems.Warnf(t.StateAt, "translation-unmarked", "the translation does not note which state of the original it translates")
		p.Len, p.Hint = len(t.State), `"uccn check --fix" notes the present one`
		if p.Fix = string(t.State) + ", of: " + original.TextHash; !d.Flow("translation") {
			p.Fix = string(t.State) + "\n" + strings.Repeat(" ", t.StateAt.Col-1-len("state: ")) + "of: " + original.TextHash
		}
	case t.Of != "" && t.Of != original.TextHash:
		t.Stale = true
		p := d.Problems.Warnf(d.At("translation"), "stale-translation", "the original has changed since it was translated")
		p.Hint = "bring it up to date, then write of: " + original.TextHash
		p.Related = []diag.Related{{Pos: original.At, Message: "the original"}}
	}
	h.Links = nil // those of the original are checked there
	return rec, append(dl, d.Problems...)
}
