// Package weave compiles templates of html/template into closures over the
// types of the pages they will be given. What it compiles are the trees that
// html/template has already escaped, so that in which context a value stands is
// html/template's decision and never this package's.
//
// Between tags it leaves quotes and plus signs as they are, which html/template
// writes by their numbers; no other byte differs.
//
// It knows the part of the language that themes use. Whatever else it meets, it
// refuses, and the template is run by html/template as before.
package weave

import (
	"errors"
	"fmt"
	"html/template"
	"io"
	"reflect"
	"text/template/parse"
	"unsafe"
)

// Template is a compiled template. It is safe for concurrent use.
type Template struct {
	of   reflect.Type
	body *body
}

// Compile compiles the template name of set for pages of the type of page. The
// set must not be parsed into any more. An error says what was refused.
func Compile(set *template.Template, name string, page any) (*Template, error) {
	var fault *template.Error
	if err := set.ExecuteTemplate(full{}, name, page); errors.As(err, &fault) {
		return nil, err // the escaper refuses it; it has done its work before the first word is written
	}
	c := &compiler{set: set, bodies: map[bodyKey]*body{}}
	of := reflect.TypeOf(page)
	if of == nil || of.Kind() != reflect.Struct {
		return nil, fmt.Errorf("a page of the type %v is no struct", of)
	}
	b, err := c.body(name, of)
	if err != nil {
		return nil, err
	}
	return &Template{of, b}, nil
}

// full takes nothing, so that who writes into it stops.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

// Append executes the template and appends what it writes to out. After an
// error, such as a field of a nil pointer, what was appended is worthless.
func (t *Template) Append(out []byte, page any) ([]byte, error) {
	if reflect.TypeOf(page) != t.of {
		return out, fmt.Errorf("a page of the type %T for a template of %v", page, t.of)
	}
	s := &state{out: out}
	t.body.run(s, inside(page))
	return s.out, s.err
}

// inside returns where the struct stands that an interface holds. Templates only
// read it, so it need not be copied; one that is no larger than a pointer may stand
// in the interface itself.
func inside(page any) unsafe.Pointer {
	of := reflect.TypeOf(page)
	if of.Size() > unsafe.Sizeof(uintptr(0)) {
		return (*[2]unsafe.Pointer)(unsafe.Pointer(&page))[1]
	}
	p := reflect.New(of)
	p.Elem().Set(reflect.ValueOf(page))
	return p.UnsafePointer()
}

// state is one execution.
type state struct {
	out   []byte
	err   error // the first
	depth int
}

// maxDepth is how deep templates may call one another; html/template, which
// takes over then, has its own limit and its own message.
const maxDepth = 1000

func (s *state) fail(err error) {
	if s.err == nil {
		s.err = err
	}
}

// A frame is one call of a template: its dot, and its variables, each being the
// address of a value whose type is known to the closures that use it.
type frame struct {
	dot  unsafe.Pointer
	vars []unsafe.Pointer // the first is what $ stands for
}

type op func(s *state, f *frame)

// A body is a template compiled for a type of dot.
type body struct {
	ops  []op
	vars int
}

func (b *body) run(s *state, dot unsafe.Pointer) {
	if s.depth++; s.depth > maxDepth {
		s.fail(errors.New("templates call one another without end"))
	}
	if s.err == nil {
		f := frame{dot: dot, vars: make([]unsafe.Pointer, b.vars)}
		f.vars[0] = dot
		run(b.ops, s, &f)
	}
	s.depth--
}

func run(ops []op, s *state, f *frame) {
	for _, o := range ops {
		o(s, f)
	}
}

// A compiler compiles one page's template with those that it calls.
type compiler struct {
	set    *template.Template
	bodies map[bodyKey]*body
}

type bodyKey struct {
	name string
	dot  reflect.Type // nil for a template that is called with nothing
}

func (c *compiler) body(name string, dot reflect.Type) (*body, error) {
	key := bodyKey{name, dot}
	if b := c.bodies[key]; b != nil {
		return b, nil
	}
	t := c.set.Lookup(name)
	if t == nil || t.Tree == nil {
		return nil, fmt.Errorf("the template %q was made for its place", name)
	}
	b := &body{vars: 1}
	c.bodies[key] = b // before it is filled: a template may call itself
	sc := scope{c: c, body: b, dot: dot, vars: []variable{{"$", dot, 0}}}
	ops, err := sc.list(t.Tree.Root)
	b.ops = ops
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return b, nil
}

// A scope is what a piece of a template can see while it is compiled. It is
// copied where a new scope begins.
type scope struct {
	c    *compiler
	body *body
	dot  reflect.Type
	vars []variable
}

type variable struct {
	name string
	of   reflect.Type
	slot int
}

// declare adds a variable; the caller's copy of the scope sees it.
func (sc *scope) declare(name string, of reflect.Type) (slot int) {
	slot = sc.body.vars
	sc.body.vars++
	sc.vars = append(sc.vars[:len(sc.vars):len(sc.vars)], variable{name, of, slot})
	return slot
}

func (sc scope) list(l *parse.ListNode) ([]op, error) {
	if l == nil {
		return nil, nil
	}
	var ops []op
	for _, n := range l.Nodes {
		o, err := sc.node(n)
		if err != nil {
			return nil, err
		}
		if o != nil {
			ops = append(ops, o)
		}
	}
	return ops, nil
}

