package derive

import (
	"context"
	"strings"

	"uccn/generator/internal/diag"
	"uccn/generator/internal/markdown"
	"uccn/generator/internal/markdown/doc"
	"uccn/generator/internal/model"
	"uccn/generator/internal/par"
)

// Texts parses the body of every record and reports what is wrong in it, by its
// source: what the parser found, and links to records that are not there.
// contents are those of all languages, the first being that of the originals.
// Of texts that are not edited known says what is wrong.
func Texts(ctx context.Context, md *markdown.Converter, contents []*model.Content, known map[string]diag.List, edited func(source string) bool) (map[string]diag.List, error) {
	found := map[string]diag.List{}
	var heads []*model.Head
	for _, c := range contents {
		for _, r := range c.All() {
			switch h := r.Of(); {
			case h.Body.Lang != c.Lang || h.Body.Empty():
			case edited(h.Body.At.Path):
				heads = append(heads, h)
			case len(known[h.Body.At.Path]) > 0:
				found[h.Body.At.Path] = known[h.Body.At.Path]
			}
		}
	}
	x := indexOf(contents[0])
	lists, err := par.Map(ctx, heads, func(_ context.Context, h *model.Head) (diag.List, error) {
		text := md.Parse(h.Body)
		dl := append(diag.List(nil), text.Problems...)
		for _, l := range text.Links {
			x.checkTarget(&dl, text, l)
		}
		if wantsSummary(h) {
			dl.Notef(h.At, "no-summary", "there is no summary; the first sentence of the text stands for it").Hint = "add summary: with 40 to 280 characters"
		}
		if h.Status == model.Draft {
			dl = dl.Soften()
		}
		return dl, nil
	})
	if err != nil {
		return nil, err
	}
	for i, h := range heads {
		if len(lists[i]) > 0 {
			found[h.Body.At.Path] = lists[i]
		}
	}
	return found, nil
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
