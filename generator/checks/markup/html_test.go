package markup

import (
	"encoding/json"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"uccn/generator/checks/internal/sites"
)

// TestNu gives every page and drawing to the Nu HTML checker.
func TestNu(t *testing.T) {
	args := []string{"-Xss8m", "-jar", "../node_modules/vnu-jar/build/dist/vnu.jar", "--errors-only", "--also-check-svg", "--format", "gnu"}
	for _, s := range []sites.Site{set.Ours, set.Arabic, set.Stick} {
		for _, f := range s.Files(t, ".html", ".svg") {
			args = append(args, filepath.Join(s.Dir, f))
		}
	}
	list := filepath.Join(t.TempDir(), "words") // Java reads long command lines from a file
	if err := os.WriteFile(list, []byte("\""+strings.Join(args, "\"\n\"")+"\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("java", "@"+list).CombinedOutput()
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if err != nil || lines[0] != "" {
		t.Errorf("%d errors, %v:\n%s", len(lines), err, strings.Join(lines[:min(20, len(lines))], "\n"))
	}
	t.Logf("%d files", len(args)-7)
}

var (
	policyTag  = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy" content="([^"]*)">`)
	linkedData = regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`)
	inline     = regexp.MustCompile(`(?i)<[^>]+\s(?:style|on[a-z]+)=["']`)
)

// TestPolicy asks for a policy on every page that allows only what the page has.
func TestPolicy(t *testing.T) {
	each(t, func(t *testing.T, s sites.Site) {
		for _, f := range s.Files(t, ".html") {
			page := string(s.Read(t, f))
			if strings.Contains(page, `http-equiv="refresh"`) {
				continue // it only sends the reader on
			}
			m := policyTag.FindStringSubmatch(page)
			if m == nil {
				t.Errorf("%s has no policy", f)
				continue
			}
			if p := html.UnescapeString(m[1]); strings.Contains(p, "unsafe-") || !strings.HasPrefix(p, "default-src 'none'") || strings.Contains(p, "*") || strings.Contains(p, "http") {
				t.Errorf("%s: %s", f, p)
			}
			if found := inline.FindString(page); found != "" {
				t.Errorf("%s: a style or handler in a tag: %s", f, found)
			}
		}
	})
	if b, err := os.ReadFile(filepath.Join(set.Ours.Dir, "_headers")); err != nil || strings.Contains(string(b), "unsafe-") {
		t.Errorf("_headers: %v", err)
	}
}

// TestLinkedData checks what pages say to search engines against the types of
// schema.org, with the TypeScript compiler: some pages of every shape.
func TestLinkedData(t *testing.T) {
	var code strings.Builder
	types, shapes := map[string]bool{}, map[string]int{}
	n := 0
	for _, s := range []sites.Site{set.Ours, set.Arabic} {
		for _, f := range s.Files(t, ".html") {
			for _, m := range linkedData.FindAllStringSubmatch(string(s.Read(t, f)), -1) {
				var graph struct {
					Context string           `json:"@context"`
					Graph   []map[string]any `json:"@graph"`
				}
				if err := json.Unmarshal([]byte(m[1]), &graph); err != nil || graph.Context != "https://schema.org" || len(graph.Graph) == 0 {
					t.Errorf("%s: linked data of %q: %v", f, graph.Context, err)
					continue
				}
				for _, node := range graph.Graph {
					kind, _ := node["@type"].(string)
					if shape := kind + fmt.Sprint(len(node)); kind != "" {
						if shapes[shape]++; shapes[shape] > 3 {
							continue
						}
					}
					b, err := json.Marshal(node)
					if err != nil {
						t.Fatal(err)
					}
					types[kind] = true
					n++
					fmt.Fprintf(&code, "// %s\nexport const n%d: S.%s = %s;\n", f, n, kind, b)
				}
			}
		}
	}
	if len(types) < 8 || n < 20 {
		t.Errorf("only %d nodes of %d types", n, len(types))
	}
	dir, err := os.MkdirTemp("..", "linked-") // inside the module, so that the types are found
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	source := filepath.Join(dir, "nodes.ts")
	if err := os.WriteFile(source, []byte("import type * as S from 'schema-dts';\n"+code.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	tsc := func() (string, error) {
		out, err := exec.Command("node", "../node_modules/typescript/bin/tsc", "--noEmit", "--strict", "--skipLibCheck", "--ignoreConfig", "--types", "", "--module", "esnext", "--moduleResolution", "bundler", source).CombinedOutput()
		return string(out), err
	}
	if out, err := tsc(); err != nil {
		t.Errorf("%v:\n%.4000s", err, out)
	}
	// and a fault is found
	if err := os.WriteFile(source, []byte("import type * as S from 'schema-dts';\nexport const n: S.City = {\"@type\": \"City\", \"nmae\": \"x\"};\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := tsc(); err == nil || !strings.Contains(out, "nmae") {
		t.Errorf("a wrong property is not found: %v %s", err, out)
	}
}
