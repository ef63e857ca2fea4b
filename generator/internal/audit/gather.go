package audit

import (
	"fmt"
	"path"
	"strings"

	"uccn/generator/internal/diag"
)

// few is in how many pages the same fault is told page by page. What is wrong in
// more of them is mostly one mistake of a template.
const few = 3

// gathered tells a fault that many pages share once, at the first of them, and
// names some of the others.
func gathered(dl diag.List) diag.List {
	count := map[string]int{}
	keys := make([]string, len(dl))
	for i, d := range dl {
		keys[i] = fault(d)
		count[keys[i]]++
	}
	var out diag.List
	first := map[string]int{} // where in out
	for i, d := range dl {
		n := count[keys[i]]
		if d.Code == "heavy-page" || n <= few {
			out = append(out, d)
			continue
		}
		if at, told := first[keys[i]]; told {
			if o := &out[at]; len(o.Related) < few {
				o.Related = append(o.Related, diag.Related{Pos: d.Pos, Message: "here too"})
			}
			continue
		}
		first[keys[i]] = len(out)
		d.Message += fmt.Sprintf("; so it is on %d other pages", n-1)
		d.Hint += "; if it stands in a template of the theme, once is enough"
		out = append(out, d)
	}
	return out
}

// fault is what a problem says without the page that it says it of.
func fault(d diag.Diagnostic) string {
	page, what, ok := strings.Cut(d.Message, ": ")
	if !ok || !strings.HasPrefix(page, "/") {
		return d.Code + " " + d.Message
	}
	if dir := path.Dir(page[1:]); dir != "." {
		what = strings.ReplaceAll(what, dir, "…")
	}
	return d.Code + " " + what
}
