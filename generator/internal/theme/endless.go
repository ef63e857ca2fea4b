package theme

import (
	"html/template"
	"maps"
	"slices"
	"text/template/parse"

	"uccn/generator/internal/diag"
)

// maxCalls is how many templates one page may call, each loop taken once. The
// default theme's longest page calls some hundred.
const maxCalls = 100_000

// endless reports page templates that would call others without number: ten
// that each call the next ten times are ten thousand million calls, and html/template
// cannot be stopped. It counts on the trees, before anything is made: of two
// branches the dearer, a loop once. A template that reaches itself may do so once on
// its way, as a menu of menus does; how deep that goes, the page's data say.
func (t *Theme) endless(dir string, pages map[string]any) diag.List {
	var dl diag.List
	told := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		c := &calls{all: t.templates, known: map[string]int{}, open: map[string]bool{}}
		if c.template(name) <= maxCalls || told[c.worst] {
			continue
		}
		told[c.worst] = true
		d := dl.Errorf(place(dir, c.at), "template-endless", "the template %q calls others without number", c.worst)
		d.Hint = "each call of a template that calls templates multiplies; write the list as a loop over data"
	}
	return dl
}

// calls counts what a template calls.
type calls struct {
	all   *template.Template
	known map[string]int
	open  map[string]bool // templates that are being counted
	worst string          // the first that calls too many
	at    error           // its place
}

func (c *calls) template(name string) int {
	if n, ok := c.known[name]; ok {
		return n
	}
	t := c.all.Lookup(name)
	if t == nil || t.Tree == nil {
		return 1
	}
	if c.open[name] {
		return 1
	}
	c.open[name] = true
	n := 1 + c.list(t.Tree.Root)
	if c.again(t.Tree.Root, name) > 1 {
		n = maxCalls + 1 // twice as often at every level
	}
	delete(c.open, name)
	if n > maxCalls && c.worst == "" {
		c.worst = name
		where, _ := t.Tree.ErrorContext(t.Tree.Root)
		c.at = placed{where}
	}
	c.known[name] = n
	return n
}

// placed is a place as html/template writes it.
type placed struct{ where string }

func (p placed) Error() string { return "template: " + p.where + ": " }

// count adds what f says of the templates that are called in a list, of two
// branches the larger.
func count(l *parse.ListNode, f func(*parse.TemplateNode) int) int {
	if l == nil {
		return 0
	}
	n := 0
	branch := func(b *parse.BranchNode) { n += max(count(b.List, f), count(b.ElseList, f)) }
	for _, x := range l.Nodes {
		switch x := x.(type) {
		case *parse.IfNode:
			branch(&x.BranchNode)
		case *parse.WithNode:
			branch(&x.BranchNode)
		case *parse.RangeNode:
			branch(&x.BranchNode)
		case *parse.ListNode:
			n += count(x, f)
		case *parse.TemplateNode:
			n += f(x)
		}
		n = min(n, maxCalls+1)
	}
	return n
}

func (c *calls) list(l *parse.ListNode) int {
	return count(l, func(x *parse.TemplateNode) int { return c.template(x.Name) })
}

// again counts the calls of a list that can come back to the template name.
func (c *calls) again(l *parse.ListNode, name string) int {
	return count(l, func(x *parse.TemplateNode) int {
		if c.reaches(x.Name, name, map[string]bool{}) {
			return 1
		}
		return 0
	})
}

// reaches reports whether the template from is or calls the template to.
func (c *calls) reaches(from, to string, seen map[string]bool) bool {
	if from == to {
		return true
	}
	t := c.all.Lookup(from)
	if seen[from] || t == nil || t.Tree == nil {
		return false
	}
	seen[from] = true
	there := false
	count(t.Tree.Root, func(x *parse.TemplateNode) int {
		there = there || c.reaches(x.Name, to, seen)
		return 0
	})
	return there
}
