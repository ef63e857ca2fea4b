package weave

import (
	"fmt"
	"reflect"
	"text/template/parse"
	"unsafe"
)

// A value is an expression: the type of what it gives, and how its address is
// found when the template runs. In an execution that has failed the address may
// be that of an empty value.
type value struct {
	of reflect.Type
	at func(s *state, f *frame) unsafe.Pointer
}

// fixed is a value that is known when the template is compiled.
func fixed[T any](v T) value {
	p := unsafe.Pointer(&v)
	return value{reflect.TypeFor[T](), func(*state, *frame) unsafe.Pointer { return p }}
}

// made is a value that is made anew each time.
func made[T any](make func(s *state, f *frame) T) value {
	return value{reflect.TypeFor[T](), func(s *state, f *frame) unsafe.Pointer {
		v := make(s, f)
		return unsafe.Pointer(&v)
	}}
}

// commands compiles a pipeline without the escapers at its end.
func (sc *scope) commands(cmds []*parse.CommandNode) (value, error) {
	if len(cmds) != 1 {
		return value{}, fmt.Errorf("%q: a value that is handed on is not known", cmds)
	}
	args := cmds[0].Args
	switch n := args[0].(type) {
	case *parse.IdentifierNode:
		return sc.function(n.Ident, args[1:])
	case *parse.FieldNode:
		return sc.path(value{sc.dot, func(_ *state, f *frame) unsafe.Pointer { return f.dot }}, n.Ident, args[1:])
	case *parse.VariableNode:
		v, err := sc.variable(n.Ident[0])
		if err != nil {
			return value{}, err
		}
		return sc.path(v, n.Ident[1:], args[1:])
	}
	if len(args) > 1 {
		return value{}, fmt.Errorf("%q: only functions and methods have arguments", cmds[0])
	}
	return sc.argument(args[0])
}

func (sc *scope) variable(name string) (value, error) {
	for i := len(sc.vars) - 1; i >= 0; i-- {
		if v := sc.vars[i]; v.name == name {
			if v.of == nil {
				return value{}, fmt.Errorf("%s: the template was called with nothing", name)
			}
			return value{v.of, func(_ *state, f *frame) unsafe.Pointer { return f.vars[v.slot] }}, nil
		}
	}
	return value{}, fmt.Errorf("there is no variable %s", name)
}

// argument compiles one operand.
func (sc *scope) argument(n parse.Node) (value, error) {
	switch n := n.(type) {
	case *parse.DotNode:
		if sc.dot == nil {
			return value{}, fmt.Errorf("the template was called with nothing")
		}
		return value{sc.dot, func(_ *state, f *frame) unsafe.Pointer { return f.dot }}, nil
	case *parse.FieldNode, *parse.VariableNode, *parse.IdentifierNode:
		return sc.commands([]*parse.CommandNode{{NodeType: parse.NodeCommand, Args: []parse.Node{n}}})
	case *parse.PipeNode:
		if len(n.Decl) > 0 {
			return value{}, fmt.Errorf("%q declares a variable", n)
		}
		return sc.commands(n.Cmds)
	case *parse.StringNode:
		return fixed(n.Text), nil
	case *parse.BoolNode:
		return fixed(n.True), nil
	case *parse.NumberNode:
		if n.IsInt {
			return fixed(int(n.Int64)), nil
		}
	}
	return value{}, fmt.Errorf("%q: %T is not known", n, n)
}

// path follows names from v: fields, and a method as the last of them.
func (sc *scope) path(v value, names []string, args []parse.Node) (value, error) {
	for i, name := range names {
		if v.of == nil {
			return value{}, fmt.Errorf(".%s: the template was called with nothing", name)
		}
		if m, ok := v.of.MethodByName(name); ok {
			if i < len(names)-1 {
				return value{}, fmt.Errorf(".%s: a field of what a method gives is not known", name)
			}
			return sc.method(v, m, args)
		}
		if v.of.Kind() == reflect.Pointer {
			v = v.followed(name)
		}
		if v.of.Kind() != reflect.Struct {
			return value{}, fmt.Errorf(".%s: %v has no fields", name, v.of)
		}
		f, ok := v.of.FieldByName(name)
		if !ok || !f.IsExported() {
			return value{}, fmt.Errorf("%v has no field %s", v.of, name)
		}
		for _, step := range f.Index { // through embedded structs
			if v.of.Kind() == reflect.Pointer {
				v = v.followed(name)
			}
			v = v.field(v.of.Field(step))
		}
	}
	if len(args) > 0 {
		return value{}, fmt.Errorf("%v has arguments and is no method", names)
	}
	return v, nil
}

func (v value) field(f reflect.StructField) value {
	return value{f.Type, func(s *state, fr *frame) unsafe.Pointer { return unsafe.Add(v.at(s, fr), f.Offset) }}
}

// followed is what the pointer v points at; name is the field that is wanted.
func (v value) followed(name string) value {
	of := v.of.Elem()
	return value{of, func(s *state, f *frame) unsafe.Pointer {
		p := *(*unsafe.Pointer)(v.at(s, f))
		if p == nil {
			s.fail(fmt.Errorf("nil pointer evaluating %v.%s", v.of, name))
			return reflect.New(of).UnsafePointer()
		}
		return p
	}}
}

// truth is how if and with judge a value of the type.
func (v value) truth() (func(at unsafe.Pointer) bool, error) {
	switch v.of.Kind() {
	case reflect.Bool:
		return func(at unsafe.Pointer) bool { return *(*bool)(at) }, nil
	case reflect.String:
		return func(at unsafe.Pointer) bool { return *(*string)(at) != "" }, nil
	case reflect.Int:
		return func(at unsafe.Pointer) bool { return *(*int)(at) != 0 }, nil
	case reflect.Pointer:
		return func(at unsafe.Pointer) bool { return *(*unsafe.Pointer)(at) != nil }, nil
	case reflect.Slice:
		return func(at unsafe.Pointer) bool { return (*slice)(at).length > 0 }, nil
	case reflect.Struct:
		return func(unsafe.Pointer) bool { return true }, nil
	}
	return nil, fmt.Errorf("whether %v is true is not known", v.of)
}

// boxed is the value as an interface, for what takes any type. A value that has
// parts is refused: what takes it may write all of them, and a compiled template
// reads no field that it does not name.
func (v value) boxed() (func(s *state, f *frame) any, error) {
	switch v.of {
	case reflect.TypeFor[string]():
		return func(s *state, f *frame) any { return *(*string)(v.at(s, f)) }, nil
	case reflect.TypeFor[int]():
		return func(s *state, f *frame) any { return *(*int)(v.at(s, f)) }, nil
	}
	if k := v.of.Kind(); k != reflect.String && (k == reflect.Invalid || k > reflect.Complex128) {
		return nil, fmt.Errorf("a value of the type %v is taken whole", v.of)
	}
	return func(s *state, f *frame) any { return reflect.NewAt(v.of, v.at(s, f)).Elem().Interface() }, nil
}

// boxedAll are several such values.
func boxedAll(values []value) ([]func(*state, *frame) any, error) {
	var out []func(*state, *frame) any
	for _, v := range values {
		b, err := v.boxed()
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, nil
}
