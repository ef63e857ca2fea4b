package theme

import (
	"bytes"
	"html/template"
	"maps"
	"slices"
	"strings"

	"uccn/generator/internal/output"
)

// Same reports whether two themes make the same of everything: their templates
// are written alike, escaped and compiled as far, and their assets and words are
// equal. For themes of folders that should hold the same files. It has all templates
// compiled.
func (t *Theme) Same(u *Theme) bool {
	refused, again := t.Unwoven(), u.Unwoven() // first: it has the trees escaped
	return t.dir == u.dir && maps.EqualFunc(refused, again, func(a, b error) bool { return a.Error() == b.Error() }) &&
		maps.Equal(t.assets, u.assets) &&
		slices.EqualFunc(t.files, u.files, func(a, b output.File) bool { return a.Path == b.Path && bytes.Equal(a.Data, b.Data) }) &&
		maps.Equal(trees(t.templates), trees(u.templates)) &&
		maps.EqualFunc(t.uses, u.uses, func(a, b map[string]bool) bool { return maps.Equal(a, b) }) &&
		maps.EqualFunc(t.words, u.words, (*Words).same)
}

func (w *Words) same(x *Words) bool {
	return w.Lang == x.Lang && w.Dir == x.Dir && maps.EqualFunc(w.texts, x.texts, func(a, b entry) bool {
		return a.other == b.other && a.format == b.format && maps.Equal(a.forms, b.forms)
	})
}

// trees writes out the templates of a set, but for the copies that html/template
// makes for unusual places: how they are escaped hangs on what was compiled first.
func trees(set *template.Template) map[string]string {
	out := map[string]string{}
	if set == nil {
		return out
	}
	for _, t := range set.Templates() {
		if t.Tree != nil && !strings.Contains(t.Name(), "$htmltemplate_") {
			out[t.Name()] = t.Tree.Root.String()
		}
	}
	return out
}