func (sc *scope) node(n parse.Node) (op, error) {
	switch n := n.(type) {
	case *parse.TextNode:
		text := string(n.Text)
		return func(s *state, _ *frame) { s.out = append(s.out, text...) }, nil
	case *parse.CommentNode:
		return nil, nil
	case *parse.ActionNode:
		return sc.action(n.Pipe)
	case *parse.IfNode:
		return sc.branch(&n.BranchNode, false)
	case *parse.WithNode:
		return sc.branch(&n.BranchNode, true)
	case *parse.RangeNode:
		return sc.loop(n)
	case *parse.TemplateNode:
		return sc.call(n)
	}
	return nil, fmt.Errorf("line of %q: %T is not known", n, n)
}

// action is a value that is written, or a variable that is set.
func (sc *scope) action(p *parse.PipeNode) (op, error) {
	if len(p.Decl) > 0 {
		v, slot, err := sc.declared(p)
		if err != nil {
			return nil, err
		}
		return func(s *state, f *frame) { f.vars[slot] = v.at(s, f) }, nil
	}
	cmds := len(p.Cmds)
	for cmds > 0 && escaper(p.Cmds[cmds-1]) != "" {
		cmds--
	}
	v, err := sc.commands(p.Cmds[:cmds])
	if err != nil {
		return nil, err
	}
	var names []string
	for _, cmd := range p.Cmds[cmds:] {
		names = append(names, escaper(cmd))
	}
	return writer(v, names)
}

// declared compiles a pipeline with a variable before it.
func (sc *scope) declared(p *parse.PipeNode) (v value, slot int, err error) {
	if len(p.Decl) > 1 || p.IsAssign {
		return v, 0, fmt.Errorf("%q: only the declaration of one variable is known", p)
	}
	if v, err = sc.commands(p.Cmds); err != nil || len(p.Decl) == 0 {
		return v, -1, err
	}
	return v, sc.declare(p.Decl[0].Ident[0], v.of), nil
}

// branch is an if, or a with, which moves the dot.
func (sc scope) branch(n *parse.BranchNode, moves bool) (op, error) {
	var v value
	slot := -1
	var err error
	if !moves && len(n.Pipe.Decl) == 0 {
		v, err = sc.condition(n.Pipe)
	} else {
		v, slot, err = sc.declared(n.Pipe)
	}
	if err != nil {
		return nil, err
	}
	truth, err := v.truth()
	if err != nil {
		return nil, err
	}
	inner := sc
	if moves {
		inner.dot = v.of
	}
	yes, err := inner.list(n.List)
	if err != nil {
		return nil, err
	}
	no, err := sc.list(n.ElseList)
	if err != nil {
		return nil, err
	}
	return func(s *state, f *frame) {
		at := v.at(s, f)
		if slot >= 0 {
			f.vars[slot] = at
		}
		if s.err != nil {
			return
		}
		if !truth(at) {
			run(no, s, f)
			return
		}
		if !moves {
			run(yes, s, f)
			return
		}
		before := f.dot
		f.dot = at
		run(yes, s, f)
		f.dot = before
	}, nil
}

// loop is a range over a slice.
func (sc scope) loop(n *parse.RangeNode) (op, error) {
	if n.Pipe.IsAssign || len(n.Pipe.Decl) > 2 {
		return nil, fmt.Errorf("%q: only declarations are known", n.Pipe)
	}
	v, err := sc.commands(n.Pipe.Cmds)
	if err != nil {
		return nil, err
	}
	if v.of.Kind() != reflect.Slice {
		return nil, fmt.Errorf("%q: only slices are ranged over", n.Pipe)
	}
	of := v.of.Elem()
	index, item := -1, -1
	inner := sc
	inner.dot = of
	switch d := n.Pipe.Decl; len(d) {
	case 1:
		item = inner.declare(d[0].Ident[0], of)
	case 2:
		index = inner.declare(d[0].Ident[0], reflect.TypeFor[int]())
		item = inner.declare(d[1].Ident[0], of)
	}
	each, err := inner.list(n.List)
	if err != nil {
		return nil, err
	}
	no, err := sc.list(n.ElseList)
	if err != nil {
		return nil, err
	}
	size := of.Size()
	return func(s *state, f *frame) {
		at := v.at(s, f)
		if s.err != nil {
			return
		}
		list := (*slice)(at)
		if list.length == 0 {
			run(no, s, f)
			return
		}
		before := f.dot
		for i := range list.length {
			f.dot = unsafe.Add(list.data, uintptr(i)*size)
			if index >= 0 {
				at := new(int)
				*at = i
				f.vars[index] = unsafe.Pointer(at)
			}
			if item >= 0 {
				f.vars[item] = f.dot
			}
			run(each, s, f)
		}
		f.dot = before
	}, nil
}

// slice is how any slice stands in memory.
type slice struct {
	data             unsafe.Pointer
	length, capacity int
}

// call is a call of another template.
func (sc scope) call(n *parse.TemplateNode) (op, error) {
	if n.Pipe == nil {
		b, err := sc.c.body(n.Name, nil)
		if err != nil {
			return nil, err
		}
		return func(s *state, _ *frame) { b.run(s, nil) }, nil
	}
	if len(n.Pipe.Decl) > 0 {
		return nil, fmt.Errorf("%q: a call declares nothing", n)
	}
	v, err := sc.commands(n.Pipe.Cmds)
	if err != nil {
		return nil, err
	}
	b, err := sc.c.body(n.Name, v.of)
	if err != nil {
		return nil, err
	}
	return func(s *state, f *frame) { b.run(s, v.at(s, f)) }, nil
}
