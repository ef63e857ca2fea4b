// Package look is what the site shows of its data without words: the colours
// and signs of the fields, and the plates of the records.
package look

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"uccn/generator/internal/derive"
	"uccn/generator/internal/output"
	"uccn/generator/internal/plate"
)

// palette returns the colours of a field. A colour that is none was refused
// when the field was read, except while a draft is previewed; it is ink then.
func palette(colour string) plate.Palette {
	p, err := plate.NewPalette(strings.ToLower(colour))
	if err != nil {
		p, _ = plate.NewPalette("#15181c")
	}
	return p
}

// Sheet returns the files of a theme, in which the style sheet at a path ends with the
// colours of the fields, and the path that the sheet has for that.
func Sheet(files []output.File, path string, fields []*derive.Field) ([]output.File, string) {
	files = slices.Clone(files)
	sheet := path
	for i, f := range files {
		if f.Path == path {
			f.Data = append(bytes.Clone(f.Data), style(fields)...)
			sum := sha256.Sum256(f.Data)
			stem, _, _ := strings.Cut(strings.TrimSuffix(f.Path, ".css"), ".")
			f.Path = stem + "." + hex.EncodeToString(sum[:4]) + ".css"
			sheet = f.Path
		}
		files[i] = output.Fixed(f)
	}
	return files, sheet
}

// style writes what the style sheet must know of the content: the colours
// of each field, its filter, and the widths of the spines on the shelf.
func style(fields []*derive.Field) string {
	var b strings.Builder
	b.WriteString("@layer tokens {\n")
	for _, f := range fields {
		p := palette(f.Colour)
		fmt.Fprintf(&b, ".f-%s { --f: light-dark(%s, %s); --ft: light-dark(%s, %s); --fs: %s; --fb: %s; --fd: %s; }\n",
			f.ID, p.Solid, p.OnDark, p.Tint, p.TintDark, p.Solid, p.Bright, p.Deep)
	}
	b.WriteString("}\n@layer pages {\n")
	var hide, bare, show []string
	var counts []int
	for _, f := range fields {
		hide = append(hide, fmt.Sprintf("main:has(#ff-%s:checked) :is(.work, .az li):not(.f-%s)", f.ID, f.ID))
		bare = append(bare, fmt.Sprintf("main:has(#ff-%s:checked) [data-group]:not(:has(.f-%s))", f.ID, f.ID))
		show = append(show, fmt.Sprintf("main:has(#ff-%s:checked) .count .f-%s", f.ID, f.ID))
		counts = append(counts, len(f.Cities))
	}
	fmt.Fprintf(&b, "%s { display: none; }\n%s { display: inline; }\n", strings.Join(append(hide, bare...), ", "), strings.Join(show, ", "))
	slices.Sort(counts)
	b.WriteString("@media (min-width: 48em) {\n")
	for _, c := range slices.Compact(counts) {
		fmt.Fprintf(&b, ".shelf .n-%d { flex-grow: %d; }\n", c, c)
	}
	b.WriteString("}\n}\n")
	return b.String()
}

// Symbols writes the signs of the fields and of the interface, to be used by id:
// a page opened from a disk may not fetch them from another file.
func Symbols(fields []*derive.Field) template.HTML {
	var b strings.Builder
	b.WriteString(`<svg class="symbols" aria-hidden="true">`)
	seen := map[string]bool{}
	for _, f := range fields {
		if !seen[f.Pattern] {
			seen[f.Pattern] = true
			b.WriteString(`<symbol id="m-` + template.HTMLEscapeString(f.Pattern) + `" viewBox="0 0 16 16"><path d="` + plate.Mark(f.Pattern) + `"/></symbol>`)
		}
	}
	for _, i := range icons() {
		b.WriteString(`<symbol id="i-` + i[0] + `" viewBox="0 0 24 24">` + i[1] + `</symbol>`)
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String())
}

// icons are the few signs of the interface, 24 units square.
func icons() [][2]string {
	return [][2]string{
		{"find", `<path fill="none" stroke="currentColor" stroke-width="2.4" d="M10.5 3.5a7 7 0 1 1 0 14 7 7 0 0 1 0-14zm5.2 12.2 5.6 5.6"/>`},
		{"sun", `<path fill="currentColor" d="M12 3a9 9 0 1 0 0 18z"/><path fill="none" stroke="currentColor" stroke-width="2.2" d="M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z"/>`},
		{"menu", `<path fill="none" stroke="currentColor" stroke-width="2.4" d="M3 7h18M3 12h18M3 17h18"/>`},
	}
}
