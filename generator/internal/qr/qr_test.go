package qr

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// modules reads the path back into rows of dark modules.
func modules(t *testing.T, c Code) [][]bool {
	t.Helper()
	rows := make([][]bool, c.Size)
	for i := range rows {
		rows[i] = make([]bool, c.Size)
	}
	whole := ""
	for _, m := range regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`).FindAllStringSubmatch(c.Path, -1) {
		x, _ := strconv.Atoi(m[1])
		y, _ := strconv.Atoi(m[2])
		n, _ := strconv.Atoi(m[3])
		for i := range n {
			rows[y][x+i] = true
		}
		whole += m[0]
	}
	if whole != c.Path {
		t.Fatalf("the path has other parts: %s", c.Path)
	}
	return rows
}

// The three finder patterns stand in their corners, and the border is light.
func TestEncode(t *testing.T) {
	c, err := Encode("https://creative-cities.example/practices/open-streets-days/")
	if err != nil {
		t.Fatal(err)
	}
	rows := modules(t, c)
	finder := []string{"1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"}
	far := c.Size - Quiet - len(finder)
	for _, at := range [][2]int{{Quiet, Quiet}, {far, Quiet}, {Quiet, far}} {
		for y, line := range finder {
			for x, want := range line {
				if rows[at[1]+y][at[0]+x] != (want == '1') {
					t.Fatalf("no finder pattern at %v", at)
				}
			}
		}
	}
	for i, row := range rows {
		for j, dark := range row {
			if dark && (min(i, j) < Quiet || max(i, j) >= c.Size-Quiet) {
				t.Fatalf("dark module in the border at %d, %d", j, i)
			}
		}
	}
	if svg := c.SVG(); !bytes.Contains(svg, []byte(`fill="#fff"`)) {
		t.Errorf("no white ground: %s", svg)
	}
}

func TestEncodeTooLong(t *testing.T) {
	if _, err := Encode(strings.Repeat("x", 3000)); err == nil {
		t.Error("want an error")
	}
}

func BenchmarkEncode(b *testing.B) {
	for b.Loop() {
		if _, err := Encode("https://creative-cities.example/fr/practices/open-streets-days/"); err != nil {
			b.Fatal(err)
		}
	}
}
