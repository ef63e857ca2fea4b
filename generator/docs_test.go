package main

import (
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"uccn/generator/internal/config"
	"uccn/generator/internal/load"
)

var update = flag.Bool("update", false, "rewrite generated documents")

const formats = "docs/formats.md"

const formatsHead = `# What editors write

Made from the tables of keys in ` + "`generator/internal/load`" + ` and ` + "`generator/internal/config`" + `;
do not edit it by hand: ` + "`go test ./generator -update`" + ` writes it.

A record is a Markdown file with keys between two lines ` + "`---`" + `. ✔ must be there, T may be given
again in a translation (` + "`ID.fr.md`" + `), ⚠ may still change.

## site.yaml

`

// TestFormats keeps the reference page true to the tables.
func TestFormats(t *testing.T) {
	want := formatsHead + config.Reference() + "\n" + load.Reference()
	if *update {
		if err := os.WriteFile(formats, []byte(want), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(formats)
	if err != nil || string(got) != want {
		t.Errorf("%s is not what the tables say; run: go test ./generator -update", formats)
	}
}

// TestNotices asks that every library of go.mod stands in the notices, and
// every font and data source of the notices on the site's credits page.
func TestNotices(t *testing.T) {
	read := func(p string) string {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	notices, credits := read("docs/notices.md"), read("../content/pages/credits.md")
	for _, m := range regexp.MustCompile(`(?m)^\s+(\S+\.\S+/\S+) v\S+$`).FindAllStringSubmatch(read("../go.mod"), -1) { // those that are not indirect
		if !strings.Contains(notices, m[1]) {
			t.Errorf("%s stands in go.mod and not in docs/notices.md", m[1])
		}
		if !strings.Contains(credits, m[1]) {
			t.Errorf("%s is not on the credits page", m[1])
		}
	}
	for _, section := range []string{"## Data", "## Fonts"} {
		_, rest, _ := strings.Cut(notices, section)
		rest, _, _ = strings.Cut(rest, "\n## ")
		for _, row := range strings.Split(rest, "\n") {
			cells := strings.Split(row, "|")
			if len(cells) < 4 || strings.HasPrefix(cells[1], " what") || strings.HasPrefix(cells[1], " ---") {
				continue
			}
			name := strings.TrimSpace(cells[1])
			if section == "## Data" {
				name, _, _ = strings.Cut(strings.TrimSpace(cells[2]), ",")
			}
			if !strings.Contains(credits, name) {
				t.Errorf("%q stands in docs/notices.md and not on the credits page", name)
			}
		}
	}
}
