package epubfile

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// escape makes text safe in content and in attributes.
func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}

// opf returns the package document.
func opf(b Book) string {
	var s strings.Builder
	fmt.Fprintf(&s, `<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="%s" prefix="a11y: http://www.idpf.org/epub/vocab/package/a11y/#">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">%s</dc:identifier>
`, escape(b.Lang), escape(b.ID))
	dc := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&s, "<dc:%s>%s</dc:%s>\n", name, escape(value), name)
		}
	}
	meta := func(property, value string) {
		if value != "" {
			fmt.Fprintf(&s, "<meta property=\"%s\">%s</meta>\n", property, escape(value))
		}
	}
	dc("title", b.Title)
	dc("language", b.Lang)
	for _, c := range b.Creators {
		dc("creator", c)
	}
	dc("publisher", b.Publisher)
	dc("description", b.Description)
	dc("rights", b.Rights)
	if b.Source != "" {
		fmt.Fprintf(&s, "<dc:source id=\"source\">%s</dc:source>\n", escape(b.Source))
		if len(b.Pages) > 0 {
			s.WriteString("<meta property=\"source-of\" refines=\"#source\">pagination</meta>\n")
		}
	}
	dc("date", b.Modified.UTC().Format("2006-01-02"))
	meta("dcterms:modified", b.Modified.UTC().Format(time.RFC3339))
	access(b, meta)
	if b.Access.ConformsTo != "" {
		fmt.Fprintf(&s, "<meta property=\"dcterms:conformsTo\" id=\"conf\">%s</meta>\n", escape(b.Access.ConformsTo))
		if b.Access.Certifier != "" {
			fmt.Fprintf(&s, "<meta property=\"a11y:certifiedBy\" refines=\"#conf\">%s</meta>\n", escape(b.Access.Certifier))
		}
	}
	cover := slices.IndexFunc(b.Assets, func(a Asset) bool { return a.Path == b.Cover })
	if cover >= 0 {
		fmt.Fprintf(&s, "<meta name=\"cover\" content=\"a%d\"/>\n", cover)
	}
	s.WriteString("</metadata>\n" + manifest(b) + spine(b) + "</package>\n")
	return s.String()
}

// access writes the metadata for accessibility, and the features that the book has
// by itself.
func access(b Book, meta func(property, value string)) {
	for _, v := range b.Access.Modes {
		meta("schema:accessMode", v)
	}
	for _, v := range b.Access.Sufficient {
		meta("schema:accessModeSufficient", v)
	}
	features := append(slices.Clone(b.Access.Features), "tableOfContents", "readingOrder")
	if len(b.Pages) > 0 {
		features = append(features, "pageNavigation", "pageBreakMarkers")
	}
	slices.Sort(features)
	for _, v := range slices.Compact(features) {
		meta("schema:accessibilityFeature", v)
	}
	for _, v := range b.Access.Hazards {
		meta("schema:accessibilityHazard", v)
	}
	meta("schema:accessibilitySummary", b.Access.Summary)
}

func manifest(b Book) string {
	var s strings.Builder
	s.WriteString("<manifest>\n<item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n")
	item := func(id, href, properties string) {
		if properties != "" {
			properties = ` properties="` + properties + `"`
		}
		fmt.Fprintf(&s, "<item id=\"%s\" href=\"%s\" media-type=\"%s\"%s/>\n", id, escape(href), mediaType(href), properties)
	}
	for i, d := range b.Documents {
		properties := ""
		if strings.Contains(d.Body, "<svg") {
			properties = "svg"
		}
		item(fmt.Sprintf("d%d", i), d.Path, properties)
	}
	for i, a := range b.Assets {
		properties := ""
		if a.Path == b.Cover {
			properties = "cover-image"
		}
		item(fmt.Sprintf("a%d", i), a.Path, properties)
	}
	s.WriteString("</manifest>\n")
	return s.String()
}

