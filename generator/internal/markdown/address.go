package markdown

import (
	"uccn/generator/internal/diag"
	"uccn/generator/internal/markdown/doc"
	"uccn/generator/internal/model"
)

// recordWords lists the words that record links begin with.
func recordWords() []string {
	var words []string
	for _, t := range model.Types() {
		words = append(words, t.Singular())
	}
	return words
}

// address checks the target of a link and reports what no output may link to.
func (r *reading) address(target string, at diag.Pos, length int) doc.Kind {
	k := doc.KindOf(target)
	if k != doc.Refused {
		return k
	}
	s := doc.Scheme(target)
	if _, _, _, ok := doc.Split(target); ok {
		d := r.Problems.Errorf(at, "record-address", "the address %q names no record", target)
		d.Len, d.Hint = length, "add the id of the record, as in "+s+":bologna"
		return k
	}
	d := r.Problems.Errorf(at, "address-scheme", "the address %q is not let through", shorten(target))
	d.Len = length
	if s == "" {
		d.Hint = "begin it with https:, or with one / for a page of this site"
		return k
	}
	if near, ok := diag.Suggest(s, append(recordWords(), "http", "https", "mailto", "tel")); ok && near != s {
		d.Hint = "did you mean \"" + near + ":\"?"
		return k
	}
	d.Hint = "addresses begin with https:, http:, mailto:, tel:, /, # or the word for a record, as in city:bologna"
	return k
}

func shorten(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return s
}
