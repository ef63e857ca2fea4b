package weave

import (
	"fmt"
	"reflect"
	"text/template/parse"
	"unsafe"
)

// translator is the method that themes call most: a text by its key.
type translator interface {
	T(key string, args ...any) string
}

// method calls a method of v that gives one string: those like T without
// reflection, others with it.
func (sc *scope) method(v value, m reflect.Method, args []parse.Node) (value, error) {
	of := m.Type // with the receiver first
	if of.NumOut() != 1 || of.Out(0) != reflect.TypeFor[string]() {
		return value{}, fmt.Errorf("the method %s does not give one string", m.Name)
	}
	values, err := sc.arguments(args)
	if err != nil {
		return value{}, err
	}
	if m.Name != "T" || len(values) == 0 || !v.of.Implements(reflect.TypeFor[translator]()) || values[0].of.Kind() != reflect.String {
		return value{}, fmt.Errorf("the method %v.%s with %d arguments is not known", v.of, m.Name, len(args))
	}
	if v.of.Kind() == reflect.Pointer {
		v = v.followed(m.Name)
	}
	key := values[0]
	rest, err := boxedAll(values[1:])
	if err != nil {
		return value{}, err
	}
	return made(func(s *state, f *frame) string {
		at := v.at(s, f)
		var boxed []any
		if len(rest) > 0 {
			boxed = make([]any, len(rest))
		}
		for i, r := range rest {
			boxed[i] = r(s, f)
		}
		if s.err != nil {
			return ""
		}
		return reflect.NewAt(v.of, at).Interface().(translator).T(*(*string)(key.at(s, f)), boxed...)
	}), nil
}

func (sc *scope) arguments(args []parse.Node) ([]value, error) {
	var out []value
	for _, a := range args {
		v, err := sc.argument(a)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// function calls one of the language's own functions.
func (sc *scope) function(name string, args []parse.Node) (value, error) {
	values, err := sc.arguments(args)
	if err != nil {
		return value{}, err
	}
	switch name {
	case "len":
		return length(values)
	case "not":
		if len(values) != 1 {
			break
		}
		truth, err := values[0].truth()
		return made(func(s *state, f *frame) bool { return !truth(values[0].at(s, f)) }), err
	case "and", "or":
		return junction(values, name == "or")
	case "eq", "ne", "lt", "le", "gt", "ge":
		return comparison(name, values)
	case "printf":
		return printf(values)
	}
	return value{}, fmt.Errorf("the function %s with %d arguments is not known", name, len(args))
}

func length(values []value) (value, error) {
	if len(values) == 1 {
		v := values[0]
		switch v.of.Kind() {
		case reflect.String:
			return made(func(s *state, f *frame) int { return len(*(*string)(v.at(s, f))) }), nil
		case reflect.Slice:
			return made(func(s *state, f *frame) int { return (*slice)(v.at(s, f)).length }), nil
		}
	}
	return value{}, fmt.Errorf("len is known of one string or slice")
}

// junction gives the first operand that decides, or the last.
func junction(values []value, decides bool) (value, error) {
	if len(values) == 0 {
		return value{}, fmt.Errorf("and and or need operands")
	}
	truths := make([]func(unsafe.Pointer) bool, len(values))
	for i, v := range values {
		t, err := v.truth()
		if err != nil {
			return value{}, err
		}
		if v.of != values[0].of {
			return value{}, fmt.Errorf("and and or are known of operands of one type, not of %v and %v", values[0].of, v.of)
		}
		truths[i] = t
	}
	return value{values[0].of, func(s *state, f *frame) unsafe.Pointer {
		var at unsafe.Pointer
		for i, v := range values {
			at = v.at(s, f)
			if truths[i](at) == decides {
				break
			}
		}
		return at
	}}, nil
}

// condition compiles a pipeline of which nothing counts but its truth: there,
// the operands of and and or may be of different types.
func (sc *scope) condition(n parse.Node) (value, error) {
	p, ok := n.(*parse.PipeNode)
	if !ok || len(p.Cmds) != 1 || len(p.Decl) > 0 {
		return sc.argument(n)
	}
	args := p.Cmds[0].Args
	id, ok := args[0].(*parse.IdentifierNode)
	if !ok || id.Ident != "and" && id.Ident != "or" {
		return sc.argument(n)
	}
	var truths []func(*state, *frame) bool
	for _, a := range args[1:] {
		v, err := sc.condition(a)
		if err != nil {
			return value{}, err
		}
		truth, err := v.truth()
		if err != nil {
			return value{}, err
		}
		truths = append(truths, func(s *state, f *frame) bool { return truth(v.at(s, f)) })
	}
	if len(truths) == 0 {
		return value{}, fmt.Errorf("and and or need operands")
	}
	decides := id.Ident == "or"
	return made(func(s *state, f *frame) bool {
		for _, truth := range truths {
			if truth(s, f) == decides {
				return decides
			}
		}
		return !decides
	}), nil
}

// comparison compares two operands that are both strings or both ints.
func comparison(name string, values []value) (value, error) {
	if len(values) != 2 || values[0].of.Kind() != values[1].of.Kind() {
		return value{}, fmt.Errorf("%s is known of two operands of one kind", name)
	}
	a, b := values[0], values[1]
	switch a.of.Kind() {
	case reflect.String:
		return compared(name, func(s *state, f *frame) (string, string) { return *(*string)(a.at(s, f)), *(*string)(b.at(s, f)) })
	case reflect.Int:
		return compared(name, func(s *state, f *frame) (int, int) { return *(*int)(a.at(s, f)), *(*int)(b.at(s, f)) })
	}
	return value{}, fmt.Errorf("%s is known of strings and ints", name)
}

func compared[T string | int](name string, both func(*state, *frame) (T, T)) (value, error) {
	var holds func(x, y T) bool
	switch name {
	case "eq":
		holds = func(x, y T) bool { return x == y }
	case "ne":
		holds = func(x, y T) bool { return x != y }
	case "lt":
		holds = func(x, y T) bool { return x < y }
	case "le":
		holds = func(x, y T) bool { return x <= y }
	case "gt":
		holds = func(x, y T) bool { return x > y }
	case "ge":
		holds = func(x, y T) bool { return x >= y }
	}
	return made(func(s *state, f *frame) bool { return holds(both(s, f)) }), nil
}

func printf(values []value) (value, error) {
	if len(values) == 0 || values[0].of.Kind() != reflect.String {
		return value{}, fmt.Errorf("printf needs a format")
	}
	rest, err := boxedAll(values[1:])
	if err != nil {
		return value{}, err
	}
	return made(func(s *state, f *frame) string {
		args := make([]any, len(rest))
		for i, r := range rest {
			args[i] = r(s, f)
		}
		if s.err != nil {
			return ""
		}
		return fmt.Sprintf(*(*string)(values[0].at(s, f)), args...)
	}), nil
}
