package config

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"
)

func read(t *testing.T, text string) (*Site, string) {
	t.Helper()
	s, dl, err := Read(fstest.MapFS{File: {Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, d := range dl {
		codes = append(codes, strings.TrimPrefix(d.Pos.String(), File+":")+" "+d.Code)
	}
	return s, strings.Join(codes, ", ")
}

func TestRead(t *testing.T) {
	s, problems := read(t, "title: {en: Harbours, fr: Ports}\nlanguages: [en, fr]\nedition: first\nbase_url: https://harbours.example/sub/\n")
	if problems != "" || s.TitleIn("fr") != "Ports" || s.TitleIn("de") != "Harbours" || s.BaseURL != "https://harbours.example/sub" || s.Theme != "default" || !s.Makes("booklet") {
		t.Errorf("%+v: %s", s, problems)
	}
	for _, tt := range []struct{ text, want string }{
		{"", "1 missing-key, 1 missing-key, 1 missing-key"},
		{"---\n", "1 missing-key, 1 missing-key, 1 missing-key"},
		{"title: A\nlanguages: [en]\n", "1 missing-key"},
		{"title: A\nlanguages: []\nedition: a\n", "2:12 list-length"},
		{"title: A\nlanguages: [en, en]\nedition: a\n", "2:17 given-twice"},
		{"title: A\nlanguages: en\nedition: A B\n", "3:10 bad-id"},
		{"title: A\nlanguages: en\nedition: a\nbase_url: https://a.example/?b=c\n", "4:11 bad-address"},
		{"title: A\nlanguages: en\nedition: a\noutputs: [site, bookelt]\n", "4:17 unknown-value"},
		{"title: \"A\nlanguages: en\n", "1:8 yaml-syntax"},
		{"- a\n", "1:1 no-keys"},
	} {
		if s, got := read(t, tt.text); got != tt.want || s != nil {
			t.Errorf("%q: %s, want %s", tt.text, got, tt.want)
		}
	}
}

func TestNoSite(t *testing.T) {
	if _, _, err := Read(fstest.MapFS{}); !errors.Is(err, ErrNoSite) {
		t.Errorf("%v", err)
	}
}
