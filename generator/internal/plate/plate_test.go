package plate

import (
	"bytes"
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"
)

func subject(pattern string) Subject {
	p, _ := NewPalette("#c93802")
	return Subject{Pattern: pattern, Colours: p.Colours(), Name: "lodz", Lat: 51.7592, Lon: 19.456}
}

func TestEveryMotifIsAPicture(t *testing.T) {
	seen := map[string]string{}
	for _, pattern := range append(Patterns(), "no such pattern") {
		svg := string(SVG(subject(pattern)))
		if other, ok := seen[svg]; ok {
			t.Errorf("%s and %s are the same picture", pattern, other)
		}
		seen[svg] = pattern
		if n := len(svg); n < 300 || n > 14_000 {
			t.Errorf("%s: %d bytes", pattern, n)
		}
		if !strings.Contains(svg, "#fff") {
			t.Errorf("%s: no white accent", pattern)
		}
		if strings.Contains(svg, "style") || strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") {
			t.Errorf("%s: %.200s", pattern, svg)
		}
		d := xml.NewDecoder(strings.NewReader(svg))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", pattern, err)
			}
		}
	}
}

func TestThePlateFollowsItsData(t *testing.T) {
	for _, pattern := range Patterns() {
		a := subject(pattern)
		if !bytes.Equal(SVG(a), SVG(a)) {
			t.Errorf("%s: not the same twice", pattern)
		}
		for what, change := range map[string]func(*Subject){
			"name": func(s *Subject) { s.Name = "katowice" },
			"salt": func(s *Subject) { s.Salt = 1 },
		} {
			b := a
			change(&b)
			if bytes.Equal(SVG(a), SVG(b)) && pattern != "cells" { // an automaton starts from the place alone
				t.Errorf("%s: another %s and the same picture", pattern, what)
			}
		}
		b := a
		b.Lat, b.Lon = -33.8688, 151.2093
		if bytes.Equal(SVG(a), SVG(b)) {
			t.Errorf("%s: another place and the same picture", pattern)
		}
	}
}

func TestPathsKeepToTheSubset(t *testing.T) {
	for _, pattern := range Patterns() {
		for _, sh := range Draw(subject(pattern)) {
			if i := strings.IndexFunc(sh.Path, func(r rune) bool { return !strings.ContainsRune("Mmhvlqaz 0123456789.-", r) }); i >= 0 {
				t.Errorf("%s: command %q", pattern, sh.Path[i])
			}
			if (sh.Fill == "") == (sh.Stroke == "") {
				t.Errorf("%s: a shape is an area or a line: %+v", pattern, sh)
			}
		}
	}
}

func TestNumber(t *testing.T) {
	for in, want := range map[int]string{0: "0", 5: ".5", -5: "-.5", 10: "1", 105: "10.5", -1005: "-100.5", 1000: "100"} {
		if got := number(in); got != want {
			t.Errorf("number(%d) = %q, want %q", in, got, want)
		}
	}
}

func TestAutomataLive(t *testing.T) {
	for _, rule := range rules() {
		row := firstRow(48.8566, 2.3522)
		seen := map[[cellColumns]bool]bool{}
		for range 34 {
			seen[row] = true
			row = next(row, rule)
		}
		if len(seen) < 20 {
			t.Errorf("rule %d has only %d rows", rule, len(seen))
		}
	}
	if row := firstRow(0, 0); row == ([cellColumns]bool{}) {
		t.Error("the first row of 0, 0 is empty")
	}
}

func TestPalette(t *testing.T) {
	for _, base := range []string{"#c93802", "#1667e4", "#5b25ab", "#724301", "#1c7c4c", "#ab3f92", "#034d60", "#4d5a12", "#7a1f2b", "#ffe000", "#808080"} {
		p, err := NewPalette(base)
		if err != nil {
			t.Fatal(err)
		}
		for _, pair := range [][2]string{{p.Solid, p.Tint}, {p.Solid, "#f7f8f7"}, {p.OnDark, p.TintDark}, {p.OnDark, "#101317"}, {"#fff", p.Solid}} {
			if c := Contrast(pair[0], pair[1]); c < 4.5 {
				t.Errorf("%s: %s on %s is %.2f:1", base, pair[0], pair[1], c)
			}
		}
		if c := Contrast(p.Bright, p.Deep); c < 5 {
			t.Errorf("%s: bright on deep is %.2f:1", base, c)
		}
	}
	for _, bad := range []string{"", "red", "#12345", "#gggggg"} {
		if _, err := NewPalette(bad); err == nil {
			t.Errorf("NewPalette(%q) gave no error", bad)
		}
	}
}

func BenchmarkSVG(b *testing.B) {
	for b.Loop() {
		for _, pattern := range Patterns() {
			SVG(subject(pattern))
		}
	}
}

func TestMarksDiffer(t *testing.T) {
	seen := map[string]string{}
	for _, pattern := range append(Patterns(), "no such pattern") {
		m := Mark(pattern)
		if other, ok := seen[m]; ok {
			t.Errorf("%s and %s have the same mark", pattern, other)
		}
		seen[m] = pattern
		if i := strings.IndexFunc(m, func(r rune) bool { return !strings.ContainsRune("Mhvaz 0123456789.-", r) }); i >= 0 {
			t.Errorf("%s: command %q", pattern, m[i])
		}
	}
}

// TestVersion holds the version of the drawing to what it draws: published
// plates are known by it.
func TestVersion(t *testing.T) {
	h := sha256.New()
	for _, pattern := range append(Patterns(), "") {
		h.Write(SVG(subject(pattern)))
	}
	if got, want := fmt.Sprintf("%d %x", Version, h.Sum(nil)[:8]), "1 ba3e97914451bc9f"; got != want {
		t.Errorf("%s, want %s: count Version up when plates come out differently, and write the new hash here", got, want)
	}
}
