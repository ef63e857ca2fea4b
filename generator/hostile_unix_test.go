//go:build linux

package main

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// spent runs a command and returns what it says, its exit code, the seconds of
// processor time that it took and its peak of memory in MB.
func spent(t testing.TB, c *exec.Cmd) (out string, code int, cpu float64, mb int64) {
	t.Helper()
	out, code = ended(t, c)
	usage := c.ProcessState.SysUsage().(*syscall.Rusage)
	return out, code, (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds(), usage.Maxrss >> 10
}

// TestHostilePictures builds with pictures as large as they may be, and larger: each
// is made or refused inside 512 MB.
func TestHostilePictures(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	for _, tt := range []struct {
		name                string
		w, h, depth, colour int
		code                int
	}{
		{"in colour, as large as can be", 7000, 6700, 8, 2, 0},
		{"transparent, 100 million pixels", 10_000, 9_990, 8, 6, 1},
		{"a palette, as large as can be", 6500, 6200, 8, 3, 0},
		{"16 bits, as large as can be", 4900, 4700, 16, 6, 0},
		{"grey, 100 million pixels", 10_000, 9_990, 8, 0, 0},
		{"a strip of 50 million pixels", 50_000_000, 1, 8, 2, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := newSite(t)
			must(t, os.WriteFile(filepath.Join(dir, "content/cities/quay.png"), emptyPNG(t, tt.w, tt.h, tt.depth, tt.colour), 0o644))
			out, code, cpu, mb := spent(t, job{dir: dir, args: []string{"build", "--quiet", "--only", "site"}}.command())
			if code != tt.code || code == 1 && !strings.Contains(out, `content/cities/northport.md:10:11: error: the picture "content/cities/quay.png" `) {
				t.Errorf("exit code %d, want %d:\n%s", code, tt.code, out)
			}
			if mb > 512 {
				t.Errorf("%d MB", mb)
			}
			t.Logf("%d MB, %.1f s of processor time", mb, cpu)
		})
	}
}

// emptyPNG is a PNG of zeros, as files of few bytes that unfold to many.
func emptyPNG(t testing.TB, w, h, depth, colour int) []byte {
	t.Helper()
	channels := map[int]int{0: 1, 2: 3, 3: 1, 6: 4}[colour]
	out := []byte("\x89PNG\r\n\x1a\n")
	chunk := func(id string, body []byte) {
		out = binary.BigEndian.AppendUint32(out, uint32(len(body)))
		out = append(append(out, id...), body...)
		out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(append([]byte(id), body...)))
	}
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(w)), uint32(h))
	chunk("IHDR", append(head, byte(depth), byte(colour), 0, 0, 0))
	if colour == 3 {
		chunk("PLTE", make([]byte, 768))
	}
	var z bytes.Buffer
	packed, err := zlib.NewWriterLevel(&z, zlib.BestSpeed)
	must(t, err)
	row := make([]byte, 1+w*channels*depth/8)
	for range h {
		packed.Write(row)
	}
	must(t, packed.Close())
	chunk("IDAT", z.Bytes())
	chunk("IEND", nil)
	return out
}

// TestHostileTexts reads texts that are small and would take others minutes: each is
// read, or refused at its place, inside 5 s of processor time and 512 MB.
func TestHostileTexts(t *testing.T) {
	const size = 1_000_000
	lines := func(s string) string { return strings.Repeat(strings.Repeat(s, 90_000/len(s))+"\n", size/90_000) }
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	head := "---\ntitle: About\nsummary: What these pages are and who makes them.\n---\n\n"
	numbered := func(s string) string {
		var b strings.Builder
		for i := 0; b.Len() < size-60; i++ {
			b.WriteString(strings.ReplaceAll(s, "#", fmt.Sprint(i)))
		}
		return b.String()
	}
	for name, text := range map[string]string{
		"quotations":          head + lines("> "),
		"brackets":            head + lines("[") + lines("]"),
		"emphasis":            head + lines("*a_ "),
		"references":          head + numbered("[a#]: b\n"),
		"notes":               head + numbered("[^#]: a\n"),
		"lists":               head + lines("- "),
		"backticks":           head + numbered("`#` ``#\n"),
		"a table":             head + "a|b\n-|-\n" + fill("c|d\n"),
		"addresses":           head + lines("<https:a"),
		"entities":            head + lines("&lt;"),
		"headings":            head + fill("## a\n\n"),
		"words":               head + fill("word "),
		"keys":                "---\n" + numbered("k#: v\n") + "---\n",
		"lists of keys":       "---\ntitle: " + strings.Repeat("[", 300_000) + "\n---\n",
		"names for keys":      "---\na: &a [x]\n" + numbered("b#: &b# [*a, *a, *a, *a, *a, *a, *a]\n") + "---\n",
		"laughs":              "---\na0: &a0 lol\n" + strings.Repeat("x: y\n", 3) + laughs() + "title: *a9\n---\n",
		"indented ever more":  "---\n" + stairs(1300) + "---\n",
		"one line":            "---\ntitle: " + strings.Repeat("é", size/2-100) + "\n---\n",
		"a text without end":  "---\ntitle: |\n" + fill("  a\n"),
		"quotes":              "---\ntitle: \"" + fill("\\\"") + "\n---\n",
		"control characters":  head + fill("\x01\x02\x1b[31m"),
		"carriage returns":    strings.ReplaceAll(head+fill("a\n"), "\n", "\r"),
		"a million ever wide": head + fill("𒐫﷽ "),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := newSite(t)
			must(t, os.WriteFile(filepath.Join(dir, "content/pages/about.md"), []byte(text), 0o644))
			out, code, cpu, mb := spent(t, job{dir: dir, args: []string{"check"}}.command())
			if code != 0 && (code != 1 || !strings.Contains(out, "content/pages/about.md:")) {
				t.Errorf("exit code %d:\n%.2000s", code, out)
			}
			if cpu > 5 || mb > 512 {
				t.Errorf("%.1f s, %d MB", cpu, mb)
			}
			t.Logf("%.1f s of processor time, %d MB, %d bytes said", cpu, mb, len(out))
		})
	}
}

// laughs is ten lists, each of ten times the one before.
func laughs() string {
	var b strings.Builder
	for i := range 9 {
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 10), ", "))
	}
	return b.String()
}

func stairs(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}
