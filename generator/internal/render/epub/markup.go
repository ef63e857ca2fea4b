package epub

import "strings"

// A markup is XHTML that is ready: every word in it is escaped.
type markup string

// attrs are the names and values of attributes. An empty value leaves its
// attribute out, except that of alt.
type attrs []string

// text escapes words.
func text(s string) markup { return markup(escaper.Replace(s)) }

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// el writes an element. Without content it is closed at once, if it is one of
// those that never have any.
func el(name string, a attrs, kids ...markup) markup {
	var b strings.Builder
	b.WriteString("<" + name)
	for i := 0; i+1 < len(a); i += 2 {
		if a[i+1] != "" || a[i] == "alt" {
			b.WriteString(" " + a[i] + `="` + escaper.Replace(a[i+1]) + `"`)
		}
	}
	switch name {
	case "img", "br", "hr":
		b.WriteString("/>")
		return markup(b.String())
	}
	b.WriteString(">")
	for _, k := range kids {
		b.WriteString(string(k))
	}
	b.WriteString("</" + name + ">")
	return markup(b.String())
}

// join puts markup one after the other.
func join(parts ...markup) markup {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(string(p))
	}
	return markup(b.String())
}

// unless leaves out an element without words.
func unless(words, name string, a attrs) markup {
	if words == "" {
		return ""
	}
	return el(name, a, text(words))
}