func spine(b Book) string {
	var s strings.Builder
	s.WriteString("<spine")
	if b.RTL {
		s.WriteString(` page-progression-direction="rtl"`)
	}
	s.WriteString(">\n")
	for i, d := range b.Documents {
		linear := ""
		if d.Apart {
			linear = ` linear="no"`
		}
		fmt.Fprintf(&s, "<itemref idref=\"d%d\"%s/>\n", i, linear)
		if b.NavAfter == d.Path {
			s.WriteString("<itemref idref=\"nav\"/>\n")
		}
	}
	s.WriteString("</spine>\n")
	return s.String()
}

// head returns the beginning of an XHTML document, to the end of its head.
func head(b Book, name, title, lang string, rtl bool) string {
	var s strings.Builder
	dir := ""
	if rtl {
		dir = ` dir="rtl"`
	}
	fmt.Fprintf(&s, `<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="%s" xml:lang="%s"%s>
<head><meta charset="utf-8"/><title>%s</title>`, escape(lang), escape(lang), dir, escape(title))
	for _, a := range b.Assets {
		if mediaType(a.Path) == "text/css" {
			fmt.Fprintf(&s, `<link rel="stylesheet" type="text/css" href="%s"/>`, escape(relative(name, a.Path)))
		}
	}
	s.WriteString("</head>\n")
	return s.String()
}

// relative returns the way from one file to another.
func relative(from, to string) string { return strings.Repeat("../", strings.Count(from, "/")) + to }

// page returns a document as it stands in the file.
func page(b Book, d Document) string {
	lang, kind := d.Lang, ""
	if lang == "" {
		lang = b.Lang
	}
	if d.Type != "" {
		kind = ` epub:type="` + escape(d.Type) + `"`
	}
	return head(b, d.Path, d.Title, lang, d.RTL) + "<body" + kind + ">\n" + d.Body + "\n</body>\n</html>\n"
}

// nav returns the navigation document.
func nav(b Book) string {
	var s strings.Builder
	s.WriteString(head(b, "nav.xhtml", b.Words.Contents, b.Lang, b.RTL))
	fmt.Fprintf(&s, "<body>\n<nav epub:type=\"toc\" role=\"doc-toc\" aria-labelledby=\"contents\"><h1 id=\"contents\">%s</h1>\n", escape(b.Words.Contents))
	points(&s, b.Contents)
	s.WriteString("</nav>\n")
	if len(b.Landmarks) > 0 {
		fmt.Fprintf(&s, "<nav epub:type=\"landmarks\" aria-labelledby=\"landmarks\" hidden=\"\"><h2 id=\"landmarks\">%s</h2>\n<ol>\n", escape(b.Words.Landmarks))
		for _, l := range b.Landmarks {
			fmt.Fprintf(&s, "<li><a epub:type=\"%s\" href=\"%s\">%s</a></li>\n", escape(l.Type), escape(l.Href), escape(l.Title))
		}
		s.WriteString("</ol></nav>\n")
	}
	if len(b.Pages) > 0 {
		fmt.Fprintf(&s, "<nav epub:type=\"page-list\" role=\"doc-pagelist\" aria-labelledby=\"pages\" hidden=\"\"><h2 id=\"pages\">%s</h2>\n<ol>\n", escape(b.Words.Pages))
		for _, p := range b.Pages {
			fmt.Fprintf(&s, "<li><a href=\"%s\">%s</a></li>\n", escape(p.Href), escape(p.Label))
		}
		s.WriteString("</ol></nav>\n")
	}
	s.WriteString("</body>\n</html>\n")
	return s.String()
}

func points(s *strings.Builder, list []Point) {
	s.WriteString("<ol>\n")
	for _, p := range list {
		fmt.Fprintf(s, "<li><a href=\"%s\">%s</a>", escape(p.Href), escape(p.Title))
		if len(p.Kids) > 0 {
			points(s, p.Kids)
		}
		s.WriteString("</li>\n")
	}
	s.WriteString("</ol>\n")
}
