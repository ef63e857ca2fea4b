package inspect

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestLexer(t *testing.T) {
	l := &lexer{data: []byte("<</A 1 0 R/B[(x\\(y\\)\\101) <4142>-.5 true null]/C#20D/e% note\n>>")}
	v, err := l.value(0)
	if err != nil {
		t.Fatal(err)
	}
	d := v.(Dict)
	list := d["B"].(Array)
	if d["A"] != Ref(1) || list[0] != String("x(y)A") || list[1] != String("AB") || list[2] != -0.5 || list[3] != true || list[4] != nil || d["C D"] != Name("e") {
		t.Errorf("read %v", d)
	}
}

// classic returns a file with a table of objects, as others write it.
func classic() string {
	out := "%PDF-1.4\n"
	table := "0000000000 65535 f \n"
	for i, body := range []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 100 100]>>",
		"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>",
		"<</Length 12>>\nstream\n0 0 9 9 re f\nendstream",
	} {
		table += fmt.Sprintf("%010d 00000 n \n", len(out))
		out += fmt.Sprintf("%d 0 obj\n%s\nendobj\n", i+1, body)
	}
	return out + fmt.Sprintf("xref\n0 5\n%strailer\n<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", table, len(out))
}

func TestClassicFile(t *testing.T) {
	findings, err := Preflight([]byte(classic()))
	if err != nil {
		t.Fatal(err)
	}
	rules := map[string]bool{}
	for _, f := range findings {
		rules[f.Rule] = true
	}
	for _, want := range []string{"untagged", "tagged", "language", "title", "metadata", "intent"} {
		if !rules[want] {
			t.Errorf("no finding %q in %v", want, findings)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	for _, bad := range []string{"", "%PDF-1.4", "hello", strings.Replace(classic(), "startxref\n", "startxref\n9", 1), strings.Replace(classic(), "/Root 1 0 R", "", 1)} {
		if _, err := Open([]byte(bad)); !errors.Is(err, errSyntax) {
			t.Errorf("%.20q: %v", bad, err)
		}
	}
}

func FuzzPreflight(f *testing.F) {
	f.Add([]byte(classic()))
	f.Add([]byte("%PDF-1.7\nstartxref\n9\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := Preflight(data)
		if err != nil && !errors.Is(err, errSyntax) {
			t.Fatalf("an error of another kind: %v", err)
		}
	})
}
