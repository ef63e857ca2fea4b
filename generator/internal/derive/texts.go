package derive

import (
	"context"
	"maps"
	"slices"
	"strings"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/markdown"
	"uccn/generator/internal/markdown/doc"
	"uccn/generator/internal/memo"
	"uccn/generator/internal/model"
	"uccn/generator/internal/par"
)

// Texts are the texts of all records, to be checked again and again while they
// alone change.
type Texts struct {
	heads map[string]*model.Head // by the sources of their bodies
	index index

	met memo.Map[string, *diag.List] // what is wrong in texts that were told of
}

// TextsOf returns the texts of contents: of all languages, the first being that of
// the originals.
func TextsOf(contents []*model.Content) *Texts {
	t := &Texts{heads: map[string]*model.Head{}, index: indexOf(contents[0])}
	for _, c := range contents {
		for _, r := range c.All() {
			if h := r.Of(); h.Body.Lang == c.Lang && !h.Body.Empty() {
				t.heads[h.Body.At.Path] = h
			}
		}
	}
	return t
}

// Sources returns where the texts stand, sorted.
func (t *Texts) Sources() []string { return slices.Sorted(maps.Keys(t.heads)) }

// Of returns the record whose text has a source; nil if none has.
func (t *Texts) Of(source string) *model.Head { return t.heads[source] }

// Meet judges a text that was just parsed, if it is one of t's. It is safe for concurrent use.
func (t *Texts) Meet(text *doc.Doc) {
	if h := t.heads[text.Source.At.Path]; h != nil {
		t.met.Get(text.Source.At.Path, func() *diag.List { return t.judge(h, text) })
	}
}

// Met returns what is wrong in the texts that were met, by source, and the sources of the others.
func (t *Texts) Met() (found map[string]diag.List, others []string) {
	found = map[string]diag.List{}
	for _, source := range t.Sources() {
		switch dl := t.met.Get(source, func() *diag.List { return nil }); {
		case dl == nil:
			others = append(others, source)
		case len(*dl) > 0:
			found[source] = *dl
		}
	}
	return found, others
}

// Check parses the texts of some sources and reports what is wrong in them, by
// source: what the parser found, and links to records that are not there.
func (t *Texts) Check(ctx context.Context, md *markdown.Converter, sources []string) (map[string]diag.List, error) {
	lists, err := par.Map(ctx, sources, func(_ context.Context, source string) (diag.List, error) {
		h := t.heads[source]
		if h == nil {
			return nil, nil
		}
		return *t.judge(h, md.Parse(h.Body)), nil
	})
	if err != nil {
		return nil, err
	}
	found := map[string]diag.List{}
	for i, source := range sources {
		if len(lists[i]) > 0 {
			found[source] = lists[i]
		}
	}
	return found, nil
}

// judge reports what is wrong in the text of a record.
func (t *Texts) judge(h *model.Head, text *doc.Doc) *diag.List {
	dl := append(diag.List(nil), text.Problems...)
	for _, l := range text.Links {
		t.index.checkTarget(&dl, text, l)
	}
	if wantsSummary(h) {
		dl.Notef(h.At, "no-summary", "there is no summary; the first sentence of the text stands for it").Hint = "add summary: with 40 to 280 characters"
	}
	if h.Status == model.Draft {
		dl = dl.Soften()
	}
	return &dl
}

// wantsSummary reports whether readers meet the record on cards and in search.
func wantsSummary(h *model.Head) bool {
	switch h.Type {
	case model.Cities, model.Practices, model.CaseStudies, model.Pages, model.NewsItems:
		return h.Summary == "" && !h.Shipped && !h.Broken
	}
	return false
}

// checkTarget reports a link of a body that leads nowhere.
func (x index) checkTarget(dl *diag.List, text *doc.Doc, l *doc.Link) {
	if t, id, _, ok := doc.Split(l.Target); ok {
		if t == model.Countries {
			id = strings.ToLower(id)
		}
		at := l.At
		at.Col += len(t.Singular()) + 1
		x.check(dl, model.Link{Ref: model.Ref{ID: id, At: at}, Type: t, Len: len([]rune(id))})
		return
	}
	if anchor, ok := strings.CutPrefix(l.Target, "#"); ok {
		var ids []string
		for _, h := range text.Headings {
			if h.ID == anchor {
				return
			}
			ids = append(ids, h.ID)
		}
		d := dl.Errorf(l.At, "unknown-anchor", "no heading of this text has the anchor %q", anchor)
		d.Propose(anchor, "the anchors", ids)
		d.Fix, d.Len = "", max(1, l.Len)
	}
}
