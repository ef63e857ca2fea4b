package linked

import (
	"strings"

	"uccn/generator/internal/render/site/citation"
	"uccn/generator/internal/render/site/view"
)

// Formats are the files that hold how a work is to be cited, for the programs that
// keep references.
func Formats(w citation.Work) []view.Format {
	format := func(label, ending, mediaType, text string) view.Format {
		return view.Format{Label: label, File: w.ID + ending, Data: strings.TrimPrefix(citation.DataURL(mediaType, text), "data:")}
	}
	return []view.Format{
		format("BibTeX", ".bib", "application/x-bibtex", citation.BibTeX(w)),
		format("CSL-JSON", ".json", "application/vnd.citationstyles.csl+json", citation.CSL(w)),
	}
}

// Hrefs are the addresses of links.
func Hrefs(links []view.Link) []string {
	var out []string
	for _, l := range links {
		out = append(out, l.Href)
	}
	return out
}
