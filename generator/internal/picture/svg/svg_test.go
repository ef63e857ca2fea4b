package svg

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func wrap(body string) string {
	return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 30">` + body + `</svg>`
}

func TestClean(t *testing.T) {
	head := wrap("")[:strings.Index(wrap(""), "></svg>")]
	for _, c := range []struct{ name, in, want, dropped string }{
		{"plain", wrap(`<path d="M0 0h9" fill="red"/>`), head + `><path d="M0 0h9" fill="red"/></svg>`, ""},
		{"text", wrap("<text x='1'>a &lt; b</text>\n"), head + `><text x="1">a &lt; b</text></svg>`, ""},
		{"comments and instructions", `<?xml version="1.0"?><!-- x --><!DOCTYPE svg>` + wrap(`<!-- y --><?php ?><g/>`), head + `><g/></svg>`, ""},
		{"a program's own", wrap(`<metadata>who</metadata><i:x xmlns:i="urn:i">y</i:x><g i:y="1" xmlns:i="urn:i" data-who="me"/>`), head + `><g/></svg>`, ""},
		{"script", wrap(`<script>alert(1)</script><g onclick="x()" OnLoad="y"/>`), head + `><g/></svg>`, "<script>, scripts"},
		{"foreign", wrap(`<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>`), head + `/>`, "<foreignObject>"},
		{"animation", wrap(`<rect><set attributeName="href" to="javascript:x"/></rect>`), head + `><rect/></svg>`, "<set>"},
		{"image, link", wrap(`<image href="x.png"/><a href="javascript:x"><g/></a>`), head + `/>`, "<image>, <a>"},
		{"use inside", wrap(`<g id="a"/><use xlink:href="#a"/><use href="#a"/>`), head + `><g id="a"/><use xlink:href="#a"/><use xlink:href="#a"/></svg>`, ""},
		{"use outside", wrap(`<use href="https://x/y.svg#a"/>`), head + `><use/></svg>`, "addresses outside of it"},
		{"paint inside", wrap(`<g fill="url(#a)" style="fill:url( '#b')"/>`), head + `><g fill="url(#a)" style="fill:url( &#39;#b&#39;)"/></svg>`, ""},
		{"paint outside", wrap(`<g fill="url(http://x/)" style="background:URL (x)"/>`), head + `><g/></svg>`, "addresses outside of it"},
		{"hidden by CSS", wrap(`<g style="fill:u\72l(x)"/>`), head + `><g/></svg>`, "addresses outside of it"},
		{"style sheet", wrap(`<style>.a{fill:red}</style>`), head + `><style>.a{fill:red}</style></svg>`, ""},
		{"style sheet that fetches", wrap(`<style>@import "x";</style><style>g{fill:red}<![CDATA[a{b:url(x)}]]></style>`), head + `><style/><style/></svg>`, "style sheet"},
	} {
		d, err := Clean([]byte(c.in))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := string(d.Data); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
		if got := strings.Join(d.Dropped, ", "); got != c.dropped {
			t.Errorf("%s: dropped %q, want %q", c.name, got, c.dropped)
		}
		if again, err := Clean(d.Data); err != nil || string(again.Data) != c.want || len(again.Dropped) > 0 {
			t.Errorf("%s: a clean drawing is not clean: %s %v %v", c.name, again.Data, again.Dropped, err)
		}
	}
}

func TestSize(t *testing.T) {
	for _, c := range []struct{ attrs, want string }{
		{`viewBox="0 0 40 30"`, "40 30"},
		{`viewBox="0,0,40.4,30.6"`, "40 31"},
		{`width="100" height="50px"`, "100 50"},
		{`width="1in" height="25.4mm"`, "96 96"},
		{`width="100%" height="100%" viewBox="0 0 40 30"`, "40 30"},
		{`width="80" viewBox="0 0 40 30"`, "80 60"},
		{`height="60" viewBox="0 0 40 30"`, "80 60"},
		{`width="0.2" height="3"`, "1 3"},
		{`width="100"`, "refused"},
		{`width="1e9" height="5"`, "refused"},
		{`width="-5" height="5"`, "refused"},
		{`viewBox="0 0 0 30"`, "refused"},
		{`viewBox="0 0 NaN Inf"`, "refused"},
	} {
		d, err := Clean([]byte(`<svg xmlns="http://www.w3.org/2000/svg" ` + c.attrs + `/>`))
		got := fmt.Sprint(d.Width, " ", d.Height)
		if errors.Is(err, ErrRefused) {
			got = "refused"
		}
		if got != c.want {
			t.Errorf("%s: %s (%v), want %s", c.attrs, got, err, c.want)
		}
	}
}

func TestRefused(t *testing.T) {
	laughs := ""
	for i := range 30 {
		laughs += fmt.Sprintf(`<g id="g%d"><use href="#g%d"/><use href="#g%d"/></g>`, i, i+1, i+1)
	}
	for name, in := range map[string]string{
		"empty":                 "",
		"HTML":                  "<html><svg/></html>",
		"without namespace":     `<svg viewBox="0 0 1 1"/>`,
		"cut off":               strings.TrimSuffix(wrap("<g>"), "</svg>"),
		"two roots":             wrap("") + wrap(""),
		"entities":              `<!DOCTYPE svg [<!ENTITY a "aaaa">]>` + wrap("<text>&a;</text>"),
		"deep":                  wrap(strings.Repeat("<g>", 200) + strings.Repeat("</g>", 200)),
		"deep in a foreign":     wrap("<image>" + strings.Repeat("<g>", 200) + strings.Repeat("</g>", 200) + "</image>"),
		"many":                  wrap(strings.Repeat("<g/>", maxElements)),
		"draws itself":          wrap(`<g id="a"><use href="#a"/></g>`),
		"draws a billion":       wrap(laughs + `<g id="g30"/>`),
		"large":                 wrap(strings.Repeat(" ", maxBytes)),
		"another character set": `<?xml version="1.0" encoding="utf-7"?>` + wrap(""),
	} {
		if d, err := Clean([]byte(in)); !errors.Is(err, ErrRefused) {
			t.Errorf("%s: %v, %.80s", name, err, d.Data)
		}
	}
}

// Whatever goes in, what comes out holds nothing that acts and is clean itself.
func FuzzClean(f *testing.F) {
	f.Add([]byte(wrap(`<script>x</script><use href="#a"/><g id="a" style="fill:url(#b)"/><style>a{}</style>`)))
	f.Add([]byte(wrap(`<text>&#x61;</text><a xlink:href="javascript:1"/>`)))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Clean(data)
		if err != nil {
			return
		}
		again, err := Clean(d.Data)
		if err != nil || string(again.Data) != string(d.Data) || len(again.Dropped) > 0 {
			t.Fatalf("%s\nagain %s %v %v", d.Data, again.Data, again.Dropped, err)
		}
		low := strings.ToLower(string(d.Data))
		for _, bad := range []string{"<script", "<foreignobject", "<image", "<animate", "<set"} {
			if strings.Contains(low, bad) {
				t.Errorf("%s in %s", bad, d.Data)
			}
		}
	})
}
