// Package citation writes how a page is to be cited, for the programs that keep
// references: BibTeX and CSL-JSON 1.0.2.
package citation

import (
	"encoding/json"
	"fmt"
	"strings"
)

// A Work is a page as others cite it.
type Work struct {
	ID        string // of letters, digits and hyphens
	Title     string
	Site      string // the whole of which the page is a part
	Edition   string // of the whole
	Publisher string // who answers for it
	Year      int
	URL       string // "" where the site does not know its address
	Lang      string // as BCP 47 writes it
}

// BibTeX returns the work as an entry of type misc, which every style knows. Texts
// are in double braces so that no style changes their letters, and there is no blank
// too many, since every page has its entry. The day
// on which a reader saw the page is the reader's to add.
func BibTeX(w Work) string {
	var b strings.Builder
	fmt.Fprintf(&b, "@misc{%s,\n", w.ID)
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s={%s},\n", name, value)
		}
	}
	field("author", "{"+texText(w.Publisher)+"}")
	field("title", "{"+texText(w.Title)+"}")
	field("howpublished", texText(w.Site+", "+w.Edition))
	field("year", fmt.Sprint(w.Year))
	field("url", w.URL)
	field("language", w.Lang)
	return strings.TrimSuffix(b.String(), ",\n") + "\n}\n"
}

// texText writes a text so that TeX reads each of its characters as it stands.
func texText(s string) string { return texSigns.Replace(s) }

var texSigns = strings.NewReplacer(
	`\`, `\textbackslash{}`, `{`, `\{`, `}`, `\}`, `&`, `\&`, `%`, `\%`, `$`, `\$`, `#`, `\#`, `_`, `\_`,
	`~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`, "\n", " ",
)

// item is an entry of CSL-JSON, in the order in which people read it.
type item struct {
	ID        string `json:"id"`
	Type      string `json:"type"`
	Title     string `json:"title"`
	Author    []name `json:"author"`
	Container string `json:"container-title"`
	Edition   string `json:"version"`
	Issued    date   `json:"issued"`
	URL       string `json:"URL,omitempty"`
	Lang      string `json:"language"`
}

type name struct {
	Literal string `json:"literal"`
}

type date struct {
	Parts [][]int `json:"date-parts"`
}

// CSL returns the work as CSL-JSON: a list of one.
func CSL(w Work) string {
	b, err := json.Marshal([]item{{
		ID: w.ID, Type: "webpage", Title: w.Title, Author: []name{{w.Publisher}}, Container: w.Site, Edition: w.Edition,
		Issued: date{[][]int{{w.Year}}}, URL: w.URL, Lang: w.Lang,
	}})
	if err != nil {
		panic(err) // texts and numbers
	}
	return string(b)
}

// DataURL returns a text as an address that holds it: a link to it needs no file
// and works from a disk (RFC 2397, RFC 3986).
func DataURL(mediaType, text string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	b.Grow(len("data:,") + len(mediaType) + len(text)*3/2)
	b.WriteString("data:")
	b.WriteString(mediaType)
	b.WriteByte(',')
	for i := range len(text) {
		switch c := text[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-._~:/,=@!$()*;", c) >= 0:
			b.WriteByte(c)
		default:
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		}
	}
	return b.String()
}
