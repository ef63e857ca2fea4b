package citation

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
)

var work = Work{ID: "cities-lodz-2018", Title: "Łódź & {more}", Site: "Cities 100 %", Edition: "Edition 2018", Publisher: "A_B",
	Year: 2018, URL: "https://cities.example/cities/lodz/", Lang: "en"}

func TestBibTeX(t *testing.T) {
	want := `@misc{cities-lodz-2018,
author={{A\_B}},
title={{Łódź \& \{more\}}},
howpublished={Cities 100 \%, Edition 2018},
year={2018},
url={https://cities.example/cities/lodz/},
language={en}
}
`
	if got := BibTeX(work); got != want {
		t.Errorf("%s", got)
	}
	nowhere := work
	nowhere.URL = ""
	if got := BibTeX(nowhere); strings.Contains(got, "url") {
		t.Errorf("%s", got)
	}
}

func TestCSL(t *testing.T) {
	var got []map[string]any
	if err := json.Unmarshal([]byte(CSL(work)), &got); err != nil || len(got) != 1 {
		t.Fatal(got, err)
	}
	for key, want := range map[string]string{"id": work.ID, "type": "webpage", "title": work.Title, "container-title": work.Site,
		"version": work.Edition, "URL": work.URL, "language": "en"} {
		if got[0][key] != want {
			t.Errorf("%s is %v, want %q", key, got[0][key], want)
		}
	}
	if b, _ := json.Marshal([]any{got[0]["author"], got[0]["issued"]}); string(b) != `[[{"literal":"A_B"}],{"date-parts":[[2018]]}]` {
		t.Errorf("%s", b)
	}
}

func TestDataURL(t *testing.T) {
	for _, text := range []string{"", "a b", "100 %\n", "Łódź #1 <\"'>", "{}[]|\\^`", BibTeX(work), CSL(work)} {
		u := DataURL("text/plain", text)
		_, data, _ := strings.Cut(u, ",")
		if got, err := url.PathUnescape(data); got != text || err != nil {
			t.Errorf("%q is read as %q (%v)", text, got, err)
		}
		if p, err := url.Parse(u); err != nil || p.Fragment != "" || strings.ContainsAny(u, " \"'<>") {
			t.Errorf("%q is no address: %v", u, err)
		}
	}
}
