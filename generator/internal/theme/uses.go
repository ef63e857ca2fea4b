package theme

import (
	"html/template"
	"text/template/parse"
)

// Uses reports whether the page template name, or one that it calls, reads a
// field of that name. What no template reads need not be worked out. It may say
// yes too often, for a field of another struct, but never no wrongly: of a page
// that is not compiled it says that all is read, for there a template may write
// or hand on a struct as a whole, which names none of its fields. To know that,
// it has the template compiled where no name answers: ask when the page is made.
func (t *Theme) Uses(name, field string) bool {
	return t.uses[name][field] || t.woven[name] != nil && t.compiled(name) == nil
}

// usesOf lists the names of fields and methods that each page's template reads.
func usesOf(all *template.Template, pages map[string]any) map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for name := range pages {
		r := &reads{all: all, fields: map[string]bool{}, seen: map[string]bool{}}
		r.template(name)
		out[name] = r.fields
	}
	return out
}

type reads struct {
	all    *template.Template
	fields map[string]bool
	seen   map[string]bool // templates
}

func (r *reads) template(name string) {
	t := r.all.Lookup(name)
	if r.seen[name] || t == nil || t.Tree == nil {
		return
	}
	r.seen[name] = true
	r.list(t.Tree.Root)
}

func (r *reads) list(l *parse.ListNode) {
	if l == nil {
		return
	}
	for _, n := range l.Nodes {
		r.node(n)
	}
}

func (r *reads) node(n parse.Node) {
	branch := func(b *parse.BranchNode) {
		r.node(b.Pipe)
		r.list(b.List)
		r.list(b.ElseList)
	}
	switch n := n.(type) {
	case *parse.ActionNode:
		r.node(n.Pipe)
	case *parse.IfNode:
		branch(&n.BranchNode)
	case *parse.RangeNode:
		branch(&n.BranchNode)
	case *parse.WithNode:
		branch(&n.BranchNode)
	case *parse.TemplateNode:
		if n.Pipe != nil {
			r.node(n.Pipe)
		}
		r.template(n.Name)
	case *parse.PipeNode:
		for _, c := range n.Cmds {
			for _, a := range c.Args {
				r.node(a)
			}
		}
	case *parse.ListNode:
		r.list(n)
	case *parse.FieldNode:
		r.names(n.Ident)
	case *parse.ChainNode:
		r.node(n.Node)
		r.names(n.Field)
	case *parse.VariableNode:
		r.names(n.Ident[1:])
	}
}

func (r *reads) names(names []string) {
	for _, n := range names {
		r.fields[n] = true
	}
}
