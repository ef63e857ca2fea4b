// Package booklet checks the booklets with programs that are not ours: qpdf and
// pdfcpu read the files, pdftotext reads them aloud.
package booklet

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"uccn/generator/checks/internal/sites"
)

// pdfcpu is the version whose rules the files are held to.
const pdfcpu = "github.com/pdfcpu/pdfcpu/cmd/pdfcpu@v0.11.0"

// made are the books: ours, and those of a site that reads from right to left.
var made struct{ ours, arabic []string }

func TestMain(m *testing.M) {
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (int, error) {
	tmp, err := os.MkdirTemp("", "uccn-booklet-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(tmp)
	for _, b := range []struct {
		source string
		to     *[]string
	}{{".", &made.ours}, {"generator/testdata/arabic", &made.arabic}} {
		s, err := sites.Build(tmp, b.source, "--only", "booklet", "--no-cache")
		if err != nil {
			return 0, err
		}
		if *b.to, err = filepath.Glob(filepath.Join(s.Dir, "booklet", "*", "*.pdf")); err != nil || len(*b.to) != 4 {
			return 0, fmt.Errorf("%s: %d books, %w", b.source, len(*b.to), err)
		}
		extracts, err := filepath.Glob(filepath.Join(s.Dir, "booklet", "*", "cities", "*.pdf"))
		if err != nil || len(extracts) < 12 {
			return 0, fmt.Errorf("%s: %d extracts, %w", b.source, len(extracts), err)
		}
		*b.to = append(*b.to, extracts[0], extracts[len(extracts)/2], extracts[len(extracts)-1])
	}
	return m.Run(), nil
}

func all() []string { return slices.Concat(made.ours, made.arabic) }

// TestQpdf reads every object.
func TestQpdf(t *testing.T) {
	for _, book := range all() {
		if out, err := exec.Command("qpdf", "--check", book).CombinedOutput(); err != nil || bytes.Contains(out, []byte("WARNING")) {
			t.Errorf("%s: %v\n%s", filepath.Base(book), err, out)
		}
	}
}

// TestPdfcpu holds the files to the letter of ISO 32000.
func TestPdfcpu(t *testing.T) {
	args := append([]string{"run", pdfcpu, "validate", "-m", "strict"}, all()...)
	cmd := exec.Command("go", args...)
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod")
	out, err := cmd.CombinedOutput()
	if err != nil || strings.Count(string(out), "validation ok") != len(all()) {
		t.Errorf("%v\n%s", err, out)
	}
}

var (
	front   = regexp.MustCompile(`(?s)\A---\n.*?\n---\n`)
	link    = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)
	note    = regexp.MustCompile(`\[\^[^\]]*\]`)
	see     = regexp.MustCompile(` \((p\.|ص) ?[\d٠-٩]+\)`)
	blanks  = regexp.MustCompile(`[\s\x{00a0}\x{202f}\x{2009}\x{2002}]+`)
	divided = regexp.MustCompile(`\x{00ad}\s*|-\n`)
)

// plain makes texts of both sides alike: spaces, quotes and dashes. Hyphens are
// left out, because pdftotext takes those at the ends of lines away, whether they
// belong to the word or not.
func plain(s string) string {
	s = blanks.ReplaceAllString(divided.ReplaceAllString(s, ""), " ")
	return strings.TrimSpace(strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`, "« ", `"`, " »", `"`, "«", `"`, "»", `"`, "–", "", "…", "...", " :", ":", " ;", ";", " ?", "?", " !", "!", "*", "", `\`, "", "-", "").Replace(s))
}

// TestParagraphs reads every paragraph of every city of the edition back.
func TestParagraphs(t *testing.T) {
	for lang, end := range map[string]string{"en": ".md", "fr": ".fr.md"} {
		i := slices.IndexFunc(made.ours, func(p string) bool { return strings.HasSuffix(p, "-"+lang+".pdf") })
		out, err := exec.Command("pdftotext", "-enc", "UTF-8", made.ours[i], "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		text := see.ReplaceAllString(plain(strings.ReplaceAll(string(out), "\f", "\n")), "")
		found, lost := 0, 0
		for _, p := range paragraphs(t, end) {
			if strings.Contains(text, p) {
				found++
				continue
			}
			if lost++; lost <= 5 {
				t.Errorf("%s: pdftotext does not find %q", lang, p)
			}
		}
		if found < 330 || lost > 0 {
			t.Errorf("%s: %d paragraphs found, %d not", lang, found, lost)
		}
	}
}

// paragraphs are those of the profiles of the edition of 2018.
func paragraphs(t *testing.T, end string) []string {
	t.Helper()
	files, err := filepath.Glob("../../../content/cities/*" + end)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range files {
		if end == ".md" && strings.HasSuffix(f, ".fr.md") {
			continue
		}
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		original, err := os.ReadFile(strings.TrimSuffix(f, end) + ".md")
		if err != nil {
			t.Fatal(err)
		}
		if y := regexp.MustCompile(`(?m)^designated: (\d{4})`).FindSubmatch(original); y == nil || string(y[1]) > "2017" {
			continue
		}
		for p := range strings.SplitSeq(front.ReplaceAllString(string(b), ""), "\n\n") {
			p = note.ReplaceAllString(link.ReplaceAllString(p, "$1"), "")
			if p = plain(p); p != "" {
				out = append(out, p)
			}
		}
	}
	return out
}
